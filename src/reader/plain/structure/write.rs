//! Reading → the structure file that says what was decided.

use super::{BlockKind, TOLD, TOLD_OUT};
use crate::model::{Inline, Matter, Section, plain_text};
use crate::reader::inspection::{first_words, left_out_runs};
use crate::reader::{Decision, Reading};
use crate::source::Span;
use rustc_hash::FxHashSet;
use std::fmt::Write as _;

/// Characters of the first words that hold an entry to its place; a heading shows more, so that the outline can be read.
const ANCHOR: usize = 32;
const HEADING: usize = 64;

/// A decision less sure than this is marked as doubtful.
const DOUBTFUL: f32 = 0.8;

/// Decisions between two speeches; what is farther apart is no one play.
const BETWEEN_SPEECHES: usize = 12;

const HEAD: &str = "\
# How this text is understood. Edit it, then build from it:  bindery TEXT --structure THIS-FILE
#
# Each entry says what some lines of the text are. What an entry says is done; what no entry speaks of is found as if
# there were no file. So an entry that you take out is found anew: to undo a heading, say is = \"paragraph\".
#
#   lines   the first and the last line of the text, from 1;  before = 12: the gap before line 12
#   text    the first words there: they hold the entry to its place when the text changes
#   is      heading, left-out, scene-break, paragraph, verse, quotation, list, table, code, centered, lines, drama,
#           stage-direction, date-line, address, salutation, signature, picture, note;  with before: scene-break, no-scene-break
#   level   how deep a heading stands, from 1;  role: part, chapter, preface, appendix, ...;  matter: front, body, back
#   label   the words at the head of a heading that number or name it; the rest is its title;  subtitle: its last lines
#
# A heading in two entries becomes one when you let the first span both (lines = \"7-9\") and take the other out.
# What is left out comes back when you say what it is, as in is = \"paragraph\"; to leave lines out, say is = \"left-out\".
# An entry with because shows what was left out without being told, and why.
# An entry may lie within the lines of another: the inner one decides. Entries that are off (#) are guesses that nearly won.
";

/// One line of the file.
struct Row {
    lines: (usize, usize),
    off: bool,
    text: String,
}

/// The structure file of a reading, which describes it whole: told to the next reading of the same text it changes nothing.
pub fn write(reading: &Reading) -> String {
    let meta = &reading.document.meta;
    let authors: Vec<toml::Value> = meta.authors().map(|name| name.into()).collect();
    let mut out = String::from(HEAD);
    let _ = writeln!(out, "\ntitle = {}", quoted(&meta.title));
    let _ = writeln!(out, "author = {}", toml::Value::Array(authors));
    let _ = writeln!(out, "language = {}", quoted(&meta.language.to_string()));
    let _ = writeln!(out, "encoding = {}", quoted(reading.encoding));
    let _ = writeln!(out, "\nparts = [");
    for row in rows(reading) {
        let _ = writeln!(out, "{}{}", if row.off { "# " } else { "  " }, row.text);
    }
    out.push_str("]\n");
    out
}

/// The entries in the order of the text, each within those before it or behind them.
fn rows(reading: &Reading) -> Vec<Row> {
    let mut rows = headings(reading);
    rows.extend(left_out(reading));
    let taken = Reach::of(rows.iter());
    // What is a heading or left out is no block too.
    let is_free = |row: &Row| row.off || taken.behind(row.lines.0) < row.lines.1;
    let blocks: Vec<Row> = blocks(reading).into_iter().filter(is_free).collect();
    let held = Reach::of(blocks.iter().filter(|row| !row.off));
    // A line of a poem or a play that looks like a heading is worth nobody's time.
    let is_lone =
        |row: &Row| !row.off || held.behind(row.lines.0 - 1) < row.lines.1 && held.behind(row.lines.0) <= row.lines.1;
    rows.extend(blocks.into_iter().filter(is_lone));
    rows.sort_by_key(|row| (row.lines.0, std::cmp::Reverse(row.lines.1), row.off));
    // Entries never cross: of two that would, the first stays.
    let mut open: Vec<(usize, usize)> = Vec::new();
    rows.retain(|row| {
        if row.off || row.text.starts_with("{ before") {
            return true;
        }
        while open.last().is_some_and(|outer| outer.1 < row.lines.0) {
            open.pop();
        }
        let fits = open.last().is_none_or(|outer| row.lines.1 <= outer.1 && row.lines != *outer);
        if fits {
            open.push(row.lines);
        }
        fits
    });
    rows
}

