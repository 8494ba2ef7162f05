//! The lexical forms of PDF (ISO 32000-1, 7.2 and 7.3), written straight into bytes.

use std::io::Write as _;

/// Writes an integer.
pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        if let Some(place) = digits.get_mut(at) {
            *place = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(digits.get(at..).unwrap_or_default());
}

/// Writes `value` hundredths as a number without needless zeros: 1350 is `13.5`.
pub(super) fn hundredths(out: &mut Vec<u8>, value: i64) {
    fixed(out, value, 100);
}

/// Writes `value / scale` without needless zeros; `scale` is a power of ten.
pub(super) fn fixed(out: &mut Vec<u8>, value: i64, scale: i64) {
    let (whole, mut part) = ((value / scale).abs(), (value % scale).abs());
    if value < 0 {
        out.push(b'-');
    }
    if whole != 0 || part == 0 {
        integer(out, whole);
    }
    if part != 0 {
        out.push(b'.');
        let mut unit = scale / 10;
        while part != 0 && unit != 0 {
            out.push(b'0' + (part / unit) as u8);
            part %= unit;
            unit /= 10;
        }
    }
}

/// A length in whole hundredths of a point: a thirtieth of what a press can place.
pub(super) fn to_hundredths(value: f32) -> i64 {
    (f64::from(value) * 100.0).round() as i64
}

/// Writes a reference to the object `id`.
pub(super) fn reference(out: &mut Vec<u8>, id: u32) {
    integer(out, i64::from(id));
    out.extend_from_slice(b" 0 R");
}

/// Writes the bytes of a literal string without its parentheses.
pub(super) fn literal_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    for &byte in bytes {
        literal_byte(out, byte);
    }
}

/// Writes one byte of a literal string. A bare carriage return would be read as a line feed.
pub(super) fn literal_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Writes a text string: in ASCII where it is, else in UTF-16BE.
pub(super) fn text_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'(');
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        literal_bytes(out, text.as_bytes());
    } else {
        out.extend_from_slice(&[0xFE, 0xFF]);
        for unit in text.encode_utf16() {
            let [high, low] = unit.to_be_bytes();
            literal_byte(out, high);
            literal_byte(out, low);
        }
    }
    out.push(b')');
}

/// Writes a text string in hexadecimal UTF-16BE, as content streams hold it.
pub(super) fn hex_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<FEFF");
    for unit in text.encode_utf16() {
        hex_unit(out, unit);
    }
    out.push(b'>');
}

/// Writes four hexadecimal digits.
pub(super) fn hex_unit(out: &mut Vec<u8>, unit: u16) {
    // Writing to a vector cannot fail.
    let _ = write!(out, "{unit:04X}");
}

/// Writes a name; bytes that are not regular characters become `#xx`.
pub(super) fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

/// The text without what no reader should see: control characters become spaces, and spaces in a row one. At most 16,000
/// UTF-16 units, because a PDF/A string ends at 32,767 bytes (ISO 19005-2, 6.1.13).
pub(super) fn clean_text(text: &str) -> String {
    const MOST_UNITS: usize = 16_000;
    let mut out = String::with_capacity(text.len().min(4 * MOST_UNITS));
    let mut units = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_control() || c == ' ' || c == '\u{2028}' || c == '\u{2029}' {
            gap = !out.is_empty();
            continue;
        }
        if unmappable(c) {
            continue;
        }
        units += c.len_utf16() + usize::from(gap);
        if units > MOST_UNITS {
            break;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Whether a character says nothing and must not stand in a character map (ISO 14289-1, 7.21.7): U+0000, U+FEFF and the
/// noncharacters.
pub(super) fn unmappable(c: char) -> bool {
    matches!(c, '\0' | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether a character is of a private use area: what it means is between two people.
pub(super) fn private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

/// Writes an object of lopdf; `renumbered` gives each object's number in the file.
pub(super) fn object(out: &mut Vec<u8>, object: &lopdf::Object, renumbered: &dyn Fn(u32) -> u32) {
    use lopdf::Object;
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => integer(out, *value),
        Object::Real(value) => fixed(out, (f64::from(*value) * 10_000.0).round() as i64, 10_000),
        Object::Name(value) => name(out, value),
        Object::String(value, _) => {
            out.push(b'(');
            literal_bytes(out, value);
            out.push(b')');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                self::object(out, item, renumbered);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => dictionary(out, entries, renumbered),
        // A stream is an indirect object: it cannot stand within another.
        Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Reference((id, _)) => reference(out, renumbered(*id)),
    }
}

/// Writes a dictionary of lopdf.
pub(super) fn dictionary(out: &mut Vec<u8>, entries: &lopdf::Dictionary, renumbered: &dyn Fn(u32) -> u32) {
    out.extend_from_slice(b"<<");
    dictionary_entries(out, entries, renumbered);
    out.extend_from_slice(b">>");
}

/// Writes the entries of a dictionary of lopdf without its brackets.
pub(super) fn dictionary_entries(out: &mut Vec<u8>, entries: &lopdf::Dictionary, renumbered: &dyn Fn(u32) -> u32) {
    use lopdf::Object;
    for (key, value) in entries.iter() {
        name(out, key);
        let delimited =
            matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_));
        if !delimited {
            out.push(b' ');
        }
        object(out, value, renumbered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        for (value, text) in [(0, "0"), (1350, "13.5"), (-1350, "-13.5"), (5, ".05"), (-50, "-.5"), (1200, "12")] {
            assert_eq!(written(|out| hundredths(out, value)), text);
        }
        assert_eq!(written(|out| integer(out, -90210)), "-90210");
    }

    #[test]
    fn strings_are_escaped_and_wide_text_is_utf16() {
        assert_eq!(written(|out| text_string(out, "a(b)\\")), "(a\\(b\\)\\\\)");
        let mut out = Vec::new();
        text_string(&mut out, "č\u{0D28}");
        assert_eq!(out, b"(\xFE\xFF\x01\\r\\r\\()");
        assert_eq!(written(|out| name(out, b"text/plain a")), "/text#2Fplain#20a");
    }

    #[test]
    fn metadata_text_is_cleaned_and_bounded() {
        assert_eq!(clean_text("a\u{1b}\n b\u{0}\u{FEFF}c "), "a b c");
        assert_eq!(clean_text(&"x".repeat(40_000)).len(), 16_000);
    }
}
