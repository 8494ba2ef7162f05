//! Encodings found from the bytes: each text of `texts`, written for this, in each encoding that it is found in, reads as it was
//! written.

use bindery::diag::{Code, Diagnostics};
use bindery::reader::encoding::{Decoded, decode};
use bindery::source::SourceId;
use encoding_rs::Encoding;
use std::fs;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Languages, and the encodings that their texts are in.
const PAIRS: &[(&str, &[&str])] = &[
    ("en", &["windows-1252", "macintosh", "cp437", "cp850"]),
    ("en-plain", &["windows-1252", "macintosh", "cp437", "cp850"]),
    ("fr", &["windows-1252", "macintosh", "cp850", "iso-8859-15"]),
    ("fr-oe", &["windows-1252", "macintosh", "iso-8859-15"]),
    ("de", &["windows-1252", "windows-1250", "iso-8859-2", "macintosh", "cp437", "cp850", "cp852"]),
    ("es", &["windows-1252", "macintosh", "cp437", "cp850", "iso-8859-15"]),
    ("it", &["windows-1252", "macintosh", "cp437", "cp850"]),
    ("pt", &["windows-1252", "macintosh", "cp850"]),
    ("sv", &["windows-1252", "macintosh", "cp437", "cp850"]),
    ("da", &["windows-1252", "macintosh", "cp850"]),
    ("is", &["windows-1252", "cp850"]),
    ("pl", &["windows-1250", "iso-8859-2", "cp852"]),
    ("cs", &["windows-1250", "iso-8859-2", "cp852"]),
    ("hu", &["windows-1250", "iso-8859-2", "cp852"]),
    ("ro", &["windows-1250", "iso-8859-2", "cp852"]),
    ("hr", &["windows-1250", "iso-8859-2", "cp852"]),
    ("tr", &["windows-1254"]),
    ("lt", &["windows-1257", "iso-8859-13", "iso-8859-4", "cp775"]),
    ("lv", &["windows-1257", "iso-8859-13", "iso-8859-4", "cp775"]),
    ("et", &["windows-1257", "windows-1252", "iso-8859-15"]),
    ("ru", &["windows-1251", "koi8-r", "iso-8859-5", "x-mac-cyrillic", "ibm866"]),
    ("ru-caps", &["windows-1251", "koi8-r", "iso-8859-5", "x-mac-cyrillic", "ibm866"]),
    ("uk", &["windows-1251", "koi8-u", "iso-8859-5", "x-mac-cyrillic"]),
    ("bg", &["windows-1251", "koi8-r", "iso-8859-5", "x-mac-cyrillic", "ibm866"]),
    ("sr", &["windows-1251", "iso-8859-5", "x-mac-cyrillic"]),
    ("el", &["windows-1253", "iso-8859-7", "cp737"]),
    ("he", &["windows-1255"]),
    ("ar", &["windows-1256", "iso-8859-6"]),
    ("vi", &["windows-1258"]),
    ("th", &["windows-874"]),
    ("zh-hans", &["gb18030", "gbk"]),
    ("zh-hant", &["big5"]),
    ("ja", &["shift_jis", "euc-jp", "iso-2022-jp"]),
    ("ko", &["euc-kr"]),
];

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/encoding/texts").join(format!("{name}.txt"));
    fs::read_to_string(path).expect("a text of the tests")
}

/// The text with the signs of a typewriter for those of a typographer.
fn typewritten(text: &str) -> String {
    let plain = |c| match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '–' | '—' => '-',
        '·' => ';',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The text in an encoding, and as it was before: typewritten where the encoding has no signs of the typographer.
fn encode(text: &str, label: &str) -> Option<(Vec<u8>, String)> {
    [text.to_owned(), typewritten(text)].into_iter().find_map(|text| Some((encode_as_is(&text, label)?, text)))
}

fn encode_as_is(text: &str, label: &str) -> Option<Vec<u8>> {
    if let Some(page) = label.strip_prefix("cp") {
        let table = oem_cp::code_table::ENCODING_TABLE_CP_MAP.get(&page.parse().expect("the number of a code page"))?;
        return oem_cp::encode_string_checked(text, table);
    }
    let encoding = Encoding::for_label(label.as_bytes()).expect("a name of an encoding");
    let text = if label == "windows-1258" { tones_apart(text) } else { text.to_owned() };
    let (bytes, _, unmappable) = encoding.encode(&text);
    (!unmappable).then(|| bytes.into_owned())
}

/// Vietnamese as Windows keeps it: the letters with their shape, the tones as marks behind them.
fn tones_apart(text: &str) -> String {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let apart = |c: char| {
        let (tones, shape): (Vec<char>, Vec<char>) = c.nfd().partition(is_tone);
        shape.into_iter().nfc().chain(tones).collect::<Vec<_>>()
    };
    text.chars().flat_map(apart).collect()
}

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn utf_32(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| unit(u32::from(c))).collect()
}

