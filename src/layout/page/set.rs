//! Items → broken lines and the pieces that the search for pages works with.

use super::formula::{SetFormula, set_formula};
use super::search::{Breaks, Piece, Setting};
use super::table::{SetTable, set_table};
use crate::geom::{Pt, Size};
use crate::layout::flow::{Body, INITIAL_GAP, Item, Label, LineSetting, TextItem};
use crate::layout::line::{Broken, JustifyOptions, Measure, Paragraph, RaggedOptions, ragged, single};
use crate::layout::shape::{ShapedText, Shaper};
use crate::layout::text::RichText;
use crate::style::{CAPITALS, Style};
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::Arc;

/// An item with its lines broken.
#[derive(Debug, Default)]
pub(crate) struct SetItem {
    pub(crate) body: SetBody,
    pub(crate) piece: Piece,
    /// The notes whose marks stand in it, sorted by setting and line.
    pub(crate) references: Vec<Reference>,
    /// Of text: the width of the widest line with its indent.
    pub(crate) widest: Pt,
}

/// Of a stream of more items, and of a table of more cells, the lines of short texts are let go until their pages are made:
/// such a stream is of no book that is to be read, but may be of a hundred thousand items.
pub(crate) const LONG: usize = 4_000;
/// The glyphs and lines of a text take some 2 KB, however short it is: one up to so many bytes is rather set twice.
const SHORT: usize = 64;

/// Whether the lines of a text may be let go.
pub(super) fn is_short(text: &RichText) -> bool {
    text.text().len() <= SHORT
}

impl SetItem {
    /// Lets the lines of a short text go until its page is made.
    pub(crate) fn let_go(&mut self, item: &Item) {
        if matches!(&item.body, Body::Text(text) if is_short(&text.text)) {
            self.body = SetBody::LetGo;
        }
    }

    /// The notes whose marks stand in a line of a setting.
    pub(crate) fn notes_at(&self, setting: usize, line: u32) -> impl Iterator<Item = u32> {
        let place = (setting, line);
        let of = |reference: &Reference| (usize::from(reference.setting), reference.line);
        let first = self.references.partition_point(|reference| of(reference) < place);
        let rest = self.references.get(first..).unwrap_or_default();
        rest.iter().take_while(move |reference| of(reference) == place).map(|reference| reference.note)
    }
}

/// The mark of a note in a line of a setting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    pub(crate) setting: u8,
    pub(crate) line: u32,
    pub(crate) note: u32,
}

/// What is left of the body of an item to be drawn.
#[derive(Debug, Default)]
pub(crate) enum SetBody {
    /// Text; the settings are those of the piece.
    Text(Box<SetText>),
    /// A table.
    Table(Box<SetTable>),
    /// A formula.
    Formula(Box<SetFormula>),
    /// An ornament, shown always or at the edges of pages.
    Pause { line: Box<SetLine>, always: bool },
    /// Text that is set again when its page is made.
    #[default]
    LetGo,
    /// All else is drawn from the item itself.
    Other,
}

/// A text with its lines, once for each setting.
#[derive(Debug)]
pub(crate) struct SetText {
    pub(crate) shaped: ShapedText,
    pub(crate) settings: SmallVec<[Broken; 1]>,
    pub(crate) label: Option<Box<SetLine>>,
    pub(crate) trailer: Option<Box<SetLine>>,
    pub(crate) turn_mark: Option<Box<SetLine>>,
}

/// One line of its own.
#[derive(Debug)]
pub(crate) struct SetLine {
    pub(crate) shaped: ShapedText,
    pub(crate) broken: Broken,
}

impl SetLine {
    /// Shapes a text as one line.
    pub(crate) fn new(text: &Arc<RichText>, shaper: &mut Shaper) -> SetLine {
        let shaped = shaper.shape(Arc::clone(text));
        let broken = single(&shaped);
        SetLine { shaped, broken }
    }

    /// Its width.
    pub(crate) fn width(&self) -> Pt {
        self.broken.lines.first().map_or(Pt::ZERO, |line| line.width)
    }
}

