//! Headings and the lines between them → the tree of sections.

use super::blocks;
use super::furniture::MakersNote;
use super::heading::{Found, Outline};
use super::label;
use super::line::Line;
use super::number::normal;
use super::structure::Plan;
use super::{Context, Findings};
use crate::model::{AnchorId, Block, Heading, Inline, Matter, ParagraphRole, Section, SectionRole};
use crate::reader::Decision;
use crate::source::Span;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// Takes out the headings of notes that have all been linked to their marks.
pub(crate) fn drop_emptied_notes(sections: &mut Vec<Section>, findings: &mut Findings) {
    sections.retain_mut(|section| {
        drop_emptied_notes(&mut section.children, findings);
        let emptied = section.role == SectionRole::Notes && section.blocks.is_empty() && section.children.is_empty();
        if let (true, Some(heading)) = (emptied, &section.heading) {
            findings.leave_out(heading.span, "heading of notes, which are linked now");
        }
        !emptied
    });
}

/// How many sections are read before their findings are put together: more than books have, so that the findings of a hundred
/// thousand sections are never there one by one.
const AT_ONCE: usize = 1 << 10;

/// Builds the sections of a work.
pub(crate) struct Builder<'b, 'c> {
    sections: Sections<'b, 'c>,
    /// For each line before the text whether the metadata has it.
    known: &'b [bool],
    findings: &'b mut Findings,
    ids: FxHashMap<SectionRole, u32>,
}

/// What the blocks of a section are read from. No section depends on another.
struct Sections<'b, 'c> {
    context: &'b Context<'c>,
    lines: &'b [Line<'b>],
    outline: &'b Outline<'b>,
    /// The lines of lists of contents, half titles and headings printed again, in order.
    gone: Vec<Range<usize>>,
}

impl<'b, 'c> Builder<'b, 'c> {
    pub(crate) fn new<'a: 'b>(context: &'b Context<'c>, plan: &'b Plan<'_, 'a>, findings: &'b mut Findings) -> Self {
        let Plan { lines, outline, known } = plan;
        let gone = merged(outline.contents.iter().chain(&outline.half_titles).chain(&outline.repeats));
        let sections = Sections { context, lines, outline, gone };
        Builder { sections, known, findings, ids: FxHashMap::default() }
    }

    /// The sections of the text.
    pub(crate) fn sections(&mut self) -> Vec<Section> {
        let mut flat = self.before_headings();
        let Builder { sections, findings, ids, .. } = self;
        let Sections { lines, outline, .. } = *sections;
        let places = places(&outline.headings);
        let read = |(at, heading): (usize, &Found)| {
            let end = outline.headings.get(at + 1).map_or(lines.len(), |next| next.lines.start);
            let (matter, role) = places.get(at).copied().unwrap_or_default();
            let mut own = Findings::default();
            let section = sections.read(heading, heading.lines.end..end, (matter, role), &mut own);
            (section, own)
        };
        let headings: Vec<(usize, &Found)> = outline.headings.iter().enumerate().collect();
        for some in headings.chunks(AT_ONCE) {
            let read: Vec<(Section, Findings)> = some.par_iter().copied().map(read).collect();
            for ((_, heading), (mut section, own)) in some.iter().zip(read) {
                section.id = next_id(ids, section.role);
                findings.append(own, &mut section);
                flat.push((heading.depth, section));
            }
        }
        for (range, weight) in &outline.near {
            let own = lines.get(range.clone()).unwrap_or(&[]);
            if let Some(span) = own.iter().map(|line| line.span).reduce(Span::to) {
                findings.decisions.push(Decision {
                    span,
                    verdict: "paragraph",
                    rule: weight.against,
                    confidence: 1.0 - weight.confidence(),
                    runner_up: Some("heading"),
                });
            }
        }
        let gone = [
            (&outline.contents, "printed contents list, replaced by the outline"),
            (&outline.repeats, "heading printed again above the next part of its division"),
            (&outline.half_titles, "half title, as in the metadata"),
        ];
        for (range, reason) in gone.into_iter().flat_map(|(ranges, reason)| ranges.iter().map(move |one| (one, reason)))
        {
            for line in lines.get(range.clone()).unwrap_or(&[]) {
                findings.leave_out(line.span, reason);
            }
        }
        nest(flat)
    }

