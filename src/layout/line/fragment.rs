//! What a line is made of: pieces that no line ends within, with the glue behind them.

use super::super::hyphenate::{graphemes, is_short};
use super::super::shape::{ChunkKind, Opportunity, ShapedGlyph, ShapedText, Shaper, binds_single_letters, is_address};
use super::super::text::TextStyle;
use super::protrusion;
use crate::font::Family;
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::ops::Range;

/// How far a space grows where a line needs it, in parts of its width (as in the faces of Knuth).
pub(crate) const STRETCH: f32 = 0.5;
/// How far it shrinks at most: words then still stand clear of each other.
pub(crate) const SHRINK: f32 = 0.33;

/// How a line ends behind a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BreakKind {
    /// At a space, after a dash or between ideographs.
    Free,
    /// After a hyphen of the word.
    Hyphen,
    /// Within a word, with a hyphen that is set for it.
    Discretionary,
    /// After a slash and the like.
    Poor,
    /// Anywhere in a word that is too long for its line.
    Emergency,
    /// It must end here.
    Forced,
}

/// A piece with the glue behind it. Lengths are in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fragment {
    /// Where its ink ends in the text.
    pub(crate) end: u32,
    /// Where the next fragment starts.
    pub(crate) next: u32,
    /// Its natural width.
    pub(crate) width: f32,
    /// What of its width is spaces that do not end lines, and may grow and shrink.
    pub(crate) hard: f32,
    /// How many letters it has, a ligature being one.
    pub(crate) letters: f32,
    /// The spaces behind it.
    pub(crate) glue: f32,
    /// What of them may grow and shrink.
    pub(crate) elastic: f32,
    /// What a line gains that ends here: a hyphen, less kerning.
    pub(crate) pre: f32,
    /// What the next line gains when this one ends here: the rest of a ligature.
    pub(crate) post: f32,
    /// How far it hangs over at the start of a line.
    pub(crate) left: f32,
    /// How far it hangs over at the end of a line.
    pub(crate) right: f32,
    pub(crate) kind: BreakKind,
}

impl textwrap::core::Fragment for Fragment {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.glue)
    }

    fn penalty_width(&self) -> f64 {
        f64::from(self.pre)
    }
}

/// Where words may be divided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Division {
    /// Nowhere but at soft hyphens.
    None,
    /// Where they are hyphenated.
    Hyphens,
    /// Where they are hyphenated; and anywhere, if a piece would still be wider than this many points.
    Anywhere(f32),
}

/// The fragments of a text: at least one, the last of kind [`BreakKind::Forced`].
pub(crate) fn fragments(shaper: &mut Shaper, shaped: &ShapedText, division: Division, hang: bool) -> Vec<Fragment> {
    let mut builder = Builder {
        out: Vec::with_capacity(shaped.chunk_count() / 2 + 1),
        shaped,
        shaper,
        division,
        hang,
        now: EMPTY,
        started: false,
        glued: false,
        letters: OnceCell::new(),
        binds_letters: shaped.rich().styles().any(|style| binds_single_letters(style.language.primary())),
    };
    for chunk in 0..shaped.chunk_count() {
        builder.chunk(chunk);
    }
    builder.now.next = shaped.rich().text().len() as u32;
    builder.close(BreakKind::Forced);
    builder.out
}

/// A fragment of nothing.
pub(crate) const EMPTY: Fragment = Fragment {
    end: 0,
    next: 0,
    width: 0.0,
    hard: 0.0,
    letters: 0.0,
    glue: 0.0,
    elastic: 0.0,
    pre: 0.0,
    post: 0.0,
    left: 0.0,
    right: 0.0,
    kind: BreakKind::Free,
};

struct Builder<'b, 'a> {
    out: Vec<Fragment>,
    shaped: &'b ShapedText,
    shaper: &'b mut Shaper<'a>,
    division: Division,
    hang: bool,
    now: Fragment,
    /// Whether the fragment has ink.
    started: bool,
    /// Whether it has glue behind its ink, so that the next ink starts another.
    glued: bool,
    /// Where each begins that is seen as one letter, once asked for.
    letters: OnceCell<Vec<u32>>,
    /// Whether it is of a language, or has words of one, where a line must not end after a word of one letter.
    binds_letters: bool,
}

