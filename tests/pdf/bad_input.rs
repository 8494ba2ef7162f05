//! Texts and wishes that a careless writer would stumble on: each gives a whole file, or an error that says what to do.

use super::reader::Reader;
use bindery::batch::{Config, Format, Made, Text, convert};
use bindery::diag::Code;
use bindery::font::{Face, Library};
use bindery::ink::Ink;
use bindery::layout;
use bindery::paged::Item;
use bindery::reader::markdown;
use bindery::reader::pictures::NoResources;
use bindery::settings::Layer;
use bindery::style::{Class, Settings};
use bindery::writer::pdf;
use std::path::Path;

fn made(text: &str, config: &Config, library: &Library) -> Made {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf");
    let text = Text { bytes: text.as_bytes(), name: "some/where/lamp.md", modified: None, folder: Some(&folder) };
    convert(&text, &[Format::Pdf], config, library)
}

fn pages(text: &str, config: &Config) -> Reader {
    let editions = made(text, config, &Library::built_in()).editions.unwrap();
    Reader::new(&editions[0].data)
}

fn refusal(text: &str, config: &Config, library: &Library) -> String {
    made(text, config, library).editions.unwrap_err().to_string()
}

fn demanding(standards: &str) -> Config {
    let pdf = pdf::Options { standards: standards.parse().unwrap(), ..pdf::Options::default() };
    Config { pdf, ..Config::default() }
}

fn information(reader: &Reader, key: &str) -> String {
    let info = reader.follow(reader.document.trailer.get(b"Info").unwrap()).as_dict().unwrap();
    reader.text_string(reader.get(info, key).unwrap())
}

fn packet(reader: &Reader) -> String {
    let xmp = reader.get(reader.catalog(), "Metadata").unwrap().as_stream().unwrap();
    String::from_utf8(xmp.content.clone()).unwrap()
}

#[test]
fn a_title_with_control_characters_is_cleaned() {
    let reader = pages("---\ntitle: \"A\\u0001 lamp\\u0007 of\\tbrass\"\n---\n\nSome text.\n", &Config::default());
    assert_eq!(information(&reader, "Title"), "A lamp of brass");
    assert!(packet(&reader).contains(">A lamp of brass</rdf:li>"));
    let given = Layer::of([("title", "A \u{1b}[31mred\u{0} lamp\u{85}".into())]).unwrap();
    let reader = pages("Some text.\n", &Config { given, ..Config::default() });
    assert_eq!(information(&reader, "Title"), "A [31mred lamp");
}

#[test]
fn an_author_of_ten_thousand_characters_is_written_whole() {
    let name = "Ada Fenn ".repeat(1112).trim_end().to_owned();
    assert!(name.len() > 10_000);
    let given = Layer::of([("author", name.clone().into())]).unwrap();
    let reader = pages("Some text.\n", &Config { given, ..Config::default() });
    assert_eq!(information(&reader, "Author"), name);
    assert!(packet(&reader).contains(&format!("<rdf:li>{name}</rdf:li>")));
}

#[test]
fn a_link_that_runs_or_reads_is_no_link() {
    let text = "A [lamp](javascript:alert(1)), a [disk](file:///etc/passwd) and a [web](https://a.example/).\n";
    let made = made(text, &Config::default(), &Library::built_in());
    let refused: Vec<_> = made.diagnostics.iter().filter(|one| one.code == Code::LinkRefused).collect();
    assert_eq!(refused.len(), 2);
    for (diagnostic, scheme) in refused.iter().zip(["javascript:", "file:"]) {
        assert!(diagnostic.message.contains(scheme) && diagnostic.span.is_some(), "{diagnostic:?}");
    }
    let data = made.editions.unwrap().remove(0).data;
    let tree = Reader::new(&data).tree();
    assert!(tree.contains("“A lamp, a disk and a ”") && tree.matches("annotation").count() == 1, "{tree}");
}