    /// What those who made the file say, behind the text. As printed books have it, no contents list names it; what a person
    /// called a part of the text stands there.
    pub(crate) fn colophon(&mut self, notes: Vec<MakersNote>) -> Option<Section> {
        let mut all = Vec::new();
        for MakersNote { mut lines, rule } in notes {
            lines.retain(|line| line.is_blank() || !self.sections.context.told.keeps(line));
            let Some(span) = lines.iter().filter(|line| !line.is_blank()).map(|line| line.span).reduce(Span::to) else {
                continue;
            };
            // What kind of block each is, is nobody's question here: one decision tells where the whole stands.
            let decided = self.findings.decisions.len();
            let mut blocks = blocks::read(self.sections.context, &lines, SectionRole::Colophon, self.findings);
            self.findings.decisions.truncate(decided);
            self.findings.decisions.push(Decision {
                span,
                verdict: "colophon",
                rule,
                confidence: 0.95,
                runner_up: Some("paragraph"),
            });
            if let Some(Block::Paragraph(title)) = blocks.first_mut().filter(|_| is_titled(&lines)) {
                title.role = ParagraphRole::Centered;
            }
            all.extend(blocks);
        }
        (!all.is_empty()).then(|| self.unnamed(Matter::Back, SectionRole::Colophon, all))
    }

    /// What stands before the first heading: the rest of a title page, a dedication, or the whole text.
    fn before_headings(&mut self) -> Vec<(usize, Section)> {
        let mut flat = Vec::new();
        let Sections { context, lines, outline, .. } = self.sections;
        let first = outline.headings.first().map_or(lines.len(), |heading| heading.lines.start);
        let title_page = outline.title_page_end.min(first);
        let mut rest: Vec<Line> = Vec::new();
        for (at, line) in lines.iter().enumerate().take(title_page) {
            if self.known.get(at).copied().unwrap_or(false) {
                self.findings.leave_out(line.span, "title page, now in the metadata");
            } else if !self.sections.in_contents(at) {
                rest.push(*line);
            }
        }
        let has_headings = !outline.headings.is_empty();
        let mut blocks = blocks::read(context, &rest, SectionRole::TitlePage, self.findings);
        if !blocks.is_empty() {
            for block in &mut blocks {
                if let Block::Paragraph(paragraph) = block
                    && paragraph.role == ParagraphRole::Body
                {
                    paragraph.role = ParagraphRole::Centered;
                }
            }
            flat.push((0, self.unnamed(Matter::Front, SectionRole::TitlePage, blocks)));
        }
        let mut blocks = self.sections.blocks(title_page..first, SectionRole::Section, self.findings);
        if !blocks.is_empty() {
            let (matter, role) = match has_headings {
                false => (Matter::Body, SectionRole::Section),
                true if is_dedication(&blocks) => (Matter::Front, SectionRole::Dedication),
                true => (Matter::Front, SectionRole::Section),
            };
            if !has_headings {
                mark_standfirst(lines.get(title_page..first).unwrap_or(&[]), &mut blocks);
            }
            flat.push((0, self.unnamed(matter, role, blocks)));
        }
        flat
    }

    fn unnamed(&mut self, matter: Matter, role: SectionRole, blocks: Vec<Block>) -> Section {
        let span = blocks.iter().map(Block::span).reduce(Span::to).unwrap_or_default();
        Section { matter, role, blocks, span, ..Section::with_id(next_id(&mut self.ids, role)) }
    }
}

/// A name from the role and a number.
fn next_id(ids: &mut FxHashMap<SectionRole, u32>, role: SectionRole) -> AnchorId {
    let count = ids.entry(role).or_default();
    *count += 1;
    AnchorId(format!("{role}-{count}"))
}

