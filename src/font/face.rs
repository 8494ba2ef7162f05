//! One face: its data, metrics, character map and advances.

use harfrust::font::Blob;
use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::borrow::Cow;

/// One face of a typeface, parsed once: what layout and the PDF writer ask again and again stands in flat tables.
pub struct Face {
    data: Blob,
    index: u32,
    name: String,
    italic: bool,
    small_capitals: bool,
    shaping: harfrust::Font,
    /// The glyph of each character below [`FLAT`], 0 for none: the character map as a flat table.
    glyphs: Vec<u16>,
    outlines: Outlines,
    metrics: Metrics,
    advances: Vec<u16>,
    embedding: Embedding,
}

/// The characters whose glyphs stand in a flat table: all alphabets and punctuation, but not the ideographs, of which a
/// text uses few enough that a search in the face's own map serves.
const FLAT: u32 = 0x3100;

/// How the glyphs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlines {
    /// Quadratic curves, in `glyf`.
    TrueType,
    /// Cubic curves, in `CFF `.
    Cff,
}

/// What the licence bits of a face (`OS/2.fsType`) say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embedding {
    /// May be embedded and subset.
    Allowed,
    /// May be embedded, but only whole.
    WholeOnly,
    /// Must not be embedded.
    Forbidden,
}

/// Vertical metrics and the like, in thousandths of an em; heights above the baseline are positive.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Metrics {
    /// The ascender.
    pub ascent: f32,
    /// The descender: negative.
    pub descent: f32,
    /// The height of capitals.
    pub cap_height: f32,
    /// The height of the small x.
    pub x_height: f32,
    /// The slant in degrees: negative leans right.
    pub italic_angle: f32,
    /// The box of all glyphs: left, bottom, right, top.
    pub bounds: [f32; 4],
    /// The weight, 100 to 900.
    pub weight: f32,
    /// Whether all advances are equal.
    pub monospaced: bool,
    /// Units of the face's own grid in an em.
    pub units_per_em: u16,
}

/// Why data is not a face that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaceError {
    /// Not an OpenType or TrueType font.
    #[error("this is not an OpenType or TrueType font")]
    NotAFont,
    /// A table is missing.
    #[error("the font has no {0} table")]
    NoTable(&'static str),
}

impl Face {
    /// Parses the face at `index` of a font file or collection.
    ///
    /// # Errors
    ///
    /// Where the data is no font, or lacks outlines or a character map.
    pub fn parse(data: impl Into<Cow<'static, [u8]>>, index: u32) -> Result<Face, FaceError> {
        let data = match data.into() {
            Cow::Borrowed(data) => Blob::from(data),
            Cow::Owned(data) => Blob::from(data),
        };
        Face::from_blob(data, index)
    }

    /// Parses every face of a font file or collection; they share its data.
    ///
    /// # Errors
    ///
    /// As [`Face::parse`] for the first face; later ones that cannot be used are left out.
    pub fn parse_all(data: Vec<u8>) -> Result<Vec<Face>, FaceError> {
        let data = Blob::from(data);
        let mut faces = vec![Face::from_blob(data.clone(), 0)?];
        let count = match skrifa::raw::FileRef::new(&data) {
            Ok(skrifa::raw::FileRef::Collection(collection)) => collection.len(),
            Ok(skrifa::raw::FileRef::Font(_)) | Err(_) => 1,
        };
        faces.extend((1..count).filter_map(|index| Face::from_blob(data.clone(), index).ok()));
        Ok(faces)
    }

