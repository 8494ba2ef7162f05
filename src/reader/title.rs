//! Titles for texts that show none.

use crate::diag::{Code, Diagnostics};
use crate::model::Metadata;

/// Gives a text that shows no title one: the one that was told for this case, else the name of the file where that has
/// words, else the first words of the text, `opening`.
pub(crate) fn devise(
    meta: &mut Metadata,
    name: &str,
    fallback: Option<&str>,
    opening: &str,
    diagnostics: &mut Diagnostics,
) {
    let told = fallback.is_some_and(|title| !title.trim().is_empty());
    let incipit = incipit(opening);
    if told || has_words(stem(name)) || incipit.is_empty() {
        meta.title = from_name(name, fallback, diagnostics);
        return;
    }
    diagnostics.warn(
        Code::TitleFromFirstWords,
        None,
        format!("the text shows no title, nor does the file's name: it goes by its first words, “{incipit}”"),
        "give --title",
    );
    meta.title = incipit;
    meta.title_is_incipit = true;
}

/// The first words of a text: its first clause if that is short, else what fits in a list.
fn incipit(opening: &str) -> String {
    const LONGEST: usize = 48;
    let mut out = String::new();
    for word in opening.split_whitespace() {
        if !out.is_empty() && out.chars().count() + word.chars().count() >= LONGEST {
            return format!("{}…", out.trim_end_matches([',', ';', ':', '—', '–']));
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        let ends = word.ends_with(['.', '!', '?', ';', ':']);
        if ends && out.split(' ').count() > 2 {
            break;
        }
    }
    // A text of one word without end, or one without spaces.
    if out.chars().count() > LONGEST * 2 {
        out = out.chars().take(LONGEST / 2).chain(['…']).collect();
    }
    out.trim_end_matches(['.', ';', ':', ',']).to_owned()
}

/// Whether a name has a word in it, not only numbers and what machines give.
fn has_words(stem: &str) -> bool {
    let is_word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let hexadecimal = word.chars().all(|c| c.is_ascii_hexdigit()) && word.len() >= 6;
        letters >= 3 && letters == word.chars().count() && !hexadecimal
            || word.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
    };
    stem.split(|c: char| !c.is_alphanumeric()).any(is_word)
}

/// The last part of a path, without its ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem })
}

/// The title of a text that shows none: the one that was told for this case, else the name of the file in words.
pub(crate) fn from_name(name: &str, fallback: Option<&str>, diagnostics: &mut Diagnostics) -> String {
    if let Some(title) = fallback.map(str::trim).filter(|title| !title.is_empty()) {
        return title.to_owned();
    }
    let words: Vec<&str> = stem(name)
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-' || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let mut title = words.join(" ");
    if let Some(first) = title.chars().next() {
        title.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    if title.is_empty() {
        title = "Untitled".to_owned();
    }
    diagnostics.warn(
        Code::TitleFromFileName,
        None,
        format!("the text shows no title: “{title}” is made from the file's name"),
        "give --title",
    );
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_something_where_it_has_a_word() {
        for name in ["the-first-client", "Kapitel_3", "war2", "第一章", "readme"] {
            assert_eq!(has_words(name), name != "war2", "{name}");
        }
        for name in ["000_2611cdd0835552e3", "2026-11-25", "deadbeef", "x1", "", "scan0001"] {
            assert!(!has_words(name), "{name}");
        }
    }

    #[test]
    fn first_words_are_a_clause_or_what_fits() {
        assert_eq!(incipit("It rained all day. Nobody came."), "It rained all day");
        assert_eq!(
            incipit("The harbour had been empty since the first week of October, and nobody minded it."),
            "The harbour had been empty since the first week…"
        );
        assert!(incipit(&"x".repeat(500)).chars().count() < 30);
    }
}
