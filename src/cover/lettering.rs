//! The lettering of a drawn cover: lines of glyphs, as large as fits.

use super::canvas::Canvas;
use crate::font::{FaceId, FaceStyle, Family, Library};
use crate::model::Language;
use harfrust::{Buffer, BufferFlags, Direction, Feature, ShapeOptions, ShaperFont, Tag};
use skrifa::outline::OutlinePen;
use std::ops::Range;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;
use zeno::{Command, Fill, Transform, Vector};

/// How a text is lettered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hand {
    pub(super) italic: bool,
    pub(super) small_capitals: bool,
    /// What stands between letters, in thousandths of an em.
    pub(super) tracking: f32,
}

/// One glyph, in thousandths of an em from the start of its line.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    face: FaceId,
    id: u16,
    x: f32,
    y: f32,
}

/// A line of glyphs from left to right.
#[derive(Debug, Default)]
struct Line {
    glyphs: Vec<Glyph>,
    /// In thousandths of an em.
    width: f32,
}

/// Lines of one size.
#[derive(Debug)]
pub(super) struct Lines {
    lines: Vec<Line>,
    /// In pixels.
    size: f32,
}

/// The distance of baselines, times the size.
const LEADING: f32 = 1.18;
/// From the top of a line to its baseline, times the size: about the height of its tall letters.
const RISE: f32 = 0.72;

impl Lines {
    /// The height from the tall letters of the first line to the baseline of the last, in pixels.
    pub(super) fn height(&self) -> f32 {
        self.size * (RISE + LEADING * self.lines.len().saturating_sub(1) as f32)
    }

    /// Prints the lines around a middle, the first below `top`.
    pub(super) fn print(&self, canvas: &mut Canvas, library: &Library, middle: f32, top: f32) {
        for (number, line) in self.lines.iter().enumerate() {
            let start = middle - line.width * self.size / 2000.0;
            let baseline = top + self.size * (RISE + LEADING * number as f32);
            for glyph in &line.glyphs {
                let origin = Vector::new(start + glyph.x * self.size / 1000.0, baseline - glyph.y * self.size / 1000.0);
                let mut outline = Outline { origin, ..Outline::default() };
                if let Some(face) = library.face(glyph.face) {
                    face.draw(glyph.id, self.size, &mut outline);
                }
                canvas.ink(outline.commands.as_slice(), Fill::NonZero.into(), None::<Transform>);
            }
        }
    }
}

/// A word with the white space behind it, widths in thousandths of an em.
#[derive(Debug)]
struct Word {
    text: Range<usize>,
    width: f32,
    space: f32,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width.into()
    }
    fn whitespace_width(&self) -> f64 {
        self.space.into()
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// What letters are drawn from.
pub(super) struct Letterer<'a> {
    pub(super) library: &'a Library,
    pub(super) language: &'a Language,
}

