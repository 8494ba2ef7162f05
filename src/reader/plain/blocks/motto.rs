//! Mottoes, and the sources under quotations.

use crate::model::{Block, ParagraphRole, Quote, QuoteKind, SceneBreak};
use crate::source::Source;

/// Lines that a motto has at most.
const MOTTO: usize = 14;

/// A quote or verse with its source under it; at the head of a section it is a motto.
pub(super) fn mottoes(mut out: Vec<Block>, source: &Source) -> Vec<Block> {
    let is_source =
        |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.role == ParagraphRole::Attribution);
    let first = out.iter().position(is_source).unwrap_or(out.len());
    for block in out.split_off(first) {
        let source = is_source(&block);
        match (out.last_mut(), block) {
            (Some(Block::Quote(quote)), block) if source => {
                quote.span = quote.span.to(block.span());
                quote.blocks.push(block);
            }
            (Some(verse @ Block::Verse(_)), block) if source => {
                let span = verse.span().to(block.span());
                let inner = std::mem::replace(verse, Block::SceneBreak(SceneBreak::default()));
                *verse = Block::Quote(Quote { kind: QuoteKind::Quotation, blocks: vec![inner, block], span });
            }
            (_, block) => out.push(block),
        }
    }
    let several = out.len() > 1;
    if let Some(Block::Quote(quote)) = out.first_mut() {
        let lines = source.slice(quote.span).lines().count();
        if several && lines <= MOTTO {
            quote.kind = QuoteKind::Epigraph;
        }
    }
    out
}
