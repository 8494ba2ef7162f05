//! The cutting of a text into chunks: at spaces, places where a line may end, and changes of style, face, script and direction.

use super::super::hyphenate::graphemes;
use super::super::text::{RichText, TextStyle};
use super::opportunity::{self, Opportunity};
use super::words::{Context, KeyId};
use super::{Chunk, ChunkKind, LONGEST_CHUNK, ShapedGlyph, ShapedRun, ShapedText, Shaper};
use crate::font::{FaceId, REPLACEMENT, covers};
use crate::geom::Pt;
use std::sync::Arc;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// Shapes a whole text.
pub(super) fn shape(shaper: &mut Shaper, rich: Arc<RichText>) -> ShapedText {
    let (places, levels, level) = analyse(&rich);
    let mut cutter = Cutter {
        shaper,
        out: ShapedText { runs: Vec::new(), chunks: Vec::new(), glyphs: Vec::new(), level, rich: Arc::clone(&rich) },
        rich: &rich,
        places: places.as_ref(),
        levels: levels.as_deref(),
        script: *b"Latn",
        last: None,
        tail: 0.0,
    };
    cutter.out.glyphs.reserve(rich.text().len());
    cutter.out.chunks.reserve(rich.text().len() / 3);
    for run in 0..rich.runs().len() {
        cutter.run(run);
    }
    let mut out = cutter.out;
    let run = out.runs.len().saturating_sub(1) as u32;
    out.chunks.push(Chunk {
        text: rich.text().len() as u32,
        glyphs: out.glyphs.len() as u32,
        run,
        width: 0.0,
        kind: ChunkKind::LineEnd,
        after: Opportunity::None,
    });
    // Most glyphs are of one letter, but what was taken for each paragraph adds up where there are very many.
    out.glyphs.shrink_to_fit();
    out.chunks.shrink_to_fit();
    out.runs.shrink_to_fit();
    out
}

/// What is known of a text that is not [plain](opportunity::is_plain), in bytes, sorted.
struct Places {
    /// Where lines may end by UAX #14.
    line_ends: Vec<u32>,
    /// Where each begins that is seen as one letter. Where scripts meet, UAX #14 may part one.
    letters: Vec<u32>,
}

impl Places {
    fn of(text: &str) -> Self {
        Self { line_ends: opportunity::segment(text), letters: graphemes(text) }
    }
}

/// The places of a text and the level of each byte, where it is not so plain that they need not be asked for; and the level of
/// the paragraph.
fn analyse(rich: &RichText) -> (Option<Places>, Option<Vec<u8>>, u8) {
    let text = rich.text();
    let plain = opportunity::is_plain(text);
    let places = (!plain).then(|| Places::of(text));
    let language = rich.runs().first().and_then(|run| rich.style(run.properties.style)).map(|style| &style.language);
    let rtl_language = language.is_some_and(|language| language.is_right_to_left());
    if plain && !rtl_language {
        return (places, None, 0);
    }
    if !rtl_language && !text.chars().any(may_turn) {
        return (places, None, 0);
    }
    let info = unicode_bidi::BidiInfo::new(text, None);
    let first = info.paragraphs.first().map_or(0, |paragraph| paragraph.level.number());
    (places, Some(info.levels.iter().map(|level| level.number()).collect()), first)
}

/// Whether a character may bring in text from right to left.
fn may_turn(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

struct Cutter<'s, 'a, 'r> {
    shaper: &'s mut Shaper<'a>,
    out: ShapedText,
    rich: &'r RichText,
    places: Option<&'r Places>,
    levels: Option<&'r [u8]>,
    /// The script of the last letter.
    script: [u8; 4],
    /// The key that was asked for last, with what it was asked by.
    last: Option<(u32, FaceId, [u8; 4], bool, KeyId)>,
    /// What a space at this place gains by kerning with the word before.
    tail: f32,
}

impl<'r> Cutter<'_, '_, 'r> {
    fn run(&mut self, index: usize) {
        let rich = self.rich;
        let Some(run) = rich.run(index) else { return };
        let Some(style) = rich.style(run.properties.style) else { return };
        if let Some(picture) = rich.picture(run) {
            self.picture(index as u32, style, run.range.clone(), picture.size.width);
            return;
        }
        let mut at = run.range.start;
        while at < run.range.end {
            let rest = rich.text().get(at as usize..run.range.end as usize).unwrap_or_default();
            let Some(first) = rest.chars().next() else { break };
            match separator(first) {
                Some(kind) => {
                    self.space(index as u32, style, at, first, kind);
                    at += first.len_utf8() as u32;
                }
                None => {
                    let (len, after) = self.word_end(at, rest);
                    self.word(index as u32, style, at, rest.get(..len).unwrap_or(rest), after);
                    at += len as u32;
                }
            }
        }
    }

