//! The document as streams of things to stack: what stands under what, before lines and pages are broken.
//!
//! Sections that open a page begin a [`Stream`]; a stream is a list of [`Item`]s, all of them whole lines of the grid high.

mod blocks;
mod code;
mod figures;
mod formula;
pub(crate) mod front;
mod heading;
mod initial;
mod inline;
mod lists;
mod notes;
mod sections;
mod verse;

pub(crate) use formula::{FormulaItem, reduced};
pub(crate) use initial::GAP as INITIAL_GAP;
pub(crate) use inline::{Inliner, plain};
pub(crate) use notes::{NOTE_LEADING, NoteFlow};
pub(crate) use sections::{Flow, build, openings};

use super::text::{RichText, TextStyle};
use crate::geom::Pt;
use crate::model::{AnchorId, Document, Matter, Resource};
use crate::paged::{ContentId, NodeId, Owner, Structure};
use crate::source::Span;
use crate::style::{Align, Style};
use smallvec::SmallVec;
use std::collections::VecDeque;
use std::sync::Arc;

/// What begins on a page of its own and ends before another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stream {
    /// The matter, for the folios.
    pub(crate) matter: Matter,
    /// Where its first page must lie.
    pub(crate) opens: Opens,
    /// What is read over its rectos.
    pub(crate) running: String,
    /// What it stacks.
    pub(crate) items: Vec<Item>,
    /// The notes that are first referred to in it, in order.
    pub(crate) notes: Vec<NoteFlow>,
    /// Whether its pages carry running heads and folios.
    pub(crate) bare: bool,
}

/// Where a stream begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Opens {
    /// On the next page.
    #[default]
    Page,
    /// On the next right-hand page.
    Recto,
}

/// Something that stands on the grid.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Lines of space over it, dropped at the top of a page.
    pub(crate) before: u16,
    /// How many lines that space may grow.
    pub(crate) flex: u16,
    /// What it costs to part it from the next item.
    pub(crate) parting: u32,
    /// Whether it stands over all columns, at the head of the first page.
    pub(crate) wide: bool,
    /// Places that lead to it.
    pub(crate) anchors: Vec<AnchorId>,
    /// What it is.
    pub(crate) body: Body,
    /// Where it is in the source.
    pub(crate) span: Span,
}

/// What an item is.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    /// Lines of text.
    Text(Box<TextItem>),
    /// Lines that stay empty, even at the top of a page.
    Space(u16),
    /// A pause: an ornament, always or where it stands at the edge of a page.
    Pause(Box<Pause>),
    /// A rule across the measure, drawn in a line of its own.
    Rule,
    /// A picture.
    Picture(PictureItem),
    /// A formula in two dimensions.
    Formula(Box<FormulaItem>),
    /// Rows of cells.
    Table(Box<TableItem>),
}

/// A pause between scenes.
#[derive(Debug, Clone)]
pub(crate) struct Pause {
    /// Whether the ornament always shows.
    pub(crate) always: bool,
    /// The ornament.
    pub(crate) mark: Arc<RichText>,
}

/// Lines of text with the way they are set.
#[derive(Debug, Clone)]
pub(crate) struct TextItem {
    /// The words.
    pub(crate) text: Arc<RichText>,
    /// Which leaves of the model its text is of: where each starts in `text`, and its number; sorted.
    pub(crate) leaves: SmallVec<[(u32, u32); 1]>,
    /// How far it stands in from the left edge of the measure.
    pub(crate) left: Pt,
    /// How far it stands in from the right edge.
    pub(crate) right: Pt,
    /// The indent of its first line.
    pub(crate) first: Pt,
    /// The indent of its other lines.
    pub(crate) rest: Pt,
    /// How its lines stand.
    pub(crate) setting: LineSetting,
    /// The distance of its baselines.
    pub(crate) pitch: Pt,
    /// Whether pages may break within it.
    pub(crate) whole: bool,
    /// The bullet, number or drop capital that stands beside its first lines.
    pub(crate) label: Option<Box<Label>>,
    /// The poem whose widest line centres it.
    pub(crate) poem: Option<u32>,
    /// The mark at the end of lines that go on in the next one (code).
    pub(crate) turn_mark: Option<Arc<RichText>>,
    /// What stands at the right end of the last line, with leaders before it.
    pub(crate) trailer: Option<Arc<RichText>>,
}

/// How lines stand in the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineSetting {
    /// To the full measure.
    Justified,
    /// Ragged at one or both sides.
    Ragged(Align),
}

/// What stands beside the first lines of an item.
#[derive(Debug, Clone)]
pub(crate) enum Label {
    /// A bullet or a number on the first line. It becomes a [`RichText`] where it is set: there may be a hundred thousand.
    Mark {
        /// Its words.
        words: Box<str>,
        /// How they look.
        style: Arc<TextStyle>,
        /// What they are.
        content: ContentId,
        /// How far its right edge stands from the left edge of the item's measure: negative in the margin of it.
        end: Pt,
    },
    /// A drop capital at the left edge, on the baseline of the last of so many lines, which make room for it.
    Initial {
        /// Its letters.
        text: Arc<RichText>,
        /// How many lines it is high.
        lines: u16,
    },
}

