//! What a library costs: `cargo bench --bench batch`, or `cargo bench --bench batch -- speed killed` for some of it.
//!
//! Each stage runs the program as a person would, over texts that are made here, and prints a line of a table of Markdown: what was
//! measured, what is asked for, what came out. A stage whose outputs are not right stops the bench.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

const SUBJECTS: &[&str] = &[
    "the keeper",
    "a boat",
    "the harbour master",
    "her brother",
    "the old pilot",
    "nobody",
    "the baker's daughter",
    "a stranger",
    "the council",
    "every fisherman",
];
const VERBS: &[&str] = &[
    "watched",
    "remembered",
    "had not seen",
    "asked about",
    "walked along",
    "wrote down",
    "counted",
    "sold",
    "repaired",
    "would rather have left",
];
const OBJECTS: &[&str] = &[
    "the lamp on the quay",
    "the weather of that year",
    "nine barrels of oil",
    "a letter from the mainland",
    "the narrow stair",
    "the price of rope",
    "the sound of the bell",
    "the last ferry",
    "an unpaid account",
    "the colour of the water",
];
const ENDS: &[&str] = &[
    "before it was light",
    "with some difficulty",
    "as the almanac advised",
    "for the better part of a month",
    "and said nothing of it",
    "until the rain stopped",
    "although it was forbidden",
    "in the winter of 1911",
    "without being asked",
    "which surprised the whole town",
];

