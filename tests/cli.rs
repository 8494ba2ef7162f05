//! The command line as a person meets it: what it makes, what it says, how it ends.

#[path = "common/archive.rs"]
mod archive;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const TEXT: &str = "The Lamp on the Quay\n\nby Ada Fenn\n\nEvery evening the keeper lit the lamp, and every evening the \
boats came in by its light.\n\nNobody had asked him to. He had found the lamp in a shed, and oil beside it.\n";

fn bindery(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(folder).args(args).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    command.output().expect("the program starts")
}

/// A folder with one text.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("lamp.txt"), TEXT).expect("the text");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Fails unless the run ended with this status and one message that holds all of these.
fn assert_refused(output: &Output, status: i32, parts: &[&str]) {
    let message = message(output);
    assert_eq!(output.status.code(), Some(status), "{message}");
    for part in parts {
        assert!(message.contains(part), "“{part}” is not in: {message}");
    }
    assert!(!message.contains("panicked"), "{message}");
    assert!(output.stdout.is_empty());
}

#[test]
fn both_editions_come_beside_the_text() {
    let folder = folder();
    let output = bindery(folder.path(), &["lamp.txt"]);
    assert!(output.status.success(), "{}", message(&output));
    assert_eq!(names(folder.path()), ["lamp.epub", "lamp.pdf", "lamp.txt"]);
    assert!(fs::read(folder.path().join("lamp.pdf")).expect("the PDF").starts_with(b"%PDF-1.7"));
    assert!(fs::read(folder.path().join("lamp.epub")).expect("the EPUB").starts_with(b"PK"));
}

#[test]
fn the_ending_of_the_output_gives_the_format() {
    let folder = folder();
    assert!(bindery(folder.path(), &["lamp.txt", "-o", "book.json"]).status.success());
    assert_eq!(names(folder.path()), ["book.json", "lamp.txt"]);
    let json = fs::read_to_string(folder.path().join("book.json")).expect("the model");
    assert!(json.contains("Ada Fenn"));
}

#[test]
fn a_folder_goes_to_a_folder() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    fs::write(folder.path().join("sub/b.txt"), TEXT).expect("a text");
    let output = bindery(folder.path(), &[".", "--out-dir", "out", "--to", "epub"]);
    assert!(output.status.success(), "{}", message(&output));
    assert_eq!(names(&folder.path().join("out")), [".bindery", "lamp.epub", "sub"]);
    assert_eq!(names(&folder.path().join("out/sub")), ["b.epub"]);
}

