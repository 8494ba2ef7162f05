//! The tree of blocks, built from events.

mod frames;
mod leaves;
mod links;

use links::{finish_notes, resolve_links};

use super::depth;
use super::html::{self, Meaning};
use super::inline::{Leaf, Mark, formula};
use super::sections::Sections;
use crate::diag::{Code, Diagnostics};
use crate::limits::{Bound, Exceeded, Limits};
use crate::model::{
    Alignment, Block, CodeBlock, Definition, Document, Inline, ListItem, ListKind, Note, NoteId, Numbering, Row,
    SceneBreak, Table, is_allowed,
};
use crate::reader::LeftOut;
use crate::reader::pictures::{Pictures, Resources};
use crate::source::{Source, Span};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// A table grows by its columns times its rows, whatever its rows hold: no more cells than GitHub makes.
const MOST_CELLS: usize = 200_000;

/// What was built.
pub(super) struct Built {
    pub(super) document: Document,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) diagnostics: Diagnostics,
}

/// What holds blocks.
enum Holder {
    Quote,
    List(ListKind, Vec<ListItem>),
    Item,
    Note(u32),
    /// Terms with what they mean.
    Definitions(Vec<Definition>),
    Definition,
    /// Too deep: its blocks go to what holds it.
    Nothing,
}

struct Frame {
    holder: Holder,
    blocks: Vec<Block>,
    span: Span,
}

/// A table in the making.
struct TableParts {
    table: Table,
    row: Row,
    in_head: bool,
    cells: usize,
}

/// What a leaf becomes when it ends.
enum LeafKind {
    Paragraph,
    /// Text of an item that has no paragraphs.
    Tight,
    /// What of a paragraph follows on a formula with lines of its own.
    Rest,
    Heading(u8, Option<String>),
    Term,
    Cell,
}

