//! Documents → files.

pub mod epub;
pub mod pdf;
pub mod text;
