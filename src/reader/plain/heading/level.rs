//! How deep each heading stands: by what it is called, the blank lines before it, its letters, and where numbers begin anew.

use super::Found;
use super::class::{Class, class_of};
use super::sketch::{Look, Sketch};
use crate::model::{Matter, SectionRole};
use crate::reader::plain::contents::Contents;
use crate::reader::plain::lexicon::Division;
use crate::reader::plain::line::{Line, Said};
use crate::reader::plain::number::NumberStyle;
use crate::reader::plain::run::Run;
use rustc_hash::{FxHashMap, FxHashSet};

/// One blank line more before a heading outweighs any letters.
const PER_BLANK_LINE: f32 = 10.0;

/// Headings of this much the same prominence stand side by side.
const SAME: f32 = 1.5;

/// Gives every heading its depth.
pub(crate) fn assign(headings: &mut [Found], lines: &[Line], runs: &[Run], sketches: &[Sketch], contents: &Contents) {
    let own_runs = runs_of(headings, runs);
    let classes: Vec<Class> = own_runs
        .iter()
        .map(|run| runs.get(*run).zip(sketches.get(*run)).map_or(Class::Piece, |(run, sketch)| class_of(run, sketch)))
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
    let classes = by_usual_gap(classes, &adjacent);
    let gaps: Vec<u32> = own_runs.iter().map(|run| runs.get(*run).map_or(0, |run| run.before)).collect();
    let prominence = prominences(headings, &classes, &adjacent, &gaps);
    let listed: Vec<Option<usize>> = own_runs.iter().map(|run| contents.level(*run)).collect();
    let by_list = of_levels(&listed, &classes, &prominence);
    // A list of persons stands beside the acts that follow it.
    let acts: Vec<Option<Class>> = headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            let is_cast = heading.piece.is_some_and(|(_, role)| role == SectionRole::Cast);
            let next = headings.iter().zip(&classes).skip(at + 1).take(2);
            let act = next.filter(|(next, _)| matches!(next.division, Some(Division::Act | Division::Scene)));
            act.map(|(_, class)| *class).next().filter(|_| is_cast)
        })
        .collect();
    let mut open: Vec<(f32, bool)> = Vec::new();
    let mut seen: FxHashSet<(Division, u32)> = FxHashSet::default();
    let mut notes: Option<f32> = None;
    let mut front: Option<f32> = None;
    for (at, heading) in headings.iter_mut().enumerate() {
        let class = classes.get(at).copied().unwrap_or(Class::Piece);
        let mut own = prominence.get(&class).copied().unwrap_or(0.0);
        if class == Class::Piece {
            let above = open.last().map(|(value, _)| *value).filter(|_| adjacent.get(at) == Some(&true));
            own = of_piece(gaps.get(at).copied().unwrap_or(0), above, &prominence).unwrap_or(own);
        }
        // Prefaces that follow one another stand side by side.
        let is_front = class == Class::Piece && heading.piece.is_some_and(|(matter, _)| matter == Matter::Front);
        own = front.filter(|_| is_front && adjacent.get(at) != Some(&true)).unwrap_or(own);
        front = is_front.then_some(own);
        if let Some(act) = acts.get(at).copied().flatten() {
            own = prominence.get(&act).copied().unwrap_or(own);
        }
        if let Some(listed) = listed.get(at).copied().flatten().and_then(|level| by_list.get(level)) {
            own = *listed;
        }
        // "Chapter I" once more, behind the notes' heading, names the chapter that the notes are to.
        let place = heading.division.zip(heading.number.map(|(number, _)| number));
        let again = place.is_some_and(|place| !seen.insert(place));
        match heading.piece {
            Some((_, role)) if class == Class::Piece => {
                notes = (role == SectionRole::Notes).then_some(own);
            }
            _ => notes = notes.filter(|_| again),
        }
        if let Some(above) = notes.filter(|_| class != Class::Piece) {
            own = above - 2.0 * SAME;
        }
        // No preface holds chapters or parts, though its own sections may be numbered.
        let named = heading.division.is_some_and(|division| division.rank() <= Division::Chapter.rank());
        while open.last().is_some_and(|(last, before_text)| *last <= own + SAME || named && *before_text) {
            open.pop();
        }
        heading.depth = open.len();
        open.push((own, is_front));
    }
}

