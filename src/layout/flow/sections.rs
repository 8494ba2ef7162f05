//! Sections → streams.

use super::blocks::Place;
use super::{Context, Opens, Stream};
use crate::model::{Document, Matter, Section, SectionRole, plain_text};
use crate::paged::{NodeId, Role, Structure};
use crate::source::Span;
use crate::style::{Class, Style};

/// The document in streams, with the structure of all of them.
pub(crate) struct Flow {
    /// The streams, in reading order.
    pub(crate) streams: Vec<Stream>,
    /// How many of them are title pages and what goes with these, before the printed contents.
    pub(crate) preliminary: usize,
    /// The structure.
    pub(crate) structure: Structure,
    /// The node of the printed contents.
    pub(crate) toc: Option<NodeId>,
}

/// Deeper than this, sections have no nodes of their own, so that the structure tree cannot be made to overflow a stack.
const DEEPEST: usize = 64;

/// Stacks a whole document.
pub(crate) fn build(document: &Document, style: &Style) -> Flow {
    let mut builder = Builder {
        context: Context { note_leaves: note_leaves(document), ..Context::new(document, style, Structure::new()) },
        streams: Vec::new(),
    };
    let mut preliminary = 0;
    let mut toc = None;
    let root = Structure::ROOT;
    let mut sections = document.sections.as_slice();
    match style.class {
        Class::Book => {
            builder.title_pages(root);
            // Imprint and dedication go before the contents, where the document has them there.
            let count = sections.iter().take_while(|section| is_preliminary(section.role)).count();
            let (first, rest) = sections.split_at_checked(count).unwrap_or((&[], sections));
            for section in first {
                builder.section(section, root, 0, 0);
            }
            builder.finish();
            preliminary = builder.streams.len();
            if style.contents {
                toc = Some(builder.context.structure.push(root, Role::Section));
            }
            sections = rest;
        }
        Class::Article => {
            builder.open(Stream { matter: Matter::Body, ..Stream::default() });
            builder.title_block(root);
            if style.contents {
                toc = Some(builder.context.structure.push(root, Role::Section));
                builder.finish();
                preliminary = builder.streams.len();
            }
        }
    }
    for section in sections {
        builder.section(section, root, 0, 0);
    }
    builder.unreferenced_notes(root);
    builder.finish();
    let Builder { context, streams } = builder;
    Flow { streams, preliminary, structure: context.structure, toc }
}

/// The number of the first leaf of each note.
fn note_leaves(document: &Document) -> Vec<u32> {
    let mut leaf = 0;
    for section in &document.sections {
        section.for_each_leaf(&mut |_| leaf += 1);
    }
    let mut first = Vec::with_capacity(document.notes.len());
    for note in &document.notes {
        first.push(leaf);
        note.for_each_leaf(&mut |_| leaf += 1);
    }
    first
}

fn is_preliminary(role: SectionRole) -> bool {
    matches!(role, SectionRole::TitlePage | SectionRole::Imprint | SectionRole::Dedication | SectionRole::Epigraph)
}

/// Makes streams out of sections.
pub(super) struct Builder<'a> {
    pub(super) context: Context<'a>,
    pub(super) streams: Vec<Stream>,
}

