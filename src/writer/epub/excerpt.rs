//! Cuts a block that is too long for one content document.

use super::measure::Measure;
use crate::model::{Block, CodeBlock, Definition, Definitions, List, ListKind, Quote, Stanza, Verse};

/// The parts of a block, each of at most `limit` bytes where its lines, items or blocks allow it. Together they hold the
/// leaves of the block in their order. Paragraphs, tables, speeches and figures stay whole.
pub(super) fn parts(block: &Block, limit: usize) -> Vec<Block> {
    match block {
        Block::Verse(verse) => {
            let lines = verse
                .stanzas
                .iter()
                .flat_map(|stanza| stanza.lines.iter().enumerate().map(|(at, line)| (at == 0, line)));
            let groups = groups(lines, limit, |(_, line)| {
                line.content.len() * 40 + crate::model::plain_text(&line.content).len()
            });
            let verse_of = |lines: Vec<(bool, &crate::model::VerseLine)>| {
                let mut stanzas: Vec<Stanza> = Vec::new();
                for (opens, line) in lines {
                    match stanzas.last_mut() {
                        Some(stanza) if !opens => stanza.lines.push(line.clone()),
                        _ => stanzas.push(Stanza { lines: vec![line.clone()] }),
                    }
                }
                Block::Verse(Verse { stanzas, span: verse.span })
            };
            groups.into_iter().map(verse_of).collect()
        }
        Block::List(list) => {
            let mut first = 0u32;
            let groups = groups(list.items.iter(), limit, |item| Measure::of(&item.blocks).size);
            let list_of = |items: Vec<&crate::model::ListItem>| {
                let kind = match list.kind {
                    ListKind::Bullet => ListKind::Bullet,
                    ListKind::Ordered { start, numbering } => {
                        ListKind::Ordered { start: start.saturating_add(first), numbering }
                    }
                };
                first = first.saturating_add(items.len() as u32);
                Block::List(List { kind, items: items.into_iter().cloned().collect(), span: list.span })
            };
            groups.into_iter().map(list_of).collect()
        }
        Block::Code(code) => groups(code.lines.iter(), limit, |line| line.len() + 1)
            .into_iter()
            .map(|lines| {
                let lines = lines.into_iter().cloned().collect();
                Block::Code(CodeBlock { language: code.language.clone(), lines, span: code.span })
            })
            .collect(),
        Block::Quote(quote) => {
            groups(quote.blocks.iter(), limit, |block| Measure::of(std::slice::from_ref(*block)).size)
                .into_iter()
                .map(|blocks| {
                    Block::Quote(Quote {
                        kind: quote.kind,
                        blocks: blocks.into_iter().cloned().collect(),
                        span: quote.span,
                    })
                })
                .collect()
        }
        Block::Definitions(list) => {
            let size = |entry: &&Definition| {
                let terms: usize = entry.terms.iter().map(|term| crate::model::plain_text(term).len() + 40).sum();
                let meanings: usize = entry.meanings.iter().map(|meaning| Measure::of(&meaning.blocks).size).sum();
                terms + meanings
            };
            groups(list.entries.iter(), limit, size)
                .into_iter()
                .map(|entries| {
                    Block::Definitions(Definitions { entries: entries.into_iter().cloned().collect(), span: list.span })
                })
                .collect()
        }
        Block::Paragraph(_)
        | Block::Speech(_)
        | Block::Table(_)
        | Block::Figure(_)
        | Block::Math(_)
        | Block::SceneBreak(_) => vec![block.clone()],
    }
}

/// Consecutive groups, each as large as `limit` allows and never empty.
fn groups<T>(list: impl Iterator<Item = T>, limit: usize, size: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut filled = 0;
    for one in list {
        let size = size(&one);
        match groups.last_mut() {
            Some(group) if filled + size <= limit => {
                group.push(one);
                filled += size;
            }
            _ => {
                groups.push(vec![one]);
                filled = size;
            }
        }
    }
    groups
}
