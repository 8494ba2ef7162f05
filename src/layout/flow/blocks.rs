//! Blocks → items.

use super::initial;
use super::inline::{looked, plain};
use super::notes::NOTE_SIZE;
use super::{Body, Context, Inliner, Item, Label, LineSetting, PARTED, Pause, TextItem};
use crate::geom::Pt;
use crate::layout::text::TextStyle;
use crate::model::{Block, Paragraph, ParagraphRole, Quote, QuoteKind, SceneBreak};
use crate::paged::{Artifact, NodeId, Owner, Role};
use crate::source::Span;
use crate::style::Align;
use std::sync::Arc;

/// Where blocks stand and what their text looks like.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The node they belong to.
    pub(crate) node: NodeId,
    /// How far they stand in.
    pub(crate) left: Pt,
    /// The same at the right.
    pub(crate) right: Pt,
    /// Running text.
    pub(crate) style: Arc<TextStyle>,
    /// The distance of baselines.
    pub(crate) pitch: Pt,
    /// Whether their lines fill the measure.
    pub(crate) justify: bool,
    /// Whether the last paragraph counts as one that the next follows with an indent.
    pub(crate) follows: bool,
    /// Whether the first words of the next paragraph open a chapter.
    pub(crate) opens: bool,
    /// How deep lists are nested.
    pub(crate) lists: u8,
    /// Whether this is the foot of a page.
    pub(crate) note: bool,
    /// Whether the next paragraph begins with the box of a task, which stands beside it.
    pub(crate) boxed: bool,
}

impl Place {
    /// Ragged lines over the full measure, the first of them a beginning.
    pub(super) fn new(node: NodeId, style: impl Into<Arc<TextStyle>>, pitch: Pt) -> Place {
        Place {
            node,
            left: Pt::ZERO,
            right: Pt::ZERO,
            style: style.into(),
            pitch,
            justify: false,
            follows: false,
            opens: false,
            lists: 0,
            note: false,
            boxed: false,
        }
    }
}

/// How far quotes stand in, in ems.
const QUOTE_INSET: f32 = 1.5;
/// How far the lines of a speech or a reference stand in behind the first, in ems.
pub(super) const HANG: f32 = 1.5;
/// The type of tables and code against that of running text.
pub(super) const SMALL: f32 = 0.9;
/// What nesting leaves of the measure, in ems: deeper levels are set flat.
const NARROWEST: f32 = 14.0;