impl Letterer<'_> {
    /// A text in lines of `measure` pixels at most, in the first of `sizes` whose lines are no higher than `height`; else in
    /// the last of them. None for a text without letters, or with one that no face has.
    pub(super) fn fit(&self, text: &str, hand: Hand, sizes: &[f32], measure: f32, height: f32) -> Option<Lines> {
        let words = self.words(text, hand)?;
        let widest = words.iter().fold(0.0, |widest: f32, word| widest.max(word.width));
        let fits = |size: f32| {
            let room = measure * 1000.0 / size;
            let count = wrap_first_fit(&words, &[room.into()]).len();
            widest <= room && size * (RISE + LEADING * count.saturating_sub(1) as f32) <= height
        };
        let size = sizes.iter().copied().find(|size| fits(*size)).or(sizes.last().copied())?;
        let lines = balanced(&words, f64::from(measure * 1000.0 / size))
            .into_iter()
            .filter_map(|line| Some(line.first()?.text.start..line.last()?.text.end))
            .map(|range| self.line(text.get(range)?, hand))
            .collect::<Option<Vec<_>>>()?;
        // A word that is wider than the measure even in the last size would run out of the sheet.
        let width = lines.iter().fold(0.0, |widest: f32, line| widest.max(line.width));
        let size = if width * size > measure * 1000.0 { measure * 1000.0 / width } else { size };
        Some(Lines { lines, size })
    }

    fn words(&self, text: &str, hand: Hand) -> Option<Vec<Word>> {
        let mut words = Vec::new();
        let mut at = 0;
        for word in textwrap::WordSeparator::new().find_words(text) {
            let end = at + word.word.len();
            let space = word.whitespace.chars().count() as f32 * (250.0 + hand.tracking);
            words.push(Word { text: at..end, width: self.line(word.word, hand)?.width, space });
            at = end + word.whitespace.len();
        }
        (!words.is_empty()).then_some(words)
    }

    /// A text in one line; none where no face has one of its letters.
    fn line(&self, text: &str, hand: Hand) -> Option<Line> {
        let level = if self.language.is_right_to_left() { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(text, Some(level));
        let mut line = Line::default();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let turned = levels.get(run.start).is_some_and(Level::is_rtl);
                let mut pieces = self.pieces(text.get(run)?, hand)?;
                if turned {
                    pieces.reverse();
                }
                for (face, piece) in pieces {
                    self.shape(&mut line, face, piece, turned, hand)?;
                }
            }
        }
        line.width -= hand.tracking;
        Some(line)
    }

    /// A text cut where its face changes.
    fn pieces<'t>(&self, text: &'t str, hand: Hand) -> Option<Vec<(FaceId, &'t str)>> {
        let style = FaceStyle { family: Family::Text, bold: false, italic: hand.italic };
        let mut pieces: Vec<(FaceId, Range<usize>)> = Vec::new();
        for (at, cluster) in text.grapheme_indices(true) {
            let face = self.library.find_for(style, cluster)?;
            let end = at + cluster.len();
            match pieces.last_mut() {
                Some((last, range)) if *last == face || cluster == " " => range.end = end,
                _ => pieces.push((face, at..end)),
            }
        }
        pieces.into_iter().map(|(face, range)| Some((face, text.get(range)?))).collect()
    }

    /// Appends the glyphs of a text of one face and direction.
    fn shape(&self, line: &mut Line, id: FaceId, text: &str, turned: bool, hand: Hand) -> Option<()> {
        let face = self.library.face(id)?;
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_flags(BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        buffer.guess_segment_properties();
        buffer.set_direction(if turned { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.set_language(harfrust::Language::new(self.language.as_str()));
        let mut features = Vec::new();
        if hand.small_capitals {
            features.push(Feature::new(Tag::new(b"smcp"), 1, ..));
        }
        if hand.tracking != 0.0 {
            features.push(Feature::new(Tag::new(b"liga"), 0, ..));
        }
        harfrust::shape(&ShaperFont::new(face.shaping()), &mut buffer, ShapeOptions::new().features(&features)).ok()?;
        let scale = 1000.0 / f32::from(face.metrics().units_per_em);
        for (info, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            line.glyphs.push(Glyph {
                face: id,
                id: u16::try_from(info.glyph_id).ok()?,
                x: line.width + place.x_offset as f32 * scale,
                y: place.y_offset as f32 * scale,
            });
            line.width += place.x_advance as f32 * scale + if place.x_advance == 0 { 0.0 } else { hand.tracking };
        }
        Some(())
    }
}

/// The words in as few lines as the measure allows, all about as long.
fn balanced(words: &[Word], measure: f64) -> Vec<&[Word]> {
    let count = wrap_first_fit(words, &[measure]).len();
    let widest = words.iter().map(Fragment::width).fold(0.0, f64::max);
    let (mut narrow, mut wide) = (widest.min(measure), measure);
    // Ten halvings: to a thousandth of the measure.
    for _ in 0..10 {
        let middle = (narrow + wide) / 2.0;
        if wrap_first_fit(words, &[middle]).len() <= count {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    wrap_first_fit(words, &[wide])
}

/// The outlines of glyphs as a path whose y runs downwards.
#[derive(Default)]
struct Outline {
    commands: Vec<Command>,
    origin: Vector,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> Vector {
        Vector::new(self.origin.x + x, self.origin.y - y)
    }
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.commands.push(Command::MoveTo(self.at(x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.commands.push(Command::LineTo(self.at(x, y)));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.commands.push(Command::QuadTo(self.at(cx, cy), self.at(x, y)));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.commands.push(Command::CurveTo(self.at(ax, ay), self.at(bx, by), self.at(x, y)));
    }
    fn close(&mut self) {
        self.commands.push(Command::Close);
    }
}
