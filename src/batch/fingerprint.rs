//! What an edition depends on, as one number: equal where the edition would be.

use super::convert::Config;
use crate::font::Library;
use sha2::{Digest, Sha256};
use std::fmt;

/// The SHA-256 of something.
pub(super) type Hash = [u8; 32];

/// The SHA-256 of bytes.
pub(super) fn of(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// In hexadecimal digits.
pub(super) fn hex(hash: &Hash) -> String {
    use fmt::Write as _;
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The hash of parts in order; each is told apart from the next.
pub(super) fn of_parts(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The hash of all that editions depend on but for their texts: version, options, faces.
pub(super) fn of_settings(config: &Config, library: &Library) -> Hash {
    struct Sink(Sha256);
    impl fmt::Write for Sink {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut sink = Sink(Sha256::new());
    // The form for debugging names every option there is, and so those that are still to come.
    // Today counts for those texts alone that have it as their date, which the record of each says.
    let config = Config { today: None, ..config.clone() };
    let _ = fmt::Write::write_fmt(&mut sink, format_args!("{} {config:?}", env!("CARGO_PKG_VERSION")));
    for face in &config.faces {
        sink.0.update((face.data().len() as u64).to_le_bytes());
        sink.0.update(face.data());
    }
    library.for_each_source(&mut |source| {
        sink.0.update((source.len() as u64).to_le_bytes());
        sink.0.update(source);
    });
    sink.0.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_option_or_face_is_another_fingerprint() {
        let plain = of_settings(&Config::default(), &Library::built_in());
        assert_eq!(plain, of_settings(&Config::default(), &Library::built_in()));
        let config = Config { page_list: true, ..Config::default() };
        assert_ne!(plain, of_settings(&config, &Library::built_in()));
        let config = Config { today: "2024-02-29".parse().ok(), ..Config::default() };
        assert_eq!(plain, of_settings(&config, &Library::built_in()));
        let mut library = Library::built_in();
        let data = library.face(library.find(crate::font::FaceStyle::default())).expect("a face").data().to_vec();
        library.set_text_family(vec![crate::font::Face::parse(data, 0).expect("a face")]);
        assert_ne!(plain, of_settings(&Config::default(), &library));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.ttf");
        let mut library = Library::built_in();
        library.add_candidates([path.clone()]);
        let missing = of_settings(&Config::default(), &library);
        std::fs::write(path, "x").expect("a file");
        assert_ne!(missing, of_settings(&Config::default(), &library));
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(of_parts(&[b"ab", b"c"]), of_parts(&[b"a", b"bc"]));
        assert_eq!(hex(&of(b""))[..8], *"e3b0c442");
    }
}