/// How far rows reach, by their first lines.
struct Reach(Vec<(usize, usize)>);

impl Reach {
    fn of<'r>(rows: impl Iterator<Item = &'r Row>) -> Reach {
        let mut all: Vec<(usize, usize)> = rows.map(|row| row.lines).collect();
        all.sort_unstable();
        let mut furthest = 0;
        for (_, last) in &mut all {
            furthest = furthest.max(*last);
            *last = furthest;
        }
        Reach(all)
    }

    /// The last line of all rows that begin with a line or before it; 0 where none does.
    fn behind(&self, line: usize) -> usize {
        let next = self.0.partition_point(|(first, _)| *first <= line);
        next.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0, |(_, last)| *last)
    }
}

fn headings(reading: &Reading) -> Vec<Row> {
    let mut rows = Vec::new();
    let decision = |span: Span| {
        let from = reading.decisions.partition_point(|one| one.span.start < span.start);
        reading.decisions.iter().skip(from).take_while(move |one| one.span.start == span.start)
    };
    reading.document.for_each_section(&mut |section, depth| {
        let Some(heading) = &section.heading else { return };
        let own = decision(heading.span).find(|one| one.verdict == "heading");
        let is_told = own.is_some_and(|one| one.rule == TOLD);
        let doubt = own.map_or(String::new(), doubt);
        let text = format!("{}{doubt}", heading_entry(reading, section, heading.span, depth, is_told));
        rows.push(Row { lines: reading.source.lines(heading.span), off: false, text });
    });
    // No entry can tell two headings of one line apart: they are found as ever.
    let places = rows.iter().zip(rows.iter().skip(1));
    let shared: FxHashSet<(usize, usize)> =
        places.filter(|(row, next)| row.lines == next.lines).map(|(row, _)| row.lines).collect();
    rows.retain(|row| !shared.contains(&row.lines));
    rows
}

fn heading_entry(reading: &Reading, section: &Section, span: Span, depth: usize, is_told: bool) -> String {
    let text = |inlines: &[Inline]| plain_text(inlines).trim().to_owned();
    let (label, subtitle) =
        section.heading.as_ref().map(|heading| (text(&heading.label), text(&heading.subtitle))).unwrap_or_default();
    let mut more = format!(", level = {}, role = {}", depth + 1, quoted(&section.role.to_string()));
    if section.matter != Matter::Body && depth == 0 {
        let _ = write!(more, ", matter = {}", quoted(&section.matter.to_string()));
    }
    // That there is none is worth saying where a person said so.
    if is_told || !label.is_empty() {
        let _ = write!(more, ", label = {}", quoted(&label));
    }
    if is_told || !subtitle.is_empty() {
        let _ = write!(more, ", subtitle = {}", quoted(&subtitle));
    }
    entry(reading, span, "heading", &more, HEADING)
}

fn left_out(reading: &Reading) -> Vec<Row> {
    let row = |(span, reason): (Span, &str)| {
        let because = if reason == TOLD_OUT { String::new() } else { format!(", because = {}", quoted(reason)) };
        Row { lines: reading.source.lines(span), off: false, text: entry(reading, span, "left-out", &because, ANCHOR) }
    };
    // A part of a line, such as the brackets of a caption, goes with the block it is of: an entry for it would cut that in two.
    let runs = left_out_runs(reading).into_iter().filter(|(span, _)| reading.source.is_whole_lines(*span));
    runs.map(row).collect()
}

