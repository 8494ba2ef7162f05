//! How likely bytes are as text, under each encoding: by which letters stand in them, and beside what.
//!
//! The unit is the natural logarithm of a probability, so that what is found adds up. Only bytes from 0x80 are looked at, and what
//! is beside them: the others are the same in all these encodings.

use super::alphabet::{ALPHABETS, Alphabet};
use super::charset::Charset;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs as web;
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;
use unicode_script::{Script, UnicodeScript};
use whatlang::Lang;

/// One encoding with what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// The encoding.
    pub(super) charset: Charset,
    /// How likely the bytes are under it, as a logarithm.
    pub(super) likelihood: f32,
}

/// Encodings of one byte a character with what is known of them beforehand: those of Windows are what most old files are in.
const SINGLE: &[(&Encoding, f32)] = &[
    (web::WINDOWS_1252, 0.0),
    (web::WINDOWS_1250, -1.0),
    (web::WINDOWS_1251, -1.0),
    (web::WINDOWS_1253, -1.0),
    (web::WINDOWS_1254, -1.0),
    (web::WINDOWS_1255, -1.0),
    (web::WINDOWS_1256, -1.0),
    (web::WINDOWS_1257, -1.0),
    (web::WINDOWS_874, -1.5),
    (web::WINDOWS_1258, -2.0),
    (web::KOI8_U, -1.6),
    (web::KOI8_R, -1.5),
    (web::ISO_8859_2, -1.5),
    (web::ISO_8859_7, -1.5),
    (web::ISO_8859_15, -2.0),
    (web::ISO_8859_5, -2.0),
    (web::ISO_8859_6, -2.0),
    (web::ISO_8859_3, -3.0),
    (web::ISO_8859_4, -3.0),
    (web::ISO_8859_13, -3.0),
    (web::ISO_8859_14, -3.0),
    (web::IBM866, -2.0),
    (web::MACINTOSH, -2.5),
    (web::X_MAC_CYRILLIC, -3.0),
];

/// Code pages of DOS, likewise.
const DOS: &[(&str, f32)] = &[("CP437", -3.2), ("CP850", -3.0), ("CP852", -3.5), ("CP737", -3.5), ("CP775", -4.0)];

/// Encodings of one or two bytes a character, with the first bytes of the characters in daily use.
const DOUBLE: &[(&Encoding, Hand)] = &[
    (web::GB18030, Hand::Chinese { common: (0xB0, 0xD7) }),
    (web::BIG5, Hand::Chinese { common: (0xA4, 0xC6) }),
    (web::SHIFT_JIS, Hand::Japanese { common: (0x88, 0x97) }),
    (web::EUC_JP, Hand::Japanese { common: (0xB0, 0xCF) }),
    (web::EUC_KR, Hand::Korean { common: (0xB0, 0xC8) }),
];

/// What an encoding of the East is for.
#[derive(Debug, Clone, Copy)]
enum Hand {
    Chinese { common: (u8, u8) },
    Japanese { common: (u8, u8) },
    Korean { common: (u8, u8) },
}

/// What the statistics of chardetng, which know pairs of letters, add to the encoding that they find.
const VOTE: f32 = 3.0;

/// The letters beyond ASCII that those statistics need.
const VOTERS: usize = 10;

/// What it costs that a letter is a capital.
const CAPITAL: f32 = -0.7;

/// What it costs to be in another language than the one that the letters of ASCII show.
const FOREIGN: f32 = -4.0;

/// The language that the letters of ASCII show without any others, where those are few enough not to be missed.
fn language(bytes: &[u8]) -> Option<Lang> {
    // Enough for any statistics.
    const SAMPLE: usize = 20_000;
    // A letter in ten beyond ASCII, and the words are in pieces.
    const MANY: usize = 10;
    const SURE: f64 = 0.8;
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    let beyond = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if beyond * MANY > letters {
        return None;
    }
    let text: String = sample.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { ' ' }).collect();
    whatlang::detect(&text).filter(|found| found.confidence() >= SURE).map(|found| found.lang())
}