/// The run in which each heading begins.
fn runs_of(headings: &[Found], runs: &[Run]) -> Vec<usize> {
    let mut at = 0;
    let each = headings.iter().map(|heading| {
        at += runs.get(at..).unwrap_or(&[]).iter().take_while(|run| run.end <= heading.lines.start).count();
        at
    });
    each.collect()
}

/// The prominence of each level of the text's own list of contents; of none where the list sets a smaller division above a
/// larger one.
fn of_levels(listed: &[Option<usize>], classes: &[Class], prominence: &FxHashMap<Class, f32>) -> Vec<f32> {
    let named = |class: &Class| match class {
        Class::Named(division) => Some(division.rank()),
        _ => None,
    };
    let mut levels: Vec<Vec<f32>> = Vec::new();
    let mut ranks: Vec<(usize, u8)> = Vec::new();
    for (level, class) in listed.iter().zip(classes).filter_map(|(level, class)| Some(((*level)?, class))) {
        levels.resize_with(levels.len().max(level + 1), Vec::new);
        if let (Some(list), Some(value)) = (levels.get_mut(level), prominence.get(class)) {
            list.push(*value);
        }
        ranks.extend(named(class).map(|rank| (level, rank)));
    }
    ranks.sort_unstable();
    if ranks.is_sorted_by_key(|(_, rank)| *rank) {
        let mut above = f32::INFINITY;
        let each = levels.iter_mut().map(|list| {
            list.sort_unstable_by(f32::total_cmp);
            above = list.get(list.len() / 2).copied().unwrap_or(0.0).min(above - 2.0 * SAME);
            above
        });
        return each.collect();
    }
    Vec::new()
}

/// The classes, where a title whose gap says nothing is of the class that has its look in most other places: right below
/// another heading, or as the first and only one of its gap, which is the title page's.
fn by_usual_gap(classes: Vec<Class>, adjacent: &[bool]) -> Vec<Class> {
    let mut counts: FxHashMap<(Look, u32), u32> = FxHashMap::default();
    for (class, _) in classes.iter().zip(adjacent).filter(|(_, adjacent)| !**adjacent) {
        if let Class::Titled(look, gap) = class {
            *counts.entry((*look, *gap)).or_default() += 1;
        }
    }
    let usual = |look: Look| {
        let gaps = (0..=3).filter_map(|gap| counts.get(&(look, gap)).map(|count| (*count, gap)));
        gaps.max().map(|(_, gap)| gap)
    };
    let first = classes.iter().position(|class| matches!(class, Class::Titled(..)));
    let each = classes.iter().zip(adjacent).enumerate().map(|(at, (class, adjacent))| match class {
        Class::Titled(look, gap) => {
            let opens = first == Some(at) && counts.get(&(*look, *gap)) == Some(&1);
            let gap = if *adjacent || opens { usual(*look).unwrap_or(*gap) } else { *gap };
            Class::Titled(*look, gap)
        }
        other => *other,
    });
    each.collect()
}

/// A preface or an appendix stands beside the largest division that its own gap is wide enough for, but below the heading
/// right above it.
fn of_piece(gap: u32, above: Option<f32>, prominence: &FxHashMap<Class, f32>) -> Option<f32> {
    let limit = (gap.min(5) + 1) as f32 * PER_BLANK_LINE + PER_BLANK_LINE / 2.0;
    let others = prominence.iter().filter(|(class, _)| **class != Class::Piece).map(|(_, value)| *value);
    others.filter(|value| *value < limit && above.is_none_or(|above| *value + SAME < above)).reduce(f32::max)
}

