//! Which lines are headings, and how deep each stands: from evidence that adds up.
//!
//! Every short run of lines is sketched, weighed by itself, then by its row (numbers that go on), by the text's own list of
//! contents, and by the other headings of its class. What is left gets its title lines and its depth.

mod catalogue;
mod class;
mod evidence;
mod front;
mod level;
mod repeated;
mod series;
mod sketch;
mod title;

pub(crate) use evidence::Weight;
pub(crate) use sketch::{Sketch, is_capitals, key_of, push_key};
pub(crate) use title::told;

use super::contents::Contents;
use super::lexicon::Division;
use super::line::Line;
use super::number::NumberStyle;
use super::profile::{ParagraphStyle, Profile};
use super::run::{Run, line_runs, runs};
use crate::model::{Matter, SectionRole};
use catalogue::Catalogue;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A run is a heading from this weight on.
const THRESHOLD: f32 = 3.0;

/// A run that is no heading by less than this was nearly one: it had a chance of one in ten.
const NEAR: f32 = 2.2;

/// So many runs at least are sketched by one thread: fewer take less than to hand them over.
const LEAST_RUNS: usize = 500;

/// One heading that was found.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a> {
    /// All its lines, blank ones between included.
    pub(crate) lines: Range<usize>,
    /// "Chapter I", if any.
    pub(crate) label: Vec<Line<'a>>,
    /// Its title, if any.
    pub(crate) title: Vec<Line<'a>>,
    /// A second title.
    pub(crate) subtitle: Vec<Line<'a>>,
    /// What the division is called.
    pub(crate) division: Option<Division>,
    /// Its number.
    pub(crate) number: Option<(u32, NumberStyle)>,
    /// What piece around the text it names.
    pub(crate) piece: Option<(Matter, SectionRole)>,
    /// Front, body or back matter, where a person said it.
    pub(crate) matter: Option<Matter>,
    /// From 0, the outermost.
    pub(crate) depth: usize,
    /// The weight of the evidence.
    pub(crate) weight: Weight,
}

/// What was found in the lines of a work.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// The headings in order.
    pub(crate) headings: Vec<Found<'a>>,
    /// The lines of printed lists of contents that the headings replace.
    pub(crate) contents: Vec<Range<usize>>,
    /// Lines that repeat the heading of a division above its next part.
    pub(crate) repeats: Vec<Range<usize>>,
    /// Lines that repeat the title of the work above its text.
    pub(crate) half_titles: Vec<Range<usize>>,
    /// Lines that were nearly taken for a heading, with their weight.
    pub(crate) near: Vec<(Range<usize>, Weight)>,
    /// The line at which the text proper or its first heading begins; before it stands the title page.
    pub(crate) title_page_end: usize,
}

/// Finds the headings of a work; `title` is its title where that is stated.
pub(crate) fn find<'a>(
    lines: &[Line<'a>],
    profile: &Profile,
    title: &str,
    chapter: Option<&regex::Regex>,
) -> Outline<'a> {
    let one_per_line = profile.style == ParagraphStyle::OnePerLine;
    let runs = if one_per_line { line_runs(lines) } else { runs(lines) };
    let sketches: Vec<Sketch> =
        runs.par_iter().with_min_len(LEAST_RUNS).map(|run| Sketch::of(lines, run, profile)).collect();
    let page = Page::of(&runs, &sketches, profile);
    if let Some(chapter) = chapter {
        return by_pattern(lines, &runs, &sketches, chapter);
    }
    let contents = Contents::find(lines, &runs, &sketches);
    let mut weights = evidence::weigh_all(&runs, &sketches, &page);
    contents.forbid(&runs, &sketches, &mut weights);
    contents.support(&mut weights);
    series::support(&sketches, &mut weights);
    let title_page = title_page(&runs, &sketches, &mut weights, &contents);
    class::agree(&runs, &sketches, &mut weights);
    let catalogue = Catalogue::find(lines, &runs, &sketches, &contents, &weights);
    if let Some(catalogue) = &catalogue {
        catalogue.forbid(&mut weights);
    }
    evidence::above_dates(&runs, &sketches, &contents, &mut weights);
    evidence::below_headings(&runs, &sketches, &page, &contents, &mut weights);
    front::weigh(&runs, &sketches, &contents, &mut weights);
    front::persons(&runs, &sketches, &page, &mut weights);
    let mut headings = title::join(lines, &runs, &sketches, &weights, &contents);
    let repeats = repeated::take(&mut headings, lines);
    let half_titles = repeated::take_titles(&mut headings, title, lines);
    level::assign(&mut headings, lines, &runs, &sketches, &contents);
    if let Some(catalogue) = &catalogue {
        catalogue.name(&mut headings, &runs);
    }
    let near = near_misses(&headings, &runs, &sketches, &weights);
    let first_heading = headings.first().map_or(lines.len(), |heading| heading.lines.start);
    let title_page_end = title_page.map_or(0, |run| runs.get(run).map_or(lines.len(), |run| run.start));
    Outline {
        headings,
        contents: contents.lines(&runs),
        half_titles,
        repeats,
        near,
        title_page_end: title_page_end.min(first_heading),
    }
}

