//! Justified lines: the best breaks of a whole paragraph together, after Knuth and Plass, "Breaking Paragraphs into Lines"
//! (Software: Practice and Experience 11, 1981), with glyph expansion and margin protrusion after Hàn Thế Thành.

use super::super::shape::{ShapedText, Shaper};
use super::fragment::{BreakKind, Division, EMPTY, Fragment, SHRINK, STRETCH, alternate, fragments};
use super::{Alternate, Broken, Line, Measure};
use crate::geom::Pt;
use std::cell::OnceCell;

/// How a paragraph is justified.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JustifyOptions {
    /// Whether words are hyphenated.
    pub hyphenate: bool,
    /// Whether marks hang over the edges.
    pub protrusion: bool,
    /// How much wider or narrower glyphs may be, in parts of their width: 0 for not at all.
    pub expansion: f32,
    /// How much farther apart or closer letters may stand, in ems: 0 for not at all.
    pub fit: f32,
}

impl Default for JustifyOptions {
    fn default() -> JustifyOptions {
        JustifyOptions { hyphenate: true, protrusion: true, expansion: EXPANSION, fit: FIT }
    }
}

/// Glyphs may be this much wider or narrower: what is not seen (Thành 2000).
const EXPANSION: f32 = 0.02;
/// Letters may stand so many ems closer or farther apart: a fortieth of a word space, which is not seen either.
const FIT: f32 = 0.0065;
/// How far lines may be from their natural width before words are hyphenated, in parts of their stretch.
const TOLERANCE_WHOLE_WORDS: f64 = 0.8;
/// How far they may be with hyphens, before the last resort.
const TOLERANCE: f64 = 1.25;
/// What a line costs by itself, so that a paragraph is not longer than it needs to be. The other demerits are measured
/// against [`SPREAD_DEMERITS`].
const LINE_DEMERITS: f64 = 100.0;
/// What a line costs whose spaces have all their stretch, by the square of how far they are from their natural width. Knuth
/// and Plass have the sixth power alone, which minds the worst lines only; the square makes all lines of a page alike.
const SPREAD_DEMERITS: f64 = 10_000.0;
/// What it costs besides, by the sixth power.
const EXTREME_DEMERITS: f64 = 45000.0;
/// What a hyphen costs that is set for the line: more than Knuth and Plass have it, as glyphs and letter fit give what hyphens
/// gave.
const HYPHEN_DEMERITS: f64 = 64000.0;
/// What a hyphen of the word costs: less, since the reader knows it.
const OWN_HYPHEN_DEMERITS: f64 = 10_000.0;
const POOR_DEMERITS: f64 = 20_000.0;
const EMERGENCY_DEMERITS: f64 = 1e7;
/// What two lines cost that are set very differently, one under the other.
const FITNESS_DEMERITS: f64 = 10_000.0;
const DOUBLE_HYPHEN_DEMERITS: f64 = 20_000.0;
/// What a hyphen at the end of the last line but one costs.
const FINAL_HYPHEN_DEMERITS: f64 = 10_000.0;
/// More than two hyphens under one another are a ladder; only the last resort has them, and dearly.
const MOST_HYPHENS: u8 = 2;
const LADDER_DEMERITS: f64 = 1e8;
/// The least a last line may have, in ems: less looks like a mistake.
const RUNT: f32 = 2.0;
const RUNT_DEMERITS: f64 = 1e9;
/// How many places to start a line at are kept in view. A line has some twenty; more are pieces far narrower than a letter.
const MOST_ACTIVE: usize = 1000;
/// How many fragments are broken together. A paragraph has some hundreds; of one that never ends, the first part is broken
/// without what comes so much later, so that memory stays bounded.
const WINDOW: usize = 1 << 14;
/// How much sooner glyphs change than spaces: a reader sees a wide space before he sees letters a hundredth wider.
const GLYPHS_FIRST: f64 = 8.0;
/// How many of the last lines of such a part are broken again with the next.
const OVERLAP: usize = 40;
/// The steps in which glyphs get wider, in parts of their width, and letters stand apart, in ems: what many lines have in
/// common packs well, and spaces make up for the rest.
const EXPANSION_STEP: f32 = 0.001;
const FIT_STEP: f32 = 0.000_5;
/// Where even the last resort leaves spaces wider than this many times their width, letters are set apart as well…
const WIDE_SPACE: f32 = 1.65;
/// … by no more than this, in ems: it is barely seen.
const MOST_TRACKING: f32 = 0.035;
/// Spaces never grow to more than this many times their width: where that does not do, the line stays short.
const WIDEST_SPACE: f32 = 2.5;

