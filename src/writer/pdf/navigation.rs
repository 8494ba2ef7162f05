//! Bookmarks (ISO 32000-1, 12.3.3) and page labels (12.4.2).

use super::file::File;
use super::links::write_destination;
use super::syntax;
use crate::paged::{Bookmark, FolioStyle, PagedDocument};

/// Writes the bookmarks; `pages` are the pages' objects. Returns the object of the outline, if there is any.
pub(super) fn write_bookmarks(file: &mut File, paged: &PagedDocument, pages: &[u32]) -> Option<u32> {
    if paged.bookmarks.is_empty() {
        return None;
    }
    let root = file.reserve();
    let first = file.reserve_many(paged.bookmarks.len());
    // Each level waits on the stack with the number of its first entry: depth must not be recursion.
    let mut waiting = vec![(root, first, paged.bookmarks.as_slice())];
    while let Some((parent, first, level)) = waiting.pop() {
        for (at, bookmark) in level.iter().enumerate() {
            let id = first + at as u32;
            let kids = (!bookmark.children.is_empty()).then(|| {
                let kids = file.reserve_many(bookmark.children.len());
                waiting.push((id, kids, &bookmark.children));
                kids
            });
            file.object(id, |out| {
                out.extend_from_slice(b"<</Title");
                syntax::text_string(out, &syntax::clean_text(&bookmark.title));
                out.extend_from_slice(b"/Parent ");
                syntax::reference(out, parent);
                if at > 0 {
                    out.extend_from_slice(b"/Prev ");
                    syntax::reference(out, id - 1);
                }
                if at + 1 < level.len() {
                    out.extend_from_slice(b"/Next ");
                    syntax::reference(out, id + 1);
                }
                if let Some(kids) = kids {
                    // Below zero: closed, so that a long book opens with its parts in sight.
                    write_kids(out, kids, bookmark.children.len(), -(bookmark.children.len() as i64));
                }
                out.extend_from_slice(b"/Dest");
                write_destination(out, paged, pages, bookmark.destination);
                out.extend_from_slice(b">>");
            });
        }
    }
    file.object(root, |out| {
        out.extend_from_slice(b"<</Type/Outlines");
        write_kids(out, first, paged.bookmarks.len(), paged.bookmarks.len() as i64);
        out.extend_from_slice(b">>");
    });
    Some(root)
}

fn write_kids(out: &mut Vec<u8>, first: u32, count: usize, shown: i64) {
    out.extend_from_slice(b"/First ");
    syntax::reference(out, first);
    out.extend_from_slice(b"/Last ");
    syntax::reference(out, first + count as u32 - 1);
    out.extend_from_slice(b"/Count ");
    syntax::integer(out, shown);
}

/// Whether there are enough bookmarks that a reader is served by seeing them.
pub(super) fn wants_bookmarks_shown(bookmarks: &[Bookmark]) -> bool {
    bookmarks.len() > 1 || bookmarks.iter().any(|bookmark| !bookmark.children.is_empty())
}

/// Writes the number tree of the page labels, as it stands in the catalog.
pub(super) fn write_page_labels(out: &mut Vec<u8>, paged: &PagedDocument) {
    out.extend_from_slice(b"<</Nums[");
    // The tree must say how page 0 is counted.
    if paged.page_labels.first().is_none_or(|labels| labels.first != 0) {
        out.extend_from_slice(b"0<</S/D>>");
    }
    for labels in &paged.page_labels {
        syntax::integer(out, i64::from(labels.first));
        out.extend_from_slice(match labels.style {
            FolioStyle::Arabic => b"<</S/D",
            FolioStyle::Roman => b"<</S/r",
        });
        if labels.start != 1 {
            out.extend_from_slice(b"/St ");
            // PDF counts from 1.
            syntax::integer(out, i64::from(labels.start.max(1)));
        }
        out.extend_from_slice(b">>");
    }
    out.extend_from_slice(b"]>>");
}
