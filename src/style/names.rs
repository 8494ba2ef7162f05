//! Values that are told by a name.

/// The value of the name that a text is, in small letters or capitals and with space around it or not.
///
/// # Errors
///
/// How a text begins that is none of the names.
pub(super) fn named<T: Copy>(text: &str, names: &[(&str, T)]) -> Result<T, String> {
    let wanted = text.trim();
    let found = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map(|(_, value)| *value).ok_or_else(|| text.chars().take(40).collect())
}
