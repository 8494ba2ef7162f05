//! The one order in which everything that holds text is visited and counted.

use super::{Block, Document, Inline, Section};
use crate::source::Span;

/// A place in the text of a document: which leaf, and how many bytes into its [plain text](super::plain_text).
///
/// Leaves are numbered from 0 in the order of [`Document::for_each_leaf`]; whoever walks the document in that order
/// (both writers do) can count along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextPosition {
    /// The number of the leaf.
    pub leaf: u32,
    /// Bytes into its plain text.
    pub offset: u32,
}

/// A run of text with nothing but inlines in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaf<'a> {
    /// A heading line, paragraph, verse line, speaker, caption or cell. Captions and cells may be empty.
    Text(&'a [Inline], Span),
    /// A line of a code block: may be empty. The source of a formula.
    Code(&'a str, Span),
}

impl Document {
    /// Visits every leaf: sections in order; of each its heading lines (those not empty), its blocks, its children;
    /// last the notes. Within blocks: a verse line by line; a speech's speaker, then its blocks;
    /// of definitions the terms of an entry, then its meanings; a code block line by line; a formula;
    /// a table's caption, then its cells row by row; a figure's caption; scene breaks hold no leaf.
    pub fn for_each_leaf<'a>(&'a self, visit: &mut impl FnMut(Leaf<'a>)) {
        for section in &self.sections {
            section.for_each_leaf(visit);
        }
        for note in &self.notes {
            blocks(&note.blocks, visit);
        }
    }

    /// Visits every list of inlines to change it, those within others before them, each with the span of its block.
    pub fn for_each_inlines_mut(&mut self, visit: &mut impl FnMut(&mut Vec<Inline>, Span)) {
        self.for_each_line_mut(&mut |list, span| inlines_mut(list, span, visit));
    }

    /// Visits every list of inlines that is within no other to change it, each with the span of its block: heading lines,
    /// paragraphs, verse lines, cells and the like.
    pub fn for_each_line_mut(&mut self, visit: &mut impl FnMut(&mut Vec<Inline>, Span)) {
        self.sections.iter_mut().for_each(|section| section_mut(section, visit));
        self.notes.iter_mut().for_each(|note| blocks_mut(&mut note.blocks, visit));
    }

    /// Visits every block, those that hold others before what they hold: sections in order, last the notes.
    pub fn for_each_block<'a>(&'a self, visit: &mut impl FnMut(&'a Block)) {
        fn descend<'a>(list: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
            for block in list {
                visit(block);
                match block {
                    Block::Quote(quote) => descend(&quote.blocks, visit),
                    Block::Speech(speech) => descend(&speech.blocks, visit),
                    Block::List(list) => list.items.iter().for_each(|item| descend(&item.blocks, visit)),
                    Block::Definitions(list) => {
                        let meanings = list.entries.iter().flat_map(|entry| &entry.meanings);
                        meanings.for_each(|meaning| descend(&meaning.blocks, visit));
                    }
                    Block::Paragraph(_)
                    | Block::Verse(_)
                    | Block::Code(_)
                    | Block::Math(_)
                    | Block::Table(_)
                    | Block::Figure(_)
                    | Block::SceneBreak(_) => {}
                }
            }
        }
        self.for_each_section(&mut |section, _| descend(&section.blocks, visit));
        self.notes.iter().for_each(|note| descend(&note.blocks, visit));
    }

    /// Every section, parents before children, with its depth from 0.
    pub fn for_each_section<'a>(&'a self, visit: &mut impl FnMut(&'a Section, usize)) {
        fn descend<'a>(sections: &'a [Section], depth: usize, visit: &mut impl FnMut(&'a Section, usize)) {
            for section in sections {
                visit(section, depth);
                descend(&section.children, depth + 1, visit);
            }
        }
        descend(&self.sections, 0, visit);
    }
}

impl Section {
    /// Visits every leaf of this section and its children, in the order of [`Document::for_each_leaf`].
    pub fn for_each_leaf<'a>(&'a self, visit: &mut impl FnMut(Leaf<'a>)) {
        if let Some(heading) = &self.heading {
            for line in heading.lines() {
                visit(Leaf::Text(line, heading.span));
            }
        }
        blocks(&self.blocks, visit);
        for child in &self.children {
            child.for_each_leaf(visit);
        }
    }

