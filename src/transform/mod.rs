//! Ordered passes over a document.

pub mod typography;
