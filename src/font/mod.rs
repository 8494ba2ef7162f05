//! Typefaces: their data, metrics, coverage and the library they are found in.

mod face;
mod library;
mod subroutine;
mod subset;

pub use face::{Embedding, Face, FaceError, Metrics, Outlines};
pub use library::{FaceId, FaceStyle, Family, Library};
pub(crate) use library::{REPLACEMENT, covers};
