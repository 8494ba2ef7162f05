//! Formulas in two dimensions: parts → signs and rules at their places.
//!
//! Text faces have no table of mathematics, so the measures are those of TeX's in round numbers, in ems of the text beside them.

use super::set::SetLine;
use crate::geom::{Point, Pt, Rect, Size};
use crate::layout::flow::{FormulaItem, reduced};
use crate::layout::shape::Shaper;
use crate::layout::text::RichText;
use crate::math::{Cell, Shape};
use skrifa::metrics::BoundingBox;
use skrifa::outline::pen::ControlBoundsPen;
use std::sync::Arc;

/// How high above the baseline the middle of signs such as the minus stands.
const AXIS: f32 = 0.25;
/// How thick the line of a fraction or root is.
const RULE: f32 = 0.045;
/// The room between that line and what is over and under it.
const CLEARANCE: f32 = 0.2;
/// The room between what is stacked.
const STACKED: f32 = 0.12;
/// How far raised letters stand above the baseline, and lowered ones below it.
const SCRIPTS: (f32, f32) = (0.38, 0.17);
/// How far the middle of scripts stands within the edge of what is higher than letters.
const OVERHANG: f32 = 0.35;
/// The room between the rows of a grid, and how high and deep a row is at the least.
const ROWS: (f32, f32, f32) = (0.3, 0.7, 0.22);
/// How much larger the signs of sums are.
const LARGE: f32 = 1.45;
/// The room within brackets, and how much higher they are than what is within.
const FENCE: (f32, f32) = (0.1, 0.12);

/// A formula, or a part of one: `y` counts from its baseline downwards.
#[derive(Debug, Default)]
pub(crate) struct SetFormula {
    pub(crate) width: Pt,
    /// How far it reaches above its baseline.
    pub(crate) above: Pt,
    /// How far it reaches below.
    pub(crate) below: Pt,
    /// Its texts, each with the place of its baseline.
    pub(crate) texts: Vec<(SetLine, Point)>,
    pub(crate) rules: Vec<Rect>,
}

impl SetFormula {
    /// Its height.
    pub(crate) fn height(&self) -> Pt {
        self.above + self.below
    }

    /// Takes another in, its baseline so far to the right and below.
    fn take(&mut self, other: SetFormula, x: Pt, y: Pt) {
        self.above = self.above.max(other.above - y);
        self.below = self.below.max(other.below + y);
        self.width = self.width.max(x + other.width);
        let moved = |at: Point| Point { x: at.x + x, y: at.y + y };
        self.texts.extend(other.texts.into_iter().map(|(line, at)| (line, moved(at))));
        self.rules.extend(other.rules.into_iter().map(|rule| Rect { origin: moved(rule.origin), ..rule }));
    }

    /// Draws a rule from here to the right, its upper edge at `y`.
    fn rule(&mut self, x: Pt, y: Pt, width: Pt, height: Pt) {
        self.above = self.above.max(-y);
        self.width = self.width.max(x + width);
        self.rules.push(Rect { origin: Point { x, y }, size: Size { width, height } });
    }
}

/// Sets a formula: smaller than it is meant to be where there is no room for it.
pub(crate) fn set_formula(item: &FormulaItem, room: Size, shaper: &mut Shaper) -> SetFormula {
    let set = Setter { shaper, factor: 1.0, size: item.size }.shape(&item.shape, 0);
    let factor = (room.width / set.width).min(room.height / set.height());
    if factor >= 1.0 || !factor.is_finite() {
        return set;
    }
    Setter { shaper, factor, size: item.size * factor }.shape(&item.shape, 0)
}

struct Setter<'s, 'l> {
    shaper: &'s mut Shaper<'l>,
    factor: f32,
    size: Pt,
}

