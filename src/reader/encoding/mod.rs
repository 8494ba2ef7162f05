//! Bytes → text: which encoding they are in, and what of them no text may hold.

mod alphabet;
mod charset;
mod detect;
mod likelihood;
mod unicode;

use super::Decision;
use crate::bytes::{self, is_one_of};
use crate::diag::{Code, Diagnostics};
use crate::source::{SourceId, Span};
use charset::Charset;
use detect::{Detected, detect};
use std::iter;

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

/// A text as it was decoded.
#[derive(Debug)]
pub struct Decoded {
    /// The text: line ends are line feeds (a form feed stays), without byte order mark and control characters.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// How it was found.
    pub evidence: Evidence,
    /// The name of another encoding that is nearly as likely.
    pub runner_up: Option<&'static str>,
    /// How many characters that no text may hold were dropped.
    pub dropped: usize,
}

impl Decoded {
    /// The record of the decision; `given` says whether a person told the encoding.
    pub(crate) fn decision(&self, given: bool) -> Decision {
        let (rule, confidence) = match self.evidence {
            Evidence::Told if given => ("given by you", 1.0),
            Evidence::Told => ("stated in the text, and its bytes allow it", 0.95),
            Evidence::Mark => ("byte order mark", 1.0),
            Evidence::Certain => ("its bytes are valid in it", 1.0),
            Evidence::Guessed if self.runner_up.is_some() => ("the letters it makes, but only just", 0.5),
            Evidence::Guessed => ("the letters it makes", 0.9),
        };
        Decision { span: Span::default(), verdict: "encoding", rule, confidence, runner_up: self.runner_up }
    }

    /// How much of the input no text may hold, in per cent, where that is so much that it was no text: a picture has a
    /// tenth and more of it, a text with a few stray bytes next to nothing.
    pub fn foreign_share(&self) -> Option<usize> {
        // Fewer than a hundred may be an accident even in a short text.
        if self.dropped <= 100 {
            return None;
        }
        let share = self.dropped * 100 / (self.text.chars().count() + self.dropped);
        (share >= 4).then_some(share)
    }
}

