//! The faces as the file holds them: only the glyphs that are shown, each with a code, a width and the text it stands for.

use super::PdfError;
use super::cff;
use super::syntax::unmappable;
use crate::font::{Embedding, Face, Outlines};
use crate::paged::{Glyph, GlyphRun, Item, Page, PagedDocument};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use skrifa::{FontRef, MetadataProvider};
use std::cmp::Reverse;
use subsetter::GlyphRemapper;

/// The code of the space between words.
const WORD_SPACE: u16 = 32;

/// One face, subset.
pub(super) struct Subset {
    /// The PostScript name with the tag of a subset (ISO 32000-1, 9.6.4).
    pub(super) name: String,
    /// The font program.
    pub(super) program: Vec<u8>,
    /// The same under codes of one byte, where these are enough: then it is this that the file holds, as a simple font.
    pub(super) simple: Option<Vec<u8>>,
    /// By glyph of the face.
    shown: Vec<Shown>,
    /// By code.
    entries: Vec<Entry>,
}

/// How a glyph of the face is shown, all that is asked for each one of a page in one place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    /// Its code: 0 where it is not shown.
    pub(super) code: u16,
    /// Its advance in thousandths of an em, as the file has it.
    pub(super) width: u16,
    /// What the character map gives for it where that is one byte of ASCII, else 0.
    pub(super) ascii: u8,
    /// Whether a reader widens it by what it was told of the space between words.
    pub(super) is_widened: bool,
}

/// What the file says of one code.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The advance in thousandths of an em.
    pub(super) width: u16,
    /// What the character map gives for it.
    pub(super) text: Box<str>,
}

impl Shown {
    /// Whether it is shown, and the character map gives this byte of ASCII for it.
    pub(super) fn is_told_as(self, byte: u8) -> bool {
        self.code != 0 && self.ascii == byte && byte != 0
    }
}

impl Subset {
    /// How a glyph of the face is shown.
    pub(super) fn shown(&self, glyph: u16) -> Shown {
        self.shown.get(usize::from(glyph)).copied().unwrap_or_default()
    }

    /// Whether it is under codes of one byte.
    pub(super) fn is_simple(&self) -> bool {
        self.simple.is_some()
    }

    /// The code of the space, where a reader widens it.
    pub(super) fn word_space(&self) -> Option<u16> {
        let is_space = self.entry(WORD_SPACE).is_some_and(|entry| &*entry.text == " ");
        (is_space && self.is_simple()).then_some(WORD_SPACE)
    }

    /// What the file says of a code.
    pub(super) fn entry(&self, code: u16) -> Option<&Entry> {
        self.entries.get(usize::from(code))
    }

    /// All codes but 0, which is `.notdef`, with what the file says of them.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u16, &Entry)> {
        self.entries.iter().enumerate().skip(1).map(|(code, entry)| (code as u16, entry))
    }
}

/// Subsets every face of a document, each once.
///
/// # Errors
///
/// Where a licence forbids to embed a face, or a face is broken.
pub(super) fn subset_faces(paged: &PagedDocument) -> Result<Vec<Subset>, PdfError> {
    // Enough pages to a piece that merging costs nothing.
    let censuses: Vec<Census> = paged.pages.par_chunks(64).map(|pages| take_census(paged, pages)).collect();
    let mut whole = Census::new(paged);
    for census in censuses {
        whole.merge(census);
    }
    let counted: Vec<(&Face, FaceCensus)> = paged.faces.iter().map(|face| &**face).zip(whole.faces).collect();
    counted.into_par_iter().map(|(face, census)| subset_face(face, census)).collect()
}

/// What the glyphs of a document stand for, and how often.
struct Census {
    faces: Vec<FaceCensus>,
}

/// The same for one face. Nearly every glyph stands for one character wherever it is, so that has a table of its own.
struct FaceCensus {
    /// By glyph: the character it was first seen for, and how often.
    common: Vec<(char, u32)>,
    /// Everything else.
    others: FxHashMap<(u16, Box<str>), u32>,
}