/// Breaks a paragraph into justified lines, as [`Paragraph::justified`] does.
pub fn justify(
    shaper: &mut Shaper,
    shaped: &ShapedText,
    measure: &Measure,
    options: &JustifyOptions,
) -> Option<Broken> {
    Paragraph::new(shaped, measure, *options).justified(shaper)
}

/// A paragraph to be justified. What its lines are made of is found once, in however many ways it is set.
pub struct Paragraph<'p> {
    shaped: &'p ShapedText,
    measure: &'p Measure,
    options: JustifyOptions,
    /// The size of its first letters.
    em: f32,
    whole: OnceCell<Pieces>,
    hyphenated: OnceCell<Pieces>,
}

impl<'p> Paragraph<'p> {
    /// A paragraph that is to be set in this measure.
    pub fn new(shaped: &'p ShapedText, measure: &'p Measure, options: JustifyOptions) -> Paragraph<'p> {
        let em = shaped.runs.first().map_or(0.0, |run| run.size.0);
        Paragraph { shaped, measure, options, em, whole: OnceCell::new(), hyphenated: OnceCell::new() }
    }

    /// Its best lines; the last line and those that must end are as wide as they are.
    ///
    /// Words stay whole if that gives good lines, else they are hyphenated. If even that fails, words that are far too long
    /// are divided anywhere, and spaces grow as they must. A line is never wider than the measure, but for a single letter
    /// that is.
    pub fn justified(&self, shaper: &mut Shaper) -> Option<Broken> {
        let narrow = self.measure.first.iter().fold(self.measure.rest, |most, indent| most.max(*indent));
        // A hyphen has to find room beside the piece.
        let widest = ((self.measure.width - narrow).0 * 0.9).max(0.0);
        let set = |shaper: &mut Shaper, pieces: &Pieces, tolerance, last_resort| {
            let breaker = self.breaker(pieces, tolerance, last_resort);
            let (lines, demerits) = breaker.run()?;
            Some(set(shaper, self.shaped, &breaker, &lines, demerits))
        };
        for (hyphens, tolerance) in [(false, TOLERANCE_WHOLE_WORDS), (true, TOLERANCE)] {
            if let Some(pieces) = self.pieces(shaper, hyphens)
                && let Some(broken) = set(shaper, pieces, tolerance, false)
            {
                return Some(broken);
            }
        }
        let pieces = Pieces::of(shaper, self.shaped, Division::Anywhere(widest), &self.options, self.em);
        set(shaper, &pieces, f64::INFINITY, true)
    }

    /// Its best lines if there shall be so many; none where it cannot be set well so.
    pub fn with_lines(&self, shaper: &mut Shaper, count: usize) -> Option<Broken> {
        let whole = self.breaker(self.pieces(shaper, false)?, TOLERANCE, false);
        for hyphens in [false, true] {
            // Words in pieces or not, the text is as long: what is out of reach is seen without them.
            if !whole.may_have(count, hyphens) {
                continue;
            }
            let pieces = self.pieces(shaper, hyphens)?;
            let breaker = self.breaker(pieces, TOLERANCE, false);
            if let Some(ways) = pieces.by_line.get_or_init(|| breaker.by_line())
                && let Some(end) = ways.with_lines(count)
            {
                return Some(set(shaper, self.shaped, &breaker, &ways.lines(end), end.demerits));
            }
        }
        None
    }

    /// Its pieces with words whole or hyphenated; none where they are not to be hyphenated.
    fn pieces(&self, shaper: &mut Shaper, hyphens: bool) -> Option<&Pieces> {
        let (cell, division) = match hyphens {
            false => (&self.whole, Division::None),
            true if self.options.hyphenate => (&self.hyphenated, Division::Hyphens),
            true => return None,
        };
        Some(cell.get_or_init(|| Pieces::of(shaper, self.shaped, division, &self.options, self.em)))
    }

    fn breaker<'b>(&'b self, pieces: &'b Pieces, tolerance: f64, last_resort: bool) -> Breaker<'b> {
        let special = if self.measure.first.len() > 1 { self.measure.first.len() as u32 } else { 0 };
        let (measure, options, em) = (self.measure, &self.options, self.em);
        Breaker { pieces, measure, options, tolerance, last_resort, em, special }
    }
}

