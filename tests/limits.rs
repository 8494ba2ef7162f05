//! Bounds: a text beyond one ends with one error that has a place and names the option; a picture beyond one is left out.

use bindery::batch::{Config, Format, Made, Text, convert};
use bindery::diag::{Code, Severity};
use bindery::font::Library;
use bindery::limits::Limits;
use std::fs;
use std::path::Path;
use std::process::Command;

fn made(text: &[u8], name: &str, limits: Limits, format: Format, folder: Option<&Path>) -> Made {
    let config = Config { limits, ..Config::default() };
    convert(&Text { bytes: text, name, modified: None, folder }, &[format], &config, &Library::built_in())
}

/// Asserts that a text is refused with this code at this line, once, and taken in where one more is allowed.
fn refused(code: Code, line: Option<usize>, option: &str, text: &str, name: &str, format: Format, bounds: [Limits; 2]) {
    let [tight, wide] = bounds;
    let made_tight = made(text.as_bytes(), name, tight, format, None);
    let message = made_tight.editions.expect_err("it is too much").to_string();
    assert!(message.contains(option), "{message}");
    let errors: Vec<_> = made_tight.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert_eq!(errors.iter().map(|one| one.code).collect::<Vec<_>>(), [code]);
    assert!(errors[0].hint.as_ref().is_some_and(|hint| hint.contains(option)));
    // Of a text that was read the place goes with the diagnostic, of another with the words.
    let found = errors[0].span.and_then(|span| Some(made_tight.sources.first()?.position(span.start).line));
    let told = message.strip_prefix("line ").and_then(|rest| rest.split_once(':')?.0.parse().ok());
    assert_eq!(found.or(told), line, "{code}: {message}");
    made(text.as_bytes(), name, wide, format, None).editions.expect("it is within bounds");
}

fn usual() -> Limits {
    Limits::default()
}

const CHAPTERS: &str = "CHAPTER I\n\nIt rained all day long.\n\n\nCHAPTER II\n\nIt rained again.\n\n\nCHAPTER III\n\nIt dried up at last.\n";

#[test]
fn lines_are_bounded() {
    let bounds = [Limits { line: 22, ..usual() }, Limits { line: 23, ..usual() }];
    refused(Code::LineTooLong, Some(3), "--max-line", CHAPTERS, "a.txt", Format::Json, bounds.clone());
    refused(Code::LineTooLong, Some(3), "--max-line", "# A\n\nIt rained all day long.\n", "a.md", Format::Json, bounds);
}

#[test]
fn lines_and_marks_are_bounded() {
    let bounds = |pieces| [Limits { pieces, ..usual() }, Limits { pieces: pieces + 1, ..usual() }];
    refused(Code::TooManyPieces, Some(7), "--max-pieces", "A\n\nB\n\nC\n\nD\n", "a.txt", Format::Json, bounds(6));
    refused(Code::TooManyPieces, Some(1), "--max-pieces", "*a* [b] **c**\n", "a.md", Format::Json, bounds(8));
    // A long text has more than a short one.
    let long = "It rained all day.\n".repeat(100);
    made(long.as_bytes(), "a.txt", Limits { pieces: 0, ..usual() }, Format::Json, None).editions.expect("a model");
}

#[test]
fn sections_are_bounded() {
    let bounds = || [Limits { sections: 2, ..usual() }, Limits { sections: 3, ..usual() }];
    refused(Code::TooManySections, Some(11), "--max-sections", CHAPTERS, "a.txt", Format::Json, bounds());
    let marked = "# A\n\ntext\n\n# B\n\ntext\n\n# C\n\ntext\n";
    refused(Code::TooManySections, Some(9), "--max-sections", marked, "a.md", Format::Json, bounds());
    let json = made(marked.as_bytes(), "a.md", usual(), Format::Json, None).editions.expect("a model");
    let json = String::from_utf8(json[0].data.clone()).expect("UTF-8");
    refused(Code::TooManySections, None, "--max-sections", &json, "a.json", Format::Json, bounds());
}

#[test]
fn notes_are_bounded() {
    let bounds = || [Limits { notes: 1, ..usual() }, Limits { notes: 2, ..usual() }];
    let marked = "Rain[^1] and\nwind[^2].\n\n[^1]: Wet.\n\n[^2]: Dry.\n";
    refused(Code::TooManyNotes, Some(2), "--max-notes", marked, "a.md", Format::Json, bounds());
    let plain = "It rained[1] and it blew[2] all day long.\n\nNotes\n\n[1] Wet.\n\n[2] Dry.\n";
    refused(Code::TooManyNotes, None, "--max-notes", plain, "a.txt", Format::Json, bounds());
}

