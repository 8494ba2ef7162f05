//! Text → inlines: emphasis, marks of notes, readings, line ends.

mod face;
mod join;
pub(crate) mod marks;
pub(crate) mod passage;
mod token;
pub(crate) mod words;

use super::Context;
use super::furniture::without_page_marks;
use super::line::Line;
use crate::model::{Inline, NoteId, push_joined};
use std::borrow::Cow;
use std::ops::Range;
use token::{Mark, Token};

/// Emphasis nested deeper than this is no emphasis.
const DEEPEST: usize = 4;

/// Bytes between two underscores that were set at the wrong side of a space: the words of a title at most.
const MISPLACED: usize = 60;

/// What may refer to a note, or be the head of one: [`Inline::NoteRef`] holds its place in the list until the notes are
/// known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reference {
    /// As it stands in the text.
    pub(crate) text: String,
    /// The bytes of it that are the label, without brackets.
    label: Range<usize>,
    /// Where the text begins that holds it.
    pub(crate) at: u32,
}

impl Reference {
    /// One that stands as `text`; `label` is the part of that without its brackets.
    pub(crate) fn new(text: &str, label: &str, at: u32) -> Reference {
        let start = text.find(label).unwrap_or(0);
        Reference { text: text.to_owned(), label: start..start + label.len(), at }
    }

    /// It without its brackets.
    pub(crate) fn label(&self) -> &str {
        self.text.get(self.label.clone()).unwrap_or(&self.text)
    }
}

/// The references found so far, in the order of the text.
pub(crate) type References = Vec<Reference>;

/// The text of lines that belong together.
pub(crate) fn inlines(context: &Context, lines: &[Line], references: Option<&mut References>) -> Vec<Inline> {
    let text = joined(context, lines);
    let place = place(lines.first(), lines.last());
    let parser = Parser { context, place, one_face: false };
    if parser.is_plain(&text) {
        return plain(text);
    }
    parser.parse(&[text], references).pop().unwrap_or_default()
}

/// The inlines of a text that has neither marks nor lines.
fn plain(text: Cow<str>) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::Text(text.into_owned())] }
}

/// The texts of lines that stay apart; each is given with the pieces it was turned over into. Emphasis may run through several.
pub(crate) fn apart(context: &Context, lines: &[&[Line]], references: &mut References) -> Vec<Vec<Inline>> {
    lines_apart(context, lines, false, references)
}

/// The lines of a poem, given as to [`apart`]: what has emphasis throughout is set so for its looks.
pub(crate) fn verse(context: &Context, lines: &[&[Line]], references: &mut References) -> Vec<Vec<Inline>> {
    lines_apart(context, lines, true, references)
}

fn lines_apart(context: &Context, lines: &[&[Line]], one_face: bool, references: &mut References) -> Vec<Vec<Inline>> {
    let pieces = || lines.iter().flat_map(|pieces| pieces.iter());
    let place = place(pieces().next(), pieces().next_back());
    let parser = Parser { context, place, one_face };
    let texts: Vec<Cow<str>> = lines.iter().map(|pieces| joined(context, pieces)).collect();
    if texts.iter().all(|text| parser.is_plain(text)) {
        return texts.into_iter().map(plain).collect();
    }
    parser.parse(&texts, Some(references))
}

/// From the first byte of one line to the last of another.
fn place(first: Option<&Line>, last: Option<&Line>) -> Range<u32> {
    first.map_or(0, |line| line.span.start)..last.map_or(0, |line| line.span.end)
}

fn joined<'t>(context: &Context, lines: &[Line<'t>]) -> Cow<'t, str> {
    if context.page_marks && lines.iter().any(|line| line.text.contains(['[', '{'])) {
        let texts: Vec<Cow<str>> = lines.iter().map(|line| without_page_marks(line.text)).collect();
        let lines: Vec<Line> = lines.iter().zip(&texts).map(|(line, text)| Line { text, ..*line }).collect();
        return Cow::Owned(joined_whole(context, &lines).into_owned());
    }
    joined_whole(context, lines)
}

fn joined_whole<'t>(context: &Context, lines: &[Line<'t>]) -> Cow<'t, str> {
    if let [line] = lines {
        return join::collapsed(line.text);
    }
    let language = context.language.primary().as_bytes().try_into().ok().and_then(hypher::Lang::from_iso);
    Cow::Owned(join::join(lines, &context.survey.words, language))
}

