//! Notes: their texts, wherever they are gathered, and the marks that refer to them.

use super::group::Group;
use crate::limits::{Bound, Exceeded, Limits};
use crate::model::{
    Block, Document, Heading, Inline, Note, NoteId, Paragraph, Quote, Section, SectionRole, plain_text, push_joined,
};
use crate::reader::plain::Findings;
use crate::reader::plain::inline::References;
use crate::reader::{Decision, LeftOut};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// The groups that one note in brackets may hold.
const LONGEST: usize = 400;

/// Why titles over notes are left out.
const TITLE: &str = "the title of notes that are linked now";

/// Why rules over notes are.
const RULE: &str = "the rule over notes that are linked now";

/// The words that stand over gathered notes, in small letters.
const TITLES: &[&str] = &[
    "footnotes",
    "footnote",
    "notes",
    "note",
    "endnotes",
    "fußnoten",
    "anmerkungen",
    "fussnoten",
    "notes de bas de page",
    "note a piè di pagina",
    "notas",
    "notas al pie",
    "noter",
    "voetnoten",
    "viitteet",
    "alaviitteet",
    "fotnoter",
    "сноски",
    "примечания",
    "σημειώσεις",
    "przypisy",
    "注",
    "註",
    "脚注",
];

/// The head of a note in brackets, as in `[Footnote 1: …]`: its label and the bytes before its text.
pub(super) fn opening(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix(['[', '{'])?;
    let word = inner.find(|c: char| !c.is_alphabetic())?;
    let rest = inner.get(word..)?.trim_start();
    let end = rest.find(':')?;
    let label = rest.get(..end)?.trim_matches(['[', ']', '(', ')', '.', ' ']);
    let fits = !label.is_empty()
        && label.chars().count() <= 4
        && (label.chars().all(char::is_numeric)
            || label.chars().count() == 1 && label.chars().all(char::is_alphabetic)
            || label.chars().all(|c| matches!(c, '*' | '†' | '‡')));
    let length = text.len() - rest.get(end + 1..)?.trim_start().len();
    // "[1: …]" has no word; with one, the word tells of notes in whatever language.
    (fits && (word == 0 || word >= 3)).then_some((label, length))
}

/// Whether a text begins with the mark of a note, as gathered notes do: `[1] See below.`
pub(super) fn is_head(text: &str) -> bool {
    let label = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(label, _)| label);
    label.is_some_and(|label| {
        let sign = |c: char| matches!(c, '*' | '†' | '‡');
        (1..=4).contains(&label.chars().count())
            && (label.bytes().all(|byte| byte.is_ascii_digit()) || label.chars().all(sign))
    })
}

/// How many brackets are open behind a group, when `open` were open before it.
pub(super) fn depth(group: &Group, open: usize) -> usize {
    let mut depth = open;
    for byte in group.lines.iter().flat_map(|line| line.text.bytes()) {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if depth > LONGEST { 0 } else { depth }
}

/// A reference or the head of a note, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A mark within the text.
    Mark,
    /// The head of a text that may be a note.
    Head,
}

