//! Cuts a document into content documents: what stands in which, and where each anchor and note comes to stand.

use super::excerpt::{self, Excerpt};
use super::measure::Measure;
use crate::model::{Document, Inline, Matter, NoteId, Section, SectionRole};
use crate::outline;
use std::collections::HashMap;

/// The size at which a document is cut. Pages open quickly up to 250 KB; the rest is room for page marks, which
/// are not counted.
const CUT_AT: usize = 215_000;
/// The number of documents above which small ones are put together: a long book of many short chapters would else be a
/// fifth larger, since what compresses a document knows no other, and slow to open.
const MANY: usize = 100;

/// What a content document is made of, in order.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// The title, subtitle and authors: a page of their own, or the head of an article.
    Title,
    /// What is known of the edition.
    Imprint,
    /// A section begins: with its heading, or `continued` from the document before.
    Open {
        /// Which.
        section: &'a Section,
        /// Its depth from 0.
        depth: usize,
        /// Whether its heading stands in an earlier document.
        continued: bool,
    },
    /// A block of the section, or a part of one.
    Block(Excerpt<'a>),
    /// The section ends.
    Close,
    /// Notes: indices into [`Document::notes`].
    Notes(Vec<u32>),
}

/// One XHTML file.
#[derive(Debug)]
pub(super) struct ContentDocument<'a> {
    /// The name without folder: `chapter-3.xhtml`.
    pub(super) file: String,
    /// What its window is called.
    pub(super) title: String,
    /// The matter of its first section.
    pub(super) matter: Matter,
    /// The role of its first section.
    pub(super) role: SectionRole,
    /// What it is made of.
    pub(super) pieces: Vec<Piece<'a>>,
    /// The number of its first leaf.
    pub(super) first_leaf: u32,
    /// About how many bytes it has.
    size: usize,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct NotePlace {
    /// The index of its document.
    pub(super) document: usize,
    /// Its number in the chapter, from 1.
    pub(super) number: usize,
    /// The number of its first leaf.
    pub(super) first_leaf: u32,
    /// Whether anything refers to it.
    pub(super) referred: bool,
}

/// Where a section stands.
#[derive(Debug, Clone)]
pub(super) struct AnchorPlace {
    /// The index of its document.
    pub(super) document: usize,
    /// Its id there.
    pub(super) id: String,
    /// Whether the document begins with it.
    pub(super) leads: bool,
}

/// All content documents in the order of the spine.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// Whether this is a book: with a title page and a document for each chapter.
    pub(super) is_book: bool,
    /// The documents: at least one.
    pub(super) documents: Vec<ContentDocument<'a>>,
    /// Where each section stands.
    pub(super) anchors: HashMap<&'a str, AnchorPlace>,
    /// Where each note stands.
    pub(super) notes: Vec<NotePlace>,
    /// The number of the first leaf that is of a note.
    pub(super) note_leaves: u32,
}

/// Whether a document is a book rather than an article: whether it has chapters or the like.
pub(super) fn is_book(document: &Document) -> bool {
    let mut found = false;
    document.for_each_section(&mut |section, _| found |= stands_apart(section.role));
    found
}

/// Whether sections of this role have a document of their own.
fn stands_apart(role: SectionRole) -> bool {
    use SectionRole::*;
    match role {
        Volume | Part | Chapter | Act | Poem | Story | Letter | Prologue | Epilogue => true,
        Section | TitlePage | Imprint | Dedication | Epigraph | Foreword | Preface | Introduction | Cast | Scene
        | Afterword | Conclusion | Appendix | Notes | Glossary | Bibliography | Index | Acknowledgments | Colophon => {
            false
        }
    }
}

/// Whether the children of a section have documents of their own.
fn opens_out(section: &Section) -> bool {
    section.children.iter().any(|child| stands_apart(child.role))
}

/// About how many bytes a section takes in the document that it opens: as many as its source. One that opens
/// out has but its heading there.
fn likely_size(section: &Section) -> usize {
    if opens_out(section) { 0 } else { section.span.end.saturating_sub(section.span.start) as usize }
}

/// Cuts a document.
pub(super) fn plan<'a>(document: &'a Document, is_book: bool, has_imprint: bool) -> Plan<'a> {
    let share_below = match (is_book, count_units(&document.sections)) {
        (false, _) => usize::MAX,
        (true, ..=MANY) => 0,
        (true, _) => CUT_AT,
    };
    let mut planner = Planner {
        document,
        is_book,
        share_below,
        documents: Vec::new(),
        open: Vec::new(),
        anchors: HashMap::new(),
        note_places: vec![None; document.notes.len()],
        pending: Vec::new(),
        next_number: 1,
        leaf: 0,
        stems: HashMap::new(),
    };
    planner.title(has_imprint);
    planner.sections();
    planner.finish()
}

fn count_units(sections: &[Section]) -> usize {
    sections.iter().map(|section| 1 + if opens_out(section) { count_units(&section.children) } else { 0 }).sum()
}

