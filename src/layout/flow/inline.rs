//! Inlines → rich text, with the structure nodes that they need.

use super::{Context, LineSetting, TextItem, initial};
use crate::font::Family;
use crate::geom::{Em, Pt, Size};
use crate::highlight::Piece;
use crate::layout::text::{InlinePicture, Link, LinkId, RichText, RunProperties, StyleId, TextStyle};
use crate::math;
use crate::model::{Abbreviation, Inline, Language, LinkTarget, NoteId, ResourceId, Target};
use crate::paged::{ContentId, FigureBox, NodeId, Owner, Role, note_anchor, note_ref_anchor};
use crate::style::code_look;
use smallvec::SmallVec;
use std::sync::Arc;

/// The size of the mark of a note and of other raised text, in parts of the text's, and how high it stands.
const RAISED: (f32, f32) = (0.66, 0.34);
/// How far lowered text stands below the baseline.
const LOWERED: f32 = -0.15;
/// The mono against the text face: their small letters are equally high at this scale.
const MONO: f32 = 0.82;
/// How high and wide a picture within a line may be, and how high it stands without reaching below the baseline, in ems.
const PICTURE: (f32, f32, f32) = (1.1, 12.0, 0.7);
/// No more of a paragraph than this opens a chapter in small capitals.
const OPENING_WORDS: usize = 5;

/// Writes the text of one leaf, or of several in one item, into a rich text.
pub(crate) struct Inliner<'c, 'd> {
    context: &'c mut Context<'d>,
    pub(crate) rich: RichText,
    leaves: SmallVec<[(u32, u32); 1]>,
    node: NodeId,
    content: Option<ContentId>,
    style: Arc<TextStyle>,
    link: Option<LinkId>,
    offset: u32,
    /// Whether what is written is not the text of the leaf but stands for it: the line of a formula.
    apart: bool,
    /// How many bytes are still to be in small capitals.
    caps: usize,
    /// Whether the text begins with the box of a task, which is set apart from it.
    pub(super) without_box: bool,
    /// The size of the initial that is to be set apart from the text.
    initial_size: Option<Pt>,
    /// That initial.
    pub(crate) initial: Option<RichText>,
}

/// The first few words of a paragraph, up to a pause.
fn opening(plain: &str) -> &str {
    let mut words = 0;
    let mut start = 0;
    for (at, character) in plain.char_indices() {
        // "Mr. Reed", "J. S. Bach": a short word with a capital and a full stop goes on.
        let word = plain.get(start..at).unwrap_or("");
        let abbreviated =
            character == '.' && word.chars().count() <= 3 && word.chars().next().is_some_and(char::is_uppercase);
        let stop = matches!(character, ',' | ';' | ':' | '.' | '!' | '?' | '—' | '”' | '(') && !abbreviated;
        if character == ' ' {
            start = at + 1;
        }
        words += usize::from(character == ' ' || stop);
        if stop || words >= OPENING_WORDS {
            return plain.get(..at).unwrap_or(plain);
        }
    }
    plain
}

impl<'c, 'd> Inliner<'c, 'd> {
    /// Writes text of this style as the text of `node`.
    pub(crate) fn new(context: &'c mut Context<'d>, node: NodeId, style: impl Into<Arc<TextStyle>>) -> Inliner<'c, 'd> {
        Inliner {
            context,
            rich: RichText::new(),
            leaves: SmallVec::new(),
            node,
            content: None,
            style: style.into(),
            link: None,
            offset: 0,
            apart: false,
            caps: 0,
            without_box: false,
            initial_size: None,
            initial: None,
        }
    }

    /// What was written, as lines that stand so.
    pub(crate) fn item(self, setting: LineSetting, pitch: Pt) -> TextItem {
        TextItem { leaves: self.leaves, ..TextItem::new(self.rich, setting, pitch) }
    }

    /// Sets the first words of what comes in small capitals.
    pub(crate) fn open_in_caps(&mut self, inlines: &[Inline]) {
        let plain = crate::model::plain_text(inlines);
        self.caps = opening(&plain).len();
        // A paragraph that is one long word stays as it is.
        if self.caps > 60 {
            self.caps = 0;
        }
    }

    /// Sets the first letter of what comes apart, in this size.
    pub(crate) fn open_with_initial(&mut self, size: Option<Pt>) {
        self.initial_size = size;
    }

