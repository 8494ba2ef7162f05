//! Completes the documents that epub-builder writes, at places known by their text.

use super::EpubError;

/// Puts `new` for what stands between the first `open` and the next `close`; the marks stay.
///
/// # Errors
///
/// Where a mark is missing: this is another version of epub-builder.
pub(super) fn between(text: &mut String, open: &'static str, close: &str, new: &str) -> Result<(), EpubError> {
    let start = text.find(open).ok_or(EpubError::Template(open))? + open.len();
    let end = text.get(start..).and_then(|rest| rest.find(close)).ok_or(EpubError::Template(open))? + start;
    text.replace_range(start..end, new);
    Ok(())
}

/// Puts `new` for the first `old`.
///
/// # Errors
///
/// Where `old` is missing.
pub(super) fn replace(text: &mut String, old: &'static str, new: &str) -> Result<(), EpubError> {
    let start = text.find(old).ok_or(EpubError::Template(old))?;
    text.replace_range(start..start + old.len(), new);
    Ok(())
}

/// Puts `new` before the first `mark`.
///
/// # Errors
///
/// Where `mark` is missing.
pub(super) fn before(text: &mut String, mark: &'static str, new: &str) -> Result<(), EpubError> {
    let at = text.find(mark).ok_or(EpubError::Template(mark))?;
    text.insert_str(at, new);
    Ok(())
}
