//! What a heading says of its place: "Chapter IV", "Erstes Kapitel", "第三章", "IV.", "4 The Storm".

use super::lexicon::{self, Division};
use super::line::{is_alphabetic, is_alphanumeric, position};
use super::number::{self, NumberStyle, in_normal};
use smallvec::SmallVec;
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

/// Where a text that names a division and a smaller one in it begins to name the smaller: 7 in "ACT I. SCENE II. A street".
pub(crate) fn smaller(text: &str) -> Option<usize> {
    // Two names and two numbers, of which a dash may tie two to one word; in other scripts a name and its number may be one.
    if text.is_ascii() && text.split_whitespace().nth(2).is_none() {
        return None;
    }
    let large = counted(text).filter(|large| large.end > 0)?;
    let rest = text.get(large.title..)?.trim_start_matches([',', ';', ' ']);
    let small = counted(rest)?;
    let title = rest.get(small.title..)?;
    // "Book I. Chapter II. of the Laws says": a sentence goes on.
    let is_title = !title.starts_with(char::is_lowercase);
    (is_title && rank(&large)? < rank(&small)?).then_some(text.len() - rest.len())
}

/// Whether a text is all the name of a division, and the next begins with that of a smaller one: "ACT I", "SCENE II. A street".
pub(crate) fn holds_next(text: &str, next: &str) -> bool {
    let larger = || Some(rank(&counted(text).filter(|label| label.is_all_of(text))?)? < rank(&counted(next)?)?);
    larger() == Some(true)
}

fn rank(label: &Label) -> Option<u8> {
    label.division.map(Division::rank)
}

/// The label of a text that begins with the name of a division and its number.
fn counted(text: &str) -> Option<Label> {
    // Most lines end here: of a label in words one of the first two is the name.
    let mut words = text.split_whitespace().take(2);
    let may_be = text.starts_with(['第', '제']) || words.any(|word| look_up(word, lexicon::division).is_some());
    if may_be { parse(text).filter(|label| label.number.is_some() && label.division.is_some()) } else { None }
}

/// The marks between a label and a title.
const BETWEEN: [char; 14] = ['.', ':', '—', '–', '-', ')', ']', ' ', '\u{3000}', '\t', '|', '_', '·', '：'];

/// The label in a text, if it has one. Marks of emphasis around it must be gone.
pub(crate) fn parse(text: &str) -> Option<Label> {
    east_asian(text).or_else(|| named(text)).or_else(|| numbered(text))
}

fn with_end(text: &str, division: Option<Division>, number: Option<(u32, NumberStyle)>, end: usize) -> Label {
    let rest = text.get(end..).unwrap_or("");
    let title = rest.trim_start_matches(BETWEEN);
    // What parts it from the next label parts it from no title.
    let title = text.len() - if matches!(title, "," | ";") { 0 } else { title.len() };
    // A bracket that the label opens is closed in it; the full stop belongs to it: "I." stays "I.".
    let bracket = usize::from(text.starts_with(['(', '[']) && rest.starts_with([')', ']']));
    let stop = usize::from(rest.starts_with('.')) + usize::from(rest.starts_with("'.")) * 2;
    Label { division, number, end: (end + stop.max(bracket)).min(title.max(end)), title }
}

/// 第三章 …, 제3장 …, 卷一 …, 始計第一.
fn east_asian(text: &str) -> Option<Label> {
    let is_digit = number::is_digit;
    // Each of them has a counter or a mark that ASCII has not.
    let first = text.chars().next().filter(|_| !text.is_ascii())?;
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
    if let Some(label) = by_place(text, is_digit) {
        return Some(label);
    }
    if let Some(number) = ["その", "其の", "其之", "其"].iter().find_map(|head| text.strip_prefix(head)) {
        let digits_end = number.find(|c| !is_digit(c)).unwrap_or(number.len());
        let (digits, after) = number.split_at(digits_end);
        let value =
            number::parse(digits).filter(|_| after.is_empty() || after.starts_with([' ', '\u{3000}', '.', '、']))?;
        return Some(with_end(text, Some(Division::Section), Some(value), text.len() - after.len()));
    }
    // The number at the end: the whole is the title, and the number makes the row.
    let (title, last) = text.rsplit_once('第')?;
    let is_title = !title.is_empty() && title.chars().count() <= 16 && title.chars().all(is_alphabetic);
    let value = number::parse(last.trim())?;
    is_title.then_some(Label { division: Some(Division::Chapter), number: Some(value), end: 0, title: 0 })
}

