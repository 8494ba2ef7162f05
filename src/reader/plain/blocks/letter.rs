//! The parts of a letter that are no running text: date line, address, salutation, signature.

use super::group::{Group, ends_sentence, is_capitals};
use super::survey::Region;
use crate::model::ParagraphRole;
use crate::reader::plain::line::is_alphanumeric;
use crate::reader::plain::number::in_small_letters;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How letters begin, by the first word in small letters.
const SALUTATIONS: &str = "dear dearest sir sirs madam gentlemen cher chère chers monsieur madame lieber liebe liebster liebste verehrter \
    verehrte geehrter geehrte hochverehrter werter caro cara carissimo querido querida estimado prezado geachte beste kära kæreste \
    kære дорогой дорогая милый αγαπητέ";

/// What may stand before the first of these words: whose the other is, and how.
const BEFORE: &str = "my our to the most very ever own and reverend honoured honored worthy good kind mein meine unser unsere sehr an \
    mon ma mes très notre mio mia miei mi mis muy meu minha mijn zeer min mina мой моя мои μου";

/// What a word is at the head of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// It is addressed.
    Salutation,
    /// It may stand before one that is.
    Before,
}

/// Whether a short text is how a letter begins.
fn is_salutation(text: &str) -> bool {
    let closed = text.trim_end_matches(['_', '\'']);
    // Between quotation marks both ends are of a speech: “Yes, sir.”
    if closed.ends_with(['"', '”', '»']) && closed.starts_with(['"', '“', '«', '—', '–']) {
        return false;
    }
    let ends = closed.trim_end_matches(['"', '”']).ends_with([',', ':', '!', '-', '—', ';', '.']);
    let words = text.split(|c: char| !is_alphanumeric(c)).filter(|word| !word.is_empty()).take(4);
    // "Oh dear", "Well, sir": an exclamation.
    let mut words = words.skip_while(|word| opening(word) == Some(Opening::Before));
    let addressed = |word: &str| opening(word) == Some(Opening::Salutation);
    ends && words.next().is_some_and(addressed) && {
        // So are "Dear me!" and "Dear, dear!".
        let (next, alone) = (words.next().unwrap_or(""), words.next().is_none());
        !(next.eq_ignore_ascii_case("me") || next.eq_ignore_ascii_case("dear") && alone)
    }
}

/// What a word is at the head of a letter, if letters begin with it.
fn opening(word: &str) -> Option<Opening> {
    static WORDS: LazyLock<FxHashMap<&str, Opening>> = LazyLock::new(|| {
        let each = |words: &'static str, is| words.split_whitespace().map(move |word| (word, is));
        each(SALUTATIONS, Opening::Salutation).chain(each(BEFORE, Opening::Before)).collect()
    });
    in_small_letters(word, |word| WORDS.get(word).copied())
}

/// Whether a text names a day or a year.
fn has_date(text: &str) -> bool {
    let mut words = text.split(|c: char| !is_alphanumeric(c)).filter(|word| !word.is_empty());
    words.any(|word| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let rest = word.get(digits..).unwrap_or("");
        digits == 4 && rest.is_empty() && word.starts_with(['1', '2'])
            || (1..=2).contains(&digits) && matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er")
    })
}

/// What a short group is in a letter. `column` is where lines end; `opens` whether text begins here (a section, or the end of
/// another letter), `closes` whether it ends here.
pub(super) fn role(
    group: &Group,
    region: &Region,
    column: u32,
    opens: bool,
    closes: bool,
) -> Option<(ParagraphRole, &'static str)> {
    let short = column * 2 / 3;
    if group.lines.len() > 6 || group.lines.iter().any(|line| line.width > short) {
        return None;
    }
    let aside = group.indent() >= region.margin + column.saturating_sub(region.margin) / 4;
    let first = group.first();
    if group.lines.len() == 1 && is_salutation(first) {
        return Some((ParagraphRole::Salutation, "words that letters begin with"));
    }
    if aside {
        return Some(if has_date(group.last()) || has_date(first) {
            (ParagraphRole::DateLine, "a date, set to the side")
        } else {
            (ParagraphRole::Signature, "short lines, set to the side")
        });
    }
    let small = group.lines.iter().all(|line| line.width * 2 < column);
    if (opens || closes)
        && small
        && group.lines.len() <= 3
        && has_date(group.last())
        && !ends_sentence(first.trim_end_matches(['.', '_']))
        && first.contains(',')
    {
        return Some((ParagraphRole::DateLine, "a date, where a letter begins or ends"));
    }
    let name = group.last().trim_matches(|c: char| !is_alphanumeric(c) && c != '.');
    if closes && small && group.lines.len() <= 3 && is_capitals(name) && name.split_whitespace().count() <= 4 {
        return Some((ParagraphRole::Signature, "a name, where a letter ends"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_and_dates() {
        assert!(is_salutation("MY DEAR FRIEND,--") && is_salutation("“Dear Sir,") && is_salutation("Lieber Papa!"));
        assert!(is_salutation("Reverend and dear Sir:") && is_salutation("Ma chère amie,"));
        assert!(!is_salutation("Dear me!") && !is_salutation("Dear, dear!"));
        assert!(!is_salutation("Dear me, said he, and went on") && !is_salutation("Oh dear, oh dear!"));
        assert!(!is_salutation("“Yes, sir.”") && !is_salutation("Well, sir!") && !is_salutation("“My dear!”"));
        assert!(has_date("London, July 5th, 1901.") && has_date("Den 2. August") && !has_date("By order of the King"));
    }
}
