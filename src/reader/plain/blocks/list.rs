//! Lists: items under one another, with bullets or numbers.

use super::evidence::Evidence;
use super::group::{Group, ends_sentence};
use crate::model::{ListKind, Numbering};
use crate::reader::plain::line::{Line, is_alphanumeric};

/// The mark before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A bullet, and which.
    Bullet(char),
    /// A number, how it is written, and what follows it.
    Number(u32, Numbering, char),
}

/// The items of a group: where each begins, and the bytes of its mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Items {
    /// Bullets or numbers.
    pub(super) kind: ListKind,
    /// For each item the line where it begins and the bytes before its text.
    pub(super) starts: Vec<(usize, usize)>,
}

/// Whether a line begins as an item does.
pub(super) fn is_item(text: &str) -> bool {
    mark(text).is_some()
}

/// The mark of an item, with the bytes up to its text.
fn mark(text: &str) -> Option<(Mark, usize)> {
    let first = text.chars().next()?;
    if matches!(first, '-' | '*' | '•' | '·' | '◦' | '▪' | '‣' | '+') {
        let rest = text.get(first.len_utf8()..)?;
        let body = rest.trim_start();
        return (rest.starts_with([' ', '\t']) && !body.is_empty() && body.chars().any(is_alphanumeric))
            .then_some((Mark::Bullet(first), text.len() - body.len()));
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let bracket = inner.len() < text.len();
    let end = inner.bytes().take(5).position(|byte| !byte.is_ascii_alphanumeric())?;
    let label = inner.get(..end).filter(|label| !label.is_empty())?;
    let close =
        inner.get(end..)?.chars().next().filter(|c| if bracket { *c == ')' } else { matches!(c, '.' | ')') })?;
    let rest = inner.get(end + 1..)?;
    let body = rest.trim_start();
    if !rest.starts_with([' ', '\t']) || body.is_empty() {
        return None;
    }
    let close = if bracket { '(' } else { close };
    let (number, numbering) = number(label)?;
    Some((Mark::Number(number, numbering, close), text.len() - body.len()))
}

fn number(label: &str) -> Option<(u32, Numbering)> {
    if label.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((label.parse().ok()?, Numbering::Decimal));
    }
    let byte = *label.as_bytes().first()?;
    // "i" begins a list of small roman numbers far more often than it stands ninth in one of letters.
    if label.bytes().all(|byte| b"ivx".contains(&byte)) {
        return Some((roman(label)?, Numbering::LowerRoman));
    }
    if label.bytes().all(|byte| b"IVX".contains(&byte)) {
        return Some((roman(&label.to_ascii_lowercase())?, Numbering::UpperRoman));
    }
    match (label.len(), byte) {
        (1, b'a'..=b'z') => Some((u32::from(byte - b'a') + 1, Numbering::LowerAlpha)),
        (1, b'A'..=b'Z') => Some((u32::from(byte - b'A') + 1, Numbering::UpperAlpha)),
        _ => None,
    }
}

fn roman(label: &str) -> Option<u32> {
    const NUMBERS: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    NUMBERS.iter().position(|number| *number == label).map(|at| at as u32 + 1)
}

