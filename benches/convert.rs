//! From the bytes of a text to the bytes of both editions.

use bindery::batch::{Config, Format, Text, convert, understand};
use bindery::font::Library;
use bindery::writer::epub;
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
fn three_megabytes() -> Vec<u8> {
    sample("the-rain-book").iter().copied().cycle().take(3_000_000).collect()
}

/// That novel, as both editions.
#[divan::bench(sample_count = 10)]
fn novel(bencher: Bencher) {
    let text = three_megabytes();
    let library = Library::built_in();
    bencher.counter(BytesCount::of_slice(&text)).bench(|| to_both(&text, &library));
}

/// Its EPUB alone, from the document model, without a cover. The writer compresses on all threads: for the time of the
/// processor, run with `RAYON_NUM_THREADS=1`.
#[divan::bench(sample_count = 10)]
fn epub_writer(bencher: Bencher) {
    let text = three_megabytes();
    let bench = Text { bytes: &text, name: "bench.txt", modified: None, folder: None };
    let document = understand(&bench, &Config::default()).expect("a reading").document;
    let options = epub::Options::default();
    bencher.counter(BytesCount::of_slice(&text)).bench(|| epub::write(&document, &options).expect("an EPUB").len());
}
