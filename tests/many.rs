//! Many texts: which are taken, where they go, what the run leaves behind.

use sha2::{Digest, Sha256};
use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

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

/// Every byte below a folder that is not hidden, and when each file was last changed.
fn contents(root: &Path) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    let read = |name: String| {
        let path = root.join(&name);
        let time = path.metadata().and_then(|about| about.modified()).expect("its time");
        (name, fs::read(path).expect("a file"), time)
    };
    tree(root).into_iter().map(read).collect()
}

/// What a report says of each text.
fn report(path: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).expect("the report");
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// The texts of a report with this status, by their file names, in order.
fn with_status(path: &Path, status: &str) -> Vec<String> {
    let records = report(path);
    let named =
        records.iter().filter(|record| record["status"] == status).filter_map(|record| record["input"].as_str());
    let mut names: Vec<String> = named.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()).collect();
    names.sort();
    names
}

const MAKE: [&str; 7] = ["in", "--to", "epub,json", "--out-dir", "out", "--report", "report"];

/// Runs it over `in`; gives back the texts that were converted.
fn converted(root: &Path, more: &[&str]) -> Vec<String> {
    said(root, 0, &[&MAKE, more].concat());
    with_status(&root.join("report"), "converted")
}

#[test]
fn only_what_is_not_up_to_date_is_made_again() {
    let folder = folder(&["in/a.txt", "in/b.txt", "in/sub/c.txt"]);
    let root = folder.path();
    assert_eq!(converted(root, &[]), ["a.txt", "b.txt", "c.txt"]);
    let made = contents(&root.join("out"));
    assert!(converted(root, &[]).is_empty());
    assert!(made == contents(&root.join("out")), "an output was touched");
    // A record of what was skipped says what one of what was made does.
    let records = report(&root.join("report"));
    assert!(records.iter().all(|one| one["status"] == "skipped" && one["words"].as_u64() > Some(8)));
    // The time of a text says nothing, its bytes do.
    let text = fs::read(root.join("in/a.txt")).expect("a text");
    fs::write(root.join("in/a.txt"), &text).expect("a text");
    assert!(converted(root, &[]).is_empty());
    fs::write(root.join("in/a.txt"), [&text[..], b"One more line.\n"].concat()).expect("a text");
    assert_eq!(converted(root, &[]), ["a.txt"]);
    // What was made is looked at too.
    fs::remove_file(root.join("out/b.epub")).expect("an output");
    assert_eq!(converted(root, &[]), ["b.txt"]);
    let json = root.join("out/sub/c.json");
    let mut bytes = fs::read(&json).expect("an output");
    bytes[0] ^= 1;
    fs::write(&json, &bytes).expect("an output");
    assert_eq!(converted(root, &[]), ["c.txt"]);
    // An output that was copied has another time and the same bytes.
    let bytes = fs::read(&json).expect("an output");
    fs::write(&json, &bytes).expect("an output");
    assert!(converted(root, &[]).is_empty());
    // So are the options, and whoever wants all again has it.
    assert_eq!(converted(root, &["--toc-depth", "2"]), ["a.txt", "b.txt", "c.txt"]);
    assert!(converted(root, &["--toc-depth", "2"]).is_empty());
    assert_eq!(converted(root, &["--toc-depth", "2", "--force"]), ["a.txt", "b.txt", "c.txt"]);
    // The folder of outputs may be moved.
    fs::rename(root.join("out"), root.join("moved")).expect("a folder");
    said(root, 0, &["in", "--to", "epub,json", "--out-dir", "moved", "--report", "report", "--toc-depth", "2"]);
    assert_eq!(with_status(&root.join("report"), "skipped"), ["a.txt", "b.txt", "c.txt"]);
}

