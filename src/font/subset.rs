//! A face with the outlines of only those glyphs that a text needs.
//!
//! All other glyphs become blank in their place. Nothing moves, so that every table that counts glyphs stays true: kerning,
//! ligatures, small capitals and marks work as before. What is blank weighs nothing once the file is compressed.

use super::subroutine::Calls;
use super::{Embedding, Face, Outlines};
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::index::Index;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::ops::Range;

/// Features that somebody has to ask for: their glyphs are not needed. So are stylistic sets and character variants.
const ASKED_FOR: [&[u8; 4]; 20] = [
    b"aalt", b"salt", b"swsh", b"cswh", b"hist", b"hlig", b"dlig", b"ornm", b"nalt", b"frac", b"afrc", b"numr",
    b"dnom", b"ordn", b"sups", b"sinf", b"subs", b"zero", b"titl", b"unic",
];
/// The operator that ends a glyph of CFF at once.
const END_OF_GLYPH: u8 = 14;
/// What the sum of a whole font file is brought to (OpenType, `head`).
const MAGIC: u32 = 0xB1B0_AFBA;

impl Face {
    /// The font file with outlines for all that these characters can be shown by; whole where its licence asks for that. None where
    /// the licence forbids to embed it, where it is one of a collection, and where it is broken.
    pub fn subset_for(&self, characters: impl IntoIterator<Item = char>) -> Option<Vec<u8>> {
        let font = FontRef::from_index(self.data(), self.index()).ok()?;
        // A collection begins with a tag of its own; its faces share tables that lie anywhere.
        if self.index() > 0 || self.data().starts_with(b"ttcf") {
            return None;
        }
        match self.embedding() {
            Embedding::Forbidden => return None,
            Embedding::WholeOnly => return Some(self.data().to_vec()),
            Embedding::Allowed => {}
        }
        let needed = needed(&font, characters)?;
        let mut data = self.data().to_vec();
        let (tag, places) = match self.outlines() {
            Outlines::Cff => (Tag::new(b"CFF "), cff_places(&font, &needed)?),
            Outlines::TrueType => (Tag::new(b"glyf"), glyf_places(&font, &needed)?),
        };
        let table = font.table_data(tag)?.as_bytes().as_ptr() as usize - self.data().as_ptr() as usize;
        for place in places {
            let blank = data.get_mut(table + place.start..table + place.end)?;
            blank.fill(0);
            if let (Outlines::Cff, Some(first)) = (self.outlines(), blank.first_mut()) {
                *first = END_OF_GLYPH;
            }
        }
        correct_sums(&mut data, tag)?;
        Some(data)
    }
}

/// The glyphs of characters, with all that features make of them.
fn needed(font: &FontRef<'_>, characters: impl IntoIterator<Item = char>) -> Option<IntSet<GlyphId>> {
    let charmap = font.charmap();
    let mut glyphs: IntSet<GlyphId> = IntSet::empty();
    glyphs.insert(GlyphId::new(0));
    for character in characters {
        glyphs.extend(charmap.map(character));
        // A shaper may take a letter apart.
        unicode_normalization::char::decompose_canonical(character, |part| glyphs.extend(charmap.map(part)));
    }
    if let Ok(gsub) = font.gsub() {
        let mut features: IntSet<Tag> = IntSet::all();
        ASKED_FOR.iter().for_each(|tag| {
            features.remove(Tag::new(tag));
        });
        for number in 0..100 {
            for kind in ["ss", "cv"] {
                let tag = Tag::new_checked(format!("{kind}{number:02}").as_bytes()).ok()?;
                features.remove(tag);
            }
        }
        let used = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features).ok()?;
        let lookups = gsub.collect_lookups(&used).ok()?;
        gsub.closure_glyphs(&lookups, &mut glyphs).ok()?;
    }
    Some(glyphs)
}

/// Where the glyphs that are not needed stand in the `CFF ` table, and the subroutines that only they call.
fn cff_places(font: &FontRef<'_>, needed: &IntSet<GlyphId>) -> Option<Vec<Range<usize>>> {
    let table = font.table_data(Tag::new(b"CFF "))?.as_bytes();
    let cff = CffFontRef::new_cff(table, 0, None).ok()?;
    let is_needed = |id: usize| needed.contains(GlyphId::new(id as u32));
    let mut places = unused(table, cff.charstrings(), is_needed);
    // The glyphs of a face that is keyed by CID have subroutines by group: those are left as they are.
    if !cff.is_cid() {
        let locals = match cff.subfont(0, &[]).ok()?.subrs_offset() {
            0 => Index::Empty,
            offset => Index::new(table.get(offset as usize..)?, false).ok()?,
        };
        let mut calls = Calls::new(locals.clone(), cff.global_subrs().clone());
        let charstrings = cff.charstrings();
        (0..charstrings.count() as usize)
            .filter(|id| is_needed(*id))
            .try_for_each(|id| calls.glyph(charstrings.get(id)?))?;
        places.extend(unused(table, &locals, |number| calls.locals_called.contains(&number)));
        places.extend(unused(table, cff.global_subrs(), |number| calls.globals_called.contains(&number)));
    }
    Some(places)
}