    /// Visits every list of inlines of this section and its children to change it, as [`Document::for_each_inlines_mut`] does.
    pub fn for_each_inlines_mut(&mut self, visit: &mut impl FnMut(&mut Vec<Inline>, Span)) {
        section_mut(self, &mut |list, span| inlines_mut(list, span, visit));
    }
}

fn section_mut(section: &mut Section, visit: &mut impl FnMut(&mut Vec<Inline>, Span)) {
    if let Some(heading) = &mut section.heading {
        visit(&mut heading.label, heading.span);
        visit(&mut heading.title, heading.span);
        visit(&mut heading.subtitle, heading.span);
    }
    blocks_mut(&mut section.blocks, visit);
    section.children.iter_mut().for_each(|child| section_mut(child, visit));
}

fn blocks_mut(list: &mut [Block], visit: &mut impl FnMut(&mut Vec<Inline>, Span)) {
    for block in list {
        match block {
            Block::Paragraph(paragraph) => visit(&mut paragraph.content, paragraph.span),
            Block::Quote(quote) => blocks_mut(&mut quote.blocks, visit),
            Block::Verse(verse) => {
                for line in verse.stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines) {
                    visit(&mut line.content, verse.span);
                }
            }
            Block::Speech(speech) => {
                visit(&mut speech.speaker, speech.span);
                blocks_mut(&mut speech.blocks, visit);
            }
            Block::List(list) => list.items.iter_mut().for_each(|item| blocks_mut(&mut item.blocks, visit)),
            Block::Definitions(list) => {
                for entry in &mut list.entries {
                    entry.terms.iter_mut().for_each(|term| visit(term, list.span));
                    entry.meanings.iter_mut().for_each(|meaning| blocks_mut(&mut meaning.blocks, visit));
                }
            }
            Block::Table(table) => {
                visit(&mut table.caption, table.span);
                for cell in table.head.iter_mut().chain(&mut table.body).flat_map(|row| &mut row.cells) {
                    visit(&mut cell.content, table.span);
                }
            }
            Block::Figure(figure) => visit(&mut figure.caption, figure.span),
            Block::Code(_) | Block::Math(_) | Block::SceneBreak(_) => {}
        }
    }
}

fn inlines_mut(list: &mut Vec<Inline>, span: Span, visit: &mut impl FnMut(&mut Vec<Inline>, Span)) {
    for inline in list.iter_mut() {
        match inline {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::SmallCaps(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Strikethrough(content)
            | Inline::Quotation(content) => inlines_mut(content, span, visit),
            Inline::Abbreviation(short) => inlines_mut(&mut short.content, span, visit),
            Inline::Link(link) => inlines_mut(&mut link.content, span, visit),
            Inline::Span(inner) => inlines_mut(&mut inner.content, span, visit),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image { .. }
            | Inline::NoteRef(_)
            | Inline::LineBreak
            | Inline::Ruby { .. } => {}
        }
    }
    visit(list, span);
}

pub(super) fn blocks<'a>(list: &'a [Block], visit: &mut impl FnMut(Leaf<'a>)) {
    for block in list {
        match block {
            Block::Paragraph(paragraph) => visit(Leaf::Text(&paragraph.content, paragraph.span)),
            Block::Quote(quote) => blocks(&quote.blocks, visit),
            Block::Verse(verse) => {
                for line in verse.stanzas.iter().flat_map(|stanza| &stanza.lines) {
                    visit(Leaf::Text(&line.content, verse.span));
                }
            }
            Block::Speech(speech) => {
                visit(Leaf::Text(&speech.speaker, speech.span));
                blocks(&speech.blocks, visit);
            }
            Block::List(list) => {
                for item in &list.items {
                    blocks(&item.blocks, visit);
                }
            }
            Block::Definitions(list) => {
                for entry in &list.entries {
                    entry.terms.iter().for_each(|term| visit(Leaf::Text(term, list.span)));
                    entry.meanings.iter().for_each(|meaning| blocks(&meaning.blocks, visit));
                }
            }
            Block::Math(math) => visit(Leaf::Code(&math.source, math.span)),
            Block::Code(code) => {
                for line in &code.lines {
                    visit(Leaf::Code(line, code.span));
                }
            }
            Block::Table(table) => {
                visit(Leaf::Text(&table.caption, table.span));
                for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
                    visit(Leaf::Text(&cell.content, table.span));
                }
            }
            Block::Figure(figure) => visit(Leaf::Text(&figure.caption, figure.span)),
            Block::SceneBreak(_) => {}
        }
    }
}
