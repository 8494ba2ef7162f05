//! Words as glyphs, each shaped once: a cache of all that was shaped before.

use super::super::text::TextStyle;
use super::{ShapedGlyph, Shaper};
use crate::font::{Face, FaceId, Family, Library, REPLACEMENT};
use crate::model::Language;
use crate::style::Figures;
use harfrust::{Buffer, BufferFlags, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many glyphs are remembered before all is forgotten: some 40,000 words, more than a novel has, in 5 MB.
const MOST_GLYPHS: usize = 1 << 18;

/// The number of a [`Key`] in its shaper. All shapers of a [`Library`] see the same text, but each numbers its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(pub(crate) u16);

/// What shaping depends on, besides the characters.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    face: FaceId,
    script: [u8; 4],
    right_to_left: bool,
    language: Language,
    small_caps: bool,
    figures: Figures,
    ligatures: bool,
}

impl Key {
    /// What of a style matters to shaping: its figures and its ligatures.
    fn choices(style: &TextStyle) -> (Figures, bool) {
        match style.family {
            // The ligatures of a mono face turn code into other signs.
            Family::Mono => (Figures::Default, false),
            Family::Text => (style.figures, style.ligatures && style.tracking.0 == 0.0),
        }
    }
}

/// A word as it was shaped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    text: (u32, u16),
    key: KeyId,
    glyphs: (u32, u32),
    /// Its width without its neighbours, in thousandths of an em.
    pub(crate) width: f32,
    /// What a space before it gains by kerning.
    pub(crate) lead: f32,
    /// What a space after it gains by kerning.
    pub(crate) tail: f32,
}

/// What is around a word that joins its letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'t> {
    pub(crate) before: &'t str,
    pub(crate) after: &'t str,
}

/// The words of one shaper.
#[derive(Default)]
pub(crate) struct Words<'a> {
    keys: Vec<(Key, Plan<'a>)>,
    store: Store,
    buffer: Buffer,
    /// What other shapers of the same text have shaped.
    pool: Option<Arc<Mutex<Pool>>>,
}

/// What all shapers of a text have shaped together, so that none has to shape what another has.
#[derive(Default)]
pub(crate) struct Pool {
    keys: Vec<Key>,
    store: Store,
}

/// Words with their glyphs, found by key and text.
#[derive(Default)]
struct Store {
    table: HashTable<u32>,
    words: Vec<Word>,
    text: String,
    glyphs: Vec<ShapedGlyph>,
}

impl Store {
    fn find(&self, key: KeyId, text: &str) -> Option<Word> {
        let at = self.table.find(hash(key, text), |at| {
            let word = self.words.get(*at as usize);
            word.is_some_and(|word| word.key == key && word_text(word, &self.text) == text)
        });
        at.and_then(|at| self.words.get(*at as usize)).copied()
    }

    /// Adds a word whose glyphs are there already.
    fn add(&mut self, key: KeyId, text: &str, shaped: Word) -> Word {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let word = Word { text: (start, text.len() as u16), key, ..shaped };
        let at = self.words.len() as u32;
        self.words.push(word);
        let (words, all) = (&self.words, &self.text);
        self.table.insert_unique(hash(key, text), at, |at| match words.get(*at as usize) {
            Some(word) => hash(word.key, word_text(word, all)),
            None => 0,
        });
        word
    }

    fn glyphs(&self, word: &Word) -> &[ShapedGlyph] {
        self.glyphs.get(word.glyphs.0 as usize..word.glyphs.1 as usize).unwrap_or_default()
    }

    /// Takes over the glyphs of a word of another store.
    fn copy(&mut self, word: Word, glyphs: &[ShapedGlyph]) -> Word {
        let start = self.glyphs.len() as u32;
        self.glyphs.extend_from_slice(glyphs);
        Word { glyphs: (start, self.glyphs.len() as u32), ..word }
    }

    fn forget_if_full(&mut self) {
        if self.glyphs.len() > MOST_GLYPHS {
            self.table.clear();
            self.words.clear();
            self.text.clear();
            self.glyphs.clear();
        }
    }
}

impl Pool {
    /// The pool for this thread alone. Keys and words are added whole, so that a thread that panicked has left it whole.
    fn locked(pool: &Mutex<Pool>) -> MutexGuard<'_, Pool> {
        pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number that a key has here.
    fn key(&mut self, key: &Key) -> KeyId {
        let at = self.keys.iter().position(|known| known == key).unwrap_or_else(|| {
            self.keys.push(key.clone());
            self.keys.len() - 1
        });
        KeyId(at.min(usize::from(u16::MAX)) as u16)
    }
}

/// A key made ready: what it needs of its face, and harfrust's plan.
struct Plan<'a> {
    /// The number of the key in the pool.
    pooled: KeyId,
    face: &'a Arc<Face>,
    plan: ShapePlan,
    features: Vec<Feature>,
    language: Option<harfrust::Language>,
    script: Option<Script>,
    direction: Direction,
    scale: f32,
    space: u16,
    /// The glyph for characters that the face lacks: 0 where it has none for that either.
    replacement: u16,
}

