//! From the bytes of a text to the bytes of both editions.

use bindery::batch::{Config, Format, convert};
use bindery::font::Library;
use divan::{Bencher, counter::BytesCount};
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

/// A text of `input/`, by the start of its name.
fn sample(start: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("the samples").flatten().map(|one| one.path()).collect();
    paths.sort();
    let wanted = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
    fs::read(paths.iter().find(wanted).expect("the sample")).expect("a readable sample")
}

fn to_both(text: &[u8], library: &Library) -> usize {
    let made = convert(text, "bench.txt", None, &[Format::Epub, Format::Pdf], &Config::default(), library);
    made.editions.expect("both editions").iter().map(|edition| edition.data.len()).sum()
}

/// The article, fonts read anew each time as a new process does.
#[divan::bench]
fn article(bencher: Bencher) {
    let text = sample("article");
    bencher.counter(BytesCount::of_slice(&text)).bench(|| to_both(&text, &Library::built_in()));
}

/// A novel of 3 MB: the book of the samples, as often as it takes.
#[divan::bench(sample_count = 10)]
fn novel(bencher: Bencher) {
    let book = sample("book");
    let text: Vec<u8> = book.iter().copied().cycle().take(3_000_000).collect();
    let library = Library::built_in();
    bencher.counter(BytesCount::of_slice(&text)).bench(|| to_both(&text, &library));
}