struct Planner<'a> {
    document: &'a Document,
    is_book: bool,
    share_below: usize,
    documents: Vec<ContentDocument<'a>>,
    open: Vec<(&'a Section, usize)>,
    anchors: HashMap<&'a str, AnchorPlace>,
    note_places: Vec<Option<(usize, usize)>>,
    pending: Vec<u32>,
    next_number: usize,
    leaf: u32,
    stems: HashMap<&'static str, usize>,
}

impl<'a> Planner<'a> {
    fn title(&mut self, has_imprint: bool) {
        let title = self.document.meta.title.clone();
        let (stem, role) =
            if self.is_book { ("titlepage", SectionRole::TitlePage) } else { ("text", SectionRole::Section) };
        let matter = if self.is_book { Matter::Front } else { Matter::Body };
        self.start(stem.to_owned(), title.clone(), matter, role);
        self.push(Piece::Title, 1_000 + 5 * title.len());
        if self.is_book && has_imprint {
            self.start("imprint".to_owned(), title, Matter::Front, SectionRole::Imprint);
            self.push(Piece::Imprint, 2_000);
        }
    }

    /// Walks all sections, without recursion where sections stand in one another as units.
    fn sections(&mut self) {
        let mut first = true;
        let mut stack: Vec<(&'a Section, usize)> = self.document.sections.iter().rev().map(|one| (one, 0)).collect();
        while let Some((section, depth)) = stack.pop() {
            // What stood on the title page goes there, before anything made up.
            let on_title_page = first && section.role == SectionRole::TitlePage && section.heading.is_none();
            first = false;
            if on_title_page && self.is_book && section.children.is_empty() {
                let imprint = (self.documents.len() > 1).then(|| self.documents.pop()).flatten();
                self.whole(section, depth);
                self.flush_notes();
                self.documents.extend(imprint);
                if let Some(last) = self.documents.last_mut() {
                    last.first_leaf = self.leaf;
                }
                continue;
            }
            self.unit(section);
            if opens_out(section) {
                self.section_begin(section, depth);
                self.section_end();
                stack.extend(section.children.iter().rev().map(|child| (child, depth + 1)));
            } else {
                self.whole(section, depth);
            }
            if self.is_book {
                self.flush_notes();
                self.next_number = 1;
            }
        }
        self.flush_notes();
    }

    /// Begins a document for a section, unless it may stand in the one before.
    fn unit(&mut self, section: &Section) {
        let shares = self.documents.last().is_some_and(|last| {
            last.size + likely_size(section) <= self.share_below
                && (!self.is_book
                    || last.matter == section.matter
                        && !matches!(last.pieces.first(), Some(Piece::Title | Piece::Imprint)))
        });
        if shares {
            return;
        }
        let stem = if self.share_below == 0 { stem(section.role) } else { "text" };
        let number = self.stems.entry(stem).or_insert(0);
        *number += 1;
        let file = format!("{stem}-{number}");
        let title = label(section, &self.document.meta.title);
        self.start(file, title, section.matter, section.role);
    }

    fn start(&mut self, file: String, title: String, matter: Matter, role: SectionRole) {
        let first_leaf = self.leaf;
        self.documents.push(ContentDocument {
            file: format!("{file}.xhtml"),
            title,
            matter,
            role,
            pieces: Vec::new(),
            first_leaf,
            size: 600,
        });
    }

    fn push(&mut self, piece: Piece<'a>, size: usize) {
        if let Some(document) = self.documents.last_mut() {
            document.pieces.push(piece);
            document.size += size;
        }
    }

    /// A section with all below it. Recursion is as deep as the document nests.
    fn whole(&mut self, section: &'a Section, depth: usize) {
        self.section_begin(section, depth);
        for child in &section.children {
            self.whole(child, depth + 1);
        }
        self.section_end();
    }

    fn section_begin(&mut self, section: &'a Section, depth: usize) {
        let mut heading = Measure::default();
        if let Some(lines) = &section.heading {
            lines.lines().for_each(|line| heading.leaf(line, 200));
        }
        self.make_room(heading.size + 1_000);
        let leads = self.documents.last().is_some_and(|last| last.pieces.is_empty());
        let document = self.documents.len().saturating_sub(1);
        let id = if section.id.0.is_ascii() { section.id.0.clone() } else { format!("s_{}", self.anchors.len() + 1) };
        self.anchors.insert(&section.id.0, AnchorPlace { document, id, leads });
        self.push(Piece::Open { section, depth, continued: false }, heading.size + 200);
        self.open.push((section, depth));
        self.leaf += heading.leaves;
        self.take_notes(&heading);
        for block in &section.blocks {
            let measure = Measure::of(std::slice::from_ref(block));
            if measure.size > CUT_AT {
                for part in excerpt::parts(block, CUT_AT / 2) {
                    let measure = Measure::of(std::slice::from_ref(part.block().as_ref()));
                    self.block(part, &measure);
                }
            } else {
                self.block(Excerpt::whole(block), &measure);
            }
        }
    }

    fn section_end(&mut self) {
        self.push(Piece::Close, 12);
        self.open.pop();
    }

    fn block(&mut self, block: Excerpt<'a>, measure: &Measure) {
        self.make_room(measure.size + self.size_of_new_notes(measure));
        self.push(Piece::Block(block), measure.size);
        self.leaf += measure.leaves;
        self.take_notes(measure);
    }

    /// Begins a new document where `size` more bytes would make the present one too long.
    fn make_room(&mut self, size: usize) {
        let Some(last) = self.documents.last() else { return };
        let holds_text = last.pieces.iter().any(|piece| !matches!(piece, Piece::Open { .. }));
        if last.size + size <= CUT_AT || !holds_text {
            return;
        }
        let (title, matter, role) = (last.title.clone(), last.matter, last.role);
        let stem = last.file.trim_end_matches(".xhtml").to_owned();
        let stem = stem.split("-continued").next().unwrap_or(&stem).to_owned();
        let open = std::mem::take(&mut self.open);
        for _ in &open {
            self.push(Piece::Close, 12);
        }
        self.flush_notes();
        let number = self.documents.iter().rev().take_while(|one| one.file.starts_with(&stem)).count();
        self.start(format!("{stem}-continued-{number}"), title, matter, role);
        for (section, depth) in &open {
            self.push(Piece::Open { section, depth: *depth, continued: true }, 100);
        }
        self.open = open;
    }

    fn size_of_new_notes(&self, measure: &Measure) -> usize {
        let new = measure.notes.iter().filter(|note| matches!(self.note_places.get(note.0 as usize), Some(None)));
        new.map(|note| Measure::of_note(self.document, *note).size).sum()
    }

    /// Gives the notes referred to for the first time their numbers; those referred to by these follow.
    fn take_notes(&mut self, measure: &Measure) {
        let mut waiting: Vec<u32> = measure.notes.iter().rev().map(|note| note.0).collect();
        while let Some(note) = waiting.pop() {
            let document = self.documents.len().saturating_sub(1);
            let Some(place @ None) = self.note_places.get_mut(note as usize) else { continue };
            *place = Some((document, self.next_number));
            self.next_number += 1;
            self.pending.push(note);
            let inner = Measure::of_note(self.document, NoteId(note));
            if let Some(last) = self.documents.last_mut() {
                last.size += inner.size;
            }
            waiting.extend(inner.notes.iter().rev().map(|note| note.0));
        }
    }

    fn flush_notes(&mut self) {
        if !self.pending.is_empty() {
            let notes = std::mem::take(&mut self.pending);
            self.push(Piece::Notes(notes), 100);
        }
    }

    fn finish(mut self) -> Plan<'a> {
        // Notes that nothing refers to are text all the same: they end the last document.
        let orphans: Vec<u32> =
            (0..).zip(&self.note_places).filter(|(_, place)| place.is_none()).map(|(n, _)| n).collect();
        let mut referred = vec![true; self.note_places.len()];
        for note in orphans {
            if !matches!(self.note_places.get(note as usize), Some(None)) {
                continue;
            }
            if let Some(one) = referred.get_mut(note as usize) {
                *one = false;
            }
            let measure = Measure { notes: vec![NoteId(note)], ..Measure::default() };
            self.make_room(Measure::of_note(self.document, NoteId(note)).size);
            self.take_notes(&measure);
        }
        self.flush_notes();
        let note_leaves = self.leaf;
        let mut notes = Vec::with_capacity(self.note_places.len());
        for ((note, place), referred) in (0..).zip(&self.note_places).zip(referred) {
            let (document, number) = place.unwrap_or_default();
            notes.push(NotePlace { document, number, first_leaf: self.leaf, referred });
            self.leaf += Measure::of_note(self.document, NoteId(note)).leaves;
        }
        Plan { is_book: self.is_book, documents: self.documents, anchors: self.anchors, notes, note_leaves }
    }
}

