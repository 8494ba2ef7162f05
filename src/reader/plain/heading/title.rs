//! Label, title and subtitle of a heading, which may stand in runs of their own.

use super::class::{Class, class_of};
use super::evidence::Weight;
use super::sketch::{Look, Sketch};
use super::{Found, THRESHOLD};
use crate::model::SectionRole;
use crate::reader::plain::contents::Contents;
use crate::reader::plain::label;
use crate::reader::plain::lexicon::Division;
use crate::reader::plain::line::Line;
use crate::reader::plain::profile::Profile;
use crate::reader::plain::run::Run;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The headings that the weights accept, each with its title.
pub(crate) fn join<'a>(
    lines: &[Line<'a>],
    runs: &[Run],
    sketches: &[Sketch],
    weights: &[Weight],
    contents: &Contents,
) -> Vec<Found<'a>> {
    // Whatever speaks for it, a run none of whose lines may be a heading is none.
    let accepted = |at: usize| {
        let has_head = sketches.get(at).is_some_and(|sketch| sketch.head > 0);
        has_head && weights.get(at).is_some_and(|weight| weight.total >= THRESHOLD)
    };
    // Whether the labels of a class have a title in the next run: most of them decide.
    let mut votes: FxHashMap<_, (u32, u32)> = FxHashMap::default();
    for at in (0..runs.len()).filter(|at| accepted(*at)) {
        if let Some((run, sketch)) =
            runs.get(at).zip(sketches.get(at)).filter(|(_, sketch)| sketch.label_only || sketch.is_numbered_piece)
        {
            let vote = votes.entry(class_of(run, sketch)).or_default();
            vote.0 += 1;
            vote.1 += u32::from(title_after(at, runs, sketches, contents).is_some());
        }
    }
    let mut classes: FxHashMap<Class, u32> = FxHashMap::default();
    for (_, (run, sketch)) in runs.iter().zip(sketches).enumerate().filter(|(at, _)| accepted(*at)) {
        *classes.entry(class_of(run, sketch)).or_default() += 1;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let (Some(run), Some(sketch), Some(weight)) = (runs.get(at), sketches.get(at), weights.get(at)) else { break };
        if !accepted(at) {
            at += 1;
            continue;
        }
        let head = run.start..run.start + sketch.head;
        let mut heading = parts(lines, head, sketch, *weight);
        at += 1;
        if sketch.head < run.len() {
            found.push(heading);
            continue;
        }
        let label = heading.division.is_some() && sketch.label_only && sketch.head == 1;
        let taken = if label { dated(at, lines, runs, sketches, &mut heading) } else { 0 };
        at += taken;
        if taken == 0 && (sketch.label_only || sketch.is_numbered_piece) && sketch.head == 1 {
            let (labels, titled) = votes.get(&class_of(run, sketch)).copied().unwrap_or((1, 0));
            if let Some(fit) = title_after(at - 1, runs, sketches, contents) {
                let sure = fit == Fit::Sure && titled * 5 >= labels;
                if (sure || titled * 2 > labels)
                    && let Some((title_run, title)) = runs.get(at).zip(sketches.get(at))
                {
                    if heading.label.is_empty() {
                        heading.label = std::mem::take(&mut heading.title);
                    }
                    heading.title = lines.get(title_run.start..title_run.start + title.head).unwrap_or(&[]).to_vec();
                    heading.lines.end = title_run.start + title.head;
                    at += 1;
                }
            }
        }
        let is_cast = heading.piece.is_some_and(|(_, role)| role == SectionRole::Cast);
        if heading.division.is_none() && !is_cast && run.before >= 3 {
            let taken = subtitles(at, runs, sketches, &classes);
            for (run, sketch) in runs.iter().zip(sketches).skip(at).take(taken) {
                let own = lines.get(run.start..run.start + sketch.head).unwrap_or(&[]);
                heading.subtitle.extend(own.iter().map(unmarked));
                heading.lines.end = run.end;
            }
            at += taken;
        }
        found.push(heading);
    }
    found
}

