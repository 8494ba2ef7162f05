//! Several documents → one, each a chapter of it.

use crate::diag::{Code, Diagnostics};
use crate::model::{
    AnchorId, Block, Document, Heading, Inline, Metadata, Resource, ResourceId, Section, SectionRole, Target,
};
use std::collections::{HashMap, HashSet};

/// One document of those that are bound.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its path, as links in the others name it.
    pub name: String,
    /// The document. Links to other files may stand in it as internal links to `path` or `path#place`.
    pub document: Document,
}

/// Binds documents into one: each becomes a chapter under its own title, or a part where it has chapters itself.
///
/// Anchors get the number of their document before them, so that they are unique; notes and pictures are numbered anew, and a picture
/// that several use is kept once; links between the files lead to their places. What leads nowhere keeps its text and
/// is told of.
pub fn bind(parts: Vec<Part>, meta: Metadata) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let places = Places::of(&parts);
    let mut bound = Document { meta, ..Document::default() };
    let mut pictures = Pictures::default();
    for (number, Part { name, mut document }) in parts.into_iter().enumerate() {
        let first_note = bound.notes.len() as u32;
        let resources: Vec<ResourceId> =
            std::mem::take(&mut document.resources).into_iter().map(|one| pictures.add(one)).collect();
        let new_id = |old: ResourceId| resources.get(old.0 as usize).copied().unwrap_or(old);
        document.for_each_inlines_mut(&mut |inlines, span| {
            let mut at = 0;
            while let Some(inline) = inlines.get_mut(at) {
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
                                    let content = std::mem::take(&mut link.content);
                                    at += content.len();
                                    let from = at - content.len();
                                    inlines.splice(from..=from, content);
                                    continue;
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
                at += 1;
            }
        });
        document.sections.iter_mut().for_each(|section| renumber(section, number, &new_id));
        document.notes.iter_mut().for_each(|note| figures(&mut note.blocks, &new_id));
        bound.notes.append(&mut document.notes);
        bound.sections.push(chapter(document, number));
    }
    bound.resources = pictures.list;
    (bound, diagnostics)
}

/// The whole of a document as one section.
fn chapter(document: Document, number: usize) -> Section {
    let mut sections = document.sections;
    let holds_chapters = sections.iter().any(|section| section.role == SectionRole::Chapter);
    let title = vec![Inline::text(document.meta.title)];
    let mut chapter = Section::with_id(chapter_anchor(number));
    chapter.role = if holds_chapters { SectionRole::Part } else { SectionRole::Chapter };
    chapter.span = sections.first().map(|section| section.span).unwrap_or_default();
    chapter.heading = Some(Heading::of(title, chapter.span));
    // Text before the first heading stands right under the title; a link to its section leads to the chapter.
    if sections.first().is_some_and(|first| first.heading.is_none() && first.children.is_empty()) {
        chapter.blocks = sections.remove(0).blocks;
    }
    chapter.children = sections;
    chapter
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
            let sections = &part.document.sections;
            // The section that becomes the start of its chapter has no place of its own.
            let gone = sections
                .first()
                .filter(|first| first.heading.is_none() && first.children.is_empty())
                .map(|one| &one.id);
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
            Inline::Link(LinkTarget { target: Target::Internal(AnchorId((*to).into())), content })
        };
        let mut content = vec![
            Inline::text("words"),
            Inline::NoteRef(NoteId(0)),
            Inline::Image { resource: ResourceId(0), alt: String::new(), title: String::new() },
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
        Part { name: name.into(), document }
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
