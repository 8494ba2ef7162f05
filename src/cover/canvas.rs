//! A sheet printed from two plates, each with a ground and an ink in eight steps: sixteen colours, four bits a pixel.
//!
//! Few colours keep the file small and the drawing cheap: a shape never blends, it sets the step of what lies beneath.

use super::palette::{Color, Palette};
use super::{HEIGHT, WIDTH};
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
    pub(super) const SHEET: Area = Area { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };

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

/// The sheet: one byte a pixel, plate and step.
pub(super) struct Canvas {
    pixels: Vec<u8>,
}

impl Canvas {
    /// A sheet with the ground of the field.
    pub(super) fn new() -> Canvas {
        Canvas { pixels: vec![0; (WIDTH * HEIGHT) as usize] }
    }

    fn rows(&mut self, area: Area) -> impl Iterator<Item = &mut [u8]> {
        let count = area.bottom.saturating_sub(area.top) as usize;
        let rows = self.pixels.chunks_exact_mut(WIDTH as usize).skip(area.top as usize).take(count);
        rows.filter_map(move |row| row.get_mut(area.left as usize..area.right as usize))
    }

    /// Covers the field with a tile, so that one lies upon the middle of the sheet.
    pub(super) fn cover(&mut self, tile: &Tile) {
        let (width, height) = (tile.width.max(1) as usize, tile.height.max(1) as usize);
        // What is left of the first tile at the edges, so that one lies in the middle.
        let phase = |side: u32, tile: usize| tile - (side as usize / 2 + tile / 2) % tile;
        let (left, top) = (phase(WIDTH, width), phase(HEIGHT, height));
        let whole = |steps: &[u8]| steps.iter().cycle().skip(left).take(WIDTH as usize).copied().collect();
        let rows: Vec<Vec<u8>> = tile.steps.chunks_exact(width).map(whole).collect();
        let sources = rows.iter().cycle().skip(top);
        self.rows(Area::SHEET).zip(sources).for_each(|(row, source)| row.copy_from_slice(source));
    }

    /// Lays the ground of the second plate, the paper, upon that of the first.
    pub(super) fn lay_paper(&mut self, area: Area) {
        self.rows(area).for_each(|row| row.fill(STEPS));
    }

    /// Prints the whole of an area with ink.
    pub(super) fn solid(&mut self, area: Area) {
        self.rows(area).flatten().for_each(|pixel| *pixel |= STEPS - 1);
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

    /// Prints a shape.
    pub(super) fn ink(&mut self, shape: impl PathData, style: Style<'_>, transform: Option<Transform>) {
        let mut mask = Mask::new(shape);
        mask.style(style).transform(transform);
        let (coverage, place) = mask.render();
        let (Ok(top), width) = (usize::try_from(place.top.max(0)), place.width as usize) else { return };
        let hidden = usize::try_from(-place.left.min(0)).unwrap_or(0);
        let above = usize::try_from(-place.top.min(0)).unwrap_or(0);
        let left = usize::try_from(place.left.max(0)).unwrap_or(0);
        let rows = self.pixels.chunks_exact_mut(WIDTH as usize).skip(top);
        for (row, coverage) in rows.zip(coverage.chunks_exact(width.max(1)).skip(above)) {
            let pixels = row.get_mut(left..).unwrap_or_default();
            for (pixel, coverage) in pixels.iter_mut().zip(coverage.get(hidden..).unwrap_or_default()) {
                let step = step_of(*coverage).max(*pixel % STEPS);
                *pixel = *pixel / STEPS * STEPS + step;
            }
        }
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
        let packed: Vec<u8> =
            self.pixels.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, pixel| byte << 4 | pixel)).collect();
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&packed).ok()?;
        writer.finish().ok()?;
        Some(out)
    }
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