/// Takes the texts of notes out of the sections and links each with its marks. Marks without a text, and texts without a
/// mark, become what they were.
///
/// # Errors
///
/// [`Exceeded`] where there are more notes than allowed.
pub(super) fn link(document: &mut Document, findings: &mut Findings, limits: &Limits) -> Result<(), Exceeded> {
    let references = std::mem::take(&mut findings.references);
    let mut titles: Vec<LeftOut> = Vec::new();
    if references.is_empty() {
        drop_empty(&mut document.sections, &mut titles);
        leave_out(titles, findings);
        return Ok(());
    }
    let mut heads = FxHashSet::default();
    for_each_section(&mut document.sections, &mut |section| {
        heads.extend(section.blocks.iter().filter_map(head_of).map(|id| id.0));
    });
    let texts = matches(&references, &heads);
    // Notes are counted in the order of their first marks.
    let mut numbers: FxHashMap<u32, NoteId> = FxHashMap::default();
    let mut order: Vec<u32> = Vec::new();
    for id in 0..references.len() as u32 {
        if let Some(head) = texts.get(&id) {
            numbers.entry(*head).or_insert_with(|| {
                order.push(*head);
                NoteId(order.len() as u32 - 1)
            });
        }
    }
    limits.check(Bound::Notes, order.len() as u64, None)?;
    let mut notes: FxHashMap<u32, Note> = FxHashMap::default();
    for_each_section(&mut document.sections, &mut |section| {
        extract(section, &numbers, &references, &mut notes, &mut titles);
    });
    let resolve = Resolve { references: &references, texts: &texts, numbers: &numbers };
    for_each_section(&mut document.sections, &mut |section| resolve.blocks(&mut section.blocks));
    for head in order {
        let mut note =
            notes.remove(&head).unwrap_or_else(|| Note { label: None, blocks: Vec::new(), span: Span::default() });
        resolve.blocks(&mut note.blocks);
        findings.decisions.push(Decision {
            span: note.span,
            verdict: "note",
            rule: "a mark in the text leads to it",
            // A number in brackets may lead elsewhere, but seldom to a paragraph that begins with it.
            confidence: 0.9,
            runner_up: Some("paragraph"),
        });
        document.notes.push(note);
    }
    drop_empty(&mut document.sections, &mut titles);
    leave_out(titles, findings);
    Ok(())
}

fn leave_out(titles: Vec<LeftOut>, findings: &mut Findings) {
    let rules: FxHashSet<Span> = titles.iter().filter(|one| one.reason == RULE).map(|one| one.span).collect();
    if !rules.is_empty() {
        findings.decisions.retain(|one| one.verdict != "scene-break" || !rules.contains(&one.span));
    }
    findings.left_out.extend(titles.into_iter().filter(|one| one.span.start < one.span.end));
}

/// Which head each mark refers to. A mark refers to the next head of its label; where heads of one label come one after
/// another, as in notes gathered at the end of a book whose chapters each count from one, they go with the marks in order.
fn matches(references: &References, heads: &FxHashSet<u32>) -> FxHashMap<u32, u32> {
    let mut by_label: FxHashMap<&str, SmallVec<[(u32, Place); 2]>> = FxHashMap::default();
    for (id, reference) in references.iter().enumerate() {
        let id = id as u32;
        let place = if heads.contains(&id) { Place::Head } else { Place::Mark };
        by_label.entry(reference.label()).or_default().push((id, place));
    }
    let mut texts = FxHashMap::default();
    for places in by_label.values() {
        let first_head = places.iter().position(|(_, place)| *place == Place::Head).unwrap_or(places.len());
        let (marks, heads) = places.split_at(first_head);
        // All marks before all heads: notes gathered behind what they are to.
        if heads.len() > 1 && heads.iter().all(|(_, place)| *place == Place::Head) {
            if marks.len() == heads.len() {
                texts.extend(marks.iter().zip(heads).map(|((mark, _), (head, _))| (*mark, *head)));
            }
            continue;
        }
        let mut waiting: Vec<u32> = Vec::new();
        for (id, place) in places {
            match place {
                Place::Mark => waiting.push(*id),
                Place::Head => texts.extend(waiting.drain(..).map(|mark| (mark, *id))),
            }
        }
    }
    texts
}

/// The head that a block begins with.
fn head_of(block: &Block) -> Option<NoteId> {
    let paragraph = match block {
        Block::Paragraph(paragraph) => paragraph,
        Block::Quote(quote) => match quote.blocks.first() {
            Some(Block::Paragraph(paragraph)) => paragraph,
            _ => return None,
        },
        _ => return None,
    };
    match paragraph.content.first() {
        Some(Inline::NoteRef(id)) if paragraph.content.iter().skip(1).any(says_something) => Some(*id),
        _ => None,
    }
}

/// What stands between the mark of a note and its text.
const BETWEEN: [char; 3] = [' ', '.', ':'];

/// Whether anything is left of an inline behind the mark of a note.
fn says_something(inline: &Inline) -> bool {
    !matches!(inline, Inline::Text(text) if text.trim_start_matches(BETWEEN).is_empty())
}

