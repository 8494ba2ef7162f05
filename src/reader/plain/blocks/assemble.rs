//! Groups with what they are → blocks.

use super::classify::{Guess, Kind};
use super::group::{Group, ends_sentence, final_mark, initial};
use super::survey::{Region, Survey};
use super::{code, list, motto, note, pause, picture, prose, table, told, verse};
use crate::model::{
    Block, Cell, CodeBlock, Inline, List, ListItem, Paragraph, ParagraphRole, Quote, QuoteKind, Row, SceneBreak,
    Speech, Table,
};
use crate::reader::plain::inline::{self, Reference};
use crate::reader::plain::line::{Line, closed_up, is_alphanumeric};
use crate::reader::plain::structure::TOLD_OUT;
use crate::reader::plain::{Context, Findings};
use crate::source::Span;
use std::borrow::Cow;

/// Lists within lists: more levels than this are no lists.
const LISTS: usize = 5;

/// Puts blocks together.
pub(super) struct Assembler<'c, 'f, 's, 't> {
    pub(super) context: &'c Context<'c>,
    pub(super) survey: &'s Survey<'t>,
    pub(super) region: &'s Region,
    pub(super) findings: &'f mut Findings,
    pub(super) column: u32,
    pub(super) blocks: Vec<Block>,
    /// The speech that is going on.
    pub(super) speech: Option<Speech>,
}

impl<'c, 'f, 's, 't> Assembler<'c, 'f, 's, 't> {
    pub(super) fn new(
        context: &'c Context<'c>,
        survey: &'s Survey<'t>,
        region: &'s Region,
        column: u32,
        findings: &'f mut Findings,
    ) -> Self {
        Assembler { context, survey, region, findings, column, blocks: Vec::new(), speech: None }
    }

    /// The blocks of a section.
    pub(super) fn run(mut self, guesses: &[Guess<'_, 't>]) -> Vec<Block> {
        let mut breaks = pause::wide_gaps(guesses, self.region, self.survey.gap);
        told::pauses(guesses, self.context.told, &mut breaks, self.findings);
        let mut at = 0;
        while let Some(guess) = guesses.get(at) {
            if breaks.get(at) == Some(&true) {
                self.close_speech();
                let start = guess.group.span().start as usize;
                let span = Span::new(guess.group.span().source, start, start);
                self.push(Block::SceneBreak(SceneBreak { mark: None, span }));
                self.findings.decisions.push(crate::reader::Decision {
                    span,
                    verdict: "scene-break",
                    rule: "more blank lines than usual",
                    confidence: 0.75,
                    runner_up: Some("paragraph"),
                });
            }
            at += self.take(guesses, at).max(1);
        }
        self.close_speech();
        motto::mottoes(self.blocks, self.context.source)
    }