impl Setter<'_, '_> {
    fn shape(&mut self, shape: &Shape<Arc<RichText>>, level: u8) -> SetFormula {
        let em = self.size * reduced(level);
        match shape {
            Shape::Line(text) => self.text(text),
            Shape::Space(width) => SetFormula { width: em * *width, ..SetFormula::default() },
            Shape::Large(sign) => {
                let (sign, middle) = self.grown(sign, em * LARGE, false);
                let mut out = SetFormula::default();
                out.take(sign, Pt::ZERO, middle - em * AXIS);
                out
            }
            Shape::Row(parts) => {
                let mut out = SetFormula::default();
                for part in parts {
                    let part = self.shape(part, level);
                    let x = out.width;
                    out.take(part, x, Pt::ZERO);
                }
                out
            }
            Shape::Fraction { over, under, ruled } => {
                let (over, under) = (self.shape(over, level), self.shape(under, level));
                let rule = em * RULE;
                let overhang = em * 0.08;
                let width = over.width.max(under.width) + overhang * 2.0;
                let axis = -(em * AXIS);
                let mut out = SetFormula::default();
                let (up, down) = (axis - rule / 2.0 - em * CLEARANCE, axis + rule / 2.0 + em * CLEARANCE);
                let (up, down) = (up - over.below, down + under.above);
                let (left, right) = ((width - over.width) / 2.0, (width - under.width) / 2.0);
                out.take(over, left, up);
                out.take(under, right, down);
                if *ruled {
                    out.rule(Pt::ZERO, axis - rule / 2.0, width, rule);
                }
                out.width = width + em * 0.06;
                out
            }
            Shape::Root { sign, inner, index } => self.root(sign, inner, index.as_deref(), level),
            Shape::Scripts { base, below, above } => {
                let base = self.shape(base, level);
                let (top, bottom) = (base.above, base.below);
                let x = base.width + em * 0.04;
                let mut out = SetFormula::default();
                out.take(base, Pt::ZERO, Pt::ZERO);
                let mut lowest = -top;
                if let Some(above) = above {
                    let above = self.shape(above, level.saturating_add(1));
                    let y = -(em * SCRIPTS.0).max(top - em * OVERHANG);
                    lowest = y + above.below;
                    out.take(above, x, y);
                }
                if let Some(below) = below {
                    let below = self.shape(below, level.saturating_add(1));
                    let y = (em * SCRIPTS.1).max(bottom - em * 0.05).max(lowest + below.above + em * 0.06);
                    out.take(below, x, y);
                }
                out
            }
            Shape::Stacked { base, below, above } => {
                let base = self.shape(base, level);
                let below = below.as_ref().map(|below| self.shape(below, level.saturating_add(1)));
                let above = above.as_ref().map(|above| self.shape(above, level.saturating_add(1)));
                let width =
                    [&below, &above].into_iter().flatten().fold(base.width, |width, part| width.max(part.width));
                let (top, bottom, gap) = (base.above, base.below, em * STACKED);
                let mut out = SetFormula::default();
                let left = (width - base.width) / 2.0;
                out.take(base, left, Pt::ZERO);
                if let Some(above) = above {
                    let (x, y) = ((width - above.width) / 2.0, -(top + gap + above.below));
                    out.take(above, x, y);
                }
                if let Some(below) = below {
                    let (x, y) = ((width - below.width) / 2.0, bottom + gap + below.above);
                    out.take(below, x, y);
                }
                out
            }
            Shape::Ruled { inner, over } => {
                let inner = self.shape(inner, level);
                let (top, bottom, width, rule) = (inner.above, inner.below, inner.width, em * RULE);
                let mut out = SetFormula::default();
                out.take(inner, Pt::ZERO, Pt::ZERO);
                let y = if *over { -(top + em * STACKED + rule) } else { bottom + em * STACKED };
                out.rule(Pt::ZERO, y, width, rule);
                out.below = out.below.max(y + rule);
                out
            }
            Shape::Fenced { open, inner, close } => {
                let inner = self.shape(inner, level);
                let axis = em * AXIS;
                let half = (inner.above - axis).max(inner.below + axis) + em * FENCE.1;
                let mut out = SetFormula::default();
                let fence = |setter: &mut Self, sign: &Option<Arc<RichText>>, out: &mut SetFormula| {
                    let Some(sign) = sign else { return };
                    let (sign, middle) = setter.grown(sign, half * 2.0, true);
                    let x = out.width;
                    out.take(sign, x, middle - axis);
                };
                fence(self, open, &mut out);
                out.width += em * FENCE.0;
                let x = out.width;
                out.take(inner, x, Pt::ZERO);
                out.width += em * FENCE.0;
                fence(self, close, &mut out);
                out
            }
            Shape::Grid(rows) => self.grid(rows, level),
        }
    }

    fn text(&mut self, text: &Arc<RichText>) -> SetFormula {
        let text = if self.factor == 1.0 { Arc::clone(text) } else { Arc::new(text.scaled(self.factor)) };
        let (above, below) = text.extent();
        let line = SetLine::new(&text, self.shaper);
        SetFormula { width: line.width(), above, below, texts: vec![(line, Point::default())], rules: Vec::new() }
    }