/// What blocks stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    /// A title over notes.
    NotesTitle,
    /// Another heading, or none.
    Other,
    /// The colophon: what was gathered from several places.
    Colophon,
}

impl Under {
    fn of(section: &Section) -> Under {
        match section.role {
            SectionRole::Colophon => Under::Colophon,
            _ if is_over_notes(section.heading.as_ref()) => Under::NotesTitle,
            _ => Under::Other,
        }
    }
}

/// Visits each section. Their depth is bounded by the reader of headings.
fn for_each_section(sections: &mut [Section], visit: &mut dyn FnMut(&mut Section)) {
    for section in sections {
        visit(section);
        for_each_section(&mut section.children, visit);
    }
}

/// Whether a heading is one over notes.
fn is_over_notes(heading: Option<&Heading>) -> bool {
    heading.is_some_and(|heading| heading.lines().all(|line| is_title(&plain_text(line))))
}

/// Whether a text is a title over notes.
fn is_title(text: &str) -> bool {
    // Twice as long as the longest of them.
    const LONGEST: usize = 48;
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.len() <= LONGEST && TITLES.contains(&text.to_lowercase().as_str())
}

/// Moves the notes of a section that have marks into `notes`, each with the blocks that go on with it.
fn extract(
    section: &mut Section,
    numbers: &FxHashMap<u32, NoteId>,
    references: &References,
    notes: &mut FxHashMap<u32, Note>,
    titles: &mut Vec<LeftOut>,
) {
    let has_notes = section.blocks.iter().any(|block| head_of(block).is_some_and(|id| numbers.contains_key(&id.0)));
    if !has_notes {
        return;
    }
    let under = Under::of(section);
    let blocks = &mut section.blocks;
    let mut titled = under == Under::NotesTitle;
    let mut kept = Vec::with_capacity(blocks.len());
    let mut current: Option<u32> = None;
    for block in blocks.drain(..) {
        let span = block.span();
        if let Some(id) = head_of(&block).filter(|id| numbers.contains_key(&id.0)) {
            if current.is_none() {
                over_notes(&mut kept, titles);
            }
            let label = references.get(id.0 as usize).map(|reference| reference.label().to_owned());
            notes.insert(id.0, Note { label, blocks: without_head(block), span });
            current = Some(id.0);
            continue;
        }
        let title = match &block {
            // Most are no more than a text.
            Block::Paragraph(paragraph) => match paragraph.content.as_slice() {
                [Inline::Text(text)] => is_title(text),
                content => is_title(&plain_text(content)),
            },
            _ => false,
        };
        if title {
            titled = true;
            // What follows it goes on with no note that stands before it: between them the text may have gone on.
            current = None;
            over_notes(&mut kept, titles);
            titles.push(LeftOut { span, reason: TITLE });
            continue;
        }
        // A gap under notes is wider than those between them: there the text goes on.
        if matches!(&block, Block::SceneBreak(pause) if pause.mark.is_none()) {
            current = None;
        }
        // Under a title all that follows a note belongs to it, but where neighbours were none in the text; elsewhere a note is
        // one block.
        match current.filter(|_| titled && under != Under::Colophon).and_then(|id| notes.get_mut(&id)) {
            Some(note) => {
                note.span = note.span.to(span);
                note.blocks.push(block);
            }
            None => kept.push(block),
        }
    }
    *blocks = kept;
    // Behind the gap under all its notes the text goes on, which they stood in.
    let goes_on = matches!(blocks.first(), Some(Block::SceneBreak(pause)) if pause.mark.is_none());
    if let Some(heading) = section.heading.take_if(|_| under == Under::NotesTitle && goes_on) {
        blocks.remove(0);
        section.role = SectionRole::Section;
        titles.push(LeftOut { span: heading.span, reason: TITLE });
    }
}

/// Takes the pause away that the gap or the rule over notes was taken for.
fn over_notes(kept: &mut Vec<Block>, titles: &mut Vec<LeftOut>) {
    if let Some(Block::SceneBreak(pause)) = kept.last() {
        titles.push(LeftOut { span: pause.span, reason: RULE });
        kept.pop();
    }
}