impl Builder<'_> {
    /// Begins a stream.
    pub(super) fn open(&mut self, stream: Stream) {
        self.finish();
        self.context.stream = stream;
    }

    /// Ends the stream in the making, if there is anything in it.
    pub(super) fn finish(&mut self) {
        let mut stream = std::mem::take(&mut self.context.stream);
        self.context.gap = 0;
        if !stream.items.is_empty() {
            stream.items.shrink_to_fit();
            self.streams.push(stream);
        }
    }

    /// Running text at the full measure.
    pub(super) fn place(&self, node: NodeId) -> Place {
        let style = self.context.style;
        let place = Place::new(node, self.context.body_style(), style.geometry.leading);
        Place { justify: style.justify, ..place }
    }

    fn section(&mut self, section: &Section, parent: NodeId, depth: usize, headings: usize) {
        let node = if depth < DEEPEST {
            let role = match section.role {
                SectionRole::Part | SectionRole::Volume => Role::Part,
                _ => Role::Section,
            };
            self.context.structure.push(parent, role)
        } else {
            parent
        };
        let opens = opens_page(section, depth, self.context.style.class);
        if opens {
            self.open(self.stream_of(section));
            self.context.notes_in_chapter = 0;
        }
        self.context.anchors.push(section.id.clone());
        let mut place = self.place(node);
        let level = (headings + 1).min(6) as u8;
        let style = self.context.style;
        match &section.heading {
            Some(heading) if opens && style.class == Class::Book => {
                self.context.opening_heading(heading, section.role, level, &place);
                place.opens = true;
            }
            Some(heading) => {
                let first = usize::from(style.class == Class::Book);
                self.context.running_heading(heading, level, headings.saturating_sub(first), &place);
            }
            None => {
                if opens && is_centered(section.role) {
                    self.space_above(&place);
                } else if !opens {
                    self.context.after(1, &place);
                }
                place.opens = opens && section.role == SectionRole::Chapter;
            }
        }
        if section.role == SectionRole::TitlePage || section.role == SectionRole::Dedication {
            self.centered_blocks(&section.blocks, &mut place);
        } else {
            self.context.blocks(&section.blocks, &mut place);
        }
        let below = headings + usize::from(section.heading.is_some());
        for child in &section.children {
            self.section(child, node, depth + 1, below);
        }
    }

    fn stream_of(&self, section: &Section) -> Stream {
        let part = matches!(section.role, SectionRole::Part | SectionRole::Volume);
        let recto = part || self.context.style.recto_openings || section.role == SectionRole::Dedication;
        let running = match &section.heading {
            Some(heading) if !heading.title.is_empty() => plain_text(&heading.title),
            Some(heading) => plain_text(&heading.label),
            None => String::new(),
        };
        Stream {
            matter: section.matter,
            opens: if recto { Opens::Recto } else { Opens::Page },
            running,
            bare: is_preliminary(section.role),
            ..Stream::default()
        }
    }

    /// Notes that nothing refers to stand at the end: nothing is lost.
    fn unreferenced_notes(&mut self, root: NodeId) {
        let document = self.context.document;
        let missing: Vec<usize> = self
            .context
            .note_numbers
            .iter()
            .enumerate()
            .filter(|(_, number)| **number == 0)
            .map(|(at, _)| at)
            .collect();
        if missing.is_empty() {
            return;
        }
        let node = self.context.structure.push(root, Role::Section);
        let mut place = self.place(node);
        self.context.after(1, &place);
        for index in missing {
            let Some(note) = document.notes.get(index) else { continue };
            let leaf = self.context.note_leaves.get(index).copied().unwrap_or(0);
            let outer = std::mem::replace(&mut self.context.leaf, leaf);
            self.context.blocks(&note.blocks, &mut place);
            self.context.leaf = outer;
        }
    }
}

/// Whether a section begins a page.
fn opens_page(section: &Section, depth: usize, class: Class) -> bool {
    match (class, section.role) {
        (Class::Article, _) => false,
        (Class::Book, SectionRole::Section | SectionRole::Scene | SectionRole::Poem) => depth == 0,
        (Class::Book, _) => true,
    }
}

/// How many pages there are at least.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    /// The sections that begin a page and have something on it.
    pub(crate) count: usize,
    /// The last of them.
    pub(crate) last: Option<Span>,
}

/// Counts the sections that begin a page, up to one more than `most`.
pub(crate) fn openings(document: &Document, style: &Style, most: usize) -> Openings {
    fn visit(sections: &[Section], depth: usize, class: Class, most: usize, found: &mut Openings) {
        for section in sections {
            if found.count > most {
                return;
            }
            let holds = section.heading.is_some() || !section.blocks.is_empty();
            if holds && opens_page(section, depth, class) {
                *found = Openings { count: found.count + 1, last: Some(section.span) };
            }
            visit(&section.children, depth + 1, class, most, found);
        }
    }
    let mut found = Openings::default();
    visit(&document.sections, 0, style.class, most, &mut found);
    found
}

fn is_centered(role: SectionRole) -> bool {
    matches!(role, SectionRole::Dedication | SectionRole::Epigraph | SectionRole::TitlePage)
}
