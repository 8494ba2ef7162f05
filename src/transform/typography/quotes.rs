//! Quotation marks and apostrophes.
//!
//! Each mark is judged by the characters around it, by the marks that are open before it and by the marks to come. Marks
//! that are typographic already are judged by the same rules but never changed, so that a second pass decides as the first did.

use super::convention::{Convention, Pair};
use super::spaces::{is_set_by_rule, wants_guillemets, wants_high};
use super::stream::{OBJECT, Stream};

/// Marks open at once beyond this are forgotten from the outermost on: no sane text nests so deep.
const DEEPEST: usize = 8;
/// Feet, inches, minutes and seconds have no more digits.
const MEASURE_DIGITS: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
}

/// What stands beside a mark, other marks passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Word,
    Digit,
    /// An opening bracket.
    Open,
    Dash,
    /// Other punctuation.
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Opens,
    Closes,
    Apostrophe,
    /// Feet, inches, or nothing that is understood: stays as it is.
    Stays,
}

struct Mark {
    at: usize,
    kind: Kind,
    before: Side,
    after: Side,
}

/// Whether a character is a quotation mark or an apostrophe, straight or not.
pub(super) fn is_mark(c: char) -> bool {
    kind_of(c).is_some()
}

fn kind_of(c: char) -> Option<Kind> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' => Some(Kind::Double),
        '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' => Some(Kind::Single),
        _ => None,
    }
}

fn side_of(c: char) -> Side {
    match c {
        OBJECT | '&' | '\u{300}'..='\u{36F}' => Side::Word,
        '(' | '[' | '{' | '¿' | '¡' => Side::Open,
        '-' | '‐' | '‑' | '–' | '—' | '―' | '/' => Side::Dash,
        c if c.is_whitespace() => Side::Space,
        c if c.is_numeric() => Side::Digit,
        c if c.is_alphabetic() => Side::Word,
        _ => Side::Close,
    }
}

/// Runs over one text: where marks have become marks of the other kind, those that stayed straight are judged again, so that
/// a text which comes back later finds nothing to change. The bound keeps the whole linear; no text seen needs more.
const RUNS: usize = 3;

/// Makes straight marks what they stand for; `single_first` tells that the text speaks between single marks.
pub(super) fn set(stream: &mut Stream<'_>, single_first: bool) {
    for _ in 0..RUNS {
        if !set_once(stream, single_first) {
            break;
        }
    }
}

/// One run. Tells whether marks changed their kind while others stayed as they were.
fn set_once(stream: &mut Stream<'_>, single_first: bool) -> bool {
    let (mut reshaped, mut stayed) = (false, false);
    let marks = marks(stream);
    let later = closers_ahead(&marks);
    let mut open: Vec<Open> = Vec::new();
    for (mark, ahead) in marks.iter().zip(later) {
        let Some(&cell) = stream.cells.get(mark.at) else { continue };
        let convention = stream.convention(cell);
        let verdict = Judge { stream, mark, ahead, open: &open, convention, single_first }.verdict();
        let becomes = match verdict {
            Verdict::Opens => {
                let nested = mark.kind == Kind::Double && open.iter().any(|one| one.kind == Kind::Double);
                let (opening, closing) = if is_straight(cell.c) {
                    pair(convention, mark.kind, nested)
                } else {
                    (cell.c, closing_of(cell.c, convention, mark.kind))
                };
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push(Open { kind: mark.kind, shape: kind_of(opening).unwrap_or(mark.kind), closing });
                opening
            }
            Verdict::Closes => {
                let found = open.iter().rposition(|one| one.answers(mark.kind));
                let closing = found.and_then(|found| open.drain(found..).next()).map(|one| one.closing);
                closing.unwrap_or(pair(convention, mark.kind, false).1)
            }
            Verdict::Apostrophe => '’',
            Verdict::Stays => cell.c,
        };
        stayed |= is_straight(becomes);
        reshaped |= kind_of(becomes) != Some(mark.kind);
        if is_straight(cell.c)
            && cell.is_free()
            && let Some(cell) = stream.cells.get_mut(mark.at)
        {
            cell.c = becomes;
        }
    }
    reshaped && stayed
}

/// A quotation that is open.
struct Open {
    /// The kind that its mark had.
    kind: Kind,
    /// The kind that its mark has now: within double marks, some languages make single ones of double ones.
    shape: Kind,
    /// What will close it.
    closing: char,
}

impl Open {
    fn answers(&self, kind: Kind) -> bool {
        self.kind == kind || self.shape == kind
    }
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'')
}

