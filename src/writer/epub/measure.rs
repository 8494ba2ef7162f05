//! How much a block takes when written: what documents are cut by.

use super::xml::escape_cost;
use crate::model::{Block, Document, Inline, NoteId};

/// What blocks amount to.
#[derive(Debug, Default)]
pub(super) struct Measure {
    /// Bytes of XHTML, rather too many than too few.
    pub(super) size: usize,
    /// Leaves, counted as by [`Document::for_each_leaf`].
    pub(super) leaves: u32,
    /// The notes referred to, in order.
    pub(super) notes: Vec<NoteId>,
}

/// The longest opening and closing tags of a block, with their attributes.
const BLOCK_TAGS: usize = 64;
/// Those of an inline.
const INLINE_TAGS: usize = 40;
/// What a byte of a formula's source comes to in MathML: `<mi>x</mi>` and the like.
const MATHEMATICS: usize = 24;
/// A reference to a note: `<a epub:type="noteref" …>`.
const NOTE_REFERENCE: usize = 120;

impl Measure {
    /// What these blocks amount to.
    pub(super) fn of(blocks: &[Block]) -> Measure {
        let mut measure = Measure::default();
        measure.blocks(blocks);
        measure
    }

    /// What a note amounts to, with its tags and its link back.
    pub(super) fn of_note(document: &Document, note: NoteId) -> Measure {
        let blocks = document.notes.get(note.0 as usize).map_or(&[][..], |note| &note.blocks);
        let mut measure = Measure::of(blocks);
        measure.size += 220;
        measure
    }

    /// Adds a leaf of text.
    pub(super) fn leaf(&mut self, content: &[Inline], tags: usize) {
        self.size += tags;
        self.leaves += 1;
        self.inlines(content);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.leaf(&paragraph.content, BLOCK_TAGS),
                Block::Quote(quote) => {
                    self.size += BLOCK_TAGS;
                    self.blocks(&quote.blocks);
                }
                Block::Verse(verse) => {
                    self.size += BLOCK_TAGS;
                    for stanza in &verse.stanzas {
                        self.size += BLOCK_TAGS;
                        for line in &stanza.lines {
                            self.leaf(&line.content, INLINE_TAGS);
                        }
                    }
                }
                Block::Speech(speech) => {
                    self.leaf(&speech.speaker, 2 * BLOCK_TAGS);
                    self.blocks(&speech.blocks);
                }
                Block::List(list) => {
                    self.size += BLOCK_TAGS;
                    for item in &list.items {
                        self.size += BLOCK_TAGS;
                        self.blocks(&item.blocks);
                    }
                }
                Block::Definitions(list) => {
                    self.size += BLOCK_TAGS;
                    for entry in &list.entries {
                        entry.terms.iter().for_each(|term| self.leaf(term, INLINE_TAGS));
                        for meaning in &entry.meanings {
                            self.size += INLINE_TAGS;
                            self.blocks(&meaning.blocks);
                        }
                    }
                }
                Block::Math(math) => {
                    self.size += MATHEMATICS * math.source.len() + BLOCK_TAGS;
                    self.leaves += 1;
                }
                Block::Code(code) => {
                    self.size += 2 * BLOCK_TAGS + code.language.as_ref().map_or(0, String::len);
                    for line in &code.lines {
                        self.size += line.len() + escape_cost(line) + 1;
                        self.leaves += 1;
                    }
                }
                Block::Table(table) => {
                    self.leaf(&table.caption, 2 * BLOCK_TAGS);
                    for row in table.head.iter().chain(&table.body) {
                        self.size += BLOCK_TAGS;
                        for cell in &row.cells {
                            self.leaf(&cell.content, BLOCK_TAGS);
                        }
                    }
                }
                Block::Figure(figure) => {
                    self.size += figure.alt.len() + 2 * escape_cost(&figure.alt);
                    self.leaf(&figure.caption, 4 * BLOCK_TAGS);
                }
                Block::SceneBreak(_) => self.size += INLINE_TAGS,
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.size += text.len() + escape_cost(text),
                Inline::Code(text) => self.size += text.len() + escape_cost(text) + INLINE_TAGS,
                Inline::Ruby { base, reading } => {
                    self.size += base.len() + reading.len() + escape_cost(base) + escape_cost(reading) + INLINE_TAGS;
                }
                Inline::Math(source) => self.size += MATHEMATICS * source.len() + INLINE_TAGS,
                Inline::Abbreviation(short) => {
                    self.size += short.expansion.len() + escape_cost(&short.expansion) + INLINE_TAGS;
                    self.inlines(&short.content);
                }
                Inline::Image { alt, title, .. } => {
                    self.size += alt.len() + title.len() + 2 * escape_cost(alt) + 2 * escape_cost(title);
                    self.size += 2 * INLINE_TAGS;
                }
                Inline::NoteRef(note) => {
                    self.size += NOTE_REFERENCE;
                    self.notes.push(*note);
                }
                Inline::LineBreak => self.size += 5,
                Inline::Link(link) => {
                    self.size += match &link.target {
                        crate::model::Target::External(address) => 3 * address.len(),
                        crate::model::Target::Internal(anchor) => anchor.0.len() + INLINE_TAGS,
                    } + INLINE_TAGS;
                    self.inlines(&link.content);
                }
                Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::SmallCaps(_)
                | Inline::Superscript(_)
                | Inline::Subscript(_)
                | Inline::Strikethrough(_)
                | Inline::Quotation(_)
                | Inline::Span(_) => {
                    self.size += INLINE_TAGS;
                    self.inlines(inline.children());
                }
            }
        }
    }
}
