//! Problems that can be lived with, told so that a person can act on them.

use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A decision worth knowing; shown with `-v`.
    Note,
    /// The output is whole, but somebody should look.
    Warning,
    /// This document could not be made.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The stable name of a kind of diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as messages print it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    /// The encoding was found by statistics.
    EncodingGuessed = "encoding-guessed",
    /// Bytes that the encoding does not allow became U+FFFD.
    EncodingMalformed = "encoding-malformed",
    /// Control characters were dropped.
    ControlCharacters = "control-characters",
    /// No title was found: the file name serves.
    TitleFromFileName = "title-from-file-name",
    /// No title was found, and the file name says nothing: the first words of the text serve.
    TitleFromFirstWords = "title-from-first-words",
    /// The language was found by statistics.
    LanguageGuessed = "language-guessed",
    /// Text was left out of the document, for the reason given.
    LeftOut = "left-out",
    /// A page could not be filled as it should be.
    PageBadness = "page-badness",
    /// A link that is not allowed in an output was dropped.
    LinkRefused = "link-refused",
    /// A picture could not be taken in.
    PictureRefused = "picture-refused",
    /// A drawing has letters, which the pages of the PDF do not show.
    DrawnLetters = "drawn-letters",
    /// A formula is shown as its source.
    FormulaAsSource = "formula-as-source",
    /// HTML within a text was left out.
    RawHtml = "raw-html",
    /// Things stand within one another deeper than is read.
    TooDeep = "too-deep",
    /// The front matter cannot be read, or says something that is not understood.
    FrontMatter = "front-matter",
    /// What an entry of a structure file is about has moved, and was followed.
    StructureMoved = "structure-moved",
    /// What an entry of a structure file says cannot be done.
    StructureUnfit = "structure-unfit",
    /// A picture has no words for those who do not see it.
    NoAlternative = "no-alternative",
    /// The text has more bytes than are allowed.
    TooLarge = "too-large",
    /// A line is longer than is allowed.
    LineTooLong = "line-too-long",
    /// There are more lines and marks than are allowed.
    TooManyPieces = "too-many-pieces",
    /// There are more sections than are allowed.
    TooManySections = "too-many-sections",
    /// There are more notes than are allowed.
    TooManyNotes = "too-many-notes",
    /// There are more pages than are allowed.
    TooManyPages = "too-many-pages",
    /// There are more pictures than are allowed: the rest are left out.
    TooManyPictures = "too-many-pictures",
    /// A picture has more bytes or pixels than are allowed: it is left out.
    PictureTooLarge = "picture-too-large",
    /// A character is in no font: the pages show U+FFFD for it.
    MissingCharacter = "missing-character",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing to tell the person who gave the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which kind.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where, when it is about a place in the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<Span>,
    /// What was found: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

/// Where diagnostics are gathered, in the order they come.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds a note.
    pub fn note(&mut self, code: Code, span: Option<Span>, message: impl Into<String>) {
        self.push(Diagnostic { code, severity: Severity::Note, span, message: message.into(), hint: None });
    }

    /// Adds a warning with what to do about it.
    pub fn warn(&mut self, code: Code, span: Option<Span>, message: impl Into<String>, hint: impl Into<String>) {
        let hint = Some(hint.into());
        self.push(Diagnostic { code, severity: Severity::Warning, span, message: message.into(), hint });
    }

    /// Adds all of another list behind this one.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// What has been gathered so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
