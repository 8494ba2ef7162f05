//! The package as epub-builder makes it: container, package document, navigation.
//!
//! epub-builder gets every file by name and the contents tree; the data themselves go into the final archive only, where
//! they are compressed once, in parallel.

use super::content::Book;
use super::xml::squeezed;
use super::{EpubError, cover};
use crate::outline::{self, Entry};
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, TocElement, ZipLibrary};
use std::io::{Cursor, Read};

/// The folder of the package within the archive: epub-builder's own.
pub(super) const FOLDER: &str = "OEBPS";
/// The folder of the texts within the package.
pub(super) const TEXTS: &str = "text";

/// A file of the package besides texts.
pub(super) struct Resource {
    /// Its path within the package.
    pub(super) path: String,
    pub(super) media_type: String,
    pub(super) data: Vec<u8>,
    /// Whether it is the cover.
    pub(super) is_cover: bool,
}

/// The documents that epub-builder has written.
pub(super) struct Package {
    pub(super) container: String,
    /// The option that lets Apple Books show embedded faces.
    pub(super) display_options: String,
    pub(super) opf: String,
    pub(super) nav: String,
    pub(super) ncx: String,
    /// Whether the contents stand in an entry that is not of the text: epub-builder hangs contents on files only, the
    /// outline also on places within them.
    pub(super) is_rooted: bool,
}

/// Builds the package of a book.
///
/// # Errors
///
/// Those of epub-builder, and of reading its archive back.
pub(super) fn build(book: &Book<'_>, resources: &[Resource], toc_depth: usize) -> Result<Package, EpubError> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.set_title(squeezed(&book.document.meta.title));
    builder.set_generator(concat!("bindery ", env!("CARGO_PKG_VERSION")));
    builder.set_toc_name(book.terms.contents);
    builder.metadata(
        "direction",
        if book.options.pages_turn_left(&book.document.meta.language) { "rtl" } else { "ltr" },
    )?;
    builder.stylesheet(std::io::empty())?;
    let entries = outline::outline(book.document);
    let is_rooted = !entries.is_empty() && toc_depth > 0;
    if book.options.cover.is_some() {
        builder.add_content(EpubContent::new(cover::href(), std::io::empty()))?;
    }
    for (at, document) in book.plan.documents.iter().enumerate() {
        let mut content = EpubContent::new(format!("{TEXTS}/{}", document.file), std::io::empty());
        if at == 0 {
            content = content.title(squeezed(&book.document.meta.title));
            if is_rooted {
                content = entries.iter().fold(content, |content, entry| content.child(element(book, entry, toc_depth)));
            }
        }
        builder.add_content(content)?;
    }
    for one in resources {
        if one.is_cover {
            builder.add_cover_image(&one.path, std::io::empty(), &one.media_type)?;
        } else {
            builder.add_resource(&one.path, std::io::empty(), &one.media_type)?;
        }
    }
    let mut archive = Vec::new();
    builder.generate(&mut archive)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(archive))?;
    let mut read = |name: &str| -> Result<String, EpubError> {
        let mut text = String::new();
        archive.by_name(name)?.read_to_string(&mut text)?;
        Ok(text)
    };
    Ok(Package {
        container: read("META-INF/container.xml")?,
        display_options: read("META-INF/com.apple.ibooks.display-options.xml")?,
        opf: read("OEBPS/content.opf")?,
        nav: read("OEBPS/nav.xhtml")?,
        ncx: read("OEBPS/toc.ncx")?,
        is_rooted,
    })
}

/// An entry of the contents with those below it, `depth` levels in all.
fn element(book: &Book<'_>, entry: &Entry, depth: usize) -> TocElement {
    let place = book.plan.anchors.get(entry.anchor.0.as_str());
    let url = place.and_then(|place| {
        let file = &book.plan.documents.get(place.document)?.file;
        Some(if place.leads { format!("{TEXTS}/{file}") } else { format!("{TEXTS}/{file}#{}", place.id) })
    });
    let mut title: String = squeezed(&entry.text()).chars().filter(|c| !c.is_control()).collect();
    if title.is_empty() {
        title = book.terms.untitled.to_owned();
    }
    let this = TocElement::new(url.unwrap_or_default(), title);
    match depth {
        0 | 1 => this,
        _ => entry.children.iter().fold(this, |this, child| this.child(element(book, child, depth - 1))),
    }
}
