//! What a document shows of itself: the title block of an article, the title pages of a book, the contents.

use super::blocks::Place;
use super::inline::{looked, plain};
use super::sections::Builder;
use super::{Body, Context, HEADING_PARTED, Item, LineSetting, Opens, Stream, TextItem};
use crate::layout::text::{Link, RichText, RunProperties, TextStyle};
use crate::model::{Block, ContributorRole, Date, Matter, Metadata, Numbering, ParagraphRole, SectionRole, Target};
use crate::outline::Entry;
use crate::paged::{Artifact, FolioStyle, NodeId, Owner, Role};
use crate::source::Span;
use crate::style::{Align, TextStyle as Look};

/// How deep the printed contents go.
const CONTENTS_DEPTH: usize = 3;

impl Builder<'_> {
    /// Stacks title, subtitle, byline and date over the text of an article.
    pub(super) fn title_block(&mut self, root: NodeId) {
        let place = self.place(root);
        let look = self.context.style.look.clone();
        let meta = &self.context.document.meta;
        let (title, subtitle) = (meta.title.clone(), meta.subtitle.clone());
        let (byline, shown) = (byline(meta), !meta.title_is_incipit);
        // The first words of the text are not set over it again.
        if shown {
            self.meta_line(&title, Role::Title, &look.title, 0, &place);
        }
        if let Some(subtitle) = subtitle {
            self.meta_line(&subtitle, Role::Paragraph, &look.subtitle, 0, &place);
        }
        if let Some(byline) = byline {
            self.meta_line(&byline, Role::Paragraph, &look.byline, 1, &place);
        }
        if self.context.stream.items.is_empty() {
            return;
        }
        if look.title_rule {
            let rule = Item { parting: HEADING_PARTED, ..Item::new(Body::Rule, Span::default()) };
            self.context.push(rule, 0, &place);
            self.context.gap = 0;
        }
        self.context.gap = if look.title_rule { 1 } else { 2 };
        self.context.widen();
    }

    /// Stacks half-title, title page and, where something is known for it, imprint.
    pub(super) fn title_pages(&mut self, root: NodeId) {
        let lines = f32::from(self.context.style.geometry.lines);
        let look = self.context.style.look.clone();
        let meta = self.context.document.meta.clone();
        // The half-title repeats the title and is no part of the text.
        self.open(bare(Opens::Recto));
        let place = self.place(root);
        self.sink(lines * 0.25, &place);
        let style = looked(&place.style, &Look { scale: 1.2, ..look.label });
        let half = plain(&meta.title, style, Owner::Artifact(Artifact::Layout));
        self.lone_text(half, &Look { scale: 1.2, align: look.book_title.align, ..look.label }, 0, &place);

        self.open(bare(Opens::Recto));
        let node = self.context.structure.push(root, Role::Section);
        let place = self.place(node);
        self.sink(lines * 0.16, &place);
        self.meta_line(&meta.title, Role::Title, &look.book_title, 0, &place);
        if let Some(subtitle) = &meta.subtitle {
            self.meta_line(
                subtitle,
                Role::Paragraph,
                &Look { align: look.book_title.align, ..look.subtitle },
                1,
                &place,
            );
        }
        let people = people(&meta);
        if !people.is_empty() {
            let align = look.book_title.align;
            self.sink(lines * 0.1, &place);
            for (number, line) in people.iter().enumerate() {
                let scale = if number == 0 { 1.25 } else { 1.0 };
                self.meta_line(line, Role::Paragraph, &Look { scale, align, ..look.byline }, 0, &place);
            }
        }
        let foot = [meta.publisher.clone(), meta.date.map(|date| date.year.to_string())];
        let foot: Vec<String> = foot.into_iter().flatten().collect();
        if !foot.is_empty() {
            self.sink(lines * 0.2, &place);
            let plain = Look { align: look.book_title.align, scale: 1.0, ..look.byline };
            self.meta_line(&foot.join(", "), Role::Paragraph, &plain, 0, &place);
        }
        self.imprint(&meta, root, lines);
    }

    fn imprint(&mut self, meta: &Metadata, root: NodeId, lines: f32) {
        let mut text: Vec<String> = Vec::new();
        text.extend(meta.rights.clone());
        text.extend(meta.source.clone());
        text.extend(meta.identifier.clone());
        if text.is_empty() {
            return;
        }
        self.open(bare(Opens::Page));
        let node = self.context.structure.push(root, Role::Section);
        let place = self.place(node);
        self.sink(lines * 0.7, &place);
        let small = Look {
            scale: 0.85,
            bold: false,
            italic: false,
            small_caps: false,
            align: Align::Start,
            ..self.context.style.look.byline
        };
        for line in text {
            self.meta_line(&line, Role::Paragraph, &Look { tracking: crate::geom::Em(0.0), ..small }, 0, &place);
        }
    }

    /// Space at the top of a page with little on it.
    pub(super) fn space_above(&mut self, place: &Place) {
        let lines = f32::from(self.context.style.geometry.lines);
        self.sink(lines * 0.25, place);
    }

    fn sink(&mut self, lines: f32, place: &Place) {
        let item = Item { parting: HEADING_PARTED, ..Item::new(Body::Space(lines.round() as u16), Span::default()) };
        self.context.push(item, 0, place);
    }

    /// Words from the metadata.
    fn meta_line(&mut self, words: &str, role: Role, look: &Look, before: u16, place: &Place) {
        let node = self.context.structure.push(place.node, role);
        let content = self.context.content(node);
        let text = plain(words, looked(&place.style, look), Owner::Content(content));
        self.lone_text(text, look, before, place);
    }

    fn lone_text(&mut self, text: RichText, look: &Look, before: u16, place: &Place) {
        let pitch = self.context.heading_pitch(look, place);
        let mut text = TextItem::new(text, LineSetting::Ragged(look.align), pitch);
        text.whole = true;
        self.context.push_text(text, before, Span::default(), place);
        self.context.part_last(HEADING_PARTED);
    }

    /// Blocks whose paragraphs stand in the middle: a dedication, what else a title page said.
    pub(super) fn centered_blocks(&mut self, blocks: &[Block], place: &mut Place) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) if paragraph.role == ParagraphRole::Body => {
                    let centered = Block::Paragraph(crate::model::Paragraph {
                        role: ParagraphRole::Centered,
                        ..paragraph.clone()
                    });
                    self.context.blocks(std::slice::from_ref(&centered), place);
                }
                other => self.context.blocks(std::slice::from_ref(other), place),
            }
        }
    }
}

