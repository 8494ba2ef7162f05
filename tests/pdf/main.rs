//! The PDF edition: structure, text and claims of the file, read back in pure Rust.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where what it stands on is not there")]

mod reader;
mod setter;

use bindery::model::{AnchorId, Resource, Target};
use bindery::paged::*;
use bindery::writer::pdf::{self, Options};
use reader::Reader;
use setter::Setter;

fn png() -> Resource {
    let mut data = Vec::new();
    let mut encoder = png::Encoder::new(&mut data, 2, 2);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 9, 9, 255]).unwrap();
    writer.finish().unwrap();
    Resource { name: "squares.png".into(), media_type: "image/png".into(), data, pixels: (2, 2) }
}

/// A document with one of everything.
fn sample() -> PagedDocument {
    let mut set = Setter::new("A Sample (of everything)");
    set.paged.meta.date = "2024-05-31".parse().ok();
    set.paged.meta.subjects = vec!["Tests".into(), "Pages".into()];
    set.paged.meta.description = Some("All there is, once.".into());
    let root = Structure::ROOT;
    let title = set.node(root, Role::Title);
    set.text(title, 0, "A Sample");
    set.end_line();
    let toc = set.node(root, Role::Toc);
    let item = set.node(toc, Role::TocItem);
    set.link(item, "The first chapter ", Target::Internal(AnchorId("one".into())));
    set.run(0, ". . . .", Owner::Artifact(Artifact::Layout), 200.0, 81.0, false);
    set.end_line();
    let inner = set.node(item, Role::Toc);
    let below = set.node(inner, Role::TocItem);
    set.link(below, "Its section", Target::Internal(AnchorId("two".into())));
    set.end_page();

    let chapter = set.node(root, Role::Section);
    let place = set.anchor("one");
    set.block(chapter, Role::Heading(2), "The first chapter");
    let paragraph = set.node(chapter, Role::Paragraph);
    set.text(paragraph, 0, "It was an æther day, ");
    let emphasis = set.node(paragraph, Role::Span);
    set.text(emphasis, 1, "truly æther, ");
    set.text(paragraph, 0, "so everyone walked to the end-of-|");
    set.end_line();
    set.text(paragraph, 0, "town|");
    set.end_line();
    set.text(paragraph, 0, "ship");
    let mark = set.node(paragraph, Role::Reference);
    set.anchor("noteref-1");
    set.link(mark, "1", Target::Internal(note_anchor(0)));
    set.text(paragraph, 0, " and ");
    let foreign = set.node(paragraph, Role::Span);
    set.language(foreign, "de");
    set.text(foreign, 1, "wieder ");
    let web = set.node(paragraph, Role::Link);
    set.link(web, "back", Target::External("https://a.example/ü".into()));
    let bad = set.node(paragraph, Role::Link);
    set.link(bad, " home", Target::External("javascript:alert(1)".into()));
    set.text(paragraph, 0, ".");
    set.end_line();
    let section = set.node(chapter, Role::Section);
    let inner_place = set.anchor("two");
    set.block(section, Role::Heading(5), "Its section");
    set.rule(Owner::Artifact(Artifact::Layout));
    let list = set.node(section, Role::List { ordered: true });
    let entry = set.node(list, Role::ListItem);
    let label = set.node(entry, Role::ListLabel);
    set.text(label, 0, "1. ");
    let body = set.node(entry, Role::ListBody);
    set.block(body, Role::Paragraph, "An item");
    let table = set.node(section, Role::Table);
    for (role, cells) in [(Role::TableHead, ["Name", "Age"]), (Role::TableCell, ["Ada", ""])] {
        let row = set.node(table, Role::TableRow);
        for cell in cells {
            let cell_node = set.node(row, role.clone());
            if !cell.is_empty() {
                set.text(cell_node, 0, cell);
            }
        }
        set.end_line();
    }
    let quote = set.node(section, Role::BlockQuote);
    let stanza = set.node(quote, Role::Division);
    set.block(stanza, Role::VerseLine, "A line of verse");
    let code = set.node(section, Role::Code);
    set.text(code, 2, "let x = 1;");
    set.end_line();
    set.picture(section, png(), Some("Four squares"));
    set.block(section, Role::Caption, "Squares");
    set.node(section, Role::Section);
    let note = set.node(section, Role::Note(0));
    set.anchor("note-1");
    let note_label = set.node(note, Role::NoteLabel);
    set.link(note_label, "1 ", Target::Internal(note_ref_anchor(0)));
    set.block(note, Role::Paragraph, "The note.");
    let long = "words that go on and on until the page is full and then some more of them ".repeat(24);
    set.block(section, Role::Paragraph, long.trim());
    let bookmark = |title: &str, destination, children| Bookmark { title: title.into(), destination, children };
    set.paged.bookmarks =
        vec![bookmark("The first chapter", place, vec![bookmark("Its section", inner_place, Vec::new())])];
    set.finish()
}

fn written(paged: &PagedDocument) -> Vec<u8> {
    pdf::write(paged, &Options::default()).unwrap()
}

#[test]
fn everything_painted_is_marked_and_every_mark_has_its_parent() {
    let paged = sample();
    let reader = Reader::new(&written(&paged));
    assert_eq!(reader.unmarked, 0);
    let root = reader.dictionary(reader.catalog(), "StructTreeRoot");
    let parents = reader.number_tree(reader.dictionary(root, "ParentTree"));
    for (page, mcid) in reader.marked() {
        let key = reader.document.get_dictionary(*page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
        let elements = parents[&key].as_array().unwrap();
        let element = reader.follow(&elements[*mcid as usize]).as_dict().unwrap();
        assert!(element.has(b"S"));
    }
    let links = parents.range(paged.pages.len() as i64..);
    assert_eq!(links.count(), 5);
    assert_eq!(reader.get(root, "ParentTreeNextKey").unwrap().as_i64().unwrap(), paged.pages.len() as i64 + 5);
}

#[test]
fn the_structure_tree_reads_as_the_document() {
    let tree = Reader::new(&written(&sample())).tree();
    let has = |text: &str| assert!(tree.contains(text), "{text} is not in\n{tree}");
    // A word broken at a line end is whole; emphasis is no element; the dead link is none either.
    has("“It was an aether day, truly aether, so everyone walked to the end-of-\u{AD}town\u{AD}ship”");
    has("Span Lang=de\n        “wieder ”");
    has("“ home.”");
    has("TOCI\n      Reference\n        Link\n          “The first chapter ”\n          annotation\n      TOC\n");
    has("L ListNumbering=/Decimal\n        LI\n          Lbl\n            “1. ”\n          LBody\n            P");
    has("TR\n          TH Scope=/Column\n            “Name”");
    has("TR\n          TD\n            “Ada”\n          TD\n");
    has("BlockQuote\n        Div\n          P\n            “A line of verse”");
    has("Figure Alt=Four squares Placement=/Block BBox=[54 392 114 432]");
    has("Note ID=note-");
    has("“The note.”");
    // Levels begin at 1 and are whole; the empty section is gone.
    has("H1\n      “The first chapter”");
    has("H2\n        “Its section”");
    assert_eq!(tree.matches("Sect\n").count(), 2);
    // One paragraph over two pages.
    assert_eq!(tree.matches("words that go on").count(), 24);
    assert_eq!(tree.matches("“words that go on").count(), 1);
}

#[test]
fn dump() {
    if let Some(path) = std::env::var_os("PDF_OUT") {
        std::fs::write(path, written(&sample())).unwrap();
    }
}
