//! Text → glyphs: runs split by face, script, direction and language, words shaped once and remembered.

mod opportunity;
mod split;
mod words;

use super::hyphenate::Hyphenator;
use super::text::{RichText, StyleId, TextStyle};
use crate::font::{FaceId, Library};
use crate::geom::Pt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use opportunity::{Opportunity, binds_single_letters, is_address};
use words::{Pool, Words};

/// How long a chunk may be, in bytes: [`Glyph::cluster_len`](crate::paged::Glyph::cluster_len) is a byte, and shaping has
/// steps (the ordering of combining marks) that take the square of a word's length.
const LONGEST_CHUNK: usize = 240;

/// A text with its glyphs.
#[derive(Debug, Clone)]
pub struct ShapedText {
    pub(crate) rich: Arc<RichText>,
    pub(crate) runs: Vec<ShapedRun>,
    /// The pieces of the text in logical order, with a last one that is empty and stands at the end.
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) glyphs: Vec<ShapedGlyph>,
    /// The embedding level of the paragraph: odd from right to left (UAX #9).
    pub(crate) level: u8,
}

/// Text of one face, style, script and direction.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ShapedRun {
    pub(crate) face: FaceId,
    /// The index of its run in the [`RichText`].
    pub(crate) text_run: u32,
    pub(crate) size: Pt,
    pub(crate) level: u8,
    pub(crate) script: [u8; 4],
}

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChunkKind {
    /// Letters, or whatever else has ink.
    Word,
    /// A space that may grow and shrink and ends a line where it can.
    Space,
    /// A space that may grow and shrink and never ends a line.
    HardSpace,
    /// A space that keeps its width and ends a line where it can.
    RigidSpace,
    /// A line end that must stay.
    LineEnd,
}

/// A piece of the text that is shaped at once: no line ends within it but where it is hyphenated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chunk {
    /// Where its text starts; it ends where the next starts.
    pub(crate) text: u32,
    /// Where its glyphs start; they end where those of the next start.
    pub(crate) glyphs: u32,
    /// The index of its run.
    pub(crate) run: u32,
    /// Its natural width in points.
    pub(crate) width: f32,
    pub(crate) kind: ChunkKind,
    /// Whether a line may end behind it.
    pub(crate) after: Opportunity,
}

/// A glyph; lengths are in thousandths of the type size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ShapedGlyph {
    pub(crate) id: u16,
    /// Where its cluster starts in its chunk, in bytes.
    pub(crate) cluster: u8,
    /// How many bytes its cluster has: 0 for further glyphs of the same cluster.
    pub(crate) cluster_len: u8,
    pub(crate) advance: f32,
    pub(crate) dx: i16,
    pub(crate) dy: i16,
}

impl ShapedText {
    /// The text it was made from.
    pub fn rich(&self) -> &RichText {
        &self.rich
    }

    /// Whether the paragraph runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.level % 2 == 1
    }

    /// The width it has in one line.
    pub fn natural_width(&self) -> Pt {
        Pt(self.chunks.iter().map(|chunk| f64::from(chunk.width)).sum::<f64>() as f32)
    }

    pub(crate) fn glyphs_of(&self, chunk: usize) -> &[ShapedGlyph] {
        match (self.chunks.get(chunk), self.chunks.get(chunk + 1)) {
            (Some(this), Some(next)) => self.glyphs.get(this.glyphs as usize..next.glyphs as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    pub(crate) fn text_range(&self, chunk: usize) -> Range<u32> {
        match (self.chunks.get(chunk), self.chunks.get(chunk + 1)) {
            (Some(this), Some(next)) => this.text..next.text,
            _ => 0..0,
        }
    }

    pub(crate) fn text_of(&self, chunk: usize) -> &str {
        let range = self.text_range(chunk);
        self.rich.text().get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    pub(crate) fn run_of(&self, chunk: usize) -> Option<&ShapedRun> {
        self.runs.get(self.chunks.get(chunk)?.run as usize)
    }

    pub(crate) fn style_of(&self, run: &ShapedRun) -> Option<&TextStyle> {
        self.rich.style(self.style_id(run)?)
    }

    fn style_id(&self, run: &ShapedRun) -> Option<StyleId> {
        self.rich.run(run.text_run as usize).map(|run| run.properties.style)
    }

    /// How many chunks there are, without the one that stands at the end.
    pub(crate) fn chunk_count(&self) -> usize {
        self.chunks.len().saturating_sub(1)
    }
}

/// Shapes text, and remembers the words it has shaped. Each thread has its own ([`Shapers`]): what comes out is the same.
pub struct Shaper<'a> {
    pub(crate) library: &'a Library,
    pub(crate) words: Words<'a>,
    pub(crate) hyphenator: Hyphenator<'a>,
}

impl<'a> Shaper<'a> {
    /// A shaper for the faces of `library`, which hyphenates by pattern.
    pub fn new(library: &'a Library) -> Shaper<'a> {
        Shaper::with_exceptions(library, &[])
    }

    /// A shaper that hyphenates these words where they say: `ta-ble`, or `record` for never.
    pub fn with_exceptions(library: &'a Library, exceptions: &'a [String]) -> Shaper<'a> {
        Shaper { library, words: Words::with_pool(None), hyphenator: Hyphenator::new(exceptions) }
    }

    /// Shapes a text. A character that no face of the library has gets the glyph of U+FFFD.
    pub fn shape(&mut self, text: impl Into<Arc<RichText>>) -> ShapedText {
        split::shape(self, text.into())
    }
}

/// Shapers for any number of threads: each takes one, uses it and gives it back with all that it remembers.
pub struct Shapers<'a> {
    library: &'a Library,
    exceptions: &'a [String],
    idle: Mutex<Vec<Shaper<'a>>>,
    /// None where there is one thread, which remembers all by itself.
    pool: Option<Arc<Mutex<Pool>>>,
}

impl<'a> Shapers<'a> {
    /// Shapers as [`Shaper::with_exceptions`] makes them.
    pub fn new(library: &'a Library, exceptions: &'a [String]) -> Shapers<'a> {
        let pool = (rayon::current_num_threads() > 1).then(Arc::default);
        Shapers { library, exceptions, idle: Mutex::default(), pool }
    }

    /// Runs `work` with a shaper that no other thread has.
    pub fn with<T>(&self, work: impl FnOnce(&mut Shaper<'a>) -> T) -> T {
        // A thread that panicked left its shaper out of the list, so the list is whole.
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut shaper = idle.unwrap_or_else(|| Shaper {
            words: Words::with_pool(self.pool.clone()),
            ..Shaper::with_exceptions(self.library, self.exceptions)
        });
        let result = work(&mut shaper);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(shaper);
        result
    }
}
