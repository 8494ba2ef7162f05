//! Who made the file, and what they say about it: "Produced by …", transcriber's notes.

use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use crate::reader::plain::run::{Run, runs};

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
    "note: project gutenberg also has",
    "note: images of the original",
    "note: there is an illustrated edition",
    "images generously made available",
    "(images generously made available",
    "credits:",
];

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

/// The lines without credits and notes.
pub(super) fn strip<'a>(lines: &[Line<'a>], findings: &mut Findings) -> Vec<Line<'a>> {
    let runs = runs(lines);
    let mut taken = vec![false; runs.len()];
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        let near_an_end = at < REACH || at + REACH >= runs.len() || lines.len().saturating_sub(run.start) < 400;
        // A note may stand in a frame, or below a rule.
        let own = lines.get(run.start..run.end).unwrap_or(&[]);
        let first = own.iter().map(|line| line.text).find(|text| text.contains(char::is_alphabetic)).unwrap_or("");
        let head = first.trim_start_matches(['[', '*', '_', ' ', '(', '|', '=', '{']).to_lowercase();
        let mut after = at + 1;
        let mut reason = None;
        // Before the title only those who made the file have something to note.
        let opens = taken.iter().take(at).all(|taken| *taken) && FIRST_NOTES.iter().any(|note| head.starts_with(note));
        if opens {
            reason = Some("transcriber's note");
        } else if near_an_end && NOTES.iter().any(|note| head.starts_with(note)) {
            reason = Some("transcriber's note");
            after = note_end(lines, &runs, at);
        } else if at < REACH && CREDITS.iter().any(|credit| head.starts_with(credit)) {
            reason = Some("credits of those who made the file");
            while runs.get(after).is_some_and(|next| next.before == 1 && is_indented(lines, next) && after < at + 8) {
                after += 1;
            }
        }
        if let Some(reason) = reason {
            super::leave_out(
                lines.get(run.start..runs.get(after - 1).map_or(run.end, |last| last.end)).unwrap_or(&[]),
                reason,
                findings,
            );
            taken.iter_mut().take(after).skip(at).for_each(|one| *one = true);
        }
        at = after;
    }
    let mut kept = Vec::with_capacity(lines.len());
    let mut next = 0;
    for (run, taken) in runs.iter().zip(taken) {
        let from = if taken { run.end } else { next };
        kept.extend_from_slice(lines.get(from.max(next)..run.end.max(next)).unwrap_or(&[]));
        next = run.end;
    }
    kept.extend_from_slice(lines.get(next..).unwrap_or(&[]));
    kept
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
