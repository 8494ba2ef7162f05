//! The PDF edition: structure, text and claims of the file, read back in pure Rust.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where what it stands on is not there")]

mod bad_input;
mod code;
mod lists;
mod reader;
mod setter;

use bindery::font::Outlines;
use bindery::model::{AnchorId, Resource, Target};
use bindery::paged::*;
use bindery::writer::pdf::{self, Options};
use lopdf::Object;
use lopdf::content::Content;
use reader::Reader;
use setter::Setter;
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;

fn png() -> Resource {
    let mut data = Vec::new();
    let mut encoder = png::Encoder::new(&mut data, 2, 2);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 9, 9, 255]).unwrap();
    writer.finish().unwrap();
    Resource {
        name: "squares.png".into(),
        media_type: "image/png".into(),
        data,
        pixels: (2, 2),
        orientation: Default::default(),
    }
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
    set.run(0, "|. . . .|", Owner::Artifact(Artifact::Layout), 200.0, 81.0, false);
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
    let list = set.node(section, Role::List { numbering: ListNumbering::Decimal });
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
    let said = set.node(section, Role::Paragraph);
    let quotation = set.node(said, Role::Quote);
    set.text(quotation, 0, "“Ask the ");
    let short = set.node(quotation, Role::Span);
    set.paged.structure.node_mut(short).unwrap().properties_mut().expansion = Some("World Health Organization".into());
    set.text(short, 0, "WHO”");
    let formula = set.node(said, Role::Formula);
    set.paged.structure.node_mut(formula).unwrap().properties_mut().alt = Some("x^2".into());
    set.text(formula, 1, " x2");
    set.end_line();
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
    has("Quote\n          ““Ask the ”\n          Span E=World Health Organization\n            “WHO””");
    has("Formula Alt=x^2\n          “ x2”");
    has("Figure Alt=Four squares Placement=/Block BBox=[54 378.5 114 418.5]");
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
fn the_catalog_says_what_a_reader_and_a_validator_want_to_know() {
    let reader = Reader::new(&written(&sample()));
    let catalog = reader.catalog();
    assert_eq!(reader.text_string(reader.get(catalog, "Lang").unwrap()), "en");
    assert!(reader.dictionary(catalog, "MarkInfo").get(b"Marked").unwrap().as_bool().unwrap());
    assert!(reader.dictionary(catalog, "ViewerPreferences").get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let intent = reader.get(catalog, "OutputIntents").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    assert_eq!(reader.name(intent, "S"), "GTS_PDFA1");
    let xmp = reader.get(catalog, "Metadata").unwrap().as_stream().unwrap();
    assert!(!xmp.dict.has(b"Filter"));
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    for text in ["A Sample (of everything)</rdf:li>", "Ada Bright", "pdfaid:conformance>A<", "2024-05-31", "bindery"] {
        assert!(xmp.contains(text), "{text}");
    }
    let info = reader.follow(reader.document.trailer.get(b"Info").unwrap()).as_dict().unwrap();
    assert_eq!(reader.text_string(reader.get(info, "Title").unwrap()), "A Sample (of everything)");
    assert_eq!(reader.text_string(reader.get(info, "Keywords").unwrap()), "Tests, Pages");
    assert_eq!(reader.text_string(reader.get(info, "CreationDate").unwrap()), "D:20240531");
    assert!(!info.has(b"Trapped") && !info.has(b"GTS_PDFXVersion"));
    for page in &reader.pages {
        assert_eq!(reader.name(reader.document.get_dictionary(*page).unwrap(), "Tabs"), "S");
    }
}

#[test]
fn fonts_are_embedded_subset_with_descriptors_of_their_own() {
    let paged = sample();
    let reader = Reader::new(&written(&paged));
    let page = reader.document.get_dictionary(reader.pages[0]).unwrap();
    let fonts = reader.dictionary(reader.dictionary(page, "Resources"), "Font");
    assert_eq!(fonts.len(), 3);
    for (number, face) in paged.faces.iter().enumerate() {
        let font = reader.dictionary(fonts, &format!("F{number}"));
        let name = reader.name(font, "BaseFont");
        assert!(name[..6].bytes().all(|b| b.is_ascii_uppercase()) && name[6..] == format!("+{}", face.name()));
        let simple = reader.name(font, "Subtype") == "Type1";
        let described = if simple {
            font
        } else {
            assert_eq!(reader.name(font, "Encoding"), "Identity-H");
            let descendant = reader.get(font, "DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
            assert_eq!(reader.name(descendant, "BaseFont"), name);
            assert_eq!(reader.name(descendant, "Subtype"), "CIDFontType2");
            assert_eq!(reader.name(descendant, "CIDToGIDMap"), "Identity");
            descendant
        };
        let descriptor = reader.dictionary(described, "FontDescriptor");
        let height = reader.get(descriptor, "CapHeight").unwrap().as_i64().unwrap();
        assert_eq!(height, face.metrics().cap_height.round() as i64);
        assert_eq!(reader.name(descriptor, "FontName"), name);
        match face.outlines() {
            // Few glyphs of cubic curves: codes of one byte, which the program itself gives to its glyphs.
            Outlines::Cff => {
                assert!(simple && !font.has(b"Encoding"));
                let program = reader.get(descriptor, "FontFile3").unwrap().as_stream().unwrap();
                assert_eq!(reader.name(&program.dict, "Subtype"), "Type1C");
            }
            Outlines::TrueType => assert!(!simple && descriptor.has(b"FontFile2")),
        }
    }
}

/// The widths that the file tells are those of the font programs in it (ISO 19005-2, 6.2.11.5).
#[test]
fn widths_are_those_of_the_font_programs() {
    let reader = Reader::new(&written(&sample()));
    let page = reader.document.get_dictionary(reader.pages[0]).unwrap();
    let fonts = reader.dictionary(reader.dictionary(page, "Resources"), "Font");
    let mut compared = 0;
    for (_, font) in fonts {
        let font = reader.follow(font).as_dict().unwrap();
        let integers = |object: &Object| -> Vec<i64> {
            object.as_array().unwrap().iter().map(|width| width.as_i64().unwrap()).collect()
        };
        let (widths, own) = match reader.get(font, "Widths") {
            Some(widths) => {
                let descriptor = reader.dictionary(font, "FontDescriptor");
                let program = reader.get(descriptor, "FontFile3").unwrap().as_stream().unwrap();
                (integers(widths), advances_of_outlines(&program.decompressed_content().unwrap()))
            }
            None => {
                let descendant = reader.get(font, "DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
                let descriptor = reader.dictionary(descendant, "FontDescriptor");
                let program = reader.get(descriptor, "FontFile2").unwrap().as_stream().unwrap();
                let told = reader.get(descendant, "W").unwrap().as_array().unwrap();
                assert_eq!(told[0].as_i64().unwrap(), 1);
                (integers(&told[1]), advances_of_table(&program.decompressed_content().unwrap()))
            }
        };
        // Behind the glyphs that have codes may stand parts of them.
        assert_eq!(widths, own[..widths.len()]);
        compared += widths.len();
    }
    assert!(compared > 50, "{compared}");
}

/// A reader widens code 32 in every face under codes of one byte: where that is no space, it is moved back.
#[test]
fn a_letter_under_the_code_of_the_space_is_not_widened() {
    let mut set = Setter::new("Spaces");
    let node = set.node(Structure::ROOT, Role::Paragraph);
    set.text(node, 0, "the quick brown fox jumps over the lazy dog, ABCDEFGHIJKL");
    set.end_line();
    set.text(node, 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL");
    let mut paged = set.finish();
    let space = paged.faces[0].glyph(' ').unwrap();
    for glyph in paged.pages[0].glyphs.iter_mut().filter(|glyph| glyph.id == space) {
        glyph.advance += 100.0;
    }
    let reader = Reader::new(&written(&paged));
    let content = Content::decode(&reader.document.get_page_content(reader.pages[0])).unwrap();
    let shown = |font: &[u8]| {
        let mut current = Vec::new();
        let mut moves = Vec::new();
        for operation in &content.operations {
            match operation.operator.as_str() {
                "Tf" => current = operation.operands[0].as_name().unwrap().to_vec(),
                "TJ" if current == font => {
                    let parts = operation.operands[0].as_array().unwrap();
                    moves.extend(parts.iter().filter_map(|part| part.as_i64().ok()));
                }
                _ => {}
            }
        }
        moves
    };
    assert!(content.operations.iter().any(|operation| operation.operator == "Tw"));
    assert!(shown(b"F0").is_empty());
    assert_eq!(shown(b"F1"), [100_i64]);
}

/// The advances of all glyphs but the first, in thousandths of an em, from the outlines of a bare CFF program.
fn advances_of_outlines(program: &[u8]) -> Vec<i64> {
    let font = CffFontRef::new_cff(program, 0, None).unwrap();
    let subfont = font.subfont(0, &[]).unwrap();
    (1..font.num_glyphs())
        .map(|glyph| {
            // Each glyph's code is its number.
            assert_eq!(font.encoding().unwrap().map(glyph as u8), Some(glyph.into()));
            font.evaluate_width(&subfont, glyph.into(), &[]).unwrap().unwrap().round().to_i32().into()
        })
        .collect()
}

/// The same from the table of a TrueType program.
fn advances_of_table(program: &[u8]) -> Vec<i64> {
    let font = FontRef::new(program).unwrap();
    let units = f32::from(font.head().unwrap().units_per_em());
    let advances = font.hmtx().unwrap();
    (1..font.maxp().unwrap().num_glyphs())
        .map(|glyph| (f32::from(advances.advance(glyph.into()).unwrap()) * 1000.0 / units).round() as i64)
        .collect()
}

#[test]
fn the_file_is_identified_and_open() {
    let bytes = written(&sample());
    assert!(bytes.starts_with(b"%PDF-1.7\n%") && bytes[10..14].iter().all(|byte| *byte > 127));
    assert!(bytes.ends_with(b"%%EOF\n"));
    let reader = Reader::new(&bytes);
    let trailer = &reader.document.trailer;
    let identifier = trailer.get(b"ID").unwrap().as_array().unwrap();
    assert!(identifier.len() == 2 && identifier.iter().all(|half| half.as_str().unwrap().len() == 16));
    assert!(!trailer.has(b"Encrypt"));
    // Another document has another identifier.
    let other = Reader::new(&written(&Setter::new("Another").finish()));
    assert_ne!(other.document.trailer.get(b"ID").unwrap().as_array().unwrap()[0], identifier[0]);
}

#[test]
fn links_lead_to_the_web_and_into_the_text_and_say_so() {
    let reader = Reader::new(&written(&sample()));
    let mut links = Vec::new();
    for page in &reader.pages {
        let Some(annotations) = reader.get(reader.document.get_dictionary(*page).unwrap(), "Annots") else { continue };
        for annotation in annotations.as_array().unwrap() {
            let annotation = reader.follow(annotation).as_dict().unwrap();
            assert_eq!(reader.get(annotation, "F").unwrap().as_i64().unwrap(), 4);
            let goal = match reader.get(annotation, "A") {
                Some(action) => reader.text_string(reader.get(action.as_dict().unwrap(), "URI").unwrap()),
                None => format!("{:?}", reader.get(annotation, "Dest").unwrap().as_array().unwrap()[1]),
            };
            links.push((reader.text_string(reader.get(annotation, "Contents").unwrap()), goal));
        }
    }
    assert_eq!(links.len(), 5);
    assert!(links.contains(&("back".into(), "https://a.example/%C3%BC".into())));
    assert!(links.contains(&("Its section".into(), "/XYZ".into())));
    let told: Vec<String> = pdf::review(&sample()).into_iter().map(|one| one.message).collect();
    assert_eq!(told, ["page 2: the link to “javascript:alert(1)” was left out of the PDF"]);
}

#[test]
fn bookmarks_are_nested_with_destinations_and_pages_have_labels() {
    let reader = Reader::new(&written(&sample()));
    let outline = reader.dictionary(reader.catalog(), "Outlines");
    let chapter = reader.dictionary(outline, "First");
    assert_eq!(reader.text_string(reader.get(chapter, "Title").unwrap()), "The first chapter");
    let section = reader.dictionary(chapter, "First");
    assert_eq!(reader.text_string(reader.get(section, "Title").unwrap()), "Its section");
    let place = reader.get(section, "Dest").unwrap().as_array().unwrap();
    assert_eq!(place[0].as_reference().unwrap(), reader.pages[1]);
    assert_eq!(reader.name(reader.catalog(), "PageMode"), "UseOutlines");
    let labels = reader.number_tree(reader.dictionary(reader.catalog(), "PageLabels"));
    assert_eq!(labels.len(), 1);
}

#[test]
fn text_from_right_to_left_is_read_in_its_own_order() {
    let mut set = Setter::new("Right to left");
    let node = set.node(Structure::ROOT, Role::Paragraph);
    let content = set.paged.structure.push_content(node);
    set.run(0, "שלום עולם", Owner::Content(content), 100.0, 100.0, true);
    assert!(Reader::new(&written(&set.finish())).tree().contains("“שלום עולם”"));
}

#[test]
fn the_same_document_gives_the_same_bytes_on_any_number_of_threads() {
    let paged = sample();
    let first = written(&paged);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| written(&paged)) == first, "{threads} threads");
    }
}

#[test]
fn what_was_demanded_and_cannot_be_met_is_an_error() {
    let mut set = Setter::new("Pictures");
    set.picture(Structure::ROOT, png(), None);
    let paged = set.finish();
    let with = |standards: &str| Options { standards: standards.parse().unwrap(), ..Options::default() };
    let error = pdf::write(&paged, &with("ua-1,a-2a")).unwrap_err().to_string();
    assert!(error.starts_with("page 1: the picture squares.png has no alternative text"), "{error}");
    assert!(pdf::write(&paged, &with("a-2b")).is_ok());
    assert!(Reader::new(&written(&paged)).tree().contains("Figure Alt="));
    assert_eq!(pdf::review(&paged).iter().next().unwrap().code, bindery::diag::Code::NoAlternative);
    let data = b"text".to_vec();
    let attachment = Some(pdf::Attachment { name: "a.txt".into(), media_type: "text/plain".into(), data });
    let options = Options { attachment: attachment.clone(), ..with("a-2b") };
    assert!(matches!(pdf::write(&paged, &options), Err(pdf::PdfError::Attachment { .. })));
    let bytes = pdf::write(&paged, &Options { attachment, ..Options::default() }).unwrap();
    let reader = Reader::new(&bytes);
    assert!(reader.catalog().has(b"AF"));
    let xmp = reader.get(reader.catalog(), "Metadata").unwrap().as_stream().unwrap();
    assert!(String::from_utf8_lossy(&xmp.content).contains("pdfaid:part>3<"));
}

#[test]
fn a_character_without_a_glyph_is_an_error() {
    let mut set = Setter::new("Missing");
    set.block(Structure::ROOT, Role::Paragraph, "水");
    assert!(matches!(pdf::write(&set.finish(), &Options::default()), Err(pdf::PdfError::MissingGlyph { page: 1, .. })));
}

/// Every line of the ledger that says "met" names a test there is.
#[test]
fn the_ledger_names_tests_that_exist() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).unwrap();
    let mut sources = String::new();
    for folder in ["tests/pdf", "tests/layout", "src/writer/pdf", "tests"] {
        for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut met = 0;
    for line in read("docs/PDF.md").lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if cells.get(3) == Some(&"met") {
            let name = cells[4].trim_matches('`');
            assert!(sources.contains(&format!("fn {name}()")), "{line}");
            met += 1;
        }
    }
    assert!(met > 20, "{met}");
}
