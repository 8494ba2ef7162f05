//! Dashes.

use super::convention::{NARROW, NO_BREAK};
use super::quotes::is_mark;
use super::stream::{Cell, Stream};

/// Hyphens that stand for dashes become dashes: two or three together, one between spaces, one between numbers, one that
/// opens a speech. Rows of more than six are rules and stay, and so do arrows, comments and command-line options.
pub(super) fn set(stream: &Stream<'_>, out: &mut Vec<Cell>) {
    let mut at = 0;
    while let Some(&cell) = stream.cells.get(at) {
        if cell.c != '-' || !cell.is_free() {
            out.push(cell);
            at += 1;
            continue;
        }
        let rest = stream.cells.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|other| other.c == '-' && other.same_text(cell) && !other.fixed).count();
        let hyphens = Hyphens { stream, cell, at, run };
        let taken = match hyphens.dash() {
            Some(Dash::One(dash)) => {
                out.push(cell.with(dash));
                run
            }
            Some(Dash::Row(dash, count)) => {
                out.extend(std::iter::repeat_n(cell.with(dash), count));
                run
            }
            Some(Dash::Speech(dash)) => {
                out.push(cell.with(dash));
                // The space after it is there: it is what makes the hyphen a dash.
                out.extend(rest.get(run).map(|space| space.with(NO_BREAK)));
                run + 1
            }
            None => {
                out.extend(rest.iter().take(run));
                run
            }
        };
        at += taken;
    }
}

enum Dash {
    One(char),
    Row(char, usize),
    Speech(char),
}

struct Hyphens<'a> {
    stream: &'a Stream<'a>,
    cell: Cell,
    at: usize,
    run: usize,
}

/// A space as people type it: not one that was put there by rule.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | NO_BREAK)
}

impl Hyphens<'_> {
    /// The character that many places before the hyphens.
    fn before(&self, places: usize) -> char {
        self.stream.at(self.at.checked_sub(places))
    }

    /// The character that many places behind them.
    fn after(&self, places: usize) -> char {
        self.stream.at(Some(self.at + self.run + places - 1))
    }

    fn dash(&self) -> Option<Dash> {
        let convention = self.stream.convention(self.cell);
        let (before, after) = (self.before(1), self.after(1));
        let (opens, closes) = (before == '\n', after == '\n');
        let is_arrow = matches!(before, '<' | '!' | '-' | '=') || matches!(after, '>' | '-' | '=');
        if opens && closes || is_arrow {
            return None;
        }
        let apart = is_space(before) && is_space(after);
        let free_space = |places: usize| self.stream.cells.get(places).is_some_and(|cell| cell.is_free());
        let speaks = opens && is_space(after) && free_space(self.at + self.run);
        match (self.run, convention.speech) {
            (1 | 2, Some(dash)) if speaks => Some(Dash::Speech(dash)),
            (1, _) if apart && self.before(2) != '\n' && !self.is_sum() => Some(Dash::One(convention.spaced_hyphen)),
            (1, _) if self.is_range() => Some(Dash::One('–')),
            (1, _) => None,
            (2, _) if self.is_option() => None,
            (2 | 3, _) if convention.wide => Some(Dash::Row('—', 2)),
            (2, _) if apart => Some(Dash::One(convention.spaced_double_hyphen)),
            (2 | 3, _) => Some(Dash::One('—')),
            (4..=6, _) => Some(Dash::Row('—', self.run / 2)),
            _ => None,
        }
    }

    /// Whether numbers stand on both sides: that may be a subtraction.
    fn is_sum(&self) -> bool {
        self.before(2).is_numeric() && self.after(2).is_numeric()
    }

    /// Whether this is `--name=value`, or `--name` alone between quotation marks.
    fn is_option(&self) -> bool {
        // No option is longer; the bound keeps the whole pass linear.
        const LONGEST: usize = 40;
        // The narrow space is that inside « ».
        let quotes = |c: char| is_mark(c) || c == NARROW;
        let quoted = quotes(self.before(1));
        if !is_space(self.before(1)) && !quoted || !self.after(1).is_ascii_alphanumeric() {
            return false;
        }
        let mut word = (1..=LONGEST).map(|places| self.after(places));
        let end = word.find(|c| !c.is_ascii_alphanumeric() && *c != '-');
        end == Some('=') || quoted && end.is_some_and(quotes)
    }

    /// Whether the hyphen stands in a range of numbers: years, pages, verses. A telephone number, a date, a score that
    /// falls or a part number is none.
    fn is_range(&self) -> bool {
        const LONGEST: usize = 4;
        let digits = |at: &dyn Fn(usize) -> char| (1..=LONGEST + 1).take_while(|n| at(*n).is_ascii_digit()).count();
        let (left, right) = (digits(&|n| self.before(n)), digits(&|n| self.after(n)));
        if !(1..=LONGEST).contains(&left) || !(1..=LONGEST).contains(&right) {
            return false;
        }
        let value = |digits: &mut dyn Iterator<Item = char>| {
            digits.fold(0, |value, c| value * 10 + c.to_digit(10).unwrap_or(0))
        };
        let from = value(&mut (1..=left).rev().map(|n| self.before(n)));
        let to = value(&mut (1..=right).map(|n| self.after(n)));
        let padded = self.before(left) == '0' && left > 1 || self.after(1) == '0' && right > 1 && left != 4;
        let outside = |c: char, beyond: char| {
            c.is_alphanumeric()
                || matches!(c, '-' | '–' | '—' | '/' | '+' | '=' | '_' | '#')
                || matches!(c, '.' | ',' | ':') && beyond.is_ascii_digit()
        };
        let joined = outside(self.before(left + 1), self.before(left + 2)) && self.before(left + 1) != ':'
            || outside(self.after(right + 1), self.after(right + 2));
        if padded || joined {
            return false;
        }
        match (left, right) {
            (4, 4) => (1000..to).contains(&from) && to <= 2100,
            (4, 2) => (1000..2100).contains(&from) && to > from % 100,
            (4, _) | (_, 4) => false,
            _ => from < to,
        }
    }
}
