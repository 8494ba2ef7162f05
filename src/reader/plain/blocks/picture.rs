//! The places of pictures: "[Illustration]", with or without a caption.

use super::group::Group;
use crate::reader::plain::line::Line;

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

/// What is said of a picture, without the brackets and the word for one; no lines where nothing is said.
pub(super) fn caption<'t>(group: &Group<'_, 't>) -> Vec<Line<'t>> {
    let mut lines = group.lines.to_vec();
    if let Some(first) = lines.first_mut() {
        let inner = first.text.trim_start_matches('[').trim_start_matches(char::is_alphabetic);
        let said = inner.trim_start_matches([':', '.', '—', '–', '-', ' ']);
        // "[Music illustration]" has no sign behind its first word that parts it from the others.
        if inner.starts_with(' ') && !said.is_empty() {
            return lines;
        }
        *first = first.cut(first.text.len() - said.len(), first.text.len());
    }
    if let Some(last) = lines.last_mut() {
        let end = last.text.strip_suffix('.').filter(|text| text.ends_with(']')).unwrap_or(last.text);
        let end = end.strip_suffix(']').map_or(last.text.len(), str::len);
        *last = last.cut(0, end);
    }
    lines.retain(|line| line.text.chars().any(char::is_alphanumeric));
    lines
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
            let groups = group::split(&lines);
            let caption: Vec<&str> =
                groups.first().filter(|group| is_picture(group)).map(caption)?.iter().map(|line| line.text).collect();
            Some(caption.join("/"))
        };
        assert_eq!(seen("[Illustration]").as_deref(), Some(""));
        assert_eq!(seen("[Illustration: The mill\nat night]").as_deref(), Some("The mill/at night"));
        assert_eq!(seen("[Illustration: FIG. 1.]").as_deref(), Some("FIG. 1."));
        assert_eq!(seen("[Music notes]").as_deref(), Some("[Music notes]"));
        assert_eq!(seen("[Illustrious as he was]"), None);
    }
}
