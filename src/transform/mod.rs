//! Ordered passes over a document.
