//! What one run of lines looks like.

use crate::model::{Matter, SectionRole};
use crate::reader::plain::label::{self, Label};
use crate::reader::plain::lexicon;
use crate::reader::plain::line::{Line, Said, is_alphabetic, is_alphanumeric};
use crate::reader::plain::number::{self, NumberStyle, in_normal, push_normal};
use crate::reader::plain::profile::Profile;
use crate::reader::plain::run::{Run, TALLEST};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cell::OnceCell;

/// Verse is narrower than this, in columns.
const WIDE: u32 = 56;

/// How the letters of a run are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Look {
    /// As in a sentence.
    Plain,
    /// All in marks of emphasis.
    Emphasised,
    /// The first letter of most words is a capital.
    TitleCase,
    /// All capitals, in marks of emphasis.
    EmphasisedCapitals,
    /// All capitals.
    Capitals,
}

/// What one run of lines looks like.
#[derive(Debug, Clone)]
pub(crate) struct Sketch {
    /// How many of its lines may be a heading: 0 where none is.
    pub(crate) head: usize,
    /// Whether it reads as running text, verse or a list rather than as a heading.
    pub(crate) is_text: bool,
    /// Whether it is a paragraph of some length that ends as sentences do.
    pub(crate) is_paragraph: bool,
    /// Whether it is lines too short for prose.
    pub(crate) is_stanza: bool,
    /// How the letters of the heading lines are set.
    pub(crate) look: Look,
    /// The label on its first line.
    pub(crate) label: Option<Label>,
    /// Whether the label is all of its first line.
    pub(crate) label_only: bool,
    /// The piece around the text that it names, and whether that is all it says.
    pub(crate) piece: Option<(Matter, SectionRole, bool)>,
    /// Whether it is a piece of several with its number: "Appendix B".
    pub(crate) is_numbered_piece: bool,
    /// Whether it is the name of a list of contents.
    pub(crate) names_contents: bool,
    /// Its letters and digits in normal form; empty for text.
    pub(crate) key: String,
    /// How many bytes of the key stand before a bracket: of a speaker with a direction, the name.
    name_end: usize,
    /// Where the same without the label begins in it, where there is one.
    title_start: Option<usize>,
    /// The words of the heading lines.
    pub(crate) words: usize,
    /// The first character that is not a mark of emphasis.
    pub(crate) first: char,
    /// The last character that is not a mark of emphasis or a closing quotation mark.
    pub(crate) last: char,
    /// Whether it opens a bracket that is closed later in the text.
    pub(crate) opens_bracket: bool,
    /// Columns before its first line.
    pub(crate) indent: u32,
    /// Whether every heading line stands in the middle of the measure.
    pub(crate) centred: bool,
    /// Whether another number follows the one at its head, as in "27. 1. Halt" or "1. Ready, 2. Go".
    pub(crate) counts_on: bool,
    /// The heading that its first line is said to be.
    pub(crate) said: Option<Said>,
    /// Whether a number stands in it that is written as a year is.
    pub(crate) has_year: bool,
    /// Whether it says who printed the book.
    pub(crate) names_printer: bool,
}

