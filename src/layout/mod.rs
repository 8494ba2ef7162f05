//! Document → pages.
//!
//! ```text
//! Document ──flow──▶ streams of items ──shape, line──▶ broken lines ──page::search──▶ plan ──page::compose──▶ pages
//! ```
//!
//! Text is shaped and broken in parallel, by paragraphs; pages are searched and filled in order. What comes out is the same
//! at any number of threads.

mod hyphenate;
pub mod line;
pub mod shape;
pub mod text;

mod assemble;
mod flow;
mod page;

use crate::diag::Diagnostics;
use crate::font::Library;
use crate::model::Document;
use crate::paged::PagedDocument;
use crate::style::{Settings, StyleError};

/// How a document is laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// What is asked of the pages.
    pub settings: Settings,
    /// Words to divide as they say: `ta-ble`, or `record` for never.
    pub hyphenation_exceptions: Vec<String>,
}

/// A document in pages, with what was found on the way.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The pages.
    pub paged: PagedDocument,
    /// What could not be done as it should be.
    pub diagnostics: Diagnostics,
}

/// Why a document cannot be laid out.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LayoutError {
    /// The settings leave no room for text.
    #[error(transparent)]
    Style(#[from] StyleError),
    /// A text cannot be shaped.
    #[error("{error}")]
    Shape {
        /// Why.
        error: shape::ShapeError,
        /// Where its block is in the source.
        span: crate::source::Span,
    },
}

/// Sets a document into pages.
///
/// # Errors
///
/// Where the settings leave no room for text, or a character is in no face.
pub fn paginate(document: &Document, options: &Options, library: &Library) -> Result<Layout, LayoutError> {
    let style = options.settings.resolve(document)?;
    assemble::assemble(document, &style, library, &options.hyphenation_exceptions)
}
