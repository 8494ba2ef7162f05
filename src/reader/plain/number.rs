//! Numbers as headings write them: 4, IV, four, fourth, 四, δ΄, ٤.

use super::line::position;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Characters that a number has at most.
const LONGEST: usize = 24;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NumberStyle {
    /// 1, 2, 3, in the digits of any script.
    Digits,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// One, first, erstes, premier.
    Words,
    /// 一, 二, 三.
    Han,
    /// 2.1 (of two numbers), 2.1.3 (of three): how many numbers there are.
    Nested(u8),
    /// Letters that count: Α΄, Β΄; א׳, ב׳; A, B.
    Letters,
}

/// A word in lower case without accents, as the tables of this reader have it.
pub(crate) fn normal(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|c| push_normal(c, &mut out));
    out
}

/// Adds the normal form of a character.
pub(crate) fn push_normal(c: char, out: &mut String) {
    match c {
        // What most texts are in needs no tables.
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        'Й' | 'й' => out.push('и'),
        'А'..='Я' => out.extend(c.to_lowercase()),
        'а'..='я' | 'α'..='ρ' | 'σ'..='ω' | '\u{4E00}'..='\u{9FFF}' => out.push(c),
        c => decompose_canonical(c, |part| push_low(part, out)),
    }
}

/// What `look` says of a word in normal form; short ones of ASCII, which nearly all are, need no memory of their own.
pub(crate) fn in_normal<R>(word: &str, look: impl FnOnce(&str) -> R) -> R {
    in_low(word, normal, look)
}

/// What `look` says of a word in small letters, which keep their accents; likewise.
pub(crate) fn in_small_letters<R>(word: &str, look: impl FnOnce(&str) -> R) -> R {
    in_low(word, |word| word.chars().flat_map(char::to_lowercase).collect(), look)
}

fn in_low<R>(word: &str, otherwise: impl FnOnce(&str) -> String, look: impl FnOnce(&str) -> R) -> R {
    let mut buffer = [0; 48];
    let low = buffer.get_mut(..word.len()).filter(|_| word.is_ascii()).and_then(|low| {
        low.copy_from_slice(word.as_bytes());
        low.make_ascii_lowercase();
        std::str::from_utf8(low).ok()
    });
    match low {
        Some(low) => look(low),
        None => look(&otherwise(word)),
    }
}

/// A character that has been decomposed, in lower case and as plain as can be; nothing of an accent.
fn push_low(part: char, out: &mut String) {
    if is_combining_mark(part) {
        return;
    }
    for c in part.to_lowercase() {
        match c {
            'ß' => out.push_str("ss"),
            'ς' => out.push('σ'),
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            '’' => out.push('\''),
            'ё' => out.push('е'),
            c => out.push(c),
        }
    }
}

/// The last of the numbers with full stops between: 3 of "2.1.3".
pub(crate) fn nested(word: &str) -> Option<(u32, NumberStyle)> {
    let mut count = 0_u8;
    let mut last = 0;
    for part in word.split('.') {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        last = part.parse().ok().filter(|_| is_number)?;
        count = count.checked_add(1)?;
    }
    (count > 1).then_some((last, NumberStyle::Nested(count)))
}

/// The value of a word that is a number, and how it is written. Trailing full stops, brackets and primes are not looked at.
pub(crate) fn parse(word: &str) -> Option<(u32, NumberStyle)> {
    let bare = bare(word)?;
    signs(bare).or_else(|| words(bare).map(|value| (value, NumberStyle::Words)))
}

/// The value of a word that is a number in digits or letters, as [`parse`] has it: not of one in words.
pub(crate) fn parse_signs(word: &str) -> Option<(u32, NumberStyle)> {
    signs(bare(word)?)
}

/// A word without the marks around it that could be a number.
fn bare(word: &str) -> Option<&str> {
    let bare = word.trim_matches([
        '.', ',', ':', ';', '(', ')', '（', '）', '[', ']', '_', '*', '—', '-', '–', '§', '°', 'º', 'ª', '·',
    ]);
    (!bare.is_empty() && bare.chars().nth(LONGEST).is_none()).then_some(bare)
}

