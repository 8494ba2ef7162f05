//! Texts as they were read, and places in them.

use crate::bytes;
use memchr::memchr_iter;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::OnceLock;

/// The number of a source among those that made one document, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SourceId(pub u32);

/// A range of bytes in the decoded text of one source: `start..end`, on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Span {
    /// Which source.
    #[serde(default)]
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        // Sources are limited to less than 4 GiB where they are read.
        Span { source, start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both; `self` where `other` is of another source.
    pub fn to(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span as a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a source as people count: both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// One decoded text with the name it is known by.
#[derive(Debug, Clone)]
pub struct Source {
    id: SourceId,
    name: String,
    text: String,
    line_starts: Vec<u32>,
    /// How many characters begin before each [`STRETCH`] of bytes; found when a column of a longer line is first asked for.
    stretches: OnceLock<Vec<u32>>,
}

/// The bytes between two counts of characters: a line may be the whole text, and each of its words something to tell.
const STRETCH: usize = 1 << 12;

impl Source {
    /// A source from decoded text; `name` is what messages call it, usually its path.
    pub fn new(id: SourceId, name: impl Into<String>, text: String) -> Source {
        let line_ends = memchr_iter(b'\n', text.as_bytes());
        let mut line_starts = Vec::with_capacity(line_ends.clone().count() + 1);
        line_starts.push(0);
        line_starts.extend(line_ends.map(|at| at as u32 + 1));
        Source { id, name: name.into(), text, line_starts, stretches: OnceLock::new() }
    }

    /// Its number.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first line of more than so many bytes, its end not counted.
    pub fn line_longer_than(&self, bytes: usize) -> Option<Span> {
        let ends = self.line_starts.iter().skip(1).map(|start| start - 1).chain([self.text.len() as u32]);
        let lines = self.line_starts.iter().zip(ends);
        let (&start, end) = lines.into_iter().find(|(start, end)| (end.saturating_sub(**start)) as usize > bytes)?;
        Some(Span { source: self.id, start, end })
    }

    /// The bytes of each line without its line feed. What stands behind the last line feed is a line where it is something.
    pub(crate) fn line_ranges(&self) -> impl IndexedParallelIterator<Item = Range<usize>> + '_ {
        let all = self.line_starts.len();
        let is_ended = self.line_starts.last().is_some_and(|start| *start as usize == self.text.len());
        let ends = move |at: usize| self.line_starts.get(at + 1).map_or(self.text.len(), |next| *next as usize - 1);
        let lines = self.line_starts.par_iter().enumerate().take(all - usize::from(is_ended));
        lines.map(move |(at, start)| *start as usize..ends(at))
    }

    /// The text of a span; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The first and the last line of a span, from 1; blank ones at its ends are of it.
    pub fn lines(&self, span: Span) -> (usize, usize) {
        let last = span.end.saturating_sub(1).max(span.start);
        (self.line(span.start), self.line(last))
    }

    /// The line that the byte at `offset` is on, from 1.
    pub fn line(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|&start| start <= offset).max(1)
    }

    /// The whole of the line that the byte at `offset` is on, without its line feed.
    pub fn line_span(&self, offset: u32) -> Span {
        let line = self.line(offset);
        let start = self.line_starts.get(line - 1).map_or(0, |start| *start as usize);
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| *next as usize - 1);
        Span::new(self.id, start, end)
    }

    /// Whether a span leaves no more than white space of its lines out.
    pub(crate) fn is_whole_lines(&self, span: Span) -> bool {
        let lines = self.line_span(span.start).to(self.line_span(span.end.max(span.start + 1) - 1));
        self.slice(lines).trim() == self.slice(span).trim()
    }

    /// Line and column of the byte at `offset`; the end of the text for any offset beyond it.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let column = match self.text.as_bytes().get(start..end) {
            Some(short) if short.len() <= STRETCH => characters(short),
            _ => self.characters_before(end) - self.characters_before(start),
        };
        Position { line, column: column + 1 }
    }

    /// How many characters begin before the byte at `end`.
    fn characters_before(&self, end: usize) -> usize {
        let stretches = self.stretches.get_or_init(|| {
            let sums = self.text.as_bytes().chunks(STRETCH).scan(0, |sum, bytes| {
                *sum += characters(bytes) as u32;
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let before = stretches.get(end / STRETCH).map_or(0, |sum| *sum as usize);
        let rest = self.text.as_bytes().get(end / STRETCH * STRETCH..end).unwrap_or_default();
        before + characters(rest)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes::count(bytes, |byte| byte & 0xC0 != 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source::new(SourceId(0), "a.txt", "ab\ncdé f\n".into());
        let at = |offset| source.position(offset);
        assert_eq!(at(0), Position { line: 1, column: 1 });
        assert_eq!(at(3), Position { line: 2, column: 1 });
        assert_eq!(at(7), Position { line: 2, column: 4 });
        assert_eq!(at(999).line, 3);
        let long = Source::new(SourceId(0), "b.txt", format!("a\n{}", "ß".repeat(3 * STRETCH)));
        let at = |column: u32| long.position(2 + 2 * (column - 1));
        for column in [1, 2, 2047, 2048, 5000, 3 * STRETCH as u32] {
            assert_eq!(at(column), Position { line: 2, column: column as usize });
        }
    }
}
