//! What speaks for and against a heading, each signal by itself.

use super::sketch::{Look, Sketch};
use super::{Page, THRESHOLD};
use crate::reader::plain::contents::Contents;
use crate::reader::plain::lexicon;
use crate::reader::plain::number::NumberStyle;
use crate::reader::plain::run::Run;
use crate::reader::plain::structure::TOLD;
use rustc_hash::FxHashMap;

/// Evidence added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weight {
    /// The sum.
    pub(crate) total: f32,
    /// The signal that gave most.
    pub(crate) rule: &'static str,
    /// How much that was.
    best: f32,
    /// The signal that spoke loudest against it.
    pub(crate) against: &'static str,
    /// How loud.
    worst: f32,
}

impl Weight {
    /// No evidence yet.
    pub(crate) const NONE: Weight = Weight { total: 0.0, rule: "none", best: 0.0, against: "none", worst: 0.0 };

    /// The evidence of a person's word.
    pub(crate) fn told() -> Weight {
        let mut weight = Weight::NONE;
        weight.add(TOLD, 9.0);
        weight
    }

    /// Adds one signal.
    #[inline]
    pub(crate) fn add(&mut self, rule: &'static str, weight: f32) {
        self.total += weight;
        if weight > self.best {
            self.best = weight;
            self.rule = rule;
        }
        if weight < self.worst {
            self.worst = weight;
            self.against = rule;
        }
    }

    /// What the run is if it is no heading, by what spoke loudest against that.
    pub(crate) fn otherwise(&self) -> &'static str {
        match self.against {
            "title-page" | "before-contents" => "title-page",
            "in-contents" => "contents-list",
            "numbered-paragraph" => "numbered-paragraph",
            "repeated" => "running-head",
            "date" => "date-line",
            "off-margin" => "signature",
            "alike" => "list",
            _ => "paragraph",
        }
    }

    /// How sure, from 0 to 1: one half at the threshold.
    pub(crate) fn confidence(&self) -> f32 {
        let odds = (self.total - THRESHOLD).exp();
        odds / (1.0 + odds)
    }
}

/// The weight of every run by itself.
pub(crate) fn weigh_all(runs: &[Run], sketches: &[Sketch], page: &Page) -> Vec<Weight> {
    let mut repeats: FxHashMap<&str, u32> = FxHashMap::default();
    for sketch in sketches.iter().filter(|sketch| sketch.head > 0 && sketch.label.is_none()) {
        *repeats.entry(sketch.name_key()).or_default() += 1;
    }
    let numbered = numbered_paragraphs(sketches);
    let between = between_paragraphs(runs, sketches);
    // Who marks some headings marks them all.
    let unsaid = if sketches.iter().any(|sketch| sketch.said.is_some()) { -2.0 } else { 0.0 };
    let each = runs.iter().zip(sketches).enumerate().map(|(at, (run, sketch))| {
        let mut weight = Weight::NONE;
        if sketch.head == 0 || sketch.key.is_empty() {
            weight.add("text", -9.0);
            return weight;
        }
        weight.add("gap-before", gap_before(run, page, sketch));
        weight.add("gap-after", gap_after(run, page, sketch));
        weight.add("letters", letters(sketch));
        weight.add("label", label(sketch));
        weight.add("piece", piece(sketch));
        weight.add("length", length(sketch));
        weight.add("ending", ending(sketch));
        weight.add("beginning", beginning(sketch));
        weight.add("centred", if sketch.centred { 0.5 } else { 0.0 });
        weight.add(
            "date",
            if sketch.has_year && sketch.label.is_none_or(|label| label.division.is_none()) { -1.2 } else { 0.0 },
        );
        weight.add("text", if sketch.is_text && sketch.head == run.len() { -2.5 } else { 0.0 });
        let times = repeats.get(sketch.name_key()).copied().unwrap_or(0);
        weight.add("repeated", repeated(sketch, times));
        let paragraph = numbered.get(at).copied().unwrap_or(false) || sketch.counts_on;
        weight.add("numbered-paragraph", if paragraph { -3.5 } else { 0.0 });
        weight.add("between-paragraphs", between.get(at).copied().unwrap_or(0.0));
        weight.add("off-margin", off_margin(sketch, page));
        weight.add("set-apart", set_apart(run, page, sketch));
        weight.add("said", if sketch.said.is_some() { 9.0 } else { unsaid });
        weight.add("end-mark", if lexicon::is_end_mark(&sketch.key) { -6.0 } else { 0.0 });
        weight.add("refrain", if lexicon::is_refrain(&sketch.key) { -6.0 } else { 0.0 });
        weight.add("imprint", if sketch.names_printer { -6.0 } else { 0.0 });
        weight
    });
    each.collect()
}

