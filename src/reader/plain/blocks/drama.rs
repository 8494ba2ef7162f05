//! Drama: who speaks, and what actors do.

use super::group::Group;
use crate::reader::plain::label;
use crate::reader::plain::lexicon;
use crate::reader::plain::line::is_alphanumeric;
use crate::reader::plain::number::{in_normal, normal};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Speeches that a name must have in a work before it is a speaker.
pub(super) const SPEECHES: u32 = 3;

/// Lines that a direction without brackets has at most.
pub(super) const DIRECTION: usize = 4;

/// The head of a speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'t> {
    /// The name that stands there, without marks and directions.
    pub(super) name: &'t str,
    /// The bytes of the line that belong to the head.
    pub(super) length: usize,
    /// Whether the line goes on with the speech.
    pub(super) goes_on: bool,
}

/// The head that a line may begin with: a short name in capitals or emphasis, with a full stop or colon, or alone.
pub(super) fn head(text: &str) -> Option<Head<'_>> {
    if !may_be_head(text) {
        return None;
    }
    let (label, length) = if let Some(inner) = text.strip_prefix('_') {
        let end = inner.bytes().take(160).position(|byte| byte == b'_')?;
        let label = inner.get(..end)?;
        let after = inner.get(end + 1..)?;
        let direction = direction_length(after);
        let stop = after.get(direction..)?.chars().next().filter(|c| matches!(c, '.' | ':'));
        if stop.is_none() && !label.ends_with(['.', ':', ')']) {
            return None;
        }
        (label, 1 + end + 1 + direction + stop.map_or(0, char::len_utf8))
    } else if let Some((label, _)) = text.split_once('\t').filter(|(label, _)| !label.contains(['.', ':', '('])) {
        // A name in a column of its own.
        if label.chars().any(char::is_lowercase) {
            return None;
        }
        (label, label.len() + 1)
    } else {
        let end =
            text.char_indices().take(60).find(|(_, c)| matches!(c, '.' | ':' | '(' | '[' | ',')).map(|(at, _)| at);
        let label = text.get(..end.unwrap_or(text.len()))?;
        if label.chars().any(char::is_lowercase) || text.len() > 60 && end.is_none() {
            return None;
        }
        let after = text.get(label.len()..)?;
        let direction = direction_length(after);
        let stop = after.get(direction..)?.chars().next().filter(|c| matches!(c, '.' | ':'));
        if stop.is_none() && direction == 0 && !after.is_empty() {
            return None;
        }
        (label, label.len() + direction + stop.map_or(0, char::len_utf8))
    };
    let name = label.split(['(', '[', ',']).next().unwrap_or(label).trim_matches(|c: char| !is_alphanumeric(c));
    let words = name.split_whitespace().count();
    let numbered = words > 1
        && name
            .split_whitespace()
            .last()
            .is_some_and(|word| word.chars().all(|c| c.is_numeric() || "IVXLC".contains(c)));
    let fits =
        name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() >= 2 && words <= 4 && !numbered;
    let goes_on = text.get(length..).is_some_and(|rest| rest.chars().any(is_alphanumeric));
    fits.then_some(Head { name, length, goes_on })
}

/// Whether no small letter comes before the first mark, unless a mark of emphasis opens the line: most lines end here.
fn may_be_head(text: &str) -> bool {
    let ends = |c: char| matches!(c, '.' | ':' | '(' | '[' | ',' | '\t');
    text.starts_with('_') || text.chars().find(|c| ends(*c) || c.is_lowercase()).is_none_or(ends)
}

/// The head of a speech whose first line is `alone` a name, or as [`head`] reads it.
pub(super) fn head_or_alone(text: &str, alone: bool) -> Option<Head<'_>> {
    if alone { Some(Head { name: text, length: text.len(), goes_on: false }) } else { head(text) }
}

/// The bytes of a direction in brackets, with the space before it.
fn direction_length(text: &str) -> usize {
    let inner = text.trim_start();
    let lead = text.len() - inner.len();
    let close = match inner.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return 0,
    };
    match inner.char_indices().take(200).find(|(_, c)| *c == close) {
        Some((at, _)) => lead + at + 1,
        None => 0,
    }
}

/// The names that begin speeches, with how often they do.
pub(super) fn speakers<'t>(groups: &[Group<'_, 't>]) -> FxHashMap<&'t str, u32> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for line in groups.iter().filter_map(|group| group.lines.first()) {
        if let Some(head) = head(line.text) {
            *counts.entry(head.name).or_default() += 1;
        }
    }
    // "SONG." stands over what somebody sings.
    counts.retain(|name, count| *count >= SPEECHES && !in_normal(name, lexicon::is_sung));
    counts
}

