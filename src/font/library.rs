//! The faces a document can be set in, and which of them shows a character.

use super::{Face, FaceError};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The number of a face in its [`Library`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// What a typeface is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Family {
    /// Running text, and all that has no family of its own.
    #[default]
    Text,
    /// Code.
    Mono,
}

/// Which face of which family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FaceStyle {
    /// The family.
    pub family: Family,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// The four faces of a family: regular, italic, bold, bold italic.
type Quartet = [FaceId; 4];

/// Faces by family and style, with those that stand in for characters the family lacks. Faces are parsed when first
/// asked for; the library can be shared among threads.
#[derive(Clone)]
pub struct Library {
    /// Shared with copies of the library, so that what one loads another has.
    slots: Vec<Arc<Slot>>,
    text: Quartet,
    mono: Quartet,
    fallbacks: Vec<FaceId>,
}

struct Slot {
    source: FaceSource,
    face: OnceLock<Option<Arc<Face>>>,
}

enum FaceSource {
    BuiltIn(&'static [u8]),
    File(PathBuf),
    Given,
}

macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        [$(include_bytes!(concat!("../../fonts/", $path)).as_slice()),*]
    };
}

static TEXT: [&[u8]; 4] = built_in![
    "libertinus/LibertinusSerif-Regular.otf",
    "libertinus/LibertinusSerif-Italic.otf",
    "libertinus/LibertinusSerif-Bold.otf",
    "libertinus/LibertinusSerif-BoldItalic.otf",
];

static MONO: [&[u8]; 4] = built_in![
    "jetbrains-mono/JetBrainsMono-Regular.ttf",
    "jetbrains-mono/JetBrainsMono-Italic.ttf",
    "jetbrains-mono/JetBrainsMono-Bold.ttf",
    "jetbrains-mono/JetBrainsMono-BoldItalic.ttf",
];

// Scripts first, symbols last: the symbol faces also hold letters that a script's own face draws better.
static FALLBACKS: [&[u8]; 11] = built_in![
    "noto/NotoNaskhArabic-Regular.ttf",
    "noto/NotoSerifArmenian-Regular.ttf",
    "noto/NotoSerifBengali-Regular.ttf",
    "noto/NotoSerifDevanagari-Regular.ttf",
    "noto/NotoSerifEthiopic-Regular.ttf",
    "noto/NotoSerifGeorgian-Regular.ttf",
    "noto/NotoSerifTamil-Regular.ttf",
    "noto/NotoSerifThai-Regular.ttf",
    "noto/NotoSansMath-Regular.ttf",
    "noto/NotoSansSymbols-Regular.ttf",
    "noto/NotoSansSymbols2-Regular.ttf",
];

impl Library {
    /// The faces that are built into the program.
    pub fn built_in() -> Library {
        let unset = [FaceId(0); 4];
        let mut library = Library { slots: Vec::new(), text: unset, mono: unset, fallbacks: Vec::new() };
        library.text = TEXT.map(|data| library.add(FaceSource::BuiltIn(data)));
        library.mono = MONO.map(|data| library.add(FaceSource::BuiltIn(data)));
        library.fallbacks = FALLBACKS.iter().map(|data| library.add(FaceSource::BuiltIn(data))).collect();
        library
    }

