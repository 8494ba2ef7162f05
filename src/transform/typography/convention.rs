//! What each language does with quotation marks, dashes and spaces.
//!
//! Quotation marks follow the Unicode CLDR (`characters/quotationStart` and its kin). Spaces follow the house rules of each language:
//! the *Lexique* of the Imprimerie nationale for French, DIN 5008 for German, ÚJČ for Czech, PWN for Polish, Milchin for Russian.

use crate::model::Language;

/// A space of fixed, narrow width at which no line breaks.
pub(super) const NARROW: char = '\u{202F}';
/// A space at which no line breaks.
pub(super) const NO_BREAK: char = '\u{A0}';

/// An opening and a closing mark.
pub(super) type Pair = (char, char);

/// What one language does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Convention {
    /// For straight double marks.
    pub(super) double: Pair,
    /// For straight double marks within double marks.
    pub(super) inner: Pair,
    /// For straight single marks.
    pub(super) single: Pair,
    /// Words whose first letters are left out before them: an apostrophe stands there, not an opening mark.
    pub(super) elisions: &'static [&'static str],
    /// What two hyphens between spaces become; without spaces they become an em dash everywhere.
    pub(super) spaced_double_hyphen: char,
    /// What one hyphen between spaces becomes.
    pub(super) spaced_hyphen: char,
    /// What a hyphen with a space becomes at the start of a paragraph, where the language marks speech so.
    pub(super) speech: Option<char>,
    /// Dashes and ellipses are two ems wide.
    pub(super) wide: bool,
    /// The space before `;`, `!` and `?`.
    pub(super) high_space: Option<char>,
    /// The space before `:`.
    pub(super) colon_space: Option<char>,
    /// The space inside « ».
    pub(super) guillemet_space: Option<char>,
    /// The space within abbreviations and between initials.
    pub(super) initial_space: char,
    /// The space between an initial and the name after it, where no line may break there.
    pub(super) name_space: Option<char>,
    /// The space that parts thousands.
    pub(super) group_space: Option<char>,
    /// Words of one letter at which no line may end.
    pub(super) clinging: &'static str,
}

/// English, archaic and spoken: what would else be taken for the start of a quotation.
const ENGLISH_ELISIONS: &[&str] = &[
    "bout", "cause", "cept", "em", "fore", "fraid", "gainst", "midst", "mongst", "n", "neath", "nother", "nuff", "pon",
    "round", "scuse", "spect", "til", "till", "tis", "tisn", "twas", "twasn", "tween", "twere", "twill", "twixt",
    "twould", "tain", "twon",
];

impl Convention {
    pub(super) const ENGLISH: Convention = Convention {
        double: ('“', '”'),
        inner: ('“', '”'),
        single: ('‘', '’'),
        elisions: ENGLISH_ELISIONS,
        spaced_double_hyphen: '—',
        spaced_hyphen: '–',
        speech: None,
        wide: false,
        high_space: None,
        colon_space: None,
        guillemet_space: None,
        initial_space: NO_BREAK,
        name_space: None,
        group_space: None,
        clinging: "",
    };

    /// English as printed in Britain: dashes within a sentence are en dashes between spaces.
    const BRITISH: Convention = Convention { spaced_double_hyphen: '–', ..Convention::ENGLISH };

    /// What the languages of the continent share.
    const CONTINENTAL: Convention = Convention { elisions: &[], spaced_double_hyphen: '–', ..Convention::ENGLISH };

    const GERMAN: Convention = Convention {
        double: ('„', '“'),
        inner: ('‚', '‘'),
        single: ('‚', '‘'),
        elisions: &[
            "s", "n", "ne", "nen", "nem", "ner", "nes", "rein", "raus", "rauf", "runter", "rüber", "rum", "ran",
        ],
        initial_space: NARROW,
        ..Convention::CONTINENTAL
    };

    /// German with »Möwchen«, as most printed books have them.
    const GERMAN_BOOK: Convention =
        Convention { double: ('»', '«'), inner: ('›', '‹'), single: ('›', '‹'), ..Convention::GERMAN };

    const GERMAN_SWISS: Convention =
        Convention { double: ('«', '»'), inner: ('‹', '›'), single: ('‹', '›'), ..Convention::GERMAN };

    const FRENCH: Convention = Convention {
        double: ('«', '»'),
        inner: ('“', '”'),
        speech: Some('—'),
        high_space: Some(NARROW),
        colon_space: Some(NO_BREAK),
        guillemet_space: Some(NARROW),
        group_space: Some(NARROW),
        ..Convention::CONTINENTAL
    };

    /// In Canada, `;`, `!` and `?` stand close to the word (Bureau de la traduction).
    const FRENCH_CANADA: Convention = Convention { high_space: None, ..Convention::FRENCH };

    const FRENCH_SWISS: Convention =
        Convention { inner: ('‹', '›'), colon_space: Some(NARROW), ..Convention::FRENCH };

    /// Marks « » without spaces, “ ” within; speech after a dash.
    const ROMANCE: Convention = Convention {
        double: ('«', '»'),
        inner: ('“', '”'),
        spaced_double_hyphen: '—',
        speech: Some('—'),
        ..Convention::CONTINENTAL
    };

    const PORTUGUESE_BRAZIL: Convention =
        Convention { double: ('“', '”'), inner: ('‘', '’'), ..Convention::ROMANCE };

