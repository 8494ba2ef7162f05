//! Content documents: sections and blocks as XHTML.

use super::plan::{Piece, Plan, is_blank};
use super::terms::Terms;
use super::{Options, title_page, xml};
use crate::model::{Block, Document, Matter, ParagraphRole, Section, SectionRole, TextPosition};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// All that documents of one book share.
pub(super) struct Book<'a> {
    pub(super) document: &'a Document,
    pub(super) options: &'a Options,
    pub(super) plan: Plan<'a>,
    pub(super) terms: &'static Terms,
    /// The file of each resource, from the folder of the texts.
    pub(super) pictures: Vec<String>,
    /// Where pages begin, in order.
    pub(super) marks: Vec<Mark<'a>>,
}

/// The beginning of a page of the printed edition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) at: TextPosition,
    pub(super) folio: &'a str,
    /// Its number, from 1, for its id.
    pub(super) number: usize,
}

impl Book<'_> {
    /// The address of a section for a link in the document with this index.
    pub(super) fn href(&self, anchor: &str, from: usize) -> Option<String> {
        let place = self.plan.anchors.get(anchor)?;
        let file = match self.plan.documents.get(place.document) {
            Some(home) if place.document != from => home.file.as_str(),
            _ => "",
        };
        Some(format!("{file}#{}", place.id))
    }

    /// The marks that stand in the document with this index.
    pub(super) fn marks_of(&self, document: usize) -> &[Mark<'_>] {
        let first = |index: usize| match self.plan.documents.get(index) {
            Some(one) => self.marks.partition_point(|mark| mark.at.leaf < one.first_leaf),
            None => self.marks.len(),
        };
        self.marks.get(first(document)..first(document + 1)).unwrap_or_default()
    }
}

/// The writer of one content document.
pub(super) struct Content<'a> {
    pub(super) out: String,
    pub(super) book: &'a Book<'a>,
    /// The index of the document.
    pub(super) document: usize,
    /// The number of the leaf to come.
    pub(super) leaf: u32,
    /// Bytes of its plain text written so far.
    pub(super) offset: u32,
    /// The marks still to come.
    pub(super) marks: &'a [Mark<'a>],
    pub(super) right_to_left: bool,
    pub(super) in_link: bool,
    pub(super) notes_after_link: Vec<u32>,
    /// Notes whose first reference has been written.
    pub(super) referred: HashSet<u32>,
    /// Landmark roles with their names, and how many have had these: no two may be alike in a document.
    landmarks: HashMap<(&'static str, String), u32>,
    pub(super) sections: Vec<SectionRole>,
}

/// The content document with this index as XHTML.
pub(super) fn write(book: &Book<'_>, index: usize) -> String {
    let Some(plan) = book.plan.documents.get(index) else { return String::new() };
    let language = &book.document.meta.language;
    let right_to_left = language.is_right_to_left();
    let mut content = Content {
        out: String::with_capacity(4096),
        book,
        document: index,
        leaf: plan.first_leaf,
        offset: 0,
        marks: book.marks_of(index),
        right_to_left,
        in_link: false,
        notes_after_link: Vec::new(),
        referred: HashSet::new(),
        landmarks: HashMap::new(),
        sections: Vec::new(),
    };
    let direction = if right_to_left { " dir=\"rtl\"" } else { "" };
    let matter = match plan.matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Back => "backmatter",
    };
    let _ = write!(
        content.out,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         epub:prefix=\"z3998: http://www.daisy.org/z3998/2012/vocab/structure/\" \
         lang=\"{language}\" xml:lang=\"{language}\"{direction}>\n<head>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"../stylesheet.css\"/>\n</head>\n\
         <body epub:type=\"{matter}\">\n",
        xml::text(&xml::squeezed(&plan.title)),
    );
    for piece in &plan.pieces {
        match piece {
            Piece::Title => title_page::push_title(&mut content.out, book),
            Piece::Imprint => title_page::push_imprint(&mut content.out, book),
            Piece::Open { section, depth, continued: false } => content.section(section, *depth),
            Piece::Open { section, continued: true, .. } => {
                let _ = write!(content.out, "<section{}", epub_type(section.role));
                content.role(section.role, "", "");
                content.out.push_str(">\n");
                content.sections.push(section.role);
            }
            Piece::Block(excerpt) => content.blocks(std::slice::from_ref(excerpt.block().as_ref())),
            Piece::Close => {
                content.sections.pop();
                content.out.push_str("</section>\n");
            }
            Piece::Notes(notes) => content.notes(notes),
        }
    }
    if !content.marks.is_empty() {
        content.out.push_str("<p>");
        content.leaf = u32::MAX;
        content.marks_up_to(u32::MAX);
        content.out.push_str("</p>\n");
    }
    content.out.push_str("</body>\n</html>\n");
    content.out
}

