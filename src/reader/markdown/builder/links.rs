//! Links and notes: from labels to what they lead to.

use super::super::inline::Mark;
use super::super::sections::Anchors;
use super::{Builder, shortened};
use crate::diag::{Code, Diagnostics};
use crate::model::{AnchorId, Block, Document, Inline, Note, Target, is_allowed, is_allowed_address, unlink};
use crate::source::Span;
use std::collections::HashMap;

impl Builder<'_> {
    /// The number of the note with this label: in the order in which labels are met.
    pub(super) fn note_number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.note_numbers.get(label) {
            return *number;
        }
        let number = self.notes.len() as u32;
        self.notes.push(None);
        self.note_numbers.insert(label.to_owned(), number);
        number
    }

    pub(super) fn link(&mut self, address: &str, span: Span) -> Mark {
        let address: String = address.chars().filter(|c| is_allowed(*c)).collect();
        let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        });
        if is_allowed_address(&address) {
            return Mark::Link(Target::External(address));
        }
        if let Some(place) = address.strip_prefix('#').filter(|place| !place.is_empty()) {
            self.has_internal_links = true;
            return Mark::Link(Target::Internal(AnchorId(format!("#{place}"))));
        }
        if self.keep_file_links && !has_scheme && !address.starts_with(['/', '\\']) && !address.is_empty() {
            return Mark::Link(Target::Internal(AnchorId(address)));
        }
        self.refuse(&address, span);
        Mark::Nothing
    }

    pub(super) fn refuse(&mut self, address: &str, span: Span) {
        self.diagnostics.warn(
            Code::LinkRefused,
            Some(span),
            format!("the link to “{}” is dropped and its text kept", shortened(address)),
            "link to http, https or mailto addresses, or to a #heading of this text",
        );
    }
}

/// The notes in the order of their numbers; what is referred to and nowhere written is its own label.
pub(super) fn finish_notes(notes: Vec<Option<Note>>, numbers: &HashMap<String, u32>) -> Vec<Note> {
    let mut labels = vec![""; notes.len()];
    for (label, number) in numbers {
        if let Some(place) = labels.get_mut(*number as usize) {
            *place = label;
        }
    }
    let written = |(note, label): (Option<Note>, &str)| {
        let label = label.chars().filter(|c| is_allowed(*c)).collect::<String>();
        let note = note.unwrap_or_else(|| {
            let text = vec![Inline::text(format!("[^{label}]"))];
            Note { label: None, blocks: vec![Block::paragraph(text, Span::default())], span: Span::default() }
        });
        Note { label: Some(label).filter(|label| !label.is_empty()), ..note }
    };
    notes.into_iter().zip(labels).map(written).collect()
}

/// Leads links within the text to their anchors; those that lead nowhere give their text alone.
pub(super) fn resolve_links(
    document: &mut Document,
    anchors: &Anchors,
    keeps_files: bool,
    diagnostics: &mut Diagnostics,
) {
    let mut leads = |inline: &mut Inline, span: Span| {
        let Inline::Link(link) = inline else { return true };
        let Target::Internal(AnchorId(place)) = &mut link.target else { return true };
        match place.strip_prefix('#').map(|written| anchors.resolve(written)) {
            Some(Some(anchor)) => *place = anchor.0.clone(),
            None if keeps_files => {}
            None | Some(None) => {
                diagnostics.warn(
                    Code::LinkRefused,
                    Some(span),
                    format!("the link to “{}” leads to no heading of this text", shortened(place)),
                    "give the words of a heading in small letters with hyphens, or its {#id}",
                );
                return false;
            }
        }
        true
    };
    document.for_each_inlines_mut(&mut |inlines, span| unlink(inlines, |inline| leads(inline, span)));
}
