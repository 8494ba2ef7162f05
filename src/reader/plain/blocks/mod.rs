//! The lines within one section → blocks.

use super::line::Line;
use super::profile::{ParagraphStyle, Profile};
use super::{Context, Findings};
use crate::model::{Block, Document, Inline};

/// The blocks of the lines between one heading and the next.
pub(crate) fn read(context: &Context, lines: &[Line], _findings: &mut Findings) -> Vec<Block> {
    let profile = Profile::of(lines);
    let mut blocks = Vec::new();
    for run in lines.split(|line| line.is_blank()).filter(|run| !run.is_empty()) {
        let pieces = if profile.style == ParagraphStyle::OnePerLine { 1 } else { run.len() };
        for piece in run.chunks(pieces) {
            if let (Some(first), Some(last)) = (piece.first(), piece.last()) {
                blocks.push(Block::paragraph(inlines(context, piece), first.span.to(last.span)));
            }
        }
    }
    blocks
}

/// The text of lines that belong together, such as those of a heading.
pub(crate) fn inlines(_context: &Context, lines: &[Line]) -> Vec<Inline> {
    let words: Vec<&str> = lines.iter().flat_map(|line| line.text.split_whitespace()).collect();
    if words.is_empty() { Vec::new() } else { vec![Inline::text(words.join(" "))] }
}

/// What can be done only when all sections are read: notes that stand elsewhere than their marks.
pub(crate) fn finish(_context: &Context, _document: &mut Document, _findings: &mut Findings) {}
