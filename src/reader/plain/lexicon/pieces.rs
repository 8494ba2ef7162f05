//! The words for what stands around a text: prefaces, notes, lists of contents, the end.

use crate::model::{Matter, SectionRole};
use crate::reader::plain::number::normal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What the words for the pieces around a text stand for. A piece that is called by more than one word has them joined by `_`.
const PIECES: &[(Matter, SectionRole, &str)] = &[
    (
        Matter::Front,
        SectionRole::Preface,
        "preface vorwort vorrede vorbemerkung avant-propos prefacio prefazione prefaci proemio voorwoord voorrede voorbericht forord \
         foretal esipuhe alkusanat alkulause formali eessona przedmowa predmluva predslov predgovor eloszo prefata pratarme prieksvards \
         rhagair hitzaurrea antauparolo предисловие передмова предговор прадмова προλογοσ προλογοσ' onsoz praefatio praefatium 序 序文 \
         自序 序言 前言 緒言 はしがき まえがき はじめに 머리말 서문 مقدمة پیشگفتار دیباچه הקדמה פתח_דבר प्रस्तावना भूमिका คำนำ loi_noi_dau loi_tua \
         kata_pengantar prakata au_lecteur al_lettore ai_lettori al_lector ao_leitor an_den_leser aan_den_lezer till_lasaren til_læseren \
         к_читателю от_автора од_аутора do_czytelnika ke_ctenari to_the_reader \
         note publisher's publishers' author's translator's editor's advertisement",
    ),
    (
        Matter::Front,
        SectionRole::Foreword,
        "foreword geleitwort zum_geleit cuvant_inainte cuvint_inainte ten_geleide 推薦序 추천사",
    ),
    (
        Matter::Front,
        SectionRole::Introduction,
        "introduction introductory einleitung einfuhrung introduccion introduccio introduzione introducao inleiding inledning indledning \
         innledning inngangur sissejuhatus johdanto wstep wprowadzenie uvod bevezetes bevezeto introducere ivadas ievads cyflwyniad sarrera \
         enkonduko введение вступление вступ увод уводът увод εισαγωγη giris introductio 緒論 绪论 导言 導言 引言 引子 서론 مدخل مبدأ مقدمه מבוא \
         विषय_प्रवेश บทนำ pendahuluan gioi_thieu dan_nhap",
    ),
    (
        Matter::Front,
        SectionRole::Dedication,
        "dedication widmung dedicatoria dedica dedicace zueignung opdracht посвящение посвета tillagnan tilegnelse omistus dedykacja \
         venovani ajanlas ithaf إهداء הקדשה समर्पण 献辞 헌사",
    ),
    (
        Matter::Front,
        SectionRole::Cast,
        "dramatis dramatis_personae persons persons_of_the_play the_persons_of_the_play persons_of_the_drama persons_in_the_play \
         the_persons the_characters characters_in_the_play characters_of_the_play cast_of_characters personen personnages personajes personaggi persone personerna personerne characters действующие \
         действующие_лица дійові_особи лица προσωπα τα_προσωπα osoby osobe szemelyek henkilot tegelased kisiler persons_represented \
         登場人物 人物表 人物 등장인물 שמות_המשחקים הנפשות_הפועלות أشخاص_المسرحية",
    ),
    (
        Matter::Front,
        SectionRole::Acknowledgments,
        "acknowledgments acknowledgements acknowledgment danksagung remerciements agradecimientos ringraziamenti agradecimentos \
         dankwoord podziekowania podekovani tesekkur благодарности подяка 謝辞 致谢",
    ),
    (
        Matter::Body,
        SectionRole::Prologue,
        "prologue prolog prologo prologus prologul proleg prolegs prologas пролог epigraph 序章 序幕 楔子 프롤로그 تمهيد",
    ),
    (
        Matter::Body,
        SectionRole::Epilogue,
        "epilogue epilog epilogo epilogus epilogul epileg epilogs epilogas epilogi эпилог епілог епилог επιλογοσ 終章 尾声 尾聲 에필로그",
    ),
    (
        Matter::Body,
        SectionRole::Conclusion,
        "conclusion schluss schlusswort beschluss conclusao conclusione conclusiones conclusio concluzie besluit slutning avslutning slutord \
         loppulause befejezes zakonczenie zaver zakljucak заключение висновки заключак συμπερασμα 結論 结论 結語 结语 결론 خاتمة خاتمه kesimpulan \
         penutup ket_luan उपसंहार sonuc",
    ),
    (
        Matter::Back,
        SectionRole::Afterword,
        "afterword postscript nachwort nachschrift postface nawoord efterord efterskrift etterord eftirmali jalkisanat loppusanat jarelsona \
         posfacio postfazione postfata poslowie doslov pogovor pecvards utoszo sonsoz послесловие післямова послеслов поговор 後記 后记 跋 跋文 \
         あとがき おわりに 맺음말 후기 סוף_דבר אחרית_דבר loi_bat kata_penutup บทส่งท้าย",
    ),
    (
        Matter::Back,
        SectionRole::Appendix,
        "appendix appendices anhang appendice apendice apendix anexo anexa annexe annex bijlage bijlagen bilaga bilag vedlegg viðauki liite lisad \
         dodatek dodatak prilog priloha prilohy fuggelek приложение додаток прилог παραρτημα ekler eranskina atodiad aldono pielikums priedas \
         附錄 附录 付録 補遺 부록 ملحق پیوست נספח परिशिष्ट ภาคผนวก phu_luc lampiran supplement supplementum addenda",
    ),
    (
        Matter::Back,
        SectionRole::Notes,
        "notes footnotes endnotes footnote anmerkungen fussnoten notas note_del_testo aantekeningen aanteekeningen noten voetnoten fotnoter \
         anmarkningar noter viitteet selityksia huomautuksia markused przypisy poznamky primedbe opombe biljeske jegyzetek pastabos piezimes \
         athugasemdir skyringar nodiadau oharrak notoj notlar dipnotlar adnotationes annotationes примечания сноски примітки бележки напомене \
         белешке σημειωσεισ annotations 註 註釋 注釈 注释 脚注 주석 각주 هوامش حواشي ملاحظات يادداشتها یادداشت‌ها پانوشت‌ها הערות टिप्पणियाँ \
         पाद-टिप्पणियाँ เชิงอรรถ chu_thich catatan",
    ),
    (
        Matter::Back,
        SectionRole::Glossary,
        "glossary glossar glossaire glosario glossario glosari glosar vocabulary worterverzeichnis woordenlijst ordlista ordliste sanasto \
         sonastik slowniczek slovnicek slovnik recnik rjecnik szojegyzek sozluk geirfa zodynelis глоссарий словарь словник речник 用語集 용어집 \
         מילון مسرد واژه‌نامه शब्दावली อภิธานศัพท์",
    ),
    (
        Matter::Back,
        SectionRole::Bibliography,
        "bibliography bibliographie bibliografia bibliografie bibliografija literatur literatura literaturverzeichnis litteratur kirjallisuus \
         irodalom irodalomjegyzek kaynakca библиография бібліографія литература література βιβλιογραφια 参考文献 參考文獻 参考书目 參考書目 참고문헌 \
         المراجع المصادر کتابنامه ביבליוגרפיה daftar_pustaka tai_lieu_tham_khao บรรณานุกรม references",
    ),
    (
        Matter::Back,
        SectionRole::Index,
        "index register sachregister personenregister indice_analitico указатель показалец покажчик регистар ευρετηριο 索引 색인 찾아보기 hakemisto \
         skorowidz rejstrik mutato targymutato indeks dizin mynegai ดัชนี מפתח अनुक्रमणी",
    ),
    (Matter::Back, SectionRole::Colophon, "colophon impressum kolophon colofon colofó 奥付 版权页"),
];