/// What speaks for a group being a list, and its items. Items follow one another without blank lines: numbered paragraphs
/// with blank lines between are paragraphs, whose numbers other texts cite.
pub(super) fn weigh(group: &Group) -> Option<(Evidence, Items)> {
    let first = group.lines.first()?;
    let (head, _) = mark(first.text)?;
    let mut starts = Vec::new();
    let mut broken = 0;
    let mut hanging = 0;
    for (at, line) in group.lines.iter().enumerate() {
        match (mark(line.text), head) {
            (Some((Mark::Bullet(bullet), length)), Mark::Bullet(wanted))
                if bullet == wanted && line.indent == first.indent =>
            {
                starts.push((at, length));
            }
            (Some((Mark::Number(number, numbering, close), length)), Mark::Number(from, kind, wanted))
                if numbering == kind
                    && close == wanted
                    && number == from + starts.len() as u32
                    // Numbers may be set flush right.
                    && line.indent <= first.indent + 1 =>
            {
                starts.push((at, length));
            }
            _ if line.indent > first.indent => hanging += 1,
            _ => broken += 1,
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let mut evidence = Evidence::prior(-2.5);
    evidence.add(starts.len() as f32 * 1.2, "items with marks that go on");
    evidence.add(hanging as f32 * 0.5, "lines hang below their marks");
    evidence.add(-(broken as f32), "lines do not hang");
    let spoken = group.lines.iter().filter(|line| line.text.contains(['?', '!', '"', '”'])).count();
    evidence.add(if spoken * 3 > starts.len() { -2.0 } else { 0.0 }, "speeches");
    let kind = match head {
        Mark::Bullet(_) => ListKind::Bullet,
        Mark::Number(start, numbering, _) => ListKind::Ordered { start, numbering },
    };
    Some((evidence, Items { kind, starts }))
}

/// Whether a group is a list with bullets whose items may hang over several lines.
pub(super) fn is_bulleted(group: &Group) -> bool {
    matches!(mark(group.first()), Some((Mark::Bullet(_), _))) && weigh(group).is_some_and(|(list, _)| list.logit > 0.0)
}

/// The items of a group that is one item with a bullet, and the bullet. What is below its first line hangs.
pub(super) fn lone_item(group: &Group) -> Option<(char, Items)> {
    let (Mark::Bullet(bullet), length) = mark(group.first())? else { return None };
    let hangs = group.lines.iter().skip(1).all(|line| line.indent > group.first_indent());
    hangs.then(|| (bullet, Items { kind: ListKind::Bullet, starts: vec![(0, length)] }))
}

/// Whether an asterisk stands at the end of a word, as the mark of a note does.
pub(super) fn refers_by_star(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let refers = c == '*' && (is_alphanumeric(before) || matches!(before, '.' | ',' | ';' | '!' | '?' | '"' | '”'));
        before = c;
        refers
    })
}

/// Whether groups that follow one another, each an item with this bullet, are a list with blank lines in it. An asterisk may
/// head a note, and a hyphen somebody's words: what is spoken has marks for it, and ends as sentences do.
pub(super) fn is_loose(bullet: char, groups: &[Group], led_in: bool) -> bool {
    let spoken = |group: &Group| group.lines.iter().any(|line| line.text.contains(['?', '!', '"', '”', '»']));
    let ended = groups.iter().filter(|group| ends_sentence(group.last())).count();
    match bullet {
        '*' => groups.len() > 1 && led_in || groups.len() > 2 && ended * 2 < groups.len(),
        '-' => groups.len() > 2 && !groups.iter().any(spoken) && (led_in || ended * 2 < groups.len()),
        _ => groups.len() > 1,
    }
}

/// The list that an item ends with, and the line of the item where it begins.
pub(super) fn inner(lines: &[Line]) -> Option<(usize, Items)> {
    let at = lines.iter().skip(1).position(|line| mark(line.text).is_some())? + 1;
    let (_, items) = weigh(&Group { lines: lines.get(at..)?, gap: 0, new_page: false })?;
    // Lines in front of its margin belong to the item, not to the list in it.
    let margin = lines.get(at)?.indent;
    lines.iter().skip(at).all(|line| line.indent + 1 >= margin).then_some((at, items))
}

impl Items {
    /// The lines of each item, without their marks.
    pub(super) fn lines<'t>(&self, group: &Group<'_, 't>) -> Vec<Vec<Line<'t>>> {
        let mut out = Vec::new();
        for (place, (start, length)) in self.starts.iter().enumerate() {
            let end = self.starts.get(place + 1).map_or(group.lines.len(), |(next, _)| *next);
            let mut lines = group.lines.get(*start..end).unwrap_or(&[]).to_vec();
            if let Some(first) = lines.first_mut() {
                *first = first.cut(*length, first.text.len());
            }
            out.push(lines);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::blocks::group;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn items(text: &str) -> Option<(bool, ListKind, usize)> {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let lines = lines(&source);
        let groups = group::split(&lines);
        weigh(&groups[0]).map(|(evidence, items)| (evidence.logit > 0.0, items.kind, items.starts.len()))
    }

    #[test]
    fn items_have_marks_that_go_on() {
        assert_eq!(items("- salt\n- oil and\n  vinegar\n- bread"), Some((true, ListKind::Bullet, 3)));
        let ordered = |numbering| ListKind::Ordered { start: 1, numbering };
        assert_eq!(items("(a) salt\n(b) oil\n(c) bread"), Some((true, ordered(Numbering::LowerAlpha), 3)));
        assert_eq!(items("I. salt\nII. oil\nIII. bread"), Some((true, ordered(Numbering::UpperRoman), 3)));
        assert_eq!(items("1. salt and much of it\n7. oil"), None);
        assert_eq!(items("- Yes?\n- No!\n"), Some((false, ListKind::Bullet, 2)));
    }
}
