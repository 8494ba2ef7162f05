//! The structure file: unedited it changes nothing; edited, what it says is done and all else stays.

use bindery::diag::{Code, Severity};
use bindery::model::{Block, Matter, QuoteKind, SectionRole, plain_text};
use bindery::reader::Reading;
use bindery::reader::plain::{Options, ReadError, Structure, read, write_structure};
use std::path::Path;

/// A book with one of most things.
const BOOK: &str = "\
THE LAMP ON THE QUAY

by Ada Fenn



PREFACE


This is a story of a lamp and of those who saw it, and nothing in it is quite
untrue, though some of it is told as it was told to me.



CHAPTER I

The Keeper


Every evening the keeper lit the lamp, and every evening the boats came in by
its light. Nobody had asked him to do it, and nobody thanked him either, for
the lamp had always been there.

    The lamp is low, the tide is high,
    The boats are in the bay,
    And who will light the lamp tonight
    When he is gone away?

So they sang in the harbour, and he heard it and said nothing at all about the
matter, but went up the stairs as he had done for thirty years.

* * *

In the morning he put it out again, and slept until the church bell called the
village together.

[Illustration]

He had three things in his room, and no more:

- a bed, in which he
  slept by day
- a chair
- a jar of oil

The oil was the lamp's.



CHAPTER II

The Boats


There were nine boats, and each had a name that its owner had painted on the
bow by himself. Some of the names[1] were those of saints, and some were those
of wives, and a few of them were both.

The harbour master wrote the names in a book, and beside each name the day on
which the boat had last come home.

[1] A list of them is kept in the church, where nobody reads it.



CHAPTER III

The Storm


It came in the night, as storms do, and in the morning there were eight.
";

/// Two headings on a line, and marks of pages among the words.
const MARKED: &str = "\
ACT I. SCENE I. A quay.

The lamp is low, [Pg 3] and nobody has seen to it since the boats came in, which was [Pg 4]
long before the bell rang in the village.

ACT I. SCENE II. The same.

The lamp is out,[Pg 5] and the boats are in the bay, and the keeper is asleep in [Pg 6] his chair.

[Pg 7]

ACT II. SCENE I. A mill.

In the morning he put it out again, and slept until the church bell called.
";

fn plain(text: &str) -> Reading {
    read(text.as_bytes(), "book.txt", &Options::default()).expect("a text")
}

fn told(text: &str, structure: &str) -> Result<Reading, ReadError> {
    let structure = Structure::parse(structure, "book.toml")?;
    read(text.as_bytes(), "book.txt", &Options { structure: Some(structure), ..Options::default() })
}

/// The text read with its own structure file, in which `edits` have been made.
fn edited(text: &str, edits: &[(&str, &str)]) -> Reading {
    let mut file = write_structure(&plain(text));
    for (old, new) in edits {
        assert!(file.contains(old), "“{old}” is not in:\n{file}");
        file = file.replacen(old, new, 1);
    }
    let reading = told(text, &file).expect(&file);
    // What was edited can be written again, and still says the same.
    let again = write_structure(&reading);
    assert_eq!(told(text, &again).expect(&again).document, reading.document, "{again}");
    reading
}

/// The entry that holds `words`, whole.
fn entry(text: &str, words: &str) -> String {
    let file = write_structure(&plain(text));
    file.lines().find(|line| line.contains(words)).expect(&file).to_owned()
}

fn warnings(reading: &Reading) -> Vec<String> {
    let all = reading.diagnostics.iter();
    all.filter(|one| one.severity >= Severity::Warning && one.code == Code::StructureUnfit)
        .map(|one| one.message.clone())
        .collect()
}

/// The dump of a document in which only these lines are allowed to differ from that of the unedited reading.
fn assert_only(reading: &Reading, gone: &[&str], come: &[&str]) {
    let (before, after) = (plain(BOOK).document.dump(), reading.document.dump());
    let only = |one: &str, other: &str| -> Vec<String> {
        let lines: Vec<&str> = other.lines().map(str::trim).collect();
        one.lines().map(str::trim).filter(|line| !lines.contains(line)).map(str::to_owned).collect()
    };
    let begins = |lines: &[String], heads: &[&str]| {
        lines.len() == heads.len() && lines.iter().zip(heads).all(|(line, head)| line.contains(head))
    };
    let (lost, new) = (only(&before, &after), only(&after, &before));
    assert!(begins(&lost, gone) && begins(&new, come), "gone: {lost:#?}\ncome: {new:#?}\n{after}");
}

