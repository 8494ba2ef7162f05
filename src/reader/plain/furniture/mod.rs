//! What stands in a file and is not of the work: a distributor's header and licence, credits, pages.

mod aozora;
mod credits;
mod gutenberg;
mod marks;
mod pages;

pub(crate) use marks::without as without_page_marks;

use super::Findings;
use super::line::Line;
use super::statement::Statement;
use std::borrow::Cow;

/// The lines of the work, without furniture, and what the furniture said about it.
#[derive(Debug)]
pub(crate) struct Stripped<'l, 'a> {
    /// The lines that are left, in order. Where a page ended in mid-sentence no blank line is left.
    pub(crate) lines: Cow<'l, [Line<'a>]>,
    /// What those who made the file say of it, in order.
    pub(crate) colophon: Vec<MakersNote<'a>>,
    /// What was stated, in order.
    pub(crate) statements: Vec<Statement>,
    /// Whether marks of pages stand among the words, each told as left out: `[Pg 12]`.
    pub(crate) page_marks: bool,
}

/// Credits of those who made the file, or a note of theirs.
#[derive(Debug)]
pub(crate) struct MakersNote<'a> {
    /// Its lines.
    pub(crate) lines: Vec<Line<'a>>,
    /// What tells that it is one.
    pub(crate) rule: &'static str,
}

/// Takes the furniture out of `lines`, which are of `text`. What has a mark that the text does not have is not looked for.
pub(crate) fn strip<'l, 'a>(lines: &'l [Line<'a>], text: &str, findings: &mut Findings) -> Stripped<'l, 'a> {
    let holds = |byte: u8| text.as_bytes().contains(&byte);
    let mut statements = Vec::new();
    let work = gutenberg::strip(lines, &mut statements, findings);
    let work = aozora::strip(work, &mut statements, findings);
    let work = super::statement::leading(work, &mut statements, findings);
    let (work, colophon) = credits::strip(work, findings);
    // No ASCII, and hardly a letter of any other script, begins with the first byte of the mark.
    let annotated = holds(0xEF) && text.contains(aozora::OPEN);
    let kept = if annotated { aozora::annotations(work, findings) } else { work };
    let bracketed = holds(b'[') || holds(b'{');
    let page_marks = bracketed && marks::are_in_use(kept.iter().map(|line| line.text));
    let seen = pages::Signs { brackets: bracketed, form_feeds: holds(b'\x0C'), page_marks };
    let lines = pages::strip(kept, seen, findings);
    let lines = if page_marks { Cow::Owned(marks::strip(&lines, findings)) } else { lines };
    Stripped { lines, colophon, statements, page_marks }
}

/// The lines from `start` to `end`, each left out.
fn leave_out(lines: &[Line], reason: &'static str, findings: &mut Findings) {
    let mut text = lines.iter().filter(|line| !line.is_blank());
    if let Some(first) = text.next() {
        let span = text.next_back().map_or(first.span, |last| first.span.to(last.span));
        findings.leave_out(span, reason);
    }
}