impl Context<'_> {
    /// Stacks blocks.
    pub(crate) fn blocks(&mut self, blocks: &[Block], place: &mut Place) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, place),
                Block::Quote(quote) => self.quote(quote, place),
                Block::Verse(verse) => self.verse(verse, place),
                Block::Speech(speech) => self.speech(speech, place),
                Block::List(list) => self.list(list, place),
                Block::Definitions(list) => self.definitions(list, place),
                Block::Code(code) => self.code(code, place),
                Block::Math(math) => self.math(math, place),
                Block::Table(table) => self.table(table, place),
                Block::Figure(figure) => self.figure(figure, place),
                Block::SceneBreak(pause) => self.pause(pause, place),
            }
            if !matches!(block, Block::Paragraph(_)) {
                place.opens = false;
            }
        }
    }

    /// Stacks the blocks of a note, its number before the first.
    pub(crate) fn note_blocks(&mut self, blocks: &[Block], node: NodeId, number: u32, index: u32) {
        let style = TextStyle { size: self.style.size * NOTE_SIZE, ..self.body_style() };
        let place = Place::new(node, style, self.note_pitch());
        let mut place = Place { justify: self.style.justify, follows: true, note: true, ..place };
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph(paragraph), rest)) => (Some(paragraph), rest),
            _ => (None, blocks),
        };
        let span = blocks.first().map_or_else(Span::default, Block::span);
        let leaf = first.map(|_| self.next_leaf());
        let label = self.structure.push(node, Role::NoteLabel);
        let paragraph = self.structure.push(node, Role::Paragraph);
        let mut inliner = Inliner::new(self, paragraph, place.style.clone());
        inliner.note_label(label, number, index);
        if let (Some(paragraph), Some(leaf)) = (first, leaf) {
            inliner.leaf_numbered(&paragraph.content, leaf);
        }
        let mut text = inliner.item(setting(place.justify), place.pitch);
        text.first = Pt(place.style.size.0);
        self.push_text(text, 0, span, &place);
        self.blocks(rest, &mut place);
    }

    fn paragraph(&mut self, paragraph: &Paragraph, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Paragraph);
        let em = place.style.size;
        let mut style = place.style.clone();
        let mut setting = setting(place.justify);
        let (mut first, mut left, mut right) = (Pt::ZERO, place.left, place.right);
        let (mut before, mut after, mut parting) = (0, 0, 0);
        let mut follows = false;
        match paragraph.role {
            ParagraphRole::Body => {
                if place.follows {
                    first = self.style.look.indent.at(em);
                }
                follows = true;
            }
            ParagraphRole::Continued => follows = true,
            ParagraphRole::Standfirst => {
                let look = self.style.look.standfirst;
                style = looked(&style, &look).into();
                setting = LineSetting::Ragged(look.align);
                after = 1;
            }
            ParagraphRole::Centered => setting = LineSetting::Ragged(Align::Center),
            ParagraphRole::DateLine | ParagraphRole::Signature | ParagraphRole::Attribution => {
                setting = LineSetting::Ragged(Align::End);
                left = self.inset(place, left, em * 4.0);
                if paragraph.role == ParagraphRole::Attribution {
                    Arc::make_mut(&mut style).small_caps = !place.note;
                } else {
                    right += em;
                }
            }
            ParagraphRole::Address => setting = LineSetting::Ragged(Align::Start),
            ParagraphRole::Salutation => parting = PARTED,
            ParagraphRole::StageDirection => {
                Arc::make_mut(&mut style).italic = !place.style.italic;
                left = self.inset(place, left, em * HANG);
            }
            ParagraphRole::Argument => {
                Arc::make_mut(&mut style).italic = !place.style.italic;
                left = self.inset(place, left, em * QUOTE_INSET);
                right += left - place.left;
                before = 1;
                after = 1;
                parting = PARTED;
            }
        }
        let text_style = style.clone();
        let opens = place.opens && matches!(paragraph.role, ParagraphRole::Body | ParagraphRole::Continued);
        let caps = opens && self.style.look.opening_caps;
        let initial = (opens && self.style.drop_caps).then(|| initial::size(self.style, &paragraph.content)).flatten();
        let mut inliner = Inliner::new(self, node, style);
        if caps {
            inliner.open_in_caps(&paragraph.content);
        }
        inliner.open_with_initial(initial);
        inliner.without_box = std::mem::take(&mut place.boxed);
        inliner.leaf(&paragraph.content);
        let initial = inliner.initial.take();
        let mut text = inliner.item(setting, place.pitch);
        text.first = if initial.is_some() { Pt::ZERO } else { first };
        text.label = initial.map(|text| Label::Initial { text: text.into(), lines: initial::LINES }.into());
        (text.left, text.right) = (left, right);
        let tall = text_style.size.0 > place.style.size.0 * 1.02;
        if tall {
            text.pitch = Pt(text_style.size.0 * 1.25).max(place.pitch);
            text.whole = true;
        }
        let under_title = self.stream.items.last().is_some_and(|item| item.wide);
        self.push_text(text, before, paragraph.span, place);
        if under_title && paragraph.role == ParagraphRole::Standfirst {
            self.widen();
        }
        if parting > 0 {
            self.part_last(parting);
        }
        self.after(after, place);
        place.follows = follows;
        place.opens = false;
        self.flush_notes_of(place);
    }

    /// Stacks text; the space that the item before asked for, or `before`, parts the two.
    pub(crate) fn push_text(&mut self, text: TextItem, before: u16, span: Span, place: &Place) {
        let item = Item::new(Body::Text(Box::new(text)), span);
        self.push(item, before, place);
    }

    /// Stacks an item.
    pub(crate) fn push(&mut self, mut item: Item, before: u16, place: &Place) {
        let gap = std::mem::take(&mut self.gap).max(before);
        if !place.note {
            item.before = gap;
            item.flex = u16::from(gap > 0);
        }
        item.anchors = std::mem::take(&mut self.anchors);
        self.stream.items.push(item);
    }

    /// Sets what has been stacked so far over all columns.
    pub(crate) fn widen(&mut self) {
        let columns = self.style.geometry.columns;
        self.stream.items.iter_mut().for_each(|item| item.wide = columns > 1);
    }

    /// Asks for space after the last item.
    pub(crate) fn after(&mut self, lines: u16, place: &Place) {
        if !place.note {
            self.gap = self.gap.max(lines);
        }
    }

    /// Notes go behind the block that refers to them; those of notes wait for the end of the note.
    pub(super) fn flush_notes_of(&mut self, place: &Place) {
        if !place.note {
            self.flush_notes(place.node);
        }
    }

    /// How far something stands in that is to stand in by `more`: no further where that would leave too narrow a measure.
    pub(super) fn inset(&self, place: &Place, now: Pt, more: Pt) -> Pt {
        let narrowest = self.style.size * NARROWEST;
        let measure = self.style.geometry.measure - place.right;
        if measure - now - more < narrowest { now } else { now + more }
    }

    fn quote(&mut self, quote: &Quote, place: &mut Place) {
        let node = self.structure.push(place.node, Role::BlockQuote);
        let em = self.style.size;
        let mut inner = Place { node, follows: false, opens: false, ..place.clone() };
        match quote.kind {
            QuoteKind::Quotation | QuoteKind::Letter => {
                inner.left = self.inset(place, place.left, em * QUOTE_INSET);
                inner.right = place.right + (inner.left - place.left);
            }
            QuoteKind::Epigraph => {
                inner.left = self.inset(place, place.left, self.style.geometry.measure * 0.3);
                inner.justify = false;
                Arc::make_mut(&mut inner.style).size = place.style.size * SMALL;
            }
        }
        self.after(1, place);
        self.blocks(&quote.blocks, &mut inner);
        self.after(if quote.kind == QuoteKind::Epigraph { 2 } else { 1 }, place);
        place.follows = true;
    }

    fn pause(&mut self, pause: &SceneBreak, place: &mut Place) {
        if place.note {
            return;
        }
        let ornament = self.style.look.ornament;
        let mark = plain(ornament.mark, place.style.clone(), Owner::Artifact(Artifact::Layout));
        let around = u16::from(ornament.always);
        let body = Body::Pause(Box::new(Pause { always: ornament.always, mark: mark.into() }));
        self.push(Item::new(body, pause.span), around, place);
        if let Some(item) = self.stream.items.last_mut() {
            item.flex = u16::from(ornament.always);
        }
        self.after(around, place);
        place.follows = false;
    }
}

pub(super) fn setting(justify: bool) -> LineSetting {
    if justify { LineSetting::Justified } else { LineSetting::Ragged(Align::Start) }
}
