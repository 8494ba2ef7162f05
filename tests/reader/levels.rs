//! Which lines are headings, and how deep each stands, in texts of many kinds.

use super::{outline, outline_with, reading};

/// Two wrapped paragraphs.
const PROSE: &str = "The ferry had lain at the quay since the frost, and nobody had yet\n\
    thought of looking for the man who used to row it over.\n\n\
    In spring the water rose to the third step, and the children were sent\n\
    to the other school, by the bridge, which took them an hour.\n";

/// Two stanzas.
const VERSE: &str = "The ferry lay beside the quay,\nThe frost was on the oar,\n\
    And nobody had come to say\nWho lived upon the shore.\n\n\
    The ferry lay, the water rose,\nThe third step it was gone,\n\
    And where the ferryman had been\nThe grey stones lay alone.\n";

/// Each heading over prose, with so many blank lines before it.
fn sections(gap: usize, headings: &[&str]) -> String {
    headings.iter().map(|heading| format!("{}{heading}\n\n{PROSE}", "\n".repeat(gap))).collect()
}

/// A title page with a wide gap after it.
fn book(text: &str) -> String {
    format!("THE GLASS FERRY\n\nBy Mara Quill\n\nLondon\n1901\n\n\n\n{text}")
}

/// Some speeches.
fn speeches() -> String {
    "ANNA. Is it the ferry that I hear, or is it only the wind in the reeds?\n\n\
     TOM (softly). It is the wind. It was the wind last night too, and you asked.\n\n"
        .repeat(4)
}

#[test]
fn books_hold_parts_and_parts_hold_chapters() {
    let part = |name: &str| format!("\n\n{name}\n{}", sections(2, &["Chapter 1", "Chapter 2"]));
    let volume = |name: &str| format!("\n\n{name}\n{}{}", part("PART ONE"), part("PART TWO"));
    let text = book(&(volume("BOOK I") + &volume("BOOK II")));
    let parts = "  PART ONE\n    Chapter 1\n    Chapter 2\n  PART TWO\n    Chapter 1\n    Chapter 2\n";
    assert_eq!(outline(&text), format!("BOOK I\n{parts}BOOK II\n{parts}"));
}

#[test]
fn numbers_that_go_on_through_parts_stand_below_them() {
    let text = book(&format!(
        "\nFirst Part\n\nYouth\n{}\n\nSecond Part\n\nAge\n{}",
        sections(3, &["1", "2", "3"]),
        sections(3, &["4", "5", "6"])
    ));
    assert_eq!(outline(&text), "First Part | Youth\n  1\n  2\n  3\nSecond Part | Age\n  4\n  5\n  6\n");
}

#[test]
fn numbers_within_numbers_stand_below_them() {
    let headings = ["1 Water", "1.1 The Race", "1.1.1 Stones", "1.1.2 Reeds", "1.2 The Wheel", "2 Wind", "2.1 Sails"];
    let text = format!("A MANUAL OF MILLS\n\n{}", sections(2, &headings));
    assert_eq!(
        outline(&text),
        "1 | Water\n  1.1 | The Race\n    1.1.1 | Stones\n    1.1.2 | Reeds\n  1.2 | The Wheel\n2 | Wind\n  2.1 | Sails\n"
    );
}

#[test]
fn roman_letter_and_digit_make_three_levels() {
    let inner = |a: &str, b: &str| sections(1, &["A. The Race", "1. Stones", "2. Reeds", "B. The Wheel", a, b]);
    let text = format!(
        "ON MILLS\n\nBy Mara Quill\n{}",
        ["I. WATER", "II. WIND"].map(|one| { sections(2, &[one]) + &inner("1. Oak", "2. Iron") }).concat()
    );
    let letters = "  A. The Race\n    1. | Stones\n    2. | Reeds\n  B. The Wheel\n    1. | Oak\n    2. | Iron\n";
    assert_eq!(outline(&text), format!("I. | WATER\n{letters}II. | WIND\n{letters}"));
}

#[test]
fn a_number_in_brackets_is_closed_in_its_label() {
    let essay = |name: &str| format!("\n\n\n{name}\n{}", sections(1, &["(i)", "(ii)", "(iii)"]));
    let text = format!("THREE ESSAYS\n\nBy Mara Quill\n{}", ["ON SALT", "ON SILT", "ON SAND"].map(essay).concat());
    assert_eq!(
        outline(&text),
        ["ON SALT", "ON SILT", "ON SAND"].map(|one| format!("{one}\n  (i)\n  (ii)\n  (iii)\n")).concat()
    );
}

#[test]
fn the_indents_of_a_contents_list_tell_levels() {
    let list = "CONTENTS\n\nWater\n    The Race\n    The Wheel\nWind\n    The Sails\n    The Post\n\n\n";
    let text =
        book(&format!("{list}{}", sections(2, &["Water", "The Race", "The Wheel", "Wind", "The Sails", "The Post"])));
    assert_eq!(outline(&text), "Water\n  The Race\n  The Wheel\nWind\n  The Sails\n  The Post\n");
}

