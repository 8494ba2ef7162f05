//! An EPUB read back: its archive, its documents as XML, their letters in the order of the spine.

use crate::archive::entries;
use crate::words::letters;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::{BTreeMap, BTreeSet};

/// The letters of the body and those of the notes.
///
/// # Panics
///
/// Where the archive cannot be read, a document is not well-formed, a name is not safe, an identifier is given twice, or a link
/// leads nowhere.
pub(crate) fn letters_of(epub: &[u8]) -> (String, String) {
    let files = unpacked(epub);
    for (name, data) in files.iter().filter(|(name, _)| [".opf", ".ncx", ".xml"].iter().any(|end| name.ends_with(end)))
    {
        parsed(text(data), |_| assert!(!name.is_empty()));
    }
    let mut pages = BTreeMap::new();
    let mut places = BTreeSet::new();
    for (name, data) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        let mut page = Page::default();
        parsed(text(data), |document| page.read(document));
        let mut ids = BTreeSet::new();
        for id in &page.ids {
            assert!(ids.insert(id), "{name}: {id} is given twice");
            places.insert(format!("{name}#{id}"));
        }
        places.insert(name.clone());
        pages.insert(name.clone(), page);
    }
    for (name, page) in &pages {
        for link in page.links.iter().filter(|link| !link.contains(':')) {
            let to = resolved(name, link);
            assert!(places.contains(&to) || files.contains_key(&to), "{name}: nothing at {link}");
        }
    }
    let (mut body, mut notes) = (String::new(), String::new());
    let package = files.iter().find(|(name, _)| name.ends_with(".opf"));
    let (package, data) = package.expect("an EPUB has a package document");
    for name in spine(text(data)) {
        let page = &pages[&resolved(package, &name)];
        body.push_str(&page.body);
        notes.push_str(&page.notes);
    }
    (letters(&body), letters(&notes))
}

fn text(data: &[u8]) -> &str {
    std::str::from_utf8(data).expect("all documents are in UTF-8")
}

fn parsed(text: &str, look: impl FnOnce(&Document)) {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options);
    look(&document.unwrap_or_else(|error| panic!("not well-formed: {error}\n{text}")));
}

fn unpacked(epub: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut names = BTreeSet::new();
    for (name, data) in entries(epub) {
        assert!(name.split('/').all(is_safe), "{name} is no safe name");
        assert!(names.insert(name.to_lowercase()), "{name} is there twice");
        files.insert(name, data);
    }
    files
}

/// Whether every system can write a file of this name.
fn is_safe(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").to_lowercase();
    let device = ["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.as_str());
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    plain && !device && !name.is_empty() && !name.starts_with('.') && !name.ends_with('.')
}

/// The file that a link of `from` leads to, with its fragment.
fn resolved(from: &str, link: &str) -> String {
    if link.starts_with('#') {
        return format!("{from}{link}");
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." { parts.pop().map(drop).unwrap_or_default() } else { parts.push(part) }
    }
    parts.join("/")
}

/// The documents of the spine, as links of the package document.
fn spine(package: &str) -> Vec<String> {
    let mut names = Vec::new();
    parsed(package, |document| {
        let elements = |name| {
            document.descendants().filter(move |node: &Node| node.has_tag_name(("http://www.idpf.org/2007/opf", name)))
        };
        let items: BTreeMap<_, _> =
            elements("item").map(|item| (item.attribute("id"), item.attribute("href"))).collect();
        for reference in elements("itemref") {
            let href = items.get(&reference.attribute("idref")).copied().flatten();
            names.push(href.expect("the spine names items of the manifest").to_owned());
        }
    });
    names
}

/// One XHTML document.
#[derive(Default)]
struct Page {
    ids: Vec<String>,
    links: Vec<String>,
    body: String,
    notes: String,
}

impl Page {
    fn read(&mut self, document: &Document) {
        for node in document.descendants().filter(Node::is_element) {
            self.ids.extend(node.attribute("id").map(str::to_owned));
            let links = ["href", "src"].into_iter().filter_map(|name| node.attribute(name));
            self.links.extend(links.map(str::to_owned));
            assert!(!["script", "iframe", "object", "embed"].contains(&node.tag_name().name()));
        }
        let body = document.descendants().find(|node| node.tag_name().name() == "body");
        self.add(body.expect("a document has a body"), false);
    }

    fn add(&mut self, node: Node, in_note: bool) {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            if in_note {
                self.notes.push_str(text)
            } else {
                self.body.push_str(text)
            }
            return;
        }
        let kind = node.attribute(("http://www.idpf.org/2007/ops", "type")).unwrap_or("");
        let is = |name: &str| kind.split(' ').any(|one| one == name);
        let class = node.attribute("class").unwrap_or("");
        // What both editions add to the words of the document.
        if ["rp", "nav"].contains(&node.tag_name().name())
            || ["noteref", "backlink", "titlepage", "pagebreak"].iter().any(|name| is(name))
            || class.split(' ').any(|one| one == "title-block")
        {
            return;
        }
        if node.tag_name().name() == "math" {
            let source = node.attribute("alttext").expect("a formula has its source");
            if in_note {
                self.notes.push_str(source)
            } else {
                self.body.push_str(source)
            }
            return;
        }
        let in_note = in_note || is("footnote") || is("endnote");
        let skips_text = is("footnotes") || is("endnotes");
        for child in node.children() {
            // The title over the notes.
            if !(skips_text && !in_note && matches!(child.tag_name().name(), "h1" | "h2" | "h3")) {
                self.add(child, in_note);
            }
        }
    }
}