/// A line from its first fragment to its last.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: usize,
    last: usize,
}

/// Sums over all fragments before one, in points.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    width: f64,
    elastic: f64,
    ink: f64,
    letters: f64,
}

/// What stands before an edge of a line, in points. A line has what its end has more than its start.
#[derive(Debug, Clone, Copy, Default)]
struct Edge {
    /// The natural width, with what hangs over at the edge taken off.
    width: f64,
    /// The spaces that may grow and shrink.
    elastic: f64,
    /// How much wider or narrower words may be.
    words: f64,
}

impl Edge {
    fn of(sums: &Sums, options: &JustifyOptions, em: f32) -> Edge {
        let words = sums.ink * f64::from(options.expansion) + sums.letters * f64::from(options.fit * em);
        Edge { width: sums.width, elastic: sums.elastic, words }
    }
}

/// A place where a line may start, with the best way to get there.
#[derive(Debug, Clone, Copy)]
struct Node {
    fragment: u32,
    line: u32,
    fitness: u8,
    hyphens: u8,
    previous: u32,
    demerits: f64,
}

/// What the lines of a paragraph are made of, in one way to divide its words.
struct Pieces {
    /// At least one.
    fragments: Vec<Fragment>,
    /// One more than fragments.
    sums: Vec<Sums>,
    /// For each fragment the edge of a line that starts with it, and of one that ends with it.
    edges: Vec<(Edge, Edge)>,
    margins: Margins,
    /// The ways to break it into any number of lines, once they were asked for; none where there is no good way.
    by_line: OnceCell<Option<Ways>>,
}

impl Pieces {
    fn of(shaper: &mut Shaper, shaped: &ShapedText, division: Division, options: &JustifyOptions, em: f32) -> Pieces {
        let fragments = fragments(shaper, shaped, division, options.protrusion);
        let mut sums = Vec::with_capacity(fragments.len() + 1);
        let mut sum = Sums::default();
        let mut edges = Vec::with_capacity(fragments.len());
        let mut post = 0.0;
        sums.push(sum);
        for fragment in &fragments {
            let before = Edge::of(&sum, options, em);
            let start = Edge { width: before.width - f64::from(post - fragment.left), ..before };
            sum.width += f64::from(fragment.width + fragment.glue);
            sum.elastic += f64::from(fragment.hard + fragment.elastic);
            sum.ink += f64::from(fragment.width - fragment.hard);
            sum.letters += f64::from(fragment.letters);
            sums.push(sum);
            let behind = Edge::of(&sum, options, em);
            let end = Edge {
                width: behind.width + f64::from(fragment.pre - fragment.glue - fragment.right),
                elastic: behind.elastic - f64::from(fragment.elastic),
                ..behind
            };
            edges.push((start, end));
            // What the second half of a divided word is wider by than its share of the whole.
            post = if fragment.kind == BreakKind::Discretionary { fragment.post } else { 0.0 };
        }
        let margins = Margins::of(&edges, &sums);
        Pieces { fragments, sums, edges, margins, by_line: OnceCell::new() }
    }
}

/// By how much a line may differ from the fragments in it for what happens at its edges, in points: marks that hang over, the
/// space that it ends at, a hyphen.
struct Margins {
    /// How much narrower it may be.
    less: f64,
    /// How much wider it may be; negative where it is narrower in any case.
    more: f64,
}

