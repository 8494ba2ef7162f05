//! The text of one leaf as a flat run of characters, whatever inlines it is cut into.

use super::convention::Convention;
use crate::model::Inline;

/// What stands in the stream for a picture or a piece of code: passes see a word there and change nothing.
pub(super) const OBJECT: char = '\u{FFFC}';

/// One character of the stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) c: char,
    /// The number of the text it is from; [`Cell::APART`] for what has no text of its own.
    node: u32,
    /// The index of its convention.
    convention: u16,
    /// Part of an address: never changed.
    pub(super) fixed: bool,
}

impl Cell {
    const APART: u32 = u32::MAX;

    /// The same place with another character.
    pub(super) fn with(self, c: char) -> Cell {
        Cell { c, ..self }
    }

    /// Whether two characters are of one text, so that one may swallow the other.
    pub(super) fn same_text(self, other: Cell) -> bool {
        self.node == other.node && self.node != Cell::APART
    }

    /// Whether it may be changed.
    pub(super) fn is_free(self) -> bool {
        !self.fixed && self.node != Cell::APART
    }
}

/// Which characters that passes look for occur at all.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) straight_quote: bool,
    pub(super) hyphen: bool,
    pub(super) dots: bool,
    pub(super) address: bool,
}

/// The characters of a group of leaves (a paragraph, a stanza), with a line feed between two of them.
pub(super) struct Stream<'a> {
    pub(super) cells: Vec<Cell>,
    conventions: Vec<&'a Convention>,
    spare: Vec<Cell>,
    nodes: u32,
    pub(super) found: Found,
}

impl<'a> Stream<'a> {
    /// An empty stream; texts that are of no other language follow `convention`.
    pub(super) fn new(convention: &'a Convention) -> Stream<'a> {
        Stream {
            cells: Vec::new(),
            conventions: vec![convention],
            spare: Vec::new(),
            nodes: 0,
            found: Found::default(),
        }
    }

    /// Starts again with other leaves.
    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.conventions.truncate(1);
        self.nodes = 0;
        self.found = Found::default();
    }

    /// Appends one leaf.
    pub(super) fn push_leaf(&mut self, inlines: &[Inline]) {
        if self.nodes > 0 {
            self.push_apart('\n', 0);
        }
        self.push(inlines, 0);
        // A leaf without text counts too, so that its neighbours stay apart.
        self.nodes += 1;
    }

    /// Appends one text that is no leaf, such as a title.
    pub(super) fn push_text(&mut self, text: &str) {
        self.push_chars(text, 0);
        self.nodes += 1;
    }

    fn push(&mut self, inlines: &[Inline], convention: u16) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => {
                    self.push_chars(text, convention);
                    self.nodes += 1;
                }
                Inline::Code(_) | Inline::Math(_) | Inline::Image { .. } | Inline::Ruby { .. } => {
                    self.push_apart(OBJECT, convention);
                }
                Inline::LineBreak => self.push_apart('\n', convention),
                Inline::NoteRef(_) => {}
                Inline::Span(span) => {
                    let own = self.convention_of(Convention::of(&span.language));
                    self.push(&span.content, own);
                }
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::SmallCaps(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Strikethrough(content)
                | Inline::Quotation(content) => self.push(content, convention),
                Inline::Abbreviation(short) => self.push(&short.content, convention),
                Inline::Link(link) => self.push(&link.content, convention),
            }
        }
    }

    fn push_chars(&mut self, text: &str, convention: u16) {
        let node = self.nodes;
        let mut last = '\0';
        for c in text.chars() {
            match c {
                '"' | '\'' => self.found.straight_quote = true,
                '-' => self.found.hyphen = true,
                '.' => self.found.dots |= last == '.' || last == ' ',
                '@' => self.found.address = true,
                '/' => self.found.address |= last == '/',
                'w' => self.found.address |= last == 'w',
                _ => {}
            }
            last = c;
            self.cells.push(Cell { c, node, convention, fixed: false });
        }
    }

    fn push_apart(&mut self, c: char, convention: u16) {
        self.cells.push(Cell { c, node: Cell::APART, convention, fixed: false });
    }

    fn convention_of(&mut self, convention: &'static Convention) -> u16 {
        let known = self.conventions.iter().position(|one| std::ptr::eq(*one, convention));
        let index = known.unwrap_or_else(|| {
            self.conventions.push(convention);
            self.conventions.len() - 1
        });
        u16::try_from(index).unwrap_or(0)
    }

    /// The convention that a cell follows.
    pub(super) fn convention(&self, cell: Cell) -> &'a Convention {
        // Index 0 is there from the start.
        self.conventions.get(usize::from(cell.convention)).copied().unwrap_or(&Convention::ENGLISH)
    }

    /// The conventions of all texts.
    pub(super) fn conventions(&self) -> impl Iterator<Item = &'a Convention> + '_ {
        self.conventions.iter().copied()
    }

    /// The character at an index: a line feed beyond either end.
    pub(super) fn at(&self, index: Option<usize>) -> char {
        index.and_then(|index| self.cells.get(index)).map_or('\n', |cell| cell.c)
    }

    /// Puts what `pass` makes of the cells in their place. Tells whether it made others of them.
    pub(super) fn rewrite(&mut self, pass: impl FnOnce(&Stream<'a>, &mut Vec<Cell>)) -> bool {
        let mut out = std::mem::take(&mut self.spare);
        out.clear();
        out.reserve(self.cells.len());
        pass(self, &mut out);
        self.spare = std::mem::replace(&mut self.cells, out);
        self.cells.len() != self.spare.len() || self.cells.iter().zip(&self.spare).any(|(new, old)| new.c != old.c)
    }

    /// Puts the characters back where they came from; `leaves` are those that were pushed, in the same order.
    pub(super) fn write_back<'b>(&self, leaves: impl Iterator<Item = &'b mut Vec<Inline>>) {
        let mut cells = self.cells.iter().filter(|cell| cell.node != Cell::APART).peekable();
        let mut node = 0;
        for leaf in leaves {
            write_inlines(leaf, &mut node, &mut cells);
            node += 1;
        }
    }

    /// The characters of the only text.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.c).collect()
    }
}

fn write_inlines<'a>(
    inlines: &mut [Inline],
    node: &mut u32,
    cells: &mut std::iter::Peekable<impl Iterator<Item = &'a Cell>>,
) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                text.clear();
                while let Some(cell) = cells.next_if(|cell| cell.node == *node) {
                    text.push(cell.c);
                }
                *node += 1;
            }
            Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image { .. }
            | Inline::Ruby { .. }
            | Inline::LineBreak
            | Inline::NoteRef(_) => {}
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::SmallCaps(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Strikethrough(content)
            | Inline::Quotation(content) => write_inlines(content, node, cells),
            Inline::Abbreviation(short) => write_inlines(&mut short.content, node, cells),
            Inline::Span(span) => write_inlines(&mut span.content, node, cells),
            Inline::Link(link) => write_inlines(&mut link.content, node, cells),
        }
    }
}