fn signs(bare: &str) -> Option<(u32, NumberStyle)> {
    // Of the letters of ASCII the Roman ones alone begin a number; most words end here.
    let first = bare.chars().next()?;
    if first.is_ascii_alphabetic() && !matches!(first.to_ascii_lowercase(), 'i' | 'j' | 'v' | 'x' | 'l' | 'c') {
        return None;
    }
    digits(bare)
        .map(|value| (value, NumberStyle::Digits))
        .or_else(|| roman(bare).or_else(|| roman_ordinal(bare)))
        .or_else(|| han(bare).map(|value| (value, NumberStyle::Han)))
        .or_else(|| letters(bare).map(|value| (value, NumberStyle::Letters)))
}

/// The value of a word that is a number beside the name of a division. Words are looked up too that alone are names or
/// little words of other languages: Vietnamese and Indonesian ones.
pub(crate) fn parse_beside_name(word: &str) -> Option<(u32, NumberStyle)> {
    const WORDS: [(u32, &str); 10] = [
        (1, "mot nhat pertama satu wahid"),
        (2, "hai nhi kedua"),
        (3, "ba tam ketiga tiga"),
        (4, "bon tu keempat empat"),
        (5, "nam ngu kelima lima"),
        (6, "sau luc keenam enam"),
        (7, "bay that ketujuh tujuh"),
        (8, "bat kedelapan delapan"),
        (9, "chin cuu kesembilan sembilan"),
        (10, "muoi thap kesepuluh sepuluh"),
    ];
    static VALUES: LazyLock<FxHashMap<&str, u32>> =
        LazyLock::new(|| WORDS.iter().flat_map(|(value, words)| words.split(' ').map(|word| (word, *value))).collect());
    parse(word).or_else(|| in_normal(word, |word| VALUES.get(word).map(|value| (*value, NumberStyle::Words))))
}

/// Digits of one script, perhaps with the ending of an ordinal: 1st, 2e, 3-я.
fn digits(word: &str) -> Option<u32> {
    let end = word.find(|c: char| c.to_digit(10).is_none() && script_digit(c).is_none()).unwrap_or(word.len());
    let (number, ending) = word.split_at(end);
    const ENDINGS: [&str; 16] =
        ["", "st", "nd", "rd", "th", "e", "er", "re", "eme", "ème", "o", "a", "-я", "-й", "-е", "."];
    if number.is_empty() || number.chars().count() > 5 || !ENDINGS.contains(&ending.to_lowercase().as_str()) {
        return None;
    }
    number.chars().try_fold(0u32, |value, c| Some(value * 10 + c.to_digit(10).or_else(|| script_digit(c))?))
}

/// Whether a character alone is a number other than a letter that counts.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || script_digit(c).is_some() || han(c.encode_utf8(&mut [0; 4])).is_some()
}

/// The digits of scripts that other alphabets count with.
fn script_digit(c: char) -> Option<u32> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{966}'..='\u{96F}' => 0x966,
        '\u{9E6}'..='\u{9EF}' => 0x9E6,
        '\u{E50}'..='\u{E59}' => 0xE50,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    Some(c as u32 - zero)
}

/// A Roman number under 400 in its usual form (or with four equal signs, as printers had it: IIII). Larger ones are
/// years or words (mix, dim), not numbers of headings.
pub(crate) fn roman(word: &str) -> Option<(u32, NumberStyle)> {
    let upper = word.chars().all(|c| c.is_ascii_uppercase() || c == 'J');
    let lower = word.chars().all(|c| c.is_ascii_lowercase());
    if !(upper || lower) || word.len() > 15 {
        return None;
    }
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' | 'j' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    if word.chars().any(|c| value(c).is_none()) {
        return None;
    }
    let mut total = 0u32;
    let mut values = word.chars().filter_map(value).peekable();
    while let Some(one) = values.next() {
        match values.peek() {
            Some(next) if *next > one => total = total.wrapping_sub(one),
            _ => total = total.wrapping_add(one),
        }
    }
    // Words such as "mix" or "dill" are no numbers: writing the value again must give the word.
    let is_written = |four_signs| {
        let plain = word.chars().map(|c| if matches!(c, 'J' | 'j') { 'I' } else { c.to_ascii_uppercase() });
        to_roman(total, four_signs).eq(plain)
    };
    if total == 0 || !(is_written(false) || is_written(true)) {
        return None;
    }
    Some((total, if upper { NumberStyle::UpperRoman } else { NumberStyle::LowerRoman }))
}

