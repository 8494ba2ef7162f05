//! The words that headings are made of, in the languages books are in. They are looked up in the form that
//! [`normal`] gives.

mod pieces;
mod stage;
mod trade;

pub(crate) use pieces::{is_by, is_edition, is_end_mark, is_or, is_particle, is_refrain, names_contents, piece};
pub(crate) use stage::{is_done_on_stage, is_sung};
pub(crate) use trade::{is_coin, is_format, is_price, names_printer};

use super::number::normal;
use crate::model::SectionRole;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a division is called, from the largest to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Division {
    /// A volume.
    Volume,
    /// A book, which holds chapters or parts.
    Book,
    /// A part, which holds chapters or books.
    Part,
    /// An act of a play.
    Act,
    /// A story, an adventure, a day of a cycle.
    Story,
    /// A chapter.
    Chapter,
    /// A canto or a poem.
    Poem,
    /// A letter.
    Letter,
    /// A scene.
    Scene,
    /// A section.
    Section,
    /// What is defined, set down or proved.
    Statement,
}

impl Division {
    /// From 0, the largest; divisions of one rank do not hold one another.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Division::Volume => 0,
            Division::Book | Division::Part => 1,
            Division::Act | Division::Story | Division::Chapter | Division::Poem | Division::Letter => 2,
            Division::Scene | Division::Section => 3,
            Division::Statement => 4,
        }
    }

    /// The role of a section that is called so.
    pub(crate) fn role(self) -> SectionRole {
        match self {
            Division::Volume => SectionRole::Volume,
            Division::Book | Division::Part => SectionRole::Part,
            Division::Act => SectionRole::Act,
            Division::Story => SectionRole::Story,
            Division::Chapter => SectionRole::Chapter,
            Division::Poem => SectionRole::Poem,
            Division::Letter => SectionRole::Letter,
            Division::Scene => SectionRole::Scene,
            Division::Section | Division::Statement => SectionRole::Section,
        }
    }
}

const DIVISIONS: &[(Division, &str)] = &[
    (
        Division::Volume,
        "volume vol tome tomo volumen tomus band bind svazek kotet volumul volum tom том том. cilt المجلد جلد כרך tap jilid \
         volumo τομοσ bindi cyfrol liburukia sejums koide nide svezak zvazok tomas เล่ม",
    ),
    (
        Division::Book,
        "book buch livre libro livro boek bok bog kirja ksiega kniha konyv cartea llibre книга βιβλιον βιβλιο \
         knjiga kitap liber کتاب ספר buku boken bogen raamat knyga gramata llyfr liburua кніга књига quyen",
    ),
    (
        Division::Part,
        "part epoch phase period epoche epoque epoca teil theil abteilung abtheilung partie parte del osa czesc cast dil \
         resz partea часть частина част част. отдел deo део dio μεροσ kisim pars parto الجزء الباب القسم بخش חלק שער खण्ड भाग phan bagian deel delen \
         parten hluti dalis dala rhan zatia дял bahagian खंड ภาค ภาคที่",
    ),
    (
        Division::Act,
        "act acte acto ato atto akt aufzug bedrijf naytos dejstvi jednani felvonas actul действие дія дії cin πραξισ πραξη \
         perde actus akto الفصل-المسرحي پرده מערכה jornada akten att celiens vaatus чин дејство дејствие ekitaldia องก์ अंक babak \
         hoi-kich",
    ),
    (
        Division::Story,
        "adventure story tale abenteuer erzahlung geschichte conte cuento novella giornata night day stave lecture sermon essay vorlesung",
    ),
    (
        Division::Chapter,
        "chapter chap ch chapitre kapitel capitel kap cap capitulo capitolo capitol capitolul capitulum caput hoofdstuk \
         hauptstuck luku rozdzial rozdil kapitola hlava fejezet глава гл розділ поглавље poglavlje glava κεφαλαιον κεφαλαιο \
         bolum bab fasil capxitro capitro الفصل فصل باب פרק קאפיטל अध्याय chuong hoi kapittel kafli capitulos peatukk nodala \
         skyrius gaua kapitlet kapituly poglavje poglavja pennod kapitulua caibidil บท บทที่ ตอนที่ অধ্যায় அத்தியாயம் თავი գլուխ \
         раздзел",
    ),
    (
        Division::Poem,
        "canto chant gesang zang sang laulu piesn zpev enek cantul песнь песня пісня ασμα ραψωδια carmen poem sonnet fable fit \
         fytte ode elegy सर्ग sangen psalm salmo giesme песма pjevanje spev",
    ),
    (
        Division::Letter,
        "letter brief lettre carta lettera brev kirje dopis scrisoarea письмо лист επιστολη epistola epistula epistle brevet \
         laiskas vestule pismo писмо رسالة الرسالة",
    ),
    (
        Division::Scene,
        "scene sc szene auftritt escena scena cena toneel tooneel scen kohtaus vystup jelenet явление сцена ява σκηνη sahne \
         scaena sceno المشهد תמונה adegan scenen stseen позорје prizor vyjev esena منظر مشهد दृश्य ฉาก",
    ),
    (
        Division::Section,
        "section sect abschnitt seccion sezione secao seccao afdeeling avsnitt afsnit paragraph oddzial раздел ενοτητα sectio § \
         avdelning osio odsek",
    ),
    (
        Division::Statement,
        "definition defin def axiom ax postulate proposition prop theorem theor lemma problem prob lehrsatz grundsatz \
         erklarung theoreme axiome probleme definizione assioma proposizione teorema definicion proposicion propositio \
         theorema axioma definitio",
    ),
];

/// The division that a word in normal form names.
pub(crate) fn division(word: &str) -> Option<Division> {
    static WORDS: LazyLock<FxHashMap<String, Division>> = LazyLock::new(|| {
        let each = DIVISIONS
            .iter()
            .flat_map(|(division, words)| words.split_whitespace().map(|word| (normal(word), *division)));
        each.collect()
    });
    WORDS.get(word).copied()
}

/// The division that a Chinese, Japanese or Korean counter names: 章 in 第三章.
pub(crate) fn counter(c: char) -> Option<Division> {
    match c {
        '卷' | '巻' | '冊' | '권' | '集' => Some(Division::Volume),
        '部' | '編' | '编' | '篇' | '부' | '편' => Some(Division::Part),
        '章' | '回' | '話' | '话' | '장' | '화' | '회' => Some(Division::Chapter),
        '節' | '节' | '절' => Some(Division::Section),
        '幕' | '막' => Some(Division::Act),
        '場' | '场' => Some(Division::Scene),
        _ => None,
    }
}

/// Whether a word in normal form says that no further one of its kind follows: "Scene the Last", "Letztes Kapitel".
pub(crate) fn is_last(word: &str) -> bool {
    const LAST: [&str; 22] = [
        "last",
        "final",
        "letzter",
        "letztes",
        "letzte",
        "dernier",
        "derniere",
        "ultimo",
        "ultima",
        "laatste",
        "sista",
        "sidste",
        "siste",
        "viimeinen",
        "ostatni",
        "posledni",
        "utolso",
        "последняя",
        "последнее",
        "последний",
        "останнии",
        "sonuncu",
    ];
    LAST.contains(&word)
}
