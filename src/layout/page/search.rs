//! The search for the best pages of one stream of text: a shortest path over all its page breaks at once.
//!
//! After Plass (*Optimal pagination techniques for automatic typesetting systems*, 1981), with what a book designer does
//! by hand: paragraphs may run a line longer or shorter, spaces may open by a line, and facing pages may both run a line
//! long or short. All heights are whole lines of the grid, so a page is exactly full or it is not.

use super::decisions::Decisions;
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

/// Something of the flow that stands between two page breaks or is divided by one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    /// Lines of space over it, dropped at the top of a page.
    pub(crate) before: u16,
    /// How many lines more that space may get.
    pub(crate) flex: u16,
    /// What it costs to begin the next piece on another page than where this one ends.
    pub(crate) parting: u32,
    /// The ways it can be set, the best first: never empty.
    pub(crate) settings: Vec<Setting>,
}

/// One way to set a piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    /// How many lines high it is.
    pub(crate) lines: u32,
    /// What it costs to set it so.
    pub(crate) cost: u32,
    /// Where it may be divided.
    pub(crate) breaks: Breaks,
    /// Lines that stand again at the top of each further page: the head of a table.
    pub(crate) repeat: u16,
    /// The notes that are referred to: the line of the reference and the height of the note in lines of notes, in order.
    pub(crate) notes: Vec<(u32, u16)>,
}

/// Where a piece may be divided.
#[derive(Debug, Clone, Default)]
pub(crate) enum Breaks {
    /// Nowhere, as long as it fits on a page.
    #[default]
    Never,
    /// Between lines, at least two of which stay together at either end; holds the lines that end in a divided word.
    Prose(Vec<u32>),
    /// After these numbers of lines, at a cost.
    After(Vec<(u32, u32)>),
}

/// The pages that the pieces are to fill.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// The lines of a page or column.
    pub(crate) lines: u16,
    /// How many fewer the first pages or columns have, and how many of them: what stands over them.
    pub(crate) opening: (u16, u16),
    /// From which page or column on they have how many: the last columns, which end together.
    pub(crate) closing: Option<(u16, u16)>,
    /// How the pages face each other.
    pub(crate) facing: Facing,
    /// The leading of notes in lines of the grid.
    pub(crate) note_line: f32,
    /// The space and rule over the notes, in lines of the grid.
    pub(crate) note_gap: f32,
}

/// How pages (or columns) face each other, and which of them the first is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facing {
    /// Each stands for itself.
    Single,
    /// The first is the left one of a pair.
    StartsLeft,
    /// The first is the right one of a pair whose left is nothing of ours.
    StartsRight,
}

/// The best pages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// The number of the setting of each piece.
    pub(crate) settings: Vec<u8>,
    /// The lines added to the space over each piece.
    pub(crate) added: Vec<u8>,
    /// Where pages end, the last page aside: before which line of which piece.
    pub(crate) breaks: Vec<Break>,
}

/// The end of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Break {
    /// The piece that the next page begins with.
    pub(crate) piece: u32,
    /// Its first line on the next page.
    pub(crate) line: u32,
    /// How many lines of notes stand on the page that ends here.
    pub(crate) notes: u16,
    /// What could not be avoided.
    pub(crate) fault: Option<Fault>,
}

/// What a page should not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is short by that many lines.
    Short(u16),
    /// It ends at another height than the page it faces.
    Uneven,
    /// A single line of a paragraph stands at its end or at the start of the next.
    Stray,
    /// Things that belong together are parted.
    Parted,
}

