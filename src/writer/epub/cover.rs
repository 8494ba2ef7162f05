//! The cover: its picture, and the document that shows it before all others.

use super::content::Book;
use super::package::{Resource, TEXTS};
use super::xml;
use crate::cover::Cover;

/// The name of the document.
pub(super) const FILE: &str = "cover.xhtml";

/// The picture as a file of the package.
pub(super) fn resource(cover: &Cover) -> Resource {
    Resource {
        path: format!("images/cover.{}", cover.format.ending()),
        media_type: cover.format.media_type().to_owned(),
        data: cover.data.clone(),
        is_cover: true,
    }
}

/// The address of the document within the package.
pub(super) fn href() -> String {
    format!("{TEXTS}/{FILE}")
}

/// The document: the picture alone, with what can be read on it as its alternative.
pub(super) fn document(book: &Book<'_>, picture: &str) -> String {
    let meta = &book.document.meta;
    let language = &meta.language;
    let direction = if language.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    let name = xml::text(book.terms.cover);
    let mut alternative = format!("{}: {}", book.terms.cover, xml::squeezed(&meta.title));
    let authors: Vec<String> = meta.authors().map(xml::squeezed).filter(|author| !author.is_empty()).collect();
    if !authors.is_empty() {
        alternative.push_str(". ");
        alternative.push_str(&authors.join(", "));
    }
    let alternative = xml::attribute(&alternative);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\"{direction}>\n<head>\n<title>{name}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"../stylesheet.css\"/>\n</head>\n\
         <body epub:type=\"frontmatter\">\n<section class=\"cover\" epub:type=\"cover\">\n\
         <img src=\"../{picture}\" role=\"doc-cover\" alt=\"{alternative}\"/>\n</section>\n</body>\n</html>\n"
    )
}
