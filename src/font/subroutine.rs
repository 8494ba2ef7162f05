//! Which subroutines the glyphs of a CFF face call (Adobe Technical Note 5177, Type 2 charstrings).

use skrifa::raw::ps::cff::index::Index;
use std::collections::BTreeSet;

/// Subroutines call one another no deeper (5177, appendix B).
const DEEPEST: usize = 10;

/// The subroutines that have been called so far, and the state of the glyph that calls them.
pub(super) struct Calls<'a> {
    locals: Index<'a>,
    globals: Index<'a>,
    pub(super) locals_called: BTreeSet<usize>,
    pub(super) globals_called: BTreeSet<usize>,
    stack: Vec<i32>,
    stems: usize,
}

impl<'a> Calls<'a> {
    pub(super) fn new(locals: Index<'a>, globals: Index<'a>) -> Calls<'a> {
        Calls {
            locals,
            globals,
            locals_called: BTreeSet::new(),
            globals_called: BTreeSet::new(),
            stack: Vec::new(),
            stems: 0,
        }
    }

    /// Takes in the calls of one glyph. None where it breaks a rule: then nothing can be said.
    pub(super) fn glyph(&mut self, charstring: &[u8]) -> Option<()> {
        self.stack.clear();
        self.stems = 0;
        self.run(charstring, 0)
    }

    fn run(&mut self, mut code: &[u8], depth: usize) -> Option<()> {
        while let Some((&first, rest)) = code.split_first() {
            code = rest;
            let mut take = |count: usize| {
                let (taken, rest) = code.split_at_checked(count)?;
                code = rest;
                Some(taken)
            };
            match first {
                28 => {
                    let number = i16::from_be_bytes(take(2)?.try_into().ok()?);
                    self.stack.push(number.into());
                }
                32..=246 => self.stack.push(i32::from(first) - 139),
                247..=250 => {
                    let [low] = take(1)?.try_into().ok()?;
                    self.stack.push((i32::from(first) - 247) * 256 + i32::from(low) + 108);
                }
                251..=254 => {
                    let [low] = take(1)?.try_into().ok()?;
                    self.stack.push((251 - i32::from(first)) * 256 - i32::from(low) - 108);
                }
                // A fraction: never the number of a subroutine, but an operand all the same.
                255 => self.stack.push(i32::from_be_bytes(take(4)?.try_into().ok()?) >> 16),
                10 | 29 => {
                    let is_local = first == 10;
                    let index = if is_local { &self.locals } else { &self.globals };
                    let number = usize::try_from(self.stack.pop()? + index.subr_bias()).ok()?;
                    let called = index.get(number)?;
                    if depth == DEEPEST {
                        return None;
                    }
                    if is_local { &mut self.locals_called } else { &mut self.globals_called }.insert(number);
                    self.run(called, depth + 1)?;
                }
                // hstem, vstem, hstemhm, vstemhm
                1 | 3 | 18 | 23 => self.hints(),
                // hintmask, cntrmask: stems may stand before them without an operator; a bit for each stem follows.
                19 | 20 => {
                    self.hints();
                    let bytes = self.stems.div_ceil(8);
                    let (_, rest) = code.split_at_checked(bytes)?;
                    code = rest;
                }
                11 | 14 => return Some(()),
                12 => {
                    take(1)?;
                    self.stack.clear();
                }
                _ => self.stack.clear(),
            }
        }
        Some(())
    }

    fn hints(&mut self) {
        self.stems += self.stack.len() / 2;
        self.stack.clear();
    }
}
