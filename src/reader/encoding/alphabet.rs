//! What languages write beyond ASCII, the most frequent letter first.

use whatlang::Lang;

/// A language as far as its letters tell it.
pub(super) struct Alphabet {
    /// The languages that have it.
    pub(super) languages: &'static [Lang],
    /// What is known of it beforehand, as a logarithm: texts in some languages are far more than in others.
    pub(super) prior: f32,
    /// Its letters beyond a to z, in small; also signs that stand within its words.
    pub(super) letters: &'static str,
    /// Whether it is written in the Latin script, and so mostly in ASCII.
    pub(super) is_latin: bool,
}

const fn latin(languages: &'static [Lang], prior: f32, letters: &'static str) -> Alphabet {
    Alphabet { languages, prior, letters, is_latin: true }
}

const fn own(languages: &'static [Lang], letters: &'static str) -> Alphabet {
    Alphabet { languages, prior: 0.0, letters, is_latin: false }
}

/// Languages that texts in old encodings are in. Those that share an alphabet with one named here have no line of their own.
pub(super) const ALPHABETS: &[Alphabet] = &[
    // English has them from everywhere.
    latin(&[Lang::Eng], 0.0, "éèêëçïæöüñàâîôûœáíóú"),
    latin(&[Lang::Fra], 0.0, "éàèêâçôûîùœïëüæÿ"),       // French
    latin(&[Lang::Deu], 0.0, "üäößéàè"),                // German
    latin(&[Lang::Spa], 0.0, "óíáéñúü"),                // Spanish
    latin(&[Lang::Ita], 0.0, "èàùòéìîóíú"),             // Italian
    latin(&[Lang::Por], -0.5, "ãçéáíóêõúâàôü"),         // Portuguese
    latin(&[Lang::Nld, Lang::Afr], -0.5, "éëïèöüóáêç"), // Dutch, Afrikaans
    latin(&[Lang::Swe, Lang::Fin], -0.5, "äåöéüà"),     // Swedish, Finnish
    latin(&[Lang::Dan, Lang::Nob], -0.5, "åøæéòôóü"),   // Danish, Norwegian
    latin(&[], -2.0, "ðíáþéöúóæý"),                     // Icelandic
    latin(&[Lang::Cat], -2.0, "àéèíóòçúï·ü"),           // Catalan
    latin(&[], -2.5, "ŵâêŷôîëïûöáéó"),                  // Welsh
    latin(&[], -2.5, "áéíóú"),                          // Irish
    latin(&[Lang::Pol], -1.0, "ąłężćóśńźé"),            // Polish
    latin(&[Lang::Ces], -1.0, "íáěéřýčžšůúťďňóüö"),     // Czech
    latin(&[Lang::Slk], -1.5, "áíčéšžýúľťňôďäóĺŕ"),     // Slovak
    latin(&[Lang::Hun], -1.0, "áéőöóűüúí"),             // Hungarian
    latin(&[Lang::Ron], -1.5, "ăîşţâșțéí"),             // Romanian
    latin(&[Lang::Slv, Lang::Hrv], -1.5, "čšžćđ"),      // Slovenian, Croatian, Bosnian
    latin(&[], -2.5, "ëçéê"),                           // Albanian
    latin(&[Lang::Tur], -1.5, "ıüşçğöâîû"),             // Turkish
    latin(&[Lang::Lit], -1.5, "ėšžųįūčąę"),             // Lithuanian
    latin(&[Lang::Lav], -1.5, "āīšēņūķļģčž"),           // Latvian
    latin(&[Lang::Est], -1.5, "äõüöšž"),                // Estonian
    latin(&[Lang::Epo], -2.0, "ĉĝĵŭŝĥ"),                // Esperanto
    // Vietnamese, its tones set apart.
    latin(&[Lang::Vie], -1.5, "đôơưạ\u{301}\u{300}\u{323}ê\u{309}\u{303}âăàáãèéìíòóõùúý"),
    own(&[Lang::Rus], "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёѣіѳѵ"), // Russian
    own(&[Lang::Ukr], "оанивіертслкдумпзябьгйчхцїюжєшщфґ’"),    // Ukrainian
    own(&[Lang::Bel], "анеіоытрслкўмдпувяьгзбчйшжхцёэюф’"),     // Belarusian
    own(&[Lang::Bul], "аиоентрсвлдкпмзгбуъчцящжхйшюфьѝ"),       // Bulgarian
    own(&[Lang::Srp, Lang::Mkd], "аоиенрсјтувдкмлпзбгчшцњљжћхђфџѓќѕ"), // Serbian, Macedonian
    own(&[Lang::Ell], "αοιετσνηυρπκμλςόγδίθάέύωχφβξήζώψϊϋΐΰ"),  // Greek
    own(
        &[Lang::Heb, Lang::Yid],
        "יוהלאמרבתשנכםדקעחפטגזסןצךףץ־\u{5B8}\u{5B7}\u{5B4}\u{5BC}\u{5B0}\u{5B6}\u{5B5}\u{5B9}\u{5C1}",
    ), // Hebrew
    own(
        &[Lang::Ara, Lang::Pes, Lang::Urd],
        "اليمنورتبدعهسفكقحجةصشطزخضذىئءثغظأإؤآ،ـ\u{64E}\u{650}\u{64F}\u{652}\u{651}\u{64B}پچگکیژے؟؛",
    ), // Arabic, Persian
    own(
        &[Lang::Tha],
        "านรกอเงมยลวดทสต\u{E31}\u{E48}\u{E35}\u{E49}ปบคห\u{E34}แจพชขใไ\u{E37}ถโผะซ\u{E38}\u{E39}ธ\u{E47}ศญณฐษำภฟฝฉฆฒฮฬ\u{E4C}ฤฏฎๆฯ",
    ), // Thai
];