/// The number first, without 第 or 제, and nothing else or a space behind its counter: 1장, 三章 風. Of two or three parts each
/// may be named by its place: 前編, 中巻, 下.
fn by_place(text: &str, is_digit: impl Fn(char) -> bool) -> Option<Label> {
    let digits_end = text.find(|c| !is_digit(c))?;
    let (number, rest) = text.split_at(digits_end);
    let mut chars = rest.chars();
    let first = chars.next()?;
    let (value, counter, end) = match first {
        '前' | '上' | '中' | '後' | '后' | '下' if number.is_empty() => {
            let place = match first {
                '前' | '上' => 1,
                '中' => 2,
                _ => 3,
            };
            let counter =
                chars.next().filter(|c| matches!(c, '編' | '编' | '篇' | '巻' | '卷' | '部' | '冊' | '册'))?;
            ((place, NumberStyle::Han), counter, first.len_utf8() + counter.len_utf8())
        }
        _ => (number::parse(number)?, first, digits_end + first.len_utf8()),
    };
    let division = lexicon::counter(counter)?;
    let after = text.get(end..)?;
    (after.is_empty() || after.starts_with([' ', '\u{3000}', '.', ':', '：', '、']))
        .then(|| with_end(text, Some(division), Some(value), end))
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// What a table says of a word without the marks around it.
fn look_up<R>(word: &str, table: impl FnOnce(&str) -> R) -> R {
    in_normal(word.trim_matches(|c: char| !is_alphanumeric(c) && c != '§'), table)
}

/// The core of a word without brackets and marks, and the byte of the text at which it ends: of "I.--Drill" it is "I".
fn core((at, word): (usize, &str)) -> (&str, usize) {
    let core = word.trim_start_matches(['(', '[', '_']);
    let end = end_at_dash(core);
    let trimmed = core.get(..end).unwrap_or(core).trim_end_matches(['.', ':', ',', ')', ']', '_', ';']);
    (trimmed, at + (word.len() - core.len()) + trimmed.len())
}

/// Where a word ends that a dash or a colon may tie to the next.
fn end_at_dash(word: &str) -> usize {
    position(word, b"--").or_else(|| word.find(['—', '–', ':'])).unwrap_or(word.len())
}

/// "Chapter IV", "Chapter the First", "Erstes Kapitel", "I. fejezet", "PART I.--_Drill._".
fn named(text: &str) -> Option<Label> {
    // An article, a number of three words, a name.
    let list: SmallVec<[(usize, &str); 5]> = words(text).take(5).collect();
    let (first, rest) = list.split_first()?;
    if let Some(glued) = first.1.strip_prefix('§').filter(|rest| !rest.is_empty()) {
        let value = number::parse(glued)?;
        let end = first.1.trim_end_matches(['.', ':']).len();
        return Some(with_end(text, Some(Division::Section), Some(value), end));
    }
    if let Some(division) = look_up(first.1, lexicon::division) {
        let (value, end) = without_article(rest).and_then(value_at).or_else(|| value_at(rest))?;
        let label = with_end(text, Some(division), value, end);
        // "Problem 3 was hard" names none; "PROP. I. THEOR. I." names two.
        let alone = || label.is_all_of(text) || text.get(label.title..).is_some_and(is_statement);
        return (division != Division::Statement || alone()).then_some(label);
    }
    if let Some(label) = unspaced_name(text, first.1) {
        return Some(label);
    }
    // The number first: "Erstes Kapitel", "The First Part", "2. kapitola".
    let (number, name) = without_article(&list).unwrap_or(&list).split_first()?;
    let (word, end) = core(*name.first()?);
    let division = look_up(word, lexicon::division)?;
    let (value, _) = value_at(std::slice::from_ref(number))?;
    // "One night they came" counts nothing.
    let is_label = match value {
        None => with_end(text, None, None, end).is_all_of(text),
        Some((_, NumberStyle::Letters)) => false,
        Some((_, NumberStyle::Words)) => !text.get(end..)?.trim_start().starts_with(char::is_lowercase),
        Some(_) => true,
    };
    is_label.then(|| with_end(text, Some(division), value, end))
}

/// Whether a text names a statement and nothing else.
fn is_statement(text: &str) -> bool {
    // Its name and its number; behind it another may stand, and so on.
    const LONGEST: usize = 48;
    text.len() <= LONGEST && named(text).is_some_and(|label| label.division == Some(Division::Statement))
}

/// The words behind an article or what stands for one: "the first", "al II-lea", "thứ nhất".
fn without_article<'w, 't>(list: &'w [(usize, &'t str)]) -> Option<&'w [(usize, &'t str)]> {
    const ARTICLES: [&str; 11] = ["the", "la", "le", "el", "il", "das", "der", "het", "al", "a", "thu"];
    let (first, rest) = list.split_first()?;
    (!rest.is_empty() && look_up(first.1, |word| ARTICLES.contains(&word))).then_some(rest)
}

