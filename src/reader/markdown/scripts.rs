//! Raised and lowered letters within words, which the parser leaves as they stand: `H~2~O`, `x^2^`.

use crate::model::{Inline, push_text};

/// The longest raised or lowered text within a word: what is longer is no exponent, index or ending.
const LONGEST: usize = 24;

/// Inlines with the marks of raised and lowered letters understood, and texts that stand side by side joined.
pub(super) fn settled(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) => split(text, &mut out),
            other => out.push(other),
        }
    }
    out
}

fn split(text: String, out: &mut Vec<Inline>) {
    let mut start = 0;
    let mut from = 0;
    while let Some((at, script)) = next(&text, from) {
        let end = at + script.len() + 2;
        push_text(text.get(start..at).unwrap_or(""), out);
        let content = vec![Inline::text(script)];
        let lowered = text.get(at..).is_some_and(|rest| rest.starts_with('~'));
        out.push(if lowered { Inline::Subscript(content) } else { Inline::Superscript(content) });
        (start, from) = (end, end);
    }
    push_text(text.get(start..).unwrap_or(""), out);
}

/// The next marked letters at `from` or behind: where their first mark stands, and what is between the two.
fn next(text: &str, from: usize) -> Option<(usize, &str)> {
    let rest = text.get(from..)?;
    rest.match_indices(['~', '^']).find_map(|(at, mark)| {
        let at = from + at;
        let before = text.get(..at)?.chars().next_back()?;
        let behind = text.get(at + mark.len()..)?;
        let may_stand =
            |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '−' | '=' | '(' | ')' | ',' | '.' | '*');
        let end = behind.find(|c| !may_stand(c)).filter(|end| (1..=LONGEST).contains(end))?;
        let holds = (before.is_alphanumeric() || matches!(before, ')' | ']')) && behind.get(end..)?.starts_with(mark);
        holds.then(|| (at, behind.get(..end).unwrap_or("")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_both_sides_in_one_word_raise_and_lower() {
        let dump = |text: &str| format!("{:?}", settled(vec![Inline::text(text)]));
        assert_eq!(dump("H~2~O"), r#"[Text("H"), Subscript([Text("2")]), Text("O")]"#);
        assert_eq!(dump("x^2^y^3^"), r#"[Text("x"), Superscript([Text("2")]), Text("y"), Superscript([Text("3")])]"#);
        for plain in ["~/a~b", "a ~b~", "PROGRA~1", "a^b c^", "a^^", "a^b~", "a~", "^", "a~b/c~"] {
            assert_eq!(dump(plain), format!("[Text({plain:?})]"));
        }
    }
}