#[test]
fn an_unedited_file_gives_the_same_document() {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let mut texts: Vec<Vec<u8>> = vec![BOOK.into(), MARKED.into()];
    let entries = std::fs::read_dir(input).expect("the folder").flatten();
    // A folder there is a book of several texts.
    for entry in entries.filter(|entry| entry.path().is_file()) {
        texts.push(std::fs::read(entry.path()).expect("a text"));
    }
    assert!(texts.len() > 2);
    for text in texts {
        let plain = read(&text, "book.txt", &Options::default()).expect("a text");
        let structure = Structure::parse(&write_structure(&plain), "book.toml").expect("it can be read again");
        let options = Options { structure: Some(structure), ..Options::default() };
        let again = read(&text, "book.txt", &options).expect("a text");
        assert_eq!(plain.document, again.document);
        assert_eq!(plain.left_out, again.left_out);
        assert_eq!(warnings(&again), Vec::<String>::new());
        assert_eq!(write_structure(&again), write_structure(&plain), "and it is written again as it was");
    }
}

#[test]
fn a_heading_becomes_a_paragraph_and_a_paragraph_a_heading() {
    let one = entry(BOOK, "PREFACE").replace("is = \"heading\"", "is = \"paragraph\"");
    let one = one.replace(", level = 1", "").replace(", role = \"preface\"", "").replace(", matter = \"front\"", "");
    let reading = edited(BOOK, &[(&entry(BOOK, "PREFACE"), &one)]);
    let labels: Vec<String> = outline(&reading).into_iter().map(|(_, text)| text).collect();
    assert_eq!(labels.len(), 3, "{labels:?}");
    let line = 1 + BOOK.lines().position(|line| line.starts_with("The oil was")).expect("it is there");
    let more = format!("parts = [\n  {{ lines = {line}, is = \"heading\", level = 2, text = \"The oil\" }},");
    let reading = edited(BOOK, &[("parts = [", &more)]);
    let headings = outline(&reading);
    assert!(headings.contains(&(1, "The oil was the lamp's.".to_owned())), "{headings:?}");
    assert_eq!(headings.len(), 5);
}

/// Depth and text of every heading.
fn outline(reading: &Reading) -> Vec<(usize, String)> {
    let mut list = Vec::new();
    reading.document.for_each_section(&mut |section, depth| {
        if let Some(heading) = &section.heading {
            let text = heading.lines().map(plain_text).collect::<Vec<_>>().join(" / ");
            list.push((depth, text));
        }
    });
    list
}

#[test]
fn level_role_and_division_of_a_heading_are_told() {
    let old = entry(BOOK, "CHAPTER II ");
    let new = old
        .replace("level = 1, role = \"chapter\", label = \"CHAPTER II\"", "level = 2, role = \"story\", label = \"\"");
    let reading = edited(BOOK, &[(&old, &new)]);
    let mut seen = Vec::new();
    reading.document.for_each_section(&mut |section, depth| {
        let label = section.heading.as_ref().map(|heading| plain_text(&heading.label)).unwrap_or_default();
        seen.push((depth, section.role, label));
    });
    assert!(seen.contains(&(1, SectionRole::Story, String::new())), "{seen:?}");
    assert!(seen.contains(&(0, SectionRole::Chapter, "CHAPTER III".to_owned())), "{seen:?}");
    let old = entry(BOOK, "CHAPTER III");
    let reading =
        edited(BOOK, &[(&old, &old.replace("role = \"chapter\"", "role = \"afterword\", subtitle = \"The Storm\""))]);
    let last = reading.document.sections.last().expect("it has sections");
    assert_eq!((last.matter, last.role), (Matter::Back, SectionRole::Afterword));
    assert_eq!(last.heading.as_ref().map(|heading| plain_text(&heading.subtitle)).as_deref(), Some("The Storm"));
}

#[test]
fn lines_become_what_they_are_told_to_be() {
    let verse = entry(BOOK, "is = \"verse\"");
    let as_quote = edited(BOOK, &[(&verse, &verse.replace("verse", "quotation"))]);
    assert_only(
        &as_quote,
        &["verse", "| The lamp", "| The boats", "| And who", "| When he"],
        &["quotation", "body: The lamp is low"],
    );
    let as_code = edited(BOOK, &[(&verse, &verse.replace("verse", "code"))]);
    let mut codes = 0;
    as_code.document.for_each_block(&mut |block| codes += usize::from(matches!(block, Block::Code(_))));
    assert_eq!(codes, 1);
    // One entry is one piece of code, whatever blank lines it has.
    let from = 1 + BOOK.lines().position(|line| line.starts_with("- a bed")).expect("it is there");
    let list = entry(BOOK, "- a bed");
    let new = format!("  {{ lines = \"{}-{}\", is = \"code\", text = \"He had\" }},", from - 2, from + 3);
    let as_code = edited(BOOK, &[(&list, &new)]);
    let mut lines = Vec::new();
    as_code.document.for_each_block(&mut |block| {
        if let Block::Code(code) = block {
            lines.push(code.lines.clone());
        }
    });
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].get(1..4), Some(&[String::new(), "- a bed, in which he".into(), "  slept by day".into()][..]));
    // The middle of a paragraph.
    let line = 1 + BOOK.lines().position(|line| line.starts_with("There were nine")).expect("it is there");
    let more = format!("parts = [\n  {{ lines = \"{}-{}\", is = \"verse\" }},", line + 1, line + 2);
    let reading = edited(BOOK, &[("parts = [", &more)]);
    let mut kinds = Vec::new();
    reading.document.for_each_block(&mut |block| {
        if reading.source.line(block.span().start) >= line && reading.source.line(block.span().start) < line + 3 {
            kinds.push(matches!(block, Block::Verse(_)));
        }
    });
    assert_eq!(kinds, [false, true]);
}

