//! What each group of lines is, from the evidence of its own lines and of its neighbours.

use super::drama::Head;
use super::evidence::Evidence;
use super::group::{Group, ends_sentence, initial, is_capitals};
use super::list::Items;
use super::survey::{Region, Survey};
use super::table::Grid;
use super::{code, drama, letter, list, note, pause, picture, script, table, verse};
use crate::model::{ParagraphRole, SectionRole};
use crate::reader::Decision;

/// What a group may be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Paragraphs.
    Prose,
    /// Lines of verse.
    Verse,
    /// A mark of a scene break.
    Pause,
    /// A picture's place, with or without its caption.
    Picture,
    /// Rows and columns.
    Table(Box<Grid>),
    /// Code or a drawing.
    Code,
    /// Items with marks.
    List(Items),
    /// The head of a speech, with or without its words.
    Speech,
    /// A direction to actors.
    Direction,
    /// Prose set in from the margin.
    Inset,
    /// Lines in the middle.
    Centered,
    /// Short lines that stay lines, with what they are for.
    Set(ParagraphRole),
    /// The head of a note in brackets.
    Note,
    /// More of the note before.
    NoteGoesOn,
    /// In no edition, since a person said so.
    LeftOut,
}

impl Kind {
    /// What decisions call it.
    pub(super) fn verdict(&self) -> &'static str {
        match self {
            Kind::Prose => "paragraph",
            Kind::Verse => "verse",
            Kind::Pause => "scene-break",
            Kind::Picture => "picture",
            Kind::Table(_) => "table",
            Kind::Code => "code",
            Kind::List(_) => "list",
            Kind::Speech => "speech",
            Kind::Direction => "stage-direction",
            Kind::Inset => "quotation",
            Kind::Centered => "centered",
            Kind::Set(ParagraphRole::DateLine) => "date-line",
            Kind::Set(ParagraphRole::Address) => "address",
            Kind::Set(ParagraphRole::Salutation) => "salutation",
            Kind::Set(ParagraphRole::Signature) => "signature",
            Kind::Set(_) => "lines",
            Kind::Note | Kind::NoteGoesOn => "note",
            Kind::LeftOut => "left-out",
        }
    }
}

/// A group with what it is taken for.
#[derive(Debug, Clone)]
pub(super) struct Guess<'a, 't> {
    /// The lines.
    pub(super) group: Group<'a, 't>,
    /// The reading that won.
    pub(super) kind: Kind,
    /// What speaks for it.
    pub(super) evidence: Evidence,
    /// The reading that came second.
    pub(super) runner_up: Option<&'static str>,
    /// What speaks for verse, whatever won.
    verse: f32,
}

impl Guess<'_, '_> {
    /// The record of the decision.
    pub(super) fn decision(&self) -> Decision {
        let mut decision = self.evidence.decision(self.group.span(), self.kind.verdict(), self.runner_up);
        if self.kind == Kind::Prose {
            // Prose is what is nothing else: it is as sure as verse is not.
            decision.confidence = 1.0 / (1.0 + self.verse.exp());
        }
        decision
    }
}

/// What each group of a section is.
pub(super) fn classify<'a, 't>(
    groups: &[Group<'a, 't>],
    region: &Region,
    survey: &Survey,
    role: SectionRole,
) -> Vec<Guess<'a, 't>> {
    let is_name = |group: &Group| group.lines.first().is_some_and(|line| survey.script.is_name(line));
    let persons = role == SectionRole::Cast;
    let script = !persons && groups.iter().any(is_name);
    // In an act those speak who speak in others, be it only once.
    let staged = matches!(role, SectionRole::Act | SectionRole::Scene);
    let heads = heads(groups, survey);
    let fewest = if staged { 1 } else { drama::SPEECHES as usize };
    let play = script || survey.speakers.len() > 1 && drama::is_play(&heads, fewest);
    let column = region.column();
    let scene = Scene { region, survey, column, play, script, persons, flush: has_flush_prose(groups, region) };
    let mut guesses: Vec<Guess> = Vec::with_capacity(groups.len());
    let mut open_note = 0;
    for (at, group) in groups.iter().enumerate() {
        let guess = if open_note > 0 {
            open_note = note::depth(group, open_note);
            certain(group, Kind::NoteGoesOn, "a bracket that is still open")
        } else if note::opening(group.first()).is_some() {
            open_note = note::depth(group, 0);
            certain(group, Kind::Note, "a note in brackets")
        } else {
            let before = at.checked_sub(1).and_then(|at| groups.get(at));
            guess(group, before, groups.get(at + 1), heads.get(at..).unwrap_or(&[]), &scene)
        };
        guesses.push(guess);
    }
    smooth(&mut guesses, &scene);
    if role != SectionRole::Notes {
        loose_lists(&mut guesses);
    }
    guesses
}

