//! Text and attribute values in XML.

/// Appends `text` as character data. What XML 1.0 forbids is left out and a line feed becomes a space, so that metadata,
/// which the model does not check, cannot break a document.
pub(super) fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, false);
}

/// `text` as character data.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// `value` as the inside of an attribute between double quotes.
pub(super) fn attribute(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    push_escaped(&mut out, value, true);
    out
}

/// Whether a byte may begin something that cannot stand as it is: 0xEF begins U+FFFE and U+FFFF.
const fn is_special(byte: u8) -> bool {
    matches!(byte, 0..0x20 | b'&' | b'<' | b'>' | b'"' | 0xEF)
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_special(byte as u8);
        byte += 1;
    }
    table
};

fn push_escaped(out: &mut String, mut text: &str, quotes: bool) {
    while let Some(at) = text.bytes().position(|byte| SPECIAL[usize::from(byte)]) {
        let (plain, rest) = text.split_at(at);
        out.push_str(plain);
        let mut chars = rest.chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') if quotes => out.push_str("&quot;"),
            Some('\t' | '\n' | '\r') => out.push(' '),
            Some('\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}') | None => {}
            Some(other) => out.push(other),
        }
        text = chars.as_str();
    }
    out.push_str(text);
}

/// How many bytes escaping adds to `text` at most.
pub(super) fn escape_cost(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>')).count() * 4
}

/// `text` with runs of white space as one space and none at its ends: values of metadata.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_never_comes_out() {
        assert_eq!(text("a<b>&\"'\u{1}\u{FFFF}\u{FFFD}\nc\u{E000}"), "a&lt;b&gt;&amp;\"'\u{FFFD} c\u{E000}");
        assert_eq!(attribute("\"<&\t"), "&quot;&lt;&amp; ");
        assert_eq!(squeezed(" a \n b\t"), "a b");
    }
}