/// All encodings that allow the bytes, the likeliest first.
pub(super) fn rank(bytes: &[u8]) -> Vec<Reading> {
    let counts = Counts::of(bytes);
    let single = SINGLE.iter().map(|&(encoding, prior)| (Charset::Web(encoding), prior));
    let dos = DOS.iter().filter_map(|&(name, prior)| Some((Charset::dos(name)?, prior)));
    let mut readings: Vec<Reading> = single
        .chain(dos)
        .map(|(charset, prior)| Reading { charset, likelihood: prior + counts.likelihood(charset) })
        .collect();
    readings.extend(DOUBLE.iter().filter_map(|&(encoding, hand)| {
        let likelihood = double(bytes, encoding, hand)?;
        Some(Reading { charset: Charset::Web(encoding), likelihood })
    }));
    if let Some(guess) = vote(bytes)
        && let Some(reading) = readings.iter_mut().find(|reading| reading.charset == Charset::Web(guess))
    {
        reading.likelihood += VOTE;
    }
    readings.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood));
    readings
}

/// What chardetng finds, unless it has too little to go by, or finds what it finds without any evidence too.
fn vote(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.iter().filter(|byte| !byte.is_ascii()).take(VOTERS).count() < VOTERS {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&foreign_words(bytes), true);
    match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == web::WINDOWS_1252 => None,
        guess if guess == web::GBK => Some(web::GB18030),
        guess => Some(guess),
    }
}

/// The words with bytes from 0x80, each with the mark before and behind it: what the statistics of pairs can tell apart.
/// Of most texts that is a hundredth.
fn foreign_words(bytes: &[u8]) -> Vec<u8> {
    let mut words = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
        let (before, from) = rest.split_at(at);
        let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let ends = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
        let end = from.iter().position(ends).map_or(from.len(), |end| end + 1);
        words.extend_from_slice(before.get(at.saturating_sub(letters + 1)..).unwrap_or_default());
        words.extend_from_slice(from.get(..end).unwrap_or_default());
        rest = from.get(end..).unwrap_or_default();
    }
    words
}

/// The bytes from 0x80 that are in a text.
pub(super) fn beyond_ascii(bytes: &[u8]) -> Vec<u8> {
    let mut seen = [false; 256];
    for &byte in bytes {
        if let Some(seen) = seen.get_mut(usize::from(byte)) {
            *seen = true;
        }
    }
    (0x80..=0xFF).filter(|&byte: &u8| seen.get(usize::from(byte)).is_some_and(|seen| *seen)).collect()
}

/// Whether two encodings make the same characters of each of these bytes.
pub(super) fn agree(bytes: &[u8], one: Charset, other: Charset) -> bool {
    bytes.iter().all(|&byte| {
        let char_of = one.char_of(byte);
        char_of.is_some() && char_of == other.char_of(byte)
    })
}

/// What stands beside what in a text, counted in bytes.
struct Counts {
    /// Each pair of bytes that is there, of which one is from 0x80 at least, and how often.
    pairs: Vec<(u8, u8, u32)>,
    /// How often each byte stands between two ASCII letters.
    inside: [u32; 256],
    /// How often each byte stands alone, no letter on either side.
    alone: [u32; 256],
    /// The language, where the letters of ASCII tell it beyond doubt.
    language: Option<Lang>,
}

impl Counts {
    fn of(bytes: &[u8]) -> Counts {
        let (mut inside, mut alone) = ([0; 256], [0; 256]);
        let mut pairs = vec![0; 0x1_0000];
        let add = |counts: &mut [u32], place: usize| counts.get_mut(place).into_iter().for_each(|count| *count += 1);
        let pair = |before: u8, byte: u8| usize::from(before) << 8 | usize::from(byte);
        let is_wordy = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        let before = [b'\n'].into_iter().chain(bytes.iter().copied());
        let after = bytes.iter().copied().skip(1).chain([b'\n']);
        for ((before, byte), after) in before.zip(bytes.iter().copied()).zip(after) {
            if byte.is_ascii() {
                continue;
            }
            add(&mut pairs, pair(before, byte));
            if after.is_ascii() {
                add(&mut pairs, pair(byte, after));
            }
            if before.is_ascii_alphabetic() && after.is_ascii_alphabetic() {
                add(&mut inside, usize::from(byte));
            } else if !is_wordy(before) && !is_wordy(after) {
                add(&mut alone, usize::from(byte));
            }
        }
        let pairs = pairs.into_iter().enumerate().filter(|(_, count)| *count > 0);
        let pairs = pairs.map(|(pair, count)| ((pair >> 8) as u8, (pair & 0xFF) as u8, count)).collect();
        Counts { pairs, inside, alone, language: language(bytes) }
    }

