//! Several documents → one, each a chapter of it.

use crate::diag::{Code, Diagnostics};
use crate::model::{
    AnchorId, Block, Document, Heading, Inline, InlineSpan, Language, Matter, Metadata, Paragraph, ParagraphRole,
    Resource, ResourceId, Section, SectionRole, Target, unlink,
};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// One document of those that are bound.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its path, as links in the others name it.
    pub name: String,
    /// The document. Links to other files may stand in it as internal links to `path` or `path#place`.
    pub document: Document,
    /// Whether it has a title of its own; else what is in it stands in the book as it is, without a heading over it.
    pub is_titled: bool,
    /// What it is for in the book; else a chapter, or a part where it has chapters itself.
    pub role: Option<SectionRole>,
    /// Where in the book it stands; else where its role has its place.
    pub matter: Option<Matter>,
    /// The parts of the book that it stands in, the outermost first: each by a number of its own, with its title.
    pub within: Vec<(usize, String)>,
}

impl Part {
    /// A document with a title that is a chapter or a part.
    pub fn new(name: impl Into<String>, document: Document) -> Part {
        Part { name: name.into(), document, is_titled: true, role: None, matter: None, within: Vec::new() }
    }
}

/// Binds documents into one: each becomes a chapter under its own title, or a part where it has chapters itself.
///
/// Text in another language than that of the book is marked as such. The authors of a document stand under its title where they
/// are not those of the book.
///
/// Anchors get the number of their document before them, so that they are unique; notes and pictures are numbered anew, and a picture
/// that several use is kept once; links between the files lead to their places. What leads nowhere keeps its text and
/// is told of.
pub fn bind(parts: Vec<Part>, meta: Metadata) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let places = Places::of(&parts);
    let mut bound = Document { meta, ..Document::default() };
    let mut pictures = Pictures::default();
    for (number, part) in parts.into_iter().enumerate() {
        let Part { name, mut document, is_titled, role, matter, within } = part;
        let first_note = bound.notes.len() as u32;
        let resources: Vec<ResourceId> =
            std::mem::take(&mut document.resources).into_iter().map(|one| pictures.add(one)).collect();
        let new_id = |old: ResourceId| resources.get(old.0 as usize).copied().unwrap_or(old);
        let mut bind_inline = |inline: &mut Inline, span: Span| {
            match inline {
                Inline::NoteRef(note) => note.0 += first_note,
                Inline::Image { resource, .. } => *resource = new_id(*resource),
                Inline::Link(link) => {
                    if let Target::Internal(anchor) = &mut link.target {
                        match places.lead(number, &name, &anchor.0) {
                            Some(place) => *anchor = place,
                            None => {
                                let message = format!("the link to “{}” leads to none of the files", anchor.0);
                                let hint = "name a file that is bound, or an address with http or https";
                                diagnostics.warn(Code::LinkRefused, Some(span), message, hint);
                                return false;
                            }
                        }
                    }
                }
                Inline::Text(_)
                | Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::SmallCaps(_)
                | Inline::Code(_)
                | Inline::Superscript(_)
                | Inline::Subscript(_)
                | Inline::Strikethrough(_)
                | Inline::Quotation(_)
                | Inline::Abbreviation(_)
                | Inline::Math(_)
                | Inline::LineBreak
                | Inline::Span(_)
                | Inline::Ruby { .. } => {}
            }
            true
        };
        document.for_each_inlines_mut(&mut |inlines, span| unlink(inlines, |inline| bind_inline(inline, span)));
        document.sections.iter_mut().for_each(|section| renumber(section, number, &new_id));
        document.notes.iter_mut().for_each(|note| figures(&mut note.blocks, &new_id));
        if document.meta.language != bound.meta.language {
            mark_language(&mut document);
        }
        bound.notes.append(&mut document.notes);
        let mut sections =
            if is_titled { vec![chapter(document, number, &bound.meta)] } else { loose(document, number) };
        if matches!(role, Some(SectionRole::Dedication | SectionRole::Epigraph)) {
            sections.iter_mut().for_each(heading_as_text);
        }
        sections.iter_mut().for_each(|section| place(section, role, matter));
        put(&mut bound.sections, sections, &within);
    }
    bound.resources = pictures.list;
    (bound, diagnostics)
}