/// How each group begins that begins with the name of a speaker; nothing in a work that has none.
fn heads<'t>(groups: &[Group<'_, 't>], survey: &Survey<'t>) -> Vec<Option<Head<'t>>> {
    if survey.speakers.is_empty() {
        return Vec::new();
    }
    let head =
        |group: &Group<'_, 't>| drama::head(group.first()).filter(|head| survey.speakers.contains_key(head.name));
    groups.iter().map(head).collect()
}

/// Makes a list of items that stand apart by blank lines: each of its groups is a list of one item.
fn loose_lists(guesses: &mut [Guess]) {
    let item = |guess: &Guess| {
        let open = matches!(guess.kind, Kind::Prose | Kind::Verse | Kind::Inset | Kind::Set(ParagraphRole::Body));
        if open { list::lone_item(&guess.group) } else { None }
    };
    let mut starred = None;
    let mut at = 0;
    while let Some(first) = guesses.get(at) {
        let Some((bullet, _)) = item(first) else {
            at += 1;
            continue;
        };
        let alike = |guess: &&Guess| {
            guess.group.gap <= 2
                && guess.group.first_indent() == first.group.first_indent()
                && item(guess).is_some_and(|(own, _)| own == bullet)
        };
        let end = at + 1 + guesses.iter().skip(at + 1).take_while(alike).count();
        let groups: Vec<Group> = guesses.get(at..end).unwrap_or(&[]).iter().map(|guess| guess.group).collect();
        let before = at.checked_sub(1).and_then(|at| guesses.get(at));
        let led_in = before.is_some_and(|before| before.group.last().ends_with(':'));
        let refers = |guess: &Guess| guess.group.lines.iter().any(|line| list::refers_by_star(line.text));
        let mut is_starred = || *starred.get_or_insert_with(|| guesses.iter().any(refers));
        if list::is_loose(bullet, &groups, led_in) && (bullet != '*' || !is_starred()) {
            for guess in guesses.iter_mut().take(end).skip(at) {
                let Some((_, items)) = list::lone_item(&guess.group) else { continue };
                guess.runner_up = Some(guess.kind.verdict());
                guess.kind = Kind::List(items);
                guess.evidence = Evidence::prior(0.0);
                guess.evidence.add(2.0, "items with bullets, one below the other");
            }
        }
        at = end;
    }
}

struct Scene<'s, 't> {
    region: &'s Region,
    survey: &'s Survey<'t>,
    column: u32,
    play: bool,
    script: bool,
    persons: bool,
    flush: bool,
}

/// Whether running text stands at the margin, so that what is set in means something.
fn has_flush_prose(groups: &[Group], region: &Region) -> bool {
    let flush = groups.iter().filter(|group| group.indent() <= region.margin + 1).count();
    flush * 3 > groups.len()
}

fn certain<'a, 't>(group: &Group<'a, 't>, kind: Kind, rule: &'static str) -> Guess<'a, 't> {
    let mut evidence = Evidence::prior(0.0);
    evidence.add(6.0, rule);
    Guess { group: *group, kind, evidence, runner_up: None, verse: -9.0 }
}