impl<'a> Words<'a> {
    /// No words yet but those in a pool.
    pub(crate) fn with_pool(pool: Option<Arc<Mutex<Pool>>>) -> Words<'a> {
        Words { pool, ..Words::default() }
    }

    /// The number of the key for text of a face, script, direction and style; none where the face cannot be had.
    fn key(
        &mut self,
        library: &'a Library,
        face: FaceId,
        script: [u8; 4],
        right_to_left: bool,
        style: &TextStyle,
    ) -> Option<KeyId> {
        let (figures, ligatures) = Key::choices(style);
        let known = self.keys.iter().position(|(known, _)| {
            known.face == face
                && known.script == script
                && known.right_to_left == right_to_left
                && known.small_caps == style.small_caps
                && known.figures == figures
                && known.ligatures == ligatures
                && known.language == style.language
        });
        let at = match known {
            Some(at) => at,
            None => {
                let (small_caps, language) = (style.small_caps, style.language.clone());
                let key = Key { face, script, right_to_left, language, small_caps, figures, ligatures };
                let pooled = self.pool.as_ref().map_or(KeyId(0), |pool| Pool::locked(pool).key(&key));
                let plan = Plan::new(library.face(face)?, &key, pooled);
                self.keys.push((key, plan));
                self.keys.len() - 1
            }
        };
        // A key is a style, a script and a language that really occur: a few dozen.
        Some(KeyId(at.min(usize::from(u16::MAX)) as u16))
    }

    /// The width of the space in thousandths of an em, with its glyph.
    pub(crate) fn space(&self, id: KeyId) -> (f32, u16) {
        self.keys.get(usize::from(id.0)).map_or((250.0, 0), |(_, plan)| (plan.face.advance(plan.space), plan.space))
    }

    /// A word, shaped now or before.
    pub(crate) fn word(&mut self, key: KeyId, text: &str) -> Word {
        if let Some(word) = self.store.find(key, text) {
            return word;
        }
        self.store.forget_if_full();
        let shaped = match (self.pool.clone(), self.keys.get(usize::from(key.0)).map(|(_, plan)| plan.pooled)) {
            (Some(pool), Some(pooled)) => self.pooled(&pool, pooled, key, text),
            _ => self.shape(key, text, Neighbours::Spaces),
        };
        self.store.add(key, text, shaped)
    }

    /// A word as it is in the pool, shaped where it is not there yet.
    fn pooled(&mut self, pool: &Mutex<Pool>, pooled: KeyId, key: KeyId, text: &str) -> Word {
        let there = Pool::locked(pool);
        if let Some(word) = there.store.find(pooled, text) {
            return self.store.copy(word, there.store.glyphs(&word));
        }
        drop(there);
        let word = self.shape(key, text, Neighbours::Spaces);
        let mut there = Pool::locked(pool);
        // Another thread may have been faster: a second one is never found.
        there.store.forget_if_full();
        let copy = there.store.copy(word, self.store.glyphs(&word));
        there.store.add(pooled, text, copy);
        word
    }

    /// A piece of a word, shaped with what stands around it and not remembered beyond the next call.
    pub(crate) fn joined(&mut self, key: KeyId, text: &str, context: Context) -> Word {
        self.store.forget_if_full();
        self.shape(key, text, Neighbours::Letters(context))
    }

    /// The glyphs of a word that was just asked for.
    pub(crate) fn glyphs(&self, word: &Word) -> &[ShapedGlyph] {
        self.store.glyphs(word)
    }

    fn shape(&mut self, key: KeyId, text: &str, neighbours: Neighbours) -> Word {
        let glyphs = &mut self.store.glyphs;
        let start = glyphs.len() as u32;
        let none = Word { text: (0, 0), key, glyphs: (start, start), width: 0.0, lead: 0.0, tail: 0.0 };
        let Some((_, plan)) = self.keys.get(usize::from(key.0)) else { return none };
        // Made anew for each word: it cannot be sent to another thread, as a shaper must be.
        let font = ShaperFont::new(plan.face.shaping());
        let buffer = &mut self.buffer;
        buffer.reset();
        // Kerning across spaces: the word is shaped between two spaces, and what they and its last letter gain is noted.
        let padded = matches!(neighbours, Neighbours::Spaces) && plan.direction == Direction::LeftToRight;
        if padded {
            buffer.push(u32::from(' '), 0);
        }
        for (at, character) in text.char_indices() {
            buffer.push(u32::from(shown(character)), at as u32 + 1);
        }
        if padded {
            buffer.push(u32::from(' '), text.len() as u32 + 1);
        }
        if let Neighbours::Letters(context) = neighbours {
            buffer.set_pre_context(context.before);
            buffer.set_post_context(context.after);
        }
        buffer.set_flags(BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        buffer.set_direction(plan.direction);
        buffer.set_script(plan.script);
        buffer.set_language(plan.language.clone());
        let options = ShapeOptions::new().plan(Some(&plan.plan)).features(&plan.features);
        if harfrust::shape(&font, buffer, options).is_err() {
            return none;
        }
        let infos = buffer.glyph_infos();
        let positions = buffer.glyph_positions();
        let inner = if padded { 1..infos.len().saturating_sub(1) } else { 0..infos.len() };
        let mut word = none;
        let own = |at: usize| {
            let id = infos.get(at).map_or(0, |info| info.glyph_id);
            plan.face.advance(u16::try_from(id).unwrap_or(0))
        };
        let shaped = |at: usize| positions.get(at).map_or(0.0, |place| place.x_advance as f32 * plan.scale);
        if padded {
            word.lead = shaped(0) - own(0);
            // The last letter has another advance than its own only where it is kerned with the space behind it.
            let last = inner.end.saturating_sub(1);
            if infos.get(inner.end).is_some_and(|space| space.unsafe_to_break()) && shaped(last) != 0.0 {
                word.tail = shaped(last) - own(last);
            }
        }
        let ends = cluster_ends(infos, text.len());
        let mut previous = u32::MAX;
        for at in inner.clone() {
            let (Some(info), Some(place)) = (infos.get(at), positions.get(at)) else { break };
            let mut advance = shaped(at);
            let mut id = u16::try_from(info.glyph_id).unwrap_or(0);
            if id == 0 {
                id = plan.replacement;
                advance = plan.face.advance(id);
            }
            if padded && at + 1 == inner.end {
                advance -= word.tail;
            }
            let cluster = info.cluster.saturating_sub(1);
            let end = ends.get(at).copied().unwrap_or(cluster);
            let first = info.cluster != previous;
            previous = info.cluster;
            glyphs.push(ShapedGlyph {
                id,
                cluster: cluster.min(255) as u8,
                cluster_len: if first { end.saturating_sub(cluster).min(255) as u8 } else { 0 },
                advance,
                dx: (place.x_offset as f32 * plan.scale) as i16,
                dy: (place.y_offset as f32 * plan.scale) as i16,
            });
            word.width += advance;
        }
        word.glyphs.1 = glyphs.len() as u32;
        word
    }
}

