//! The lines of a text: slices of it with what the eye sees first.

use crate::source::{Source, Span};
use rayon::prelude::*;

/// So many lines at least are looked at by one thread: fewer take less than to hand them over.
const LEAST_LINES: usize = 4_000;

/// Columns from one tab stop to the next.
const TAB: u32 = 8;

/// What a distributor's mark says that a line is the heading of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Said {
    /// A large division.
    Large,
    /// One of middle size.
    Middle,
    /// A small one.
    Small,
}

/// One line, without the white space around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line<'a> {
    /// Its text, trimmed at both ends; empty for a blank line.
    pub(crate) text: &'a str,
    /// The place of `text` in the source.
    pub(crate) span: Span,
    /// The columns before the text: a tab goes to the next multiple of eight, an ideographic space is two wide.
    pub(crate) indent: u32,
    /// The columns of the text: wide East Asian characters count two.
    pub(crate) width: u32,
    /// Whether a form feed stands before it.
    pub(crate) new_page: bool,
    /// The heading that it is said to be.
    pub(crate) said: Option<Said>,
}

impl<'a> Line<'a> {
    /// The part of the line between two bytes of its text, without the white space around it.
    pub(crate) fn cut(&self, start: usize, end: usize) -> Line<'a> {
        let text = self.text.get(start..end).unwrap_or("");
        let trimmed = text.trim_start();
        let start = start + (text.len() - trimmed.len());
        let trimmed = trimmed.trim_end();
        let before = width(self.text.get(..start).unwrap_or(""));
        Line {
            text: trimmed,
            span: self.place(start, start + trimmed.len()),
            indent: self.indent + before,
            width: width(trimmed),
            new_page: self.new_page && start == 0,
            said: self.said,
        }
    }

    /// Where what stands between two bytes of the text is in the source.
    pub(crate) fn place(&self, start: usize, end: usize) -> Span {
        let at = self.span.start as usize;
        Span::new(self.span.source, at + start, at + end)
    }

    /// Whether nothing stands on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The column one past its last character.
    pub(crate) fn right(&self) -> u32 {
        self.indent + self.width
    }
}

/// The text with a line end before each form feed that stands between two pieces of ink on one line: what lines are spoken of
/// by number, in messages and in structure files, are those between line ends.
pub(crate) fn with_pages_on_lines(text: String) -> String {
    if !text.contains('\x0C') {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let mut parts = line.split('\x0C');
        let mut is_inked = false;
        let first = parts.next().unwrap_or_default();
        out.push_str(first);
        is_inked |= !first.trim().is_empty();
        for part in parts {
            if is_inked && !part.trim().is_empty() {
                out.push('\n');
                is_inked = false;
            }
            out.push('\x0C');
            out.push_str(part);
            is_inked |= !part.trim().is_empty();
        }
    }
    out
}

/// The lines of a source, blank ones included.
pub(crate) fn lines(source: &Source) -> Vec<Line<'_>> {
    let text = source.text();
    if text.as_bytes().contains(&b'\x0C') {
        return lines_and_pages(source);
    }
    let lines = source.line_ranges();
    lines.with_min_len(LEAST_LINES).map(|range| line(source, range.start, range.end, false)).collect()
}

/// The same of a text with form feeds, as hardly any is.
fn lines_and_pages(source: &Source) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in source.text().split_inclusive('\n') {
        let body = whole.strip_suffix('\n').unwrap_or(whole);
        let next = start + whole.len();
        for (number, part) in body.split('\x0C').enumerate() {
            lines.push(line(source, start, start + part.len(), number > 0));
            start += part.len() + 1;
        }
        // A form feed that ends the text has no line behind it.
        lines.pop_if(|_| body.len() == whole.len() && body.ends_with('\x0C'));
        start = next;
    }
    lines
}

