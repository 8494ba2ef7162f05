//! Headings that are printed again above each of their parts: "ACT I" over every scene of it.

use super::Found;
use super::sketch::key_of;
use crate::reader::plain::lexicon::Division;
use crate::reader::plain::line::Line;
use crate::reader::plain::number::NumberStyle;
use std::ops::Range;

/// What tells a heading from others of its kind: name, number, letters of the title.
type Place = (Division, u32, NumberStyle, String);

/// Takes out of `headings` those that say again which division goes on, with nothing but the heading of its next part
/// below; their lines come out.
pub(super) fn take(headings: &mut Vec<Found>, lines: &[Line]) -> Vec<Range<usize>> {
    let leads: Vec<bool> = headings.windows(2).map(|pair| leads(pair, lines)).chain([false]).collect();
    let mut leads = leads.into_iter();
    let mut open: Option<Place> = None;
    let mut taken = Vec::new();
    headings.retain(|heading| {
        if leads.next() != Some(true) {
            return true;
        }
        let own = place(heading);
        let again = own.is_some() && own == open;
        if again {
            taken.push(heading.lines.clone());
        } else {
            open = own;
        }
        !again
    });
    taken
}

/// Takes out of `headings` the title of the work where it stands between two headings, of a part and its first
/// chapter: there it
/// holds nothing, however large it is set. The lines come out.
pub(super) fn take_titles(headings: &mut Vec<Found>, title: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let title = key_of(title);
    if title.is_empty() {
        return Vec::new();
    }
    let blank = |from: usize, to: usize| lines.get(from..to).unwrap_or(&[]).iter().all(Line::is_blank);
    let between: Vec<bool> = headings
        .windows(3)
        .map(|three| match three {
            [above, own, below] => {
                let text: String = own.title.iter().map(|line| key_of(line.text)).collect();
                own.label.is_empty()
                    && text == title
                    && blank(above.lines.end, own.lines.start)
                    && blank(own.lines.end, below.lines.start)
            }
            _ => false,
        })
        .collect();
    let mut at = 0;
    let mut taken = Vec::new();
    headings.retain(|heading| {
        let gone = at > 0 && between.get(at - 1).copied().unwrap_or(false);
        at += 1;
        if gone {
            taken.push(heading.lines.clone());
        }
        !gone
    });
    taken
}

fn place(heading: &Found) -> Option<Place> {
    let (number, style) = heading.number?;
    Some((heading.division?, number, style, heading.title.iter().map(|line| key_of(line.text)).collect()))
}

/// Whether the second heading is of a smaller division and stands right below the first.
fn leads(pair: &[Found], lines: &[Line]) -> bool {
    let [above, below] = pair else { return false };
    let (Some(large), Some(small)) = (above.division, below.division) else { return false };
    large.rank() < small.rank()
        && lines.get(above.lines.end..below.lines.start).unwrap_or(&[]).iter().all(Line::is_blank)
}
