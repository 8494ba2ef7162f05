//! The language of a text: by what is stated, by its script, by its words.

use super::line::Line;
use crate::model::Language;
use unicode_script::{Script, UnicodeScript};

/// How much of a text is looked at, in bytes: enough for any statistics.
const SAMPLE: usize = 20_000;

/// English and own names of languages with their tags.
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("french", "fr"),
    ("français", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("spanish", "es"),
    ("español", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("swedish", "sv"),
    ("svenska", "sv"),
    ("danish", "da"),
    ("dansk", "da"),
    ("norwegian", "nb"),
    ("norsk", "nb"),
    ("finnish", "fi"),
    ("suomi", "fi"),
    ("icelandic", "is"),
    ("latin", "la"),
    ("greek", "el"),
    ("greek, modern", "el"),
    ("greek, ancient", "grc"),
    ("ancient greek", "grc"),
    ("russian", "ru"),
    ("русский", "ru"),
    ("ukrainian", "uk"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("czech", "cs"),
    ("čeština", "cs"),
    ("slovak", "sk"),
    ("hungarian", "hu"),
    ("magyar", "hu"),
    ("romanian", "ro"),
    ("română", "ro"),
    ("bulgarian", "bg"),
    ("serbian", "sr"),
    ("croatian", "hr"),
    ("slovenian", "sl"),
    ("catalan", "ca"),
    ("galician", "gl"),
    ("esperanto", "eo"),
    ("welsh", "cy"),
    ("irish", "ga"),
    ("gaelic, scottish", "gd"),
    ("afrikaans", "af"),
    ("tagalog", "tl"),
    ("turkish", "tr"),
    ("türkçe", "tr"),
    ("hebrew", "he"),
    ("yiddish", "yi"),
    ("arabic", "ar"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("urdu", "ur"),
    ("hindi", "hi"),
    ("sanskrit", "sa"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("japanese", "ja"),
    ("日本語", "ja"),
    ("korean", "ko"),
    ("한국어", "ko"),
    ("vietnamese", "vi"),
    ("indonesian", "id"),
    ("lithuanian", "lt"),
    ("latvian", "lv"),
    ("estonian", "et"),
];

/// The language that is called so, by name or tag.
pub(crate) fn by_name(name: &str) -> Option<Language> {
    let lower = name.trim().to_lowercase();
    let first = lower.split([';', '/', '(']).next().unwrap_or("").trim();
    let known = NAMES.iter().find(|(known, _)| *known == lower || *known == first);
    let known = known.or_else(|| NAMES.iter().find(|(known, _)| first.split([',', ' ']).next() == Some(known)));
    match known {
        Some((_, tag)) => tag.parse().ok(),
        None => lower.parse().ok(),
    }
}

/// The language that the words of `lines` are of, with how sure that is, from 0 to 1.
pub(crate) fn detect(lines: &[Line]) -> Option<(Language, f32)> {
    // From the middle, where neither title page nor licence stands.
    let text_lines = lines.iter().filter(|line| !line.is_blank()).count();
    let mut sample = String::with_capacity(SAMPLE * 2);
    for line in lines.iter().filter(|line| !line.is_blank()).skip(text_lines / 3).chain(lines.iter()) {
        // A line may be the whole book.
        let end = line.text.floor_char_boundary(SAMPLE);
        sample.push_str(line.text.get(..end).unwrap_or(""));
        sample.push('\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    by_script(&sample).or_else(|| by_little_words(&sample)).or_else(|| by_words(&sample))
}

/// Scripts that settle it: Chinese, Japanese, Korean, Greek and others that one language writes for the most part.
fn by_script(sample: &str) -> Option<(Language, f32)> {
    let (mut han, mut kana, mut hangul, mut greek, mut polytonic, mut letters) = (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        if c.is_ascii() {
            continue;
        }
        match c.script() {
            Script::Han => han += 1,
            Script::Hiragana | Script::Katakana => kana += 1,
            Script::Hangul => hangul += 1,
            Script::Greek => {
                greek += 1;
                polytonic += u32::from(matches!(c, '\u{1F00}'..='\u{1FFF}'));
            }
            _ => {}
        }
    }
    if letters < 4 {
        return None;
    }
    let tag = if kana * 20 > letters {
        "ja"
    } else if hangul * 3 > letters {
        "ko"
    } else if han * 3 > letters {
        "zh"
    } else if greek * 2 > letters {
        // The polytonic system was in use for the living language until 1982 as well: its words decide, not its accents.
        let modern = [" και ", " του ", " να ", " της ", " το ", " θα ", " την "];
        let found = modern.iter().filter(|word| sample.contains(*word)).count();
        if polytonic * 20 > greek && found < 2 && !sample.contains(" νὰ ") && !sample.contains(" θὰ ") {
            "grc"
        } else {
            "el"
        }
    } else {
        return None;
    };
    tag.parse().ok().map(|language| (language, 0.99))
}

/// Languages that `whatlang` does not know, by little words that no other language has together.
fn by_little_words(sample: &str) -> Option<(Language, f32)> {
    const WORDS: [(&str, [&str; 7]); 3] = [
        ("is", ["að", "ekki", "það", "hann", "hafði", "þegar", "við"]),
        ("eu", ["eta", "zen", "ez", "zuen", "bat", "du", "dute"]),
        ("ga", ["agus", "bhí", "ní", "sé", "leis", "seo", "ná"]),
    ];
    // One word in twenty, of three kinds; a quotation from another language has fewer.
    const SHARE: usize = 20;
    let mut all = 0;
    // For each language how many of its words there are, and which of them.
    let mut found = [(0usize, 0u8); WORDS.len()];
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        for ((_, known), (count, kinds)) in WORDS.iter().zip(&mut found) {
            if let Some(kind) = known.iter().position(|known| *known == word) {
                *count += 1;
                *kinds |= 1 << kind;
            }
        }
    }
    let found = WORDS.iter().zip(found).find(|(_, (count, kinds))| kinds.count_ones() >= 3 && count * SHARE >= all);
    found.and_then(|((tag, _), _)| tag.parse().ok()).map(|language| (language, 0.9))
}

/// Danish or Norwegian: they share most of their letters, which told `letters`, but not the spelling of their little words.
fn danish_or_norwegian(sample: &str, letters: &'static str) -> &'static str {
    const DANISH: [&str; 9] = ["af", "efter", "ud", "op", "hvad", "sig", "mig", "havde", "blev"];
    const NORWEGIAN: [&str; 9] = ["av", "etter", "ut", "opp", "hva", "seg", "meg", "hadde", "ble"];
    let count = |list: &[&str]| sample.split(|c: char| !c.is_alphabetic()).filter(|word| list.contains(word)).count();
    match count(&DANISH).cmp(&count(&NORWEGIAN)) {
        std::cmp::Ordering::Greater => "da",
        std::cmp::Ordering::Less => "nb",
        std::cmp::Ordering::Equal => letters,
    }
}

fn by_words(sample: &str) -> Option<(Language, f32)> {
    let info = whatlang::detect(sample)?;
    let tag = match info.lang() {
        whatlang::Lang::Eng => "en",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Ita => "it",
        whatlang::Lang::Por => "pt",
        whatlang::Lang::Nld => "nl",
        whatlang::Lang::Swe => "sv",
        whatlang::Lang::Dan => danish_or_norwegian(sample, "da"),
        whatlang::Lang::Nob => danish_or_norwegian(sample, "nb"),
        whatlang::Lang::Fin => "fi",
        whatlang::Lang::Rus => "ru",
        whatlang::Lang::Ukr => "uk",
        whatlang::Lang::Bel => "be",
        whatlang::Lang::Bul => "bg",
        whatlang::Lang::Srp => "sr",
        whatlang::Lang::Mkd => "mk",
        whatlang::Lang::Pol => "pl",
        whatlang::Lang::Ces => "cs",
        whatlang::Lang::Slk => "sk",
        whatlang::Lang::Slv => "sl",
        whatlang::Lang::Hrv => "hr",
        whatlang::Lang::Hun => "hu",
        whatlang::Lang::Ron => "ro",
        whatlang::Lang::Tur => "tr",
        whatlang::Lang::Lat => "la",
        whatlang::Lang::Cat => "ca",
        whatlang::Lang::Epo => "eo",
        whatlang::Lang::Lit => "lt",
        whatlang::Lang::Lav => "lv",
        whatlang::Lang::Est => "et",
        whatlang::Lang::Afr => "af",
        whatlang::Lang::Vie => "vi",
        whatlang::Lang::Ind => "id",
        whatlang::Lang::Tgl => "tl",
        whatlang::Lang::Jav => "jv",
        whatlang::Lang::Heb => "he",
        whatlang::Lang::Yid => "yi",
        whatlang::Lang::Ara => "ar",
        whatlang::Lang::Pes => "fa",
        whatlang::Lang::Urd => "ur",
        whatlang::Lang::Hin => "hi",
        whatlang::Lang::Mar => "mr",
        whatlang::Lang::Nep => "ne",
        whatlang::Lang::Ben => "bn",
        whatlang::Lang::Tam => "ta",
        whatlang::Lang::Tel => "te",
        whatlang::Lang::Kat => "ka",
        whatlang::Lang::Hye => "hy",
        whatlang::Lang::Tha => "th",
        whatlang::Lang::Cym => "cy",
        whatlang::Lang::Cmn => "zh",
        whatlang::Lang::Jpn => "ja",
        whatlang::Lang::Kor => "ko",
        whatlang::Lang::Ell => "el",
        whatlang::Lang::Amh => "am",
        whatlang::Lang::Kan => "kn",
        whatlang::Lang::Guj => "gu",
        whatlang::Lang::Uzb => "uz",
        whatlang::Lang::Pan => "pa",
        whatlang::Lang::Aze => "az",
        whatlang::Lang::Mal => "ml",
        whatlang::Lang::Ori => "or",
        whatlang::Lang::Mya => "my",
        whatlang::Lang::Sin => "si",
        whatlang::Lang::Khm => "km",
        whatlang::Lang::Tuk => "tk",
        whatlang::Lang::Aka => "ak",
        whatlang::Lang::Zul => "zu",
        whatlang::Lang::Sna => "sn",
    };
    tag.parse().ok().map(|language| (language, info.confidence() as f32))
}
