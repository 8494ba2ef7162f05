//! Forms of Unicode in bytes that nobody told the encoding of.

use super::charset::Charset;
use crate::bytes::{count, is_one_of};
use encoding_rs::{GB18030, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::char::decode_utf16;
use unicode_script::{Script, UnicodeScript};

/// The encoding whose byte order mark comes first.
pub(super) fn by_mark(bytes: &[u8]) -> Option<Charset> {
    match bytes {
        // Before UTF-16, whose mark is the first half of this one.
        [0xFF, 0xFE, 0, 0, ..] => Some(Charset::Utf32 { big_endian: false }),
        [0, 0, 0xFE, 0xFF, ..] => Some(Charset::Utf32 { big_endian: true }),
        [0xFF, 0xFE, ..] => Some(Charset::Web(UTF_16LE)),
        [0xFE, 0xFF, ..] => Some(Charset::Web(UTF_16BE)),
        [0xEF, 0xBB, 0xBF, ..] => Some(Charset::Web(UTF_8)),
        [0x84, 0x31, 0x95, 0x33, ..] => Some(Charset::Web(GB18030)),
        _ => None,
    }
}

/// Whether all of it is UTF-8, or so much that what is not can only be damage: any other encoding has such pairs of bytes by
/// chance, and far more that are none.
pub(super) fn is_utf_8(bytes: &[u8]) -> bool {
    // Of texts in Chinese and Korean encodings a sixth of the pairs may pass.
    const SOUND_FOR_EACH_FAULT: usize = 4;
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut sound, mut faults) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // A character that the end of the file cuts off is no fault of the encoding.
        faults += usize::from(!chunk.invalid().is_empty());
    }
    sound > 0 && sound >= faults * SOUND_FOR_EACH_FAULT
}

/// Japanese in seven bits: its escapes are there, and nothing that it does not allow.
pub(super) fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let is_escape = |three: &[u8]| matches!(three, [0x1B, b'$', b'B' | b'@'] | [0x1B, b'(', b'J' | b'I']);
    let has_escape = bytes.contains(&0x1B) && bytes.windows(3).any(is_escape);
    has_escape && bytes.is_ascii() && ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// UTF-32 without a mark: bytes that are no such text hardly ever give one valid unit.
pub(super) fn utf_32(bytes: &[u8]) -> Option<Charset> {
    // Enough to be sure.
    const UNITS: usize = 1000;
    let is = |big_endian: bool| {
        let mut units = bytes.chunks_exact(4).take(UNITS).map(|unit| {
            let unit = <[u8; 4]>::try_from(unit).unwrap_or_default();
            if big_endian { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) }
        });
        bytes.len() >= 8 && units.all(|unit| unit != 0 && char::from_u32(unit).is_some())
    };
    [false, true].into_iter().find(|&big_endian| is(big_endian)).map(|big_endian| Charset::Utf32 { big_endian })
}

/// UTF-16 without a mark. Read as single bytes it is full of control characters; read the right way round its characters
/// are of few scripts, read the wrong way round they are of many and of none.
pub(super) fn utf_16(bytes: &[u8]) -> Option<Charset> {
    // One control character in fifty bytes: no text in single bytes has that many, and even Chinese without line ends has more.
    const CONTROLS: usize = 50;
    // In the places of the same half of each unit.
    const ZEROS: usize = 4;
    const USUAL_CONTROLS: &[u8] = b"\t\n\x0B\x0C\r\x1A\x1B";
    let controls = count(bytes, |byte| (byte < b' ') & !is_one_of(byte, USUAL_CONTROLS));
    if bytes.len() < 4 || controls * CONTROLS < bytes.len() {
        return None;
    }
    let [even, odd] = [0, 1].map(|from| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count());
    let many = bytes.len() / 100 + 1;
    if odd > many && odd > even * ZEROS {
        return Some(Charset::Web(UTF_16LE));
    }
    if even > many && even > odd * ZEROS {
        return Some(Charset::Web(UTF_16BE));
    }
    // Letters beyond ASCII have bytes beyond it, or the control characters that the first halves of Greek and Cyrillic look
    // like. A text in ASCII with a stray NUL has neither, and its pairs would pass for Chinese.
    const FOREIGN: usize = 8;
    let foreign = controls + count(bytes, |byte| !byte.is_ascii());
    if foreign * FOREIGN < bytes.len() {
        return None;
    }
    let low_first = disorder(bytes, u16::from_le_bytes);
    let high_first = disorder(bytes, u16::from_be_bytes);
    // Real text has next to none; the other reading, and what is no text at all, has a third and more.
    const ORDERLY: f32 = 0.15;
    match low_first < high_first {
        true if low_first < ORDERLY => Some(Charset::Web(UTF_16LE)),
        false if high_first < ORDERLY => Some(Charset::Web(UTF_16BE)),
        _ => None,
    }
}

/// How much of a reading as UTF-16 cannot be text, from 0 to 1: halves of pairs, characters that no script has, and changes
/// of script within a word.
fn disorder(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> f32 {
    // Enough to be sure.
    const UNITS: usize = 20_000;
    let units = bytes.chunks_exact(2).take(UNITS).map(|pair| unit(<[u8; 2]>::try_from(pair).unwrap_or_default()));
    let (mut all, mut wrong) = (0u32, 0u32);
    let mut before = None;
    for c in decode_utf16(units) {
        all += 1;
        let Ok(c) = c else {
            wrong += 1;
            before = None;
            continue;
        };
        let script = match c.script() {
            // Japanese mixes them in every word.
            Script::Hiragana | Script::Katakana => Script::Han,
            script => script,
        };
        let is_text = match script {
            Script::Unknown => false,
            Script::Common | Script::Inherited => !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{C}'),
            _ => true,
        };
        let is_mixed = before.is_some_and(|before| before != script) && c.is_alphabetic();
        wrong += u32::from(!is_text || is_mixed);
        before = c.is_alphabetic().then_some(script);
    }
    if all == 0 { 1.0 } else { wrong as f32 / all as f32 }
}
