//! The contents tree: the EPUB's nav, the PDF's bookmarks and the printed contents are all made from it.

use crate::model::{AnchorId, Document, Inline, Matter, Section, SectionRole, plain_text};

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
        match (self.label.as_str(), self.title.as_str()) {
            (label, "") => label.to_owned(),
            ("", title) => title.to_owned(),
            (label, title) if label.ends_with(['.', ':', '—', '–']) => format!("{label} {title}"),
            (label, title) => format!("{label}. {title}"),
        }
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
                let mut title = plain_text(&heading.title);
                let subtitle = plain_text(&heading.subtitle);
                if title.is_empty() {
                    title = subtitle;
                } else if !subtitle.is_empty() {
                    title = format!("{title}: {subtitle}");
                }
                list.push(Entry {
                    label: plain_text(&heading.label),
                    title,
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
