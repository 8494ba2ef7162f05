//! Plain text as a whole: nothing is lost, nothing panics, and the model's invariants hold, whatever the text is.

use bindery::model::Document;
use bindery::reader::Reading;
use bindery::reader::plain::{Options, ReadError, read};
use proptest::prelude::*;

/// The bytes that are neither white space nor in a block, a heading or a note, nor in what was left out.
fn lost(reading: &Reading) -> Vec<(usize, char)> {
    let text = reading.source.text();
    let mut held = vec![false; text.len()];
    let mut hold = |start: u32, end: u32| held[start as usize..end as usize].fill(true);
    let Document { notes, .. } = &reading.document;
    reading.document.for_each_section(&mut |section, _| {
        if let Some(heading) = &section.heading {
            hold(heading.span.start, heading.span.end);
        }
        for block in &section.blocks {
            hold(block.span().start, block.span().end);
        }
    });
    for note in notes {
        hold(note.span.start, note.span.end);
    }
    for one in &reading.left_out {
        hold(one.span.start, one.span.end);
    }
    text.char_indices().filter(|(at, c)| !held[*at] && !c.is_whitespace()).collect()
}

fn check(bytes: &[u8]) {
    match read(bytes, "some_text.txt", &Options::default()) {
        Ok(reading) => {
            assert_eq!(reading.document.validate(), Ok(()));
            assert_eq!(lost(&reading), [], "in {:?}", reading.source.text());
        }
        Err(error) => assert!(matches!(error, ReadError::Empty { .. })),
    }
}

/// Lines of the kinds that texts are made of.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        3 => "[A-Z][a-z ,]{20,70}[a-z,.]",
        1 => "(CHAPTER|Chapter|PART|Act) ([IVX]{1,4}|[0-9]{1,2})\\.?",
        1 => "[IVX]{1,4}\\.",
        1 => " {0,12}[A-Z ]{3,30}",
        1 => " {2,8}[A-Z][a-z ]{10,40},?",
        1 => "_[A-Z][a-z ]{3,20}_\\.?",
        1 => "(\\* ?){3,5}",
        1 => "[0-9]{1,3}\\.? [A-Z][a-z ]{3,30}",
        1 => "\\[[0-9*]{1,2}\\] [A-Z][a-z ]{3,30}\\.",
        1 => "- [a-z ]{3,30}",
        1 => "(Contents|PREFACE|FOOTNOTES:|NOTES|THE END|\\[Illustration\\]|By Jane Doe)",
        1 => "[A-Z]{3,8}\\. [A-Z][a-z ]{10,50}\\.",
        1 => "第[一二三四五]章 [山川風]{1,3}",
        1 => "[“\"][A-Z][a-z ]{5,40}[.?]?[”\"]",
        1 => "\\PC{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_text_is_lost(lines in prop::collection::vec(line(), 0..60)) {
        check(lines.join("\n").as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }
}

#[test]
fn a_text_of_nothing_is_refused() {
    let options = Options::default();
    assert!(matches!(read(b" \r\n\t ", "a.txt", &options), Err(ReadError::Empty { .. })));
    let options = Options { encoding: Some("klingon".into()), ..options };
    assert!(matches!(read(b"a", "a.txt", &options), Err(ReadError::UnknownEncoding { .. })));
}
