//! Lines between blank lines, and what the eye sees of them.

use crate::reader::plain::line::{self, Line, is_alphanumeric, is_unspaced};
use crate::source::Span;

/// Lines between two blank lines: never empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<'a, 't> {
    /// Its lines; none is blank.
    pub(super) lines: &'a [Line<'t>],
    /// The blank lines before it.
    pub(super) gap: u32,
    /// Whether a page ended between it and what stands before.
    pub(super) new_page: bool,
}

/// Splits lines at blank lines.
pub(super) fn split<'a, 't>(lines: &'a [Line<'t>]) -> Vec<Group<'a, 't>> {
    let mut groups = Vec::new();
    let (mut start, mut gap, mut new_page) = (0, 0, false);
    for at in 0..=lines.len() {
        let line = lines.get(at);
        if line.is_some_and(|line| !line.is_blank()) {
            continue;
        }
        if let Some(run) = lines.get(start..at).filter(|run| !run.is_empty()) {
            new_page |= run.first().is_some_and(|first| first.new_page);
            groups.push(Group { lines: run, gap, new_page });
            (gap, new_page) = (0, false);
        }
        gap += 1;
        new_page |= line.is_some_and(|line| line.new_page);
        start = at + 1;
    }
    groups
}

impl<'a, 't> Group<'a, 't> {
    /// Some of its lines as a group of their own, with no blank line before.
    pub(super) fn part(&self, lines: &'a [Line<'t>], first: bool) -> Group<'a, 't> {
        Group { lines, gap: if first { self.gap } else { 0 }, new_page: first && self.new_page }
    }

    /// Its place in the source.
    pub(super) fn span(&self) -> Span {
        match (self.lines.first(), self.lines.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        }
    }

    /// The text of its first line.
    pub(super) fn first(&self) -> &'t str {
        self.lines.first().map_or("", |line| line.text)
    }

    /// The text of its last line.
    pub(super) fn last(&self) -> &'t str {
        self.lines.last().map_or("", |line| line.text)
    }

    /// The indent of its first line.
    pub(super) fn first_indent(&self) -> u32 {
        self.lines.first().map_or(0, |line| line.indent)
    }

    /// The smallest indent of its lines.
    pub(super) fn indent(&self) -> u32 {
        self.lines.iter().map(|line| line.indent).min().unwrap_or(0)
    }

    /// The smallest indent of the lines below the first; of the first where it is alone.
    pub(super) fn rest_indent(&self) -> u32 {
        self.lines.iter().skip(1).map(|line| line.indent).min().unwrap_or_else(|| self.first_indent())
    }

    /// The column where its longest line ends.
    pub(super) fn right(&self) -> u32 {
        self.lines.iter().map(|line| line.right()).max().unwrap_or(0)
    }

    /// How many of its lines end so early that the first word of the next would have fitted before `column`.
    pub(super) fn early_ends(&self, column: u32) -> usize {
        self.lines.windows(2).filter(|pair| ends_early(pair, column)).count()
    }
}

/// Whether the first word of the second line would have fitted on the first, before `column`.
pub(super) fn ends_early(pair: &[Line], column: u32) -> bool {
    match pair {
        [line, next] => line.right() + 1 + first_word_width(next.text) <= column,
        _ => false,
    }
}

/// The columns up to the first place where a line may be broken.
fn first_word_width(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| byte.is_ascii_whitespace() || !byte.is_ascii()).unwrap_or(bytes.len());
    if bytes.get(end).is_none_or(u8::is_ascii) {
        let dash = line::position(text.get(..end).unwrap_or(text), b"--").filter(|at| *at > 0);
        return dash.map_or(end, |at| at + 2) as u32;
    }
    let mut word = text.split_whitespace().next().unwrap_or("");
    if let Some(wide) = word.chars().next().filter(|c| is_unspaced(*c)) {
        return line::width(word.get(..wide.len_utf8()).unwrap_or("")) + 2;
    }
    if let Some(dash) = line::position(word, b"--").filter(|at| *at > 0) {
        word = word.get(..dash + 2).unwrap_or(word);
    }
    line::width(word)
}

/// Whether three spaces stand in a text, as they do between columns.
pub(super) fn has_columns(text: &str) -> bool {
    line::position(text, b"   ").is_some()
}

/// The first letter or digit, behind quotation marks, brackets, dashes and marks of emphasis.
pub(super) fn initial(text: &str) -> Option<char> {
    text.chars().take(8).find(|c| is_alphanumeric(*c))
}

/// The last character that tells how a line ends: closing quotation marks, brackets and marks of emphasis are passed over.
pub(super) fn final_mark(text: &str) -> Option<char> {
    text.chars().rev().take(6).find(|c| !is_closing(*c))
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '“'
            | ')'
            | ']'
            | '}'
            | '_'
            | '*'
            | '='
            | '/'
            | '」'
            | '』'
            | '）'
    )
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    final_mark(text).is_some_and(|c| {
        matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '。' | '！' | '？' | '：' | '·' | '؟' | '۔' | '।')
    }) || text.ends_with("--")
        || text.ends_with(['—', '―'])
}

/// Whether a text begins with a quotation mark or the dash of a dialogue.
pub(super) fn opens_speech(text: &str) -> bool {
    text.starts_with(['"', '“', '‘', '«', '»', '„', '‚', '—', '―', '「', '『', '–'])
        || text.starts_with("--")
        || text.starts_with("- ")
}

/// Whether the letters of a text are capitals, and there are at least two.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut capitals = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    #[test]
    fn groups_know_the_gap_before_them() {
        let source = Source::new(SourceId(0), "a.txt", "a\nb\n\n\nc\n\u{C}\nd".into());
        let lines = lines(&source);
        let seen: Vec<_> = split(&lines).iter().map(|g| (g.first(), g.lines.len(), g.gap, g.new_page)).collect();
        assert_eq!(seen, [("a", 2, 0, false), ("c", 1, 2, false), ("d", 1, 2, true)]);
    }

    #[test]
    fn ends_and_beginnings_are_seen_behind_their_marks() {
        assert_eq!(initial("“_Oh"), Some('O'));
        assert!(ends_sentence("said she.”") && ends_sentence("why?_") && !ends_sentence("and then,"));
        assert!(is_capitals("THE END.") && !is_capitals("The") && !is_capitals("1."));
    }
}
