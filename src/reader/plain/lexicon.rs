//! The words that headings are made of, in the languages books are in. They are looked up in the form that
//! [`normal`] gives.

use super::number::normal;
use crate::model::{Matter, SectionRole};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a division is called, from the largest to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Division {
    /// A volume.
    Volume,
    /// A part or book that holds chapters.
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
}

impl Division {
    /// From 0, the largest; divisions of one rank do not hold one another.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Division::Volume => 0,
            Division::Part => 1,
            Division::Act | Division::Story | Division::Chapter | Division::Poem | Division::Letter => 2,
            Division::Scene | Division::Section => 3,
        }
    }

    /// The role of a section that is called so.
    pub(crate) fn role(self) -> SectionRole {
        match self {
            Division::Volume => SectionRole::Volume,
            Division::Part => SectionRole::Part,
            Division::Act => SectionRole::Act,
            Division::Story => SectionRole::Story,
            Division::Chapter => SectionRole::Chapter,
            Division::Poem => SectionRole::Poem,
            Division::Letter => SectionRole::Letter,
            Division::Scene => SectionRole::Scene,
            Division::Section => SectionRole::Section,
        }
    }
}

const DIVISIONS: &[(Division, &str)] = &[
    (
        Division::Volume,
        "volume vol tome tomo volumen tomus band bind deel svazek kotet volumul volum tom том том. cilt المجلد جلد כרך tap jilid volumo τομοσ",
    ),
    (
        Division::Part,
        "part book teil theil buch abteilung abtheilung partie livre parte libro livro boek bok bog del osa kirja czesc ksiega \
         cast kniha dil resz konyv partea cartea llibre часть книга частина част част. отдел deo knjiga dio μεροσ βιβλιον βιβλιο kisim \
         kitap liber pars parto الجزء الباب القسم بخش کتاب חלק ספר שער खण्ड भाग phan bagian buku",
    ),
    (
        Division::Act,
        "act acte acto ato atto akt aufzug bedrijf naytos dejstvi jednani felvonas actul действие дія дії cin πραξισ πραξη perde actus akto \
         الفصل-المسرحي پرده מערכה jornada",
    ),
    (
        Division::Story,
        "adventure story tale abenteuer erzahlung geschichte conte cuento novella giornata night day stave lecture sermon essay vorlesung",
    ),
    (
        Division::Chapter,
        "chapter chap ch chapitre kapitel capitel kap cap capitulo capitolo capitol capitolul capitulum caput hoofdstuk hauptstuck \
         luku rozdzial rozdil kapitola hlava fejezet глава гл розділ поглавље poglavlje glava κεφαλαιον κεφαλαιο bolum bab fasil \
         capxitro capitro الفصل فصل باب פרק קאפיטל अध्याय chuong hoi kapittel kafli capitulos peatukk nodala skyrius gaua",
    ),
    (
        Division::Poem,
        "canto chant gesang zang sang laulu piesn zpev enek cantul песнь песня пісня ασμα ραψωδια carmen poem sonnet fable fit fytte ode elegy सर्ग",
    ),
    (
        Division::Letter,
        "letter brief lettre carta lettera brev kirje dopis scrisoarea письмо лист επιστολη epistola epistula epistle",
    ),
    (
        Division::Scene,
        "scene sc szene auftritt escena scena cena toneel tooneel scen kohtaus vystup jelenet явление сцена ява σκηνη sahne scaena sceno المشهد תמונה adegan",
    ),
    (
        Division::Section,
        "section sect abschnitt seccion sezione secao seccao afdeeling avsnitt afsnit paragraph oddzial раздел ενοτητα sectio §",
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

/// What the words for the pieces around a text stand for.
const PIECES: &[(Matter, SectionRole, &str)] = &[
    (
        Matter::Front,
        SectionRole::Preface,
        "preface vorwort vorrede avant-propos prefacio prefazione prologo-del-autor voorwoord voorrede forord foretal forord esipuhe \
         przedmowa predmluva eloszo prefata предисловие передмова предговор προλογοσ προλογοσ' onsoz praefatio praefatium 序 序文 自序 前言 머리말 مقدمة پیشگفتار הקדמה प्रस्तावना \
         note publisher's publishers' author's translator's editor's advertisement",
    ),
    (Matter::Front, SectionRole::Foreword, "foreword geleitwort zum-geleit"),
    (
        Matter::Front,
        SectionRole::Introduction,
        "introduction introductory einleitung einfuhrung introduccion introduzione introducao inleiding inledning indledning innledning \
         johdanto wstep wprowadzenie uvod bevezetes introducere введение вступ увод εισαγωγη giris introductio 緒言 緒論 绪论 导言 서론 مدخل מבוא",
    ),
    (
        Matter::Front,
        SectionRole::Dedication,
        "dedication widmung dedicatoria dedica dedicace zueignung opdracht посвящение",
    ),
    (
        Matter::Front,
        SectionRole::Cast,
        "dramatis persons personen personnages personajes personaggi persone personerna personerne characters действующие πρόσωπα",
    ),
    (
        Matter::Front,
        SectionRole::Acknowledgments,
        "acknowledgments acknowledgements acknowledgment danksagung remerciements agradecimientos ringraziamenti",
    ),
    (
        Matter::Body,
        SectionRole::Prologue,
        "prologue prolog prologo prologus prologul пролог epigraph 序章 楔子 프롤로그",
    ),
    (
        Matter::Body,
        SectionRole::Epilogue,
        "epilogue epilog epilogo epilogus epilogul эпилог епілог επιλογοσ 終章 尾声 에필로그",
    ),
    (
        Matter::Body,
        SectionRole::Conclusion,
        "conclusion schluss conclusao conclusione conclusiones besluit slutning avslutning заключение συμπερασμα 結論 结论",
    ),
    (
        Matter::Back,
        SectionRole::Afterword,
        "afterword postscript nachwort nachschrift postface epilogo-del-autor nawoord efterord etterord posfacio postfazione poslowie doslov utoszo послесловие 後記 后记 跋 あとがき",
    ),
    (
        Matter::Back,
        SectionRole::Appendix,
        "appendix appendices anhang appendice apendice bijlage bilaga bilag liite dodatek priloha fuggelek приложение додаток παραρτημα 附錄 附录 付録 부록 supplement",
    ),
    (
        Matter::Back,
        SectionRole::Notes,
        "notes footnotes endnotes footnote anmerkungen fussnoten notas note-del-testo aantekeningen noten fotnoter noter viitteet przypisy poznamky jegyzetek \
         примечания сноски примітки σημειωσεισ annotations 註 注釈 注释 脚注",
    ),
    (
        Matter::Back,
        SectionRole::Glossary,
        "glossary glossar glossaire glosario glossario vocabulary worterverzeichnis woordenlijst ordlista глоссарий словарь",
    ),
    (
        Matter::Back,
        SectionRole::Bibliography,
        "bibliography bibliographie bibliografia literatur literaturverzeichnis библиография βιβλιογραφια 参考文献 references",
    ),
    (
        Matter::Back,
        SectionRole::Index,
        "index register sachregister personenregister indice-analitico указатель ευρετηριο 索引 hakemisto",
    ),
    (Matter::Back, SectionRole::Colophon, "colophon impressum kolophon colofon"),
];

/// The role of a piece around the text that a word in normal form names.
pub(crate) fn piece(word: &str) -> Option<(Matter, SectionRole)> {
    static WORDS: LazyLock<FxHashMap<String, (Matter, SectionRole)>> = LazyLock::new(|| {
        let each = PIECES
            .iter()
            .flat_map(|(matter, role, words)| words.split_whitespace().map(|word| (normal(word), (*matter, *role))));
        each.collect()
    });
    WORDS.get(word).copied()
}

/// How a list of contents is called, whole.
const CONTENTS: &[&str] = &[
    "contents",
    "table of contents",
    "the contents",
    "contents of volume",
    "list of contents",
    "inhalt",
    "inhaltsverzeichnis",
    "inhaltsverzeichniss",
    "table des matieres",
    "table",
    "sommaire",
    "indice",
    "indice general",
    "indice de materias",
    "contenido",
    "sommario",
    "sumario",
    "conteudo",
    "inhoud",
    "inhoudsopgave",
    "innehall",
    "indhold",
    "innhold",
    "sisalto",
    "sisallys",
    "spis tresci",
    "spis rozdzialow",
    "obsah",
    "tartalom",
    "tartalomjegyzek",
    "cuprins",
    "оглавление",
    "содержание",
    "зміст",
    "съдържание",
    "садржај",
    "sadrzaj",
    "περιεχομενα",
    "πιναξ περιεχομενων",
    "πιναξ των περιεχομενων",
    "πινακασ περιεχομενων",
    "icindekiler",
    "index capitum",
    "enhavo",
    "taula",
    "目錄",
    "目录",
    "目次",
    "차례",
    "목차",
    "المحتويات",
    "فهرس",
    "فهرست",
    "תוכן",
    "תוכן העניינים",
    "אינהאלט",
    "muc luc",
    "daftar isi",
];

/// Whether a whole line, in normal form without marks around it, names a list of contents.
pub(crate) fn names_contents(line: &str) -> bool {
    static NAMES: LazyLock<FxHashSet<String>> = LazyLock::new(|| CONTENTS.iter().map(|name| normal(name)).collect());
    NAMES.contains(line)
}

/// Whether letters alone, in normal form, are what stands under the last line of a work or a part of it.
pub(crate) fn is_end_mark(key: &str) -> bool {
    const MARKS: [&str; 22] = [
        "theend",
        "end",
        "finis",
        "fin",
        "ende",
        "fine",
        "fim",
        "einde",
        "slut",
        "loppu",
        "koniec",
        "konec",
        "vege",
        "sfarsit",
        "конец",
        "кінець",
        "край",
        "τελοσ",
        "完",
        "終",
        "終わり",
        "son",
    ];
    MARKS.contains(&key)
}

/// The words for "by" on a title page.
pub(crate) fn is_by(word: &str) -> bool {
    [
        "by",
        "von",
        "par",
        "de",
        "por",
        "di",
        "da",
        "door",
        "av",
        "af",
        "kirjoittanut",
        "napisal",
        "irta",
        "yazan",
        "от",
        "του",
        "της",
    ]
    .contains(&word)
}