#[test]
fn a_pipe_goes_through() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .current_dir(folder.path())
        .args(["-", "-o", "-", "--to", "txt", "--wrap", "none", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its input").write_all(TEXT.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("every evening the boats came in by its light."), "{text}");
    assert_eq!(names(folder.path()), ["lamp.txt"]);
}

#[test]
fn the_model_can_be_read_again() {
    let folder = folder();
    assert!(bindery(folder.path(), &["lamp.txt", "-o", "a.json"]).status.success());
    assert!(bindery(folder.path(), &["a.json", "-o", "b.json"]).status.success());
    let read = |name| fs::read_to_string(folder.path().join(name)).expect("the model");
    assert_eq!(read("a.json"), read("b.json"));
}

#[test]
fn options_take_the_place_of_what_the_text_says() {
    let folder = folder();
    let options = ["--title", "Other", "--author", "A B", "--author", "C D", "--language", "de", "--date", "1911-05"];
    let more = ["--subtitle", "Sub", "--publisher", "P", "--identifier", "urn:isbn:9783161484100", "-o", "a.json"];
    let output = bindery(folder.path(), &[&["lamp.txt"], &options[..], &more[..]].concat());
    assert!(output.status.success(), "{}", message(&output));
    let json = fs::read_to_string(folder.path().join("a.json")).expect("the model");
    for part in ["\"Other\"", "\"A B\"", "\"C D\"", "\"de\"", "\"1911-05\"", "\"Sub\"", "\"P\"", "9783161484100"] {
        assert!(json.contains(part), "{part}");
    }
    assert!(
        json.contains("\"C D\", \"role\": \"author\"") && !json.contains("\"Ada Fenn\", \"role\": \"author\""),
        "{json}"
    );
}

#[test]
fn the_date_falls_back_to_the_epoch_of_the_build() {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(folder.path()).args(["lamp.txt", "-o", "a.json"]).env("SOURCE_DATE_EPOCH", "951782400");
    assert!(command.status().expect("it runs").success());
    assert!(fs::read_to_string(folder.path().join("a.json")).expect("the model").contains("2000-02-29"));
}

#[test]
fn the_same_text_gives_the_same_bytes_anywhere() {
    let (one, two) = (folder(), folder());
    assert!(bindery(one.path(), &["lamp.txt", "--out-dir", "out"]).status.success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(two.path()).args(["lamp.txt", "--out-dir", "deep/down", "-j", "1"]);
    assert!(command.env("TZ", "Asia/Tokyo").status().expect("it runs").success());
    for name in ["lamp.epub", "lamp.pdf"] {
        let first = fs::read(one.path().join("out").join(name)).expect("an edition");
        let second = fs::read(two.path().join("deep/down").join(name)).expect("an edition");
        assert!(first == second, "{name} differs");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    let folder = folder();
    let refused = |args: &[&str], parts: &[&str]| assert_refused(&bindery(folder.path(), args), 2, parts);
    refused(&[], &["INPUT"]);
    refused(&["no-such.txt"], &["no-such.txt", "no such file"]);
    refused(&["lamp.txt", "--paper", "a99"], &["a99", "a4"]);
    refused(&["lamp.txt", "--margin", "wide"], &["wide"]);
    refused(&["lamp.txt", "--language", "english"], &["english"]);
    refused(&["lamp.txt", "--date", "yesterday"], &["yesterday", "mtime"]);
    refused(&["lamp.txt", "--font-size", "900pt"], &["900pt"]);
    refused(&["lamp.txt", "--to", "doc"], &["doc", "epub"]);
    refused(&["lamp.txt", "-o", "lamp.doc"], &["lamp.doc", "--to"]);
    refused(&["lamp.txt", "-o", "a.pdf", "--out-dir", "out"], &["--out-dir"]);
    refused(&["lamp.txt", "--to", "txt"], &["lamp.txt", "replace"]);
    refused(&["-"], &["-o"]);
    refused(&["lamp.txt", "--theme", "baroque"], &["baroque", "classic"]);
    refused(&["lamp.txt", "--hyphens", "some"], &["on or off"]);
    refused(&["lamp.txt", "--chapter", "("], &["unclosed group"]);
    refused(&["lamp.txt", "--pdf-standard", "x-1a"], &["x-1a"]);
    refused(&["lamp.txt", "--pdf-standard", "ua-1,a-2a", "--attach-source"], &["--attach-source", "a-3a"]);
    refused(&["lamp.txt", "--font", "lamp.txt"], &["lamp.txt", "not an OpenType"]);
    refused(&["lamp.txt", "--font", "none.otf"], &["--font", "none.otf", "no such file"]);
    assert_eq!(names(folder.path()), ["lamp.txt"]);
}

#[test]
fn markdown_is_read_by_its_ending() {
    let folder = folder();
    fs::write(folder.path().join("a.md"), "# Title\n\nSome *stressed* words.\n").expect("a text");
    assert!(bindery(folder.path(), &["a.md", "-o", "a.json"]).status.success());
    let json = fs::read_to_string(folder.path().join("a.json")).expect("the model");
    assert!(json.contains("\"emphasis\"") && json.contains("\"title\": \"Title\""), "{json}");
}

#[test]
fn the_text_goes_into_the_pdf_when_asked_for() {
    let folder = folder();
    let output = bindery(folder.path(), &["lamp.txt", "--attach-source", "-o", "lamp.pdf"]);
    assert!(output.status.success(), "{}", message(&output));
    let pdf = lopdf::Document::load(folder.path().join("lamp.pdf")).expect("the PDF");
    let embedded = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let embedded = embedded.filter(|stream| stream.dict.has_type(b"EmbeddedFile"));
    let texts: Vec<Vec<u8>> = embedded.map(|stream| stream.decompressed_content().expect("its text")).collect();
    assert_eq!(texts, [TEXT.as_bytes()]);
}

#[test]
fn an_encoding_that_is_none_is_told() {
    let folder = folder();
    let output = bindery(folder.path(), &["lamp.txt", "--input-encoding", "klingon"]);
    assert_refused(&output, 1, &["lamp.txt", "klingon", "utf-8"]);
}

#[test]
fn an_empty_folder_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_refused(&bindery(folder.path(), &["."]), 2, &["no text in this folder"]);
}

#[test]
fn a_text_that_fails_leaves_the_old_editions_and_the_other_texts_alone() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("empty.txt"), "").expect("a text");
    fs::write(path("blank.txt"), " \n\n\t\n").expect("a text");
    fs::write(path("binary.txt"), (0..=255_u8).cycle().take(5000).collect::<Vec<u8>>()).expect("a text");
    fs::write(path("empty.pdf"), "old").expect("an old edition");
    let output = bindery(folder.path(), &["."]);
    assert_refused(&output, 1, &["empty.txt: error: ", "blank.txt: error: ", "binary.txt: error: "]);
    assert_eq!(fs::read(path("empty.pdf")).expect("the old edition"), b"old");
    let made = names(folder.path());
    assert!(made.contains(&"lamp.pdf".to_owned()) && made.contains(&"lamp.epub".to_owned()), "{made:?}");
    assert!(!made.iter().any(|name| name.starts_with("binary.") && name != "binary.txt"), "{made:?}");
}

