//! The plain-text edition.
//!
//! A form that people read as it is and that `reader::plain` reads again: a blank line between paragraphs, `_emphasis_`, verse
//! and quotations indented, `* * *` for a pause, `[1]` for a note and the notes at the end.

mod inline;
mod table;

use crate::model::{
    Block, CodeBlock, Definitions, Document, Figure, Heading, List, ListKind, Paragraph, ParagraphRole, Section,
    Speech, Verse,
};
use inline::inline_text;
use textwrap::core::display_width;
use textwrap::{WordSeparator, WordSplitter, WrapAlgorithm};

/// What stands before quotations, verse and code.
const INDENT: &str = "    ";
/// How far the turned-over part of a line of verse hangs behind its start.
const TURN_OVER: &str = "      ";
/// A level of indent within a poem.
const VERSE_LEVEL: &str = "  ";
/// Lines are never made narrower than this, however deep they are indented.
const NARROWEST: usize = 16;

/// What the plain text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The measure in columns of a terminal; none: one line a paragraph.
    pub wrap: Option<usize>,
}

/// The plain-text edition of a document: UTF-8, line feeds, one at the end.
///
/// Lines are broken by UAX #14 and chosen by Knuth & Plass as textwrap does it, by the width that characters have on a terminal. A word
/// longer than the measure stays whole.
pub fn write(document: &Document, options: &Options) -> String {
    let mut writer = Writer { out: String::new(), wrap: options.wrap, first: None, rest: String::new() };
    writer.title(document);
    document.sections.iter().for_each(|section| writer.section(section, 0));
    writer.notes(document);
    writer.out
}

struct Writer {
    out: String,
    wrap: Option<usize>,
    /// What stands before the next line, where that is not what stands before the others: a bullet.
    first: Option<String>,
    /// What stands before every line.
    rest: String,
}

/// Where a line stands in the measure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Middle,
    End,
}

impl Writer {
    fn title(&mut self, document: &Document) {
        let meta = &document.meta;
        self.paragraph(&meta.title, Place::Start);
        if let Some(subtitle) = &meta.subtitle {
            self.paragraph(subtitle, Place::Start);
        }
        let authors: Vec<&str> = meta.authors().collect();
        if !authors.is_empty() {
            self.gap(1);
            self.paragraph(&authors.join(", "), Place::Start);
        }
    }

    fn section(&mut self, section: &Section, depth: usize) {
        if let Some(heading) = &section.heading {
            // As typists have it: the higher the section, the more space over it.
            self.gap(if depth == 0 { 3 } else { 2 });
            self.heading(heading);
        }
        self.blocks(&section.blocks);
        section.children.iter().for_each(|child| self.section(child, depth + 1));
    }

    fn heading(&mut self, heading: &Heading) {
        heading.lines().for_each(|line| self.paragraph(&inline_text(line), Place::Start));
    }

