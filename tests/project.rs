//! Books of several texts: project files, binding, and what is said of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn bindery(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(folder).args(args).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    command.output().expect("the program starts")
}

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The model of what `args` make, with what was told.
fn model(folder: &Path, args: &[&str]) -> (serde_json::Value, String) {
    let output = bindery(folder, &[args, &["-o", "model.json"]].concat());
    assert!(output.status.success(), "{}", message(&output));
    let text = fs::read_to_string(folder.join("model.json")).expect("a model");
    (serde_json::from_str(&text).expect("JSON"), message(&output))
}

/// The sections with role, matter and depth: "  chapter body".
fn outline(model: &serde_json::Value) -> Vec<String> {
    fn descend(sections: &serde_json::Value, depth: usize, out: &mut Vec<String>) {
        for section in sections.as_array().into_iter().flatten() {
            let text = |key: &str| section[key].as_str().unwrap_or_default().to_owned();
            out.push(format!("{}{} {} {}", "  ".repeat(depth), text("id"), text("role"), text("matter")));
            descend(&section["children"], depth + 1, out);
        }
    }
    let mut out = Vec::new();
    descend(&model["sections"], 0, &mut out);
    out
}

const ONE: &str =
    "# The First\n\nSee [the second](2.txt), [a place](sub/10.md#deep) and [none](gone.md).[^1]\n\n[^1]: A note.\n";
const TWO: &str = "CHAPTER II\n\nThe Second\n\n\nIt rained all day, and nobody came to the house that evening.\n";
const TEN: &str =
    "---\ntitle: Der Zehnte\nlanguage: de\n---\n\nEs regnete.[^1]\n\n## Deep\n\nUnd weiter.\n\n[^1]: Eine Note.\n";
const PREFACE: &str = "It was written in one evening, for nobody in particular, and found again much later.\n";

#[test]
fn texts_are_bound_as_given_with_their_links_and_notes() {
    let folder = folder(&[("1.md", ONE), ("2.txt", TWO), ("sub/10.md", TEN)]);
    let (model, told) = model(folder.path(), &["1.md", "2.txt", "sub/10.md", "--bind", "--title", "All"]);
    assert_eq!(outline(&model), ["c1 chapter body", "c2 chapter body", "c3 chapter body", "  c3-deep section body"]);
    assert_eq!(model["meta"]["title"], "All");
    let text = model.to_string();
    for part in ["\"internal\":\"c2\"", "\"internal\":\"c3-deep\"", "\"language\":\"de\"", "A note.", "Eine Note."] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(model["notes"].as_array().map(Vec::len), Some(2));
    assert!(told.contains("1.md:3:1: warning[link-refused]") && told.contains("gone.md"), "{told}");
    let output = bindery(folder.path(), &["1.md", "2.txt", "--bind"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(message(&output).contains("-o book.epub"), "{}", message(&output));
}

#[test]
fn a_project_tells_order_roles_and_metadata_and_flags_come_before_it() {
    let project = "title = \"The Project\"\nauthor = \"A. Writer\"\nfiles = [\n  { file = \"p.txt\", role = \"preface\" },\n  \
                   \"2.txt\",\n  { file = \"1.md\", title = \"Another\" },\n]\n[pdf]\npaper = \"a6\"\n[epub]\ntoc-depth = 1\n";
    let folder = folder(&[("b/bindery.toml", project), ("b/p.txt", PREFACE), ("b/1.md", ONE), ("b/2.txt", TWO)]);
    fs::write(folder.path().join("b/unlisted.txt"), "Not in it.\n").expect("a file");
    fs::create_dir(folder.path().join("b/sub")).expect("a folder");
    fs::write(folder.path().join("b/sub/10.md"), TEN).expect("a file");
    let (model, _) = model(folder.path(), &["b", "--author", "B. Other"]);
    assert_eq!(outline(&model), ["c1 preface front", "c2 chapter body", "c3 chapter body"]);
    assert!(model["sections"][0]["heading"].is_null(), "a name of a file is no heading in a book");
    assert_eq!(model["sections"][2]["heading"]["title"][0]["text"], "Another", "it comes before what the text shows");
    assert_eq!(
        (&model["meta"]["title"], &model["meta"]["contributors"][0]["name"]),
        (&"The Project".into(), &"B. Other".into())
    );
    // In a folder of texts, the project is one of them, under the name of its folder.
    let output = bindery(folder.path(), &[".", "--out-dir", "out"]);
    assert!(output.status.success(), "{}", message(&output));
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("out")).expect("outputs").flatten().map(|e| e.file_name()).collect();
    names.retain(|name| !name.to_string_lossy().starts_with('.'));
    names.sort();
    assert_eq!(names, ["b.epub", "b.pdf"]);
    assert!(bindery(folder.path(), &["build", "b", "--to", "pdf"]).status.success());
    let pdf = lopdf::Document::load(folder.path().join("b/b.pdf")).expect("the PDF");
    let boxes = pdf.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"MediaBox").ok()?.as_array().ok());
    let widths: Vec<f32> = boxes.filter_map(|media| media.get(2)?.as_float().ok()).collect();
    assert!(!widths.is_empty() && widths.iter().all(|width| (290.0..300.0).contains(width)), "A6: {widths:?}");
}

