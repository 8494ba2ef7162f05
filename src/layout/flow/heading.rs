//! Headings and openings.

use super::blocks::Place;
use super::inline::looked;
use super::{Body, Context, HEADING_PARTED, Inliner, Item, LineSetting};
use crate::geom::Pt;
use crate::model::{Heading, Inline, SectionRole};
use crate::paged::{NodeId, Role};
use crate::source::Span;
use crate::style::TextStyle as Look;

/// The leading of large type against its size: Bringhurst sets titles close.
const TITLE_LEADING: f32 = 1.18;

impl Context<'_> {
    /// Stacks the heading of a section that opens a page: sunk, its label over its title.
    pub(crate) fn opening_heading(&mut self, heading: &Heading, role: SectionRole, level: u8, place: &Place) {
        let node = self.structure.push(place.node, Role::Heading(level));
        let look = self.style.look.clone();
        let part = matches!(role, SectionRole::Part | SectionRole::Volume);
        let lines = f32::from(self.style.geometry.lines);
        let sink = (lines * if part { 0.3 } else { look.sink }).round() as u16;
        self.push(Item { parting: HEADING_PARTED, ..Item::new(Body::Space(sink), heading.span) }, 0, place);
        let title = if heading.title.is_empty() { look.opening } else { look.label };
        self.heading_line(&heading.label, node, &title, 0, heading.span, place);
        let gap = u16::from(!heading.label.is_empty());
        self.heading_line(&heading.title, node, &look.opening, gap, heading.span, place);
        self.heading_line(&heading.subtitle, node, &look.opening_subtitle, 1, heading.span, place);
        // What follows starts on the same line of most chapters: those whose heading has one line of each kind.
        self.gap = if part { 3 } else { 2 };
        self.flush_notes(place.node);
    }

    /// Stacks the heading of a section that goes on on the same page. Its label stands in the line of its title.
    pub(crate) fn running_heading(&mut self, heading: &Heading, level: u8, depth: usize, place: &Place) {
        let node = self.structure.push(place.node, Role::Heading(level));
        let headings = self.style.look.headings;
        let look = headings.get(depth).or(headings.last()).copied().unwrap_or(self.style.look.opening);
        let (style, pitch) = (looked(&place.style, &look), self.heading_pitch(&look, place));
        let mut inliner = Inliner::new(self, node, style);
        for (number, line) in heading.lines().enumerate() {
            if number > 0 {
                inliner.extra(" ");
            }
            inliner.leaf(line);
        }
        let mut text = inliner.item(LineSetting::Ragged(look.align), pitch);
        text.whole = true;
        let before = if depth == 0 { 2 } else { 1 };
        self.push_text(text, before, heading.span, place);
        self.part_last(HEADING_PARTED);
        self.gap = u16::from(depth == 0);
        self.flush_notes(place.node);
    }

    /// One line of a heading, as an item of its own.
    pub(crate) fn heading_line(
        &mut self,
        content: &[Inline],
        node: NodeId,
        look: &Look,
        before: u16,
        span: Span,
        place: &Place,
    ) {
        if content.is_empty() {
            return;
        }
        let (style, pitch) = (looked(&place.style, look), self.heading_pitch(look, place));
        let mut inliner = Inliner::new(self, node, style);
        inliner.leaf(content);
        // What comes next in the same heading is another word.
        inliner.extra(" ");
        let mut text = inliner.item(LineSetting::Ragged(look.align), pitch);
        text.whole = true;
        self.push_text(text, before, span, place);
        self.part_last(HEADING_PARTED);
    }

    /// The distance of baselines in a heading: that of running text, unless its type is larger.
    pub(crate) fn heading_pitch(&self, look: &Look, place: &Place) -> Pt {
        let size = place.style.size * look.scale;
        if look.scale > 1.1 { (size * TITLE_LEADING).max(place.pitch) } else { place.pitch }
    }
}
