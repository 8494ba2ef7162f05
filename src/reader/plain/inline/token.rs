//! A text cut into words, marks of emphasis, marks of notes and readings.

use super::marks::Marks;
use crate::bytes::ByteSet;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// Characters that stand for themselves.
    Text(&'t str),
    /// What may open or close emphasis.
    Mark(Mark<'t>),
    /// What may refer to a note.
    Reference {
        /// As it stands.
        text: &'t str,
        /// Without its brackets.
        label: &'t str,
    },
    /// A line end that stays.
    Break,
    /// A base text with its reading.
    Ruby {
        /// The text.
        base: &'t str,
        /// How it is read.
        reading: &'t str,
    },
    /// An annotation of Aozora Bunko, without its brackets.
    Annotation(&'t str),
}

impl<'t> Token<'t> {
    /// The characters that stand for themselves.
    pub(super) fn text(&self) -> &'t str {
        match self {
            Token::Text(text) => text,
            _ => "",
        }
    }
}

/// A character, once or twice, that may open or close emphasis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark<'t> {
    /// As it stands.
    pub(super) text: &'t str,
    /// Whether something may begin here.
    pub(super) opens: bool,
    /// Whether something may end here.
    pub(super) closes: bool,
    /// Whether it stands within a word, as in `snake_case`.
    pub(super) within: bool,
}

/// Whether a text may have more tokens than one of text.
pub(super) fn may_hold_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let raised = |at: usize| match bytes.get(at..at + 3) {
        Some([0xE2, second, third]) => matches!((second, third), (0x80, 0xA0 | 0xA1) | (0x81, 0xB0..=0xB9)),
        Some([0xC2, second, _]) => matches!(second, 0xB2 | 0xB3 | 0xB9),
        _ => true,
    };
    static SIGNS: ByteSet = ByteSet::of(b"_=*/~+[{(\xE3\xEF\xE2\xC2");
    let mut signs = bytes.iter().enumerate().filter(|(_, byte)| SIGNS.holds(**byte));
    signs.any(|(at, byte)| !matches!(byte, 0xE2 | 0xC2) || raised(at))
}

/// Cuts a line into tokens.
pub(super) fn push_tokens<'t>(text: &'t str, marks: Marks, out: &mut Vec<Token<'t>>) {
    if !may_hold_marks(text) {
        out.extend((!text.is_empty()).then_some(Token::Text(text)));
        return;
    }
    let bytes = text.as_bytes();
    let (mut at, mut start) = (0, 0);
    // Where the last bar ends that a base text may begin behind.
    let mut bar = None;
    while let Some(&byte) = bytes.get(at) {
        let found = match byte {
            b'_' | b'=' | b'*' | b'/' | b'~' | b'+' => mark(text, at, marks),
            b'[' | b'{' | b'(' => reference(text, at),
            // The first bytes of †, ‡, ¹ ² ³, ⁰…⁹, 《, ｜, ［.
            0xE2 | 0xC2 => raised(text, at),
            0xEF if text.get(at..).is_some_and(|rest| rest.starts_with(BAR)) => {
                bar = Some(at + BAR.len_utf8());
                None
            }
            0xE3 | 0xEF => east_asian(text, at, bar.filter(|bar| *bar > start), start),
            _ => None,
        };
        let Some((token, length)) = found else {
            at += 1;
            continue;
        };
        let mut before = text.get(start..at).unwrap_or("");
        if let Token::Ruby { base, .. } = token {
            before = before.strip_suffix(BAR).map_or(before, |rest| rest);
            before = before.strip_suffix(base).unwrap_or(before);
            before = before.strip_suffix(BAR).unwrap_or(before);
        }
        if !before.is_empty() {
            out.push(Token::Text(before));
        }
        out.push(token);
        at += length;
        start = at;
    }
    if let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        out.push(Token::Text(rest));
    }
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// A mark of emphasis, or an asterisk that refers to a note.
fn mark(text: &str, at: usize, marks: Marks) -> Option<(Token<'_>, usize)> {
    let byte = *text.as_bytes().get(at)?;
    let length = text.as_bytes().get(at..)?.iter().take_while(|other| **other == byte).count();
    let raw = text.get(at..at + length)?;
    let before = char_before(text, at);
    let after = char_at(text, at + length);
    let space_before = before.is_none_or(char::is_whitespace);
    let space_after = after.is_none_or(char::is_whitespace);
    let word_before = before.is_some_and(char::is_alphanumeric);
    let word_after = after.is_some_and(char::is_alphanumeric);
    if length <= 2 && marks.is_live(byte) && !(space_before && space_after) {
        let (opens, closes) = if byte == b'_' {
            // "(_aside --_)" and "(_aside -- _)"; "im_possible_".
            let shut = after.is_some_and(|c| matches!(c, ')' | ']'));
            (!space_after && !shut && (!word_before || ends_word(text, at + length)), !space_before || shut)
        } else {
            (!space_after && !word_before && before != Some(':'), !space_before && !word_after)
        };
        if opens || closes {
            return Some((Token::Mark(Mark { text: raw, opens, closes, within: word_before && word_after }), length));
        }
    }
    let refers = byte == b'*' && length <= 3 && (!space_before || before.is_none_or(|c| c == '\n')) && !word_after;
    if refers {
        return Some((Token::Reference { text: raw, label: raw }, length));
    }
    // A run of a mark is a rule or a gap to fill in: passed over whole, so that its inner marks mean nothing.
    (length > 2).then_some((Token::Text(raw), length))
}