#[test]
fn a_font_whose_licence_forbids_it_is_not_embedded() {
    let file = format!("{}/fonts/libertinus/LibertinusSerif-Regular.otf", env!("CARGO_MANIFEST_DIR"));
    let mut data = std::fs::read(file).unwrap();
    let record = data.windows(4).position(|tag| tag == b"OS/2").unwrap();
    let table = u32::from_be_bytes(data[record + 8..record + 12].try_into().unwrap()) as usize;
    // Restricted-licence embedding, in fsType.
    data[table + 8..table + 10].copy_from_slice(&2u16.to_be_bytes());
    let mut library = Library::built_in();
    library.set_text_family(vec![Face::parse(data, 0).unwrap()]);
    let error = refusal("Some text.\n", &Config::default(), &library);
    assert!(error.contains("licence bits") && error.contains("--font"), "{error}");
}

#[test]
fn headings_that_skip_levels_are_made_whole() {
    let text = "# One\n\nText.\n\n#### Far below\n\nText.\n\n## Two below\n\nText.\n\n###### Deep\n\nText.\n";
    let settings = Settings { class: Some(Class::Article), ..Settings::default() };
    let layout = layout::Options { settings, ..layout::Options::default() };
    let tree = pages(text, &Config { layout, ..Config::default() }).tree();
    let mut above = 0;
    let levels = tree.lines().filter_map(|line| line.trim().strip_prefix('H')?.parse::<u8>().ok());
    for level in levels {
        assert!(level >= 1 && level <= above + 1, "{tree}");
        above = level;
    }
    assert!(above > 1, "{tree}");
}

#[test]
fn an_empty_section_is_no_empty_element() {
    let tree = pages("# One\n\n# Two\n\n## Within\n\n# Three\n\nText.\n", &Config::default()).tree();
    let lines: Vec<&str> = tree.lines().collect();
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        let depth = |line: &str| line.len() - line.trim_start().len();
        assert!(!line.trim().starts_with("Sect") || depth(next) > depth(line), "{tree}");
    }
    assert!(tree.contains("“Two”") || tree.contains("“Two ”"), "{tree}");
}

#[test]
fn a_picture_without_words_is_a_warning_unless_ua_1_was_demanded() {
    let text = "Some text.\n\n![](square.png)\n";
    let told = made(text, &Config::default(), &Library::built_in());
    assert!(told.diagnostics.iter().any(|one| one.code == Code::NoAlternative));
    assert!(told.editions.is_ok());
    let error = refusal(text, &demanding("ua-1"), &Library::built_in());
    assert!(error.contains("page 1") && error.contains("square.png") && error.contains("describe it"), "{error}");
    assert!(made(text, &demanding("a-2b"), &Library::built_in()).editions.is_ok());
}

#[test]
fn the_source_is_attached_as_it_is() {
    let text = "# A lamp\n\nSome *text*.\n";
    let config = Config { attach_source: true, ..Config::default() };
    let reader = pages(text, &config);
    assert!(packet(&reader).contains("pdfaid:part>3<") && packet(&reader).contains("pdfaid:conformance>A<"));
    let specification = reader.follow(&reader.get(reader.catalog(), "AF").unwrap().as_array().unwrap()[0]);
    let specification = specification.as_dict().unwrap();
    assert_eq!(reader.name(specification, "AFRelationship"), "Source");
    for key in ["F", "UF"] {
        assert_eq!(reader.text_string(reader.get(specification, key).unwrap()), "lamp.md");
    }
    let named = reader.dictionary(reader.dictionary(reader.catalog(), "Names"), "EmbeddedFiles");
    assert_eq!(reader.get(named, "Names").unwrap().as_array().unwrap().len(), 2);
    let file = reader.get(reader.dictionary(specification, "EF"), "F").unwrap().as_stream().unwrap();
    assert_eq!(reader.name(&file.dict, "Subtype"), "text/markdown");
    assert_eq!(file.decompressed_content().unwrap(), text.as_bytes());
    // The same on every day and machine.
    let about = reader.dictionary(&file.dict, "Params");
    assert_eq!(reader.text_string(reader.get(about, "ModDate").unwrap()), "D:20000101");
    let error = refusal(text, &Config { attach_source: true, ..demanding("a-2a") }, &Library::built_in());
    assert!(error.contains("a-2a allows no attached file") && error.contains("a-3a"), "{error}");
    let kept = pages(text, &Config { attach_source: true, ..demanding("ua-1,a-3b") });
    assert!(packet(&kept).contains("pdfaid:conformance>B<"));
}

