//! What printpdf makes of the document: its pages, fonts, pictures and information, as objects of lopdf, with what it
//! leaves out or gets wrong put right.
//!
//! Met in printpdf 0.12.8: it only embeds a font that some page shows; it takes the ascender for the height of capitals,
//! and every face for an upright one; its character maps name the font as their ordering; it sets dates and random
//! identifiers; it repeats boxes and resources on each page.

use super::PdfError;
use super::content::{font_name, image_name};
use super::image;
use super::metadata::Information;
use super::subset::Subset;
use crate::font::{Face, Outlines};
use crate::geom::Size;
use crate::paged::PagedDocument;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub,
    PdfPage, PdfSaveOptions, Pt, Rect, TextItem, XObject, XObjectId,
};
use std::collections::BTreeMap;

/// The document as lopdf has it, with the objects that others add to.
pub(super) struct Base {
    pub(super) document: lopdf::Document,
    pub(super) catalog: ObjectId,
    pub(super) information: ObjectId,
    /// The pages, in order.
    pub(super) pages: Vec<ObjectId>,
    pub(super) resources: ObjectId,
}

/// Has printpdf make the document.
///
/// # Errors
///
/// Where a picture cannot be embedded.
pub(super) fn build(paged: &PagedDocument, subsets: &[Subset], info: &Information) -> Result<Base, PdfError> {
    let mut pdf = PdfDocument::new(&info.title);
    pdf.metadata.info.author = info.author();
    pdf.metadata.info.subject = info.subject.clone();
    pdf.metadata.info.keywords = vec![info.keyword_list()];
    pdf.metadata.info.creator = info.tool.clone();
    pdf.metadata.info.producer = info.tool.clone();
    // The first page shows every glyph once: from that printpdf knows which fonts to embed, and what they stand for.
    let mut shown = Vec::new();
    for (number, (face, subset)) in paged.faces.iter().zip(subsets).enumerate() {
        let id = FontId(font_name(number));
        pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(parsed(face, subset)));
        let glyphs = subset.entries().map(|(code, entry)| Codepoint {
            gid: code,
            offset: 0.0,
            cid: Some(entry.text.to_string()),
        });
        shown.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        shown.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
    }
    for (number, resource) in paged.images.iter().enumerate() {
        let picture = image::external(resource)?;
        pdf.resources.xobjects.map.insert(XObjectId(image_name(number)), XObject::External(picture));
    }
    for page in &paged.pages {
        let frame = Rect::from_wh(Pt(page.size.width.0), Pt(page.size.height.0));
        let ops = std::mem::take(&mut shown);
        pdf.pages.push(PdfPage { media_box: frame.clone(), trim_box: frame.clone(), crop_box: frame, ops });
    }
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let document = pdf.to_lopdf_document(&options, &mut Vec::new());
    let mut base = Base::find(document)?;
    base.mend_fonts(paged, subsets)?;
    base.mend_pages(paged)?;
    base.mend_information(info)?;
    Ok(base)
}

/// A face as printpdf wants it, in a grid of 1000 units so that it has nothing to scale.
fn parsed(face: &Face, subset: &Subset) -> ParsedFont {
    let metrics = face.metrics();
    // Far beyond what any face has; only a broken one could reach it.
    let unit = |value: f32| value.round().clamp(-32_000.0, 32_000.0) as i16;
    let [left, bottom, right, top] = metrics.bounds.map(unit);
    ParsedFont {
        original_bytes: subset.program.clone(),
        font_index: 0,
        font_name: Some(subset.name.clone()),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: subset.entries().map(|(code, entry)| (code, entry.width)).collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent: unit(metrics.ascent), descent: unit(metrics.descent) },
        font_type: match face.outlines() {
            Outlines::TrueType => FontType::TrueType,
            Outlines::Cff => FontType::OpenTypeCFF(()),
        },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: left,
            y_min: bottom,
            x_max: right,
            y_max: top,
            caret_slope_rise: 1,
            caret_slope_run: 0,
            us_weight_class: metrics.weight.clamp(0.0, 1000.0) as u16,
        },
    }
}

