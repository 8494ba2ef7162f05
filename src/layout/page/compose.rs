//! Planned pages → placed items.

mod table;

use super::formula::SetFormula;
use super::search::{Break, Fault, Plan, Room, note_height};
use super::set::{DESCENT, SetBody, SetItem, SetLine, SetText, is_turned, set};
use crate::geom::{Point, Pt, Rect, Size};
use crate::ink::Ink;
use crate::layout::flow::{Body, FormulaItem, Item, Label, NoteFlow, PictureItem, TextItem};
use crate::layout::shape::Shaper;
use crate::model::{AnchorId, TextPosition};
use crate::paged::{Artifact, Destination, Item as Placed, Owner, Page, Picture, Rule, note_ref_anchor};
use crate::source::Span;
use crate::style::{CAPITALS, Style};
use rustc_hash::FxHashMap;
use std::ops::Range;
use table::Rows;

/// The pages of one stream.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    pub(crate) pages: Vec<Page>,
    /// Where places came to stand; pages count from the first of the stream.
    pub(crate) anchors: Vec<(AnchorId, Destination)>,
    /// Where in the text each page begins.
    pub(crate) starts: Vec<Option<TextPosition>>,
    /// Pages that are not as they should be.
    pub(crate) faults: Vec<(usize, Fault, Span)>,
}

/// The items of a stream in the order in which they fill its pages. They are let go page by page.
pub(crate) struct Sequence {
    pub(crate) items: Vec<Item>,
    pub(crate) set: Vec<SetItem>,
}

impl Sequence {
    fn get(&self, at: usize) -> Option<(&Item, &SetItem)> {
        Some((self.items.get(at)?, self.set.get(at)?))
    }

    /// Lets those of some places go, which will be asked for no more.
    fn let_go(&mut self, places: Range<u32>) {
        let places = places.start as usize..places.end as usize;
        let spent = || Item::new(Body::Space(0), Span::default());
        self.items.get_mut(places.clone()).unwrap_or_default().iter_mut().for_each(|item| *item = spent());
        self.set.get_mut(places).unwrap_or_default().iter_mut().for_each(|set| *set = SetItem::default());
    }
}

/// The notes of a stream.
pub(crate) struct Notes<'n> {
    pub(crate) flows: &'n [NoteFlow],
    /// Their items, set.
    pub(crate) set: &'n [Vec<SetItem>],
}

/// What composing needs to know.
pub(crate) struct Composer<'a, 's, 'l> {
    pub(crate) style: &'a Style,
    /// For texts whose lines were let go.
    pub(crate) shaper: &'s mut Shaper<'l>,
    pub(crate) room: &'a Room,
    /// The page that the first one of the stream is in its part of the book, from 0: even ones are rectos.
    pub(crate) first_page: usize,
    /// How far poems stand in, so that their widest line is in the middle.
    pub(crate) poems: &'a FxHashMap<u32, Pt>,
}

/// A line of notes, or of a table or picture among them.
struct NoteLine<'s> {
    item: &'s Item,
    set: &'s SetItem,
    line: u32,
}

/// The rule over the notes is a quarter of the measure, as books have it.
const NOTE_RULE: f32 = 0.25;
/// How far the capitals of notes stand above their baseline, in lines of notes.
const NOTE_ASCENT: f32 = 0.5;
const RULE_HEIGHT: Pt = Pt(0.4);