/// The vocabulary of EPUB 3 Structural Semantics for a section, as an attribute.
fn epub_type(role: SectionRole) -> &'static str {
    use SectionRole::*;
    match role {
        // Notes that nothing links to are a text like others.
        Section | Notes => "",
        TitlePage => " epub:type=\"titlepage\"",
        Imprint => " epub:type=\"imprint\"",
        Dedication => " epub:type=\"dedication\"",
        Epigraph => " epub:type=\"epigraph\"",
        Foreword => " epub:type=\"foreword\"",
        Preface => " epub:type=\"preface\"",
        Introduction => " epub:type=\"introduction\"",
        Prologue => " epub:type=\"prologue\"",
        Cast => " epub:type=\"z3998:dramatis-personae\"",
        Volume => " epub:type=\"volume\"",
        Part => " epub:type=\"part\"",
        Chapter | Story => " epub:type=\"chapter\"",
        Act => " epub:type=\"division\"",
        Scene => " epub:type=\"z3998:scene\"",
        Poem => " epub:type=\"z3998:poem\"",
        Letter => " epub:type=\"z3998:letter\"",
        Epilogue => " epub:type=\"epilogue\"",
        Afterword => " epub:type=\"afterword\"",
        Conclusion => " epub:type=\"conclusion\"",
        Appendix => " epub:type=\"appendix\"",
        Glossary => " epub:type=\"glossary\"",
        Bibliography => " epub:type=\"bibliography\"",
        Index => " epub:type=\"index\"",
        Acknowledgments => " epub:type=\"acknowledgments\"",
        Colophon => " epub:type=\"colophon\"",
    }
}

/// The role of Digital Publishing WAI-ARIA for a section, where there is one.
fn aria_role(role: SectionRole) -> Option<&'static str> {
    use SectionRole::*;
    match role {
        Section | TitlePage | Imprint | Cast | Volume | Act | Scene | Poem | Letter | Notes => None,
        Dedication => Some("doc-dedication"),
        Epigraph => Some("doc-epigraph"),
        Foreword => Some("doc-foreword"),
        Preface => Some("doc-preface"),
        Introduction => Some("doc-introduction"),
        Prologue => Some("doc-prologue"),
        Part => Some("doc-part"),
        Chapter | Story => Some("doc-chapter"),
        Epilogue => Some("doc-epilogue"),
        Afterword => Some("doc-afterword"),
        Conclusion => Some("doc-conclusion"),
        Appendix => Some("doc-appendix"),
        Glossary => Some("doc-glossary"),
        Bibliography => Some("doc-bibliography"),
        Index => Some("doc-index"),
        Acknowledgments => Some("doc-acknowledgments"),
        Colophon => Some("doc-colophon"),
    }
}

