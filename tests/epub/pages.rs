//! Two editions, one pagination: each target of the page list is where that page of the PDF begins.

use super::{chapter, paragraph, tree};
use bindery::batch::{Config, Text, convert};
use bindery::font::Library;
use bindery::layout::{self, paginate};
use bindery::model::{Block, Document, Inline, Note, NoteId, Stanza, Verse, VerseLine};
use bindery::paged::{Item, Owner, PagedDocument};
use bindery::source::Span;

/// Prose in which no word comes twice, so that a place is known by its words.
fn prose(from: usize) -> String {
    let word = |number: usize| {
        let syllables = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su"];
        number.to_string().bytes().map(|digit| syllables[usize::from(digit - b'0')]).collect::<String>()
    };
    (from..from + 90).map(word).collect::<Vec<_>>().join(" ") + "."
}

/// Chapters with notes and verse, enough for many pages.
fn long_book() -> Document {
    let mut document = Document::default();
    document.meta.title = "Pages".into();
    for number in 0..6 {
        let mut blocks: Vec<Block> = (0..12)
            .map(|part| {
                let mut content = vec![Inline::text(prose(10_000 + number * 10_000 + part * 100))];
                if part == 4 {
                    content.push(Inline::NoteRef(NoteId(number as u32)));
                }
                paragraph(content)
            })
            .collect();
        let line = |at: usize| VerseLine {
            indent: 0,
            content: vec![Inline::text(&prose(100_000 + number * 10_000 + at * 100)[..40])],
        };
        let stanzas = (0..8).map(|_| Stanza { lines: (0..4).map(line).collect() }).collect();
        blocks.push(Block::Verse(Verse { stanzas, span: Span::default() }));
        let note = vec![paragraph(vec![Inline::text("A note of a few words.")])];
        document.notes.push(Note { label: None, blocks: note, span: Span::default() });
        document.sections.push(chapter(
            &format!("c{number}"),
            &format!("Title {}", &prose(900_000 + number)[..12]),
            blocks,
        ));
    }
    document
}

/// The letters with which the text of a page begins.
fn beginning(paged: &PagedDocument, page: usize) -> String {
    let page = &paged.pages[page];
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Run(run) if matches!(run.owner, Owner::Content(_)) => Some(page.text_of(run)),
        _ => None,
    });
    letters(&runs.collect::<String>())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).take(24).collect()
}

/// XHTML without its tags.
fn plain(xhtml: &str) -> String {
    xhtml.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

#[test]
fn each_page_target_stands_before_the_first_words_of_its_page() {
    let document = long_book();
    let library = Library::built_in();
    let paged = paginate(&document, &layout::Options::default(), &library).expect("pages").paged;
    let json = document.to_json().expect("a model");
    let text = Text { bytes: json.as_bytes(), name: "a.json", modified: None, folder: None };
    let config = Config { page_list: true, plain_typography: true, ..Config::default() };
    let made = convert(&text, &[bindery::batch::Format::Epub], &config, &library);
    let files = tree(&made.editions.expect("an EPUB")[0].data);
    let nav = &files["OEBPS/nav.xhtml"];
    let list = nav.split_once("page-list").expect("a page list").1;
    let mut targets = list.split("<a href=\"").skip(1).map(|part| {
        let (href, rest) = part.split_once("\">").expect("an address");
        (href, rest.split('<').next().unwrap_or_default())
    });
    let mut found = 0;
    for (page, start) in paged.page_starts.iter().enumerate() {
        if start.is_none() {
            continue;
        }
        let (href, folio) = targets.next().expect("a target for each page");
        assert_eq!(folio, paged.pages[page].folio);
        let (file, id) = href.split_once('#').expect("a place");
        let text = &files[&format!("OEBPS/{file}")];
        let mark = text.find(&format!("id=\"{id}\"")).expect("the mark");
        assert_eq!(
            letters(&plain(text[mark..].split_once('>').expect("a tag").1)),
            beginning(&paged, page),
            "page {folio}"
        );
        found += 1;
    }
    assert_eq!(targets.next(), None);
    assert!(found > 12, "{found}");
}