#[test]
fn entries_of_a_contents_list_may_name_who_wrote_the_piece() {
    let list = "CONTENTS\n\nTHE RACE, _by John Lowe_\nSALT, _by Ada Finch_\nTHE WELL, _by Tom Reed_\n\n\n\n";
    let text = book(&format!("{list}{}", sections(4, &["THE RACE", "SALT", "THE WELL"])));
    assert_eq!(outline(&text), "THE RACE\nSALT\nTHE WELL\n");
}

#[test]
fn plays_bound_in_one_text_have_each_their_persons_and_acts() {
    let play = |name: &str| {
        let act = |number: &str| format!("\n\n\nACT {number}\n\n_A quay. Evening._\n\n{}", speeches());
        let head = format!(
            "\n\n\n\n{name}\n\nA PLAY IN TWO ACTS\n\n1901\n\n\n\nCHARACTERS\n\nANNA, a widow.\nTOM, a clerk.\n"
        );
        format!("{head}{}{}CURTAIN\n", act("I"), act("II"))
    };
    let list = "CONTENTS\n\nThe Lamp      1\nThe Door     20\nThe Well     44\n";
    let text = format!(
        "THREE SMALL PLAYS\n\nBy Mara Quill\n\nDublin\n1911\n\n\n\n{list}{}",
        ["THE LAMP", "THE DOOR", "THE WELL"].map(play).concat()
    );
    let seen = outline(&text);
    let acts = "  CHARACTERS\n  ACT I\n  ACT II\n";
    for name in ["THE LAMP", "THE DOOR", "THE WELL"] {
        assert!(seen.contains(&format!("\n{acts}")) && seen.contains(name), "{seen}");
    }
    assert_eq!(seen.lines().filter(|line| !line.starts_with(' ')).count(), 3, "{seen}");
}

#[test]
fn the_first_of_several_works_is_no_line_of_the_title_page() {
    let novel = |name: &str| format!("\n\n\n\n{name}\n\n\n{}", sections(3, &["CHAPTER I", "CHAPTER II"]));
    let text = format!("TWO NOVELS\n\nBy Mara Quill\n{}{}", novel("THE GLASS FERRY"), novel("THE IRON GATE"));
    assert_eq!(
        outline(&text),
        "THE GLASS FERRY\n  CHAPTER I\n  CHAPTER II\nTHE IRON GATE\n  CHAPTER I\n  CHAPTER II\n"
    );
}

#[test]
fn where_a_scene_plays_is_not_its_title() {
    let scene = |number: u32| format!("\n\nSCENE {number}\n\n_A room in Ulm. Evening._\n\n{}", speeches());
    let act = |number: &str| format!("\n\n\nACT {number}\n{}{}", scene(1), scene(2));
    let text = book(&format!("PERSONS\n\nANNA, a widow.\nTOM, a clerk.\n{}{}", act("I"), act("II")));
    assert_eq!(outline(&text), "PERSONS\nACT I\n  SCENE 1\n  SCENE 2\nACT II\n  SCENE 1\n  SCENE 2\n");
}

#[test]
fn a_speaker_with_a_direction_is_a_speaker() {
    let turn = |direction: &str| format!("\n\n_Anna ({direction})._\n\n{PROSE}\n_Tom._\n\n{PROSE}");
    let turns =
        ["to Tom", "laughing", "aside", "at the door", "sits down", "rises", "to the ferryman", "softly"].map(turn);
    let text = book(&format!("\n\nACT I\n{}\n\n\nACT II\n{}", turns.concat(), turns.concat()));
    assert_eq!(outline(&text), "ACT I\nACT II\n");
}

#[test]
fn no_preface_holds_chapters() {
    let text = book(&format!("PREFACE\n\n{PROSE}{}", sections(3, &["CHAPTER I", "CHAPTER II", "CHAPTER III"])));
    assert_eq!(outline(&text), "PREFACE\nCHAPTER I\nCHAPTER II\nCHAPTER III\n");
}

#[test]
fn who_signs_with_place_and_date_is_no_heading() {
    let preface = format!("PREFACE\n\n{PROSE}\n\nMARA QUILL\n\nLEITH, _May 3rd, 1901_.\n");
    let text = book(&format!("{preface}{}", sections(4, &["CHAPTER I", "CHAPTER II", "CHAPTER III"])));
    assert_eq!(outline(&text), "PREFACE\nCHAPTER I\nCHAPTER II\nCHAPTER III\n");
}

#[test]
fn a_catalogue_behind_the_text_has_one_heading() {
    let offers = "THE RED BARGE. By John Lowe. Crown 8vo, 6s.\n\n\"A good book.\"--_Times._\n\n\
        OARS. By Ada Finch. Crown 8vo, 3s. 6d.\n\n\nPOETRY\n\nI. _Songs of the Quay_\n\nBy E. Marsh. Price 2s. 6d.\n\n\
        II. _Salt_\n\nBy E. Marsh. Price 2s. 6d.\n\n\nTHE HARBOUR PRESS, LEITH\n";
    let text = book(&format!(
        "{}\n\n\nTHE END\n\n\n\n\nNEW BOOKS\n\n\n{offers}",
        sections(3, &["CHAPTER I", "CHAPTER II", "CHAPTER III"])
    ));
    let seen = outline_with(&reading(&text), |section, heading| format!("{:?} {heading}", section.matter));
    assert_eq!(seen, "Body CHAPTER I\nBody CHAPTER II\nBody CHAPTER III\nBack NEW BOOKS\n");
}

