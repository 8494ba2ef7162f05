//! Code, whose parts are told apart by colour.

use super::reader::Reader;
use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;
use bindery::settings::Layer;

const CODE: &str = "# Code\n\nSo:\n\n```rust\n// Twice.\nfn twice(n: u8) -> u8 {\n    2 * n /* \"so\" */ + '\\n' as u8\n}\n```\n\nAnd:\n\n```\n\
                    let x = 1; // plain\n```\n";

/// The PDF of the code, and the operators that set colours.
fn pages(highlight: &str) -> (Reader, Vec<String>) {
    let given = Layer::of([("highlight", highlight.into())]).unwrap();
    let config = Config { given, ..Config::default() }.for_flags().unwrap();
    let text = Text { bytes: CODE.as_bytes(), name: "code.md", modified: None, folder: None };
    let editions = convert(&text, &[Format::Pdf], &config, &Library::built_in()).editions.unwrap();
    let reader = Reader::new(&editions[0].data);
    let mut colours = Vec::new();
    for page in &reader.pages {
        let content = reader.document.get_page_content(*page);
        let operators = String::from_utf8_lossy(&content).into_owned();
        colours.extend(operators.lines().filter(|line| line.ends_with(" rg")).map(str::to_owned));
    }
    (reader, colours)
}

#[test]
fn colours_are_of_the_look_and_change_no_text_and_no_structure() {
    let (plain, none) = pages("none");
    let (coloured, some) = pages("auto");
    assert_eq!(none, Vec::<String>::new());
    assert!(some.contains(&".114 .227 .541 rg".to_owned()), "keywords: {some:?}");
    assert_eq!(plain.tree(), coloured.tree());
    assert!(plain.tree().contains("fn twice(n: u8) -> u8 {"), "{}", plain.tree());
}
