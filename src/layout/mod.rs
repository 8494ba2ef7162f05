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
mod missing;
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

/// Sets a document into pages.
///
/// # Errors
///
/// Where the settings leave no room for text.
pub fn paginate(document: &Document, options: &Options, library: &Library) -> Result<Layout, StyleError> {
    let style = options.settings.resolve(document)?;
    Ok(assemble::assemble(document, &style, library, &options.hyphenation_exceptions))
}