    /// Ends what stands before with that many blank lines, unless nothing does.
    fn gap(&mut self, lines: usize) {
        if self.out.is_empty() || self.first.is_some() {
            return;
        }
        let given = self.out.bytes().rev().take_while(|byte| *byte == b'\n').count();
        // A blank line within a quotation or item ends as all lines do: without spaces.
        (given..=lines).for_each(|_| self.out.push('\n'));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.gap(1);
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(paragraph) => self.role(paragraph),
            Block::Quote(quote) => self.indented(INDENT, |writer| writer.blocks(&quote.blocks)),
            Block::Verse(verse) => self.indented(INDENT, |writer| writer.verse(verse)),
            Block::Speech(speech) => self.speech(speech),
            Block::List(list) => self.list(list),
            Block::Definitions(list) => self.definitions(list),
            Block::Math(math) => self.indented(INDENT, |writer| writer.paragraph(&math.source, Place::Start)),
            Block::Code(code) => self.indented(INDENT, |writer| writer.code(code)),
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    self.paragraph(&inline_text(&table.caption), Place::Start);
                    self.gap(1);
                }
                let lines = table::lines(table, self.wrap.map(|_| self.measure()));
                lines.iter().for_each(|line| self.line(line));
            }
            Block::Figure(figure) => self.figure(figure),
            Block::SceneBreak(_) => self.paragraph("* * *", Place::Middle),
        }
    }

    fn role(&mut self, paragraph: &Paragraph) {
        let place = match paragraph.role {
            ParagraphRole::Centered => Place::Middle,
            ParagraphRole::DateLine | ParagraphRole::Signature | ParagraphRole::Attribution => Place::End,
            ParagraphRole::Body
            | ParagraphRole::Standfirst
            | ParagraphRole::Continued
            | ParagraphRole::Address
            | ParagraphRole::Salutation
            | ParagraphRole::StageDirection
            | ParagraphRole::Argument => Place::Start,
        };
        self.paragraph(&inline_text(&paragraph.content), place);
    }

    fn speech(&mut self, speech: &Speech) {
        let speaker = inline_text(&speech.speaker);
        match speech.blocks.split_first() {
            Some((Block::Paragraph(first), others)) if first.role != ParagraphRole::StageDirection => {
                self.paragraph(&format!("{speaker} {}", inline_text(&first.content)), Place::Start);
                self.blocks(others);
            }
            _ => {
                self.paragraph(&speaker, Place::Start);
                speech.blocks.iter().for_each(|block| self.block(block));
            }
        }
    }

    fn verse(&mut self, verse: &Verse) {
        for (number, stanza) in verse.stanzas.iter().enumerate() {
            if number > 0 {
                self.gap(1);
            }
            for line in &stanza.lines {
                let indent = VERSE_LEVEL.repeat(usize::from(line.indent));
                self.verse_line(&inline_text(&line.content), &indent);
            }
        }
    }

    fn list(&mut self, list: &List) {
        let is_tight = list.items.iter().all(|item| item.blocks.len() == 1);
        for (number, item) in list.items.iter().enumerate() {
            if number > 0 && !is_tight {
                self.gap(1);
            }
            let mark = match list.kind {
                ListKind::Bullet => "- ".to_owned(),
                ListKind::Ordered { start, numbering } => {
                    format!("{}. ", numbering.numeral(start.saturating_add(number as u32)))
                }
            };
            let outer = self.rest.clone();
            self.first = Some(format!("{}{mark}", self.first.as_deref().unwrap_or(&outer)));
            self.rest.push_str(&" ".repeat(mark.len()));
            self.blocks(&item.blocks);
            self.rest = outer;
            self.first = None;
        }
    }

    /// Terms at the margin, and what they mean further in below them.
    fn definitions(&mut self, list: &Definitions) {
        for (number, entry) in list.entries.iter().enumerate() {
            if number > 0 {
                self.gap(1);
            }
            entry.terms.iter().for_each(|term| self.paragraph(&inline_text(term), Place::Start));
            for meaning in &entry.meanings {
                self.indented(INDENT, |writer| {
                    if let Some((first, rest)) = meaning.blocks.split_first() {
                        writer.block(first);
                        writer.blocks(rest);
                    }
                });
            }
        }
    }

    fn code(&mut self, code: &CodeBlock) {
        code.lines.iter().for_each(|line| self.line(line));
    }

    fn figure(&mut self, figure: &Figure) {
        let alt = if figure.alt.is_empty() { String::new() } else { format!(": {}", figure.alt) };
        self.paragraph(&format!("[Illustration{alt}]"), Place::Start);
        if !figure.caption.is_empty() {
            self.gap(1);
            self.paragraph(&inline_text(&figure.caption), Place::Start);
        }
    }

    fn notes(&mut self, document: &Document) {
        if document.notes.is_empty() {
            return;
        }
        self.gap(3);
        for (number, note) in document.notes.iter().enumerate() {
            self.gap(1);
            self.first = Some(format!("[{}] ", number + 1));
            self.indented(INDENT, |writer| writer.blocks(&note.blocks));
            self.first = None;
        }
    }

    fn indented(&mut self, by: &str, write: impl FnOnce(&mut Writer)) {
        let outer = self.rest.len();
        self.rest.push_str(by);
        write(self);
        self.rest.truncate(outer);
    }

    /// The columns that are left behind what stands before every line.
    fn measure(&self) -> usize {
        let taken = display_width(&self.rest);
        self.wrap.unwrap_or(usize::MAX).saturating_sub(taken).max(NARROWEST)
    }

    fn paragraph(&mut self, text: &str, place: Place) {
        match (place, self.wrap) {
            (Place::Middle, Some(_)) => self.placed(text, |free| free / 2),
            (Place::End, Some(_)) => self.placed(text, |free| free),
            (Place::Start, _) | (Place::Middle | Place::End, None) => self.wrapped(text),
        }
    }

    /// Lines with a share of the free columns before them.
    fn placed(&mut self, text: &str, share: impl Fn(usize) -> usize) {
        let measure = self.measure();
        for line in text.split('\n').flat_map(|line| wrap(line, measure)) {
            let free = measure.saturating_sub(display_width(&line));
            self.line(&format!("{}{line}", " ".repeat(share(free))));
        }
    }

    /// Lines that fill the measure.
    fn wrapped(&mut self, text: &str) {
        for hard in text.split('\n') {
            match self.wrap {
                None => self.line(hard),
                Some(_) => wrap(hard, self.measure()).iter().for_each(|line| self.line(line)),
            }
        }
    }

    /// A line of verse behind its indent: it is filled before it is turned over, and what is turned over hangs.
    fn verse_line(&mut self, text: &str, indent: &str) {
        let hanging = format!("{indent}{TURN_OVER}");
        for hard in text.split('\n') {
            if self.wrap.is_none() {
                self.line(&format!("{indent}{hard}"));
                continue;
            }
            let options = textwrap_options(self.measure()).wrap_algorithm(WrapAlgorithm::FirstFit);
            let options = options.initial_indent(indent).subsequent_indent(&hanging);
            textwrap::wrap(hard, options).iter().for_each(|line| self.line(line));
        }
    }

    /// One line, with what stands before it and no spaces at its end.
    fn line(&mut self, text: &str) {
        let start = self.out.len();
        let before = self.first.take();
        self.out.push_str(before.as_deref().unwrap_or(&self.rest));
        self.out.push_str(text);
        let length = self.out.get(start..).map_or(0, |line| line.trim_end().len());
        self.out.truncate(start + length);
        self.out.push('\n');
    }
}

/// Breaks a text into lines no wider than the measure.
fn wrap(text: &str, measure: usize) -> Vec<String> {
    textwrap::wrap(text, textwrap_options(measure)).into_iter().map(|line| line.into_owned()).collect()
}

fn textwrap_options<'a>(measure: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(measure)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::new_optimal_fit())
        .break_words(false)
}

#[cfg(test)]
mod tests;