/// More blank lines than between paragraphs.
fn gap_before(run: &Run, page: &Page, sketch: &Sketch) -> f32 {
    if run.before < page.gap && !page.one_per_line {
        return -1.5;
    }
    match run.before - page.gap.min(run.before) {
        0 if run.before == 0 && !sketch.names_place() => -0.5,
        0 => 0.0,
        1 => 0.9,
        2 => 1.4,
        _ => 1.8,
    }
}

fn gap_after(run: &Run, page: &Page, sketch: &Sketch) -> f32 {
    if sketch.head < run.len() {
        return -0.4;
    }
    // Wider below than above: what stands under a text, not over one.
    if run.after > run.before + 1 && !sketch.names_place() {
        return -1.8;
    }
    match run.after.checked_sub(page.gap) {
        Some(0) => 0.2,
        Some(_) => 0.8,
        None => -0.3,
    }
}

fn letters(sketch: &Sketch) -> f32 {
    match sketch.look {
        Look::Capitals | Look::EmphasisedCapitals if sketch.key.chars().count() > 2 => 1.2,
        Look::Emphasised => 0.8,
        Look::TitleCase if sketch.words <= 10 => 0.6,
        _ => 0.0,
    }
}

/// Letters and blank lines together say more than each.
fn set_apart(run: &Run, page: &Page, sketch: &Sketch) -> f32 {
    let styled = matches!(sketch.look, Look::Emphasised | Look::EmphasisedCapitals | Look::Capitals);
    if styled && run.before > page.gap && sketch.head == run.len() { 0.5 } else { 0.0 }
}

/// "Chapter IV" says most, "IV" less, "4 apples" least.
fn label(sketch: &Sketch) -> f32 {
    let Some(label) = sketch.label else { return 0.0 };
    match (label.division.is_some(), sketch.label_only) {
        (true, true) => 3.0,
        (true, false) => 2.4,
        (false, true) => match label.number {
            Some((_, NumberStyle::UpperRoman)) => 1.8,
            Some((_, NumberStyle::Words)) => 0.8,
            _ => 1.2,
        },
        (false, false) => match label.number {
            Some((_, NumberStyle::UpperRoman | NumberStyle::Nested(_))) => 1.2,
            Some((_, NumberStyle::LowerRoman)) => -0.5,
            _ => 0.6,
        },
    }
}

fn piece(sketch: &Sketch) -> f32 {
    match sketch.piece {
        Some((_, _, true)) => 2.2,
        Some((_, _, false)) => 0.5,
        None => 0.0,
    }
}

fn length(sketch: &Sketch) -> f32 {
    let by_words = match sketch.words {
        0..=8 => 0.5,
        9..=12 => 0.2,
        13..=20 => -0.5,
        _ => -2.0,
    };
    by_words + if sketch.head > 2 { -0.4 } else { 0.2 }
}

