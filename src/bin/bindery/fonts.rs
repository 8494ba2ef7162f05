//! Faces of the system, for scripts that the built-in faces lack.

use bindery::font::Library;
use std::path::PathBuf;

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
pub(crate) fn library() -> Library {
    let mut library = Library::built_in();
    library.add_candidates(SYSTEM.iter().map(PathBuf::from));
    library
}
