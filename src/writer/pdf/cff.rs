//! Outlines in the Compact Font Format (Adobe Technical Note 5176) under codes of one byte.
//!
//! A subset comes with its glyphs numbered, as fonts of two bytes a code want it. What one byte can count is numbered
//! again here with names, as a simple font wants it: then the text of a page is half as long, and the space between words
//! can be told once for a line (ISO 32000-1, 9.3.3).

use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::ps::cff::index::Index;
use std::ops::Range;

/// The first string that is not one of the standard ones.
const FIRST_STRING: u16 = 391;

/// Operators of a top dictionary.
const FONT_BOX: u8 = 5;
const CHARSET: u8 = 15;
const ENCODING: u8 = 16;
const CHARSTRINGS: u8 = 17;
const PRIVATE: u8 = 18;

/// The outlines of a subset in an em of 1000 units as a font program whose glyphs have their numbers as codes; nothing
/// where they are too many, or in more than one dictionary. `bounds` are left, bottom, right and top of all glyphs.
pub(super) fn with_codes_of_one_byte(program: &[u8], name: &str, bounds: [i32; 4]) -> Option<Vec<u8>> {
    let font = FontRef::new(program).ok()?;
    let table = font.cff().ok()?;
    let data = table.offset_data().as_bytes();
    let (charstrings, private) = parts(data, table.top_dicts().get(0)?)?;
    let count = Index::new(charstrings, false).ok()?.count();
    // Glyph 0 is the one for missing characters and has no code.
    let codes = u8::try_from(count.checked_sub(1)?).ok()?;

    let names: Vec<String> = (1..=codes).map(|code| format!("g{code}")).collect();
    let strings = index(&names.iter().map(String::as_bytes).collect::<Vec<_>>())?;
    let charset = (0..u16::from(codes)).flat_map(|at| (FIRST_STRING + at).to_be_bytes());
    let charset: Vec<u8> = std::iter::once(0).chain(charset).collect();
    let encoding: Vec<u8> = [0, codes].into_iter().chain(1..=codes).collect();

    let mut out = vec![1, 0, 4, 4];
    out.extend(index(&[name.as_bytes()])?);
    // All numbers are written as long as they can be, so the length is known before what they are.
    let length = index(&[&top_dictionary(bounds, [0; 3], [0; 2])])?.len();
    let no_subroutines = [0, 0];
    let first = out.len() + length + strings.len() + no_subroutines.len();
    let mut next = i32::try_from(first).ok()?;
    let offsets = [charset.len(), encoding.len(), charstrings.len()].map(|length| {
        let at = next;
        next += length as i32;
        at
    });
    out.extend(index(&[&top_dictionary(bounds, offsets, [private.len() as i32, next])])?);
    for part in [&strings, &no_subroutines[..], &charset, &encoding, charstrings, private] {
        out.extend_from_slice(part);
    }
    Some(out)
}

/// The charstrings, as they stand, and the private dictionary of a font with numbered glyphs.
fn parts<'a>(data: &'a [u8], top: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (mut charstrings, mut dictionaries) = (None, None);
    for entry in dict::entries(top, None) {
        match entry.ok()? {
            Entry::CharstringsOffset(at) => charstrings = data.get(at..),
            Entry::FdArrayOffset(at) => dictionaries = data.get(at..),
            _ => {}
        }
    }
    let length = Index::new(charstrings?, false).ok()?.size_in_bytes()?;
    let dictionaries = Index::new(dictionaries?, false).ok()?;
    if dictionaries.count() != 1 {
        return None;
    }
    let range: Range<usize> = dict::entries(dictionaries.get(0)?, None).find_map(|entry| match entry {
        Ok(Entry::PrivateDictRange(range)) => Some(range),
        _ => None,
    })?;
    Some((charstrings?.get(..length)?, data.get(range)?))
}

fn top_dictionary(bounds: [i32; 4], [charset, encoding, charstrings]: [i32; 3], private: [i32; 2]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut entry = |operands: &[i32], operator: u8| {
        for operand in operands {
            out.push(29);
            out.extend_from_slice(&operand.to_be_bytes());
        }
        out.push(operator);
    };
    entry(&bounds, FONT_BOX);
    entry(&[charset], CHARSET);
    entry(&[encoding], ENCODING);
    entry(&[charstrings], CHARSTRINGS);
    entry(&private, PRIVATE);
    out
}

/// A list of objects: how many, where each begins, and they themselves.
fn index(objects: &[&[u8]]) -> Option<Vec<u8>> {
    let mut out = u16::try_from(objects.len()).ok()?.to_be_bytes().to_vec();
    if objects.is_empty() {
        return Some(out);
    }
    out.push(2);
    let mut end = 1u16;
    out.extend_from_slice(&end.to_be_bytes());
    for object in objects {
        end = end.checked_add(u16::try_from(object.len()).ok()?)?;
        out.extend_from_slice(&end.to_be_bytes());
    }
    objects.iter().for_each(|object| out.extend_from_slice(object));
    Some(out)
}