/// Sentences end in a full stop; so do old headings, but those are capitals, labels or in marks.
fn ending(sketch: &Sketch) -> f32 {
    let styled = sketch.look != Look::Plain && (sketch.look != Look::TitleCase || sketch.words <= 3);
    let named = sketch.label.is_some_and(|label| label.division.is_some()) || sketch.label_only;
    match sketch.last {
        ',' | ';' | '、' | '，' | '；' => -2.5,
        '.' | '。' | '．' if styled || named => 0.0,
        '.' | '。' | '．' => -2.2,
        ':' | '：' => -1.0,
        '!' | '?' | '！' | '？' | '…' => -0.4,
        '-' | '—' | '–' => -1.0,
        _ => 0.5,
    }
}

fn beginning(sketch: &Sketch) -> f32 {
    match sketch.first {
        '[' if sketch.opens_bracket => -5.0,
        '"' | '“' | '„' | '«' | '»' | '「' | '『' | '‘' => -1.2,
        '—' | '–' | '-' | '•' | '·' | '*' => -1.5,
        '(' | '[' | '（' | '{' if !sketch.label_only => -1.2,
        '|' | '+' | '=' | '<' => -3.0,
        c if c.is_lowercase() && !sketch.label_only => -1.8,
        _ => 0.0,
    }
}

/// A name that comes again and again is a speaker or a running head.
fn repeated(sketch: &Sketch, times: u32) -> f32 {
    if sketch.piece.is_some_and(|(_, _, whole)| whole) {
        return 0.0;
    }
    match times {
        0..=3 => 0.0,
        4..=6 => -0.5,
        _ => -3.0,
    }
}

/// Far to the right of the text without being in the middle: a signature, a date.
fn off_margin(sketch: &Sketch, page: &Page) -> f32 {
    let off = sketch.indent.saturating_sub(page.margin);
    if off >= page.measure / 4 && !sketch.centred && !sketch.names_place() {
        -1.5
    } else if (2..=8).contains(&off) && !sketch.names_place() && !sketch.centred {
        -0.6
    } else {
        0.0
    }
}

/// A short line without a full stop between two paragraphs that have theirs, as articles set their headings: no wider gap,
/// no other letters. There must be several such lines, and not many.
/// So does verse: a line in capitals between two stanzas.
fn between_paragraphs(runs: &[Run], sketches: &[Sketch]) -> Vec<f32> {
    const FEWEST: usize = 2;
    const LONGEST: usize = 8;
    let is_one = |at: usize| {
        let around = at.checked_sub(1).and_then(|above| sketches.get(above)).zip(sketches.get(at + 1));
        let between = around.is_some_and(|(above, below)| {
            let stanzas = above.is_stanza && below.is_stanza;
            above.is_paragraph && below.is_paragraph
                || stanzas && sketches.get(at).is_some_and(|sketch| sketch.look == Look::Capitals)
        });
        let own = sketches.get(at).zip(runs.get(at)).is_some_and(|(sketch, run)| {
            !sketch.is_text
                && sketch.head == run.len()
                && sketch.label.is_none()
                && sketch.words <= LONGEST
                && sketch.first.is_uppercase()
                && (sketch.last.is_alphanumeric() || sketch.last == '?')
        });
        between && own
    };
    let found: Vec<bool> = (0..runs.len()).map(is_one).collect();
    let count = found.iter().filter(|one| **one).count();
    let paragraphs = sketches.iter().filter(|sketch| sketch.is_paragraph || sketch.is_stanza).count();
    // Short questions are speeches where there are no other such lines.
    let questions = found.iter().zip(sketches).filter(|(one, sketch)| **one && sketch.last == '?').count();
    let sure = count >= FEWEST && count * 3 <= paragraphs * 2 && questions * 2 <= count;
    // What letters and a missing mark add for others.
    let weight = |sketch: &Sketch| {
        let plain = if sketch.look == Look::Plain { 0.6 } else { 0.0 };
        let question = if sketch.last == '?' { 0.9 } else { 0.0 };
        1.2 + plain + question
    };
    found.iter().zip(sketches).map(|(one, sketch)| if *one && sure { weight(sketch) } else { 0.0 }).collect()
}