#[test]
fn pages_are_bounded() {
    let bounds = |pages| [Limits { pages, ..usual() }, Limits { pages: 20, ..usual() }];
    // Told before anything is laid out, with the place of the chapter that is too much.
    refused(Code::TooManyPages, Some(11), "--max-pages", CHAPTERS, "a.txt", Format::Pdf, bounds(2));
    // With title page and contents there are more pages than chapters.
    refused(Code::TooManyPages, None, "--max-pages", CHAPTERS, "a.txt", Format::Pdf, bounds(4));
    // An e-book has none.
    made(CHAPTERS.as_bytes(), "a.txt", Limits { pages: 1, ..usual() }, Format::Epub, None).editions.expect("an e-book");
}

#[test]
fn nesting_is_bounded_by_what_is_given() {
    let codes = |nesting| {
        let made = made(b"> > > deep\n\n*a **b***\n", "a.md", Limits { nesting, ..usual() }, Format::Json, None);
        made.editions.expect("a model");
        made.diagnostics.iter().map(|one| one.code).filter(|code| *code == Code::TooDeep).count()
    };
    assert_eq!((codes(1), codes(2), codes(3)), (1, 1, 0));
}

#[test]
fn pictures_are_bounded() {
    let folder = tempfile::tempdir().expect("a folder");
    for side in [2u32, 3, 4] {
        image::RgbImage::new(side, side).save(folder.path().join(format!("{side}.png"))).expect("a picture");
    }
    let text = b"# A\n\n![two](2.png)\n\n![three](3.png)\n\n![four](4.png)\n";
    let codes = |limits| {
        let made = made(text, "a.md", limits, Format::Epub, Some(folder.path()));
        made.editions.expect("an e-book");
        let codes = made.diagnostics.iter().map(|one| one.code);
        codes.filter(|code| matches!(code, Code::TooManyPictures | Code::PictureTooLarge)).collect::<Vec<_>>()
    };
    assert_eq!(codes(usual()), []);
    assert_eq!(codes(Limits { pictures: 1, ..usual() }), [Code::TooManyPictures; 2]);
    assert_eq!(codes(Limits { pixels: 9, ..usual() }), [Code::PictureTooLarge]);
    assert_eq!(codes(Limits { picture_bytes: 10, ..usual() }), [Code::PictureTooLarge; 3]);
    let two = fs::metadata(folder.path().join("2.png")).expect("a picture").len();
    assert_eq!(codes(Limits { input: text.len() as u64 + two, ..usual() }), [Code::PictureTooLarge; 2]);
}

#[test]
fn the_size_of_a_text_is_bounded_and_no_text_raises_its_bounds() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("a.md");
    let front = "---\nmax-pages: 1000\nmax-input: 1GB\nlimits: {input: 1000}\n---\n\n";
    fs::write(&text, format!("{front}# A\n\n{}\n", "It rained. ".repeat(200))).expect("a text");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
        let out =
            command.arg(&text).arg("-o").arg(folder.path().join("a.pdf")).args(arguments).output().expect("a run");
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let (status, errors) = run(&["--max-input", "1KB", "-q"]);
    assert_eq!((status, errors.lines().count()), (Some(1), 2), "{errors}");
    let code = Code::TooLarge;
    assert!(errors.contains(&format!("a.md: error[{code}]")) && errors.contains("--max-input"), "{errors}");
    let (status, errors) = run(&["--max-pages", "0", "-q"]);
    assert!(status == Some(1) && errors.contains("error[too-many-pages]"), "{errors}");
    assert!(!folder.path().join("a.pdf").exists());
    assert_eq!(run(&["-q"]).0, Some(0));
}

#[test]
fn a_device_that_a_text_names_is_opened_in_no_later_run_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let (text, out) = (folder.path().join("a.md"), folder.path().join("out"));
    fs::write(&text, "---\ncss: /dev/zero\ncover: /dev/zero\n---\n\n# A\n\n![all](/dev/zero)\n").expect("a text");
    for _ in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
        let run = command.arg(&text).arg("--out-dir").arg(&out).args(["--memory-limit", "1GB", "--to", "epub"]);
        assert!(run.output().expect("a run").status.success());
    }
    let records: String = fs::read_dir(out.join(".bindery"))
        .expect("the record")
        .filter_map(|entry| fs::read(entry.ok()?.path()).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(records.contains("a.epub") && !records.contains("/dev/zero\",\"sha"), "{records}");
}
