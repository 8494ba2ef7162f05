//! What a person decided about a text: the structure file.
//!
//! ```text
//! TOML ─parse─▶ Structure ─fit─▶ Told ─┬─outline─▶ headings, kept lines
//!                                      └─(blocks)─▶ what each group of lines is
//! Reading ─write─▶ TOML
//! ```
//!
//! A file is written from a reading, edited, and told to the next one. The reader guesses as ever; where an entry says
//! something else than the guess, the entry decides. An entry that says what was guessed changes nothing, so that an unedited
//! file gives the document that there was without it.

mod fit;
mod outline;
mod parse;
mod write;

pub(crate) use fit::{Place, Placed, Told};
pub(crate) use outline::{Plan, apply};
pub use write::write;

use crate::model::{Contributor, ContributorRole, Language, Matter, Metadata, ParagraphRole, SectionRole};

/// The rule of every decision that a person made.
pub(crate) const TOLD: &str = "told";

/// Why lines are left out that a person wants out.
pub(crate) const TOLD_OUT: &str = "told to be left out";

/// What a person decided about one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// What messages call the file, usually its path.
    name: String,
    /// What is said about the whole text.
    pub(crate) book: Book,
    /// What is said about its parts.
    entries: Vec<Entry>,
}

/// What is said about the whole text; what is not said is found as ever.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Book {
    /// The title.
    pub(crate) title: Option<String>,
    /// The authors; said and empty: there are none.
    pub(crate) author: Option<Vec<String>>,
    /// The language.
    pub(crate) language: Option<Language>,
    /// The encoding, by any of its names on the web.
    pub(crate) encoding: Option<String>,
}

impl Book {
    /// Puts what was told into metadata.
    pub(crate) fn apply(&self, meta: &mut Metadata) {
        if let Some(title) = &self.title {
            meta.title.clone_from(title);
        }
        if let Some(authors) = self.author.as_ref().filter(|authors| !meta.authors().eq(authors.iter())) {
            meta.contributors.retain(|one| one.role != ContributorRole::Author);
            let role = ContributorRole::Author;
            let authors = authors.iter().map(|name| Contributor { name: name.clone(), role, file_as: None });
            meta.contributors.splice(0..0, authors);
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The line of the file that it stands on.
    at: usize,
    /// The first and the last line of the text that it is about, from 1.
    lines: (usize, usize),
    /// The first words there, or as many as were given: they hold the entry to its place.
    text: String,
    /// What the lines are.
    pub(crate) is: Is,
}

/// What lines are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Is {
    /// A heading.
    Heading(Heading),
    /// In no edition. With a reason it is the reader's own doing, which the entry shows and does not ask for.
    LeftOut {
        /// The reader's reason, if it was the reader.
        because: Option<String>,
    },
    /// A pause before the first line, or none where the gap looked like one.
    Gap {
        /// Whether there is one.
        pause: bool,
    },
    /// Speeches of a play, with what stands between.
    Drama,
    /// Blocks of this kind.
    Block(BlockKind),
}

/// What is said of a heading; what is not said is found as ever.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Heading {
    /// How deep it stands, from 1.
    pub(crate) level: Option<usize>,
    /// The words at its head that are the label; empty: it has none.
    pub(crate) label: Option<String>,
    /// The lines at its end that are the subtitle; empty: it has none.
    pub(crate) subtitle: Option<String>,
    /// What its section is for.
    pub(crate) role: Option<SectionRole>,
    /// Front, body or back matter.
    pub(crate) matter: Option<Matter>,
}

/// The kinds of blocks that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// Running text.
    Paragraph,
    /// Verse.
    Verse,
    /// Words of somebody else.
    Quotation,
    /// Items.
    List,
    /// Rows and columns.
    Table,
    /// Lines as they stand, in the mono.
    Code,
    /// A mark of a pause.
    SceneBreak,
    /// The place of a picture, with its caption.
    Picture,
    /// One speech of a play.
    Speech,
    /// What actors do.
    StageDirection,
    /// A note in brackets.
    Note,
    /// Lines in the middle.
    Centered,
    /// Lines that stay lines, with what they are for.
    Lines(ParagraphRole),
}

/// The kinds by the names that the file and `bindery inspect` have for them.
const BLOCK_KINDS: &[(&str, BlockKind)] = &[
    ("paragraph", BlockKind::Paragraph),
    ("verse", BlockKind::Verse),
    ("quotation", BlockKind::Quotation),
    ("list", BlockKind::List),
    ("table", BlockKind::Table),
    ("code", BlockKind::Code),
    ("scene-break", BlockKind::SceneBreak),
    ("picture", BlockKind::Picture),
    ("speech", BlockKind::Speech),
    ("stage-direction", BlockKind::StageDirection),
    ("note", BlockKind::Note),
    ("centered", BlockKind::Centered),
    ("lines", BlockKind::Lines(ParagraphRole::Body)),
    ("date-line", BlockKind::Lines(ParagraphRole::DateLine)),
    ("address", BlockKind::Lines(ParagraphRole::Address)),
    ("salutation", BlockKind::Lines(ParagraphRole::Salutation)),
    ("signature", BlockKind::Lines(ParagraphRole::Signature)),
];

impl BlockKind {
    /// The kind of this name.
    fn named(name: &str) -> Option<BlockKind> {
        BLOCK_KINDS.iter().find(|(own, _)| *own == name).map(|(_, kind)| *kind)
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        BLOCK_KINDS.iter().find(|(_, kind)| *kind == self).map_or("paragraph", |(name, _)| name)
    }
}

/// A structure file that cannot be used. Each message begins with file and line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StructureError {
    /// It is no TOML, or holds what no structure file has.
    #[error("{file}:{line}: {problem}")]
    Syntax {
        /// The structure file.
        file: String,
        /// The line in it.
        line: usize,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The text does not have what an entry is about.
    #[error(
        "{file}:{line}: {place} of the text should begin with “{expected}” and {found}, nor does any line near it; \
         give the line where these words stand now, or take the entry out{}", more(.others)
    )]
    Drifted {
        /// The structure file.
        file: String,
        /// The line in it.
        line: usize,
        /// The line of the text, in words.
        place: String,
        /// The words that should be there.
        expected: String,
        /// What is there, in words.
        found: String,
        /// How many other entries do not fit either.
        others: usize,
    },
    /// An entry is about lines that hold nothing.
    #[error("{file}:{line}: {place} of the text {problem}; correct the lines, or take the entry out")]
    Nothing {
        /// The structure file.
        file: String,
        /// The line in it.
        line: usize,
        /// The lines of the text, in words.
        place: String,
        /// What is wrong with them.
        problem: String,
    },
    /// Two entries decide the same lines.
    #[error(
        "{file}:{line}: the lines of this entry are also in that of line {other}; let one lie within the other (then the \
         inner one decides), or correct the lines"
    )]
    Overlap {
        /// The structure file.
        file: String,
        /// The line in it.
        line: usize,
        /// The line of the other entry.
        other: usize,
    },
}

fn more(others: &usize) -> String {
    match others {
        0 => String::new(),
        1 => " (another entry does not fit either)".to_owned(),
        others => format!(" ({others} other entries do not fit either)"),
    }
}