impl Census {
    fn new(paged: &PagedDocument) -> Census {
        let new = |face: &std::sync::Arc<Face>| FaceCensus {
            common: vec![('\0', 0); face.glyph_count()],
            others: FxHashMap::default(),
        };
        Census { faces: paged.faces.iter().map(new).collect() }
    }

    fn merge(&mut self, other: Census) {
        for (mine, theirs) in self.faces.iter_mut().zip(other.faces) {
            for (glyph, (c, count)) in theirs.common.into_iter().enumerate() {
                if count > 0 {
                    mine.add_char(glyph as u16, c, count);
                }
            }
            for ((glyph, text), count) in theirs.others {
                *mine.others.entry((glyph, text)).or_insert(0) += count;
            }
        }
    }
}

impl FaceCensus {
    fn add_char(&mut self, glyph: u16, c: char, count: u32) {
        match self.common.get_mut(usize::from(glyph)) {
            Some(place) if place.1 == 0 => *place = (c, count),
            Some(place) if place.0 == c => place.1 += count,
            Some(_) => *self.others.entry((glyph, c.to_string().into())).or_insert(0) += count,
            None => {}
        }
    }

    /// Counts a letter where that is all there is to do: it is of ASCII, and what the glyph was first seen for.
    fn add_letter(&mut self, glyph: u16, byte: u8) -> bool {
        match self.common.get_mut(usize::from(glyph)) {
            Some((c, count)) if *count > 0 && *c == char::from(byte) && byte.is_ascii() => {
                *count += 1;
                true
            }
            _ => false,
        }
    }

    fn add(&mut self, glyph: u16, text: &str) {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if mappable(c) => self.add_char(glyph, c, 1),
            _ => *self.others.entry((glyph, extractable(text).into())).or_insert(0) += 1,
        }
    }
}

/// The text as it may stand in a character map.
fn extractable(text: &str) -> String {
    text.chars().filter(|c| mappable(*c)).collect()
}

/// Whether a character may stand in a character map. U+FFFD says that another is not known: what it was, or that it was
/// this one, stands beside the glyph.
fn mappable(c: char) -> bool {
    c != '\u{FFFD}' && !unmappable(c)
}

fn take_census(paged: &PagedDocument, pages: &[Page]) -> Census {
    let mut census = Census::new(paged);
    for page in pages {
        for item in &page.items {
            let Item::Run(run) = item else { continue };
            let Some(face) = census.faces.get_mut(usize::from(run.face)) else { continue };
            let mut clusters = clusters(page, run);
            loop {
                if clusters.letter().is_some_and(|letter| face.add_letter(letter.glyph.id, letter.byte)) {
                    clusters.take_letter();
                    continue;
                }
                let Some(cluster) = clusters.next() else { break };
                match cluster.glyphs {
                    [glyph] => face.add(glyph.id, cluster.text),
                    glyphs => count_parts(face, glyphs, cluster.text, run.right_to_left),
                }
            }
        }
    }
    census
}

/// Counts the glyphs of a cluster of several: a character to each where their numbers agree, else nothing, which leaves it
/// to the other places where the glyphs stand.
fn count_parts(face: &mut FaceCensus, glyphs: &[Glyph], text: &str, right_to_left: bool) {
    let mut char_of = text.chars();
    let paired = text.chars().count() == glyphs.len();
    for at in 0..glyphs.len() {
        let Some(glyph) = glyphs.get(if right_to_left { glyphs.len() - 1 - at } else { at }) else { continue };
        match char_of.next() {
            Some(c) if paired => face.add(glyph.id, c.encode_utf8(&mut [0; 4])),
            _ => {
                face.others.entry((glyph.id, "".into())).or_insert(0);
            }
        }
    }
}

/// Glyphs that stand for a piece of text together.
pub(super) struct Cluster<'a> {
    /// The glyphs, in visual order.
    pub(super) glyphs: &'a [Glyph],
    /// The place of the first of them in the run.
    pub(super) first: usize,
    /// What they stand for.
    pub(super) text: &'a str,
}

impl Cluster<'_> {
    /// How far it moves the pen, in thousandths of the type size.
    pub(super) fn advance(&self) -> f64 {
        self.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum()
    }
}