fn pair(convention: &Convention, kind: Kind, nested: bool) -> Pair {
    match kind {
        Kind::Double if nested => convention.inner,
        Kind::Double => convention.double,
        Kind::Single => convention.single,
    }
}

/// What closes a typographic mark that opens.
fn closing_of(opening: char, convention: &Convention, kind: Kind) -> char {
    match opening {
        '“' => '”',
        '‘' => '’',
        '„' if convention.double.0 == '„' => convention.double.1,
        '„' => '“',
        '‚' => '‘',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        _ => pair(convention, kind, false).1,
    }
}

/// All marks with what stands beside them.
fn marks(stream: &Stream<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before = Side::Space;
    let are_set = wants_high(stream) || wants_guillemets(stream);
    let is_set = |at: usize| are_set && is_set_by_rule(stream, at);
    for (at, cell) in stream.cells.iter().enumerate() {
        match kind_of(cell.c) {
            Some(_) if cell.fixed => before = Side::Word,
            Some(kind) => marks.push(Mark { at, kind, before, after: Side::Space }),
            None if is_set(at) => {}
            None => before = side_of(cell.c),
        }
    }
    // What stands behind each mark, from the end on.
    let mut after = Side::Space;
    let mut end = stream.cells.len();
    for mark in marks.iter_mut().rev() {
        let between = mark.at + 1..end;
        let own = |at: &usize| stream.cells.get(*at).is_some_and(|cell| cell.fixed || !is_mark(cell.c));
        if let Some(first) = between.clone().find(|at| own(at) && !is_set(*at)) {
            after = if stream.cells.get(first).is_some_and(|cell| cell.fixed) {
                Side::Word
            } else {
                side_of(stream.at(Some(first)))
            };
        }
        mark.after = after;
        end = mark.at;
    }
    marks
}

/// For each mark: whether the next of its kind that is no apostrophe closes by what stands around it, and whether any does.
fn closers_ahead(marks: &[Mark]) -> Vec<Ahead> {
    let mut ahead = vec![Ahead::default(); marks.len()];
    let mut double = Ahead::default();
    let mut single = Ahead::default();
    for (mark, known) in marks.iter().zip(ahead.iter_mut()).rev() {
        let of_kind = if mark.kind == Kind::Double { &mut double } else { &mut single };
        *known = *of_kind;
        let within_word = mark.kind == Kind::Single
            && matches!(mark.before, Side::Word | Side::Digit)
            && matches!(mark.after, Side::Word | Side::Digit);
        if !within_word {
            let closes = looks_closing(mark);
            *of_kind = Ahead { next: closes, any: of_kind.any || closes };
        }
    }
    ahead
}

#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    /// The next mark of the kind closes.
    next: bool,
    /// Some later mark of the kind closes.
    any: bool,
}

fn looks_closing(mark: &Mark) -> bool {
    match (mark.before, mark.after) {
        (Side::Space | Side::Open, _) | (_, Side::Word | Side::Digit | Side::Open) => false,
        (Side::Dash | Side::Word | Side::Digit | Side::Close, Side::Space | Side::Dash | Side::Close) => true,
    }
}

struct Judge<'a> {
    stream: &'a Stream<'a>,
    mark: &'a Mark,
    ahead: Ahead,
    open: &'a [Open],
    convention: &'a Convention,
    single_first: bool,
}