/// The role of a piece around the text that a word, or a line of several, in normal form names.
pub(crate) fn piece(words: &str) -> Option<(Matter, SectionRole)> {
    static WORDS: LazyLock<FxHashMap<String, (Matter, SectionRole)>> = LazyLock::new(|| {
        let each = PIECES.iter().flat_map(|(matter, role, words)| {
            words.split_whitespace().map(|word| (normal(&word.replace('_', " ")), (*matter, *role)))
        });
        each.collect()
    });
    WORDS.get(words).copied()
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
    "inhaltsübersicht",
    "table des matieres",
    "table des chapitres",
    "table",
    "sommaire",
    "indice",
    "indice general",
    "indice de materias",
    "indice dei capitoli",
    "índex",
    "contenido",
    "contingut",
    "sommario",
    "sumario",
    "sumari",
    "conteudo",
    "inhoud",
    "inhoudsopgave",
    "innehall",
    "innehållsförteckning",
    "indhold",
    "indholdsfortegnelse",
    "innhold",
    "innholdsfortegnelse",
    "efnisyfirlit",
    "sisalto",
    "sisallys",
    "sisällysluettelo",
    "sisukord",
    "spis tresci",
    "spis rozdzialow",
    "spis rzeczy",
    "obsah",
    "kazalo",
    "vsebina",
    "tartalom",
    "tartalomjegyzek",
    "cuprins",
    "tabla de materii",
    "turinys",
    "saturs",
    "satura rādītājs",
    "cynnwys",
    "aurkibidea",
    "оглавление",
    "содержание",
    "зміст",
    "змест",
    "съдържание",
    "садржај",
    "содржина",
    "sadrzaj",
    "περιεχομενα",
    "πιναξ περιεχομενων",
    "πιναξ των περιεχομενων",
    "πινακασ περιεχομενων",
    "icindekiler",
    "fihrist",
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
    "فهرس المحتويات",
    "فهرست",
    "فهرست مطالب",
    "תוכן",
    "תוכן העניינים",
    "תוכן הענינים",
    "אינהאלט",
    "विषय-सूची",
    "विषय सूची",
    "विषयसूची",
    "अनुक्रम",
    "अनुक्रमणिका",
    "สารบัญ",
    "muc luc",
    "daftar isi",
];

