//! Headings in the languages books are in: a preface, parts that hold chapters, an appendix or notes, and the printed list
//! of contents that names them.

use super::{outline_with, reading};
use bindery::model::{Matter, SectionRole};

/// How the books of one language name their divisions.
struct Book {
    /// What the language must be found to be.
    language: &'static str,
    /// The word for a preface or an introduction.
    front: (SectionRole, &'static str),
    /// The word for a list of contents.
    contents: &'static str,
    parts: [&'static str; 2],
    chapters: [&'static str; 3],
    /// The word for an appendix, notes, a glossary.
    back: (SectionRole, &'static str),
    /// A few sentences.
    prose: &'static str,
}

use SectionRole::{Afterword, Appendix, Bibliography, Foreword, Glossary, Index, Introduction, Notes, Preface};

const BOOKS: &[Book] = &[
    Book {
        language: "en",
        front: (Introduction, "INTRODUCTION"),
        contents: "CONTENTS",
        parts: ["BOOK THE FIRST", "BOOK THE SECOND"],
        chapters: ["Chapter the First", "Chapter the Second", "Chapter the Third"],
        back: (Glossary, "GLOSSARY"),
        prose: "The mill had stood by the river for a hundred years, and nobody in the village knew who had built it. In the \
                evening the old man went down to the water and listened to the wheel.",
    },
    Book {
        language: "de",
        front: (Preface, "Vorwort"),
        contents: "Inhaltsverzeichnis",
        parts: ["Erster Teil", "Zweiter Teil"],
        chapters: ["Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"],
        back: (Notes, "Anmerkungen"),
        prose: "Die Mühle stand seit hundert Jahren am Fluss, und niemand im Dorf wusste, wer sie gebaut hatte. Am Abend ging \
                der alte Mann zum Wasser hinunter und hörte dem Rad zu.",
    },
    Book {
        language: "fr",
        front: (Preface, "AVANT-PROPOS"),
        contents: "TABLE DES MATIÈRES",
        parts: ["PREMIÈRE PARTIE", "DEUXIÈME PARTIE"],
        chapters: ["CHAPITRE PREMIER", "CHAPITRE II", "CHAPITRE III"],
        back: (Appendix, "APPENDICE"),
        prose: "Le moulin se tenait au bord de la rivière depuis cent ans, et personne au village ne savait qui l'avait bâti. Le \
                soir, le vieil homme descendait vers l'eau et écoutait la roue.",
    },
    Book {
        language: "es",
        front: (Preface, "PREFACIO"),
        contents: "ÍNDICE",
        parts: ["PRIMERA PARTE", "SEGUNDA PARTE"],
        chapters: ["Capítulo primero", "Capítulo segundo", "Capítulo tercero"],
        back: (Glossary, "GLOSARIO"),
        prose: "El molino estaba junto al río desde hacía cien años, y nadie en el pueblo sabía quién lo había construido. Por la \
                tarde el viejo bajaba hasta el agua y escuchaba la rueda.",
    },
    Book {
        language: "it",
        front: (Preface, "PREFAZIONE"),
        contents: "INDICE",
        parts: ["PARTE PRIMA", "PARTE SECONDA"],
        chapters: ["CAPITOLO I", "CAPITOLO II", "CAPITOLO III"],
        back: (Notes, "NOTE"),
        prose: "Il mulino stava presso il fiume da cento anni, e nessuno nel villaggio sapeva chi lo avesse costruito. La sera il \
                vecchio scendeva verso l'acqua e ascoltava la ruota.",
    },
    Book {
        language: "pt",
        front: (Introduction, "INTRODUÇÃO"),
        contents: "ÍNDICE",
        parts: ["LIVRO PRIMEIRO", "LIVRO SEGUNDO"],
        chapters: ["Capítulo Primeiro", "Capítulo Segundo", "Capítulo Terceiro"],
        back: (Notes, "NOTAS"),
        prose: "O moinho estava junto ao rio havia cem anos, e ninguém na aldeia sabia quem o tinha construído. À tarde o velho \
                descia até à água e escutava a roda.",
    },
    Book {
        language: "ca",
        front: (Preface, "PREFACI"),
        contents: "TAULA",
        parts: ["PRIMERA PART", "SEGONA PART"],
        chapters: ["Capítol primer", "Capítol segon", "Capítol tercer"],
        back: (Appendix, "APÈNDIX"),
        prose: "El molí era a la vora del riu des de feia cent anys, i ningú del poble no sabia qui l'havia construït. Al vespre \
                el vell baixava fins a l'aigua i escoltava la roda amb els ulls tancats.",
    },
    Book {
        language: "ro",
        front: (Foreword, "CUVÂNT ÎNAINTE"),
        contents: "CUPRINS",
        parts: ["PARTEA ÎNTÂI", "PARTEA A DOUA"],
        chapters: ["Capitolul I", "Capitolul al II-lea", "Capitolul al III-lea"],
        back: (Notes, "NOTE"),
        prose: "Moara stătea lângă râu de o sută de ani și nimeni din sat nu știa cine o zidise. Seara bătrânul cobora la apă și \
                asculta roata.",
    },
    Book {
        language: "nl",
        front: (Preface, "VOORREDE"),
        contents: "INHOUD",
        parts: ["EERSTE DEEL", "TWEEDE DEEL"],
        chapters: ["Eerste hoofdstuk", "Tweede hoofdstuk", "Derde hoofdstuk"],
        back: (Notes, "AANTEEKENINGEN"),
        prose: "De molen stond al honderd jaar aan de rivier, en niemand in het dorp wist wie hem gebouwd had. 's Avonds ging de \
                oude man naar het water en luisterde naar het rad.",
    },
    Book {
        language: "sv",
        front: (Preface, "FÖRORD"),
        contents: "INNEHÅLL",
        parts: ["FÖRSTA DELEN", "ANDRA DELEN"],
        chapters: ["Första kapitlet", "Andra kapitlet", "Tredje kapitlet"],
        back: (Afterword, "EFTERSKRIFT"),
        prose: "Kvarnen hade stått vid ån i hundra år, och ingen i byn visste vem som hade byggt den. På kvällen gick den gamle \
                mannen ner till vattnet och lyssnade på hjulet.",
    },
    Book {
        language: "da",
        front: (Preface, "FORORD"),
        contents: "INDHOLD",
        parts: ["FØRSTE DEL", "ANDEN DEL"],
        chapters: ["Første Kapitel", "Andet Kapitel", "Tredje Kapitel"],
        back: (Notes, "NOTER"),
        prose: "Møllen havde stået ved åen i hundrede år, og ingen i landsbyen vidste, hvem der havde bygget den. Om aftenen gik \
                den gamle mand ned til vandet og lyttede til hjulet, mens han tænkte på sin datter.",
    },
    Book {
        language: "nb",
        front: (Preface, "FORORD"),
        contents: "INNHOLD",
        parts: ["FØRSTE BOK", "ANNEN BOK"],
        chapters: ["KAPITTEL 1", "KAPITTEL 2", "KAPITTEL 3"],
        back: (Afterword, "ETTERORD"),
        prose: "Møllen hadde stått ved elven i hundre år, og ingen i bygda visste hvem som hadde bygget den. Om kvelden gikk den \
                gamle mannen ned til vannet og lyttet til hjulet, mens han tenkte på jenta si.",
    },
    Book {
        language: "is",
        front: (Preface, "FORMÁLI"),
        contents: "EFNISYFIRLIT",
        parts: ["FYRSTI HLUTI", "ANNAR HLUTI"],
        chapters: ["1. kafli", "2. kafli", "3. kafli"],
        back: (Afterword, "EFTIRMÁLI"),
        prose: "Myllan hafði staðið við ána í hundrað ár og enginn í þorpinu vissi hver hafði byggt hana. Á kvöldin gekk gamli \
                maðurinn niður að vatninu og hlustaði á hjólið.",
    },
    Book {
        language: "fi",
        front: (Preface, "ALKUSANAT"),
        contents: "SISÄLLYS",
        parts: ["ENSIMMÄINEN OSA", "TOINEN OSA"],
        chapters: ["Ensimmäinen luku", "Toinen luku", "Kolmas luku"],
        back: (Notes, "VIITTEET"),
        prose: "Mylly oli seisonut joen rannalla sata vuotta, eikä kukaan kylässä tiennyt, kuka sen oli rakentanut. Illalla vanha \
                mies meni veden ääreen ja kuunteli ratasta.",
    },
    Book {
        language: "et",
        front: (Preface, "EESSÕNA"),
        contents: "SISUKORD",
        parts: ["ESIMENE OSA", "TEINE OSA"],
        chapters: ["Esimene peatükk", "Teine peatükk", "Kolmas peatükk"],
        back: (Notes, "MÄRKUSED"),
        prose: "Veski oli seisnud jõe ääres sada aastat ja keegi külas ei teadnud, kes selle oli ehitanud. Õhtul läks vana mees \
                vee äärde ja kuulas ratast.",
    },
    Book {
        language: "hu",
        front: (Preface, "ELŐSZÓ"),
        contents: "TARTALOM",
        parts: ["ELSŐ RÉSZ", "MÁSODIK RÉSZ"],
        chapters: ["I. fejezet", "II. fejezet", "III. fejezet"],
        back: (Notes, "JEGYZETEK"),
        prose: "A malom száz éve állt a folyó mellett, és a faluban senki sem tudta, ki építette. Este az öregember lement a \
                vízhez, és hallgatta a kereket.",
    },
    Book {
        language: "pl",
        front: (Introduction, "WSTĘP"),
        contents: "SPIS TREŚCI",
        parts: ["CZĘŚĆ PIERWSZA", "CZĘŚĆ DRUGA"],
        chapters: ["Rozdział pierwszy", "Rozdział drugi", "Rozdział trzeci"],
        back: (Notes, "PRZYPISY"),
        prose: "Młyn stał nad rzeką od stu lat i nikt we wsi nie wiedział, kto go zbudował. Wieczorem stary człowiek schodził do \
                wody i słuchał koła.",
    },
    Book {
        language: "cs",
        front: (Preface, "PŘEDMLUVA"),
        contents: "OBSAH",
        parts: ["KNIHA PRVNÍ", "KNIHA DRUHÁ"],
        chapters: ["Kapitola první", "Kapitola druhá", "Kapitola třetí"],
        back: (Notes, "POZNÁMKY"),
        prose: "Mlýn stál u řeky už sto let a nikdo ve vsi nevěděl, kdo ho postavil. Večer starý muž sestupoval k vodě a \
                naslouchal kolu.",
    },
    Book {
        language: "sk",
        front: (Preface, "PREDSLOV"),
        contents: "OBSAH",
        parts: ["PRVÁ ČASŤ", "DRUHÁ ČASŤ"],
        chapters: ["Prvá kapitola", "Druhá kapitola", "Tretia kapitola"],
        back: (Notes, "POZNÁMKY"),
        prose: "Mlyn stál pri rieke už sto rokov a nikto v dedine nevedel, kto ho postavil. Večer starý muž schádzal k vode a \
                počúval koleso, ktoré sa otáčalo v tme.",
    },
    Book {
        language: "sl",
        front: (Preface, "PREDGOVOR"),
        contents: "KAZALO",
        parts: ["PRVI DEL", "DRUGI DEL"],
        chapters: ["Prvo poglavje", "Drugo poglavje", "Tretje poglavje"],
        back: (Notes, "OPOMBE"),
        prose: "Mlin je stal ob reki že sto let in nihče v vasi ni vedel, kdo ga je zgradil. Zvečer je šel stari mož k vodi in \
                poslušal kolo.",
    },
    Book {
        language: "hr",
        front: (Preface, "PREDGOVOR"),
        contents: "SADRŽAJ",
        parts: ["PRVI DIO", "DRUGI DIO"],
        chapters: ["Prvo poglavlje", "Drugo poglavlje", "Treće poglavlje"],
        back: (Notes, "BILJEŠKE"),
        prose: "Mlin je stajao uz rijeku već sto godina i nitko u selu nije znao tko ga je sagradio. Navečer je starac silazio do \
                vode i slušao kotač, što se vrtio u mraku.",
    },
    Book {
        language: "lt",
        front: (Preface, "PRATARMĖ"),
        contents: "TURINYS",
        parts: ["PIRMA DALIS", "ANTRA DALIS"],
        chapters: ["Pirmas skyrius", "Antras skyrius", "Trečias skyrius"],
        back: (Notes, "PASTABOS"),
        prose: "Malūnas stovėjo prie upės jau šimtą metų, ir niekas kaime nežinojo, kas jį pastatė. Vakare senis nusileisdavo prie \
                vandens ir klausydavosi rato.",
    },
    Book {
        language: "lv",
        front: (Preface, "PRIEKŠVĀRDS"),
        contents: "SATURS",
        parts: ["PIRMĀ DAĻA", "OTRĀ DAĻA"],
        chapters: ["Pirmā nodaļa", "Otrā nodaļa", "Trešā nodaļa"],
        back: (Notes, "PIEZĪMES"),
        prose: "Dzirnavas stāvēja pie upes jau simt gadu, un neviens ciemā nezināja, kas tās uzcēlis. Vakarā vecais vīrs nogāja \
                pie ūdens un klausījās ratā.",
    },
    Book {
        language: "ru",
        front: (Preface, "ПРЕДИСЛОВИЕ"),
        contents: "ОГЛАВЛЕНИЕ",
        parts: ["ЧАСТЬ ПЕРВАЯ", "ЧАСТЬ ВТОРАЯ"],
        chapters: ["Глава I", "Глава II", "Глава III"],
        back: (Notes, "ПРИМЕЧАНИЯ"),
        prose: "Мельница стояла у реки уже сто лет, и никто в деревне не знал, кто её построил. Вечером старик спускался к воде и \
                слушал колесо.",
    },
    Book {
        language: "uk",
        front: (Preface, "ПЕРЕДМОВА"),
        contents: "ЗМІСТ",
        parts: ["ЧАСТИНА ПЕРША", "ЧАСТИНА ДРУГА"],
        chapters: ["Розділ перший", "Розділ другий", "Розділ третій"],
        back: (Notes, "ПРИМІТКИ"),
        prose: "Млин стояв над річкою вже сто років, і ніхто в селі не знав, хто його збудував. Увечері старий спускався до води \
                і слухав колесо.",
    },
    Book {
        language: "bg",
        front: (Preface, "ПРЕДГОВОР"),
        contents: "СЪДЪРЖАНИЕ",
        parts: ["ЧАСТ ПЪРВА", "ЧАСТ ВТОРА"],
        chapters: ["Глава първа", "Глава втора", "Глава трета"],
        back: (Notes, "БЕЛЕЖКИ"),
        prose: "Воденицата стоеше край реката вече сто години и никой в селото не знаеше кой я е построил. Вечер старецът слизаше \
                до водата и слушаше колелото.",
    },
    Book {
        language: "sr",
        front: (Preface, "ПРЕДГОВОР"),
        contents: "САДРЖАЈ",
        parts: ["ПРВИ ДЕО", "ДРУГИ ДЕО"],
        chapters: ["Глава прва", "Глава друга", "Глава трећа"],
        back: (Notes, "НАПОМЕНЕ"),
        prose: "Воденица је стајала крај реке већ сто година и нико у селу није знао ко ју је саградио. Увече је старац силазио \
                до воде и слушао точак.",
    },
    Book {
        language: "el",
        front: (Preface, "ΠΡΟΛΟΓΟΣ"),
        contents: "ΠΕΡΙΕΧΟΜΕΝΑ",
        parts: ["ΜΕΡΟΣ ΠΡΩΤΟ", "ΜΕΡΟΣ ΔΕΥΤΕΡΟ"],
        chapters: ["ΚΕΦΑΛΑΙΟ Α΄", "ΚΕΦΑΛΑΙΟ Β΄", "ΚΕΦΑΛΑΙΟ Γ΄"],
        back: (Notes, "ΣΗΜΕΙΩΣΕΙΣ"),
        prose: "Ο μύλος στεκόταν δίπλα στο ποτάμι εδώ και εκατό χρόνια, και κανείς στο χωριό δεν ήξερε ποιος τον είχε χτίσει. Το \
                βράδυ ο γέρος κατέβαινε στο νερό και άκουγε τον τροχό.",
    },
    Book {
        language: "tr",
        front: (Preface, "ÖNSÖZ"),
        contents: "İÇİNDEKİLER",
        parts: ["BİRİNCİ KISIM", "İKİNCİ KISIM"],
        chapters: ["Birinci Bölüm", "İkinci Bölüm", "Üçüncü Bölüm"],
        back: (Bibliography, "KAYNAKÇA"),
        prose: "Değirmen yüz yıldır nehrin kıyısında duruyordu ve köyde hiç kimse onu kimin yaptığını bilmiyordu. Akşam olunca \
                yaşlı adam suya iner, çarkı dinlerdi.",
    },
    Book {
        language: "la",
        front: (Preface, "PRAEFATIO"),
        contents: "INDEX CAPITUM",
        parts: ["LIBER PRIMUS", "LIBER SECUNDUS"],
        chapters: ["CAPUT I", "CAPUT II", "CAPUT III"],
        back: (Appendix, "APPENDIX"),
        prose: "Mola centum annos iuxta flumen steterat, neque quisquam in vico sciebat quis eam aedificavisset. Vespere senex ad \
                aquam descendebat et rotam audiebat, quia sonus eius dulcis erat.",
    },
    Book {
        language: "eo",
        front: (Preface, "ANTAŬPAROLO"),
        contents: "ENHAVO",
        parts: ["UNUA PARTO", "DUA PARTO"],
        chapters: ["Ĉapitro unua", "Ĉapitro dua", "Ĉapitro tria"],
        back: (Notes, "NOTOJ"),
        prose: "La muelejo staris apud la rivero jam cent jarojn, kaj neniu en la vilaĝo sciis, kiu ĝin konstruis. Vespere la \
                maljunulo iris malsupren al la akvo kaj aŭskultis la radon.",
    },
    Book {
        language: "cy",
        front: (Preface, "RHAGAIR"),
        contents: "CYNNWYS",
        parts: ["RHAN I", "RHAN II"],
        chapters: ["PENNOD I", "PENNOD II", "PENNOD III"],
        back: (Notes, "NODIADAU"),
        prose: "Yr oedd y felin wedi sefyll ar lan yr afon am gan mlynedd, ac nid oedd neb yn y pentref yn gwybod pwy a'i hadeiladodd. \
                Gyda'r nos âi'r hen ŵr i lawr at y dŵr a gwrando ar yr olwyn.",
    },
    Book {
        language: "eu",
        front: (Preface, "HITZAURREA"),
        contents: "AURKIBIDEA",
        parts: ["LEHEN ZATIA", "BIGARREN ZATIA"],
        chapters: ["Lehen kapitulua", "Bigarren kapitulua", "Hirugarren kapitulua"],
        back: (Notes, "OHARRAK"),
        prose: "Errota ehun urtez egon zen ibaiaren ondoan, eta herrian inork ez zekien nork eraiki zuen. Arratsaldean gizon zaharra \
                uretara jaisten zen eta gurpila entzuten zuen.",
    },
    Book {
        language: "he",
        front: (Preface, "הקדמה"),
        contents: "תוכן העניינים",
        parts: ["חלק ראשון", "חלק שני"],
        chapters: ["פרק א", "פרק ב", "פרק ג"],
        back: (Notes, "הערות"),
        prose: "הטחנה עמדה על שפת הנהר מאה שנים, ואיש בכפר לא ידע מי בנה אותה. בערב ירד הזקן אל המים והקשיב לגלגל.",
    },
    Book {
        language: "ar",
        front: (Preface, "مقدمة"),
        contents: "المحتويات",
        parts: ["الجزء الأول", "الجزء الثاني"],
        chapters: ["الفصل الأول", "الفصل الثاني", "الفصل الثالث"],
        back: (Appendix, "ملحق"),
        prose: "كانت الطاحونة قائمة على ضفة النهر منذ مئة عام، ولم يكن أحد في القرية يعرف من بناها. وفي المساء كان الشيخ ينزل إلى \
                الماء ويصغي إلى الدولاب.",
    },
    Book {
        language: "fa",
        front: (Preface, "پیشگفتار"),
        contents: "فهرست",
        parts: ["بخش اول", "بخش دوم"],
        chapters: ["فصل اول", "فصل دوم", "فصل سوم"],
        back: (Notes, "یادداشت‌ها"),
        prose: "آسیاب صد سال بود که کنار رودخانه ایستاده بود و هیچ‌کس در روستا نمی‌دانست چه کسی آن را ساخته است. شب که می‌شد پیرمرد \
                به کنار آب می‌رفت و به صدای چرخ گوش می‌داد.",
    },
    Book {
        language: "hi",
        front: (Preface, "भूमिका"),
        contents: "विषय-सूची",
        parts: ["पहला भाग", "दूसरा भाग"],
        chapters: ["अध्याय १", "अध्याय २", "अध्याय ३"],
        back: (Appendix, "परिशिष्ट"),
        prose: "चक्की सौ साल से नदी के किनारे खड़ी थी और गाँव में कोई नहीं जानता था कि उसे किसने बनाया था। शाम को बूढ़ा आदमी पानी के पास \
                जाता था और पहिये की आवाज़ सुनता था।",
    },
    Book {
        language: "zh",
        front: (Preface, "前言"),
        contents: "目录",
        parts: ["第一部", "第二部"],
        chapters: ["第一章", "第二章", "第三章"],
        back: (Afterword, "后记"),
        prose: "磨坊在河边已经站了一百年，村里没有人知道是谁建的。傍晚的时候，老人走到水边，听着轮子的声音。",
    },
    Book {
        language: "ja",
        front: (Preface, "はしがき"),
        contents: "目次",
        parts: ["前編", "後編"],
        chapters: ["一", "二", "三"],
        back: (Afterword, "あとがき"),
        prose: "水車小屋は百年のあいだ川のほとりに立っていたが、村の誰もそれを建てた人を知らなかった。夕方になると老人は水辺へ\
                下りていき、車の音に耳を澄ませた。",
    },
    Book {
        language: "ko",
        front: (Preface, "머리말"),
        contents: "차례",
        parts: ["제1부", "제2부"],
        chapters: ["1장", "2장", "3장"],
        back: (Afterword, "맺음말"),
        prose: "물레방아는 백 년 동안 강가에 서 있었지만 마을에서 그것을 누가 지었는지 아는 사람은 아무도 없었다. 저녁이면 노인은 물가로 \
                내려가 바퀴 소리를 들었다.",
    },
    Book {
        language: "th",
        front: (Preface, "คำนำ"),
        contents: "สารบัญ",
        parts: ["ภาคที่หนึ่ง", "ภาคที่สอง"],
        chapters: ["บทที่ ๑", "บทที่ ๒", "บทที่ ๓"],
        back: (Appendix, "ภาคผนวก"),
        prose: "โรงสีตั้งอยู่ริมแม่น้ำมาร้อยปีแล้ว และไม่มีใครในหมู่บ้านรู้ว่าใครเป็นคนสร้าง ตอนเย็นชายชราเดินลงไปที่น้ำและฟังเสียงกงล้อ",
    },
    Book {
        language: "vi",
        front: (Preface, "LỜI NÓI ĐẦU"),
        contents: "MỤC LỤC",
        parts: ["PHẦN THỨ NHẤT", "PHẦN THỨ HAI"],
        chapters: ["Chương một", "Chương hai", "Chương ba"],
        back: (Appendix, "PHỤ LỤC"),
        prose: "Cối xay đã đứng bên bờ sông một trăm năm, và không ai trong làng biết ai đã xây nó. Buổi chiều ông già đi xuống bờ \
                nước và lắng nghe bánh xe.",
    },
    Book {
        language: "id",
        front: (Introduction, "PENDAHULUAN"),
        contents: "DAFTAR ISI",
        parts: ["BAGIAN PERTAMA", "BAGIAN KEDUA"],
        chapters: ["BAB I", "BAB II", "BAB III"],
        back: (Index, "INDEKS"),
        prose: "Kincir itu sudah berdiri di tepi sungai selama seratus tahun, dan tidak ada seorang pun di desa yang tahu siapa yang \
                membangunnya. Pada sore hari orang tua itu turun ke air dan mendengarkan roda.",
    },
];

/// A text in lines of at most 60 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if width > 0 && width + word.chars().count() > 60 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
        }
        out.push_str(word);
        width += word.chars().count() + 1;
    }
    out
}

impl Book {
    /// The headings in order with their depths.
    fn headings(&self) -> [(usize, &str); 7] {
        let ([first, second], [one, two, three]) = (self.parts, self.chapters);
        [(0, self.front.1), (0, first), (1, one), (1, two), (0, second), (1, three), (0, self.back.1)]
    }

