//! Poems that have emphasis throughout: that is how they are set, not what they stress.

use super::Side;
use super::token::Token;
use crate::model::{Inline, plain_text, push_joined};

/// Emphasis on fewer lines than this is stress.
const FEWEST: usize = 4;

/// Whether the lines of a poem are set in the face of emphasis: most of their letters stand within marks that run on over
/// line ends. Marks around each line are somebody's will.
pub(super) fn is_one(tokens: &[Token], sides: &[Option<Side>]) -> bool {
    let (mut depth, mut lines) = (0u32, 1);
    let (mut all, mut within, mut pair, mut runs_on) = (0, 0, 0, false);
    for (token, side) in tokens.iter().zip(sides) {
        match (token, side) {
            (Token::Mark(_), Some(Side::Opens)) => depth += 1,
            (Token::Mark(_), Some(Side::Closes)) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    within += if runs_on { pair } else { 0 };
                    (pair, runs_on) = (0, false);
                }
            }
            (Token::Break, _) => {
                lines += 1;
                runs_on |= depth > 0;
            }
            (Token::Text(text), _) => {
                let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                all += letters;
                pair += if depth > 0 { letters } else { 0 };
            }
            _ => {}
        }
    }
    lines >= FEWEST && within * 2 > all
}

/// Whether a pair of marks runs on over a line end.
pub(super) fn runs_on(tokens: &[Token], sides: &[Option<Side>]) -> bool {
    let mut depth = 0u32;
    tokens.iter().zip(sides).any(|(token, side)| {
        match side {
            Some(Side::Opens) => depth += 1,
            Some(Side::Closes) => depth = depth.saturating_sub(1),
            None => {}
        }
        depth > 0 && matches!(token, Token::Break)
    })
}

/// Whether the last underscore without a partner could open something.
pub(super) fn is_open(tokens: &[Token], sides: &[Option<Side>]) -> bool {
    let mut loose = tokens.iter().zip(sides).filter_map(|(token, side)| match (token, side) {
        (Token::Mark(mark), None) if mark.text == "_" => Some(mark),
        _ => None,
    });
    loose.next_back().is_some_and(|mark| mark.opens && !mark.closes)
}

/// The lines of such a poem in the face of the book. A line that has words of both kinds keeps its marks: they tell these
/// apart.
pub(super) fn plain(lines: Vec<Vec<Inline>>) -> Vec<Vec<Inline>> {
    lines.into_iter().map(|line| if is_whole(&line) { unwrapped(line) } else { line }).collect()
}

/// Whether all words of a line have emphasis.
fn is_whole(line: &[Inline]) -> bool {
    let bare = |inline: &Inline| match inline {
        Inline::Text(text) => !text.contains(char::is_alphanumeric),
        Inline::NoteRef(_) => true,
        Inline::Emphasis(content) => plain_text(content).contains(char::is_alphanumeric),
        _ => false,
    };
    line.iter().all(bare)
}

fn unwrapped(line: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(line.len());
    let pieces = line.into_iter().flat_map(|inline| match inline {
        Inline::Emphasis(content) => content,
        other => vec![other],
    });
    pieces.for_each(|piece| push_joined(piece, &mut out));
    out
}
