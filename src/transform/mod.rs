//! Ordered passes over a document.

pub mod bind;
pub mod typography;