impl<'a> Content<'a> {
    fn section(&mut self, section: &Section, depth: usize) {
        let id = self.book.plan.anchors.get(section.id.0.as_str()).map_or("", |place| place.id.as_str());
        let _ = write!(self.out, "<section id=\"{id}\"{}", epub_type(section.role));
        self.sections.push(section.role);
        let Some(heading) = &section.heading else {
            self.role(section.role, "", id);
            self.out.push_str(">\n");
            return;
        };
        self.role(section.role, crate::outline::heading_text(heading).trim(), id);
        self.out.push_str(">\n");
        self.marks_up_to(0);
        let level = (depth + if self.book.plan.is_book { 1 } else { 2 }).min(6);
        let blank = heading.lines().all(is_blank);
        let subtitle_apart = !heading.subtitle.is_empty() && (!heading.title.is_empty() || !heading.label.is_empty());
        if subtitle_apart {
            self.out.push_str("<hgroup>\n");
        }
        let _ = write!(self.out, "<h{level} id=\"h_{id}\"");
        if blank {
            let _ = write!(self.out, " aria-label=\"{}\"", self.book.terms.untitled);
        }
        self.out.push('>');
        if !heading.label.is_empty() {
            self.out.push_str("<span class=\"label\">");
            self.leaf(&heading.label);
            self.out.push_str("</span>");
        }
        let title =
            if heading.title.is_empty() && heading.label.is_empty() { &heading.subtitle } else { &heading.title };
        if !title.is_empty() {
            if !heading.label.is_empty() {
                self.out.push_str(" <span class=\"title\">");
                self.leaf(title);
                self.out.push_str("</span>");
            } else {
                self.leaf(title);
            }
        }
        let _ = writeln!(self.out, "</h{level}>");
        if subtitle_apart {
            self.out.push_str("<p class=\"subtitle\" role=\"doc-subtitle\">");
            self.leaf(&heading.subtitle);
            self.out.push_str("</p>\n</hgroup>\n");
        }
    }

    /// The role of a section with the name that it goes by: its heading's, numbered where another of the document has both
    /// already, as the first chapters of two parts have.
    fn role(&mut self, role: SectionRole, name: &str, id: &str) {
        let Some(role) = aria_role(role) else { return };
        let _ = write!(self.out, " role=\"{role}\"");
        let mut count = self.count_landmark(role, name);
        if count == 1 {
            if !name.is_empty() {
                let _ = write!(self.out, " aria-labelledby=\"h_{id}\"");
            }
            return;
        }
        let plain = if name.is_empty() { self.book.terms.untitled } else { name };
        let mut numbered = format!("{plain} ({count})");
        while self.count_landmark(role, &numbered) > 1 {
            count += 1;
            numbered = format!("{plain} ({count})");
        }
        let _ = write!(self.out, " aria-label=\"{}\"", xml::attribute(&numbered));
    }

    /// How many landmarks of the document have this role and name, with this one.
    fn count_landmark(&mut self, role: &'static str, name: &str) -> u32 {
        let count = self.landmarks.entry((role, name.to_owned())).or_insert(0);
        *count += 1;
        *count
    }

    /// The notes of a chapter, below it. Page marks never stand in them: the pages of the printed edition begin with text.
    fn notes(&mut self, notes: &[u32]) {
        let (leaf, marks) = (self.leaf, std::mem::take(&mut self.marks));
        self.out.push_str("<section class=\"footnotes\" epub:type=\"footnotes\">\n");
        for note in notes {
            self.note(*note);
        }
        self.out.push_str("</section>\n");
        (self.leaf, self.marks) = (leaf, marks);
    }

    fn note(&mut self, index: u32) {
        let (Some(place), Some(note)) =
            (self.book.plan.notes.get(index as usize), self.book.document.notes.get(index as usize))
        else {
            return;
        };
        self.leaf = place.first_leaf;
        let id = index + 1;
        let number = place.number;
        let _ = writeln!(self.out, "<aside id=\"fn_{id}\" epub:type=\"footnote\" role=\"doc-footnote\">");
        self.out.push_str("<p>");
        if place.referred {
            let _ = write!(
                self.out,
                "<a epub:type=\"backlink\" role=\"doc-backlink\" href=\"#fnref_{id}\" title=\"{}\">{number}.</a> ",
                self.book.terms.back_to_text
            );
        } else {
            let _ = write!(self.out, "<span epub:type=\"backlink\">{number}.</span> ");
        }
        let rest = match note.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) if first.role == ParagraphRole::Body => {
                self.leaf(&first.content);
                rest
            }
            _ => &note.blocks,
        };
        self.out.push_str("</p>\n");
        self.blocks(rest);
        self.out.push_str("</aside>\n");
    }
}
