//! What stands within a line.

use super::{AnchorId, Language, NoteId, ResourceId};
use serde::{Deserialize, Serialize};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    /// Characters: never empty, no line feed.
    Text(String),
    /// Stressed text: usually italic.
    Emphasis(Vec<Inline>),
    /// Important text: usually bold.
    Strong(Vec<Inline>),
    /// Text in small capitals.
    SmallCaps(Vec<Inline>),
    /// Code, in the mono.
    Code(String),
    /// Raised text.
    Superscript(Vec<Inline>),
    /// Lowered text.
    Subscript(Vec<Inline>),
    /// Text that is struck out.
    Strikethrough(Vec<Inline>),
    /// Text that leads somewhere.
    Link(Box<LinkTarget>),
    /// Words of somebody else within a line. The marks around them are of the text.
    Quotation(Vec<Inline>),
    /// Letters that stand for more.
    Abbreviation(Box<Abbreviation>),
    /// A formula, in the mathematics of LaTeX without its dollar signs: never empty.
    Math(String),
    /// A picture within a line.
    Image {
        /// Which.
        resource: ResourceId,
        /// What it shows, for those who do not see it.
        alt: Box<str>,
        /// What is told about it beside that; empty: nothing.
        #[serde(default, skip_serializing_if = "str::is_empty")]
        title: Box<str>,
    },
    /// The mark of a note.
    NoteRef(NoteId),
    /// A line end that must stay.
    LineBreak,
    /// Text in another language or direction.
    Span(Box<InlineSpan>),
    /// A base text with its reading above or beside it (ruby).
    Ruby {
        /// The text.
        base: Box<str>,
        /// Its reading.
        reading: Box<str>,
    },
}

/// Text with the place it leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkTarget {
    /// Where to.
    pub target: Target,
    /// The text shown.
    pub content: Vec<Inline>,
}

/// Letters with what they stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Abbreviation {
    /// What they stand for: never empty.
    pub expansion: String,
    /// The text shown.
    pub content: Vec<Inline>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// An address outside: `http`, `https` or `mailto` only.
    External(String),
    /// A place in this document.
    Internal(AnchorId),
}

/// Text in a language of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct InlineSpan {
    /// The language.
    pub language: Language,
    /// The text.
    pub content: Vec<Inline>,
}

impl Inline {
    /// A text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }

    /// The inlines within this one.
    pub fn children(&self) -> &[Inline] {
        match self {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::SmallCaps(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Strikethrough(content)
            | Inline::Quotation(content) => content,
            Inline::Abbreviation(short) => &short.content,
            Inline::Link(link) => &link.content,
            Inline::Span(span) => &span.content,
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image { .. }
            | Inline::NoteRef(_)
            | Inline::LineBreak
            | Inline::Ruby { .. } => &[],
        }
    }
}

/// Appends text to inlines, to their last where that is text too; no text is empty.
pub(crate) fn push_text(text: &str, out: &mut Vec<Inline>) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(last)) => last.push_str(text),
        _ => out.push(Inline::text(text)),
    }
}

/// Appends an inline; of two texts that follow one another it makes one.
pub(crate) fn push_joined(inline: Inline, out: &mut Vec<Inline>) {
    match (out.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (None, inline) => {
            // Most lists hold no other.
            out.reserve_exact(1);
            out.push(inline);
        }
        (_, inline) => out.push(inline),
    }
}

/// Puts their text in the place of links that lead nowhere. Each inline is asked once, in order, whether it `stays`.
pub(crate) fn unlink(inlines: &mut Vec<Inline>, mut stays: impl FnMut(&mut Inline) -> bool) {
    // Of most lists all do.
    let Some(first) = inlines.iter_mut().position(|inline| !stays(inline)) else { return };
    let mut rest = inlines.split_off(first).into_iter();
    let keep_text = |dead: Inline, out: &mut Vec<Inline>| match dead {
        Inline::Link(link) => out.extend(link.content),
        other => out.push(other),
    };
    rest.by_ref().take(1).for_each(|dead| keep_text(dead, inlines));
    for mut inline in rest {
        if stays(&mut inline) { inlines.push(inline) } else { keep_text(inline, inlines) }
    }
}

/// The characters of `inlines` alone: a line break is a space, a formula its source; notes, pictures and ruby readings have none.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain_text(inlines, &mut out);
    out
}

/// Appends the characters of `inlines` to `out`. Offsets of [`TextPosition`](super::TextPosition) count these.
pub fn push_plain_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => out.push_str(text),
            Inline::Ruby { base, .. } => out.push_str(base),
            Inline::LineBreak => out.push(' '),
            Inline::Image { .. } | Inline::NoteRef(_) => {}
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::SmallCaps(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Strikethrough(_)
            | Inline::Quotation(_)
            | Inline::Abbreviation(_)
            | Inline::Link(_)
            | Inline::Span(_) => push_plain_text(inline.children(), out),
        }
    }
}