impl<'b> Builder<'b, '_> {
    fn chunk(&mut self, at: usize) {
        let Some(chunk) = self.shaped.chunks.get(at) else { return };
        let text = self.shaped.text_range(at);
        match chunk.kind {
            ChunkKind::Word => {
                if self.glued {
                    self.now.next = text.start;
                    self.close(BreakKind::Free);
                }
                self.word(at, text.clone());
                match chunk.after {
                    Opportunity::None => {}
                    Opportunity::Allowed => self.end_at(text.end, BreakKind::Free),
                    Opportunity::Hyphen => self.end_at(text.end, BreakKind::Hyphen),
                    Opportunity::Poor => self.end_at(text.end, BreakKind::Poor),
                }
            }
            // A space that a text starts with, or that no line may end at, is as good as ink.
            ChunkKind::Space if !self.started || self.binds(at, text.end) => {
                self.now.width += chunk.width;
                self.now.hard += if self.started { chunk.width } else { 0.0 };
                self.now.end = text.end;
                self.started = true;
            }
            ChunkKind::HardSpace => {
                self.now.width += chunk.width + self.now.glue;
                self.now.hard += chunk.width + self.now.elastic;
                (self.now.glue, self.now.elastic, self.glued) = (0.0, 0.0, false);
                self.now.end = text.end;
                self.started = true;
            }
            ChunkKind::Space => {
                self.now.glue += chunk.width;
                self.now.elastic += chunk.width;
                self.glued = true;
            }
            ChunkKind::RigidSpace => {
                self.now.glue += chunk.width;
                self.glued = true;
                self.started = true;
            }
            ChunkKind::LineEnd => {
                self.now.next = text.end;
                self.close(BreakKind::Forced);
            }
        }
    }

    /// Whether the space at a chunk, which ends at a place of the text, holds the words beside it together: after a word of one
    /// letter where the language has it so, and before a dash.
    fn binds(&self, space: usize, end: u32) -> bool {
        let Some(before) = space.checked_sub(1) else { return false };
        if self.glued {
            return false;
        }
        // What dashes begin with in UTF-8 is asked first, since this is asked at each space.
        let next = self.shaped.rich().text().as_bytes().get(end as usize);
        if next == Some(&0xE2)
            && self.shaped.text_of(space + 1).starts_with(['—', '–'])
            && self.shaped.chunks.get(space + 1).is_some_and(|chunk| chunk.kind == ChunkKind::Word)
        {
            return true;
        }
        if !self.binds_letters {
            return false;
        }
        let word = self.shaped.text_of(before).trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        let alone = before
            .checked_sub(1)
            .is_none_or(|at| self.shaped.chunks.get(at).is_some_and(|chunk| chunk.kind != ChunkKind::Word));
        let style = self.shaped.run_of(space).and_then(|run| self.shaped.style_of(run));
        single && alone && style.is_some_and(|style| binds_single_letters(style.language.primary()))
    }

    /// Adds a word, divided as it may be.
    fn word(&mut self, at: usize, text: Range<u32>) {
        let (Some(chunk), Some(run)) = (self.shaped.chunks.get(at), self.shaped.run_of(at)) else { return };
        let glyphs = self.shaped.glyphs_of(at);
        let word = self.shaped.text_of(at);
        let hangs = |glyph: Option<&ShapedGlyph>, edge: Edge| {
            glyph.map_or(0.0, |glyph| edge.hang_of(glyph, word) * run.size.0 / 1000.0)
        };
        if self.hang && !self.started {
            self.now.left = hangs(glyphs.first(), Edge::Left);
        }
        self.started = true;
        let right_to_left = run.level % 2 == 1;
        let points = if right_to_left { SmallVec::new() } else { self.points(at) };
        let too_wide = match self.division {
            Division::Anywhere(width) => chunk.width * longest_part(&points, text.end - text.start) > width,
            Division::None | Division::Hyphens => false,
        };
        let mut done = Part::default();
        if too_wide {
            done = self.divide_anywhere(at, right_to_left);
        } else {
            for point in points {
                done = self.divide_at(at, point, done);
            }
        }
        self.now.width += chunk.width - done.width;
        self.now.letters += letters(glyphs) - done.letters;
        self.now.end = text.end;
        if self.hang {
            self.now.right = hangs(glyphs.last(), Edge::Right);
        }
    }

    fn style(&self, at: usize) -> Option<&'b TextStyle> {
        self.shaped.run_of(at).and_then(|run| self.shaped.style_of(run))
    }

    /// Whether hyphens may come into a word: it is whole, no part of a compound that has a hyphen already, no address, no code.
    fn may_be_hyphenated(&self, at: usize) -> bool {
        let whole = |at: Option<usize>| {
            at.and_then(|at| self.shaped.chunks.get(at))
                .is_none_or(|chunk| chunk.kind != ChunkKind::Word || matches!(chunk.after, Opportunity::Allowed))
        };
        let letter = |text: &str, last: bool| {
            let character = if last { text.chars().next_back() } else { text.chars().next() };
            character.is_some_and(char::is_alphanumeric)
        };
        let before = at.checked_sub(1);
        let next = self.shaped.chunks.get(at + 1).filter(|chunk| chunk.kind == ChunkKind::Word);
        let this = self.shaped.chunks.get(at).map(|chunk| chunk.after);
        let joined_behind = next.is_some()
            && this == Some(Opportunity::None)
            && letter(self.shaped.text_of(at + 1), false)
            && letter(self.shaped.text_of(at), true);
        let joined_before = !whole(before)
            && (before.is_some_and(|before| letter(self.shaped.text_of(before), true))
                || before
                    .and_then(|at| self.shaped.chunks.get(at))
                    .is_some_and(|chunk| matches!(chunk.after, Opportunity::Hyphen | Opportunity::Poor)));
        let family = self.style(at).map(|style| style.family);
        !joined_behind
            && !joined_before
            && !matches!(this, Some(Opportunity::Hyphen | Opportunity::Poor))
            && family == Some(Family::Text)
            && !is_address(self.shaped.text_of(at))
    }

    /// Where a word is divided: at its soft hyphens, else where it is hyphenated.
    fn points(&mut self, at: usize) -> SmallVec<[u8; 8]> {
        let range = self.shaped.text_range(at);
        let soft = self.shaped.rich().soft_hyphens();
        let text = self.shaped.text_of(at);
        if soft.is_empty() && is_short(text) {
            return SmallVec::new();
        }
        let first = soft.partition_point(|point| *point <= range.start);
        let soft = soft.get(first..).unwrap_or_default().iter().take_while(|point| **point < range.end);
        let mut points: SmallVec<[u8; 8]> = soft.filter_map(|point| u8::try_from(point - range.start).ok()).collect();
        if points.is_empty() {
            if self.division != Division::None
                && self.may_be_hyphenated(at)
                && let Some(style) = self.style(at)
            {
                points = self.shaper.hyphenator.points(&style.language, text).into();
            }
        } else if !text.is_ascii() {
            // What is seen as one letter stays one, wherever a soft hyphen stands.
            points.retain(|point| self.begins_a_letter(range.start + u32::from(*point)));
        }
        points
    }

    /// Ends a fragment at a hyphenation point of a word, of which `done` is already in fragments; what is then.
    fn divide_at(&mut self, at: usize, point: u8, done: Part) -> Part {
        let Some(run) = self.shaped.run_of(at) else { return done };
        let Some(cut) = Cut::find(self.shaped, at, point) else { return done };
        let before = self.shaped.glyphs_of(at).iter().filter(|glyph| glyph.cluster < point);
        let scale = run.size.0 / 1000.0;
        let start = self.shaped.text_range(at).start;
        let part = Part { width: cut.before * scale, letters: letters(before) };
        let alternate = alternate(self.shaper, self.shaped, at, &cut.tail, true);
        let hyphen: f32 = alternate.iter().map(|glyph| glyph.advance).sum();
        let hyphen_advance = alternate.last().map_or(0.0, |glyph| glyph.advance);
        self.now.pre = (hyphen - cut.replaced) * scale;
        if let Some(rest) = &cut.rest {
            let rest = self::alternate(self.shaper, self.shaped, at, rest, false);
            self.now.post = (rest.iter().map(|glyph| glyph.advance).sum::<f32>() - cut.ligature) * scale;
        }
        if self.hang {
            self.now.right = protrusion::right('\u{ad}') * hyphen_advance * scale;
        }
        self.now.width += part.width - done.width;
        self.now.letters += part.letters - done.letters;
        self.now.end = start + u32::from(point);
        self.now.next = self.now.end;
        self.close(BreakKind::Discretionary);
        self.started = true;
        part
    }

    /// Whether what is seen as one letter begins at a place of the text.
    fn begins_a_letter(&self, place: u32) -> bool {
        // Asked of the whole text, since a mark of another script, which begins a chunk of its own, may join two letters to one.
        self.letters.get_or_init(|| graphemes(self.shaped.rich().text())).binary_search(&place).is_ok()
    }

    /// Divides a word at every cluster that begins what is seen as a letter; what has gone into fragments.
    fn divide_anywhere(&mut self, at: usize, right_to_left: bool) -> Part {
        let mut done = Part::default();
        let Some(run) = self.shaped.run_of(at) else { return done };
        let scale = run.size.0 / 1000.0;
        let start = self.shaped.text_range(at).start;
        let glyphs = self.shaped.glyphs_of(at);
        let mut clusters: Vec<(u32, f32)> = Vec::with_capacity(glyphs.len());
        let mut add = |glyph: &ShapedGlyph| match clusters.last_mut() {
            Some((cluster, width)) if *cluster == u32::from(glyph.cluster) => *width += glyph.advance * scale,
            _ => clusters.push((u32::from(glyph.cluster), glyph.advance * scale)),
        };
        if right_to_left {
            glyphs.iter().rev().for_each(&mut add);
        } else {
            glyphs.iter().for_each(&mut add);
        }
        let mut width = 0.0;
        for (cluster, advance) in clusters {
            if width > 0.0 && self.begins_a_letter(start + cluster) {
                self.now.width += width;
                self.now.letters += 1.0;
                self.now.end = start + cluster;
                self.now.next = self.now.end;
                self.now.right = 0.0;
                done.width += width;
                done.letters += 1.0;
                width = 0.0;
                self.close(BreakKind::Emergency);
                self.started = true;
            }
            width += advance;
        }
        done
    }

    fn end_at(&mut self, at: u32, kind: BreakKind) {
        self.now.next = at;
        self.close(kind);
    }

    fn close(&mut self, kind: BreakKind) {
        // A fragment without width would be one more place to break at that is no better than the one before.
        if kind != BreakKind::Forced && self.now.width <= 0.0 && self.now.glue <= 0.0 {
            return;
        }
        self.now.kind = kind;
        self.out.push(self.now);
        self.now = EMPTY;
        self.now.end = self.out.last().map_or(0, |last| last.next);
        self.started = false;
        self.glued = false;
    }
}