impl Sketch {
    /// Sketches one run.
    pub(crate) fn of(lines: &[Line], run: &Run, profile: &Profile) -> Sketch {
        let all = lines.get(run.start..run.end).unwrap_or(&[]);
        let measure = profile.wrap.unwrap_or(72);
        let first_line = all.first().map_or("", |line| line.text);
        let (bare, _) = label::without_marks(first_line);
        // Of a longer line no part is a label, nor is it set with spaces between its letters.
        let short_line = first_line.len() <= 200;
        let closed = if short_line { label::unspaced(bare) } else { bare.into() };
        let label = if short_line { label::parse(&closed) } else { None };
        let label_only = label.is_some_and(|label| label.is_all_of(&closed));
        let said = all.first().and_then(|line| line.said);
        let head = if said.is_some() { 1 } else { head_lines(all, measure, label.as_ref(), label_only) };
        let heading = all.get(..head).unwrap_or(&[]);
        let letters = Letters::of(heading);
        let is_text = head < all.len() || said.is_none() && reads_as_text(all, measure, label.as_ref(), &letters);
        let look = look(heading, &letters);
        let words = letters.words();
        let mut key = String::new();
        let mut title_start = None;
        if let Some((_, rest)) = heading.split_first() {
            let (before, title) =
                closed.split_at_checked(label.map_or(0, |label| label.title)).unwrap_or((&closed, ""));
            push_key(before, &mut key);
            title_start = label.map(|_| key.len());
            push_key(title, &mut key);
            rest.iter().for_each(|line| push_key(line.text, &mut key));
        }
        let low = if head > 0 && words <= 7 { normal_line(&closed) } else { String::new() };
        let piece = if low.is_empty() { None } else { piece(&closed, &low) };
        let names_contents = head == 1 && words <= 4 && lexicon::names_contents(&low);
        let marks = ['_', '*', '=', '/', '+', '~'];
        let last_line = heading.last().map_or("", |line| line.text);
        Sketch {
            head,
            is_text,
            is_paragraph: is_text && is_paragraph(all),
            is_stanza: is_text && all.len() > 1 && all.iter().all(|line| line.width < WIDE),
            look,
            label,
            label_only,
            piece: piece.map(|(matter, role, whole, _)| (matter, role, whole)),
            is_numbered_piece: piece.is_some_and(|(.., numbered)| numbered),
            names_contents,
            name_end: match bare.split_once(['(', '[']).filter(|_| head > 0) {
                Some((name, _)) => key_of(name).len().min(key.len()),
                None => key.len(),
            },
            key,
            title_start,
            words,
            first: bare.trim_start_matches(marks).chars().next().unwrap_or(' '),
            last: last_line
                .trim_end_matches(marks)
                .trim_end_matches(['"', '”', '’', '»', ')', ']'])
                .chars()
                .next_back()
                .unwrap_or(' '),
            opens_bracket: first_line.starts_with('[') && !all.iter().any(|line| line.text.contains(']')),
            indent: all.first().map_or(0, |line| line.indent),
            centred: !heading.is_empty() && heading.iter().all(|line| is_centred(line, profile.margin, measure)),
            counts_on: label
                .is_some_and(|label| label.division.is_none() && counts_on(closed.get(label.title..).unwrap_or(""))),
            said,
            has_year: heading.iter().any(|line| has_year(line.text)),
            names_printer: head > 0
                && all.len() <= TALLEST
                && all.iter().enumerate().any(|(at, line)| match at == 0 && bare.len() == line.text.len() {
                    true if !low.is_empty() && matches!(closed, Cow::Borrowed(_)) => lexicon::names_printer(&low),
                    _ => names_printer(line),
                }),
        }
    }

    /// The key as far as the first bracket: "Anna (aside)" and "Anna (laughs)" are one name.
    pub(crate) fn name_key(&self) -> &str {
        match self.key.get(..self.name_end) {
            Some(name) if !name.is_empty() => name,
            _ => &self.key,
        }
    }

    /// The key without the label, where there is one.
    pub(crate) fn title_key(&self) -> Option<&str> {
        self.key.get(self.title_start?..)
    }

    /// Whether it says where in a work it stands: a division, a number, a piece around the text.
    pub(crate) fn names_place(&self) -> bool {
        self.label.is_some()
            || self.said.is_some()
            || self.piece.is_some_and(|(_, _, whole)| whole)
            || self.names_contents
    }
}

/// Letters and digits in normal form.
pub(crate) fn key_of(text: &str) -> String {
    let mut key = String::new();
    push_key(text, &mut key);
    key
}

/// Adds the key of a text.
pub(crate) fn push_key(text: &str, key: &mut String) {
    key.reserve(text.len());
    let start = key.len();
    if text.is_ascii() {
        text.split(|c: char| !c.is_ascii_alphanumeric()).for_each(|part| key.push_str(part));
        return key.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
    }
    text.chars().for_each(|c| push_normal(c, key));
    if key.get(start..).is_some_and(|own| !own.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        let own: String = key.drain(start..).filter(|c| is_alphanumeric(*c)).collect();
        key.push_str(&own);
    }
}

/// A line in normal form without the marks around it. Chinese and Japanese set such words wide: 目　次.
fn normal_line(text: &str) -> String {
    let trimmed = text.trim_matches(|c| !is_alphanumeric(c));
    if trimmed.is_ascii() {
        let mut low = String::with_capacity(trimmed.len());
        for word in trimmed.split_ascii_whitespace() {
            low.push_str(if low.is_empty() { "" } else { " " });
            low.push_str(word);
        }
        low.make_ascii_lowercase();
        return low;
    }
    let between = if trimmed.chars().next().is_some_and(|c| c >= '\u{3040}') { "" } else { " " };
    let mut low = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        let end = low.len();
        low.push_str(if end > 0 { between } else { "" });
        let start = low.len();
        word.chars().for_each(|c| push_normal(c, &mut low));
        low.truncate(if low.len() > start { low.len() } else { end });
    }
    low
}

fn names_printer(line: &Line) -> bool {
    // The shortest words that say so have eight letters, and those may have accents.
    line.text.len() >= 8 && lexicon::names_printer(&normal_line(line.text))
}

/// What is asked of the letters of heading lines again and again, counted once.
struct Letters<'h, 'a> {
    heading: &'h [Line<'a>],
    counts: SmallVec<[Counts; TALLEST]>,
    title_case: OnceCell<bool>,
}

