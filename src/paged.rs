//! A document set into pages: placed glyphs, rules, pictures and links, with the structure they belong to.
//!
//! This is the border between layout and the PDF writer: everything is measured here and nothing is a block any more.
//! All places are in points from the top left corner of the page.

mod dump;

use crate::font::Face;
use crate::geom::{Point, Pt, Rect, Size};
use crate::ink::Ink;
use crate::model::{AnchorId, Language, Metadata, Resource, Target, TextPosition};
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A whole document in pages.
#[derive(Debug, Clone)]
pub struct PagedDocument {
    /// What is known about the document.
    pub meta: Metadata,
    /// The faces that [`GlyphRun::face`] counts, each used at least once.
    pub faces: Vec<Arc<Face>>,
    /// The pictures that [`Picture::image`] counts.
    pub images: Vec<Arc<Resource>>,
    /// The pages in order: at least one.
    pub pages: Vec<Page>,
    /// How the folios run: the first range starts at page 0; sorted.
    pub page_labels: Vec<PageLabels>,
    /// The structure of the text.
    pub structure: Structure,
    /// The contents tree, for the bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// Where each anchor of the model came to stand.
    pub anchors: BTreeMap<AnchorId, Destination>,
    /// Where in the text of the model each page begins: pages without text of the model (a blank, the title page, the
    /// printed contents) have `None`.
    pub page_starts: Vec<Option<TextPosition>>,
}

/// A place that links and bookmarks lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Destination {
    /// The page, from 0.
    pub page: u32,
    /// The height that comes to the top of the window.
    pub y: Pt,
}

/// One entry of the bookmarks.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub destination: Destination,
    /// The entries below it.
    pub children: Vec<Bookmark>,
}

/// How pages are counted from one page on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLabels {
    /// The first page, from 0.
    pub first: u32,
    /// How the folio is written.
    pub style: FolioStyle,
    /// The folio of the first page.
    pub start: u32,
}

/// How a folio is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolioStyle {
    /// 1, 2, 3
    Arabic,
    /// i, ii, iii
    Roman,
}

/// One page. Items own ranges of `glyphs` and `text`, so that a page costs a handful of allocations.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The trim size.
    pub size: Size,
    /// The folio as it is printed or would be: the page's label.
    pub folio: String,
    /// The glyphs of all runs.
    pub glyphs: Vec<Glyph>,
    /// The text of all runs.
    pub text: String,
    /// What stands on the page, in reading order as far as it has one.
    pub items: Vec<Item>,
    /// The places that can be clicked.
    pub links: Vec<LinkArea>,
}

/// Something on a page.
#[derive(Debug, Clone)]
pub enum Item {
    /// Text.
    Run(GlyphRun),
    /// A filled rectangle: a rule.
    Rule(Rule),
    /// A picture.
    Picture(Picture),
}

/// What an item is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The text: a piece of the structure.
    Content(ContentId),
    /// No part of the text.
    Artifact(Artifact),
}

/// What is on a page and not of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Artifact {
    /// A running head.
    RunningHead,
    /// A folio.
    Folio,
    /// A rule, leader or ornament.
    Layout,
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// What it is a part of.
    pub owner: Owner,
    /// The face: an index into [`PagedDocument::faces`].
    pub face: u16,
    /// The type size.
    pub size: Pt,
    /// Where the first glyph stands on the baseline.
    pub origin: Point,
    /// The horizontal scale of glyphs and advances: 1 but for glyph expansion.
    pub expansion: f32,
    /// What of the advances of letters is room set between them, in thousandths of the type size: the same for all.
    pub tracking: f32,
    /// Its colour.
    pub ink: Ink,
    /// Whether the text runs from right to left. Glyphs are always in visual order, from left to right.
    pub right_to_left: bool,
    /// Its glyphs, in [`Page::glyphs`].
    pub glyphs: Range<u32>,
    /// Its text in logical order, in [`Page::text`]. A hyphen set at a line end that is not of the word is U+00AD; the
    /// space between two lines stands at the end of the first, beyond the measure.
    pub text: Range<u32>,
}

/// One glyph. Advance and offsets are in thousandths of the type size, before expansion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The number in the face.
    pub id: u16,
    /// Where its cluster starts in the text of its run, in bytes.
    pub cluster: u16,
    /// How many bytes its cluster has: 0 for further glyphs of the same cluster.
    pub cluster_len: u8,
    /// How far it moves the pen, with kerning and justification.
    pub advance: f32,
    /// How far right of the pen it is drawn.
    pub dx: i16,
    /// How far above the baseline it is drawn.
    pub dy: i16,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// What it is a part of.
    pub owner: Owner,
    /// Where.
    pub rect: Rect,
    /// Its colour.
    pub ink: Ink,
}

/// A placed picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// What it is a part of.
    pub owner: Owner,
    /// Which: an index into [`PagedDocument::images`].
    pub image: u32,
    /// Where.
    pub rect: Rect,
}

/// A place that can be clicked. A link over two lines has two areas with one node.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkArea {
    /// Where.
    pub rect: Rect,
    /// The node, of role [`Role::Link`], [`Role::Reference`] or [`Role::TocItem`], that the annotation belongs to.
    pub node: NodeId,
    /// Where it leads. Notes have the anchors of [`note_anchor`] and [`note_ref_anchor`].
    pub target: Target,
    /// What it says, for those who do not see it.
    pub description: String,
}

/// The anchor of the note with this index.
pub fn note_anchor(index: u32) -> AnchorId {
    AnchorId(format!("note-{}", index + 1))
}

