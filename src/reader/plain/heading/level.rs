//! How deep each heading stands: by what it is called, the blank lines before it, its letters, and where numbers begin anew.

use super::Found;
use super::class::{Class, class_of};
use super::sketch::{Look, Sketch};
use crate::reader::plain::line::Line;
use crate::reader::plain::run::Run;
use rustc_hash::FxHashMap;

/// One blank line more before a heading outweighs any letters.
const PER_BLANK_LINE: f32 = 10.0;

/// Headings of this much the same prominence stand side by side.
const SAME: f32 = 1.5;

/// Gives every heading its depth.
pub(crate) fn assign(headings: &mut [Found], lines: &[Line], runs: &[Run], sketches: &[Sketch]) {
    let classes: Vec<Class> = headings
        .iter()
        .map(|heading| {
            let run = runs.partition_point(|run| run.end <= heading.lines.start);
            runs.get(run).zip(sketches.get(run)).map_or(Class::Piece, |(run, sketch)| class_of(run, sketch))
        })
        .collect();
    let adjacent: Vec<bool> = headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            let before = at.checked_sub(1).and_then(|at| headings.get(at));
            before.is_some_and(|before| {
                !lines.get(before.lines.end..heading.lines.start).unwrap_or(&[]).iter().any(|line| !line.is_blank())
            })
        })
        .collect();
    let prominence = prominences(headings, &classes, &adjacent, runs);
    let gaps: Vec<u32> = headings
        .iter()
        .map(|heading| runs.get(runs.partition_point(|run| run.end <= heading.lines.start)).map_or(0, |run| run.before))
        .collect();
    let mut open: Vec<f32> = Vec::new();
    for (at, heading) in headings.iter_mut().enumerate() {
        let class = classes.get(at).copied().unwrap_or(Class::Piece);
        let mut own = prominence.get(&class).copied().unwrap_or(0.0);
        if class == Class::Piece {
            let above = open.last().copied().filter(|_| adjacent.get(at) == Some(&true));
            own = of_piece(gaps.get(at).copied().unwrap_or(0), above, &prominence).unwrap_or(own);
        }
        while open.last().is_some_and(|last| *last <= own + SAME) {
            open.pop();
        }
        heading.depth = open.len();
        open.push(own);
    }
}

/// A preface or an appendix stands beside the largest division that its own gap is wide enough for, but below the heading
/// right above it.
fn of_piece(gap: u32, above: Option<f32>, prominence: &FxHashMap<Class, f32>) -> Option<f32> {
    let limit = (gap.min(5) + 1) as f32 * PER_BLANK_LINE + PER_BLANK_LINE / 2.0;
    let others = prominence.iter().filter(|(class, _)| **class != Class::Piece).map(|(_, value)| *value);
    others.filter(|value| *value < limit && above.is_none_or(|above| *value + SAME < above)).reduce(f32::max)
}

/// The prominence of every class: how far it stands out.
fn prominences(headings: &[Found], classes: &[Class], adjacent: &[bool], runs: &[Run]) -> FxHashMap<Class, f32> {
    let mut gaps: FxHashMap<Class, Vec<u32>> = FxHashMap::default();
    let mut near_gaps: FxHashMap<Class, Vec<u32>> = FxHashMap::default();
    for ((heading, class), adjacent) in headings.iter().zip(classes).zip(adjacent) {
        let run = runs.partition_point(|run| run.end <= heading.lines.start);
        let gap = runs.get(run).map_or(0, |run| run.before.min(5));
        // Right below another heading the gap says nothing.
        let list = if *adjacent { &mut near_gaps } else { &mut gaps };
        list.entry(*class).or_default().push(gap);
    }
    let mut all: Vec<Class> = classes.to_vec();
    all.sort_by_key(|class| format!("{class:?}"));
    all.dedup();
    let mut prominence: FxHashMap<Class, f32> = FxHashMap::default();
    for class in &all {
        let list = gaps.get_mut(class).or_else(|| near_gaps.get_mut(class));
        let gap = list.map_or(0, |list| {
            list.sort_unstable();
            list.get(list.len() / 2).copied().unwrap_or(0)
        });
        let letters = match class {
            Class::Titled(Look::Capitals, _) => 4.0,
            Class::Titled(Look::EmphasisedCapitals, _) => 3.0,
            Class::Titled(Look::TitleCase, _) => 2.0,
            Class::Titled(Look::Emphasised, _) => 1.0,
            Class::Titled(Look::Plain, _) => 0.0,
            Class::Numbered(_, true) => 3.0,
            Class::Numbered(_, false) => 1.0,
            Class::Named(_) | Class::Piece => 4.0,
        };
        // From three blank lines on the gap alone makes a chapter.
        let letters = if gap >= 3 { letters * 0.3 } else { letters };
        prominence.insert(*class, gap as f32 * PER_BLANK_LINE + letters);
    }
    above_what_begins_anew(headings, classes, &mut prominence);
    above_what_follows_at_once(classes, adjacent, &all, &mut prominence);
    in_order_of_rank(&all, &mut prominence);
    prominence
}

