//! A sheet printed from two plates, each with a ground and an ink in eight steps: sixteen colours, four bits a pixel.
//!
//! Few colours keep the file small and the drawing cheap: a shape never blends, it sets the step of what lies beneath.

use super::palette::{Color, Palette};
use super::{HEIGHT, WIDTH};
use std::io::Write;
use std::ops::Range;
use zeno::{Mask, PathData, Style, Transform};

/// The steps from ground to ink of one plate.
const STEPS: u8 = 8;

/// A part of the sheet, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) right: u32,
    pub(super) bottom: u32,
}

impl Area {
    /// The area within a margin.
    pub(super) fn inset(self, by: u32) -> Area {
        Area {
            left: self.left + by,
            top: self.top + by,
            right: self.right.saturating_sub(by),
            bottom: self.bottom.saturating_sub(by),
        }
    }

    pub(super) fn width(self) -> f32 {
        self.right.saturating_sub(self.left) as f32
    }

    pub(super) fn height(self) -> f32 {
        self.bottom.saturating_sub(self.top) as f32
    }

    fn has_row(self, y: u32) -> bool {
        (self.top..self.bottom).contains(&y)
    }

    fn columns(self) -> Range<usize> {
        self.left as usize..self.right as usize
    }

    pub(super) fn center(self) -> f32 {
        (self.left + self.right) as f32 / 2.0
    }
}

/// A small sheet of steps that is repeated.
pub(super) struct Tile {
    pub(super) width: u32,
    pub(super) height: u32,
    steps: Vec<u8>,
}

impl Tile {
    pub(super) fn new(width: u32, height: u32) -> Tile {
        Tile { width, height, steps: vec![0; (width * height) as usize] }
    }

    /// Prints a shape, moved as `transform` says.
    pub(super) fn ink(&mut self, shape: impl PathData, style: Style<'_>, transform: Transform) {
        let mut mask = Mask::new(shape);
        mask.style(style).transform(Some(transform)).size(self.width, self.height);
        let (coverage, _) = mask.render();
        for (step, coverage) in self.steps.iter_mut().zip(coverage) {
            *step = (*step).max(step_of(coverage));
        }
    }
}

/// The step for a share of a pixel that is covered.
fn step_of(coverage: u8) -> u8 {
    ((u16::from(coverage) * u16::from(STEPS - 1) + 127) / 255) as u8
}

/// A row of the sheet: a byte a pixel, plate and step.
type Row = [u8; WIDTH as usize];
/// The same with four bits a pixel.
type PackedRow = [u8; WIDTH as usize / 2];

/// A sheet in the making: what lies on it, to be printed row by row. A row is all that is ever held of the picture itself.
pub(super) struct Canvas {
    /// The rows of the field: one repeat of its pattern.
    field: Vec<(Row, PackedRow)>,
    /// Where paper lies upon the field.
    papers: Vec<Area>,
    prints: Vec<Print>,
}

/// The steps of something printed.
struct Print {
    area: Area,
    /// Row by row; none where all of it is ink.
    steps: Option<Vec<u8>>,
}

impl Canvas {
    /// A sheet whose field is covered with a tile, so that one lies upon the middle of the sheet.
    pub(super) fn new(tile: &Tile) -> Canvas {
        let (width, height) = (tile.width.max(1) as usize, tile.height.max(1) as usize);
        // What is left of the first tile at the edges, so that one lies in the middle.
        let phase = |side: u32, tile: usize| tile - (side as usize / 2 + tile / 2) % tile;
        let (left, top) = (phase(WIDTH, width), phase(HEIGHT, height));
        let whole = |steps: &[u8]| {
            let mut row = [0; WIDTH as usize];
            let (end, start) = steps.split_at(left % width);
            for repeat in row.chunks_mut(width) {
                let (first, rest) = repeat.split_at_mut(start.len().min(repeat.len()));
                first.copy_from_slice(start.get(..first.len()).unwrap_or_default());
                rest.copy_from_slice(end.get(..rest.len()).unwrap_or_default());
            }
            (row, pack(&row))
        };
        let mut field: Vec<_> = tile.steps.chunks_exact(width).map(whole).collect();
        field.rotate_left(top % height);
        Canvas { field, papers: Vec::new(), prints: Vec::new() }
    }

    /// Lays the ground of the second plate, the paper, upon that of the first.
    pub(super) fn lay_paper(&mut self, area: Area) {
        self.papers.push(area);
    }

    /// Prints the whole of an area with ink.
    pub(super) fn solid(&mut self, area: Area) {
        self.prints.push(Print { area, steps: None });
    }

