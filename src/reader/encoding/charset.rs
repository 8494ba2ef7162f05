//! The encodings that can be read: those of the web, those of DOS, UTF-32.

use encoding_rs::Encoding;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// One encoding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Charset {
    /// One of the WHATWG's standard.
    Web(&'static Encoding),
    /// A code page of DOS, which the web has no name for: its name, and the characters from 0x80.
    Dos(&'static str, &'static [char; 128]),
    /// UTF-32, low byte first or high byte first.
    Utf32 {
        /// Whether the high byte is first.
        big_endian: bool,
    },
}

/// The code pages of DOS that the standard of the web leaves out.
const DOS: &[Charset] = &[
    Charset::Dos("CP437", &oem_cp::code_table::DECODING_TABLE_CP437),
    Charset::Dos("CP737", &oem_cp::code_table::DECODING_TABLE_CP737),
    Charset::Dos("CP775", &oem_cp::code_table::DECODING_TABLE_CP775),
    Charset::Dos("CP850", &oem_cp::code_table::DECODING_TABLE_CP850),
    Charset::Dos("CP852", &oem_cp::code_table::DECODING_TABLE_CP852),
    Charset::Dos("CP855", &oem_cp::code_table::DECODING_TABLE_CP855),
    Charset::Dos("CP858", &oem_cp::code_table::DECODING_TABLE_CP858),
    Charset::Dos("CP860", &oem_cp::code_table::DECODING_TABLE_CP860),
    Charset::Dos("CP861", &oem_cp::code_table::DECODING_TABLE_CP861),
    Charset::Dos("CP862", &oem_cp::code_table::DECODING_TABLE_CP862),
    Charset::Dos("CP863", &oem_cp::code_table::DECODING_TABLE_CP863),
    Charset::Dos("CP865", &oem_cp::code_table::DECODING_TABLE_CP865),
    Charset::Dos("CP869", &oem_cp::code_table::DECODING_TABLE_CP869),
];

impl Charset {
    /// The encoding of this name, in any case: a name of the web, `cp850` or `ibm850`, `utf-32`.
    pub(crate) fn named(label: &str) -> Option<Charset> {
        let label = label.trim();
        let lower = label.to_ascii_lowercase();
        match lower.as_str() {
            "utf-32" | "utf32" | "utf-32le" | "utf32le" => return Some(Charset::Utf32 { big_endian: false }),
            "utf-32be" | "utf32be" => return Some(Charset::Utf32 { big_endian: true }),
            _ => {}
        }
        let page = lower.trim_start_matches("cp").trim_start_matches("ibm").trim_start_matches(['-', '_']);
        let dos = DOS.iter().find(|charset| charset.name().get(2..) == Some(page));
        dos.copied().or_else(|| Encoding::for_label_no_replacement(label.as_bytes()).map(Charset::Web))
    }

    /// The code page of DOS with this name.
    pub(super) fn dos(name: &str) -> Option<Charset> {
        DOS.iter().find(|charset| charset.name() == name).copied()
    }

    /// What people call it, and what [`Charset::named`] knows it by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Charset::Web(encoding) => encoding.name(),
            Charset::Dos(name, _) => name,
            Charset::Utf32 { big_endian: false } => "UTF-32LE",
            Charset::Utf32 { big_endian: true } => "UTF-32BE",
        }
    }

    /// The text, and whether some bytes were none; those are U+FFFD in it. A byte order mark of the encoding is no part of it.
    pub(crate) fn decode(self, bytes: &[u8]) -> (String, bool) {
        match self {
            Charset::Web(encoding) => {
                let (text, malformed) = encoding.decode_with_bom_removal(bytes);
                // Its tones are marks of their own, which no other text of that language has.
                let is_decomposed = encoding == encoding_rs::WINDOWS_1258;
                (if is_decomposed { text.nfc().collect() } else { text.into_owned() }, malformed)
            }
            Charset::Dos(_, table) => (bytes.iter().map(|&byte| of_table(table, byte)).collect(), false),
            Charset::Utf32 { big_endian } => decode_utf_32(bytes, big_endian),
        }
    }

    /// The character of one byte, where one byte is one character; none where the encoding gives it no meaning.
    pub(super) fn char_of(self, byte: u8) -> Option<char> {
        match self {
            Charset::Dos(_, table) => Some(of_table(table, byte)),
            Charset::Web(encoding) if encoding.is_single_byte() => {
                let one = [byte];
                let (text, malformed) = encoding.decode_without_bom_handling(&one);
                text.chars().next().filter(|_| !malformed)
            }
            Charset::Web(_) | Charset::Utf32 { .. } => None,
        }
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn of_table(table: &[char; 128], byte: u8) -> char {
    table.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

fn decode_utf_32(bytes: &[u8], big_endian: bool) -> (String, bool) {
    let mut malformed = false;
    let units = bytes.chunks(4).map(|unit| {
        let number = <[u8; 4]>::try_from(unit)
            .map(|unit| if big_endian { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) });
        number.ok().and_then(char::from_u32).unwrap_or_else(|| {
            malformed = true;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text: String = units.collect();
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    (text, malformed)
}
