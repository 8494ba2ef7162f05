//! The invariants of the model, checked.

use super::{AnchorId, Block, Document, Inline, NoteId, ResourceId, Section, Target};
use crate::bytes;
use std::collections::HashSet;

/// A broken invariant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The title is empty or only spaces.
    #[error("the title is empty")]
    EmptyTitle,
    /// Two places have one name.
    #[error("the anchor “{}” is given twice", .0.0)]
    DoubleAnchor(AnchorId),
    /// An anchor is no XML id.
    #[error("“{}” cannot be an anchor: a letter, then letters, digits, “-”", .0.0)]
    WrongAnchor(AnchorId),
    /// A link leads nowhere.
    #[error("a link leads to “{}”, which is nowhere", .0.0)]
    DanglingLink(AnchorId),
    /// A reference has no note.
    #[error("note {} is referred to and does not exist", .0.0)]
    DanglingNote(NoteId),
    /// A picture has no data.
    #[error("picture {} is used and does not exist", .0.0)]
    DanglingResource(ResourceId),
    /// A heading, paragraph, line, item, quote, verse, stanza, list or note holds nothing.
    #[error("{0} holds nothing")]
    Empty(&'static str),
    /// A text has a character that XML 1.0 forbids, or a line feed.
    #[error("a text holds U+{:04X}, which no text may", *.0 as u32)]
    ForbiddenCharacter(char),
    /// A link has a scheme that is not allowed.
    #[error("the link “{0}” is not of the schemes http, https or mailto")]
    ForbiddenLink(String),
    /// A row is longer or shorter than its table.
    #[error("a row has {found} cells where its table has {expected} columns")]
    UnevenRow {
        /// Cells in the row.
        found: usize,
        /// Columns of the table.
        expected: usize,
    },
    /// Nothing in it.
    #[error("the document has no text")]
    NoText,
}

impl Document {
    /// Checks the invariants of the model.
    ///
    /// # Errors
    ///
    /// The first broken one.
    pub fn validate(&self) -> Result<(), Fault> {
        if self.meta.title.trim().is_empty() {
            return Err(Fault::EmptyTitle);
        }
        text(&self.meta.title)?;
        let mut check = Check { document: self, anchors: HashSet::new(), links: Vec::new() };
        for section in &self.sections {
            check.section(section)?;
        }
        for note in &self.notes {
            not_empty(&note.blocks, "a note")?;
            check.blocks(&note.blocks)?;
        }
        match check.links.iter().find(|link| !check.anchors.contains(*link)) {
            Some(link) => Err(Fault::DanglingLink((*link).clone())),
            None => Ok(()),
        }
    }
}

/// Whether a text may hold this character: all of XML 1.0 but line feed and carriage return.
pub(crate) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

fn filled(run: &str) -> Result<(), Fault> {
    if run.is_empty() {
        return Err(Fault::Empty("a text"));
    }
    text(run)
}

fn text(text: &str) -> Result<(), Fault> {
    // Each of those that are not allowed is a control character or begins with a byte that few others begin with.
    let may_be = |byte: u8| (byte < b' ') & (byte != b'\t') | (byte == 0xEF);
    if bytes::count(text.as_bytes(), may_be) == 0 {
        return Ok(());
    }
    match text.chars().find(|c| !is_allowed(*c)) {
        Some(c) => Err(Fault::ForbiddenCharacter(c)),
        None => Ok(()),
    }
}

fn not_empty<T>(list: &[T], what: &'static str) -> Result<(), Fault> {
    if list.is_empty() { Err(Fault::Empty(what)) } else { Ok(()) }
}

struct Check<'a> {
    document: &'a Document,
    anchors: HashSet<&'a AnchorId>,
    links: Vec<&'a AnchorId>,
}

