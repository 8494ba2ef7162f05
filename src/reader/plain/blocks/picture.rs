//! The places of pictures: "[Illustration]", with or without a caption.

use super::group::Group;

/// What distributors write for a picture, in small letters.
const NAMES: &[&str] = &[
    "illustration",
    "illustrations",
    "illustrazione",
    "ilustración",
    "ilustração",
    "abbildung",
    "illustratie",
    "image",
    "picture",
    "figure",
    "bild",
    "music",
    "decoration",
    "frontispiece",
    "photo",
    "photograph",
    "map",
    "kuva",
    "gravure",
    "vignette",
];

/// Whether a group is the place of a picture.
pub(super) fn is_picture(group: &Group) -> bool {
    let Some(inner) = group.first().strip_prefix('[') else { return false };
    if group.lines.len() > 12 || !group.last().ends_with([']', '.']) {
        return false;
    }
    let word: String = inner.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let second = inner.get(word.len()..).is_some_and(|rest| {
        matches!(rest.trim_start().chars().next(), Some(':' | ']' | '.' | '—' | '-')) || rest.starts_with(' ')
    });
    second && NAMES.contains(&word.as_str())
}

/// Whether nothing is said of the picture.
pub(super) fn is_bare(group: &Group) -> bool {
    group.lines.len() == 1 && !group.first().contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::blocks::group;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    #[test]
    fn places_of_pictures() {
        let seen = |text: &str| {
            let source = Source::new(SourceId(0), "a.txt", text.into());
            let lines = lines(&source);
            group::split(&lines).first().map(|group| (is_picture(group), is_bare(group)))
        };
        assert_eq!(seen("[Illustration]"), Some((true, true)));
        assert_eq!(seen("[Illustration: The mill\nat night]"), Some((true, false)));
        assert_eq!(seen("[Illustrious as he was]"), Some((false, false)));
    }
}