/// Whether a line is of a heading.
fn holds(headings: &[Found], line: usize) -> bool {
    let next = headings.partition_point(|heading| heading.lines.start <= line);
    next.checked_sub(1).and_then(|at| headings.get(at)).is_some_and(|heading| heading.lines.contains(&line))
}

/// What was nearly taken for a heading and is no part of one.
fn near_misses(
    headings: &[Found],
    runs: &[Run],
    sketches: &[Sketch],
    weights: &[Weight],
) -> Vec<(Range<usize>, Weight)> {
    let near = |weight: &Weight| weight.total < THRESHOLD && weight.total >= THRESHOLD - NEAR;
    let within = |run: &Run| holds(headings, run.start);
    let each = runs.iter().zip(sketches).zip(weights);
    each.filter(|((run, sketch), weight)| sketch.head > 0 && near(weight) && !within(run))
        .map(|((run, sketch), weight)| (run.start..run.start + sketch.head, *weight))
        .collect()
}

impl Outline<'_> {
    /// Takes out the headings that say no more than the title of the work, with no text before the next: half titles.
    /// One that parts the text from a preface, and holds what comes after it, stays.
    pub(crate) fn drop_half_titles(&mut self, title: &str, lines: &[Line]) {
        let title = key_of(title);
        let starts = self.headings.iter().map(|heading| &heading.lines).chain(&self.repeats).map(|lines| lines.start);
        let above = starts.filter_map(|start| half_title_above(start, &title, lines));
        // One that is a heading itself is looked at below.
        let above: Vec<Range<usize>> = above.filter(|range| !holds(&self.headings, range.start)).collect();
        self.half_titles.extend(above);
        let starts: Vec<usize> =
            self.headings.iter().skip(1).map(|heading| heading.lines.start).chain([lines.len()]).collect();
        let depths: Vec<usize> = self.headings.iter().map(|heading| heading.depth).collect();
        let mut at = 0;
        let half_titles = &mut self.half_titles;
        self.headings.retain(|heading| {
            let end = starts.get(at).copied().unwrap_or(lines.len());
            at += 1;
            let holds_text = at > 1 && depths.get(at).is_some_and(|next| *next > heading.depth);
            let ends_title = || {
                let text: String = heading.title.iter().map(|line| key_of(line.text)).collect();
                !text.is_empty() && title.ends_with(&text)
            };
            let between = lines.get(heading.lines.end..end).unwrap_or(&[]);
            let is_half_title = heading.label.is_empty()
                && end < lines.len()
                && between.iter().all(Line::is_blank)
                && !holds_text
                && ends_title();
            if is_half_title {
                half_titles.push(heading.lines.clone());
            }
            !is_half_title
        });
    }
}

/// The line over the one that a heading begins with which says no more than the title, and stands apart from the text before
/// it: a half title between the persons of a play and its first act.
fn half_title_above(heading: usize, title: &str, lines: &[Line]) -> Option<Range<usize>> {
    let above = lines.get(..heading)?;
    let at = above.iter().rposition(|line| !line.is_blank()).filter(|at| *at + 1 < above.len())?;
    let line = above.get(at)?;
    let apart = at >= 2 && above.get(at - 2..at)?.iter().all(Line::is_blank);
    (apart && !title.is_empty() && key_of(line.text) == title).then_some(at..at + 1)
}

/// How the page is set, as far as gaps go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// The blank lines between two paragraphs.
    pub(crate) gap: u32,
    /// The column at which lines are wrapped; where they are not, what a line of print has.
    pub(crate) measure: u32,
    /// Where running text stands.
    pub(crate) margin: u32,
    /// Whether each line is a paragraph.
    pub(crate) one_per_line: bool,
}

impl Page {
    fn of(runs: &[Run], sketches: &[Sketch], profile: &Profile) -> Page {
        let mut counts = [0usize; 6];
        for (run, sketch) in runs.iter().zip(sketches) {
            if let (true, Some(count)) = (sketch.is_text, counts.get_mut(run.before.min(5) as usize)) {
                *count += 1;
            }
        }
        let gap = counts
            .iter()
            .enumerate()
            .max_by_key(|(gap, count)| (**count, usize::MAX - gap))
            .map_or(1, |(gap, _)| gap as u32);
        Page {
            gap,
            measure: profile.wrap.unwrap_or(72),
            margin: profile.margin,
            one_per_line: profile.style == ParagraphStyle::OnePerLine,
        }
    }
}

