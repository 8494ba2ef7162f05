//! The decisions of the search for pages: every way to every page that was ever followed.

/// How many decisions a block holds. All of a long piece are millions: a list in one place would be copied as it grows, and be
/// there twice.
const BLOCK: usize = 1 << 14;

/// Decisions by number, each with the number of the one before it on its way.
pub(super) struct Decisions<D> {
    blocks: Vec<Vec<(u32, D)>>,
}

impl<D> Decisions<D> {
    /// The decision to begin, which has the number 0.
    pub(super) fn new(start: D) -> Decisions<D> {
        // Often it is nearly the only one.
        Decisions { blocks: vec![vec![(0, start)]] }
    }

    /// Adds one; its number.
    pub(super) fn push(&mut self, before: u32, decision: D) -> u32 {
        if self.blocks.last().is_none_or(|block| block.len() == BLOCK) {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        let full = (self.blocks.len() - 1) * BLOCK;
        let Some(block) = self.blocks.last_mut() else { return 0 };
        block.push((before, decision));
        (full + block.len() - 1) as u32
    }

    /// A decision, and the number of the one before it.
    pub(super) fn get(&self, number: u32) -> Option<&(u32, D)> {
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
