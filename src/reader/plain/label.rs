//! What a heading says of its place: "Chapter IV", "Erstes Kapitel", "第三章", "IV.", "4 The Storm".

use super::lexicon::{self, Division};
use super::number::{self, NumberStyle, normal};
use std::borrow::Cow;

/// A label at the start of a text, or at its end (作戰第二).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Label {
    /// What the division is called, where it is.
    pub(crate) division: Option<Division>,
    /// Its number and how that is written.
    pub(crate) number: Option<(u32, NumberStyle)>,
    /// The bytes of the text that are the label.
    pub(crate) end: usize,
    /// The byte at which the title begins, behind the marks that part the two; the length of the text where there is none.
    pub(crate) title: usize,
}

impl Label {
    /// Whether nothing but the label stands there.
    pub(crate) fn is_all_of(&self, text: &str) -> bool {
        self.title >= text.len()
    }
}

/// The marks between a label and a title.
const BETWEEN: [char; 14] = ['.', ':', '—', '–', '-', ')', ']', ' ', '\u{3000}', '\t', '|', '_', '·', '：'];

/// The label in a text, if it has one. Marks of emphasis around it must be gone.
pub(crate) fn parse(text: &str) -> Option<Label> {
    east_asian(text).or_else(|| named(text)).or_else(|| numbered(text))
}

fn with_end(text: &str, division: Option<Division>, number: Option<(u32, NumberStyle)>, end: usize) -> Label {
    let rest = text.get(end..).unwrap_or("");
    let title = text.len() - rest.trim_start_matches(BETWEEN).len();
    // The full stop belongs to the label: "I." stays "I.".
    let stop = usize::from(rest.starts_with('.')) + usize::from(rest.starts_with("'.")) * 2;
    Label { division, number, end: (end + stop).min(title.max(end)), title }
}

/// 第三章 …, 제3장 …, 卷一 …, 始計第一.
fn east_asian(text: &str) -> Option<Label> {
    let is_digit = |c: char| {
        number::parse(c.encode_utf8(&mut [0; 4])).is_some_and(|(_, style)| {
            style != NumberStyle::Letters && style != NumberStyle::UpperRoman && style != NumberStyle::LowerRoman
        }) || c == '十'
            || c == '百'
    };
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if first == '第' || first == '제' {
        let rest = text.get(first.len_utf8()..)?;
        let rest = rest.trim_start_matches([' ', '\u{3000}']);
        let from = text.len() - rest.len();
        let digits_end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let value = number::parse(rest.get(..digits_end)?)?;
        let tail = rest.get(digits_end..)?;
        let tail_trimmed = tail.trim_start();
        let counter = tail_trimmed.chars().next()?;
        let division = lexicon::counter(counter)?;
        let end = from + digits_end + (tail.len() - tail_trimmed.len()) + counter.len_utf8();
        return Some(with_end(text, Some(division), Some(value), end));
    }
    if let Some(division) = lexicon::counter(first) {
        let rest = text.get(first.len_utf8()..)?;
        let rest = rest.strip_prefix('第').unwrap_or(rest);
        let digits_end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let value = number::parse(rest.get(..digits_end)?)?;
        let end = text.len() - rest.len() + digits_end;
        return Some(with_end(text, Some(division), Some(value), end));
    }
    // The number at the end: the whole is the title, and the number makes the row.
    let (title, last) = text.rsplit_once('第')?;
    let is_title = !title.is_empty() && title.chars().count() <= 16 && title.chars().all(char::is_alphabetic);
    let value = number::parse(last.trim())?;
    is_title.then_some(Label { division: Some(Division::Chapter), number: Some(value), end: 0, title: 0 })
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// The bare form of a word, for the tables.
fn bare(word: &str) -> String {
    normal(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '§'))
}

/// The core of a word without brackets and marks, and the byte of the text at which it ends: of "I.--Drill" it is "I".
fn core((at, word): (usize, &str)) -> (&str, usize) {
    let core = word.trim_start_matches(['(', '[', '_']);
    let end = core.find("--").or_else(|| core.find(['—', '–', ':'])).unwrap_or(core.len());
    let trimmed = core.get(..end).unwrap_or(core).trim_end_matches(['.', ':', ',', ')', ']', '_', ';']);
    (trimmed, at + (word.len() - core.len()) + trimmed.len())
}