/// Whether a whole line, in normal form without marks around it, names a list of contents.
pub(crate) fn names_contents(line: &str) -> bool {
    static NAMES: LazyLock<FxHashSet<String>> = LazyLock::new(|| CONTENTS.iter().map(|name| normal(name)).collect());
    NAMES.contains(line)
}

/// What stands under the last line of a work or a part of it: letters alone.
const END_MARKS: &[&str] = &[
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
    "lopp",
    "koniec",
    "konec",
    "kraj",
    "vege",
    "sfarsit",
    "endir",
    "pabaiga",
    "beigas",
    "diwedd",
    "amaia",
    "fino",
    "конец",
    "кінець",
    "край",
    "крај",
    "τελοσ",
    "完",
    "終",
    "終わり",
    "おわり",
    "끝",
    "son",
    "النهاية",
    "تمت",
    "پایان",
    "סוף",
    "समाप्त",
    "จบ",
    "het",
    "tamat",
];

/// Whether letters alone, in normal form, are what stands under the last line of a work or a part of it.
pub(crate) fn is_end_mark(key: &str) -> bool {
    static MARKS: LazyLock<FxHashSet<String>> = LazyLock::new(|| END_MARKS.iter().map(|mark| normal(mark)).collect());
    MARKS.contains(key)
}

/// Whether letters alone, in normal form, are what stands over the lines that are sung again.
pub(crate) fn is_refrain(key: &str) -> bool {
    [
        "chorus",
        "refrain",
        "burden",
        "chor",
        "kehrreim",
        "choeur",
        "chœur",
        "coro",
        "ritornello",
        "estribillo",
        "refrao",
        "refrein",
        "koor",
        "refrang",
        "kor",
        "omkvaed",
        "припев",
        "хор",
        "χοροσ",
        "επωδοσ",
    ]
    .contains(&key)
}

/// Whether a word in normal form joins the two halves of a title.
pub(crate) fn is_or(word: &str) -> bool {
    ["or", "oder", "ou", "ovvero", "eller", "albo", "или"].contains(&word)
}

/// Whether a word in normal form says which printing of a book this is.
pub(crate) fn is_edition(word: &str) -> bool {
    ["edition", "auflage", "ausgabe", "edizione", "edicion", "edicao", "druk", "upplaga", "издание", "volume"]
        .contains(&word)
}

/// Whether a word in normal form stands between the names of a person.
pub(crate) fn is_particle(word: &str) -> bool {
    ["de", "von", "van", "der", "la", "du", "di", "da", "del", "y", "zu", "den", "af", "bin", "ibn"].contains(&word)
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
        "auctore",
        "kirjoittanut",
        "kirjutanud",
        "napisal",
        "napsal",
        "napisao",
        "irta",
        "yazan",
        "oleh",
        "от",
        "написао",
        "του",
        "τησ",
        "מאת",
        "تاليف",
        "بقلم",
        "نوشته",
    ]
    .contains(&word)
}