fn read(bytes: &[u8]) -> (Decoded, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let decoded = decode(bytes, None, SourceId(0), &mut diagnostics).expect("no label was given");
    (decoded, diagnostics)
}

fn message(diagnostics: &Diagnostics, code: Code) -> String {
    diagnostics.iter().filter(|one| one.code == code).map(|one| one.message.clone()).collect()
}

fn check(faults: &mut Vec<String>, what: String, bytes: &[u8], text: &str) {
    let (decoded, _) = read(bytes);
    if decoded.text != text {
        let shown: String = decoded.text.chars().take(60).collect();
        faults.push(format!("{what}: taken for {}: {shown:?}", decoded.encoding));
    }
}

#[test]
fn whole_texts_read_as_they_were_written() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, labels) in PAIRS {
        let text = text(name);
        for label in *labels {
            let (bytes, text) = encode(&text, label).unwrap_or_else(|| panic!("{name} cannot be written in {label}"));
            check(&mut faults, format!("{name} in {label}"), &bytes, &text);
            count += 1;
        }
    }
    println!("{} of {count} right", count - faults.len());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_form_of_unicode_reads_as_it_was_written() {
    let mut faults = Vec::new();
    for (name, _) in PAIRS {
        let text = text(name);
        let mark = |is: bool| if is { format!("\u{FEFF}{text}") } else { text.clone() };
        for is_marked in [false, true] {
            let marked = mark(is_marked);
            let what = |form: &str| format!("{name} in {form}, mark: {is_marked}");
            check(&mut faults, what("UTF-8"), marked.as_bytes(), &text);
            check(&mut faults, what("UTF-16LE"), &utf_16(&marked, u16::to_le_bytes), &text);
            check(&mut faults, what("UTF-16BE"), &utf_16(&marked, u16::to_be_bytes), &text);
            check(&mut faults, what("UTF-32LE"), &utf_32(&marked, u32::to_le_bytes), &text);
            check(&mut faults, what("UTF-32BE"), &utf_32(&marked, u32::to_be_bytes), &text);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn utf_16_without_line_ends_or_spaces_is_found() {
    let mut faults = Vec::new();
    for name in ["zh-hans", "zh-hant", "ja"] {
        let text: String = text(name).chars().filter(|c| !c.is_whitespace()).take(60).collect();
        check(&mut faults, format!("{name} LE"), &utf_16(&text, u16::to_le_bytes), &text);
        check(&mut faults, format!("{name} BE"), &utf_16(&text, u16::to_be_bytes), &text);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn utf_16_of_odd_length_loses_no_more_than_its_half_character() {
    let text = text("ja");
    let mut bytes = utf_16(&text, u16::to_le_bytes);
    bytes.push(0x30);
    let (decoded, diagnostics) = read(&bytes);
    assert_eq!(decoded.text, format!("{text}\u{FFFD}"));
    assert!(message(&diagnostics, Code::EncodingMalformed).contains("line 4"), "{diagnostics:?}");
}

#[test]
fn damaged_utf_8_stays_utf_8_and_the_damage_is_located() {
    for name in ["fr", "ru", "zh-hans", "ja", "ko", "en"] {
        let text = text(name);
        let at = text.match_indices('\n').nth(1).unwrap().0;
        let mut bytes = text.clone().into_bytes();
        bytes.splice(at..at, [b' ', 0xE9, b' ']);
        let (decoded, diagnostics) = read(&bytes);
        assert_eq!(decoded.encoding, "UTF-8", "{name}");
        assert_eq!(decoded.text.replace(" \u{FFFD} ", ""), text);
        assert!(message(&diagnostics, Code::EncodingMalformed).ends_with("line 2"), "{diagnostics:?}");
    }
}

/// Short texts that leave no doubt, in the encoding named.
#[test]
fn one_letter_can_be_enough() {
    let short = [
        ("Le café est fermé, dit-il.\n", "windows-1252"),
        ("Le café est fermé, dit-il.\n", "macintosh"),
        ("Le café est fermé, dit-il.\n", "cp850"),
        ("They met at the café near the river.\n", "windows-1252"),
        ("They met at the café near the river.\n", "macintosh"),
        ("They met at the café near the river.\n", "cp437"),
        ("It isn’t far, he said.\n", "windows-1252"),
        ("It isn’t far, he said.\n", "macintosh"),
        ("He paid £5 for it and left.\n", "windows-1252"),
        ("Die Straße ist naß.\n", "windows-1252"),
        ("Привет, как дела?\n", "windows-1251"),
        ("Привет, как дела?\n", "koi8-r"),
        ("Привет, как дела?\n", "ibm866"),
        ("Żółta łódź płynęła.\n", "windows-1250"),
        ("Żółta łódź płynęła.\n", "iso-8859-2"),
        ("Καλημέρα, είπε.\n", "windows-1253"),
        ("你好，我们明天见。\n", "gbk"),
        ("你好，我們明天見。\n", "big5"),
        ("こんにちは、また明日。\n", "shift_jis"),
        ("こんにちは、また明日。\n", "euc-jp"),
        ("안녕하세요. 내일 만나요.\n", "euc-kr"),
    ];
    let mut faults = Vec::new();
    for (text, label) in short {
        let (bytes, text) = encode(text, label).unwrap();
        check(&mut faults, format!("{text:?} in {label}"), &bytes, &text);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn where_another_encoding_is_nearly_as_likely_it_is_named() {
    // The letter ß of DOS is á of Windows, and nothing else is there to tell.
    let (bytes, _) = encode("Die Straße ist naß.\n", "cp850").unwrap();
    let (_, diagnostics) = read(&bytes);
    let said = message(&diagnostics, Code::EncodingGuessed);
    assert!(said.contains("windows-125") && said.contains("CP850"), "{said}");
}

#[test]
fn a_lie_about_the_encoding_is_not_believed() {
    let mut faults = Vec::new();
    for (name, label, lie) in [
        ("ru", "koi8-r", "windows-1251"),
        ("ru", "windows-1251", "iso-8859-1"),
        ("fr", "macintosh", "iso-8859-1"),
        ("de", "cp850", "iso-8859-1"),
        ("pl", "iso-8859-2", "windows-1250"),
        ("ja", "shift_jis", "iso-8859-1"),
        ("zh-hans", "gb18030", "big5"),
        ("el", "windows-1253", "windows-1252"),
        ("fr", "windows-1252", "utf-8"),
        ("fr", "windows-1252", "us-ascii"),
    ] {
        let text = format!("Title: A\nCharacter set encoding: {lie}\n\n{}", text(name));
        let (bytes, text) = encode(&text, label).unwrap();
        check(&mut faults, format!("{name} in {label}, stated as {lie}"), &bytes, &text);
        let (_, diagnostics) = read(&bytes);
        let said = message(&diagnostics, Code::EncodingGuessed);
        if lie != "us-ascii" && !said.contains(lie) {
            faults.push(format!("{name} in {label}: the lie {lie} is not told: {said}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_a_person_tells_is_done() {
    let (bytes, text) = encode("Müßig, sagte sie.\n", "cp850").unwrap();
    for label in ["cp850", "CP850", "ibm850", "850"] {
        let decoded = decode(&bytes, Some(label), SourceId(0), &mut Diagnostics::new()).unwrap();
        assert_eq!((decoded.text, decoded.encoding), (text.clone(), "CP850"));
    }
    let bytes = utf_32("one", u32::to_be_bytes);
    assert_eq!(decode(&bytes, Some("utf-32be"), SourceId(0), &mut Diagnostics::new()).unwrap().text, "one");
    // Labels that the web knows in order to refuse them are no encodings.
    assert!(decode(b"one", Some("iso-2022-kr"), SourceId(0), &mut Diagnostics::new()).is_err());
}

/// Whether one of the encodings that the diagnostic names gives the text.
fn is_named(bytes: &[u8], text: &str, diagnostics: &Diagnostics) -> bool {
    let said = message(diagnostics, Code::EncodingGuessed);
    said.split([' ', ',', ';']).any(|word| {
        decode(bytes, Some(word), SourceId(0), &mut Diagnostics::new()).is_ok_and(|decoded| decoded.text == text)
    })
}

#[test]
fn single_lines_read_right_or_the_right_encoding_is_named() {
    let (mut all, mut right) = (0, 0);
    let mut faults = Vec::new();
    for (name, labels) in PAIRS {
        let text = text(name);
        for (label, line) in labels.iter().flat_map(|label| text.lines().map(move |line| (label, line))) {
            let (bytes, line) = encode(line, label).unwrap();
            let (decoded, diagnostics) = read(&bytes);
            all += 1;
            right += usize::from(decoded.text == line);
            if decoded.text != line && !is_named(&bytes, &line, &diagnostics) {
                faults.push(format!(
                    "{name} in {label}: taken for {}: {:?} for {line:?}",
                    decoded.encoding, decoded.text
                ));
            }
        }
    }
    println!("{right} of {all} lines right, {} wrong without a word", faults.len());
    assert!(right * 100 >= all * 94 && faults.len() * 200 <= all, "\n{}", faults.join("\n"));
}

#[test]
fn damage_is_told_of_the_source_that_has_it() {
    let mut diagnostics = Diagnostics::new();
    let decoded = decode(b"one \xFF two", Some("utf-8"), SourceId(3), &mut diagnostics).expect("a known label");
    assert_eq!(decoded.text, "one \u{FFFD} two");
    let damage = diagnostics.iter().find(|one| one.code == Code::EncodingMalformed).expect("it is damaged");
    assert_eq!(damage.span.map(|span| span.source), Some(SourceId(3)));
}
