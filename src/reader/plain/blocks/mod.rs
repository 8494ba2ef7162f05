//! The lines within one section → blocks.
//!
//! ```text
//! lines ─group─▶ groups ─inset─▶ parts ─classify─▶ what each is ─assemble─▶ blocks ─note─▶ linked notes
//! ```
//!
//! Each signal is a function that returns [`Evidence`](evidence::Evidence); what is not surely something else is a paragraph.

mod assemble;
mod classify;
mod code;
mod drama;
mod evidence;
mod group;
mod inset;
mod letter;
mod list;
mod motto;
mod note;
mod pause;
mod picture;
mod prose;
mod script;
mod speech;
mod survey;
mod table;
mod told;
mod verse;

pub(crate) use survey::Survey;

use super::inline;
use super::line::Line;
use super::{Context, Findings};
use crate::limits::{Exceeded, Limits};
use crate::model::{Block, Document, Inline, SectionRole};
use assemble::Assembler;
use classify::Guess;
use survey::Region;

/// The blocks of the lines between one heading and the next; of persons there are no speeches.
pub(crate) fn read(context: &Context, lines: &[Line], role: SectionRole, findings: &mut Findings) -> Vec<Block> {
    let groups = group::split(lines);
    if groups.is_empty() {
        return Vec::new();
    }
    let region = Region::of(&groups, context.survey);
    let groups = inset::split(groups, &region);
    let groups = if role == SectionRole::Cast { groups } else { context.survey.script.split(groups) };
    let groups = told::split(groups, lines, context.told);
    let column = region.column();
    let mut guesses = classify::classify(&groups, &region, context.survey, role);
    told::decide(&mut guesses, context.told, &mut findings.diagnostics);
    findings.decisions.extend(guesses.iter().map(Guess::decision));
    Assembler::new(context, context.survey, &region, column, findings).run(&guesses)
}

/// The text of lines that belong together, such as those of a heading.
pub(crate) fn inlines(context: &Context, lines: &[Line]) -> Vec<Inline> {
    inline::inlines(context, lines, None)
}

/// What can be done only when all sections are read: notes that stand elsewhere than their marks.
///
/// # Errors
///
/// [`Exceeded`] where there are more notes than allowed.
pub(crate) fn finish(document: &mut Document, findings: &mut Findings, limits: &Limits) -> Result<(), Exceeded> {
    note::link(document, findings, limits)
}
