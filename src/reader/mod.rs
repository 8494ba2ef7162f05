//! Text → [`Document`].

pub mod encoding;
pub mod front_matter;
pub mod markdown;
pub mod pictures;
pub mod plain;
mod title;

use crate::diag::{Code, Diagnostics};
use crate::model::Document;
use crate::source::{Source, Span};

/// What came of reading one text.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The decoded text, to find lines by.
    pub source: Source,
    /// The document.
    pub document: Document,
    /// What was decided, and why, in the order of the text.
    pub decisions: Vec<Decision>,
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
    /// What the text was taken for: `heading`, `verse`, `scene-break`, …
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