    /// Makes blocks of the guess at `at` and of those that belong to it; says how many they were.
    fn take(&mut self, guesses: &[Guess<'_, 't>], at: usize) -> usize {
        let rest = guesses.get(at..).unwrap_or(&[]);
        let Some(guess) = rest.first() else { return 1 };
        let run = |test: &dyn Fn(&Kind) -> bool| {
            1 + rest.iter().skip(1).take_while(|guess| test(&guess.kind) && guess.group.gap <= 2).count()
        };
        let groups =
            |count: usize| -> Vec<Group<'_, 't>> { rest.iter().take(count).map(|guess| guess.group).collect() };
        match &guess.kind {
            Kind::Prose => return self.prose(guesses, at),
            Kind::Verse => {
                let count = run(&|kind| *kind == Kind::Verse);
                let verse = verse::read(self.context, &groups(count), &mut self.findings.references);
                if !verse.stanzas.is_empty() {
                    self.add(Block::Verse(verse));
                }
                return count;
            }
            Kind::Pause => {
                let count = 1 + rest.iter().skip(1).take_while(|guess| guess.kind == Kind::Pause).count();
                self.close_speech();
                let groups = groups(count);
                let span = groups.last().map_or(guess.group.span(), |last| guess.group.span().to(last.span()));
                let last = rest.get(count).is_none();
                if at == 0 || last || self.blocks.is_empty() {
                    // One by one: what stands between them may be in the colophon.
                    for group in groups {
                        self.findings.leave_out(group.span(), "ornament where a section begins or ends");
                    }
                } else {
                    self.push(Block::SceneBreak(SceneBreak { mark: Some(closed_up(guess.group.first())), span }));
                }
                return count;
            }
            Kind::Inset => {
                let count = run(&|kind| *kind == Kind::Inset);
                self.quote(&groups(count));
                return count;
            }
            Kind::Centered => {
                let count = run(&|kind| *kind == Kind::Centered);
                self.centered(&groups(count), at > 0 && rest.get(count).is_some());
                return count;
            }
            Kind::Picture => self.picture(&guess.group),
            Kind::Table(grid) => {
                let table = self.table(&guess.group, grid);
                self.add(table);
            }
            Kind::Code => {
                let lines = code::lines(&guess.group);
                self.add(Block::Code(CodeBlock { language: None, lines, span: guess.group.span() }.into()));
            }
            Kind::List(items) => {
                let Some(mut list) = self.list(&guess.group, items, LISTS) else { return 1 };
                // Items that stand apart are lists of one item each.
                let loose = rest.iter().skip(1).map_while(|guess| match &guess.kind {
                    Kind::List(more) if items.starts.len() == 1 && more.starts.len() == 1 => Some((&guess.group, more)),
                    _ => None,
                });
                let mut count = 1;
                for (group, more) in loose {
                    count += 1;
                    if let Some(more) = self.list(group, more, LISTS) {
                        list.span = list.span.to(more.span);
                        list.items.extend(more.items);
                    }
                }
                self.add(Block::List(list));
                return count;
            }
            Kind::Speech => self.open_speech(&guess.group),
            Kind::Direction => self.direction(&guess.group, rest.get(1)),
            Kind::Set(role) => self.set(&guess.group, *role),
            Kind::Note => {
                let count = 1 + rest.iter().skip(1).take_while(|guess| guess.kind == Kind::NoteGoesOn).count();
                self.note(&groups(count));
                return count;
            }
            Kind::NoteGoesOn => return self.prose(guesses, at),
            Kind::LeftOut => self.findings.leave_out(guess.group.span(), TOLD_OUT),
        }
        1
    }

    pub(super) fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub(super) fn inlines(&mut self, lines: &[Line]) -> Vec<Inline> {
        inline::inlines(self.context, lines, Some(&mut self.findings.references))
    }

    pub(super) fn paragraph(&mut self, lines: &[Line], role: ParagraphRole) -> Option<Paragraph> {
        let content = self.inlines(lines);
        let span = span_of(lines)?;
        (!content.is_empty()).then_some(Paragraph { role, content, span })
    }

    /// Paragraphs: those that a page end or a picture interrupts are joined.
    fn prose(&mut self, guesses: &[Guess<'_, 't>], at: usize) -> usize {
        let Some(guess) = guesses.get(at) else { return 1 };
        let mut parts = prose::split(&guess.group, self.region);
        let Some(last) = parts.pop() else { return 1 };
        for part in parts {
            self.body(part.lines);
        }
        let mut lines = Cow::Borrowed(last.lines);
        let mut next = at + 1;
        let mut between = Vec::new();
        let mut end = at + 1;
        let mut after_page = false;
        while let Some(candidate) = guesses.get(next) {
            match candidate.kind {
                Kind::Picture | Kind::Note | Kind::NoteGoesOn | Kind::LeftOut if between.len() < 12 => {
                    between.push(next);
                    next += 1;
                }
                Kind::Prose if self.goes_on(&lines, &candidate.group, !between.is_empty()) => {
                    let parts = prose::split(&candidate.group, self.region);
                    let Some(first) = parts.first() else { break };
                    lines.to_mut().extend_from_slice(first.lines);
                    next += 1;
                    end = next;
                    after_page = true;
                    if parts.len() > 1 {
                        self.body(&lines);
                        for part in parts.iter().skip(1) {
                            self.body(part.lines);
                        }
                        lines = Cow::Borrowed(&[]);
                        break;
                    }
                }
                _ => break,
            }
        }
        if !lines.is_empty() {
            self.body(&lines);
        }
        if after_page {
            for place in between.into_iter().filter(|place| *place < end) {
                if guesses.get(place).is_some_and(|guess| guess.kind != Kind::NoteGoesOn) {
                    self.take(guesses, place);
                }
            }
        }
        end - at
    }

