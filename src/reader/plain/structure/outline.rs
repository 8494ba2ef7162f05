//! What was told about headings and about lines that were left out → the outline.

use super::fit::{Place, Placed};
use super::{Heading, Is};
use crate::diag::{Code, Diagnostics};
use crate::model::{Matter, SectionRole};
use crate::reader::plain::Findings;
use crate::reader::plain::heading::{self, Found, Outline, Weight, key_of};
use crate::reader::plain::line::Line;
use crate::reader::plain::profile::Profile;
use crate::reader::plain::section;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;

/// What the reader guessed of a work, ready to be built: what is told is put into it.
#[derive(Debug)]
pub(crate) struct Plan<'l, 'a> {
    /// The lines of the work.
    pub(crate) lines: Cow<'l, [Line<'a>]>,
    /// Its headings, and what takes no part in its text.
    pub(crate) outline: Outline<'a>,
    /// For each line of the title page whether the metadata has it.
    pub(crate) known: Vec<bool>,
}

/// Puts what was told into `plan`. `all` are the lines of the text before anything was left out.
pub(crate) fn apply<'a>(
    place: Place,
    all: &[Line<'a>],
    profile: &Profile,
    plan: &mut Plan<'_, 'a>,
    findings: &mut Findings,
) {
    if place.is_empty() {
        return;
    }
    let guessed = section::places(&plan.outline.headings);
    keep(place, all, plan, findings);
    let Plan { lines, outline, known } = plan;
    let kept = |at: usize| lines.get(at).is_some_and(|line| !line.is_blank() && place.keeps(line));
    for (at, known) in known.iter_mut().enumerate() {
        *known = *known && !kept(at);
    }
    for ranges in [&mut outline.contents, &mut outline.half_titles] {
        *ranges = ranges.iter().flat_map(|range| without(range.clone(), &kept)).collect();
    }
    outline.near.retain(|(range, _)| lines.get(range.start).is_none_or(|line| place.entry(line).is_none()));
    let told = place.entries().iter().filter(|entry| matches!(entry.is, Is::Heading(_)));
    let by_lines: FxHashMap<(usize, usize), &Placed> = told.clone().map(|entry| (entry.lines, entry)).collect();
    let mut guesses: Vec<Found> = Vec::new();
    let mut done: FxHashSet<(usize, usize)> = FxHashSet::default();
    let owns: Vec<_> = outline.headings.iter().map(|found| numbers(place, lines, &found.lines)).collect();
    for (at, (found, guess)) in outline.headings.drain(..).zip(guessed).enumerate() {
        let own = owns.get(at).copied().flatten();
        // Of two headings on one line an entry makes one.
        let shared = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|other| owns.get(other) == Some(&own));
        match own.and_then(|own| by_lines.get(&own)) {
            Some(_) if shared => {}
            Some(entry) => {
                done.insert(entry.lines);
                guesses.push(correct(found, Some(guess), entry, lines, &mut findings.diagnostics));
            }
            None if stands(place, lines, &found.lines) => guesses.push(found),
            None => {}
        }
    }
    let mut headings: Vec<Found> = Vec::with_capacity(guesses.len());
    let mut guesses = guesses.into_iter().peekable();
    for entry in told.filter(|entry| !done.contains(&entry.lines)) {
        let Some(range) = range_of(place, lines, entry.lines) else { continue };
        while let Some(guess) = guesses.next_if(|guess| guess.lines.start < range.start) {
            headings.push(guess);
        }
        let at = headings.partition_point(|one| one.lines.start < range.start);
        let depth = at.checked_sub(1).and_then(|at| headings.get(at)).map_or(0, |one| one.depth);
        let found = Found { depth, ..heading::told(lines, range, profile) };
        headings.insert(at, correct(found, None, entry, lines, &mut findings.diagnostics));
    }
    headings.extend(guesses);
    outline.headings = headings;
}