    const DUTCH: Convention =
        Convention { elisions: &["s", "t", "n", "k", "m", "r", "ns", "ie", "er"], ..Convention::CONTINENTAL };

    const SWEDISH: Convention = Convention {
        double: ('”', '”'),
        inner: ('’', '’'),
        single: ('’', '’'),
        speech: Some('–'),
        group_space: Some(NO_BREAK),
        ..Convention::CONTINENTAL
    };

    const NORWEGIAN: Convention = Convention {
        double: ('«', '»'),
        inner: ('‘', '’'),
        speech: Some('–'),
        group_space: Some(NO_BREAK),
        ..Convention::CONTINENTAL
    };

    const POLISH: Convention = Convention {
        double: ('„', '”'),
        inner: ('«', '»'),
        speech: Some('—'),
        name_space: Some(NO_BREAK),
        group_space: Some(NO_BREAK),
        clinging: "aiouwzAIOUWZ",
        ..Convention::CONTINENTAL
    };

    const CZECH: Convention = Convention {
        double: ('„', '“'),
        inner: ('‚', '‘'),
        single: ('‚', '‘'),
        speech: Some('–'),
        name_space: Some(NO_BREAK),
        group_space: Some(NO_BREAK),
        clinging: "aikosuvzAIKOSUVZ",
        ..Convention::CONTINENTAL
    };

    const RUSSIAN: Convention = Convention {
        double: ('«', '»'),
        inner: ('„', '“'),
        spaced_double_hyphen: '—',
        spaced_hyphen: '—',
        speech: Some('—'),
        name_space: Some(NO_BREAK),
        group_space: Some(NO_BREAK),
        clinging: "авикосуяАВИКОСУЯіІ",
        ..Convention::CONTINENTAL
    };

    const BULGARIAN: Convention =
        Convention { double: ('„', '“'), inner: ('’', '’'), name_space: None, ..Convention::RUSSIAN };

    const GREEK: Convention = Convention { inner: ('“', '”'), ..Convention::ROMANCE };

    const HUNGARIAN: Convention = Convention {
        double: ('„', '”'),
        inner: ('»', '«'),
        speech: Some('–'),
        group_space: Some(NO_BREAK),
        ..Convention::CONTINENTAL
    };

    const ROMANIAN: Convention =
        Convention { double: ('„', '”'), inner: ('«', '»'), speech: Some('—'), ..Convention::CONTINENTAL };

    /// „ “ without more: Baltic, Icelandic, Slovene.
    const LOW_HIGH: Convention =
        Convention { double: ('„', '“'), inner: ('‚', '‘'), single: ('‚', '‘'), ..Convention::CONTINENTAL };

    /// „ ” without more: Croatian, Serbian.
    const LOW_NINE: Convention =
        Convention { double: ('„', '”'), inner: ('’', '’'), ..Convention::CONTINENTAL };

    const CHINESE: Convention = Convention { inner: ('‘', '’'), wide: true, ..Convention::CONTINENTAL };

    /// The convention of a language; that of the continent for one that is not known.
    pub(super) fn of(language: &Language) -> &'static Convention {
        let regions = language.as_str();
        let within = |region: &str| regions.split('-').skip(1).any(|part| part == region);
        match language.primary() {
            "en" if ["GB", "IE", "AU", "NZ", "ZA", "IN"].into_iter().any(within) => &Convention::BRITISH,
            "en" => &Convention::ENGLISH,
            "de" if within("CH") || within("LI") => &Convention::GERMAN_SWISS,
            "de" | "lb" => &Convention::GERMAN,
            "fr" if within("CA") => &Convention::FRENCH_CANADA,
            "fr" if within("CH") => &Convention::FRENCH_SWISS,
            "fr" | "br" | "oc" => &Convention::FRENCH,
            "pt" if within("BR") || regions == "pt" => &Convention::PORTUGUESE_BRAZIL,
            "es" | "it" | "pt" | "ca" | "gl" | "eu" => &Convention::ROMANCE,
            "nl" | "af" | "fy" => &Convention::DUTCH,
            "sv" | "fi" => &Convention::SWEDISH,
            "nb" | "nn" | "no" => &Convention::NORWEGIAN,
            "pl" => &Convention::POLISH,
            "cs" | "sk" => &Convention::CZECH,
            "ru" | "uk" | "be" => &Convention::RUSSIAN,
            "bg" | "mk" => &Convention::BULGARIAN,
            "el" | "hy" | "fa" => &Convention::GREEK,
            "hu" => &Convention::HUNGARIAN,
            "ro" => &Convention::ROMANIAN,
            "lt" | "lv" | "et" | "is" | "sl" | "sq" | "ka" => &Convention::LOW_HIGH,
            "hr" | "sr" | "bs" => &Convention::LOW_NINE,
            "zh" | "ja" => &Convention::CHINESE,
            _ => &Convention::CONTINENTAL,
        }
    }

    /// The convention of a language for a text that has marks like »this« already.
    pub(super) fn of_text_with_reversed_guillemets(language: &Language) -> &'static Convention {
        let convention = Convention::of(language);
        if std::ptr::eq(convention, &Convention::GERMAN) { &Convention::GERMAN_BOOK } else { convention }
    }
}
