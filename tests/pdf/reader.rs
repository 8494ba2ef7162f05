//! A PDF read back with lopdf: objects, and the text of each element in the order of the structure tree.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// A PDF read back.
pub(crate) struct Reader {
    pub(crate) document: Document,
    pub(crate) pages: Vec<ObjectId>,
    /// By page and identifier of marked content: its text.
    texts: BTreeMap<(ObjectId, i64), String>,
    /// The text of all artifacts.
    pub(crate) artifacts: String,
    /// The operators that paint outside of any mark.
    pub(crate) unmarked: usize,
}

impl Reader {
    pub(crate) fn new(bytes: &[u8]) -> Reader {
        let document = Document::load_mem(bytes).unwrap();
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let mut reader = Reader { document, pages, texts: BTreeMap::new(), artifacts: String::new(), unmarked: 0 };
        for page in reader.pages.clone() {
            reader.read_page(page);
        }
        reader
    }

    pub(crate) fn follow<'a>(&'a self, object: &'a Object) -> &'a Object {
        match object {
            Object::Reference(id) => self.document.get_object(*id).unwrap(),
            other => other,
        }
    }

    pub(crate) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dictionary.get(key.as_bytes()).ok().map(|value| self.follow(value))
    }

    pub(crate) fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    pub(crate) fn dictionary<'a>(&'a self, holder: &'a Dictionary, key: &str) -> &'a Dictionary {
        self.get(holder, key).unwrap_or_else(|| panic!("no {key}")).as_dict().unwrap()
    }

    pub(crate) fn name<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a str {
        std::str::from_utf8(self.get(dictionary, key).unwrap().as_name().unwrap()).unwrap()
    }

    pub(crate) fn text_string(&self, object: &Object) -> String {
        let bytes = object.as_str().unwrap();
        match bytes.strip_prefix(&[0xFE, 0xFF]) {
            Some(wide) => utf16(wide),
            None => String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// The bytes of a code and the character map of each font of the resources.
    fn fonts(&self, page: ObjectId) -> BTreeMap<Vec<u8>, (usize, BTreeMap<u16, String>)> {
        let page = self.document.get_dictionary(page).unwrap();
        let resources = self.dictionary(page, "Resources");
        let Some(fonts) = self.get(resources, "Font") else { return BTreeMap::new() };
        let fonts = fonts.as_dict().unwrap();
        fonts
            .iter()
            .map(|(name, font)| {
                let font = self.follow(font).as_dict().unwrap();
                let stream = self.get(font, "ToUnicode").unwrap().as_stream().unwrap();
                let map = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
                let entries = map.lines().filter_map(|line| {
                    let (code, text) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("><")?;
                    let bytes: Vec<u8> = (0..text.len())
                        .step_by(2)
                        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
                        .collect();
                    Some((u16::from_str_radix(code, 16).unwrap(), utf16(&bytes)))
                });
                let length = if self.name(font, "Subtype") == "Type0" { 2 } else { 1 };
                (name.clone(), (length, entries.collect()))
            })
            .collect()
    }

    fn read_page(&mut self, id: ObjectId) {
        let fonts = self.fonts(id);
        let content = Content::decode(&self.document.get_page_content(id)).unwrap();
        let mut marks: Vec<(String, Option<i64>, bool)> = Vec::new();
        let mut font = Vec::new();
        for operation in content.operations {
            let mut shown = String::new();
            match operation.operator.as_str() {
                "BDC" => {
                    let tag = String::from_utf8(operation.operands[0].as_name().unwrap().to_vec()).unwrap();
                    let properties = operation.operands[1].as_dict().ok();
                    let mcid = properties.and_then(|entries| entries.get(b"MCID").ok()).map(|id| id.as_i64().unwrap());
                    let actual = properties.and_then(|entries| entries.get(b"ActualText").ok());
                    if let Some(actual) = actual {
                        shown = self.text_string(actual);
                    }
                    if let Some(mcid) = mcid {
                        self.texts.entry((id, mcid)).or_default();
                    }
                    marks.push((tag, mcid, actual.is_some()));
                    if shown.is_empty() {
                        continue;
                    }
                }
                "EMC" => {
                    marks.pop().expect("a mark is open");
                    continue;
                }
                "Tf" => {
                    font = operation.operands[0].as_name().unwrap().to_vec();
                    continue;
                }
                "TJ" if marks.iter().any(|(_, _, actual)| *actual) => continue,
                "TJ" => {
                    let (length, map) = &fonts[&font];
                    for piece in operation.operands[0].as_array().unwrap() {
                        let Ok(codes) = piece.as_str() else { continue };
                        for code in codes.chunks(*length) {
                            let code = code.iter().fold(0, |code, byte| code << 8 | u16::from(*byte));
                            assert_ne!(code, 0, "a glyph for no character");
                            shown.push_str(&map[&code]);
                        }
                    }
                }
                "f" | "Do" => {}
                _ => continue,
            }
            if marks.iter().any(|(tag, _, _)| tag == "Artifact") {
                self.artifacts.push_str(&shown);
            } else if let Some(mcid) = marks.iter().rev().find_map(|(_, mcid, _)| *mcid) {
                self.texts.entry((id, mcid)).or_default().push_str(&shown);
            } else {
                self.unmarked += 1;
            }
        }
        assert!(marks.is_empty(), "a mark is left open");
    }

    /// The structure tree: a line for each element, indented, with its properties and its own text.
    pub(crate) fn tree(&self) -> String {
        let root = self.dictionary(self.catalog(), "StructTreeRoot");
        let mut out = String::new();
        self.element(root.get(b"K").unwrap(), 0, &mut out);
        out
    }

    fn element(&self, object: &Object, depth: usize, out: &mut String) {
        let element = self.follow(object).as_dict().unwrap();
        let name = self.name(element, "S");
        out.push_str(&format!("{:width$}{name}", "", width = depth * 2));
        for key in ["Lang", "Alt", "E", "ID"] {
            if let Some(value) = self.get(element, key) {
                out.push_str(&format!(" {key}={}", self.text_string(value)));
            }
        }
        if let Some(attributes) = self.get(element, "A") {
            for (key, value) in attributes.as_dict().unwrap().iter().filter(|(key, _)| *key != b"O") {
                out.push_str(&format!(" {}={value:?}", String::from_utf8_lossy(key)));
            }
        }
        out.push('\n');
        let page = element.get(b"Pg").ok().map(|page| page.as_reference().unwrap());
        let kids = match self.get(element, "K") {
            None => return,
            Some(Object::Array(kids)) => kids.clone(),
            Some(_) => vec![element.get(b"K").unwrap().clone()],
        };
        let mut text = String::new();
        let flush = |text: &mut String, out: &mut String| {
            if !text.is_empty() {
                out.push_str(&format!("{:width$}“{text}”\n", "", width = depth * 2 + 2));
                text.clear();
            }
        };
        for kid in kids {
            match &kid {
                Object::Integer(mcid) => text.push_str(&self.texts[&(page.unwrap(), *mcid)]),
                other => {
                    let dictionary = self.follow(other).as_dict().unwrap();
                    let kind = dictionary.get(b"Type").and_then(Object::as_name).unwrap_or_default();
                    let own = dictionary.get(b"Pg").ok().map(|page| page.as_reference().unwrap()).or(page);
                    match kind {
                        b"MCR" => {
                            let mcid = dictionary.get(b"MCID").unwrap().as_i64().unwrap();
                            text.push_str(&self.texts[&(own.unwrap(), mcid)]);
                        }
                        b"OBJR" => {
                            flush(&mut text, out);
                            out.push_str(&format!("{:width$}annotation\n", "", width = depth * 2 + 2));
                        }
                        _ => {
                            flush(&mut text, out);
                            self.element(other, depth + 1, out);
                        }
                    }
                }
            }
        }
        flush(&mut text, out);
    }

    /// All marked content there is.
    pub(crate) fn marked(&self) -> impl Iterator<Item = &(ObjectId, i64)> {
        self.texts.keys()
    }

    /// The values of a number tree.
    pub(crate) fn number_tree(&self, tree: &Dictionary) -> BTreeMap<i64, Object> {
        let mut found = BTreeMap::new();
        if let Some(kids) = self.get(tree, "Kids") {
            for kid in kids.as_array().unwrap() {
                let kid = self.follow(kid).as_dict().unwrap();
                let limits = self.get(kid, "Limits").unwrap().as_array().unwrap().clone();
                let inner = self.number_tree(kid);
                assert_eq!(inner.keys().next(), limits[0].as_i64().ok().as_ref());
                assert_eq!(inner.keys().last(), limits[1].as_i64().ok().as_ref());
                found.extend(inner);
            }
        }
        if let Some(pairs) = self.get(tree, "Nums") {
            for pair in pairs.as_array().unwrap().chunks(2) {
                found.insert(pair[0].as_i64().unwrap(), pair[1].clone());
            }
        }
        found
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}