    /// Whether a paragraph goes on in a group that stands apart from it.
    fn goes_on(&self, lines: &[Line], group: &Group, interrupted: bool) -> bool {
        let (Some(last), Some(first)) = (lines.last(), group.lines.first()) else { return false };
        let gap = self.context.source.text().get(last.span.end as usize..first.span.start as usize).unwrap_or("");
        let interrupted = interrupted || group.new_page || !gap.trim().is_empty();
        let open = final_mark(last.text).is_some_and(|c| is_alphanumeric(c) || matches!(c, ',' | '-' | ';'));
        let small = initial(first.text).is_some_and(char::is_lowercase) && first.text.starts_with(is_alphanumeric);
        let full = last.right() + 14 >= self.column;
        let unsure = final_mark(last.text).is_some_and(|c| is_alphanumeric(c) || c == '-');
        small && open && (interrupted || full && unsure && lines.len() > 1) && self.region.measure.is_some()
    }

    pub(super) fn body(&mut self, lines: &[Line]) {
        let Some(mut paragraph) = self.paragraph(lines, ParagraphRole::Body) else { return };
        let first = lines.first().map_or("", |line| line.text);
        let list = self.speech.as_ref().map_or(&self.blocks, |speech| &speech.blocks);
        let after = matches!(
            list.last(),
            Some(Block::Verse(_) | Block::Quote(_) | Block::List(_) | Block::Table(_) | Block::Code(_))
        );
        if after && first.starts_with(char::is_lowercase) {
            paragraph.role = ParagraphRole::Continued;
        }
        let short = lines.len() <= 2 && lines.iter().all(|line| line.width < 64);
        if after
            && short
            && first.starts_with(['-', '—', '―', '–'])
            && self.speech.is_none()
            && !ends_sentence(first.trim_end_matches('.'))
        {
            paragraph.role = ParagraphRole::Attribution;
        }
        self.add(Block::Paragraph(paragraph));
    }

