//! Every code of a diagnostic is shown to come up: by a text read here, or by a test beside the code.
//!
//! A new [`Code`] stops this file from compiling until it has a line in `proof`.

use bindery::diag::Code;
use bindery::reader::plain;
use std::fs;
use std::path::{Path, PathBuf};

/// What shows that a code comes up.
enum Proof {
    /// Reading this plain text gives it.
    Plain(&'static [u8]),
    /// The test of this name, somewhere in `src` or `tests`, looks for it.
    Test(&'static str),
}

fn proof(code: Code) -> Proof {
    match code {
        Code::EncodingGuessed => Proof::Plain(b"Le caf\xE9 est ferm\xE9, dit-il.\n"),
        Code::EncodingMalformed => Proof::Plain(b"\xEF\xBB\xBFOne \xFF two.\n"),
        Code::ControlCharacters => Proof::Test("control_characters_go_with_a_diagnostic"),
        Code::TitleFromFileName => Proof::Plain(b"It rained all day, and nobody came to the house.\n"),
        Code::TitleFromFirstWords => Proof::Test("a_text_whose_name_says_nothing_goes_by_its_first_words"),
        Code::LanguageGuessed => Proof::Plain(b"It rained all day, and nobody came to the house.\n"),
        Code::LeftOut => Proof::Test("what_is_left_out_is_told"),
        Code::PageBadness => Proof::Test("a_page_that_cannot_be_filled_well_is_told"),
        Code::LinkRefused => Proof::Test("links_are_checked"),
        Code::PictureRefused => Proof::Test("pictures_come_from_the_resources"),
        Code::DrawnLetters => Proof::Test("drawings_are_cleaned_and_stay_drawings"),
        Code::FormulaAsSource => Proof::Test("formulas_stand_within_lines_or_on_their_own"),
        Code::RawHtml => Proof::Test("raw_html_is_left_out_and_said_so"),
        Code::TooDeep => Proof::Test("depth_is_bounded"),
        Code::FrontMatter => Proof::Test("front_matter_gives_metadata"),
        Code::StructureMoved => Proof::Test("an_entry_is_followed_to_where_its_words_have_moved"),
        Code::StructureUnfit => Proof::Test("what_cannot_be_done_is_told"),
        Code::NoAlternative => Proof::Test("what_was_demanded_and_cannot_be_met_is_an_error"),
        Code::TooLarge => Proof::Test("the_size_of_a_text_is_bounded_and_no_text_raises_its_bounds"),
        Code::LineTooLong => Proof::Test("lines_are_bounded"),
        Code::TooManyPieces => Proof::Test("lines_and_marks_are_bounded"),
        Code::TooManySections => Proof::Test("sections_are_bounded"),
        Code::TooManyNotes => Proof::Test("notes_are_bounded"),
        Code::TooManyPages => Proof::Test("pages_are_bounded"),
        Code::TooManyPictures | Code::PictureTooLarge => Proof::Test("pictures_are_bounded"),
        Code::MissingCharacter => Proof::Test("characters_that_no_face_has_are_told_and_shown_as_such"),
    }
}

/// All sources of `src` and `tests` but this one and the list of codes.
fn sources() -> Vec<String> {
    fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    gather(&root.join("src"), &mut paths);
    gather(&root.join("tests"), &mut paths);
    let own = ["src/diag.rs", "tests/diagnostics.rs"].map(|path| root.join(path));
    paths.iter().filter(|path| !own.contains(path)).filter_map(|path| fs::read_to_string(path).ok()).collect()
}

#[test]
fn every_code_comes_up_somewhere() {
    let sources = sources();
    let mut faults = Vec::new();
    for &code in Code::ALL {
        let variant = format!("Code::{code:?}");
        match proof(code) {
            Proof::Plain(text) => {
                let reading = plain::read(text, "a-text.txt", &plain::Options::default()).unwrap();
                if !reading.diagnostics.iter().any(|one| one.code == code) {
                    faults.push(format!("{code}: its text does not give it"));
                }
            }
            Proof::Test(name) => {
                let body = |source: &String| {
                    let (_, rest) = source.split_once(&format!("fn {name}("))?;
                    rest.split("#[test]").next().map(|body| body.contains(&variant))
                };
                if !sources.iter().filter_map(body).any(|looks| looks) {
                    faults.push(format!("{code}: no test called {name} names {variant}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn codes_are_stable_names() {
    for code in Code::ALL {
        let name = code.as_str();
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        assert_eq!(serde_json::to_value(code).unwrap(), name);
    }
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}
