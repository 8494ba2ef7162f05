//! Documents in pages, looked at without a PDF.

mod books;
mod long;
mod pages;
mod tables;
mod words;

use bindery::font::Library;
use bindery::geom::Pt;
use bindery::layout::{Layout, Options, paginate};
use bindery::model::{
    AnchorId, Block, Document, Heading, Inline, Matter, Paragraph, ParagraphRole, Section, SectionRole,
};
use bindery::source::Span;
use bindery::style::Settings;

/// Sets a document into pages with the built-in faces.
fn set(document: &Document, settings: Settings) -> Layout {
    let options = Options { settings, ..Options::default() };
    paginate(document, &options, &Library::built_in()).expect("the tests' documents can be set")
}

fn settings(paper: &str) -> Settings {
    Settings { paper: paper.parse().ok(), ..Settings::default() }
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

fn paragraph(words: &str) -> Block {
    role(ParagraphRole::Body, words)
}

fn role(role: ParagraphRole, words: &str) -> Block {
    Block::Paragraph(Paragraph { role, content: text(words), span: Span::default() })
}

fn section(id: &str, role: SectionRole, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: AnchorId(id.into()),
        matter: Matter::Body,
        role,
        heading: (!title.is_empty()).then(|| Heading::of(text(title), Span::default())),
        blocks,
        children: Vec::new(),
        span: Span::default(),
    }
}

/// A document of these sections, valid.
fn document(title: &str, sections: Vec<Section>) -> Document {
    let mut document = Document { sections, ..Document::default() };
    document.meta.title = title.into();
    document.meta.push_author("Ada Writer");
    assert_eq!(document.validate(), Ok(()));
    document
}

/// Words enough for `count` words, the same each time but not the same all over.
fn prose(count: usize, seed: usize) -> String {
    const WORDS: [&str; 24] = [
        "lantern",
        "the",
        "harbour",
        "of",
        "and",
        "quiet",
        "evening",
        "under",
        "stone",
        "a",
        "window",
        "carried",
        "letters",
        "slowly",
        "to",
        "garden",
        "with",
        "remembered",
        "small",
        "boats",
        "in",
        "morning",
        "unhurried",
        "light",
    ];
    let mut state = seed.wrapping_mul(2_654_435_761) % 1_000_003 + 1;
    let mut out = String::new();
    for number in 0..count {
        state = state * 48_271 % 2_147_483_647;
        if number > 0 {
            out.push_str(if number % 11 == 10 { ", " } else { " " });
        }
        out.push_str(WORDS[state % WORDS.len()]);
    }
    out.push('.');
    out
}

/// A book of chapters of paragraphs of uneven length.
fn book(chapters: usize, paragraphs: usize) -> Document {
    let chapter = |number: usize| {
        let blocks = (0..paragraphs)
            .map(|at| paragraph(&prose(12 + (number * 31 + at * 47) % 140, number * 1000 + at)))
            .collect();
        section(&format!("c{number}"), SectionRole::Chapter, &format!("The Lamp of Day {number}"), blocks)
    };
    document("Harbour Letters", (1..=chapters).map(chapter).collect())
}
