//! Nothing of a text is lost: each byte that is no white space is in a block, a heading, a note or in what was left out, and
//! each of those holds the very letters and figures of its place, in order.

use bindery::model::{Block, Inline, ListKind, Note, Section, SectionRole};
use bindery::reader::Reading;
use bindery::reader::plain::{Options, ReadError, read};
use bindery::source::Span;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// What has a place in a text, and what it made of it.
struct Holder {
    span: Span,
    /// The text of the model; none for what was left out and for blocks whose words are in the blocks within.
    text: Option<String>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Running,
    /// Cells of several lines are read one after another.
    Table,
    /// The first block of a note, whose mark at its head, of so many letters, has become its label.
    Note(usize),
    /// Marks, of which one is kept.
    SceneBreak,
    LeftOut,
}

/// All that has a place, those that hold others before them.
fn holders(reading: &Reading) -> Vec<Holder> {
    let notes = &reading.document.notes;
    let mut list = Vec::new();
    // What stands in the colophon stood between other things.
    let mut colophon: Vec<&Section> = Vec::new();
    reading.document.for_each_section(&mut |section: &Section, _| {
        if section.role == SectionRole::Colophon {
            return colophon.push(section);
        }
        if let Some(heading) = &section.heading {
            let text = heading.lines().map(|line| shown(line, notes)).collect();
            list.push(Holder { span: heading.span, text: Some(text), kind: Kind::Running });
        }
        section.blocks.iter().for_each(|block| add_block(block, notes, &mut list));
    });
    for note in notes {
        let label = letters(note.label.as_deref().unwrap_or("")).chars().count();
        list.push(Holder { span: note.span, text: Some(String::new()), kind: Kind::Note(label) });
        let at = list.len();
        note.blocks.iter().for_each(|block| add_block(block, notes, &mut list));
        // The head of the note stands in its first block.
        if let Some(first) = list.get_mut(at).filter(|first| first.kind == Kind::Running) {
            first.kind = Kind::Note(label);
        }
    }
    colophon.iter().flat_map(|section| &section.blocks).for_each(|block| add_block(block, notes, &mut list));
    list
}

fn add_block(block: &Block, notes: &[Note], list: &mut Vec<Holder>) {
    let mut add = |text: Option<String>, kind| list.push(Holder { span: block.span(), text, kind });
    match block {
        Block::Paragraph(paragraph) => add(Some(shown(&paragraph.content, notes)), Kind::Running),
        Block::Verse(verse) => {
            let lines = verse.stanzas.iter().flat_map(|stanza| &stanza.lines);
            add(Some(lines.map(|line| shown(&line.content, notes)).collect()), Kind::Running);
        }
        Block::Code(code) => add(Some(code.lines.concat()), Kind::Running),
        Block::Math(math) => add(Some(math.source.clone()), Kind::Running),
        Block::Definitions(definitions) => {
            let terms = definitions.entries.iter().flat_map(|entry| &entry.terms);
            add(Some(terms.map(|term| shown(term, notes)).collect()), Kind::Running);
            let meanings = definitions.entries.iter().flat_map(|entry| &entry.meanings);
            meanings.flat_map(|meaning| &meaning.blocks).for_each(|block| add_block(block, notes, list));
        }
        Block::SceneBreak(pause) => add(Some(pause.mark.clone().unwrap_or_default()), Kind::SceneBreak),
        Block::Figure(figure) => add(Some(shown(&figure.caption, notes)), Kind::Running),
        Block::Table(table) => {
            let cells = table.head.iter().chain(&table.body).flat_map(|row| &row.cells);
            let texts: Vec<String> = cells.map(|cell| shown(&cell.content, notes)).collect();
            add(Some(texts.join(" ")), Kind::Table);
        }
        Block::Quote(quote) => {
            add(Some(String::new()), Kind::Running);
            quote.blocks.iter().for_each(|block| add_block(block, notes, list));
        }
        Block::Speech(speech) => {
            add(Some(shown(&speech.speaker, notes)), Kind::Running);
            speech.blocks.iter().for_each(|block| add_block(block, notes, list));
        }
        Block::List(items) => {
            let mut marks = String::new();
            if let ListKind::Ordered { start, numbering } = items.kind {
                (start..).take(items.items.len()).for_each(|number| marks.push_str(&numbering.numeral(number)));
            }
            add(Some(marks), Kind::Running);
            for item in &items.items {
                item.blocks.iter().for_each(|block| add_block(block, notes, list));
            }
        }
    }
}