impl Sections<'_, '_> {
    /// The section of a heading and the lines behind it, without a name.
    fn read(
        &self,
        found: &Found,
        text: Range<usize>,
        (matter, role): (Matter, SectionRole),
        findings: &mut Findings,
    ) -> Section {
        let own = self.lines.get(found.lines.clone()).unwrap_or(&[]);
        let span =
            own.iter().filter(|line| !line.is_blank()).map(|line| line.span).reduce(Span::to).unwrap_or_default();
        let heading = Heading {
            label: self.inlines(&found.label),
            title: self.inlines(&found.title),
            subtitle: self.inlines(&found.subtitle),
            span,
        };
        findings.decisions.push(Decision {
            span,
            verdict: "heading",
            rule: found.weight.rule,
            confidence: found.weight.confidence(),
            runner_up: Some(found.weight.otherwise()),
        });
        let blocks = self.blocks(text, role, findings);
        let whole = blocks.iter().map(Block::span).fold(span, Span::to);
        let id = AnchorId(String::new());
        Section { id, matter, role, heading: Some(heading), blocks, children: Vec::new(), span: whole }
    }

    /// The text of heading lines: letter-spaced words closed up.
    fn inlines(&self, lines: &[Line]) -> Vec<Inline> {
        if lines.iter().any(|line| matches!(label::unspaced(line.text), Cow::Owned(_))) {
            let closed: Vec<_> = lines.iter().map(|line| label::unspaced(line.text)).collect();
            return vec![Inline::text(closed.join(" "))];
        }
        blocks::inlines(self.context, lines)
    }

    /// The blocks of some lines without lists of contents.
    fn blocks(&self, range: Range<usize>, role: SectionRole, findings: &mut Findings) -> Vec<Block> {
        if self.gone_from(range.start).is_none_or(|list| list.start >= range.end) {
            return blocks::read(self.context, self.lines.get(range).unwrap_or(&[]), role, findings);
        }
        let kept: Vec<Line> =
            range.filter(|at| !self.in_contents(*at)).filter_map(|at| self.lines.get(at).copied()).collect();
        blocks::read(self.context, &kept, role, findings)
    }

    /// The first of what is gone that ends behind a line.
    fn gone_from(&self, line: usize) -> Option<&Range<usize>> {
        self.gone.get(self.gone.partition_point(|list| list.end <= line))
    }

    fn in_contents(&self, line: usize) -> bool {
        self.gone_from(line).is_some_and(|list| list.start <= line)
    }
}

/// Whether the first line of a note is its title: alone above a text, and no sentence in brackets.
fn is_titled(lines: &[Line]) -> bool {
    // "Transcriber's note on the spelling of names" is a long one.
    const WIDEST: u32 = 48;
    let [first, next, ..] = lines else { return false };
    next.is_blank() && first.width <= WIDEST && first.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Ranges in order, those that overlap as one.
fn merged<'r>(ranges: impl Iterator<Item = &'r Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = ranges.cloned().collect();
    ranges.sort_unstable_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}

