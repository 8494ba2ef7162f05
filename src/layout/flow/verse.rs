//! Verse and speeches → items.

use super::blocks::{HANG, Place, setting};
use super::{Context, Inliner, LineSetting, PARTED};
use crate::layout::text::TextStyle;
use crate::model::{Block, ParagraphRole, Speech, Verse, VerseLine};
use crate::paged::{NodeId, Role};
use crate::source::Span;
use crate::style::Align;

/// How far the lines of a verse line that is turned over stand in, in ems; also a level of indent.
const TURN_OVER: f32 = 2.0;
const VERSE_LEVEL: f32 = 1.2;

impl Context<'_> {
    pub(super) fn verse(&mut self, verse: &Verse, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Division);
        let poem = self.poems;
        self.poems += 1;
        self.after(1, place);
        for stanza in &verse.stanzas {
            let division = if verse.stanzas.len() > 1 { self.structure.push(node, Role::Division) } else { node };
            let count = stanza.lines.len();
            for (number, line) in stanza.lines.iter().enumerate() {
                self.verse_line(line, division, poem, verse.span, place);
                // Stanzas stay together; one that must be parted keeps two lines at either end.
                let at_end = number == 0 || number + 2 == count;
                let parting = match (number + 1 == count, at_end, count) {
                    (true, _, _) => 0,
                    (_, true, _) => 9_000,
                    (_, false, ..=8) => 1_500,
                    (_, false, _) => 300,
                };
                self.part_last(parting);
            }
            self.after(1, place);
        }
        place.follows = true;
        self.flush_notes_of(place);
    }

    fn verse_line(&mut self, line: &VerseLine, node: NodeId, poem: u32, span: Span, place: &Place) {
        let node = self.structure.push(node, Role::VerseLine);
        let em = place.style.size;
        let indent = em * (VERSE_LEVEL * f32::from(line.indent.min(12)));
        let mut inliner = Inliner::new(self, node, place.style.clone());
        inliner.leaf(&line.content);
        let mut text = inliner.item(LineSetting::Ragged(Align::Start), place.pitch);
        (text.left, text.right) = (place.left, place.right);
        text.first = indent.min(self.style.geometry.measure * 0.4);
        text.rest = text.first + em * TURN_OVER;
        text.poem = Some(poem);
        self.push_text(text, 0, span, place);
    }

    pub(super) fn speech(&mut self, speech: &Speech, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Division);
        let mut inner = Place { node, follows: false, opens: false, ..place.clone() };
        let (first, rest) = match speech.blocks.split_first() {
            Some((Block::Paragraph(paragraph), rest)) if is_spoken(paragraph.role) => (Some(paragraph), rest),
            _ => (None, speech.blocks.as_slice()),
        };
        let paragraph = self.structure.push(node, Role::Paragraph);
        let name = TextStyle { small_caps: true, tracking: crate::geom::Em(0.04), ..TextStyle::clone(&place.style) };
        let mut inliner = Inliner::new(self, paragraph, name);
        inliner.leaf(&speech.speaker);
        inliner.restyle(place.style.clone());
        if let Some(paragraph) = first {
            inliner.extra(" ");
            inliner.leaf(&paragraph.content);
        }
        let mut text = inliner.item(setting(place.justify), place.pitch);
        (text.left, text.right) = (place.left, place.right);
        text.rest = place.style.size * HANG;
        self.push_text(text, 0, speech.span, place);
        if first.is_none() && !rest.is_empty() {
            self.part_last(PARTED);
        }
        self.flush_notes_of(&inner);
        inner.left = self.inset(place, place.left, place.style.size * HANG);
        self.blocks(rest, &mut inner);
        place.follows = true;
    }
}

fn is_spoken(role: ParagraphRole) -> bool {
    matches!(role, ParagraphRole::Body | ParagraphRole::Continued)
}