    fn level(&self, at: u32) -> u8 {
        self.levels.and_then(|levels| levels.get(at as usize)).copied().unwrap_or(0)
    }

    /// How long the piece of a word at `at` is that can be shaped at once, and whether a line may end behind it.
    fn word_end(&mut self, at: u32, rest: &str) -> (usize, Opportunity) {
        let mut own: Option<[u8; 4]> = None;
        let level = self.level(at);
        // `rest` ends with its run of one style; a place where a line may end can also be there.
        let behind = |len: usize| self.rich.text().get(at as usize + len..).and_then(|text| text.chars().next());
        let before = self.word_start(at);
        let finish = |len: usize, own: Option<[u8; 4]>| (len, own);
        let mut after = Opportunity::None;
        // Between letters of ASCII there is nothing to ask for, where nothing is known of the text that says otherwise.
        let mut len = match (self.places, self.levels) {
            (None, None) => rest.bytes().take(LONGEST_CHUNK).take_while(u8::is_ascii_alphabetic).count(),
            _ => 0,
        };
        if len > 0 {
            own = Some(*b"Latn");
        }
        let mut chars = rest.get(len..).unwrap_or_default().chars();
        let (len, own) = loop {
            let Some(character) = chars.next() else { break finish(len, own) };
            let script = script_of(character);
            if len > 0 {
                if separator(character).is_some()
                    || (self.levels.is_some() && self.level(at + len as u32) != level)
                    || len + character.len_utf8() > LONGEST_CHUNK
                {
                    break finish(len, own);
                }
                if let (Some(script), Some(own)) = (script, own)
                    && script != own
                {
                    after = self.opportunity(before, at + len as u32, character);
                    break finish(len, Some(own));
                }
            }
            own = own.or(script);
            len += character.len_utf8();
            if may_end_a_piece(character) || self.places.is_some() {
                let next = chars.clone().next().or_else(|| behind(len));
                if let Some(next) = next.filter(|next| separator(*next).is_none()) {
                    after = self.opportunity(before, at + len as u32, next);
                    if after != Opportunity::None {
                        break finish(len, own);
                    }
                }
            }
        };
        if let Some(own) = own {
            self.script = own;
        }
        (len, after)
    }

    /// Where the word starts that goes on at `at`: no farther back than matters.
    fn word_start(&self, at: u32) -> u32 {
        let text = self.rich.text();
        let before = text.get(..at as usize).unwrap_or_default();
        let mut start = before.len();
        for character in before.chars().rev().take_while(|c| separator(*c).is_none()).take(LONGEST_CHUNK) {
            start -= character.len_utf8();
        }
        start as u32
    }

    /// Whether a line may end between the text up to `at` and `next`.
    fn opportunity(&self, word_start: u32, at: u32, next: char) -> Opportunity {
        let before = self.rich.text().get(word_start as usize..at as usize).unwrap_or_default();
        let begins = |places: &Places| places.letters.binary_search(&at).is_ok();
        if !self.places.map_or(!is_combining_mark(next), begins) {
            return Opportunity::None;
        }
        let own = opportunity::in_word(before, next);
        if own != Opportunity::None {
            return own;
        }
        let last = before.chars().next_back();
        if let Some(places) = self.places
            && places.line_ends.binary_search(&at).is_ok()
            && !matches!(last, Some('-' | '\u{2010}' | '—' | '–' | '…' | '/'))
            && !matches!(next, '—' | '–' | '-' | '\u{2010}')
        {
            return Opportunity::Allowed;
        }
        Opportunity::None
    }