/// What a word is shaped between.
#[derive(Clone, Copy)]
enum Neighbours<'t> {
    Spaces,
    Letters(Context<'t>),
}

/// Where the cluster of each glyph ends in the text: where the next one starts.
fn cluster_ends(infos: &[harfrust::GlyphInfo], len: usize) -> Vec<u32> {
    let mut starts: Vec<u32> = infos.iter().map(|info| info.cluster.saturating_sub(1)).collect();
    starts.sort_unstable();
    starts.dedup();
    infos
        .iter()
        .map(|info| {
            let next = starts.partition_point(|start| *start <= info.cluster.saturating_sub(1));
            starts.get(next).copied().unwrap_or(len as u32).min(len as u32)
        })
        .collect()
}

/// The character that is drawn for one: control characters and separators are not.
fn shown(character: char) -> char {
    if character.is_control() { '\u{200b}' } else { character }
}

fn hash(key: KeyId, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.write_u16(key.0);
    hasher.finish()
}

fn word_text<'t>(word: &Word, all: &'t str) -> &'t str {
    let (start, len) = word.text;
    all.get(start as usize..start as usize + usize::from(len)).unwrap_or_default()
}

impl<'a> Plan<'a> {
    fn new(face: &'a Arc<Face>, key: &Key, pooled: KeyId) -> Plan<'a> {
        let direction = if key.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = Script::from_iso15924_tag(Tag::new(&key.script));
        let language = harfrust::Language::new(key.language.as_str());
        let mut features = Vec::new();
        let mut set = |tag: &[u8; 4], value| features.push(Feature::new(Tag::new(tag), value, ..));
        if key.small_caps {
            set(b"smcp", 1);
        }
        match key.figures {
            Figures::Default => {}
            Figures::Lining => set(b"lnum", 1),
            Figures::OldStyle => set(b"onum", 1),
        }
        if !key.ligatures {
            for tag in [b"liga", b"clig", b"dlig", b"calt"] {
                set(tag, 0);
            }
        }
        let plan = ShapePlan::new(face.shaping(), direction, script, language.as_ref(), &features);
        Plan {
            pooled,
            face,
            plan,
            features,
            language,
            script,
            direction,
            scale: 1000.0 / f32::from(face.metrics().units_per_em),
            space: face.glyph(' ').unwrap_or(0),
            replacement: REPLACEMENT.chars().next().and_then(|sign| face.glyph(sign)).unwrap_or(0),
        }
    }
}

impl<'a> Shaper<'a> {
    /// The number of the key for text of a face, script, direction and style; none where the face cannot be had.
    pub(crate) fn key(
        &mut self,
        face: FaceId,
        script: [u8; 4],
        right_to_left: bool,
        style: &TextStyle,
    ) -> Option<KeyId> {
        self.words.key(self.library, face, script, right_to_left, style)
    }
}
