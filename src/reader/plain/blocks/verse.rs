//! Verse: lines that stay lines.

use super::evidence::Evidence;
use super::group::{Group, ends_sentence, final_mark, has_columns, initial, is_capitals, opens_speech};
use super::survey::{Region, Survey};
use super::{list, table};
use crate::model::{Inline, Stanza, Verse, VerseLine};
use crate::reader::plain::Context;
use crate::reader::plain::inline::{self, References};
use crate::reader::plain::line::{Line, is_alphabetic, is_alphanumeric};
use std::borrow::Cow;

/// Lines longer than this are no verse: the longest metres in use (fifteen syllables, Alexandrines) stay below.
const LONGEST: u32 = 84;

/// What speaks for a group being verse rather than prose.
pub(super) fn weigh(group: &Group, region: &Region, survey: &Survey, column: u32) -> Evidence {
    let lines = group.lines;
    let count = lines.len();
    let inset = group.indent() >= region.margin + 2;
    let mut evidence = Evidence::prior(if inset { -0.7 } else { -2.2 });
    if count < 2 {
        evidence.add(-2.0, "a line alone");
        return evidence;
    }
    let most = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|line| test(line.text)).count() * 2 > count;
    let sums = |text: &str| text.ends_with(|c: char| c.is_ascii_digit()) && has_columns(text);
    if list::is_bulleted(group) || most(&list::is_item) || most(&table::is_drawn) || most(&sums) {
        evidence.add(-9.0, "lines of lists and tables");
        return evidence;
    }
    let pairs = count - 1;
    if region.measure.is_some() || !region.one_per_line {
        // Prose at the margin may end a paragraph on each line, and some typists wrap a little early.
        let column = if inset { column } else { column.saturating_sub(6) };
        evidence.add_cases(group.early_ends(column), pairs, 0.88, 0.05, 9.0, "lines end before the measure");
        if count > 2 {
            evidence.add_cases(group.early_ends(group.right()), pairs, 0.35, 0.05, 4.0, "lines of uneven length");
        }
    } else {
        let open = lines.iter().take(pairs).filter(|line| !ends_sentence(line.text)).count();
        evidence.add_cases(open, pairs, 0.6, 0.06, 6.0, "sentences run on over short lines");
    }
    let cased: Vec<char> = lines
        .iter()
        .skip(1)
        .filter_map(|line| initial(line.text))
        .filter(|c| c.is_uppercase() || c.is_lowercase())
        .collect();
    let capitals = cased.iter().filter(|c| c.is_uppercase()).count();
    evidence.add_cases(capitals, cased.len(), 0.88, survey.capitals, 5.0, "lines begin with capitals");
    let stops =
        lines.iter().take(pairs).filter(|line| final_mark(line.text).is_some_and(|c| !is_alphanumeric(c))).count();
    evidence.add_cases(stops, pairs, 0.65, survey.stops.max(0.1), 3.0, "lines end with punctuation");
    if is_stepped(lines) {
        evidence.add(1.2, "lines step in and out");
    }
    let share = |test: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| test(line)).count() * 2 > count;
    if lines.iter().all(|line| ends_sentence(line.text)) && count > 2 {
        evidence.add(-2.0, "each line is a sentence");
    }
    if count > 1 && lines.iter().all(|line| opens_speech(line.text)) {
        evidence.add(-4.0, "each line is a speech");
    }
    if share(&|line| line.text.starts_with(|c: char| c.is_numeric())) {
        evidence.add(-4.0, "lines begin with numbers");
    }
    if share(&|line| has_columns(line.text)) {
        evidence.add(-4.0, "columns");
    }
    let broken = lines.windows(2).filter(|pair| breaks_word(pair)).count();
    evidence.add(broken as f32 * -4.0, "words broken at line ends");
    if share(&|line| is_capitals(line.text)) {
        evidence.add(-4.0, "lines in capitals");
    }
    if group.right().saturating_sub(group.indent()) > LONGEST {
        evidence.add(-4.0, "lines too long for verse");
    }
    evidence
}

/// Whether a word begins on one line and ends on the next.
fn breaks_word(pair: &[Line]) -> bool {
    let [line, next] = pair else { return false };
    let cut = line.text.strip_suffix(['-', '\u{AD}', '\u{2010}']);
    cut.is_some_and(|cut| cut.ends_with(is_alphabetic)) && next.text.starts_with(char::is_lowercase)
}

