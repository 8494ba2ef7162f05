//! The letters of a document, as both editions have to show them.

use bindery::Document;
use bindery::model::{Inline, Leaf};

/// Letters and figures, without what only tells how they stand: spaces, marks, hyphens, and all that has no shape.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters of the body, and those of the notes.
pub(crate) fn of_document(document: &Document) -> (String, String) {
    let (mut body, mut notes) = (String::new(), String::new());
    document.sections.iter().for_each(|section| section.for_each_leaf(&mut |leaf| push(leaf, &mut body)));
    document.notes.iter().for_each(|note| note.for_each_leaf(&mut |leaf| push(leaf, &mut notes)));
    (letters(&body), letters(&notes))
}

fn push(leaf: Leaf, out: &mut String) {
    match leaf {
        Leaf::Text(inlines, _) => push_inlines(inlines, out),
        Leaf::Code(text, _) => out.push_str(text),
    }
}

/// The text of inlines, with readings behind what they are of.
fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => out.push_str(text),
            Inline::Ruby { base, reading } => {
                out.push_str(base);
                out.push_str(reading);
            }
            other => push_inlines(other.children(), out),
        }
    }
}