/// Whether no entry says that these lines are something else than a guessed heading. What the reader leaves out by itself it
/// may first take for a heading.
fn stands(place: Place, lines: &[Line], range: &Range<usize>) -> bool {
    let own = lines.get(range.clone()).unwrap_or(&[]);
    own.iter().filter(|line| !line.is_blank()).all(|line| match place.entry(line).map(|entry| &entry.is) {
        None | Some(Is::LeftOut { because: Some(_) }) => true,
        Some(_) => false,
    })
}

/// Puts lines back that were left out and are told to be something.
fn keep<'a>(place: Place, all: &[Line<'a>], plan: &mut Plan<'_, 'a>, findings: &mut Findings) {
    let starts: Vec<u32> = plan.lines.iter().map(|line| line.span.start).collect();
    let is_missing = |line: &&Line| !line.is_blank() && starts.binary_search(&line.span.start).is_err();
    let back: Vec<Line> = all.iter().filter(is_missing).filter(|line| place.keeps(line)).copied().collect();
    if back.is_empty() {
        return;
    }
    findings.take_back(&back.iter().map(|line| line.span).collect::<Vec<_>>());
    // Blank lines share their place with nothing: each line goes before the first that begins behind it.
    let mut merged: Vec<Line> = Vec::with_capacity(plan.lines.len() + back.len());
    let mut moved: Vec<usize> = Vec::with_capacity(plan.lines.len() + 1);
    let mut known = Vec::new();
    let mut back = back.into_iter().peekable();
    for (at, line) in plan.lines.iter().enumerate() {
        while let Some(one) = back.next_if(|one| one.span.start < line.span.start) {
            merged.push(one);
        }
        moved.push(merged.len());
        if let Some(own) = plan.known.get(at) {
            known.resize(merged.len(), false);
            known.push(*own);
        }
        merged.push(*line);
    }
    merged.extend(back);
    moved.push(merged.len());
    let to = |at: usize| moved.get(at).copied().unwrap_or(merged.len());
    // A range ends behind its last line, whatever has come in behind that.
    let ends = |range: &Range<usize>| match range.end.checked_sub(1) {
        Some(last) if range.end > range.start => to(range.start)..to(last) + 1,
        _ => to(range.start)..to(range.start),
    };
    let outline = &mut plan.outline;
    outline.headings.iter_mut().for_each(|found| found.lines = ends(&found.lines));
    for range in outline.contents.iter_mut().chain(&mut outline.half_titles) {
        *range = ends(range);
    }
    outline.near.iter_mut().for_each(|(range, _)| *range = ends(range));
    // What came back at the very head belongs to the title page, if there is one.
    outline.title_page_end = if outline.title_page_end == 0 { 0 } else { to(outline.title_page_end) };
    plan.known = known;
    plan.lines = Cow::Owned(merged);
}

/// A range without the places that are `kept`.
fn without(range: Range<usize>, kept: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in range.filter(|at| !kept(*at)) {
        match parts.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + 1,
            None => parts.push(at..at + 1),
        }
    }
    parts
}

/// The numbers in the text of the first and the last line of a range that are not blank.
fn numbers(place: Place, lines: &[Line], range: &Range<usize>) -> Option<(usize, usize)> {
    let mut own = lines.get(range.clone())?.iter().filter(|line| !line.is_blank());
    let first = own.next()?;
    let last = own.next_back().unwrap_or(first);
    Some((place.line(first.span.start), place.line(last.span.start)))
}

/// The lines of the work that have these numbers in the text; none where they are in no edition.
fn range_of(place: Place, lines: &[Line], (first, last): (usize, usize)) -> Option<Range<usize>> {
    let start = lines.partition_point(|line| place.line(line.span.start) < first);
    let end = lines.partition_point(|line| place.line(line.span.start) <= last);
    (start < end).then_some(start..end)
}