/// An edge of a line.
#[derive(Debug, Clone, Copy)]
enum Edge {
    Left,
    Right,
}

impl Edge {
    /// How far a glyph of a word hangs over there, in thousandths of the type size.
    fn hang_of(self, glyph: &ShapedGlyph, word: &str) -> f32 {
        let start = usize::from(glyph.cluster);
        let cluster = word.get(start..start + usize::from(glyph.cluster_len)).unwrap_or_default();
        let part = match self {
            Edge::Left => cluster.chars().next().map_or(0.0, protrusion::left),
            Edge::Right => cluster.chars().next_back().map_or(0.0, protrusion::right),
        };
        part * glyph.advance
    }
}

/// What of a word is in fragments already.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    width: f32,
    letters: f32,
}

/// How many letters some glyphs are: marks are of their letter, a ligature is one.
fn letters<'g>(glyphs: impl IntoIterator<Item = &'g ShapedGlyph>) -> f32 {
    glyphs.into_iter().filter(|glyph| glyph.cluster_len > 0).count() as f32
}

/// The longest part between two points of a word of `len` bytes, as a part of the whole.
fn longest_part(points: &[u8], len: u32) -> f32 {
    let ends = points.iter().map(|point| u32::from(*point)).chain([len]);
    let longest = ends.scan(0, |before, end| Some(end - std::mem::replace(before, end))).max();
    longest.unwrap_or(len) as f32 / len.max(1) as f32
}

