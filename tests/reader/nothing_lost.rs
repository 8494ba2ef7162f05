//! Nothing of a text is lost: each byte that is no white space is in a block, a heading, a note or in what was left out, and
//! each of those holds the very letters and figures of its place, in order.

#[path = "../properties/account.rs"]
mod account;

use account::faults;
use bindery::reader::plain::{Options, ReadError, read};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn check(bytes: &[u8], name: &str) {
    match read(bytes, name, &Options::default()) {
        Ok(reading) => {
            assert_eq!(reading.document.validate(), Ok(()));
            let faults = faults(&reading);
            assert!(
                faults.is_empty(),
                "{name}: {} faults, such as\n{}\n\n{}\n{}",
                faults.len(),
                faults[..faults.len().min(12)].join("\n"),
                if bytes.len() < 4000 { reading.source.text() } else { "" },
                if bytes.len() < 4000 { reading.document.dump() } else { String::new() },
            );
        }
        Err(error) => assert!(matches!(error, ReadError::Empty | ReadError::Binary { .. })),
    }
}

#[test]
fn a_half_title_that_holds_the_poems_is_a_heading_alone() {
    let prose = "The keeper of the light wrote these down in the winters when no boat came out to him.\n";
    let poem = |number: &str| {
        let lines = "          The lamp is lit, the tide is low,\n           The boats are on the sand,\n";
        format!("\n\n\n          {number}\n\n{lines}{lines}")
    };
    let poems: String = ["I", "II", "III", "IV"].iter().map(|number| poem(number)).collect();
    let text = format!(
        "A HARBOUR BOY\n\nBy Ada Fenn\n\n\n\nINTRODUCTION\n\n{0}\n{0}\n\nMATTHEW REED\n\n\n\n\n\nA HARBOUR BOY\n{poems}",
        prose.repeat(6)
    );
    check(text.as_bytes(), "harbour.txt");
}

#[test]
fn what_two_makers_said_is_not_one_note() {
    let text = "Transcriber's Note:\n\n  Set by hand .\n[Illustration: A lamp ]\n\nNOTES.\n\n[Footnote 2: A   lamp in\nit .]\n\
                \x20   Oh, lit  by   a hand of glass\n    A  lamp     and its light now\n\n\n\n\
                The lamp went out that night[2].\n\nTranscriber's Note:\n\n  Read twice .\n";
    check(text.as_bytes(), "makers.txt");
}

/// Lines of the kinds that texts are made of.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        3 => "[A-Z][a-z ,]{20,70}[a-z,.]",
        1 => "(CHAPTER|Chapter|PART|Act) ([IVX]{1,4}|[0-9]{1,2})\\.?",
        1 => "[IVX]{1,4}\\.",
        1 => " {0,12}[A-Z ]{3,30}",
        1 => " {2,8}[A-Z][a-z ]{10,40},?",
        1 => "_[A-Z][a-z ]{3,20}_\\.?",
        1 => "(\\* ?){3,5}",
        1 => "[0-9]{1,3}\\.? [A-Z][a-z ]{3,30}",
        1 => "\\[[0-9*]{1,2}\\] [A-Z][a-z ]{3,30}\\.",
        1 => "- [a-z ]{3,30}",
        1 => "(Contents|PREFACE|FOOTNOTES:|NOTES|THE END|\\[Illustration\\]|By Jane Doe)",
        1 => "[A-Z]{3,8}\\. [A-Z][a-z ]{10,50}\\.",
        1 => "第[一二三四五]章 [山川風]{1,3}",
        1 => "[“\"][A-Z][a-z ]{5,40}[.?]?[”\"]",
        1 => "\\PC{0,30}",
    ]
}

