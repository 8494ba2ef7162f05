use super::apply;
use crate::model::{
    AnchorId, Block, Document, Inline, LinkTarget, Matter, Section, SectionRole, Stanza, Target, Verse, VerseLine,
    plain_text,
};
use crate::source::Span;
use proptest::prelude::*;

fn document(language: &str, blocks: Vec<Block>) -> Document {
    let mut document = Document::default();
    document.meta.title = "Title".into();
    document.meta.language = language.parse().unwrap();
    document.sections.push(Section {
        id: AnchorId("s".into()),
        matter: Matter::Body,
        role: SectionRole::Section,
        heading: None,
        blocks,
        children: Vec::new(),
        span: Span::default(),
    });
    document
}

fn set_inlines(language: &str, content: Vec<Inline>) -> Vec<Inline> {
    let mut document = document(language, vec![Block::paragraph(content, Span::default())]);
    apply(&mut document);
    match document.sections.remove(0).blocks.remove(0) {
        Block::Paragraph(paragraph) => paragraph.content,
        other => panic!("{other:?}"),
    }
}

fn set(language: &str, text: &str) -> String {
    plain_text(&set_inlines(language, vec![Inline::text(text)]))
}

/// Special spaces as letters that can be seen: `~` no break, `_` narrow no break.
fn shown(language: &str, text: &str) -> String {
    set(language, text).replace('\u{A0}', "~").replace('\u{202F}', "_")
}

#[track_caller]
fn check(language: &str, cases: &[(&str, &str)]) {
    for (given, wanted) in cases {
        assert_eq!(shown(language, given), *wanted, "{language}: {given}");
    }
}

