//! The package document, completed: metadata and what EPUB 3.3 §5 asks beyond epub-builder.

use super::content::Book;
use super::package::{Package, TEXTS};
use super::{EpubError, accessibility, cover, names, splice, xml};
use crate::model::{ContributorRole, Identifier, Matter};
use std::fmt::Write as _;

/// Completes the package document.
pub(super) fn complete(book: &Book<'_>, package: &mut Package, identifier: &Identifier) -> Result<(), EpubError> {
    let opf = &mut package.opf;
    let meta = &book.document.meta;
    let language = &meta.language;
    splice::replace(opf, "<package version=\"3.0\"", &format!("<package version=\"3.0\" xml:lang=\"{language}\""))?;
    splice::between(opf, "<dc:identifier id=\"epub-id-1\">", "</dc:identifier>", &xml::text(&identifier.urn()))?;
    splice::between(opf, "<meta property=\"dcterms:modified\">", "</meta>", &modified(book.options.modified))?;
    splice::replace(opf, "<dc:title>", "<dc:title id=\"title\">")?;
    let mut more = String::new();
    push_title(&mut more, book);
    push_identifier(&mut more, identifier);
    let _ = writeln!(more, "    <dc:language>{language}</dc:language>");
    push_contributors(&mut more, book);
    let plain = [
        ("dc:publisher", meta.publisher.as_deref()),
        ("dc:description", meta.description.as_deref()),
        ("dc:rights", meta.rights.as_deref()),
        ("dc:source", meta.source.as_deref()),
    ];
    for (element, value) in plain {
        if let Some(value) = said(value) {
            let _ = writeln!(more, "    <{element}>{value}</{element}>");
        }
    }
    for subject in &meta.subjects {
        if let Some(subject) = said(Some(subject)) {
            let _ = writeln!(more, "    <dc:subject>{subject}</dc:subject>");
        }
    }
    if let Some(date) = meta.date {
        let _ = writeln!(more, "    <dc:date>{date}</dc:date>");
    }
    push_series(&mut more, book);
    let source = book.options.pages.as_ref().and_then(|pages| said(Some(&pages.source)));
    if let Some(source) = source.filter(|_| !book.marks.is_empty()) {
        let _ = writeln!(more, "    <meta property=\"pageBreakSource\">{source}</meta>");
    }
    if book.options.is_vertical(language) {
        more.push_str("    <meta name=\"primary-writing-mode\" content=\"vertical-rl\"/>\n");
    }
    accessibility::push_metadata(&mut more, book);
    splice::before(opf, "  </metadata>", &more)?;
    splice::before(opf, "  </guide>", &guide(book))
}

/// Says of each document with formulas that it has some (EPUB 3.3, D.6.4); `texts` are those of the plan's documents.
pub(super) fn tell_mathematics(opf: &mut String, book: &Book<'_>, texts: &[String]) {
    for (document, text) in book.plan.documents.iter().zip(texts) {
        // The manifest comes before all else that names a document.
        let item = format!("href=\"{TEXTS}/{}\"", document.file);
        if text.contains("<math ")
            && let Some(at) = opf.find(&item)
        {
            opf.insert_str(at, "properties=\"mathml\" ");
        }
    }
}

/// What EPUB 2 calls a guide: the cover and where the text begins, for converters that read no landmarks.
fn guide(book: &Book<'_>) -> String {
    let mut out = String::new();
    let mut push = |kind: &str, title: &str, href: &str| {
        let _ = writeln!(out, "    <reference type=\"{kind}\" title=\"{}\" href=\"{href}\"/>", xml::attribute(title));
    };
    if book.options.cover.is_some() {
        push("cover", book.terms.cover, &cover::href());
    }
    if let Some(first) = book.plan.documents.iter().find(|document| document.matter == Matter::Body) {
        push("text", book.terms.text, &format!("{TEXTS}/{}", first.file));
    }
    out
}

fn push_title(out: &mut String, book: &Book<'_>) {
    let meta = &book.document.meta;
    out.push_str("    <meta refines=\"#title\" property=\"title-type\">main</meta>\n");
    out.push_str("    <meta refines=\"#title\" property=\"display-seq\">1</meta>\n");
    let derived = || names::sorted_title(&xml::squeezed(&meta.title), &meta.language);
    let sorted = meta.sort_title.clone().unwrap_or_else(derived);
    if let Some(text) = said(Some(&sorted)) {
        let _ = writeln!(out, "    <meta refines=\"#title\" property=\"file-as\">{text}</meta>");
        // What calibre sorts by.
        let attribute = xml::attribute(&xml::squeezed(&sorted));
        let _ = writeln!(out, "    <meta name=\"calibre:title_sort\" content=\"{attribute}\"/>");
    }
    if let Some(subtitle) = said(meta.subtitle.as_deref()) {
        let _ = writeln!(out, "    <dc:title id=\"subtitle\">{subtitle}</dc:title>");
        out.push_str("    <meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>\n");
        out.push_str("    <meta refines=\"#subtitle\" property=\"display-seq\">2</meta>\n");
    }
}

