//! The lines of a paragraph as one text.

use super::words::Words;
use crate::reader::plain::line::{Line, is_unspaced, position};
use std::borrow::Cow;

/// Joins lines with spaces: none after a dash or a hyphen at a line end, none between letters of scripts without spaces;
/// hyphens that a line end put in go away. Runs of white space become one space.
pub(super) fn join(lines: &[Line], words: &Words, language: Option<hypher::Lang>) -> String {
    let mut out = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    let mut before: Option<&str> = None;
    for line in lines {
        if let Some(before) = before {
            if words.is_soft_hyphen(before, line.text, language) {
                out.pop();
            } else if !is_tight(before, line.text) {
                out.push(' ');
            }
        }
        push_collapsed(line.text, &mut out);
        before = Some(line.text);
    }
    out
}

/// Whether the line end between two lines stands for nothing.
fn is_tight(before: &str, next: &str) -> bool {
    let mut end = before.chars().rev();
    let (Some(last), Some(first)) = (end.next(), next.chars().next()) else { return true };
    let hyphen = matches!(last, '-' | '\u{2010}') && first.is_alphanumeric();
    // " -- " and " — " keep their space on the other side too.
    let dash = (last == '—' || before.ends_with("--")) && !before.trim_end_matches(['-', '—']).ends_with(' ');
    let spaced = before.trim_end_matches('-').ends_with(' ');
    (hyphen || dash) && !spaced || is_unspaced(last) && is_unspaced(first)
}

/// A text with each run of white space as one space.
pub(super) fn collapsed(text: &str) -> Cow<'_, str> {
    if !has_wide_space(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push_collapsed(text, &mut out);
    Cow::Owned(out)
}

fn has_wide_space(text: &str) -> bool {
    position(text, b"  ").is_some() || text.contains('\t')
}

/// Appends a text with each run of white space as one space.
pub(super) fn push_collapsed(text: &str, out: &mut String) {
    if has_wide_space(text) {
        for (at, word) in text.split([' ', '\t']).filter(|word| !word.is_empty()).enumerate() {
            if at > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn joined(text: &str) -> String {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let lines = lines(&source);
        join(&lines, &Words::of(&lines), Some(hypher::Lang::English))
    }

    #[test]
    fn line_ends_become_what_they_stand_for() {
        assert_eq!(joined("one\n  two   three"), "one two three");
        assert_eq!(
            joined("a half-\nknown man--\nor woman -- \nno, child --\nat all"),
            "a half-known man--or woman -- no, child -- at all"
        );
        assert_eq!(joined("天下\n大事 a\nb"), "天下大事 a b");
        assert_eq!(joined("the garden and the gar-\nden"), "the garden and the garden");
    }
}