impl<'h, 'a> Letters<'h, 'a> {
    fn of(heading: &'h [Line<'a>]) -> Self {
        let counts = heading.iter().map(|line| Counts::of(line.text)).collect();
        Letters { heading, counts, title_case: OnceCell::new() }
    }

    fn words(&self) -> usize {
        self.counts.iter().map(|counts| counts.words).sum()
    }

    fn are_capitals(&self) -> bool {
        self.counts.iter().all(Counts::are_capitals)
    }

    fn is_title_case(&self) -> bool {
        *self.title_case.get_or_init(|| is_title_case(self.heading))
    }
}

/// The letters and words of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    upper: u32,
    lower: u32,
    words: usize,
    has_letters: bool,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let mut counts = Counts::default();
        let mut apart = true;
        for c in text.chars() {
            let space = c.is_whitespace();
            counts.words += usize::from(apart && !space);
            apart = space;
            // What most texts are in needs no tables.
            match c {
                'a'..='z' | 'а'..='я' | 'α'..='ω' => counts.lower += 1,
                'A'..='Z' | 'А'..='Я' => counts.upper += 1,
                c if c.is_ascii() => {}
                '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => counts.has_letters = true,
                c => {
                    counts.upper += u32::from(c.is_uppercase());
                    counts.lower += u32::from(c.is_lowercase());
                    counts.has_letters |= is_alphabetic(c);
                }
            }
        }
        counts.has_letters |= counts.upper + counts.lower > 0;
        counts
    }

    /// Whether all letters are capitals, of which there are some in pairs.
    fn are_capitals(&self) -> bool {
        // "McDONALD" and "No. 4, Rue X" have a small letter or two.
        self.upper >= 2 && self.lower * 8 <= self.upper
    }
}

/// How many lines of a run may be a heading.
fn head_lines(all: &[Line], measure: u32, label: Option<&Label>, label_only: bool) -> usize {
    let Some((first, rest)) = all.split_first() else { return 0 };
    if first.width > measure.max(60) * 3 / 2 && first.text.chars().count() > 90 {
        return 0;
    }
    let named = label.is_some_and(|label| label.division.is_some());
    if rest.is_empty() {
        return 1;
    }
    let is_prose = all.len() > TALLEST
        || rest.iter().any(|line| line.width * 5 > measure * 6)
        || (rest.len() >= 2 && rest.iter().take(rest.len() - 1).all(|line| line.right() * 4 > measure * 3))
        || rest
            .last()
            .is_some_and(|line| line.text.ends_with(['.', ',', ';', '。']) && !is_capitals(line.text) && all.len() > 2);
    match (is_prose, named && label_only) {
        // A title over its text without a blank line between them.
        (true, true) => 1,
        (true, false) if label_only && first.width < 12 && all.len() > 2 => 1,
        (true, false) => 0,
        (false, _) => all.len(),
    }
}

/// Whether some lines are of some length and end as sentences do.
fn is_paragraph(all: &[Line]) -> bool {
    let last = all.last().map_or("", |line| line.text).trim_end_matches(['"', '”', '’', '\'', '»', '_', ')', ']']);
    all.iter().any(|line| line.width >= WIDE) && last.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether a run of few lines is a piece of running text all the same.
fn reads_as_text(all: &[Line], measure: u32, label: Option<&Label>, letters: &Letters) -> bool {
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return true };
    let words = letters.words();
    let wide: u32 = all.iter().map(|line| line.width).sum();
    let sentence = last
        .text
        .trim_end_matches(['"', '”', '’', '\'', '»', '_', ')', ']'])
        .ends_with(['.', '!', '?', '…', ';', ':', ',', '。', '！', '？', '；']);
    let speech = first.text.starts_with(['"', '“', '„', '«', '»', '‘', '「', '—', '–']);
    if letters.are_capitals() {
        return all.len() > TALLEST;
    }
    // "_To Strike the Tents, Common and Conical._": a sentence has no capitals within.
    if words <= 15
        && (all.len() == 1 && label::without_marks(first.text).1 || is_marked_throughout(all))
        && letters.is_title_case()
    {
        return false;
    }
    let full = first.width * 10 > measure * 8 && all.len() > 1;
    let titled = words > 0 && label.is_some_and(|label| label.division.is_some());
    (sentence && !titled && (words > 7 || all.len() > 1 || speech || wide > 40))
        || (full && sentence)
        || wide > measure * 3
        || all.len() > 3 && !titled
}

/// Whether all letters are capitals, of which there are some in pairs.
pub(crate) fn is_capitals(text: &str) -> bool {
    Counts::of(text).are_capitals()
}