/// The blocks of a note without the mark that heads it.
fn without_head(block: Block) -> Vec<Block> {
    let strip = |paragraph: &mut Paragraph| {
        paragraph.content.remove(0);
        if let Some(Inline::Text(text)) = paragraph.content.first_mut() {
            let rest = text.trim_start_matches(BETWEEN).to_owned();
            *text = rest;
        }
        paragraph.content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    };
    match block {
        Block::Paragraph(mut paragraph) => {
            strip(&mut paragraph);
            if paragraph.content.is_empty() { Vec::new() } else { vec![Block::Paragraph(paragraph)] }
        }
        Block::Quote(Quote { mut blocks, .. }) => {
            if let Some(Block::Paragraph(paragraph)) = blocks.first_mut() {
                strip(paragraph);
            }
            blocks
        }
        other => vec![other],
    }
}

/// Removes sections that held nothing but a title and notes.
fn drop_empty(sections: &mut Vec<Section>, titles: &mut Vec<LeftOut>) {
    sections.retain_mut(|section| {
        drop_empty(&mut section.children, titles);
        let empty = section.blocks.is_empty() && section.children.is_empty() && is_over_notes(section.heading.as_ref());
        if let Some(heading) = section.heading.as_ref().filter(|_| empty) {
            titles.push(LeftOut { span: heading.span, reason: TITLE });
        }
        !empty
    });
}

/// Turns provisional references into what they are.
struct Resolve<'r> {
    references: &'r References,
    texts: &'r FxHashMap<u32, u32>,
    numbers: &'r FxHashMap<u32, NoteId>,
}

impl Resolve<'_> {
    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks.iter_mut() {
            match block {
                Block::Paragraph(paragraph) => self.inlines(&mut paragraph.content),
                Block::Quote(quote) => self.blocks(&mut quote.blocks),
                Block::Verse(verse) => {
                    for line in verse.stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines) {
                        self.inlines(&mut line.content);
                    }
                }
                Block::Speech(speech) => {
                    self.inlines(&mut speech.speaker);
                    self.blocks(&mut speech.blocks);
                }
                Block::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                Block::Table(table) => {
                    self.inlines(&mut table.caption);
                    for cell in table.head.iter_mut().chain(&mut table.body).flat_map(|row| &mut row.cells) {
                        self.inlines(&mut cell.content);
                    }
                }
                Block::Figure(figure) => self.inlines(&mut figure.caption),
                Block::Definitions(list) => {
                    for entry in &mut list.entries {
                        entry.terms.iter_mut().for_each(|term| self.inlines(term));
                        entry.meanings.iter_mut().for_each(|meaning| self.blocks(&mut meaning.blocks));
                    }
                }
                Block::Code(_) | Block::Math(_) | Block::SceneBreak(_) => {}
            }
        }
    }

    fn inlines(&self, inlines: &mut Vec<Inline>) {
        if !inlines.iter().any(|inline| matches!(inline, Inline::NoteRef(_)) || !inline.children().is_empty()) {
            return;
        }
        let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
        for inline in inlines.drain(..) {
            let inline = match inline {
                Inline::NoteRef(id) => match self.texts.get(&id.0).and_then(|head| self.numbers.get(head)) {
                    Some(note) => {
                        // The mark stands at the word, whatever space the typist left.
                        if let Some(Inline::Text(text)) = out.last_mut() {
                            text.truncate(text.trim_end().len());
                            if text.is_empty() {
                                out.pop();
                            }
                        }
                        Inline::NoteRef(*note)
                    }
                    None => Inline::Text(
                        self.references.get(id.0 as usize).map_or_else(String::new, |one| one.text.clone()),
                    ),
                },
                Inline::Emphasis(mut content) => {
                    self.inlines(&mut content);
                    Inline::Emphasis(content)
                }
                Inline::Strong(mut content) => {
                    self.inlines(&mut content);
                    Inline::Strong(content)
                }
                other => other,
            };
            push_joined(inline, &mut out);
        }
        *inlines = out;
    }
}