/// A Roman number with the ending of an ordinal: II-lea, XIVe, III-я.
fn roman_ordinal(word: &str) -> Option<(u32, NumberStyle)> {
    const ENDINGS: [&str; 12] = ["-lea", "-a", "-er", "-e", "-eme", "-ème", "-й", "-я", "-е", "er", "e", "ème"];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending))?;
    roman(stem).filter(|(_, style)| *style == NumberStyle::UpperRoman)
}

/// The signs of a Roman number, `four_signs` of a kind where others take a smaller one from a larger.
fn to_roman(mut value: u32, four_signs: bool) -> impl Iterator<Item = char> {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let next = move || {
        let (worth, signs) =
            SIGNS.into_iter().find(|(worth, _)| *worth <= value && !(four_signs && matches!(worth, 4 | 40)))?;
        value -= worth;
        Some(signs)
    };
    std::iter::from_fn(next).flat_map(str::chars)
}

/// A Chinese number up to 9999, by places (二十一) or digit by digit (二一).
fn han(word: &str) -> Option<u32> {
    let (mut total, mut unit, mut by_place) = (0u32, 0u32, true);
    for c in word.chars() {
        let digit = match c {
            '〇' | '零' | '○' => 0,
            '一' | '壹' | '壱' => 1,
            '二' | '貳' | '弐' | '兩' | '两' => 2,
            '三' | '參' | '参' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' | '拾' | '百' | '千' | '廿' | '卅' => {
                let (worth, alone) = match c {
                    '百' => (100, 1),
                    '千' => (1000, 1),
                    '廿' => (10, 2),
                    '卅' => (10, 3),
                    _ => (10, 1),
                };
                total += unit.max(alone) * worth;
                unit = 0;
                by_place = true;
                continue;
            }
            _ => return None,
        };
        unit = if by_place { digit } else { unit.checked_mul(10)?.checked_add(digit)? };
        by_place = false;
    }
    (total + unit < 10_000).then_some(total + unit)
}

/// Greek letters that count, marked by a prime, or one letter alone; Hebrew ones likewise.
fn letters(word: &str) -> Option<u32> {
    // Greek and Hebrew letters alone count.
    if word.is_ascii() {
        return None;
    }
    let bare = word.trim_end_matches(['\'', '’', '΄', 'ʹ', '´', '·', '׳', '`']);
    let is_mark = |c: char| matches!(c, '״' | '"');
    let count = bare.chars().filter(|c| !is_mark(*c)).count();
    let marked = bare.len() < word.len() || bare.contains(is_mark);
    if count == 0 || count > 3 || (count > 1 && !marked) {
        return None;
    }
    let bare = bare.replace(is_mark, "");
    let lower = normal(&bare);
    if lower == "στ" || lower == "ϛ" {
        return Some(6);
    }
    let value = |c: char| -> Option<u32> {
        let at = |row: &str| row.chars().position(|one| one == c).map(|at| at as u32 + 1);
        at("αβγδε")
            .or_else(|| at("ζηθ").map(|n| n + 6))
            .or_else(|| at("ικλμνξοπ").map(|n| n * 10))
            .or_else(|| at("אבגדהוזחט"))
            .or_else(|| at("יכלמנסעפצ").map(|n| n * 10))
    };
    lower.chars().map(value).try_fold(0, |sum, one| Some(sum + one?))
}

