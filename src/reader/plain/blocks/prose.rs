//! Paragraphs: where one ends and the next begins among lines with no blank line between.

use super::group::{Group, ends_sentence, initial, opens_speech};
use super::survey::Region;
use smallvec::{SmallVec, smallvec};

/// Splits a group at the lines where paragraphs begin.
pub(super) fn split<'a, 't>(group: &Group<'a, 't>, region: &Region) -> SmallVec<[Group<'a, 't>; 1]> {
    let lines = group.lines;
    if lines.len() < 2 {
        return smallvec![*group];
    }
    let base = group.indent();
    let stepped = lines.iter().skip(1).filter(|line| line.indent > base).count();
    // Where most lines hang, the deeper ones are no beginnings.
    let indents_tell = stepped > 0 && (stepped * 2 < lines.len() || group.first_indent() > base);
    let each_line = region.one_per_line && (lines.iter().any(|line| line.right() > 110) || are_sentences(group));
    let mut out = SmallVec::new();
    let mut start = 0;
    for at in 1..lines.len() {
        let (Some(before), Some(line)) = (lines.get(at - 1), lines.get(at)) else { continue };
        let next_is_flush = lines
            .get(at + 1)
            .is_none_or(|next| next.indent < line.indent || next.indent == line.indent && region.first > 0);
        let begins = if each_line {
            true
        } else if indents_tell && line.indent > base && line.indent > before.indent && next_is_flush {
            ends_sentence(before.text) || before.right() + 8 < region.measure.unwrap_or(72)
        } else if indents_tell && line.indent > base && line.indent == before.indent && at - start == 1 {
            // Paragraphs of one line each, all with their first line indented.
            ends_sentence(before.text)
        } else {
            ends_short(before.right(), region) && ends_sentence(before.text) && begins_sentence(line.text)
        };
        if begins {
            out.push(group.part(lines.get(start..at).unwrap_or(&[]), start == 0));
            start = at;
        }
    }
    out.push(group.part(lines.get(start..).unwrap_or(&[]), start == 0));
    out
}

/// Whether a line ends so far from the measure that its paragraph ends: any word of a text would have fitted.
fn ends_short(right: u32, region: &Region) -> bool {
    region.measure.is_some_and(|measure| right + 16 + (measure - region.margin.min(measure)) / 8 <= measure)
}

fn begins_sentence(text: &str) -> bool {
    opens_speech(text) || initial(text).is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase())
}

/// Whether all lines of a group end as sentences do.
fn are_sentences(group: &Group) -> bool {
    group.lines.iter().all(|line| ends_sentence(line.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::blocks::group;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn paragraphs(text: &str, one_per_line: bool) -> Vec<String> {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let lines = lines(&source);
        let groups = group::split(&lines);
        let region = Region { margin: 0, first: 0, measure: (!one_per_line).then_some(60), one_per_line };
        split(&groups[0], &region).iter().map(|group| group.first().to_owned()).collect()
    }

    #[test]
    fn paragraphs_begin_where_lines_step_in() {
        let text = "    The first paragraph goes on and on until its line is full\nand ends.\n    The second does the same, it goes on and on, and on, and on\nto its end.\n    The third.\n    The fourth.\nends";
        let found = paragraphs(text, false);
        assert_eq!(found.len(), 4, "{found:?}");
    }

    #[test]
    fn paragraphs_end_where_lines_end_short() {
        let text = "The first paragraph goes on and on until its line is full,\nand ends.\n“Does it?”\nThe third goes on to the full length of the measure, as the\nfirst did.";
        assert_eq!(paragraphs(text, false).len(), 3);
    }

    #[test]
    fn a_hanging_indent_is_one_paragraph() {
        assert_eq!(paragraphs("A term. What it means is told in several lines that\n  hang below the first of them, which is full.\n  So they do.", false).len(), 1);
    }

    #[test]
    fn each_long_line_is_a_paragraph() {
        let long = "word ".repeat(40);
        assert_eq!(paragraphs(&format!("{long}end.\n“Short.”\n{long}end."), true).len(), 3);
    }
}
