//! Plays: who speaks, what actors do, and who is in them, in the ways that files set them.

use super::outline;
use bindery::reader::plain::{Options, read};

/// The blocks of a text as the model's dump shows them, its section lines included.
fn dump(text: &str) -> String {
    read(text.as_bytes(), "a.txt", &Options::default()).expect("the text is not empty").document.dump()
}

/// A scene with each name alone on a line, as `name` sets it, and no blank line between speeches.
fn scene(name: fn(&str) -> String) -> String {
    let (mara, tom) = (name("Mara"), name("First Ferryman"));
    format!(
        "A quay. Enter two Ferrymen\n{tom}\nWhat boat is that?\n{mara}\nThe boat that went at dawn,\nAnd came again with \
         nobody to row.\n{tom}\nAnd nobody has asked?\n{mara}\nThe river asked,\nBut in a voice that drowned whatever \
         answer\nThe reeds had made it.\nExeunt\n\n{tom}\nI would not cross to-night; the water is up\nto the third \
         step, and there is ice in it, and\nsomebody will have to pay for the oars.\n{mara}\nThen stay.\n{tom}\nI stay.\n"
    )
}

fn play(name: fn(&str) -> String) -> String {
    format!(
        "The Glass Ferry\nACT I\n\nSCENE I. A quay.\n\n{}\nSCENE II. The same.\n\n{}\nACT II\n\nSCENE I. A mill.\n\n{}",
        scene(name),
        scene(name),
        scene(name)
    )
}

#[test]
fn names_that_stand_alone_over_the_words_begin_speeches() {
    for name in [
        (|name| name.to_uppercase()) as fn(&str) -> String,
        |name| format!("{}.", name.to_uppercase()),
        |name| name.to_owned(),
        |name| format!("{name}."),
    ] {
        let text = play(name);
        assert_eq!(
            outline(&text),
            "ACT I\n  SCENE I. | A quay.\n  SCENE II. | The same.\nACT II\n  SCENE I. | A mill.\n"
        );
        let found = dump(&text);
        let mut rest = found.as_str();
        for one in [
            "stage-direction: A quay. Enter two Ferrymen\n".to_owned(),
            format!("speech: {}\n", name("First Ferryman")),
            "body: What boat is that?\n".to_owned(),
            format!("speech: {}\n", name("Mara")),
            "| The boat that went at dawn,\n".to_owned(),
            "| And came again with nobody to row.\n".to_owned(),
            "| The reeds had made it.\n".to_owned(),
            "stage-direction: Exeunt\n".to_owned(),
            "body: I would not cross to-night; the water is up to the third step, and there is ice in it".to_owned(),
        ] {
            let at = rest.find(&one).unwrap_or_else(|| panic!("{one} is not in {found}"));
            rest = &rest[at + one.len()..];
        }
    }
}

#[test]
fn persons_are_no_speeches_and_the_half_title_below_them_no_heading() {
    let speeches =
        "MARA\tWhat boat is that, and who has left it there\n\twith all its oars?\n\nTOM\tNobody, madam.\n\n".repeat(3);
    let text = format!(
        "\tTHE GLASS FERRY\n\n\n\tDRAMATIS PERSONAE\n\n\nMARA\ta miller's widow.\n\nTOM\ther ferryman.\n\n\nOLD PARR\t|\n\t|  \
         rowers.\nYOUNG PARR\t|\n\n\n\tTHE GLASS FERRY\n\n\nACT I\n\n\nSCENE I\tA quay.\n\n{speeches}\n\nACT II\n\n\nSCENE \
         I\tA mill.\n\n{speeches}"
    );
    assert_eq!(outline(&text), "DRAMATIS PERSONAE\nACT I\n  SCENE I | A quay.\nACT II\n  SCENE I | A mill.\n");
    let found = dump(&text);
    let (persons, acts) = found.split_once("ACT I").expect("the act is there");
    assert!(!persons.contains("speech:") && persons.contains("body: MARA a miller's widow."), "{persons}");
    assert!(!persons.contains("body: THE GLASS FERRY"), "{persons}");
    assert_eq!(acts.matches("speech: MARA").count(), 6, "{acts}");
}

#[test]
fn the_persons_of_a_play_take_no_second_title() {
    let speech =
        "MARA. What boat is that, and who has left it there with all its oars?\n\nTOM. Nobody, madam.\n\n".repeat(3);
    let text = format!(
        "THE GLASS FERRY\n\nby Ada Stone\n\n\n\nThe Persons of the Play\n\nMARA THE WIDOW\n\nTOM\n\n\n\nACT I\n\n{speech}\n\n\nACT II\n\n{speech}"
    );
    assert_eq!(outline(&text), "The Persons of the Play\nACT I\nACT II\n");
}

/// Two scenes of two persons, each under one line or two that name the act again.
fn acts(between: &str) -> String {
    let speeches =
        "MARA. Who was it that left the boat at the quay with all its oars in it?\n\nTOM. Nobody. It came in by \
                    itself, as it did last year, and went again.\n\n"
            .repeat(2);
    let mut text = "THE GLASS FERRY\n\nA Play\n\nby Mara Quill\n".to_owned();
    for (act, scene) in [("I", "I. A quay."), ("I", "II. The same."), ("II", "I. A mill.")] {
        text.push_str(&format!("\n\nACT {act}{between}SCENE {scene}\n\n{speeches}"));
    }
    text
}

#[test]
fn an_act_and_its_scene_on_one_line_are_two_headings() {
    for between in [". ", ".--", ", ", ".\n", "\n"] {
        let text = acts(between);
        let act = if between.starts_with('.') { "." } else { "" };
        assert_eq!(
            outline(&text),
            format!("ACT I{act}\n  SCENE I. | A quay.\n  SCENE II. | The same.\nACT II{act}\n  SCENE I. | A mill.\n"),
            "{between:?}"
        );
    }
}

#[test]
fn what_is_done_on_the_stage_needs_no_brackets() {
    let mut text = acts("\n\n");
    text.push_str(
        "Enter two Ferrymen.\n\nMARA. Here they are.\n\nFlourish.\n\nTOM. What is that?\n\nThey fight.\n\nMARA. Let us \
         go in.\n\nThunder and lightning.\n\nTOM. Not yet.\n\nIt is only rain, and rain is what a ferry is for.\n\nSONG.\n\n  \
         The river rose, the river fell,\n    And nobody was there;\n  The ferryman had rung his bell,\n    And there was frost \
         in the air.\n\nMARA. A fine song.\n\nExeunt.\n",
    );
    let found = dump(&text);
    let mut rest = found.as_str();
    for one in [
        "stage-direction: Enter two Ferrymen.\n",
        "speech: MARA.\n",
        "stage-direction: Flourish.\n",
        "speech: TOM.\n",
        "stage-direction: They fight.\n",
        "stage-direction: Thunder and lightning.\n",
        "body: It is only rain,",
        "stage-direction: SONG.\n",
        "| The river rose, the river fell,\n",
        "speech: MARA.\n",
        "stage-direction: Exeunt.\n",
    ] {
        let at = rest.find(one).unwrap_or_else(|| panic!("{one} is not in {found}"));
        rest = &rest[at + one.len()..];
    }
    assert!(!found.contains("speech: SONG"), "{found}");
}

#[test]
fn in_a_short_scene_those_speak_who_speak_in_others() {
    let text = acts("\n\n") + "\n\nSCENE II. The quay.\n\nMARA. And so it ends, as it began, with nobody to row.\n";
    assert!(dump(&text).contains("speech: MARA.\n      body: And so it ends"), "{}", dump(&text));
}