    /// Lines that stay lines.
    fn set(&mut self, group: &Group, role: ParagraphRole) {
        let slices: Vec<&[Line]> = group.lines.chunks(1).collect();
        let texts = inline::apart(self.context, &slices, &mut self.findings.references);
        let mut content = Vec::new();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            if !content.is_empty() {
                content.push(Inline::LineBreak);
            }
            content.extend(text);
        }
        if !content.is_empty() {
            self.add(Block::Paragraph(Paragraph { role, content, span: group.span() }));
        }
    }

    fn quote(&mut self, groups: &[Group<'_, 't>]) {
        let mut blocks = Vec::new();
        let inner = Region { margin: groups.iter().map(Group::indent).min().unwrap_or(0), ..*self.region };
        for group in groups {
            for part in prose::split(group, &inner) {
                blocks.extend(self.paragraph(part.lines, ParagraphRole::Body).map(Block::Paragraph));
            }
        }
        self.add_quote(blocks);
    }

    fn add_quote(&mut self, blocks: Vec<Block>) {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
        let span = first.span().to(last.span());
        self.add(Block::Quote(Quote { kind: QuoteKind::Quotation, blocks, span }));
    }

    /// Lines in the middle: within running text several are a notice that the text shows.
    fn centered(&mut self, groups: &[Group<'_, 't>], within: bool) {
        let mut blocks = Vec::new();
        for group in groups {
            for line in group.lines.chunks(1) {
                blocks.extend(self.paragraph(line, ParagraphRole::Centered).map(Block::Paragraph));
            }
        }
        if within && blocks.len() > 1 {
            self.add_quote(blocks);
        } else {
            blocks.into_iter().for_each(|block| self.add(block));
        }
    }

    fn picture(&mut self, group: &Group) {
        const REASON: &str = "the place of a picture that the text cannot hold";
        let caption = picture::caption(group);
        let whole = group.span();
        let (Some(first), Some(last)) = (caption.first(), caption.last()) else {
            return self.findings.leave_out(whole, REASON);
        };
        let said = first.span.to(last.span);
        self.findings.leave_out(Span { end: said.start, ..whole }, REASON);
        self.findings.leave_out(Span { start: said.end, ..whole }, REASON);
        if let Some(paragraph) = self.paragraph(&caption, ParagraphRole::Centered) {
            self.add(Block::Paragraph(paragraph));
        }
    }

    fn table(&mut self, group: &Group, grid: &table::Grid) -> Block {
        let at = group.span().start;
        let mut rows = |rows: &[Vec<String>]| -> Vec<Row> {
            rows.iter()
                .map(|row| {
                    let cell = |text: &String| Cell {
                        content: inline::of_text(self.context, text, at, &mut self.findings.references),
                    };
                    Row { cells: row.iter().map(cell).collect() }
                })
                .collect()
        };
        let (head, body) = (rows(&grid.head), rows(&grid.body));
        let table = Table { caption: Vec::new(), columns: grid.columns.clone(), head, body, span: group.span() };
        Block::Table(table.into())
    }

    /// A list with the lists in its items, `deepest` levels of them.
    fn list(&mut self, group: &Group<'_, 't>, items: &list::Items, deepest: usize) -> Option<List> {
        let mut out = Vec::new();
        for lines in items.lines(group) {
            let inner = if deepest > 0 { list::inner(&lines) } else { None };
            let (own, below) = lines.split_at(inner.as_ref().map_or(lines.len(), |(at, _)| *at));
            let paragraph = self.paragraph(own, ParagraphRole::Body).map(Block::Paragraph);
            let list = inner.and_then(|(_, items)| {
                self.list(&Group { lines: below, gap: 0, new_page: false }, &items, deepest - 1)
            });
            let mut blocks: Vec<Block> = paragraph.into_iter().chain(list.map(Block::List)).collect();
            blocks.shrink_to_fit();
            if !blocks.is_empty() {
                out.push(ListItem { blocks });
            }
        }
        (!out.is_empty()).then(|| List { kind: items.kind, items: out, span: group.span() })
    }

    /// A note in brackets: a quote whose first paragraph begins with the mark, until all marks are known.
    fn note(&mut self, groups: &[Group<'_, 't>]) {
        let Some((first, rest)) = groups.split_first() else { return };
        let Some((label, length)) = note::opening(first.first()) else { return };
        let text = first.first().get(..length).unwrap_or("");
        let id = crate::model::NoteId(self.findings.references.len() as u32);
        self.findings.references.push(Reference::new(text, label, first.span().start));
        let mut blocks = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let mut lines = group.lines.to_vec();
            if let Some(line) = lines.first_mut().filter(|_| at == 0) {
                *line = line.cut(length, line.text.len());
            }
            if let Some(line) = lines.last_mut().filter(|line| at == rest.len() && line.text.ends_with([']', '}'])) {
                *line = line.cut(0, line.text.len() - 1);
            }
            let content = self.inlines(&lines);
            let mut content: Vec<Inline> =
                content.into_iter().filter(|inline| !matches!(inline, Inline::Text(text) if text.is_empty())).collect();
            if at == 0 {
                content.insert(0, Inline::NoteRef(id));
            }
            if !content.is_empty() {
                blocks.push(Block::paragraph(content, group.span()));
            }
        }
        let span = groups.iter().fold(first.span(), |span, group| span.to(group.span()));
        self.close_speech();
        self.push(Block::Quote(Quote { kind: QuoteKind::Quotation, blocks, span }));
    }
}

fn span_of(lines: &[Line]) -> Option<Span> {
    Some(lines.first()?.span.to(lines.last()?.span))
}
