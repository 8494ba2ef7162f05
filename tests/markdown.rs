//! Markdown in both editions.

use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The files of the EPUB made of a text.
fn epub(text: &str) -> BTreeMap<String, String> {
    let input = Text { bytes: text.as_bytes(), name: "owls.md", modified: None, folder: None };
    let made = convert(&input, &[Format::Epub], &Config::default(), &Library::built_in());
    let editions = made.editions.expect("an edition");
    let mut archive = zip::ZipArchive::new(Cursor::new(&editions[0].data)).expect("an archive");
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        files.insert(file.name().expect("a name").into_owned(), String::from_utf8_lossy(&bytes).into_owned());
    }
    files
}

/// The only content document that holds a text.
#[track_caller]
fn holds(files: &BTreeMap<String, String>, wanted: &str) {
    let texts: Vec<&String> = files.iter().filter(|(name, _)| name.ends_with(".xhtml")).map(|(_, text)| text).collect();
    assert!(texts.iter().any(|text| text.contains(wanted)), "{wanted} is not in\n{texts:#?}");
}

#[test]
fn quotations_abbreviations_and_definitions_are_what_they_are_in_the_epub() {
    let files = epub(
        "# Owls\n\n<q>Hoot <q>twice</q></q>, says the <abbr title=\"World Owl Fund\">WOF</abbr>.\n\nOwl\n: A bird.\n: A word.\n",
    );
    holds(&files, "<q>“Hoot <q>‘twice’</q>”</q>, says the <abbr title=\"World Owl Fund\">WOF</abbr>.");
    holds(&files, "<dl>\n<dt>Owl</dt>\n<dd>A bird.</dd>\n<dd>A word.</dd>\n</dl>");
}