impl Judge<'_> {
    fn verdict(&self) -> Verdict {
        match self.mark.kind {
            Kind::Double => self.double(),
            Kind::Single => self.single(),
        }
    }

    fn is_open(&self) -> bool {
        self.open.iter().any(|one| one.answers(self.mark.kind))
    }

    fn toggle(&self) -> Verdict {
        if self.is_open() { Verdict::Closes } else { Verdict::Opens }
    }

    fn double(&self) -> Verdict {
        use Side::{Close, Dash, Digit, Open, Space, Word};
        match (self.mark.before, self.mark.after) {
            (Word, Word) if self.is_gershayim() => Verdict::Stays,
            (Space, Space) => self.toggle(),
            (Space | Open, _) => Verdict::Opens,
            (Dash, Word | Digit | Open) => Verdict::Opens,
            (Digit, _) if self.is_measure() => Verdict::Stays,
            (Dash | Digit | Word | Close, Space | Close | Dash) => Verdict::Closes,
            (Word | Close | Digit, Word | Digit | Open) => self.toggle(),
        }
    }

    fn single(&self) -> Verdict {
        use Side::{Close, Dash, Digit, Open, Space, Word};
        match (self.mark.before, self.mark.after) {
            (Word | Digit, Word) | (Word, Digit) => Verdict::Apostrophe,
            (Digit, Digit) => Verdict::Stays,
            (Space, Space) if self.is_open() => Verdict::Closes,
            (Space, Space) => Verdict::Apostrophe,
            (Dash, Space | Close) if self.is_open() => Verdict::Closes,
            (Dash, Space) => Verdict::Apostrophe,
            (Close, Word | Digit | Open) if self.is_open() => Verdict::Closes,
            (Space | Open | Dash | Close, Word | Digit) => self.opening_single(),
            (Space | Open | Dash, _) | (Close, Open) if self.ahead.any => Verdict::Opens,
            (Space | Open | Dash, _) | (Close, Open) => Verdict::Apostrophe,
            (Digit, _) if self.is_measure() => Verdict::Stays,
            (Word, _) if self.is_open() && self.is_possessive() && self.ahead.next => Verdict::Apostrophe,
            (Word | Digit | Close, _) if self.is_open() => Verdict::Closes,
            (Word | Digit | Close, _) => Verdict::Apostrophe,
        }
    }

    /// A single mark before a word or a number.
    fn opening_single(&self) -> Verdict {
        let word = self.word_after();
        let quoted = self.stream.at(Some(self.mark.at + 1 + word.chars().count()));
        let is_quoted = kind_of(quoted) == Some(Kind::Single);
        let elided = self.convention.elisions.contains(&word.as_str()) && (!is_quoted || word == "n");
        let decade =
            word.len() <= 3 && word.trim_end_matches('s').len() == 2 && word.starts_with(|c: char| c.is_ascii_digit());
        // A speech that runs on is opened again in each of its paragraphs and closed in the last.
        let runs_on = self.single_first && self.is_first() && self.capital_after();
        if elided || decade && !is_quoted || self.is_open() {
            Verdict::Apostrophe
        } else if self.ahead.any || runs_on {
            Verdict::Opens
        } else {
            Verdict::Apostrophe
        }
    }

    /// The letters and digits behind the mark, in lower case: no more than an elision has.
    fn word_after(&self) -> String {
        const LONGEST: usize = 10;
        let cells = self.stream.cells.get(self.mark.at + 1..).unwrap_or_default();
        let letters = cells.iter().take(LONGEST).map(|cell| cell.c).take_while(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    }

    fn capital_after(&self) -> bool {
        self.stream.at(Some(self.mark.at + 1)).is_uppercase()
    }

    fn is_first(&self) -> bool {
        self.stream.at(self.mark.at.checked_sub(1)) == '\n'
    }

    /// Whether the mark ends a measure: after a short number, with no quotation open that it could close. Where one is open,
    /// the next mark must be there to close it.
    fn is_measure(&self) -> bool {
        if !is_straight(self.stream.at(Some(self.mark.at))) {
            return false;
        }
        let digits = (1..=MEASURE_DIGITS + 1)
            .take_while(|n| self.stream.at(self.mark.at.checked_sub(*n)).is_ascii_digit())
            .count();
        (1..=MEASURE_DIGITS).contains(&digits) && (!self.is_open() || self.ahead.next)
    }

    fn is_possessive(&self) -> bool {
        matches!(self.stream.at(self.mark.at.checked_sub(1)), 's' | 'x' | 'z' | 'ß')
    }

    /// The mark of Hebrew abbreviations stands within a word.
    fn is_gershayim(&self) -> bool {
        matches!(self.stream.at(self.mark.at.checked_sub(1)), '\u{590}'..='\u{5FF}')
    }
}

/// Adds the marks of a text that end a speech, straight or not, to the counts of double and single ones: after punctuation,
/// where an apostrophe is rare.
pub(super) fn count_speeches(text: &str, counts: &mut (usize, usize)) {
    // Bytes are looked at before characters: hardly any begins a mark.
    let may_begin = |byte: u8| matches!(byte, b'"' | b'\'') || byte >= 0xC2;
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| may_begin(*byte)) {
        let Some((before, rest)) = text.split_at_checked(at) else { continue };
        let mut rest = rest.chars();
        let Some(kind) = rest.next().and_then(kind_of) else { continue };
        let ends = before.ends_with(['.', ',', '!', '?', '-', '—']) && rest.next().is_none_or(char::is_whitespace);
        match kind {
            Kind::Double if ends => counts.0 += 1,
            Kind::Single if ends => counts.1 += 1,
            Kind::Double | Kind::Single => {}
        }
    }
}
