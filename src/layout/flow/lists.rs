//! Lists → items, their labels before the first line of each.

use super::blocks::Place;
use super::{Body, Context, Inliner, Item, Label, LineSetting, PARTED, TextItem};
use crate::geom::Pt;
use crate::layout::text::TextStyle;
use crate::model::{Definitions, List, ListItem, ListKind, Numbering};
use crate::paged::{ListNumbering, NodeId, Role};
use crate::source::Span;
use crate::style::Align;
use std::sync::Arc;

/// How far the meaning of a term stands in, in ems.
const DEFINITION: f32 = 1.5;

impl Context<'_> {
    pub(super) fn list(&mut self, list: &List, place: &mut Place) {
        let numbering = match list.kind {
            ListKind::Bullet => ListNumbering::Disc,
            ListKind::Ordered { .. } => ListNumbering::Decimal,
        };
        let node = self.structure.push(place.node, Role::List { numbering });
        let em = place.style.size;
        let last = match list.kind {
            ListKind::Bullet => 0,
            ListKind::Ordered { start, .. } => start.saturating_add(list.items.len() as u32),
        };
        // Room for the widest number there is.
        let room = match (list.kind, last) {
            (ListKind::Bullet, _) if list.items.iter().any(|item| item.task().is_some()) => em * 1.6,
            (ListKind::Bullet, _) => em * 1.2,
            (ListKind::Ordered { numbering: Numbering::LowerRoman | Numbering::UpperRoman, .. }, _) => em * 2.6,
            (_, 0..=9) => em * 1.4,
            (_, 10..=99) => em * 1.9,
            (_, _) => em * 2.5,
        };
        if place.lists == 0 {
            self.after(1, place);
        }
        let left = self.inset(place, place.left, room);
        for (number, item) in list.items.iter().enumerate() {
            // The box of a task is its bullet; behind a number it stays with the words.
            let task = item.task().filter(|_| list.kind == ListKind::Bullet);
            let label = match (task, list.kind) {
                (Some(sign), _) => sign.to_string(),
                (None, ListKind::Bullet) => bullet(place.lists).to_owned(),
                (None, ListKind::Ordered { start, numbering }) => {
                    format!("{}.", numbering.numeral(start.saturating_add(number as u32)))
                }
            };
            let lists = place.lists.saturating_add(1);
            let inner = Place { left, follows: false, opens: false, lists, boxed: task.is_some(), ..place.clone() };
            self.list_item(item, &label, node, list.span, inner);
        }
        if place.lists == 0 {
            self.after(1, place);
        }
        place.follows = true;
    }

    fn list_item(&mut self, item: &ListItem, label: &str, list: NodeId, span: Span, mut place: Place) {
        let node = self.structure.push(list, Role::ListItem);
        let label_node = self.structure.push(node, Role::ListLabel);
        let content = self.content(label_node);
        place.node = self.structure.push(node, Role::ListBody);
        let end = place.style.size * -0.5;
        let label = Label::Mark { words: format!("{label} ").into(), style: Arc::clone(&place.style), content, end };
        let at = self.stream.items.len();
        self.blocks(&item.blocks, &mut place);
        // The label goes to the first line of the item; where that is no text, it gets a line of its own.
        match self.stream.items.get_mut(at).map(|item| &mut item.body) {
            Some(Body::Text(text)) if text.label.is_none() => {
                text.first = Pt::ZERO;
                text.label = Some(label.into());
            }
            _ => {
                let mut text = TextItem::new(label.text(), LineSetting::Ragged(Align::Start), place.pitch);
                text.left = place.left;
                let mut item = Item::new(Body::Text(Box::new(text)), span);
                item.parting = PARTED;
                let at = at.min(self.stream.items.len());
                self.stream.items.insert(at, item);
            }
        }
    }

    /// Terms in bold at the margin, what they mean below them and further in.
    pub(super) fn definitions(&mut self, list: &Definitions, place: &mut Place) {
        let node = self.structure.push(place.node, Role::List { numbering: ListNumbering::Term });
        if place.lists == 0 {
            self.after(1, place);
        }
        for entry in &list.entries {
            let item = self.structure.push(node, Role::ListItem);
            let label = self.structure.push(item, Role::ListLabel);
            for term in &entry.terms {
                let style = TextStyle { bold: true, ..TextStyle::clone(&place.style) };
                let mut inliner = Inliner::new(self, label, style);
                inliner.leaf(term);
                let mut text = inliner.item(LineSetting::Ragged(Align::Start), place.pitch);
                (text.left, text.right) = (place.left, place.right);
                self.push_text(text, 0, list.span, place);
                self.part_last(PARTED);
            }
            if entry.meanings.is_empty() {
                continue;
            }
            let body = self.structure.push(item, Role::ListBody);
            let left = self.inset(place, place.left, place.style.size * DEFINITION);
            let lists = place.lists.saturating_add(1);
            for meaning in &entry.meanings {
                let mut inner = Place { node: body, left, follows: false, opens: false, lists, ..place.clone() };
                self.blocks(&meaning.blocks, &mut inner);
            }
        }
        if place.lists == 0 {
            self.after(1, place);
        }
        place.follows = true;
        self.flush_notes_of(place);
    }
}

fn bullet(depth: u8) -> &'static str {
    if depth.is_multiple_of(2) { "•" } else { "–" }
}