#[test]
fn a_target_that_cannot_be_written_is_told() {
    let folder = folder();
    fs::create_dir(folder.path().join("taken.pdf")).expect("a folder");
    let output = bindery(folder.path(), &["lamp.txt", "-o", "taken.pdf"]);
    assert_refused(&output, 1, &["taken.pdf", "folder"]);
    let output = bindery(folder.path(), &["lamp.txt", "-o", "lamp.txt/a.pdf"]);
    assert_refused(&output, 1, &["lamp.txt/a.pdf"]);
}

#[test]
fn a_character_that_no_face_has_is_told_with_its_place() {
    let folder = folder();
    fs::write(folder.path().join("odd.txt"), "A line.\n\nAn odd \u{F0000} sign.\n").expect("a text");
    let output = bindery(folder.path(), &["odd.txt", "-o", "odd.pdf"]);
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    for part in ["odd.txt:3", "U+F0000", "--font"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

/// A book with one of most things.
const BOOK: &str = "THE LAMP ON THE QUAY\n\nby Ada Fenn\n\n\n\nCHAPTER I\n\nThe Keeper\n\n\n\
Every evening the keeper lit the lamp, and every evening the boats came in by\nits light. Nobody had asked him to do it, \
and nobody thanked him either, for\nthe lamp had always been there.\n\n\
    The lamp is low, the tide is high,\n    The boats are in the bay,\n    And who will light the lamp tonight\n    \
When he is gone away?\n\n\
So they sang in the harbour, and he heard it and said nothing at all about the\nmatter.\n\n* * *\n\n\
In the morning he put it out again, and slept until the church bell called the\nvillage together.\n\n\n\n\
CHAPTER II\n\nThe Boats\n\n\nThere were nine boats, and each had a name that its owner had painted on the\nbow by \
himself.\n";

#[test]
fn an_inspection_tells_what_was_decided_where_and_why() {
    let folder = folder();
    fs::write(folder.path().join("book.txt"), BOOK).expect("a text");
    let output = bindery(folder.path(), &["inspect", "book.txt"]);
    assert!(output.status.success(), "{}", message(&output));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for part in ["THE LAMP ON THE QUAY", "Ada Fenn", "title page, line 1", "UTF-8", "7-9  CHAPTER I / The Keeper"] {
        assert!(text.contains(part), "“{part}” is not in: {text}");
    }
    for part in ["verse", "scene-break", "left out", "groups of plain paragraphs"] {
        assert!(text.to_lowercase().contains(part), "“{part}” is not in: {text}");
    }
    let all = bindery(folder.path(), &["inspect", "--all", "book.txt"]);
    assert!(String::from_utf8_lossy(&all.stdout).contains("“Every evening the keeper"));
    assert_eq!(names(folder.path()), ["book.txt", "lamp.txt"], "an inspection writes nothing");
}

#[test]
fn an_inspection_has_a_form_for_machines() {
    let folder = folder();
    fs::write(folder.path().join("book.txt"), BOOK).expect("a text");
    let output = bindery(folder.path(), &["inspect", "book.txt", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["author"]["value"], "Ada Fenn");
    assert_eq!(json["outline"][0]["label"], "CHAPTER I");
    assert_eq!(json["outline"][0]["lines"], serde_json::json!([7, 9]));
    assert_eq!(json["outline"][1]["level"], 1);
    let decisions = json["decisions"].as_array().expect("a list");
    let verse = decisions.iter().find(|one| one["verdict"] == "verse").expect("the song");
    assert_eq!(verse["lines"], serde_json::json!([16, 19]));
    assert!(verse["confidence"].as_f64().is_some_and(|sure| sure > 0.5) && verse["runner_up"].is_string());
    assert_eq!(json["left_out"][0]["lines"], serde_json::json!([1, 3]));
}

#[test]
fn an_inspection_of_what_cannot_be_read_says_so() {
    let folder = folder();
    assert_refused(&bindery(folder.path(), &["inspect", "none.txt"]), 1, &["none.txt", "no such file"]);
    assert_refused(&bindery(folder.path(), &["inspect"]), 2, &["FILE"]);
    fs::write(folder.path().join("a.json"), "{}").expect("a file");
    assert_refused(&bindery(folder.path(), &["inspect", "a.json"]), 1, &["a.json", "document model"]);
}

#[test]
fn a_structure_file_is_written_edited_and_built_from() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("book.txt"), BOOK).expect("a text");
    let run = |args: &[&str]| {
        let output = bindery(folder.path(), args);
        assert!(output.status.success() && output.stdout.is_empty(), "{}", message(&output));
    };
    run(&["inspect", "book.txt", "--write-structure", "book.toml"]);
    run(&["book.txt", "-o", "plain.json"]);
    run(&["book.txt", "-o", "same.json", "--structure", "book.toml"]);
    let read = |name: &str| fs::read_to_string(path(name)).expect("a file");
    assert_eq!(read("plain.json"), read("same.json"));
    fs::write(path("book.toml"), read("book.toml").replace("is = \"verse\"", "is = \"quotation\"")).expect("an edit");
    run(&["book.txt", "-o", "quoted.json", "--structure", "book.toml"]);
    assert!(read("plain.json").contains("\"verse\"") && !read("quoted.json").contains("\"verse\""));
    assert!(read("quoted.json").contains("\"quote\""));
    let shown = bindery(folder.path(), &["inspect", "book.txt", "--structure", "book.toml"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("told"));
    assert_eq!(
        names(folder.path()),
        ["book.toml", "book.txt", "lamp.txt", "plain.json", "quoted.json", "same.json"],
        "nothing unfinished is left"
    );
}

#[test]
fn a_structure_file_that_cannot_be_used_says_where() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("book.txt"), BOOK).expect("a text");
    fs::write(path("bad.toml"), "parts = [\n  { lines = 7, is = \"sonnet\" },\n]\n").expect("a file");
    fs::write(path("old.toml"), "parts = [\n  { lines = 7, is = \"heading\", text = \"CHAPTER IX\" },\n]\n")
        .expect("a file");
    let refused = |args: &[&str], status, parts: &[&str]| assert_refused(&bindery(folder.path(), args), status, parts);
    refused(&["book.txt", "--structure", "none.toml"], 2, &["none.toml", "no such file", "--write-structure"]);
    refused(&["book.txt", "--structure", "bad.toml"], 2, &["bad.toml:2", "sonnet", "verse"]);
    refused(&["book.txt", "lamp.txt", "--structure", "bad.toml"], 2, &["bad.toml:2"]);
    refused(&["book.txt", "lamp.txt", "--structure", "old.toml"], 2, &["old.toml", "2 inputs"]);
    let parts = ["book.txt: error: old.toml:2: line 7", "“CHAPTER IX”", "“CHAPTER I”", "take the entry out"];
    refused(&["book.txt", "--structure", "old.toml", "-o", "a.epub"], 1, &parts);
    refused(&["inspect", "book.txt", "--structure", "old.toml"], 1, &parts);
    refused(&["inspect", "book.txt", "--write-structure", "book.txt"], 2, &["book.txt", "replace the text"]);
    refused(&["inspect", "book.txt", "--write-structure", "no/folder.toml"], 1, &["no/folder.toml"]);
    fs::write(path("a.md"), "# A\n\nText.\n").expect("a text");
    refused(&["a.md", "--structure", "old.toml"], 1, &["a.md", "--structure", "marks"]);
    assert_eq!(fs::read_to_string(path("book.txt")).expect("the text"), BOOK);
}

