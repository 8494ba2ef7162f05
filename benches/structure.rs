//! From the bytes of a plain text to its document, 3 MB of each shape a text may have: all of them in time that grows with
//! the length alone.

use bindery::limits::Limits;
use bindery::reader::plain::{Options, read};
use divan::{Bencher, counter::BytesCount};
use std::fs;
use std::path::Path;

fn main() {
    divan::main();
}

/// As much as a very long novel.
const BYTES: usize = 3_000_000;

/// The book of the samples, as often as it takes; each time its chapters are other chapters and its words other words, so that
/// the text repeats itself no more than a novel does.
fn novel() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/the-rain-book.txt");
    let book = fs::read_to_string(path).expect("a sample");
    let verse = "  The rain came over the harbour wall,\n    And nobody saw it go;\n  The lamps were lit in the custom hall,\n    \
                 And the tide was running low.\n";
    let mut text = String::with_capacity(BYTES + 1000);
    let mut state = 1_u32;
    let mut paragraphs = 0_usize;
    while text.len() < BYTES {
        for paragraph in book.split("\n\n") {
            if paragraphs.is_multiple_of(60) {
                text.push_str(&format!("CHAPTER {}\n\n\n", paragraphs / 60 + 1));
            }
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            match state >> 28 {
                0 => text.push_str(verse),
                1 => text.push_str("“Did you see them?” she asked.\n\n“I saw _nobody_,” he said. “Nobody at all.”\n"),
                // Another name each time: the words of a novel grow with it.
                2 => text.push_str(&format!("The house of Number {} was dark. ", state >> 8)),
                _ => {}
            }
            text.push_str(paragraph.trim_end());
            text.push_str("\n\n");
            paragraphs += 1;
        }
    }
    text
}

/// The novel with its lines joined: one paragraph a line, or all of it on one.
fn joined(between: &str) -> String {
    let novel = novel();
    let paragraphs: Vec<String> =
        novel.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    paragraphs.join(between)
}

fn again(pattern: &str) -> String {
    pattern.repeat(BYTES / pattern.len())
}

/// The name of a shape and a text that has it.
type Shape = (&'static str, fn() -> String);

const SHAPES: &[Shape] = &[
    ("novel", novel),
    ("paragraph a line", || joined("\n")),
    ("one line", || joined(" ")),
    ("one word", || "a".repeat(BYTES)),
    ("word a line", || joined(" ").replace(' ', "\n")),
    ("blank lines", || format!("One.\n{}Two.\n", again("\n"))),
    ("headings", || (1..BYTES / 16).map(|at| format!("CHAPTER {at}\n\n")).collect()),
    ("bare numbers", || again("I.\n\n1\n\nii\n\n")),
    ("stars", || again("* ")),
    ("star words", || again("*a ")),
    ("underlines", || again("_a ")),
    ("underline run", || "_".repeat(BYTES)),
    ("brackets", || again("[")),
    ("note marks", || (1..BYTES / 11).map(|at| format!("word[{at}] ")).collect()),
    ("notes", || {
        let marks: String = (1..BYTES / 40).map(|at| format!("A word[{at}] more.\n\n")).collect();
        let notes: String = (1..BYTES / 40).map(|at| format!("[{at}] A note.\n\n")).collect();
        format!("{marks}NOTES\n\n{notes}")
    }),
    ("starred notes", || again("A word* more of it.\n\n* A note on it.\n\n")),
    ("quotation marks", || again("“‘")),
    ("short verse", || again("  the rain,\n    the sea\n\n")),
    ("speeches", || again("ANNA. Who was there?\n\nBELL. Nobody.\n\n")),
    ("list items", || again("- one\n  - two\n")),
    ("table rows", || again("one    two    three\n")),
    ("dashes", || again("—-")),
    ("hyphens at ends", || again("some-\nthing ")),
    ("form feeds", || again("12\n\u{C}Some words of a page.\n")),
    ("blank pages", || format!("One.\n{}Two.\n", again("\u{C}"))),
    ("deep indents", || (0..BYTES / 60).map(|at| format!("{}word\n", " ".repeat(at % 100))).collect()),
    ("contents", || {
        let list: String = (1..BYTES / 50).map(|at| format!("  Chapter {at}. Some name . . . {at}\n")).collect();
        let body: String = (1..BYTES / 50).map(|at| format!("Chapter {at}. Some name\n\nText.\n\n")).collect();
        format!("CONTENTS\n\n{list}\n\n{body}")
    }),
    ("chinese", || again("第一章　山\n\n那天下雨，没有人来。“你看见了吗？”她问。\n\n")),
    ("windows-1251", || again("Дождь шёл весь день. — Кто там? — спросила она.\n\n")),
];

fn names() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|(name, _)| *name)
}

#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn structure(bencher: Bencher, name: &str) {
    let text = SHAPES.iter().find(|(shape, _)| *shape == name).map(|(_, make)| make()).expect("a shape");
    let bytes =
        if name == "windows-1251" { encoding_rs::WINDOWS_1251.encode(&text).0.into_owned() } else { text.into_bytes() };
    // Some shapes have more of a thing than any text should.
    let limits = Limits { pieces: usize::MAX, sections: usize::MAX, notes: usize::MAX, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let read = || read(&bytes, "bench.txt", &options).expect("a text");
    bencher.counter(BytesCount::of_slice(&bytes)).bench(read);
}
