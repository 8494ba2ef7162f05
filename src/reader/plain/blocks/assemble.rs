//! Groups with what they are → blocks.

use super::classify::{Guess, Kind};
use super::group::{Group, ends_sentence, final_mark, initial, is_capitals};
use super::survey::{Region, Survey};
use super::{code, drama, list, note, pause, picture, prose, script, table, told, verse};
use crate::model::{
    Block, Cell, CodeBlock, Inline, List, ListItem, Paragraph, ParagraphRole, Quote, QuoteKind, Row, SceneBreak,
    Speech, Table,
};
use crate::reader::plain::inline::{self, Reference};
use crate::reader::plain::line::{Line, is_alphanumeric};
use crate::reader::plain::structure::TOLD_OUT;
use crate::reader::plain::{Context, Findings};
use crate::source::Span;

/// Lines that a motto has at most.
const MOTTO: usize = 14;

/// Lists within lists: more levels than this are no lists.
const LISTS: usize = 5;

/// Puts blocks together.
pub(super) struct Assembler<'c, 'f, 's, 't> {
    context: &'c Context<'c>,
    survey: &'s Survey<'t>,
    region: &'s Region,
    findings: &'f mut Findings,
    play: bool,
    column: u32,
    blocks: Vec<Block>,
    /// The speech that is going on.
    speech: Option<Speech>,
}

impl<'c, 'f, 's, 't> Assembler<'c, 'f, 's, 't> {
    pub(super) fn new(
        context: &'c Context<'c>,
        survey: &'s Survey<'t>,
        region: &'s Region,
        column: u32,
        findings: &'f mut Findings,
    ) -> Self {
        Assembler { context, survey, region, findings, play: false, column, blocks: Vec::new(), speech: None }
    }

