//! The account of a reading: each byte of the text that is no white space is in a block, a heading, a note or in what was left
//! out, and each of those holds the very letters and figures of its place, in order.

use bindery::model::{Block, Inline, ListKind, Note, Section, SectionRole};
use bindery::reader::Reading;
use bindery::source::Span;

/// What has a place in a text, and what it made of it.
pub(crate) struct Holder {
    pub(crate) span: Span,
    /// The text of the model; none for what was left out and for blocks whose words are in the blocks within.
    text: Option<String>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Running,
    /// Code: what looks like a mark is none there.
    Verbatim,
    /// Cells of several lines are read one after another.
    Table,
    /// The first block of a note, whose mark at its head, of so many letters, has become its label.
    Note(usize),
    /// Marks, of which one is kept.
    SceneBreak,
    LeftOut,
}

/// All that has a place, those that hold others before them.
pub(crate) fn holders(reading: &Reading) -> Vec<Holder> {
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
        if let Some(first) = list.get_mut(at).filter(|first| matches!(first.kind, Kind::Running | Kind::Verbatim)) {
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
        Block::Code(code) => add(Some(code.lines.concat()), Kind::Verbatim),
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
    const LONGEST: usize = 80;
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once("［＃") {
        out.push_str(before);
        // Others may stand within.
        let mut depth = 1;
        let end = inner.chars().take(LONGEST).position(|c| {
            depth += i32::from(c == '［') - i32::from(c == '］');
            depth == 0
        });
        rest = match end {
            Some(end) => inner.char_indices().nth(end + 1).map_or("", |(at, _)| &inner[at..]),
            None => inner,
        };
    }
    out.push_str(rest);
    out
}

/// What is wrong with a reading: bytes that nothing holds, and places whose words are not those of the text.
pub(crate) fn faults(reading: &Reading) -> Vec<String> {
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
        // Where lines stay lines, as those of verse, an annotation ends with its own.
        let by_line: String = source.lines().map(without_annotations).collect();
        let verbatim = letters(&source);
        let source = without_annotations(&source);
        let (found, wanted) = (letters(text), letters(&source));
        let same = match one.kind {
            Kind::Table => sorted_letters(text) == sorted_letters(&source),
            // "Footnote 1": a word and a label at most.
            Kind::Note(label) => {
                let head = wanted.strip_suffix(&found).or_else(|| verbatim.strip_suffix(&found));
                head.is_some_and(|head| {
                    let word = head.chars().count().saturating_sub(label);
                    word <= 12 && head.chars().take(word).all(char::is_alphabetic)
                })
            }
            Kind::Verbatim => found == verbatim,
            Kind::SceneBreak => wanted.starts_with(&found),
            Kind::Running | Kind::LeftOut => found == wanted || found == letters(&by_line),
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