/// A page one line long or short, together with its pair.
const ONE_OFF: u32 = 120;
/// For each line more, squared.
const SHORT: u32 = 400;
/// Pages that face each other and end at different heights.
const UNEVEN: u32 = 4_000;
/// A widow or orphan.
const STRAY: u32 = 12_000;
/// A heading without text, a figure cut.
const PARTED: u32 = 60_000;
/// Items that cost as much to part belong together: it is told where they are.
const TOGETHER: u32 = 10_000;
/// A divided word at the foot of a page.
const HYPHEN: u32 = 90;
/// A line of space more than usual.
const ADDED: u32 = 110;
/// A note that goes on overleaf.
const CARRIED: u32 = 400;
/// Each line that the last page of a stream has fewer than [`LEAST`].
const STUB: u32 = 900;
/// The lines that the last page of a stream should have.
const LEAST: u32 = 5;
/// States dearer than the cheapest by this have no future: any state can reach any other for less.
const HOPELESS: u32 = 12_000;
/// How many lines short a page may be ended where it could be filled.
const LATEST: i32 = 3;
/// How many states are followed at once: a page has fewer than fifty lines and a pair three usual heights.
const BEAM: usize = 96;
/// After so many pieces the best path is taken for good, so that memory stays bounded.
const COMMIT: usize = 4_096;

/// A page in the making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Open {
    /// Lines of text on it.
    used: u16,
    /// Lines of notes that must stand on it.
    notes: u16,
    /// Lines of its last note that may go on overleaf.
    tail: u16,
    /// What it faces.
    side: Side,
    /// How many pages or columns came before, where their number matters.
    number: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Single,
    Left,
    RightAlone,
    /// The right page of a pair: the left one ends so many lines before the usual end (negative: after it).
    Right(i16),
}

#[derive(Debug, Clone, Copy)]
struct State {
    open: Open,
    cost: u32,
    /// The number of the last decision on the way here.
    path: u32,
}

#[derive(Debug, Clone, Copy)]
enum Decision {
    Start,
    Set { piece: u32, setting: u8, added: u8 },
    Break(Break),
}

/// A page as full as a setting makes it.
struct Filled {
    /// The first line that is not on it.
    line: u32,
    open: Open,
    /// Where it may end before that.
    ends: SmallVec<[End; 6]>,
}

/// A place where a page may end.
#[derive(Debug, Clone, Copy)]
struct End {
    line: u32,
    open: Open,
    cost: u32,
    fault: Option<Fault>,
}

struct Search<'a> {
    room: &'a Room,
    decisions: Decisions<Decision>,
    next: Vec<State>,
    seen: FxHashMap<Open, usize>,
}

/// Finds the cheapest pages for `pieces`.
pub(crate) fn search(pieces: &[Piece], room: &Room) -> Plan {
    let side = match room.facing {
        Facing::Single => Side::Single,
        Facing::StartsLeft => Side::Left,
        Facing::StartsRight => Side::RightAlone,
    };
    let open = Open { used: 0, notes: 0, tail: 0, side, number: 0 };
    let mut search =
        Search { room, decisions: Decisions::new(Decision::Start), next: Vec::new(), seen: FxHashMap::default() };
    let mut states = vec![State { open, cost: 0, path: 0 }];
    let mut parting = 0;
    let mut plan = Plan { settings: vec![0; pieces.len()], added: vec![0; pieces.len()], breaks: Vec::new() };
    for (index, piece) in pieces.iter().enumerate() {
        search.next.clear();
        search.seen.clear();
        for state in &states {
            search.place(index as u32, piece, *state, parting);
        }
        states.clear();
        search.prune(&mut states);
        parting = piece.parting;
        if index % COMMIT == COMMIT - 1 {
            states.truncate(1);
            if let Some(state) = states.first_mut() {
                search.commit(state.path, &mut plan);
                search.decisions.clear();
                state.path = 0;
            }
        }
    }
    let last = states.iter().min_by_key(|state| state.cost + search.last_page(state));
    if let Some(state) = last {
        search.commit(state.path, &mut plan);
    }
    plan
}

