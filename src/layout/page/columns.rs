//! Pages of columns: what stands over all of them, and columns that end together on the last page.

use super::floats::float;
use super::search::{Piece, Plan, Room, Setting, search};
use crate::layout::flow::Stream;

/// Finds the pages of a stream, with the order in which its items fill them, and notes in `room` what stands over the
/// columns of the first. `pieces` are put into that order.
pub(crate) fn plan(stream: &Stream, pieces: &mut [Piece], columns: u8, room: &mut Room) -> (Vec<usize>, Plan) {
    if columns < 2 {
        let plan = search(pieces, room);
        return float(&stream.items, pieces, room, plan);
    }
    let head = take_head(stream, pieces);
    room.opening = (lines_of_head(stream, &head), u16::from(columns));
    let plan = balance(search(pieces, room), pieces, room);
    for (slot, piece) in pieces.iter_mut().zip(head) {
        *slot = piece;
    }
    ((0..pieces.len()).collect(), plan)
}

/// Takes out what stands over all columns: what is left in its place takes no lines.
fn take_head(stream: &Stream, pieces: &mut [Piece]) -> Vec<Piece> {
    let wide = stream.items.iter().take_while(|item| item.wide);
    let nothing = || Piece { settings: vec![Setting::default()], ..Piece::default() };
    wide.zip(pieces).map(|(_, piece)| std::mem::replace(piece, nothing())).collect()
}

/// The lines of what stands over all columns, with the space under it.
fn lines_of_head(stream: &Stream, head: &[Piece]) -> u16 {
    if head.is_empty() {
        return 0;
    }
    let lines = |piece: &Piece| piece.settings.first().map_or(0, |setting| setting.lines) as u16;
    let own: u16 = head.iter().map(lines).sum();
    let spaces = stream.items.iter().take(head.len() + 1).skip(1).map(|item| item.before).sum::<u16>();
    own + spaces
}

/// The plan with the columns of its last page as even as they can be: the lowest in which the text still fits.
fn balance(plan: Plan, pieces: &[Piece], room: &Room) -> Plan {
    let columns = room.opening.1;
    let frames = |plan: &Plan| plan.breaks.len() as u16 + 1;
    let first = (frames(&plan) - 1) / columns * columns;
    let faults = |plan: &Plan| plan.breaks.iter().filter(|end| end.fault.is_some()).count();
    let mut best = plan;
    let (mut low, mut high) = (1, room.lines);
    while low < high {
        let lines = (low + high) / 2;
        let other = search(pieces, &Room { closing: Some((first, lines)), ..*room });
        if frames(&other) <= first + columns && faults(&other) <= faults(&best) {
            best = other;
            high = lines;
        } else {
            low = lines + 1;
        }
    }
    best
}