    /// The text behind the initial, which is set apart.
    fn behind_initial<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(size) = self.initial_size.take() else { return text };
        let (head, rest) = text.split_at_checked(initial::len(text)).unwrap_or(("", text));
        if !head.is_empty() {
            let mut rich = RichText::new();
            let style = rich.add_style(TextStyle { size, ..TextStyle::clone(&self.style) });
            let properties = self.properties(Some(self.offset));
            rich.push(head, RunProperties { style, link: None, ..properties });
            self.initial = Some(rich);
            self.offset += head.len() as u32;
            self.caps = self.caps.saturating_sub(head.len());
        }
        rest
    }

    /// The text behind the box of a task, which is a label.
    fn behind_box<'t>(&mut self, text: &'t str) -> &'t str {
        if !std::mem::take(&mut self.without_box) {
            return text;
        }
        let (_, rest) = text.split_once(' ').unwrap_or(("", text));
        self.offset += (text.len() - rest.len()) as u32;
        rest
    }

    /// Writes a whole leaf, which gets the next number.
    pub(crate) fn leaf(&mut self, inlines: &[Inline]) {
        let leaf = self.context.next_leaf();
        self.leaf_numbered(inlines, leaf);
    }

    /// Writes a whole leaf that has its number already.
    pub(crate) fn leaf_numbered(&mut self, inlines: &[Inline], leaf: u32) {
        self.begin_leaf(leaf);
        self.inlines(inlines);
        self.caps = 0;
    }

    /// What comes is the text of this leaf.
    fn begin_leaf(&mut self, leaf: u32) {
        self.leaves.push((self.rich.text().len() as u32, leaf));
        self.offset = 0;
    }

    /// Writes a line of code as a leaf.
    pub(crate) fn code_line(&mut self, pieces: &[Piece<'_>]) {
        let leaf = self.context.next_leaf();
        self.begin_leaf(leaf);
        let plain = Arc::clone(&self.style);
        for piece in pieces {
            if let Some(look) = piece.kind.map(code_look) {
                let style = Arc::make_mut(&mut self.style);
                style.ink = look.ink;
                style.bold |= look.bold;
                style.italic |= look.italic;
            }
            self.text(piece.text);
            self.style.clone_from(&plain);
        }
    }

    /// Writes the number of a note, which leads back to its reference.
    pub(crate) fn note_label(&mut self, node: NodeId, number: u32, index: u32) {
        let paragraph = self.enter(node);
        let before = self.style.clone();
        raise(Arc::make_mut(&mut self.style));
        let target = Target::Internal(note_ref_anchor(index));
        let description = format!("Back to reference {number}");
        self.link = Some(self.rich.add_link(Link { node, target, description }));
        self.extra(&number.to_string());
        self.link = None;
        self.style = before;
        self.extra("\u{2009}");
        self.enter(paragraph);
    }

    /// Writes text that is of no leaf.
    pub(crate) fn extra(&mut self, text: &str) {
        let properties = self.properties(None);
        self.rich.push(text, properties);
    }

    /// Goes on as the text of another node; gives back the one before.
    pub(crate) fn enter(&mut self, node: NodeId) -> NodeId {
        self.content = None;
        std::mem::replace(&mut self.node, node)
    }

    /// Goes on in another style; gives back the one before.
    pub(crate) fn restyle(&mut self, style: Arc<TextStyle>) -> Arc<TextStyle> {
        std::mem::replace(&mut self.style, style)
    }

    /// A new node in the present one.
    pub(crate) fn push_node(&mut self, role: Role) -> NodeId {
        self.context.structure.push(self.node, role)
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(text) => self.code(text),
                Inline::Emphasis(content) => {
                    let italic = !self.style.italic;
                    self.styled(content, |style| style.italic = italic);
                }
                Inline::Strong(content) => self.styled(content, |style| style.bold = true),
                Inline::SmallCaps(content) => self.styled(content, |style| {
                    style.small_caps = true;
                    style.tracking = Em(style.tracking.0.max(0.03));
                }),
                Inline::Superscript(content) => self.styled(content, raise),
                Inline::Subscript(content) => self.styled(content, |style| {
                    style.raise += style.size * LOWERED;
                    style.size = style.size * RAISED.0;
                }),
                Inline::Strikethrough(content) => self.styled(content, |style| style.strike = true),
                Inline::Link(link) => self.linked(link),
                Inline::Quotation(content) => self.within(Role::Quote, |this, _| this.inlines(content)),
                Inline::Abbreviation(short) => self.abbreviation(short),
                Inline::Math(source) => self.math(source),
                Inline::Image { resource, alt, .. } => self.image(*resource, alt),
                Inline::NoteRef(note) => self.note_ref(*note),
                Inline::LineBreak => self.text("\n"),
                Inline::Span(span) => self.in_language(&span.language, &span.content),
                Inline::Ruby { base, reading } => self.ruby(base, reading),
            }
        }
    }

    fn text(&mut self, text: &str) {
        let text = self.behind_initial(text);
        let text = self.behind_box(text);
        let mut rest = text;
        if self.caps > 0 {
            let (head, tail) = text.split_at_checked(self.caps.min(text.len())).unwrap_or((text, ""));
            self.caps -= head.len().min(self.caps);
            let plain = self.style.clone();
            let caps = Arc::make_mut(&mut self.style);
            caps.small_caps = true;
            caps.tracking = Em(0.04);
            self.push_text(head);
            self.style = plain;
            rest = tail;
        }
        self.push_text(rest);
    }

    fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let properties = self.properties((!self.apart).then_some(self.offset));
        self.rich.push(text, properties);
        if !self.apart {
            self.offset += text.len() as u32;
        }
    }

    fn properties(&mut self, source: Option<u32>) -> RunProperties {
        let content = match self.content {
            Some(content) => content,
            None => self.context.content(self.node),
        };
        self.content = Some(content);
        let style = self.style_id();
        RunProperties { style, owner: Owner::Content(content), source, link: self.link, note: None }
    }

    fn style_id(&mut self) -> StyleId {
        self.rich.add_style(Arc::clone(&self.style))
    }

    fn styled(&mut self, content: &[Inline], change: impl FnOnce(&mut TextStyle)) {
        let before = self.style.clone();
        change(Arc::make_mut(&mut self.style));
        self.inlines(content);
        self.style = before;
    }

    /// Within a new node of this role.
    fn within(&mut self, role: Role, write: impl FnOnce(&mut Self, NodeId)) {
        let node = self.push_node(role);
        let before = self.enter(node);
        write(self, node);
        self.enter(before);
    }

    fn code(&mut self, text: &str) {
        self.within(Role::Code, |this, _| {
            let before = this.style.clone();
            mono(Arc::make_mut(&mut this.style));
            this.text(text);
            this.style = before;
        });
    }

    /// A formula that is a leaf of its own.
    pub(crate) fn math_leaf(&mut self, source: &str) {
        let leaf = self.context.next_leaf();
        self.begin_leaf(leaf);
        self.math(source);
    }

    /// The texts of a formula in two dimensions that is a leaf of its own.
    pub(crate) fn formula(&mut self, source: &str, shape: math::Shape<Vec<Inline>>) -> math::Shape<Arc<RichText>> {
        self.context.next_leaf();
        let node = self.formula_node(source);
        self.enter(node);
        self.apart = true;
        let plain = self.style.clone();
        shape.map(0, &mut |inlines, level| {
            let size = plain.size * super::reduced(level);
            let style = Arc::make_mut(&mut self.style);
            style.size = size;
            of_formula(style);
            self.inlines(&inlines);
            std::mem::take(&mut self.rich).into()
        })
    }

    /// A new node for a formula, with its source for those who do not see it.
    fn formula_node(&mut self, source: &str) -> NodeId {
        let node = self.push_node(Role::Formula);
        if let Some(node) = self.context.structure.node_mut(node) {
            node.properties_mut().alt = Some(source.to_owned());
        }
        node
    }

    fn math(&mut self, source: &str) {
        let node = self.formula_node(source);
        let before = self.enter(node);
        match math::line(source) {
            Some(line) => {
                let outer = std::mem::replace(&mut self.apart, true);
                self.styled(&line, of_formula);
                self.apart = outer;
                self.offset += source.len() as u32;
            }
            None => self.styled(&[Inline::text(source)], mono),
        }
        self.enter(before);
    }

    fn abbreviation(&mut self, short: &Abbreviation) {
        self.within(Role::Span, |this, node| {
            if let Some(node) = this.context.structure.node_mut(node) {
                node.properties_mut().expansion = Some(short.expansion.clone());
            }
            this.inlines(&short.content);
        });
    }

    fn in_language(&mut self, language: &Language, content: &[Inline]) {
        let outer = self.style.language.clone();
        self.within(Role::Span, |this, node| {
            if *language != outer
                && let Some(node) = this.context.structure.node_mut(node)
            {
                node.properties_mut().language = Some(language.clone());
            }
            this.styled(content, |style| style.language = language.clone());
        });
    }

    fn linked(&mut self, link: &LinkTarget) {
        // A link within a link has no meaning in either edition: the outer one holds.
        if self.link.is_some() {
            return self.inlines(&link.content);
        }
        self.within(Role::Link, |this, node| {
            let description = match &link.target {
                Target::External(address) => address.clone(),
                Target::Internal(_) => crate::model::plain_text(&link.content),
            };
            this.link = Some(this.rich.add_link(Link { node, target: link.target.clone(), description }));
            this.inlines(&link.content);
            this.link = None;
        });
    }

    fn note_ref(&mut self, note: NoteId) {
        let number = self.context.note_number(note);
        self.within(Role::Reference, |this, node| {
            let target = Target::Internal(note_anchor(note.0));
            let outer = this.link;
            let description = format!("Note {number}");
            this.link = Some(this.rich.add_link(Link { node, target, description }));
            let before = this.style.clone();
            let style = Arc::make_mut(&mut this.style);
            raise(style);
            style.italic = false;
            let properties = RunProperties { note: Some(note), ..this.properties(None) };
            this.rich.push(&number.to_string(), properties);
            this.style = before;
            this.link = outer;
        });
    }

    /// A picture within a line: no larger than fits between two others.
    fn image(&mut self, resource: ResourceId, alt: &str) {
        let Some((wide, high)) = self.context.resource(resource.0).map(|resource| resource.pixels) else { return };
        let natural = Pt::from_inches(high as f32 / self.context.style.image_dpi);
        let ratio = wide as f32 / high.max(1) as f32;
        let height = natural.min(self.style.size * PICTURE.0).min(self.style.size * PICTURE.1 / ratio);
        let size = Size { width: height * ratio, height };
        if size.width <= Pt::ZERO || size.height <= Pt::ZERO {
            return;
        }
        self.within(Role::Figure(FigureBox { inline: true, ..FigureBox::default() }), |this, node| {
            if let Some(node) = this.context.structure.node_mut(node)
                && !alt.is_empty()
            {
                node.properties_mut().alt = Some(alt.to_owned());
            }
            let properties = this.properties(None);
            let depth = (size.height - this.style.size * PICTURE.2).max(Pt::ZERO) / 2.0;
            this.rich.push_picture(InlinePicture { resource: resource.0, size, depth }, properties);
        });
    }

    fn ruby(&mut self, base: &str, reading: &str) {
        self.text(base);
        let before = self.style.clone();
        let small = Arc::make_mut(&mut self.style);
        small.size = small.size * RAISED.0;
        self.extra(&format!("({reading})"));
        self.style = before;
    }
}