/// The text of inlines, with readings, and the labels of notes where their marks are.
fn shown(inlines: &[Inline], notes: &[Note]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => out.push_str(text),
            Inline::LineBreak => out.push(' '),
            Inline::NoteRef(id) => out.push_str(notes[id.0 as usize].label.as_deref().unwrap_or("")),
            Inline::Ruby { base, reading } => {
                out.push_str(base);
                out.push_str(reading);
            }
            other => out.push_str(&shown(other.children(), notes)),
        }
    }
    out
}

/// Letters and figures alone: what line ends, hyphens and spaced letters leave alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters and figures in the order of the alphabet.
fn sorted_letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Annotations of Aozora Bunko, as `［＃…］`, are marks, not words.
fn without_annotations(text: &str) -> String {
    let mut parts = text.split("［＃");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        match part.split_once('］') {
            Some((_, rest)) => out.push_str(rest),
            None => out.push_str(part),
        }
    }
    out
}

/// What is wrong with a reading: bytes that nothing holds, and places whose words are not those of the text.
fn faults(reading: &Reading) -> Vec<String> {
    let text = reading.source.text();
    let mut list = holders(reading);
    for one in &reading.left_out {
        list.push(Holder { span: one.span, text: None, kind: Kind::LeftOut });
    }
    // Of the places of a byte the last in this order has it: what is within others comes after them.
    let mut holder = vec![usize::MAX; text.len()];
    for (at, one) in list.iter().enumerate() {
        holder[one.span.start as usize..one.span.end as usize].fill(at);
    }
    let mut sources = vec![String::new(); list.len()];
    let mut faults = Vec::new();
    for (at, c) in text.char_indices() {
        match sources.get_mut(holder[at]) {
            Some(source) => source.push(c),
            None if c.is_whitespace() => {}
            None => faults.push(format!("byte {at}: nothing holds {c:?}")),
        }
    }
    for (one, source) in list.iter().zip(sources) {
        let Some(text) = &one.text else { continue };
        let source = without_annotations(&source);
        let (found, wanted) = (letters(text), letters(&source));
        let same = match one.kind {
            Kind::Table => sorted_letters(text) == sorted_letters(&source),
            // "Footnote 1": a word and a label at most.
            Kind::Note(label) => wanted.strip_suffix(&found).is_some_and(|head| {
                let word = head.chars().count().saturating_sub(label);
                word <= 12 && head.chars().take(word).all(char::is_alphabetic)
            }),
            Kind::SceneBreak => wanted.starts_with(&found),
            Kind::Running | Kind::LeftOut => found == wanted,
        };
        if !same {
            let place = reading.source.slice(one.span);
            faults.push(format!(
                "{:?} {:?}: the text has {source:?}, the model {text:?} in {place:?}",
                one.kind, one.span
            ));
        }
    }
    faults
}

fn check(bytes: &[u8], name: &str) {
    match read(bytes, name, &Options::default()) {
        Ok(reading) => {
            assert_eq!(reading.document.validate(), Ok(()));
            let faults = faults(&reading);
            assert!(
                faults.is_empty(),
                "{name}: {} faults, such as\n{}\n\n{}\n{}",
                faults.len(),
                faults[..faults.len().min(12)].join("\n"),
                if bytes.len() < 4000 { reading.source.text() } else { "" },
                if bytes.len() < 4000 { reading.document.dump() } else { String::new() },
            );
        }
        Err(error) => assert!(matches!(error, ReadError::Empty | ReadError::Binary { .. })),
    }
}