impl Margins {
    /// The farthest that any two of these edges are from what is between them.
    fn of(edges: &[(Edge, Edge)], sums: &[Sums]) -> Margins {
        let none = (f64::MIN, f64::MIN);
        let wider = edges.iter().zip(sums).map(|((start, _), sum)| sum.width - start.width);
        let (start_more, start_less) = wider.fold(none, |(more, less), by| (more.max(by), less.max(-by)));
        let wider = edges.iter().zip(sums.iter().skip(1)).map(|((_, end), sum)| end.width - sum.width);
        let (end_more, end_less) = wider.fold(none, |(more, less), by| (more.max(by), less.max(-by)));
        Margins { less: start_less + end_less, more: start_more + end_more }
    }
}

/// The ways to the end of a text that are worth keeping.
struct Ways {
    /// Places where a line may start, each with the one before it.
    nodes: Vec<Node>,
    /// The ends that can be had.
    ends: Vec<Node>,
}

impl Ways {
    /// The end with the fewest demerits.
    fn best(&self) -> Option<&Node> {
        self.ends.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits))
    }

    /// The best end among those with so many lines.
    fn with_lines(&self, count: usize) -> Option<&Node> {
        let ends = self.ends.iter().filter(|node| node.line as usize == count);
        ends.min_by(|a, b| a.demerits.total_cmp(&b.demerits))
    }

    /// The lines on the way to an end.
    fn lines(&self, end: &Node) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut node = end;
        while let Some(before) = self.nodes.get(node.previous as usize) {
            lines.push(Span { first: before.fragment as usize, last: node.fragment as usize - 1 });
            node = before;
        }
        lines.reverse();
        lines
    }
}

struct Breaker<'b> {
    pieces: &'b Pieces,
    measure: &'b Measure,
    options: &'b JustifyOptions,
    tolerance: f64,
    last_resort: bool,
    em: f32,
    /// How many of the first lines differ in their indents, so that it matters which line a place is in.
    special: u32,
}

/// How a line would be set.
#[derive(Debug, Clone, Copy)]
struct Setting {
    /// What is missing to the room it has: negative where it is too wide.
    missing: f64,
    /// How far its spaces may grow, or shrink, in all.
    glue: f64,
    /// How much wider, or narrower, its words may be in all: their glyphs and the fit of their letters.
    words: f64,
}

impl Setting {
    /// That of a line between two edges in so much room.
    fn between(start: &Edge, end: &Edge, room: f64) -> Setting {
        let missing = room - (end.width - start.width);
        let part = if missing >= 0.0 { STRETCH } else { SHRINK };
        Setting { missing, glue: (end.elastic - start.elastic) * f64::from(part), words: end.words - start.words }
    }

    /// How far the spaces are from their natural width, in parts of their stretch or shrink. Glyphs change before spaces do,
    /// until they have done what they may.
    fn ratio(self) -> f64 {
        let sign = self.missing.signum();
        let missing = self.missing.abs();
        let ratio = if missing <= self.glue / GLYPHS_FIRST + self.words {
            missing / (self.glue + self.words * GLYPHS_FIRST).max(1e-9)
        } else {
            (missing - self.words) / self.glue.max(1e-9)
        };
        sign * ratio.min(1e6)
    }

    /// Whether the ratio is less than -1.
    fn is_overfull(self) -> bool {
        -self.missing > self.glue + self.words
    }

    /// Whether the ratio is more than `tolerance`, which is no less than what glyphs take alone.
    fn is_looser_than(self, tolerance: f64) -> bool {
        self.missing > tolerance * self.glue + self.words
    }
}

