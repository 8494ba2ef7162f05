//! Links: annotations on the pages (ISO 32000-1, 12.5.6.5), and where they lead.

use super::file::File;
use super::syntax::{self, to_hundredths};
use crate::geom::Rect;
use crate::model::Target;
use crate::paged::{Destination, LinkArea, NodeId, PagedDocument};

/// A link annotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// Its object.
    pub(super) object: u32,
    /// The page it is on.
    pub(super) page: u32,
    node: NodeId,
}

/// The link annotations of a document, in the order of their keys in the parent tree.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// By node, then by page.
    list: Vec<Placed>,
    /// By page: its annotations' objects, in the order of the page.
    pages: Vec<Vec<u32>>,
}

impl Annotations {
    /// The annotations that belong to a node.
    pub(super) fn of(&self, node: NodeId) -> &[Placed] {
        let start = self.list.partition_point(|placed| placed.node < node);
        let rest = self.list.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|placed| placed.node == node)).unwrap_or_default()
    }

    /// The node of each, in the order of their keys.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.list.iter().map(|placed| placed.node)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The objects of those on a page.
    pub(super) fn on_page(&self, page: usize) -> &[u32] {
        self.pages.get(page).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Where a link leads in the file.
enum Goal<'a> {
    Address(&'a str),
    Place(Destination),
}

/// Where a link leads; nothing where it leads nowhere, or where a reader should not be led: only the web and mail.
fn goal<'a>(paged: &PagedDocument, area: &'a LinkArea) -> Option<Goal<'a>> {
    match &area.target {
        Target::Internal(anchor) => paged
            .anchors
            .get(anchor)
            .filter(|place| (place.page as usize) < paged.pages.len())
            .copied()
            .map(Goal::Place),
        Target::External(address) => may_follow(address).then_some(Goal::Address(address)),
    }
}

/// Whether an address may stand in a file: nothing that runs code or reads the disk.
pub(super) fn may_follow(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    address.len() > scheme.len() + 1 && matches!(scheme.as_str(), "http" | "https" | "mailto")
}

/// Whether a link becomes an annotation.
pub(super) fn leads(paged: &PagedDocument, area: &LinkArea) -> bool {
    (area.node.0 as usize) < paged.structure.nodes.len() && goal(paged, area).is_some()
}

/// By node, whether an annotation belongs to it.
pub(super) fn linked_nodes(paged: &PagedDocument) -> Vec<bool> {
    let mut linked = vec![false; paged.structure.nodes.len()];
    for area in paged.pages.iter().flat_map(|page| &page.links).filter(|area| leads(paged, area)) {
        if let Some(place) = linked.get_mut(area.node.0 as usize) {
            *place = true;
        }
    }
    linked
}

/// Writes the annotations of all pages; `pages` are the pages' objects.
pub(super) fn write(file: &mut File, paged: &PagedDocument, pages: &[u32]) -> Annotations {
    let mut areas: Vec<(usize, &LinkArea)> = Vec::new();
    for (number, page) in paged.pages.iter().enumerate() {
        areas.extend(page.links.iter().filter(|area| leads(paged, area)).map(|area| (number, area)));
    }
    areas.sort_by_key(|(number, area)| (area.node, *number));
    let mut annotations = Annotations { list: Vec::with_capacity(areas.len()), pages: vec![Vec::new(); pages.len()] };
    for (key, (number, area)) in areas.into_iter().enumerate() {
        let Some(goal) = goal(paged, area) else { continue };
        let object = file.reserve();
        annotations.list.push(Placed { object, page: number as u32, node: area.node });
        if let Some(on_page) = annotations.pages.get_mut(number) {
            on_page.push(object);
        }
        let height = paged.pages.get(number).map_or(0.0, |page| page.size.height.0);
        file.object(object, |out| {
            // Flag 4: it is printed, as PDF/A wants of every annotation (ISO 19005-2, 6.3.2).
            out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
            write_rect(out, area.rect, height);
            out.extend_from_slice(b"/StructParent ");
            syntax::integer(out, (pages.len() + key) as i64);
            out.extend_from_slice(b"/Contents");
            syntax::text_string(out, &description(area));
            match goal {
                Goal::Address(address) => {
                    out.extend_from_slice(b"/A<</S/URI/URI(");
                    syntax::literal_bytes(out, &uri(address));
                    out.extend_from_slice(b")>>");
                }
                Goal::Place(place) => {
                    out.extend_from_slice(b"/Dest");
                    write_destination(out, paged, pages, place);
                }
            }
            out.extend_from_slice(b">>");
        });
    }
    annotations
}

/// What a link says for those who do not see it: never nothing.
fn description(area: &LinkArea) -> String {
    let told = syntax::clean_text(&area.description);
    match &area.target {
        _ if !told.is_empty() => told,
        Target::External(address) => syntax::clean_text(address),
        Target::Internal(anchor) => anchor.0.clone(),
    }
}

/// An address in ASCII: other bytes, and those that no URI holds, in per cent (RFC 3986, 2.1).
fn uri(address: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(address.len());
    for byte in address.trim().bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    out
}

/// Writes an explicit destination (ISO 32000-1, 12.3.2.2) that keeps the reader's magnification.
pub(super) fn write_destination(out: &mut Vec<u8>, paged: &PagedDocument, pages: &[u32], place: Destination) {
    let number = (place.page as usize).min(pages.len().saturating_sub(1));
    let height = paged.pages.get(number).map_or(0.0, |page| page.size.height.0);
    out.push(b'[');
    syntax::reference(out, pages.get(number).copied().unwrap_or(0));
    out.extend_from_slice(b"/XYZ null ");
    syntax::hundredths(out, to_hundredths(height - place.y.0));
    out.extend_from_slice(b" null]");
}

/// Writes a rectangle as PDF has it, from the lower left corner of a page so high.
pub(super) fn write_rect(out: &mut Vec<u8>, rect: Rect, page_height: f32) {
    let (left, top) = (rect.origin.x.0, page_height - rect.origin.y.0);
    let corners = [left, top - rect.size.height.0, left + rect.size.width.0, top];
    for (at, value) in corners.into_iter().enumerate() {
        out.push(if at == 0 { b'[' } else { b' ' });
        syntax::hundredths(out, to_hundredths(value));
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_may_be_followed() {
        for address in ["http://a.example", "HTTPS://a.example/x?y", "mailto:a@b.example"] {
            assert!(may_follow(address), "{address}");
        }
        for address in ["javascript:alert(1)", "file:///etc/hosts", "data:text/html,x", "a.html", "http:", ""] {
            assert!(!may_follow(address), "{address}");
        }
    }

    #[test]
    fn addresses_are_written_in_ascii() {
        assert_eq!(uri("https://a.example/é b"), b"https://a.example/%C3%A9%20b");
        assert_eq!(uri("https://a.example/%20?q=(x)"), b"https://a.example/%20?q=(x)");
    }
}