/// The clusters of a run, in visual order.
pub(super) fn clusters<'a>(page: &'a Page, run: &GlyphRun) -> Clusters<'a> {
    Clusters { text: page.text_of(run), glyphs: page.glyphs_of(run), next: 0 }
}

/// The clusters of a run.
pub(super) struct Clusters<'a> {
    text: &'a str,
    glyphs: &'a [Glyph],
    next: usize,
}

/// A cluster as nearly all are: one glyph on the baseline for one byte.
pub(super) struct Letter<'a> {
    pub(super) glyph: &'a Glyph,
    /// Its place in the run.
    pub(super) place: usize,
    pub(super) byte: u8,
}

impl<'a> Clusters<'a> {
    /// The next cluster, if it is a letter; [`Self::take_letter`] goes on behind it.
    pub(super) fn letter(&self) -> Option<Letter<'a>> {
        let place = self.next;
        let glyph = self.glyphs.get(place)?;
        let is_alone = self.glyphs.get(place + 1).is_none_or(|next| next.cluster != glyph.cluster);
        let byte = *self.text.as_bytes().get(usize::from(glyph.cluster))?;
        (is_alone && glyph.cluster_len == 1 && glyph.dy == 0).then_some(Letter { glyph, place, byte })
    }

    /// Goes on behind a letter.
    pub(super) fn take_letter(&mut self) {
        self.next += 1;
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        let rest = self.glyphs.get(self.next..)?;
        let (glyph, behind) = rest.split_first()?;
        let more = behind.iter().take_while(|other| other.cluster == glyph.cluster).count();
        let glyphs = rest.get(..=more)?;
        let length = glyphs.iter().map(|glyph| glyph.cluster_len).max().unwrap_or(0);
        let start = usize::from(glyph.cluster);
        let text = self.text.get(start..start + usize::from(length)).unwrap_or_default();
        let first = self.next;
        self.next += glyphs.len();
        Some(Cluster { glyphs, first, text })
    }
}

fn subset_face(face: &Face, census: FaceCensus) -> Result<Subset, PdfError> {
    if face.embedding() == Embedding::Forbidden {
        return Err(PdfError::EmbeddingForbidden { face: face.name().to_owned() });
    }
    let mut texts = most_frequent(census);
    name_the_nameless(face, &mut texts);
    // A face that may only be embedded whole keeps all its glyphs.
    if face.embedding() == Embedding::WholeOnly {
        for glyph in 1..face.glyph_count() {
            texts.entry(glyph as u16).or_default();
        }
    }
    let mut glyphs: Vec<(u16, u32)> = texts.iter().map(|(glyph, (_, count))| (*glyph, *count)).collect();
    glyphs.sort_unstable();
    keep_escapes_rare(&mut glyphs);
    let space =
        texts.iter().filter(|(_, (text, _))| &**text == " ").max_by_key(|(glyph, (_, count))| (*count, **glyph));
    place_word_space(&mut glyphs, space.map(|(glyph, _)| *glyph));
    let mut remapper = GlyphRemapper::new();
    let mut shown = vec![Shown::default(); face.glyph_count()];
    let mut entries = vec![Entry::default(); glyphs.len() + 1];
    let mut hash = Sha256::new();
    hash.update(face.name());
    for (glyph, _) in glyphs {
        let code = remapper.remap(glyph);
        hash.update(glyph.to_be_bytes());
        let (text, _) = texts.remove(&glyph).unwrap_or_default();
        // Advances are clamped to 65,535 units where the face is read; no em is smaller than 16.
        let width = face.advance(glyph).round().clamp(0.0, 65535.0) as u16;
        if let Some(place) = shown.get_mut(usize::from(glyph)) {
            let ascii = match text.as_bytes() {
                [byte] => *byte,
                _ => 0,
            };
            *place = Shown { code, width, ascii, is_widened: false };
        }
        if let Some(entry) = entries.get_mut(usize::from(code)) {
            *entry = Entry { width, text };
        }
    }
    let program = subsetter::subset(face.data(), face.index(), &remapper)
        .map_err(|fault| PdfError::Subset { face: face.name().to_owned(), fault })?;
    let tag: String = hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    let name = format!("{tag}+{}", face.name());
    let simple = simple_program(face, &program, &name);
    if simple.is_some() {
        // Code 32 it is, whatever that stands for, and under codes of one byte only (ISO 32000-1, 9.3.3).
        shown.iter_mut().for_each(|glyph| glyph.is_widened = glyph.code == WORD_SPACE);
    }
    Ok(Subset { name, program, simple, shown, entries })
}

