//! Where a line may end: after spaces, hyphens, dashes, slashes of addresses, between ideographs.

use textwrap::WordSeparator;

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

/// Whether [`in_word`] knows all that UAX #14 says about the characters of a text. It does for alphabets that are set with spaces
/// between words; all others go through the segmenter, at ten times the cost.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match byte {
        b'\n' | b' '..=b'\x7f' => true,
        // Within a character.
        0x80..=0xBF => true,
        _ => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_plain_character),
    })
}

fn is_plain_character(character: char) -> bool {
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
            at += (word.word.len() + word.whitespace.len()) as u32;
            at
        })
        .collect()
}

/// Whether a line may end behind the last character of `before`, within a word (text without spaces) that goes on with
/// `next`, which is no mark on it.
///
/// UAX #14 with what typographers add: never before a dash; not after a hyphen that only one letter stands before; not
/// between the figures of a range.
pub(crate) fn in_word(before: &str, next: char) -> Opportunity {
    let mut back = before.chars().rev();
    let Some(last) = back.next() else { return Opportunity::None };
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
    }

    #[test]
    fn ideographs_end_a_line_anywhere_but_before_a_stop() {
        assert_eq!(segment("天地。人"), [3, 9, 12]);
    }
}