/// Ordinals and cardinals of one to twenty and the tens, by language, without accents. An ending of up to three letters
/// more is allowed (erst-er, premi-ère is listed whole where its stem changes).
const WORDS: &[(u32, &str)] = &[
    (
        1,
        "one first erst uniem premier premiere primer primero primera prim primo prima eerst forsta forste fyrst ensimmain \
         pierwsz prvni prvy prva elso intai intaiul перв перша перший първа първи πρωτ birinci bir einz ein un une \
         uno una een en ett yksi jeden odin egy один une unua erste الاول الأول الأولى اول ראשון ראשונה primeir \
         primer primera erst prv esime esimene pirm lehen cyntaf прв หนึ่ง पहल प्रथम نخست ערשט prvi prvo prve први \
         прва прво прве",
    ),
    (
        2,
        "two second zweit zwei deuxiem deux segund secund second due dos dois duas tweed twee andra anden annen \
         toinen drug druh masodik ketto втор друг δευτερ ikinci deuxieme doi doua zweite seconda secondo segundo \
         segunda dua الثاني الثانية دوم שני שניה segon segona tein annar antr otr annet andet bigarren другий ail สอง \
         दूसर द्वितीय צווייט otra otrais doilea",
    ),
    (
        3,
        "three third dritt drei troisiem trois tercer tercio terceir terz tre tres trei derd drie tredje kolmas \
         trzeci tret harmadik harom treti трет τριτ ucuncu troisieme tria الثالث الثالثة سوم שלישי שלישית tercera \
         terti trec tretj thridja þriðj hirugarren trydydd трећ สาม तीसर तृतीय דריט treilea",
    ),
    (
        4,
        "four fourth viert vier quatriem quatre cuart quart quatro cuatro quattro vierd fjarde fjerde neljas czwart \
         ctvrt negyedik negy patru четверт четвърт τεταρτ dorduncu quatrieme kvara الرابع الرابعة چهارم רביעי רביעית \
         quarta ketvirt ceturt cetrt cetvrt stvrt fjord laugarren четврт สี่ चौथ चतुर्थ",
    ),
    (
        5,
        "five fifth funft funf cinquiem cinq quint cinco cinque vijfd vijf femte viides piat pat otodik ot cinci пят \
         пет πεμπτ besinci cinquieme kvina الخامس الخامسة پنجم חמישי חמישית quinta cinque penkt piekt pet piat fimmt \
         bosgarren п'ят ห้า पाँचव पंचम peta peto peti пета пето пети",
    ),
    (
        6,
        "six sixth sechst sechs sixiem sext sest sei seis zesd zes sjatte sjette kuudes szost sest hatodik hat sase \
         шест шост εκτ altinci sixieme sesa السادس السادسة ششم שישי ששי sisena siest sjott seigarren šest หก छठ",
    ),
    (
        7,
        "seven seventh siebent siebt sieben septiem sept septim settim sette sete siete zevend zeven sjunde syvende \
         seitsemas siodm sedm hetedik het sapte седьм седм сьом εβδομ yedinci septieme sepa السابع السابعة هفتم שביעי \
         septint septit zazpigarren เจ็ด सातव",
    ),
    (
        8,
        "eight eighth acht huitiem huit octav ottav oitav otto ocho oito achtst attonde ottende kahdeksas osm \
         nyolcadik nyolc opt восьм осм ογδο sekizinci huitieme oka الثامن الثامنة هشتم שמיני vuitena astunt astot \
         zortzigarren แปด आठव osma osmo osmi осма осмо осми",
    ),
    (
        9,
        "nine ninth neunt neun neuviem neuf noven non nueve nove negend negen nionde niende yhdeksas dziewiat devat \
         kilencedik kilenc noua девят девет ενατ dokuzuncu neuvieme naua التاسع التاسعة نهم תשיעי novena devint devit \
         devet deviat bederatzigarren дев'ят เก้า नौव",
    ),
    (
        10,
        "ten tenth zehnt zehn dixiem dix decim diez dez dieci tiend tien tionde tiende kymmenes dziesiat desat \
         tizedik tiz zece десят десет δεκατ onuncu dixieme deka العاشر العاشرة دهم עשירי desena desimt desmit deset \
         hamargarren десят kumnes สิบ दसव",
    ),
    (
        11,
        "eleven eleventh elft elf onziem onze undecim undicesim once undici ellevte elfte yhdestoista jedenast \
         tizenegyedik одиннадцат единадесет ενδεκατ onbirinci onzieme jedenact jedanaest jedanajst одинадцят",
    ),
    (
        12,
        "twelve twelfth zwolft zwolf douziem douze duodecim dodicesim doce dodici tolfte twaalfd kahdestoista dwunast \
         dvanact tizenkettedik двенадцат дванадесет δωδεκατ onikinci douzieme dvanaest dvanajst дванадцят",
    ),
    (
        13,
        "thirteen thirteenth dreizehnt treiziem treize decimotercer tredicesim trece treze tredici trettonde dertiend \
         trzynast trinact tizenharmadik тринадцат tredecim тринадцят",
    ),
    (
        14,
        "fourteen fourteenth vierzehnt quatorziem quatorze decimocuart quattordicesim catorce quatorze fjortonde \
         veertiend czternast ctrnact четырнадцат чотирнадцят",
    ),
    (
        15,
        "fifteen fifteenth funfzehnt quinziem quinze decimoquint quindicesim quince femtonde vijftiend pietnast \
         patnact пятнадцат п'ятнадцят",
    ),
    (
        16,
        "sixteen sixteenth sechzehnt seiziem seize decimosext sedicesim dieciseis sextonde zestiend szesnast sestnact \
         шестнадцат шістнадцят",
    ),
    (
        17,
        "seventeen seventeenth siebzehnt siebenzehnt dix-septiem decimoseptim diciassettesim sjuttonde zeventiend \
         siedemnast семнадцат сімнадцят",
    ),
    (
        18,
        "eighteen eighteenth achtzehnt dix-huitiem decimoctav diciottesim artonde achttiend osiemnast восемнадцат \
         вісімнадцят",
    ),
    (
        19,
        "nineteen nineteenth neunzehnt dix-neuviem decimonon diciannovesim nittonde negentiend dziewietnast \
         девятнадцат дев'ятнадцят",
    ),
    (
        20,
        "twenty twentieth zwanzigst vingtiem vingt vigesim ventesim veinte vinte venti tjugonde twintigst dwudziest \
         dvacat huszadik двадцат двадцят двадесет yirminci kahdeskymmenes",
    ),
    (30, "thirty thirtieth dreissigst trentiem trente trigesim trentesim treinta trinta dertigst trzydziest тридцат"),
    (40, "forty fortieth vierzigst quarantiem quarante cuadragesim quarantesim cuarenta veertigst сороков"),
    (50, "fifty fiftieth funfzigst cinquantiem cinquante cinquantesim cincuenta vijftigst пятидесят"),
    (60, "sixty sixtieth sechzigst soixantiem soixante sessantesim sesenta zestigst шестидесят"),
    (70, "seventy seventieth siebzigst soixante-dix settantesim setenta семидесят"),
    (80, "eighty eightieth achtzigst quatre-vingt ottantesim ochenta восьмидесят"),
    (90, "ninety ninetieth neunzigst novantesim noventa девяност"),
];