impl Search<'_> {
    /// Sets a piece in every way it can be set, behind one state.
    fn place(&mut self, index: u32, piece: &Piece, state: State, parting: u32) {
        let mut starts: SmallVec<[(State, bool); 2]> = smallvec![(state, false)];
        if state.open.used > 0 {
            let fault = (parting >= TOGETHER).then_some(Fault::Parted);
            if let Some(after) = self.close(state, index, 0, parting, fault) {
                starts.push((after, true));
            }
        }
        for (state, turned) in starts {
            for (number, setting) in piece.settings.iter().enumerate() {
                let top = turned || state.open.used == 0;
                let flex = if top { 0 } else { piece.flex };
                for added in 0..=flex {
                    let gap = if top { 0 } else { piece.before + added };
                    let mut start = state;
                    start.cost += setting.cost + u32::from(added) * ADDED;
                    if number > 0 || added > 0 {
                        let set = Decision::Set { piece: index, setting: number as u8, added: added as u8 };
                        start.path = self.decide(start.path, set);
                    }
                    self.run(index, setting, start, gap);
                }
            }
        }
    }

    /// Puts the lines of one setting on this page and, in every way that may be, on the pages after it.
    fn run(&mut self, index: u32, setting: &Setting, state: State, gap: u16) {
        // Starts within the piece: a page break lies before each but the first. They come in order of their line.
        let mut starts: SmallVec<[(u32, u16, State); 8]> = smallvec![(0, gap, state)];
        while let Some((first, gap, state)) = starts.pop() {
            let lines = self.lines(&state.open);
            let mut open = state.open;
            open.used = open.used.saturating_add(gap);
            // A line that does not fit even on an empty page stands there all the same.
            let fresh = first > 0 || state.open.used == 0;
            let filled = self.fill(open, setting, first, fresh);
            if filled.line >= setting.lines {
                self.arrive(State { open: filled.open, ..state });
                // Most paragraphs end far from the foot of their page: nothing else is to be had.
                if filled.ends.is_empty() {
                    continue;
                }
            }
            let mut ends = filled.ends;
            if ends.is_empty() && filled.line > first && (state.open.used == 0 || setting.lines > u32::from(lines)) {
                // It does not fit on any page: divided where the page is full. Where a legal place exists, however
                // early, that is taken.
                let line = filled.line;
                let legal = (first + 1..=line).rev().find_map(|at| {
                    break_cost(&setting.breaks, at, setting.lines).map(|(cost, fault)| (at, cost, fault))
                });
                let (at, cost, fault) = legal.unwrap_or((line, PARTED, Some(Fault::Parted)));
                let back = u16::try_from(line - at).unwrap_or(0);
                let open = if back == 0 { filled.open } else { self.without(filled.open, setting, at, line, back) };
                ends.push(End { line: at, open, cost, fault });
            }
            for end in ends.into_iter().rev() {
                if let Some(after) = self.close(State { open: end.open, ..state }, index, end.line, end.cost, end.fault)
                {
                    match starts.iter_mut().find(|(line, _, other)| *line == end.line && other.open == after.open) {
                        Some((_, _, other)) if other.cost <= after.cost => {}
                        Some(slot) => slot.2 = after,
                        None => starts.push((end.line, setting.repeat, after)),
                    }
                }
            }
            // The farthest along last, so that equal ones meet before they are followed.
            starts.sort_by_key(|(line, _, state)| (std::cmp::Reverse(*line), std::cmp::Reverse(state.cost)));
            starts.truncate(64);
        }
    }

    /// Fills a page with the lines of a setting from `first` on, with their notes. The first line is set even where it does
    /// not fit, if the page is `fresh`.
    fn fill(&self, mut open: Open, setting: &Setting, first: u32, fresh: bool) -> Filled {
        let (lines, most) = (self.lines(&open), self.most(&open));
        let mut notes = setting.notes.partition_point(|(line, _)| *line < first);
        let mut line = first;
        let mut ends = SmallVec::new();
        loop {
            // Up to the next note, as many lines as fit.
            let until = setting.notes.get(notes).map_or(setting.lines, |(at, _)| (*at).min(setting.lines));
            let room = most.saturating_sub(open.used.saturating_add(self.height_of_notes(open.notes)));
            let mut count = until.saturating_sub(line).min(u32::from(room));
            if count == 0 && line == first && until > line && fresh {
                count = 1;
            }
            let before = line;
            let short = i32::from(lines) - i32::from(self.filled(&open));
            for more in (short - LATEST).max(1)..=count as i32 {
                let at = before + more as u32;
                if at < setting.lines
                    && let Some((cost, fault)) = break_cost(&setting.breaks, at, setting.lines)
                {
                    let used = open.used.saturating_add(more as u16);
                    ends.push(End { line: at, open: Open { used, ..open }, cost, fault });
                }
            }
            line += count;
            open.used = open.used.saturating_add(count as u16);
            if line >= setting.lines || line < until {
                return Filled { line, open, ends };
            }
            // One line more, with its notes.
            let mut longer = open;
            longer.used = longer.used.saturating_add(1);
            while let Some((_, height)) = setting.notes.get(notes).filter(|(at, _)| *at == line) {
                // A note may go on overleaf after two lines of it.
                longer.notes = longer.notes.saturating_add(longer.tail).saturating_add((*height).min(2));
                longer.tail = height.saturating_sub(2);
                notes += 1;
            }
            let fits = longer.used.saturating_add(self.height_of_notes(longer.notes)) <= most;
            if !(fits || line == first && fresh) {
                return Filled { line, open, ends };
            }
            open = longer;
            line += 1;
            let short = i32::from(lines) - i32::from(self.filled(&open));
            if line < setting.lines
                && short <= LATEST
                && let Some((cost, fault)) = break_cost(&setting.breaks, line, setting.lines)
            {
                ends.push(End { line, open, cost, fault });
            }
        }
    }

    /// The page without its lines from `at` to `line`.
    fn without(&self, mut open: Open, setting: &Setting, at: u32, line: u32, back: u16) -> Open {
        open.used = open.used.saturating_sub(back);
        let gone: u16 = setting
            .notes
            .iter()
            .filter(|(on, _)| (at..line).contains(on))
            .fold(0u16, |sum, (_, height)| sum.saturating_add(*height));
        let left = open.notes.saturating_add(open.tail).saturating_sub(gone);
        Open { notes: left, tail: 0, ..open }
    }

    /// Ends a page before `line` of piece `index`: the state with which the next page begins.
    fn close(&mut self, state: State, index: u32, line: u32, cost: u32, fault: Option<Fault>) -> Option<State> {
        let lines = self.lines(&state.open);
        let open = state.open;
        let room = self.most(&open).saturating_sub(open.used);
        let all = open.notes.saturating_add(open.tail);
        let mut stay = all;
        while stay > open.notes && self.height_of_notes(stay) > room.min(lines.saturating_sub(open.used)) {
            stay -= 1;
        }
        let carried = all - stay;
        let filled = if stay > 0 {
            // Notes stand at the foot, so such a page ends where it should; what is left over parts text and notes.
            lines.max(open.used.saturating_add(self.height_of_notes(stay)))
        } else {
            open.used
        };
        let slack = if stay > 0 { lines.saturating_sub(open.used + self.height_of_notes(stay)) } else { 0 };
        let short = i32::from(lines) - i32::from(filled);
        let off = short.unsigned_abs();
        let mut total = cost + off.saturating_sub(1).pow(2).min(4_000) * SHORT + u32::from(off == 1) * ONE_OFF;
        total += u32::from(slack).pow(2) * 40;
        if off > 1 {
            total += off * SHORT;
        }
        let mut found = fault;
        let side = match open.side {
            Side::Single => Side::Single,
            Side::Left => Side::Right(short.clamp(-1, i32::from(i16::MAX)) as i16),
            Side::RightAlone => Side::Left,
            Side::Right(other) => {
                if i32::from(other) != short {
                    total += UNEVEN + (i32::from(other) - short).unsigned_abs().min(100) * SHORT;
                    found = found.or(Some(Fault::Uneven));
                }
                Side::Left
            }
        };
        if off > 1 {
            found = found.or(Some(Fault::Short(off as u16)));
        }
        if carried > 0 {
            total += CARRIED + u32::from(carried) * 10;
        }
        let end = Break { piece: index, line, notes: stay, fault: found };
        let path = self.decide(state.path, Decision::Break(end));
        let (notes, tail) = (carried.min(2), carried.saturating_sub(2));
        let open = Open { used: 0, notes, tail, side, number: self.next(open.number) };
        Some(State { open, cost: state.cost.saturating_add(total), path })
    }

    /// A state behind the piece: kept where no cheaper one has the same page before it.
    fn arrive(&mut self, state: State) {
        match self.seen.get(&state.open) {
            Some(&at) => {
                if let Some(other) = self.next.get_mut(at)
                    && state.cost < other.cost
                {
                    *other = state;
                }
            }
            None => {
                self.seen.insert(state.open, self.next.len());
                self.next.push(state);
            }
        }
    }

    /// Moves what has a future into `states`, the cheapest first.
    fn prune(&mut self, states: &mut Vec<State>) {
        // Stable, so that equal costs keep the order in which they were found.
        self.next.sort_by_key(|state| state.cost);
        let best = self.next.first().map_or(0, |state| state.cost);
        let limit = best.saturating_add(HOPELESS);
        states.extend(self.next.iter().take_while(|state| state.cost <= limit).take(BEAM));
    }

    fn decide(&mut self, path: u32, decision: Decision) -> u32 {
        self.decisions.push(path, decision)
    }

    /// Writes the decisions on the way to `path` into the plan.
    fn commit(&self, path: u32, plan: &mut Plan) {
        let from = plan.breaks.len();
        let mut at = path;
        while let Some((before, decision)) = self.decisions.get(at) {
            match *decision {
                Decision::Start => break,
                Decision::Set { piece, setting, added } => {
                    if let Some(slot) = plan.settings.get_mut(piece as usize) {
                        *slot = setting;
                    }
                    if let Some(slot) = plan.added.get_mut(piece as usize) {
                        *slot = added;
                    }
                }
                Decision::Break(end) => plan.breaks.push(end),
            }
            at = *before;
        }
        if let Some(new) = plan.breaks.get_mut(from..) {
            new.reverse();
        }
    }

    /// What the last page costs: a stub costs, and so does what runs over.
    fn last_page(&self, state: &State) -> u32 {
        let lines = self.lines(&state.open);
        let filled = u32::from(self.filled(&state.open));
        let over = filled.saturating_sub(u32::from(lines));
        let stub = if state.path == 0 { 0 } else { LEAST.saturating_sub(filled) * STUB };
        stub + over * ONE_OFF
    }

    /// The number of the page after one, as far as it matters: pages that are alike have one number, so that ways that lead
    /// to the same page meet.
    fn next(&self, number: u16) -> u16 {
        let most = self.room.closing.map_or(0, |(from, _)| from).max(self.room.opening.1);
        number.saturating_add(1).min(most)
    }

    /// The usual lines of this page.
    fn lines(&self, open: &Open) -> u16 {
        let lines = match self.room.closing {
            Some((from, lines)) if open.number >= from => lines,
            _ => self.room.lines,
        };
        let taken = if open.number < self.room.opening.1 { self.room.opening.0 } else { 0 };
        lines.min(self.room.lines.saturating_sub(taken)).max(1)
    }

    /// The most lines of this page: pairs may run a line long.
    fn most(&self, open: &Open) -> u16 {
        let lines = self.lines(open);
        match open.side {
            Side::Single => lines,
            Side::RightAlone | Side::Left | Side::Right(_) => lines + 1,
        }
    }

    /// The lines of the grid that so many lines of notes take from a page.
    fn height_of_notes(&self, notes: u16) -> u16 {
        note_height(self.room, notes)
    }

    fn filled(&self, open: &Open) -> u16 {
        open.used.saturating_add(self.height_of_notes(open.notes.saturating_add(open.tail)))
    }
}

