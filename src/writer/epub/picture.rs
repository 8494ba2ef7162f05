//! Pictures of the text: which are used, and under what names.

use super::EpubError;
use crate::model::{Block, Document, Inline, Leaf, ResourceId};

/// The extension of the format that the bytes show, if it is one that every reading system must show (EPUB 3.3 §3.2).
pub(super) fn format(data: &[u8]) -> Option<(&'static str, &'static str)> {
    match data {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(("png", "image/png")),
        [0xFF, 0xD8, 0xFF, ..] => Some(("jpg", "image/jpeg")),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(("gif", "image/gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("webp", "image/webp")),
        [b'<', b's', b'v', b'g', b' ', ..] => Some(("svg", "image/svg+xml")),
        _ => None,
    }
}

/// The path of each resource within the package: empty for those that nothing shows, which are left out.
///
/// # Errors
///
/// Where one that is shown is of no format that reading systems know.
pub(super) fn paths(document: &Document) -> Result<Vec<String>, EpubError> {
    let used = used(document);
    (1..)
        .zip(&document.resources)
        .zip(used)
        .map(|((number, resource), used)| match (used, format(&resource.data)) {
            (false, _) => Ok(String::new()),
            (true, Some((extension, _))) => Ok(format!("images/image-{number}.{extension}")),
            (true, None) => Err(EpubError::Picture(resource.name.chars().take(200).collect())),
        })
        .collect()
}

fn used(document: &Document) -> Vec<bool> {
    let mut used = vec![false; document.resources.len()];
    let mut mark = |resource: ResourceId| {
        if let Some(one) = used.get_mut(resource.0 as usize) {
            *one = true;
        }
    };
    fn inlines(list: &[Inline], mark: &mut impl FnMut(ResourceId)) {
        for inline in list {
            if let Inline::Image { resource, .. } = inline {
                mark(*resource);
            }
            inlines(inline.children(), mark);
        }
    }
    document.for_each_leaf(&mut |leaf| {
        if let Leaf::Text(content, _) = leaf {
            inlines(content, &mut mark);
        }
    });
    document.for_each_block(&mut |block| {
        if let Block::Figure(figure) = block {
            mark(figure.resource);
        }
    });
    used
}
