//! Where a line may end: after spaces, hyphens, dashes, slashes of addresses, between ideographs.

use textwrap::WordSeparator;
use unicode_normalization::char::is_combining_mark;

/// Whether a line may end behind a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opportunity {
    /// No.
    None,
    /// Yes.
    Allowed,
    /// Yes, and the line then ends in a hyphen that is of the word.
    Hyphen,
    /// Yes, but it is better elsewhere: in an address, after a slash between words.
    Poor,
}

/// Whether [`in_word`] knows all that UAX #14 says about a character. It does for alphabets that are set with spaces between
/// words; all others go through the segmenter, at ten times the cost.
pub(crate) fn is_plain(character: char) -> bool {
    matches!(character,
        '\n' | ' '..='\u{36f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2002}'..='\u{200a}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
}

/// The places where a line may end by UAX #14, in bytes, sorted: for text that is not [plain](is_plain).
pub(crate) fn segment(text: &str) -> Vec<u32> {
    let mut at = 0;
    WordSeparator::UnicodeBreakProperties
        .find_words(text)
        .map(|word| {
            at += word.word.len() + word.whitespace.len();
            at
        })
        .filter(|at| {
            // Where scripts meet, UAX #14 may part what is seen as one.
            let sides =
                text.split_at_checked(*at).and_then(|(head, tail)| head.chars().next_back().zip(tail.chars().next()));
            sides.is_none_or(|(last, next)| !are_one(last, next))
        })
        .map(|at| at as u32)
        .collect()
}

/// Whether a line may end behind the last character of `before`, within a word (text without spaces) that goes on with
/// `next`.
///
/// UAX #14 with what typographers add: never before a dash; not after a hyphen that only one letter stands before; not
/// between the figures of a range.
pub(crate) fn in_word(before: &str, next: char) -> Opportunity {
    let mut back = before.chars().rev();
    let Some(last) = back.next().filter(|last| !are_one(*last, next)) else { return Opportunity::None };
    let goes_on = next.is_alphanumeric() || matches!(next, '“' | '‘' | '«' | '„' | '(' | '[' | '¿' | '¡');
    match last {
        '-' | '\u{2010}' => {
            let letters = back.take(2).take_while(|c| c.is_alphabetic()).count();
            if letters == 2 && next.is_alphabetic() { Opportunity::Hyphen } else { Opportunity::None }
        }
        '—' | '…' | '–' => match back.find(|c| *c != last) {
            Some(one) if last == '–' && one.is_numeric() && next.is_numeric() => Opportunity::None,
            Some(one) if goes_on && !is_opening(one) => Opportunity::Allowed,
            _ => Opportunity::None,
        },
        '/' if is_address(before) => {
            if next == '/' {
                Opportunity::None
            } else {
                Opportunity::Poor
            }
        }
        '/' => {
            let letters = back.take(3).take_while(|c| c.is_alphabetic()).count();
            if letters == 3 && next.is_alphabetic() { Opportunity::Poor } else { Opportunity::None }
        }
        '.' | '?' | '&' | '=' | '_' | '#' if is_address(before) && next.is_alphanumeric() => Opportunity::Poor,
        _ => Opportunity::None,
    }
}

/// Whether two characters are seen as one letter or sign (UAX #29, GB9 to GB9b).
fn are_one(last: char, next: char) -> bool {
    let extends = is_combining_mark(next)
        || matches!(next,
            '\u{e33}' | '\u{eb3}' | '\u{200c}' | '\u{200d}' | '\u{ff9e}' | '\u{ff9f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
    let precedes = matches!(last,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{d4e}'
        | '\u{110bd}' | '\u{110cd}' | '\u{111c2}' | '\u{111c3}' | '\u{113d1}' | '\u{1193f}' | '\u{11941}'
        | '\u{11a3a}' | '\u{11a84}'..='\u{11a89}' | '\u{11d46}' | '\u{11f02}');
    !next.is_ascii() && extends || !last.is_ascii() && precedes
}

/// Whether a word is an address of the web or of mail, so that no hyphen may come into it.
pub(crate) fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || (word.contains('@') && word.contains('.'))
}

fn is_opening(character: char) -> bool {
    matches!(character, '“' | '‘' | '«' | '„' | '‚' | '(' | '[' | '{' | '¿' | '¡' | '"' | '\'')
}

/// Whether a line must not end after a word of one letter: `k lesu`, `w domu`, `в лес`.
pub(crate) fn binds_single_letters(language: &str) -> bool {
    matches!(language, "cs" | "sk" | "pl" | "ru" | "uk" | "be" | "bg" | "sl" | "hr" | "sr")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(word: &str) -> Vec<&str> {
        let mut out = Vec::new();
        let mut start = 0;
        for (at, next) in word.char_indices().skip(1) {
            if in_word(&word[..at], next) != Opportunity::None {
                out.push(&word[start..at]);
                start = at;
            }
        }
        out.push(&word[start..]);
        out
    }

    #[test]
    fn words_may_end_a_line_after_hyphens_and_dashes_but_never_before() {
        assert_eq!(pieces("well-known"), ["well-", "known"]);
        assert_eq!(pieces("x-ray"), ["x-ray"]);
        assert_eq!(pieces("gone—never"), ["gone—", "never"]);
        assert_eq!(pieces("gone—”"), ["gone—”"]);
        assert_eq!(pieces("“—and"), ["“—and"]);
        assert_eq!(pieces("1914–1918"), ["1914–1918"]);
        assert_eq!(pieces("Paris–Lyon"), ["Paris–", "Lyon"]);
        assert_eq!(pieces("wait…what"), ["wait…", "what"]);
    }

    #[test]
    fn addresses_end_a_line_after_slashes_and_points() {
        assert_eq!(pieces("https://example.org/a/b"), ["https://", "example.", "org/", "a/", "b"]);
        assert_eq!(pieces("and/or"), ["and/", "or"]);
        assert_eq!(pieces("km/h"), ["km/h"]);
        assert_eq!(pieces("a://\u{301}b"), ["a://\u{301}b"]);
    }

    #[test]
    fn ideographs_end_a_line_anywhere_but_before_a_stop() {
        assert_eq!(segment("天地。人"), [3, 9, 12]);
        assert_eq!(segment("天地\u{e33}人"), [3, 9, 12], "a Thai vowel sign stays on its letter");
    }
}