/// What a paragraph costs that runs a line longer or shorter, before its lines are looked at.
const VARIED: u32 = 25;
/// Paragraphs with fewer lines have nothing to give.
const LEAST_TO_VARY: usize = 4;

/// How far letters reach below the baseline, in ems.
pub(super) const DESCENT: f32 = 0.25;

/// How far code that is turned over stands in behind its line, in ems.
const TURNED: f32 = 1.5;

/// Shapes and breaks an item. Its measure is the column's.
pub(crate) fn set(item: &Item, style: &Style, shaper: &mut Shaper) -> SetItem {
    let mut references = Vec::new();
    let mut widest = Pt::ZERO;
    let (body, settings) = match &item.body {
        Body::Text(text) => {
            let column = if item.wide { style.geometry.width() } else { style.geometry.measure };
            let (set, settings) = set_text(text, column, style, shaper);
            for (number, broken) in set.settings.iter().enumerate() {
                for (line, own) in broken.lines.iter().enumerate() {
                    widest = widest.max(own.x + own.width);
                    let notes = own.notes(&set.shaped);
                    references.extend(notes.map(|note| Reference {
                        setting: number as u8,
                        line: line as u32,
                        note: note.0,
                    }));
                }
            }
            (SetBody::Text(Box::new(set)), settings)
        }
        Body::Table(table) => {
            let mut set = set_table(table, style, shaper);
            references = std::mem::take(&mut set.references);
            let setting = set.setting();
            (SetBody::Table(Box::new(set)), vec![setting])
        }
        Body::Space(lines) => (SetBody::Other, vec![whole(u32::from(*lines))]),
        Body::Pause(pause) => {
            let line = Box::new(SetLine::new(&pause.mark, shaper));
            (SetBody::Pause { line, always: pause.always }, vec![whole(1)])
        }
        Body::Rule => (SetBody::Other, vec![whole(1)]),
        Body::Formula(formula) => {
            let geometry = &style.geometry;
            // What a single line leaves over and under its letters, too.
            let letters = style.size * (CAPITALS + DESCENT);
            let room = Size {
                width: geometry.measure - formula.left - formula.right,
                height: geometry.leading * f32::from(geometry.lines.saturating_sub(1)),
            };
            let set = set_formula(formula, room, shaper);
            let lines = ((set.height() - letters) / geometry.leading).ceil().max(0.0) as u32 + 1;
            (SetBody::Formula(Box::new(set)), vec![whole(lines)])
        }
        Body::Picture(picture) => {
            // A third of a line parts the picture from what follows.
            let lines = ((picture.height + picture.pitch * 0.33) / picture.pitch).ceil().max(1.0);
            (SetBody::Other, vec![whole(lines as u32)])
        }
    };
    let piece = Piece { before: item.before, flex: item.flex, parting: item.parting, settings };
    SetItem { body, piece, references, widest }
}

fn whole(lines: u32) -> Setting {
    Setting { lines, ..Setting::default() }
}