/// The whole of a document as one section.
fn chapter(document: Document, number: usize, book: &Metadata) -> Section {
    let mut sections = document.sections;
    let holds_chapters = sections.iter().any(|section| section.role == SectionRole::Chapter);
    let language = Some(document.meta.language).filter(|language| *language != book.language);
    let line = |text: &str| in_language(vec![Inline::text(text)], language.as_ref());
    let mut chapter = Section::with_id(chapter_anchor(number));
    chapter.role = if holds_chapters { SectionRole::Part } else { SectionRole::Chapter };
    chapter.span = sections.first().map(|section| section.span).unwrap_or_default();
    chapter.heading = Some(Heading {
        title: line(&document.meta.title),
        subtitle: document.meta.subtitle.as_deref().map(line).unwrap_or_default(),
        ..Heading::of(Vec::new(), chapter.span)
    });
    let authors: Vec<&str> = {
        let own = document
            .meta
            .contributors
            .iter()
            .filter(|one| !book.contributors.iter().any(|other| other.name == one.name));
        own.filter(|one| one.role == crate::model::ContributorRole::Author).map(|one| one.name.as_str()).collect()
    };
    if !authors.is_empty() {
        let content = vec![Inline::text(authors.join(", "))];
        let role = ParagraphRole::Centered;
        chapter.blocks.push(Block::Paragraph(Paragraph { role, content, span: chapter.span }));
    }
    // Text before the first heading stands right under the title; a link to its section leads to the chapter.
    if sections.first().is_some_and(|first| first.heading.is_none() && first.children.is_empty()) {
        chapter.blocks.extend(sections.remove(0).blocks);
    }
    chapter.children = sections;
    chapter
}

/// What is in a document without a title: its sections as they are, the outermost of no other kind as chapters. The first answers
/// for the whole of it.
fn loose(document: Document, number: usize) -> Vec<Section> {
    let mut sections = document.sections;
    for section in &mut sections {
        if section.role == SectionRole::Section {
            section.role = SectionRole::Chapter;
        }
    }
    if let Some(first) = sections.first_mut() {
        first.id = chapter_anchor(number);
    }
    sections
}

/// A dedication or motto of one line looks like a heading over nothing: it is the text.
fn heading_as_text(section: &mut Section) {
    if section.blocks.is_empty()
        && section.children.is_empty()
        && let Some(heading) = section.heading.take()
    {
        let span = heading.span;
        let lines = [heading.label, heading.title, heading.subtitle].into_iter().filter(|line| !line.is_empty());
        section.blocks = lines.map(|line| Block::paragraph(line, span)).collect();
    }
}

/// Gives a section its role, and its matter with all that is in it.
fn place(section: &mut Section, role: Option<SectionRole>, matter: Option<Matter>) {
    fn descend(section: &mut Section, matter: Matter) {
        section.matter = matter;
        section.children.iter_mut().for_each(|child| descend(child, matter));
    }
    if let Some(role) = role {
        section.role = role;
    }
    let own = if role.is_some() { section.role.natural_matter() } else { section.matter };
    descend(section, matter.unwrap_or(own));
}

/// Puts sections at the end of the parts that they stand in; parts that are not there yet are made.
fn put(sections: &mut Vec<Section>, new: Vec<Section>, within: &[(usize, String)]) {
    let Some(((number, title), inner)) = within.split_first() else {
        sections.extend(new);
        return;
    };
    let id = AnchorId(format!("p{number}"));
    if sections.last().is_none_or(|last| last.id != id) {
        let heading =
            Some(Heading::of(vec![Inline::text(title.as_str())], new.first().map(|one| one.span).unwrap_or_default()));
        sections.push(Section { role: SectionRole::Part, heading, ..Section::with_id(id) });
    }
    if let Some(part) = sections.last_mut() {
        put(&mut part.children, new, inner);
    }
}

/// Marks every text of a document as of its language.
fn mark_language(document: &mut Document) {
    let language = document.meta.language.clone();
    document.for_each_line_mut(&mut |inlines, _| {
        *inlines = in_language(std::mem::take(inlines), Some(&language));
    });
}