    /// Makes these the text family, by their own weight and slant; a style that is missing is the nearest there is. The
    /// family that was the text family before stands in for characters that the new one lacks. No faces: no change.
    pub fn set_text_family(&mut self, faces: Vec<impl Into<Arc<Face>>>) {
        let faces: Vec<Arc<Face>> = faces.into_iter().map(Into::into).collect();
        let styles: Vec<(bool, bool)> =
            faces.iter().map(|face| (face.metrics().weight >= 600.0, face.is_italic())).collect();
        let ids: Vec<FaceId> = faces.into_iter().map(|face| self.add_face(face)).collect();
        let nearest = |bold: bool, italic: bool| {
            // The slant tells more than the weight: a bold italic that is missing is better an italic than a bold.
            let distance = |style: &(bool, bool)| u8::from(style.0 != bold) + 2 * u8::from(style.1 != italic);
            ids.iter().zip(&styles).min_by_key(|(_, style)| distance(style)).map(|(id, _)| *id)
        };
        let old = self.text;
        if let (Some(regular), Some(italic), Some(bold), Some(bold_italic)) =
            (nearest(false, false), nearest(false, true), nearest(true, false), nearest(true, true))
        {
            self.text = [regular, italic, bold, bold_italic];
            self.fallbacks.insert(0, old[0]);
        }
    }

    /// Adds a face that stands in for characters that those before it lack.
    pub fn add_fallback(&mut self, face: Face) {
        let id = self.add_face(Arc::new(face));
        self.fallbacks.push(id);
    }

    /// Adds font files that are read only when a character is in no other face, in this order. A file that cannot be read
    /// or is no font is passed over.
    pub fn add_candidates(&mut self, files: impl IntoIterator<Item = PathBuf>) {
        for file in files {
            let id = self.add(FaceSource::File(file));
            self.fallbacks.push(id);
        }
    }

    /// What tells this library from others, face by face: the bytes of those that were given, and where and how long the candidates
    /// are, which are not read for it. The built-in faces are the same in all libraries.
    pub fn for_each_source(&self, visit: &mut impl FnMut(&[u8])) {
        for slot in &self.slots {
            match &slot.source {
                FaceSource::BuiltIn(_) => {}
                FaceSource::Given => visit(slot.face.get().and_then(Option::as_ref).map_or(&[], |face| face.data())),
                FaceSource::File(path) => {
                    visit(path.as_os_str().as_encoded_bytes());
                    visit(&std::fs::metadata(path).map_or(0, |about| about.len() + 1).to_le_bytes());
                }
            }
        }
    }

    /// The face with this number: none for a candidate that turned out to be no font.
    pub fn face(&self, id: FaceId) -> Option<&Arc<Face>> {
        let slot = self.slots.get(usize::from(id.0))?;
        slot.face.get_or_init(|| slot.source.load().ok().map(Arc::new)).as_ref()
    }

    /// The face of a style.
    pub fn find(&self, style: FaceStyle) -> FaceId {
        let [regular, italic, bold, bold_italic] = match style.family {
            Family::Text => self.text,
            Family::Mono => self.mono,
        };
        match (style.bold, style.italic) {
            (false, false) => regular,
            (false, true) => italic,
            (true, false) => bold,
            (true, true) => bold_italic,
        }
    }

    /// The face for one cluster of characters: that of the style where it has them all, else the text family's, else the first
    /// of the others that has them.
    pub fn find_for(&self, style: FaceStyle, cluster: &str) -> Option<FaceId> {
        let text = FaceStyle { family: Family::Text, ..style };
        let own = [self.find(style), self.find(text), self.find(FaceStyle { bold: false, italic: false, ..text })];
        own.into_iter()
            .chain(self.fallbacks.iter().copied())
            .find(|id| self.face(*id).is_some_and(|face| covers(face, cluster)))
    }

    fn add(&mut self, source: FaceSource) -> FaceId {
        self.add_slot(Slot { source, face: OnceLock::new() })
    }

    fn add_face(&mut self, face: Arc<Face>) -> FaceId {
        self.add_slot(Slot { source: FaceSource::Given, face: OnceLock::from(Some(face)) })
    }

    fn add_slot(&mut self, slot: Slot) -> FaceId {
        // 65,535 faces are more than any machine has; beyond them the last stands for all.
        let id = FaceId(u16::try_from(self.slots.len()).unwrap_or(u16::MAX));
        self.slots.push(Arc::new(slot));
        id
    }
}

