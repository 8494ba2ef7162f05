//! The EPUB as an unzipped tree.

#[path = "../common/archive.rs"]
mod archive;
mod package;
mod pages;

use bindery::cover;
use bindery::font::Library;
use bindery::model::{
    AnchorId, Block, CodeBlock, Document, Heading, Inline, Note, NoteId, Section, SectionRole, TextPosition,
};
use bindery::source::Span;
use bindery::writer::epub::{EpubError, Highlight, Options, PageList, write};
use std::collections::BTreeMap;

fn paragraph(content: Vec<Inline>) -> Block {
    Block::paragraph(content, Span::default())
}

fn chapter(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: AnchorId(id.into()),
        matter: Default::default(),
        role: SectionRole::Chapter,
        heading: Some(Heading::of(vec![Inline::text(title)], Span::default())),
        blocks,
        children: Vec::new(),
        span: Span::default(),
    }
}

fn book() -> Document {
    let mut document = Document::default();
    document.meta.title = "Reeds & <Rushes>".into();
    document.meta.push_author("Ann Sedge");
    let first = vec![paragraph(vec![
        Inline::text("The pond was still"),
        Inline::NoteRef(NoteId(0)),
        Inline::text(" at dawn."),
    ])];
    document.sections =
        vec![chapter("c1", "Dawn", first), chapter("c2", "Dusk", vec![paragraph(vec![Inline::text("It froze.")])])];
    let blocks = vec![paragraph(vec![Inline::text("So it seemed.")])];
    document.notes = vec![Note { label: None, blocks, span: Span::default() }];
    document
}

