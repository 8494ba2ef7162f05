//! The navigation document and the NCX, completed.

use super::content::Book;
use super::package::{Package, TEXTS};
use super::{EpubError, cover, splice, xml};
use crate::model::{Matter, SectionRole};
use std::fmt::Write as _;

/// Completes the navigation document: language, roles, landmarks and page list (EPUB 3.3 §7).
pub(super) fn complete_nav(book: &Book<'_>, package: &mut Package) -> Result<(), EpubError> {
    let nav = &mut package.nav;
    let language = &book.document.meta.language;
    let direction = if language.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    splice::replace(nav, "<html ", &format!("<html lang=\"{language}\" xml:lang=\"{language}\"{direction} "))?;
    splice::replace(
        nav,
        "<nav epub:type = \"toc\" id=\"toc\">",
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">",
    )?;
    if package.is_rooted {
        const START: &str = "</h1>";
        let start = nav.find(START).ok_or(EpubError::Template(START))? + START.len();
        let end = nav.find("</nav>").ok_or(EpubError::Template("</nav>"))?;
        let inner = nav.get(start..end).and_then(|list| {
            let root = list.find("</a>")? + "</a>".len();
            let end = list.rfind("</li>")?;
            list.get(root..end).map(|list| format!("{}\n  ", list.trim_end()))
        });
        nav.replace_range(start..end, &inner.ok_or(EpubError::Template("<li>"))?);
    }
    let landmarks = landmarks(book);
    splice::between(
        nav,
        "<nav epub:type = \"landmarks\"",
        "</nav>",
        &format!(
            " id=\"landmarks\" hidden=\"hidden\">\n    <h2>{}</h2>\n    <ol>\n{landmarks}    </ol>\n  ",
            xml::text(book.terms.landmarks)
        ),
    )?;
    if !book.marks.is_empty() {
        let mut list = format!(
            "  <nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"page-list\" hidden=\"hidden\">\n    <h2>{}</h2>\n    <ol>\n",
            xml::text(book.terms.pages)
        );
        for_each_page(book, |folio, href, _| {
            let _ = writeln!(list, "      <li><a href=\"{href}\">{folio}</a></li>");
        });
        list.push_str("    </ol>\n  </nav>\n");
        splice::before(nav, "</body>", &list)?;
    }
    Ok(())
}

/// Completes the NCX of EPUB 2: language, title, name, depth and page list.
pub(super) fn complete_ncx(
    book: &Book<'_>,
    package: &mut Package,
    identifier: &str,
    depth: usize,
) -> Result<(), EpubError> {
    let ncx = &mut package.ncx;
    let language = &book.document.meta.language;
    splice::replace(ncx, "<ncx ", &format!("<ncx xml:lang=\"{language}\" "))?;
    let pages = book.marks.len();
    let head = format!(
        "\n    <meta name=\"dtb:uid\" content=\"{}\"/>\n    <meta name=\"dtb:depth\" content=\"{}\"/>\n    \
         <meta name=\"dtb:totalPageCount\" content=\"{pages}\"/>\n    <meta name=\"dtb:maxPageNumber\" content=\"{pages}\"/>\n  ",
        xml::attribute(identifier),
        depth.max(1)
    );
    splice::between(ncx, "<head>", "</head>", &head)?;
    let title = xml::text(&xml::squeezed(&book.document.meta.title));
    splice::between(ncx, "<docTitle>", "</docTitle>", &format!("\n    <text>{title}</text>\n  "))?;
    if package.is_rooted {
        const START: &str = "<navMap>";
        let start = ncx.find(START).ok_or(EpubError::Template(START))? + START.len();
        let end = ncx.find("</navMap>").ok_or(EpubError::Template("</navMap>"))?;
        let inner = ncx.get(start..end).and_then(|map| {
            let first = map.find("<content ")?;
            let first = first + map.get(first..)?.find("/>")? + "/>".len();
            let last = map.rfind("</navPoint>")?;
            map.get(first..last).map(|map| format!("{}\n  ", map.trim_end()))
        });
        ncx.replace_range(start..end, &inner.ok_or(EpubError::Template("<navPoint>"))?);
    }
    *ncx = without_play_order(ncx);
    if !book.marks.is_empty() {
        let mut list = String::from("  <pageList>\n");
        for_each_page(book, |folio, href, number| {
            let kind = if folio.bytes().all(|byte| byte.is_ascii_digit()) { "normal" } else { "front" };
            let _ = writeln!(
                list,
                "    <pageTarget id=\"page_{number}\" type=\"{kind}\"><navLabel><text>{folio}</text></navLabel>\
                 <content src=\"{href}\"/></pageTarget>"
            );
        });
        list.push_str("  </pageList>\n");
        splice::before(ncx, "</ncx>", &list)?;
    }
    Ok(())
}

