//! Page, margins, columns and the baseline grid.

use super::{Class, Look, Margins, Paper, StyleError};
use crate::geom::{Pt, Sides, Size};

/// The page and the grid of lines on it.
///
/// The grid has `lines` baselines; the last stands on the foot margin. Everything in the type area is a whole number of
/// grid lines high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometry {
    /// The trim size.
    pub page: Size,
    /// The margins: `inner` and `outer` are left and right where pages are not mirrored.
    pub margins: Sides<Pt>,
    /// Whether versos mirror rectos.
    pub two_sided: bool,
    /// Whether the margins are of the theme and may give way to the binding.
    pub margins_are_free: bool,
    /// The width of a line, of one column.
    pub measure: Pt,
    /// How many columns.
    pub columns: u8,
    /// The room between columns.
    pub column_gap: Pt,
    /// The distance of baselines.
    pub leading: Pt,
    /// How many lines fill a page.
    pub lines: u16,
    /// The baseline of the first line, from the top.
    pub first_baseline: Pt,
}

/// The mean advance of a character of running English in Libertinus Serif, in ems, counted over a novel with its spaces.
pub(super) const CHARACTER: f32 = 0.425;

/// What a line should hold: Bringhurst gives 45 to 75 characters and 66 as the ideal.
const IDEAL_CHARACTERS: f32 = 66.0;

/// The height of capitals in ems: the head margin ends at their tops.
pub const CAPITALS: f32 = 0.65;

impl Geometry {
    pub(super) fn new(
        class: Class,
        paper: Paper,
        margins: Option<Margins>,
        size: Pt,
        leading: Pt,
        columns: u8,
        look: &Look,
    ) -> Result<Geometry, StyleError> {
        let page = paper.size();
        let margins_are_free = margins.is_none();
        let two_sided = class == Class::Book && look.two_sided;
        let margins = match margins {
            Some(Margins(sides)) => sides,
            None => own_margins(class, page, size, columns, look),
        };
        let column_gap = if columns > 1 { size * 2.0 } else { Pt::ZERO };
        let room = page.width - margins.inner - margins.outer;
        let measure = (room - column_gap * f32::from(columns - 1)) / f32::from(columns);
        if measure < size * (10.0 * CHARACTER) {
            return Err(StyleError::Measure(measure.max(Pt::ZERO)));
        }
        let height = page.height - margins.head - margins.foot - size * CAPITALS;
        // The small surplus keeps a type area that is meant to hold a whole number of lines from losing one to rounding.
        let steps = ((height + Pt(0.01)) / leading).floor();
        let lines = if steps < 0.0 { 0 } else { (steps as u16).saturating_add(1).min(2000) };
        if lines < 4 {
            return Err(StyleError::Lines(lines));
        }
        let first_baseline = page.height - margins.foot - leading * f32::from(lines - 1);
        Ok(Geometry {
            page,
            margins,
            two_sided,
            margins_are_free,
            measure,
            columns,
            column_gap,
            leading,
            lines,
            first_baseline,
        })
    }

    /// The left edge of the type area on a page; `page` counts from 0, and page 0 is a recto. `pages` is how many there
    /// are: a thick book loses more of its inner margin to the binding, so its type area moves outwards.
    pub fn left(&self, page: usize, pages: usize) -> Pt {
        let gutter = self.gutter(pages);
        if self.two_sided && page % 2 == 1 { self.margins.outer - gutter } else { self.margins.inner + gutter }
    }

    /// How far the type area moves outwards in a book of that many pages. The measure stays what it is, so that lines
    /// and pages do not depend on it.
    fn gutter(&self, pages: usize) -> Pt {
        if !self.two_sided || !self.margins_are_free {
            return Pt::ZERO;
        }
        // A perfect binding takes about 3 mm more for each 250 pages; the fore-edge keeps two thirds of its margin.
        let wanted = Pt::from_mm(match pages {
            0..=150 => 0.0,
            151..=400 => 1.5,
            401..=700 => 3.0,
            _ => 4.5,
        });
        wanted.min(self.margins.outer / 3.0)
    }

    /// The baseline of the line with this number from the top, from 0.
    pub fn baseline(&self, line: u16) -> Pt {
        self.first_baseline + self.leading * f32::from(line)
    }

    /// The width of the type area: all columns with the room between them.
    pub fn width(&self) -> Pt {
        self.measure * f32::from(self.columns) + self.column_gap * f32::from(self.columns - 1)
    }
}

/// The margins that paper and type ask for: the measure holds at most [`IDEAL_CHARACTERS`] or so, and what is left over goes
/// to the sides; the foot is deeper than the head, and in books the fore-edge wider than the spine.
fn own_margins(class: Class, page: Size, size: Pt, columns: u8, look: &Look) -> Sides<Pt> {
    let (side, head, foot) = match class {
        Class::Article => (0.10, 0.10, 0.115),
        Class::Book => (0.125, 0.105, 0.12),
    };
    let ideal = size * (IDEAL_CHARACTERS * CHARACTER);
    let widest = if columns > 1 { page.width } else { ideal };
    let measure = (page.width * (1.0 - 2.0 * side)).min(widest);
    let left_over = page.width - measure;
    let inner = if class == Class::Book && look.two_sided { left_over * 0.46 } else { left_over * 0.5 };
    Sides { inner, outer: left_over - inner, head: page.height * head, foot: page.height * foot }
}