/// Makes a style that of the mono.
pub(crate) fn mono(style: &mut TextStyle) {
    style.family = Family::Mono;
    style.size = style.size * MONO;
    style.small_caps = false;
}

/// Makes a style that of raised figures.
pub(crate) fn raise(style: &mut TextStyle) {
    style.raise += style.size * RAISED.1;
    style.size = style.size * RAISED.0;
    // Old-style figures would dance where they are raised.
    style.figures = crate::style::Figures::Lining;
}

/// Makes a style that of formulas: what is italic in them says so itself.
fn of_formula(style: &mut TextStyle) {
    style.italic = false;
    style.small_caps = false;
    style.figures = crate::style::Figures::Lining;
}

/// A rich text of no leaf, in one style.
pub(crate) fn plain(text: &str, style: impl Into<Arc<TextStyle>>, owner: Owner) -> RichText {
    let mut rich = RichText::new();
    let style = rich.add_style(style);
    rich.push(text, RunProperties { style, owner, source: None, link: None, note: None });
    rich
}

/// A style changed as a look wants it.
pub(crate) fn looked(base: &TextStyle, look: &crate::style::TextStyle) -> TextStyle {
    TextStyle {
        size: Pt(base.size.0 * look.scale),
        bold: base.bold || look.bold,
        italic: base.italic || look.italic,
        small_caps: look.small_caps,
        tracking: look.tracking,
        ..base.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn a_chapter_opens_with_a_phrase() {
        assert_eq!(opening("The tide was out, and so on."), "The tide was out");
        assert_eq!(opening("Mr. Reed was early."), "Mr. Reed was early");
        assert_eq!(opening("It was late. Nobody came."), "It was late");
        assert_eq!(opening("One two three four five six"), "One two three four five");
        assert_eq!(opening("Gone"), "Gone");
    }
}
