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
use crate::limits::{Bound, Exceeded, Limits};
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
    /// How many pages there may be.
    pub limits: Limits,
}

/// Why no pages can be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// The settings leave no room for text.
    #[error(transparent)]
    Style(#[from] StyleError),
    /// There are more pages than are allowed.
    #[error(transparent)]
    Limit(#[from] Exceeded),
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
/// Where the settings leave no room for text, or the text needs more pages than are allowed.
pub fn paginate(document: &Document, options: &Options, library: &Library) -> Result<Layout, LayoutError> {
    let style = options.settings.resolve(document)?;
    // Sections that begin a page are told before anything is laid out: a text made to have many pages has many of these.
    let openings = flow::openings(document, &style, options.limits.pages);
    options.limits.check(Bound::Pages, openings.count as u64, openings.last)?;
    let layout = assemble::assemble(document, &style, library, &options.hyphenation_exceptions);
    options.limits.check(Bound::Pages, layout.paged.pages.len() as u64, None)?;
    Ok(layout)
}