/// "Chapter IV", "Chapter the First", "Erstes Kapitel", "I. fejezet", "PART I.--_Drill._".
fn named(text: &str) -> Option<Label> {
    let mut list = words(text).take(4);
    let (_, first) = list.next()?;
    if let Some(glued) = first.strip_prefix('§').filter(|rest| !rest.is_empty()) {
        let value = number::parse(glued)?;
        return Some(with_end(text, Some(Division::Section), Some(value), first.trim_end_matches(['.', ':']).len()));
    }
    let second = list.next();
    let third = list.next();
    if let Some(division) = lexicon::division(&bare(first)) {
        if let Some(place) = second {
            let (word, end) = core(place);
            if let Some(value) = number::parse(word) {
                // "First" and "Twenty" may be followed by "Second".
                return Some(with_end(text, Some(division), Some(value), end));
            }
            if let (true, Some(place)) = (["the", "la", "le", "el"].contains(&bare(word).as_str()), third) {
                let (word, end) = core(place);
                if let Some(value) = number::parse(word) {
                    return Some(with_end(text, Some(division), Some(value), end));
                }
                if bare(word) == "last" {
                    return Some(with_end(text, Some(division), None, end));
                }
            }
        }
        return None;
    }
    // The number first: "Erstes Kapitel", "The First Part", "2. kapitola".
    let start = if ["the", "la", "le", "das", "der", "het", "il"].contains(&bare(first).as_str()) {
        second
    } else {
        Some((0, first))
    };
    let noun = if start == second { third } else { second };
    let value = number::parse(core(start?).0).filter(|(_, style)| *style != NumberStyle::Letters)?;
    let noun = noun?;
    let (word, end) = core(noun);
    let division = lexicon::division(&bare(word))?;
    Some(with_end(text, Some(division), Some(value), end))
}

/// "IV.", "4", "(4)", "Α'.", "IV. The Storm", "4 The Storm".
fn numbered(text: &str) -> Option<Label> {
    let (_, first) = words(text).next()?;
    let core = first.trim_start_matches(['(', '[', '§']);
    let core_end = core.find("--").or_else(|| core.find(['—', '–', ':'])).unwrap_or(core.len());
    let marked = core.get(..core_end)?;
    let core = marked.trim_end_matches(['.', ')', ']', ',', '·', ':']);
    let value = number::parse(core)?;
    let lead = first.len() - first.trim_start_matches(['(', '[', '§']).len();
    let end = lead + core.len();
    let label = with_end(text, None, Some(value), end);
    let alone = label.is_all_of(text);
    let has_mark = text.get(end..).is_some_and(|rest| rest.starts_with(['.', ')', ']', ':', '—', '–', '-', '\'', '·']));
    let fits = match value.1 {
        // "One" or "First" alone may be a heading; before other words it is a word.
        NumberStyle::Words => alone && first.chars().next().is_some_and(char::is_uppercase),
        NumberStyle::Letters => {
            alone
                && (core.len() < marked.len()
                    || core.ends_with(['\'', '’', '΄', 'ʹ', '´'])
                    || core.chars().count() == 1)
        }
        // "I am", "mix": a bare letter before words needs its full stop.
        NumberStyle::UpperRoman => alone || has_mark || (core.len() > 1 && !text.contains(". ")),
        NumberStyle::LowerRoman => alone && core.len() + 1 >= first.len() || has_mark && !alone,
        NumberStyle::Digits => value.0 < 1000 && (alone || has_mark || starts_upper(text.get(label.title..)?)),
        NumberStyle::Han => {
            alone || text.get(end..).is_some_and(|rest| rest.starts_with(['、', '.', ' ', '\u{3000}', '．']))
        }
    };
    fits.then_some(label)
}

fn starts_upper(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase())
}

/// A text without the marks of emphasis around the whole of it, and whether there were any.
pub(crate) fn without_marks(text: &str) -> (&str, bool) {
    for mark in ['_', '*', '=', '/', '~', '+', '#'] {
        let Some(inner) = text.strip_prefix(mark) else { continue };
        // The full stop may stand outside: "_First call_.".
        let (inner, stop) = match inner.strip_suffix('.') {
            Some(shorter) if shorter.ends_with(mark) => (shorter, true),
            _ => (inner, false),
        };
        if let Some(inner) = inner.strip_suffix(mark).filter(|inner| !inner.contains(mark)) {
            let inner = inner.trim();
            if inner.chars().any(char::is_alphanumeric) {
                return (inner, !stop || !inner.is_empty());
            }
        }
    }
    (text, false)
}

