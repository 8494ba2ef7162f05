//! [`Structure`] × text → which entry decides each line.

use super::{Entry, Is, Structure, StructureError};
use crate::diag::{Code, Diagnostics};
use crate::reader::LeftOut;
use crate::reader::inspection::first_words;
use crate::reader::plain::line::Line;
use crate::source::{Source, Span};

/// How far from its line an entry is looked for when the text has changed, in lines: some pages.
const NEAR: usize = 400;

/// What was told about the lines of one text.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// The entries, by their first lines.
    entries: Vec<Placed>,
    /// For each line of the text, from 0, the entry that decides it; the innermost where several hold it.
    owners: Vec<Option<usize>>,
    /// Pauses: the line before which one is, or is not.
    gaps: Vec<(usize, bool)>,
}

/// An entry with its lines in the text.
#[derive(Debug)]
pub(crate) struct Placed {
    /// The first and the last line, from 1, neither blank.
    pub(crate) lines: (usize, usize),
    /// What was told.
    pub(crate) is: Is,
    /// Where it was told: "book.toml:12".
    pub(crate) place: String,
}

/// Where in a text things stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'t> {
    told: &'t Told,
    source: &'t Source,
}

impl Structure {
    /// Finds the lines of every entry.
    ///
    /// # Errors
    ///
    /// [`StructureError`] where an entry does not fit the text, or two contradict each other. What has only moved is followed,
    /// and told.
    pub(crate) fn fit(&self, source: &Source, diagnostics: &mut Diagnostics) -> Result<Told, StructureError> {
        let lines: Vec<&str> = source.text().lines().collect();
        let mut told = Told { owners: vec![None; lines.len()], ..Told::default() };
        let mut placed: Vec<(&Entry, (usize, usize))> = Vec::with_capacity(self.entries.len());
        let mut shift = 0;
        let mut drifted: Option<StructureError> = None;
        for entry in &self.entries {
            let found = match find(&lines, entry, shift) {
                Some(first) => first,
                None => {
                    match &mut drifted {
                        Some(StructureError::Drifted { others, .. }) => *others += 1,
                        _ => drifted = Some(self.drifted(&lines, entry)),
                    }
                    continue;
                }
            };
            shift = found as isize - entry.lines.0 as isize;
            let last = entry.lines.1.saturating_add_signed(shift);
            if shift != 0 {
                diagnostics.note(
                    Code::StructureMoved,
                    span_of_line(source, &lines, found),
                    format!("{}:{}: “{}” has moved here from line {}", self.name, entry.at, entry.text, entry.lines.0),
                );
            }
            placed.push((entry, trimmed(&lines, (found, last)).ok_or_else(|| self.nothing(&lines, entry))?));
        }
        if let Some(error) = drifted {
            return Err(error);
        }
        self.own(placed, &mut told)?;
        Ok(told)
    }

    /// Gives each line to the innermost entry that holds it.
    fn own(&self, mut placed: Vec<(&Entry, (usize, usize))>, told: &mut Told) -> Result<(), StructureError> {
        placed.sort_by_key(|(_, (first, last))| (*first, std::cmp::Reverse(*last)));
        // The entries that are open at a line, with their numbers; and how many lines have their owner.
        let mut open: Vec<(&Entry, (usize, usize), usize)> = Vec::new();
        let mut owned = 0;
        let mut own = |end: usize, owner: Option<usize>| {
            told.owners.iter_mut().take(end).skip(owned).for_each(|line| *line = owner);
            owned = owned.max(end);
        };
        for (entry, lines) in placed {
            if let Is::Gap { pause } = entry.is {
                told.gaps.push((lines.0, pause));
                continue;
            }
            while let Some((_, outer, number)) = open.pop_if(|(_, outer, _)| outer.1 < lines.0) {
                own(outer.1, Some(number));
            }
            if let Some((other, ..)) = open.last().filter(|(_, outer, _)| outer.1 < lines.1 || *outer == lines) {
                return Err(StructureError::Overlap { file: self.name.clone(), line: entry.at, other: other.at });
            }
            own(lines.0 - 1, open.last().map(|(.., number)| *number));
            open.push((entry, lines, told.entries.len()));
            told.entries.push(Placed { lines, is: entry.is.clone(), place: format!("{}:{}", self.name, entry.at) });
        }
        while let Some((_, outer, number)) = open.pop() {
            own(outer.1, Some(number));
        }
        Ok(())
    }

    fn drifted(&self, lines: &[&str], entry: &Entry) -> StructureError {
        let found = match lines.get(entry.lines.0 - 1) {
            None => format!("the text has {} lines", lines.len()),
            Some(line) if line.trim().is_empty() => "is blank".to_owned(),
            Some(line) => format!("begins with “{}”", first_words(line, 40)),
        };
        StructureError::Drifted {
            file: self.name.clone(),
            line: entry.at,
            place: format!("line {}", entry.lines.0),
            expected: entry.text.clone(),
            found,
            others: 0,
        }
    }

    fn nothing(&self, lines: &[&str], entry: &Entry) -> StructureError {
        let problem = match entry.lines.0 > lines.len() {
            true => format!("are none: it has {} lines", lines.len()),
            false => "are blank".to_owned(),
        };
        let place = format!("lines {} to {}", entry.lines.0, entry.lines.1);
        StructureError::Nothing { file: self.name.clone(), line: entry.at, place, problem }
    }
}