    /// A picture is a letter as wide as it is.
    fn picture(&mut self, text_run: u32, style: &TextStyle, range: std::ops::Range<u32>, width: Pt) {
        let face = self.shaper.library.find(style.face());
        let level = self.level(range.start);
        let run = self.shaped_run(text_run, style, face, level);
        let next = self.rich.text().get(range.end as usize..).and_then(|text| text.chars().next());
        let next = next.filter(|next| separator(*next).is_none());
        let before = self.word_start(range.start);
        let after = next.map_or(Opportunity::None, |next| self.opportunity(before, range.end, next));
        let glyphs = self.out.glyphs.len() as u32;
        let advance = width / style.size * 1000.0;
        self.tail = 0.0;
        self.out.chunks.push(Chunk { text: range.start, glyphs, run, width: width.0, kind: ChunkKind::Word, after });
        let cluster_len = (range.end - range.start) as u8;
        self.out.glyphs.push(ShapedGlyph { id: 0, cluster: 0, cluster_len, advance, dx: 0, dy: 0 });
    }

    fn space(&mut self, text_run: u32, style: &TextStyle, at: u32, character: char, kind: ChunkKind) {
        let face = self.shaper.library.find(style.face());
        let level = self.level(at);
        let Some(key) = self.key(text_run, style, face, level) else { return };
        let (width, glyph) = self.shaper.words.space(key);
        let advance = match character {
            '\n' | '\u{200b}' => 0.0,
            _ => match rigid_width(character) {
                Some(width) => width,
                None => width + self.tail + style.tracking.0 * 1000.0,
            },
        };
        self.tail = 0.0;
        let run = self.shaped_run(text_run, style, face, level);
        self.out.chunks.push(Chunk {
            text: at,
            glyphs: self.out.glyphs.len() as u32,
            run,
            width: advance * style.size.0 / 1000.0,
            kind,
            after: Opportunity::None,
        });
        let cluster_len = character.len_utf8() as u8;
        self.out.glyphs.push(ShapedGlyph { id: glyph, cluster: 0, cluster_len, advance, dx: 0, dy: 0 });
    }

    /// Shapes a piece of a word, face by face.
    fn word(&mut self, text_run: u32, style: &TextStyle, at: u32, text: &str, after: Opportunity) {
        let own = self.shaper.library.find(style.face());
        let all = self.shaper.library.face(own).is_some_and(|face| covers(face, text));
        if all {
            self.piece(text_run, style, at, text, own, after);
            return;
        }
        let mut start = 0;
        let mut face = None;
        for (offset, cluster) in text.grapheme_indices(true) {
            let found = self.find_face(style, cluster);
            if let Some(known) = face
                && known != found
            {
                let part = text.get(start..offset).unwrap_or_default();
                self.piece(text_run, style, at + start as u32, part, known, Opportunity::None);
                start = offset;
            }
            face = Some(found);
        }
        let part = text.get(start..).unwrap_or_default();
        self.piece(text_run, style, at + start as u32, part, face.unwrap_or(own), after);
    }

    fn find_face(&self, style: &TextStyle, cluster: &str) -> FaceId {
        let library = self.shaper.library;
        // A cluster longer than a few characters is no word of any language: marks piled on one another. The first few decide.
        let decisive: String = cluster.chars().take(16).collect();
        let base: String = cluster.chars().take(1).chain(REPLACEMENT.chars()).collect();
        library
            .find_for(style.face(), &decisive)
            // No face has them all, though each has one: the face of the base, with U+FFFD for what it has not.
            .or_else(|| library.find_for(style.face(), &base))
            .or_else(|| library.find_for(style.face(), REPLACEMENT))
            .unwrap_or_else(|| library.find(style.face()))
    }

    fn piece(&mut self, text_run: u32, style: &TextStyle, at: u32, text: &str, face: FaceId, after: Opportunity) {
        let level = self.level(at);
        let Some(key) = self.key(text_run, style, face, level) else { return };
        let run = self.shaped_run(text_run, style, face, level);
        let word = match self.letters_around(at, text) {
            Some(context) => self.shaper.words.joined(key, text, context),
            None => self.shaper.words.word(key, text),
        };
        // The space before this word is kerned with it, if both are of one face.
        if let Some(space) = self.out.chunks.last_mut()
            && matches!(space.kind, ChunkKind::Space | ChunkKind::HardSpace)
            && space.run == run
            && word.lead != 0.0
        {
            space.width += word.lead * style.size.0 / 1000.0;
            if let Some(glyph) = self.out.glyphs.last_mut() {
                glyph.advance += word.lead;
            }
        }
        self.tail = word.tail;
        let tracking = style.tracking.0 * 1000.0;
        let mut width = word.width;
        let glyphs = self.out.glyphs.len() as u32;
        if tracking == 0.0 {
            self.out.glyphs.extend_from_slice(self.shaper.words.glyphs(&word));
        } else {
            for glyph in self.shaper.words.glyphs(&word) {
                let more = if glyph.cluster_len > 0 { tracking } else { 0.0 };
                width += more;
                self.out.glyphs.push(ShapedGlyph { advance: glyph.advance + more, ..*glyph });
            }
        }
        let width = width * style.size.0 / 1000.0;
        self.out.chunks.push(Chunk { text: at, glyphs, run, width, kind: ChunkKind::Word, after });
    }

