//! The EPUB edition (EPUB 3.3 with an EPUB 2 NCX).
//!
//! ```text
//! Document ─plan─▶ content documents ─content, block, inline─▶ XHTML ─┐
//!          └─package (epub-builder)─▶ OPF, nav, NCX ─opf, navigation──┴─archive─▶ bytes
//! ```
//!
//! The same document and options give the same bytes everywhere.

mod accessibility;
mod address;
mod archive;
mod block;
mod content;
mod cover;
mod excerpt;
mod faces;
mod inline;
mod measure;
mod names;
mod navigation;
mod opf;
mod package;
mod picture;
mod plan;
mod splice;
mod stylesheet;
mod terms;
mod title_page;
mod xml;

pub use faces::{EmbeddedFace, faces};

pub use crate::style::{Highlight, WritingMode};

use crate::cover::Cover;
use crate::model::{Document, Fault, Identifier, IdentifierError, Language, TextPosition};
use archive::Entry;
use content::{Book, Mark};
use package::{FOLDER, Resource, TEXTS};
use rayon::prelude::*;

/// What can be asked of an EPUB.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How many levels the contents have, from 1.
    pub toc_depth: usize,
    /// The pages of the printed edition, for a page list.
    pub pages: Option<PageList>,
    /// The cover; none: the title page comes first.
    pub cover: Option<Cover>,
    /// The faces that the text is set in; none: those of the reader.
    pub faces: Vec<EmbeddedFace>,
    /// A stylesheet that is added to the built-in one. It can name nothing outside itself.
    pub css: Option<String>,
    /// How lines run; none: as the language has it.
    pub writing_mode: Option<WritingMode>,
    /// Whether the parts of code are told apart by colour.
    pub highlight: Highlight,
    /// When the file was changed, in seconds since 1970-01-01T00:00:00Z. EPUB demands it.
    pub modified: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            toc_depth: 6,
            pages: None,
            cover: None,
            faces: Vec::new(),
            css: None,
            writing_mode: None,
            highlight: Highlight::Auto,
            // 2000-01-01: an EPUB must name a time; without a known one, the same for all.
            modified: 946_684_800,
        }
    }
}

/// Where the pages of the printed edition begin.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageList {
    /// What names that edition: its ISBN, its identifier or its title.
    pub source: String,
    /// The folio of each page that begins with text, and where.
    pub pages: Vec<(String, TextPosition)>,
}