/// What kind of identifier it is, in the codes of ONIX list 5.
fn push_identifier(out: &mut String, identifier: &Identifier) {
    let code = match identifier {
        Identifier::Isbn(digits) if digits.len() == 10 => "02",
        Identifier::Isbn(_) => "15",
        Identifier::Doi(_) => "06",
        Identifier::Uuid(_) | Identifier::Other(_) => return,
    };
    let _ = writeln!(
        out,
        "    <meta refines=\"#epub-id-1\" property=\"identifier-type\" scheme=\"onix:codelist5\">{code}</meta>"
    );
}

/// Authors are creators, all others contributors; each with the MARC code of its part and the name to sort by.
fn push_contributors(out: &mut String, book: &Book<'_>) {
    let meta = &book.document.meta;
    for (number, one) in (1..).zip(&meta.contributors) {
        let Some(name) = said(Some(&one.name)) else { continue };
        let element = if one.role == ContributorRole::Author { "dc:creator" } else { "dc:contributor" };
        let _ = writeln!(out, "    <{element} id=\"person-{number}\">{name}</{element}>");
        let _ = writeln!(
            out,
            "    <meta refines=\"#person-{number}\" property=\"role\" scheme=\"marc:relators\">{}</meta>",
            one.role.marc()
        );
        let sorted = one.file_as.clone().unwrap_or_else(|| names::sorted_name(&one.name));
        if let Some(sorted) = said(Some(&sorted)) {
            let _ = writeln!(out, "    <meta refines=\"#person-{number}\" property=\"file-as\">{sorted}</meta>");
        }
        let _ = writeln!(out, "    <meta refines=\"#person-{number}\" property=\"display-seq\">{number}</meta>");
    }
}

/// The series, for EPUB 3 and for calibre, which reads its own names as well.
fn push_series(out: &mut String, book: &Book<'_>) {
    let Some(series) = &book.document.meta.series else { return };
    let Some(name) = said(Some(&series.name)) else { return };
    let _ = writeln!(out, "    <meta property=\"belongs-to-collection\" id=\"series\">{name}</meta>");
    out.push_str("    <meta refines=\"#series\" property=\"collection-type\">series</meta>\n");
    let attribute = xml::attribute(&xml::squeezed(&series.name));
    let position = series.position.as_deref().map(str::trim).filter(|position| is_decimal(position));
    if let Some(position) = position {
        let _ = writeln!(out, "    <meta refines=\"#series\" property=\"group-position\">{position}</meta>");
    }
    let _ = writeln!(out, "    <meta name=\"calibre:series\" content=\"{attribute}\"/>");
    if let Some(position) = position {
        let _ = writeln!(out, "    <meta name=\"calibre:series_index\" content=\"{position}\"/>");
    }
}

fn is_decimal(text: &str) -> bool {
    let mut parts = text.split('.');
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(digits) && parts.next().is_none_or(digits) && parts.next().is_none()
}

/// Seconds since 1970 as `2000-01-01T00:00:00Z`.
fn modified(seconds: u64) -> String {
    let date =
        crate::model::Date::from_unix_seconds(seconds).map_or_else(|| "9999-12-31".into(), |date| date.to_string());
    let rest = seconds % 86_400;
    format!("{date}T{:02}:{:02}:{:02}Z", rest / 3_600, rest / 60 % 60, rest % 60)
}

/// A value as text, unless it is empty.
fn said(value: Option<&str>) -> Option<String> {
    let value = xml::text(&xml::squeezed(value?));
    (!value.trim().is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_change_is_written_as_epub_wants_it() {
        assert_eq!(modified(946_684_800), "2000-01-01T00:00:00Z");
        assert_eq!(modified(1_709_210_096), "2024-02-29T12:34:56Z");
    }

    #[test]
    fn positions_in_a_series_are_decimal_numbers() {
        assert!(is_decimal("2") && is_decimal("2.5"));
        assert!(!is_decimal("II") && !is_decimal("1.2.3") && !is_decimal(""));
    }
}
