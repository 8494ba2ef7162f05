//! Spaces: narrow ones before high punctuation, and those at which no line may break.

use super::convention::{Convention, NARROW, NO_BREAK};
use super::quotes::is_mark;
use super::stream::{Cell, Stream};

/// Whether any text of the stream wants a space before high punctuation.
pub(super) fn wants_high(stream: &Stream<'_>) -> bool {
    stream.conventions().any(|one| one.high_space.is_some() || one.colon_space.is_some())
}

/// Sets the spaces before `;`, `!`, `?` and `:`.
pub(super) fn set_high(stream: &Stream<'_>, out: &mut Vec<Cell>) {
    for (at, &cell) in stream.cells.iter().enumerate() {
        if cell.is_free() && matches!(cell.c, ';' | '!' | '?' | ':') {
            let convention = stream.convention(cell);
            let space = if cell.c == ':' { convention.colon_space } else { convention.high_space };
            let follows = stream.at(Some(at + 1));
            let within_word = match cell.c {
                ':' => !(follows.is_whitespace() || is_mark(follows) || follows == ')'),
                _ => follows.is_alphanumeric(),
            };
            if let Some(space) = space {
                set_before(cell, space, within_word, out);
            }
        }
        out.push(cell);
    }
}

/// Makes the end of `out` a space that stands before `cell`, or adds one.
fn set_before(cell: Cell, space: char, only_given: bool, out: &mut Vec<Cell>) {
    let word = |c: char| c.is_alphanumeric() || is_mark(c) || matches!(c, ')' | ']' | '…' | '%' | '*' | '°');
    match out.as_slice() {
        [.., before, last] if last.c == ' ' && last.is_free() && before.c != '\n' => {
            let last = last.with(space);
            out.pop();
            out.push(last);
        }
        [.., last] if !only_given && word(last.c) => out.push(cell.with(space)),
        _ => {}
    }
}

/// Sets the spaces inside « ».
pub(super) fn set_guillemets(stream: &Stream<'_>, out: &mut Vec<Cell>) {
    let mut opened = None;
    for &cell in &stream.cells {
        let space = stream.convention(cell).guillemet_space.filter(|_| cell.is_free());
        match (opened.take(), cell.c) {
            (Some(space), ' ') if cell.is_free() => {
                out.push(cell.with(space));
                continue;
            }
            (Some(space), c) if !c.is_whitespace() => out.extend(out.last().map(|mark| mark.with(space))),
            _ => {}
        }
        if let (Some(space), '»' | '›') = (space, cell.c) {
            match out.last() {
                Some(last) if last.c == ' ' && last.is_free() => {
                    let last = last.with(space);
                    out.pop();
                    out.push(last);
                }
                Some(last) if !last.c.is_whitespace() => out.push(cell.with(space)),
                _ => {}
            }
        }
        opened = space.filter(|_| matches!(cell.c, '«' | '‹'));
        out.push(cell);
    }
}

/// Whether any text of the stream wants spaces inside « ».
pub(super) fn wants_guillemets(stream: &Stream<'_>) -> bool {
    stream.conventions().any(|one| one.guillemet_space.is_some())
}

/// Makes spaces at which no line may break such spaces: before a dash or an ellipsis, within initials, after words of one
/// letter, between a number and its unit. Replaces spaces alone: adds nothing and takes nothing away. Tells whether it did.
pub(super) fn bind(stream: &mut Stream<'_>) -> bool {
    let mut any = false;
    for at in 1..stream.cells.len() {
        let Some(&cell) = stream.cells.get(at) else { break };
        if cell.c != ' ' || !cell.is_free() {
            continue;
        }
        let bound = Gap { stream, at }.bound(stream.convention(cell));
        if let (Some(space), Some(cell)) = (bound, stream.cells.get_mut(at)) {
            cell.c = space;
            any = true;
        }
    }
    any
}

/// A space and what stands around it.
struct Gap<'a> {
    stream: &'a Stream<'a>,
    at: usize,
}

impl Gap<'_> {
    fn before(&self, places: usize) -> char {
        self.stream.at(self.at.checked_sub(places))
    }

    fn after(&self, places: usize) -> char {
        self.stream.at(Some(self.at + places))
    }

    fn bound(&self, convention: &Convention) -> Option<char> {
        let (before, after) = (self.before(1), self.after(1));
        let is_dash = matches!(after, '–' | '—') && self.after(2).is_whitespace();
        if (is_dash || after == '…') && !before.is_whitespace() {
            return Some(NO_BREAK);
        }
        if before == '.' && self.before(2).is_alphabetic() && !self.before(3).is_alphanumeric() {
            if after.is_alphabetic() && self.after(2) == '.' {
                return Some(convention.initial_space);
            }
            return convention.name_space.filter(|_| self.before(2).is_uppercase() && after.is_uppercase());
        }
        if before.is_ascii_digit() {
            if convention.group_space.is_some() && self.is_group() {
                return convention.group_space;
            }
            return self.is_unit().then_some(NO_BREAK);
        }
        let alone = |c: char| c.is_whitespace() || is_mark(c) || matches!(c, '(' | '[' | '—' | '–');
        if matches!(before, '§' | '№') && after.is_ascii_digit() {
            return Some(NO_BREAK);
        }
        let follows = || after.is_alphanumeric() || is_mark(after);
        let clings = || alone(self.before(2)) && convention.clinging.contains(before);
        (!convention.clinging.is_empty() && clings() && follows()).then_some(NO_BREAK)
    }

    /// Whether the space parts thousands: up to three digits before it, just three behind it.
    fn is_group(&self) -> bool {
        let before = (1..=4).take_while(|n| self.before(*n).is_ascii_digit()).count();
        let after = (1..=4).take_while(|n| self.after(*n).is_ascii_digit()).count();
        before <= 3 && after == 3
    }

    /// Whether a unit follows.
    fn is_unit(&self) -> bool {
        const UNITS: &[&str] = &[
            "%", "‰", "°", "°C", "°F", "€", "$", "£", "km", "m", "cm", "mm", "kg", "g", "mg", "t", "l", "ml", "ha",
            "km²", "m²", "m³", "V", "W", "kW", "kWh", "Hz", "kHz", "MHz", "GHz", "kB", "MB", "GB", "km/h",
        ];
        let ends = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')' | '!' | '?');
        UNITS.iter().any(|unit| {
            let length = unit.chars().count();
            unit.chars().enumerate().all(|(n, c)| self.after(n + 1) == c) && ends(self.after(length + 1))
        })
    }
}

/// Whether a space was or may have been put beside a mark by [`set_high`] or [`set_guillemets`].
pub(super) fn is_set_by_rule(stream: &Stream<'_>, at: usize) -> bool {
    let Some(cell) = stream.cells.get(at) else { return false };
    let convention = stream.convention(*cell);
    let spaces = matches!(cell.c, ' ' | NARROW | NO_BREAK);
    let (before, after) = (stream.at(at.checked_sub(1)), stream.at(Some(at + 1)));
    let guillemet = matches!(before, '«' | '‹') || matches!(after, '»' | '›');
    let high = matches!(after, ';' | '!' | '?') && convention.high_space.is_some()
        || after == ':' && convention.colon_space.is_some();
    spaces && (convention.guillemet_space.is_some() && guillemet || high)
}