/// The number at the head of some words, none for "last", and the byte at which it ends. Tens in words go on with the
/// units: "twenty second", "vingt et un".
fn value_at(list: &[(usize, &str)]) -> Option<(Option<(u32, NumberStyle)>, usize)> {
    let (first, rest) = list.split_first()?;
    let (word, end) = core(*first);
    let Some((value, style)) = number::parse_beside_name(word) else {
        return look_up(word, lexicon::is_last).then_some((None, end));
    };
    let goes_on = style == NumberStyle::Words && value >= 20 && value % 10 == 0 && end == first.0 + first.1.len();
    const AND: [&str; 7] = ["et", "y", "e", "and", "och", "og", "и"];
    let and = |place: &&(usize, &str)| look_up(place.1, |word| AND.contains(&word));
    let unit = rest.get(usize::from(rest.first().as_ref().is_some_and(and))).filter(|_| goes_on);
    if let Some((word, end)) = unit.map(|place| core(*place))
        && let Some((unit, NumberStyle::Words)) = number::parse(word).filter(|(unit, _)| *unit < 10)
    {
        return Some((Some((value + unit, style)), end));
    }
    Some((Some((value, style)), end))
}

/// In scripts without spaces between words the number may follow at once: ภาคที่หนึ่ง.
fn unspaced_name(text: &str, first: &str) -> Option<Label> {
    let is_thai = |c: char| matches!(c, '\u{E01}'..='\u{E5B}');
    first.chars().next().filter(|c| is_thai(*c))?;
    // No name of a division is longer.
    const LONGEST: usize = 64;
    let ends = first.char_indices().map(|(at, _)| at).skip(1).take(LONGEST);
    let (division, value) = ends
        .filter_map(|at| {
            let (name, number) = first.split_at_checked(at)?;
            Some((in_normal(name, lexicon::division)?, number::parse(number)?))
        })
        .last()?;
    Some(with_end(text, Some(division), Some(value), first.len()))
}