/// A number in words. Of two parts ("twenty-first", "einundzwanzigstes") the tens and the unit are added.
fn words(word: &str) -> Option<u32> {
    in_normal(word, normal_words)
}

fn normal_words(word: &str) -> Option<u32> {
    if let Some(value) = one_word(word) {
        return Some(value);
    }
    if let Some((tens, unit)) = word.split_once('-') {
        let (tens, unit) = (one_word(tens)?, one_word(unit)?);
        return (tens >= 20 && unit < 20).then_some(tens + unit);
    }
    let at = position(word, b"und")?;
    let (unit, tens) = (word.get(..at)?, word.get(at + 3..)?);
    let (unit, tens) = (one_word(unit)?, one_word(tens)?);
    (tens >= 20 && unit < 10).then_some(tens + unit)
}

fn one_word(word: &str) -> Option<u32> {
    static STEMS: LazyLock<FxHashMap<String, u32>> = LazyLock::new(|| {
        WORDS
            .iter()
            .rev()
            .flat_map(|(value, stems)| stems.split_whitespace().map(|stem| (normal(stem), *value)))
            .collect()
    });
    let count = word.chars().count();
    // The longest stem wins; short ones stand for themselves only: "un" is one, "under" is not.
    word.char_indices().rev().take(4).enumerate().find_map(|(ending, (at, last))| {
        let letters = count - ending;
        if letters == 1 || (ending > 0 && letters < 4) {
            return None;
        }
        STEMS.get(word.get(..at + last.len_utf8())?).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_way_of_writing() {
        let value = |word: &str| parse(word).map(|(value, _)| value);
        for (word, expected) in [
            ("12.", 12),
            ("XIV", 14),
            ("xlii", 42),
            ("IIII", 4),
            ("Zweites", 2),
            ("siebenundzwanzigstes", 27),
            ("premier", 1),
            ("Deuxième", 2),
            ("twenty-first", 21),
            ("Первая", 1),
            ("ELSŐ", 1),
            ("Α΄.", 1),
            ("ΣΤ'", 6),
            ("十一", 11),
            ("二十三", 23),
            ("٣", 3),
            ("１２", 12),
            ("الثالث", 3),
        ] {
            assert_eq!(value(word), Some(expected), "{word}");
        }
        for word in ["mix", "under", "unto", "civil", "dill", "the", "Prague"] {
            assert_eq!(value(word), None, "{word}");
        }
    }
}
