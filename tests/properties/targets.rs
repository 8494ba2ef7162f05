//! What any bytes have to hold up: one function for each fuzz target, which panics where they do not.

use crate::{account, document, epub_text, pdf_text, words};
use bindery::diag::Diagnostics;
use bindery::font::Library;
use bindery::geom::Pt;
use bindery::layout::line::{self, Broken, JustifyOptions, Measure, RaggedOptions};
use bindery::layout::shape::{ShapedText, Shaper};
use bindery::layout::text::{RichText, RunProperties, TextStyle};
use bindery::model::{Document, Inline, Language};
use bindery::paged::{ContentId, Owner};
use bindery::reader::pictures::{PictureError, Resources};
use bindery::reader::plain::{self, ReadError, Structure};
use bindery::reader::{Reading, encoding, markdown};
use bindery::source::SourceId;
use bindery::{cover, epub, layout, pdf, transform};
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// Encodings by the first byte of an input; most are found.
const LABELS: &[&str] =
    &["utf-8", "utf-16le", "shift_jis", "gb18030", "windows-1252", "iso-2022-jp", "cp850", "koi8-r"];

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::built_in)
}

/// A text comes of any bytes, without characters that none may hold, and it is the same when it is decoded again.
pub(crate) fn decode(data: &[u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let label = LABELS.get(usize::from(*first)).copied();
    let mut diagnostics = Diagnostics::new();
    let decoded = encoding::decode(rest, label, SourceId(0), &mut diagnostics).expect("a known label");
    let text = decoded.text;
    let foreign =
        |c: &char| (c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert_eq!(text.chars().find(foreign), None);
    let again = encoding::decode(text.as_bytes(), Some("utf-8"), SourceId(0), &mut diagnostics).expect("a known label");
    assert_eq!(again.text, text);
}

/// A plain text keeps every letter, and makes a document that is one.
pub(crate) fn plain_to_model(data: &[u8]) {
    if let Some(reading) = read_plain(data, &plain::Options::default()) {
        assert_eq!(account::faults(&reading), [""; 0]);
        editable(reading.document);
    }
}

/// Markdown makes a document that is one, and nothing of it is in no block and not told to be left out.
pub(crate) fn markdown_to_model(data: &[u8]) {
    let mut pictures = OnePicture(document::PNG);
    let Some(reading) = known(markdown::read(data, "any.md", &markdown::Options::default(), &mut pictures)) else {
        return;
    };
    assert_eq!(reading.document.validate(), Ok(()));
    assert_eq!(unheld(&reading), [""; 0]);
    editable(reading.document);
}

/// A structure file is refused or obeyed; one that was written from a reading gives the same reading. The input is a text and,
/// behind a NUL, a structure file.
pub(crate) fn structure_file(data: &[u8]) {
    let (text, file) = data.split_at(data.iter().position(|byte| *byte == 0).unwrap_or(data.len()));
    let file = String::from_utf8_lossy(file.get(1..).unwrap_or_default());
    if let Ok(structure) = Structure::parse(&file, "any.toml") {
        let options = plain::Options { structure: Some(structure), ..plain::Options::default() };
        if let Some(reading) = read_plain(text, &options) {
            assert_eq!(account::faults(&reading), [""; 0]);
        }
    }
    let Some(reading) = read_plain(text, &plain::Options::default()) else { return };
    let written = plain::write_structure(&reading);
    let structure = Structure::parse(&written, "written.toml").expect("what was written can be read");
    let options = plain::Options { structure: Some(structure), ..plain::Options::default() };
    let again = read_plain(text, &options).expect("what was written fits its text");
    assert_eq!(again.document, reading.document, "{written}");
}

/// The letters of a document are those of its EPUB.
pub(crate) fn model_to_epub(data: &[u8]) {
    let document = document::document(data).expect("any bytes are a document");
    assert_eq!(document.validate(), Ok(()));
    let epub = epub::write(&document, &epub::Options::default()).expect("a valid document has an EPUB");
    assert_eq!(epub_text::letters_of(&epub), words::of_document(&document));
}

/// The letters of a document are those of its PDF, behind those of the title.
pub(crate) fn model_to_pdf(data: &[u8]) {
    let document = document::document(data).expect("any bytes are a document");
    let pages = layout::paginate(&document, &layout::Options::default(), library()).expect("the pages have room");
    let pdf = pdf::write(&pages.paged, &pdf::Options::default()).expect("a valid document has a PDF");
    let (body, notes) = pdf_text::letters_of(&pdf);
    let (all, all_notes) = words::of_document(&document);
    assert!(body.ends_with(&all), "the PDF has\n{body}\nthe document\n{all}");
    assert_eq!(notes, all_notes);
}

/// A picture is refused, or comes into both editions.
pub(crate) fn image(data: &[u8]) {
    let _ = cover::open(data.to_vec());
    let mut options = markdown::Options::default();
    // So many that a picture is slow to decode are no fault of the program.
    options.limits.pixels = 1 << 20;
    let mut pictures = OnePicture(data);
    let read = markdown::read(b"A ![line](a) of text.\n\n![A figure](a)\n", "any.md", &options, &mut pictures);
    let document = read.expect("there is text around the picture").document;
    epub_text::letters_of(
        &epub::write(&document, &epub::Options::default()).expect("a picture that was taken in can be shown"),
    );
    let pages = layout::paginate(&document, &layout::Options::default(), library()).expect("the pages have room");
    match pdf::write(&pages.paged, &pdf::Options::default()) {
        Ok(pdf) => drop(pdf_text::letters_of(&pdf)),
        Err(error) => assert!(matches!(error, pdf::PdfError::Picture { .. }), "{error}"),
    }
}

/// Lines hold the whole text, in order, and none begins or ends within what is seen as one letter. The first bytes are the
/// language, the width and the kind of setting, the rest is the text.
pub(crate) fn linebreak(data: &[u8]) {
    let Some(([language, width, size], rest)) = data.split_first_chunk() else { return };
    let text: String = String::from_utf8_lossy(rest).chars().filter(|c| !c.is_control()).collect();
    let languages = ["en", "de", "pl", "ar", "he", "th", "ja", "zh", "hi", "fr"];
    let language = languages[usize::from(*language) % languages.len()].parse::<Language>().expect("a language");
    let owner = Owner::Content(ContentId(0));
    let mut rich = RichText::new();
    // The style changes in the middle, where that cuts nothing.
    let middle = text.grapheme_indices(true).map(|(at, _)| at).find(|at| *at >= text.len() / 2).unwrap_or(0);
    let (head, tail) = text.split_at(middle);
    for (part, italic, start) in [(head, false, 0), (tail, true, head.len() as u32)] {
        let style = TextStyle { italic, ..TextStyle::new(Pt(6.0 + f32::from(*size % 32)), language.clone()) };
        let style = rich.add_style(style);
        rich.push(part, RunProperties { style, owner, source: Some(start), link: None, note: None });
    }
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(rich);
    let measure = Measure::indented(Pt(10.0 + 2.0 * f32::from(*width)), Pt(9.0));
    check_lines(&shaped, &line::single(&shaped));
    check_lines(&shaped, &line::ragged(&mut shaper, &shaped, &measure, &RaggedOptions::default()));
    if let Some(broken) = line::justify(&mut shaper, &shaped, &measure, &JustifyOptions::default()) {
        check_lines(&shaped, &broken);
    }
}

fn check_lines(shaped: &ShapedText, broken: &Broken) {
    let text = shaped.rich().text();
    let mut ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    ends.push(text.len());
    let mut at = 0;
    for line in &broken.lines {
        let (start, end) = (line.text.start as usize, line.text.end as usize);
        let between = text.get(at..start).expect("lines do not go back");
        assert!(between.chars().all(is_space), "{between:?} is lost");
        // Where a space is, nothing is parted: a mark behind one has nothing to stand on.
        let spaced = |place: usize| {
            let (head, tail) = text.split_at(place);
            head.ends_with(is_space) || tail.starts_with(is_space)
        };
        let whole = |place: usize| ends.binary_search(&place).is_ok() || spaced(place);
        assert!(whole(start) && whole(end), "{:?} is cut", text.get(start..end));
        at = end;
    }
    let rest = text.get(at..).expect("lines do not go beyond the text");
    assert!(rest.chars().all(is_space), "{rest:?} is lost");
}

/// Whether a line may end at a character and go on behind it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{200b}'
}

/// The letters and figures of a text that no place holds, with what stands behind them.
fn unheld(reading: &Reading) -> Vec<String> {
    let text = reading.source.text();
    let mut held = vec![false; text.len()];
    let left_out = reading.left_out.iter().map(|one| one.span);
    for span in account::holders(reading).iter().map(|one| one.span).chain(left_out) {
        held[span.start as usize..span.end as usize].fill(true);
    }
    let lost = text.char_indices().filter(|(at, c)| c.is_alphanumeric() && !held[*at]);
    lost.map(|(at, c)| format!("byte {at}: {c:?} in {:?}", text.get(at..).unwrap_or("").lines().next())).collect()
}

/// A plain text read, where it is one.
fn read_plain(data: &[u8], options: &plain::Options) -> Option<Reading> {
    let reading = known(plain::read(data, "any.txt", options))?;
    assert_eq!(reading.document.validate(), Ok(()));
    Some(reading)
}

/// What was read; none where the text was refused for what is wrong with it.
fn known(read: Result<Reading, ReadError>) -> Option<Reading> {
    match read {
        Ok(reading) => Some(reading),
        Err(ReadError::Empty | ReadError::Binary { .. } | ReadError::Structure(_)) => None,
        // Of a structure file.
        Err(ReadError::UnknownEncoding { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

/// A document comes back from JSON, and the passes over it keep its letters.
fn editable(mut document: Document) {
    let json = document.to_json().expect("every document has a JSON form");
    // JSON goes no deeper than this; what is nested so deeply is refused there.
    match Document::from_json(&json) {
        Ok(again) => assert_eq!(again, document),
        Err(error) => assert!(error.to_string().contains("recursion limit"), "{error}"),
    }
    let before = words::of_document(&document);
    transform::typography::apply(&mut document);
    assert_eq!(document.validate(), Ok(()));
    assert_eq!(words::of_document(&document), before);
    document.for_each_inlines_mut(&mut |list, _| assert!(!list.iter().any(|one| *one == Inline::text(""))));
}

/// The same picture by every name.
struct OnePicture<'a>(&'a [u8]);

impl Resources for OnePicture<'_> {
    fn load(&mut self, _: &str) -> Result<Vec<u8>, PictureError> {
        Ok(self.0.to_vec())
    }
}
