//! What holds blocks: quotations, lists, notes and definitions.

use super::{Builder, Frame, Holder};
use crate::diag::Code;
use crate::limits::Limits;
use crate::model::{Block, Definitions, List, ListItem, Note, Quote, QuoteKind};
use crate::reader::LeftOut;
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn start_frame(&mut self, holder: Holder, span: Span) {
        self.end_leaf();
        let holder = if self.frames.len() >= self.limits.nesting.min(Limits::DEEPEST) {
            self.warn_too_deep(span);
            Holder::Nothing
        } else {
            holder
        };
        self.frames.push(Frame { holder, blocks: Vec::new(), span });
    }

    /// Tells once that something stands deeper than is read.
    pub(super) fn warn_too_deep(&mut self, span: Span) {
        if !std::mem::replace(&mut self.told_too_deep, true) {
            self.diagnostics.warn(
                Code::TooDeep,
                Some(span),
                "more quotations, lists or marks within one another than are allowed: from here on they are read as one",
                "nest less deep, or allow more with --max-nesting",
            );
        }
    }

    pub(super) fn end_frame(&mut self) {
        let Some(Frame { holder, mut blocks, span }) = self.frames.pop() else { return };
        // There may be a hundred thousand items of one block, with room for four.
        blocks.shrink_to_fit();
        let above = self.frames.last_mut();
        match holder {
            Holder::Quote if !blocks.is_empty() => {
                self.push(Block::Quote(Quote { kind: QuoteKind::Quotation, blocks, span }));
            }
            Holder::List(_, items) if items.is_empty() && blocks.is_empty() => self.leave_out_marks(span),
            Holder::Definitions(entries) if entries.is_empty() && blocks.is_empty() => self.leave_out_marks(span),
            Holder::List(kind, items) => {
                if !items.is_empty() {
                    self.push(Block::List(List { kind, items, span }));
                }
                // Of items that stood too deep.
                blocks.into_iter().for_each(|block| self.push(block));
            }
            Holder::Definitions(entries) => {
                if !entries.is_empty() {
                    self.push(Block::Definitions(Definitions { entries, span }));
                }
                blocks.into_iter().for_each(|block| self.push(block));
            }
            Holder::Item if !blocks.is_empty() => match above.map(|frame| &mut frame.holder) {
                Some(Holder::List(_, items)) => items.push(ListItem { blocks }),
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Holder::Definition if !blocks.is_empty() => match above.map(|frame| &mut frame.holder) {
                Some(Holder::Definitions(entries)) if !entries.is_empty() => {
                    if let Some(entry) = entries.last_mut() {
                        entry.meanings.push(ListItem { blocks });
                    }
                }
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Holder::Note(number) if !blocks.is_empty() => {
                match self.notes.get_mut(number as usize) {
                    // A second note of the same name goes on with the first.
                    Some(Some(note)) => {
                        let words = blocks.first().map_or(span.end, |block| block.span().start);
                        self.left_out.push(LeftOut { span: Span { end: words, ..span }, reason: "a name given twice" });
                        note.blocks.extend(blocks);
                    }
                    Some(note) => *note = Some(Note { label: None, blocks, span }),
                    None => {}
                }
            }
            Holder::Nothing => blocks.into_iter().for_each(|block| self.push(block)),
            Holder::Quote | Holder::Item | Holder::Definition | Holder::Note(_) => self.leave_out_marks(span),
        }
    }

    pub(super) fn leave_out_marks(&mut self, span: Span) {
        self.left_out.push(LeftOut { span, reason: "marks without words" });
    }

    pub(super) fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(frame) => frame.blocks.push(block),
            None => self.sections.push(block),
        }
    }
}