/// The NCX without the order of its points: EPUB 2 lets it be left out, and where the outer point has gone it has a gap.
fn without_play_order(ncx: &str) -> String {
    const POINT: &str = "<navPoint ";
    let mut parts = ncx.split("<navPoint playOrder=\"");
    let mut out = String::with_capacity(ncx.len());
    out.push_str(parts.next().unwrap_or(""));
    for part in parts {
        out.push_str(POINT);
        out.push_str(part.split_once("\" ").map_or(part, |(_, rest)| rest));
    }
    out
}

/// Calls `push` with the folio, the address and the number of each page.
fn for_each_page(book: &Book<'_>, mut push: impl FnMut(&str, &str, usize)) {
    for (index, document) in book.plan.documents.iter().enumerate() {
        for mark in book.marks_of(index) {
            let href = format!("{TEXTS}/{}#page_{}", document.file, mark.number);
            push(&xml::text(mark.folio), &href, mark.number);
        }
    }
}

/// The landmarks: title page, where the text begins, and the parts with a name of their own. No two have the
/// same kind and target.
fn landmarks(book: &Book<'_>) -> String {
    let mut out = String::new();
    let mut push = |kind: &str, href: &str, name: &str| {
        let name = xml::text(&xml::squeezed(name));
        let _ = writeln!(out, "      <li><a epub:type=\"{kind}\" href=\"{href}\">{name}</a></li>");
    };
    if book.options.cover.is_some() {
        push("cover", &cover::href(), book.terms.cover);
    }
    let mut body = false;
    for (at, document) in book.plan.documents.iter().enumerate() {
        let href = format!("{TEXTS}/{}", document.file);
        if document.matter == Matter::Body && !body {
            body = true;
            push("bodymatter", &href, book.terms.text);
        }
        let first = at == 0 || !document.file.contains("-continued-");
        let kind = match document.role {
            SectionRole::TitlePage if at == 0 => "titlepage",
            SectionRole::Foreword => "foreword",
            SectionRole::Preface => "preface",
            SectionRole::Introduction => "introduction",
            SectionRole::Prologue => "prologue",
            SectionRole::Epilogue => "epilogue",
            SectionRole::Afterword => "afterword",
            SectionRole::Conclusion => "conclusion",
            SectionRole::Appendix => "appendix",
            SectionRole::Glossary => "glossary",
            SectionRole::Bibliography => "bibliography",
            SectionRole::Index => "index",
            SectionRole::Acknowledgments => "acknowledgments",
            SectionRole::Colophon => "colophon",
            SectionRole::Dedication => "dedication",
            SectionRole::Imprint => "imprint",
            SectionRole::Section
            | SectionRole::TitlePage
            | SectionRole::Epigraph
            | SectionRole::Cast
            | SectionRole::Volume
            | SectionRole::Part
            | SectionRole::Chapter
            | SectionRole::Act
            | SectionRole::Scene
            | SectionRole::Poem
            | SectionRole::Story
            | SectionRole::Letter
            | SectionRole::Notes => continue,
        };
        if first {
            let name = if kind == "titlepage" { book.terms.title_page } else { &document.title };
            push(kind, &href, name);
        }
    }
    out
}
