//! The list of texts that `--files-from` names.

use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The paths that a file lists; `-` is standard input.
///
/// # Errors
///
/// The message for a list that cannot be read.
pub(crate) fn read(file: &Path) -> Result<Vec<PathBuf>, String> {
    let fault = |error: &dyn std::fmt::Display| format!("{}: cannot read this list: {error}", file.display());
    let mut bytes = Vec::new();
    match file.to_str() {
        Some("-") => std::io::stdin().lock().read_to_end(&mut bytes),
        _ => std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
    }
    .map_err(|error| fault(&error))?;
    split(&bytes).map(path).collect::<Result<_, _>>().map_err(|message| fault(&message))
}

/// The entries of a list: by NUL where there is one, as `find -print0` ends them, else by line.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let entries = bytes.split(move |byte| *byte == end);
    entries
        .map(move |entry| if end == 0 { entry } else { entry.strip_suffix(b"\r").unwrap_or(entry) })
        .filter(|entry| !entry.is_empty())
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> Result<PathBuf, String> {
    use std::os::unix::ffi::OsStrExt as _;
    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> Result<PathBuf, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as UTF-8".to_owned())?;
    Ok(PathBuf::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_split_by_nul_or_by_line() {
        let entries = |bytes| split(bytes).map(<[u8]>::to_vec).collect::<Vec<_>>();
        assert_eq!(entries(b"a b.txt\r\n\nc.txt"), [b"a b.txt".to_vec(), b"c.txt".to_vec()]);
        assert_eq!(entries(b"a\nb.txt\0c.txt\0"), [b"a\nb.txt".to_vec(), b"c.txt".to_vec()]);
    }
}