/// The headings that a person's pattern names, and no others; all of one depth.
fn by_pattern<'a>(lines: &[Line<'a>], runs: &[Run], sketches: &[Sketch], chapter: &regex::Regex) -> Outline<'a> {
    let mut headings = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() || !chapter.is_match(line.text) {
            continue;
        }
        let run = runs.partition_point(|run| run.end <= at);
        let sketch = sketches.get(run);
        let whole = runs.get(run).is_some_and(|run| run.start == at);
        headings.push(title::heading_of_line(lines, at, sketch.filter(|_| whole)));
    }
    let title_page_end = headings.first().map_or(0, |heading| heading.lines.start);
    Outline { headings, title_page_end, ..Outline::default() }
}

/// The run at which the title page ends, when there is one; its lines are no headings.
fn title_page(runs: &[Run], sketches: &[Sketch], weights: &mut [Weight], contents: &Contents) -> Option<usize> {
    // A title page has no more runs than this before something that is no title page.
    const LONGEST: usize = 40;
    let accepted = |weights: &[Weight], at: usize| weights.get(at).is_some_and(|weight| weight.total >= THRESHOLD);
    let volumes =
        sketches.iter().filter_map(Sketch::row).filter(|((division, _), _)| *division == Some(Division::Volume));
    let volumes: FxHashSet<u32> = volumes.map(|(_, number)| number).collect();
    let opens = |at: usize, sketch: &Sketch| {
        // "Volume II" on the title page of a text that has no other volume is a line of the title page.
        let one_volume =
            sketch.label.is_some_and(|label| label.division == Some(Division::Volume)) && volumes.len() < 2;
        let place = accepted(weights, at) && sketch.names_place() && !one_volume;
        // Title, "by" and author in the middle of the page may stand without a blank line between them.
        let text = sketch.is_text && !(sketch.centred && runs.get(at).is_some_and(|run| sketch.head == run.len()));
        text || contents.holds(at) || contents.starts_at(at) || place
    };
    let mut end =
        sketches.iter().enumerate().take(LONGEST).find(|(at, sketch)| opens(*at, sketch)).map(|(at, _)| at)?;
    if sketches.get(end).is_some_and(|sketch| sketch.is_text) && !contents.holds(end) {
        // The heading right above the first text is no part of the title page when the text has others like it.
        if let (Some(above), true) = (end.checked_sub(1), end > 0) {
            end = if belongs_to_text(above, runs, sketches, weights, contents) { above } else { end };
        }
    } else if let Some(above) = end.checked_sub(1) {
        // "A Title", then "I.": the title is a heading when the text has others like it.
        let leads_on = sketches.get(end).is_some_and(|sketch| sketch.names_place() && sketch.piece.is_none());
        if leads_on && belongs_to_text(above, runs, sketches, weights, contents) {
            end = above;
        }
        end = opens_as_later(end, runs, sketches, weights);
    }
    for weight in weights.iter_mut().take(end) {
        weight.add("title-page", -9.0);
    }
    Some(end)
}

/// The run at which the first of several works in one text begins: what stands over "Act I" or "Persons" as another title
/// of its look stands over a later one.
fn opens_as_later(end: usize, runs: &[Run], sketches: &[Sketch], weights: &[Weight]) -> usize {
    // Between the title and the first act there may be a second title and an author.
    const APART: usize = 3;
    let Some(first) = sketches.get(end).filter(|first| first.names_place() && !first.names_contents) else {
        return end;
    };
    let alike: Vec<usize> = (end + 1..runs.len())
        .filter(|at| sketches.get(*at).is_some_and(|sketch| sketch.head > 0 && sketch.key == first.key))
        .collect();
    let is_title = |at: usize| {
        let accepted = weights.get(at).is_some_and(|weight| weight.total >= THRESHOLD);
        sketches.get(at).filter(|sketch| accepted && !sketch.names_place() && !sketch.is_text)
    };
    let opens = |apart: &usize| {
        let own = end.checked_sub(*apart).and_then(|at| is_title(at).zip(runs.get(at)));
        own.is_some_and(|(own, run)| {
            let mut later = alike.iter().filter_map(|at| is_title(at - apart).zip(runs.get(at - apart)));
            later.any(|(later, gap)| later.look == own.look && gap.before.min(3) <= run.before)
        })
    };
    (1..=APART.min(end)).rev().find(opens).map_or(end, |apart| end - apart)
}

/// Whether the run above the first text is a heading like others later.
fn belongs_to_text(at: usize, runs: &[Run], sketches: &[Sketch], weights: &[Weight], contents: &Contents) -> bool {
    let (Some(sketch), Some(weight)) = (sketches.get(at), weights.get(at)) else { return false };
    if weight.total < THRESHOLD || contents.holds(at) {
        return false;
    }
    if contents.supports(at) || sketch.names_place() {
        return true;
    }
    let alike = sketches
        .iter()
        .zip(weights)
        .skip(at + 1)
        .filter(|(other, weight)| weight.total >= THRESHOLD && other.look == sketch.look && !other.names_place());
    alike.count() >= 2 && runs.len() > at + 2
}
