//! An EPUB unpacked.

use std::io::{Cursor, Read};

/// The files of an EPUB, in the order of the archive.
///
/// # Panics
///
/// Where it is no archive, a name is not in UTF-8, or a file cannot be unpacked.
pub(crate) fn entries(epub: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an EPUB is an archive");
    let count = archive.len();
    let unpacked = |at| {
        let mut entry = archive.by_index(at).expect("each entry can be read");
        let name = entry.name().expect("names are in UTF-8").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("each entry can be unpacked");
        (name, bytes)
    };
    (0..count).map(unpacked).collect()
}
