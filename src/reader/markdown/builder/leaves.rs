//! Leaves of text: paragraphs, headings, terms, cells, formulas and pictures within them.

use super::super::inline::{Leaf, Mark};
use super::{Builder, Holder, LeafKind, MOST_CELLS, shortened};
use crate::diag::Code;
use crate::limits::Limits;
use crate::math;
use crate::model::{
    Block, Cell, Definition, Figure, Inline, MathBlock, Paragraph, ParagraphRole, is_allowed, plain_text,
};
use crate::source::Span;

impl Builder<'_> {
    /// The leaf that is open; text that stands in an item without a paragraph opens one.
    pub(super) fn leaf(&mut self, span: Span) -> &mut Leaf {
        let (_, leaf, whole) = self.leaf.get_or_insert_with(|| (LeafKind::Tight, Leaf::default(), span));
        *whole = whole.to(span);
        leaf
    }

    pub(super) fn start_leaf(&mut self, kind: LeafKind, span: Span) {
        self.end_leaf();
        self.leaf = Some((kind, Leaf::default(), span));
    }

    pub(super) fn end_leaf(&mut self) {
        let Some((kind, leaf, span)) = self.leaf.take() else { return };
        let content = leaf.finish();
        if let LeafKind::Cell = kind {
            if let Some(parts) = &mut self.table {
                parts.row.cells.push(Cell { content });
            }
            return;
        }
        if content.is_empty() {
            return self.leave_out_marks(span);
        }
        match kind {
            LeafKind::Heading(level, id) if self.frames.is_empty() => {
                self.sections.heading(level, content, id.as_deref(), span);
            }
            // A heading within a quotation or an item heads no section.
            LeafKind::Heading(..) => self.push(Block::paragraph(vec![Inline::Strong(content)], span)),
            LeafKind::Term => match self.frames.last_mut().map(|frame| &mut frame.holder) {
                Some(Holder::Definitions(entries)) => match entries.last_mut() {
                    Some(entry) if entry.meanings.is_empty() => entry.terms.push(content),
                    _ => entries.push(Definition { terms: vec![content], meanings: Vec::new() }),
                },
                _ => self.push(Block::paragraph(vec![Inline::Strong(content)], span)),
            },
            LeafKind::Rest => {
                self.push(Block::Paragraph(Paragraph { role: ParagraphRole::Continued, content, span }));
            }
            LeafKind::Paragraph | LeafKind::Tight | LeafKind::Cell => self.paragraph(content, span),
        }
    }

    /// A paragraph; one of nothing but a picture is a figure.
    pub(super) fn paragraph(&mut self, mut content: Vec<Inline>, span: Span) {
        if let [Inline::Image { resource, alt, title }] = content.as_mut_slice() {
            let (resource, alt, title) = (*resource, std::mem::take(alt), std::mem::take(title));
            // What is said of a picture stands under it; else what it shows does.
            let words = if title.is_empty() { &alt } else { &title };
            let caption = if words.is_empty() { Vec::new() } else { vec![Inline::text(&**words)] };
            return self.push(Block::Figure(Figure { resource, alt: alt.into(), caption, span }.into()));
        }
        self.push(Block::paragraph(content, span));
    }

    /// Tells of a formula that an edition cannot set.
    pub(super) fn check_formula(&mut self, source: &str, has_lines: bool, span: Span) {
        // Notes are lines of text.
        let in_note = self.frames.iter().any(|frame| matches!(frame.holder, Holder::Note(_)));
        if math::line(source).is_some() || has_lines && !in_note && math::shape(source).is_some() {
            return;
        }
        let (message, hint) = match math::mathml(source, false) {
            Err(error) => (format!("the formula is shown as it is written: {error}"), "mend it"),
            Ok(_) => (
                "the formula is no single line: the pages show it as it is written".to_owned(),
                "give it lines of its own, between $$, or as a picture",
            ),
        };
        self.diagnostics.warn(Code::FormulaAsSource, Some(span), message, hint);
    }

    /// A formula with lines of its own parts its paragraph; within marks, a heading or a cell it is one like any other.
    pub(super) fn display_math(&mut self, source: String, span: Span) {
        let within = match &self.leaf {
            Some((LeafKind::Paragraph | LeafKind::Tight | LeafKind::Rest, leaf, _)) => !leaf.is_unmarked(),
            Some(_) => true,
            None => false,
        };
        self.check_formula(&source, !within, span);
        if within {
            return self.leaf(span).push(Inline::Math(source));
        }
        if self.leaf.is_some() {
            self.start_leaf(LeafKind::Rest, span);
        }
        self.push(Block::Math(MathBlock { source, span }));
    }

    pub(super) fn end_row(&mut self) {
        self.end_leaf();
        let Some(parts) = &mut self.table else { return };
        let mut row = std::mem::take(&mut parts.row);
        parts.cells += parts.table.columns.len();
        if parts.cells > MOST_CELLS && row.cells.iter().all(|cell| cell.content.is_empty()) {
            return;
        }
        row.cells.resize(parts.table.columns.len(), Cell::default());
        if parts.in_head { parts.table.head.push(row) } else { parts.table.body.push(row) }
    }

    pub(super) fn end_mark(&mut self, span: Span) {
        let Some((path, title, alt)) = self.leaf(span).close() else { return };
        let words = plain_text(&alt);
        let title = title.chars().map(|c| if c == '\n' { ' ' } else { c }).filter(|c| is_allowed(*c)).collect();
        match self.pictures.load(&path) {
            Ok(resource) => {
                if self.pictures.tells_letters(resource) {
                    self.diagnostics.warn(
                        Code::DrawnLetters,
                        Some(span),
                        format!("the letters in the drawing “{}” are not shown in the PDF", shortened(&path)),
                        "turn them into outlines in the program that drew it",
                    );
                }
                self.leaf(span).push(Inline::Image { resource, alt: words.into(), title });
            }
            Err(error) => {
                self.diagnostics.warn(
                    error.code(),
                    Some(span),
                    format!("the picture “{}” is left out: {error}", shortened(&path)),
                    "mend the path or the file; its words stand in its place",
                );
                self.leaf(span).text(&words);
            }
        }
    }

    /// Opens a mark in the present leaf.
    pub(super) fn open(&mut self, mark: Mark, span: Span) {
        let deepest = self.limits.nesting.min(Limits::DEEPEST);
        if !self.leaf(span).open(mark, deepest) {
            self.warn_too_deep(span);
        }
    }
}