/// A heading with what was told of it.
fn correct<'a>(
    mut found: Found<'a>,
    guess: Option<(Matter, SectionRole)>,
    entry: &Placed,
    lines: &[Line<'a>],
    diagnostics: &mut Diagnostics,
) -> Found<'a> {
    let Is::Heading(told) = &entry.is else { return found };
    let mut edited = false;
    if let Some(level) = told.level.filter(|level| level - 1 != found.depth) {
        edited = true;
        found.depth = level - 1;
    }
    if let Some(role) = told.role.filter(|role| guess.is_none_or(|(_, own)| own != *role)) {
        edited = true;
        found.division = None;
        found.piece = Some((role.natural_matter(), role));
    }
    found.matter = told.matter.filter(|matter| guess.is_none_or(|(own, _)| own != *matter));
    edited |= found.matter.is_some();
    let division = divide(&mut found, told, lines);
    if edited || division == Ok(true) {
        found.weight = Weight::told();
    }
    if let Err(words) = division {
        let span = lines.get(found.lines.start).map(|line| line.span);
        diagnostics.warn(
            Code::StructureUnfit,
            span,
            format!("{}: “{words}” does not stand in this heading as its {}", entry.place, "label or subtitle"),
            "give the words as the text has them: the label at the head, the subtitle as the last lines",
        );
    }
    found
}

/// Divides the lines of a heading into label, title and subtitle as told; says whether that changed anything.
///
/// # Errors
///
/// The words that are not where they were told to be; then nothing has changed.
fn divide<'a, 't>(found: &mut Found<'a>, told: &'t Heading, lines: &[Line<'a>]) -> Result<bool, &'t str> {
    let key = |lines: &[Line]| lines.iter().map(|line| key_of(line.text)).collect::<String>();
    let new_label = told.label.as_deref().filter(|label| key_of(label) != key(&found.label));
    let new_subtitle = told.subtitle.as_deref().filter(|subtitle| key_of(subtitle) != key(&found.subtitle));
    if new_label.is_none() && new_subtitle.is_none() {
        return Ok(false);
    }
    let own = lines.get(found.lines.clone()).unwrap_or(&[]);
    let mut rest: Vec<Line> = own.iter().filter(|line| !line.is_blank()).copied().collect();
    let label = told.label.as_deref().map_or_else(|| key(&found.label), key_of);
    let (label, after) = cut_after(&rest, &label).ok_or_else(|| told.label.as_deref().unwrap_or_default())?;
    rest = after;
    let wanted = told.subtitle.as_deref().map_or_else(|| key(&found.subtitle), key_of);
    let split = (0..=rest.len()).rev().find(|at| key(rest.get(*at..).unwrap_or(&[])) == wanted);
    let subtitle = rest.split_off(split.ok_or_else(|| told.subtitle.as_deref().unwrap_or_default())?);
    (found.label, found.title, found.subtitle) = (label, rest, subtitle);
    if new_label.is_some() {
        (found.number, found.division) = (None, None);
    }
    Ok(true)
}

/// Lines up to the place where the letters of `key` end, and those behind it; none where they do not begin so.
fn cut_after<'a>(lines: &[Line<'a>], key: &str) -> Option<(Vec<Line<'a>>, Vec<Line<'a>>)> {
    let mut wanted = key;
    let mut before = Vec::new();
    let mut at = 0;
    while let (false, Some(line)) = (wanted.is_empty(), lines.get(at)) {
        let own = key_of(line.text);
        at += 1;
        if let Some(left) = wanted.strip_prefix(own.as_str()) {
            before.push(*line);
            wanted = left;
            continue;
        }
        // The label ends within this line: with the mark behind it, if there is one.
        let ends = line.text.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = ends.into_iter().find(|end| line.text.get(..*end).is_some_and(|head| key_of(head) == wanted))?;
        let tail = line.text.get(end..).unwrap_or("");
        let end = end + tail.find(|c: char| c.is_whitespace() || c.is_alphanumeric()).unwrap_or(tail.len());
        before.push(line.cut(0, end));
        let mut after: Vec<Line> = vec![line.cut(end, line.text.len())];
        after.retain(|line| !line.is_blank());
        after.extend_from_slice(lines.get(at..).unwrap_or(&[]));
        return Some((before, after));
    }
    wanted.is_empty().then(|| (before, lines.get(at..).unwrap_or(&[]).to_vec()))
}
