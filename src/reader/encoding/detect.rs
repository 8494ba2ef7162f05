//! The encoding of bytes that nobody told the encoding of.

use super::charset::Charset;
use super::{Evidence, likelihood, unicode};
use encoding_rs::{ISO_2022_JP, UTF_8};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Detected {
    /// The encoding.
    pub(super) charset: Charset,
    /// How it was found.
    pub(super) evidence: Evidence,
    /// Other encodings that are hardly less likely and make other texts of the bytes, the likeliest first.
    pub(super) rivals: Vec<Charset>,
    /// What the text states of itself, where that was not believed.
    pub(super) refuted: Option<String>,
}

impl Detected {
    /// An encoding that a person told.
    pub(super) fn told(charset: Charset) -> Detected {
        Detected::new(charset, Evidence::Told)
    }

    fn new(charset: Charset, evidence: Evidence) -> Detected {
        Detected { charset, evidence, rivals: Vec::new(), refuted: None }
    }
}

/// The encoding of `bytes`, from all of them.
pub(super) fn detect(bytes: &[u8]) -> Detected {
    if let Some(charset) = unicode::by_mark(bytes) {
        return Detected::new(charset, Evidence::Mark);
    }
    if let Some(charset) = unicode::utf_32(bytes).or_else(|| unicode::utf_16(bytes)) {
        return Detected::new(charset, Evidence::Guessed);
    }
    if unicode::is_iso_2022_jp(bytes) {
        return Detected::new(Charset::Web(ISO_2022_JP), Evidence::Certain);
    }
    if unicode::is_utf_8(bytes) {
        return Detected::new(Charset::Web(UTF_8), Evidence::Certain);
    }
    by_likelihood(bytes)
}

/// The likeliest encoding, unless the text states one that is not much less likely: a statement is evidence, but it may be a lie.
fn by_likelihood(bytes: &[u8]) -> Detected {
    // A hundred to one by these rough measures is not beyond doubt, when a book is at stake.
    const NEAR: f32 = 5.0;
    // More names help nobody to choose.
    const RIVALS: usize = 3;
    // What a statement weighs: as much as any short text can say against it, and half of what each letter says in a long one.
    const STATEMENT: f32 = 10.0;
    const STATEMENT_PER_LETTER: f32 = 0.5;
    let ranked = likelihood::rank(bytes);
    let Some(best) = ranked.first() else {
        return Detected::new(Charset::Web(UTF_8), Evidence::Guessed);
    };
    let stated = stated(bytes);
    let letters = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if let Some((_, charset)) = &stated
        && let Some(reading) = ranked.iter().find(|reading| reading.charset == *charset)
        && reading.likelihood + STATEMENT + STATEMENT_PER_LETTER * letters as f32 >= best.likelihood
    {
        return Detected::new(*charset, Evidence::Told);
    }
    let in_question = likelihood::beyond_ascii(bytes);
    let mut rivals: Vec<Charset> = Vec::new();
    for reading in ranked.iter().skip(1).take_while(|reading| reading.likelihood + NEAR > best.likelihood) {
        let is_known = |known: &Charset| likelihood::agree(&in_question, *known, reading.charset);
        if rivals.len() < RIVALS && !is_known(&best.charset) && !rivals.iter().any(is_known) {
            rivals.push(reading.charset);
        }
    }
    let refuted = stated.map(|(label, _)| label);
    Detected { rivals, refuted, ..Detected::new(best.charset, Evidence::Guessed) }
}

/// The encoding that the head of a text states of itself, with the words it does so in: `Character set encoding: …`,
/// `charset=…`, `encoding="…"`, `coding: …`.
fn stated(bytes: &[u8]) -> Option<(String, Charset)> {
    // A distributor's header is in the first few thousand bytes, in ASCII.
    const HEAD: usize = 4000;
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD))?).to_ascii_lowercase();
    let after = ["coding:", "coding=", "charset:", "charset="].iter().flat_map(|key| head.split(key).skip(1));
    after
        .filter_map(|rest| {
            let rest = rest.trim_start_matches([' ', '"', '\'']);
            let label: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            let charset = Charset::named(&label)?;
            Some((label, charset))
        })
        .next()
}
