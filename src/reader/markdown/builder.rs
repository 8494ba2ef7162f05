//! The tree of blocks, built from events.

use super::depth;
use super::html::{self, Meaning};
use super::inline::{Leaf, Mark, formula};
use super::sections::{Anchors, Sections};
use crate::diag::{Code, Diagnostics};
use crate::limits::{Bound, Exceeded, Limits};
use crate::math;
use crate::model::{
    Alignment, AnchorId, Block, Cell, CodeBlock, Definition, Definitions, Document, Figure, Inline, List, ListItem,
    ListKind, MathBlock, Note, NoteId, Numbering, Paragraph, ParagraphRole, Quote, QuoteKind, Row, SceneBreak, Table,
    Target, is_allowed, is_allowed_address, plain_text,
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
        for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
            let span = self.span(range);
            self.headings += usize::from(matches!(event, Event::Start(Tag::Heading { .. })));
            self.event(event, span);
            self.limits.check(Bound::Sections, self.headings as u64, Some(span))?;
            self.limits.check(Bound::Notes, self.notes.len() as u64, Some(span))?;
        }
        self.end_leaf();
        while !self.frames.is_empty() {
            self.end_frame();
        }
        let (sections, title, anchors) = self.sections.finish(&document.meta.title);
        document.sections = sections;
        if let Some(title) = title {
            document.meta.title = title;
        }
        document.notes = finish_notes(self.notes, &self.note_numbers);
        document.resources = self.pictures.finish();
        if self.has_internal_links {
            let keeps = self.keep_file_links;
            resolve_links(&mut document, &anchors, keeps, &mut self.diagnostics);
        }
        Ok(Built { document, left_out: self.left_out, diagnostics: self.diagnostics })
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
                    self.check_formula(&source, span);
                    self.leaf(span).push(Inline::Math(source));
                }
            }
            Event::DisplayMath(source) => {
                if let Some(source) = formula(&source) {
                    self.check_formula(&source, span);
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
                    self.push(Block::Code(CodeBlock { language, lines, span }));
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
                    self.push(Block::Table(parts.table));
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

    /// The leaf that is open; text that stands in an item without a paragraph opens one.
    fn leaf(&mut self, span: Span) -> &mut Leaf {
        let (_, leaf, whole) = self.leaf.get_or_insert_with(|| (LeafKind::Tight, Leaf::default(), span));
        *whole = whole.to(span);
        leaf
    }

    fn start_leaf(&mut self, kind: LeafKind, span: Span) {
        self.end_leaf();
        self.leaf = Some((kind, Leaf::default(), span));
    }

    fn end_leaf(&mut self) {
        let Some((kind, leaf, span)) = self.leaf.take() else { return };
        let content = leaf.finish();
        if let LeafKind::Cell = kind {
            if let Some(parts) = &mut self.table {
                parts.row.cells.push(Cell { content });
            }
            return;
        }
        if content.is_empty() {
            return;
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

    /// A paragraph; one of nothing but a picture is a figure, and formulas with lines of their own part it.
    fn paragraph(&mut self, mut content: Vec<Inline>, span: Span) {
        if let [Inline::Image { resource, alt, title }] = content.as_mut_slice() {
            let (resource, alt, title) = (*resource, std::mem::take(alt), std::mem::take(title));
            // What is said of a picture stands under it; else what it shows does.
            let words = if title.is_empty() { &alt } else { &title };
            let caption = if words.is_empty() { Vec::new() } else { vec![Inline::text(words.clone())] };
            return self.push(Block::Figure(Figure { resource, alt, caption, span }));
        }
        self.push(Block::paragraph(content, span));
    }

    /// Tells of a formula that an edition cannot set.
    fn check_formula(&mut self, source: &str, span: Span) {
        if math::line(source).is_some() {
            return;
        }
        let (message, hint) = match math::mathml(source, false) {
            Err(error) => (format!("the formula is shown as it is written: {error}"), "mend it"),
            Ok(_) => (
                "the formula is no single line: the pages show it as it is written".to_owned(),
                "for the PDF, give it as a picture",
            ),
        };
        self.diagnostics.warn(Code::FormulaAsSource, Some(span), message, hint);
    }

    /// A formula with lines of its own parts its paragraph; within marks, a heading or a cell it is one like any other.
    fn display_math(&mut self, source: String, span: Span) {
        match &self.leaf {
            Some((LeafKind::Paragraph | LeafKind::Tight | LeafKind::Rest, leaf, _)) if leaf.is_unmarked() => {
                self.start_leaf(LeafKind::Rest, span);
                self.push(Block::Math(MathBlock { source, span }));
            }
            Some(_) => self.leaf(span).push(Inline::Math(source)),
            None => self.push(Block::Math(MathBlock { source, span })),
        }
    }

    fn end_row(&mut self) {
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

    fn end_mark(&mut self, span: Span) {
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
                self.leaf(span).push(Inline::Image { resource, alt: words, title });
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

    fn start_frame(&mut self, holder: Holder, span: Span) {
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
    fn warn_too_deep(&mut self, span: Span) {
        if !std::mem::replace(&mut self.told_too_deep, true) {
            self.diagnostics.warn(
                Code::TooDeep,
                Some(span),
                "more quotations, lists or marks within one another than are allowed: from here on they are read as one",
                "nest less deep, or allow more with --max-nesting",
            );
        }
    }

    /// Opens a mark in the present leaf.
    fn open(&mut self, mark: Mark, span: Span) {
        let deepest = self.limits.nesting.min(Limits::DEEPEST);
        if !self.leaf(span).open(mark, deepest) {
            self.warn_too_deep(span);
        }
    }

    fn end_frame(&mut self) {
        let Some(Frame { holder, blocks, span }) = self.frames.pop() else { return };
        let above = self.frames.last_mut();
        match holder {
            Holder::Quote if !blocks.is_empty() => {
                self.push(Block::Quote(Quote { kind: QuoteKind::Quotation, blocks, span }));
            }
            Holder::List(kind, items) if !items.is_empty() => self.push(Block::List(List { kind, items, span })),
            Holder::Definitions(entries) if !entries.is_empty() => {
                self.push(Block::Definitions(Definitions { entries, span }));
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
                if let Some(note) = self.notes.get_mut(number as usize) {
                    *note = Some(Note { label: None, blocks, span });
                }
            }
            Holder::Nothing => blocks.into_iter().for_each(|block| self.push(block)),
            Holder::Quote
            | Holder::List(..)
            | Holder::Item
            | Holder::Definition
            | Holder::Note(_)
            | Holder::Definitions(_) => {}
        }
    }

    fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(frame) => frame.blocks.push(block),
            None => self.sections.push(block),
        }
    }

    /// The number of the note with this label: in the order in which labels are met.
    fn note_number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.note_numbers.get(label) {
            return *number;
        }
        let number = self.notes.len() as u32;
        self.notes.push(None);
        self.note_numbers.insert(label.to_owned(), number);
        number
    }

    fn link(&mut self, address: &str, span: Span) -> Mark {
        let address: String = address.chars().filter(|c| is_allowed(*c)).collect();
        let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        });
        if is_allowed_address(&address) {
            return Mark::Link(Target::External(address));
        }
        if let Some(place) = address.strip_prefix('#').filter(|place| !place.is_empty()) {
            self.has_internal_links = true;
            return Mark::Link(Target::Internal(AnchorId(format!("#{place}"))));
        }
        if self.keep_file_links && !has_scheme && !address.starts_with(['/', '\\']) && !address.is_empty() {
            return Mark::Link(Target::Internal(AnchorId(address)));
        }
        self.refuse(&address, span);
        Mark::Nothing
    }

    fn refuse(&mut self, address: &str, span: Span) {
        self.diagnostics.warn(
            Code::LinkRefused,
            Some(span),
            format!("the link to “{}” is dropped and its text kept", shortened(address)),
            "link to http, https or mailto addresses, or to a #heading of this text",
        );
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

/// The notes in the order of their numbers; what is referred to and nowhere written is its own label.
fn finish_notes(notes: Vec<Option<Note>>, numbers: &HashMap<String, u32>) -> Vec<Note> {
    let mut labels = vec![""; notes.len()];
    for (label, number) in numbers {
        if let Some(place) = labels.get_mut(*number as usize) {
            *place = label;
        }
    }
    let written = |(note, label): (Option<Note>, &str)| {
        let label = label.chars().filter(|c| is_allowed(*c)).collect::<String>();
        let note = note.unwrap_or_else(|| {
            let text = vec![Inline::text(format!("[^{label}]"))];
            Note { label: None, blocks: vec![Block::paragraph(text, Span::default())], span: Span::default() }
        });
        Note { label: Some(label).filter(|label| !label.is_empty()), ..note }
    };
    notes.into_iter().zip(labels).map(written).collect()
}

/// Leads links within the text to their anchors; those that lead nowhere give their text alone.
fn resolve_links(document: &mut Document, anchors: &Anchors, keeps_files: bool, diagnostics: &mut Diagnostics) {
    document.for_each_inlines_mut(&mut |inlines, span| {
        let mut at = 0;
        while let Some(inline) = inlines.get_mut(at) {
            if let Inline::Link(link) = inline
                && let Target::Internal(AnchorId(place)) = &mut link.target
            {
                match place.strip_prefix('#').map(|written| anchors.resolve(written)) {
                    Some(Some(anchor)) => *place = anchor.0.clone(),
                    None if keeps_files => {}
                    None | Some(None) => {
                        diagnostics.warn(
                            Code::LinkRefused,
                            Some(span),
                            format!("the link to “{}” leads to no heading of this text", shortened(place)),
                            "give the words of a heading in small letters with hyphens, or its {#id}",
                        );
                        let content = std::mem::take(&mut link.content);
                        let count = content.len();
                        inlines.splice(at..=at, content);
                        at += count;
                        continue;
                    }
                }
            }
            at += 1;
        }
    });
}