    /// Prints a rule along the inside of an area.
    pub(super) fn frame(&mut self, area: Area, weight: u32) {
        let Area { left, top, right, bottom } = area;
        for side in [
            Area { bottom: top + weight, ..area },
            Area { top: bottom.saturating_sub(weight), ..area },
            Area { right: left + weight, ..area },
            Area { left: right.saturating_sub(weight), ..area },
        ] {
            self.solid(side);
        }
    }

    /// Prints a shape: small ones cost less than one that spans them all.
    pub(super) fn ink(&mut self, shape: impl PathData, style: Style<'_>, transform: Option<Transform>) {
        let mut mask = Mask::new(shape);
        mask.style(style).transform(transform);
        let (coverage, place) = mask.render();
        let width = place.width as usize;
        // What of it lies over the edges is cut off.
        let side = |start: i32, length: u32, most: u32| {
            let end = (i64::from(start) + i64::from(length)).clamp(0, i64::from(most)) as u32;
            (start.clamp(0, most as i32) as u32, end)
        };
        let ((left, right), (top, bottom)) =
            (side(place.left, place.width, WIDTH), side(place.top, place.height, HEIGHT));
        let area = Area { left, top, right, bottom };
        let hidden = usize::try_from(-place.left.min(0)).unwrap_or(0);
        let above = usize::try_from(-place.top.min(0)).unwrap_or(0);
        let shown = hidden..hidden + right.saturating_sub(left) as usize;
        let rows = coverage.chunks_exact(width.max(1)).skip(above).filter_map(|row| row.get(shown.clone()));
        let steps = rows.flatten().map(|coverage| step_of(*coverage)).collect();
        self.prints.push(Print { area, steps: Some(steps) });
    }

    /// Prints a row of the sheet.
    fn print(&self, y: u32) -> PackedRow {
        let Some((field, packed)) = self.field.get(y as usize % self.field.len().max(1)) else {
            return [0; WIDTH as usize / 2];
        };
        let mut papers = self.papers.iter().filter(|area| area.has_row(y)).peekable();
        let mut prints = self.prints.iter().filter(|print| print.area.has_row(y)).peekable();
        // Most of a sheet is field alone.
        if papers.peek().is_none() && prints.peek().is_none() {
            return *packed;
        }
        let mut row = *field;
        for paper in papers {
            row.get_mut(paper.columns()).unwrap_or_default().fill(STEPS);
        }
        for Print { area, steps } in prints {
            let pixels = row.get_mut(area.columns()).unwrap_or_default();
            let Some(steps) = steps else {
                pixels.iter_mut().for_each(|pixel| *pixel |= STEPS - 1);
                continue;
            };
            let steps = steps.chunks_exact(pixels.len().max(1)).nth((y - area.top) as usize);
            for (pixel, step) in pixels.iter_mut().zip(steps.unwrap_or_default()) {
                *pixel = *pixel / STEPS * STEPS + (*pixel % STEPS).max(*step);
            }
        }
        pack(&row)
    }

    /// The sheet as a PNG; none only where the encoder fails, which it has no reason to.
    pub(super) fn png(&self, palette: &Palette) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(64 * 1024);
        let mut encoder = png::Encoder::new(&mut out, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(colors(palette));
        // Rows of a pattern repeat within themselves: deflate finds that in unfiltered rows, fast.
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
        let mut writer = encoder.write_header().ok()?;
        let mut rows = writer.stream_writer().ok()?;
        for y in 0..HEIGHT {
            rows.write_all(&self.print(y)).ok()?;
        }
        rows.finish().ok()?;
        writer.finish().ok()?;
        Some(out)
    }
}

fn pack(row: &Row) -> PackedRow {
    let mut packed = [0; WIDTH as usize / 2];
    for (byte, pair) in packed.iter_mut().zip(row.as_chunks::<2>().0) {
        // As one number, so that many are made at once.
        let pair = u16::from_le_bytes(*pair);
        *byte = (pair << 4 | pair >> 8) as u8;
    }
    packed
}

/// Enough for repeated rows; a higher level takes twice the time for a tenth of the size.
const LEVEL: u8 = 2;

/// The sixteen colours: for each plate the steps from its ground to its ink.
fn colors(palette: &Palette) -> Vec<u8> {
    let plates: [(Color, Color); 2] = [(palette.field, palette.ornament), (palette.paper, palette.ink)];
    let mut colors = Vec::with_capacity(48);
    for (ground, ink) in plates {
        for step in 0..i32::from(STEPS) {
            let last = i32::from(STEPS) - 1;
            let mixed = ground.iter().zip(ink).map(|(ground, ink)| {
                let (ground, ink) = (i32::from(*ground), i32::from(ink));
                ((ground * (last - step) + ink * step + last / 2) / last) as u8
            });
            colors.extend(mixed);
        }
    }
    colors
}