#[test]
fn what_is_asked_of_the_pages_shows_in_them() {
    let folder = folder();
    let text = format!("CHAPTER I.\n\n{0}{0}{0}{0}\n\nCHAPTER II.\n\n{0}{0}\n", TEXT.lines().last().unwrap_or(TEXT));
    fs::write(folder.path().join("book.txt"), text).expect("the text");
    fs::write(folder.path().join("words.txt"), "# never\nevening\nkeep-er\n").expect("the words");
    let pdf = |args: &[&str]| {
        let output = bindery(folder.path(), &[&["book.txt", "-q", "-o", "out.pdf"], args].concat());
        assert!(output.status.success(), "{args:?}: {}", message(&output));
        fs::read(folder.path().join("out.pdf")).expect("the PDF")
    };
    let plain = pdf(&[]);
    for args in [
        &["--drop-caps"][..],
        &["--recto"],
        &["--figures", "lining"],
        &["--protrusion", "off"],
        &["--expansion", "off"],
        &["--hyphenation", "words.txt", "--paper", "60x100mm"],
        &["--theme", "manuscript"],
        &["--theme", "manuscript", "--justify"],
        &["--class", "article", "--columns", "2"],
        &["--margin", "20mm/15mm/18mm/22mm"],
    ] {
        assert!(pdf(args) != plain, "{args:?} changes nothing");
    }
    let output = bindery(folder.path(), &["book.txt", "--hyphenation", "none.txt"]);
    assert_refused(&output, 2, &["none.txt"]);
    let output = bindery(folder.path(), &["book.txt", "--figures", "roman"]);
    assert_refused(&output, 2, &["lining or old-style"]);
}

