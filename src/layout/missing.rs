//! What no face can show.

use crate::diag::{Code, Diagnostics};
use crate::font::{FaceStyle, Library};
use crate::model::{Document, Leaf, push_plain_text};
use crate::source::Span;
use std::collections::BTreeMap;

/// A character that stands in a text and in no face.
struct Missing {
    count: usize,
    first: Option<Span>,
    order: usize,
}

/// Tells of the characters that no face has, all at once: where the first of them stands, which they are and how many.
/// The pages show U+FFFD for them, and their own words to whoever copies or listens.
pub(super) fn characters(document: &Document, library: &Library) -> Diagnostics {
    // More do not fit on a line.
    const NAMED: usize = 4;
    let mut seen = BTreeMap::new();
    let mut note = |text: &str, span: Option<Span>| {
        for character in text.chars().filter(|c| !c.is_ascii()) {
            let order = seen.len();
            let missing = seen.entry(character).or_insert_with(|| {
                let lacks = library.find_for(FaceStyle::default(), character.encode_utf8(&mut [0; 4])).is_none();
                lacks.then_some(Missing { count: 0, first: span, order })
            });
            if let Some(missing) = missing {
                missing.count += 1;
            }
        }
    };
    note(&document.meta.title, None);
    let mut text = String::new();
    document.for_each_leaf(&mut |leaf| match leaf {
        Leaf::Text(inlines, span) => {
            text.clear();
            push_plain_text(inlines, &mut text);
            note(&text, Some(span));
        }
        Leaf::Code(code, span) => note(code, Some(span)),
    });
    let mut lacking: Vec<_> = seen.into_iter().filter_map(|(c, missing)| Some((c, missing?))).collect();
    lacking.sort_by_key(|(_, missing)| missing.order);
    let mut diagnostics = Diagnostics::new();
    if let Some((_, first)) = lacking.first() {
        let named: Vec<String> =
            lacking.iter().take(NAMED).map(|(c, _)| format!("U+{:04X} ({c})", *c as u32)).collect();
        let more = match lacking.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} others"),
        };
        let count: usize = lacking.iter().map(|(_, missing)| missing.count).sum();
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        diagnostics.warn(
            Code::MissingCharacter,
            first.first,
            format!("no font has {}{more}: {places} of the pages show \u{FFFD}", named.join(", ")),
            "give a font that has it with --font",
        );
    }
    diagnostics
}