/// `heads` are those of this group and of what follows.
fn guess<'a, 't>(
    group: &Group<'a, 't>,
    before: Option<&Group>,
    after: Option<&Group>,
    heads: &[Option<Head>],
    scene: &Scene,
) -> Guess<'a, 't> {
    if pause::is_pause(group) {
        return certain(group, Kind::Pause, "marks without words");
    }
    if picture::is_picture(group) {
        return certain(group, Kind::Picture, "a picture's place in brackets");
    }
    if scene.persons && group.lines.len() == 1 && !drama::is_direction(group) {
        return certain(group, Kind::Prose, "a line of a list of persons");
    }
    if scene.script {
        if group.lines.first().is_some_and(|line| scene.survey.script.is_name(line)) {
            return certain(group, Kind::Speech, "a name alone over the words, in a script");
        }
        if scene.survey.script.is_direction(group, before, after) {
            return certain(group, Kind::Direction, "who comes and goes, in a script");
        }
        if !drama::is_direction(group) {
            let kind = if script::is_verse(group.lines, scene.region.measure) { Kind::Verse } else { Kind::Prose };
            return certain(group, kind, "how the lines of a script begin");
        }
    }
    if scene.play {
        let head = |at: usize| heads.get(at).copied().flatten();
        if let Some(head) = head(0).filter(|_| !scene.persons) {
            let rule = if head.goes_on {
                "a speaker's name before the words"
            } else {
                "a speaker's name on a line of its own"
            };
            return certain(group, Kind::Speech, rule);
        }
        let inset = group.indent() >= scene.region.margin + 2;
        if drama::is_direction(group) && (inset || group.first().starts_with(['(', '[', '_'])) {
            return certain(group, Kind::Direction, "brackets or emphasis around it, in a play");
        }
        // Behind what is said stands the next speaker; within it, more of what is said.
        let comes_or_goes = group.lines.len() <= drama::DIRECTION && drama::opens_direction(group.first());
        let done = || drama::is_done(group) && (after.is_none() || head(1).is_some() || drama::names_song(group));
        if !scene.persons && (comes_or_goes || done()) {
            return certain(group, Kind::Direction, "what is done on the stage, in a play");
        }
    }
    let verse = verse::weigh(group, scene.region, scene.survey, scene.column);
    let centered = weigh_centered(group, scene);
    if let Some((role, rule)) = set_role(group, before, after, scene).filter(|_| !scene.persons && centered.logit < 0.0)
    {
        let mut set = certain(group, Kind::Set(role), rule);
        set.evidence.logit = 2.0;
        return set;
    }
    let mut ranking = Ranking { kind: Kind::Prose, evidence: Evidence::prior(0.0), second: None };
    ranking.add(Kind::Verse, verse);
    ranking.add(Kind::Code, code::weigh(group));
    if let Some((evidence, grid)) = table::weigh(group) {
        ranking.add(Kind::Table(Box::new(grid)), evidence);
    }
    if let Some((evidence, items)) = list::weigh(group) {
        ranking.add(Kind::List(items), evidence);
    }
    ranking.add(Kind::Centered, centered);
    ranking.add(Kind::Inset, weigh_inset(group, scene));
    let Ranking { kind, evidence, second } = ranking;
    Guess { group: *group, kind, evidence, runner_up: second.map(|(verdict, _)| verdict), verse: verse.logit }
}