/// What a base without one of its parts is: printpdf made it otherwise than it does.
fn broken(_: lopdf::Error) -> PdfError {
    PdfError::Broken("base document")
}

impl Base {
    fn find(document: lopdf::Document) -> Result<Base, PdfError> {
        let catalog = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(broken)?;
        let information = document.trailer.get(b"Info").and_then(Object::as_reference).map_err(broken)?;
        let root = document.get_dictionary(catalog).map_err(broken)?;
        let tree = root.get(b"Pages").and_then(Object::as_reference).map_err(broken)?;
        let kids = document.get_dictionary(tree).and_then(|tree| tree.get(b"Kids")).and_then(Object::as_array);
        let pages: Vec<ObjectId> = kids.map_err(broken)?.iter().filter_map(|kid| kid.as_reference().ok()).collect();
        Ok(Base { document, catalog, information, pages, resources: (0, 0) })
    }

    fn dictionary(&mut self, id: ObjectId) -> Result<&mut Dictionary, PdfError> {
        self.document.get_dictionary_mut(id).map_err(broken)
    }

    /// Puts the descriptors right and the character maps in a shorter form.
    fn mend_fonts(&mut self, paged: &PagedDocument, subsets: &[Subset]) -> Result<(), PdfError> {
        let fonts = self.shared("Font")?;
        let fonts = self.dictionary(fonts)?.clone();
        for (number, (face, subset)) in paged.faces.iter().zip(subsets).enumerate() {
            let Ok(id) = fonts.get(font_name(number).as_bytes()).and_then(Object::as_reference) else { continue };
            let font = self.dictionary(id)?;
            let map = font.get(b"ToUnicode").and_then(Object::as_reference).map_err(broken)?;
            let descendant = font.get(b"DescendantFonts").and_then(Object::as_array).map_err(broken)?.first();
            let descriptor_id = descendant
                .ok_or(PdfError::Broken("base document"))?
                .as_dict()
                .and_then(|descendant| descendant.get(b"FontDescriptor"))
                .and_then(Object::as_reference)
                .map_err(broken)?;
            let metrics = face.metrics();
            let descriptor = self.dictionary(descriptor_id)?;
            descriptor.set("CapHeight", Object::Integer(metrics.cap_height.round() as i64));
            descriptor.set("XHeight", Object::Integer(metrics.x_height.round() as i64));
            descriptor.set("ItalicAngle", Object::Integer(metrics.italic_angle.round() as i64));
            descriptor.set("Flags", Object::Integer(flags(face)));
            let program = descriptor.get(b"FontFile3").and_then(Object::as_reference);
            let map = self.document.get_object_mut(map).and_then(Object::as_stream_mut).map_err(broken)?;
            map.content = super::unicode::character_map(subset).into_bytes();
            if let Some(simple) = &subset.simple {
                let program = program.map_err(broken)?;
                let dict = dictionary! { "Subtype" => "Type1C" };
                self.document.set_object(program, lopdf::Stream::new(dict, simple.clone()));
                self.make_simple(id, descriptor_id, subset)?;
            }
        }
        Ok(())
    }

    /// Makes a font one of codes of one byte (ISO 32000-1, 9.6.2), which its program names itself.
    fn make_simple(&mut self, id: ObjectId, descriptor: ObjectId, subset: &Subset) -> Result<(), PdfError> {
        let widths: Vec<Object> = subset.entries().map(|(_, entry)| i64::from(entry.width).into()).collect();
        let font = self.dictionary(id)?;
        font.remove(b"DescendantFonts");
        font.remove(b"Encoding");
        font.set("Subtype", "Type1");
        font.set("FirstChar", 1);
        font.set("LastChar", widths.len() as i64);
        font.set("Widths", widths);
        font.set("FontDescriptor", descriptor);
        Ok(())
    }