/// Parts stand above chapters, whatever the gaps are.
fn in_order_of_rank(all: &[Class], prominence: &mut FxHashMap<Class, f32>) {
    let mut named: Vec<(u8, Class)> = all
        .iter()
        .filter_map(|class| match class {
            Class::Named(division) => Some((division.rank(), *class)),
            _ => None,
        })
        .collect();
    named.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    for at in 1..named.len() {
        let (Some((rank, class)), Some(lower)) = (named.get(at), named.get(..at)) else { continue };
        let most = lower
            .iter()
            .filter(|(other, _)| other > rank)
            .filter_map(|(_, class)| prominence.get(class))
            .fold(0.0f32, |a, b| a.max(*b));
        if let Some(own) = prominence.get_mut(class) {
            *own = own.max(if most > 0.0 { most + 5.0 } else { 0.0 });
        }
    }
}

/// Where the numbers of one class begin anew, headings of another stand above them.
fn above_what_begins_anew(headings: &[Found], classes: &[Class], prominence: &mut FxHashMap<Class, f32>) {
    let mut starts: FxHashMap<Class, Vec<usize>> = FxHashMap::default();
    for (at, (heading, class)) in headings.iter().zip(classes).enumerate() {
        if heading.number.is_some_and(|(number, _)| number == 1)
            && matches!(class, Class::Named(_) | Class::Numbered(..))
        {
            starts.entry(*class).or_default().push(at);
        }
    }
    let mut list: Vec<(Class, Vec<usize>)> = starts.into_iter().filter(|(_, places)| places.len() >= 2).collect();
    list.sort_by_key(|(_, places)| places.first().copied());
    for (class, places) in list {
        let Some(own) = prominence.get(&class).copied() else { continue };
        // The class that has a heading right above each beginning.
        let mut votes: FxHashMap<Class, usize> = FxHashMap::default();
        for place in &places {
            let before = classes.get(..*place).unwrap_or(&[]);
            let mut seen: Vec<Class> = Vec::new();
            for other in before.iter().rev().take(4).take_while(|other| **other != class) {
                if !seen.contains(other) {
                    seen.push(*other);
                    *votes.entry(*other).or_default() += 1;
                }
            }
        }
        let above = votes.into_iter().filter(|(other, count)| *count * 4 >= places.len() * 3 && *other != Class::Piece);
        let above = above.max_by(|a, b| {
            let weight = |class: &Class| prominence.get(class).copied().unwrap_or(0.0);
            (a.1, weight(&a.0)).partial_cmp(&(b.1, weight(&b.0))).unwrap_or(std::cmp::Ordering::Equal)
        });
        if let Some((above, _)) = above
            && let Some(value) = prominence.get_mut(&above)
        {
            *value = value.max(own + 4.0);
        }
    }
}

/// A class that another follows at once, again and again and never the other way round, stands above it.
fn above_what_follows_at_once(
    classes: &[Class],
    adjacent: &[bool],
    all: &[Class],
    prominence: &mut FxHashMap<Class, f32>,
) {
    let mut pairs: FxHashMap<(Class, Class), u32> = FxHashMap::default();
    for (at, pair) in classes.windows(2).enumerate() {
        if let ([above, below], Some(true)) = (pair, adjacent.get(at + 1)) {
            *pairs.entry((*above, *below)).or_default() += 1;
        }
    }
    for above in all {
        for below in all {
            let count = pairs.get(&(*above, *below)).copied().unwrap_or(0);
            if above == below || count < 2 || pairs.contains_key(&(*below, *above)) {
                continue;
            }
            let (Some(high), Some(low)) = (prominence.get(above).copied(), prominence.get(below).copied()) else {
                continue;
            };
            if high <= low + SAME && high + PER_BLANK_LINE > low {
                prominence.insert(*above, low + 3.0);
            }
        }
    }
}
