//! Inlines as XHTML, with page marks at their places.

use super::content::Content;
use super::{address, xml};
use crate::highlight::Piece;
use crate::math;
use crate::model::{Inline, InlineSpan, LinkTarget, Target};
use std::fmt::Write as _;

impl Content<'_> {
    /// Writes one leaf and counts it.
    pub(super) fn leaf(&mut self, content: &[Inline]) {
        self.offset = 0;
        self.inlines(content);
        self.marks_up_to(u32::MAX);
        self.leaf += 1;
    }

    /// Writes one leaf of parts, of which some are told apart, and counts it.
    pub(super) fn code_leaf(&mut self, pieces: &[Piece<'_>]) {
        self.offset = 0;
        for piece in pieces {
            match piece.kind {
                None => self.characters(piece.text),
                Some(kind) => {
                    let _ = write!(self.out, "<span class=\"{}\">", kind.name());
                    self.characters(piece.text);
                    self.out.push_str("</span>");
                }
            }
        }
        self.marks_up_to(u32::MAX);
        self.leaf += 1;
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.characters(text),
                Inline::Emphasis(content) => self.around("em", content),
                Inline::Strong(content) => self.around("strong", content),
                Inline::SmallCaps(content) => {
                    self.out.push_str("<span class=\"small-caps\">");
                    self.inlines(content);
                    self.out.push_str("</span>");
                }
                Inline::Code(text) => {
                    self.out.push_str("<code>");
                    self.characters(text);
                    self.out.push_str("</code>");
                }
                Inline::Superscript(content) => self.around("sup", content),
                Inline::Subscript(content) => self.around("sub", content),
                Inline::Strikethrough(content) => self.around("s", content),
                Inline::Link(link) => self.link(link),
                Inline::Quotation(content) => self.around("q", content),
                Inline::Abbreviation(short) => {
                    let _ = write!(self.out, "<abbr title=\"{}\">", xml::attribute(&short.expansion));
                    self.inlines(&short.content);
                    self.out.push_str("</abbr>");
                }
                Inline::Math(source) => self.math(source, false),
                Inline::Image { resource, alt, title } => self.image(*resource, alt, title),
                Inline::NoteRef(note) if self.in_link => self.notes_after_link.push(note.0),
                Inline::NoteRef(note) => self.note_reference(note.0),
                Inline::LineBreak => {
                    self.offset += 1;
                    self.out.push_str("<br/>");
                }
                Inline::Span(span) => self.span(span),
                Inline::Ruby { base, reading } => self.ruby(base, reading),
            }
        }
    }

    fn around(&mut self, tag: &str, content: &[Inline]) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines(content);
        let _ = write!(self.out, "</{tag}>");
    }

    /// Text of the leaf: page marks within it stand where their pages begin.
    pub(super) fn characters(&mut self, mut text: &str) {
        while let Some(mark) = self.marks.first() {
            let at = mark.at;
            if at.leaf > self.leaf {
                break;
            }
            let ahead = if at.leaf < self.leaf { 0 } else { at.offset.saturating_sub(self.offset) as usize };
            if ahead >= text.len() {
                break;
            }
            let (before, after) = text.split_at(text.floor_char_boundary(ahead));
            xml::push_text(&mut self.out, before);
            self.offset += before.len() as u32;
            self.marks_up_to(at.offset);
            text = after;
        }
        xml::push_text(&mut self.out, text);
        self.offset += text.len() as u32;
    }

    /// Writes the marks of pages that begin in an earlier leaf, or in this one at `offset` or before.
    pub(super) fn marks_up_to(&mut self, offset: u32) {
        while let Some((mark, rest)) = self.marks.split_first() {
            if (mark.at.leaf, mark.at.offset) > (self.leaf, offset) {
                break;
            }
            self.marks = rest;
            let folio = xml::attribute(mark.folio);
            let _ = write!(
                self.out,
                "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page_{}\" aria-label=\"{folio}\"></span>",
                mark.number
            );
        }
    }

    /// A link, unless it stands in another or has nothing that can be read out.
    fn link(&mut self, link: &LinkTarget) {
        let href = match &link.target {
            Target::External(target) => address::href(target),
            Target::Internal(anchor) => self.book.href(&anchor.0, self.document),
        };
        let (Some(href), false, true) = (href, self.in_link, has_name(&link.content)) else {
            return self.inlines(&link.content);
        };
        let _ = write!(self.out, "<a href=\"{}\">", xml::attribute(&href));
        self.in_link = true;
        self.inlines(&link.content);
        self.in_link = false;
        self.out.push_str("</a>");
        for note in std::mem::take(&mut self.notes_after_link) {
            self.note_reference(note);
        }
    }

    fn note_reference(&mut self, note: u32) {
        let Some(place) = self.book.plan.notes.get(note as usize) else { return };
        let file = match self.book.plan.documents.get(place.document) {
            Some(home) if place.document != self.document => home.file.as_str(),
            _ => "",
        };
        let id = if file.is_empty() && self.referred.insert(note) {
            format!(" id=\"fnref_{}\"", note + 1)
        } else {
            String::new()
        };
        let _ = write!(
            self.out,
            "<a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\"{id} href=\"{file}#fn_{}\">{}</a>",
            note + 1,
            place.number
        );
    }

    /// A formula: its source as it stands, where it cannot be had as MathML.
    pub(super) fn math(&mut self, source: &str, block: bool) {
        self.offset += source.len() as u32;
        let mathml = math::mathml(source, block).ok();
        match mathml.as_deref().and_then(|mathml| mathml.strip_prefix("<math ")) {
            Some(rest) => {
                let _ = write!(self.out, "<math alttext=\"{}\" {rest}", xml::attribute(source));
            }
            None => {
                let _ = write!(self.out, "<code>{}</code>", xml::text(source));
            }
        }
    }

    fn span(&mut self, span: &InlineSpan) {
        let language = &span.language;
        let _ = write!(self.out, "<span lang=\"{language}\" xml:lang=\"{language}\"");
        let outer = self.right_to_left;
        if language.is_right_to_left() != outer {
            self.right_to_left = !outer;
            let _ = write!(self.out, " dir=\"{}\"", if outer { "ltr" } else { "rtl" });
        }
        self.out.push('>');
        self.inlines(&span.content);
        self.out.push_str("</span>");
        self.right_to_left = outer;
    }

    fn ruby(&mut self, base: &str, reading: &str) {
        if base.is_empty() || reading.is_empty() {
            return self.characters(base);
        }
        self.out.push_str("<ruby>");
        self.characters(base);
        let _ = write!(self.out, "<rt>{}</rt></ruby>", xml::text(reading));
    }
}

/// Whether inlines have words, or a picture with words for it: what a link is called.
fn has_name(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => !text.trim().is_empty(),
        Inline::Ruby { base, .. } => !base.trim().is_empty(),
        Inline::Image { alt, .. } => !alt.trim().is_empty(),
        Inline::NoteRef(_) | Inline::LineBreak => false,
        Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::SmallCaps(_)
        | Inline::Superscript(_)
        | Inline::Subscript(_)
        | Inline::Strikethrough(_)
        | Inline::Quotation(_)
        | Inline::Abbreviation(_)
        | Inline::Link(_)
        | Inline::Span(_) => has_name(inline.children()),
    })
}