#[test]
fn a_cover_that_is_none_and_a_stylesheet_that_reaches_out_are_refused() {
    let folder = folder();
    let refused = |args: &[&str], parts: &[&str]| {
        let all = [&["lamp.txt", "-o", "lamp.epub"], args].concat();
        assert_refused(&bindery(folder.path(), &all), 2, parts);
        assert_eq!(names(folder.path()).iter().filter(|name| name.ends_with(".epub")).count(), 0);
    };
    fs::write(folder.path().join("dot.gif"), b"GIF89a\x01\x00\x01\x00\x80\x00\x00").expect("a picture");
    fs::write(folder.path().join("net.css"), "p {}\n@import url(https://example.org/a.css);\n").expect("a stylesheet");
    refused(&["--cover", "lamp.txt"], &["lamp.txt: ", "no PNG, JPEG, GIF or WebP", "convert it"]);
    refused(&["--cover", "dot.gif"], &["dot.gif: ", "1 × 1 pixels", "1600 × 2560"]);
    refused(&["--cover", "none.png"], &["none.png: no such file", "--cover"]);
    refused(&["--css", "net.css"], &["net.css: line 2", "outside"]);
    refused(&["--language", "english"], &["english", "language tag"]);
}

#[test]
fn an_isbn_with_a_wrong_digit_is_refused_before_anything_is_made() {
    let folder = folder();
    for option in ["--identifier", "--isbn"] {
        let output = bindery(folder.path(), &["lamp.txt", "-o", "lamp.epub", option, "978-3-16-148410-1"]);
        assert_refused(&output, 2, &["--i", "978", "wrong check digit", "compare"]);
    }
}