#[test]
fn what_was_left_out_comes_back_and_what_was_kept_goes() {
    let old = entry(BOOK, "[Illustration]");
    let reading = edited(BOOK, &[(&old, &old.replace("left-out", "centered"))]);
    assert_only(&reading, &[], &["[Illustration]"]);
    assert!(!reading.left_out.iter().any(|one| reading.source.slice(one.span).contains("Illustration")));
    let line = 1 + BOOK.lines().position(|line| line.starts_with("The harbour master")).expect("it is there");
    let more = format!("parts = [\n  {{ lines = \"{line}-{}\", is = \"left-out\" }},", line + 1);
    let reading = edited(BOOK, &[("parts = [", &more)]);
    assert_only(&reading, &["The harbour master"], &[]);
    assert!(reading.left_out.iter().any(|one| reading.source.slice(one.span).starts_with("The harbour master")));
}

#[test]
fn pauses_are_told_and_untold() {
    let old = entry(BOOK, "is = \"scene-break\"");
    let reading = edited(BOOK, &[(&old, &old.replace("scene-break", "left-out"))]);
    let pauses = |reading: &Reading| {
        let mut count = 0;
        reading.document.for_each_block(&mut |block| count += usize::from(matches!(block, Block::SceneBreak(_))));
        count
    };
    assert_eq!(pauses(&reading), pauses(&plain(BOOK)) - 1);
    let line = 1 + BOOK.lines().position(|line| line.starts_with("The harbour master")).expect("it is there");
    let more = format!("parts = [\n  {{ before = {line}, is = \"scene-break\", text = \"The harbour\" }},");
    let with = edited(BOOK, &[("parts = [", &more)]);
    assert_eq!(pauses(&with), pauses(&plain(BOOK)) + 1);
    let mut structure = write_structure(&with);
    let own = format!("before = {line}, is = \"scene-break\"");
    assert!(structure.contains(&own), "{structure}");
    structure = structure.replace(&own, &format!("before = {line}, is = \"no-scene-break\""));
    assert_eq!(pauses(&told(BOOK, &structure).expect("it fits")), pauses(&plain(BOOK)));
}

#[test]
fn title_author_and_language_are_told() {
    let reading = edited(
        BOOK,
        &[
            ("title = \"THE LAMP ON THE QUAY\"", "title = \"The Lamp on the Quay\""),
            ("author = [\"Ada Fenn\"]", "author = [\"Ada Fenn\", \"B. Doe\"]"),
            ("language = \"en\"", "language = \"en-GB\""),
        ],
    );
    let meta = &reading.document.meta;
    assert_eq!(meta.title, "The Lamp on the Quay");
    assert_eq!(meta.authors().collect::<Vec<_>>(), ["Ada Fenn", "B. Doe"]);
    assert_eq!(meta.language.to_string(), "en-GB");
    assert_eq!(plain(BOOK).document.sections, reading.document.sections);
}

#[test]
fn headings_of_two_entries_become_one() {
    let text = BOOK.replace("CHAPTER II\n\nThe Boats\n", "THE BOOK\n\n\nTHE BOATS\n");
    let line = 1 + text.lines().position(|line| line == "THE BOOK").expect("it is there");
    let file = write_structure(&plain(&text));
    let mut kept: Vec<&str> =
        file.lines().filter(|line| !line.contains("THE BOOK") && !line.contains("THE BOATS")).collect();
    let new =
        format!("  {{ lines = \"{line}-{}\", is = \"heading\", level = 1, text = \"THE BOOK THE BOATS\" }},", line + 3);
    let at = kept.iter().position(|line| line.starts_with("parts")).expect("parts");
    kept.insert(at + 1, &new);
    let reading = told(&text, &kept.join("\n")).expect("it fits");
    let headings = outline(&reading);
    assert!(headings.iter().any(|(depth, text)| *depth == 0 && text == "THE BOOK THE BOATS"), "{headings:?}");
}

