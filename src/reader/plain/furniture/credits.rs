//! Who made the file, and what they say about it: "Produced by …", transcriber's notes. A careful press keeps both behind
//! the text, in the colophon; what a distributor says of his other files is no part of a book.

use super::{MakersNote, gutenberg::names_distributor};
use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use crate::reader::plain::run::{Run, runs};
use std::borrow::Cow;

/// Runs of lines from either end among which credits are looked for.
const REACH: usize = 24;

/// How the lines of those who made a file begin.
const CREDITS: &[&str] = &[
    "produced by",
    "e-text prepared by",
    "etext prepared by",
    "etext produced by",
    "this etext was",
    "this ebook was",
    "this e-text was",
    "this file was produced",
    "(this file was produced",
    "transcribed from",
    "transcribed by",
    "scanned by",
    "scanned and proof",
    "prepared by",
    "html version by",
    "images generously made available",
    "(images generously made available",
    "credits:",
];

/// How a distributor speaks of other files of the text.
const OFFERS: &[&str] =
    &["note: project gutenberg also has", "note: images of the original", "note: there is an illustrated edition"];

/// How the notes of those who typed a text are called.
const NOTES: &[&str] = &[
    "transcriber's note",
    "transcriber’s note",
    "transcribers' note",
    "transcribers’ note",
    "transcribers note",
    "transcriber note",
    "transcription note",
    "anmerkungen zur transkription",
    "anmerkung zur transkription",
    "note de transcription",
    "notes de transcription",
    "note au lecteur de ce fichier",
    "nota del trascrittore",
    "note del trascrittore",
    "nota del transcriptor",
    "nota de transcripción",
    "notas del transcriptor",
    "nota do transcritor",
    "opmerkingen van de bewerker",
    "lisäykset",
    "huomautus tekstistä",
    "avskrivarens anmärkning",
    "afskriverens bemærkning",
];

/// How a note begins that stands before anything of the work.
const FIRST_NOTES: &[&str] = &[
    "note:",
    "notes:",
    "note :",
    "σημείωση:",
    "σημειωση:",
    "anmerkung:",
    "remarque:",
    "remarque :",
    "nota:",
    "huomautus:",
    "примечание:",
];

/// Parts credits and notes from the work: the lines of the work, and what stands behind it in the colophon.
pub(super) fn strip<'l, 'a>(
    lines: &'l [Line<'a>],
    findings: &mut Findings,
) -> (Cow<'l, [Line<'a>]>, Vec<MakersNote<'a>>) {
    let runs = runs(lines);
    let mut taken = vec![false; runs.len()];
    let mut colophon = Vec::new();
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        let near_an_end = at < REACH || at + REACH >= runs.len() || lines.len().saturating_sub(run.start) < 400;
        if !near_an_end {
            at += 1;
            continue;
        }
        // A note may stand in a frame, or below a rule.
        let own = lines.get(run.start..run.end).unwrap_or(&[]);
        let first = own.iter().map(|line| line.text).find(|text| text.contains(char::is_alphabetic)).unwrap_or("");
        let begins = |heads: &[&str]| {
            let head = first.trim_start_matches(['[', '*', '_', ' ', '(', '|', '=', '{']);
            // What these lines begin with is short.
            let head = head.char_indices().nth(48).and_then(|(end, _)| head.get(..end)).unwrap_or(head).to_lowercase();
            heads.iter().any(|one| head.starts_with(one))
        };
        // Before the title only those who made the file have something to note.
        let opens = || taken.iter().take(at).all(|taken| *taken) && begins(FIRST_NOTES);
        let mut after = at + 1;
        let mut kept = None;
        let offered = at < REACH && (begins(OFFERS) || opens() && own.iter().any(|line| names_distributor(line.text)));
        if offered {
            super::leave_out(own, "distributor's note on other files", findings);
        } else if begins(NOTES) {
            after = note_end(lines, &runs, at);
            // In brackets between two pieces of the text it is about that place: "The following songs …".
            let within = at >= REACH && first.starts_with('[') && after < runs.len();
            kept = (!within).then_some("transcriber's note");
        } else if at < REACH && begins(CREDITS) {
            while runs.get(after).is_some_and(|next| next.before == 1 && is_indented(lines, next) && after < at + 8) {
                after += 1;
            }
            kept = Some("credits of those who made the file");
        } else if at < REACH && opens() {
            kept = Some("transcriber's note");
        }
        let end = runs.get(after - 1).map_or(run.end, |last| last.end);
        if let Some(rule) = kept {
            colophon.push(MakersNote { lines: unframed(lines.get(run.start..end).unwrap_or(&[]), findings), rule });
        }
        if kept.is_some() || offered {
            taken.iter_mut().take(after).skip(at).for_each(|one| *one = true);
        }
        at = after;
    }
    if !taken.contains(&true) {
        return (Cow::Borrowed(lines), colophon);
    }
    let mut kept = Vec::with_capacity(lines.len());
    let mut next = 0;
    for (run, taken) in runs.iter().zip(taken) {
        let from = if taken { run.end } else { next };
        kept.extend_from_slice(lines.get(from.max(next)..run.end.max(next)).unwrap_or(&[]));
        next = run.end;
    }
    kept.extend_from_slice(lines.get(next..).unwrap_or(&[]));
    (Cow::Owned(kept), colophon)
}

