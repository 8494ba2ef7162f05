//! Many texts: which are taken, where they go, what the run leaves behind.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(folder).args(args).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    command
}

fn bindery(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the program starts")
}

/// Runs it and gives back what it says; fails unless it ends with this status.
fn said(folder: &Path, status: i32, args: &[&str]) -> String {
    let output = bindery(folder, args);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {message}");
    message
}

/// A folder of texts, each with its own title.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for file in files {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, format!("The Text {file}\n\nEvery evening the keeper lit the lamp on the quay.\n"))
            .expect("a text");
    }
    root
}

/// The files below a folder that are not hidden, with their paths in it, in order.
fn tree(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn patterns_say_which_texts_of_a_folder_are_taken() {
    let folder = folder(&["in/a.txt", "in/b.asc", "in/one/c.txt", "in/drafts/d.txt"]);
    let root = folder.path();
    let to = |out: &str, more: &[&str]| {
        let args = [&["in", "--to", "json", "--out-dir", out], more].concat();
        said(root, 0, &args);
        tree(&root.join(out))
    };
    assert_eq!(to("all", &[]), ["a.json", "drafts/d.json", "one/c.json"]);
    assert_eq!(to("some", &["--exclude", "drafts"]), ["a.json", "one/c.json"]);
    assert_eq!(to("asc", &["--include", "*.asc", "--include", "one/"]), ["b.json", "one/c.json"]);
    assert!(said(root, 2, &["in", "--exclude", "{a"]).contains("{a"));
    assert!(said(root, 2, &["in/*.doc"]).contains("no file matches"));
    // No shell stands between: the program expands the pattern.
    said(root, 0, &["in/*/*.txt", "--to", "json", "--out-dir", "glob"]);
    assert_eq!(tree(&root.join("glob")), ["drafts/d.json", "one/c.json"]);
}

#[test]
fn a_list_names_texts_that_keep_their_folders() {
    let folder = folder(&["in/a.txt", "in/one/b c.txt"]);
    let root = folder.path();
    fs::write(root.join("list"), "in/a.txt\nin/one/b c.txt\n").expect("a list");
    said(root, 0, &["--files-from", "list", "--to", "json", "--out-dir", "lines"]);
    assert_eq!(tree(&root.join("lines")), ["in/a.json", "in/one/b c.json"]);
    let mut child = command(root, &["--files-from", "-", "--to", "json", "--out-dir", "nul"]);
    let mut child = child.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    child.stdin.take().expect("its input").write_all(b"in/one/b c.txt\0in/a.txt\0").expect("it reads");
    assert!(child.wait().expect("it ends").success());
    assert_eq!(tree(&root.join("nul")), ["in/a.json", "in/one/b c.json"]);
    assert!(said(root, 2, &["--files-from", "none"]).contains("none: cannot read this list"));
}

#[test]
fn shards_make_together_what_one_run_makes() {
    let names: Vec<String> = (0..12).map(|number| format!("in/{}/{number}.txt", number % 3)).collect();
    let folder = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let root = folder.path();
    said(root, 0, &["in", "--to", "json", "--out-dir", "one"]);
    let mut made = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let out = format!("out{}", &shard[..1]);
        said(root, 0, &["in", "--to", "json", "--out-dir", &out, "--shard", shard]);
        made.extend(tree(&root.join(out)));
    }
    made.sort();
    assert_eq!(made, tree(&root.join("one")));
    assert!(said(root, 2, &["in", "--shard", "4/3"]).contains("4/3"));
}

#[test]
fn completions_and_manual_pages_know_the_options() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = bindery(folder.path(), &["completions", shell]);
        assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains("files-from"), "{shell}");
    }
    let page = |args: &[&str]| String::from_utf8(bindery(folder.path(), args).stdout).expect("UTF-8");
    assert!(page(&["man"]).contains("\\-\\-files\\-from") && page(&["man"]).starts_with(".ie"));
    assert!(page(&["man", "inspect"]).contains("bindery\\-inspect"));
    assert!(said(folder.path(), 2, &["man", "sing"]).contains("inspect"));
}
