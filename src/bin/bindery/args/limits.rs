//! The bounds of one text: a matter of whoever runs the program, and so of flags alone.

use super::batch::bytes;
use bindery::limits::Limits;

/// What one text may need.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Bounds of one text")]
pub(crate) struct LimitArgs {
    /// Bytes of the text, and of the text and its pictures together, as in 20MB [default: 1GB]
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    max_input: Option<u64>,

    /// Bytes of one line [default: 16MB]
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    max_line: Option<u64>,

    /// Lines, and signs that may be marks; one in eight bytes is always allowed [default: 500000]
    #[arg(long, value_name = "N")]
    max_pieces: Option<usize>,

    /// Quotations, lists and marks of Markdown within one another; deeper ones are read as one [default: 24]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=Limits::DEEPEST as u64))]
    max_nesting: Option<u64>,

    /// Sections with a heading [default: 50000]
    #[arg(long, value_name = "N")]
    max_sections: Option<usize>,

    /// Notes [default: 50000]
    #[arg(long, value_name = "N")]
    max_notes: Option<usize>,

    /// Pictures; further ones are left out [default: 10000]
    #[arg(long, value_name = "N")]
    max_pictures: Option<usize>,

    /// Bytes of one picture; a larger one is left out [default: 64MB]
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    max_picture_bytes: Option<u64>,

    /// Pixels of one picture; one with more is left out [default: 100000000]
    #[arg(long, value_name = "N")]
    max_pixels: Option<u64>,

    /// Pages of one PDF [default: 10000]
    #[arg(long, value_name = "N")]
    max_pages: Option<usize>,
}

impl LimitArgs {
    /// The bounds that were given; the others are those of the library.
    pub(crate) fn limits(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            input: self.max_input.unwrap_or(usual.input),
            line: self.max_line.map_or(usual.line, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
            pieces: self.max_pieces.unwrap_or(usual.pieces),
            nesting: self.max_nesting.map_or(usual.nesting, |depth| depth as usize),
            sections: self.max_sections.unwrap_or(usual.sections),
            notes: self.max_notes.unwrap_or(usual.notes),
            pictures: self.max_pictures.unwrap_or(usual.pictures),
            picture_bytes: self.max_picture_bytes.unwrap_or(usual.picture_bytes),
            pixels: self.max_pixels.unwrap_or(usual.pixels),
            pages: self.max_pages.unwrap_or(usual.pages),
        }
    }
}