impl Composer<'_, '_, '_> {
    /// Puts the lines of a stream on its pages.
    pub(crate) fn compose(&mut self, mut sequence: Sequence, notes: &Notes, plan: &Plan) -> Composed {
        let mut out = Composed::default();
        let columns = usize::from(self.style.geometry.columns);
        let lines = note_lines(&sequence, notes, plan);
        let mut notes_done = 0;
        let mut from = (0u32, 0u32);
        let end = Break { piece: sequence.items.len() as u32, line: 0, notes: u16::MAX, fault: None };
        for (frame, to) in plan.breaks.iter().chain(std::iter::once(&end)).enumerate() {
            let (number, column) = (frame / columns, frame % columns);
            if column == 0 {
                let size = self.style.geometry.page;
                out.pages.push(Page { size, ..Page::default() });
                out.starts.push(None);
            }
            let Some(mut page) = out.pages.pop() else { break };
            let geometry = &self.style.geometry;
            let left =
                geometry.left(self.first_page + number, 0) + (geometry.measure + geometry.column_gap) * column as f32;
            let top = if number == 0 { self.room.opening.0 } else { 0 };
            let mut frame = Frame { left, page: &mut page, number: number as u32, row: top, top, out: &mut out };
            self.frame(&sequence, plan, from, (to.piece, to.line), &mut frame);
            let row = frame.row;
            let due = lines.len() - notes_done;
            let here = due.min(usize::from(to.notes));
            if let Some(fault) = to.fault {
                let at = (to.piece as usize).min(sequence.items.len().saturating_sub(1));
                let span = sequence.items.get(at).map(|item| item.span).unwrap_or_default();
                frame.out.faults.push((number, fault, span));
            }
            self.notes(lines.get(notes_done..notes_done + here).unwrap_or_default(), row, &mut frame);
            notes_done += here;
            out.pages.push(page);
            sequence.let_go(from.0..to.piece);
            from = (to.piece, to.line);
        }
        // Notes that did not fit on the last page go on pages of their own.
        while let Some(rest) = lines.get(notes_done..).filter(|rest| !rest.is_empty()) {
            let most = self.most_note_lines();
            let here = rest.len().min(most.max(1));
            let number = out.pages.len();
            let mut page = Page { size: self.style.geometry.page, ..Page::default() };
            out.starts.push(None);
            let left = self.style.geometry.left(self.first_page + number, 0);
            let mut frame = Frame { left, page: &mut page, number: number as u32, row: 0, top: 0, out: &mut out };
            self.notes(rest.get(..here).unwrap_or_default(), 0, &mut frame);
            out.pages.push(page);
            notes_done += here;
        }
        out
    }

    fn most_note_lines(&self) -> usize {
        let lines = self.room.lines;
        (1..lines.saturating_mul(3))
            .take_while(|count| note_height(self.room, *count) <= lines)
            .last()
            .unwrap_or(1)
            .into()
    }

    /// Fills one page or column with what lies between two breaks.
    fn frame(&mut self, sequence: &Sequence, plan: &Plan, from: (u32, u32), to: (u32, u32), frame: &mut Frame) {
        let head = if from == (0, 0) { self.head(sequence, frame) } else { 0 };
        let mut index = from.0.max(head);
        while index < to.0 || (index == to.0 && to.1 > 0) {
            let at = index as usize;
            let Some((item, set)) = sequence.get(at) else { break };
            let setting = usize::from(plan.settings.get(at).copied().unwrap_or(0));
            let first = if index == from.0 { from.1 } else { 0 };
            let all = set.piece.settings.get(setting).map_or(0, |setting| setting.lines);
            let last = if index == to.0 { to.1 } else { all };
            if frame.row > frame.top && first == 0 {
                let added = plan.added.get(at).copied().unwrap_or(0);
                frame.row += item.before + u16::from(added);
            }
            let at_edge = (frame.row == frame.top && first == 0)
                || (index + 1 == to.0 && to.1 == 0 && at + 1 < sequence.items.len());
            if first == 0 {
                self.anchors(item, frame);
            }
            self.item(item, set, setting, first..last, at_edge, frame);
            index += 1;
        }
    }

    /// Puts what stands over all columns at the head of the page; how many items that is.
    fn head(&mut self, sequence: &Sequence, frame: &mut Frame) -> u32 {
        let count = sequence.items.iter().take_while(|item| item.wide).count();
        let columns = std::mem::replace(&mut frame.row, 0);
        for (item, set) in sequence.items.iter().zip(&sequence.set).take(count) {
            frame.row += if frame.row > 0 { item.before } else { 0 };
            self.anchors(item, frame);
            let lines = set.piece.settings.first().map_or(0, |setting| setting.lines);
            self.item(item, set, 0, 0..lines, false, frame);
        }
        frame.row = columns;
        count as u32
    }

    fn anchors(&self, item: &Item, frame: &mut Frame) {
        let y = (self.style.geometry.baseline(frame.row) - self.style.geometry.leading).max(Pt::ZERO);
        for anchor in &item.anchors {
            frame.out.anchors.push((anchor.clone(), Destination { page: frame.number, y }));
        }
    }

    fn item(
        &mut self,
        item: &Item,
        set: &SetItem,
        setting: usize,
        lines: Range<u32>,
        at_edge: bool,
        frame: &mut Frame,
    ) {
        let count = (lines.end - lines.start) as u16;
        let geometry = &self.style.geometry;
        let mut again = SetBody::LetGo;
        let body = self.body(item, set, &mut again);
        match (&item.body, body) {
            (Body::Text(text), SetBody::Text(set_text)) => {
                let Some(broken) = set_text.settings.get(setting) else { return };
                let grid = geometry.leading;
                if text.on_own_pitch(grid) {
                    let total = broken.lines.len();
                    let last = geometry.baseline(frame.row + count.saturating_sub(1));
                    // Where such text is divided between pages, its lines are shared out by height.
                    let per_line = text.pitch / grid;
                    for line in 0..total {
                        let row = ((line + 1) as f32 * per_line - 0.01).ceil() as u32 - 1;
                        if lines.contains(&row) {
                            let below = lines.end.min(((total as f32) * per_line - 0.01).ceil() as u32) as f32;
                            let y = last - grid * (below - (line + 1) as f32 * per_line).max(0.0);
                            self.text_line(text, set_text, setting, line, y, frame);
                        }
                    }
                } else {
                    for line in lines {
                        let y = geometry.baseline(frame.row);
                        self.text_line(text, set_text, setting, line as usize, y, frame);
                        self.note_anchors(set, setting, line, y, frame);
                        frame.row += 1;
                    }
                    return;
                }
                self.note_anchors(set, setting, 0, geometry.baseline(frame.row), frame);
            }
            (Body::Table(table), SetBody::Table(set_table)) => {
                self.table(table, set, set_table, lines, frame);
                return;
            }
            (Body::Pause(_), SetBody::Pause { line, always }) if *always || at_edge => {
                let x = frame.left + (geometry.measure - line.width()) / 2.0;
                let y = geometry.baseline(frame.row);
                line.broken.place(&line.shaped, 0, Point { x, y }, frame.page);
            }
            (Body::Rule, _) => {
                let y = geometry.baseline(frame.row) - geometry.leading * 0.3;
                let width = if item.wide { geometry.width() } else { geometry.measure };
                rule(frame.page, frame.left, y, width, Pt(0.6));
            }
            (Body::Picture(picture), _) => self.picture(picture, frame),
            (Body::Formula(formula), SetBody::Formula(set)) => self.formula(formula, set, count, frame),
            _ => {}
        }
        frame.row += count;
    }

    /// The body of an item that is to be drawn: set again where it was let go.
    fn body<'b>(&mut self, item: &Item, set: &'b SetItem, again: &'b mut SetBody) -> &'b SetBody {
        if matches!(set.body, SetBody::LetGo) {
            *again = self::set(item, self.style, self.shaper).body;
            return again;
        }
        &set.body
    }

    fn note_anchors(&self, set: &SetItem, setting: usize, line: u32, y: Pt, frame: &mut Frame) {
        for note in set.notes_at(setting, line) {
            let destination = Destination { page: frame.number, y: y - self.style.geometry.leading };
            frame.out.anchors.push((note_ref_anchor(note), destination));
        }
    }

    fn text_line(&self, text: &TextItem, set: &SetText, setting: usize, line: usize, y: Pt, frame: &mut Frame) {
        let Some(broken) = set.settings.get(setting) else { return };
        let Some(own) = broken.lines.get(line) else { return };
        let mut x = frame.left + text.left;
        if let Some(poem) = text.poem {
            x += self.poems.get(&poem).copied().unwrap_or_default();
        }
        frame.start(text, set, own.text.start);
        if let (0, Some(label), Some(own)) = (line, &set.label, &text.label) {
            let at = match own.as_ref() {
                Label::Mark { end, .. } => Point { x: x + *end - label.width(), y },
                Label::Initial { lines, .. } => {
                    Point { x, y: y + self.style.geometry.leading * f32::from(lines.saturating_sub(1)) }
                }
            };
            label.broken.place(&label.shaped, 0, at, frame.page);
        }
        broken.place(&set.shaped, line, Point { x, y }, frame.page);
        if let Some(mark) = &set.turn_mark
            && is_turned(set.shaped.rich().text(), &own.text, own.next)
        {
            let right = frame.left + self.style.geometry.measure - text.right;
            mark.broken.place(&mark.shaped, 0, Point { x: right + Pt(1.0), y }, frame.page);
        }
        if let Some(trailer) = &set.trailer
            && line + 1 == broken.lines.len()
        {
            self.trailer(trailer, x + own.x + own.width, y, frame);
        }
    }

    /// Leaders and what stands at the right end.
    fn trailer(&self, trailer: &SetLine, from: Pt, y: Pt, frame: &mut Frame) {
        let right = frame.left + self.style.geometry.measure;
        let at = right - trailer.width();
        leaders(self.style.size, from, at, y, frame.page);
        trailer.broken.place(&trailer.shaped, 0, Point { x: at, y }, frame.page);
    }

    fn picture(&mut self, picture: &PictureItem, frame: &mut Frame) {
        let geometry = &self.style.geometry;
        let top = geometry.baseline(frame.row) - self.style.size * CAPITALS;
        let origin = Point { x: frame.left + picture.left, y: top };
        let rect = Rect { origin, size: Size { width: picture.width, height: picture.height } };
        frame.page.items.push(Placed::Picture(Picture { owner: picture.owner, image: picture.resource, rect }));
    }

    /// Draws a formula in the middle of its lines.
    fn formula(&self, formula: &FormulaItem, set: &SetFormula, lines: u16, frame: &mut Frame) {
        let geometry = &self.style.geometry;
        let top = geometry.baseline(frame.row) - self.style.size * CAPITALS;
        let bottom = geometry.baseline(frame.row + lines.saturating_sub(1)) + self.style.size * DESCENT;
        let room = geometry.measure - formula.left - formula.right;
        let left = frame.left + formula.left + (room - set.width) / 2.0;
        let y = top + (bottom - top - set.height()) / 2.0 + set.above;
        let moved = |at: Point| Point { x: at.x + left, y: at.y + y };
        for (line, at) in &set.texts {
            line.broken.place(&line.shaped, 0, moved(*at), frame.page);
        }
        for own in &set.rules {
            rule(frame.page, left + own.origin.x, y + own.origin.y, own.size.width, own.size.height);
        }
        if let Some(slot) = frame.out.starts.last_mut() {
            slot.get_or_insert(TextPosition { leaf: formula.leaf, offset: 0 });
        }
    }

    /// Draws a picture of a note at its middle line. Where a page ends within the lines that it takes, it is reduced to those of the page
    /// with that line.
    fn note_picture(&self, picture: &PictureItem, at: &NoteLine, lines: &[NoteLine], top: Pt, frame: &mut Frame) {
        if at.line != at.set.piece.settings.first().map_or(0, |setting| setting.lines / 2) {
            return;
        }
        let mut own = lines.iter().enumerate().filter(|(_, line)| std::ptr::eq(line.item, at.item)).map(|(at, _)| at);
        let Some(first) = own.next() else { return };
        let room = picture.pitch * (own.count() + 1) as f32;
        let part = (room / picture.height).min(1.0);
        let size = Size { width: picture.width * part, height: picture.height * part };
        let x = frame.left + picture.left + (picture.width - size.width) / 2.0;
        let y = top + picture.pitch * (first as f32 - NOTE_ASCENT);
        let rect = Rect { origin: Point { x, y }, size };
        frame.page.items.push(Placed::Picture(Picture { owner: picture.owner, image: picture.resource, rect }));
    }

    /// Puts lines of notes at the foot of a page.
    fn notes(&mut self, lines: &[NoteLine], used: u16, frame: &mut Frame) {
        if lines.is_empty() {
            return;
        }
        let geometry = &self.style.geometry;
        let height = note_height(self.room, lines.len() as u16);
        let last = geometry.lines.max(used + height).saturating_sub(1);
        let pitch = geometry.leading * self.room.note_line;
        let bottom = geometry.baseline(last);
        let top = bottom - pitch * (lines.len() - 1) as f32;
        let width = geometry.measure * NOTE_RULE;
        rule(frame.page, frame.left, top - pitch * 1.05, width, RULE_HEIGHT);
        // Notes are not what a page begins with.
        let start = frame.out.starts.last().copied().flatten();
        for (number, line) in lines.iter().enumerate() {
            let y = top + pitch * number as f32;
            if line.line == 0 {
                for anchor in &line.item.anchors {
                    let destination = Destination { page: frame.number, y: y - pitch };
                    frame.out.anchors.push((anchor.clone(), destination));
                }
            }
            let mut again = SetBody::LetGo;
            let body = self.body(line.item, line.set, &mut again);
            match (&line.item.body, body) {
                (Body::Text(text), SetBody::Text(set)) => self.text_line(text, set, 0, line.line as usize, y, frame),
                (Body::Table(table), SetBody::Table(set)) => {
                    let left = frame.left + table.left;
                    let row = frame.row;
                    self.table_line(&mut Rows::new(table, set, left), line.line, false, frame);
                    frame.row = row;
                }
                (Body::Picture(picture), _) => self.note_picture(picture, line, lines, top, frame),
                _ => {}
            }
        }
        if let Some(slot) = frame.out.starts.last_mut() {
            *slot = start;
        }
    }
}