#[test]
fn all_metadata_can_be_said_and_stand_in_both_editions() {
    let folder = folder();
    #[rustfmt::skip]
    let said = [
        "--sort-title", "Lamp", "--author", "Jane Doe|Doe, J.", "--translator", "Tom Roe", "--contributor", "Nan Orr: nrt",
        "--series", "Harbours#2.5", "--subject", "Lamps, oil", "--subject", "Quays", "--description", "Of light.",
        "--rights", "None", "--source", "A shed", "--isbn", "978-3-16-148410-0", "--publisher", "P", "--date", "1911",
    ];
    let output = bindery(folder.path(), &[&["lamp.txt", "-o", "a.epub", "-o", "a.pdf"][..], &said].concat());
    assert!(output.status.success(), "{}", message(&output));
    let opf = file_in(&folder.path().join("a.epub"), "OEBPS/content.opf").expect("a package");
    let mut pdf = lopdf::Document::load(folder.path().join("a.pdf")).expect("the PDF");
    pdf.decompress();
    let streams = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let xmp = streams.filter(|stream| stream.dict.has_type(b"Metadata")).map(|stream| stream.content.clone()).next();
    let xmp = String::from_utf8(xmp.expect("a packet")).expect("UTF-8");
    for part in [
        "Jane Doe",
        "Tom Roe",
        "Nan Orr",
        "Harbours",
        "2.5",
        "Lamps, oil",
        "Quays",
        "Of light.",
        "None",
        "A shed",
        "urn:isbn:9783161484100",
        ">P<",
        "1911",
        "Lamp",
    ] {
        assert!(opf.contains(part), "{part}: {opf}");
        assert!(xmp.contains(part), "{part}: {xmp}");
    }
    for part in ["file-as\">Doe, J.<", ">trl<", ">nrt<", "file-as\">Lamp<", "belongs-to-collection"] {
        assert!(opf.contains(part), "{part}: {opf}");
    }
}

#[test]
fn flags_come_before_front_matter_and_an_inspection_tells_which_spoke() {
    let folder = folder();
    let text = "---\ntitle: Front\nsubtitle: Front too\npaper: a6\ncover: none\ntoc-depth: 1\nclass: book\n---\n\nIt rained.\n";
    fs::write(folder.path().join("a.txt"), text).expect("a text");
    let args = ["inspect", "a.txt", "--title", "Flag", "--paper", "a5", "--format", "json"];
    let json: serde_json::Value = serde_json::from_slice(&bindery(folder.path(), &args).stdout).expect("JSON");
    assert_eq!((&json["title"]["value"], &json["title"]["rule"]), (&"Flag".into(), &"given by you".into()));
    let from = |name: &str| {
        let facts = json["settings"].as_array().expect("a list");
        let fact = facts.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name}"));
        (fact["value"].clone(), fact["from"].clone(), fact["line"].clone())
    };
    let null = serde_json::Value::Null;
    assert_eq!(from("title"), ("Flag".into(), "command line".into(), null.clone()));
    assert_eq!(from("subtitle"), ("Front too".into(), "front matter".into(), 3.into()));
    assert_eq!(from("paper"), ("a5".into(), "command line".into(), null.clone()));
    assert_eq!(from("theme").1, "default");
    assert!(bindery(folder.path(), &["a.txt", "-o", "a.epub", "-o", "a.pdf"]).status.success());
    assert!(file_in(&folder.path().join("a.epub"), "OEBPS/text/cover.xhtml").is_none(), "cover: none");
    let pdf = lopdf::Document::load(folder.path().join("a.pdf")).expect("the PDF");
    assert!(pdf.get_pages().len() > 1, "class: book has title pages");
}

