//! Lines within a group that are set otherwise than those around them: a poem with no blank line before it, a signature at
//! the side.

use super::group::{Group, ends_early, has_columns};
use super::pause;
use super::survey::Region;
use crate::bytes::ByteSet;
use crate::reader::plain::line::Line;
use std::cell::OnceCell;

/// Columns from the margin to what is set to the side.
const ASIDE: u32 = 18;

/// Splits groups where the way their lines are set changes.
pub(super) fn split<'a, 't>(groups: Vec<Group<'a, 't>>, region: &Region) -> Vec<Group<'a, 't>> {
    if region.one_per_line {
        return groups;
    }
    let mut out = Vec::with_capacity(groups.len());
    for group in groups {
        let cuts = cuts(group.lines, region);
        if cuts.is_empty() {
            out.push(group);
            continue;
        }
        let mut start = 0;
        for cut in cuts.into_iter().chain([group.lines.len()]) {
            if let Some(lines) = group.lines.get(start..cut).filter(|lines| !lines.is_empty()) {
                out.push(group.part(lines, start == 0));
            }
            start = cut;
        }
    }
    out
}

/// The lines where something else begins.
fn cuts(lines: &[Line], region: &Region) -> Vec<usize> {
    let mut cuts = Vec::new();
    if lines.len() < 2 {
        return cuts;
    }
    let base = lines.iter().map(|line| line.indent).min().unwrap_or(0);
    let aside = |line: &Line| line.indent >= base + ASIDE;
    // Few groups have a rule of which it is asked.
    let drawn = OnceCell::new();
    static BARS: ByteSet = ByteSet::of(b"|+");
    let is_drawn =
        || lines.iter().filter(|line| BARS.is_in(line.text) || has_columns(line.text)).count() * 3 > lines.len();
    let mut after_rule = false;
    for (at, line) in lines.iter().enumerate() {
        let rule = pause::mark(line.text).is_some() && !*drawn.get_or_init(is_drawn);
        let changes = std::mem::replace(&mut after_rule, rule) != rule;
        let Some(before) = at.checked_sub(1).and_then(|at| lines.get(at)) else { continue };
        if changes {
            cuts.push(at);
        }
        // The first or last lines at the side of full lines: where and when a letter was written, and who signed it.
        let head = aside(before)
            && !aside(line)
            && lines.get(..at).unwrap_or(&[]).len() <= 3
            && is_full(lines.get(at..).unwrap_or(&[]), region);
        let foot =
            aside(line) && !aside(before) && lines.len() - at <= 3 && lines.get(at..).unwrap_or(&[]).iter().all(&aside);
        let foot = foot && lines.iter().take(at).any(|line| line.right() + 14 >= region.measure.unwrap_or(72));
        if head || foot {
            cuts.push(at);
        }
    }
    if cuts.is_empty() {
        inset_run(lines, base, region, &mut cuts);
    }
    cuts.dedup();
    cuts
}

/// Two or more lines set in between, before or after full lines at the margin.
fn inset_run(lines: &[Line], base: u32, region: &Region, cuts: &mut Vec<usize>) {
    // Few groups have lines of which it is asked.
    let fullness = OnceCell::new();
    let is_full = |start, end| fullness.get_or_init(|| Fullness::of(lines, region)).is_full(start, end);
    let mut start = None;
    for at in 0..=lines.len() {
        let inside = lines.get(at).is_some_and(|line| line.indent >= base + 2);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let before = lines.get(..from).unwrap_or(&[]);
                let after = lines.get(at..).unwrap_or(&[]);
                // All but the first line set in is a hanging indent, unless the first line ends early.
                let hanging = before.len() == 1
                    && after.is_empty()
                    && before.first().is_some_and(|line| line.right() + 14 >= region.measure.unwrap_or(72));
                if at - from < 2 || hanging || !(is_full(0, from) || is_full(at, lines.len())) {
                    continue;
                }
                cuts.extend([from, at].into_iter().filter(|cut| *cut > 0 && *cut < lines.len()));
            }
            _ => {}
        }
    }
}

/// What [`is_full`] asks of any lines of a group, summed up from its start: it is asked of all of them for each line set in.
struct Fullness {
    /// How many lines before this one reach the measure.
    reaching: Vec<usize>,
    /// How many lines before this one end early.
    early: Vec<usize>,
}

impl Fullness {
    fn of(lines: &[Line], region: &Region) -> Fullness {
        let (mut reaching, mut early) = (vec![0], vec![0]);
        let (mut reach, mut ends) = (0, 0);
        for (at, line) in lines.iter().enumerate() {
            reach += usize::from(reaches(line, region));
            reaching.push(reach);
            let pair = lines.get(at..at + 2);
            ends += usize::from(pair.is_some_and(|pair| ends_too_early(pair, region)));
            early.push(ends);
        }
        Fullness { reaching, early }
    }

    /// Whether the lines `start..end` look wrapped.
    fn is_full(&self, start: usize, end: usize) -> bool {
        let between = |sums: &[usize], end: usize| {
            sums.get(end).zip(sums.get(start)).map_or(0, |(end, start)| end.saturating_sub(*start))
        };
        between(&self.reaching, end) > 0 && between(&self.early, end.saturating_sub(1)) * 4 <= end - start
    }
}

fn reaches(line: &Line, region: &Region) -> bool {
    line.right() + 14 >= region.measure.unwrap_or(72)
}

fn ends_too_early(pair: &[Line], region: &Region) -> bool {
    ends_early(pair, region.measure.unwrap_or(72).saturating_sub(2))
}

/// Whether lines look wrapped: one of them reaches the measure, and none but the last ends early.
fn is_full(lines: &[Line], region: &Region) -> bool {
    lines.iter().any(|line| reaches(line, region))
        && lines.windows(2).filter(|pair| ends_too_early(pair, region)).count() * 4 <= lines.len()
}