/// The reading that is the likeliest so far, with the one that comes second.
struct Ranking {
    kind: Kind,
    evidence: Evidence,
    second: Option<(&'static str, f32)>,
}

impl Ranking {
    /// Adds a reading: of those that are as likely the first stays first.
    fn add(&mut self, kind: Kind, evidence: Evidence) {
        if evidence.logit > self.evidence.logit {
            self.second = Some((self.kind.verdict(), self.evidence.logit));
            (self.kind, self.evidence) = (kind, evidence);
        } else if self.second.is_none_or(|(_, logit)| evidence.logit > logit) {
            self.second = Some((kind.verdict(), evidence.logit));
        }
    }
}

/// The part of a letter that a group is.
fn set_role(
    group: &Group,
    before: Option<&Group>,
    after: Option<&Group>,
    scene: &Scene,
) -> Option<(ParagraphRole, &'static str)> {
    let wide = |group: Option<&Group>| group.is_none_or(|group| group.gap > scene.survey.gap);
    let opens = before.is_none() || group.gap > scene.survey.gap;
    letter::role(group, scene.region, scene.column, opens, wide(after))
}

/// What speaks for prose set in from the margin: words of somebody else.
fn weigh_inset(group: &Group, scene: &Scene) -> Evidence {
    let mut evidence = Evidence::prior(-1.5);
    let depth = group.indent().saturating_sub(scene.region.margin);
    if depth < 2 || !scene.flush {
        evidence.add(-4.0, "at the margin");
        return evidence;
    }
    evidence.add(2.5, "set in from the margin");
    if scene.region.first > 0 && depth == scene.region.first && group.lines.len() == 1 {
        evidence.add(-4.0, "set in as first lines are");
    }
    if group.lines.len() > 1 && group.early_ends(scene.column) == 0 {
        evidence.add(1.0, "wrapped as prose");
    }
    evidence
}

/// What speaks for lines in the middle of the measure.
fn weigh_centered(group: &Group, scene: &Scene) -> Evidence {
    let mut evidence = Evidence::prior(-2.0);
    let (margin, column) = (scene.region.margin, scene.column);
    let middle = (margin + column) / 2;
    let centered = group.lines.iter().all(|line| {
        line.indent >= margin + 6
            && (line.indent + line.width / 2).abs_diff(middle) <= 4
            && line.width * 3 < (column - margin.min(column)) * 2
    });
    evidence.add(if centered { 4.0 } else { -4.0 }, "as far from the left as from the right");
    evidence
}

/// Lets verse spread to the stanzas and lines around it, and keeps unlikely islands out.
fn smooth(guesses: &mut [Guess], scene: &Scene) {
    let strengths: Vec<f32> = guesses
        .iter()
        .map(|guess| if guess.kind == Kind::Verse { guess.verse } else { guess.verse.min(0.0) })
        .collect();
    let inset: Vec<bool> = guesses.iter().map(|guess| guess.group.indent() >= scene.region.margin + 2).collect();
    for at in 0..guesses.len() {
        let may_be = |guess: &Guess| matches!(guess.kind, Kind::Prose | Kind::Verse | Kind::Inset | Kind::Centered);
        if !guesses.get(at).is_some_and(may_be) {
            continue;
        }
        let gap_after = guesses.get(at + 1).map_or(9, |guess| guess.group.gap);
        let neighbour = |place: Option<usize>, gap: u32| {
            let strength = place.and_then(|place| strengths.get(place)).copied().unwrap_or(-9.0);
            gap <= 2 && strength > 1.0
        };
        let led_in = at.checked_sub(1).and_then(|before| guesses.get(before)).is_some_and(|before| {
            let text = before.group.last();
            before.kind == Kind::Prose
                && text.trim_end_matches(['-', '—', '―']).ends_with([':', ','])
                && !text.ends_with(',')
        });
        let both = inset.get(at).copied().unwrap_or(false);
        let Some(guess) = guesses.get_mut(at) else { continue };
        let before = neighbour(at.checked_sub(1), guess.group.gap);
        let after = neighbour(Some(at + 1), gap_after);
        let mut bonus = 1.6 * f32::from(u8::from(before)) + 1.6 * f32::from(u8::from(after));
        bonus += if led_in { 1.0 } else { 0.0 };
        if guess.group.lines.len() == 1 {
            // A line alone is verse only within a poem: as its title, its refrain, or a stanza of one line.
            let short = guess.group.lines.iter().all(|line| line.width * 10 < scene.column * 8);
            bonus += if before && after || both && after && short { 1.5 } else { -1.0 };
        }
        let logit = guess.verse + bonus;
        let best = if guess.kind == Kind::Verse { 0.0 } else { guess.evidence.logit.max(0.0) };
        if guess.kind != Kind::Verse && logit > best {
            guess.runner_up = Some(guess.kind.verdict());
            guess.kind = Kind::Verse;
            guess.evidence = Evidence::prior(guess.verse);
            guess.evidence.add(bonus, "verse around it");
        } else if guess.kind == Kind::Verse {
            guess.evidence.add(bonus, "verse around it");
        }
    }
    // What is short, begins with capitals and ends early, and is neither verse nor prose, stays in lines.
    for guess in guesses.iter_mut().filter(|guess| matches!(guess.kind, Kind::Prose | Kind::Inset)) {
        if keeps_lines(&guess.group, scene) {
            guess.runner_up = Some(guess.kind.verdict());
            guess.kind = Kind::Set(ParagraphRole::Body);
            guess.evidence = Evidence::prior(0.5);
            guess.evidence.add(0.5, "short lines, each a beginning");
        }
    }
}

/// Whether the lines of a group were not wrapped but set one by one.
fn keeps_lines(group: &Group, scene: &Scene) -> bool {
    let count = group.lines.len();
    if count < 2 || scene.region.one_per_line {
        return false;
    }
    let early =
        group.lines.windows(2).filter(|pair| super::group::ends_early(pair, scene.column.saturating_sub(6))).count();
    let starts =
        group.lines.iter().skip(1).filter(|line| initial(line.text).is_some_and(|c| !c.is_lowercase())).count();
    let sentences = group.lines.iter().filter(|line| ends_sentence(line.text) && !is_capitals(line.text)).count();
    early == count - 1 && starts == count - 1 && (sentences < count || count > 3)
}