/// What stands over nothing but a place and a date, at the end of a text or over the next heading, is a signature.
pub(crate) fn above_dates(runs: &[Run], sketches: &[Sketch], contents: &Contents, weights: &mut [Weight]) {
    for at in 0..runs.len() {
        let (Some(run), Some(sketch)) = (runs.get(at), sketches.get(at)) else { continue };
        let dated = sketches.get(at + 1).is_some_and(|next| next.has_year && next.words <= 8 && next.label.is_none());
        let closes = weights.get(at + 2).is_none_or(|weight| weight.total >= THRESHOLD);
        let may_be_one = !sketch.names_place() && !contents.supports(at) && sketch.head == run.len();
        if let (true, Some(weight)) = (dated && closes && may_be_one, weights.get_mut(at)) {
            weight.add("signature", -4.0);
        }
    }
}

/// For each run whether its number is one of a row of numbered paragraphs rather than of headings: the number before or
/// after it stands before running text.
fn numbered_paragraphs(sketches: &[Sketch]) -> Vec<bool> {
    let row: Vec<(usize, u32, bool)> = sketches
        .iter()
        .enumerate()
        .filter_map(|(at, sketch)| {
            let label = sketch.label.filter(|label| label.division.is_none() && !sketch.label_only)?;
            let (value, style) = label.number?;
            let prose = sketch.head == 0 || sketch.is_text;
            (style == NumberStyle::Digits).then_some((at, value, prose))
        })
        .collect();
    let mut found = vec![false; sketches.len()];
    for (place, (at, value, _)) in row.iter().enumerate() {
        // The numbers around it, as far as they are near by value.
        let around = row.get(place.saturating_sub(4)..(place + 5).min(row.len())).unwrap_or(&[]);
        let near = around.iter().filter(|(other, number, _)| other != at && number.abs_diff(*value) <= 6);
        let (count, prose) = near.fold((0, 0), |(count, prose), one| (count + 1, prose + u32::from(one.2)));
        if let Some(one) = found.get_mut(*at).filter(|_| prose > 0 && prose * 2 >= count) {
            *one = true;
        }
    }
    found
}

/// What stands right below a heading: a heading again when its letters say so; if not, the gap between is the upper one's
/// and says nothing of the lower.
pub(crate) fn below_headings(
    runs: &[Run],
    sketches: &[Sketch],
    page: &Page,
    contents: &Contents,
    weights: &mut [Weight],
) {
    // Looks that headings of the text have, by how many of them.
    const LEVEL: u32 = 4;
    let mut looks: FxHashMap<Look, u32> = FxHashMap::default();
    for (sketch, _) in sketches.iter().zip(weights.iter()).filter(|(_, weight)| weight.total >= THRESHOLD) {
        if !sketch.names_place() {
            *looks.entry(sketch.look).or_default() += 1;
        }
    }
    for at in 1..runs.len() {
        let above = weights.get(at - 1).is_some_and(|weight| weight.total >= THRESHOLD);
        let (Some(run), Some(sketch), Some(weight)) = (runs.get(at), sketches.get(at), weights.get_mut(at)) else {
            continue;
        };
        if !above || sketch.head == 0 || sketch.names_place() || contents.supports(at) {
            continue;
        }
        let styled = sketch.look > Look::TitleCase || sketch.look == Look::Emphasised;
        if styled && !sketch.is_text && run.before >= run.after {
            weight.add("below-heading", 0.8);
            // The gap is the upper one's: the look tells that this is a heading like the others.
            let alike = looks.get(&sketch.look).is_some_and(|count| *count >= LEVEL);
            weight.add("below-heading", if alike && run.before <= page.gap { 1.6 } else { 0.0 });
        } else if !styled {
            weight.add("below-heading", -gap_before(run, page, sketch).max(0.0) - 0.5);
        }
    }
}