fn set_text(text: &TextItem, column: Pt, style: &Style, shaper: &mut Shaper) -> (SetText, Vec<Setting>) {
    let shaped = shaper.shape(Arc::clone(&text.text));
    let label = text.label.as_ref().map(|label| Box::new(SetLine::new(&label.text(), shaper)));
    let mut line_of = |text: &Option<Arc<RichText>>| text.as_ref().map(|text| Box::new(SetLine::new(text, shaper)));
    let trailer = line_of(&text.trailer);
    let turn_mark = line_of(&text.turn_mark);
    let width = column - text.left - text.right;
    let first = match (&label, text.label.as_deref()) {
        (Some(label), Some(Label::Initial { lines, .. })) => {
            let room = label.width() + style.size * INITIAL_GAP;
            vec![room; usize::from(*lines)]
        }
        _ => text.first_indents(),
    };
    let measure = Measure { width, first, rest: text.rest };
    let mut settings: SmallVec<[Broken; 1]> = SmallVec::new();
    let mut costs: SmallVec<[u32; 3]> = SmallVec::new();
    match text.setting {
        LineSetting::Justified => {
            let most = JustifyOptions::default();
            let options = JustifyOptions {
                hyphenate: style.hyphens,
                protrusion: style.protrusion,
                expansion: if style.expansion { most.expansion } else { 0.0 },
                fit: if style.expansion { most.fit } else { 0.0 },
            };
            let paragraph = Paragraph::new(&shaped, &measure, options);
            let best = paragraph.justified(shaper).unwrap_or_default();
            let count = best.lines.len();
            settings.push(best);
            costs.push(0);
            if count >= LEAST_TO_VARY && !text.whole {
                for count in [count + 1, count - 1] {
                    if let Some(other) = paragraph.with_lines(shaper, count) {
                        costs.push(strain(&other));
                        settings.push(other);
                    }
                }
            }
        }
        LineSetting::Ragged(align) => {
            let options = RaggedOptions {
                hyphenate: style.hyphens && style.look.hyphens && text.may_divide(),
                turned: text.turn_mark.is_some().then_some(style.size * TURNED),
                align: align.share(),
            };
            settings.push(ragged(shaper, &shaped, &measure, &options));
            costs.push(0);
        }
    }
    let grid = style.geometry.leading;
    let mut pieces = Vec::with_capacity(settings.len());
    pieces.extend(settings.iter().zip(costs).map(|(broken, cost)| piece_setting(text, broken, cost, grid)));
    (SetText { shaped, settings, label, trailer, turn_mark }, pieces)
}

/// How bad the lines of a setting are: most of all its worst line.
fn strain(broken: &Broken) -> u32 {
    let worst = broken.lines.iter().map(|line| line.ratio.abs()).fold(0.0, f32::max);
    // A ratio of 1 is a space half as wide again: that is where readers begin to see it.
    VARIED + (worst * worst * 60.0) as u32 + if worst > 1.0 { 600 } else { 0 }
}

fn piece_setting(text: &TextItem, broken: &Broken, cost: u32, grid: Pt) -> Setting {
    let count = broken.lines.len() as u32;
    let lines = if text.on_own_pitch(grid) { (text.pitch * count as f32 / grid - 0.01).ceil() as u32 } else { count };
    let breaks = if text.whole {
        Breaks::Never
    } else if text.turn_mark.is_some() {
        let at_ends = |line: u32| if line < 2 || count - line < 2 { 400 } else { 40 };
        Breaks::After((1..count).map(|line| (line, at_ends(line))).collect())
    } else {
        let hyphens = broken.lines.iter().enumerate().filter(|(_, line)| line.hyphenated).map(|(at, _)| at as u32);
        Breaks::Prose(hyphens.collect())
    };
    Setting { lines, cost, breaks, ..Setting::default() }
}

impl TextItem {
    /// Whether its lines are farther apart than those of the grid; such text stands in whole lines of the grid together.
    pub(crate) fn on_own_pitch(&self, grid: Pt) -> bool {
        self.whole && self.pitch > grid * 1.001
    }

    fn first_indents(&self) -> Vec<Pt> {
        if self.first == self.rest { Vec::new() } else { vec![self.first] }
    }

    /// Whether words may be divided: not in headings, verse and code.
    fn may_divide(&self) -> bool {
        !self.whole && self.poem.is_none() && self.turn_mark.is_none()
    }

    /// The leaf that a byte of its text is of, with where that leaf starts.
    pub(crate) fn leaf_at(&self, offset: u32) -> Option<(u32, u32)> {
        let at = self.leaves.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        self.leaves.get(at).copied()
    }
}

/// Whether a line of code goes on in the next one.
pub(crate) fn is_turned(text: &str, line: &Range<u32>, next: u32) -> bool {
    let rest = text.get(line.end as usize..).unwrap_or_default();
    let between = text.get(line.end as usize..next as usize).unwrap_or_default();
    !rest.is_empty() && !between.contains('\n') && (next as usize) < text.len()
}
