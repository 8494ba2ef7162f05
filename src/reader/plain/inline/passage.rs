//! Emphasis that runs over several paragraphs: a letter or a dream whose marks stand at its first and last word alone.

use crate::reader::plain::line::Line;
use std::ops::Range;

/// Paragraphs that one emphasis may hold: more is a mark that somebody forgot.
const LONGEST: usize = 40;

/// The places in the text between a mark that opens in one paragraph and the mark that closes in a later one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Passages {
    /// From the byte of the opening mark to the byte behind the closing one, in order.
    ranges: Vec<Range<u32>>,
}

impl Passages {
    /// Finds the passages of a work. Only underscores make them: other marks have too many uses.
    pub(crate) fn of(lines: &[Line]) -> Passages {
        let mut passages = Passages::default();
        let mut waiting: Option<Open> = None;
        for paragraph in lines.split(|line| line.is_blank()).filter(|paragraph| !paragraph.is_empty()) {
            let Loose { closes, opens, opens_at_start, first_pair_ends } = Loose::of(paragraph);
            // A closing mark before an opening one are a pair set at the wrong side of spaces.
            if waiting.is_none() && closes.is_some() {
                continue;
            }
            if let Some(open) = &mut waiting {
                open.paragraphs += 1;
                // Some set the mark anew at the head of each paragraph, and close the last alone.
                match closes.or(first_pair_ends.filter(|_| open.at_start)) {
                    Some(close) => {
                        passages.ranges.push(open.at..close + 1);
                        waiting = None;
                    }
                    None if opens.is_some() && !opens_at_start || open.paragraphs > LONGEST => waiting = None,
                    None => {}
                }
            }
            if waiting.is_none() {
                waiting = opens.map(|at| Open { at, at_start: opens_at_start, paragraphs: 1 });
            }
        }
        passages
    }

    /// Whether the emphasis of a passage goes on at this byte.
    pub(super) fn hold(&self, at: u32) -> bool {
        let next = self.ranges.partition_point(|range| range.end <= at);
        self.ranges.get(next).is_some_and(|range| range.start < at)
    }
}

/// A mark that waits for its partner.
struct Open {
    at: u32,
    /// Whether it stands before the first word of its paragraph.
    at_start: bool,
    paragraphs: usize,
}

/// The marks of a paragraph that have no partner in it.
#[derive(Default)]
struct Loose {
    /// The first one, where it closes what a paragraph before has opened.
    closes: Option<u32>,
    /// The last one, where it opens something.
    opens: Option<u32>,
    /// Whether that one stands before the first word.
    opens_at_start: bool,
    /// Where a mark before the first word does have its partner.
    first_pair_ends: Option<u32>,
}

impl Loose {
    fn of(paragraph: &[Line]) -> Loose {
        let mut loose = Loose::default();
        for (number, line) in paragraph.iter().enumerate() {
            for at in line.text.match_indices('_').map(|(at, _)| at) {
                let before = line.text.get(..at).and_then(|text| text.chars().next_back()).unwrap_or(' ');
                let after = line.text.get(at + 1..).and_then(|text| text.chars().next()).unwrap_or(' ');
                // Rules, and gaps to fill in.
                if before == '_' || after == '_' {
                    continue;
                }
                let place = line.span.start + at as u32;
                if loose.opens.is_some() && before != ' ' {
                    loose.first_pair_ends = loose.first_pair_ends.or(loose.opens_at_start.then_some(place));
                    (loose.opens, loose.opens_at_start) = (None, false);
                } else if after != ' ' && !before.is_alphanumeric() {
                    loose.opens = Some(place);
                    loose.opens_at_start = number == 0 && at == 0;
                } else if before != ' ' && !after.is_alphanumeric() && loose.closes.is_none() {
                    loose.closes = Some(place);
                }
            }
        }
        loose
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn held(text: &str) -> Vec<String> {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let passages = Passages::of(&lines(&source));
        passages.ranges.iter().map(|range| text[range.start as usize..range.end as usize].to_owned()).collect()
    }

    #[test]
    fn a_passage_is_what_two_marks_in_two_paragraphs_hold() {
        assert_eq!(held("He read: _one\ntwo.\n\nThree.\n\nFour._ So it _was_.\n"), ["_one\ntwo.\n\nThree.\n\nFour._"]);
        assert_eq!(held("_One.\n\n_Two.\n\n_Three._\n"), ["_One.\n\n_Two.\n\n_Three._"]);
        assert_eq!(held("A _b c.\n\nD _e_ f.\n\nG _h i.\n\nJ."), Vec::<String>::new());
        assert_eq!(held("A name: ____\n\nA snake_case word."), Vec::<String>::new());
    }
}
