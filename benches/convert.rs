//! From the bytes of a text to the bytes of both editions.

use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;
use divan::{Bencher, counter::BytesCount};
use std::fs;
use std::path::Path;

fn main() {
    divan::main();
}

/// A text of `input/`, by its name without ending.
fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("input").join(format!("{name}.txt"));
    fs::read(path).expect("a sample")
}

fn to_both(text: &[u8], library: &Library) -> usize {
    let text = Text { bytes: text, name: "bench.txt", modified: None, folder: None };
    let made = convert(&text, &[Format::Epub, Format::Pdf], &Config::default(), library);
    made.editions.expect("both editions").iter().map(|edition| edition.data.len()).sum()
}

/// The article, fonts read anew each time as a new process does.
#[divan::bench]
fn article(bencher: Bencher) {
    let text = sample("the-first-client");
    bencher.counter(BytesCount::of_slice(&text)).bench(|| to_both(&text, &Library::built_in()));
}

/// A novel of 3 MB: the book of the samples, as often as it takes.
#[divan::bench(sample_count = 10)]
fn novel(bencher: Bencher) {
    let book = sample("the-rain-book");
    let text: Vec<u8> = book.iter().copied().cycle().take(3_000_000).collect();
    let library = Library::built_in();
    bencher.counter(BytesCount::of_slice(&text)).bench(|| to_both(&text, &library));
}
