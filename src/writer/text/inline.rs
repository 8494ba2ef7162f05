//! Running text with its marks.

use crate::model::{Inline, Target, plain_text};

/// The text of a leaf with its marks; a line break is a line feed.
pub(super) fn inline_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, false, &mut out);
    out
}

/// Appends `inlines`; `stressed` tells that they stand within emphasis, where a second mark would end the first.
fn push(inlines: &[Inline], stressed: bool, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => out.push_str(text),
            Inline::Emphasis(content) if stressed => push(content, true, out),
            Inline::Emphasis(content) => around("_", content, "_", true, out),
            Inline::Strong(content) => around("*", content, "*", stressed, out),
            Inline::Strikethrough(content) => around("~", content, "~", stressed, out),
            Inline::SmallCaps(content) | Inline::Quotation(content) => push(content, stressed, out),
            Inline::Abbreviation(short) => push(&short.content, stressed, out),
            Inline::Superscript(content) => script('^', content, stressed, out),
            Inline::Subscript(content) => script('_', content, stressed, out),
            Inline::Link(link) => {
                push(&link.content, stressed, out);
                if let Target::External(address) = &link.target {
                    let shown = plain_text(&link.content);
                    let bare = address.strip_prefix("mailto:").unwrap_or(address);
                    if shown != *address && shown != bare {
                        out.push_str(&format!(" <{bare}>"));
                    }
                }
            }
            Inline::Image { alt, .. } if alt.is_empty() => out.push_str("[Illustration]"),
            Inline::Image { alt, .. } => out.push_str(&format!("[Illustration: {alt}]")),
            Inline::NoteRef(note) => out.push_str(&format!("[{}]", u64::from(note.0) + 1)),
            Inline::LineBreak => out.push('\n'),
            Inline::Span(span) => push(&span.content, stressed, out),
            Inline::Ruby { base, reading } => out.push_str(&format!("{base}《{reading}》")),
        }
    }
}

fn around(open: &str, content: &[Inline], close: &str, stressed: bool, out: &mut String) {
    out.push_str(open);
    push(content, stressed, out);
    out.push_str(close);
}

/// Raised and lowered text as typists write it: `x^2`, `x^{10}`.
fn script(mark: char, content: &[Inline], stressed: bool, out: &mut String) {
    out.push(mark);
    let is_short = plain_text(content).chars().count() == 1;
    if is_short {
        push(content, stressed, out);
    } else {
        around("{", content, "}", stressed, out);
    }
}