impl Breaker<'_> {
    fn fragment(&self, at: usize) -> Fragment {
        self.pieces.fragments.get(at).copied().unwrap_or(EMPTY)
    }

    fn sum(&self, at: usize) -> Sums {
        self.pieces.sums.get(at).copied().unwrap_or_default()
    }

    fn edges(&self, at: usize) -> (Edge, Edge) {
        self.pieces.edges.get(at).copied().unwrap_or_default()
    }

    /// The natural width of a line, with what hangs over at its edges taken off.
    fn width(&self, span: Span) -> f64 {
        self.edges(span.last).1.width - self.edges(span.first).0.width
    }

    fn setting(&self, span: Span, line: usize) -> Setting {
        let room = f64::from(self.measure.room(line));
        Setting::between(&self.edges(span.first).0, &self.edges(span.last).1, room)
    }

    /// The best lines, with their demerits.
    fn run(&self) -> Option<(Vec<Span>, f64)> {
        let count = self.pieces.fragments.len();
        let mut lines: Vec<Span> = Vec::new();
        let mut total = 0.0;
        let mut start = 0;
        loop {
            let whole = count - start <= WINDOW;
            let end = if whole { count } else { start + WINDOW };
            let ways = self.ways(start..end, lines.len() as u32, whole, false)?;
            let best = ways.best()?;
            total += best.demerits;
            let mut part = ways.lines(best);
            if whole {
                lines.append(&mut part);
                return Some((lines, total));
            }
            let keep = part.len().saturating_sub(OVERLAP).max(1);
            part.truncate(keep);
            start = part.last().map_or(end, |line| line.last + 1);
            lines.append(&mut part);
        }
    }

    /// Whether so many lines are not out of reach, with words whole or with `hyphens`: with all that its spaces and words may
    /// give, the text fits into them, or fills all but the last, which is no runt.
    fn may_have(&self, count: usize, hyphens: bool) -> bool {
        // No text face has a wider hyphen.
        const HYPHEN: f64 = 0.4;
        let em = f64::from(self.em);
        let all = Edge::of(&self.sum(self.pieces.fragments.len()), self.options, self.em);
        let room = |count: usize| (0..count).map(|line| f64::from(self.measure.room(line))).sum::<f64>();
        let Margins { less, more } = self.pieces.margins;
        let more = if hyphens { more.max(HYPHEN * em) } else { more };
        let least = all.width - all.elastic * f64::from(SHRINK) - all.words - less * count as f64;
        let most = all.width + all.elastic * f64::from(STRETCH) * self.tolerance + all.words + more * count as f64;
        // Lines that must end early fill nothing.
        let plain = self.pieces.fragments.iter().filter(|one| one.kind == BreakKind::Forced).count() == 1;
        least <= room(count) && (!plain || most >= room(count.saturating_sub(1)) + f64::from(RUNT) * em)
    }

    /// The ways to break all of it into any number of lines; none for a text so long that it is broken in parts.
    fn by_line(&self) -> Option<Ways> {
        let count = self.pieces.fragments.len();
        if count > WINDOW { None } else { self.ways(0..count, 0, true, true) }
    }

    /// Breaks some of the fragments; unless they are the last ones, the last line may be of any width. With `by_line`, ways
    /// of different numbers of lines are kept apart.
    fn ways(&self, range: std::ops::Range<usize>, line: u32, whole: bool, by_line: bool) -> Option<Ways> {
        let origin =
            Node { fragment: range.start as u32, line, fitness: 1, hyphens: 0, previous: u32::MAX, demerits: 0.0 };
        let mut nodes = vec![origin];
        let mut active: Vec<u32> = vec![0];
        let mut front = 0;
        let mut found: Vec<Node> = Vec::new();
        for at in range.clone() {
            let last = at + 1 == range.end;
            let forced = last || self.fragment(at).kind == BreakKind::Forced;
            let (_, end) = self.edges(at);
            found.clear();
            let mut index = front;
            while let Some(id) = active.get(index).copied() {
                index += 1;
                let Some(node) = nodes.get(id as usize).copied() else { continue };
                let span = Span { first: node.fragment as usize, last: at };
                let room = f64::from(self.measure.room(node.line as usize));
                let setting = Setting::between(&self.edges(span.first).0, &end, room);
                if setting.is_overfull() {
                    let single = span.first == span.last;
                    // Later lines from here are wider still, but for what hangs over at their ends.
                    if setting.missing < -f64::from(self.em) && index == front + 1 && !(self.last_resort && single) {
                        front += 1;
                    }
                    if !(self.last_resort && single) {
                        continue;
                    }
                }
                let ends_early = forced && setting.missing > 0.0;
                if !ends_early && setting.is_looser_than(self.tolerance) {
                    // All further places start later and miss more.
                    break;
                }
                let ratio = if ends_early { 0.0 } else { setting.ratio() };
                self.consider(&node, id, span, ratio, last && whole, by_line, &mut found);
            }
            if forced {
                front = active.len();
            }
            if active.len() - front < MOST_ACTIVE || forced {
                for node in &found {
                    active.push(nodes.len() as u32);
                    nodes.push(*node);
                }
            }
            if front >= active.len() {
                return None;
            }
            if front > 4 * MOST_ACTIVE {
                active.drain(..front);
                front = 0;
            }
        }
        Some(Ways { nodes, ends: found })
    }

    /// Adds the line from `node` to the ends that were found, if it is the best of its kind.
    #[expect(clippy::too_many_arguments, reason = "the state of one step of the innermost loop")]
    fn consider(&self, node: &Node, id: u32, span: Span, ratio: f64, last: bool, by_line: bool, found: &mut Vec<Node>) {
        let end = self.fragment(span.last);
        let hyphenated = matches!(end.kind, BreakKind::Discretionary | BreakKind::Hyphen);
        let hyphens = if hyphenated { node.hyphens.saturating_add(1) } else { 0 };
        if hyphens > MOST_HYPHENS && !self.last_resort {
            return;
        }
        let runt = last && span.first > 0 && self.width(span) < f64::from(RUNT * self.em);
        if runt && !self.last_resort {
            return;
        }
        let square = ratio * ratio;
        let square_of_width =
            if ratio < 0.0 { square * f64::from((SHRINK / STRETCH) * (SHRINK / STRETCH)) } else { square };
        let spread = SPREAD_DEMERITS * square_of_width + EXTREME_DEMERITS * square * square * square;
        let break_demerits = match end.kind {
            BreakKind::Free | BreakKind::Forced => 0.0,
            BreakKind::Hyphen => OWN_HYPHEN_DEMERITS,
            BreakKind::Discretionary => HYPHEN_DEMERITS,
            BreakKind::Poor => POOR_DEMERITS,
            BreakKind::Emergency => EMERGENCY_DEMERITS,
        };
        let mut demerits = node.demerits + LINE_DEMERITS + spread + break_demerits;
        let fitness = match ratio {
            ratio if ratio < -0.5 => 0,
            ratio if ratio <= 0.5 => 1,
            ratio if ratio <= 1.0 => 2,
            _ => 3,
        };
        if node.fitness.abs_diff(fitness) > 1 {
            demerits += FITNESS_DEMERITS;
        }
        if hyphens > 1 {
            demerits += if hyphens > MOST_HYPHENS { LADDER_DEMERITS } else { DOUBLE_HYPHEN_DEMERITS };
        }
        if last && node.hyphens > 0 {
            demerits += FINAL_HYPHEN_DEMERITS;
        }
        if runt {
            demerits += RUNT_DEMERITS;
        }
        let hyphens = hyphens.min(MOST_HYPHENS + 1);
        let line = node.line + 1;
        let new = Node { fragment: span.last as u32 + 1, line, fitness, hyphens, previous: id, demerits };
        let same = |known: &&mut Node| {
            known.fitness == fitness
                && known.hyphens == hyphens
                && (known.line == line || !(by_line || line < self.special || known.line < self.special))
        };
        match found.iter_mut().find(same) {
            Some(known) if known.demerits <= demerits => {}
            Some(known) => *known = new,
            None => found.push(new),
        }
    }
}