/// The line where an entry is now: its own if its words are there, else the nearest that has them, those first that have
/// moved as far as the entry before.
fn find(lines: &[&str], entry: &Entry, shift: isize) -> Option<usize> {
    let words: Vec<&str> = entry.text.split_whitespace().collect();
    let first = entry.lines.0;
    if words.is_empty() {
        return Some(first);
    }
    let fits = |line: &usize| *line > 0 && begins(lines.get(*line - 1..).unwrap_or(&[]), &words);
    let moved = first.saturating_add_signed(shift);
    let near = (1..=NEAR).flat_map(|step| [moved + step, moved.saturating_sub(step)]);
    [first, moved].into_iter().chain(near).find(fits)
}

/// Whether `words` stand at the head of `lines`, the last of them maybe cut.
fn begins(lines: &[&str], words: &[&str]) -> bool {
    if lines.first().is_none_or(|line| line.trim().is_empty()) {
        return false;
    }
    let mut there = lines.iter().flat_map(|line| line.split_whitespace());
    let (last, whole) = match words.split_last() {
        Some(parts) => parts,
        None => return true,
    };
    whole.iter().all(|word| there.next() == Some(word)) && there.next().is_some_and(|word| word.starts_with(last))
}

/// Lines without the blank ones at both ends; none where all are blank, or there are none.
fn trimmed(lines: &[&str], (first, last): (usize, usize)) -> Option<(usize, usize)> {
    let within = lines.get(first.checked_sub(1)?..last.min(lines.len()))?;
    let is_text = |line: &&str| !line.trim().is_empty();
    let start = within.iter().position(is_text)?;
    let end = within.iter().rposition(is_text)?;
    Some((first + start, first + end))
}

fn span_of_line(source: &Source, lines: &[&str], number: usize) -> Option<Span> {
    let line = lines.get(number.checked_sub(1)?)?;
    let start = line.as_ptr() as usize - source.text().as_ptr() as usize;
    Some(Span::new(source.id(), start, start + line.len()))
}

impl Told {
    /// The same with the text, to look things up by.
    pub(crate) fn of<'t>(&'t self, source: &'t Source) -> Place<'t> {
        Place { told: self, source }
    }
}

impl<'t> Place<'t> {
    /// Whether nothing was told.
    pub(crate) fn is_empty(self) -> bool {
        self.told.entries.is_empty() && self.told.gaps.is_empty()
    }

    /// The entries, by their first lines.
    pub(crate) fn entries(self) -> &'t [Placed] {
        &self.told.entries
    }

    /// The number of the line that a byte is on, from 1.
    pub(crate) fn line(self, offset: u32) -> usize {
        self.source.line(offset)
    }

    /// The entry that decides a line.
    pub(crate) fn entry(self, line: &Line) -> Option<&'t Placed> {
        if self.told.entries.is_empty() {
            return None;
        }
        let owner = (*self.told.owners.get(self.line(line.span.start) - 1)?)?;
        self.told.entries.get(owner)
    }

    /// Whether a line is told to be in the editions, so that it must not be left out.
    pub(crate) fn keeps(self, line: &Line) -> bool {
        self.entry(line).is_some_and(|entry| !matches!(entry.is, Is::LeftOut { .. }))
    }

    /// What was told of a pause before a line.
    pub(crate) fn pause_before(self, line: &Line) -> Option<bool> {
        if self.told.gaps.is_empty() {
            return None;
        }
        let number = self.line(line.span.start);
        let at = self.told.gaps.binary_search_by_key(&number, |(line, _)| *line).ok()?;
        self.told.gaps.get(at).map(|(_, pause)| *pause)
    }

    /// Warns of entries that could not be carried out: lines that are left out all the same, since what the reader does last
    /// (the titles over notes that are linked) nothing can keep, and lines that the reader does not leave out any more. What is
    /// left out is in order.
    pub(crate) fn tell_what_was_not_done(self, left_out: &[LeftOut], diagnostics: &mut Diagnostics) {
        let in_question = |entry: &&Placed| {
            matches!(entry.is, Is::Block(_) | Is::Heading(_) | Is::LeftOut { because: Some(_) })
                // Where an inner entry begins with it, that one decides its first line.
                && self.owner(entry.lines.0) == Some(entry.lines)
        };
        // The last line of all that is left out so far.
        let reach: Vec<usize> = left_out
            .iter()
            .scan(0, |last, one| {
                *last = self.source.lines(one.span).1.max(*last);
                Some(*last)
            })
            .collect();
        for entry in self.entries().iter().filter(in_question) {
            let line = entry.lines.0;
            let from = reach.partition_point(|last| *last < line);
            let near = left_out.iter().skip(from).take_while(|one| self.line(one.span.start) <= line);
            let is_out = |one: &&LeftOut| self.source.lines(one.span).1 >= line && self.source.is_whole_lines(one.span);
            let out = near.into_iter().find(is_out);
            let (span, problem, hint) = match (&entry.is, out) {
                (Is::Block(_) | Is::Heading(_), Some(one)) => (
                    Some(one.span),
                    format!("these lines stay left out: {}", one.reason),
                    "say is = \"left-out\" again",
                ),
                (Is::LeftOut { because: Some(_) }, None) => {
                    let hint = "take “because” out of the entry to leave them out all the same";
                    (None, format!("lines {} to {} are not left out now", entry.lines.0, entry.lines.1), hint)
                }
                _ => continue,
            };
            diagnostics.warn(Code::StructureUnfit, span, format!("{}: {problem}", entry.place), hint);
        }
    }

    fn owner(self, line: usize) -> Option<(usize, usize)> {
        let owner = (*self.told.owners.get(line.checked_sub(1)?)?)?;
        self.told.entries.get(owner).map(|entry| entry.lines)
    }
}