fn in_language(content: Vec<Inline>, language: Option<&Language>) -> Vec<Inline> {
    match language {
        Some(language) if !content.is_empty() => {
            vec![Inline::Span(InlineSpan { language: language.clone(), content }.into())]
        }
        _ => content,
    }
}

fn chapter_anchor(number: usize) -> AnchorId {
    AnchorId(format!("c{}", number + 1))
}

fn section_anchor(number: usize, own: &str) -> AnchorId {
    AnchorId(format!("c{}-{own}", number + 1))
}

fn renumber(section: &mut Section, number: usize, new_id: &impl Fn(ResourceId) -> ResourceId) {
    section.id = section_anchor(number, &section.id.0);
    figures(&mut section.blocks, new_id);
    section.children.iter_mut().for_each(|child| renumber(child, number, new_id));
}

fn figures(blocks: &mut [Block], new_id: &impl Fn(ResourceId) -> ResourceId) {
    for block in blocks {
        match block {
            Block::Figure(figure) => figure.resource = new_id(figure.resource),
            Block::Quote(quote) => figures(&mut quote.blocks, new_id),
            Block::Speech(speech) => figures(&mut speech.blocks, new_id),
            Block::List(list) => list.items.iter_mut().for_each(|item| figures(&mut item.blocks, new_id)),
            Block::Definitions(list) => {
                let meanings = list.entries.iter_mut().flat_map(|entry| &mut entry.meanings);
                meanings.for_each(|meaning| figures(&mut meaning.blocks, new_id));
            }
            Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Table(_)
            | Block::SceneBreak(_) => {}
        }
    }
}

/// The pictures of all documents, each once.
#[derive(Default)]
struct Pictures {
    list: Vec<Resource>,
    known: HashMap<Vec<u8>, ResourceId>,
}

impl Pictures {
    fn add(&mut self, resource: Resource) -> ResourceId {
        let next = ResourceId(self.list.len() as u32);
        match self.known.get(&resource.data) {
            Some(known) => *known,
            None => {
                self.known.insert(resource.data.clone(), next);
                self.list.push(resource);
                next
            }
        }
    }
}

/// Where links may lead.
struct Places {
    /// Paths, made plain, to the numbers of documents.
    files: HashMap<String, usize>,
    /// The anchors that the bound document will have.
    anchors: HashSet<AnchorId>,
}

impl Places {
    fn of(parts: &[Part]) -> Places {
        let mut places = Places { files: HashMap::new(), anchors: HashSet::new() };
        for (number, part) in parts.iter().enumerate() {
            places.files.entry(plain_path("", &part.name)).or_insert(number);
            let first = part.document.sections.first();
            // The section that becomes the start of its chapter, or answers for the file, has no place of its own.
            let is_gone = |first: &&Section| !part.is_titled || first.heading.is_none() && first.children.is_empty();
            let gone = first.filter(is_gone).map(|one| &one.id);
            part.document.for_each_section(&mut |section, _| {
                if Some(&section.id) != gone {
                    places.anchors.insert(section_anchor(number, &section.id.0));
                }
            });
        }
        places
    }

    /// The anchor that a link in document `number`, called `name`, means.
    fn lead(&self, number: usize, name: &str, written: &str) -> Option<AnchorId> {
        let is_own = written.chars().all(|c| c.is_alphanumeric() || c == '-');
        let own = section_anchor(number, written);
        if is_own && self.anchors.contains(&own) {
            return Some(own);
        }
        let (path, place) = written.split_once('#').unwrap_or((written, ""));
        match self.files.get(&plain_path(name, path)) {
            Some(file) => {
                let place = section_anchor(*file, place);
                Some(if self.anchors.contains(&place) { place } else { chapter_anchor(*file) })
            }
            // The start of this very document.
            None if is_own => Some(chapter_anchor(number)),
            None => None,
        }
    }
}

