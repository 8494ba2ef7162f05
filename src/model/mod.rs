//! The document model: what a text is, apart from how it looks.
//!
//! A [`Document`] is a tree of [`Section`]s that hold [`Block`]s that hold [`Inline`]s. Both editions are made from it.
//!
//! Invariants, kept by the readers and checked by [`Document::validate`]:
//!
//! - depth comes from nesting and is never stored;
//! - anchors are unique, and every note reference, resource and internal link resolves;
//! - a text is never empty, holds no line feed and no character that XML 1.0 forbids;
//! - the title is not empty, and the language is a BCP 47 tag.

mod block;
mod dump;
mod identifier;
mod inline;
mod json;
mod metadata;
mod numeral;
mod validate;
mod walk;

pub use block::{
    Alignment, Block, Cell, CodeBlock, Definition, Definitions, Figure, List, ListItem, ListKind, MathBlock, Numbering,
    Paragraph, ParagraphRole, Quote, QuoteKind, Row, SceneBreak, Speech, Stanza, Table, Verse, VerseLine,
};
pub use identifier::{Identifier, IdentifierError};
pub use inline::{Abbreviation, Inline, InlineSpan, LinkTarget, Target, plain_text, push_plain_text};
pub(crate) use inline::{push_joined, push_text, unlink};
pub use json::{JSON_VERSION, JsonError};
pub(crate) use metadata::one_line;
pub use metadata::{Contributor, ContributorRole, Date, Language, LanguageError, Metadata, RoleError, Series};
pub use validate::Fault;
pub(crate) use validate::{is_allowed, is_allowed_address};
pub use walk::{Leaf, TextPosition};

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// The name of a place that links lead to: unique in its document, a valid XML id (letters, digits, `-`, starts with a letter).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct AnchorId(pub String);

/// The number of a note: its index in [`Document::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NoteId(pub u32);

/// The number of a resource: its index in [`Document::resources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ResourceId(pub u32);

/// A whole article or book.
///
/// ```
/// use bindery::model::{AnchorId, Block, Document, Inline, Section};
/// use bindery::source::Span;
///
/// let mut document = Document::default();
/// document.meta.title = "The Owl".into();
/// let mut section = Section::with_id(AnchorId("start".into()));
/// section.blocks.push(Block::paragraph(vec![Inline::text("It hoots.")], Span::default()));
/// document.sections.push(section);
/// document.validate()?;
/// assert_eq!(Document::from_json(&document.to_json()?)?, document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Document {
    /// What is known about it.
    pub meta: Metadata,
    /// Its text, in reading order.
    pub sections: Vec<Section>,
    /// The notes that [`Inline::NoteRef`]s point to, in the order of their references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
}

/// Where in a book a section stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// Before the text proper.
    Front,
    /// The text proper.
    #[default]
    Body,
    /// After it.
    Back,
}

/// What a section is for. The level comes from nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SectionRole {
    /// No more than a section of the text: an article's sections, the sections of a chapter.
    #[default]
    Section,
    /// What stood on the title page beyond title, subtitle and authors.
    TitlePage,
    /// Imprint, printing history, copyright.
    Imprint,
    /// A dedication.
    Dedication,
    /// A motto before the text.
    Epigraph,
    /// A foreword, by another hand.
    Foreword,
    /// A preface, by the author.
    Preface,
    /// An introduction.
    Introduction,
    /// A prologue.
    Prologue,
    /// A list of the persons of a play.
    Cast,
    /// A volume of several in one file.
    Volume,
    /// A part or book that holds chapters.
    Part,
    /// A chapter.
    Chapter,
    /// An act of a play.
    Act,
    /// A scene of a play.
    Scene,
    /// One poem of a collection, or one canto.
    Poem,
    /// One story or one piece of a collection.
    Story,
    /// One letter of a collection.
    Letter,
    /// An epilogue.
    Epilogue,
    /// An afterword.
    Afterword,
    /// A conclusion.
    Conclusion,
    /// An appendix.
    Appendix,
    /// A section of notes that are not linked one by one.
    Notes,
    /// A glossary.
    Glossary,
    /// A bibliography.
    Bibliography,
    /// An index.
    Index,
    /// Thanks.
    Acknowledgments,
    /// How the book was made.
    Colophon,
}

