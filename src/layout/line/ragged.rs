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
    /// For code: how far what is turned over stands in behind the spaces that its line starts with. Each line then takes as
    /// much as it can, instead of lines of even length.
    pub turned: Option<Pt>,
    /// Where the lines stand within the measure: 0 left, 0.5 in the middle, 1 right.
    pub align: f32,
}

/// How many fragments are broken together by optimal fit; a paragraph has some hundreds.
const WINDOW: usize = 1 << 14;

/// How much of the measure code that is turned over may leave free.
const DEEPEST: f32 = 0.5;

/// Breaks a text into lines that are no wider than the measure and keep their natural width. A word that is wider than the
/// measure is divided anywhere.
pub fn ragged(shaper: &mut Shaper, shaped: &ShapedText, measure: &Measure, options: &RaggedOptions) -> Broken {
    let hyphens = if options.hyphenate { Division::Hyphens } else { Division::None };
    let plain = fragments(shaper, shaped, hyphens, false);
    let ends = |piece: &Fragment| piece.kind == BreakKind::Forced;
    // A line of code has a measure of its own.
    let own_measure = |start: u32| {
        options.turned.map(|hang| {
            let rest = (measure.rest + leading(shaped, start) + hang).min(measure.width * DEEPEST);
            Measure { width: measure.width, first: vec![measure.rest], rest }
        })
    };
    let mut least: Option<f32> = None;
    let mut starts: Vec<(u32, bool)> = Vec::new();
    let mut start = 0;
    for pieces in plain.split_inclusive(ends) {
        let narrowest = own_measure(start).as_ref().unwrap_or(measure).narrowest();
        let overfull = pieces.iter().any(|piece| piece.width + piece.pre > narrowest);
        if overfull {
            least = Some(least.map_or(narrowest, |least| least.min(narrowest)));
        }
        starts.push((start, overfull));
        start = pieces.last().map_or(start, |last| last.next);
    }
    let divided = least.map_or(Vec::new(), |least| fragments(shaper, shaped, Division::Anywhere(least * 0.9), false));
    let mut divided = divided.split_inclusive(ends);
    let mut broken = Broken::default();
    // Code may have a hundred thousand lines.
    broken.lines.reserve_exact(if starts.len() > 1 { starts.len() } else { 0 });
    for (pieces, (start, overfull)) in plain.split_inclusive(ends).zip(starts) {
        let divided = divided.next().unwrap_or(pieces);
        let own = own_measure(start);
        let (measure, before) = match &own {
            Some(own) => (own, broken.lines.len()),
            None => (measure, 0),
        };
        for window in if overfull { divided } else { pieces }.chunks(WINDOW) {
            let lines = wrap(window, measure, broken.lines.len() - before, options);
            if broken.lines.is_empty() {
                // Most texts are of one piece, and very many of one line.
                broken.lines.reserve_exact(lines.len());
            }
            for line in lines {
                let indent = measure.indent(broken.lines.len() - before);
                push(shaper, shaped, measure.width - indent, indent, options, line, &mut broken);
            }
        }
    }
    broken.hand_down_starts();
    broken
}

/// The width of the spaces that stand at a place of the text.
fn leading(shaped: &ShapedText, start: u32) -> Pt {
    let first = shaped.chunks.partition_point(|chunk| chunk.text < start);
    let spaces =
        (first..shaped.chunk_count()).take_while(|at| shaped.text_of(*at).trim_matches([' ', '\t']).is_empty());
    Pt(spaces.filter_map(|at| shaped.chunks.get(at)).map(|chunk| chunk.width).sum())
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
    if options.turned.is_some() {
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
    room: Pt,
    indent: Pt,
    options: &RaggedOptions,
    pieces: &[Fragment],
    broken: &mut Broken,
) {
    let Some(last) = pieces.last() else { return };
    let width = width(pieces);
    broken.lines.push(Line {
        text: broken.lines.last().map_or(0, |before| before.next)..last.end,
        next: last.next,
        x: indent + Pt((room.0 - width).max(0.0) * options.align),
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