/// Where the entries of an index stand that are not used.
fn unused(table: &[u8], index: &Index<'_>, is_used: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let place = |number: usize| {
        let entry = index.get(number)?;
        let start = (entry.as_ptr() as usize).checked_sub(table.as_ptr() as usize)?;
        Some(start..start + entry.len())
    };
    (0..index.count() as usize).filter(|number| !is_used(*number)).filter_map(place).collect()
}

/// Where the glyphs that are not needed, and are no part of one that is, stand in the `glyf` table.
fn glyf_places(font: &FontRef<'_>, needed: &IntSet<GlyphId>) -> Option<Vec<Range<usize>>> {
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let mut needed = needed.clone();
    let mut waiting: Vec<GlyphId> = needed.iter().collect();
    while let Some(glyph) = waiting.pop() {
        if let Ok(Some(Glyph::Composite(composite))) = loca.get_glyf(glyph, &glyf) {
            let parts = composite.components().map(|part| part.glyph);
            waiting.extend(parts.filter(|part| needed.insert(*part)).collect::<Vec<_>>());
        }
    }
    let place = |id: usize| Some(loca.get_raw(id)? as usize..loca.get_raw(id + 1)? as usize);
    let count = loca.len();
    let unneeded = (0..count).filter(|id| !needed.contains(GlyphId::new(*id as u32)));
    Some(unneeded.filter_map(place).filter(|place| place.start < place.end).collect())
}

/// Brings the sums of the changed table and of the file up to date.
fn correct_sums(data: &mut [u8], changed: Tag) -> Option<()> {
    let number = |data: &[u8], at: usize| Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?));
    let count = u16::from_be_bytes(data.get(4..6)?.try_into().ok()?);
    let mut head = None;
    for record in (0..usize::from(count)).map(|table| 12 + 16 * table) {
        let (start, length) = (number(data, record + 8)? as usize, number(data, record + 12)? as usize);
        let tag = data.get(record..record + 4)?;
        if tag == b"head" {
            head = Some(start + 8);
        } else if tag == changed.to_be_bytes() {
            let total = sum(data.get(start..start + length)?);
            data.get_mut(record + 4..record + 8)?.copy_from_slice(&total.to_be_bytes());
        }
    }
    let adjustment = head?;
    data.get_mut(adjustment..adjustment + 4)?.fill(0);
    let total = MAGIC.wrapping_sub(sum(data));
    data.get_mut(adjustment..adjustment + 4)?.copy_from_slice(&total.to_be_bytes());
    Some(())
}

/// The sum of the bytes as big-endian numbers of 32 bits, the last filled up with zeros.
fn sum(data: &[u8]) -> u32 {
    let word = |bytes: &[u8]| bytes.iter().chain(&[0; 3]).take(4).fold(0, |word, byte| word << 8 | u32::from(*byte));
    data.chunks(4).map(word).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use crate::font::{Face, FaceStyle, Family, Library};

    const SHOWN: &str = "Affable & Ærøskøbing Ωμέγα Жизнь";

    #[test]
    fn a_subset_shows_what_was_asked_for_and_is_blank_elsewhere() {
        let library = Library::built_in();
        let styles = [(false, false), (false, true), (true, false), (true, true)].map(|(bold, italic)| FaceStyle {
            bold,
            italic,
            ..FaceStyle::default()
        });
        let mono = FaceStyle { family: Family::Mono, ..FaceStyle::default() };
        for style in styles.into_iter().chain([mono]) {
            let whole = library.face(library.find(style)).expect("a face");
            let data = whole.subset_for(SHOWN.chars()).expect("a subset");
            assert_eq!(data.len(), whole.data().len());
            let subset = Face::parse(data, 0).expect("a face");
            let outline = |face: &Face, character| {
                let mut pen = skrifa::outline::pen::SvgPen::new();
                face.draw(face.glyph(character).expect("a glyph"), 10.0, &mut pen);
                pen.to_string()
            };
            for character in SHOWN.chars() {
                assert_eq!(outline(&subset, character), outline(whole, character));
            }
            assert!("BCDqz".chars().all(|character| outline(&subset, character).is_empty()));
        }
    }
}
