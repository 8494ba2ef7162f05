//! What the whole work tells about itself before its blocks are read: the measure of its prose, how its lines begin and end,
//! how far its paragraphs stand apart, which marks of emphasis it uses, who speaks in it.

use super::drama;
use super::group::{self, Group, final_mark, initial};
use super::script::Names;
use crate::reader::plain::inline::marks::Marks;
use crate::reader::plain::inline::passage::Passages;
use crate::reader::plain::inline::words::Words;
use crate::reader::plain::line::{Line, is_alphanumeric};
use rustc_hash::FxHashMap;

/// Widths above this are told apart no more.
const WIDEST: usize = 200;

/// Prose lines below this number say little about a work.
const ENOUGH: usize = 12;

/// The statistics of a work.
#[derive(Debug)]
pub(crate) struct Survey<'t> {
    /// The column at which its prose is wrapped; none where prose is not wrapped, or there is none.
    pub(super) measure: Option<u32>,
    /// The share of the lines within paragraphs that begin with a capital.
    pub(super) capitals: f32,
    /// The share of the lines within paragraphs that end with a mark of punctuation.
    pub(super) stops: f32,
    /// The most frequent number of blank lines between paragraphs.
    pub(super) gap: u32,
    /// The labels that stand before speeches, with the number of their speeches.
    pub(super) speakers: FxHashMap<&'t str, u32>,
    /// The names that stand alone over speeches, in a script.
    pub(super) script: Names<'t>,
    /// Marks of emphasis in use.
    pub(crate) marks: Marks,
    /// Where emphasis runs over several paragraphs.
    pub(crate) passages: Passages,
    /// Its words, for hyphens at line ends.
    pub(crate) words: Words,
}

impl<'t> Survey<'t> {
    /// The statistics of `lines`, which are the whole work, in `text`.
    pub(crate) fn of(lines: &[Line<'t>], text: &str) -> Survey<'t> {
        let groups = group::split(lines);
        let measure = measure(&groups);
        let (mut inner, mut capitals, mut cased, mut stops) = (0usize, 0usize, 0usize, 0usize);
        for group in groups.iter().filter(|group| is_filled(group, 3)) {
            for pair in group.lines.windows(2) {
                let [line, next] = pair else { continue };
                inner += 1;
                if let Some(c) = initial(next.text).filter(|c| c.is_uppercase() || c.is_lowercase()) {
                    cased += 1;
                    capitals += usize::from(c.is_uppercase());
                }
                stops += usize::from(final_mark(line.text).is_some_and(|c| !is_alphanumeric(c)));
            }
        }
        // Add-one smoothing towards what printed English shows: a fifth of the lines begin with a capital or end with a stop.
        let share = |hits: usize, all: usize, usual: f32| (hits as f32 + usual * 20.0) / (all as f32 + 20.0);
        let mut gaps = [0usize; 6];
        for group in groups.iter().skip(1) {
            if let Some(count) = gaps.get_mut((group.gap as usize).min(5)) {
                *count += 1;
            }
        }
        let gap = (1..6).max_by_key(|at| (gaps.get(*at).copied().unwrap_or(0), 6 - at)).unwrap_or(1);
        Survey {
            measure: measure.filter(|_| inner >= ENOUGH),
            capitals: share(capitals, cased, 0.2).clamp(0.02, 0.7),
            stops: share(stops, inner, 0.2).clamp(0.02, 0.6),
            gap: gap as u32,
            speakers: drama::speakers(&groups),
            script: Names::of(&groups),
            marks: Marks::of(lines),
            passages: if text.as_bytes().contains(&b'_') { Passages::of(lines) } else { Passages::default() },
            words: Words::of(lines),
        }
    }
}

/// Whether a group of `least` lines or more is filled as a wrapped paragraph is: no line but the last could have held more.
pub(super) fn is_filled(group: &Group, least: usize) -> bool {
    let right = group.right();
    group.lines.len() >= least
        && right >= group.indent() + 24
        && group.early_ends(right) == 0
        && group.lines.windows(2).any(|pair| match pair {
            [_, next] => initial(next.text).is_none_or(|c| !c.is_uppercase()),
            _ => false,
        })
}

/// The column that the longest lines of most filled paragraphs reach.
fn measure(groups: &[Group]) -> Option<u32> {
    let mut rights = [0usize; WIDEST + 1];
    let mut all = 0;
    let of_three: usize = groups.iter().map(|group| group.lines.len()).filter(|count| *count >= 3).sum();
    for group in groups.iter().filter(|group| is_filled(group, 3)) {
        if let Some(count) = rights.get_mut((group.right() as usize).min(WIDEST)) {
            *count += group.lines.len();
            all += group.lines.len();
        }
    }
    let mut sum = 0;
    let column = rights.iter().position(|count| {
        sum += count;
        // Stanzas look filled now and then; of prose most groups do.
        all > 0 && all * 4 >= of_three && sum * 20 >= all * 19
    })?;
    (column < WIDEST).then_some(column as u32)
}

/// The measure and the indents of the lines around a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Region {
    /// The column where running text begins.
    pub(super) margin: u32,
    /// The indent, beyond the margin, of first lines of paragraphs.
    pub(super) first: u32,
    /// The column at which prose is wrapped; none where it is not.
    pub(super) measure: Option<u32>,
    /// Whether each line is a paragraph.
    pub(super) one_per_line: bool,
}

impl Region {
    /// The region that `groups` make, in a work of this survey.
    pub(super) fn of(groups: &[Group], survey: &Survey) -> Region {
        let mut indents = [0usize; 64];
        let mut firsts = [0usize; 16];
        let (mut long, mut all, mut in_long_groups) = (0, 0, 0);
        for group in groups {
            let filled = is_filled(group, 2);
            for line in group.lines {
                all += 1;
                if line.right() > 110 {
                    long += 1;
                }
                if let Some(count) = indents.get_mut((line.indent as usize).min(63)) {
                    *count += if filled { 3 } else { 1 };
                }
            }
            in_long_groups += usize::from(group.lines.len() > 1) * group.lines.len();
            if filled {
                let rest = group.rest_indent();
                if let Some(count) = firsts.get_mut(group.first_indent().saturating_sub(rest).min(15) as usize) {
                    *count += 1;
                }
            }
        }
        let most = |counts: &[usize]| {
            (0..counts.len()).max_by_key(|at| (counts.get(*at).copied().unwrap_or(0), usize::MAX - at)).unwrap_or(0)
                as u32
        };
        let measure = if all >= ENOUGH * 2 { measure(groups) } else { None }.or(survey.measure);
        // Lines longer than any terminal is wide are not wrapped; where some are, none is.
        let one_per_line = long * 12 > all || survey.measure.is_none() && long > 0 && in_long_groups * 3 > all;
        Region {
            margin: most(&indents),
            first: most(&firsts),
            measure: if one_per_line { None } else { measure },
            one_per_line,
        }
    }

    /// The column that prose would reach: where there is none to tell, the width at which most files are wrapped.
    pub(super) fn column(&self) -> u32 {
        self.measure.unwrap_or(72)
    }
}