#[test]
fn a_picture_that_changed_makes_its_text_anew() {
    let folder = folder(&[]);
    let root = folder.path();
    fs::create_dir(root.join("in")).expect("a folder");
    fs::write(root.join("in/a.md"), "# A\n\nText.\n\n![A square](p.png)\n").expect("a text");
    assert_eq!(converted(root, &[]), ["a.md"]);
    assert!(converted(root, &[]).is_empty());
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf/square.png");
    fs::copy(picture, root.join("in/p.png")).expect("a picture");
    assert_eq!(converted(root, &[]), ["a.md"]);
    assert!(converted(root, &[]).is_empty());
}

#[test]
fn outputs_without_a_text_are_removed_when_asked_for() {
    let folder = folder(&["in/a.txt", "in/sub/b.txt", "in/c.txt", "in/d.txt", "other/e.txt"]);
    let root = folder.path();
    said(root, 0, &["in", "other", "--to", "json", "--out-dir", "out"]);
    for gone in ["in/sub/b.txt", "in/c.txt", "in/d.txt", "other/e.txt"] {
        fs::remove_file(root.join(gone)).expect("a text");
    }
    // Made of another text now; changed by somebody since; of a folder that is not named.
    fs::write(root.join("in/c.md"), "# C\n\nText.\n").expect("a text");
    fs::write(root.join("out/d.json"), "mine").expect("an output");
    let message = said(root, 0, &["in", "--to", "json", "--out-dir", "out", "--prune"]);
    assert!(message.contains("b.json") && message.matches("removed").count() == 1, "{message}");
    assert_eq!(tree(&root.join("out")), ["a.json", "c.json", "d.json", "e.json"]);
    assert!(!root.join("out/sub").exists());
}

/// Texts that cannot be converted, each for another reason.
fn add_hostile(root: &Path) -> Vec<&'static str> {
    fs::write(root.join("in/h-empty.txt"), "").expect("a text");
    fs::write(root.join("in/h-binary.txt"), (0..=255_u8).cycle().take(5000).collect::<Vec<u8>>()).expect("a text");
    fs::write(root.join("in/h-blank.md"), " \n\n\t\n").expect("a text");
    vec!["h-binary.txt", "h-blank.md", "h-empty.txt"]
}

#[test]
fn texts_that_fail_are_told_and_harm_no_other() {
    let folder = folder(&["in/a.txt", "in/z.txt"]);
    let root = folder.path();
    let hostile = add_hostile(root);
    said(root, 1, &MAKE);
    assert_eq!(with_status(&root.join("report"), "failed"), hostile);
    assert_eq!(with_status(&root.join("report"), "converted"), ["a.txt", "z.txt"]);
    let records = report(&root.join("report"));
    assert!(records.iter().all(|one| (one["status"] == "failed") == one["failure"].is_string()));
    // They fail again, and the others need not be made again.
    said(root, 1, &MAKE);
    assert_eq!(with_status(&root.join("report"), "failed"), hostile);
    assert_eq!(with_status(&root.join("report"), "skipped"), ["a.txt", "z.txt"]);
    said(root, 1, &[&MAKE[..], &["--fail-fast", "-j", "1", "--force"]].concat());
    assert_eq!(report(&root.join("report")).len(), 2);
}

#[test]
fn a_warning_is_a_failure_where_none_is_allowed() {
    let folder = folder(&["in/a.txt"]);
    let root = folder.path();
    fs::write(root.join("in/bad.txt"), b"\xEF\xBB\xBFThe Bad Text\n\nSome words that are \xFF broken.\n")
        .expect("a text");
    assert_eq!(converted(root, &[]), ["a.txt", "bad.txt"]);
    said(root, 1, &[&MAKE[..], &["--deny-warnings"]].concat());
    assert_eq!(with_status(&root.join("report"), "failed"), ["bad.txt"]);
    assert_eq!(with_status(&root.join("report"), "skipped"), ["a.txt"]);
}