/// The lines of the grid that so many lines of notes take from a page, with the space over them.
pub(crate) fn note_height(room: &Room, notes: u16) -> u16 {
    if notes == 0 { 0 } else { (room.note_gap + room.note_line * f32::from(notes) - 0.001).ceil() as u16 }
}

/// What it costs to divide a piece of `lines` lines after `line` of them, where that may be.
fn break_cost(breaks: &Breaks, line: u32, lines: u32) -> Option<(u32, Option<Fault>)> {
    match breaks {
        Breaks::Never => None,
        Breaks::Prose(hyphens) => {
            let stray = line < 2 || lines - line < 2;
            let hyphen = if hyphens.binary_search(&(line - 1)).is_ok() { HYPHEN } else { 0 };
            Some((hyphen + if stray { STRAY } else { 0 }, stray.then_some(Fault::Stray)))
        }
        Breaks::After(list) => {
            let at = list.binary_search_by_key(&line, |(after, _)| *after).ok()?;
            list.get(at).map(|(_, cost)| (*cost, None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(lines: u32) -> Piece {
        let setting = |lines, cost| Setting { lines, cost, breaks: Breaks::Prose(Vec::new()), ..Setting::default() };
        let mut settings = vec![setting(lines, 0)];
        if lines > 5 {
            settings.push(setting(lines + 1, 50));
        }
        Piece { settings, ..Piece::default() }
    }

    fn room(facing: Facing) -> Room {
        Room { lines: 10, opening: (0, 0), closing: None, facing, note_line: 0.8, note_gap: 0.5 }
    }

    fn breaks(plan: &Plan) -> Vec<(u32, u32)> {
        plan.breaks.iter().map(|end| (end.piece, end.line)).collect()
    }

    #[test]
    fn pages_are_filled_and_paragraphs_divided_two_lines_from_their_ends() {
        let plan = search(&[prose(8), prose(6)], &room(Facing::Single));
        assert_eq!(breaks(&plan), [(1, 2)]);
        // 9 + 3 lines: one line of the second would be an orphan; the first runs a line longer instead.
        let plan = search(&[prose(9), prose(3), prose(4)], &room(Facing::Single));
        assert_eq!((breaks(&plan), plan.settings), (vec![(1, 0)], vec![1, 0, 0]));
    }

    #[test]
    fn facing_pages_end_at_the_same_height() {
        let whole = |lines| Piece { settings: vec![Setting { lines, ..Setting::default() }], ..Piece::default() };
        let pieces = [whole(4), whole(5), whole(5), whole(4), whole(5), whole(5), whole(3)];
        let plan = search(&pieces, &room(Facing::StartsLeft));
        assert_eq!(breaks(&plan), [(2, 0), (4, 0), (6, 0)]);
        assert!(plan.breaks.iter().take(2).all(|end| end.fault.is_none()));
    }

    #[test]
    fn a_heading_goes_with_its_text() {
        let heading = Piece {
            before: 1,
            parting: 60_000,
            settings: vec![Setting { lines: 1, ..Setting::default() }],
            ..Piece::default()
        };
        let plan = search(&[prose(8), heading, prose(5)], &room(Facing::Single));
        assert_eq!(breaks(&plan), [(1, 0)]);
    }

    #[test]
    fn a_piece_higher_than_a_page_is_divided() {
        let whole = Piece { settings: vec![Setting { lines: 25, ..Setting::default() }], ..Piece::default() };
        let plan = search(&[whole], &room(Facing::Single));
        assert_eq!(breaks(&plan), [(0, 10), (0, 20)]);
    }

    #[test]
    fn notes_take_their_room_and_long_ones_go_on_overleaf() {
        let mut noted = prose(8);
        noted.settings = vec![Setting { notes: vec![(1, 3)], ..noted.settings.swap_remove(0) }];
        let plan = search(&[noted.clone(), prose(4)], &room(Facing::Single));
        assert_eq!((breaks(&plan), plan.breaks.first().map(|end| end.notes)), (vec![(0, 6)], Some(3)));
        for setting in &mut noted.settings {
            setting.notes = vec![(1, 30)];
        }
        let plan = search(&[noted, prose(4), prose(30)], &room(Facing::Single));
        let notes: Vec<u16> = plan.breaks.iter().map(|end| end.notes).collect();
        assert_eq!(notes.iter().sum::<u16>(), 30, "{:?}", plan.breaks);
    }

    #[test]
    fn long_streams_are_searched_in_parts() {
        let pieces: Vec<Piece> = (0..9_000).map(|number| prose(2 + number % 7)).collect();
        let plan = search(&pieces, &room(Facing::StartsRight));
        let faults = plan.breaks.iter().filter(|end| end.fault.is_some()).count();
        assert!(plan.breaks.is_sorted_by_key(|end| (end.piece, end.line)));
        assert!(faults < 4, "{faults}");
    }
}