    /// The text around a piece of a word in a script that joins its letters, where the word goes on there.
    fn letters_around(&self, at: u32, text: &str) -> Option<Context<'r>> {
        if !matches!(&self.script, b"Arab" | b"Syrc" | b"Mong" | b"Nkoo" | b"Mand" | b"Adlm" | b"Rohg") {
            return None;
        }
        let all: &'r str = self.rich.text();
        let (before, after) = (all.get(..at as usize)?, all.get(at as usize + text.len()..)?);
        // Shaping looks at five characters of context.
        let start = before.char_indices().rev().take(5).take_while(|(_, c)| separator(*c).is_none()).last();
        let end = after.char_indices().take(5).take_while(|(_, c)| separator(*c).is_none()).last();
        let before = start.map_or("", |(start, _)| before.get(start..).unwrap_or_default());
        let after = end.map_or("", |(end, last)| after.get(..end + last.len_utf8()).unwrap_or_default());
        (!before.is_empty() || !after.is_empty()).then_some(Context { before, after })
    }

    fn key(&mut self, text_run: u32, style: &TextStyle, face: FaceId, level: u8) -> Option<KeyId> {
        let right_to_left = level % 2 == 1;
        if let Some((run, known, script, turned, key)) = self.last
            && (run, known, script, turned) == (text_run, face, self.script, right_to_left)
        {
            return Some(key);
        }
        let key = self.shaper.key(face, self.script, right_to_left, style)?;
        self.last = Some((text_run, face, self.script, right_to_left, key));
        Some(key)
    }

    fn shaped_run(&mut self, text_run: u32, style: &TextStyle, face: FaceId, level: u8) -> u32 {
        let run = ShapedRun { face, text_run, size: style.size, level, script: self.script };
        if self.out.runs.last() != Some(&run) {
            self.out.runs.push(run);
        }
        (self.out.runs.len() - 1) as u32
    }
}

/// Whether a character is a space or a line end, and of which kind.
pub(super) fn separator(character: char) -> Option<ChunkKind> {
    match character {
        ' ' | '\t' => Some(ChunkKind::Space),
        '\n' => Some(ChunkKind::LineEnd),
        '\u{a0}' => Some(ChunkKind::HardSpace),
        '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}' | '\u{205f}' | '\u{3000}' => {
            Some(ChunkKind::RigidSpace)
        }
        _ => None,
    }
}

/// The width of a space that keeps its width, in thousandths of an em (Unicode, General Punctuation).
fn rigid_width(character: char) -> Option<f32> {
    Some(match character {
        '\u{2001}' | '\u{2003}' | '\u{3000}' => 1000.0,
        '\u{2000}' | '\u{2002}' => 500.0,
        '\u{2004}' => 333.0,
        '\u{2005}' => 250.0,
        '\u{2006}' => 167.0,
        '\u{2008}' => 250.0,
        '\u{2009}' => 200.0,
        '\u{200a}' => 100.0,
        '\u{205f}' => 222.0,
        _ => return None,
    })
}

/// Whether a line may perhaps end after a character that is within a word of a plain text.
fn may_end_a_piece(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '–' | '—' | '…' | '/' | '.' | '?' | '&' | '=' | '_' | '#')
}

/// The script of a letter, as its ISO 15924 tag; none for what all scripts share.
fn script_of(character: char) -> Option<[u8; 4]> {
    match character {
        'a'..='z' | 'A'..='Z' => Some(*b"Latn"),
        '\0'..='\u{7f}' | '\u{2000}'..='\u{206f}' => None,
        '\u{c0}'..='\u{24f}' => Some(*b"Latn"),
        '\u{410}'..='\u{44f}' => Some(*b"Cyrl"),
        _ => match character.script() {
            Script::Common | Script::Inherited | Script::Unknown => None,
            script => script.short_name().as_bytes().try_into().ok(),
        },
    }
}