/// The prominence of every class: how far it stands out.
fn prominences(headings: &[Found], classes: &[Class], adjacent: &[bool], befores: &[u32]) -> FxHashMap<Class, f32> {
    let mut gaps: FxHashMap<Class, Vec<u32>> = FxHashMap::default();
    let mut near_gaps: FxHashMap<Class, Vec<u32>> = FxHashMap::default();
    for ((before, class), adjacent) in befores.iter().zip(classes).zip(adjacent) {
        // Right below another heading the gap says nothing.
        let list = if *adjacent { &mut near_gaps } else { &mut gaps };
        list.entry(*class).or_default().push(*before.min(&5));
    }
    let mut all: Vec<Class> = classes.iter().copied().collect::<FxHashSet<Class>>().into_iter().collect();
    all.sort_by_key(|class| format!("{class:?}"));
    let mut prominence: FxHashMap<Class, f32> = FxHashMap::default();
    for class in &all {
        let list = gaps.get_mut(class).or_else(|| near_gaps.get_mut(class));
        let gap = list.map_or(0, |list| {
            list.sort_unstable();
            list.get(list.len() / 2).copied().unwrap_or(0)
        });
        let letters = match class {
            // What the distributor says outweighs any gap.
            Class::Said(Said::Large) => 4000.0,
            Class::Said(Said::Middle) => 300.0,
            Class::Said(Said::Small) => 20.0,
            Class::Titled(Look::Capitals, _) => 4.0,
            Class::Titled(Look::EmphasisedCapitals, _) => 2.4,
            Class::Titled(Look::TitleCase, _) => 2.0,
            Class::Titled(Look::Emphasised, _) => 0.8,
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
    below_parts(classes, &mut prominence);
    books_or_parts(classes, adjacent, &mut prominence);
    above_nested_numbers(&all, &mut prominence);
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

/// Parts hold what has a title of its own behind the first of them, where no such title stands before it.
fn below_parts(classes: &[Class], prominence: &mut FxHashMap<Class, f32>) {
    let is_part = |class: &Class| matches!(class, Class::Named(division) if division.rank() == 1);
    let Some(first) = classes.iter().position(is_part) else { return };
    let (before, behind) = classes.split_at(first);
    let before: FxHashSet<&Class> = before.iter().collect();
    let within = behind.iter().filter(|class| matches!(class, Class::Titled(..)) && !before.contains(class));
    let most = within.filter_map(|class| prominence.get(class)).fold(0.0f32, |most, value| most.max(*value));
    for (_, value) in prominence.iter_mut().filter(|(class, _)| is_part(class)) {
        if *value + PER_BLANK_LINE > most {
            *value = value.max(most + 3.0);
        }
    }
}

/// Of books and parts, which may each hold the other, those stand above that the others follow at once, be it only once.
fn books_or_parts(classes: &[Class], adjacent: &[bool], prominence: &mut FxHashMap<Class, f32>) {
    let pairs: FxHashSet<(Class, Class)> = classes
        .windows(2)
        .zip(adjacent.iter().skip(1))
        .filter_map(|(pair, adjacent)| match pair {
            [above @ Class::Named(a), below @ Class::Named(b)] if *adjacent && a != b && a.rank() == b.rank() => {
                Some((*above, *below))
            }
            _ => None,
        })
        .collect();
    for (above, below) in [(Division::Book, Division::Part), (Division::Part, Division::Book)] {
        let (above, below) = (Class::Named(above), Class::Named(below));
        if pairs.contains(&(above, below)) && !pairs.contains(&(below, above)) {
            let low = prominence.get(&below).copied().unwrap_or(0.0);
            prominence.entry(above).and_modify(|value| *value = value.max(low + 3.0));
        }
    }
}

/// 2 stands above 2.1, and that above 2.1.3.
fn above_nested_numbers(all: &[Class], prominence: &mut FxHashMap<Class, f32>) {
    let depth = |class: &Class| match class {
        Class::Numbered(NumberStyle::Nested(count), _) => Some(*count),
        Class::Numbered(NumberStyle::Digits, _) => Some(1),
        _ => None,
    };
    let mut numbered: Vec<(u8, Class)> = all.iter().filter_map(|class| Some((depth(class)?, *class))).collect();
    numbered.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    if numbered.first().is_none_or(|(depth, _)| *depth == 1) {
        return;
    }
    let mut least = 0.0f32;
    for (_, class) in numbered {
        if let Some(own) = prominence.get_mut(&class) {
            *own = own.max(least);
            least = *own + 4.0;
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
