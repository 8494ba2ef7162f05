//! Notes: numbered by chapter, put into the structure behind the block that refers to them, set at the foot of the page.

use super::{Body, Context, Item};
use crate::geom::Pt;
use crate::model::NoteId;
use crate::paged::{NodeId, Role, note_anchor};

/// A note ready to be set.
#[derive(Debug, Clone)]
pub(crate) struct NoteFlow {
    /// Which note.
    pub(crate) note: u32,
    /// Its texts, tables and pictures.
    pub(crate) items: Vec<Item>,
}

/// The type of notes against that of running text.
pub(crate) const NOTE_SIZE: f32 = 0.82;
/// The leading of notes against that of running text.
pub(crate) const NOTE_LEADING: f32 = 0.82;

impl Context<'_> {
    /// The number of a note in its chapter; a note that is met for the first time gets the next one and will be set at the
    /// foot of the page.
    pub(crate) fn note_number(&mut self, note: NoteId) -> u32 {
        let Some(number) = self.note_numbers.get_mut(note.0 as usize) else { return 0 };
        if *number == 0 {
            self.notes_in_chapter += 1;
            *number = self.notes_in_chapter;
            self.pending_notes.push_back(note.0);
        }
        *number
    }

    /// Puts the notes that were referred to since the last call into `parent`.
    pub(crate) fn flush_notes(&mut self, parent: NodeId) {
        // A note may refer to notes itself: those follow it on the same page.
        while let Some(note) = self.pending_notes.pop_front() {
            let later = std::mem::take(&mut self.pending_notes);
            let mut items = self.note_items(note, parent);
            while let Some(inner) = self.pending_notes.pop_front() {
                items.append(&mut self.note_items(inner, parent));
            }
            self.pending_notes = later;
            self.stream.notes.push(NoteFlow { note, items });
        }
    }

    fn note_items(&mut self, index: u32, parent: NodeId) -> Vec<Item> {
        let document = self.document;
        let Some(note) = document.notes.get(index as usize) else { return Vec::new() };
        let number = self.note_numbers.get(index as usize).copied().unwrap_or(0);
        let node = self.structure.push(parent, Role::Note(index));
        // Notes are the last leaves of the document, whatever page they stand on.
        let leaf = std::mem::replace(&mut self.leaf, self.note_leaves.get(index as usize).copied().unwrap_or(0));
        let outer = std::mem::take(&mut self.stream.items);
        let anchors = std::mem::take(&mut self.anchors);
        self.anchors.push(note_anchor(index));
        let gap = self.gap;
        self.note_blocks(&note.blocks, node, number, index);
        (self.gap, self.anchors) = (gap, anchors);
        self.leaf = leaf;
        // What needs the grid of the page has no place at its foot.
        let mut items = std::mem::replace(&mut self.stream.items, outer);
        items.retain(|item| matches!(item.body, Body::Text(_) | Body::Table(_) | Body::Picture(_)));
        items
    }

    /// The leading of notes.
    pub(crate) fn note_pitch(&self) -> Pt {
        self.style.geometry.leading * NOTE_LEADING
    }
}