/// How many runs from `at` on are second titles: set in capitals or marks, one blank line apart, and unlike any heading
/// that the text has in other places.
fn subtitles(at: usize, runs: &[Run], sketches: &[Sketch], classes: &FxHashMap<Class, u32>) -> usize {
    const MOST: usize = 2;
    // So many headings alike make a level of their own.
    const LEVEL: u32 = 3;
    let is_one = |(run, sketch): (&Run, &Sketch)| {
        let styled = sketch.look > Look::TitleCase || sketch.look == Look::Emphasised;
        let class = class_of(run, sketch);
        let alike = classes.get(&class).copied().unwrap_or(0);
        run.before == 1
            && run.after <= 2
            && sketch.head == run.len()
            && run.len() == 1
            && styled
            && !sketch.names_place()
            && !sketch.has_year
            && !sketch.is_text
            && alike < LEVEL
    };
    runs.iter().zip(sketches).skip(at).take(MOST).take_while(|one| is_one(*one)).count()
}

/// Takes the year that a part plays in for its title, and the title in large letters below it for its subtitle; says how many
/// runs they were.
fn dated<'a>(at: usize, lines: &[Line<'a>], runs: &[Run], sketches: &[Sketch], heading: &mut Found<'a>) -> usize {
    let near = |at: usize| {
        let one = runs.get(at).zip(sketches.get(at));
        one.filter(|(run, sketch)| run.before <= 2 && run.len() == 1 && sketch.head == 1)
    };
    let Some((year, _)) = near(at).filter(|(run, _)| lines.get(run.start).is_some_and(is_year)) else { return 0 };
    let own = |run: &Run| lines.get(run.start..run.end).unwrap_or(&[]).iter().map(unmarked);
    heading.title.extend(own(year));
    heading.lines.end = year.end;
    let styled = |sketch: &Sketch| sketch.look > Look::TitleCase && !sketch.is_text && !sketch.names_place();
    let Some((name, _)) = near(at + 1).filter(|(_, sketch)| styled(sketch)) else { return 1 };
    heading.subtitle.extend(own(name));
    heading.lines.end = name.end;
    2
}

/// Whether a year is all that a line says.
fn is_year(line: &Line) -> bool {
    let digits = line.text.trim_matches(|c: char| !c.is_ascii_digit());
    digits.len() == 4 && digits.starts_with(['1', '2']) && line.text.len() <= digits.len() + 2
}

/// A line without the marks of emphasis and the brackets around it.
fn unmarked<'a>(line: &Line<'a>) -> Line<'a> {
    let inner = line.text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(line.text);
    let (bare, _) = label::without_marks(inner);
    let from = bare.as_ptr() as usize - line.text.as_ptr() as usize;
    line.cut(from, from + bare.len())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Sure,
    Likely,
}

/// Whether the run after a label reads as its title.
fn title_after(at: usize, runs: &[Run], sketches: &[Sketch], contents: &Contents) -> Option<Fit> {
    let (run, title, sketch) = (runs.get(at)?, runs.get(at + 1)?, sketches.get(at + 1)?);
    if title.before > 2
        || title.before > title.after.max(run.before)
        || sketch.head != title.len()
        || sketch.label.is_some() && sketch.label_only
    {
        return None;
    }
    if contents.joins(at) {
        return Some(Fit::Sure);
    }
    if sketch.is_text || sketch.names_place() || sketch.head > 3 {
        return None;
    }
    let quoted = matches!(sketch.first, '"' | '“' | '„' | '«' | '»' | '‘' | '—' | '–' | '[' | '(');
    let ends = matches!(sketch.last, ',' | ';' | ':');
    if quoted || ends {
        return None;
    }
    // What a full stop ends below an act or a scene says where it plays, or who or what is on the stage.
    let staged = matches!(runs_division(sketches, at), Some(Division::Act | Division::Scene));
    if staged && sketch.last == '.' && sketch.look != Look::Capitals {
        return None;
    }
    // Verse and prose alike may open with a short line; a title is set apart from what follows.
    let set_apart = title.after > title.before || title.after >= 2;
    match sketch.look {
        Look::Capitals | Look::EmphasisedCapitals | Look::Emphasised => Some(Fit::Sure),
        Look::TitleCase if set_apart => Some(Fit::Sure),
        Look::TitleCase => Some(Fit::Likely),
        Look::Plain if set_apart && sketch.last != '.' && !sketch.first.is_lowercase() => Some(Fit::Likely),
        Look::Plain => None,
    }
}