pub(super) struct Builder<'a> {
    source: &'a Source,
    /// Where the text starts, behind the front matter.
    start: usize,
    keep_file_links: bool,
    /// Quotations, lists and notes within one another beyond its nesting are read as if they were not there: their text stays. All
    /// that walks a document does so by recursion, and this bounds it.
    limits: &'a Limits,
    /// How many headings there were.
    headings: usize,
    sections: Sections,
    frames: Vec<Frame>,
    leaf: Option<(LeafKind, Leaf, Span)>,
    code: Option<(Option<String>, String)>,
    html: Option<(String, Span)>,
    table: Option<TableParts>,
    notes: Vec<Option<Note>>,
    note_numbers: HashMap<String, u32>,
    pictures: Pictures<'a>,
    has_internal_links: bool,
    told_too_deep: bool,
    left_out: Vec<LeftOut>,
    diagnostics: Diagnostics,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        source: &'a Source,
        start: usize,
        options: &'a super::Options,
        resources: &'a mut dyn Resources,
        diagnostics: Diagnostics,
    ) -> Builder<'a> {
        Builder {
            source,
            start,
            keep_file_links: options.keep_file_links,
            limits: &options.limits,
            headings: 0,
            sections: Sections::default(),
            frames: Vec::new(),
            leaf: None,
            code: None,
            html: None,
            table: None,
            notes: Vec::new(),
            note_numbers: HashMap::new(),
            pictures: Pictures::new(resources, &options.limits, source.text().len() as u64),
            has_internal_links: false,
            told_too_deep: false,
            left_out: Vec::new(),
            diagnostics,
        }
    }

    /// Reads the whole text into `document`, whose metadata are those of the front matter.
    ///
    /// # Errors
    ///
    /// Where there are more headings or notes than are allowed.
    pub(super) fn build(mut self, mut document: Document) -> Result<Built, Exceeded> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_SUPERSCRIPT
            | Options::ENABLE_SUBSCRIPT
            | Options::ENABLE_MATH;
        let (text, too_deep) = depth::bounded(self.source.text().get(self.start..).unwrap_or(""));
        if let Some(place) = too_deep {
            let span = self.span(place);
            self.warn_too_deep(span);
        }
        let mut told = 0;
        for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
            // What no event speaks of defines links.
            self.leave_out_definitions(&text, told..range.start);
            told = told.max(range.end);
            let span = self.span(range);
            self.headings += usize::from(matches!(event, Event::Start(Tag::Heading { .. })));
            self.event(event, span);
            self.limits.check(Bound::Sections, self.headings as u64, Some(span))?;
            self.limits.check(Bound::Notes, self.notes.len() as u64, Some(span))?;
        }
        self.leave_out_definitions(&text, told..text.len());
        self.end_leaf();
        while !self.frames.is_empty() {
            self.end_frame();
        }
        let (sections, title, anchors) = self.sections.finish(&document.meta.title);
        document.sections = sections;
        if let Some((title, span)) = title {
            document.meta.title = title;
            self.left_out.push(LeftOut { span, reason: "title, now in the metadata" });
        }
        document.notes = finish_notes(self.notes, &self.note_numbers);
        document.resources = self.pictures.finish();
        if self.has_internal_links {
            let keeps = self.keep_file_links;
            resolve_links(&mut document, &anchors, keeps, &mut self.diagnostics);
        }
        Ok(Built { document, left_out: self.left_out, diagnostics: self.diagnostics })
    }

    /// Leaves out the definitions of links within a range, where there are any: the links have taken over what they say.
    fn leave_out_definitions(&mut self, text: &str, range: Range<usize>) {
        let between = text.get(range.clone()).unwrap_or("");
        if !between.trim().is_empty() {
            let start = range.end - between.trim_start().len();
            let span = self.span(start..start + between.trim().len());
            self.left_out.push(LeftOut { span, reason: "definition of a link" });
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source.id(), self.start + range.start, self.start + range.end)
    }

    /// How many bytes of a text were written so that they are no mark: behind a backslash, or as an entity.
    fn escaped_head(&self, text: &str, span: Span) -> usize {
        let before = (span.start as usize).checked_sub(1).and_then(|at| self.source.text().as_bytes().get(at));
        match text.chars().next() {
            Some(first) if before == Some(&b'\\') || self.source.slice(span) != text => first.len_utf8(),
            _ => 0,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start_tag(tag, span),
            Event::End(tag) => self.end_tag(tag, span),
            Event::Text(text) => match (&mut self.code, &mut self.html) {
                (Some((_, code)), _) => code.push_str(&text),
                (None, Some((html, _))) => html.push_str(&text),
                (None, None) => {
                    let head = self.escaped_head(&text, span);
                    let (escaped, rest) = text.split_at_checked(head).unwrap_or(("", &text));
                    let leaf = self.leaf(span);
                    if !escaped.is_empty() {
                        leaf.escaped(escaped);
                    }
                    leaf.text(rest);
                }
            },
            Event::Code(code) => {
                let code: String = code.chars().filter(|c| is_allowed(*c)).collect();
                if !code.is_empty() {
                    self.leaf(span).push(Inline::Code(code));
                }
            }
            Event::InlineMath(source) => {
                if let Some(source) = formula(&source) {
                    self.check_formula(&source, false, span);
                    self.leaf(span).push(Inline::Math(source));
                }
            }
            Event::DisplayMath(source) => {
                if let Some(source) = formula(&source) {
                    self.display_math(source, span);
                }
            }
            Event::Html(text) => match &mut self.html {
                Some((html, _)) => html.push_str(&text),
                None => self.raw_html(&text, span),
            },
            Event::InlineHtml(text) => self.inline_html(&text, span),
            Event::FootnoteReference(label) => {
                let number = self.note_number(&label);
                self.leaf(span).push(Inline::NoteRef(NoteId(number)));
            }
            Event::SoftBreak => self.leaf(span).text(" "),
            Event::HardBreak => self.leaf(span).push(Inline::LineBreak),
            Event::Rule => {
                self.end_leaf();
                self.push(Block::SceneBreak(SceneBreak { mark: Some("* * *".into()), span }));
            }
            Event::TaskListMarker(done) => self.leaf(span).text(if done { "☒ " } else { "☐ " }),
        }
    }

    fn start_tag(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.start_leaf(LeafKind::Paragraph, span),
            Tag::Heading { level, id, .. } => {
                self.start_leaf(LeafKind::Heading(level as u8, id.map(CowStr::into_string)), span);
            }
            Tag::BlockQuote(_) => self.start_frame(Holder::Quote, span),
            Tag::CodeBlock(kind) => {
                self.end_leaf();
                let language = match kind {
                    CodeBlockKind::Indented => None,
                    CodeBlockKind::Fenced(info) => {
                        let word = info.split([' ', ',', '\t', '{', '}']).find(|word| !word.is_empty());
                        word.map(|word| word.trim_start_matches('.').to_owned())
                    }
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.end_leaf();
                self.html = Some((String::new(), span));
            }
            Tag::MetadataBlock(_) => self.html = Some((String::new(), span)),
            Tag::List(start) => {
                let kind = match start {
                    None => ListKind::Bullet,
                    Some(start) => ListKind::Ordered {
                        start: u32::try_from(start).unwrap_or(u32::MAX),
                        numbering: Numbering::Decimal,
                    },
                };
                self.start_frame(Holder::List(kind, Vec::new()), span);
            }
            Tag::Item => self.start_frame(Holder::Item, span),
            Tag::FootnoteDefinition(label) => {
                let number = self.note_number(&label);
                self.start_frame(Holder::Note(number), span);
            }
            Tag::DefinitionList => self.start_frame(Holder::Definitions(Vec::new()), span),
            Tag::DefinitionListTitle => self.start_leaf(LeafKind::Term, span),
            Tag::DefinitionListDefinition => self.start_frame(Holder::Definition, span),
            Tag::Table(columns) => {
                self.end_leaf();
                let columns = columns.into_iter().map(|column| match column {
                    pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Start,
                    pulldown_cmark::Alignment::Center => Alignment::Center,
                    pulldown_cmark::Alignment::Right => Alignment::End,
                });
                let table = Table { columns: columns.collect(), span, ..Table::default() };
                self.table = Some(TableParts { table, row: Row::default(), in_head: false, cells: 0 });
            }
            Tag::TableHead | Tag::TableRow => {
                let is_head = matches!(tag, Tag::TableHead);
                if let Some(parts) = &mut self.table {
                    parts.in_head = is_head;
                }
            }
            Tag::TableCell => self.start_leaf(LeafKind::Cell, span),
            Tag::Emphasis => self.open(Mark::Emphasis, span),
            Tag::Strong => self.open(Mark::Strong, span),
            Tag::Strikethrough => self.open(Mark::Strikethrough, span),
            Tag::Superscript => self.open(Mark::Superscript, span),
            Tag::Subscript => self.open(Mark::Subscript, span),
            Tag::Link { link_type, dest_url, .. } => {
                let address = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                let mark = self.link(&address, span);
                self.open(mark, span);
            }
            Tag::Image { dest_url, title, .. } => {
                let mark = Mark::Picture(dest_url.into_string(), title.into_string());
                self.open(mark, span);
            }
        }
    }

    fn end_tag(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle | TagEnd::TableCell => self.end_leaf(),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition => {
                self.end_leaf();
                self.end_frame();
            }
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    let clean = |line: &str| line.chars().filter(|c| is_allowed(*c)).collect();
                    let lines = text.strip_suffix('\n').unwrap_or(&text).split('\n').map(clean).collect();
                    self.push(Block::Code(CodeBlock { language, lines, span }.into()));
                }
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                if let Some((text, span)) = self.html.take() {
                    self.raw_html(&text, span);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                if let Some(parts) = self.table.take() {
                    self.push(Block::Table(parts.table.into()));
                }
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.end_mark(span),
        }
    }

    fn inline_html(&mut self, text: &str, span: Span) {
        match html::tag(text) {
            Some(html::Tag::Opens(Meaning::Break)) => self.leaf(span).push(Inline::LineBreak),
            Some(html::Tag::Closes(Meaning::Break)) => {}
            Some(html::Tag::Opens(meaning)) => self.open(Mark::Html(meaning), span),
            Some(html::Tag::Closes(meaning)) => self.leaf(span).close_html(&meaning),
            None => self.raw_html(text, span),
        }
    }

    fn raw_html(&mut self, text: &str, span: Span) {
        if text.trim().is_empty() {
            return;
        }
        let reason = if html::is_comment(text) { "a comment" } else { "raw HTML" };
        self.left_out.push(LeftOut { span, reason });
        if reason == "raw HTML" {
            self.diagnostics.warn(
                Code::RawHtml,
                Some(span),
                format!("raw HTML is left out: {}", shortened(text.trim())),
                "write it in Markdown",
            );
        }
    }
}

/// The first characters of what may be long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or("");
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