/// Decodes a whole input, which is the text of `source`. `label` is an encoding that was told, by any of its names on the web,
/// or a code page of DOS such as `cp850`.
///
/// # Errors
///
/// The label, when no encoding has it.
pub fn decode(
    bytes: &[u8],
    label: Option<&str>,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Result<Decoded, String> {
    let found = match label {
        Some(label) => Detected::told(Charset::named(label).ok_or_else(|| label.to_owned())?),
        None => detect(bytes),
    };
    let (text, malformed) = found.charset.decode(bytes);
    if found.evidence == Evidence::Guessed {
        tell_guess(&found, diagnostics);
    }
    let (text, dropped) = clean(text, diagnostics);
    if malformed {
        tell_malformed(&text, found.charset, source, diagnostics);
    }
    let runner_up = found.rivals.first().map(|rival| rival.name());
    Ok(Decoded { text, encoding: found.charset.name(), evidence: found.evidence, runner_up, dropped })
}

/// Tells which encoding was taken, which other it may be, and what to give then.
fn tell_guess(found: &Detected, diagnostics: &mut Diagnostics) {
    let charset = found.charset;
    let stated = match &found.refuted {
        Some(label) => format!("the encoding is stated as {label}, which the bytes gainsay"),
        None => "the encoding is not stated".to_owned(),
    };
    let rivals: Vec<&str> = found.rivals.iter().map(|rival| rival.name()).collect();
    let (message, hint) = match rivals.as_slice() {
        [] => {
            (format!("{stated} and was taken for {charset}"), "give --input-encoding if letters look wrong".to_owned())
        }
        [first, ..] => (
            format!("{stated}; it was taken for {charset}, but {} is nearly as likely", rivals.join(" or ")),
            format!("give --input-encoding {first} if letters look wrong, --input-encoding {charset} if all is well"),
        ),
    };
    diagnostics.warn(Code::EncodingGuessed, None, message, hint);
}

/// Tells of the bytes that are no text, by their lines. The span is of the first of them.
fn tell_malformed(text: &str, charset: Charset, source: SourceId, diagnostics: &mut Diagnostics) {
    // More would not fit on a line of the terminal.
    const SHOWN: usize = 5;
    const MARK: &str = "\u{FFFD}";
    let Some(first) = text.find(MARK) else { return };
    let lines: Vec<String> = text
        .split('\n')
        .enumerate()
        .filter(|(_, line)| line.contains(MARK))
        .map(|(at, _)| (at + 1).to_string())
        .take(SHOWN + 1)
        .collect();
    let shown = lines.get(..SHOWN.min(lines.len())).unwrap_or(&lines).join(", ");
    let more = if lines.len() > SHOWN { " and further on" } else { "" };
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let places = match text.matches(MARK).count() {
        1 => "1 place is".to_owned(),
        count => format!("{count} places are"),
    };
    diagnostics.warn(
        Code::EncodingMalformed,
        Some(Span::new(source, first, first + MARK.len())),
        format!("{places} no valid {charset} and became U+FFFD: {word} {shown}{more}"),
        "mend the file or give --input-encoding",
    );
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
    // Most lines have none, or that which is half of their end.
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    let mut places = lines.flat_map(|(start, line)| {
        let (body, end) = match line.strip_suffix("\r\n") {
            Some(body) => (body, Some(start + body.len())),
            None => (line, None),
        };
        let body = if may_hold_foreign(body.as_bytes()) { body } else { "" };
        body.char_indices().filter(|(_, c)| foreign(*c)).map(move |(at, _)| start + at).chain(end)
    });
    let Some(first) = places.next() else {
        return (text, 0);
    };
    let mut out = String::with_capacity(text.len());
    let mut dropped = 0usize;
    // Most files have either none or one on each line.
    let mut taken = 0;
    for at in iter::once(first).chain(places) {
        let (before, rest) = text.get(taken..).unwrap_or("").split_at_checked(at - taken).unwrap_or_default();
        out.push_str(before);
        let c = rest.chars().next().unwrap_or_default();
        taken = at + c.len_utf8();
        match c {
            // CR LF is one line end.
            '\r' if rest.as_bytes().get(1) == Some(&b'\n') => {}
            '\r' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{FEFF}' => {}
            _ => dropped += 1,
        }
    }
    out.push_str(text.get(taken..).unwrap_or(""));
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

/// Whether a stretch of UTF-8 may hold what [`clean`] looks for: a control character, a separator of lines or a noncharacter.
/// Asked without branches, so that the processor takes many bytes at a time.
fn may_hold_foreign(bytes: &[u8]) -> bool {
    let is_rare = |byte: u8| ((byte < b' ') & !is_one_of(byte, b"\n\t\x0C")) | is_one_of(byte, b"\x7F\xC2\xEF");
    // The first and the last byte of a separator.
    let (is_first, is_last) = (|byte: u8| byte == 0xE2, |byte: u8| byte & 0xFE == 0xA8);
    bytes::count(bytes, is_rare) > 0 || bytes::count(bytes, is_first) > 0 && bytes::count(bytes, is_last) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, None, SourceId(0), &mut Diagnostics::new()).expect("no label was given");
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn line_ends_of_every_kind_become_line_feeds() {
        assert_eq!(text_of("a\r\nb\rc\u{85}d\u{2028}e\n\rf".as_bytes()).0, "a\nb\nc\nd\ne\n\nf");
    }

    #[test]
    fn control_characters_go_with_a_diagnostic() {
        let mut diagnostics = Diagnostics::new();
        let decoded = decode(b"a\x00b\x1ac\x0cd", Some("utf-8"), SourceId(0), &mut diagnostics).expect("a known label");
        assert_eq!(decoded.text, "abc\u{C}d");
        assert!(diagnostics.iter().any(|one| one.code == Code::ControlCharacters));
    }

    #[test]
    fn a_stray_nul_does_not_make_a_text_utf_16() {
        assert_eq!(text_of(b"It rained all day.\n\na\0b"), ("It rained all day.\n\nab".to_owned(), "UTF-8"));
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