/// An article of so many words.
fn article(number: usize, words: usize) -> String {
    let mut numbers = Numbers(number as u64 + 1);
    let mut text = format!("The Harbour Papers, Number {number}\n\nby Ada Fenn\n\n");
    let mut count = 0;
    while count < words {
        for _ in 0..4 + numbers.below(5) {
            let mut pick = |list: &[&'static str]| list[numbers.below(list.len())];
            let sentence = format!("{} {} {} {}. ", pick(SUBJECTS), pick(VERBS), pick(OBJECTS), pick(ENDS));
            count += sentence.split(' ').count() - 1;
            text.push_str(&sentence[..1].to_uppercase());
            text.push_str(&sentence[1..]);
        }
        text = text.trim_end().to_owned() + "\n\n";
    }
    text
}

fn texts(folder: &Path, count: usize, words: usize) {
    for number in 0..count {
        let folder = folder.join((number / 1000).to_string());
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{number}.txt")), article(number, words)).expect("a text");
    }
}

fn start(root: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(root).args(args).args(["-q", "--progress", "none"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

/// Runs it to its end: how long it takes, and the most memory it has, in MB (Linux alone).
fn run(root: &Path, status: i32, args: &[&str]) -> (Duration, f64) {
    let started = Instant::now();
    let mut child = start(root, args);
    let about = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    loop {
        if let Some(ended) = child.try_wait().expect("it ends") {
            assert_eq!(ended.code(), Some(status), "{args:?}");
            return (started.elapsed(), most);
        }
        let peak = fs::read_to_string(&about).unwrap_or_default();
        let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        most = most.max(peak.unwrap_or(0.0_f64) / 1024.0);
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Every file below a folder that is not hidden: its bytes and its time.
fn tree(root: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
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
                let time = entry.metadata().and_then(|about| about.modified()).expect("its time");
                found.insert(
                    path.strip_prefix(root).expect("below").to_owned(),
                    (fs::read(&path).expect("a file"), time),
                );
            }
        }
    }
    found
}

fn bytes(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    tree(root).into_iter().map(|(path, (bytes, _))| (path, bytes)).collect()
}

/// How many texts of a report have each status, and the names of those converted.
fn report(path: &Path) -> (BTreeMap<String, usize>, Vec<String>) {
    let mut counts = BTreeMap::new();
    let mut converted = Vec::new();
    for line in fs::read_to_string(path).unwrap_or_default().lines() {
        // A run that was killed may have cut its last line.
        let Ok(record) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        *counts.entry(text("status")).or_default() += 1;
        if text("status") == "converted" {
            converted.push(text("input"));
        }
    }
    (counts, converted)
}

fn row(what: &str, asked: &str, reached: &str) {
    println!("| {what} | {asked} | {reached} |");
}

fn speed(root: &Path) {
    texts(&root.join("in"), 2000, 1200);
    let (first, memory) = run(root, 0, &["in", "--out-dir", "out"]);
    let rate = 2000.0 / first.as_secs_f64();
    row("2,000 articles of 1,200 words to both formats", "≥ 200/s", &format!("{rate:.0}/s, {memory:.0} MB"));
    let before = tree(&root.join("out"));
    assert_eq!(before.len(), 4000);
    let mut rates: Vec<f64> =
        (0..5).map(|_| 2000.0 / run(root, 0, &["in", "--out-dir", "out"]).0.as_secs_f64()).collect();
    rates.sort_by(f64::total_cmp);
    assert!(before == tree(&root.join("out")), "an output was touched");
    row("the second run over them, median of 5", "≥ 20,000/s", &format!("{:.0}/s, no output touched", rates[2]));
}

fn queue(root: &Path) {
    texts(&root.join("in"), 100_000, 20);
    let (first, memory) = run(root, 0, &["in", "--out-dir", "out", "--to", "json"]);
    let rate = 100_000.0 / first.as_secs_f64();
    row("memory over 100,000 queued texts", "≤ 300 MB", &format!("{memory:.0} MB ({rate:.0}/s, to JSON)"));
    let (second, memory) = run(root, 0, &["in", "--out-dir", "out", "--to", "json"]);
    let rate = 100_000.0 / second.as_secs_f64();
    row("the second run over them", "≥ 20,000/s, ≤ 300 MB", &format!("{rate:.0}/s, {memory:.0} MB"));
}

fn killed(root: &Path) {
    texts(&root.join("in"), 400, 1200);
    let (whole, _) = run(root, 0, &["in", "--out-dir", "whole"]);
    let mut numbers = Numbers(7);
    let mut made = Vec::new();
    let mut kills = 0;
    for round in 0..20 {
        let name = format!("report{round}");
        let mut child = start(root, &["in", "--out-dir", "out", "--report", &name]);
        // So that about all is made when the last is killed.
        let share = whole.as_millis() as usize / 9;
        std::thread::sleep(Duration::from_millis(1 + numbers.below(share) as u64));
        child.kill().expect("it is killed");
        kills += usize::from(!child.wait().expect("it ends").success());
        made.extend(report(&root.join(name)).1);
        let whole = bytes(&root.join("whole"));
        assert!(bytes(&root.join("out")).iter().all(|(path, bytes)| whole.get(path) == Some(bytes)), "a file is torn");
    }
    let _ = run(root, 0, &["in", "--out-dir", "out", "--report", "last"]);
    made.extend(report(&root.join("last")).1);
    let count = made.len();
    made.sort();
    made.dedup();
    assert_eq!(count, made.len(), "a text was made twice");
    assert!(bytes(&root.join("out")) == bytes(&root.join("whole")), "other bytes than undisturbed");
    let left = report(&root.join("last")).0.get("converted").copied().unwrap_or(0);
    row(
        "kill -9 at 20 random moments, rerun",
        "equal bytes, none torn, none twice",
        &format!("so it is ({kills} killed, 400 texts, {left} left for the last run)"),
    );
}

fn hostile(root: &Path) {
    let folder = root.join("in");
    texts(&folder, 380, 1200);
    for number in 0..20 {
        let text: Vec<u8> = match number % 5 {
            0 => Vec::new(),
            1 => (0..=255).cycle().take(50_000).collect(),
            2 => b" \n\t\n\n".to_vec(),
            3 => b"{\"sections\": [".repeat(1000),
            // More than the time allows.
            _ => article(number, 1200).repeat(4000).into_bytes(),
        };
        let ending = if number % 5 == 3 { "json" } else { "txt" };
        fs::write(folder.join(format!("hostile{number}.{ending}")), text).expect("a text");
    }
    let args = ["in", "--include", "*.txt", "--include", "*.json", "--out-dir", "out", "--report", "report"];
    let _ = run(root, 1, &[&args[..], &["--time-limit", "2s", "--memory-limit", "1GB"]].concat());
    let counts = report(&root.join("report")).0;
    let count = |status: &str| counts.get(status).copied().unwrap_or(0);
    assert_eq!((count("converted"), count("failed")), (380, 20));
    row("5 % of the texts hostile", "95 % done, 5 % told of", "380 done, 20 told of, each with its reason");
}

fn threads(root: &Path) {
    texts(&root.join("in"), 300, 1200);
    fs::write(
        root.join("in/book.txt"),
        (0..40).map(|n| format!("CHAPTER {n}\n\n{}", article(n, 1200))).collect::<String>(),
    )
    .expect("a text");
    let _ = run(root, 0, &["in", "--out-dir", "one", "-j", "1"]);
    let _ = run(root, 0, &["in", "--out-dir", "eight", "-j", "8"]);
    assert!(bytes(&root.join("one")) == bytes(&root.join("eight")), "-j makes a difference");
    row("-j 1 and -j 8", "the same bytes", "the same bytes (300 articles and a book)");
}

/// Measures something in a folder of its own.
type Stage = fn(&Path);

fn main() {
    let stages: [(&str, Stage); 5] =
        [("speed", speed), ("queue", queue), ("killed", killed), ("hostile", hostile), ("threads", threads)];
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    println!("| measured | asked for | reached |\n|---|---|---|");
    for (name, stage) in stages {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            stage(folder.path());
        }
    }
}