/// Whether groups are a play, of which `heads` says how each begins, where it begins with the name of a speaker: many do,
/// `fewest` at least, and where it takes more than one speech there are two speakers.
pub(super) fn is_play(heads: &[Option<Head>], fewest: usize) -> bool {
    let names = || heads.iter().flatten().map(|head| head.name);
    let several = || names().next().is_some_and(|first| names().any(|name| name != first));
    let speeches = names().count();
    speeches >= fewest && speeches * 8 >= heads.len() && (fewest < 2 || several())
}

/// Whether a group is a direction to the actors: all of it in brackets or emphasis.
pub(super) fn is_direction(group: &Group) -> bool {
    let (first, last) = (group.first(), group.last().trim_end_matches(['.', ',']));
    let wrapped = |open: &[char], close: &[char]| first.starts_with(open) && last.ends_with(close);
    wrapped(&['('], &[')']) || first.starts_with('[') || wrapped(&['_'], &['_']) && inner_marks(group) == 2
}

/// Whether a line begins a direction that stands without brackets: "Enter two Servants", "Exeunt".
pub(super) fn opens_direction(text: &str) -> bool {
    let (bare, _) = label::without_marks(text);
    let mut words = bare.split_whitespace();
    let first = words.next().unwrap_or("").trim_end_matches(['.', ',', ':', ';']);
    // "Enter these walls" is said, not done.
    let somebody = || words.clone().any(|word| word.starts_with(char::is_uppercase));
    match first {
        "Exit" | "Exeunt" | "EXIT" | "EXEUNT" => true,
        "Enter" | "Re-enter" | "Reenter" | "ENTER" | "RE-ENTER" => somebody() && !text.ends_with(['!', '?', ';']),
        _ => false,
    }
}

/// Whether a group is a direction that stands without brackets and names nobody: "Flourish.", "Thunder and lightning.", "They
/// fight."
pub(super) fn is_done(group: &Group) -> bool {
    // What is said goes on longer.
    const LONGEST: usize = 8;
    let text = group.first();
    if group.lines.len() > 1 || !text.starts_with(char::is_uppercase) || !text.ends_with('.') {
        return false;
    }
    let words: SmallVec<[&str; LONGEST]> = text.split_whitespace().take(LONGEST + 1).collect();
    let bare = |word: &str| normal(word.trim_matches(|c: char| !is_alphanumeric(c)));
    let first = words.first().copied().map(bare).unwrap_or_default();
    let second = words.get(1).copied().map(bare).unwrap_or_default();
    let what = if first == "the" { &second } else { &first };
    match (first.as_str(), words.len()) {
        (_, LONGEST..) => false,
        ("they", 2) => {
            !["are", "were", "have", "had", "do", "did", "will", "would", "can", "may", "must"].contains(&&*second)
        }
        ("he" | "she", 2) => second.ends_with('s') && !["is", "was", "has", "does"].contains(&second.as_str()),
        _ => lexicon::is_done_on_stage(what) || names_song(group),
    }
}

/// Whether a group says no more than that something is sung: "SONG."
pub(super) fn names_song(group: &Group) -> bool {
    let word = group.first().trim_matches(|c: char| !is_alphanumeric(c));
    group.lines.len() == 1 && in_normal(word, lexicon::is_sung)
}

/// Whether a group is a direction that belongs to the end of the speech before it: "[Exit".
pub(super) fn is_exit(group: &Group) -> bool {
    group.first().starts_with('[') && group.lines.len() <= 2
}

fn inner_marks(group: &Group) -> usize {
    group.lines.iter().map(|line| line.text.bytes().filter(|byte| *byte == b'_').count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_speeches() {
        let seen = |text| head(text).map(|head| (head.name, head.goes_on));
        assert_eq!(seen("HAMLET. To be"), Some(("HAMLET", true)));
        assert_eq!(seen("_Anna (smiling)._"), Some(("Anna", false)));
        assert_eq!(seen("_Pisc_. Well met"), Some(("Pisc", true)));
        assert_eq!(seen("FIRST LORD (aside): No"), Some(("FIRST LORD", true)));
        assert_eq!(seen("_The Servants_ (_seated_)."), Some(("The Servants", false)));
        assert_eq!(seen("THE KING\tTo bed, my lords."), Some(("THE KING", true)));
        assert_eq!(seen("THE KING"), Some(("THE KING", false)));
        for text in ["Then he came.", "I. The first", "CHAPTER II.", "_Very_ well", "1. One"] {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
