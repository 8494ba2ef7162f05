//! The contents tree: the EPUB's nav, the PDF's bookmarks and the printed contents are all made from it.

use crate::model::{AnchorId, Document, Heading, Inline, Matter, Section, SectionRole, plain_text};

/// One entry of the contents with those below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// "Chapter I": empty where the heading has none.
    pub label: String,
    /// The title: empty where the label is all there is.
    pub title: String,
    /// The title with its emphasis.
    pub content: Vec<Inline>,
    /// Where it leads.
    pub anchor: AnchorId,
    /// The matter of its section.
    pub matter: Matter,
    /// The role of its section.
    pub role: SectionRole,
    /// The entries below it.
    pub children: Vec<Entry>,
}

impl Entry {
    /// Label and title in one line: "Chapter I. The Owl".
    pub fn text(&self) -> String {
        one_line(&self.label, &self.title)
    }
}

/// A heading in one line: "Chapter I. The Owl: A Story".
pub fn heading_text(heading: &Heading) -> String {
    one_line(&plain_text(&heading.label), &title_line(heading))
}

fn one_line(label: &str, title: &str) -> String {
    match (label, title) {
        (label, "") => label.to_owned(),
        ("", title) => title.to_owned(),
        (label, title) if label.ends_with(['.', ':', '—', '–']) => format!("{label} {title}"),
        (label, title) => format!("{label}. {title}"),
    }
}

/// Title and subtitle: "The Owl: A Story".
fn title_line(heading: &Heading) -> String {
    let (title, subtitle) = (plain_text(&heading.title), plain_text(&heading.subtitle));
    match (title.as_str(), subtitle.as_str()) {
        (_, "") => title,
        ("", _) => subtitle,
        (_, _) => format!("{title}: {subtitle}"),
    }
}

/// The contents of a document: every section that has a heading, nested as the sections are. What stands under a section
/// without a heading moves up to its place.
pub fn outline(document: &Document) -> Vec<Entry> {
    entries(&document.sections)
}

fn entries(sections: &[Section]) -> Vec<Entry> {
    let mut list = Vec::new();
    for section in sections {
        let children = entries(&section.children);
        match &section.heading {
            Some(heading) => {
                list.push(Entry {
                    label: plain_text(&heading.label),
                    title: title_line(heading),
                    content: heading.title.clone(),
                    anchor: section.id.clone(),
                    matter: section.matter,
                    role: section.role,
                    children,
                });
            }
            None => list.extend(children),
        }
    }
    list
}

/// How many levels the outline has: 0 for none.
pub fn depth(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| 1 + depth(&entry.children)).max().unwrap_or(0)
}
