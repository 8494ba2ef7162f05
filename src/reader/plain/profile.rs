//! How the lines of a text or of a region of it are set: by widths, indents and blank lines.

use super::line::Line;

/// The widths that the histogram tells apart; wider lines share the last place.
const WIDEST: usize = 256;

/// How paragraphs are told from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ParagraphStyle {
    /// A blank line stands between them; a line end within means nothing.
    #[default]
    BlankLines,
    /// Each line is one.
    OnePerLine,
    /// The first line of each is indented, no blank line between.
    IndentedFirst,
}

/// The statistics of some lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Profile {
    /// How paragraphs are told apart.
    pub(crate) style: ParagraphStyle,
    /// The column at which lines were wrapped; none where they were not.
    pub(crate) wrap: Option<u32>,
    /// The most frequent indent of lines that go on: where running text stands.
    pub(crate) margin: u32,
    /// The lines that are not blank.
    pub(crate) text_lines: usize,
    /// The blank lines.
    pub(crate) blank_lines: usize,
}

impl Profile {
    /// The statistics of `lines`, which are a whole text or a region of one.
    pub(crate) fn of(lines: &[Line]) -> Profile {
        let mut ends = [0usize; WIDEST + 1];
        let mut indents = [0usize; 64];
        let (mut text_lines, mut blank_lines, mut endless) = (0, 0, 0);
        let mut runs = 0;
        let (mut run, mut long_runs) = (0, 0);
        let mut inner_indents = 0;
        for (at, line) in lines.iter().enumerate() {
            if line.is_blank() {
                blank_lines += 1;
                run = 0;
                continue;
            }
            text_lines += 1;
            run += 1;
            runs += usize::from(run == 1);
            long_runs += usize::from(run == 2);
            if let Some(place) = ends.get_mut((line.right() as usize).min(WIDEST)) {
                *place += 1;
            }
            endless += usize::from(line.right() as usize > 120);
            if let Some(place) = indents.get_mut((line.indent as usize).min(63)) {
                *place += 1;
            }
            let before = at.checked_sub(1).and_then(|at| lines.get(at));
            if before.is_some_and(|before| !before.is_blank() && line.indent > before.indent) {
                inner_indents += 1;
            }
        }
        let margin = indents.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(at, _)| at as u32);
        let wrap = wrap_column(&ends, text_lines);
        let unwrapped = wrap.is_none() || endless * 10 > text_lines;
        let style = if unwrapped && (long_runs * 4 > runs || blank_lines * 8 < text_lines) {
            ParagraphStyle::OnePerLine
        } else if inner_indents * 3 > runs && inner_indents * 12 > text_lines && blank_lines * 12 < text_lines {
            ParagraphStyle::IndentedFirst
        } else {
            ParagraphStyle::BlankLines
        };
        Profile { style, wrap: if unwrapped { None } else { wrap }, margin, text_lines, blank_lines }
    }
}

/// The column at which lines were wrapped: there many lines end within a word's length, and hardly any runs on beyond.
fn wrap_column(ends: &[usize; WIDEST + 1], total: usize) -> Option<u32> {
    if total < 4 {
        return None;
    }
    // The column that 98 % of the lines do not pass: a few overlong lines (tables, addresses) are no evidence.
    let mut sum = 0;
    let column = ends.iter().position(|count| {
        sum += count;
        sum * 50 >= total * 49
    })?;
    let near: usize = ends.iter().take(column + 1).skip(column.saturating_sub(11)).sum();
    (column < WIDEST && near * 4 >= total).then_some(column as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn profile(text: &str) -> Profile {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        Profile::of(&lines(&source))
    }

    #[test]
    fn wrapped_blocks_show_their_column() {
        let paragraph = format!("{}\n{}\n{}\nshort end\n\n", "x".repeat(70), "y".repeat(66), "z".repeat(68));
        let found = profile(&paragraph.repeat(5));
        assert_eq!((found.style, found.wrap), (ParagraphStyle::BlankLines, Some(70)));
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let found = profile(&format!("{}\n{}\n{}\n", "x ".repeat(200), "y ".repeat(300), "z ".repeat(100)));
        assert_eq!((found.style, found.wrap), (ParagraphStyle::OnePerLine, None));
    }

    #[test]
    fn indented_first_lines_tell_paragraphs_apart() {
        let paragraph = format!("    {}\n{}\nshort end\n", "x".repeat(60), "y".repeat(62));
        assert_eq!(profile(&paragraph.repeat(6)).style, ParagraphStyle::IndentedFirst);
    }
}
