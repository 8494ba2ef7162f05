//! Plain text as a whole: its outline, what is refused, what is left out.

use super::{outline, reading};
use bindery::diag::Code;
use bindery::reader::plain::{Options, ReadError, read};

#[test]
fn a_text_of_nothing_is_refused() {
    let options = Options::default();
    assert!(matches!(read(b" \r\n\t ", "a.txt", &options), Err(ReadError::Empty)));
    let options = Options { encoding: Some("klingon".into()), ..options };
    assert!(matches!(read(b"a", "a.txt", &options), Err(ReadError::UnknownEncoding { .. })));
}

/// Three wrapped paragraphs.
const PROSE: &str = "The mill had stood beside the river for as long as anybody in the village\n\
    could say, and longer than the bridge, which was new.\n\n\
    Nobody ground corn there now. The wheel hung still over a race that was dry\n\
    in summer and frozen in winter, and the boys threw stones at it.\n\n\
    \u{201C}It will fall some day,\u{201D} said the smith.\n";

fn chapters(headings: &[&str]) -> String {
    headings.iter().map(|heading| format!("\n\n\n{heading}\n\n{PROSE}")).collect()
}

#[test]
fn bare_numbers_make_chapters() {
    let text = format!("The Mill\n\nby Ada Stone\n{}", chapters(&["I.", "II.", "III.", "IV.", "V."]));
    assert_eq!(outline(&text), "I.\nII.\nIII.\nIV.\nV.\n");
}

#[test]
fn a_printed_contents_list_gives_way_to_what_it_names() {
    let list = "CONTENTS\n\n  The Wheel ........ 1\n  The Race ........ 12\n  The Frost ........ 20\n";
    let text = format!("THE MILL\n\n{list}{}", chapters(&["The Wheel", "The Race", "The Frost"]));
    assert_eq!(outline(&text), "The Wheel\nThe Race\nThe Frost\n");
}

#[test]
fn a_contents_list_that_names_nothing_stays() {
    let text = format!("{PROSE}\nContents\n\nThe Wheel 1\nThe Race 12\nThe Frost 20\n\n{PROSE}");
    let reading = reading(&text);
    assert!(reading.left_out.is_empty(), "{:?}", reading.left_out);
}

#[test]
fn parts_hold_chapters_in_many_languages() {
    for (part, chapter) in [
        (["PART ONE", "PART TWO"], ["Chapter 1", "Chapter 2"]),
        (["Erster Teil", "Zweiter Teil"], ["Erstes Kapitel", "Zweites Kapitel"]),
        (["LIVRE PREMIER", "LIVRE DEUXI\u{C8}ME"], ["Chapitre I", "Chapitre II"]),
        (
            ["\u{427}\u{430}\u{441}\u{442}\u{44C} 1", "\u{427}\u{430}\u{441}\u{442}\u{44C} 2"],
            ["\u{413}\u{43B}\u{430}\u{432}\u{430} 1", "\u{413}\u{43B}\u{430}\u{432}\u{430} 2"],
        ),
    ] {
        let text = chapters(&[
            &format!("{}\n\n\n{}", part[0], chapter[0]),
            chapter[1],
            &format!("{}\n\n\n{}", part[1], chapter[0]),
            chapter[1],
        ]);
        let expected = part.map(|part| format!("{part}\n  {}\n  {}\n", chapter[0], chapter[1])).concat();
        assert_eq!(outline(&text), expected);
    }
}

#[test]
fn a_short_sentence_is_no_heading() {
    let text = format!("{PROSE}\n\nIt fell in May.\n\n{PROSE}");
    assert_eq!(outline(&text), "");
}

#[test]
fn an_article_without_a_title_takes_the_name_of_its_file_and_keeps_its_standfirst() {
    let line =
        "A long line that is a paragraph of its own and has more than one sentence. It goes on and on, as they do. ";
    let text = format!("{}\n\n{}", line.repeat(2), format!("{}\n", line.repeat(4)).repeat(5));
    let reading = read(text.as_bytes(), "dir/old_water-mill.txt", &Options::default()).expect("the text is not empty");
    assert_eq!(reading.document.meta.title, "Old water mill");
    assert!(reading.document.dump().contains("standfirst: A long line"), "{}", reading.document.dump());
}

#[test]
fn what_follows_a_licence_for_longer_than_any_licence_is_kept() {
    let mark = "End of the Project Gutenberg EBook of Nothing, by Nobody\n\n";
    let licence = "You may copy it, give it away or re-use it under these terms.\n\n".repeat(20);
    let work = "Another work begins behind the first, in one file.\n\n".repeat(900);
    let told = |text: String| {
        let reading = read(text.as_bytes(), "a.txt", &Options::default()).expect("a text");
        reading.left_out.iter().any(|one| one.reason == "distributor's licence")
    };
    let first = "It was a work of a few lines.\n\n".repeat(40);
    assert!(told(format!("{first}{mark}{licence}")));
    assert!(!told(format!("{work}{mark}{licence}{work}")));
}

#[test]
fn a_text_whose_name_says_nothing_goes_by_its_first_words() {
    let text =
        "The mail boat came on Thursday, an hour late, and brought nothing that anybody wanted.\n\nNobody minded.\n";
    let read = |name: &str| read(text.as_bytes(), name, &Options::default()).unwrap();
    let reading = read("000_2611cdd0835552e3.txt");
    assert_eq!(reading.document.meta.title, "The mail boat came on Thursday, an hour late…");
    assert!(reading.document.meta.title_is_incipit);
    assert!(reading.diagnostics.iter().any(|one| one.code == Code::TitleFromFirstWords));
    let reading = read("mail-boat.txt");
    assert_eq!(reading.document.meta.title, "Mail boat");
    assert!(!reading.document.meta.title_is_incipit);
}