fn runs_division(sketches: &[Sketch], at: usize) -> Option<Division> {
    sketches.get(at)?.label?.division
}

/// Where a title begins: with the mark of emphasis before it when the mark that closes it follows.
fn title_start(text: &str, title: usize) -> usize {
    let rest = text.get(title..).unwrap_or("");
    let opened = text.get(..title).is_some_and(|before| before.ends_with('_'));
    title - usize::from(opened && rest.matches('_').count() % 2 == 1)
}

/// Label and title of the lines of one run.
fn parts<'a>(lines: &[Line<'a>], head: Range<usize>, sketch: &Sketch, weight: Weight) -> Found<'a> {
    let own = lines.get(head.clone()).unwrap_or(&[]);
    let mut found = Found {
        lines: head,
        label: Vec::new(),
        title: Vec::new(),
        subtitle: Vec::new(),
        division: sketch.label.and_then(|label| label.division),
        number: sketch.label.and_then(|label| label.number),
        piece: sketch.piece.map(|(matter, role, _)| (matter, role)),
        matter: None,
        depth: 0,
        weight,
    };
    let Some((first, rest)) = own.split_first() else { return found };
    let (bare, _) = label::without_marks(first.text);
    let from = bare.as_ptr() as usize - first.text.as_ptr() as usize;
    match sketch.label.filter(|label| label.end > 0) {
        // A letter-spaced label has other places than the closed one: it is taken whole.
        Some(label) if label::unspaced(bare) == bare => {
            let cut = |start: usize, end: usize| first.cut(from + start, from + end);
            found.label = vec![cut(0, label.end)];
            if label.title < bare.len() {
                found.title = vec![unmarked(&cut(title_start(bare, label.title), bare.len()))];
            }
        }
        Some(_) if sketch.label_only => found.label = vec![*first],
        _ => found.title = vec![first.cut(from, from + bare.len())],
    }
    // A year below the label is a title of its own.
    let dated = found.title.is_empty() && rest.len() > 1 && rest.first().is_some_and(is_year);
    let (title, subtitle) = rest.split_at(if dated { 1 } else { rest.len() });
    found.title.extend(title.iter().map(unmarked));
    found.subtitle.extend(subtitle.iter().map(unmarked));
    found
}

/// The heading of one line that a person's pattern named.
pub(crate) fn heading_of_line<'a>(lines: &[Line<'a>], at: usize, sketch: Option<&Sketch>) -> Found<'a> {
    let mut weight = Weight::NONE;
    weight.add("chapter-pattern", 9.0);
    match sketch.filter(|sketch| sketch.head > 0) {
        Some(sketch) => parts(lines, at..at + sketch.head, sketch, weight),
        None => Found {
            lines: at..at + 1,
            label: Vec::new(),
            title: lines.get(at).copied().into_iter().collect(),
            subtitle: Vec::new(),
            division: None,
            number: None,
            piece: None,
            matter: None,
            depth: 0,
            weight,
        },
    }
}

/// The heading that a person says these lines are, blank ones between them included.
pub(crate) fn told<'a>(lines: &[Line<'a>], range: Range<usize>, profile: &Profile) -> Found<'a> {
    let run = Run { start: range.start, end: range.end, before: 0, after: 0 };
    let mut found = parts(lines, range, &Sketch::of(lines, &run, profile), Weight::told());
    found.title.retain(|line| !line.is_blank());
    found
}