/// The lines of a note without the frame that is drawn around it.
fn unframed<'a>(lines: &[Line<'a>], findings: &mut Findings) -> Vec<Line<'a>> {
    let is_rule = |line: &Line| line.text.starts_with('+') && line.text.bytes().all(|byte| b"+-=".contains(&byte));
    let is_framed = |line: &Line| line.text.len() > 1 && line.text.starts_with('|') && line.text.ends_with('|');
    if !lines.iter().all(|line| line.is_blank() || is_rule(line) || is_framed(line)) {
        return lines.to_vec();
    }
    let (rules, rows): (Vec<Line>, Vec<Line>) = lines.iter().partition(|line| is_rule(line));
    super::leave_out(&rules, "frame around a note", findings);
    let cut =
        |line: Line<'a>| if line.is_blank() { line } else { Line { indent: 0, ..line.cut(1, line.text.len() - 1) } };
    rows.into_iter().map(cut).collect()
}

/// The run after the note that begins with run `at`.
fn note_end(lines: &[Line], runs: &[Run], at: usize) -> usize {
    let text = |run: &Run| lines.get(run.start..run.end).unwrap_or(&[]);
    let Some(first) = runs.get(at) else { return at + 1 };
    if text(first).first().is_some_and(|line| line.text.starts_with('[')) {
        // In brackets: to where they close.
        let mut depth = 0i32;
        for (number, run) in runs.iter().enumerate().skip(at) {
            for byte in text(run).iter().flat_map(|line| line.text.bytes()) {
                depth += i32::from(byte == b'[') - i32::from(byte == b']');
            }
            if depth <= 0 {
                return number + 1;
            }
        }
        return at + 1;
    }
    // A title with its text below: as long as the text is indented, or, after a title alone, to the next wide gap.
    let title_only = text(first).len() == 1 && text(first).iter().all(|line| line.width < 40);
    let mut end = at + 1;
    let indented = runs.get(end).is_some_and(|next| is_indented(lines, next));
    while let Some(next) = runs.get(end) {
        let goes_on = if indented { is_indented(lines, next) } else { title_only && next.before < 3 };
        if !goes_on || next.before > 3 {
            break;
        }
        end += 1;
    }
    end
}

fn is_indented(lines: &[Line], run: &Run) -> bool {
    lines.get(run.start..run.end).unwrap_or(&[]).iter().all(|line| line.indent >= 2)
}