fn tree(bytes: &[u8]) -> BTreeMap<String, String> {
    let entries = archive::entries(bytes).into_iter();
    entries.map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

#[test]
fn the_archive_begins_with_the_mimetype_stored_and_is_the_same_each_time() {
    let bytes = write(&book(), &Options::default()).unwrap();
    assert_eq!(bytes.get(30..58), Some(&b"mimetypeapplication/epub+zip"[..]));
    assert_eq!(bytes, write(&book(), &Options::default()).unwrap());
}

#[test]
fn the_parts_of_code_are_told_apart_where_its_language_is_known_and_that_is_wanted() {
    let mut document = book();
    let stylesheet = |document: &Document, options: &Options| {
        tree(&write(document, options).unwrap()).remove("OEBPS/stylesheet.css").unwrap()
    };
    assert!(!stylesheet(&document, &Options::default()).contains("color-mix"), "no code");
    for (language, highlight, wanted) in [
        (
            "rust",
            Highlight::Auto,
            "<code class=\"language-rust\"><span class=\"keyword\">let</span> a = \
                                   <span class=\"string\">\"&lt;\"</span>;\n</code>",
        ),
        ("rust", Highlight::None, "<code class=\"language-rust\">let a = \"&lt;\";\n</code>"),
        ("klingon", Highlight::Auto, "<code class=\"language-klingon\">let a = \"&lt;\";\n</code>"),
    ] {
        let lines = vec!["let a = \"<\";".to_owned(), String::new()];
        let code = CodeBlock { language: Some(language.into()), lines, span: Span::default() };
        document.sections[0].blocks = vec![Block::Code(code.into())];
        let options = Options { highlight, ..Options::default() };
        let text = &tree(&write(&document, &options).unwrap())["OEBPS/text/chapter-1.xhtml"];
        assert!(text.contains(wanted), "{language}: {text}");
        assert_eq!(stylesheet(&document, &options).contains("color-mix"), wanted.contains("span"), "{language}");
    }
}

#[test]
fn each_chapter_is_a_document_and_an_entry_of_nav_and_ncx() {
    let files = tree(&write(&book(), &Options::default()).unwrap());
    for name in ["titlepage", "chapter-1", "chapter-2"] {
        assert!(files.contains_key(&format!("OEBPS/text/{name}.xhtml")), "{name}: {:?}", files.keys());
    }
    let nav = &files["OEBPS/nav.xhtml"];
    assert!(nav.contains("<li><a href=\"text/chapter-1.xhtml\">Dawn</a></li>"), "{nav}");
    assert!(!nav.contains(">Reeds &amp; &lt;Rushes&gt;</a>"), "{nav}");
    let ncx = &files["OEBPS/toc.ncx"];
    assert_eq!(ncx.matches("<navPoint id=").count(), 2, "{ncx}");
    let opf = &files["OEBPS/content.opf"];
    assert!(opf.contains("<dc:creator id=\"person-1\">Ann Sedge</dc:creator>"), "{opf}");
    assert!(opf.contains("property=\"file-as\">Sedge, Ann</meta>"), "{opf}");
}

#[test]
fn a_note_stands_below_its_chapter_and_both_link_to_each_other() {
    let files = tree(&write(&book(), &Options::default()).unwrap());
    let text = &files["OEBPS/text/chapter-1.xhtml"];
    assert!(text.contains("id=\"fnref_1\" href=\"#fn_1\">1</a> at dawn."), "{text}");
    assert!(text.contains("<aside id=\"fn_1\" epub:type=\"footnote\" role=\"doc-footnote\">"), "{text}");
    assert!(text.contains("href=\"#fnref_1\""), "{text}");
}

#[test]
fn a_page_mark_stands_where_its_page_begins() {
    let at = |leaf, offset| TextPosition { leaf, offset };
    let pages = vec![("1".into(), at(0, 0)), ("2".into(), at(1, 9)), ("3".into(), at(2, 0))];
    let options = Options { pages: Some(PageList { source: "urn:x".into(), pages }), ..Options::default() };
    let files = tree(&write(&book(), &options).unwrap());
    let mark = |n: usize| {
        format!("<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page_{n}\" aria-label=\"{n}\"></span>")
    };
    let text = &files["OEBPS/text/chapter-1.xhtml"];
    assert!(text.contains(&format!("{}<h1", mark(1))), "{text}");
    assert!(text.contains(&format!("The pond {}was still", mark(2))), "{text}");
    assert!(files["OEBPS/text/chapter-2.xhtml"].contains(&format!("{}<h1", mark(3))));
    assert!(files["OEBPS/nav.xhtml"].contains("<a href=\"text/chapter-1.xhtml#page_2\">2</a>"));
    assert!(files["OEBPS/content.opf"].contains("<meta property=\"pageBreakSource\">urn:x</meta>"));
}

#[test]
fn the_cover_comes_first_and_says_what_stands_on_it() {
    let document = book();
    let cover = cover::draw(&document.meta, &Library::built_in());
    let files = tree(&write(&document, &Options { cover, ..Options::default() }).unwrap());
    let opf = &files["OEBPS/content.opf"];
    assert!(opf.contains("media-type=\"image/png\" properties=\"cover-image\""), "{opf}");
    let spine = opf.split_once("<spine").expect("a spine").1;
    assert!(spine.find("cover.xhtml") < spine.find("titlepage.xhtml"), "{opf}");
    let text = &files["OEBPS/text/cover.xhtml"];
    assert!(text.contains("role=\"doc-cover\" alt=\"Cover: Reeds &amp; &lt;Rushes&gt;. Ann Sedge\""), "{text}");
    assert!(files["OEBPS/nav.xhtml"].contains("<a epub:type=\"cover\" href=\"text/cover.xhtml\">Cover</a>"));
}

#[test]
fn an_isbn_with_a_wrong_check_digit_is_refused() {
    let mut document = book();
    document.meta.identifier = Some("978-3-16-148410-1".into());
    assert!(matches!(write(&document, &Options::default()), Err(EpubError::Identifier(_))));
}

#[test]
fn a_hundred_thousand_chapters_share_documents() {
    let mut document = book();
    document.notes.clear();
    document.sections = (0..100_000).map(|n| chapter(&format!("c{n}"), "C", vec![])).collect();
    let files = tree(&write(&document, &Options::default()).unwrap());
    assert!(files.len() < 1_000, "{}", files.len());
    assert!(files.values().filter(|text| text.contains("<body epub:type")).all(|text| text.len() < 250_000));
}

#[test]
fn chapters_of_one_name_in_one_document_are_told_apart() {
    let mut document = book();
    let words = || vec![paragraph(vec![Inline::text("It froze.")])];
    let names = ["First Chapter", "Second Chapter"];
    document.sections = (0..120).map(|at| chapter(&format!("c{at}"), names[at % 2], words())).collect();
    document.notes.clear();
    let files = tree(&write(&document, &Options::default()).unwrap());
    let shared = &files["OEBPS/text/text-1.xhtml"];
    assert_eq!(shared.matches("<section ").count(), shared.matches(" role=\"doc-chapter\"").count());
    let mut labels: Vec<&str> =
        shared.split(" aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    labels.retain(|label| label.contains("Chapter"));
    assert_eq!(labels.first(), Some(&"First Chapter (2)"));
    let all = labels.len();
    labels.sort_unstable();
    labels.dedup();
    assert!(labels.len() == all && all == 118, "{all} labels, {} unlike", labels.len());
}
