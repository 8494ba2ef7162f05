//! The words of a work, to tell a hyphen that a line end put in from one that belongs to the word.

use crate::reader::plain::line::Line;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;

/// The words that could mend a hyphen at a line end: only those are looked for, so that most works cost nothing.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Hashes of words, in small letters, that the work shows within its lines.
    seen: FxHashSet<u64>,
    /// Whether the hyphens at line ends are a typesetter's: of those that the work decides, most are soft.
    typeset: bool,
}

impl Words {
    /// Looks through the work for the words that its line ends break.
    pub(crate) fn of(lines: &[Line]) -> Words {
        let broken: Vec<_> = lines
            .windows(2)
            .filter_map(|pair| match pair {
                [line, next] => broken_word(line.text, next.text),
                _ => None,
            })
            .collect();
        if broken.is_empty() {
            return Words::default();
        }
        let wanted: FxHashSet<u64> =
            broken.iter().flat_map(|(head, tail)| [hash(&[head, tail]), hash(&[head, "-", tail])]).collect();
        let mut words = Words::default();
        for line in lines {
            let text = line.text.strip_suffix('-').map_or(line.text, |body| {
                body.rsplit_once(|c: char| !c.is_alphabetic()).map_or("", |(before, _)| before)
            });
            for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.len() > 3) {
                let hash = hash(&[word]);
                if wanted.contains(&hash) {
                    words.seen.insert(hash);
                }
            }
        }
        let soft = broken.iter().filter(|(head, tail)| words.knows_whole(head, tail) == Some(true)).count();
        let hard = broken.iter().filter(|(head, tail)| words.knows_whole(head, tail) == Some(false)).count();
        words.typeset = soft >= 3 && soft > hard * 2;
        words
    }

    /// Whether the hyphen at the end of `line` was put in by the line end: the work shows the whole word elsewhere and never
    /// with a hyphen; or its hyphens at line ends are mostly of that kind and the rules of `language` break the word there.
    pub(crate) fn is_soft_hyphen(&self, line: &str, next: &str, language: Option<hypher::Lang>) -> bool {
        let Some((head, tail)) = broken_word(line, next) else { return false };
        if line.ends_with(['\u{AD}', '¬']) {
            return true;
        }
        if let Some(whole) = self.knows_whole(head, tail) {
            return whole;
        }
        let Some(language) = language.filter(|_| self.typeset && head.len() + tail.len() < 60) else { return false };
        let whole = format!("{head}{tail}");
        let mut at = 0;
        hypher::hyphenate(&whole, language).any(|part| {
            at += part.len();
            at == head.len()
        })
    }

    /// Whether the work writes a word without a hyphen: none where it shows neither form.
    fn knows_whole(&self, head: &str, tail: &str) -> Option<bool> {
        if self.seen.contains(&hash(&[head, "-", tail])) {
            return Some(false);
        }
        self.seen.contains(&hash(&[head, tail])).then_some(true)
    }
}

/// The two pieces of a word that a line end breaks: letters, a hyphen at the end of the line, small letters.
fn broken_word<'t>(line: &'t str, next: &'t str) -> Option<(&'t str, &'t str)> {
    let body = line.strip_suffix(['-', '\u{AD}', '\u{2010}', '¬'])?;
    let start = body.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    let head = body.get(start..)?;
    let length: usize = next.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let tail = next.get(..length)?;
    (tail.chars().next().is_some_and(char::is_lowercase) && head.chars().count() > 1).then_some((head, tail))
}

fn hash(pieces: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    for piece in pieces {
        if piece.is_ascii() {
            piece.bytes().for_each(|byte| hasher.write_u32(u32::from(byte.to_ascii_lowercase())));
        } else {
            piece.chars().flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(c as u32));
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    #[test]
    fn the_work_itself_tells_which_hyphens_are_soft() {
        let text =
            "The lantern stood there. A well-known lan-\ntern, and a well-\nknown one at that, so over-\nhead it hung.";
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let words = Words::of(&lines(&source));
        let english = Some(hypher::Lang::English);
        assert!(words.is_soft_hyphen("A well-known lan-", "tern, and", english));
        assert!(!words.is_soft_hyphen("and a well-", "known one", english));
        assert!(!words.is_soft_hyphen("so over-", "head it hung.", english), "nothing tells");
    }
}