/// A path as seen from the file `from`, without `.` and `..`.
fn plain_path(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LinkTarget, Note, NoteId};
    use crate::source::Span;

    fn part(name: &str, title: &str, links: &[&str]) -> Part {
        let mut document = Document::default();
        document.meta.title = title.into();
        let link = |to: &&str| {
            let content = vec![Inline::text("see")];
            Inline::Link(LinkTarget { target: Target::Internal(AnchorId((*to).into())), content }.into())
        };
        let mut content = vec![
            Inline::text("words"),
            Inline::NoteRef(NoteId(0)),
            Inline::Image { resource: ResourceId(0), alt: "".into(), title: "".into() },
        ];
        content.extend(links.iter().map(link));
        let start = Section {
            blocks: vec![Block::paragraph(content, Span::default())],
            ..Section::with_id(AnchorId("start".into()))
        };
        let heading = Heading::of(vec![Inline::text("One")], Span::default());
        let one = Section { heading: Some(heading), ..Section::with_id(AnchorId("one".into())) };
        document.sections = vec![start, one];
        let note = Note {
            label: None,
            blocks: vec![Block::paragraph(vec![Inline::text(title)], Span::default())],
            span: Span::default(),
        };
        document.notes.push(note);
        let resource = Resource {
            name: "a.png".into(),
            media_type: "image/png".into(),
            data: vec![1],
            pixels: (1, 1),
            orientation: Default::default(),
        };
        document.resources.push(resource);
        Part::new(name, document)
    }

    #[test]
    fn a_part_may_have_a_role_a_language_of_its_own_or_no_title() {
        let text = |words: &str| Block::paragraph(vec![Inline::text(words)], Span::default());
        let plain = |title: &str, words: &str| {
            let mut document = Document::default();
            document.meta.title = title.into();
            let blocks = vec![text(words)];
            document.sections = vec![Section { blocks, ..Section::with_id(AnchorId("start".into())) }];
            document
        };
        let mut german = plain("Der Regen", "Es regnete.");
        german.meta.language = "de".parse().unwrap();
        german.meta.push_author("Anna");
        let dedication =
            Part { is_titled: false, role: Some(SectionRole::Dedication), ..Part::new("d.txt", plain("D", "To you.")) };
        let mut line = Document::default();
        let heading = Some(Heading::of(vec![Inline::text("To me.")], Span::default()));
        line.sections = vec![Section { heading, ..Section::with_id(AnchorId("to-me".into())) }];
        let line = Part { is_titled: false, role: Some(SectionRole::Epigraph), ..Part::new("e.txt", line) };
        let inner = Part { within: vec![(1, "Second".into())], ..Part::new("b.md", plain("Last", "End.")) };
        let meta = Metadata { title: "Book".into(), ..Metadata::default() };
        let (bound, _) = bind(vec![dedication, line, Part::new("a.md", german), inner], meta);
        bound.validate().unwrap();
        assert_eq!(
            bound.dump(),
            "title: Book\nlanguage: en\n\
             # front dedication c1\n  body: To you.\n# front epigraph c2\n  body: To me.\n\
             # body chapter c3: {de: Der Regen}\n  centered: Anna\n  body: {de: Es regnete.}\n\
             # body part p1: Second\n  # body chapter c4: Last\n    body: End.\n"
        );
    }

    #[test]
    fn documents_become_chapters_with_places_of_their_own() {
        let meta = Metadata { title: "Both".into(), ..Metadata::default() };
        let parts = vec![
            part("book/a.txt", "First", &["one", "b.md#one", "./b.md", "gone.md", "../book/b.md#nowhere"]),
            part("book/b.md", "Second", &["a.txt#one", "start"]),
        ];
        let (bound, diagnostics) = bind(parts, meta);
        bound.validate().unwrap();
        assert_eq!(
            bound.dump(),
            "title: Both\nlanguage: en\n\
             # body chapter c1: First\n  body: words[n0][image 0: ]<see → c1-one><see → c2-one><see → c2>see<see → c2>\n  \
             # body section c1-one: One\n\
             # body chapter c2: Second\n  body: words[n1][image 0: ]<see → c1-one><see → c2>\n  \
             # body section c2-one: One\n\
             note 0 -\n  body: First\nnote 1 -\n  body: Second\n"
        );
        assert_eq!(bound.resources.len(), 1);
        assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::LinkRefused]);
    }
}