/// The lines of all notes in the order of their references.
fn note_lines<'n>(sequence: &Sequence, notes: &Notes<'n>, plan: &Plan) -> Vec<NoteLine<'n>> {
    let mut out = Vec::new();
    let mut seen = vec![false; notes.flows.len()];
    let numbers: FxHashMap<u32, usize> = notes.flows.iter().enumerate().map(|(at, flow)| (flow.note, at)).collect();
    for (at, item) in sequence.set.iter().enumerate() {
        let setting = plan.settings.get(at).copied().unwrap_or(0);
        for reference in item.references.iter().filter(|reference| reference.setting == setting) {
            let Some(&number) = numbers.get(&reference.note) else { continue };
            let Some(seen) = seen.get_mut(number).filter(|seen| !**seen) else { continue };
            *seen = true;
            let (Some(flow), Some(set)) = (notes.flows.get(number), notes.set.get(number)) else { continue };
            for (item, set) in flow.items.iter().zip(set) {
                let count = set.piece.settings.first().map_or(0, |setting| setting.lines);
                out.extend((0..count).map(|line| NoteLine { item, set, line }));
            }
        }
    }
    out
}

/// A page or column in the making.
struct Frame<'f> {
    left: Pt,
    page: &'f mut Page,
    number: u32,
    row: u16,
    /// Where its first line stands.
    top: u16,
    out: &'f mut Composed,
}