/// Several lines that are one thing, with the blank lines behind it.
fn piece() -> impl Strategy<Value = String> {
    let sentence = "[A-Z][a-z]{2,7}( [a-z]{1,8}| _[a-z]{3,9}_| [a-z]{3,6}-\n[a-z]{3,6}| [a-z]{2,6}\n[a-z]{2,8}|, [a-z]{3,8}){6,30}(\\[[1-3]\\]|\\*|)\\.";
    let block = prop_oneof![
        5 => prop::collection::vec(sentence, 1..4).prop_map(|list| list.join(" ")),
        // Stanzas, with lines turned over.
        2 => "( {4,8}[A-Z][a-z ]{20,40}[a-z][,;.]?\n){2,6}",
        1 => "( {4}[A-Z][a-z ]{40,50}[a-z]\n {12}[a-z]{3,10}\n){1,3}",
        1 => "_( {2}[A-Z][a-z ]{20,36}[a-z],\n){2,4}  [A-Z][a-z ]{20,30}[a-z]_\\.",
        // Speeches, with directions.
        2 => "(ANNA|KARL)(\\.| \\(aside\\)\\.|:) [A-Z][a-z ]{10,60}\\.(\n\n +\\[Exit\\.?\\]?)?",
        1 => "_[A-Z][a-z ]{10,60}\n[a-z ]{10,40}[a-z]\\._",
        // Lists, drawn tables, columns.
        1 => "(- [a-z]{3,9} [a-z ]{3,30}\n(  [a-z ]{3,30}[a-z]\n)?){2,5}",
        1 => Just("1. Salt of the sea\n2. Oil\n   and wine\n3. Bread".to_owned()),
        1 => Just("(a) one thing\n    (i) a part\n    (ii) another\n(b) two things".to_owned()),
        1 => Just("+-----+------+\n| Oil | Salt |\n+-----+------+\n| 12  | 3    |\n|     | more |\n+-----+------+".to_owned()),
        1 => "([A-Z][a-z]{3,8}   {2,6}[0-9]{1,4}\n){2,5}",
        // Notes of many kinds.
        1 => "\\[Footnote [1-3]: [A-Z][a-z ]{5,60}[a-z]\n[a-z ]{5,30}\\.\\]",
        1 => "(\\[[1-3]\\] [A-Z][a-z ]{5,60}[a-z]\\.\n\n?){1,3}",
        1 => "\\* [A-Z][a-z ]{5,60}[a-z]\\.",
        // A letter.
        1 => Just("            London, July 5th, 1901.\n\nDear Sir,\n\nI have your letter.\n\n            Yours truly,\n\n            A. STONE.".to_owned()),
        1 => "\\[Illustration: [A-Z][a-z ]{5,30}\\]",
        1 => Just("[Illustration]".to_owned()),
        1 => "(-{5,30}|\\* \\* \\*|#|~|x x x)",
        1 => "(CHAPTER [IVX]{1,3}\\.?|[IVX]{1,3}\\.|C H A P T E R  O N E|NOTES\\.|FOOTNOTES:|Contents|ACT I)",
        1 => "Transcriber's Note:\n\n  [A-Z][a-z ]{5,60}\\.",
        1 => "漢字《かんじ》を読む［＃「読む」に傍点］。\n",
        1 => "(Title: [A-Z][a-z]{3,9}\nAuthor: [A-Z][a-z]{3,9}|Produced by [A-Z][a-z]{3,9})",
    ];
    (block, 1usize..5).prop_map(|(block, gap)| format!("{block}{}", "\n".repeat(gap)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_lines(lines in prop::collection::vec(line(), 0..60)) {
        check(lines.join("\n").as_bytes(), "lines.txt");
    }

    #[test]
    fn of_pieces(pieces in prop::collection::vec(piece(), 1..40)) {
        check(pieces.concat().as_bytes(), "pieces.txt");
    }

    #[test]
    fn of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes, "bytes.txt");
    }
}

/// Every text below a folder.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of texts") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn check_folder(folder: &Path) {
    let texts = texts(folder);
    assert!(!texts.is_empty(), "no text in {}", folder.display());
    for path in texts {
        check(&std::fs::read(&path).expect("it was listed"), &path.display().to_string());
    }
}

#[test]
fn of_the_samples() {
    check_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input"));
}

/// Whole books: `BINDERY_CORPUS=FOLDER cargo test --test reader -- --ignored`.
#[test]
#[ignore = "needs a folder of books, named by BINDERY_CORPUS"]
fn of_a_corpus() {
    let folder = std::env::var_os("BINDERY_CORPUS").expect("BINDERY_CORPUS names the folder of the texts");
    check_folder(Path::new(&folder));
}
