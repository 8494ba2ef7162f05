//! The faces that an EPUB brings along: those of the pages, subset for its text.

use crate::font::{FaceId, FaceStyle, Family, Library, Outlines};
use crate::model::{Document, Inline, Leaf, push_plain_text};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A face within an EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedFace {
    /// Its number in the book, from 1.
    number: usize,
    /// The PostScript name.
    name: String,
    /// For what.
    style: FaceStyle,
    /// How its outlines are drawn.
    outlines: Outlines,
    /// The font file.
    pub(super) data: Vec<u8>,
}

impl EmbeddedFace {
    /// What stylesheets call its family.
    fn family(&self) -> &str {
        self.name.split('-').next().unwrap_or(&self.name)
    }

    /// Its path within the package.
    pub(super) fn path(&self) -> String {
        let ending = match self.outlines {
            Outlines::Cff => "otf",
            Outlines::TrueType => "ttf",
        };
        format!("fonts/{}-{}.{ending}", self.number, self.name)
    }

    /// Its media type.
    pub(super) fn media_type(&self) -> &'static str {
        match self.outlines {
            Outlines::Cff => "font/otf",
            Outlines::TrueType => "font/ttf",
        }
    }
}

/// The styles that the stylesheet sets text in.
const STYLES: [(bool, bool); 3] = [(false, false), (false, true), (true, false)];

/// The faces of a library that the text of a document needs, each with the glyphs for it: none for characters that only
/// faces have that must not be embedded, or that stand in a collection.
pub fn faces(document: &Document, library: &Library) -> Vec<EmbeddedFace> {
    let (characters, has_code) = characters(document);
    let mut wanted: BTreeMap<FaceId, (FaceStyle, BTreeSet<char>)> = BTreeMap::new();
    let families = [Some(Family::Text), has_code.then_some(Family::Mono)];
    for family in families.into_iter().flatten() {
        for (bold, italic) in STYLES {
            let style = FaceStyle { family, bold, italic };
            for character in &characters {
                let mut buffer = [0; 4];
                let Some(id) = library.find_for(style, character.encode_utf8(&mut buffer)) else { continue };
                // A face that stands in for others is found for each style, and is regular.
                let own = if id == library.find(style) { style } else { FaceStyle::default() };
                wanted.entry(id).or_insert_with(|| (own, BTreeSet::new())).1.insert(*character);
            }
        }
    }
    (1..)
        .zip(wanted)
        .filter_map(|(number, (id, (style, characters)))| {
            let face = library.face(id)?;
            let data = face.subset_for(characters)?;
            Some(EmbeddedFace { number, name: face.name().to_owned(), style, outlines: face.outlines(), data })
        })
        .collect()
}

/// The characters of a text and its metadata, and whether it has code.
fn characters(document: &Document) -> (BTreeSet<char>, bool) {
    fn has_code(list: &[Inline]) -> bool {
        list.iter().any(|inline| matches!(inline, Inline::Code(_)) || has_code(inline.children()))
    }
    // What numbers, contents and credits may need, whatever the text has.
    let mut characters: BTreeSet<char> = (' '..='~').chain("–—‘’“”…·".chars()).collect();
    let mut code = false;
    let mut text = String::new();
    document.for_each_leaf(&mut |leaf| match leaf {
        Leaf::Code(line, _) => {
            code = true;
            characters.extend(line.chars());
        }
        Leaf::Text(content, _) => {
            code = code || has_code(content);
            text.clear();
            push_plain_text(content, &mut text);
            characters.extend(text.chars());
        }
    });
    let meta = &document.meta;
    let told = [
        Some(&meta.title),
        meta.subtitle.as_ref(),
        meta.publisher.as_ref(),
        meta.rights.as_ref(),
        meta.source.as_ref(),
    ];
    characters.extend(told.into_iter().flatten().flat_map(|text| text.chars()));
    characters.extend(meta.contributors.iter().flat_map(|one| one.name.chars()));
    characters.retain(|character| !character.is_control());
    (characters, code)
}

/// The rules that set a text in its own faces. The reader's choice goes before: they stand on the body alone.
pub(super) fn push_css(css: &mut String, faces: &[EmbeddedFace]) {
    for face in faces {
        let style = if face.style.italic { "italic" } else { "normal" };
        let weight = if face.style.bold { "bold" } else { "normal" };
        let _ = write!(
            css,
            "\n@font-face {{\n  font-family: \"{}\";\n  font-style: {style};\n  font-weight: {weight};\n  src: url(\"{}\");\n}}\n",
            face.family(),
            face.path()
        );
    }
    for (family, selector, generic) in [(Family::Text, "body", "serif"), (Family::Mono, "code,\npre", "monospace")] {
        let mut names: Vec<&str> = Vec::new();
        for face in faces.iter().filter(|face| face.style.family == family) {
            if !names.contains(&face.family()) {
                names.push(face.family());
            }
        }
        if !names.is_empty() {
            let list: String = names.iter().map(|name| format!("\"{name}\", ")).collect();
            let _ = write!(css, "\n{selector} {{\n  font-family: {list}{generic};\n}}\n");
        }
    }
}
