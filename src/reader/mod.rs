//! Text → [`Document`].

pub mod encoding;
pub mod front_matter;
pub mod inspection;
pub mod markdown;
pub mod pictures;
pub mod plain;
mod title;

use crate::diag::{Code, Diagnostics};
use crate::model::Document;
use crate::settings::Layer;
use crate::source::{Source, Span};

/// What came of reading one text.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The decoded text, to find lines by.
    pub source: Source,
    /// The name of the encoding that it came in.
    pub encoding: &'static str,
    /// The document.
    pub document: Document,
    /// What was decided, and why, in the order of the text: first what is about the whole of it (`encoding`, `language`,
    /// `title`, `author`), then heading by heading and block by block.
    pub decisions: Vec<Decision>,
    /// What the front matter of the text says; its metadata are in the document already.
    pub front: Layer,
    /// What of the text is in no block, and why, in the order of the text. With the spans of the blocks this accounts for
    /// every byte that is not white space.
    pub left_out: Vec<LeftOut>,
    /// What to tell the person who gave the text.
    pub diagnostics: Diagnostics,
}

/// One decision of a reader.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Decision {
    /// The text it is about.
    pub span: Span,
    /// What the text was taken for: `heading`, `paragraph`, `verse`, `scene-break`, …; of what is about the whole text, the
    /// fact that was settled. A `paragraph` with the runner-up `heading` is a line that was nearly taken for one.
    pub verdict: &'static str,
    /// The rule that gave the strongest evidence.
    pub rule: &'static str,
    /// How sure, from 0 to 1.
    pub confidence: f32,
    /// The second-best reading, when there was one.
    pub runner_up: Option<&'static str>,
}

/// Text that is in no block.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct LeftOut {
    /// The text.
    pub span: Span,
    /// Why: always [`Code::LeftOut`] in diagnostics; here in words, such as `distributor's licence`.
    pub reason: &'static str,
}

impl LeftOut {
    /// The code of the diagnostic that tells of it.
    pub const CODE: Code = Code::LeftOut;
}