fn look(heading: &[Line], letters: &Letters) -> Look {
    let marked = heading.iter().all(|line| {
        let text = line.text.trim_start_matches(['[', '(']).trim_end_matches([']', ')', '.']);
        label::without_marks(text).1
    }) || is_marked_throughout(heading);
    if letters.counts.iter().all(|counts| counts.are_capitals() || !counts.has_letters) && !heading.is_empty() {
        return if marked { Look::EmphasisedCapitals } else { Look::Capitals };
    }
    match marked {
        true => Look::Emphasised,
        false if letters.is_title_case() => Look::TitleCase,
        false => Look::Plain,
    }
}

/// Whether the first word and most of the long ones begin with a capital.
fn is_title_case(heading: &[Line]) -> bool {
    // Words of four letters and more.
    const LONG: usize = 4;
    let (mut count, mut high) = (0, 0);
    let mut first_high = None;
    for line in heading {
        let (mut length, mut all_letters, mut starts_high) = (0, true, false);
        for c in line.text.chars().chain([' ']) {
            if is_alphanumeric(c) || c == '\'' || c == '’' {
                starts_high = if length == 0 { !c.is_lowercase() } else { starts_high };
                length += 1;
                all_letters = all_letters && is_alphabetic(c);
            } else if length > 0 {
                first_high = first_high.or(Some(starts_high));
                if length >= LONG && all_letters {
                    count += 1;
                    high += u32::from(starts_high);
                }
                (length, all_letters) = (0, true);
            }
        }
    }
    first_high == Some(true) && (count == 0 || high * 10 >= count * 6)
}

/// One pair of marks around several lines.
fn is_marked_throughout(heading: &[Line]) -> bool {
    let (Some(first), Some(last)) = (heading.first(), heading.last()) else { return false };
    heading.len() > 1
        && first.text.starts_with('_')
        && last.text.trim_end_matches('.').ends_with('_')
        && heading.iter().map(|line| line.text.matches('_').count()).sum::<usize>() == 2
}

fn is_centred(line: &Line, margin: u32, measure: u32) -> bool {
    let (left, right) = (line.indent.saturating_sub(margin), measure.saturating_sub(line.right()));
    left >= 4 && left.abs_diff(right) <= 4.max(measure / 12)
}

/// Whether a title holds a number with its full stop: at its head, or after a comma.
fn counts_on(title: &str) -> bool {
    let is_number = |word: &str| {
        word.strip_suffix('.').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut words = title.split_whitespace();
    let mut before = ",";
    words.any(|word| {
        let counts = before.ends_with(',') && is_number(word);
        before = word;
        counts
    })
}

fn has_year(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4 && number.starts_with(['1', '2']))
}

/// The piece that a line, which is `low` in normal form, names in any of its words, whether in its first or as its only one,
/// and whether a number is all that follows.
fn piece(text: &str, low: &str) -> Option<(Matter, SectionRole, bool, bool)> {
    if let Some((matter, role)) = lexicon::piece(low) {
        return Some((matter, role, true, false));
    }
    // Of a line of one word that is all.
    text.split_whitespace().nth(1)?;
    let mut found = None;
    let mut count = 0;
    for word in text.split_whitespace() {
        count += 1;
        let here = in_normal(word.trim_matches(|c| !is_alphanumeric(c)), |bare| {
            let (matter, role) = lexicon::piece(bare)?;
            // "Note" and "Author's" are only the beginning: "preface" in "Author's Preface" says more.
            let says_more = role != SectionRole::Preface || ["preface", "vorwort", "vorrede"].contains(&bare);
            Some((matter, role, says_more))
        });
        if let Some((matter, role, _)) = here.filter(|(.., says_more)| found.is_none() || *says_more) {
            found = Some((matter, role, count));
        }
    }
    let (matter, role, at) = found?;
    // "Appendix A", "Notes to Chapter I", "Preface", "Author's Note": the word stands first or last.
    let numbered = count == 2
        && text
            .split_whitespace()
            .nth(1)
            .is_some_and(|word| number::parse(word).is_some() || word.trim_end_matches(['.', ':']).len() == 1);
    Some((
        matter,
        role,
        count == 1 || numbered && at == 1 || (count == 2 && at == 2) || (count <= 5 && at == 1 && is_capitals(text)),
        numbered && at == 1,
    ))
}

/// Which row a label belongs to: what it is called and how it is numbered.
pub(crate) type Row = (Option<lexicon::Division>, NumberStyle);

impl Sketch {
    /// The row and the number in it.
    pub(crate) fn row(&self) -> Option<(Row, u32)> {
        let label = self.label?;
        let (value, style) = label.number?;
        // "Chapter I" and "Chapter 1" are not of one row, "First" and "Twenty-first" are.
        Some(((label.division, style), value))
    }
}
