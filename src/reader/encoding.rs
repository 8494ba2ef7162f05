//! Bytes → text: which encoding they are in, and what of them no text may hold.

use super::Decision;
use crate::diag::{Code, Diagnostics};
use crate::source::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How an encoding was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// It was told, by a person or by the text.
    Told,
    /// A byte order mark.
    Mark,
    /// No other encoding allows these bytes, or it does not matter.
    Certain,
    /// Statistics.
    Guessed,
}

impl Evidence {
    /// The record of the decision; `given` says whether a person told the encoding.
    pub(crate) fn decision(self, given: bool) -> Decision {
        let (rule, confidence) = match self {
            Evidence::Told if given => ("given by you", 1.0),
            Evidence::Told => ("stated in the text, and its bytes allow it", 0.95),
            Evidence::Mark => ("byte order mark", 1.0),
            Evidence::Certain => ("all its bytes are valid in it", 1.0),
            // The detector gives no figure; on short texts it is wrong about every third time, on long ones hardly ever.
            Evidence::Guessed => ("how often its bytes come", 0.7),
        };
        Decision { span: Span::default(), verdict: "encoding", rule, confidence, runner_up: None }
    }
}

/// A text as it was decoded.
#[derive(Debug)]
pub struct Decoded {
    /// The text: line ends are line feeds (a form feed stays), without byte order mark and control characters.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// How it was found.
    pub evidence: Evidence,
    /// How many characters that no text may hold were dropped.
    pub dropped: usize,
}

impl Decoded {
    /// How much of the input no text may hold, in per cent, where that is so much that it was no text: a picture has a
    /// tenth and more of it, a text with a few stray bytes next to nothing.
    pub fn foreign_share(&self) -> Option<usize> {
        // A few dozen may be an accident even in a short text.
        let share = self.dropped * 100 / (self.text.chars().count() + self.dropped).max(1);
        (self.dropped > 40 && share >= 4).then_some(share)
    }
}

/// Decodes a whole input. `label` is an encoding that was told, by any of its names on the web.
///
/// # Errors
///
/// The label, when no encoding has it.
pub fn decode(bytes: &[u8], label: Option<&str>, diagnostics: &mut Diagnostics) -> Result<Decoded, String> {
    let (encoding, evidence) = match label {
        Some(label) => {
            let told = Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| label.to_owned())?;
            (told, Evidence::Told)
        }
        None => detect(bytes),
    };
    let (text, malformed) = match encoding.decode_with_bom_removal(bytes) {
        (Cow::Borrowed(text), malformed) => (text.to_owned(), malformed),
        (Cow::Owned(text), malformed) => (text, malformed),
    };
    if evidence == Evidence::Guessed {
        diagnostics.warn(
            Code::EncodingGuessed,
            None,
            format!("the encoding is not stated and was taken for {}", encoding.name()),
            "give --input-encoding if letters look wrong",
        );
    }
    if malformed {
        let count = text.matches('\u{FFFD}').count();
        diagnostics.warn(
            Code::EncodingMalformed,
            None,
            format!("{count} places are no valid {} and became U+FFFD", encoding.name()),
            "mend the file or give --input-encoding",
        );
    }
    let (text, dropped) = clean(text, diagnostics);
    Ok(Decoded { text, encoding: encoding.name(), evidence, dropped })
}

/// The encoding of bytes that nobody told the encoding of.
fn detect(bytes: &[u8]) -> (&'static Encoding, Evidence) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, Evidence::Mark);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return (encoding, Evidence::Guessed);
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0x1B) {
        return (UTF_8, Evidence::Certain);
    }
    if let Some(encoding) = stated(bytes) {
        return (encoding, Evidence::Told);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Allow), Evidence::Guessed)
}

/// The encoding that the head of a text states of itself, unless the bytes do not allow it: it may be a lie.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    // A distributor's header is in the first few thousand bytes, in ASCII.
    const HEAD: usize = 4000;
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD))?).to_lowercase();
    let (_, rest) = head.split_once("character set encoding:").or_else(|| head.split_once("charset="))?;
    let label: String = rest
        .trim_start_matches([' ', '"'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    // ASCII and UTF-8 have been found wanting already.
    let fits = encoding != UTF_8
        && !label.contains("ascii")
        && encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    fits.then_some(encoding)
}

/// UTF-16 shows itself by its zero bytes: in any text with spaces and line ends, those bytes are zero in every other place.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2) {
        if let [first, second] = pair {
            even += usize::from(*first == 0);
            odd += usize::from(*second == 0);
        }
    }
    let pairs = bytes.len() / 2;
    // A fiftieth: Chinese in UTF-16 has zero bytes in its line ends only.
    let many = pairs / 50 + 1;
    if odd > many && odd > even * 4 {
        Some(UTF_16LE)
    } else if even > many && even > odd * 4 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The text with line feeds for all line ends and without characters that no document may hold, and how many those were.
fn clean(text: String, diagnostics: &mut Diagnostics) -> (String, usize) {
    let foreign = |c: char| match c {
        '\n' | '\t' | '\u{C}' => false,
        ' '..='~' => false,
        _ => {
            c < ' ' || matches!(c, '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
        }
    };
    let Some(first) = text.find(foreign) else {
        return (text, 0);
    };
    let (head, tail) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(head);
    let mut dropped = 0usize;
    let mut chars = tail.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                // CR LF is one line end.
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{FEFF}' => {}
            c if foreign(c) => dropped += 1,
            c => out.push(c),
        }
    }
    if dropped > 0 {
        diagnostics.warn(
            Code::ControlCharacters,
            None,
            format!("{dropped} control characters were dropped"),
            "look whether the file is text at all",
        );
    }
    (out, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, None, &mut Diagnostics::new()).expect("no label was given");
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn line_ends_of_every_kind_become_line_feeds() {
        assert_eq!(text_of("a\r\nb\rc\u{85}d\u{2028}e\n\rf".as_bytes()).0, "a\nb\nc\nd\ne\n\nf");
    }

    #[test]
    fn control_characters_go_with_a_diagnostic() {
        let mut diagnostics = Diagnostics::new();
        let decoded = decode(b"a\x00b\x1ac\x0cd", Some("utf-8"), &mut diagnostics).expect("a known label");
        assert_eq!(decoded.text, "abc\u{C}d");
        assert!(diagnostics.iter().any(|one| one.code == Code::ControlCharacters));
    }

    #[test]
    fn a_text_that_states_its_encoding_is_believed_where_the_bytes_allow_it() {
        let text = b"Title: A\r\nCharacter set encoding: ISO-8859-1\r\n\r\nna\xEFve \x93quoted\x94 caf\xE9\r\n";
        let (text, encoding) = text_of(text);
        assert!(text.contains("na\u{EF}ve \u{201C}quoted\u{201D} caf\u{E9}"), "{text}");
        assert_eq!(encoding, "windows-1252");
    }

    #[test]
    fn utf_8_is_found_however_late_it_shows() {
        let mut bytes = "plain words\n".repeat(7000).into_bytes();
        bytes.extend("na\u{EF}ve caf\u{E9}".as_bytes());
        assert_eq!(text_of(&bytes).1, "UTF-8");
    }
}