/// "IV.", "4", "(4)", "Α'.", "IV. The Storm", "4 The Storm".
fn numbered(text: &str) -> Option<Label> {
    let (_, first) = words(text).next()?;
    let core = first.trim_start_matches(['(', '[', '§']);
    let marked = core.get(..end_at_dash(core))?;
    let core = marked.trim_end_matches(['.', ')', ']', ',', '·', ':']);
    let lead = first.len() - first.trim_start_matches(['(', '[', '§']).len();
    let end = lead + core.len();
    // A number in words counts only where nothing follows it.
    let in_words = || {
        let may_be = first.starts_with(char::is_uppercase) && with_end(text, None, None, end).is_all_of(text);
        if may_be { number::parse(core) } else { None }
    };
    let value = number::nested(core).or_else(|| number::parse_signs(core)).or_else(in_words)?;
    let label = with_end(text, None, Some(value), end);
    let alone = label.is_all_of(text);
    let has_mark = text.get(end..).is_some_and(|rest| rest.starts_with(['.', ')', ']', ':', '—', '–', '-', '\'', '·']));
    let fits = match value.1 {
        // "One" or "First" alone may be a heading; before other words it is a word.
        NumberStyle::Words => true,
        NumberStyle::Letters => {
            alone
                && (core.len() < marked.len()
                    || core.ends_with(['\'', '’', '΄', 'ʹ', '´'])
                    || core.chars().count() == 1)
        }
        // "I am", "mix": a bare letter before words needs its full stop.
        NumberStyle::UpperRoman => alone || has_mark || (core.len() > 1 && !text.contains(". ")),
        NumberStyle::LowerRoman => alone && core.len() + 2 >= first.len() || has_mark && !alone,
        NumberStyle::Digits => value.0 < 1000 && (alone || has_mark || starts_upper(text.get(label.title..)?)),
        // A decimal, a price and an hour are written so too.
        NumberStyle::Nested(_) => !alone && starts_upper(text.get(label.title..)?),
        NumberStyle::Han => {
            alone || text.get(end..).is_some_and(|rest| rest.starts_with(['、', '.', ' ', '\u{3000}', '．']))
        }
    };
    fits.then_some(label)
}

fn starts_upper(text: &str) -> bool {
    text.chars().find(|c| is_alphanumeric(*c)).is_some_and(|c| c.is_uppercase())
}

/// A text without the marks of emphasis around the whole of it, and whether there were any.
pub(crate) fn without_marks(text: &str) -> (&str, bool) {
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '_' | '*' | '=' | '/' | '~' | '+' | '#')) else {
        return (text, false);
    };
    let inner = text.strip_prefix(mark).unwrap_or(text);
    // The full stop may stand outside: "_First call_.".
    let inner = inner.strip_suffix('.').filter(|shorter| shorter.ends_with(mark)).unwrap_or(inner);
    let inner = inner.strip_suffix(mark).filter(|inner| !inner.contains(mark)).map(str::trim);
    match inner.filter(|inner| inner.chars().any(is_alphanumeric)) {
        Some(inner) => (inner, true),
        None => (text, false),
    }
}

