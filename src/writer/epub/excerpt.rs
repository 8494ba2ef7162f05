//! Cuts a block that is too long for one content document.

use super::measure::Measure;
use crate::model::{Block, CodeBlock, Definition, Definitions, List, ListKind, Quote, Stanza, Verse, VerseLine};
use std::borrow::Cow;
use std::ops::Range;

/// A block, or some of its lines, items or blocks. What it holds is copied when it is asked for: a block that has to be cut is
/// a large one.
#[derive(Debug, Clone)]
pub(super) struct Excerpt<'a> {
    of: &'a Block,
    /// Which of them; none: the whole.
    range: Option<Range<usize>>,
}

impl<'a> Excerpt<'a> {
    /// The whole of a block.
    pub(super) fn whole(of: &'a Block) -> Excerpt<'a> {
        Excerpt { of, range: None }
    }

    /// It as a block.
    pub(super) fn block(&self) -> Cow<'a, Block> {
        let Some(range) = self.range.clone() else { return Cow::Borrowed(self.of) };
        Cow::Owned(match self.of {
            Block::Verse(verse) => {
                let mut stanzas: Vec<Stanza> = Vec::new();
                for (opens, line) in lines(verse).skip(range.start).take(range.len()) {
                    match stanzas.last_mut() {
                        Some(stanza) if !opens => stanza.lines.push(line.clone()),
                        _ => stanzas.push(Stanza { lines: vec![line.clone()] }),
                    }
                }
                Block::Verse(Verse { stanzas, span: verse.span })
            }
            Block::List(list) => {
                let kind = match list.kind {
                    ListKind::Bullet => ListKind::Bullet,
                    ListKind::Ordered { start, numbering } => {
                        ListKind::Ordered { start: start.saturating_add(range.start as u32), numbering }
                    }
                };
                Block::List(List { kind, items: cut(&list.items, range), span: list.span })
            }
            Block::Code(code) => Block::Code(
                CodeBlock { language: code.language.clone(), lines: cut(&code.lines, range), span: code.span }.into(),
            ),
            Block::Quote(quote) => {
                Block::Quote(Quote { kind: quote.kind, blocks: cut(&quote.blocks, range), span: quote.span })
            }
            Block::Definitions(list) => {
                Block::Definitions(Definitions { entries: cut(&list.entries, range), span: list.span })
            }
            Block::Paragraph(_)
            | Block::Speech(_)
            | Block::Table(_)
            | Block::Figure(_)
            | Block::Math(_)
            | Block::SceneBreak(_) => return Cow::Borrowed(self.of),
        })
    }
}

fn cut<T: Clone>(list: &[T], range: Range<usize>) -> Vec<T> {
    list.get(range).unwrap_or_default().to_vec()
}

/// The lines of a poem, each with whether it opens a stanza.
fn lines(verse: &Verse) -> impl Iterator<Item = (bool, &VerseLine)> {
    verse.stanzas.iter().flat_map(|stanza| stanza.lines.iter().enumerate().map(|(at, line)| (at == 0, line)))
}

/// The parts of a block, each of at most `limit` bytes where its lines, items or blocks allow it. Together they hold the
/// leaves of the block in their order. Paragraphs, tables, speeches and figures stay whole.
pub(super) fn parts(block: &Block, limit: usize) -> Vec<Excerpt<'_>> {
    let ranges = match block {
        Block::Verse(verse) => {
            let size =
                |(_, line): (bool, &VerseLine)| line.content.len() * 40 + crate::model::plain_text(&line.content).len();
            groups(lines(verse).map(size), limit)
        }
        Block::List(list) => groups(list.items.iter().map(|item| Measure::of(&item.blocks).size), limit),
        Block::Code(code) => groups(code.lines.iter().map(|line| line.len() + 1), limit),
        Block::Quote(quote) => {
            groups(quote.blocks.iter().map(|block| Measure::of(std::slice::from_ref(block)).size), limit)
        }
        Block::Definitions(list) => {
            let size = |entry: &Definition| {
                let terms: usize = entry.terms.iter().map(|term| crate::model::plain_text(term).len() + 40).sum();
                let meanings: usize = entry.meanings.iter().map(|meaning| Measure::of(&meaning.blocks).size).sum();
                terms + meanings
            };
            groups(list.entries.iter().map(size), limit)
        }
        Block::Paragraph(_)
        | Block::Speech(_)
        | Block::Table(_)
        | Block::Figure(_)
        | Block::Math(_)
        | Block::SceneBreak(_) => return vec![Excerpt::whole(block)],
    };
    ranges.into_iter().map(|range| Excerpt { of: block, range: Some(range) }).collect()
}

/// Consecutive groups of things of these sizes, each as large as `limit` allows and never empty.
fn groups(sizes: impl Iterator<Item = usize>, limit: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut filled = 0;
    for (at, size) in sizes.enumerate() {
        match groups.last_mut() {
            Some(group) if filled + size <= limit => {
                group.end = at + 1;
                filled += size;
            }
            _ => {
                groups.push(at..at + 1);
                filled = size;
            }
        }
    }
    groups
}
