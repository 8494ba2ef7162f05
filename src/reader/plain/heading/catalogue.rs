//! Where a publisher's catalogue stands behind a text: what he sells, with prices, sizes and bindings.

use super::evidence::Weight;
use super::sketch::Sketch;
use super::{Found, THRESHOLD};
use crate::model::{Matter, SectionRole};
use crate::reader::plain::contents::Contents;
use crate::reader::plain::lexicon::{self, Division};
use crate::reader::plain::line::Line;
use crate::reader::plain::number::normal;
use crate::reader::plain::run::Run;

/// Fewer offers than this are no catalogue.
const FEWEST: usize = 4;

/// Between two offers, or between the last and the end of the text, stand no more runs than this.
const APART: usize = 16;

/// The blank lines that part a catalogue from the text before it.
const GAP: u32 = 3;

/// A run of so many lines is a text, not one of the titles that open a catalogue.
const TEXT: usize = 4;

/// The runs of a catalogue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Catalogue {
    first: usize,
    end: usize,
}

impl Catalogue {
    /// Finds the catalogue at the end of a text. No chapter stands in it, nor what the list of contents names.
    pub(crate) fn find(
        lines: &[Line],
        runs: &[Run],
        sketches: &[Sketch],
        contents: &Contents,
        weights: &[Weight],
    ) -> Option<Catalogue> {
        let accepted = |at: usize| weights.get(at).is_some_and(|weight| weight.total >= THRESHOLD);
        let belongs = |at: usize, sketch: &Sketch| {
            let chapter = sketch.label.and_then(|label| label.division).is_some_and(|one| one != Division::Volume);
            contents.supports(at) || contents.holds(at) || chapter && accepted(at)
        };
        let text_end = sketches.iter().enumerate().rposition(|(at, sketch)| belongs(at, sketch)).map_or(0, |at| at + 1);
        // From the end upwards, as far as one offer follows another.
        let (mut top, mut count) = (runs.len(), 0);
        for (at, run) in runs.iter().enumerate().skip(text_end).rev() {
            if top - at > APART {
                break;
            }
            if is_offer(lines.get(run.start..run.end).unwrap_or(&[])) {
                (top, count) = (at, count + 1);
            }
        }
        if count < FEWEST {
            return None;
        }
        // It begins at a wide gap, and the titles over its first part belong to it.
        let is_gap = |at: &usize| runs.get(*at).is_some_and(|run| run.before >= GAP);
        let mut first = (text_end..=top).rev().take(APART).find(is_gap)?;
        while let Some(above) = (text_end..first).rev().take(APART).find(is_gap)
            && runs.get(above..first).unwrap_or(&[]).iter().all(|run| run.len() < TEXT)
        {
            first = above;
        }
        // What it begins with is its heading, and so no prose.
        let opens =
            |at: &usize| sketches.get(*at).is_some_and(|sketch| sketch.head > 0 && !lexicon::is_end_mark(&sketch.key));
        first = (first..=top).find(opens)?;
        (first > 0).then_some(Catalogue { first, end: runs.len() })
    }

    /// Its first line is its one heading.
    pub(crate) fn forbid(&self, weights: &mut [Weight]) {
        for (at, weight) in weights.iter_mut().enumerate().take(self.end).skip(self.first) {
            if at == self.first {
                weight.add("catalogue", THRESHOLD - weight.total.min(THRESHOLD));
            } else {
                weight.add("in-catalogue", -20.0);
            }
        }
    }

    /// Says of the heading that it stands behind the text, at the outermost level.
    pub(crate) fn name(&self, headings: &mut [Found], runs: &[Run]) {
        let start = runs.get(self.first).map_or(usize::MAX, |run| run.start);
        for heading in headings.iter_mut().filter(|heading| heading.lines.start >= start) {
            heading.piece = Some((Matter::Back, SectionRole::Section));
            heading.depth = 0;
        }
    }
}

/// Whether a price, a size or a binding stands in some lines, in the way in which books are offered.
fn is_offer(lines: &[Line]) -> bool {
    lines.iter().any(|line| has_price(line.text) || names_format(line.text))
}

fn names_format(text: &str) -> bool {
    text.split_whitespace().any(|word| word.len() > 2 && lexicon::is_format(bare(word)))
}

/// "$1.50", "6s. net", "3s. 6d.", "Fr. 3.50", "Price 25 cents".
fn has_price(text: &str) -> bool {
    let is_amount = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '—' | '–' | '½'))
    };
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut before = "";
    text.split_whitespace().any(|word| {
        let signed = word.strip_prefix(['$', '£', '€']).is_some_and(is_amount);
        let pence = bare(word).strip_suffix(['s', 'd']).is_some_and(is_amount) && word.ends_with('.');
        let named = || lexicon::is_coin(before) || lexicon::is_price(&normal(bare(before)));
        let priced = is_amount(bare(word)) && named();
        before = word;
        signed || pence || priced
    })
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(['.', ',', ';', ':', '(', ')', '[', ']', '_'])
}
