//! The PDF edition: pages → file.
//!
//! printpdf makes the document with its pages, fonts, pictures and information (`base`); lopdf holds it while it is put
//! right; what neither has words for is written here straight into bytes: the pages' content, the structure tree,
//! bookmarks, links, metadata and the file itself.

mod base;
mod cff;
mod content;
mod file;
mod image;
mod links;
mod metadata;
mod navigation;
mod pen;
mod standard;
mod subset;
mod syntax;
mod tags;
mod unicode;
mod vector;

pub use image::PictureFault;
pub use standard::{Archival, StandardError, Standards};

use crate::deflate;
use crate::diag::{Code, Diagnostics};
use crate::model::{Resource, Target};
use crate::paged::{Item, Node, NodeId, Owner, PagedDocument, Role};
use base::Base;
use file::File;
use lopdf::Object;
use metadata::Information;
use rayon::prelude::*;
use tags::{Marked, Plan, Slot};

/// How a PDF is to be written.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the file claims to be.
    pub standards: Standards,
    /// A file to put into it.
    pub attachment: Option<Attachment>,
}

/// A file within the file: the text that the document was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without folders.
    pub name: String,
    /// Its media type, such as `text/plain`.
    pub media_type: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The licence of a face does not allow it to stand in a file.
    #[error("the licence bits of the font {face} forbid to embed it: choose another with --font")]
    EmbeddingForbidden {
        /// The face's name.
        face: String,
    },
    /// A face is broken.
    #[error("the font {face} could not be subset: {fault}")]
    Subset {
        /// The face's name.
        face: String,
        /// What is wrong with it.
        #[source]
        fault: subsetter::Error,
    },
    /// A character has no glyph.
    #[error("page {page}: the font {face} has no glyph for “{text}”: add a font that has it with --font")]
    MissingGlyph {
        /// The page, from 1.
        page: usize,
        /// What was to be shown.
        text: String,
        /// The face's name.
        face: String,
    },
    /// A picture cannot be embedded.
    #[error("the picture {name} cannot be put into a PDF: {reason}")]
    Picture {
        /// Its name.
        name: String,
        /// Why not.
        #[source]
        reason: PictureFault,
    },
    /// PDF/UA was asked for, and a picture has no text for those who do not see it.
    #[error("page {page}: the picture {picture} has no alternative text, which ua-1 demands: describe it in the text")]
    NoAlternative {
        /// The page, from 1.
        page: usize,
        /// The picture's name.
        picture: String,
    },
    /// PDF/A-2 was asked for, which allows no attached file.
    #[error("{standards} allows no attached file: ask for a-3a or a-3b")]
    Attachment {
        /// What was asked for.
        standards: Standards,
    },
    /// A page is smaller or larger than PDF/A allows (ISO 19005-2, 6.1.13).
    #[error("page {page} must be between 3 and 14400 points wide and high")]
    PageSize {
        /// The page, from 1.
        page: usize,
    },
    /// The pages contradict themselves: a fault of this program.
    #[error("the paged document is broken: {0}")]
    Broken(&'static str),
}

/// What somebody should know of a PDF that can be written: links that it leaves out, pictures without a description.
pub fn review(paged: &PagedDocument) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (page, name) in undescribed(paged) {
        diagnostics.warn(
            Code::NoAlternative,
            None,
            format!("page {page}: the picture {name} has no alternative text"),
            "describe it for those who do not see it",
        );
    }
    for (number, page) in paged.pages.iter().enumerate() {
        for area in page.links.iter().filter(|area| !links::leads(paged, area)) {
            let target = match &area.target {
                Target::External(address) => address,
                Target::Internal(anchor) => &anchor.0,
            };
            diagnostics.warn(
                Code::LinkRefused,
                None,
                format!("page {}: the link to “{}” was left out of the PDF", number + 1, syntax::clean_text(target)),
                "links may lead to http, https and mailto addresses and to places in the text",
            );
        }
    }
    diagnostics
}

