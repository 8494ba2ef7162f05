//! A bound for what stands within other things, before the text is parsed: the parser goes through all that are open at each line.

use std::borrow::Cow;
use std::ops::Range;

/// Marks of quotations and items at the head of one line beyond this are none. Far more than anyone means, so that a line of
/// such characters in a piece of code stays as it is.
const MOST: usize = 1000;

/// What stands for a mark that is none: no text holds it, and none that is read takes it in.
const NO_MARK: u8 = 1;

/// A text of the same length whose lines begin with no more than so many marks, and the first mark that was taken out.
pub(super) fn bounded(text: &str) -> (Cow<'_, str>, Option<Range<usize>>) {
    let mut bytes: Option<Vec<u8>> = None;
    let mut first = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let marks = Marks { line: line.as_bytes(), at: 0 };
        for mark in marks.skip(MOST) {
            let mark = start + mark.start..start + mark.end;
            let bytes = bytes.get_or_insert_with(|| text.as_bytes().to_vec());
            if let Some(place) = bytes.get_mut(mark.clone()) {
                place.fill(NO_MARK);
            }
            first.get_or_insert(mark);
        }
        start += line.len();
    }
    match bytes.map(String::from_utf8) {
        Some(Ok(text)) => (Cow::Owned(text), first),
        // Marks are ASCII, so that what is left of the text is UTF-8.
        Some(Err(_)) | None => (Cow::Borrowed(text), None),
    }
}

/// The marks at the head of a line.
struct Marks<'a> {
    line: &'a [u8],
    at: usize,
}

impl Iterator for Marks<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.line.get(self.at..)?;
        let start = self.at + rest.iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
        let rest = self.line.get(start..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let spaced = |at: usize| rest.get(at).is_none_or(|byte| byte.is_ascii_whitespace());
        let len = match rest.get(digits)? {
            b'>' if digits == 0 => 1,
            b'-' | b'+' | b'*' if digits == 0 && spaced(1) => 1,
            b'.' | b')' if digits > 0 && spaced(digits + 1) => digits + 1,
            _ => return None,
        };
        self.at = start + len;
        Some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_beyond_the_bound_are_taken_out() {
        let deep = |mark: &str, count: usize| format!("a\n{}text >\n> b\n", mark.repeat(count));
        for mark in ["> ", ">", "- ", "12. ", " + "] {
            let text = deep(mark, MOST);
            assert_eq!(bounded(&text), (Cow::Borrowed(text.as_str()), None), "{mark}");
            let text = deep(mark, MOST + 2);
            let (bounded, first) = bounded(&text);
            assert_eq!(bounded.len(), text.len());
            assert_eq!(bounded.replace('\u{1}', "").len(), text.len() - 2 * mark.trim().len());
            assert_eq!(text.get(first.unwrap()), Some(mark.trim()));
        }
    }
}
