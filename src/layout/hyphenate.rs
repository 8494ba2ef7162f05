//! Where words may be hyphenated: by the patterns of their language, or as a list of exceptions says.

use crate::model::Language;
use hypher::Lang;
use rustc_hash::FxHashMap;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// No word this short is hyphenated: what is gained is not worth the reader's pause.
const SHORTEST: usize = 5;

/// The points of words.
#[derive(Default)]
struct Points {
    /// For each word where its points are in `all`.
    places: FxHashMap<Box<str>, Range<u32>>,
    all: Vec<u8>,
}

/// Finds hyphenation points, and remembers them by word.
pub(crate) struct Hyphenator<'a> {
    exceptions: &'a [String],
    /// Lower-case words with their points; made when first needed.
    listed: Option<FxHashMap<String, Vec<u8>>>,
    languages: Vec<(Language, Points)>,
}

impl<'a> Hyphenator<'a> {
    /// A hyphenator with these exceptions: `ta-ble`, or `record` for never.
    pub(crate) fn new(exceptions: &'a [String]) -> Hyphenator<'a> {
        Hyphenator { exceptions, listed: None, languages: Vec::new() }
    }

    /// Where a hyphen may be set in a word with its punctuation, in bytes: sorted, and never within what is seen as one letter.
    pub(crate) fn points(&mut self, language: &Language, word: &str) -> &[u8] {
        if is_short(word) {
            return &[];
        }
        let exceptions = self.exceptions;
        let listed = self.listed.get_or_insert_with(|| exceptions.iter().map(|word| exception(word)).collect());
        let at = match self.languages.iter().position(|(known, _)| known == language) {
            Some(at) => at,
            None => {
                self.languages.push((language.clone(), Points::default()));
                self.languages.len() - 1
            }
        };
        let Some((_, points)) = self.languages.get_mut(at) else { return &[] };
        let place = match points.places.get(word) {
            Some(place) => place.clone(),
            None => {
                let start = points.all.len() as u32;
                points.all.extend(find(listed, language, word));
                let place = start..points.all.len() as u32;
                points.places.insert(word.into(), place.clone());
                place
            }
        };
        points.all.get(place.start as usize..place.end as usize).unwrap_or_default()
    }
}

/// `Ta-ble` → (`table`, [2]).
fn exception(word: &str) -> (String, Vec<u8>) {
    let mut plain = String::new();
    let mut points = Vec::new();
    for character in word.chars() {
        match character {
            '-' | '\u{ad}' => points.extend(u8::try_from(plain.len())),
            _ => plain.extend(character.to_lowercase()),
        }
    }
    (plain, points)
}

/// Whether a word is so short that it is not hyphenated.
pub(crate) fn is_short(word: &str) -> bool {
    word.len() < SHORTEST
}

fn find(listed: &FxHashMap<String, Vec<u8>>, language: &Language, text: &str) -> Vec<u8> {
    let mut points = Vec::new();
    if text.chars().any(|c| c.is_numeric() || matches!(c, '@' | '/' | '_' | '\\')) {
        return points;
    }
    let mut start = 0;
    for stretch in text.split(|c: char| !c.is_alphabetic() && !is_mark(c)) {
        if stretch.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST {
            for point in word_points(listed, language, stretch) {
                points.extend(u8::try_from(start + point));
            }
        }
        start += stretch.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    if !points.is_empty() && !text.is_ascii() {
        // What is seen as one letter stays one, whatever patterns say.
        let whole = graphemes(text);
        points.retain(|point| whole.binary_search(&u32::from(*point)).is_ok());
    }
    points
}

/// Where each begins that is seen as one letter (UAX #29), in bytes.
pub(crate) fn graphemes(text: &str) -> Vec<u32> {
    text.grapheme_indices(true).map(|(at, _)| at as u32).collect()
}

fn word_points(listed: &FxHashMap<String, Vec<u8>>, language: &Language, word: &str) -> Vec<usize> {
    if !listed.is_empty()
        && let Some(points) = listed.get(&word.to_lowercase())
    {
        return points.iter().map(|point| usize::from(*point)).filter(|point| word.is_char_boundary(*point)).collect();
    }
    let Some(patterns) = patterns(language) else { return Vec::new() };
    let (left, right) = patterns.bounds();
    // Two letters before the hyphen and three after it are the least that reads well; some languages ask for more.
    let (left, right) = (left.max(2), right.max(if prefers_three(language) { 3 } else { 2 }));
    let mut at = 0;
    let mut points = Vec::new();
    for syllable in hypher::hyphenate_bounded(word, patterns, left, right) {
        at += syllable.len();
        if at < word.len() {
            points.push(at);
        }
    }
    points
}

/// Whether fewer than three letters after a hyphen look wrong: they do wherever patterns were made for more.
fn prefers_three(language: &Language) -> bool {
    !matches!(language.primary(), "de" | "es" | "it" | "pt" | "la" | "el" | "ru" | "uk" | "fi" | "pl" | "cs" | "sk")
}

fn patterns(language: &Language) -> Option<Lang> {
    let code: [u8; 2] = language.primary().as_bytes().try_into().ok()?;
    Lang::from_iso(code)
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(language: &str, exceptions: &[&str], word: &str) -> String {
        let exceptions: Vec<String> = exceptions.iter().map(|word| (*word).to_owned()).collect();
        let mut out = word.to_owned();
        let language = language.parse().unwrap();
        for point in Hyphenator::new(&exceptions).points(&language, word).iter().rev() {
            out.insert(usize::from(*point), '-');
        }
        out
    }

    #[test]
    fn words_are_hyphenated_in_their_language() {
        assert_eq!(hyphenated("en", &[], "“gathering,”"), "“gath-er-ing,”");
        assert_eq!(hyphenated("de", &[], "Wanderung"), "Wan-de-rung");
        assert_eq!(hyphenated("en-GB", &[], "gathering"), "gath-er-ing");
        assert_eq!(hyphenated("tlh", &[], "gathering"), "gathering");
    }

    #[test]
    fn short_words_numbers_and_addresses_never() {
        for word in ["upon", "ab1234567", "name@example", "http://gathering"] {
            assert_eq!(hyphenated("en", &[], word), word);
        }
    }

    #[test]
    fn what_is_seen_as_one_letter_stays_one() {
        assert_eq!(hyphenated("cs", &[], "po\u{308}ttyo\u{308}s"), "po\u{308}t-tyo\u{308}s", "against a pattern");
        assert_eq!(
            hyphenated("en", &["gathe-\u{301}-ring"], "gathe\u{301}ring"),
            "gathe\u{301}-ring",
            "against the list"
        );
    }

    #[test]
    fn exceptions_come_first() {
        assert_eq!(hyphenated("en", &["gather-ing", "wonderful"], "Gathering"), "Gather-ing");
        assert_eq!(hyphenated("en", &["wonderful"], "wonderful!"), "wonderful!");
    }
}