/// The pictures in the text without a description: page, from 1, and name.
fn undescribed(paged: &PagedDocument) -> impl Iterator<Item = (usize, &str)> {
    let figure = |owner: Owner| match owner {
        Owner::Content(content) => {
            let NodeId(node) = paged.structure.contents.get(content.0 as usize).copied()?;
            paged.structure.nodes.get(node as usize)
        }
        Owner::Artifact(_) => None,
    };
    let bare = |node: &Node| matches!(node.role, Role::Figure(_)) && syntax::clean_text(node.alt()).is_empty();
    paged.pages.iter().enumerate().flat_map(move |(number, page)| {
        page.items.iter().filter_map(move |item| match item {
            Item::Picture(picture) if figure(picture.owner).is_some_and(bare) => {
                let image = paged.images.get(picture.image as usize);
                Some((number + 1, image.map_or("", |image: &std::sync::Arc<Resource>| &image.name)))
            }
            Item::Picture(_) | Item::Run(_) | Item::Rule(_) => None,
        })
    })
}

/// The pages as a PDF file: tagged, with fonts subset and embedded. The same pages and options give the same bytes.
///
/// # Errors
///
/// Where a font, a picture or the pages do not allow what was asked for.
pub fn write(paged: &PagedDocument, options: &Options) -> Result<Vec<u8>, PdfError> {
    let standards = check(paged, options)?;
    let info = Information::new(&paged.meta);
    let subsets = subset::subset_faces(paged)?;
    let plan = Plan::new(&paged.structure, &links::linked_nodes(paged));
    let last = paged.pages.len() - paged.pages.len() / LAST;
    let (base, contents) = rayon::join(
        || base::build(paged, &subsets, &info),
        || {
            let page = |(number, page)| {
                let (content, marks) = content::write(paged, number, page, &subsets, &plan)?;
                Ok((if number < last { deflate::zlib(&content) } else { content }, marks))
            };
            paged.pages.par_iter().enumerate().map(page).collect::<Result<Vec<(Vec<u8>, Vec<Slot>)>, PdfError>>()
        },
    );
    let (base, (mut contents, marks)) = (base?, contents?.into_iter().unzip::<_, _, Vec<_>, Vec<_>>());
    let (assembled, ()) = rayon::join(
        || assemble(paged, options, standards, &info, base, &plan, &marks),
        || contents.par_iter_mut().skip(last).for_each(|content| *content = deflate::zlib(content)),
    );
    let Assembled { mut file, first_content, catalog, information } = assembled?;
    for (number, content) in contents.into_iter().enumerate() {
        file.stream(first_content + number as u32, "/Filter/FlateDecode", content);
    }
    Ok(file.finish(catalog, information))
}

/// One of so many pages is compressed while one thread writes the structure, which takes it half as long as that takes another.
const LAST: usize = 8;

/// A file in which nothing is missing but the contents of the pages.
struct Assembled {
    file: File,
    /// The number of the first of them.
    first_content: u32,
    catalog: u32,
    information: u32,
}

/// Checks what can be told before anything is written. Returns what the file will claim.
fn check(paged: &PagedDocument, options: &Options) -> Result<Standards, PdfError> {
    let mut standards = options.standards;
    if options.attachment.is_some() && !standards.allow_attachments() {
        if standards.demanded {
            return Err(PdfError::Attachment { standards });
        }
        standards = standards.with_attachments();
    }
    if standards.demanded
        && standards.accessible
        && let Some((page, name)) = undescribed(paged).next()
    {
        return Err(PdfError::NoAlternative { page, picture: name.to_owned() });
    }
    let allowed = 3.0..=14_400.0;
    let fits =
        |page: &crate::paged::Page| allowed.contains(&page.size.width.0) && allowed.contains(&page.size.height.0);
    match paged.pages.iter().position(|page| !fits(page)) {
        Some(page) => Err(PdfError::PageSize { page: page + 1 }),
        None => Ok(standards),
    }
}

