//! The decisions of the search for pages: every way to every page that was ever followed.

use super::search::Decision;

/// How many decisions a block holds. All of a long piece are millions: a list in one place would be copied as it grows, and be
/// there twice.
const BLOCK: usize = 1 << 14;

/// Decisions by number, each with the number of the one before it on its way.
pub(super) struct Decisions {
    blocks: Vec<Vec<(u32, Decision)>>,
}

impl Decisions {
    /// The decision to begin, which has the number 0.
    pub(super) fn new() -> Decisions {
        let mut decisions = Decisions { blocks: Vec::new() };
        decisions.push(0, Decision::Start);
        decisions
    }

    /// Adds one; its number.
    pub(super) fn push(&mut self, before: u32, decision: Decision) -> u32 {
        if self.blocks.last().is_none_or(|block| block.len() == BLOCK) {
            // The first is often the only one, and small.
            self.blocks.push(Vec::with_capacity(if self.blocks.is_empty() { 0 } else { BLOCK }));
        }
        let full = (self.blocks.len() - 1) * BLOCK;
        let Some(block) = self.blocks.last_mut() else { return 0 };
        block.push((before, decision));
        (full + block.len() - 1) as u32
    }

    /// A decision, and the number of the one before it.
    pub(super) fn get(&self, number: u32) -> Option<&(u32, Decision)> {
        self.blocks.get(number as usize / BLOCK)?.get(number as usize % BLOCK)
    }

    /// Forgets all but the first.
    pub(super) fn clear(&mut self) {
        self.blocks.truncate(1);
        if let Some(first) = self.blocks.first_mut() {
            first.truncate(1);
        }
    }
}