/// Why no EPUB could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EpubError {
    /// The document breaks a rule of the model.
    #[error(transparent)]
    Invalid(#[from] Fault),
    /// The identifier is none.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
    /// A picture is of a format that reading systems need not know.
    #[error("the picture “{0}” is not a PNG, JPEG, GIF or WebP file: convert it")]
    Picture(String),
    /// The stylesheet names something outside itself.
    #[error(
        "line {line} of the stylesheet refers to something outside it: put it into the stylesheet, or leave it out"
    )]
    Style {
        /// The line, from 1.
        line: usize,
    },
    /// The stylesheet sets what EPUB leaves to the text (EPUB 3.3 §6.3.2).
    #[error(
        "line {line} of the stylesheet sets “{property}”, which an EPUB must not: leave it out, the language of the text tells its direction"
    )]
    Direction {
        /// The line, from 1.
        line: usize,
        /// The property, in small letters.
        property: &'static str,
    },
    /// More than a ZIP archive can hold.
    #[error("the book is too large for an EPUB: split it into volumes")]
    TooLarge,
    /// epub-builder failed.
    #[error("the package could not be built")]
    Builder(#[from] epub_builder::Error),
    /// The package that epub-builder made could not be read.
    #[error("the package could not be read back")]
    ReadBack(#[from] zip::result::ZipError),
    /// A file of the package could not be read.
    #[error("the package could not be read back")]
    Read(#[from] std::io::Error),
    /// A document of epub-builder is not as this version of it writes them.
    #[error("the package has no “{0}”")]
    Template(&'static str),
}

impl Options {
    fn is_vertical(&self, language: &Language) -> bool {
        match self.writing_mode {
            Some(mode) => mode == WritingMode::Vertical,
            // Japanese and traditional Chinese books run down; Mongolian in its own script too.
            None => {
                let parts: Vec<&str> = language.as_str().split('-').collect();
                let has = |part: &str| parts.contains(&part);
                match language.primary() {
                    "ja" => !has("Latn"),
                    "zh" => has("Hant") || !has("Hans") && (has("TW") || has("HK") || has("MO")),
                    _ => false,
                }
            }
        }
    }

    /// Whether one turns pages to the right: the spine is at the right.
    fn pages_turn_left(&self, language: &Language) -> bool {
        language.is_right_to_left() || self.is_vertical(language)
    }
}

/// Checks a stylesheet for [`Options::css`] before any book is made with it.
///
/// # Errors
///
/// [`EpubError::Style`] where it refers to something outside itself, [`EpubError::Direction`] where it turns the direction
/// of text.
pub fn check_css(css: &str) -> Result<(), EpubError> {
    stylesheet::check(css)
}

/// Writes a document as an EPUB.
///
/// # Errors
///
/// Where the document breaks a rule of the model, the identifier is none, a picture has an unknown format, or the user's
/// stylesheet refers to something outside; see [`EpubError`].
pub fn write(document: &Document, options: &Options) -> Result<Vec<u8>, EpubError> {
    document.validate()?;
    let identifier = Identifier::of(document)?;
    let style = stylesheet::of(document, options)?;
    let is_book = plan::is_book(document);
    let plan = plan::plan(document, is_book, title_page::has_imprint(document));
    let pictures = picture::paths(document)?;
    let marks = marks(options, plan.note_leaves);
    let terms = terms::Terms::of(&document.meta.language);
    let book = Book { document, options, plan, terms, pictures, marks };
    let cover = options.cover.as_ref().map(cover::resource);
    let cover_document = cover.as_ref().map(|picture| cover::document(&book, &picture.path));
    let pictures =
        (book.pictures.iter().zip(&document.resources)).filter(|(path, _)| !path.is_empty()).map(|(path, resource)| {
            Resource {
                path: path.clone(),
                media_type: picture::format(&resource.data).map_or("", |format| format.1).to_owned(),
                data: resource.data.clone(),
                is_cover: false,
            }
        });
    let faces = options.faces.iter().map(|face| Resource {
        path: face.path(),
        media_type: face.media_type().to_owned(),
        data: face.data.clone(),
        is_cover: false,
    });
    let resources: Vec<Resource> = cover.into_iter().chain(pictures).chain(faces).collect();
    let mut package = package::build(&book, &resources, options.toc_depth)?;
    opf::complete(&book, &mut package, &identifier)?;
    navigation::complete_nav(&book, &mut package)?;
    navigation::complete_ncx(&book, &mut package, &identifier.urn(), options.toc_depth)?;
    let texts: Vec<String> =
        (0..book.plan.documents.len()).into_par_iter().map(|index| content::write(&book, index)).collect();
    opf::tell_mathematics(&mut package.opf, &book, &texts);
    let mut entries = vec![
        Entry::text("META-INF/container.xml", package.container),
        Entry::text("META-INF/com.apple.ibooks.display-options.xml", package.display_options),
        Entry::text(format!("{FOLDER}/content.opf"), package.opf),
        Entry::text(format!("{FOLDER}/nav.xhtml"), package.nav),
        Entry::text(format!("{FOLDER}/toc.ncx"), package.ncx),
        Entry::text(format!("{FOLDER}/stylesheet.css"), style),
    ];
    if let Some(text) = cover_document {
        entries.push(Entry::text(format!("{FOLDER}/{}", cover::href()), text));
    }
    for (document, text) in book.plan.documents.iter().zip(texts) {
        entries.push(Entry::text(format!("{FOLDER}/{TEXTS}/{}", document.file), text));
    }
    for resource in resources {
        let path = format!("{FOLDER}/{}", resource.path);
        let is_compressed = resource.media_type.starts_with("image/") && resource.media_type != "image/svg+xml";
        entries.push(Entry { path, data: resource.data, stored: is_compressed });
    }
    archive::write(entries)
}

/// The page marks in order. Those in notes are left out: a note stands below its chapter here, and a page list must
/// follow the order of the text.
fn marks(options: &Options, note_leaves: u32) -> Vec<Mark<'_>> {
    let pages = options.pages.iter().flat_map(|list| &list.pages);
    let mut marks: Vec<Mark<'_>> = pages
        .filter(|(folio, at)| !folio.trim().is_empty() && at.leaf < note_leaves)
        .map(|(folio, at)| Mark { at: *at, folio, number: 0 })
        .collect();
    marks.sort_by_key(|mark| mark.at);
    (1..).zip(&mut marks).for_each(|(number, mark)| mark.number = number);
    marks
}