/// "C H A P T E R   I" → "CHAPTER I": at least three letters with single spaces between them, words two spaces apart.
pub(crate) fn unspaced(text: &str) -> Cow<'_, str> {
    let single = |word: &str| word.chars().count() == 1;
    let mut singles = 0;
    let mut all = 0;
    for word in text.split_whitespace() {
        all += 1;
        singles += usize::from(single(word) && word.chars().all(char::is_alphanumeric));
    }
    if singles < 3 || singles * 5 < all * 4 {
        return Cow::Borrowed(text);
    }
    let joined: Vec<String> = text
        .split("  ")
        .map(|word| word.split_whitespace().collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    Cow::Owned(joined.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Division, number, label and title of a text.
    fn seen(text: &str) -> Option<(Option<Division>, Option<u32>, &str, &str)> {
        parse(text).map(|label| {
            (label.division, label.number.map(|(value, _)| value), &text[..label.end], &text[label.title..])
        })
    }

    #[test]
    fn labels_of_many_languages_are_found() {
        use Division::*;
        for (text, division, number, label, title) in [
            ("CHAPTER IV.", Chapter, 4, "CHAPTER IV.", ""),
            ("Chapter 12: The Owl", Chapter, 12, "Chapter 12", "The Owl"),
            ("Chapter the Third", Chapter, 3, "Chapter the Third", ""),
            ("PART II--Fog", Part, 2, "PART II", "Fog"),
            ("Erstes Kapitel", Chapter, 1, "Erstes Kapitel", ""),
            ("Livre deuxième--La mer", Part, 2, "Livre deuxième", "La mer"),
            ("Глава первая", Chapter, 1, "Глава первая", ""),
            ("Часть 2. Дом", Part, 2, "Часть 2.", "Дом"),
            ("CAPÍTULO VII", Chapter, 7, "CAPÍTULO VII", ""),
            ("Első fejezet", Chapter, 1, "Első fejezet", ""),
            ("3. kapitola", Chapter, 3, "3. kapitola", ""),
            ("Rozdział trzeci", Chapter, 3, "Rozdział trzeci", ""),
            ("第三章 風", Chapter, 3, "第三章", "風"),
            ("第１２回", Chapter, 12, "第１２回", ""),
            ("제2장 바다", Chapter, 2, "제2장", "바다"),
            ("الفصل الثالث", Chapter, 3, "الفصل الثالث", ""),
            ("פרק שני", Chapter, 2, "פרק שני", ""),
            ("ΚΕΦΑΛΑΙΟΝ Β'", Chapter, 2, "ΚΕΦΑΛΑΙΟΝ Β'", ""),
            ("ATTO SECONDO", Act, 2, "ATTO SECONDO", ""),
            ("Hoofdstuk 5", Chapter, 5, "Hoofdstuk 5", ""),
            ("Bölüm 4", Chapter, 4, "Bölüm 4", ""),
            ("Luku 3", Chapter, 3, "Luku 3", ""),
        ] {
            assert_eq!(seen(text), Some((Some(division), Some(number), label, title)), "{text}");
        }
    }

    #[test]
    fn bare_numbers_are_labels_and_words_are_not() {
        assert_eq!(seen("IV."), Some((None, Some(4), "IV.", "")));
        assert_eq!(seen("IX. THE MILL"), Some((None, Some(9), "IX.", "THE MILL")));
        assert_eq!(seen("7"), Some((None, Some(7), "7", "")));
        assert_eq!(seen("Α'."), Some((None, Some(1), "Α'.", "")));
        for text in ["I was there", "A dog", "First we went", "Part of the way", "Mixed grain", "one or two"] {
            assert_eq!(seen(text), None, "{text}");
        }
    }

    #[test]
    fn letter_spaced_words_are_closed_up() {
        assert_eq!(unspaced("C H A P T E R   I I"), "CHAPTER II");
        assert_eq!(unspaced("I am a man"), "I am a man");
    }
}
