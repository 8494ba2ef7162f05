//! Whatever a text says, its editions hold no script, reach nothing outside themselves, and name their parts safely everywhere.

#[path = "common/archive.rs"]
mod archive;

use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;
use std::collections::BTreeSet;

/// Strings that have broken programs: markup, paths, reserved names, marks of direction, templates, commands, characters at the edges.
const NAUGHTY: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "' OR '1'='1",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "file:///etc/passwd",
    "C:\\con\\con",
    "CON",
    "aux.xhtml",
    "LPT1",
    "nul",
    "&lt;&amp;&#0;&#xD800;",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
    "]]><x>",
    "--><!--",
    "<?xml version=\"1.0\"?>",
    "(\\)<</S/JavaScript/JS(app.alert(1))>>",
    "endstream endobj",
    "${7*7}{{7*7}}<%= 7*7 %>",
    "`touch /tmp/x` $(id) ; rm -rf / | cat",
    "%s%n%x%00",
    "\u{202e}gnp.exe\u{2067}",
    "Z\u{300}\u{301}\u{302}\u{303}\u{316}\u{317}algo",
    "e\u{301} \u{e9} \u{212b}",
    "İıſß ﬁ",
    "ﷺ ﷽ 𓀀 🏳\u{fe0f}\u{200d}🌈 👩\u{200d}👩\u{200d}👧",
    "\u{feff}\u{200b}\u{ad}x\u{2028}y\u{2029}z",
    "\u{fdd0}\u{e000}\u{10fffd}",
    "田中さんにあげて下さい",
    "الكل في المجمو عة",
    "1/0 1e309 NaN -0 0x0 ٣",
    "null undefined true [object Object]",
    "...",
    "~",
    "a:b*c?d|e\"f<g>h",
];

const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "com1", "lpt1"];

/// A document model that says a string wherever one can be said.
fn markdown(naughty: &str) -> String {
    let quoted = serde_json::to_string(naughty).expect("JSON");
    format!(
        "---\ntitle: {quoted}\nauthor: [{quoted}]\npublisher: {quoted}\n---\n\n# {naughty}\n\nIt says {naughty} here, and [leads]({naughty}) \
         there, as <{naughty}>.\n\n[on]: {naughty}\n\n![{naughty}]({naughty}) [on]\n\n> {naughty}\n\n    {naughty}\n\n[a](javascript:x) \
         [b](data:text/html,x) [c](file:///etc/passwd) [d](vbscript:x) [e](JaVaScRiPt:x) [f](&#106;avascript:x) [g](<java\tscript:x>)\n\n\
         <iframe src=\"javascript:x\"></iframe>\n"
    )
}

fn edition(text: &str, name: &str, format: Format) -> Vec<u8> {
    let text = Text { bytes: text.as_bytes(), name, modified: None, folder: None };
    let made = convert(&text, &[format], &Config::default(), &Library::built_in());
    made.editions.map_err(|error| format!("{name:?}: {error}")).expect("editions").swap_remove(0).data
}

fn is_harmless(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    matches!(scheme.as_deref(), None | Some("http" | "https" | "mailto"))
}

fn check_name(name: &str, seen: &mut BTreeSet<String>) {
    assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte)), "{name}");
    assert!(
        !name.starts_with('/') && name.split('/').all(|part| !part.is_empty() && !part.starts_with("..")),
        "{name}"
    );
    for part in name.split('/') {
        let stem = part.split('.').next().unwrap_or("").to_ascii_lowercase();
        assert!(!RESERVED.contains(&stem.as_str()) && !part.ends_with('.'), "{name}");
    }
    assert!(seen.insert(name.to_ascii_lowercase()), "{name} is there twice");
}

fn check_document(name: &str, source: &str) {
    assert!(!source.contains("<!ENTITY"), "{name}");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = roxmltree::Document::parse_with_options(source, options);
    let tree = tree.map_err(|error| format!("{name}: {error}")).expect("a well-formed document");
    for node in tree.descendants().filter(|node| node.is_element()) {
        let tag = node.tag_name().name();
        assert!(
            !matches!(tag, "script" | "iframe" | "object" | "embed" | "foreignObject" | "base" | "form"),
            "{name}: {tag}"
        );
        for one in node.attributes() {
            assert!(!one.name().starts_with("on"), "{name}: {}", one.name());
            let loads =
                matches!(one.name(), "src" | "srcset" | "poster" | "data") || one.name() == "href" && tag != "a";
            if loads {
                assert!(!one.value().contains("//") && !one.value().contains(':'), "{name}: {}", one.value());
            } else if one.name() == "href" {
                assert!(is_harmless(one.value()), "{name}: {}", one.value());
            }
        }
    }
}

#[test]
fn e_books_of_naughty_strings_are_harmless() {
    for naughty in NAUGHTY {
        let name = format!("{naughty}.md");
        let bytes = edition(&markdown(naughty), &name, Format::Epub);
        let mut seen = BTreeSet::new();
        for (entry, bytes) in archive::entries(&bytes) {
            check_name(&entry, &mut seen);
            if [".xhtml", ".opf", ".ncx", ".xml", ".svg"].iter().any(|ending| entry.ends_with(ending)) {
                check_document(&entry, std::str::from_utf8(&bytes).expect("UTF-8"));
            } else if entry.ends_with(".css") {
                let css = String::from_utf8(bytes).expect("UTF-8");
                assert!(!css.contains("@import") && !css.contains("url("), "{entry}");
            }
        }
    }
}

#[test]
fn pages_of_naughty_strings_are_harmless() {
    for naughty in NAUGHTY {
        let bytes = edition(&markdown(naughty), &format!("{naughty}.md"), Format::Pdf);
        let document = lopdf::Document::load_mem(&bytes).expect("a PDF");
        for object in document.objects.values() {
            let Ok(dictionary) = object.as_dict() else { continue };
            for key in ["JS", "JavaScript", "AA", "OpenAction", "Launch", "F"] {
                assert!(!dictionary.has(key.as_bytes()) || key == "F" && !dictionary.has(b"URI"), "{naughty}: {key}");
            }
            let action = dictionary.get(b"A").ok().and_then(|action| document.dereference(action).ok());
            let address = action.and_then(|(_, action)| action.as_dict().ok()?.get(b"URI").ok()?.as_str().ok());
            if let Some(address) = address {
                assert!(is_harmless(&String::from_utf8_lossy(address)), "{naughty}");
            }
        }
    }
}

#[test]
fn plain_texts_of_naughty_strings_keep_every_one() {
    for naughty in NAUGHTY {
        let text = format!("A Title\n\nAnd so it was that she said {naughty} to him.\n\nHe went home and slept.\n");
        let model = edition(&text, &format!("{naughty}.txt"), Format::Json);
        let model = bindery::Document::from_json(std::str::from_utf8(&model).expect("UTF-8")).expect("a model");
        model.validate().expect("its rules kept");
        edition(&text, &format!("{naughty}.txt"), Format::Epub);
    }
}