impl FaceSource {
    fn load(&self) -> Result<Face, FaceError> {
        match self {
            FaceSource::BuiltIn(data) => Face::parse(*data, 0),
            FaceSource::File(path) => Face::parse(std::fs::read(path).map_err(|_| FaceError::NotAFont)?, 0),
            FaceSource::Given => Err(FaceError::NotAFont),
        }
    }
}

impl Default for Library {
    fn default() -> Library {
        Library::built_in()
    }
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Library({} faces)", self.slots.len())
    }
}

/// What stands for a character that no face has.
pub(crate) const REPLACEMENT: &str = "\u{FFFD}";

/// Whether a face can show a cluster: it has every character that needs ink or room, or the composed form of a base with
/// its mark.
pub(crate) fn covers(face: &Face, cluster: &str) -> bool {
    let mut before = None;
    for character in cluster.chars() {
        if face.glyph(character).is_none() && !needs_no_glyph(character) {
            let composed = before.and_then(|base| unicode_normalization::char::compose(base, character));
            match composed {
                Some(composed) if face.glyph(composed).is_some() => {
                    before = Some(composed);
                    continue;
                }
                _ => {
                    let mut parts = 0;
                    let mut found = true;
                    unicode_normalization::char::decompose_canonical(character, |part| {
                        parts += 1;
                        found &= face.glyph(part).is_some();
                    });
                    if parts < 2 || !found {
                        return false;
                    }
                }
            }
        }
        before = Some(character);
    }
    true
}

/// Whether the shaper shows a character without a glyph of its own: spaces, joiners, selectors, direction marks.
pub(crate) fn needs_no_glyph(character: char) -> bool {
    matches!(character,
        '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
        | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_faces_can_be_used() {
        let library = Library::built_in();
        for id in 0..library.slots.len() {
            assert!(library.face(FaceId(id as u16)).is_some(), "face {id}");
        }
    }

    #[test]
    fn styles_choose_their_face() {
        let library = Library::built_in();
        let name = |style| library.face(library.find(style)).map(|face| face.name().to_owned());
        let style = FaceStyle { family: Family::Text, bold: true, italic: true };
        assert_eq!(name(style).as_deref(), Some("LibertinusSerif-BoldItalic"));
        let style = FaceStyle { family: Family::Mono, ..FaceStyle::default() };
        assert_eq!(name(style).as_deref(), Some("JetBrainsMono-Regular"));
    }

    #[test]
    fn characters_the_family_lacks_come_from_others() {
        let library = Library::built_in();
        let name = |cluster: &str| {
            let id = library.find_for(FaceStyle::default(), cluster)?;
            library.face(id).map(|face| face.name().to_owned())
        };
        assert_eq!(name("é").as_deref(), Some("LibertinusSerif-Regular"));
        assert_eq!(name("e\u{301}").as_deref(), Some("LibertinusSerif-Regular"));
        assert_eq!(name("ب").as_deref(), Some("NotoNaskhArabic-Regular"));
        assert_eq!(name("ক").as_deref(), Some("NotoSerifBengali-Regular"));
        assert_eq!(name("\u{e123}"), None);
    }

    #[test]
    fn a_family_given_by_the_user_is_sorted_by_its_own_styles() {
        let mut library = Library::built_in();
        let face = |data: &'static [u8]| Face::parse(data, 0).unwrap();
        library.set_text_family(vec![face(MONO[2]), face(MONO[0])]);
        let name = |bold, italic| {
            let id = library.find(FaceStyle { family: Family::Text, bold, italic });
            library.face(id).map(|face| face.name().to_owned())
        };
        assert_eq!(name(true, false).as_deref(), Some("JetBrainsMono-Bold"));
        assert_eq!(name(false, true).as_deref(), Some("JetBrainsMono-Regular"));
        let lacking = library.find_for(FaceStyle::default(), "א").and_then(|id| library.face(id));
        assert!(lacking.is_some());
    }
}
