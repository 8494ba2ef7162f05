//! Lines with no blank line between them.

use super::label;
use super::line::Line;
use std::borrow::Cow;

/// Lines that a heading has at most.
pub(crate) const TALLEST: usize = 5;

/// Bytes that a line with the names of divisions has at most.
const LONGEST: usize = 120;

/// A run of lines that are not blank, with the gaps around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its first line.
    pub(crate) start: usize,
    /// One past its last line.
    pub(crate) end: usize,
    /// The blank lines before it; at the start of a text or a page there are [`Run::EDGE`] more.
    pub(crate) before: u32,
    /// The blank lines after it; likewise at the end.
    pub(crate) after: u32,
}

impl Run {
    /// What the edge of a text or a page counts, in blank lines.
    pub(crate) const EDGE: u32 = 4;

    /// How many lines it has.
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// The runs of `lines`.
pub(crate) fn runs(lines: &[Line]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut gap = Run::EDGE;
    let mut open: Option<Run> = None;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            runs.extend(open.take());
            gap += 1 + if line.new_page { Run::EDGE } else { 0 };
            continue;
        }
        if line.new_page {
            runs.extend(open.take());
            gap += Run::EDGE;
        }
        match &mut open {
            Some(run) => run.end = at + 1,
            None => open = Some(Run { start: at, end: at + 1, before: gap, after: 0 }),
        }
        gap = 0;
    }
    runs.extend(open);
    part_opening(&mut runs, lines);
    part_held(&mut runs, lines);
    let gaps: Vec<u32> = runs.iter().skip(1).map(|run| run.before).chain([gap + Run::EDGE]).collect();
    for (run, after) in runs.iter_mut().zip(gaps) {
        run.after = after;
    }
    runs
}

/// The lines, those cut in two that name a division and a smaller one in it ("ACT I. SCENE II."): both are headings.
pub(crate) fn cut_divisions<'l, 'a>(lines: Cow<'l, [Line<'a>]>) -> Cow<'l, [Line<'a>]> {
    let opens_run = |at: usize| at.checked_sub(1).and_then(|at| lines.get(at)).is_none_or(Line::is_blank);
    let run = |at: usize| lines.iter().skip(at).take_while(|line| !line.is_blank()).take(TALLEST + 1).count();
    let cut = |(at, line): (usize, &Line)| {
        let may_be = !line.is_blank() && line.text.len() <= LONGEST && opens_run(at);
        let byte = if may_be { label::smaller(line.text)? } else { return None };
        (run(at) <= TALLEST).then_some((at, byte))
    };
    let cuts: Vec<(usize, usize)> = lines.iter().enumerate().filter_map(cut).collect();
    if cuts.is_empty() {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len() + cuts.len());
    let mut from = 0;
    for (at, byte) in cuts {
        out.extend_from_slice(lines.get(from..at).unwrap_or(&[]));
        out.extend(lines.get(at).into_iter().flat_map(|line| [line.cut(0, byte), line.cut(byte, line.text.len())]));
        from = at + 1;
    }
    out.extend_from_slice(lines.get(from..).unwrap_or(&[]));
    Cow::Owned(out)
}

/// Parts a division from the smaller one in it that stands right below it: "ACT I", "SCENE II".
fn part_held(runs: &mut Vec<Run>, lines: &[Line]) {
    let holds = |run: &Run| {
        let text = |at: usize| lines.get(at).map_or("", |line| line.text);
        (2..=TALLEST).contains(&run.len())
            && text(run.start).len() <= LONGEST
            && label::holds_next(text(run.start), text(run.start + 1))
    };
    if !runs.iter().any(holds) {
        return;
    }
    let each = runs.iter().flat_map(|run| {
        let (first, rest) = (Run { end: run.start + 1, ..*run }, Run { start: run.start + 1, ..*run });
        if holds(run) { [Some(first), Some(rest)] } else { [Some(*run), None] }
    });
    *runs = each.flatten().collect();
}

/// Parts the first division from the title that stands over it without a blank line: "A Tragedy", "ACT I".
fn part_opening(runs: &mut Vec<Run>, lines: &[Line]) {
    // A title has no more lines than this.
    const TALLEST: usize = 6;
    let Some(first) = runs.first().copied().filter(|run| (2..=TALLEST).contains(&run.len())) else { return };
    let opens = |at: usize| {
        let line = lines.get(at).filter(|line| line.text.len() <= LONGEST);
        let label = line.and_then(|line| label::parse(line.text).filter(|label| label.is_all_of(line.text)));
        label.is_some_and(|label| label.division.is_some() && label.number.is_some())
    };
    let last = first.end - 1;
    if !opens(last) || (first.start..last).any(opens) {
        return;
    }
    let title = Run { end: last, ..first };
    let opening = Run { start: last, before: 0, ..first };
    runs.splice(..1, [title, opening]);
}

/// Each line that is not blank as a run of its own, for texts that have one paragraph a line.
pub(crate) fn line_runs(lines: &[Line]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut gap = Run::EDGE;
    for (at, line) in lines.iter().enumerate() {
        gap += if line.new_page { Run::EDGE } else { 0 };
        if line.is_blank() {
            gap += 1;
            continue;
        }
        if let Some(last) = runs.last_mut() {
            last.after = gap;
        }
        runs.push(Run { start: at, end: at + 1, before: gap, after: Run::EDGE });
        gap = 0;
    }
    runs
}