#[test]
fn a_half_title_that_holds_the_poems_is_a_heading_alone() {
    let prose = "The keeper of the light wrote these down in the winters when no boat came out to him.\n";
    let poem = |number: &str| {
        let lines = "          The lamp is lit, the tide is low,\n           The boats are on the sand,\n";
        format!("\n\n\n          {number}\n\n{lines}{lines}")
    };
    let poems: String = ["I", "II", "III", "IV"].iter().map(|number| poem(number)).collect();
    let text = format!(
        "A HARBOUR BOY\n\nBy Ada Fenn\n\n\n\nINTRODUCTION\n\n{0}\n{0}\n\nMATTHEW REED\n\n\n\n\n\nA HARBOUR BOY\n{poems}",
        prose.repeat(6)
    );
    check(text.as_bytes(), "harbour.txt");
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

/// Several lines that are one thing, with the blank lines behind it.
fn piece() -> impl Strategy<Value = String> {
    let sentence = "[A-Z][a-z]{2,7}( [a-z]{1,8}| _[a-z]{3,9}_| [a-z]{3,6}-\n[a-z]{3,6}| [a-z]{2,6}\n[a-z]{2,8}|, [a-z]{3,8}){6,30}(\\[[1-3]\\]|\\*|)\\.";
    let block = prop_oneof![
        5 => prop::collection::vec(sentence, 1..4).prop_map(|list| list.join(" ")),
        // Stanzas, with lines turned over.
        2 => "( {4,8}[A-Z][a-z ]{20,40}[a-z][,;.]?\n){2,6}",
        1 => "( {4}[A-Z][a-z ]{40,50}[a-z]\n {12}[a-z]{3,10}\n){1,3}",
        1 => "_( {2}[A-Z][a-z ]{20,36}[a-z],\n){2,4}  [A-Z][a-z ]{20,30}[a-z]_\\.",
        // Speeches, with directions.
        2 => "(ANNA|KARL)(\\.| \\(aside\\)\\.|:) [A-Z][a-z ]{10,60}\\.(\n\n +\\[Exit\\.?\\]?)?",
        1 => "_[A-Z][a-z ]{10,60}\n[a-z ]{10,40}[a-z]\\._",
        // Lists, drawn tables, columns.
        1 => "(- [a-z]{3,9} [a-z ]{3,30}\n(  [a-z ]{3,30}[a-z]\n)?){2,5}",
        1 => Just("1. Salt of the sea\n2. Oil\n   and wine\n3. Bread".to_owned()),
        1 => Just("(a) one thing\n    (i) a part\n    (ii) another\n(b) two things".to_owned()),
        1 => Just("+-----+------+\n| Oil | Salt |\n+-----+------+\n| 12  | 3    |\n|     | more |\n+-----+------+".to_owned()),
        1 => "([A-Z][a-z]{3,8}   {2,6}[0-9]{1,4}\n){2,5}",
        // Notes of many kinds.
        1 => "\\[Footnote [1-3]: [A-Z][a-z ]{5,60}[a-z]\n[a-z ]{5,30}\\.\\]",
        1 => "(\\[[1-3]\\] [A-Z][a-z ]{5,60}[a-z]\\.\n\n?){1,3}",
        1 => "\\* [A-Z][a-z ]{5,60}[a-z]\\.",
        // A letter.
        1 => Just("            London, July 5th, 1901.\n\nDear Sir,\n\nI have your letter.\n\n            Yours truly,\n\n            A. STONE.".to_owned()),
        1 => "\\[Illustration: [A-Z][a-z ]{5,30}\\]",
        1 => Just("[Illustration]".to_owned()),
        1 => "(-{5,30}|\\* \\* \\*|#|~|x x x)",
        1 => "(CHAPTER [IVX]{1,3}\\.?|[IVX]{1,3}\\.|C H A P T E R  O N E|NOTES\\.|FOOTNOTES:|Contents|ACT I)",
        1 => "Transcriber's Note:\n\n  [A-Z][a-z ]{5,60}\\.",
        1 => "漢字《かんじ》を読む［＃「読む」に傍点］。\n",
        1 => "(Title: [A-Z][a-z]{3,9}\nAuthor: [A-Z][a-z]{3,9}|Produced by [A-Z][a-z]{3,9})",
    ];
    (block, 1usize..5).prop_map(|(block, gap)| format!("{block}{}", "\n".repeat(gap)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_lines(lines in prop::collection::vec(line(), 0..60)) {
        check(lines.join("\n").as_bytes(), "lines.txt");
    }

    #[test]
    fn of_pieces(pieces in prop::collection::vec(piece(), 1..40)) {
        check(pieces.concat().as_bytes(), "pieces.txt");
    }

    #[test]
    fn of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes, "bytes.txt");
    }
}

/// Every text below a folder.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of texts") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn check_folder(folder: &Path) {
    let texts = texts(folder);
    assert!(!texts.is_empty(), "no text in {}", folder.display());
    for path in texts {
        check(&std::fs::read(&path).expect("it was listed"), &path.display().to_string());
    }
}

#[test]
fn of_the_samples() {
    check_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input"));
}

/// Whole books: `BINDERY_CORPUS=FOLDER cargo test --test reader -- --ignored`.
#[test]
#[ignore = "needs a folder of books, named by BINDERY_CORPUS"]
fn of_a_corpus() {
    let folder = std::env::var_os("BINDERY_CORPUS").expect("BINDERY_CORPUS names the folder of the texts");
    check_folder(Path::new(&folder));
}