    /// The likelihood of the text in an encoding of one byte a character, in the language that suits it best.
    fn likelihood(&self, charset: Charset) -> f32 {
        let signs: Vec<Sign> = (0..=255).map(|byte| Sign::of(charset.char_of(byte))).collect();
        let sign = |byte: u8| signs.get(usize::from(byte)).copied().unwrap_or(Sign::BAD);
        let mut occurrences = [0_u32; 256];
        let mut place = 0.0;
        for &(before, byte, count) in &self.pairs {
            let second = sign(byte);
            place += count as f32 * join(sign(before), second);
            // A drawn line counts as one sign, however long it is.
            let is_drawn = second.sort == Sort::Line && before == byte;
            if !byte.is_ascii() && !is_drawn {
                occurrences.get_mut(usize::from(byte)).into_iter().for_each(|all| *all += count);
            }
        }
        for byte in 0x80..=0xFF {
            let count = |of: &[u32; 256]| of.get(usize::from(byte)).copied().unwrap_or(0) as f32;
            place += count(&self.inside) * sign(byte).inside() + count(&self.alone) * sign(byte).alone();
        }
        let of_language = |alphabet: &Alphabet| {
            let foreign = match self.language {
                Some(language) if !alphabet.languages.contains(&language) => FOREIGN,
                _ => 0.0,
            };
            let all = occurrences.iter().enumerate().filter(|(_, count)| **count > 0);
            all.map(|(byte, &count)| count as f32 * sign(byte as u8).frequency(alphabet)).sum::<f32>()
                + alphabet.prior
                + foreign
        };
        place + ALPHABETS.iter().map(of_language).fold(f32::NEG_INFINITY, f32::max)
    }
}

/// What a character is in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Small,
    Capital,
    /// A letter without case.
    Letter,
    /// A mark on the letter before.
    Mark,
    Digit,
    Space,
    /// Punctuation of ASCII that ends something.
    Stop,
    /// Other characters of ASCII.
    Plain,
    /// A quotation mark that opens in every language.
    Low,
    Quote,
    Apostrophe,
    Dash,
    /// Signs that texts have now and then.
    Sign,
    /// Signs that they hardly ever have.
    Rare,
    /// Lines and blocks to draw with.
    Line,
    /// What no text has.
    None,
}

/// A character with its sort and script.
#[derive(Debug, Clone, Copy)]
struct Sign {
    c: char,
    sort: Sort,
    script: Script,
}

impl Sign {
    const BAD: Sign = Sign { c: '\u{FFFD}', sort: Sort::None, script: Script::Unknown };

    fn of(c: Option<char>) -> Sign {
        let Some(c) = c else { return Sign::BAD };
        let sort = match c {
            'ª' | 'º' | '¿' | '¡' | '£' | '§' | '°' | '©' | '®' | '™' | '½' | '¼' | '¾' | '²' | '³' | '¹' | '×'
            | '•' | '·' | '†' | '‡' | '€' | '№' | '…' => Sort::Sign,
            '„' | '‚' => Sort::Low,
            '«' | '»' | '“' | '”' | '‘' | '‹' | '›' => Sort::Quote,
            '’' => Sort::Apostrophe,
            '–' | '—' | '―' | '\u{AD}' => Sort::Dash,
            ' ' | '\t' | '\n' | '\r' | '\u{A0}' | '\u{C}' => Sort::Space,
            '.' | ',' | '!' | '?' | ';' | ':' => Sort::Stop,
            '\u{2500}'..='\u{25FF}' => Sort::Line,
            '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => Sort::None,
            '\u{300}'..='\u{36F}'
            | '\u{591}'..='\u{5C7}'
            | '\u{64B}'..='\u{652}'
            | '\u{E31}'
            | '\u{E34}'..='\u{E3A}'
            | '\u{E47}'..='\u{E4E}' => Sort::Mark,
            c if c.is_ascii_digit() => Sort::Digit,
            c if c.is_lowercase() => Sort::Small,
            c if c.is_uppercase() => Sort::Capital,
            c if c.is_alphabetic() => Sort::Letter,
            c if c.is_ascii() => Sort::Plain,
            _ => Sort::Rare,
        };
        Sign { c, sort, script: c.script() }
    }