/// Matter and role of each heading.
pub(crate) fn places(headings: &[Found]) -> Vec<(Matter, SectionRole)> {
    let is_main =
        |found: &Found| found.division.is_some() || found.piece.is_none_or(|(matter, _)| matter == Matter::Body);
    let first_main = headings.iter().position(is_main).unwrap_or(0);
    let last_main = headings.iter().rposition(is_main).unwrap_or(0);
    // Back matter begins with a piece that stands behind all chapters, or one that no chapter follows at its depth.
    let is_back = |found: &Found| {
        found.depth == 0 && found.division.is_none() && found.piece.is_some_and(|(matter, _)| matter == Matter::Back)
    };
    let last_outermost = headings.iter().rposition(|found| found.depth == 0 && found.division.is_some());
    let back = headings
        .iter()
        .enumerate()
        .position(|(at, found)| is_back(found) && (at > last_main || last_outermost.is_none_or(|last| last <= at)));
    // "Note" behind the text is no preface: Italian and Romanian notes are called so.
    let is_end_note = |at: usize, found: &Found| {
        at > last_main
            && found.label.is_empty()
            && matches!(found.title.as_slice(), [line] if normal(line.text.trim_matches(['.', ':'])) == "note")
    };
    let back = back.or_else(|| headings.iter().enumerate().position(|(at, found)| is_end_note(at, found)));
    let mut list = Vec::with_capacity(headings.len());
    let mut notes: Option<usize> = None;
    for (at, found) in headings.iter().enumerate() {
        let matter = match back {
            Some(back) if at >= back && at > 0 => Matter::Back,
            _ if at < first_main => Matter::Front,
            _ => Matter::Body,
        };
        let holds_more = headings.get(at + 1).is_some_and(|next| next.depth > found.depth);
        // What stands within notes are notes.
        notes = notes.filter(|depth| found.depth > *depth);
        if found.division.is_none() && found.piece.is_some_and(|(_, role)| role == SectionRole::Notes) {
            notes = notes.or(Some(found.depth));
        }
        let role = match (found.division, found.piece) {
            _ if notes.is_some() => SectionRole::Notes,
            (Some(division), _) => division.role(),
            (None, Some(_)) if is_end_note(at, found) => SectionRole::Notes,
            (None, Some((_, role))) => role,
            (None, None) if found.number.is_some() => SectionRole::Chapter,
            (None, None) if found.depth == 0 && holds_more => SectionRole::Part,
            (None, None) if found.depth == 0 => SectionRole::Chapter,
            (None, None) => SectionRole::Section,
        };
        list.push((found.matter.unwrap_or(matter), role));
    }
    list
}

/// A short text to or for somebody, or in marks of emphasis throughout.
fn is_dedication(blocks: &[Block]) -> bool {
    let [Block::Paragraph(only)] = blocks else { return false };
    let text = crate::model::plain_text(&only.content);
    let low = text.to_lowercase();
    let opens =
        ["to ", "für ", "à ", "a mon ", "dem ", "der ", "al ", "dedicated"].iter().any(|start| low.starts_with(start));
    matches!(only.content.as_slice(), [Inline::Emphasis(_)]) || (opens && text.len() < 600)
}

/// One paragraph a line, and the first alone has a blank line behind it: that one leads the article.
fn mark_standfirst(lines: &[Line], blocks: &mut [Block]) {
    let mut text = lines.iter().skip_while(|line| line.is_blank());
    let gap_after_first = text.next().is_some() && text.next().is_some_and(|line| line.is_blank());
    let rest: Vec<&Line> = text.skip_while(|line| line.is_blank()).collect();
    let gaps = rest.iter().rev().skip_while(|line| line.is_blank()).filter(|line| line.is_blank()).count();
    if !gap_after_first || rest.len() < 3 || gaps > 0 {
        return;
    }
    if let [Block::Paragraph(first), Block::Paragraph(_), ..] = blocks
        && first.role == ParagraphRole::Body
    {
        first.role = ParagraphRole::Standfirst;
    }
}

/// The flat list with depths as a tree; what goes deeper than the model's readers expect stays at that depth.
fn nest(flat: Vec<(usize, Section)>) -> Vec<Section> {
    let mut roots: Vec<Section> = Vec::new();
    let mut open: Vec<Section> = Vec::new();
    let close = |open: &mut Vec<Section>, roots: &mut Vec<Section>| {
        if let Some(mut section) = open.pop() {
            match open.last_mut() {
                Some(parent) => {
                    parent.span = parent.span.to(section.span);
                    section.matter = parent.matter;
                    parent.children.push(section);
                }
                None => roots.push(section),
            }
        }
    };
    for (depth, section) in flat {
        while open.len() > depth {
            close(&mut open, &mut roots);
        }
        open.push(section);
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}