#[test]
fn front_matter_that_names_files_has_only_those_beneath_its_folder() {
    let folder = folder();
    let sub = folder.path().join("sub");
    fs::create_dir(&sub).expect("a folder");
    fs::write(folder.path().join("out.css"), "p { color: red }\n").expect("a stylesheet");
    fs::write(sub.join("own.css"), "p { color: blue }\n").expect("a stylesheet");
    for (css, told) in [("own.css", ""), ("../out.css", "not beneath"), ("none.css", "no such file")] {
        fs::write(sub.join("a.md"), format!("---\ntitle: A\ncss: {css}\n---\n\nText.\n")).expect("a text");
        let output = bindery(folder.path(), &["sub/a.md", "-o", "a.epub"]);
        assert!(output.status.success(), "{}", message(&output));
        assert_eq!(message(&output).contains("sub/a.md:3:1: warning[front-matter]"), !told.is_empty());
        assert!(message(&output).contains(told));
        let style = file_in(&folder.path().join("a.epub"), "OEBPS/stylesheet.css").expect("a stylesheet");
        assert_eq!(style.contains("color: blue"), told.is_empty());
        assert!(!style.contains("color: red"));
    }
}

#[test]
fn a_title_of_spaces_is_none_and_one_of_ten_thousand_characters_is_kept() {
    let folder = folder();
    let epub = folder.path().join("lamp.epub");
    let opf = |title: &str| {
        let output = bindery(folder.path(), &["lamp.txt", "-o", "lamp.epub", "--title", title]);
        assert!(output.status.success(), "{}", message(&output));
        file_in(&epub, "OEBPS/content.opf").expect("a package")
    };
    assert!(!opf("   ").contains("<dc:title id=\"title\"></dc:title>"));
    let long = "word ".repeat(2_000);
    assert!(opf(&long).contains(long.trim()));
    assert!(opf("<&\"'").contains("<dc:title id=\"title\">&lt;&amp;"));
}

/// What stands in one file of an EPUB.
fn file_in(epub: &Path, name: &str) -> Option<String> {
    let files = archive::entries(&fs::read(epub).expect("the EPUB"));
    let (_, bytes) = files.into_iter().find(|(entry, _)| entry == name)?;
    Some(String::from_utf8(bytes).expect("UTF-8"))
}

#[test]
fn the_page_list_comes_without_a_pdf_when_asked_for() {
    let folder = folder();
    let epub = folder.path().join("lamp.epub");
    let nav = |args: &[&str]| {
        assert!(bindery(folder.path(), &[&["lamp.txt", "-o", "lamp.epub"], args].concat()).status.success());
        file_in(&epub, "OEBPS/nav.xhtml").expect("contents")
    };
    assert!(!nav(&[]).contains("page-list"));
    assert!(nav(&["--page-list"]).contains("page-list"));
    assert_eq!(names(folder.path()), ["lamp.epub", "lamp.txt"]);
}

#[test]
fn a_cover_is_drawn_unless_told_otherwise() {
    let folder = folder();
    let epub = folder.path().join("lamp.epub");
    let cover = |args: &[&str]| {
        assert!(bindery(folder.path(), &[&["lamp.txt", "-o", "lamp.epub"], args].concat()).status.success());
        file_in(&epub, "OEBPS/text/cover.xhtml")
    };
    assert!(cover(&[]).is_some_and(|text| text.contains("The Lamp on the Quay")));
    assert!(cover(&["--no-cover"]).is_none());
}