    fn is_letter(self) -> bool {
        matches!(self.sort, Sort::Small | Sort::Capital | Sort::Letter)
    }

    /// How frequent it is in a language, among what is not ASCII there.
    fn frequency(self, alphabet: &Alphabet) -> f32 {
        match self.sort {
            Sort::Small | Sort::Capital | Sort::Letter | Sort::Mark => {
                let small = self.c.to_lowercase().next().unwrap_or(self.c);
                let capital = if self.sort == Sort::Capital { CAPITAL } else { 0.0 };
                let Some(rank) = alphabet.letters.chars().position(|letter| letter == small) else {
                    // A name from elsewhere, if the script is the same.
                    return -7.0 + capital;
                };
                // Zipf's law, as good for letters as for words: the sum of 1/rank over an alphabet is near 4 in those of thirty
                // letters and near 3 in a dozen. Latin texts have as many signs as letters beyond ASCII.
                let share = if alphabet.is_latin { -1.4 } else { -1.5 };
                share - (rank as f32 + 1.0).ln() + capital
            }
            Sort::Low | Sort::Quote | Sort::Apostrophe | Sort::Dash | Sort::Space => -3.5,
            Sort::Sign => -5.0,
            Sort::Rare => -8.0,
            Sort::Line => -7.0,
            Sort::None => -11.0,
            Sort::Digit | Sort::Stop | Sort::Plain => -4.0,
        }
    }

    /// What it costs between two letters of ASCII.
    fn inside(self) -> f32 {
        match self.sort {
            Sort::Low | Sort::Quote | Sort::Space => -6.0,
            Sort::Apostrophe => 1.0,
            Sort::Sign if self.c == '·' => 0.0,
            Sort::Sign | Sort::Rare | Sort::Line => -5.0,
            _ => 0.0,
        }
    }

    /// What it costs where no letter is beside it.
    fn alone(self) -> f32 {
        // The words of one letter that languages in the Latin script have.
        let is_word = "àéèóáíåöÀÉÈÓÁÅÖ".contains(self.c);
        if self.is_letter() && self.script == Script::Latin && !is_word { -3.0 } else { 0.0 }
    }
}

/// What it costs that one character follows another.
fn join(first: Sign, second: Sign) -> f32 {
    use Sort::{Apostrophe, Capital, Digit, Line, Low, Mark, Rare, Sign as Symbol, Small, Space, Stop};
    let is_symbol = |sign: Sign| matches!(sign.sort, Symbol | Rare);
    match (first.sort, second.sort) {
        (_, Mark) if !first.is_letter() && first.sort != Mark => -6.0,
        (Small, Capital) if first.script == second.script => -6.0,
        // What begins in capitals goes on so.
        (Capital, Capital) if first.script == second.script && !second.c.is_ascii() => -CAPITAL,
        _ if first.is_letter() && second.is_letter() && first.script != second.script => -8.0,
        // Sigma has a form for the end of words.
        _ if first.c == 'ς' && second.is_letter() => -5.0,
        (_, Space | Stop) if first.c == 'σ' => -3.0,
        (Digit, _) if second.is_letter() => -2.0,
        (_, Digit) if first.is_letter() => -2.0,
        // A space follows what ends something.
        (Stop, _) if second.is_letter() && second.script == Script::Latin => -3.0,
        (_, Apostrophe) if first.is_letter() => 0.0,
        (_, Low) if first.is_letter() => -4.0,
        (Low, Space | Stop) => -4.0,
        (Line, _) if second.is_letter() => -4.0,
        (_, Line) if first.is_letter() => -4.0,
        _ if first.is_letter() && is_symbol(second) || second.is_letter() && is_symbol(first) => -1.5,
        _ => 0.0,
    }
}

