//! What one text may need: bounds that a book never meets, and that a text made to do harm does.
//!
//! They are inputs of the stages; no text can raise those it is read with.

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Source, Span};

/// The bounds of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text, and of the text and its pictures together. *War and Peace* has 3.2 million.
    pub input: u64,
    /// Bytes of one line. Most texts without line ends in a paragraph have some thousands; whole books in one line there are too.
    pub line: usize,
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
            nesting: 24,
            sections: 100_000,
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
            Bound::Sections => "sections",
            Bound::Notes => "notes",
            Bound::Pages => "pages",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Bound::Input => "--max-input",
            Bound::Line => "--max-line",
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
            Bound::Sections => Code::TooManySections,
            Bound::Notes => Code::TooManyNotes,
            Bound::Pages => Code::TooManyPages,
        }
    }
}

/// A text goes beyond a bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this has more than {limit} {}; {}", .bound.unit(), self.hint())]
pub struct Exceeded {
    /// Which.
    pub bound: Bound,
    /// How much it allows.
    pub limit: u64,
    /// The first that is too much, where it has a place.
    pub span: Option<Span>,
}

impl Exceeded {
    fn hint(&self) -> String {
        format!("cut the text in parts, or allow more with {}", self.bound.option())
    }

    /// The same as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: self.bound.code(),
            severity: Severity::Error,
            span: self.span,
            message: format!("this has more than {} {}", self.limit, self.bound.unit()),
            hint: Some(self.hint()),
        }
    }
}

impl Limits {
    /// No nesting bound may be larger: all that walks a document does so by recursion.
    pub const DEEPEST: usize = 100;

    /// How much a bound allows.
    fn of(&self, bound: Bound) -> u64 {
        match bound {
            Bound::Input => self.input,
            Bound::Line => self.line as u64,
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
        if count > limit { Err(Exceeded { bound, limit, span }) } else { Ok(()) }
    }

    /// Looks for a line that is too long.
    ///
    /// # Errors
    ///
    /// [`Exceeded`] with the place of the first one.
    pub(crate) fn check_lines(&self, source: &Source) -> Result<(), Exceeded> {
        match source.line_longer_than(self.line) {
            Some(span) => self.check(Bound::Line, u64::MAX, Some(span)),
            None => Ok(()),
        }
    }
}
