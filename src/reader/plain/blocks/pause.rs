//! Scene breaks: a mark of many kinds, or more blank lines than usual.

use super::classify::{Guess, Kind};
use super::group::{Group, ends_sentence, is_capitals};
use super::note;
use super::survey::Region;

/// The characters that marks of scene breaks are made of.
fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '*' | '#'
            | '~'
            | '-'
            | '–'
            | '—'
            | '―'
            | '_'
            | '='
            | '+'
            | '.'
            | '·'
            | '•'
            | '◦'
            | '∙'
            | '●'
            | '○'
            | '◆'
            | '◇'
            | '★'
            | '☆'
            | '⁂'
            | '⁎'
            | '❦'
            | '❧'
            | '☙'
            | '✻'
            | '✽'
            | '❖'
            | '§'
            | '¶'
            | '※'
            | '■'
            | '□'
            | '▲'
            | '△'
            | '～'
            | '＊'
            | '…'
            | ':'
            | '^'
            | '†'
    )
}

/// Characters that mark a scene break alone.
fn is_strong(c: char) -> bool {
    !matches!(c, '.' | ':' | '-' | '–' | '_' | '=' | '+' | '^' | '…' | '·' | '—' | '―' | '†')
}

/// The mark that a line is, if it is one.
pub(super) fn mark(text: &str) -> Option<&str> {
    let inner = text.trim_matches(|c: char| c == '-' || c == '*' || c.is_whitespace());
    if matches!(inner, "oOo" | "o0o" | "o O o" | "x x x" | "o o o") {
        return Some(text);
    }
    let mut count = 0;
    let mut strong = false;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !is_ornament(c) {
            return None;
        }
        count += 1;
        strong |= is_strong(c);
    }
    // "..." alone is somebody's silence.
    let silence = text.chars().all(|c| matches!(c, '.' | '…' | ':')) && count < 4;
    (strong || count >= 2 && !silence).then_some(text)
}

/// Whether a group is nothing but marks.
pub(super) fn is_pause(group: &Group) -> bool {
    group.lines.iter().all(|line| mark(line.text).is_some())
}

/// Whether a group begins in emphasis that its first line does not close, or ends in it: what a work sets so stands apart
/// from its prose for that, not for a pause.
pub(super) fn is_set_in_emphasis(group: &Group) -> bool {
    let rest = group.first().strip_prefix('_');
    rest.is_some_and(|rest| !rest.contains('_') || group.last().trim_end_matches(['.', ',']).ends_with('_'))
}

/// Where a gap wider than usual, between paragraphs that have nothing else to set them apart, is a pause.
pub(super) fn wide_gaps(guesses: &[Guess], region: &Region, usual: u32) -> Vec<bool> {
    let play = guesses.iter().any(|guess| guess.kind == Kind::Speech);
    let mut out = vec![false; guesses.len()];
    if play {
        return out;
    }
    let (mut wide, mut all) = (0, 0);
    for (at, pair) in guesses.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let plain = |guess: &Guess| {
            guess.kind == Kind::Prose
                && guess.group.indent() <= region.margin + region.first
                && (guess.group.lines.len() > 1 || ends_sentence(guess.group.last()))
                && !is_capitals(guess.group.first())
                && !is_capitals(guess.group.last())
                && !is_set_in_emphasis(&guess.group)
        };
        // A line with a wide gap on both sides is set apart itself: a cry, an inscription, a title.
        let gap_at = |at: usize| guesses.get(at).map_or(0, |guess| guess.group.gap);
        let apart =
            |guess: &Guess, at: usize| guess.group.lines.len() == 1 && gap_at(at) > usual && gap_at(at + 1) > usual;
        if !plain(before) || !plain(after) {
            continue;
        }
        if apart(before, at) || apart(after, at + 1) {
            continue;
        }
        all += 1;
        // What stands around verse stands off for the sake of the verse.
        let near_verse = [at.checked_sub(1), Some(at + 2)]
            .into_iter()
            .flatten()
            .filter_map(|place| guesses.get(place))
            .any(|guess| guess.kind == Kind::Verse);
        if near_verse {
            continue;
        }
        let led_in = before.group.last().ends_with([':', ',']) || note::is_head(after.group.first());
        if after.group.gap > usual && !after.group.new_page && !led_in && ends_sentence(before.group.last()) {
            wide += 1;
            if let Some(slot) = out.get_mut(at + 1) {
                *slot = true;
            }
        }
    }
    // Pauses are rare: where every fourth paragraph stands farther off, it is the way of the typist.
    if wide > 2 && wide * 4 > all { vec![false; guesses.len()] } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_many_kinds() {
        for text in ["* * *", "***", "-----", "#", "⁂", "~", "• • •", "--oOo--", "_____", ". . . . ."] {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in ["...", "-", "* a *", "]", "", "1"] {
            assert!(mark(text).is_none(), "{text}");
        }
    }
}