/// Whether the lines are set at several indents, otherwise than by a first line that steps in or out.
fn is_stepped(lines: &[Line]) -> bool {
    let rest = lines.get(1..).unwrap_or(&[]);
    let (Some(min), Some(max)) = (rest.iter().map(|line| line.indent).min(), rest.iter().map(|line| line.indent).max())
    else {
        return false;
    };
    max > min
}

/// Adds the verses of the stanza that a group is, turned-over lines joined, each at its level of `levels`.
fn push_stanza<'a, 't>(group: &Group<'a, 't>, levels: &[u32], out: &mut Vec<(u8, &'a [Line<'t>])>) {
    let lines = group.lines;
    let right = group.right();
    let mut start = 0;
    for at in 1..=lines.len() {
        let pair = lines.get(at - 1).zip(lines.get(at));
        if pair.is_some_and(|(before, line)| is_turned_over(before, line, right)) {
            continue;
        }
        let pieces = lines.get(start..at).unwrap_or(&[]);
        out.extend(pieces.first().map(|line| (level(line.indent, levels), pieces)));
        start = at;
    }
}

/// Whether `line` is the end of the line before it, turned over because the page was too narrow.
fn is_turned_over(before: &Line, line: &Line, right: u32) -> bool {
    if line.indent < before.indent + 4 {
        return false;
    }
    if line.text.starts_with('[') && !line.text.contains(']') && line.width < 20 {
        return true;
    }
    let goes_on = initial(line.text).is_some_and(char::is_lowercase)
        && (before.text.ends_with('-') || final_mark(before.text).is_some_and(is_alphanumeric));
    goes_on && line.width * 5 < before.width * 3 && before.right() * 10 >= right * 9
}

/// The levels of indent of a poem: the distinct indents of its lines.
fn levels(groups: &[Group]) -> Vec<u32> {
    let mut levels: Vec<u32> = groups.iter().flat_map(|group| group.lines.iter().map(|line| line.indent)).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn level(indent: u32, levels: &[u32]) -> u8 {
    let base = levels.first().copied().unwrap_or(0);
    let rank = levels.partition_point(|level| *level < indent) as u32;
    // An indent of its own for each of many lines is no system: there the distance tells, four columns a level.
    let level =
        if levels.len() > 4 { (indent - base.min(indent)) / 4 } else { rank.max((indent - base.min(indent)) / 8) };
    level.min(8) as u8
}

/// The poem that consecutive groups are.
pub(super) fn read(context: &Context, groups: &[Group], references: &mut References) -> Verse {
    let levels = levels(groups);
    let mut verses: Vec<(u8, &[Line])> = Vec::with_capacity(groups.iter().map(|group| group.lines.len()).sum());
    let mut ends: Vec<usize> = Vec::with_capacity(groups.len());
    for group in groups {
        push_stanza(group, &levels, &mut verses);
        ends.push(verses.len());
    }
    let whole: Vec<Cow<[Line]>> = verses.iter().map(|(_, pieces)| unbracketed(pieces)).collect();
    let slices: Vec<&[Line]> = whole.iter().map(Cow::as_ref).collect();
    let texts = inline::verse(context, &slices, references);
    let mut lines = verses.iter().map(|(indent, _)| *indent).zip(texts);
    let mut stanzas = Vec::with_capacity(groups.len());
    let mut start = 0;
    for end in ends {
        let own = lines.by_ref().take(end - start).filter(|(_, content): &(u8, Vec<Inline>)| !content.is_empty());
        let lines: Vec<VerseLine> = own.map(|(indent, content)| VerseLine { indent, content }).collect();
        if !lines.is_empty() {
            stanzas.push(Stanza { lines });
        }
        start = end;
    }
    let span = match (groups.first(), groups.last()) {
        (Some(first), Some(last)) => first.span().to(last.span()),
        _ => Default::default(),
    };
    Verse { stanzas, span }
}

/// The pieces of a line without the bracket that shows the turning over.
fn unbracketed<'a, 't>(pieces: &'a [Line<'t>]) -> Cow<'a, [Line<'t>]> {
    if pieces.len() < 2 {
        return Cow::Borrowed(pieces);
    }
    let mut out = pieces.to_vec();
    for piece in out.iter_mut().skip(1) {
        if !piece.text.contains(']') {
            piece.text = piece.text.strip_prefix('[').unwrap_or(piece.text).trim_start();
        }
    }
    Cow::Owned(out)
}