/// The likelihood of a text in an encoding of one or two bytes a character; none where it does not allow the bytes.
fn double(bytes: &[u8], encoding: &'static Encoding, hand: Hand) -> Option<f32> {
    // As much as tells damage from another encoding.
    const PIECE: usize = 64 * 1024;
    // No more characters can be beyond ASCII.
    let most = bytes.iter().filter(|byte| !byte.is_ascii()).count() as u32;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut malformed = false;
    let mut counts: FxHashMap<char, u32> = FxHashMap::default();
    let mut all = 0_u32;
    let mut mixed = 0_u32;
    let mut before = ' ';
    // Damage in one character of a hundred is damage; more is another encoding.
    let is_other = |counts: &FxHashMap<char, u32>, malformed: bool, all: u32| {
        malformed && counts.get(&char::REPLACEMENT_CHARACTER).is_some_and(|faults| faults * 100 > all)
    };
    for (at, piece) in bytes.chunks(PIECE).enumerate() {
        text.clear();
        text.reserve(decoder.max_utf8_buffer_length(piece.len())?);
        let (_, _, damaged) = decoder.decode_to_string(piece, &mut text, (at + 1) * PIECE >= bytes.len());
        malformed |= damaged;
        for c in text.chars() {
            if !c.is_ascii() {
                *counts.entry(c).or_default() += 1;
                all += 1;
            }
            // Letters of ASCII stand apart from those of the East more often than not.
            mixed += u32::from(
                c.is_ascii_alphabetic() && !before.is_ascii() || !c.is_ascii() && before.is_ascii_alphabetic(),
            );
            before = c;
        }
        if is_other(&counts, malformed, most) {
            return None;
        }
    }
    if is_other(&counts, malformed, all) {
        return None;
    }
    let mut counts: Vec<(char, u32)> = counts.into_iter().collect();
    counts.sort_unstable();
    let sum = counts.iter().map(|&(c, count)| count as f32 * eastern(c, encoding, hand)).sum::<f32>();
    Some(sum - mixed as f32 * 2.5 - 1.0)
}

/// How frequent a character is in what an encoding of the East is for. A character in daily use takes nine to ten bits in
/// Chinese, eight in Korean, kana six.
fn eastern(c: char, encoding: &'static Encoding, hand: Hand) -> f32 {
    let mut buffer = [0; 4];
    let (bytes, _, _) = encoding.encode(c.encode_utf8(&mut buffer));
    let is_common = |(first, last): (u8, u8)| match *bytes {
        [lead, trail] => {
            (first..=last).contains(&lead) && (encoding == web::BIG5 || encoding == web::SHIFT_JIS || trail >= 0xA1)
        }
        _ => false,
    };
    match (c, hand) {
        ('\u{3001}' | '\u{3002}' | '\u{300C}'..='\u{300F}' | '\u{FF0C}' | '\u{3000}', _) => -3.0,
        ('“' | '”' | '‘' | '’' | '…' | '—' | '―', _) => -5.0,
        ('\u{FF01}'..='\u{FF5E}' | '\u{3003}'..='\u{301F}' | '·' | '・' | 'ー', _) => -5.0,
        ('\u{3041}'..='\u{3096}', Hand::Japanese { .. }) => -4.0,
        ('\u{30A1}'..='\u{30FA}', Hand::Japanese { .. }) => -5.5,
        // Half width: old machines only.
        ('\u{FF61}'..='\u{FF9F}', Hand::Japanese { .. }) => -7.5,
        ('\u{4E00}'..='\u{9FFF}', Hand::Chinese { common } | Hand::Japanese { common }) if is_common(common) => -6.8,
        ('\u{AC00}'..='\u{D7A3}', Hand::Korean { common }) if is_common(common) => -5.6,
        ('\u{AC00}'..='\u{D7A3}', Hand::Korean { .. }) => -10.0,
        ('\u{4E00}'..='\u{9FFF}', Hand::Korean { .. }) => -12.0,
        ('\u{4E00}'..='\u{9FFF}', _) => -11.0,
        ('\u{E000}'..='\u{F8FF}' | '\u{FFFD}', _) => -18.0,
        _ => -13.0,
    }
}
