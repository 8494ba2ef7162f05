//! From text to lines, on made-up prose: shaping, and breaking with and without hyphens.

use bindery::font::Library;
use bindery::geom::Pt;
use bindery::layout::line::{JustifyOptions, Measure, justify};
use bindery::layout::shape::{ShapedText, Shaper};
use bindery::layout::text::{RichText, TextStyle};
use bindery::model::Language;
use bindery::paged::{ContentId, Owner};
use divan::{Bencher, counter::BytesCount};

fn main() {
    divan::main();
}

const WORDS: [&str; 40] = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "harbour",
    "lantern",
    "remembered",
    "quietly",
    "on",
    "without",
    "she",
    "he",
    "was",
    "considerable",
    "window,",
    "evening.",
    "that",
    "it",
    "misunderstanding",
    "letters",
    "from",
    "an",
    "island",
    "had",
    "carried",
    "office",
    "fifteen",
    "years;",
    "“Never,”",
    "said",
    "astonishment",
    "at",
    "by",
    "their",
    "neighbours",
    "comfortable",
    "journey",
    "ended",
    "there.",
];

/// Paragraphs of words in an order that does not repeat, the same on every run.
fn paragraphs() -> Vec<String> {
    let mut state = 1_u32;
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(state >> 16) as usize % WORDS.len()]
    };
    (0..200).map(|_| (0..120).map(|_| word()).collect::<Vec<_>>().join(" ")).collect()
}

fn rich(text: &str) -> RichText {
    RichText::plain(text, TextStyle::new(Pt(11.0), Language::default()), Owner::Content(ContentId(0)))
}

fn shape_all(shaper: &mut Shaper, texts: &[String]) -> Vec<ShapedText> {
    texts.iter().map(|text| shaper.shape(rich(text))).collect()
}

#[divan::bench]
fn shape(bencher: Bencher) {
    let library = Library::built_in();
    let texts = paragraphs();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| shape_all(&mut Shaper::new(&library), &texts));
}

#[divan::bench(args = [false, true])]
fn break_lines(bencher: Bencher, hyphenate: bool) {
    let library = Library::built_in();
    let texts = paragraphs();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut shaper = Shaper::new(&library);
    let shaped = shape_all(&mut shaper, &texts);
    let measure = Measure::indented(Pt(317.0), Pt(14.0));
    let options = JustifyOptions { hyphenate, ..JustifyOptions::default() };
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        shaped
            .iter()
            .filter_map(|text| justify(&mut shaper, text, &measure, &options))
            .map(|one| one.lines.len())
            .sum::<usize>()
    });
}