/// Sets the lines that were chosen.
fn set(shaper: &mut Shaper, shaped: &ShapedText, breaker: &Breaker, spans: &[Span], demerits: f64) -> Broken {
    let mut broken = Broken { lines: Vec::with_capacity(spans.len()), demerits, extra: Vec::new() };
    for (at, span) in spans.iter().enumerate() {
        let (first, last) = (breaker.fragment(span.first), breaker.fragment(span.last));
        let setting = breaker.setting(*span, at);
        let text = start_of(breaker, span)..last.end;
        let fill = if last.kind == BreakKind::Forced && setting.missing >= 0.0 {
            Fill::default()
        } else {
            let (before, behind) = (breaker.sum(span.first), breaker.sum(span.last + 1));
            Fill::of(&setting, (behind.ink - before.ink) as f32, (behind.letters - before.letters) as f32, breaker)
        };
        let width = breaker.width(*span) as f32 + first.left + last.right + fill.added;
        broken.lines.push(Line {
            text,
            next: last.next,
            x: breaker.measure.indent(at) - Pt(first.left),
            width: Pt(width),
            hyphenated: matches!(last.kind, BreakKind::Discretionary | BreakKind::Hyphen),
            ratio: fill.ratio,
            expansion: 1.0 + fill.expansion,
            tracking: Pt(fill.tracking),
            start: None,
            end: None,
        });
        if last.kind == BreakKind::Discretionary {
            divide(shaper, shaped, &mut broken, last.end);
        }
    }
    broken.hand_down_starts();
    broken
}