/// What a section is called: its heading in one line, else the name of the whole.
fn label(section: &Section, otherwise: &str) -> String {
    let name = section.heading.as_ref().map(outline::heading_text).unwrap_or_default();
    if name.trim().is_empty() { otherwise.to_owned() } else { name }
}

/// What files of sections of this role are called.
fn stem(role: SectionRole) -> &'static str {
    use SectionRole::*;
    match role {
        Section => "section",
        TitlePage => "title-matter",
        Imprint => "printing",
        Dedication => "dedication",
        Epigraph => "epigraph",
        Foreword => "foreword",
        Preface => "preface",
        Introduction => "introduction",
        Prologue => "prologue",
        Cast => "cast",
        Volume => "volume",
        Part => "part",
        Chapter => "chapter",
        Act => "act",
        Scene => "scene",
        Poem => "poem",
        Story => "story",
        Letter => "letter",
        Epilogue => "epilogue",
        Afterword => "afterword",
        Conclusion => "conclusion",
        Appendix => "appendix",
        Notes => "notes",
        Glossary => "glossary",
        Bibliography => "bibliography",
        Index => "index",
        Acknowledgments => "acknowledgments",
        Colophon => "colophon",
    }
}

/// Whether a heading, quote or the like has words that can be read out.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    crate::model::plain_text(inlines).trim().is_empty()
}