/// The inlines of a text that is no longer in lines, such as a cell.
pub(crate) fn of_text(context: &Context, text: &str, at: u32, references: &mut References) -> Vec<Inline> {
    let parser = Parser { context, place: at..at, one_face: false };
    if parser.is_plain(text) {
        return plain(Cow::Borrowed(text));
    }
    parser.parse(&[text], Some(references)).pop().unwrap_or_default()
}

/// Makes inlines of a text.
struct Parser<'c> {
    context: &'c Context<'c>,
    /// Where the text stands in the source.
    place: Range<u32>,
    /// Whether what has emphasis throughout is set so for its looks.
    one_face: bool,
}

impl Parser<'_> {
    /// Whether no more than text comes of a text: no mark stands in it, nor does emphasis run on over its ends.
    fn is_plain(&self, text: &str) -> bool {
        let passages = &self.context.survey.passages;
        !token::may_hold_marks(text) && !passages.hold(self.place.start) && !passages.hold(self.place.end)
    }

    /// The inlines of a text given in its lines, one list for each.
    fn parse(&self, lines: &[impl AsRef<str>], references: Option<&mut References>) -> Vec<Vec<Inline>> {
        let mut tokens = Vec::with_capacity(lines.len() * 2);
        for (at, line) in lines.iter().enumerate() {
            tokens.extend((at > 0).then_some(Token::Break));
            token::push_tokens(line.as_ref(), self.context.survey.marks, &mut tokens);
        }
        self.close_over_paragraphs(&mut tokens);
        let mut sides = pair_up(&tokens);
        // The last mark of a poem is often forgotten: where marks run on over its lines, its end closes what is open.
        if self.one_face && face::runs_on(&tokens, &sides) && face::is_open(&tokens, &sides) {
            tokens.push(Token::Mark(Mark { text: "_", opens: false, closes: true, within: false }));
            sides = pair_up(&tokens);
        }
        let mut builder = Builder { lines: vec![Vec::new()], open: Vec::new(), at: self.place.start, references };
        builder.all(&tokens, &sides);
        let lines = builder.finish();
        if self.one_face && face::is_one(&tokens, &sides) { face::plain(lines) } else { lines }
    }

    /// Opens and closes here what a paragraph before has opened, or a later one closes.
    fn close_over_paragraphs(&self, tokens: &mut Vec<Token>) {
        let passages = &self.context.survey.passages;
        let opens_anew = matches!(tokens.first(), Some(Token::Mark(mark)) if mark.opens);
        if passages.hold(self.place.start) && !opens_anew {
            tokens.insert(0, Token::Mark(Mark { text: "_", opens: true, closes: false, within: false }));
        }
        if passages.hold(self.place.end) {
            tokens.push(Token::Mark(Mark { text: "_", opens: false, closes: true, within: false }));
        }
    }
}

/// Which end of a pair a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
}

/// Tells which marks make pairs. A mark without partner stands for itself.
fn pair_up(tokens: &[Token]) -> Vec<Option<Side>> {
    let mut sides = vec![None; tokens.len()];
    let mut open: Vec<(usize, Mark)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Mark(mark) = token else { continue };
        let partner = open.iter().rposition(|(_, other)| other.text == mark.text).filter(|_| mark.closes);
        if let Some(partner) = partner {
            let opener = open.get(partner).map_or(at, |(opener, _)| *opener);
            let empty =
                tokens.get(opener + 1..at).is_none_or(|inner| inner.iter().all(|token| matches!(token, Token::Break)));
            if !empty {
                for (place, side) in [(opener, Side::Opens), (at, Side::Closes)] {
                    if let Some(slot) = sides.get_mut(place) {
                        *slot = Some(side);
                    }
                }
                open.truncate(partner);
                continue;
            }
        }
        if mark.opens && open.len() < DEEPEST {
            open.push((at, *mark));
        }
    }
    pair_misplaced(tokens, &mut sides);
    sides
}