/// Puts all parts into one file but for the contents of the pages, whose marks are given.
fn assemble(
    paged: &PagedDocument,
    options: &Options,
    standards: Standards,
    info: &Information,
    base: Base,
    plan: &Plan,
    marks: &[Vec<Slot>],
) -> Result<Assembled, PdfError> {
    let mut file = File::default();
    // What printpdf made keeps its order; what was taken out leaves no gap.
    let numbers: rustc_hash::FxHashMap<u32, u32> =
        base.document.objects.keys().map(|(id, _)| (*id, file.reserve())).collect();
    let renumbered = |id: u32| numbers.get(&id).copied().unwrap_or(0);
    let pages: Vec<u32> = base.pages.iter().map(|(id, _)| renumbered(*id)).collect();
    let links = links::write(&mut file, paged, &pages);
    let structure = tags::write(&mut file, paged, plan, &Marked { pages: &pages, marks, links: &links });
    let outline = navigation::write_bookmarks(&mut file, paged, &pages);
    let xmp = file.reserve();
    // Not deflated, so that programs that know nothing of PDF find it.
    file.stream(xmp, "/Type/Metadata/Subtype/XML", info.xmp(&paged.meta, standards).into_bytes());
    let profile = file.reserve();
    file.deflated(profile, "/N 3", include_bytes!("../../../fonts/icc/sRGB-v4.icc"));
    let attached = options.attachment.as_ref().map(|attachment| attach(&mut file, attachment, info));

    let first_content = file.reserve_many(marks.len());
    for (number, marks) in marks.iter().enumerate() {
        let Some(id) = base.pages.get(number) else { continue };
        let Ok(entries) = base.document.get_dictionary(*id) else { continue };
        file.object(renumbered(id.0), |out| {
            out.extend_from_slice(b"<<");
            syntax::dictionary_entries(out, entries, &renumbered);
            out.extend_from_slice(b"/Resources ");
            syntax::reference(out, renumbered(base.resources.0));
            out.extend_from_slice(b"/Contents ");
            syntax::reference(out, first_content + number as u32);
            if !marks.is_empty() {
                out.extend_from_slice(b"/StructParents ");
                syntax::integer(out, number as i64);
            }
            // The order of tabs is that of the structure (ISO 14289-1, 7.18.3).
            out.extend_from_slice(b"/Tabs/S");
            let annotations = links.on_page(number);
            if !annotations.is_empty() {
                out.extend_from_slice(b"/Annots[");
                for (at, id) in annotations.iter().enumerate() {
                    if at > 0 {
                        out.push(b' ');
                    }
                    syntax::reference(out, *id);
                }
                out.push(b']');
            }
            out.extend_from_slice(b">>");
        });
    }
    let is_page: std::collections::HashSet<u32> = base.pages.iter().map(|(id, _)| *id).collect();
    for ((id, _), object) in &base.document.objects {
        let number = renumbered(*id);
        match object {
            _ if is_page.contains(id) || *id == base.catalog.0 => {}
            Object::Stream(stream) => write_stream(&mut file, number, stream, &renumbered),
            Object::Dictionary(entries) if *id == base.resources.0 => file.object(number, |out| {
                out.extend_from_slice(b"<<");
                syntax::dictionary_entries(out, entries, &renumbered);
                out.extend_from_slice(b"/Properties");
                out.extend_from_slice(content::PROPERTIES.as_bytes());
                out.extend_from_slice(b">>");
            }),
            other => file.object(number, |out| syntax::object(out, other, &renumbered)),
        }
    }
    let tree = base.document.get_dictionary(base.catalog).and_then(|catalog| catalog.get(b"Pages"));
    let tree = tree.and_then(Object::as_reference).map_err(|_| PdfError::Broken("base document"))?;
    let catalog = renumbered(base.catalog.0);
    file.object(catalog, |out| {
        let entry = |out: &mut Vec<u8>, key: &str, id: u32| {
            out.extend_from_slice(key.as_bytes());
            out.push(b' ');
            syntax::reference(out, id);
        };
        out.extend_from_slice(b"<</Type/Catalog");
        entry(out, "/Pages", renumbered(tree.0));
        out.extend_from_slice(b"/Lang");
        syntax::text_string(out, paged.meta.language.as_str());
        out.extend_from_slice(b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true");
        if paged.meta.language.is_right_to_left() {
            out.extend_from_slice(b"/Direction/R2L");
        }
        out.extend_from_slice(b">>");
        entry(out, "/StructTreeRoot", structure);
        entry(out, "/Metadata", xmp);
        out.extend_from_slice(b"/PageLabels");
        navigation::write_page_labels(out, paged);
        if let Some(outline) = outline {
            entry(out, "/Outlines", outline);
            if navigation::wants_bookmarks_shown(&paged.bookmarks) {
                out.extend_from_slice(b"/PageMode/UseOutlines");
            }
        }
        out.extend_from_slice(
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)\
              /Info(sRGB IEC61966-2.1)/DestOutputProfile ",
        );
        syntax::reference(out, profile);
        out.extend_from_slice(b">>]");
        if let (Some(attached), Some(attachment)) = (attached, &options.attachment) {
            out.extend_from_slice(b"/AF[");
            syntax::reference(out, attached);
            out.extend_from_slice(b"]/Names<</EmbeddedFiles<</Names[");
            syntax::text_string(out, &syntax::clean_text(&attachment.name));
            syntax::reference(out, attached);
            out.extend_from_slice(b"]>>>>");
        }
        out.extend_from_slice(b">>");
    });
    file.pack();
    let information = renumbered(base.information.0);
    Ok(Assembled { file, first_content, catalog, information })
}

