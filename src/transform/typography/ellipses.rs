//! Ellipses.

use super::convention::NO_BREAK;
use super::stream::{Cell, Stream};

/// Three full stops become `…`, four `.…`; no line breaks between full stops that stand apart (`. . .`).
///
/// Two are nothing known, and five or more are leaders: both stay.
pub(super) fn set(stream: &Stream<'_>, out: &mut Vec<Cell>) {
    let mut at = 0;
    while let Some(&cell) = stream.cells.get(at) {
        if cell.c != '.' || !cell.is_free() {
            let parted = cell.c == ' ' && cell.is_free() && around(stream, at) == ('.', '.');
            out.push(if parted { cell.with(NO_BREAK) } else { cell });
            at += 1;
            continue;
        }
        let rest = stream.cells.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|other| other.c == '.' && other.same_text(cell) && !other.fixed).count();
        let more = stream.at(Some(at + run)) == '.';
        let path =
            matches!(stream.at(Some(at + run)), '/' | '\\') || matches!(stream.at(at.checked_sub(1)), '/' | '\\');
        match run {
            3 | 4 if !more && !path => {
                out.extend((run == 4).then_some(cell));
                let dots = if stream.convention(cell).wide { 2 } else { 1 };
                out.extend(std::iter::repeat_n(cell.with('…'), dots));
            }
            _ => out.extend(rest.iter().take(run)),
        }
        at += run;
    }
}

fn around(stream: &Stream<'_>, at: usize) -> (char, char) {
    (stream.at(at.checked_sub(1)), stream.at(Some(at + 1)))
}
