//! Document → pages.

mod hyphenate;
pub mod line;
pub mod shape;
pub mod text;
