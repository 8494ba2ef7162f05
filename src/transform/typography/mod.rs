//! Typewriter characters → typographic ones, by language: quotation marks, apostrophes, dashes, ellipses and spaces.
//!
//! - Text that is typographic already keeps its marks, and a second pass changes nothing.
//! - A leaf is read as one run of characters, so a mark before an emphasis is judged by the words within it. Code, web and mail
//!   addresses are never changed.
//! - Words stay the same: nothing changes but the form of quotation marks, dashes, ellipses and spaces. What an ASCII mark becomes
//!   depends on the language, so a text with straight marks that is compared with its source by words has to be compared by
//!   the plain words of the model where the language writes « » or „ “.
//! - Feet and inches, minutes and seconds keep their straight marks (`6'2"`): whether they are lengths or angles is not known.
//! - Metadata get marks and dashes but no special spaces: other programs search and sort by them.

mod address;
mod convention;
mod dashes;
mod ellipses;
mod quotes;
mod spaces;
mod stream;

#[cfg(test)]
mod tests;

use crate::model::{Block, Document, Inline, Leaf, Section};
use convention::Convention;
use rayon::prelude::*;
use std::slice;
use stream::Stream;

/// Makes the text of a document typographic, by its language and that of its spans.
pub fn apply(document: &mut Document) {
    let habits = Habits::of(document);
    let language = document.meta.language.clone();
    let convention = if habits.reversed_guillemets {
        Convention::of_text_with_reversed_guillemets(&language)
    } else {
        Convention::of(&language)
    };
    let new_setter = || Setter { stream: Stream::new(convention), single_first: habits.single_first };
    let mut setter = new_setter();
    let meta = &mut document.meta;
    setter.text(&mut meta.title);
    meta.subtitle.iter_mut().for_each(|text| setter.text(text));
    meta.description.iter_mut().for_each(|text| setter.text(text));
    meta.contributors.iter_mut().for_each(|one| setter.text(&mut one.name));
    let mut bodies = Vec::new();
    document.sections.iter_mut().for_each(|section| setter.headings(section, &mut bodies));
    bodies.extend(document.notes.iter_mut().map(|note| note.blocks.as_mut_slice()));
    // No block depends on another.
    let chunks = bodies.into_par_iter().flat_map_iter(|blocks| blocks.chunks_mut(CHUNK));
    chunks.for_each_init(new_setter, |setter, chunk| setter.blocks(chunk));
}

/// How many blocks are set at once by one thread.
const CHUNK: usize = 32;

/// What the text as a whole does.
#[derive(Default)]
struct Habits {
    /// Speeches end with single marks more often than with double ones.
    single_first: bool,
    /// Quotations stand »so«, and not «so».
    reversed_guillemets: bool,
}

impl Habits {
    fn of(document: &Document) -> Habits {
        let mut leaves = Vec::new();
        document.for_each_leaf(&mut |leaf| {
            if let Leaf::Text(inlines, _) = leaf {
                leaves.push(inlines);
            }
        });
        // Double and single marks that end speeches; » before a word and « before a word.
        let counted =
            leaves.par_iter().with_min_len(CHUNK).fold(Default::default, |(mut speeches, mut reversed), leaf| {
                count(leaf, &mut speeches, &mut reversed);
                (speeches, reversed)
            });
        let sum = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
        let (speeches, reversed) = counted.reduce(Default::default, |a, b| (sum(a.0, b.0), sum(a.1, b.1)));
        Habits { single_first: speeches.1 > speeches.0, reversed_guillemets: reversed.0 > reversed.1 }
    }
}

fn count(inlines: &[Inline], speeches: &mut (usize, usize), reversed: &mut (usize, usize)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                quotes::count_speeches(text, speeches);
                let before_word = |mark: char| {
                    let after = |part: &str| part.starts_with(char::is_alphanumeric);
                    text.split(mark).skip(1).filter(|part| after(part)).count()
                };
                // Most texts have none: a search for the bytes is quick.
                if text.contains('»') || text.contains('«') {
                    reversed.0 += before_word('»');
                    reversed.1 += before_word('«');
                }
            }
            Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image { .. }
            | Inline::NoteRef(_)
            | Inline::LineBreak
            | Inline::Ruby { .. } => {}
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::SmallCaps(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Strikethrough(_)
            | Inline::Quotation(_)
            | Inline::Abbreviation(_)
            | Inline::Link(_)
            | Inline::Span(_) => count(inline.children(), speeches, reversed),
        }
    }
}

