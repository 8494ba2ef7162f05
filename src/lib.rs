//! Turns plain articles and books into EPUB and PDF through one document model.
//!
//! ```text
//! bytes ──reader──▶ Document ──transform──▶ Document ─┬─writer::epub─────────────▶ .epub
//!                                                     └─layout──▶ PagedDocument ──writer::pdf──▶ .pdf
//! ```
//!
//! The library reads no clock, environment or terminal: dates, ids and threads are inputs. Each stage has its options: those of
//! [`reader::plain`] and [`reader::markdown`], of [`layout`], [`epub`] and [`pdf`]; [`batch`] has them all together.
//!
//! ```
//! let reading = bindery::read(b"# The Owl\n\nIt _hoots_ at night.\n", "owl.md")?;
//! let document: bindery::Document = reading.document;
//! assert_eq!(document.meta.title, "The Owl");
//!
//! let epub = bindery::epub::write(&document, &bindery::epub::Options::default())?;
//! assert!(epub.starts_with(b"PK"));
//!
//! let faces = bindery::font::Library::built_in();
//! let pages = bindery::layout::paginate(&document, &bindery::layout::Options::default(), &faces)?.paged;
//! let pdf = bindery::pdf::write(&pages, &bindery::pdf::Options::default())?;
//! assert!(pdf.starts_with(b"%PDF"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod batch;
mod bytes;
pub mod cover;
mod deflate;
pub mod diag;
pub mod font;
pub mod geom;
pub mod highlight;
pub mod ink;
pub mod layout;
pub mod limits;
pub mod math;
pub mod model;
pub mod outline;
pub mod paged;
pub mod reader;
pub mod settings;
pub mod source;
pub mod style;
pub mod transform;
pub mod writer;

pub use model::Document;
pub use writer::{epub, pdf};

use reader::Reading;
use reader::pictures::NoResources;
use reader::plain::ReadError;

/// Reads a text: Markdown where `name`, which messages call it, ends in `.md` or `.markdown`, else plain text. Whoever wants
/// pictures, or has something to tell the reader, calls [`reader::markdown::read`] or [`reader::plain::read`].
///
/// ```
/// let reading = bindery::read(b"THE OWL\n\nIt hoots at night.\n\nIt sleeps by day.\n", "owl.txt")?;
/// assert_eq!(reading.encoding, "UTF-8");
/// for told in reading.diagnostics.iter() {
///     println!("{}: {}", told.code, told.message);
/// }
/// # Ok::<(), bindery::reader::plain::ReadError>(())
/// ```
///
/// # Errors
///
/// [`ReadError`]: a text of nothing, one that is none, an encoding that does not exist.
pub fn read(bytes: &[u8], name: &str) -> Result<Reading, ReadError> {
    let lower = name.to_lowercase();
    if lower.ends_with(".md") || lower.ends_with(".markdown") {
        return reader::markdown::read(bytes, name, &reader::markdown::Options::default(), &mut NoResources);
    }
    reader::plain::read(bytes, name, &reader::plain::Options::default())
}
