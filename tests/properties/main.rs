//! What holds of any bytes and of any document. The checks of `targets` are those of the fuzz targets too: what these found, and
//! what they begin with, is gone through here again.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where what it stands on is not there")]

mod account;
#[path = "../common/archive.rs"]
mod archive;
mod document;
mod epub_text;
mod pdf_text;
mod targets;
mod words;

use bindery::Document;
use proptest::prelude::*;
use std::path::Path;

/// Each input that is kept for a target.
fn replay(target: &str, check: impl Fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut count = 0;
    for folder in [root.join("seeds").join(target), root.join("regressions").join(target)] {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            println!("{}", path.display());
            check(&std::fs::read(&path).expect("it was listed"));
            count += 1;
        }
    }
    assert!(count > 0, "no inputs for {target}");
}

macro_rules! replays {
    ($($name:ident)*) => {
        mod kept {
            $(
                #[test]
                fn $name() {
                    super::replay(stringify!($name), super::targets::$name);
                }
            )*
        }
    };
}

replays! { decode plain_to_model markdown_to_model structure_file model_to_epub model_to_pdf image linebreak }

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "word ",
        "word\n",
        "\n\n",
        "# ",
        "## ",
        "> ",
        "- ",
        "12. ",
        "    ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~",
        "[",
        "](",
        "](a)",
        "![",
        "[^a]",
        "[^a]: ",
        "[b]: c\n",
        "[b]",
        "| a | b |\n|-|-|\n",
        "| ",
        "a\n: ",
        "***\n",
        "===\n",
        "$",
        "$$",
        "<b>",
        "</b>",
        "<!-- ",
        "-->",
        "<div>\n",
        "\\",
        "&amp;",
        "- [x] ",
        "{#a}",
        "^",
        "~",
        "---\n",
        "+++\n",
        "title: a\n",
        "  \n",
        "\t",
        "é漢\u{301}",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_comes_back_from_json(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let document = document::document(&bytes).expect("any bytes are a document");
        let json = document.to_json().expect("every document has a JSON form");
        prop_assert_eq!(Document::from_json(&json).expect("it was one"), document);
    }

    #[test]
    fn the_words_of_a_document_are_those_of_its_epub(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        targets::model_to_epub(&bytes);
    }

    #[test]
    fn the_words_of_a_document_are_those_of_its_pdf(bytes in prop::collection::vec(any::<u8>(), 0..1000)) {
        targets::model_to_pdf(&bytes);
    }

    /// Of pieces of Markdown, so that marks open and close in each other's way.
    #[test]
    fn every_letter_of_markdown_is_accounted_for(pieces in prop::collection::vec(piece(), 0..40)) {
        targets::markdown_to_model(pieces.concat().as_bytes());
    }

    #[test]
    fn lines_cut_no_letter(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        targets::linebreak(&bytes);
    }
}