/// The program of a subset under codes of one byte, where they are enough.
fn simple_program(face: &Face, program: &[u8], name: &str) -> Option<Vec<u8>> {
    let metrics = face.metrics();
    if face.outlines() != Outlines::Cff || metrics.units_per_em != 1000 {
        return None;
    }
    cff::with_codes_of_one_byte(program, name, metrics.bounds.map(|bound| bound.round() as i32))
}

/// The text that a glyph stands for most often, as far as it has been counted.
#[derive(Default)]
struct Favourite {
    text: Box<str>,
    /// How often it stands for that.
    count: u32,
    /// How often it is shown at all.
    total: u32,
}

/// For each glyph the text it stands for most often, and how often it is shown at all. Of two as frequent the shorter wins,
/// then the first by code point: the order of the pages' counting must not matter.
fn most_frequent(census: FaceCensus) -> FxHashMap<u16, (Box<str>, u32)> {
    let mut best: FxHashMap<u16, Favourite> = FxHashMap::default();
    let common = census.common.into_iter().enumerate().filter(|(_, (_, count))| *count > 0);
    let common = common.map(|(glyph, (c, count))| ((glyph as u16, c.to_string().into_boxed_str()), count));
    for ((glyph, text), count) in common.chain(census.others) {
        match best.get_mut(&glyph) {
            None => {
                best.insert(glyph, Favourite { text, count, total: count });
            }
            Some(held) => {
                held.total += count;
                let rank = (count, Reverse((text.len(), &text)));
                if rank > (held.count, Reverse((held.text.len(), &held.text))) {
                    (held.text, held.count) = (text, count);
                }
            }
        }
    }
    best.remove(&0);
    best.into_iter().map(|(glyph, held)| (glyph, (held.text, held.total))).collect()
}

/// Gives glyphs that only ever were parts of a cluster the character that the face has them for, else a space of no width:
/// PDF/A-2a wants a text for every code (ISO 19005-2, 6.2.11.7.2), and what the cluster says stands beside it.
fn name_the_nameless(face: &Face, texts: &mut FxHashMap<u16, (Box<str>, u32)>) {
    if texts.values().all(|(text, _)| !text.is_empty()) {
        return;
    }
    let mut named: FxHashMap<u16, char> = FxHashMap::default();
    if let Ok(font) = FontRef::from_index(face.data(), face.index()) {
        for (code, glyph) in font.charmap().mappings() {
            if let (Some(c), Ok(glyph)) = (char::from_u32(code), u16::try_from(glyph.to_u32())) {
                let held = named.entry(glyph).or_insert(c);
                *held = c.min(*held);
            }
        }
    }
    for (glyph, (text, _)) in texts.iter_mut() {
        if text.is_empty() {
            let c = named.get(glyph).copied().filter(|c| mappable(*c) && !c.is_control()).unwrap_or('\u{200B}');
            *text = c.to_string().into();
        }
    }
}

/// Moves the rarest glyphs to the codes that need an escape in a string.
fn keep_escapes_rare(glyphs: &mut [(u16, u32)]) {
    // Codes are places in the list from 1.
    for code in [b'\r', b'(', b')', b'\\'] {
        let place = usize::from(code) - 1;
        let rarest = glyphs.iter().enumerate().skip(place).min_by_key(|(_, (_, count))| *count).map(|(at, _)| at);
        if let Some(rarest) = rarest {
            glyphs.swap(place, rarest);
        }
    }
}

/// Moves the space to the code that a reader knows it by.
fn place_word_space(glyphs: &mut [(u16, u32)], space: Option<u16>) {
    let place = usize::from(WORD_SPACE) - 1;
    if let Some(at) = glyphs.iter().position(|(glyph, _)| Some(*glyph) == space)
        && place < glyphs.len()
    {
        glyphs.swap(at, place);
    }
}
