//! Turns plain articles and books into EPUB and PDF through one document model.
//!
//! ```text
//! bytes ──reader──▶ Document ──transform──▶ Document ─┬─writer::epub─────────────▶ .epub
//!                                                     └─layout──▶ PagedDocument ──writer::pdf──▶ .pdf
//! ```
//!
//! The library reads no clock, environment or terminal: dates, ids and threads are inputs.

pub mod batch;
pub mod cover;
mod deflate;
pub mod diag;
pub mod font;
pub mod geom;
pub mod layout;
pub mod model;
pub mod outline;
pub mod paged;
pub mod reader;
pub mod settings;
pub mod source;
pub mod style;
pub mod transform;
pub mod writer;