#[test]
fn projects_within_projects_are_parts() {
    let folder = folder(&[
        ("bindery.toml", "title = \"Whole\"\nfiles = [\"1.md\", { project = \"two\" }]\n"),
        ("1.md", "# One\n\nSee [there](two/2.txt).\n"),
        ("two/bindery.toml", "title = \"Second Part\"\nfiles = [\"2.txt\"]\n"),
        ("two/2.txt", TWO),
    ]);
    let (model, _) = model(folder.path(), &["bindery.toml"]);
    assert_eq!(outline(&model), ["c1 chapter body", "p1 part body", "  c2 chapter body"]);
    assert!(model.to_string().contains("\"internal\":\"c2\""));
    assert_eq!(model["sections"][1]["heading"]["title"][0]["text"], "Second Part");
}

#[test]
fn an_inspection_of_a_book_tells_where_each_value_and_each_heading_comes_from() {
    let folder = folder(&[
        ("bindery.toml", "title = \"Whole\"\n\npaper = \"a6\"\nfiles = [\"1.md\", { project = \"two\" }]\n"),
        ("1.md", "# One\n\nWords.\n\n## More\n\nText.\n"),
        ("two/bindery.toml", "title = \"Second Part\"\nfiles = [\"2.txt\"]\n"),
        ("two/2.txt", TWO),
        ("none/a.txt", TWO),
    ]);
    let inspect = |args: &[&str]| bindery(folder.path(), &[&["inspect"], args].concat());
    let shown = inspect(&[".", "--publisher", "Nobody"]);
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for wanted in [
        "title Whole (./bindery.toml, line 1)",
        "paper a6 (./bindery.toml, line 3)",
        "publisher Nobody (command line)",
        "1-6 Second Part [part, body]",
        "./two/2.txt",
    ] {
        assert!(lines.iter().any(|line| line == wanted), "no “{wanted}” in {text}");
    }
    let one = lines.iter().position(|line| line == "./1.md").expect("the first text");
    assert_eq!(lines[one + 2], "5 More [section, body]", "{text}");
    let machine = inspect(&["bindery.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&machine.stdout).expect("JSON");
    assert_eq!((&json["outline"][0]["file"], &json["outline"][1]["lines"][0]), (&"1.md".into(), &5.into()));
    let refused = inspect(&["none"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(message(&refused).contains("bindery init none"), "{}", message(&refused));
}

#[test]
fn a_project_without_files_is_about_every_text_of_its_folder() {
    let folder = folder(&[
        ("bindery.toml", "publisher = \"The House\"\nlanguage = \"fr\"\ntitle = \"Nobody's\"\n"),
        ("a.md", "---\npublisher: Another\n---\n\n# Own\n\nText.\n"),
        ("b.txt", "It rained all day, and nobody came to the house.\n"),
    ]);
    let (a, _) = model(folder.path(), &["a.md"]);
    assert_eq!((&a["meta"]["publisher"], &a["meta"]["language"]), (&"Another".into(), &"fr".into()));
    let (b, _) = model(folder.path(), &["b.txt"]);
    assert_eq!((&b["meta"]["publisher"], &b["meta"]["language"]), (&"The House".into(), &"fr".into()));
    let shown = bindery(folder.path(), &["inspect", "b.txt"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("publisher") && shown.contains("bindery.toml, line 1"), "{shown}");
}

#[test]
fn a_project_that_cannot_be_used_says_which_line() {
    let folder = folder(&[
        ("1.md", ONE),
        ("empty.txt", "\n"),
        ("other/bindery.toml", "files = [\n\n  { project = \"..\" }]\n"),
        ("plain/bindery.toml", "title = \"x\"\n"),
    ]);
    let refused = |project: &str, parts: &[&str]| {
        fs::write(folder.path().join("bindery.toml"), project).expect("a project");
        let output = bindery(folder.path(), &["bindery.toml", "-o", "a.epub"]);
        let message = message(&output);
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert_eq!(message.lines().filter(|line| line.contains("error")).count(), 1, "{message}");
        for part in parts {
            assert!(message.contains(part), "“{part}” is not in: {message}");
        }
        assert!(!folder.path().join("a.epub").exists());
    };
    refused("files = [\n \"1.md\",\n \"none.md\"]\n", &["bindery.toml:3: error: the file “none.md” is not there"]);
    refused("files = [\n \"1.md\",\n\n \"./1.md\"]\n", &["bindery.toml:4: ", "listed twice", "line 2"]);
    refused("files = [\n \"1.md\",\n { project = \"other\" }]\n", &["other/bindery.toml:3: ", "takes itself in"]);
    refused("files = [\n { project = \"plain\" }]\n", &["bindery.toml:2: ", "lists no files"]);
    refused("files = []\n", &["bindery.toml:1: ", "lists no file"]);
    refused("title = \"x\"\nfiles = \"1.md\"\n", &["bindery.toml:2: ", "a list"]);
    refused("files = [\n 1]\n", &["bindery.toml:2: ", "a list"]);
    refused("files = [\n \"other\"]\n", &["bindery.toml:2: ", "{ project = \"other\" }"]);
    refused("titel = \"x\"\nfiles = [\"1.md\"]\n", &["bindery.toml:1: ", "did you mean “title”"]);
    refused("files = [\"1.md\"]\n[pdf]\ncover = \"x.png\"\n", &["bindery.toml:3: ", "“cover” has no place"]);
    refused("files = [\"1.md\"]\n[epub]\ncover = \"x.png\"\n", &["bindery.toml:3: ", "x.png", "no such file"]);
    refused("files = [\"1.md\"]\nisbn = \"978-3-16-148410-1\"\n", &["bindery.toml:2: ", "wrong check digit"]);
    refused("files = [\"1.md\"]\ntitle = [\"x\"]\n", &["bindery.toml:2: ", "“title” is of a wrong kind"]);
    refused("files = [\"1.md\",\n { file = \"1.md\", role = \"king\" }]\n", &["bindery.toml:2: ", "king", "preface"]);
    refused("files = [\"1.md\", \"empty.txt\"]\n", &["bindery.toml:1: ", "empty.txt", "no text"]);
    refused("files = [\"1.md\"\n", &["bindery.toml:"]);
    refused("title = \"x\"\n", &["lists no “files”"]);
    let output = bindery(folder.path(), &["build", "."]);
    assert!(output.status.code() != Some(2), "a project without files is made text by text");
    let output = bindery(folder.path(), &["build", "none"]);
    assert!(message(&output).contains("bindery init none"), "{}", message(&output));
}

#[test]
fn a_project_is_written_for_a_folder_and_never_over_another() {
    let folder = folder(&[
        ("b/2.md", "# Two\n\nText.\n"),
        ("b/10.md", "# Ten\n\nText.\n"),
        ("b/preface.txt", PREFACE),
        ("b/11-glossary.md", "# Words\n\nText.\n"),
    ]);
    let made = bindery(folder.path(), &["init", "b"]);
    assert_eq!((made.status.code(), message(&made).as_str()), (Some(0), "b → b/bindery.toml\n"));
    let text = fs::read_to_string(folder.path().join("b/bindery.toml")).expect("a project");
    let list = "files = [\n  { file = \"preface.txt\", role = \"preface\" },\n  \"2.md\",\n  \"10.md\",\n  { file = \"11-glossary.md\", role = \"glossary\" },\n]\n";
    assert!(text.contains(list), "{text}");
    let (model, _) = model(folder.path(), &["b"]);
    assert_eq!(outline(&model), ["c1 preface front", "c2 chapter body", "c3 chapter body", "c4 glossary back"]);
    let output = bindery(folder.path(), &["init", "b"]);
    assert!(output.status.code() == Some(2) && message(&output).contains("there already"), "{}", message(&output));
    let every = text.lines().map(|line| {
        line.strip_prefix("# ")
            .filter(|rest| rest.contains(" = ") && !rest.contains(": {") && !rest.starts_with(' '))
            .unwrap_or(line)
    });
    toml::from_str::<toml::Table>(&every.collect::<Vec<_>>().join("\n")).expect("what is commented out is TOML too");
}

#[test]
fn pictures_are_those_beneath_the_folder_of_the_project() {
    let folder = folder(&[
        ("book/bindery.toml", "title = \"B\"\nfiles = [\"one/a.md\", \"two/b.md\"]\n"),
        ("book/one/a.md", "# A\n\n![Dot](dot.gif)\n"),
        ("book/two/b.md", "# B\n\n![Dot](../one/dot.gif)\n\n![Out](../../out.gif)\n"),
    ]);
    let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    fs::write(folder.path().join("book/one/dot.gif"), gif).expect("a picture");
    fs::write(folder.path().join("out.gif"), gif).expect("a picture");
    let (model, told) = model(folder.path(), &["book"]);
    assert_eq!(model["resources"].as_array().map(Vec::len), Some(1), "{told}");
    assert!(told.contains("two/b.md:5:1: warning[picture-refused]"), "{told}");
}

#[test]
fn the_sample_book_is_bound_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project = root.join("input/the-ferry-book");
    let (model, told) = model(folder.path(), &[project.to_str().expect("a path")]);
    assert!(!told.contains("warning[link-refused]") && !told.contains("picture-refused"), "{told}");
    let outline = outline(&model);
    for part in ["c1 dedication front", "c2 preface front", "c6 part body", "  c6-chapter-2", "c9 glossary back"] {
        assert!(outline.iter().any(|line| line.starts_with(part) || line == part), "{part}: {outline:?}");
    }
    let text = model.to_string();
    for part in ["\"verse\"", "\"table\"", "\"code\"", "\"language\":\"de\"", "\"internal\":\"c5-die-braut\""] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(model["notes"].as_array().map(Vec::len), Some(4));
    assert_eq!(model["resources"].as_array().map(Vec::len), Some(2));
}
