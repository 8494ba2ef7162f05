//! Project Gutenberg's header and licence, in the forms they have had since the nineties.

use super::leave_out;
use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use crate::reader::plain::statement::{self, Statement};

/// Lines from the start in which a header may end; the longest, with the small print of the nineties, has some 300.
const HEADER: usize = 600;

/// Lines that a licence may have; the longest has some 400. What is longer behind its mark is another work.
const LICENCE: usize = 1000;

/// Takes header and licence off and notes what the header states.
pub(super) fn strip<'l, 'a>(
    lines: &'l [Line<'a>],
    statements: &mut Vec<Statement>,
    findings: &mut Findings,
) -> &'l [Line<'a>] {
    let start = header_end(lines);
    let (header, rest) = lines.split_at(start);
    statements.extend(statement::stated(header));
    leave_out(header, "distributor's header", findings);
    let end = licence_start(rest, start > 0);
    let (work, licence) = rest.split_at(end);
    leave_out(licence, "distributor's licence", findings);
    work
}

/// How many lines at the start are the header: 0 without one.
fn header_end(lines: &[Line]) -> usize {
    let head = lines.get(..lines.len().min(HEADER)).unwrap_or(lines);
    let mut end = 0;
    let mut named = false;
    for (at, line) in head.iter().enumerate() {
        named |= names_distributor(line.text);
        if is_marker(line.text, "start") || is_small_print_end(line.text) {
            end = marker_end(head, at);
        }
    }
    if end > 0 {
        return end;
    }
    if !named || !head.iter().take(60).any(|line| names_distributor(line.text)) {
        return 0;
    }
    // No marker: the header ends with the last of its stated fields.
    let mut fields = head.iter().take(80).enumerate().filter(|(_, line)| statement::field(line.text).is_some());
    let last = fields.next_back().map(|(at, _)| at);
    last.map_or(0, |at| at + head.iter().skip(at).take_while(|line| !line.is_blank()).count())
}

/// A marker goes on to its closing asterisks, over two lines more at most.
fn marker_end(lines: &[Line], at: usize) -> usize {
    let closes = |line: &Line| line.text.trim_start_matches('*').ends_with('*');
    let more = lines.iter().skip(at).take(3).take_while(|line| !line.is_blank()).position(closes).unwrap_or(0);
    at + more + 1
}

/// How many of the lines come before the licence.
fn licence_start(lines: &[Line], has_header: bool) -> usize {
    let ends = |line: &Line| is_marker(line.text, "end") || is_end_line(line.text);
    // The first marker near the end: a work may speak of the distributor, hardly in its words.
    let from = (lines.len() / 2).max(lines.len().saturating_sub(LICENCE));
    let found = lines.iter().enumerate().skip(from).find(|(_, line)| ends(line)).map(|(at, _)| at);
    let found = found.or_else(|| {
        let small = |line: &Line| {
            let text = line.text.to_lowercase();
            text.contains("small print") && text.contains("etext") || text.starts_with("full project gutenberg license")
        };
        has_header.then(|| lines.iter().enumerate().skip(from).find(|(_, line)| small(line)).map(|(at, _)| at))?
    });
    found.unwrap_or(lines.len())
}

pub(super) fn names_distributor(text: &str) -> bool {
    // Most lines have no such letter.
    text.contains('G') && (text.contains("Project Gutenberg") || text.contains("PROJECT GUTENBERG"))
}

/// "*** START OF THE PROJECT GUTENBERG EBOOK …".
fn is_marker(text: &str, which: &str) -> bool {
    let Some(rest) = text.strip_prefix("**") else { return false };
    let rest = rest.trim_start_matches(['*', ' ']);
    let head = rest.get(..which.len()).unwrap_or("");
    head.eq_ignore_ascii_case(which) && rest.to_lowercase().contains("project gutenberg")
}

/// "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*".
fn is_small_print_end(text: &str) -> bool {
    text.starts_with("*END") && text.to_lowercase().contains("small print")
}

/// "End of the Project Gutenberg EBook of …", "End of Project Gutenberg's …".
fn is_end_line(text: &str) -> bool {
    if !names_distributor(text) {
        return false;
    }
    let text = text.trim_start_matches(['*', ' ']).to_lowercase();
    let rest = text.strip_prefix("the ").unwrap_or(&text);
    rest.strip_prefix("end of ").is_some_and(|rest| {
        let rest = rest.strip_prefix("the ").or_else(|| rest.strip_prefix("this ")).unwrap_or(rest);
        rest.starts_with("project gutenberg")
    })
}