fn bare(opens: Opens) -> Stream {
    Stream { matter: Matter::Front, opens, bare: true, ..Stream::default() }
}

/// "Ann Author and Ben Writer · 31 May 2024".
fn byline(meta: &Metadata) -> Option<String> {
    let authors: Vec<&str> = meta.authors().collect();
    let names = match authors.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{}, {last}", first.join(", ")),
    };
    let date = meta.date.map(written);
    match (names.is_empty(), date) {
        (true, date) => date,
        (false, None) => Some(names),
        (false, Some(date)) => Some(format!("{names} · {date}")),
    }
}

/// A date in figures, which every language reads.
fn written(date: Date) -> String {
    date.to_string()
}

/// Authors first, then who else took part.
fn people(meta: &Metadata) -> Vec<String> {
    let authors: Vec<&str> = meta.authors().collect();
    let mut lines = Vec::new();
    if !authors.is_empty() {
        lines.push(authors.join(", "));
    }
    let others = meta.contributors.iter().filter(|one| one.role != ContributorRole::Author);
    lines.extend(others.map(|one| one.name.clone()));
    lines
}

/// A folio as it is printed.
pub(crate) fn folio(number: u32, style: FolioStyle) -> String {
    match style {
        FolioStyle::Arabic => number.to_string(),
        FolioStyle::Roman => Numbering::LowerRoman.numeral(number),
    }
}

/// Contents are looked up, not read: they are set a little smaller than the text, on its grid.
const CONTENTS_SIZE: f32 = 0.92;