fn line<'a>(source: &'a Source, start: usize, end: usize, new_page: bool) -> Line<'a> {
    let raw = source.text().get(start..end).unwrap_or("");
    let text = raw.trim_start();
    let lead = raw.len() - text.len();
    let text = text.trim_end();
    let indent = raw.get(..lead).unwrap_or("").chars().fold(0, |column, c| match c {
        '\t' => (column / TAB + 1) * TAB,
        '\u{3000}' => column + 2,
        _ => column + 1,
    });
    let span = Span::new(source.id(), start + lead, start + lead + text.len());
    Line { text, span, indent, width: width(text), new_page, said: None }
}

/// The columns a text takes in a terminal.
pub(crate) fn width(text: &str) -> u32 {
    if text.is_ascii() && !text.contains('\t') {
        return text.len() as u32;
    }
    text.chars()
        .map(|c| match c {
            '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => 0,
            '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' => 2,
            '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}' => {
                2
            }
            _ => 1,
        })
        .sum()
}

/// A text with each run of white space as one space, and none around it.
pub(crate) fn closed_up(text: &str) -> String {
    let mut out = String::with_capacity(text.trim().len());
    for word in text.split_whitespace() {
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    out
}

/// Where a few bytes stand in a text. Lines and words are short: to look at each byte takes less than to set up a search.
pub(crate) fn position<const N: usize>(text: &str, few: &[u8; N]) -> Option<usize> {
    text.as_bytes().windows(N).position(|own| <&[u8; N]>::try_from(own).is_ok_and(|own| own == few))
}

/// Whether a character belongs to a script written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

/// [`char::is_alphanumeric`], at once for the letters that whole texts are in: the tables of Unicode take longer than all else
/// that is done with a character.
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && is_alphanumeric_beyond_ascii(c)
}

fn is_alphanumeric_beyond_ascii(c: char) -> bool {
    is_frequent_letter(c) || !is_frequent_mark(c) && c.is_alphanumeric()
}

/// [`char::is_alphabetic`], likewise.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && is_alphabetic_beyond_ascii(c)
}

fn is_alphabetic_beyond_ascii(c: char) -> bool {
    is_frequent_letter(c) || !is_frequent_mark(c) && c.is_alphabetic()
}

/// Letters of Greek, Russian, Japanese, Chinese and Korean.
fn is_frequent_letter(c: char) -> bool {
    matches!(c, 'α'..='ω' | 'А'..='я' | '\u{3041}'..='\u{3096}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// Quotation marks, dashes and stops of the same scripts.
fn is_frequent_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205E}' | '«' | '»' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '！'..='／' | '：'..='＠')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn a_page_that_ends_within_a_line_ends_the_line() {
        for (text, told) in [
            ("12\x0CChapter\n", "12\n\x0CChapter\n"),
            ("a\x0C b \x0C\x0Cc", "a\n\x0C b \x0C\n\x0Cc"),
            ("a\n\x0Cb\nc\x0C\nd\n", "a\n\x0Cb\nc\x0C\nd\n"),
        ] {
            assert_eq!(with_pages_on_lines(text.into()), told);
        }
    }

    #[test]
    fn a_line_knows_its_indent_width_and_place() {
        let source = Source::new(SourceId(0), "a.txt", "  ab \n\n\t\u{7B2C}x\u{C}c".into());
        let lines = lines(&source);
        let seen: Vec<_> =
            lines.iter().map(|l| (l.text, l.indent, l.width, l.new_page, source.slice(l.span) == l.text)).collect();
        assert_eq!(
            seen,
            [
                ("ab", 2, 2, false, true),
                ("", 0, 0, false, true),
                ("\u{7B2C}x", 8, 3, false, true),
                ("c", 0, 1, true, true)
            ]
        );
    }

    #[test]
    fn line_feeds_and_form_feeds_end_lines() {
        let seen = |text: &str| {
            let source = Source::new(SourceId(0), "a.txt", text.into());
            let part = |line: &Line| format!("{}{}", if line.new_page { "^" } else { "" }, line.text);
            lines(&source).iter().map(part).collect::<Vec<_>>().join("|")
        };
        assert_eq!(seen("a\nb"), "a|b");
        assert_eq!(seen("a\n\u{C}b\u{C}\n"), "a||^b|^");
        assert_eq!(seen("a\u{C}\u{C}"), "a|^");
        assert_eq!(seen(""), "");
    }
}
