//! Headings that look alike are headings alike.

use super::THRESHOLD;
use super::evidence::Weight;
use super::sketch::{Look, Sketch};
use crate::reader::plain::lexicon::Division;
use crate::reader::plain::line::Said;
use crate::reader::plain::number::NumberStyle;
use crate::reader::plain::run::Run;
use rustc_hash::FxHashMap;

/// What makes headings alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// They are said to be of one size.
    Said(Said),
    /// They are called alike: chapters.
    Named(Division),
    /// They are numbered alike, with or without a title.
    Numbered(NumberStyle, bool),
    /// They are pieces around the text.
    Piece,
    /// They are set alike: letters, blank lines before (three or more are one).
    Titled(Look, u32),
}

/// The class of a run.
pub(crate) fn class_of(run: &Run, sketch: &Sketch) -> Class {
    if let Some(said) = sketch.said {
        return Class::Said(said);
    }
    match (sketch.label, sketch.piece) {
        (Some(label), _) if label.division.is_some() => label.division.map_or(Class::Piece, Class::Named),
        (_, Some((_, _, true))) => Class::Piece,
        (Some(label), _) => {
            let style = label.number.map_or(NumberStyle::Digits, |(_, style)| style);
            Class::Numbered(style, !sketch.label_only)
        }
        (None, _) => Class::Titled(sketch.look, run.before.min(3)),
    }
}

/// Lifts the few of a class that fell short, drops the few of a class that most of are text, and whole classes that are
/// lists: one after the other with nothing between.
pub(crate) fn agree(runs: &[Run], sketches: &[Sketch], weights: &mut [Weight]) {
    #[derive(Default)]
    struct Tally {
        members: Vec<usize>,
        accepted: u32,
        crowded: u32,
    }
    let mut classes: FxHashMap<Class, Tally> = FxHashMap::default();
    for (at, (run, sketch)) in runs.iter().zip(sketches).enumerate() {
        let Some(weight) = weights.get(at).filter(|weight| weight.total > 0.0) else { continue };
        if sketch.head == 0 {
            continue;
        }
        let class = class_of(run, sketch);
        let tally = classes.entry(class).or_default();
        tally.members.push(at);
        tally.accepted += u32::from(weight.total >= THRESHOLD);
        let next_same = runs
            .get(at + 1)
            .zip(sketches.get(at + 1))
            .is_some_and(|(run, next)| next.head > 0 && !next.is_text && class_of(run, next) == class);
        tally.crowded += u32::from(next_same && sketch.head == run.len());
    }
    for (class, tally) in classes {
        let members = tally.members.len() as u32;
        let shift = match class {
            Class::Titled(..) | Class::Numbered(..) if tally.crowded * 2 > members && members >= 3 => -2.5,
            Class::Titled(..) if members >= 12 && tally.accepted * 5 < members => -1.0,
            _ if tally.accepted >= 3 && tally.accepted * 10 >= members * 6 => 0.8,
            _ => 0.0,
        };
        for at in tally.members {
            if let Some(weight) = weights.get_mut(at) {
                weight.add("alike", shift);
            }
        }
    }
}