#[test]
fn an_entry_is_followed_to_where_its_words_have_moved() {
    let file = write_structure(&plain(BOOK));
    let moved = BOOK.replace("by Ada Fenn\n", "by Ada Fenn\n\nLondon\n");
    let reading = told(&moved, &file).expect("it is followed");
    assert!(reading.diagnostics.iter().any(|one| one.code == Code::StructureMoved
        && one.severity == Severity::Note
        && one.message.starts_with("book.toml:")));
    assert_eq!(outline(&reading), outline(&plain(&moved)));
}

#[test]
fn a_file_that_does_not_fit_says_where_and_what_to_do() {
    let file = write_structure(&plain(BOOK));
    let at = 1 + file.lines().position(|line| line.contains("CHAPTER II ")).expect("it is there");
    let other = BOOK.replace("CHAPTER II\n", "SECOND PART\n");
    let message = told(&other, &file).expect_err("it does not fit").to_string();
    for part in [&format!("book.toml:{at}: line "), "“CHAPTER II The Boats”", "“SECOND PART”", "take the entry out"]
    {
        assert!(message.contains(part), "“{part}” is not in: {message}");
    }
    let refused = |parts: &str, words: &[&str]| {
        let message = told(BOOK, &format!("parts = [\n{parts}\n]\n")).expect_err(parts).to_string();
        for word in words {
            assert!(message.contains(word), "“{word}” is not in: {message}");
        }
    };
    refused("{ lines = 9999, is = \"verse\" },", &["book.toml:2", "9999", "it has"]);
    refused("{ lines = 2, is = \"verse\" },", &["book.toml:2", "blank"]);
    let crossing = "{ lines = \"25-30\", is = \"verse\" },\n{ lines = \"27-32\", is = \"quotation\" },";
    refused(crossing, &["book.toml:3", "line 2", "within"]);
    refused("{ lines = 1, is = \"verse\" },\n{ lines = 1, is = \"code\" },", &["book.toml:3", "line 2"]);
}

#[test]
fn what_cannot_be_done_is_told() {
    let line = 1 + BOOK.lines().position(|line| line.starts_with("The oil was")).expect("it is there");
    for (name, word) in [("table", "columns"), ("note", "[1]"), ("speech", "speaker")] {
        let reading = told(BOOK, &format!("parts = [\n{{ lines = {line}, is = \"{name}\" }},\n]\n")).expect("it fits");
        let hint = reading.diagnostics.iter().find(|one| one.code == Code::StructureUnfit).expect(name);
        assert!(hint.message.starts_with("book.toml:2: "), "{}", hint.message);
        assert!(hint.hint.as_deref().is_some_and(|hint| hint.contains(word)), "{:?}", hint.hint);
        assert_eq!(reading.document, plain(BOOK).document);
    }
    let old = entry(BOOK, "CHAPTER II ");
    let reading = edited(BOOK, &[(&old, &old.replace("label = \"CHAPTER II\"", "label = \"PART II\""))]);
    assert!(warnings(&reading).iter().any(|one| one.contains("PART II")));
    let line = line - 2;
    let because = format!("parts = [\n{{ lines = {line}, is = \"left-out\", because = \"page number\" }},\n]\n");
    assert!(warnings(&told(BOOK, &because).expect("it fits")).iter().any(|one| one.contains("not left out")));
}

#[test]
fn a_play_can_be_told_and_an_inner_entry_decides() {
    let text = "The Visit\n\n\n\nCHAPTER I\n\n\nIt was a play that they gave, and it went like this, or nearly so.\n\n\
                ANNA. You are late.\n\nBERT. The road was long.\n\nANNA. It was no longer than before.\n\n\
                That was all of it, and they went home through the rain without a word.\n";
    let reading =
        told(text, "parts = [\n{ lines = \"10-14\", is = \"drama\" },\n{ lines = 12, is = \"left-out\" },\n]\n");
    let reading = reading.expect("it fits");
    let mut speakers = Vec::new();
    reading.document.for_each_block(&mut |block| {
        if let Block::Speech(speech) = block {
            speakers.push(plain_text(&speech.speaker));
        }
    });
    assert_eq!(speakers.len(), 2, "{speakers:?}\n{}", reading.document.dump());
    assert!(reading.left_out.iter().any(|one| reading.source.slice(one.span).starts_with("BERT")));
    let quoted = told(text, "parts = [\n{ lines = \"10-14\", is = \"quotation\" },\n]\n").expect("it fits");
    let mut quotes = 0;
    quoted.document.for_each_block(&mut |block| {
        quotes += usize::from(matches!(block, Block::Quote(quote) if quote.kind == QuoteKind::Quotation));
    });
    assert_eq!(quotes, 1, "{}", quoted.document.dump());
}