/// A text with every kind of block that has parts.
const ALL: &str = "# One\n\nText with `code` and a note.[^1]\n\n1. First\n2. Second\n\n   - inner\n   - list\n\n\
| Name | Age |\n|---|---|\n| Ada | 36 |\n| Bob | |\n\n> A quotation.\n\n```\nlet x = 1;\n```\n\n---\n\n\
![A square](square.png)\n\n## Within\n\nText.\n\n# Two\n\nText.\n\n[^1]: The note.\n";

/// Of a tree of lines indented by two, each element with its parent.
fn nested(tree: &str) -> Vec<(String, String)> {
    let mut above: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for line in tree.lines().filter(|line| !line.trim_start().starts_with(['“', 'a'])) {
        above.truncate((line.len() - line.trim_start().len()) / 2);
        let name = line.split_whitespace().next().unwrap_or_default().to_owned();
        found.push((above.last().cloned().unwrap_or_default(), name.clone()));
        above.push(name);
    }
    found
}

#[test]
fn tables_lists_and_contents_are_nested_as_they_must_be() {
    let layout = layout::Options {
        settings: Settings { contents: Some(true), ..Settings::default() },
        ..layout::Options::default()
    };
    let tree = pages(ALL, &Config { layout, ..Config::default() }).tree();
    let nested = nested(&tree);
    for (parent, kid) in &nested {
        let fits = match kid.as_str() {
            "TR" => parent == "Table",
            "TH" | "TD" => parent == "TR",
            "LI" => parent == "L",
            "Lbl" => matches!(parent.as_str(), "LI" | "Note" | "TOCI"),
            "LBody" => parent == "LI",
            "TOCI" => parent == "TOC",
            "TOC" => matches!(parent.as_str(), "TOC" | "TOCI" | "Sect" | "Document"),
            // What is a part of lines stands in a block.
            "Code" | "Span" => matches!(parent.as_str(), "P" | "LBody" | "TD" | "TH" | "Link" | "Code"),
            _ => match parent.as_str() {
                "Table" => kid == "Caption",
                "TR" | "L" | "LI" | "TOC" => false,
                _ => true,
            },
        };
        assert!(fits, "{kid} in {parent}:\n{tree}");
    }
    for name in ["TR", "TH", "TD", "LI", "Lbl", "LBody", "TOCI", "Code", "Note", "BlockQuote", "Figure"] {
        assert!(nested.iter().any(|(_, kid)| kid == name), "no {name}:\n{tree}");
    }
}

/// How little contrast with white there may be (WCAG 2.2, 1.4.3).
const PALEST: f64 = 4.5;

#[test]
fn nothing_is_set_too_pale_to_read() {
    for theme in ["classic", "modern", "manuscript"] {
        for class in [Class::Article, Class::Book] {
            let settings = Settings { theme: Some(theme.parse().unwrap()), class: Some(class), ..Settings::default() };
            let options = layout::Options { settings, ..layout::Options::default() };
            let reading = markdown::read(ALL.as_bytes(), "all.md", &markdown::Options::default(), &mut NoResources);
            let paged = layout::paginate(&reading.unwrap().document, &options, &Library::built_in()).unwrap().paged;
            for item in paged.pages.iter().flat_map(|page| &page.items) {
                if let Item::Run(run) = item {
                    assert!(run.ink.contrast(Ink::gray(255)) >= PALEST, "{theme}: {run:?}");
                }
            }
        }
    }
}