    /// The blocks of a section.
    pub(super) fn run(mut self, guesses: &[Guess<'_, 't>]) -> Vec<Block> {
        self.play = guesses.iter().any(|guess| guess.kind == Kind::Speech);
        let mut breaks = self.wide_gaps(guesses);
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
        self.mottoes();
        self.blocks
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
                    self.push(Block::SceneBreak(SceneBreak { mark: Some(pause::shown(guess.group.first())), span }));
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
                self.add(Block::Code(CodeBlock { language: None, lines, span: guess.group.span() }));
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

    /// Adds a block to the section, or to the speech that is going on.
    fn add(&mut self, block: Block) {
        match &mut self.speech {
            Some(speech) => {
                speech.span = speech.span.to(block.span());
                speech.blocks.push(block);
            }
            None => self.push(block),
        }
    }

    fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn close_speech(&mut self) {
        if let Some(speech) = self.speech.take() {
            self.push(Block::Speech(speech));
        }
    }

    fn inlines(&mut self, lines: &[Line]) -> Vec<Inline> {
        inline::inlines(self.context, lines, Some(&mut self.findings.references))
    }

    fn paragraph(&mut self, lines: &[Line], role: ParagraphRole) -> Option<Paragraph> {
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
            self.body(part.lines, at);
        }
        let mut lines = last.lines.to_vec();
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
                    lines.extend_from_slice(first.lines);
                    next += 1;
                    end = next;
                    after_page = true;
                    if parts.len() > 1 {
                        self.body(&lines, at);
                        for part in parts.iter().skip(1) {
                            self.body(part.lines, at);
                        }
                        lines.clear();
                        break;
                    }
                }
                _ => break,
            }
        }
        if !lines.is_empty() {
            self.body(&lines, at);
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

    fn body(&mut self, lines: &[Line], _at: usize) {
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
        Block::Table(Table { caption: Vec::new(), columns: grid.columns.clone(), head, body, span: group.span() })
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
            let blocks: Vec<Block> = paragraph.into_iter().chain(list.map(Block::List)).collect();
            if !blocks.is_empty() {
                out.push(ListItem { blocks });
            }
        }
        (!out.is_empty()).then(|| List { kind: items.kind, items: out, span: group.span() })
    }

    fn open_speech(&mut self, group: &Group<'_, 't>) {
        self.close_speech();
        let Some(first) = group.lines.first() else { return };
        let alone = self.survey.script.is_name(first);
        let Some(head) = drama::head_or_alone(first.text, alone) else { return };
        let speaker = name(self.inlines(&[first.cut(0, head.length)]));
        let mut lines: Vec<Line> = Vec::with_capacity(group.lines.len());
        lines.extend(head.goes_on.then(|| first.cut(head.length, first.text.len())));
        lines.extend_from_slice(group.lines.get(1..).unwrap_or(&[]));
        self.speech = Some(Speech { speaker, blocks: Vec::new(), span: group.span() });
        if lines.is_empty() {
            return;
        }
        let words = Group { lines: &lines, gap: 0, new_page: false };
        let is_verse = match alone {
            true => script::is_verse(&lines, self.region.measure),
            false => lines.len() > 2 && verse::weigh(&words, self.region, self.survey, self.column).logit > 0.0,
        };
        if is_verse {
            // The first line of verse stands where the name leaves room for it.
            let indent = lines.iter().skip(1).map(|line| line.indent).min();
            if let Some((line, indent)) = lines.first_mut().zip(indent).filter(|_| head.goes_on) {
                line.indent = indent;
            }
            let words = Group { lines: &lines, gap: 0, new_page: false };
            let verse = verse::read(self.context, &[words], &mut self.findings.references);
            if !verse.stanzas.is_empty() {
                self.add(Block::Verse(verse));
            }
        } else {
            self.body(&lines, 0);
        }
    }

    /// A direction: an exit goes to the end of the speech; others stand between speeches, or within one that goes on.
    fn direction(&mut self, group: &Group<'_, 't>, next: Option<&Guess>) {
        let paragraph = self.paragraph(group.lines, ParagraphRole::StageDirection);
        let Some(paragraph) = paragraph else { return };
        if let (true, Some(speech)) = (drama::is_exit(group), self.speech.as_mut())
            && let Some(Block::Paragraph(last)) = speech.blocks.last_mut()
        {
            last.content.push(Inline::text(" "));
            last.content.extend(paragraph.content);
            merge_texts(&mut last.content);
            last.span = last.span.to(paragraph.span);
            speech.span = speech.span.to(paragraph.span);
            return;
        }
        if !next.is_some_and(|next| matches!(next.kind, Kind::Prose | Kind::Verse)) {
            self.close_speech();
        }
        self.add(Block::Paragraph(paragraph));
    }

    /// A note in brackets: a quote whose first paragraph begins with the mark, until all marks are known.
    fn note(&mut self, groups: &[Group<'_, 't>]) {
        let Some((first, rest)) = groups.split_first() else { return };
        let Some((label, length)) = note::opening(first.first()) else { return };
        let text = first.first().get(..length).unwrap_or("").to_owned();
        let id = crate::model::NoteId(self.findings.references.len() as u32);
        self.findings.references.push(Reference { text, label: label.to_owned(), at: first.span().start });
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

    /// Where a gap wider than usual, between paragraphs that have nothing else to set them apart, is a pause.
    fn wide_gaps(&self, guesses: &[Guess]) -> Vec<bool> {
        let usual = self.survey.gap;
        let mut out = vec![false; guesses.len()];
        let (mut wide, mut all) = (0, 0);
        for (at, pair) in guesses.windows(2).enumerate() {
            let [before, after] = pair else { continue };
            let plain = |guess: &Guess| {
                guess.kind == Kind::Prose
                    && guess.group.indent() <= self.region.margin + self.region.first
                    && (guess.group.lines.len() > 1 || ends_sentence(guess.group.last()))
                    && !is_capitals(guess.group.first())
                    && !is_capitals(guess.group.last())
                    && !pause::is_set_in_emphasis(&guess.group)
            };
            // A line with a wide gap on both sides is set apart itself: a cry, an inscription, a title.
            let gap_at = |at: usize| guesses.get(at).map_or(0, |guess| guess.group.gap);
            let apart =
                |guess: &Guess, at: usize| guess.group.lines.len() == 1 && gap_at(at) > usual && gap_at(at + 1) > usual;
            if !plain(before) || !plain(after) || self.play {
                continue;
            }
            if apart(before, at) || apart(after, at + 1) {
                continue;
            }
            all += 1;
            // What stands around verse stands off for the sake of the verse.
            let near_verse = [at.checked_sub(1), Some(at + 2)]
                .into_iter()
                .flatten()
                .filter_map(|place| guesses.get(place))
                .any(|guess| guess.kind == Kind::Verse);
            if near_verse {
                continue;
            }
            let led_in = before.group.last().ends_with([':', ',']) || note::is_head(after.group.first());
            if after.group.gap > usual && !after.group.new_page && !led_in && ends_sentence(before.group.last()) {
                wide += 1;
                if let Some(slot) = out.get_mut(at + 1) {
                    *slot = true;
                }
            }
        }
        // Pauses are rare: where every fourth paragraph stands farther off, it is the way of the typist.
        if wide > 2 && wide * 4 > all { vec![false; guesses.len()] } else { out }
    }

    /// A quote or verse with its source under it; at the head of a section it is a motto.
    fn mottoes(&mut self) {
        let is_source = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.role == ParagraphRole::Attribution);
        let mut out = std::mem::take(&mut self.blocks);
        let first = out.iter().position(is_source).unwrap_or(out.len());
        for block in out.split_off(first) {
            let source = is_source(&block);
            match (out.last_mut(), block) {
                (Some(Block::Quote(quote)), block) if source => {
                    quote.span = quote.span.to(block.span());
                    quote.blocks.push(block);
                }
                (Some(verse @ Block::Verse(_)), block) if source => {
                    let span = verse.span().to(block.span());
                    let inner = std::mem::replace(verse, Block::SceneBreak(SceneBreak::default()));
                    *verse = Block::Quote(Quote { kind: QuoteKind::Quotation, blocks: vec![inner, block], span });
                }
                (_, block) => out.push(block),
            }
        }
        let several = out.len() > 1;
        if let Some(Block::Quote(quote)) = out.first_mut() {
            let lines = self.context.source.slice(quote.span).lines().count();
            if several && lines <= MOTTO {
                quote.kind = QuoteKind::Epigraph;
            }
        }
        self.blocks = out;
    }
}

fn span_of(lines: &[Line]) -> Option<Span> {
    Some(lines.first()?.span.to(lines.last()?.span))
}

/// The head of a speech without the emphasis of its name: both editions set speakers in a face of their own.
fn name(mut head: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Emphasis(content) | Inline::Strong(content)) = head.first_mut() {
        let content = std::mem::take(content);
        head.splice(..1, content);
        merge_texts(&mut head);
    }
    head
}

/// Makes one of texts that follow one another.
fn merge_texts(inlines: &mut Vec<Inline>) {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines.drain(..) {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    *inlines = out;
}