impl Frame<'_> {
    /// Notes where the page begins, if this is its first text.
    fn start(&mut self, text: &TextItem, set: &SetText, offset: u32) {
        let Some(slot) = self.out.starts.last_mut() else { return };
        if slot.is_none()
            && let Some((_, leaf)) = text.leaf_at(offset)
        {
            // An initial comes before the rest of its text.
            let initial = set.label.as_ref().filter(|_| offset == 0).and_then(|label| label.shaped.rich().source_at(0));
            let Some(offset) = initial.or_else(|| set.shaped.rich().source_at(offset)) else { return };
            *slot = Some(TextPosition { leaf, offset });
        }
    }
}

fn rule(page: &mut Page, x: Pt, y: Pt, width: Pt, height: Pt) {
    let rect = Rect { origin: Point { x, y }, size: Size { width, height } };
    page.items.push(Placed::Rule(Rule { owner: Owner::Artifact(Artifact::Layout), rect, ink: Ink::BLACK }));
}

/// Dots between a title and its folio, in line with those above and below. They are drawn, not written: what reads the page
/// aloud or copies it has no use for them.
fn leaders(size: Pt, from: Pt, to: Pt, y: Pt, page: &mut Page) {
    let step = size * 0.9;
    let dot = size * 0.09;
    let first = ((from + size * 0.7) / step).ceil();
    let mut x = step * first;
    while x + dot < to - size * 0.6 {
        let rect = Rect { origin: Point { x, y: y - dot }, size: Size { width: dot, height: dot } };
        page.items.push(Placed::Rule(Rule { owner: Owner::Artifact(Artifact::Layout), rect, ink: Ink::gray(96) }));
        x += step;
    }
}
