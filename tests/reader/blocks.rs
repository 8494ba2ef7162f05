//! What an editor sees in small texts: each kind of block, and what is none.

use bindery::model::{Inline, plain_text};
use bindery::reader::plain::{Options, read};

/// The blocks of a text as the model's dump shows them, without metadata and section lines; `‹emphasis›` stands in brackets
/// of its own, so that marks left in the text are seen.
fn blocks(text: &str) -> String {
    let reading = read(text.as_bytes(), "a.txt", &Options::default()).expect("the text is not empty");
    let mut document = reading.document;
    document.for_each_inlines_mut(&mut |inlines, _| {
        for inline in inlines {
            if let Inline::Emphasis(content) = inline {
                *inline = Inline::text(format!("‹{}›", plain_text(content)));
            }
        }
    });
    let dump = document.dump();
    let lines = dump.lines().skip_while(|line| !line.starts_with("# "));
    lines.filter(|line| !line.trim_start().starts_with("# ")).map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Asserts that a text holds blocks, shown as in the dump, in this order.
#[track_caller]
fn assert_blocks(text: &str, expected: &[&str]) {
    let found = blocks(text);
    let mut rest = found.as_str();
    for one in expected {
        match rest.find(one) {
            Some(at) => rest = &rest[at + one.len()..],
            None => assert_eq!(*one, found, "not found, or not in this order"),
        }
    }
}

/// Prose of 72 columns, as in most files.
const PROSE: &str = "The mill had stood beside the river for as long as anybody in the village
could say, and longer than the bridge, which was new. It had ground corn
for nine farms, and then for six, and in the end for none of them at all.

Nobody came there now but boys. The wheel hung still over a race that was
dry in summer and frozen in winter, and they threw stones at it from the
bank until it was dark or somebody called them home to their suppers.
";

fn within_prose(text: &str) -> String {
    format!("{PROSE}\n{text}\n\n{PROSE}")
}

#[test]
fn indented_verse_stands_between_prose() {
    let text = within_prose(
        "They had a rhyme for it, which everybody knew:\n\n    The wheel went round, the wheel went round,\n      \
         And ground the corn to meal;\n    The miller lies beneath the ground,\n      And rust is on the wheel.\n\n\
         and they sang it to the tune of a hymn.",
    );
    assert_blocks(
        &text,
        &[
            "verse\n    | The wheel went round, the wheel went round,\n      | And ground the corn to meal;\n    | The miller \
             lies beneath the ground,\n      | And rust is on the wheel.\n",
            "continued: and they sang it",
        ],
    );
}

#[test]
fn stanzas_stay_apart_and_flush_verse_is_verse() {
    let stanza = "O river that has worn the stone\nAnd carried off the clay,\nWhat have you left that was our own\nTo \
                  carry on the day?\n";
    let text = format!("{PROSE}\n\n{stanza}\n{stanza}\n\n{PROSE}");
    assert_blocks(&text, &["verse\n    | O river", "To carry on the day?\n\n    | O river"]);
}

#[test]
fn short_paragraphs_of_a_wrapped_file_are_no_verse() {
    let text = "He had been told to wait at the corner of the lane until the carrier's
cart came by, and so he waited.

Nobody came. It began to rain a little, and the lane grew dark between
the hedges.

\"I was to wait,\" he said aloud.

A dog answered him from the farm across the water, and then another,
nearer by.

He turned up his collar and thought of the fire at home, and of what he
should say there.

At last there was a light.
";
    let found = blocks(text);
    assert_eq!(found.matches("body: ").count(), 6, "{found}");
    assert!(!found.contains("verse") && !found.contains("lines"), "{found}");
    assert!(found.contains("until the carrier's cart came by, and so he waited."), "{found}");
}

#[test]
fn speeches_of_two_lines_are_no_verse() {
    let text = "\"I never saw the like of it in all my days,\" said the smith, \"and I
have seen the like of most things.\"

\"You have seen nothing,\" said his wife, who had been listening at the
Window all the while.

\"I have seen Leeds,\" said the smith. He said it with some dignity, for
Leeds had been a long way off.

\"Leeds!\" said she, and shut the window.
";
    let found = blocks(text);
    assert_eq!(found.matches("body: ").count(), 4, "{found}");
}

#[test]
fn a_turned_over_line_is_one_line() {
    let text = within_prose(
        "    The river ran as rivers run when all the rain is on the\n                hills,\n    And the old wheel that \
         never turned was turning as it\n                wills,\n    And in the dark we heard it go, the grinding of \
         the empty\n                mills.",
    );
    assert_blocks(
        &text,
        &[
            "| The river ran as rivers run when all the rain is on the hills,\n",
            "| And the old wheel that never turned was turning as it wills,\n",
            "of the empty mills.\n",
        ],
    );
}

#[test]
fn scene_breaks_of_many_kinds() {
    for mark in [
        "* * *",
        "***",
        "-----",
        "--------------------------",
        "#",
        "~",
        "\u{2042}",
        "- - -",
        "\u{2014}\u{2014}\u{2014}",
        "x x x",
    ] {
        let found = blocks(&within_prose(&format!("      {mark}")));
        assert!(found.contains(&format!("scene break {mark}")), "{mark}: {found}");
        assert_eq!(found.matches("scene break").count(), 1, "{found}");
    }
}

#[test]
fn an_extra_blank_line_is_a_scene_break() {
    let text = format!("{PROSE}\n{PROSE}\n\n{PROSE}\n{PROSE}");
    assert_eq!(blocks(&text).matches("scene break -").count(), 1, "{}", blocks(&text));
}

#[test]
fn what_stands_apart_itself_is_between_no_scene_breaks() {
    for apart in ["\"Ding, dong! Ding, dong!\"", "_How the wheel was mended._", "BEWARE OF THE DOG."] {
        let text = format!("{PROSE}\n{PROSE}\n\n{apart}\n\n\n{PROSE}\n{PROSE}");
        assert!(!blocks(&text).contains("scene break"), "{}", blocks(&text));
    }
}

#[test]
fn a_letter_has_its_parts() {
    let text = within_prose(
        "                                   14 Mill Lane, Ashby,\n                                        July 5th, 1901.\n\n\
         Dear Sir,\n\nThe wheel which you were so kind as to send me has come, and it is too\nlarge by half a foot. I \
         shall keep it in the garden, where the children\nmay look at it.\n\n                              Yours \
         faithfully,\n                                        Ada Stone.",
    );
    assert_blocks(
        &text,
        &[
            "date-line: 14 Mill Lane, Ashby, ⏎ July 5th, 1901.\n",
            "salutation: Dear Sir,\n",
            "body: The wheel which you were so kind as to send me has come, and it is too large",
            "signature: Yours faithfully, ⏎ Ada Stone.\n",
        ],
    );
}

#[test]
fn lists_hang_and_nest() {
    assert_blocks(
        &within_prose("- salt, which is dear\n- oil for the lamps and\n  for the wheel\n- bread"),
        &["list\n", "body: salt, which is dear\n", "body: oil for the lamps and for the wheel\n", "body: bread\n"],
    );
    assert_blocks(
        &within_prose(
            "1. What to buy:\n   (a) salt\n   (b) oil for the lamps and\n       for the wheel\n2. What to sell:\n   (a) \
             the cow\n   (b) the cart\n3. Nothing else.",
        ),
        &[
            "list decimal from 1\n",
            "body: What to buy:\n",
            "list lower-alpha from 1\n",
            "body: salt\n",
            "body: oil for the lamps and for the wheel\n",
            "body: What to sell:\n",
            "list lower-alpha from 1\n",
            "body: the cow\n",
            "body: Nothing else.\n",
        ],
    );
}

#[test]
fn items_with_bullets_may_stand_apart_and_run_over_lines() {
    let apart = "• salt from the sea\n\n• oil\n\n• bread\n";
    assert_blocks(&within_prose(apart), &["list\n", "body: salt from the sea", "body: oil", "body: bread", "body: "]);
    let led_in = "There was not much in the house:\n\n- salt from the sea\n\n- oil that had\n  gone bad\n\n- bread\n";
    assert_blocks(&within_prose(led_in), &["list\n", "body: oil that had gone bad", "body: bread"]);
    let hanging = "- salt from\n  the sea\n- Oil that\n  had gone bad\n- Bread of\n  the week before\n";
    let found = blocks(&within_prose(hanging));
    assert!(found.contains("list\n") && !found.contains("verse"), "{found}");
    // Words that a hyphen heads, and notes that an asterisk does, are none.
    for text in
        ["- So it is gone, she said.\n\n- It is.\n\n- All of it.\n", "* One note.\n\n* Another note.\n\n* A third.\n"]
    {
        let found = blocks(&within_prose(text));
        assert!(!found.contains("list\n"), "{found}");
    }
}

#[test]
fn a_wide_gap_before_gathered_notes_is_no_scene_break() {
    let text = format!("{PROSE}It was so.[1] And so.[2]\n\n\n[1] As they say.\n\n[2] As others say.\n");
    assert!(!blocks(&text).contains("scene break"), "{}", blocks(&text));
}

#[test]
fn an_exclamation_opens_no_letter() {
    for text in ["Oh dear, oh dear!", "“Yes, sir.”", "Well, sir!"] {
        let found = blocks(&within_prose(&format!("{text}\n")));
        assert!(!found.contains("salutation"), "{found}");
    }
}

#[test]
fn tables_are_drawn_or_set_in_columns() {
    assert_blocks(
        &within_prose(
            "+--------+-------+\n| Farm   | Sacks |\n+--------+-------+\n| Ashby  |    12 |\n| Corby  |     7 |\n+--------+-------+",
        ),
        &["table:\n    | Farm | Sacks |\n    | Ashby | 12 |\n    | Corby | 7 |\n"],
    );
    assert_blocks(
        &within_prose(
            "    Ashby, with the _old_ farm     12\n    Corby                           7\n    Thorpe                        130",
        ),
        &["| Ashby, with the ‹old› farm | 12 |\n", "| Corby | 7 |\n", "| Thorpe | 130 |\n"],
    );
}

#[test]
fn notes_stand_at_the_foot_of_the_page() {
    for (mark, head) in [("[1]", "[1]"), ("*", "*"), ("(1)", "(1)"), ("[A]", "[A]"), ("\u{2020}", "\u{2020}")] {
        let text = format!(
            "{PROSE}\nThe wheel was made in Corby,{mark} as all wheels were in those days, and it was\nbrought here on \
             a cart.\n\n    {head} A town of nine mills.\n\n{PROSE}"
        );
        let found = blocks(&text);
        assert!(found.contains("made in Corby,[n0] as all wheels"), "{mark}: {found}");
        assert!(found.contains("note 0 ") && found.ends_with("A town of nine mills.\n"), "{mark}: {found}");
    }
}

#[test]
fn notes_are_gathered_at_the_end_of_a_chapter_or_of_the_book() {
    let chapter = |number: &str, notes: &str| {
        format!(
            "\n\n\nCHAPTER {number}\n\n{PROSE}\nThe wheel was made in Corby,[1] and the stone was cut in Thorpe,[2] \
             which is\nfarther away.\n\n{notes}\n"
        )
    };
    let notes = "[1] A town of nine mills.\n\n[2] A village with a quarry.\n";
    let at_chapters = format!(
        "THE MILL\n{}{}",
        chapter("I", &format!("FOOTNOTES:\n\n{notes}")),
        chapter("II", &format!("FOOTNOTES:\n\n{notes}"))
    );
    let at_end = format!("THE MILL\n{}{}\n\n\nNOTES\n\n{notes}\n{notes}", chapter("I", ""), chapter("II", ""));
    for text in [at_chapters, at_end] {
        let found = blocks(&text);
        for part in ["Corby,[n0]", "Thorpe,[n1]", "Corby,[n2]", "Thorpe,[n3]"] {
            assert!(found.contains(part), "{part}: {found}");
        }
        assert!(!found.contains("FOOTNOTES") && !found.contains("NOTES"), "{found}");
    }
}

#[test]
fn a_play_has_speeches_and_directions() {
    let text = "ACT I

_A mill at night. The wheel is heard._

ANNA. Who is there? I heard a step upon the bridge, and nobody comes over
it at this hour.

KARL (_aside_). She must not know me. [‹Aloud.›] A friend, who has lost
his way.

ANNA. Then find it again.

    [_She shuts the window._

KARL. The wheel goes round,
    And I go round with it; and what it grinds
    Is neither corn nor meal, but only time,
    And that I have to sell.

ANNA. Good night to you, whoever you are, and may you find a better road
than the one that brought you here.

    [_Exit._

KARL. And good night to the mill.
";
    assert_blocks(
        text,
        &[
            "stage-direction: ‹A mill at night. The wheel is heard.›\n",
            "speech: ANNA.\n",
            "body: Who is there? I heard a step upon the bridge, and nobody comes over it at this hour.\n",
            "speech: KARL (‹aside›).\n",
            "body: She must not know me. [‹Aloud.›] A friend, who has lost his way.\n",
            "speech: KARL.\n",
            "| The wheel goes round,\n",
            "| And that I have to sell.\n",
            "speech: ANNA.\n",
            "that brought you here. [‹Exit.›\n",
        ],
    );
}

#[test]
fn words_broken_at_line_ends_are_whole_again_where_the_book_shows_them() {
    let text = format!(
        "{PROSE}\nA lantern hung there, a well-known one. It was the lan-\ntern of the mill, and a well-\nknown one, and it had a hand-\nle of brass.\n"
    );
    assert_blocks(&text, &["the lantern of the mill, and a well-known one, and it had a hand-le of brass"]);
}

#[test]
fn emphasis_is_what_the_work_marks() {
    for (text, shown) in [
        ("It was _old_, \"_very_ old\", and _nobody_'s.", "It was ‹old›, \"‹very› old\", and ‹nobody›'s."),
        ("It was _as old\nas the hills_, he said.", "It was ‹as old as the hills›, he said."),
        ("It was im_possible_, and _un_likely.", "It was im‹possible›, and ‹un›likely."),
        ("The_ Corby Times _said so, the _Post _too.", "The‹ Corby Times ›said so, the ‹Post ›too."),
        ("Set wheel_size and race_size to _ten_.", "Set wheel_size and race_size to ‹ten›."),
        ("A =new= wheel, a =new= race, a =new= bridge.", "A ‹new› wheel, a ‹new› race, a ‹new› bridge."),
        ("A /new/ wheel, a /new/ race, a /new/ bridge.", "A ‹new› wheel, a ‹new› race, a ‹new› bridge."),
        ("A *new* wheel, a *new* race, a *new* bridge.", "A ‹new› wheel, a ‹new› race, a ‹new› bridge."),
        ("It was VERY old and/or 1/2 new, 3 * 4 feet.", "It was VERY old and/or 1/2 new, 3 * 4 feet."),
        (
            "He turned (_aside --_) and (_aloud -- _) spoke to _her_.",
            "He turned (‹aside --›) and (‹aloud -- ›) spoke to ‹her›.",
        ),
    ] {
        assert_blocks(&within_prose(text), &[shown]);
    }
}

#[test]
fn emphasis_runs_over_paragraphs() {
    let text = "He read aloud: _The mill is yours, and the race with it.\n\nThe bridge is not.\n\nNor is the river._ That was all.";
    let expected = [
        "aloud: ‹The mill is yours, and the race with it.›\n",
        "body: ‹The bridge is not.›\n",
        "‹Nor is the river.› That was all.",
    ];
    assert_blocks(&within_prose(text), &expected);
    assert_blocks(&within_prose("It was _old.\n\nIt was very old."), &["It was _old.\n", "body: It was very old.\n"]);
}

#[test]
fn a_poem_in_italics_is_set_as_poems_are() {
    let text = within_prose(
        "    _The wheel went round, the wheel went round,\n    And ground the corn of_ Corby, _meal by meal;\n    The \
         miller lies beneath the ground,\n    And rust is on the wheel._",
    );
    assert_blocks(
        &text,
        &[
            "| The wheel went round, the wheel went round,\n",
            "| ‹And ground the corn of› Corby, ‹meal by meal;›\n",
            "| And rust is on the wheel.\n",
        ],
    );
}

#[test]
fn items_with_asterisks_and_blank_lines_between_them_are_a_list() {
    let text =
        within_prose("It ground three kinds of corn:\n\n* wheat\n\n* rye, but only where\n  it was dry\n\n* oats");
    assert_blocks(
        &text,
        &["list", "body: wheat", "body: rye, but only where it was dry", "body: oats", "body: The mill"],
    );
    // Notes have asterisks too.
    let text =
        within_prose("The wheel hung still,* as it does.\n\n* It was mended once.\n\n* And again.\n\n* And again.");
    assert!(!blocks(&text).contains("list"), "{}", blocks(&text));
}

#[test]
fn items_with_hyphens_may_hang() {
    let text = within_prose(
        "- Wheat, in sacks,\n  which is heavy,\n- rye, in sacks,\n  which is light,\n- oats, in sacks,\n  which are dear,",
    );
    assert_blocks(&text, &["list", "body: Wheat, in sacks, which is heavy,", "body: oats, in sacks, which are dear,"]);
    assert!(!blocks(&text).contains("verse"));
}

#[test]
fn a_gap_or_a_rule_over_gathered_notes_is_no_pause() {
    for (over, marks) in [("\n\n", ["*", "†"]), ("\n-----\n\n", ["(1)", "(2)"]), ("\n\nNOTES\n\n", ["[1]", "[2]"])] {
        let [first, second] = marks;
        let text = format!(
            "CHAPTER I\n\n{PROSE}\nThe wheel hung still,{first} as it does.\n\nThe race was dry,{second} or frozen, and the boys \
             threw stones at it.\n{over}{first} It was mended once.\n\n{second} But not often.\n\n\nCHAPTER II\n\n{PROSE}"
        );
        let document = read(text.as_bytes(), "a.txt", &Options::default()).expect("a text").document;
        assert_eq!(document.notes.len(), 2, "{}", document.dump());
        assert!(!document.dump().contains("scene-break"), "{}", document.dump());
    }
}

#[test]
fn a_text_goes_on_behind_the_notes_in_it() {
    let text = format!(
        "CHAPTER I\n\n{PROSE}\nThe wheel hung still,[1] as it does.\n\n\n\nFOOTNOTES:\n\n[1] It was mended once.\n\n\n\n\
         The words of the miller, which he never wrote down, were these.\n\n\nCHAPTER II\n\n{PROSE}"
    );
    let document = read(text.as_bytes(), "a.txt", &Options::default()).expect("a text").document;
    assert_eq!(document.notes.iter().map(|note| note.blocks.len()).collect::<Vec<_>>(), [1]);
    let dump = document.dump();
    assert!(dump.contains("body: The words of the miller") && !dump.contains("FOOTNOTES"), "{dump}");
}

#[test]
fn a_cry_is_no_salutation() {
    for cry in ["Oh dear,", "Dear me!", "Dear, dear!"] {
        assert!(!blocks(&within_prose(cry)).contains("salutation"), "{cry}");
    }
    assert!(blocks(&within_prose("My dear, dear friend,")).contains("salutation"));
}