struct Setter<'a> {
    stream: Stream<'a>,
    single_first: bool,
}

impl Setter<'_> {
    /// Sets the headings of a section and of those within; their blocks go to `bodies`.
    fn headings<'d>(&mut self, section: &'d mut Section, bodies: &mut Vec<&'d mut [Block]>) {
        if let Some(heading) = &mut section.heading {
            self.leaf(&mut heading.label);
            self.leaf(&mut heading.title);
            self.leaf(&mut heading.subtitle);
        }
        bodies.push(&mut section.blocks);
        section.children.iter_mut().for_each(|child| self.headings(child, bodies));
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.leaf(&mut paragraph.content),
                Block::Quote(quote) => self.blocks(&mut quote.blocks),
                Block::Verse(verse) => {
                    for stanza in &mut verse.stanzas {
                        // Quotations run over the lines of a stanza.
                        self.leaves(&mut stanza.lines, |line| &line.content, |line| &mut line.content);
                    }
                }
                Block::Speech(speech) => {
                    self.leaf(&mut speech.speaker);
                    self.blocks(&mut speech.blocks);
                }
                Block::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                Block::Definitions(list) => {
                    for entry in &mut list.entries {
                        entry.terms.iter_mut().for_each(|term| self.leaf(term));
                        entry.meanings.iter_mut().for_each(|meaning| self.blocks(&mut meaning.blocks));
                    }
                }
                Block::Table(table) => {
                    self.leaf(&mut table.caption);
                    let rows = table.head.iter_mut().chain(&mut table.body);
                    rows.flat_map(|row| &mut row.cells).for_each(|cell| self.leaf(&mut cell.content));
                }
                Block::Figure(figure) => self.leaf(&mut figure.caption),
                Block::Code(_) | Block::Math(_) | Block::SceneBreak(_) => {}
            }
        }
    }

    fn leaf(&mut self, leaf: &mut Vec<Inline>) {
        self.leaves(slice::from_mut(leaf), |leaf| leaf, |leaf| leaf);
    }

    fn leaves<T>(
        &mut self,
        leaves: &mut [T],
        content: impl Fn(&T) -> &Vec<Inline>,
        content_mut: impl Fn(&mut T) -> &mut Vec<Inline>,
    ) {
        self.stream.clear();
        leaves.iter().for_each(|leaf| self.stream.push_leaf(content(leaf)));
        if self.set_marks() | self.set_spaces() {
            self.stream.write_back(leaves.iter_mut().map(content_mut));
        }
    }

    fn text(&mut self, text: &mut String) {
        self.stream.clear();
        self.stream.push_text(text);
        if self.set_marks() {
            *text = self.stream.text();
        }
    }

    /// Sets ellipses, dashes, the spaces that go by marks, and quotation marks, in this order: each judges by what the one
    /// before made. Tells whether anything was set.
    fn set_marks(&mut self) -> bool {
        let stream = &mut self.stream;
        let found = stream.found;
        if found.address {
            address::protect(stream);
        }
        let dots = found.dots && stream.rewrite(ellipses::set);
        let dashes = found.hyphen && stream.rewrite(dashes::set);
        if found.straight_quote {
            quotes::set(stream, self.single_first);
        }
        dots || dashes || found.straight_quote
    }

    fn set_spaces(&mut self) -> bool {
        let stream = &mut self.stream;
        let high = spaces::wants_high(stream) && stream.rewrite(spaces::set_high);
        let guillemets = spaces::wants_guillemets(stream) && stream.rewrite(spaces::set_guillemets);
        spaces::bind(stream) | high | guillemets
    }
}