/// Stacks the printed contents: an entry a line, leaders, the folio at the right.
///
/// `folio_of` knows where each section begins.
pub(crate) fn contents(
    context: &mut Context,
    entries: &[Entry],
    toc: NodeId,
    heading: &str,
    folio_of: &dyn Fn(&Entry) -> String,
) {
    let node = context.structure.push(toc, Role::Heading(1));
    let style = context.body_style();
    let look = context.style.look.clone();
    let place = Place::new(toc, style.clone(), context.style.geometry.leading);
    let book = context.style.class == crate::style::Class::Book;
    if book {
        let sink = (f32::from(context.style.geometry.lines) * look.sink).round() as u16;
        context.push(Item { parting: HEADING_PARTED, ..Item::new(Body::Space(sink), Span::default()) }, 0, &place);
    }
    let opening = if book { look.opening } else { look.headings[0] };
    let content = context.content(node);
    let title = plain(heading, looked(&style, &opening), Owner::Content(content));
    let mut text = TextItem::new(title, LineSetting::Ragged(opening.align), context.heading_pitch(&opening, &place));
    text.whole = true;
    context.push_text(text, 0, Span::default(), &place);
    context.part_last(HEADING_PARTED);
    context.gap = if book { 2 } else { 1 };
    let list = context.structure.push(toc, Role::Toc);
    entry_lines(context, entries, list, 0, folio_of, &place);
}

fn entry_lines(
    context: &mut Context,
    entries: &[Entry],
    toc: NodeId,
    depth: usize,
    folio_of: &dyn Fn(&Entry) -> String,
    place: &Place,
) {
    for entry in entries {
        let node = context.structure.push(toc, Role::TocItem);
        let content = context.content(node);
        let group = matches!(entry.role, SectionRole::Part | SectionRole::Volume) && !entry.children.is_empty();
        if group {
            context.after(1, place);
        }
        let em = context.style.size;
        let size = place.style.size * CONTENTS_SIZE;
        let style = TextStyle { small_caps: group, size, ..TextStyle::clone(&place.style) };
        let mut rich = RichText::new();
        let id = rich.add_style(style.clone());
        let link =
            rich.add_link(Link { node, target: Target::Internal(entry.anchor.clone()), description: entry.text() });
        let properties =
            RunProperties { style: id, owner: Owner::Content(content), source: None, link: Some(link), note: None };
        rich.push(&entry.text(), properties);
        let mut text = TextItem::new(rich, LineSetting::Ragged(Align::Start), place.pitch);
        let folio = folio_of(entry);
        // Room for the folio, and as much again for the eye.
        text.right = em * (0.55 * folio.chars().count().max(3) as f32 + 1.0);
        text.left = em * (1.2 * depth as f32);
        text.rest = em * 1.2;
        let mut trailer = RichText::new();
        let id = trailer.add_style(TextStyle { small_caps: false, ..style });
        let link =
            trailer.add_link(Link { node, target: Target::Internal(entry.anchor.clone()), description: entry.text() });
        trailer.push(&folio, RunProperties { style: id, link: Some(link), ..properties });
        text.trailer = Some(trailer.into());
        text.whole = true;
        context.push_text(text, 0, Span::default(), place);
        if group {
            context.part_last(super::PARTED);
        }
        if depth + 1 < CONTENTS_DEPTH && !entry.children.is_empty() {
            let inner = context.structure.push(node, Role::Toc);
            entry_lines(context, &entry.children, inner, depth + 1, folio_of, place);
        }
    }
}

/// What the contents are called in a language.
pub(crate) fn contents_heading(language: &str) -> &'static str {
    match language {
        "de" => "Inhalt",
        "fr" => "Table des matières",
        "es" => "Índice",
        "it" => "Indice",
        "pt" => "Índice",
        "nl" => "Inhoud",
        "sv" => "Innehåll",
        "da" | "nb" | "no" | "nn" => "Indhold",
        "fi" => "Sisällys",
        "pl" => "Spis treści",
        "cs" => "Obsah",
        "ru" => "Содержание",
        "el" => "Περιεχόμενα",
        "la" => "Index",
        _ => "Contents",
    }
}
