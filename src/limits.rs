//! What one text may need: bounds that a book never meets, and that a text made to do harm does.
//!
//! They are inputs of the stages; no text can raise those it is read with.

use crate::bytes;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Source, Span};

/// The bounds of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text, and of the text and its pictures together. *War and Peace* has 3.2 million.
    pub input: u64,
    /// Bytes of one line. Most texts without line ends in a paragraph have some thousands; whole books in one line there are too.
    pub line: usize,
    /// Lines of a text, and signs in it that may be marks: what it can be made of. Or one in each [`Limits::PIECE`] bytes, where
    /// that is more. A printed book has one in about 40, a table of figures one in five; an item of a list, which may be no more
    /// than one, takes a kilobyte in pages.
    pub pieces: usize,
    /// Quotations, lists, notes and marks of Markdown within one another; at most [`Limits::DEEPEST`]. What stands deeper is read as one.
    pub nesting: usize,
    /// Sections: parts, chapters, and all else that has a heading. A dictionary of the Bible has 6,000; each takes some 2 KB.
    pub sections: usize,
    /// Notes. *The Decline and Fall of the Roman Empire* has 8,000.
    pub notes: usize,
    /// Pictures, each counted once. One more is left out.
    pub pictures: usize,
    /// Bytes of one picture. A larger one is left out.
    pub picture_bytes: u64,
    /// Pixels of one picture: 100 million are 400 MB in memory. One with more is left out.
    pub pixels: u64,
    /// Pages of one PDF. The longest novels have 10,000.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            input: 1 << 30,
            line: 16 << 20,
            pieces: 500_000,
            nesting: 24,
            sections: 50_000,
            notes: 50_000,
            pictures: 10_000,
            picture_bytes: 64 << 20,
            pixels: 100_000_000,
            pages: 10_000,
        }
    }
}

/// A bound that ends the work where a text goes beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// [`Limits::input`].
    Input,
    /// [`Limits::line`].
    Line,
    /// [`Limits::pieces`].
    Pieces,
    /// [`Limits::sections`].
    Sections,
    /// [`Limits::notes`].
    Notes,
    /// [`Limits::pages`].
    Pages,
}

impl Bound {
    fn unit(self) -> &'static str {
        match self {
            Bound::Input => "bytes",
            Bound::Line => "bytes in one line",
            Bound::Pieces => "lines and marks for its length",
            Bound::Sections => "sections",
            Bound::Notes => "notes",
            Bound::Pages => "pages",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Bound::Input => "--max-input",
            Bound::Line => "--max-line",
            Bound::Pieces => "--max-pieces",
            Bound::Sections => "--max-sections",
            Bound::Notes => "--max-notes",
            Bound::Pages => "--max-pages",
        }
    }

    /// The code of the diagnostic that tells of it.
    pub fn code(self) -> Code {
        match self {
            Bound::Input => Code::TooLarge,
            Bound::Line => Code::LineTooLong,
            Bound::Pieces => Code::TooManyPieces,
            Bound::Sections => Code::TooManySections,
            Bound::Notes => Code::TooManyNotes,
            Bound::Pages => Code::TooManyPages,
        }
    }
}

/// A text goes beyond a bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}; {}", self.message(), self.hint())]
pub struct Exceeded {
    /// Which.
    pub bound: Bound,
    /// How much it allows.
    pub limit: u64,
    /// The first that is too much, where it has a place.
    pub span: Option<Span>,
    /// Its line, from 1, where the text could not be read: what cannot be read has no lines to find a span by.
    pub line: Option<usize>,
}

impl Exceeded {
    /// The same with the line where it is in a source.
    pub(crate) fn on_line(self, source: &Source) -> Exceeded {
        Exceeded { line: self.span.map(|span| source.line(span.start)), ..self }
    }

    fn message(&self) -> String {
        let place = self.line.map_or(String::new(), |line| format!("line {line}: "));
        format!("{place}this has more than {} {}", self.limit, self.bound.unit())
    }

    fn hint(&self) -> String {
        format!("cut the text in parts, or allow more with {}", self.bound.option())
    }

    /// The same as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: self.bound.code(),
            severity: Severity::Error,
            span: self.span,
            message: self.message(),
            hint: Some(self.hint()),
        }
    }
}

impl Limits {
    /// No nesting bound may be larger: all that walks a document does so by recursion.
    pub const DEEPEST: usize = 100;

    /// Bytes of a text for each piece that it may have, however long it is.
    pub const PIECE: usize = 8;

    /// How much a bound allows.
    fn of(&self, bound: Bound) -> u64 {
        match bound {
            Bound::Input => self.input,
            Bound::Line => self.line as u64,
            Bound::Pieces => self.pieces as u64,
            Bound::Sections => self.sections as u64,
            Bound::Notes => self.notes as u64,
            Bound::Pages => self.pages as u64,
        }
    }

    /// Holds a count against a bound.
    ///
    /// # Errors
    ///
    /// [`Exceeded`] where there are more than it allows.
    pub fn check(&self, bound: Bound, count: u64, span: Option<Span>) -> Result<(), Exceeded> {
        let limit = self.of(bound);
        if count > limit { Err(Exceeded { bound, limit, span, line: None }) } else { Ok(()) }
    }

    /// Holds a text against the bounds of its lines and of its pieces, before anything is made of it.
    ///
    /// # Errors
    ///
    /// [`Exceeded`] with the place of the first line that is too long, or of the first piece that is too much.
    pub(crate) fn check_text(&self, source: &Source) -> Result<(), Exceeded> {
        if let Some(span) = source.line_longer_than(self.line) {
            self.check(Bound::Line, u64::MAX, Some(span)).map_err(|one| one.on_line(source))?;
        }
        let text = source.text().as_bytes();
        let allowed = self.pieces.max(text.len() / Limits::PIECE);
        match nth_piece(text, allowed) {
            Some(at) => {
                let span = Some(Span::new(source.id(), at, at + 1));
                Err(Exceeded { bound: Bound::Pieces, limit: allowed as u64, span, line: None }.on_line(source))
            }
            None => Ok(()),
        }
    }
}

/// Line ends, and what may be a mark in Markdown or begin one in plain text.
const PIECES: &[u8] = b"\n\x0c[](*_~`<&\\$^{|";

/// Where the piece is that has `before` others before it.
fn nth_piece(text: &[u8], before: usize) -> Option<usize> {
    const STRETCH: usize = 1 << 16;
    // A byte is one piece at most.
    if text.len() <= before {
        return None;
    }
    let is_piece = |byte: u8| bytes::is_one_of(byte, PIECES);
    let mut left = before;
    for (nth, stretch) in text.chunks(STRETCH).enumerate() {
        let count = bytes::count(stretch, is_piece);
        if count > left {
            let at = stretch.iter().enumerate().filter(|(_, byte)| is_piece(**byte)).nth(left)?.0;
            return Some(nth * STRETCH + at);
        }
        left -= count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_lines_and_marks() {
        assert_eq!(nth_piece(b"one *two*\nthree", 0), Some(4));
        assert_eq!(nth_piece(b"one *two*\nthree", 2), Some(9));
        assert_eq!(nth_piece(b"one *two*\nthree", 3), None);
        let far = [&[b'a'; 200_000][..], b"[", &[b'a'; 9], b"]"].concat();
        assert_eq!((nth_piece(&far, 1), nth_piece(&far, 2)), (Some(200_010), None));
    }
}
