//! What stands between a heading and the next.

use super::{Inline, ResourceId};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// Words of somebody else, an epigraph, a letter that is quoted.
    Quote(Quote),
    /// Lines that stay lines.
    Verse(Verse),
    /// A speech of a play.
    Speech(Box<Speech>),
    /// Items.
    List(List),
    /// Terms with what they mean.
    Definitions(Definitions),
    /// Text in the mono, line by line.
    Code(Box<CodeBlock>),
    /// A formula on lines of its own.
    Math(MathBlock),
    /// Rows and columns.
    Table(Box<Table>),
    /// A picture with its caption.
    Figure(Box<Figure>),
    /// A pause within a section.
    SceneBreak(SceneBreak),
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphRole {
    /// Running text.
    #[default]
    Body,
    /// The lead of an article, set apart below its title.
    Standfirst,
    /// The same paragraph goes on after a quote, verse or list: no indent.
    Continued,
    /// Lines set in the middle: a dedication, a title within the text.
    Centered,
    /// Where a letter was written and when.
    DateLine,
    /// To whom a letter goes, or an address.
    Address,
    /// "Dear Sir,".
    Salutation,
    /// The end of a letter and its name.
    Signature,
    /// What actors do, or where a scene plays.
    StageDirection,
    /// The source of an epigraph or a quote.
    Attribution,
    /// The summary under a chapter's title.
    Argument,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Paragraph {
    /// What it is for.
    #[serde(default)]
    pub role: ParagraphRole,
    /// Its text: never empty.
    pub content: Vec<Inline>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// What kind of quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// A quotation.
    #[default]
    Quotation,
    /// A motto over a section.
    Epigraph,
    /// A letter or document within the text.
    Letter,
}

/// Blocks set apart. Its source, when given, is a last paragraph of role [`ParagraphRole::Attribution`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quote {
    /// Which kind.
    #[serde(default)]
    pub kind: QuoteKind,
    /// Its blocks: never empty.
    pub blocks: Vec<Block>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// A poem or a piece of one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Verse {
    /// Its stanzas: never empty.
    pub stanzas: Vec<Stanza>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// Lines between two blank lines of a poem.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stanza {
    /// Its lines: never empty.
    pub lines: Vec<VerseLine>,
}

/// One line of verse, turned-over pieces joined.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerseLine {
    /// How far it is indented, in levels from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub indent: u8,
    /// Its text: never empty.
    pub content: Vec<Inline>,
}

fn is_zero(value: &u8) -> bool {
    *value == 0
}

/// Who speaks, and what. Where its first block is a paragraph, both editions run the speaker in at the head of it
/// (`HAMLET. To be …` is one paragraph); where it is verse, or there is none, the speaker has a line of its own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Speech {
    /// The name, as it stands.
    pub speaker: Vec<Inline>,
    /// Paragraphs, verse and stage directions: may be empty.
    pub blocks: Vec<Block>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// a, b, c
    LowerAlpha,
    /// A, B, C
    UpperAlpha,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// What stands before the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// A bullet.
    Bullet,
    /// A number.
    Ordered {
        /// The number of the first item.
        start: u32,
        /// How it is written.
        numbering: Numbering,
    },
}

/// Items under one another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct List {
    /// Bullets or numbers.
    pub kind: ListKind,
    /// The items: never empty.
    pub items: Vec<ListItem>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListItem {
    /// Its blocks: never empty.
    pub blocks: Vec<Block>,
}

impl ListItem {
    /// The ballot box that it begins with, empty or ticked, where it is a task: a space and what is to be done follow it.
    pub fn task(&self) -> Option<char> {
        let Some(Block::Paragraph(paragraph)) = self.blocks.first() else { return None };
        let Some(Inline::Text(text)) = paragraph.content.first() else { return None };
        let (sign, rest) = text.split_once(' ')?;
        let goes_on = !rest.is_empty() || paragraph.content.len() > 1;
        sign.parse().ok().filter(|sign: &char| goes_on && matches!(sign, '☐' | '☑' | '☒'))
    }
}

/// Terms with what they mean, one entry after another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Definitions {
    /// The entries: never empty.
    pub entries: Vec<Definition>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// One term, or several that mean the same, with what is said of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Definition {
    /// The terms: at least one, each never empty.
    pub terms: Vec<Vec<Inline>>,
    /// What they mean, each of several meanings apart: may be empty.
    pub meanings: Vec<ListItem>,
}

/// A formula on lines of its own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MathBlock {
    /// Its source in the mathematics of LaTeX, on one line and without dollar signs: never empty.
    pub source: String,
    /// Its place in the text.
    #[serde(default)]
    pub span: Span,
}

/// Lines in the mono; a line may be empty and keeps its spaces.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CodeBlock {
    /// The programming language, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The lines, without line feeds.
    pub lines: Vec<String>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// As the direction of the text wants it.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the far side.
    End,
}

/// Rows and columns. Every row has as many cells as `columns` has entries.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Table {
    /// The words over it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// The alignment of each column.
    pub columns: Vec<Alignment>,
    /// The rows that head it, repeated on each page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<Row>,
    /// The other rows.
    pub body: Vec<Row>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    /// From the start side on.
    pub cells: Vec<Cell>,
}

/// One cell: may be empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cell {
    /// Its text.
    pub content: Vec<Inline>,
}

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Figure {
    /// Which picture.
    pub resource: ResourceId,
    /// What it shows, for those who do not see it; empty: not told.
    pub alt: String,
    /// The words under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

/// A pause: a blank line with, perhaps, a mark in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SceneBreak {
    /// The mark that stood there, such as `* * *`; none for a mere blank line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Its place in the source.
    #[serde(default)]
    pub span: Span,
}

impl Block {
    /// A paragraph of running text.
    pub fn paragraph(content: Vec<Inline>, span: Span) -> Block {
        Block::Paragraph(Paragraph { role: ParagraphRole::Body, content, span })
    }

    /// Its place in the source.
    pub fn span(&self) -> Span {
        match self {
            Block::Paragraph(block) => block.span,
            Block::Quote(block) => block.span,
            Block::Verse(block) => block.span,
            Block::Speech(block) => block.span,
            Block::List(block) => block.span,
            Block::Definitions(block) => block.span,
            Block::Code(block) => block.span,
            Block::Math(block) => block.span,
            Block::Table(block) => block.span,
            Block::Figure(block) => block.span,
            Block::SceneBreak(block) => block.span,
        }
    }
}
