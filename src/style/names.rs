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

#[cfg(test)]
mod tests {
    use crate::style::{Highlight, Theme, WritingMode};
    use std::fmt::{Debug, Display};
    use std::str::FromStr;

    fn reads_what_it_shows<T: Display + FromStr + PartialEq + Debug>(values: &[T]) {
        for value in values {
            let shown = value.to_string();
            assert_eq!(shown.parse().ok().as_ref(), Some(value));
            assert_eq!(format!(" {}\t", shown.to_uppercase()).parse().ok().as_ref(), Some(value));
            assert!(format!("{shown}s").parse::<T>().is_err());
        }
    }

    #[test]
    fn what_is_shown_is_read_as_the_same() {
        reads_what_it_shows(&[Theme::Classic, Theme::Modern, Theme::Manuscript]);
        reads_what_it_shows(&[Highlight::Auto, Highlight::None]);
        reads_what_it_shows(&[WritingMode::Horizontal, WritingMode::Vertical]);
    }

    #[test]
    fn an_error_shows_how_a_long_text_begins() {
        let error = "a".repeat(100).parse::<Theme>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("“{}” is not a theme: give classic, modern or manuscript", "a".repeat(40))
        );
    }
}