    /// A sign grown to a height, and how far below the middle of its ink its baseline is. One that is `narrow` grows more in height
    /// than in width.
    fn grown(&mut self, sign: &Arc<RichText>, height: Pt, narrow: bool) -> (SetFormula, Pt) {
        let plain = self.text(sign);
        let Some((ink, size)) = plain.texts.first().and_then(|(line, _)| self.ink(line)) else {
            return (plain, Pt::ZERO);
        };
        let natural = size * (ink.y_max - ink.y_min);
        let factor = (height / natural).max(1.0);
        let middle = size * (factor * (ink.y_max + ink.y_min) / 2.0);
        if factor < 1.05 || !factor.is_finite() {
            return (plain, middle);
        }
        let mut line = SetLine::new(&Arc::new(sign.scaled(self.factor * factor)), self.shaper);
        // A bar grows no wider, a bracket a little.
        let is_bar = (ink.x_max - ink.x_min) * 6.0 < ink.y_max - ink.y_min;
        let expansion = match (narrow, is_bar) {
            (false, _) => 1.0,
            (true, true) => 1.0 / factor,
            (true, false) => factor.powf(-0.6),
        };
        if let Some(own) = line.broken.lines.first_mut() {
            own.expansion = expansion;
        }
        let width = line.width() * expansion;
        let (above, below) = (size * factor * ink.y_max, size * factor * -ink.y_min);
        (SetFormula { width, above, below, texts: vec![(line, Point::default())], rules: Vec::new() }, middle)
    }

    /// The box of the first glyph of a text in ems, with its type size. Points that steer a curve count as of it: they are barely
    /// outside.
    fn ink(&self, line: &SetLine) -> Option<(BoundingBox, Pt)> {
        let run = line.shaped.run_of(0)?;
        let face = self.shaper.library.face(run.face)?;
        let mut pen = ControlBoundsPen::new();
        face.draw(line.shaped.glyphs_of(0).first()?.id, 1.0, &mut pen);
        let ink = pen.bounding_box()?;
        (ink.y_max > ink.y_min).then_some((ink, run.size))
    }

    fn root(
        &mut self,
        sign: &Arc<RichText>,
        inner: &Shape<Arc<RichText>>,
        index: Option<&Shape<Arc<RichText>>>,
        level: u8,
    ) -> SetFormula {
        let em = self.size * reduced(level);
        let inner = self.shape(inner, level);
        let (rule, clearance) = (em * RULE, em * STACKED);
        let top = inner.above + clearance + rule;
        let bottom = inner.below.max(em * 0.05);
        let (sign, middle) = self.grown(sign, top + bottom, true);
        let mut out = SetFormula::default();
        if let Some(index) = index {
            let index = self.shape(index, level.saturating_add(1));
            let y = bottom - (top + bottom) * 0.55;
            // It stands in the crook of the sign.
            let width = index.width;
            out.take(index, Pt::ZERO, y);
            out.width = (width - em * 0.3).max(Pt::ZERO);
        }
        let x = out.width;
        let width = sign.width;
        out.take(sign, x, middle - (top - bottom) / 2.0);
        let x = x + width - em * 0.02;
        let width = inner.width + em * 0.06;
        out.take(inner, x + em * 0.03, Pt::ZERO);
        out.rule(x, -top, width, rule);
        out.width += em * 0.06;
        out
    }

    fn grid(&mut self, rows: &[Vec<Cell<Arc<RichText>>>], level: u8) -> SetFormula {
        let em = self.size * reduced(level);
        let set: Vec<Vec<SetFormula>> =
            rows.iter().map(|row| row.iter().map(|cell| self.shape(&cell.content, level)).collect()).collect();
        let mut columns: Vec<(Pt, Pt)> = Vec::new();
        for (row, cells) in rows.iter().zip(&set) {
            for (at, (cell, set)) in row.iter().zip(cells).enumerate() {
                if columns.len() <= at {
                    columns.push((Pt::ZERO, Pt::ZERO));
                }
                if let Some((gap, width)) = columns.get_mut(at) {
                    *gap = gap.max(em * cell.gap);
                    *width = width.max(set.width);
                }
            }
        }
        let heights: Vec<(Pt, Pt)> = set
            .iter()
            .map(|cells| {
                let least = (em * ROWS.1, em * ROWS.2);
                cells.iter().fold(least, |(above, below), cell| (above.max(cell.above), below.max(cell.below)))
            })
            .collect();
        let gap = em * ROWS.0;
        let height = heights.iter().fold(-gap, |height, (above, below)| height + *above + *below + gap);
        let mut out = SetFormula::default();
        let mut y = -(em * AXIS) - height / 2.0;
        for ((row, cells), (above, below)) in rows.iter().zip(set).zip(heights) {
            y += above;
            let mut x = Pt::ZERO;
            for ((cell, set), (gap, width)) in row.iter().zip(cells).zip(&columns) {
                x += *gap;
                let left = (*width - set.width) * cell.align;
                out.take(set, x + left, y);
                x += *width;
            }
            out.width = out.width.max(x);
            y += below + gap;
        }
        out.above = out.above.max(height / 2.0 + em * AXIS);
        out.below = out.below.max(height / 2.0 - em * AXIS);
        out
    }
}