/// The anchor of the first reference to the note with this index.
pub fn note_ref_anchor(index: u32) -> AnchorId {
    AnchorId(format!("noteref-{}", index + 1))
}

/// The number of a node of the [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// The number of a piece of content: what of a node's own text stands between two of its children. Items with one
/// `ContentId` may stand on several lines and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub u32);

/// What the text is made of, in reading order: a tree whose leaves are [`ContentId`]s.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// The nodes: a parent stands before its children; node 0 is the document.
    pub nodes: Vec<Node>,
    /// The node that each [`ContentId`] belongs to.
    pub contents: Vec<NodeId>,
}

/// One element of the structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Most have none.
    properties: Option<Box<Properties>>,
    /// Most have no more than two.
    kids: SmallVec<[Kid; 2]>,
}

/// What is said of a node apart from what it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Properties {
    /// Its language, where it is not that of its parent.
    pub language: Option<Language>,
    /// Text for those who do not see it.
    pub alt: Option<String>,
    /// What its letters stand for, where they are an abbreviation.
    pub expansion: Option<String>,
}

/// Something in a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kid {
    /// A node.
    Node(NodeId),
    /// A piece of its own text.
    Content(ContentId),
}

/// Where a picture stands, for its layout attributes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FigureBox {
    /// Its box on its page.
    pub rect: Rect,
    /// Whether it stands in a line of text.
    pub inline: bool,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListNumbering {
    /// A bullet.
    Disc,
    /// A number.
    Decimal,
    /// The term that the item defines.
    Term,
}

/// What a node is; named as in ISO 32000-1, 14.8.4.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// The whole.
    Document,
    /// A part of a book.
    Part,
    /// A section or chapter.
    Section,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// The title of the document, on its title page or over its text: written as a paragraph.
    Title,
    /// A paragraph.
    Paragraph,
    /// A line of verse.
    VerseLine,
    /// A group: a poem, a stanza, a speech.
    Division,
    /// A quotation set apart.
    BlockQuote,
    /// Words of somebody else within a line.
    Quote,
    /// A list.
    List {
        /// What stands before its items.
        numbering: ListNumbering,
    },
    /// An item.
    ListItem,
    /// The bullet or number of an item.
    ListLabel,
    /// The text of an item.
    ListBody,
    /// A table.
    Table,
    /// A row.
    TableRow,
    /// A cell that heads a column.
    TableHead,
    /// A cell.
    TableCell,
    /// A picture.
    Figure(FigureBox),
    /// The words under a picture or over a table.
    Caption,
    /// Code.
    Code,
    /// A formula.
    Formula,
    /// The printed contents.
    Toc,
    /// An entry of the printed contents.
    TocItem,
    /// The mark of a note.
    Reference,
    /// A note: the index of the note.
    Note(u32),
    /// The mark before a note.
    NoteLabel,
    /// Words that lead somewhere.
    Link,
    /// Text with properties of its own: emphasis, another language.
    Span,
}

impl Node {
    /// An element that holds nothing yet.
    pub fn new(role: Role) -> Node {
        Node { role, properties: None, kids: SmallVec::new() }
    }

    /// What it holds, in reading order.
    pub fn kids(&self) -> &[Kid] {
        &self.kids
    }

    /// What is said of it, where anything is.
    pub fn properties(&self) -> Option<&Properties> {
        self.properties.as_deref()
    }

    /// What is said of it, to say more.
    pub fn properties_mut(&mut self) -> &mut Properties {
        self.properties.get_or_insert_default()
    }

    /// Text for those who do not see it; empty where there is none.
    pub fn alt(&self) -> &str {
        self.properties().and_then(|properties| properties.alt.as_deref()).unwrap_or_default()
    }
}

impl Structure {
    /// A structure of nothing but the document.
    pub fn new() -> Structure {
        let root = Node::new(Role::Document);
        Structure { nodes: vec![root], contents: Vec::new() }
    }

    /// The document.
    pub const ROOT: NodeId = NodeId(0);

    /// Adds a node as the last kid of `parent`.
    pub fn push(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node::new(role));
        self.add_kid(parent, Kid::Node(id));
        id
    }

    /// Adds a piece of text of its own as the last kid of `parent`.
    pub fn push_content(&mut self, parent: NodeId) -> ContentId {
        let id = ContentId(self.contents.len() as u32);
        self.contents.push(parent);
        self.add_kid(parent, Kid::Content(id));
        id
    }

    /// The node with this number, to change it.
    pub fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)
    }

    fn add_kid(&mut self, parent: NodeId, kid: Kid) {
        if let Some(node) = self.nodes.get_mut(parent.0 as usize) {
            node.kids.push(kid);
        }
    }
}

impl Page {
    /// The glyphs of a run on this page.
    pub fn glyphs_of(&self, run: &GlyphRun) -> &[Glyph] {
        self.glyphs.get(run.glyphs.start as usize..run.glyphs.end as usize).unwrap_or_default()
    }

    /// The text of a run on this page.
    pub fn text_of(&self, run: &GlyphRun) -> &str {
        self.text.get(run.text.start as usize..run.text.end as usize).unwrap_or_default()
    }

    /// The width of a run on this page.
    pub fn width_of(&self, run: &GlyphRun) -> Pt {
        let advance: f32 = self.glyphs_of(run).iter().map(|glyph| glyph.advance).sum();
        run.size * (advance / 1000.0 * run.expansion)
    }
}