#[test]
fn the_bytes_do_not_depend_on_how_many_are_made_at_once_nor_where() {
    let names: Vec<String> = (0..10).map(|number| format!("in/{number}.txt")).collect();
    let folder = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let root = folder.path();
    let book: String =
        (0..120).map(|n| format!("CHAPTER {n}\n\n{}\n\n", "It rained on the quay all day. ".repeat(54))).collect();
    fs::write(root.join("in/book.txt"), book).expect("a text");
    let made = |out: &str, more: &[&str]| {
        said(root, 0, &[&["in", "--out-dir", out], more].concat());
        contents(&root.join(out)).into_iter().map(|(name, bytes, _)| (name, bytes)).collect::<Vec<_>>()
    };
    let one = made("one", &["-j", "1"]);
    assert_eq!(one.len(), 22);
    assert!(one == made("eight", &["-j", "8"]), "-j 8 differs");
    // In a process of its own.
    let limited = made("limited", &["-j", "2", "--time-limit", "1h", "--exclude", "book.txt"]);
    assert!(one[..20] == limited, "a limit makes a difference");
}

/// A text that takes minutes where nothing is optimised, and much memory.
fn add_giant(root: &Path) {
    let giant: String =
        (0..60_000).map(|n| format!("It rained {n} days, and the quay was wet on each of them.\n\n")).collect();
    fs::write(root.join("in/giant.txt"), giant.repeat(4)).expect("a text");
}