#[test]
fn an_appendix_has_its_title_and_notes_their_chapters() {
    let notes = "NOTES\n\nCHAPTER I\n\nThe ferry is still there, but it is not rowed.\n\nCHAPTER II\n\nThe school was closed.\n";
    let text = book(&format!(
        "{}\n\n\nAPPENDIX A\n\nTHE TOLLS\n\n{PROSE}\n\n\nAPPENDIX B\n\nA LETTER\n\n{PROSE}\n\n\n{notes}",
        sections(3, &["CHAPTER I", "CHAPTER II"])
    ));
    assert_eq!(
        outline(&text),
        "CHAPTER I\nCHAPTER II\nAPPENDIX A | THE TOLLS\nAPPENDIX B | A LETTER\nNOTES\n  CHAPTER I\n  CHAPTER II\n"
    );
}

#[test]
fn articles_have_headings_without_gap_or_capitals() {
    let headings = ["The auction", "Who came to the sale", "What was paid?", "After the flood"];
    let text = format!("How the mill was sold\n\nBy Mara Quill\n\n{PROSE}{}", sections(1, &headings));
    assert_eq!(outline(&text), headings.map(|heading| format!("{heading}\n")).concat());
}

#[test]
fn short_speeches_between_paragraphs_are_no_headings() {
    let talk =
        format!("{PROSE}\n\u{201C}Will the river rise?\u{201D}\n\n\u{201C}It will not\u{201D}\n\nWhy should it?\n\n")
            .repeat(6);
    assert_eq!(outline(&format!("The Flood\n\nBy Mara Quill\n\n{talk}")), "");
}

#[test]
fn titles_between_stanzas_are_headings_and_a_chorus_is_none() {
    let poems = ["THE RACE", "SALT", "THE WELL", "HOME"].map(|name| format!("\n{name}\n\n{VERSE}\nCHORUS\n\n{VERSE}"));
    let text = format!("SALT SONGS\n\nBy Mara Quill\n\n\n{}", poems.concat());
    assert_eq!(outline(&text), "THE RACE\nSALT\nTHE WELL\nHOME\n");
}

#[test]
fn a_number_right_below_a_title_is_no_page_number() {
    let story = |name: &str| format!("\n\n\n\n{name}\n\n{}", sections(2, &["1", "2", "3"]));
    let text = format!("THREE TALES\n\nBy Mara Quill\n{}", ["THE RACE", "TWO OARS", "THE WELL"].map(story).concat());
    assert_eq!(
        outline(&text),
        ["THE RACE", "TWO OARS", "THE WELL"].map(|one| format!("{one}\n  1\n  2\n  3\n")).concat()
    );
}

#[test]
fn statements_stand_below_the_part_that_holds_them() {
    let text = format!(
        "FERRIES\n\nby Mark Quill\n\n\n\n\nTHE FIRST BOOK OF FERRIES\n\n\n\n\n_PART I._\n\n\n{PROSE}\n\n\n\n_DEFINITIONS_\n{}\n\n\n_AXIOMS._\n{}\n\n\n_PROPOSITIONS._\n{}",
        sections(2, &["DEFIN. I.", "DEFIN. II.", "DEFIN. III"]),
        sections(2, &["AX. I.", "AX. II."]),
        sections(2, &["_PROP._ I. THEOR. I.", "_PROP._ II. THEOR. II."]),
    );
    assert_eq!(
        outline(&text),
        "THE FIRST BOOK | OF FERRIES\n  PART I.\n    DEFINITIONS\n      DEFIN. I.\n      DEFIN. II.\n      DEFIN. III\n    \
         AXIOMS.\n      AX. I.\n      AX. II.\n    PROPOSITIONS.\n      PROP. I. | THEOR. I.\n      PROP. II. | THEOR. II.\n"
    );
}

#[test]
fn a_part_may_have_a_year_and_a_name() {
    let part = |label: &str, year: &str, name: &str| {
        format!("\n\n\n{label}\n\n{year}\n\n{name}\n{}", sections(3, &["CHAPTER I", "CHAPTER II"]))
    };
    let text = book(&(part("EPOCH THE FIRST", "1703", "TOM QUILL") + &part("EPOCH THE SECOND", "1715.", "THE FERRY")));
    let chapters = "  CHAPTER I\n  CHAPTER II\n";
    assert_eq!(
        outline(&text),
        format!("EPOCH THE FIRST | 1703 | TOM QUILL\n{chapters}EPOCH THE SECOND | 1715. | THE FERRY\n{chapters}")
    );
    let close = text.replace("FIRST\n\n1703\n\n", "FIRST\n1703\n").replace("SECOND\n\n1715.\n\n", "SECOND\n1715.\n");
    assert_eq!(outline(&close), outline(&text));
}