    fn from_blob(data: Blob, index: u32) -> Result<Face, FaceError> {
        let font = FontRef::from_index(&data, index).map_err(|_| FaceError::NotAFont)?;
        let shaping = harfrust::Font::new(data.clone(), index).ok_or(FaceError::NotAFont)?;
        let outlines = if font.table_data(Tag::new(b"glyf")).is_some() {
            Outlines::TrueType
        } else if font.table_data(Tag::new(b"CFF ")).is_some() {
            Outlines::Cff
        } else {
            return Err(FaceError::NoTable("glyf or CFF"));
        };
        let units = font.head().map_err(|_| FaceError::NoTable("head"))?.units_per_em().max(1);
        let scale = 1000.0 / f32::from(units);
        let own = font.metrics(FontSize::unscaled(), LocationRef::default());
        let glyphs = font.glyph_metrics(FontSize::unscaled(), LocationRef::default());
        let count = u32::from(font.maxp().map_err(|_| FaceError::NoTable("maxp"))?.num_glyphs());
        let advances =
            (0..count).map(|id| glyphs.advance_width(id.into()).unwrap_or(0.0).clamp(0.0, 65535.0) as u16).collect();
        let bounds = own.bounds.unwrap_or_default();
        let metrics = Metrics {
            ascent: own.ascent * scale,
            descent: own.descent * scale,
            cap_height: own.cap_height.unwrap_or(own.ascent * 0.7) * scale,
            x_height: own.x_height.unwrap_or(own.ascent * 0.5) * scale,
            italic_angle: own.italic_angle,
            bounds: [bounds.x_min * scale, bounds.y_min * scale, bounds.x_max * scale, bounds.y_max * scale],
            weight: font.attributes().weight.value(),
            monospaced: own.is_monospace,
            units_per_em: units,
        };
        let name = font
            .localized_strings(StringId::POSTSCRIPT_NAME)
            .english_or_first()
            .map(|name| name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "Unnamed".into());
        // OpenType, OS/2: bit 1 alone restricts; bit 8 forbids subsets; bit 9 allows bitmaps only.
        let embedding = match font.os2().map(|table| table.fs_type()).unwrap_or(0) {
            bits if bits & 0x0200 != 0 || bits & 0x000F == 0x0002 => Embedding::Forbidden,
            bits if bits & 0x0100 != 0 => Embedding::WholeOnly,
            _ => Embedding::Allowed,
        };
        let mut glyphs = vec![0; FLAT as usize];
        for (character, glyph) in font.charmap().mappings() {
            if let Some(slot) = glyphs.get_mut(character as usize) {
                *slot = u16::try_from(glyph.to_u32()).unwrap_or(0);
            }
        }
        let italic = font.attributes().style != skrifa::attribute::Style::Normal;
        let small_capitals = font
            .gsub()
            .and_then(|table| table.feature_list())
            .is_ok_and(|list| list.feature_records().iter().any(|record| record.feature_tag() == Tag::new(b"smcp")));
        Ok(Face { index, name, italic, small_capitals, shaping, glyphs, outlines, metrics, advances, embedding, data })
    }

    /// The font file it is from.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Its place in the font file: 0 unless that is a collection.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The PostScript name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How its glyphs are drawn.
    pub fn outlines(&self) -> Outlines {
        self.outlines
    }

    /// Whether it is an italic or leans.
    pub fn is_italic(&self) -> bool {
        self.italic
    }

    /// Whether it has small capitals of its own (`smcp`).
    pub fn has_small_capitals(&self) -> bool {
        self.small_capitals
    }

    /// The face as the shaper wants it.
    pub fn shaping(&self) -> &harfrust::Font {
        &self.shaping
    }

    /// The glyph of a character, if it has one.
    pub fn glyph(&self, character: char) -> Option<u16> {
        match self.glyphs.get(character as usize) {
            Some(0) => None,
            Some(&glyph) => Some(glyph),
            None => self.shaping.charmap().map_unicode(character).and_then(|glyph| u16::try_from(glyph.to_u32()).ok()),
        }
    }

    /// Its metrics.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// What its licence bits say.
    pub fn embedding(&self) -> Embedding {
        self.embedding
    }

    /// The natural advance of a glyph, in thousandths of an em: 0 for a glyph it does not have.
    pub fn advance(&self, glyph: u16) -> f32 {
        let units = self.advances.get(usize::from(glyph)).copied().unwrap_or(0);
        f32::from(units) * 1000.0 / f32::from(self.metrics.units_per_em)
    }

    /// Draws the outline of a glyph at a size in pixels: nothing for a glyph it does not have.
    pub(crate) fn draw(&self, glyph: u16, size: f32, pen: &mut impl skrifa::outline::OutlinePen) {
        let Ok(font) = FontRef::from_index(&self.data, self.index) else { return };
        if let Some(outline) = font.outline_glyphs().get(skrifa::GlyphId::from(glyph)) {
            // An outline that breaks off is drawn as far as it goes.
            let _ = outline.draw((FontSize::new(size), LocationRef::default()), pen);
        }
    }

    /// How many glyphs it has.
    pub fn glyph_count(&self) -> usize {
        self.advances.len()
    }
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({})", self.name)
    }
}
