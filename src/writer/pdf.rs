//! The PDF edition.
