//! Ragged lines: left, centred or right, broken by textwrap.

use super::super::shape::{ShapedText, Shaper};
use super::fragment::{BreakKind, Division, Fragment, fragments};
use super::justify::divide;
use super::{Broken, Line, Measure};
use crate::geom::Pt;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

/// How ragged text is broken.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RaggedOptions {
    /// Whether words are hyphenated.
    pub hyphenate: bool,
    /// Whether each line takes as much as it can, as code wants it, instead of lines of even length.
    pub first_fit: bool,
    /// Where the lines stand within the measure: 0 left, 0.5 in the middle, 1 right.
    pub align: f32,
}

/// How many fragments are broken together by optimal fit; a paragraph has some hundreds.
const WINDOW: usize = 1 << 14;

/// Breaks a text into lines that are no wider than the measure and keep their natural width. A word that is wider than the
/// measure is divided anywhere.
pub fn ragged(shaper: &mut Shaper, shaped: &ShapedText, measure: &Measure, options: &RaggedOptions) -> Broken {
    let hyphens = if options.hyphenate { Division::Hyphens } else { Division::None };
    let narrow = measure.first.iter().fold(measure.rest, |most, indent| most.max(*indent));
    let width = (measure.width - narrow).0;
    let mut pieces = fragments(shaper, shaped, hyphens, false);
    if pieces.iter().any(|piece| piece.width + piece.pre > width) {
        pieces = fragments(shaper, shaped, Division::Anywhere(width * 0.9), false);
    }
    let mut broken = Broken::default();
    let mut from = 0;
    while from < pieces.len() {
        let rest = pieces.get(from..).unwrap_or_default();
        let forced = rest.iter().position(|piece| piece.kind == BreakKind::Forced).map_or(rest.len(), |at| at + 1);
        let paragraph = rest.get(..forced.min(WINDOW)).unwrap_or_default();
        for line in wrap(paragraph, measure, broken.lines.len(), options) {
            push(shaper, shaped, measure, options, line, &mut broken);
        }
        from += paragraph.len();
    }
    broken.hand_down_starts();
    broken
}

/// A text in one line, however wide: running heads, folios, entries of the contents that are known to fit.
pub fn single(shaped: &ShapedText) -> Broken {
    let end = shaped.rich().text().len() as u32;
    let trimmed = shaped.rich().text().trim_end_matches([' ', '\n']).len() as u32;
    let after: f32 = shaped.chunks.iter().filter(|chunk| chunk.text >= trimmed).map(|chunk| chunk.width).sum();
    let width = shaped.natural_width() - Pt(after);
    let line = Line { text: 0..trimmed, next: end, width, expansion: 1.0, ..Line::default() };
    Broken { lines: if trimmed == 0 { Vec::new() } else { vec![line] }, ..Broken::default() }
}

/// Wraps the fragments of a paragraph whose first line is the line `first` of the measure.
fn wrap<'f>(pieces: &'f [Fragment], measure: &Measure, first: usize, options: &RaggedOptions) -> Vec<&'f [Fragment]> {
    // One more width than there are indents of their own: textwrap repeats the last.
    let count = measure.first.len().saturating_sub(first) + 1;
    let widths: Vec<f64> = (first..first + count).map(|line| f64::from(measure.room(line))).collect();
    if options.first_fit {
        return wrap_first_fit(pieces, &widths);
    }
    // Points are about a fifth of a letter, of which textwrap's own penalties are measured in. A line more costs as much as a
    // gap of thirty letters; a line that runs over must never be cheaper than anything else.
    let penalties = Penalties {
        nline_penalty: 22_500,
        overflow_penalty: 1_000_000_000,
        short_last_line_fraction: 4,
        short_last_line_penalty: 10_000,
        hyphen_penalty: 10_000,
    };
    let lines = wrap_optimal_fit(pieces, &widths, &penalties).unwrap_or_else(|_| wrap_first_fit(pieces, &widths));
    let fits = |(at, line): (usize, &&[Fragment])| line.len() < 2 || width(line) <= measure.room(first + at) + 0.01;
    if lines.iter().enumerate().all(fits) { lines } else { wrap_first_fit(pieces, &widths) }
}

/// The natural width of a line.
fn width(line: &[Fragment]) -> f32 {
    let all: f32 = line.iter().map(|piece| piece.width + piece.glue).sum();
    line.last().map_or(0.0, |last| all - last.glue + last.pre)
}

fn push(
    shaper: &mut Shaper,
    shaped: &ShapedText,
    measure: &Measure,
    options: &RaggedOptions,
    pieces: &[Fragment],
    broken: &mut Broken,
) {
    let Some(last) = pieces.last() else { return };
    let at = broken.lines.len();
    let width = width(pieces);
    let indent = measure.indent(at);
    broken.lines.push(Line {
        text: broken.lines.last().map_or(0, |before| before.next)..last.end,
        next: last.next,
        x: indent + Pt((measure.room(at) - width).max(0.0) * options.align),
        width: Pt(width),
        hyphenated: matches!(last.kind, BreakKind::Discretionary | BreakKind::Hyphen),
        ratio: 0.0,
        expansion: 1.0,
        tracking: Pt::ZERO,
        start: None,
        end: None,
    });
    if last.kind == BreakKind::Discretionary {
        divide(shaper, shaped, broken, last.end);
    }
}
