//! Text whose lines and spaces say something: code, drawings.

use super::evidence::Evidence;
use super::group::Group;
use crate::bytes::ByteSet;
use crate::reader::plain::line::is_alphanumeric;

/// What speaks for a group being code or a drawing.
pub(super) fn weigh(group: &Group) -> Evidence {
    let mut evidence = Evidence::prior(-3.5);
    let count = group.lines.len();
    if count < 2 {
        evidence.add(-2.0, "a line alone");
    }
    let hits = |test: &dyn Fn(&str) -> bool| group.lines.iter().filter(|line| test(line.text)).count();
    let ends = hits(&|text| text.ends_with([';', '{', '}']) && !text.contains(", ") || text.ends_with("();"));
    evidence.add_cases(ends, count, 0.6, 0.05, 6.0, "lines end as code does");
    let signs = hits(&has_sign);
    evidence.add_cases(signs, count, 0.5, 0.02, 6.0, "signs of code");
    let drawn = hits(&|text| {
        // In ASCII a byte is a character, and of most lines the letters alone tell.
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).count();
        if letters * 3 >= text.len() {
            return false;
        }
        let (letters, ink) = match text.is_ascii() {
            true => (letters, text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count()),
            false => {
                let letters = text.chars().filter(|c| is_alphanumeric(*c)).count();
                (letters, text.chars().filter(|c| !c.is_whitespace()).count())
            }
        };
        letters * 3 < ink && ink > 2
    });
    evidence.add_cases(drawn, count, 0.7, 0.02, 6.0, "more signs than letters");
    evidence
}

/// Whether a text holds what code has and prose has not.
fn has_sign(text: &str) -> bool {
    // Each has one of these; most lines have none.
    static SIGNS: ByteSet = ByteSet::of(b"(=>:&|<#$");
    let is_sign = |pair: &[u8]| {
        matches!(pair, b"()" | b"==" | b"!=" | b"=>" | b"->" | b"::" | b"&&" | b"||" | b"</" | b"/>" | b"${")
    };
    SIGNS.is_in(text) && (text.as_bytes().windows(2).any(is_sign) || text.contains(" = ") || text.contains("#include"))
}

/// The lines of a group with the spaces that set them off from its left edge.
pub(super) fn lines(group: &Group) -> Vec<String> {
    // Code that a person marked may have blank lines in it.
    let left = group.lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min().unwrap_or(0);
    group
        .lines
        .iter()
        .map(|line| {
            let mut out = " ".repeat(line.indent.saturating_sub(left).min(120) as usize);
            out.push_str(&line.text.replace('\t', "    "));
            out
        })
        .collect()
}