impl<'a> Check<'a> {
    fn section(&mut self, section: &'a Section) -> Result<(), Fault> {
        let id = &section.id;
        let mut chars = id.0.chars();
        if !chars.next().is_some_and(char::is_alphabetic) || !chars.all(|c| c.is_alphanumeric() || c == '-') {
            return Err(Fault::WrongAnchor(id.clone()));
        }
        if !self.anchors.insert(id) {
            return Err(Fault::DoubleAnchor(id.clone()));
        }
        if let Some(heading) = &section.heading {
            if heading.lines().next().is_none() {
                return Err(Fault::Empty("a heading"));
            }
            for line in heading.lines() {
                self.inlines(line)?;
            }
        }
        self.blocks(&section.blocks)?;
        section.children.iter().try_for_each(|child| self.section(child))
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Result<(), Fault> {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    not_empty(&paragraph.content, "a paragraph")?;
                    self.inlines(&paragraph.content)?;
                }
                Block::Quote(quote) => {
                    not_empty(&quote.blocks, "a quote")?;
                    self.blocks(&quote.blocks)?;
                }
                Block::Verse(verse) => {
                    not_empty(&verse.stanzas, "a poem")?;
                    for stanza in &verse.stanzas {
                        not_empty(&stanza.lines, "a stanza")?;
                        for line in &stanza.lines {
                            not_empty(&line.content, "a line of verse")?;
                            self.inlines(&line.content)?;
                        }
                    }
                }
                Block::Speech(speech) => {
                    not_empty(&speech.speaker, "the speaker of a speech")?;
                    self.inlines(&speech.speaker)?;
                    self.blocks(&speech.blocks)?;
                }
                Block::List(list) => {
                    not_empty(&list.items, "a list")?;
                    for item in &list.items {
                        not_empty(&item.blocks, "an item")?;
                        self.blocks(&item.blocks)?;
                    }
                }
                Block::Definitions(list) => {
                    not_empty(&list.entries, "a list of definitions")?;
                    for entry in &list.entries {
                        not_empty(&entry.terms, "the terms of a definition")?;
                        for term in &entry.terms {
                            not_empty(term, "a term")?;
                            self.inlines(term)?;
                        }
                        for meaning in &entry.meanings {
                            not_empty(&meaning.blocks, "a meaning")?;
                            self.blocks(&meaning.blocks)?;
                        }
                    }
                }
                Block::Math(math) => filled(&math.source)?,
                Block::Code(code) => code.lines.iter().try_for_each(|line| text(line))?,
                Block::Table(table) => {
                    self.inlines(&table.caption)?;
                    for row in table.head.iter().chain(&table.body) {
                        if row.cells.len() != table.columns.len() {
                            return Err(Fault::UnevenRow { found: row.cells.len(), expected: table.columns.len() });
                        }
                        for cell in &row.cells {
                            self.inlines(&cell.content)?;
                        }
                    }
                }
                Block::Figure(figure) => {
                    self.resource(figure.resource)?;
                    text(&figure.alt)?;
                    self.inlines(&figure.caption)?;
                }
                Block::SceneBreak(pause) => text(pause.mark.as_deref().unwrap_or(""))?,
            }
        }
        Ok(())
    }

    fn inlines(&mut self, inlines: &'a [Inline]) -> Result<(), Fault> {
        for inline in inlines {
            match inline {
                Inline::Text(run) | Inline::Code(run) | Inline::Math(run) => filled(run)?,
                Inline::Abbreviation(short) => {
                    filled(&short.expansion)?;
                    self.inlines(&short.content)?;
                }
                Inline::Ruby { base, reading } => {
                    text(base)?;
                    text(reading)?;
                }
                Inline::Image { resource, alt, title } => {
                    self.resource(*resource)?;
                    text(alt)?;
                    text(title)?;
                }
                Inline::NoteRef(note) if note.0 as usize >= self.document.notes.len() => {
                    return Err(Fault::DanglingNote(*note));
                }
                Inline::NoteRef(_) | Inline::LineBreak => {}
                Inline::Link(link) => {
                    match &link.target {
                        Target::Internal(anchor) => self.links.push(anchor),
                        Target::External(address) => {
                            text(address)?;
                            if !is_allowed_address(address) {
                                return Err(Fault::ForbiddenLink(address.chars().take(60).collect()));
                            }
                        }
                    }
                    self.inlines(&link.content)?;
                }
                Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::SmallCaps(_)
                | Inline::Superscript(_)
                | Inline::Subscript(_)
                | Inline::Strikethrough(_)
                | Inline::Quotation(_)
                | Inline::Span(_) => self.inlines(inline.children())?,
            }
        }
        Ok(())
    }

    fn resource(&self, resource: ResourceId) -> Result<(), Fault> {
        match self.document.resources.get(resource.0 as usize) {
            Some(_) => Ok(()),
            None => Err(Fault::DanglingResource(resource)),
        }
    }
}

/// Whether an output may link to this address: the schemes `http`, `https` and `mailto` alone.
pub(crate) fn is_allowed_address(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or("").to_ascii_lowercase();
    address.contains(':') && matches!(scheme.as_str(), "http" | "https" | "mailto")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Matter, SectionRole};
    use crate::source::Span;

    fn document(blocks: Vec<Block>) -> Document {
        let mut document = Document::default();
        document.meta.title = "A title".into();
        document.sections.push(Section {
            id: AnchorId("s1".into()),
            matter: Matter::Body,
            role: SectionRole::Section,
            heading: None,
            blocks,
            children: Vec::new(),
            span: Span::default(),
        });
        document
    }

    #[test]
    fn each_broken_invariant_has_its_fault() {
        let paragraph = |content| vec![Block::paragraph(content, Span::default())];
        let fault = |document: &Document| document.validate().err();
        assert_eq!(fault(&document(paragraph(vec![Inline::text("a")]))), None);
        assert_eq!(fault(&document(paragraph(vec![]))), Some(Fault::Empty("a paragraph")));
        assert_eq!(fault(&document(paragraph(vec![Inline::text("a\nb")]))), Some(Fault::ForbiddenCharacter('\n')));
        assert_eq!(fault(&document(paragraph(vec![Inline::NoteRef(NoteId(0))]))), Some(Fault::DanglingNote(NoteId(0))));
        let mut untitled = document(paragraph(vec![Inline::text("a")]));
        untitled.meta.title = " ".into();
        assert_eq!(fault(&untitled), Some(Fault::EmptyTitle));
        let mut twice = document(vec![]);
        twice.sections.push(twice.sections[0].clone());
        assert_eq!(fault(&twice), Some(Fault::DoubleAnchor(AnchorId("s1".into()))));
        assert!(!is_allowed_address("javascript:alert(1)") && !is_allowed_address("file:///etc/passwd"));
    }
}