/// Pairs underscores that stand at the wrong side of a space, as in `the_ Times _of` or `the _Times _of`: two that have no
/// partner, with a few words between.
fn pair_misplaced(tokens: &[Token], sides: &mut [Option<Side>]) {
    let mut loose: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Break => loose = None,
            Token::Mark(mark) if mark.text == "_" && !mark.within => {
                let taken = sides.get(at).is_some_and(Option::is_some);
                let Some(before) = loose.take().filter(|_| !taken) else {
                    loose = (!taken).then_some(at);
                    continue;
                };
                let between = tokens.get(before + 1..at).unwrap_or(&[]);
                let length: usize = between.iter().map(|token| token.text().len()).sum();
                if !(1..=MISPLACED).contains(&length) {
                    loose = Some(at);
                    continue;
                }
                for (place, side) in [(before, Side::Opens), (at, Side::Closes)] {
                    if let Some(slot) = sides.get_mut(place) {
                        *slot = Some(side);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Which wrapping an emphasis has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrap {
    Emphasis,
    Strong,
}

impl Wrap {
    fn of(self, content: Vec<Inline>) -> Inline {
        match self {
            Wrap::Emphasis => Inline::Emphasis(content),
            Wrap::Strong => Inline::Strong(content),
        }
    }
}

struct Builder<'r> {
    lines: Vec<Vec<Inline>>,
    open: Vec<(Wrap, Vec<Inline>)>,
    at: u32,
    references: Option<&'r mut References>,
}

impl Builder<'_> {
    /// Takes all tokens, each mark as the side of a pair that it is.
    fn all(&mut self, tokens: &[Token], sides: &[Option<Side>]) {
        for (token, side) in tokens.iter().zip(sides) {
            match (token, side) {
                (Token::Text(text), _) => self.text(text),
                (Token::Mark(mark), None) => self.text(mark.text),
                (Token::Mark(mark), Some(Side::Opens)) => self.open(mark),
                (Token::Mark(_), Some(Side::Closes)) => self.close(),
                (Token::Reference { text, label }, _) => self.reference(text, label),
                (Token::Break, _) => self.end_line(),
                (Token::Ruby { base, reading }, _) => {
                    self.push(Inline::Ruby { base: (*base).into(), reading: (*reading).into() });
                }
                (Token::Annotation(note), _) => self.annotate(note),
            }
        }
    }

    fn push(&mut self, inline: Inline) {
        let list = match self.open.last_mut() {
            Some((_, content)) => content,
            None => match self.lines.last_mut() {
                Some(line) => line,
                None => return,
            },
        };
        push_joined(inline, list);
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.push(Inline::text(text));
        }
    }

    fn open(&mut self, mark: &Mark) {
        let wrap = if mark.text.len() == 2 { Wrap::Strong } else { Wrap::Emphasis };
        self.open.push((wrap, Vec::new()));
    }

    fn close(&mut self) {
        if let Some((wrap, content)) = self.open.pop().filter(|(_, content)| !content.is_empty()) {
            self.push(wrap.of(content));
        }
    }

    fn reference(&mut self, text: &str, label: &str) {
        let Some(references) = self.references.as_mut() else { return self.text(text) };
        let id = NoteId(references.len() as u32);
        references.push(Reference::new(text, label, self.at));
        self.push(Inline::NoteRef(id));
    }

    fn annotate(&mut self, note: &str) {
        // What a character looks like that the distributor's encoding does not have.
        if let Some(looks) = note.strip_prefix('「').and_then(|rest| rest.split_once("」、")).map(|(looks, _)| looks)
        {
            return self.text(&format!("〔{looks}〕"));
        }
        // "「…」に傍点" sets dots beside the words just before: the emphasis of Japanese.
        let Some(words) = note.strip_prefix('「').and_then(|rest| rest.split_once("」に傍点")).map(|(words, _)| words)
        else {
            return;
        };
        let list = self.open.last_mut().map(|(_, content)| content).or(self.lines.last_mut());
        let Some(list) = list else { return };
        let Some(Inline::Text(text)) = list.last_mut() else { return };
        if !words.is_empty() && text.ends_with(words) {
            text.truncate(text.len() - words.len());
            if text.is_empty() {
                list.pop();
            }
            list.push(Inline::Emphasis(vec![Inline::text(words)]));
        }
    }

    /// Ends a line: what is open is closed, and opened again on the next.
    fn end_line(&mut self) {
        let wraps: Vec<Wrap> = self.open.iter().map(|(wrap, _)| *wrap).collect();
        while !self.open.is_empty() {
            self.close();
        }
        self.lines.push(Vec::new());
        self.open.extend(wraps.into_iter().map(|wrap| (wrap, Vec::new())));
    }

    fn finish(mut self) -> Vec<Vec<Inline>> {
        while !self.open.is_empty() {
            self.close();
        }
        self.lines
    }
}
