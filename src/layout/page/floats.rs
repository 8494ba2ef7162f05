//! Pictures that would leave a hole: they wait until text has filled the page.

use super::search::{Break, Piece, Plan, Room, search};
use crate::layout::flow::{Body, Item, PARTED};

/// A picture waits for no more pieces of text than this: farther off it would be looked for in vain.
const FARTHEST: usize = 8;
/// How many pieces of the next page may be what did not fit: a picture, or the end of a paragraph that was sent ahead of it.
const HEAD: usize = 3;
/// How many plans are tried for the pictures of one stream, so that time stays bounded.
const TRIES: usize = 64;

/// The items in the order in which they fill the pages, and the plan for it: a picture before which a page would end early
/// comes after the text that follows it, within its section. `pieces` are put into that order.
pub(crate) fn float(items: &[Item], pieces: &mut [Piece], room: &Room, plan: Plan) -> (Vec<usize>, Plan) {
    let mut floats = Floats { items, order: (0..pieces.len()).collect(), pieces, room, plan, tries: TRIES };
    let mut seen = 0;
    while let Some((number, start)) = floats.hole(seen) {
        seen = number + 1;
        floats.fill(start);
    }
    (floats.order, floats.plan)
}

struct Floats<'a> {
    items: &'a [Item],
    order: Vec<usize>,
    pieces: &'a mut [Piece],
    room: &'a Room,
    plan: Plan,
    tries: usize,
}

impl Floats<'_> {
    fn item(&self, place: usize) -> Option<&Item> {
        self.items.get(*self.order.get(place)?)
    }

    fn is_picture(&self, place: usize) -> bool {
        self.item(place).is_some_and(|item| matches!(item.body, Body::Picture(_)))
    }

    /// The next page, from a number on, that is not as it should be for a picture at the head of the next, with the place of
    /// that picture.
    fn hole(&self, from: usize) -> Option<(usize, usize)> {
        let ends = self.plan.breaks.iter().enumerate().skip(from).filter(|(_, end)| end.fault.is_some());
        let head = |end: &Break| (end.piece as usize..).take(HEAD).find(|place| self.is_picture(*place));
        ends.filter_map(|(number, end)| Some((number, head(end)?))).next()
    }

    /// Lets the picture at a place wait for as little text as fills its page.
    fn fill(&mut self, start: usize) {
        // With its caption.
        let is_bound = |place: usize| self.item(place).is_some_and(|item| item.parting >= PARTED);
        let len = (start..).take_while(|place| is_bound(*place)).count() + 1;
        for by in 1..=FARTHEST {
            let passed = start + len + by - 1;
            let may_pass = self.item(passed).is_some_and(|item| {
                matches!(item.body, Body::Text(_)) && item.anchors.is_empty() && item.parting < PARTED
            });
            if !may_pass || self.tries == 0 {
                self.turn(start, len, by - 1, false);
                return;
            }
            self.turn(start + by - 1, len, 1, true);
            self.tries -= 1;
            let other = search(self.pieces, self.room);
            if faults(&other) < faults(&self.plan) {
                self.plan = other;
                return;
            }
        }
        self.turn(start, len, FARTHEST, false);
    }

    /// Moves a picture of `len` items behind the `by` items after it, or back.
    fn turn(&mut self, start: usize, len: usize, by: usize, behind: bool) {
        let range = start..start + len + by;
        let steps = if behind { len } else { by };
        if let (Some(order), Some(pieces)) = (self.order.get_mut(range.clone()), self.pieces.get_mut(range)) {
            order.rotate_left(steps);
            pieces.rotate_left(steps);
        }
    }
}

fn faults(plan: &Plan) -> usize {
    plan.breaks.iter().filter(|end| end.fault.is_some()).count()
}
