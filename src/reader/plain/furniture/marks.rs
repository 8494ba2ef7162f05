//! Page numbers in brackets among the words: `[Pg 12]`, `{p. xii}`.

use super::pages::{NUMBER, PAGE_INITIALS, without_page};
use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use crate::reader::plain::number::{self, NumberStyle};
use memchr::memchr2;
use std::borrow::Cow;
use std::ops::Range;

/// Fewer may be somebody's references.
const ENOUGH: usize = 5;

/// Bytes that such a mark has at most.
const LONGEST: usize = 20;

/// The marks of pages in a text: their bytes, and their numbers where they are in digits.
pub(super) fn all(text: &str) -> impl Iterator<Item = (Range<usize>, Option<u32>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += memchr2(b'[', b'{', text.as_bytes().get(at..)?)?;
            let start = at;
            at += 1;
            if let Some((length, number)) = mark(text.get(start..)?) {
                at = start + length;
                return Some((start..at, number));
            }
        }
    })
}

/// The mark that a text begins with: its bytes and its number.
fn mark(text: &str) -> Option<(usize, Option<u32>)> {
    // Of most brackets nothing more is looked at.
    if !text.get(1..)?.starts_with(PAGE_INITIALS) {
        return None;
    }
    let close = if text.starts_with('[') { b']' } else { b'}' };
    let end = text.bytes().take(LONGEST).position(|byte| byte == close)?;
    let low = text.get(1..end)?.to_lowercase();
    let word = without_page(&low)?.trim();
    let digits = word.parse().ok().filter(|_| word.len() <= 4);
    let roman = || number::roman(word).is_some_and(|(_, style)| style == NumberStyle::LowerRoman);
    (digits.is_some() || roman()).then_some((end + 1, digits))
}

/// Whether the lines of a work have marks of pages: there are several, and their numbers rise as those of pages do.
pub(super) fn are_in_use<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let marks: Vec<Option<u32>> = lines.flat_map(all).map(|(_, number)| number).collect();
    let numbers: Vec<u32> = marks.iter().flatten().copied().collect();
    let follows = |pair: &&[u32]| matches!(pair, [one, next] if (1..=3).contains(&next.wrapping_sub(*one)));
    let rising = numbers.windows(2).filter(follows).count();
    marks.len() >= ENOUGH && (rising + 1) * 5 >= numbers.len() * 4
}

/// The lines without marks at their ends. What stands within them goes when they are joined; all are told as left out.
pub(super) fn strip<'a>(lines: &[Line<'a>], findings: &mut Findings) -> Vec<Line<'a>> {
    let each = lines.iter().map(|line| {
        let (mut start, mut end) = (0, line.text.len());
        for (range, _) in all(line.text) {
            findings.leave_out(line.place(range.start, range.end), NUMBER);
            if range.start == start {
                start = range.end;
            } else if range.end == end {
                end = range.start;
            }
        }
        if (start, end) == (0, line.text.len()) { *line } else { Line { indent: line.indent, ..line.cut(start, end) } }
    });
    each.collect()
}

/// A text without the marks of pages in it: the words on both sides are whole, and one space stands where there was one.
pub(crate) fn without(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (range, _) in all(text) {
        out.push_str(text.get(from..range.start).unwrap_or(""));
        from = range.end;
        let rest = text.get(from..).unwrap_or("");
        if out.is_empty() || out.ends_with(' ') {
            from += rest.len() - rest.trim_start().len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_both_sides_of_a_mark_stay_whole() {
        for (text, without_marks) in [
            ("the night be[Pg 13]fore", "the night before"),
            ("and the [Pg 12] tide", "and the tide"),
            ("[Pg xii]The day", "The day"),
            ("were, [p. 16]", "were,"),
            ("[S. 3] und {page 4}", "und"),
            ("see [1] and [sic] and [p. some]", "see [1] and [sic] and [p. some]"),
        ] {
            assert_eq!(without(text), without_marks);
        }
    }
}
