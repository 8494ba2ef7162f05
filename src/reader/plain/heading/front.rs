//! What stands before the first chapter in large letters is of the title page more often than it is a heading.

use super::evidence::Weight;
use super::sketch::{Look, Sketch};
use super::{Page, THRESHOLD};
use crate::model::SectionRole;
use crate::reader::plain::contents::Contents;
use crate::reader::plain::run::Run;
use rustc_hash::FxHashSet;

/// Lines that a piece of running text has at least: a verse of a motto or a printer's address has fewer.
const TEXT: usize = 4;

/// Capitals under the heading of a list of persons are persons, as far as the next wide gap.
pub(super) fn persons(runs: &[Run], sketches: &[Sketch], page: &Page, weights: &mut [Weight]) {
    let mut within = false;
    for ((run, sketch), weight) in runs.iter().zip(sketches).zip(weights) {
        let heads = sketch.piece.is_some_and(|(_, role, whole)| whole && role == SectionRole::Cast);
        let ends = run.before > page.gap + 1 || sketch.names_place();
        within = heads && weight.total >= THRESHOLD || within && !ends;
        if within && !heads {
            weight.add("in-persons", -6.0);
        }
    }
}

/// In a text whose divisions have names or numbers, a line before the first of them that has neither heads something only
/// where running text follows it.
pub(super) fn weigh(runs: &[Run], sketches: &[Sketch], contents: &Contents, weights: &mut [Weight]) {
    let accepted: Vec<bool> = weights.iter().map(|weight| weight.total >= THRESHOLD).collect();
    let is_accepted = |at: usize| accepted.get(at).copied().unwrap_or(false);
    let is_division = |sketch: &Sketch| sketch.label.is_some_and(|label| label.division.is_some());
    let divisions = || sketches.iter().enumerate().filter(|(at, sketch)| is_accepted(*at) && is_division(sketch));
    // One alone may be the only volume, or a line of the title page itself.
    let (Some((first, _)), true) = (divisions().next(), divisions().count() > 2) else { return };
    let later = sketches.iter().enumerate().skip(first);
    let later = later.filter(|(at, other)| is_accepted(*at) && !other.names_place());
    let looks: FxHashSet<Look> = later.map(|(_, other)| other.look).collect();
    for at in (0..first).filter(|at| is_accepted(*at)) {
        let Some(sketch) = sketches.get(at) else { continue };
        if sketch.names_place() || contents.supports(at) || looks.contains(&sketch.look) {
            continue;
        }
        let next = (at + 1..=first).find(|at| is_accepted(*at)).unwrap_or(first);
        let has_text = (at + 1..next)
            .any(|at| sketches.get(at).zip(runs.get(at)).is_some_and(|(one, run)| one.is_text && run.len() >= TEXT));
        if let Some(weight) = weights.get_mut(at).filter(|_| !has_text) {
            weight.add("front-without-text", -6.0);
        }
    }
}
