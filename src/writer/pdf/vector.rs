//! Drawings: SVG as a form of lines and areas, whatever its size.

use super::image::PictureFault;
use lopdf::{Dictionary, Document, Object};
use printpdf::{DictItem, ExternalStream};
use std::collections::BTreeMap;
use svg2pdf::{ConversionOptions, PageOptions, usvg};

/// Resources within resources beyond this are not taken over. A group in a group is eight deeper, and readers take in
/// no drawing with more than 64 groups in one another.
const DEEPEST: usize = 600;

/// A drawing as a form that fills the unit square, as pictures do.
///
/// # Errors
///
/// Where it cannot be drawn.
pub(super) fn form(data: &[u8]) -> Result<ExternalStream, PictureFault> {
    let mut options = usvg::Options::default();
    // A drawing may open no file.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(data, &options).map_err(|_| PictureFault::Broken)?;
    let conversion = ConversionOptions { pdfa: true, embed_text: false, ..ConversionOptions::default() };
    let page = PageOptions { dpi: 72.0 };
    let pdf = svg2pdf::to_pdf(&tree, conversion, page).map_err(|_| PictureFault::Broken)?;
    of_page(&pdf, (tree.size().width(), tree.size().height())).ok_or(PictureFault::Broken)
}

/// The only page of a PDF as a form.
fn of_page(pdf: &[u8], (width, height): (f32, f32)) -> Option<ExternalStream> {
    let document = Document::load_mem(pdf).ok()?;
    let page = document.page_iter().next()?;
    let content = document.get_page_content(page);
    let page = document.get_dictionary(page).ok()?;
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let numbers = |list: &[f32]| DictItem::Array(list.iter().map(|number| DictItem::Real(*number)).collect());
    let mut dict = BTreeMap::from([
        ("Type".into(), name("XObject")),
        ("Subtype".into(), name("Form")),
        ("BBox".into(), numbers(&[0.0, 0.0, width, height])),
        ("Matrix".into(), numbers(&[1.0 / width, 0.0, 0.0, 1.0 / height, 0.0, 0.0])),
        ("Filter".into(), name("FlateDecode")),
    ]);
    for key in ["Resources", "Group"] {
        if let Ok(object) = page.get(key.as_bytes()) {
            dict.insert(key.into(), taken_over(&document, object, 0)?);
        }
    }
    Some(ExternalStream { dict, content: crate::deflate::zlib(&content), compress: false })
}

/// An object with all that it refers to in it: printpdf gives streams objects of their own again.
fn taken_over(document: &Document, object: &Object, depth: usize) -> Option<DictItem> {
    if depth > DEEPEST {
        return None;
    }
    let entries = |dictionary: &Dictionary| {
        let entry = |(key, value): (&Vec<u8>, &Object)| {
            Some((String::from_utf8_lossy(key).into_owned(), taken_over(document, value, depth + 1)?))
        };
        dictionary.iter().map(entry).collect::<Option<BTreeMap<String, DictItem>>>()
    };
    Some(match object {
        Object::Reference(id) => taken_over(document, document.get_object(*id).ok()?, depth + 1)?,
        Object::Array(list) => {
            DictItem::Array(list.iter().map(|item| taken_over(document, item, depth + 1)).collect::<Option<_>>()?)
        }
        Object::Dictionary(dictionary) => DictItem::Dict { map: entries(dictionary)? },
        Object::Stream(stream) => {
            let mut dict = entries(&stream.dict)?;
            dict.remove("Length");
            DictItem::Stream { stream: ExternalStream { dict, content: stream.content.clone(), compress: false } }
        }
        plain => DictItem::from_lopdf(plain),
    })
}