/// Whether the end of a word has emphasis: letters up to the next mark, behind which no more of them follow.
fn ends_word(text: &str, from: usize) -> bool {
    let rest = text.get(from..).unwrap_or("");
    let letters: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    letters > 0
        && rest
            .get(letters..)
            .and_then(|rest| rest.strip_prefix('_'))
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// A label of a note in brackets: `[1]`, `[a]`, `[*]`, `{1}`, and `(1)` right after a word.
fn reference(text: &str, at: usize) -> Option<(Token<'_>, usize)> {
    let close = match text.as_bytes().get(at)? {
        b'[' => ']',
        b'{' => '}',
        _ => ')',
    };
    let rest = text.get(at + 1..)?;
    let end = rest.bytes().take(8).position(|byte| byte == close as u8)?;
    let label = rest.get(..end)?;
    let before = char_before(text, at);
    let at_start = before.is_none_or(|c| c == '\n');
    let attached = before.is_some_and(|c| !c.is_whitespace());
    if close == ')' && !(at_start || attached && !before.is_some_and(char::is_numeric)) {
        return None;
    }
    let digits = !label.is_empty() && label.len() <= 4 && label.bytes().all(|byte| byte.is_ascii_digit());
    let letter = close == ']' && label.chars().count() == 1 && label.chars().all(char::is_alphabetic);
    let roman =
        close == ']' && label.len() <= 6 && !label.is_empty() && label.bytes().all(|byte| b"ivxlc".contains(&byte));
    let sign = !label.is_empty() && label.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶'));
    (digits || letter || roman || sign)
        .then_some((Token::Reference { text: text.get(at..at + end + 2)?, label }, end + 2))
}

/// `†`, `‡` and raised digits, as marks of notes.
fn raised(text: &str, at: usize) -> Option<(Token<'_>, usize)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let is_digit = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let length: usize = match first {
        '†' | '‡' => rest.chars().take_while(|c| *c == first).map(char::len_utf8).sum(),
        c if is_digit(c) => rest.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum(),
        _ => return None,
    };
    let raw = rest.get(..length)?;
    Some((Token::Reference { text: raw, label: raw }, length))
}

/// What a base text stands behind that is not ideographs alone.
const BAR: char = '｜';

/// Ruby and annotations as Aozora Bunko writes them. Text that is of no token goes from `start` to `at`, and its last bar ends
/// at `bar`.
fn east_asian(text: &str, at: usize, bar: Option<usize>, start: usize) -> Option<(Token<'_>, usize)> {
    let rest = text.get(at..)?;
    if let Some(inner) = rest.strip_prefix('《') {
        let end = inner.char_indices().take(40).find(|(_, c)| *c == '》')?.0;
        let reading = inner.get(..end).filter(|reading| !reading.is_empty() && reading.chars().all(is_kana))?;
        let base = match bar {
            Some(bar) => text.get(bar..at)?,
            None => {
                let before = text.get(start..at)?;
                let length: usize = before.chars().rev().take_while(|c| is_ideograph(*c)).map(char::len_utf8).sum();
                before.get(before.len() - length..)?
            }
        };
        return (!base.is_empty()).then_some((Token::Ruby { base, reading }, end + 2 * '《'.len_utf8()));
    }
    let inner = rest.strip_prefix("［＃")?;
    let end = annotation_end(inner)?;
    Some((Token::Annotation(inner.get(..end)?), end + "［＃］".len()))
}

/// Where an annotation ends, which may have others within, as of a sign that no set of characters has.
fn annotation_end(inner: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, c) in inner.char_indices().take(80) {
        match c {
            '［' => open += 1,
            '］' if open == 0 => return Some(at),
            '］' => open -= 1,
            _ => {}
        }
    }
    None
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3000}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | '〆' | 'ヶ' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}
