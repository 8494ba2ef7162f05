//! Title pages, and headings that are none.

use super::{outline, reading};

const PROSE: &str = "The mill had stood beside the river for as long as anybody in the village\n\
    could say, and longer than the bridge, which was new.\n\n\
    Nobody ground corn there now. The wheel hung still over a race that was dry\n\
    in summer and frozen in winter, and the boys threw stones at it.\n";

fn under(headings: &[&str]) -> String {
    headings.iter().map(|heading| format!("\n\n\n\n{heading}\n\n\n{PROSE}")).collect()
}

#[test]
fn title_and_author_may_stand_together_in_the_middle() {
    let centred = |text: &str| format!("{text:^76}\n");
    let page = ["THE GLASS MILL", "BY", "ADA STONE", "(Jane Brook)"].map(centred).concat();
    let half = centred("G L A S S   M I L L");
    let text = format!(
        "{page}{}\n\n\n\n{half}{}",
        under(&["P R E F A C E"]),
        under(&["CHAPTER I", "CHAPTER II", "CHAPTER III"])
    );
    let document = reading(&text).document;
    assert_eq!(document.meta.title, "THE GLASS MILL");
    assert_eq!(document.meta.authors().collect::<Vec<_>>(), ["Ada Stone"]);
    assert_eq!(outline(&text), "PREFACE\nCHAPTER I\nCHAPTER II\nCHAPTER III\n");
}

#[test]
fn an_act_printed_above_each_of_its_scenes_is_one_act() {
    let mut text = "THE MILL\n".to_owned();
    for (act, scene) in [("I", "I"), ("I", "II"), ("I", "III"), ("II", "I"), ("II", "II")] {
        text.push_str(&format!("\n\n\nACT {act}\n\n\n\nSCENE {scene}\n\n\n{PROSE}"));
    }
    assert_eq!(outline(&text), "ACT I\n  SCENE I\n  SCENE II\n  SCENE III\nACT II\n  SCENE I\n  SCENE II\n");
}

#[test]
fn large_letters_of_the_front_are_headings_only_over_text() {
    let front = "THE GLASS MILL\n\n\n\nRIVER LIBRARY\n\nVol. XII\n\n\n\nA COMEDY\n\nin three acts\n\nby Ada Stone\n\n\n\nTO THE READER";
    let text = format!("{front}\n\n{0}\n{0}{1}", PROSE.replace("\n\n", "\n"), under(&["ACT I", "ACT II", "ACT III"]));
    assert_eq!(outline(&text), "TO THE READER\nACT I\nACT II\nACT III\n");
}

#[test]
fn the_title_between_a_part_and_its_first_chapter_holds_nothing() {
    let mut text = "Title: The Glass Mill\nAuthor: Ada Stone\n".to_owned();
    for part in ["FIRST", "SECOND"] {
        text.push_str(&format!("\n\n\n\nEPOCH THE {part}.\n"));
        if part == "FIRST" {
            text.push_str("\n\n\n\n\n\nTHE GLASS MILL.\n");
        }
        text.push_str(&under(&["CHAPTER I.", "CHAPTER II."]));
    }
    let parts = ["FIRST", "SECOND"].map(|part| format!("EPOCH THE {part}.\n  CHAPTER I.\n  CHAPTER II.\n"));
    assert_eq!(outline(&text), parts.concat());
}

#[test]
fn an_address_or_a_line_with_bars_is_no_title() {
    for line in ["www.example.org", "https://www.example.org/mill", "Example Press | Books for all | 2021"] {
        let text = format!("{line}\n\nTHE GLASS MILL\n\nby Ada Stone\n{}", under(&["CHAPTER I", "CHAPTER II"]));
        let document = reading(&text).document;
        assert_eq!(document.meta.title, "THE GLASS MILL", "{line}");
        assert!(document.dump().contains(line), "{}", document.dump());
    }
}