/// Writes a stream of lopdf, deflated where it has no filter.
fn write_stream(file: &mut File, number: u32, stream: &lopdf::Stream, renumbered: &dyn Fn(u32) -> u32) {
    let mut dict = stream.dict.clone();
    dict.remove(b"Length");
    let mut entries = Vec::new();
    syntax::dictionary_entries(&mut entries, &dict, renumbered);
    if dict.has(b"Filter") {
        file.stream(number, entries, stream.content.clone());
    } else {
        entries.extend_from_slice(b"/Filter/FlateDecode");
        file.stream(number, entries, deflate::zlib(&stream.content));
    }
}

/// Writes an embedded file with its specification (ISO 19005-3, 6.8). Returns the specification.
fn attach(file: &mut File, attachment: &Attachment, info: &Information) -> u32 {
    let (embedded, specification) = (file.reserve(), file.reserve());
    let mut entries = b"/Type/EmbeddedFile/Subtype".to_vec();
    syntax::name(&mut entries, attachment.media_type.as_bytes());
    entries.extend_from_slice(b"/Params<</Size ");
    syntax::integer(&mut entries, attachment.data.len() as i64);
    // When the text was changed is not the same on every machine: the document's date stands for it, else a fixed one.
    entries.extend_from_slice(b"/ModDate");
    syntax::text_string(&mut entries, &info.pdf_date().unwrap_or_else(|| "D:20000101".into()));
    entries.extend_from_slice(b">>/Filter/FlateDecode");
    file.stream(embedded, entries, deflate::zlib(&attachment.data));
    let name = syntax::clean_text(&attachment.name);
    file.object(specification, |out| {
        out.extend_from_slice(b"<</Type/Filespec/AFRelationship/Source/F");
        syntax::text_string(out, &name);
        out.extend_from_slice(b"/UF");
        syntax::text_string(out, &name);
        out.extend_from_slice(b"/Desc(The text that this document was made from)/EF<</F ");
        syntax::reference(out, embedded);
        out.extend_from_slice(b"/UF ");
        syntax::reference(out, embedded);
        out.extend_from_slice(b">>>>");
    });
    specification
}
