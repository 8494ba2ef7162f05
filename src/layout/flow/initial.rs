//! Drop capitals: the letter that a chapter opens with, as tall as its first lines.

use crate::geom::Pt;
use crate::model::{Inline, plain_text};
use crate::style::{CAPITALS, Style};

/// How many lines it is tall: two look timid, four want a wider measure than a book has.
pub(crate) const LINES: u16 = 3;
/// Room behind it, in ems of the text.
pub(crate) const GAP: f32 = 0.14;

/// The type size of the initial of a paragraph; none where the paragraph has no letter to begin with, or too few lines to
/// stand beside one.
pub(crate) fn size(style: &Style, content: &[Inline]) -> Option<Pt> {
    let text = plain_text(content);
    // Narrow letters, so that there are lines enough even where many fit in one.
    let per_line = style.geometry.measure.0 / (style.size.0 * 0.38);
    let lines = text.chars().count() as f32 / per_line;
    (lines > f32::from(LINES) + 0.5 && len(&text) > 0).then(|| {
        let above = style.geometry.leading * f32::from(LINES - 1);
        style.size + above / CAPITALS
    })
}

/// How many bytes of a text its initial has: a letter, with the quotation mark before it.
pub(crate) fn len(text: &str) -> usize {
    let is_mark = |c: char| matches!(c, '“' | '‘' | '„' | '«' | '»' | '"' | '\'' | '¿' | '¡');
    let marks: usize = text.chars().take_while(|c| is_mark(*c)).take(2).map(char::len_utf8).sum();
    match text.get(marks..).and_then(|rest| rest.chars().next()) {
        // Scripts with capitals: others join their letters, or have none that stand out.
        Some(letter) if letter.is_uppercase() => marks + letter.len_utf8(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::len;

    #[test]
    fn an_initial_is_a_capital_with_its_quotation_mark() {
        assert_eq!(len("The tide"), 1);
        assert_eq!(len("“Ångström"), "“Å".len());
        assert_eq!(len("1984 was"), 0);
        assert_eq!(len("lower"), 0);
        assert_eq!(len(""), 0);
    }
}
