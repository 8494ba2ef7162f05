//! Faces from files: those that were given, and those of the system for scripts that the built-in faces lack.

use bindery::font::{Embedding, Face, Library};
use std::path::{Path, PathBuf};

/// Fonts for Chinese, Japanese and Korean where the usual systems keep them. They are looked at only when a text holds a
/// character that no built-in face has, so that most runs never touch them.
const SYSTEM: &[&str] = &[
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "/System/Library/Fonts/ヒラギノ明朝 ProN.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    "C:\\Windows\\Fonts\\simsun.ttc",
    "C:\\Windows\\Fonts\\msmincho.ttc",
    "C:\\Windows\\Fonts\\malgun.ttf",
];

/// The faces to set texts in.
///
/// # Errors
///
/// The message for a font file that cannot be used.
pub(crate) fn library(files: &[PathBuf]) -> Result<Library, String> {
    let mut library = Library::built_in();
    let faces = files.iter().map(|path| face(path)).collect::<Result<Vec<_>, _>>()?;
    if !faces.is_empty() {
        library.set_text_family(faces);
    }
    library.add_candidates(SYSTEM.iter().map(PathBuf::from));
    Ok(library)
}

fn face(path: &Path) -> Result<Face, String> {
    let name = path.display();
    let data = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("{name}: no such font file; check the path given with --font"),
        _ => format!("{name}: cannot read this font file: {error}"),
    })?;
    let face = Face::parse(data, 0).map_err(|error| format!("{name}: {error}; give --font a .ttf or .otf file"))?;
    match face.embedding() {
        Embedding::Forbidden => Err(format!(
            "{name}: the licence bits of this font forbid embedding it in a document; give another with --font"
        )),
        Embedding::Allowed | Embedding::WholeOnly => Ok(face),
    }
}