/// A place within a chunk where a word is divided. Widths are in thousandths of the type size.
pub(crate) struct Cut {
    /// The width of the glyphs before it, without a ligature that it goes through.
    pub(crate) before: f32,
    /// The text of the last cluster before it, up to it: what the hyphen is kerned with.
    pub(crate) tail: Range<u32>,
    /// The width of that cluster, where it is not a ligature that the cut goes through.
    pub(crate) replaced: f32,
    /// The text of the rest of a ligature that the cut goes through.
    pub(crate) rest: Option<Range<u32>>,
    /// The width of that ligature.
    pub(crate) ligature: f32,
}

impl Cut {
    /// The cut `point` bytes into a chunk that runs from left to right.
    pub(crate) fn find(shaped: &ShapedText, chunk: usize, point: u8) -> Option<Cut> {
        let start = shaped.text_range(chunk).start;
        let mut before = 0.0;
        let mut last: Option<(u8, f32)> = None;
        for glyph in shaped.glyphs_of(chunk) {
            if glyph.cluster >= point {
                break;
            }
            match &mut last {
                Some((cluster, width)) if *cluster == glyph.cluster => *width += glyph.advance,
                _ => last = Some((glyph.cluster, glyph.advance)),
            }
            before += glyph.advance;
        }
        let (cluster, width) = last?;
        let first = shaped.glyphs_of(chunk).iter().find(|glyph| glyph.cluster == cluster)?;
        let end = cluster.saturating_add(first.cluster_len);
        let (from, cut) = (start + u32::from(cluster), start + u32::from(point));
        Some(if end > point {
            let rest = Some(cut..start + u32::from(end));
            Cut { before: before - width, tail: from..cut, replaced: 0.0, rest, ligature: width }
        } else {
            Cut { before, tail: from..cut, replaced: width, rest: None, ligature: 0.0 }
        })
    }
}

/// The glyphs of a piece of a word as they are where it is divided, with a hyphen behind it if asked for.
pub(crate) fn alternate(
    shaper: &mut Shaper,
    shaped: &ShapedText,
    chunk: usize,
    text: &Range<u32>,
    hyphen: bool,
) -> SmallVec<[ShapedGlyph; 4]> {
    let mut piece = shaped.rich().text().get(text.start as usize..text.end as usize).unwrap_or_default().to_owned();
    if hyphen {
        piece.push('-');
    }
    let Some(run) = shaped.run_of(chunk) else { return SmallVec::new() };
    let Some(style) = shaped.style_of(run) else { return SmallVec::new() };
    let Some(key) = shaper.key(run.face, run.script, run.level % 2 == 1, style) else { return SmallVec::new() };
    let word = shaper.words.word(key, &piece);
    let tracking = style.tracking.0;
    let more = |glyph: &ShapedGlyph| if glyph.cluster_len > 0 { tracking * 1000.0 } else { 0.0 };
    shaper
        .words
        .glyphs(&word)
        .iter()
        .map(|glyph| ShapedGlyph { advance: glyph.advance + more(glyph), ..*glyph })
        .collect()
}
