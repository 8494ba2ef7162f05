//! Scripts: plays in which each name stands alone on a line over the words, often with no blank line between two speeches.

use super::drama;
use super::group::{Group, ends_early, initial};
use crate::reader::plain::label;
use crate::reader::plain::lexicon;
use crate::reader::plain::line::Line;
use crate::reader::plain::number::{self, in_normal};
use rustc_hash::{FxHashMap, FxHashSet};

/// Speeches that the smallest parts of a script have; a line that is all name once may be an address.
const MINOR: u32 = 2;

/// A script has a name on one of so many lines at least: there may be long speeches in it, but not only such.
const LINES: usize = 16;

/// The names that stand alone over speeches; of none in a work that is no script.
#[derive(Debug, Default)]
pub(super) struct Names<'t>(FxHashSet<&'t str>);

impl<'t> Names<'t> {
    /// The names of a work.
    pub(super) fn of(groups: &[Group<'_, 't>]) -> Names<'t> {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        let (mut lines, mut fresh) = (0, true);
        for group in groups {
            lines += group.lines.len();
            for pair in group.lines.windows(2) {
                let [line, next] = pair else { continue };
                // "Farewell." right above a name in capitals is the end of a speech.
                let ends =
                    || drama::head(line.text).is_none() && drama::head(next.text).is_some_and(|head| !head.goes_on);
                let name = if fresh { name(line.text).filter(|_| !ends()) } else { None };
                // Of names one under the other only the first may be a speaker's: the rest are a list.
                fresh = name.is_none();
                if let Some(name) = name {
                    *counts.entry(name).or_default() += 1;
                }
            }
            fresh = true;
        }
        counts.retain(|name, _| !in_normal(name, lexicon::is_sung));
        let speakers = || counts.values().filter(|count| **count >= drama::SPEECHES);
        let speeches: u32 = speakers().sum();
        if speakers().count() < 2 || (speeches as usize) * LINES < lines {
            return Names::default();
        }
        // In a script small parts have few speeches; one has "First Sailor".
        let counted = |name: &str| name.split(' ').next().is_some_and(|word| number::parse(word).is_some());
        let named = counts.into_iter().filter(|(name, count)| *count >= MINOR || name.contains(' ') && counted(name));
        Names(named.map(|(name, _)| name).collect())
    }

    /// Whether the work is a script.
    pub(super) fn is_script(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether a line is the name of a speaker and nothing more.
    pub(super) fn is_name(&self, line: &Line) -> bool {
        self.is_script() && name(line.text).is_some_and(|name| self.0.contains(name))
    }

    /// Splits groups where a name begins a speech, and where a direction stands between its lines.
    pub(super) fn split<'a>(&self, groups: Vec<Group<'a, 't>>) -> Vec<Group<'a, 't>> {
        if !self.is_script() {
            return groups;
        }
        let mut out = Vec::with_capacity(groups.len());
        for group in groups {
            let mut start = 0;
            for at in 1..=group.lines.len() {
                let (before, line) = (group.lines.get(at - 1), group.lines.get(at));
                let cut = line.is_none_or(|line| self.is_name(line) || drama::opens_direction(line.text))
                    || before.is_some_and(|before| drama::opens_direction(before.text) && closes(before, line));
                if let Some(lines) = group.lines.get(start..at).filter(|_| cut) {
                    out.push(group.part(lines, start == 0));
                    start = at;
                }
            }
        }
        out
    }

    /// Whether a group of a script is a direction: it says who comes or goes, or what is seen before anybody speaks.
    pub(super) fn is_direction(&self, group: &Group, before: Option<&Group>, after: Option<&Group>) -> bool {
        let speech =
            |group: Option<&Group>| group.and_then(|one| one.lines.first()).is_some_and(|line| self.is_name(line));
        let opens_scene = before.is_none() && speech(after) && group.lines.len() <= drama::DIRECTION;
        self.is_script() && (drama::opens_direction(group.first()) || drama::is_done(group) || opens_scene)
    }
}

/// Whether the words of a script are verse: lines that begin with capitals, and end early where prose has a measure. In prose,
/// which scripts without one set narrow, every other line begins with a small letter.
pub(super) fn is_verse(lines: &[Line], measure: Option<u32>) -> bool {
    // What looks like a measure below this is the width of the longest verses.
    const NARROW: u32 = 60;
    if let Some(measure) = measure.filter(|measure| *measure >= NARROW) {
        let early = lines.windows(2).filter(|pair| ends_early(pair, measure)).count();
        if (early + 1) * 4 < lines.len() * 3 {
            return false;
        }
    }
    let cased = |line: &&Line| initial(line.text).is_some_and(|c| c.is_uppercase() || c.is_lowercase());
    let (mut all, mut high) = (0, 0);
    for line in lines.iter().skip(1).filter(cased) {
        all += 1;
        high += usize::from(initial(line.text).is_some_and(char::is_uppercase));
    }
    all > 0 && high * 4 >= all * 3
}

/// The name that is all of a line: capitals, or a capital at the head of each word, with or without a stop or a direction.
pub(super) fn name(text: &str) -> Option<&str> {
    // Longer lines are no names.
    const LONGEST: usize = 40;
    if text.len() > LONGEST * 2 || text.starts_with(['[', '(']) {
        return None;
    }
    if let Some(head) = drama::head(text) {
        return (!head.goes_on).then_some(head.name);
    }
    let (bare, _) = label::without_marks(text);
    if !bare.starts_with(char::is_uppercase) {
        return None;
    }
    let named = match bare.trim_end_matches(['.', ':']).ends_with([')', ']']) {
        true => bare.split(['(', '[']).next().unwrap_or(bare),
        false => bare,
    };
    let name = named.trim_end().trim_end_matches(['.', ':']);
    let word = |word: &str| {
        lexicon::is_particle(word)
            || ["of", "the", "and", "to"].contains(&word)
            || word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    let fits = name.len() <= LONGEST
        && name.chars().nth(1).is_some()
        && name.split_whitespace().all(word)
        && name.split_whitespace().nth(4).is_none()
        && label::parse(name).is_none();
    fits.then_some(name)
}

/// Whether a direction ends with its line: the next has room for no more of it.
fn closes(line: &Line, next: Option<&Line>) -> bool {
    !line.text.ends_with([',', '-'])
        && next.is_none_or(|next| ends_early(&[*line, *next], 60) || line.text.ends_with('.'))
}
