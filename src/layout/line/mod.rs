//! Shaped text → lines: justified by Knuth and Plass, ragged by textwrap, and placed on a page.

mod fragment;
mod justify;
mod place;
mod protrusion;
mod ragged;

pub use justify::{JustifyOptions, Paragraph, justify};
pub use place::collect_faces;
pub use ragged::{RaggedOptions, ragged, single};

use super::shape::{ShapedGlyph, ShapedText};
use crate::geom::Pt;
use crate::model::NoteId;
use std::ops::Range;

/// The room that lines have: a width, less an indent that may differ from line to line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measure {
    /// The width of a line without indent.
    pub width: Pt,
    /// The indents of the first lines: one for a paragraph, one for each line beside a drop capital.
    pub first: Vec<Pt>,
    /// The indent of all further lines.
    pub rest: Pt,
}

impl Measure {
    /// Lines of this width without indent.
    pub fn of(width: Pt) -> Measure {
        Measure { width, ..Measure::default() }
    }

    /// Lines of this width, the first one indented.
    pub fn indented(width: Pt, indent: Pt) -> Measure {
        Measure { width, first: vec![indent], rest: Pt::ZERO }
    }

    /// Lines of this width, all but the first indented.
    pub fn hanging(width: Pt, indent: Pt) -> Measure {
        Measure { width, first: vec![Pt::ZERO], rest: indent }
    }

    /// The indent of a line, counted from 0.
    pub fn indent(&self, line: usize) -> Pt {
        self.first.get(line).copied().unwrap_or(self.rest)
    }

    /// The room of the line that has the least.
    pub(crate) fn narrowest(&self) -> f32 {
        (self.width - self.first.iter().fold(self.rest, |most, indent| most.max(*indent))).0
    }

    pub(crate) fn room(&self, line: usize) -> f32 {
        (self.width - self.indent(line)).0
    }
}

/// A text broken into lines. Its lines belong to the [`ShapedText`] they were made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Broken {
    /// The lines: none where the text is empty.
    pub lines: Vec<Line>,
    /// How bad the lines are together; only good to compare settings of one text.
    pub demerits: f64,
    /// Glyphs that are only where words are hyphenated.
    pub(crate) extra: Vec<ShapedGlyph>,
}

impl Broken {
    /// Gives each line what it starts with, which was noted with the end of the line before.
    fn hand_down_starts(&mut self) {
        let mut carried = None;
        for line in &mut self.lines {
            std::mem::swap(&mut line.start, &mut carried);
        }
    }
}

/// One line. Offsets count bytes of the [`RichText`](super::text::RichText).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its text, without the spaces at its end.
    pub text: Range<u32>,
    /// Where the next line starts: the text between is the space where the line was broken.
    pub next: u32,
    /// How far right of the measure's left edge it starts, with its indent and what hangs over.
    pub x: Pt,
    /// How wide it is from there.
    pub width: Pt,
    /// Whether it ends in a hyphen, its own or a word's.
    pub hyphenated: bool,
    /// How far its spaces are from their natural width: 1 all their stretch, −1 all their shrink.
    pub ratio: f32,
    /// The horizontal scale of its glyphs.
    pub expansion: f32,
    /// The room added after each letter, before expansion: barely any, but where spaces alone would leave holes.
    pub tracking: Pt,
    /// Glyphs that stand in place of the first cluster, whose text the number of bytes says.
    pub(crate) start: Option<Alternate>,
    /// Glyphs with the hyphen that stand in place of the last cluster.
    pub(crate) end: Option<Alternate>,
}

/// Glyphs of a hyphenated word that differ from those of the whole word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternate {
    /// Which of [`Broken::extra`].
    pub(crate) glyphs: Range<u32>,
    /// The text they show, without hyphen.
    pub(crate) text: Range<u32>,
}

impl Line {
    /// The notes whose marks stand in the line.
    pub fn notes<'t>(&self, shaped: &'t ShapedText) -> impl Iterator<Item = NoteId> + use<'t> {
        shaped.rich().notes_in(self.text.start..self.next.max(self.text.end))
    }

    /// Where the line starts in the plain text of its leaf.
    pub fn source_offset(&self, shaped: &ShapedText) -> Option<u32> {
        shaped.rich().source_at(self.text.start)
    }
}

#[cfg(test)]
mod tests;
