//! The cover of a book: one drawn from what is known about it, or a picture that was given.
//!
//! ```text
//! Metadata ─lettering─▶ lines of glyphs ─┐
//!      └─hash─▶ palette, pattern, layout ┴─drawn─▶ canvas ─▶ PNG
//! ```

mod canvas;
mod drawn;
mod lettering;
mod palette;
mod pattern;
mod picture;

pub use drawn::draw;
pub use picture::{PictureError, open};

/// A cover as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Its bytes.
    pub data: Vec<u8>,
    /// Their kind.
    pub format: Format,
}

/// The kinds of pictures that every reading system shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
}

impl Format {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Png => "image/png",
            Format::Jpeg => "image/jpeg",
            Format::Gif => "image/gif",
        }
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Gif => "gif",
        }
    }
}

/// The width of a cover in pixels: what shops ask for.
pub const WIDTH: u32 = 1600;
/// The height of a cover in pixels.
pub const HEIGHT: u32 = 2560;