#[test]
fn a_text_that_takes_too_long_fails_alone() {
    let folder = folder(&["in/a.txt", "in/z.txt"]);
    let root = folder.path();
    add_giant(root);
    let message = said(root, 1, &["in", "--out-dir", "out", "--report", "report", "--time-limit", "4s", "-j", "1"]);
    assert!(message.contains("giant.txt: error: this takes longer than the 4 s of --time-limit"), "{message}");
    assert_eq!(with_status(&root.join("report"), "converted"), ["a.txt", "z.txt"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_text_that_needs_too_much_memory_fails_alone() {
    let folder = folder(&["in/a.txt", "in/z.txt"]);
    let root = folder.path();
    add_giant(root);
    let message = said(
        root,
        1,
        &["in", "--to", "json", "--out-dir", "out", "--report", "report", "--memory-limit", "64MB", "-j", "1"],
    );
    assert!(message.contains("giant.txt: error: this needs more than the 64 MB of --memory-limit"), "{message}");
    assert_eq!(with_status(&root.join("report"), "converted"), ["a.txt", "z.txt"]);
}

#[test]
fn a_run_that_was_killed_is_gone_on_with() {
    let names: Vec<String> = (0..20).map(|number| format!("in/{}/{number}.txt", number % 4)).collect();
    let folder = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let root = folder.path();
    said(root, 0, &["in", "--out-dir", "whole"]);
    let mut killed = 0;
    for round in 1..=6 {
        let mut child = command(root, &["in", "--out-dir", "out", "-q"]).spawn().expect("the program starts");
        // Not a time that is asserted: any moment is as good as another.
        std::thread::sleep(std::time::Duration::from_millis(60 * round));
        child.kill().expect("it is killed");
        killed += usize::from(!child.wait().expect("it ends").success());
        let known: Vec<_> = contents(&root.join("whole")).into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
        for (name, bytes, _) in contents(&root.join("out")) {
            assert!(known.contains(&(name.clone(), bytes)), "{name} is torn");
        }
    }
    assert!(killed > 0, "no run was killed");
    said(root, 0, &["in", "--out-dir", "out"]);
    let bytes =
        |out: &str| contents(&root.join(out)).into_iter().map(|(name, bytes, _)| (name, bytes)).collect::<Vec<_>>();
    assert!(bytes("out") == bytes("whole"));
    let mut open = vec![root.join("out")];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).expect("a folder").flatten() {
            assert!(!entry.file_name().to_string_lossy().ends_with("bindery-part"), "{:?} was left", entry.path());
            if entry.path().is_dir() {
                open.push(entry.path());
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn an_interruption_ends_the_texts_in_work_and_tells_of_itself() {
    let names: Vec<String> = (0..60).map(|number| format!("in/{number}.txt")).collect();
    let folder = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let root = folder.path();
    let make = ["in", "--to", "epub", "--out-dir", "out", "--report", "report"];
    let mut interrupted = command(root, &make);
    let mut interrupted = interrupted.stderr(Stdio::null()).spawn().expect("the program starts");
    while tree(&root.join("out")).is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let kill = Command::new("kill").args(["-INT", &interrupted.id().to_string()]).status().expect("a signal");
    assert!(kill.success());
    assert_eq!(interrupted.wait().expect("it ends").code(), Some(130));
    let done = with_status(&root.join("report"), "converted").len();
    assert!((1..60).contains(&done), "{done}");
    assert_eq!(tree(&root.join("out")).len(), done);
    said(root, 0, &make);
    assert_eq!(with_status(&root.join("report"), "skipped").len(), done);
}

#[test]
fn a_report_tells_the_hashes_of_a_text_and_its_editions() {
    let folder = folder(&["a.txt"]);
    let root = folder.path();
    said(root, 0, &["a.txt", "-o", "a.epub", "-o", "a.pdf", "--report", "report.jsonl"]);
    let report = fs::read_to_string(root.join("report.jsonl")).expect("a report");
    for file in ["a.txt", "a.epub", "a.pdf"] {
        let hash = Sha256::digest(fs::read(root.join(file)).expect("a file"));
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(report.contains(&hash), "{file}: {report}");
    }
}

#[test]
fn reports_of_shares_sum_up_to_that_of_all() {
    let folder = folder(&["in/a.txt", "in/b.txt", "in/sub/c.txt", "in/sub/d.txt", "in/e.txt"]);
    let root = folder.path();
    add_hostile(root);
    for shard in ["1/2", "2/2"] {
        let report = format!("{}.jsonl", &shard[..1]);
        let output = bindery(root, &["in", "--to", "epub", "--out-dir", "out", "--shard", shard, "--report", &report]);
        assert!(output.status.code().is_some_and(|code| code < 2));
    }
    let sum = |args: &[&str]| {
        let output = bindery(root, &[&["report"], args].concat());
        assert!(output.status.success());
        String::from_utf8(output.stdout)
            .expect("UTF-8")
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let text = sum(&["1.jsonl", "2.jsonl"]);
    assert!(text.contains("texts 8 converted 5 skipped 0 failed 3") && text.contains("h-empty.txt: "), "{text}");
    // A text that is in two counts once; a line that was cut short does not count.
    let half = fs::read_to_string(root.join("2.jsonl")).expect("a report");
    fs::write(root.join("3.jsonl"), format!("{half}{}", &half[..40])).expect("a report");
    assert!(sum(&["1.jsonl", "2.jsonl", "3.jsonl"]).contains("texts 8 converted 5"));
    assert!(sum(&["1.jsonl", "2.jsonl", "--html", "page.html"]).is_empty());
    let page = fs::read_to_string(root.join("page.html")).expect("the page");
    assert!(page.contains("<h2>Failed</h2>") && page.contains("h-binary.txt"), "{page}");
    assert!(said(root, 2, &["report", "in/a.txt"]).contains("a.txt:1: this is no record"));
    // The second run knows what the shares made.
    said(root, 1, &["in", "--to", "epub", "--out-dir", "out", "--report", "report"]);
    assert_eq!(with_status(&root.join("report"), "skipped"), ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]);
}

#[test]
fn the_work_is_shown_as_asked_for() {
    let folder = folder(&["in/a.txt", "in/b.txt"]);
    let root = folder.path();
    let shown = |how: &str| said(root, 0, &["in", "--to", "json", "--out-dir", "out", "--force", "--progress", how]);
    let plain = shown("plain");
    assert!(plain.contains("a.json") && plain.contains("converted") && plain.contains("texts a second"), "{plain}");
    assert!(!shown("none").contains("a.json"));
    let json = shown("json");
    let events: Vec<serde_json::Value> = json
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!((events.len(), &events[1]["done"], &events[1]["total"]), (2, &2.into(), &2.into()), "{json}");
    let bar = shown("bar");
    assert!(!bar.contains("a.json") && bar.contains("converted"), "{bar}");
}

/// A run that watches, which ends with the test.
struct Watching {
    child: Child,
    messages: Lines<BufReader<ChildStderr>>,
}

impl Watching {
    /// Starts it in a folder.
    fn start(folder: &Path, args: &[&str]) -> Watching {
        let mut child = command(folder, args);
        child.args(["--to", "json", "--out-dir", "out", "--watch", "--progress", "none"]);
        let mut child = child.stderr(Stdio::piped()).spawn().expect("the program starts");
        let messages = BufReader::new(child.stderr.take().expect("its messages")).lines();
        Watching { child, messages }
    }

    /// The line that closes its next round.
    fn assert_next(&mut self, start: &str) {
        // Texts this short come with a warning.
        let mut lines = self.messages.by_ref().map(|line| line.expect("UTF-8"));
        let line = lines.find(|line| line.contains(" converted in ")).expect("a line");
        assert!(line.starts_with(start), "{line}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_changes_is_converted_while_it_is_watched() {
    let folder = folder(&["in/a.txt", "in/b.txt"]);
    let root = folder.path();
    let mut run = Watching::start(root, &["in"]);
    run.assert_next("2 converted in ");
    fs::write(root.join("in/b.txt"), "Another Text\n\nOther words on the quay.\n").expect("a text");
    run.assert_next("1 converted in ");
    fs::write(root.join("in/c.txt"), "A New Text\n\nNew words on the quay.\n").expect("a text");
    run.assert_next("1 converted in ");
    drop(run);
    assert_eq!(tree(&root.join("out")), ["a.json", "b.json", "c.json"]);
}

#[test]
fn a_book_is_made_again_when_one_of_its_chapters_changes() {
    let folder = folder(&["book/one.txt"]);
    let root = &folder.path().join("book");
    fs::write(root.join("bindery.toml"), "title = \"Two Walks\"\nfiles = [\"one.txt\", \"two.md\"]\n")
        .expect("a project");
    fs::write(root.join("one.txt"), "The First Walk\n\nAlong the quay and back.\n").expect("a text");
    fs::write(root.join("two.md"), "# The Second Walk\n\nOver the hill.\n").expect("a text");
    let mut run = Watching::start(root, &["."]);
    run.assert_next("1 converted in ");
    fs::write(root.join("two.md"), "# The Second Walk\n\nOver the hill and home.\n").expect("a text");
    run.assert_next("1 converted in ");
    drop(run);
    let made = tree(&root.join("out"));
    assert_eq!(made, ["book.json"]);
    let json = fs::read_to_string(root.join("out/book.json")).expect("the book");
    assert!(json.contains("and home"), "{json}");
}

#[test]
fn a_text_is_made_again_when_a_picture_on_the_resource_path_changes() {
    const PICTURE: &[u8] = include_bytes!("pdf/square.png");
    let folder = folder(&[]);
    let root = folder.path();
    fs::create_dir_all(root.join("in")).expect("a folder");
    fs::create_dir_all(root.join("pictures")).expect("a folder");
    fs::write(root.join("in/a.md"), "# A Walk\n\n![The quay](quay.png)\n").expect("a text");
    let mut run = Watching::start(root, &["in", "--resource-path", "pictures"]);
    run.assert_next("1 converted in ");
    fs::write(root.join("pictures/quay.png"), PICTURE).expect("a picture");
    run.assert_next("1 converted in ");
    drop(run);
    let json = fs::read_to_string(root.join("out/a.json")).expect("the text");
    assert!(json.contains("quay.png"), "{json}");
}
