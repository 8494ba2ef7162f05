//! From the bytes of a text to the bytes of both editions; and each stage between. `structure` times reading, `lines` shaping,
//! hyphenating and breaking.
//!
//! Most stages take all threads: for the time of the processor, run with `RAYON_NUM_THREADS=1`.

use bindery::Document;
use bindery::batch::{Config, Format, Text, convert, understand};
use bindery::diag::Diagnostics;
use bindery::font::Library;
use bindery::layout;
use bindery::reader::encoding;
use bindery::source::SourceId;
use bindery::transform::typography;
use bindery::writer::{epub, pdf};
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

/// That novel as it was read, before its marks are set.
fn document(text: &[u8]) -> Document {
    let text = Text { bytes: text, name: "bench.txt", modified: None, folder: None };
    understand(&text, &Config::default()).expect("a reading").document
}

/// The characters of its bytes.
#[divan::bench(sample_count = 10)]
fn decode(bencher: Bencher) {
    let text = three_megabytes();
    let decode = || encoding::decode(&text, None, SourceId(0), &mut Diagnostics::new()).expect("a known encoding");
    bencher.counter(BytesCount::of_slice(&text)).bench(decode);
}

/// Its quotation marks, dashes and spaces.
#[divan::bench(sample_count = 10)]
fn set_marks(bencher: Bencher) {
    let text = three_megabytes();
    let document = document(&text);
    let bencher = bencher.counter(BytesCount::of_slice(&text)).with_inputs(|| document.clone());
    bencher.bench_refs(typography::apply);
}

/// Its pages: shaped, broken into lines and composed.
#[divan::bench(sample_count = 10)]
fn pages(bencher: Bencher) {
    let text = three_megabytes();
    let (document, library, options) = (document(&text), Library::built_in(), layout::Options::default());
    let paginate = || layout::paginate(&document, &options, &library).expect("pages").paged.pages.len();
    bencher.counter(BytesCount::of_slice(&text)).bench(paginate);
}

/// Its PDF alone, from its pages.
#[divan::bench(sample_count = 10)]
fn pdf_writer(bencher: Bencher) {
    let text = three_megabytes();
    let document = document(&text);
    let laid_out = layout::paginate(&document, &layout::Options::default(), &Library::built_in()).expect("pages");
    let options = pdf::Options::default();
    bencher.counter(BytesCount::of_slice(&text)).bench(|| pdf::write(&laid_out.paged, &options).expect("a PDF").len());
}

/// Its EPUB alone, from the document model, without a cover.
#[divan::bench(sample_count = 10)]
fn epub_writer(bencher: Bencher) {
    let text = three_megabytes();
    let document = document(&text);
    let options = epub::Options::default();
    bencher.counter(BytesCount::of_slice(&text)).bench(|| epub::write(&document, &options).expect("an EPUB").len());
}
