//! What a person decided about blocks: it takes the place of the guess where it says something else.

use super::classify::{Guess, Kind};
use super::evidence::Evidence;
use super::group::Group;
use super::{drama, list, note, table};
use crate::diag::{Code, Diagnostics};
use crate::model::ListKind;
use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use crate::reader::plain::structure::{BlockKind, Is, Place, Placed, TOLD};
use crate::source::Span;

/// Splits groups where what decides them changes, and makes one of those that one entry calls code. `lines` are all lines
/// of the section.
pub(super) fn split<'a, 't>(groups: Vec<Group<'a, 't>>, lines: &'a [Line<'t>], place: Place) -> Vec<Group<'a, 't>> {
    if place.is_empty() {
        return groups;
    }
    let owner = |line: &Line| place.entry(line).map(|entry| entry.lines);
    let mut out = Vec::with_capacity(groups.len());
    for group in groups {
        let parts = group.lines.chunk_by(|line, next| owner(line) == owner(next));
        out.extend(parts.enumerate().map(|(at, lines)| group.part(lines, at == 0)));
    }
    let code = |group: &Group| {
        let entry = group.lines.first().and_then(|line| place.entry(line))?;
        (entry.is == Is::Block(BlockKind::Code)).then_some(entry.lines)
    };
    let starts: Vec<u32> = lines.iter().map(|line| line.span.start).collect();
    let mut joined: Vec<Group> = Vec::with_capacity(out.len());
    for group in out {
        match joined.last_mut().filter(|last| code(last).is_some() && code(last) == code(&group)) {
            Some(last) => {
                let (from, to) = (last.span().start, group.span().end);
                let from = starts.partition_point(|start| *start < from);
                let to = starts.partition_point(|start| *start < to);
                last.lines = lines.get(from..to).unwrap_or(last.lines);
            }
            None => joined.push(group),
        }
    }
    joined
}

/// Puts what was told in the place of guesses that say something else.
pub(super) fn decide(guesses: &mut [Guess], place: Place, diagnostics: &mut Diagnostics) {
    if place.is_empty() {
        return;
    }
    let is_play = guesses.iter().any(|guess| guess.kind == Kind::Speech);
    for guess in guesses {
        let Some(entry) = guess.group.lines.first().and_then(|line| place.entry(line)) else { continue };
        match told(guess, entry, is_play) {
            // That it is no more than a paragraph is worth saying only where it was taken for more.
            Ok(None) if entry.is == Is::Block(BlockKind::Paragraph) => guess.evidence = by_a_person(),
            Ok(None) => {}
            Ok(Some(kind)) => {
                guess.runner_up = Some(guess.kind.verdict());
                guess.kind = kind;
                guess.evidence = by_a_person();
            }
            Err(hint) => {
                let name = match &entry.is {
                    Is::Block(kind) => kind.name(),
                    _ => "this",
                };
                diagnostics.warn(
                    Code::StructureUnfit,
                    Some(guess.group.span()),
                    format!("{}: these lines cannot be read as {name}, and stay {}", entry.place, guess.kind.verdict()),
                    hint,
                );
            }
        }
    }
}

/// The evidence that leaves no doubt.
fn by_a_person() -> Evidence {
    let mut evidence = Evidence::prior(0.0);
    evidence.add(9.0, TOLD);
    evidence
}

/// The kind that was told, where it is another than the one that was guessed.
///
/// # Errors
///
/// What to do where the lines cannot be of that kind.
fn told(guess: &Guess, entry: &Placed, is_play: bool) -> Result<Option<Kind>, &'static str> {
    let group = &guess.group;
    let kind = match &entry.is {
        Is::LeftOut { because: None } => return Ok(Some(Kind::LeftOut)),
        // What the reader leaves out by itself, it does.
        Is::LeftOut { because: Some(_) } | Is::Heading(_) | Is::Gap { .. } => return Ok(None),
        Is::Drama if is_play => return Ok(None),
        Is::Drama if drama::head(group.first()).is_some() => return Ok(Some(Kind::Speech)),
        Is::Drama => return Ok(drama::is_direction(group).then_some(Kind::Direction)),
        Is::Block(kind) => *kind,
    };
    if kind.name() == guess.kind.verdict() {
        return Ok(None);
    }
    Ok(Some(match kind {
        BlockKind::Paragraph => Kind::Prose,
        BlockKind::Verse => Kind::Verse,
        BlockKind::Quotation => Kind::Inset,
        BlockKind::Code => Kind::Code,
        BlockKind::SceneBreak => Kind::Pause,
        BlockKind::Picture => Kind::Picture,
        BlockKind::StageDirection => Kind::Direction,
        BlockKind::Centered => Kind::Centered,
        BlockKind::Lines(role) => Kind::Set(role),
        BlockKind::List => match list::weigh(group) {
            Some((_, items)) => Kind::List(items),
            // Without marks each line is an item.
            None => Kind::List(list::Items {
                kind: ListKind::Bullet,
                starts: (0..group.lines.len()).map(|at| (at, 0)).collect(),
            }),
        },
        BlockKind::Table => match table::weigh(group) {
            Some((_, grid)) => Kind::Table(Box::new(grid)),
            None => return Err("columns are parted by two spaces or more, by tabs or by |; or say is = \"code\""),
        },
        BlockKind::Speech => match drama::head(group.first()) {
            Some(_) => Kind::Speech,
            None => return Err("a speech begins with its speaker's name in capitals, and a full stop or colon"),
        },
        // What goes on with a note is of it.
        BlockKind::Note if guess.kind == Kind::NoteGoesOn => return Ok(None),
        BlockKind::Note => match note::opening(group.first()) {
            Some(_) => Kind::Note,
            None => return Err("a note begins with its mark, as in [1] or [Note 1: ...]; or say is = \"paragraph\""),
        },
    }))
}

/// Puts what was told of pauses into `breaks`, which say of each guess whether a pause is before it.
pub(super) fn pauses(guesses: &[Guess], place: Place, breaks: &mut [bool], findings: &mut Findings) {
    for (guess, pause) in guesses.iter().zip(breaks) {
        let Some(told) = guess.group.lines.first().and_then(|line| place.pause_before(line)) else { continue };
        *pause = told;
        if !told {
            let start = guess.group.span().start as usize;
            let span = Span::new(guess.group.span().source, start, start);
            findings.decisions.push(by_a_person().decision(span, "no-scene-break", Some("scene-break")));
        }
    }
}