impl Label {
    /// Its words.
    pub(crate) fn text(&self) -> Arc<RichText> {
        match self {
            Label::Mark { words, style, content, .. } => {
                plain(words, Arc::clone(style), Owner::Content(*content)).into()
            }
            Label::Initial { text, .. } => Arc::clone(text),
        }
    }
}

/// A picture on the grid.
#[derive(Debug, Clone)]
pub(crate) struct PictureItem {
    /// What it is a part of.
    pub(crate) owner: Owner,
    /// Which: an index into the resources of the model.
    pub(crate) resource: u32,
    /// Its size on the page.
    pub(crate) width: Pt,
    /// Its height on the page.
    pub(crate) height: Pt,
    /// How far it stands in from the left edge of the measure.
    pub(crate) left: Pt,
    /// The distance of the lines whose room it takes.
    pub(crate) pitch: Pt,
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct TableItem {
    /// The rows; the first `head` of them are repeated on each page.
    pub(crate) rows: Vec<Vec<TableCell>>,
    /// How many rows head it.
    pub(crate) head: usize,
    /// How the columns stand.
    pub(crate) columns: Vec<Align>,
    /// How far it stands in from the left edge of the measure.
    pub(crate) left: Pt,
    /// The widest it may be.
    pub(crate) width: Pt,
    /// The type size, for the room between columns.
    pub(crate) size: Pt,
}

/// A cell.
#[derive(Debug, Clone)]
pub(crate) struct TableCell {
    /// Its words.
    pub(crate) text: Arc<RichText>,
    /// Its leaf.
    pub(crate) leaf: u32,
}

/// A heading must not stand at the foot of a page.
pub(crate) const HEADING_PARTED: u32 = 60_000;
/// A label or speaker without its text, a caption without its figure.
pub(crate) const PARTED: u32 = 20_000;

/// What all builders of the flow share.
pub(crate) struct Context<'a> {
    pub(crate) document: &'a Document,
    pub(crate) style: &'a Style,
    pub(crate) structure: Structure,
    /// How many leaves were met so far.
    pub(crate) leaf: u32,
    /// The number of each note, from 1 in each chapter, by the index of the note; 0 for none yet.
    pub(crate) note_numbers: Vec<u32>,
    /// How many notes the chapter has so far.
    pub(crate) notes_in_chapter: u32,
    /// Notes that were referred to and have no place in the structure yet.
    pub(crate) pending_notes: VecDeque<u32>,
    /// The number of the first leaf of each note.
    pub(crate) note_leaves: Vec<u32>,
    /// How many poems there are.
    pub(crate) poems: u32,
    /// The stream in the making.
    pub(crate) stream: Stream,
    /// The lines of space that the last item asked for.
    pub(crate) gap: u16,
    /// Places that lead to the next item.
    pub(crate) anchors: Vec<AnchorId>,
}

impl<'a> Context<'a> {
    /// A builder with nothing built yet.
    pub(crate) fn new(document: &'a Document, style: &'a Style, structure: Structure) -> Context<'a> {
        Context {
            document,
            style,
            structure,
            leaf: 0,
            note_numbers: vec![0; document.notes.len()],
            notes_in_chapter: 0,
            pending_notes: VecDeque::new(),
            note_leaves: Vec::new(),
            poems: 0,
            stream: Stream::default(),
            gap: 0,
            anchors: Vec::new(),
        }
    }

    /// The number of the next leaf.
    pub(crate) fn next_leaf(&mut self) -> u32 {
        self.leaf += 1;
        self.leaf - 1
    }

    /// A new piece of text of its own in `node`.
    pub(crate) fn content(&mut self, node: NodeId) -> ContentId {
        self.structure.push_content(node)
    }

    /// Makes it cost so much to part the last item from the next.
    pub(crate) fn part_last(&mut self, cost: u32) {
        if let Some(item) = self.stream.items.last_mut() {
            item.parting = cost;
        }
    }

    /// The picture with this number.
    pub(crate) fn resource(&self, index: u32) -> Option<&Resource> {
        self.document.resources.get(index as usize)
    }

    /// The style of running text.
    pub(crate) fn body_style(&self) -> TextStyle {
        let style = TextStyle::new(self.style.size, self.document.meta.language.clone());
        TextStyle { figures: self.style.figures, ..style }
    }
}

impl Item {
    /// An item with nothing around it.
    pub(crate) fn new(body: Body, span: Span) -> Item {
        Item { before: 0, flex: 0, parting: 0, wide: false, anchors: Vec::new(), body, span }
    }
}

impl TextItem {
    /// Running text over the full measure.
    pub(crate) fn new(text: impl Into<Arc<RichText>>, setting: LineSetting, pitch: Pt) -> TextItem {
        TextItem {
            text: text.into(),
            leaves: SmallVec::new(),
            left: Pt::ZERO,
            right: Pt::ZERO,
            first: Pt::ZERO,
            rest: Pt::ZERO,
            setting,
            pitch,
            whole: false,
            label: None,
            poem: None,
            turn_mark: None,
            trailer: None,
        }
    }
}
