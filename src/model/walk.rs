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
    /// A line of a code block: may be empty.
    Code(&'a str, Span),
}

impl Document {
    /// Visits every leaf: sections in order; of each its heading lines (those not empty), its blocks, its children;
    /// last the notes. Within blocks: a verse line by line; a speech's speaker, then its blocks; a code block line by line;
    /// a table's caption, then its cells row by row; a figure's caption; scene breaks hold no leaf.
    pub fn for_each_leaf<'a>(&'a self, visit: &mut impl FnMut(Leaf<'a>)) {
        for section in &self.sections {
            section.for_each_leaf(visit);
        }
        for note in &self.notes {
            blocks(&note.blocks, visit);
        }
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
                    Block::Paragraph(_)
                    | Block::Verse(_)
                    | Block::Code(_)
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
}

fn blocks<'a>(list: &'a [Block], visit: &mut impl FnMut(Leaf<'a>)) {
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