#[test]
fn english_quotation_marks() {
    check(
        "en",
        &[
            (r#""Come in," she said. "It's late.""#, "“Come in,” she said. “It’s late.”"),
            (r#""He said 'no' twice," I told her."#, "“He said ‘no’ twice,” I told her."),
            (r#""'Never,' was all he said.""#, "“‘Never,’ was all he said.”"),
            (r#"("A bracket," he wrote.)"#, "(“A bracket,” he wrote.)"),
            (r#"He left. "And then..."#, "He left. “And then…"),
            (r#""Stop--" "Why?""#, "“Stop—” “Why?”"),
            (r#"one--"two"--three"#, "one—“two”—three"),
            (r#"the word "stet"; then "dele"."#, "the word “stet”; then “dele”."),
        ],
    );
}

#[test]
fn apostrophes_are_no_quotation_marks() {
    check(
        "en",
        &[
            ("the '90s and the 1980's", "the ’90s and the 1980’s"),
            ("'Tis the season, and 'twas the night", "’Tis the season, and ’twas the night"),
            ("rock 'n' roll", "rock ’n’ roll"),
            ("'Ello, 'Arry!", "’Ello, ’Arry!"),
            ("the Joneses' house and James' dog", "the Joneses’ house and James’ dog"),
            ("'The boys' dog barked,' she said.", "‘The boys’ dog barked,’ she said."),
            ("'5 apples,' he said", "‘5 apples,’ he said"),
        ],
    );
}

#[test]
fn measures_keep_their_marks() {
    check(
        "en",
        &[
            (r#"He is 6'2" tall."#, r#"He is 6'2" tall."#),
            (r#"a 12" rule"#, r#"a 12" rule"#),
            (r#""The 12" rule is mine," he said."#, r#"“The 12" rule is mine,” he said."#),
            (r#""I was born in 1984.""#, "“I was born in 1984.”"),
            (r#""Room 12""#, "“Room 12”"),
        ],
    );
}

#[test]
fn dashes_and_ellipses() {
    check(
        "en",
        &[
            ("wait--what", "wait—what"),
            ("wait---what", "wait—what"),
            ("wait -- what", "wait~— what"),
            ("wait - what", "wait~– what"),
            ("Mr. ---- of L----", "Mr. —— of L——"),
            ("--------", "--------"),
            ("5 - 3", "5 - 3"),
            ("1914-1918, pp. 12-15, 1914-18", "1914–1918, pp. 12–15, 1914–18"),
            (
                "555-1234, 2024-05-31, 978-3-16-148410-0, F-16, 3-1",
                "555-1234, 2024-05-31, 978-3-16-148410-0, F-16, 3-1",
            ),
            ("well-known", "well-known"),
            ("a --> b <-- c", "a --> b <-- c"),
            ("run it with \"--quiet\" or --level=3", "run it with “--quiet” or --level=3"),
            ("and so... the end.... Or not . . . yes", "and so… the end.… Or not .~.~. yes"),
            ("Chapter I ......... 7", "Chapter I ......... 7"),
        ],
    );
    check("en-GB", &[("wait -- what", "wait~– what"), ("wait - what", "wait~– what")]);
    check("ru", &[("это - дом", "это~— дом"), ("- Да, - сказал он.", "—~Да,~— сказал он.")]);
    check("es", &[("--Ven --dijo ella--, ven.", "—Ven —dijo ella—, ven.")]);
    check("zh", &[("他说--好...", "他说——好……")]);
}

#[test]
fn each_language_has_its_marks() {
    let text = r#"a "b "c" d" e"#;
    for (language, wanted) in [
        ("en", "a “b “c” d” e"),
        ("en-GB", "a “b “c” d” e"),
        ("de", "a „b ‚c‘ d“ e"),
        ("de-CH", "a «b ‹c› d» e"),
        ("fr", "a «_b “c” d_» e"),
        ("es", "a «b “c” d» e"),
        ("it", "a «b “c” d» e"),
        ("pt-PT", "a «b “c” d» e"),
        ("pt-BR", "a “b ‘c’ d” e"),
        ("nl", "a “b “c” d” e"),
        ("sv", "a ”b ’c’ d” e"),
        ("da", "a “b “c” d” e"),
        ("nb", "a «b ‘c’ d» e"),
        ("pl", "a~„b «c» d” e"),
        ("cs", "a~„b ‚c‘ d“ e"),
        ("ru", "a «b „c“ d» e"),
        ("el", "a «b “c” d» e"),
        ("hu", "a „b »c« d” e"),
    ] {
        assert_eq!(shown(language, text), wanted, "{language}");
    }
}

#[test]
fn german() {
    check(
        "de",
        &[
            (r#""Na", sagte er, "wie geht's?""#, "„Na“, sagte er, „wie geht’s?“"),
            (r#"Er rief: "Das ist 'toll'!""#, "Er rief: „Das ist ‚toll‘!“"),
            ("'s ist Krieg", "’s ist Krieg"),
            ("z. B. und d. h. auf 10 km", "z._B. und d._h. auf 10~km"),
            ("Ja -- nein; ja--nein", "Ja~– nein; ja—nein"),
        ],
    );
    // A text that has »« takes them for its straight marks as well.
    check("de", &[(r#"»Ja«, sagte er. "Nein.""#, "»Ja«, sagte er. »Nein.«")]);
}

#[test]
fn french_spaces() {
    check(
        "fr",
        &[
            ("Quoi? Non! Si; voici: rien.", "Quoi_? Non_! Si_; voici~: rien."),
            ("Quoi ? Non ! Si ; voici : rien.", "Quoi_? Non_! Si_; voici~: rien."),
            ("« Bonjour », dit-il, «oui».", "«_Bonjour_», dit-il, «_oui_»."),
            (r#""L'homme", dit-elle."#, "«_L’homme_», dit-elle."),
            ("- Bonjour.", "—~Bonjour."),
            ("à 12:30 sur http://a.fr/?x=1;y", "à 12:30 sur http://a.fr/?x=1;y"),
            ("Quoi?! Vraiment...", "Quoi_?! Vraiment…"),
            ("10 000 francs", "10_000 francs"),
        ],
    );
    check("fr-CA", &[("Quoi? «Oui»: non.", "Quoi? «_Oui_»~: non.")]);
}

#[test]
fn no_line_breaks_after_words_of_one_letter() {
    check("cs", &[("v lese a s ním", "v~lese a~s~ním")]);
    check("pl", &[("w domu i z nim", "w~domu i~z~nim")]);
    check("en", &[("J. R. R. Tolkien and I", "J.~R.~R. Tolkien and I")]);
    check("ru", &[("А. С. Пушкин", "А.~С.~Пушкин")]);
}

#[test]
fn inlines_do_not_part_a_text() {
    let content = vec![
        Inline::text(r#"He said "#),
        Inline::text("\""),
        Inline::Emphasis(vec![Inline::text("never")]),
        Inline::text("\" and '"),
        Inline::Strong(vec![Inline::text("'tis")]),
        Inline::text("' so"),
    ];
    assert_eq!(plain_text(&set_inlines("en", content)), "He said “never” and ‘’tis’ so");
}

#[test]
fn code_and_addresses_stay() {
    let link = LinkTarget {
        target: Target::External("https://a.b/c--d?e='f'g".into()),
        content: vec![Inline::text("https://a.b/c--d?e='f'g")],
    };
    let link = Inline::Link(link.into());
    let content = vec![Inline::Code("\"a\" -- 'b'...".into()), Inline::text(" \"x\" "), link];
    assert_eq!(plain_text(&set_inlines("en", content)), "\"a\" -- 'b'... “x” https://a.b/c--d?e='f'g");
    check("en", &[("\"see www.a.b/c--d,\" he said", "“see www.a.b/c--d,” he said"), ("a--b@c.d--e", "a--b@c.d--e")]);
}

#[test]
fn a_quotation_runs_over_the_lines_of_a_stanza() {
    let line = |text: &str| VerseLine { indent: 0, content: vec![Inline::text(text)] };
    let stanza = Stanza { lines: vec![line("'Come, all ye,"), line("And sing,' she said.")] };
    let mut document = document("en", vec![Block::Verse(Verse { stanzas: vec![stanza], span: Span::default() })]);
    apply(&mut document);
    let mut lines = Vec::new();
    document.for_each_leaf(&mut |leaf| {
        if let crate::model::Leaf::Text(inlines, _) = leaf {
            lines.push(plain_text(inlines));
        }
    });
    assert_eq!(lines, ["‘Come, all ye,", "And sing,’ she said."]);
}

#[test]
fn typographic_text_stays_as_it_is() {
    for (language, text) in [
        ("en", "“It’s ‘late’,” she said—and left… in 1914–18."),
        ("en", "’Tis 6′2″ – no more."),
        ("de", "„Na ‚gut‘“, sagte er."),
        ("fr", "«\u{202F}Bonjour\u{202F}»\u{A0}: voilà\u{202F}!"),
        ("sv", "”Ja”, sa hon."),
    ] {
        let once = set(language, text);
        assert_eq!(once.replace('\u{A0}', " "), text.replace('\u{A0}', " "), "{language}");
    }
}

#[test]
fn a_continued_speech_is_opened_again_in_a_text_of_single_marks() {
    let paragraph = |text: &str| Block::paragraph(vec![Inline::text(text)], Span::default());
    let mut document =
        document("en-GB", vec![paragraph("'One.' 'Two.'"), paragraph("'It goes on"), paragraph("'to the end.'")]);
    apply(&mut document);
    assert!(document.dump().contains("‘It goes on"), "{}", document.dump());
}

#[test]
fn long_lines_take_linear_time() {
    for piece in ["\"'", "a'", "-- ", "-", ". ", "'a \"6' ", "«", "12-15 "] {
        let _ = set("fr", &piece.repeat(50_000));
    }
}

proptest! {
    #[test]
    fn twice_is_once(text in r#"["'a-cs .,;:!?()«»“”‘’„–—…\-\-\u{A0}Aé]{1,40}"#, language in 0usize..10) {
        let language = ["en", "de", "fr", "sv", "pl", "ru", "es", "fr-CA", "zh", "hu"][language];
        let once = set(language, &text);
        prop_assert_eq!(set(language, &once), once);
    }

    // With measures: where marks change their kind or get spaces inside, a heap of marks after a number can be read anew.
    #[test]
    fn twice_is_once_with_numbers(text in r#"["'a-cs6 .,;:!?()“”‘’–—…\-\-\u{A0}Aé]{1,40}"#) {
        let once = set("en", &text);
        prop_assert_eq!(set("en", &once), once);
    }

    #[test]
    fn words_stay(text in r#"["'a-c6 .,;:!?()-]{1,40}"#) {
        // What the judge of texts folds: quotation marks, dashes, ellipses and spaces.
        let fold = |text: &str| -> String {
            let text = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('…', "...");
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—')).collect()
        };
        prop_assert_eq!(fold(&set("en", &text)), fold(&text));
    }
}