/// "C H A P T E R   I" → "CHAPTER I": at least three letters with single spaces between them, words two spaces apart.
pub(crate) fn unspaced(text: &str) -> Cow<'_, str> {
    let (mut singles, mut all) = (0, 0);
    if text.is_ascii() {
        for word in text.split_ascii_whitespace() {
            all += 1;
            singles += usize::from(matches!(word.as_bytes(), [byte] if byte.is_ascii_alphanumeric()));
        }
    } else {
        for word in text.split_whitespace() {
            let mut chars = word.chars();
            let single = chars.next().filter(|_| chars.as_str().is_empty());
            all += 1;
            singles += usize::from(single.is_some_and(is_alphanumeric));
        }
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
            ("Livre deuxième--La mer", Book, 2, "Livre deuxième", "La mer"),
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
    fn plays_and_poems_of_many_languages_are_numbered() {
        use Division::*;
        for (text, division, number) in [
            ("ACT III", Act, 3),
            ("Erster Aufzug.", Act, 1),
            ("DRITTER AUFTRITT", Scene, 3),
            ("ACTE DEUXIÈME", Act, 2),
            ("SCÈNE PREMIÈRE", Scene, 1),
            ("Scène IV.", Scene, 4),
            ("ACTO PRIMERO", Act, 1),
            ("ESCENA ÚLTIMA", Scene, 0),
            ("ATTO TERZO", Act, 3),
            ("SCENA II", Scene, 2),
            ("Eerste bedrijf", Act, 1),
            ("TWEEDE TOONEEL", Scene, 2),
            ("FÖRSTA AKTEN", Act, 1),
            ("TREDJE SCENEN", Scene, 3),
            ("Ensimmäinen näytös", Act, 1),
            ("AKT PIERWSZY", Act, 1),
            ("JEDNÁNÍ DRUHÉ", Act, 2),
            ("VÝSTUP TŘETÍ", Scene, 3),
            ("MÁSODIK FELVONÁS", Act, 2),
            ("ДЕЙСТВИЕ ПЕРВОЕ", Act, 1),
            ("ЯВЛЕНИЕ IV", Scene, 4),
            ("ДІЯ ДРУГА", Act, 2),
            ("ΠΡΑΞΙΣ ΠΡΩΤΗ", Act, 1),
            ("Birinci Perde", Act, 1),
            ("المشهد الثاني", Scene, 2),
            ("第一幕", Act, 1),
            ("第二場", Scene, 2),
            ("CANTO XXXIV", Poem, 34),
            ("Chant premier", Poem, 1),
            ("ERSTER GESANG", Poem, 1),
            ("Песнь вторая", Poem, 2),
            ("その三", Section, 3),
        ] {
            let label = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(label.division, Some(division), "{text}");
            assert_eq!(label.number.map_or(0, |(value, _)| value), number, "{text}");
            assert!(label.is_all_of(text), "{text}");
        }
    }

    #[test]
    fn tens_and_units_are_one_number() {
        for (text, number) in [
            ("CHAPTER TWENTY-FIRST", 21),
            ("Chapter Thirty Two", 32),
            ("CHAPITRE VINGT ET UNIÈME", 21),
            ("CHAPITRE TRENTE-DEUXIÈME", 32),
            ("Capítulo treinta y uno", 31),
            ("CAPITOLO VENTESIMO TERZO", 23),
            ("Capítulo vigésimo primero", 21),
            ("Глава двадцать первая", 21),
            ("Rozdział dwudziesty drugi", 22),
            ("Siebenundzwanzigstes Kapitel", 27),
            ("第二十三章", 23),
            ("第一百零八回", 108),
        ] {
            let label = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(label.number.map(|(value, _)| value), Some(number), "{text}");
            assert!(label.is_all_of(text), "{text}");
        }
    }

    #[test]
    fn bare_numbers_are_labels_and_words_are_not() {
        assert_eq!(seen("IV."), Some((None, Some(4), "IV.", "")));
        assert_eq!(seen("IX. THE MILL"), Some((None, Some(9), "IX.", "THE MILL")));
        assert_eq!(seen("7"), Some((None, Some(7), "7", "")));
        assert_eq!(seen("Α'."), Some((None, Some(1), "Α'.", "")));
        for text in [
            "I was there",
            "A dog",
            "First we went",
            "Part of the way",
            "Mixed grain",
            "one or two",
            "One night they came",
            "Last night he left",
        ] {
            assert_eq!(seen(text), None, "{text}");
        }
    }

    #[test]
    fn a_smaller_division_may_follow_its_larger_one() {
        for (text, small) in [
            ("ACT I. SCENE II. A street.", Some("SCENE II. A street.")),
            ("Act 1, Scene 2", Some("Scene 2")),
            ("Erster Aufzug. Zweiter Auftritt.", Some("Zweiter Auftritt.")),
            ("第一幕　第二場", Some("第二場")),
            ("Book I. Chapter II. of the Laws says", None),
            ("PROP. I. THEOR. I.", None),
            ("CHAPTER I. The Scene", None),
        ] {
            assert_eq!(smaller(text).map(|at| &text[at..]), small, "{text}");
        }
        assert!(holds_next("ACT I", "SCENE II. A street") && !holds_next("SCENE II", "ACT I"));
    }

    #[test]
    fn statements_that_never_end_are_no_label() {
        assert_eq!(seen("Prop. 1. Theor. 1."), Some((Some(Division::Statement), Some(1), "Prop. 1.", "Theor. 1.")));
        assert_eq!(seen(&"Prop. 1. ".repeat(100_000)), None);
        assert_eq!(seen(&format!("{}1 Act", "1.".repeat(300))), None);
    }

    #[test]
    fn letter_spaced_words_are_closed_up() {
        assert_eq!(unspaced("C H A P T E R   I I"), "CHAPTER II");
        assert_eq!(unspaced("I am a man"), "I am a man");
    }
}