impl SectionRole {
    /// Where in a book a section of this role stands, unless told otherwise.
    pub fn natural_matter(self) -> Matter {
        match self {
            SectionRole::TitlePage
            | SectionRole::Imprint
            | SectionRole::Dedication
            | SectionRole::Epigraph
            | SectionRole::Foreword
            | SectionRole::Preface
            | SectionRole::Introduction
            | SectionRole::Cast => Matter::Front,
            SectionRole::Afterword
            | SectionRole::Appendix
            | SectionRole::Notes
            | SectionRole::Glossary
            | SectionRole::Bibliography
            | SectionRole::Index
            | SectionRole::Acknowledgments
            | SectionRole::Colophon => Matter::Back,
            SectionRole::Section
            | SectionRole::Prologue
            | SectionRole::Volume
            | SectionRole::Part
            | SectionRole::Chapter
            | SectionRole::Act
            | SectionRole::Scene
            | SectionRole::Poem
            | SectionRole::Story
            | SectionRole::Letter
            | SectionRole::Epilogue
            | SectionRole::Conclusion => Matter::Body,
        }
    }
}

/// A heading with all that stands under it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Section {
    /// Its name for links.
    pub id: AnchorId,
    /// Front, body or back matter; the same for all sections within it.
    #[serde(default)]
    pub matter: Matter,
    /// What it is for.
    #[serde(default)]
    pub role: SectionRole,
    /// What it is called, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Heading>,
    /// Its own text, before its children.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// The sections within it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Section>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

impl Section {
    /// A section of the body that holds nothing yet.
    pub fn with_id(id: AnchorId) -> Section {
        Section {
            id,
            matter: Matter::default(),
            role: SectionRole::default(),
            heading: None,
            blocks: Vec::new(),
            children: Vec::new(),
            span: Span::default(),
        }
    }
}

/// The words over a section.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Heading {
    /// "Chapter I", "Book Two", "3.": empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<Inline>,
    /// The title: empty where the label is all there is. One of the two is never empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Inline>,
    /// A second title below the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subtitle: Vec<Inline>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

impl Heading {
    /// A heading of a title alone.
    pub fn of(title: Vec<Inline>, span: Span) -> Heading {
        Heading { title, span, ..Heading::default() }
    }

    /// Its lines that are not empty: label, title, subtitle.
    pub fn lines(&self) -> impl Iterator<Item = &[Inline]> {
        [&self.label, &self.title, &self.subtitle].into_iter().filter(|line| !line.is_empty()).map(Vec::as_slice)
    }
}

/// A note, wherever the edition puts it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// The mark it had in the source (`1`, `*`, `[12]`), without brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its text: never empty.
    pub blocks: Vec<Block>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

impl Note {
    /// Visits every leaf of this note, in the order of [`Document::for_each_leaf`].
    pub fn for_each_leaf<'a>(&'a self, visit: &mut impl FnMut(Leaf<'a>)) {
        walk::blocks(&self.blocks, visit);
    }
}

/// A picture, held in memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Resource {
    /// The name it had.
    pub name: String,
    /// Its media type, such as `image/png`.
    pub media_type: String,
    /// Its bytes, as base64 in JSON.
    #[serde(with = "json::base64_bytes")]
    #[cfg_attr(test, schemars(with = "String", extend("contentEncoding" = "base64")))]
    pub data: Vec<u8>,
    /// Width and height in pixels, as it is to be seen.
    pub pixels: (u32, u32),
    /// How its rows and columns have to be turned to be seen upright.
    #[serde(default, skip_serializing_if = "Orientation::is_upright")]
    pub orientation: Orientation,
}

/// How a picture lies in its bytes, by the numbers of Exif (CIPA DC-008, 4.6.5: 0x0112): from 1, upright, to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("minimum" = 1, "maximum" = 8)))]
#[serde(try_from = "u8", into = "u8")]
pub struct Orientation(u8);

impl Orientation {
    /// The orientation of this number; none where there is none.
    pub fn of_exif(number: u8) -> Option<Orientation> {
        (1..=8).contains(&number).then_some(Orientation(number))
    }

    /// The number.
    pub fn exif(self) -> u8 {
        self.0
    }

    /// Whether it is to be seen as it lies.
    pub fn is_upright(&self) -> bool {
        self.0 == 1
    }

    /// Whether its rows are to be seen as columns.
    pub fn swaps_sides(self) -> bool {
        self.0 >= 5
    }
}

impl Default for Orientation {
    fn default() -> Orientation {
        Orientation(1)
    }
}

impl From<Orientation> for u8 {
    fn from(orientation: Orientation) -> u8 {
        orientation.0
    }
}

impl TryFrom<u8> for Orientation {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Orientation, &'static str> {
        Orientation::of_exif(number).ok_or("an orientation is a number from 1 to 8")
    }
}
