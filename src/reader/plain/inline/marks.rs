//! Which characters a work uses as marks of emphasis.

use crate::bytes::ByteSet;
use crate::reader::plain::line::Line;

/// The characters that may stand around emphasised words.
const CANDIDATES: [u8; 6] = [b'_', b'=', b'*', b'/', b'~', b'+'];

/// The marks in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    live: [bool; 6],
}

impl Marks {
    /// Counts the marks that open and close something. An underscore has no other use in running text, so that one pair tells;
    /// of the others it takes three, and hardly any that stands alone.
    pub(crate) fn of(lines: &[Line]) -> Marks {
        static MARKS: ByteSet = ByteSet::of(&CANDIDATES);
        let (mut opens, mut closes) = ([0usize; 6], [0usize; 6]);
        for line in lines {
            let bytes = line.text.as_bytes();
            for (at, byte) in bytes.iter().enumerate() {
                // Hardly any byte is one.
                if !MARKS.holds(*byte) {
                    continue;
                }
                let Some(mark) = CANDIDATES.iter().position(|mark| mark == byte) else { continue };
                let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
                let after = bytes.get(at + 1).copied().unwrap_or(b' ');
                let list = if is_word(after) && !is_letter(before) && before != *byte && before != b':' {
                    &mut opens
                } else if is_word(before) && !is_letter(after) && after != *byte {
                    &mut closes
                } else {
                    continue;
                };
                if let Some(count) = list.get_mut(mark) {
                    *count += 1;
                }
            }
        }
        let mut marks = Marks::default();
        for (mark, live) in marks.live.iter_mut().enumerate() {
            let (opens, closes) = (opens.get(mark).copied().unwrap_or(0), closes.get(mark).copied().unwrap_or(0));
            let pairs = opens.min(closes);
            *live = if mark == 0 { pairs > 0 } else { pairs >= 3 && opens.max(closes) * 4 <= pairs * 5 + 4 };
        }
        marks
    }

    /// Whether a character is a mark of emphasis in this work.
    pub(super) fn is_live(self, mark: u8) -> bool {
        CANDIDATES.iter().position(|candidate| *candidate == mark).and_then(|at| self.live.get(at)) == Some(&true)
    }
}

/// Whether a byte is of a word.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether a byte is of a word or of the punctuation that may stand just within the marks.
fn is_word(byte: u8) -> bool {
    is_letter(byte) || matches!(byte, b'.' | b',' | b'!' | b'?' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn live(text: &str) -> String {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let marks = Marks::of(&lines(&source));
        CANDIDATES.iter().filter(|mark| marks.is_live(**mark)).map(|mark| *mark as char).collect()
    }

    #[test]
    fn a_mark_is_live_where_it_comes_in_pairs() {
        assert_eq!(live("an _old_ house"), "_");
        assert_eq!(live("as old as _the hills_, he said"), "_");
        assert_eq!(live("a =b= c =d= e =f g= h"), "=");
        assert_eq!(live("and/or, either/or, 1/2, http://x/y"), "");
        assert_eq!(live("one* two* three* and four*"), "");
        assert_eq!(live("a /b/ c /d/ and /e f/ so"), "/");
    }
}