    fn text(&self, with_list: bool) -> String {
        let mut out = String::new();
        let prose = format!("{0}\n\n{0}\n", wrapped(self.prose));
        for (depth, heading) in self.headings() {
            let is_part = self.parts.contains(&heading);
            if with_list && heading == self.parts[0] {
                let list: String =
                    self.headings().map(|(depth, entry)| format!("{}{entry}\n", "  ".repeat(depth))).concat();
                out.push_str(&format!("\n\n\n{}\n\n{list}", self.contents));
            }
            let gap = if depth == 0 { "\n\n\n\n" } else { "\n\n\n" };
            out.push_str(&format!("{gap}{heading}\n\n"));
            if !is_part {
                out.push_str(&prose);
            }
        }
        out
    }

    /// What is wrong with how the book was read; empty when all is right.
    fn faults(&self, with_list: bool) -> String {
        let reading = reading(&self.text(with_list));
        let role = |role: SectionRole| format!("{role:?}");
        let seen = outline_with(&reading, |section, heading| format!("{} {heading}", role(section.role)));
        let expected: String = self
            .headings()
            .map(|(depth, heading)| {
                let kind = if heading == self.front.1 {
                    role(self.front.0)
                } else if heading == self.back.1 {
                    role(self.back.0)
                } else {
                    role(if depth == 0 { SectionRole::Part } else { SectionRole::Chapter })
                };
                format!("{}{kind} {heading}\n", "  ".repeat(depth))
            })
            .concat();
        let mut out = String::new();
        if seen != expected {
            out.push_str(&format!("--- {} (list: {with_list}): wanted\n{expected}got\n{seen}", self.language));
        }
        let found = reading.document.meta.language.to_string();
        if found != self.language {
            out.push_str(&format!("--- {}: taken for {found}\n", self.language));
        }
        let matter = reading.document.sections.first().map(|section| section.matter);
        if matter != Some(Matter::Front) || reading.document.sections.last().map(|one| one.matter) != Some(Matter::Back)
        {
            out.push_str(&format!("--- {} (list: {with_list}): front or back matter\n", self.language));
        }
        out
    }
}

#[test]
fn headings_and_language_are_found_in_many_languages() {
    let faults: String = BOOKS.iter().map(|book| book.faults(false)).collect();
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn printed_lists_of_contents_give_way_in_many_languages() {
    let faults: String = BOOKS.iter().map(|book| book.faults(true)).collect();
    assert!(faults.is_empty(), "{faults}");
}