    /// The object of a kind of resource, which printpdf has all pages share.
    fn shared(&mut self, kind: &str) -> Result<ObjectId, PdfError> {
        let first = self.pages.first().copied().ok_or(PdfError::Broken("pages"))?;
        let page = self.dictionary(first)?;
        let resources = page.get(b"Resources").and_then(Object::as_reference).map_err(broken)?;
        self.dictionary(resources)?.get(kind.as_bytes()).and_then(Object::as_reference).map_err(broken)
    }

    /// Gives all pages one dictionary of resources, and takes from each what is the same on all, or empty.
    fn mend_pages(&mut self, paged: &PagedDocument) -> Result<(), PdfError> {
        let mut resources = Dictionary::new();
        for kind in ["Font", "XObject"] {
            let id = self.shared(kind)?;
            let entries = self.dictionary(id)?.clone();
            if !entries.is_empty() {
                resources.set(kind, entries);
            }
            self.document.objects.remove(&id);
        }
        for kind in ["ExtGState", "Shading"] {
            let id = self.shared(kind)?;
            self.document.objects.remove(&id);
        }
        let mut shared = None;
        for id in self.pages.clone() {
            let page = self.dictionary(id)?;
            let own = page.get(b"Resources").and_then(Object::as_reference).map_err(broken)?;
            // The streams of the pages are written apart.
            let content = page.get(b"Contents").and_then(Object::as_reference).map_err(broken)?;
            for key in ["Resources", "Annots", "TrimBox", "CropBox", "Contents"] {
                page.remove(key.as_bytes());
            }
            self.document.objects.remove(&content);
            if *shared.get_or_insert(own) != own {
                self.document.objects.remove(&own);
            }
        }
        self.resources = shared.ok_or(PdfError::Broken("pages"))?;
        self.document.set_object(self.resources, resources);
        self.mend_boxes(paged)
    }

    /// Lets pages that are as large as most inherit their box.
    fn mend_boxes(&mut self, paged: &PagedDocument) -> Result<(), PdfError> {
        let Some(usual) = paged.pages.first().map(|page| page.size) else { return Ok(()) };
        let media_box = |size: Size| {
            Object::Array(vec![0.into(), 0.into(), Object::Real(size.width.0), Object::Real(size.height.0)])
        };
        let catalog = self.catalog;
        let tree = self.dictionary(catalog)?.get(b"Pages").and_then(Object::as_reference).map_err(broken)?;
        self.dictionary(tree)?.set("MediaBox", media_box(usual));
        for (id, page) in self.pages.clone().into_iter().zip(&paged.pages) {
            let entry = self.dictionary(id)?;
            if page.size == usual {
                entry.remove(b"MediaBox");
            } else {
                entry.set("MediaBox", media_box(page.size));
            }
            // What was taken out left its room behind: 2 KB on each of what may be a hundred thousand pages.
            *entry = entry.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        }
        Ok(())
    }

    /// Leaves in the information what is known.
    fn mend_information(&mut self, info: &Information) -> Result<(), PdfError> {
        let id = self.information;
        let entries = self.dictionary(id)?;
        for key in ["Trapped", "GTS_PDFXVersion", "Identifier", "CreationDate", "ModDate"] {
            entries.remove(key.as_bytes());
        }
        for (key, text) in
            [("Author", info.author()), ("Subject", info.subject.clone()), ("Keywords", info.keyword_list())]
        {
            if text.is_empty() {
                entries.remove(key.as_bytes());
            }
        }
        if let Some(date) = info.pdf_date() {
            entries.set("CreationDate", Object::string_literal(date.clone()));
            entries.set("ModDate", Object::string_literal(date));
        }
        Ok(())
    }
}

/// The flags of a font descriptor (ISO 32000-1, 9.8.2). A subset under codes of its own is symbolic.
fn flags(face: &Face) -> i64 {
    const FIXED_PITCH: i64 = 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let metrics = face.metrics();
    let italic = if metrics.italic_angle != 0.0 { ITALIC } else { 0 };
    let fixed = if metrics.monospaced { FIXED_PITCH } else { 0 };
    SYMBOLIC | italic | fixed
}
