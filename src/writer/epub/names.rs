//! How names and titles are sorted.

use crate::model::Language;

/// A title with its article at the end: "Owl, The".
pub(super) fn sorted_title(title: &str, language: &Language) -> String {
    let articles: &[&str] = match language.primary() {
        "en" => &["the", "a", "an"],
        "de" => &["der", "die", "das", "ein", "eine"],
        "fr" => &["le", "la", "les", "un", "une"],
        "es" => &["el", "la", "los", "las", "un", "una"],
        "it" => &["il", "lo", "la", "i", "gli", "le", "un", "uno", "una"],
        "pt" => &["o", "a", "os", "as", "um", "uma"],
        "nl" => &["de", "het", "een"],
        _ => &[],
    };
    match title.split_once(' ') {
        Some((first, rest)) if articles.contains(&first.to_lowercase().as_str()) => format!("{rest}, {first}"),
        _ => title.to_owned(),
    }
}

/// A name with the family name first: "Austen, Jane". Names that have a comma, are one word, or are written without spaces
/// stay as they are.
pub(super) fn sorted_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_suffix = |word: &str| {
        matches!(
            word.trim_end_matches('.').to_ascii_lowercase().as_str(),
            "jr" | "sr" | "ii" | "iii" | "iv" | "phd" | "md"
        )
    };
    let suffixes = words.iter().rev().take_while(|word| is_suffix(word)).count();
    let (words, suffix) = words.split_at(words.len() - suffixes);
    match words.split_last() {
        Some((last, given)) if !given.is_empty() && !name.contains(',') => {
            let mut sorted = format!("{last}, {}", given.join(" "));
            for word in suffix {
                sorted.push_str(", ");
                sorted.push_str(word);
            }
            sorted
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_titles_are_sorted_by_their_first_word_that_counts() {
        assert_eq!(sorted_name("Jane Austen"), "Austen, Jane");
        assert_eq!(sorted_name("Martin Luther King Jr."), "King, Martin Luther, Jr.");
        assert_eq!(sorted_name("Homer"), "Homer");
        assert_eq!(sorted_name("Austen, Jane"), "Austen, Jane");
        let language = |tag: &str| tag.parse::<Language>().unwrap();
        assert_eq!(sorted_title("The Owl", &language("en")), "Owl, The");
        assert_eq!(sorted_title("Die Eule", &language("de")), "Eule, Die");
        assert_eq!(sorted_title("Theory", &language("en")), "Theory");
    }
}
