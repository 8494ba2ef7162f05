//! The title page or title block, and the imprint: what the metadata say, for readers.

use super::content::Book;
use super::xml::{self, squeezed};
use crate::model::{Contributor, ContributorRole};
use std::fmt::Write as _;

/// Title, subtitle and authors: a section of its own in a book, the head of the text in an article.
pub(super) fn push_title(out: &mut String, book: &Book<'_>) {
    let meta = &book.document.meta;
    // The first words of an article are not set over it again; a book's title page has nothing else to show.
    let shows_title = book.plan.is_book || !meta.title_is_incipit;
    if !shows_title && meta.subtitle.is_none() && meta.contributors.is_empty() && meta.date.is_none() {
        return;
    }
    out.push_str(if book.plan.is_book {
        "<section class=\"titlepage\" epub:type=\"titlepage\">\n"
    } else {
        "<div class=\"title-block\">\n"
    });
    if shows_title {
        let _ = writeln!(out, "<h1 class=\"title\" epub:type=\"title\">{}</h1>", xml::text(&squeezed(&meta.title)));
    }
    if let Some(subtitle) = said(meta.subtitle.as_deref()) {
        let _ = writeln!(out, "<p class=\"subtitle\" role=\"doc-subtitle\">{subtitle}</p>");
    }
    for one in meta.contributors.iter().filter(|one| one.role == ContributorRole::Author) {
        if let Some(name) = said(Some(&one.name)) {
            let _ = writeln!(out, "<p class=\"author\">{name}</p>");
        }
    }
    for one in meta.contributors.iter().filter(|one| one.role != ContributorRole::Author) {
        if let Some(credit) = credit(one, book) {
            let _ = writeln!(out, "<p class=\"contributor\">{credit}</p>");
        }
    }
    if book.plan.is_book {
        if let Some(publisher) = said(meta.publisher.as_deref()) {
            let _ = writeln!(out, "<p class=\"publisher\">{publisher}</p>");
        }
    } else if let Some(date) = meta.date {
        let _ = writeln!(out, "<p class=\"date\"><time datetime=\"{date}\">{date}</time></p>");
    }
    out.push_str(if book.plan.is_book { "</section>\n" } else { "</div>\n" });
}

/// "Translated by Jane Roe".
fn credit(one: &Contributor, book: &Book<'_>) -> Option<String> {
    let name = said(Some(&one.name))?;
    Some(match book.terms.credit(one.role) {
        Some(by) => format!("{by} {name}"),
        None => name,
    })
}

/// Whether an imprint has anything to say that the title page does not.
pub(super) fn has_imprint(book: &crate::model::Document) -> bool {
    let meta = &book.meta;
    let has_own = book.sections.iter().any(|section| section.role == crate::model::SectionRole::Imprint);
    !has_own && (meta.rights.is_some() || meta.source.is_some() || meta.publisher.is_some() || meta.series.is_some())
}

/// Publisher, date, series, rights, source and identifier.
pub(super) fn push_imprint(out: &mut String, book: &Book<'_>) {
    let meta = &book.document.meta;
    out.push_str("<section class=\"imprint\" epub:type=\"imprint\">\n");
    let date = meta.date.map(|date| date.to_string());
    let edition: Vec<String> = [said(meta.publisher.as_deref()), said(date.as_deref())].into_iter().flatten().collect();
    let series = meta.series.as_ref().and_then(|series| {
        let name = said(Some(&series.name))?;
        let position = said(series.position.as_deref()).map(|position| format!(", {position}")).unwrap_or_default();
        Some(format!("{name}{position}"))
    });
    let lines = [
        (!edition.is_empty()).then(|| edition.join(", ")),
        series,
        said(meta.rights.as_deref()),
        said(meta.source.as_deref()).map(|source| format!("{}: {source}", book.terms.source)),
        said(meta.identifier.as_deref()),
    ];
    for line in lines.into_iter().flatten() {
        let _ = writeln!(out, "<p>{line}</p>");
    }
    out.push_str("</section>\n");
}

/// A value as text, unless it is empty.
fn said(value: Option<&str>) -> Option<String> {
    let value = squeezed(value?);
    (!value.is_empty()).then(|| xml::text(&value))
}