/// Where the text of a line starts.
fn start_of(breaker: &Breaker, span: &Span) -> u32 {
    span.first.checked_sub(1).map_or(0, |before| breaker.fragment(before).next)
}

/// How a line is filled.
#[derive(Debug, Clone, Copy, Default)]
struct Fill {
    /// What spaces do, in parts of their stretch or shrink.
    ratio: f32,
    /// What glyphs do, in parts of their width.
    expansion: f32,
    /// What comes between letters, in points before expansion.
    tracking: f32,
    /// How much wider the line gets in all, in points.
    added: f32,
}

impl Fill {
    /// Shares out what a line misses: first to its words, in steps that many lines have in common, then to its spaces, what
    /// is left over; where they would be wide, letters are set apart more.
    fn of(setting: &Setting, ink: f32, letters: f32, breaker: &Breaker) -> Fill {
        let options = breaker.options;
        let missing = setting.missing as f32;
        let words = (setting.ratio() as f32 * GLYPHS_FIRST as f32).clamp(-1.0, 1.0);
        let in_steps = |value: f32, step: f32| (value / step).round() * step;
        let expansion = in_steps(words * options.expansion, EXPANSION_STEP);
        let mut tracking = in_steps(words * options.fit, FIT_STEP) * breaker.em;
        let part = |rest: f32| if rest < 0.0 { SHRINK } else { STRETCH };
        let elastic = setting.glue as f32 / part(missing);
        let between = (letters - 1.0).max(0.0) * (1.0 + expansion);
        let spread = |tracking: f32| {
            let rest = missing - ink * expansion - between * tracking;
            (rest, rest / (elastic * part(rest)).max(1e-6))
        };
        let (rest, wanted) = spread(tracking);
        if wanted > (WIDE_SPACE - 1.0) / STRETCH {
            let over = rest - elastic * (WIDE_SPACE - 1.0);
            tracking += (over / between.max(1.0)).min(MOST_TRACKING * breaker.em);
        }
        let ratio = spread(tracking).1.clamp(-1.0, (WIDEST_SPACE - 1.0) / STRETCH);
        let added = ink * expansion + between * tracking + elastic * part(ratio) * ratio;
        Fill { ratio, expansion, tracking, added }
    }
}

/// Notes the glyphs of a word that is divided at `at`, at the end of the last line of `broken`. Those that the next line
/// starts with are left in `start` of the same line.
pub(super) fn divide(shaper: &mut Shaper, shaped: &ShapedText, broken: &mut Broken, at: u32) {
    let chunk = shaped.chunks.partition_point(|chunk| chunk.text < at).saturating_sub(1);
    let Ok(point) = u8::try_from(at - shaped.text_range(chunk).start) else { return };
    let Some(cut) = super::fragment::Cut::find(shaped, chunk, point) else { return };
    let mut add = |shaper: &mut Shaper, text: std::ops::Range<u32>, hyphen: bool| {
        let start = broken.extra.len() as u32;
        broken.extra.extend(alternate(shaper, shaped, chunk, &text, hyphen));
        Alternate { glyphs: start..broken.extra.len() as u32, text }
    };
    let end = add(shaper, cut.tail.clone(), true);
    let start = cut.rest.clone().map(|rest| add(shaper, rest, false));
    if let Some(line) = broken.lines.last_mut() {
        line.end = Some(end);
        line.start = start;
    }
}
