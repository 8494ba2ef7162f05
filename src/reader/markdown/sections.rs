//! Headings → nested sections with anchors.

use crate::model::{AnchorId, Block, Heading, Inline, Section, SectionRole, plain_text};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// Sections in the making: those that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Sections {
    done: Vec<Section>,
    open: Vec<(u8, Section)>,
    anchors: Anchors,
}

/// The names of places, as links write them and as the document has them.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// `#as-links-write-it` → the anchor.
    known: HashMap<String, AnchorId>,
    taken: HashSet<AnchorId>,
    /// How often a heading of the same words was met.
    repeats: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of a heading: the id that was given, else one from its words. Links may use either form.
    fn of_heading(&mut self, title: &[Inline], given: Option<&str>) -> AnchorId {
        let slug = slug(&plain_text(title));
        let repeat = self.repeats.entry(slug.clone()).or_default();
        // As on GitHub: the second heading of the same words is `words-1`.
        let written = if *repeat == 0 { slug } else { format!("{slug}-{repeat}") };
        *repeat += 1;
        let id = self.unique(given.unwrap_or(&written));
        if let Some(given) = given {
            self.known.insert(given.to_owned(), id.clone());
        }
        self.known.entry(written).or_insert_with(|| id.clone());
        id
    }

    /// A valid anchor that no other place has, as near to `wanted` as may be.
    fn unique(&mut self, wanted: &str) -> AnchorId {
        let mut base: String = wanted.chars().map(|c| if may_stand_in_id(c) { c } else { '-' }).collect();
        if !base.starts_with(|c: char| c.is_ascii_alphabetic() || !c.is_ascii() && c.is_alphabetic()) {
            base.insert_str(0, "s-");
        }
        let mut id = AnchorId(base.clone());
        let mut number = self.repeats.get(&base).copied().unwrap_or(0).max(1);
        while !self.taken.insert(id.clone()) {
            number += 1;
            id = AnchorId(format!("{base}-x{number}"));
        }
        // The next of this name starts to count where this one ended: many of one name take linear time.
        if number > 1 {
            self.repeats.insert(base, number);
        }
        id
    }

    /// The anchor that a link means, without its `#`.
    pub(super) fn resolve(&self, written: &str) -> Option<&AnchorId> {
        self.known.get(written)
    }
}

/// Whether a character is a letter or digit that XML 1.0 and the model allow in an id.
fn may_stand_in_id(c: char) -> bool {
    match c {
        '-' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{3001}'..='\u{D7FF}' => {
            c.is_alphabetic()
        }
        _ => false,
    }
}

/// The words of a heading as GitHub makes an address of them.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

impl Sections {
    /// Opens the section of a heading; those of its level and below end.
    pub(super) fn heading(&mut self, level: u8, title: Vec<Inline>, given: Option<&str>, span: Span) {
        self.close(level);
        let id = self.anchors.of_heading(&title, given);
        let section = Section { heading: Some(Heading::of(title, span)), span, ..Section::with_id(id) };
        self.open.push((level, section));
    }

    /// Appends a block to the innermost section; text before the first heading has a section without one.
    pub(super) fn push(&mut self, block: Block) {
        let span = block.span();
        if self.open.is_empty() {
            let id = self.anchors.unique("start");
            // Level 7: every heading ends it.
            self.open.push((7, Section { span, ..Section::with_id(id) }));
        }
        if let Some((_, section)) = self.open.last_mut() {
            section.span = section.span.to(span);
            section.blocks.push(block);
        }
    }

    fn close(&mut self, level: u8) {
        while let Some((_, mut section)) = self.open.pop_if(|(open, _)| *open >= level) {
            // There may be a hundred thousand of one block, with room for four.
            section.blocks.shrink_to_fit();
            match self.open.last_mut() {
                Some((_, parent)) => {
                    parent.span = parent.span.to(section.span);
                    parent.children.push(section);
                }
                None => self.done.push(section),
            }
        }
    }

    /// The sections, and the title with its place: words of a first heading that is the only one of its level, or stands above all others.
    /// Its section then gives way to what is in it. Several headings of the first level are chapters.
    pub(super) fn finish(mut self, title: &str) -> (Vec<Section>, Option<(String, Span)>, Anchors) {
        self.close(0);
        let mut sections = self.done;
        let found = take_title(&mut sections, title, &mut self.anchors);
        let is_book = sections.iter().filter(|section| section.heading.is_some()).count() > 1
            && sections.iter().any(|section| !section.children.is_empty())
            && found.is_none();
        for section in &mut sections {
            if is_book && section.heading.is_some() {
                section.role = SectionRole::Chapter;
            }
        }
        (sections, found, self.anchors)
    }
}

/// Makes the only top section's heading the title, if nothing stands before it and no other title is known.
fn take_title(sections: &mut Vec<Section>, known: &str, anchors: &mut Anchors) -> Option<(String, Span)> {
    let [section] = sections.as_mut_slice() else { return None };
    let heading = section.heading.as_ref()?;
    let (title, span) = (plain_text(&heading.title), heading.span);
    let is_plain = heading.title.iter().all(|inline| !matches!(inline, Inline::NoteRef(_) | Inline::Image { .. }));
    if title.trim().is_empty() || !is_plain || !known.is_empty() && known != title {
        return None;
    }
    let children = std::mem::take(&mut section.children);
    let old = section.id.clone();
    section.heading = None;
    if section.blocks.is_empty() && !children.is_empty() {
        sections.clear();
    }
    sections.extend(children);
    // Links to the title lead to the first section.
    if let Some(first) = sections.first().map(|section| section.id.clone()) {
        anchors.known.values_mut().filter(|id| **id == old).for_each(|id| *id = first.clone());
    }
    Some((title, span))
}