/// The blocks that are no running text: those of one kind that follow one another are one entry.
fn blocks(reading: &Reading) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut run: Option<Run> = None;
    for decision in &reading.decisions {
        if decision.runner_up == Some("heading") {
            let text = entry(reading, decision.span, "heading", "", HEADING);
            let text = format!("{text}  # {:.2} a heading", 1.0 - decision.confidence);
            rows.push(Row { lines: reading.source.lines(decision.span), off: true, text });
            continue;
        }
        if decision.verdict == "no-scene-break" || decision.verdict == "scene-break" && is_empty(decision.span) {
            let line = reading.source.line(decision.span.start);
            let words = reading.source.text().get(decision.span.start as usize..).unwrap_or("").lines().next();
            let words = quoted(&first_words(words.unwrap_or(""), ANCHOR));
            let text =
                format!("{{ before = {line}, is = \"{}\", text = {words} }},{}", decision.verdict, doubt(decision));
            rows.push(Row { lines: (line, line), off: false, text });
            continue;
        }
        if let Some(open) = run.as_mut().filter(|open| open.takes(decision)) {
            open.add(decision);
            continue;
        }
        let linked = decision.verdict == "note" && decision.runner_up.is_some();
        let is_block = BlockKind::named(decision.verdict)
            .is_some_and(|kind| kind != BlockKind::Paragraph || decision.rule == TOLD);
        // Notes that marks lead to are found by the marks; they stand among the paragraphs too.
        if linked {
            continue;
        }
        rows.extend(run.take().map(|run| run.row(reading)));
        run = is_block.then(|| Run::of(decision));
    }
    rows.extend(run.map(|run| run.row(reading)));
    rows
}

fn is_empty(span: Span) -> bool {
    span.start == span.end
}

/// Decisions of one kind that follow one another.
struct Run {
    verdict: &'static str,
    span: Span,
    speeches: bool,
    /// Decisions since the last that is surely of a play.
    since: usize,
    least_sure: Decision,
}

impl Run {
    fn of(decision: &Decision) -> Run {
        Run {
            verdict: decision.verdict,
            span: decision.span,
            speeches: decision.verdict == "speech",
            since: 0,
            least_sure: decision.clone(),
        }
    }

    fn is_drama(verdict: &str) -> bool {
        matches!(verdict, "speech" | "stage-direction")
    }

    /// Whether a decision goes on with it.
    fn takes(&self, decision: &Decision) -> bool {
        let is_told = decision.rule == TOLD;
        if decision.verdict == "heading" || self.verdict == "paragraph" && !is_told {
            return false;
        }
        if Run::is_drama(self.verdict) {
            return Run::is_drama(decision.verdict)
                || self.speeches && !is_told && self.since < BETWEEN_SPEECHES && decision.verdict != "scene-break";
        }
        // Two tables, lists or pieces of code under one another stay two.
        self.verdict == decision.verdict && !matches!(self.verdict, "table" | "list" | "code")
    }

    fn add(&mut self, decision: &Decision) {
        self.since += 1;
        if Run::is_drama(self.verdict) && !Run::is_drama(decision.verdict) {
            return;
        }
        self.since = 0;
        self.speeches |= decision.verdict == "speech";
        self.span = self.span.to(decision.span);
        if decision.confidence < self.least_sure.confidence {
            self.least_sure = decision.clone();
        }
    }

    fn row(self, reading: &Reading) -> Row {
        let name = if self.speeches { "drama" } else { self.verdict };
        let text = entry(reading, self.span, name, "", ANCHOR) + &doubt(&self.least_sure);
        Row { lines: reading.source.lines(self.span), off: false, text }
    }
}

/// `{ lines = "7-9", is = "heading", …, text = "…" },`
fn entry(reading: &Reading, span: Span, is: &str, more: &str, words: usize) -> String {
    let lines = match reading.source.lines(span) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("\"{first}-{last}\""),
    };
    // From the head of its line, since what is decided may begin within one.
    let line = reading.source.line_span(span.start);
    let text = reading.source.slice(line.to(span));
    format!("{{ lines = {lines}, is = \"{is}\"{more}, text = {} }},", quoted(&first_words(text, words)))
}

/// How sure a doubtful decision is, and what it would be else, as a comment.
fn doubt(decision: &Decision) -> String {
    match decision.runner_up {
        _ if decision.confidence >= DOUBTFUL => String::new(),
        Some(otherwise) => format!("  # {:.2} sure, else {otherwise}", decision.confidence),
        None => format!("  # {:.2} sure", decision.confidence),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
