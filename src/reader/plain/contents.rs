//! The text's own list of contents: where it stands, and which headings it names.

use super::heading::{Sketch, Weight, key_of, push_key};
use super::label::{self, Label};
use super::lexicon;
use super::line::Line;
use super::number::normal;
use super::run::Run;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::ops::Range;

/// A list names at least so many headings.
const FEWEST: usize = 3;

/// A list begins, or goes on, within so many runs: some pages.
const QUIET: usize = 400;

/// A printed list of contents with what it names.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// The lists, with their names.
    lists: Vec<List>,
    /// For a run, how many runs from it on the entry covers: 1, or 2 where the title is a run of its own.
    named: FxHashMap<usize, usize>,
    /// For a run, how deep its entry is indented, from 0; empty where the indents of the list tell no levels.
    levels: FxHashMap<usize, usize>,
}

/// A list of contents.
#[derive(Debug)]
struct List {
    runs: Range<usize>,
    /// Whether it stays in the text: its numbers are no pages, but places that the text itself numbers.
    stays: bool,
    /// Whether its first run is its name.
    named: bool,
}

/// One line, or several, of a list.
struct Entry<'t> {
    run: usize,
    /// Whether it names the first and the last of what it leads to.
    ranged: bool,
    indent: u32,
    /// Its first line, without folio and marks.
    text: &'t str,
    /// Its key.
    full: String,
    /// How many bytes of the key are of the first line.
    own: usize,
}

impl Contents {
    /// Finds the lists of contents.
    pub(crate) fn find(lines: &[Line], runs: &[Run], sketches: &[Sketch]) -> Contents {
        let mut found = Contents::default();
        // A text that has no headings has no list of them, however many lines could be its entries.
        if sketches.iter().filter(|sketch| !sketch.key.is_empty()).take(FEWEST).count() < FEWEST {
            return found;
        }
        let places = Places::of(sketches);
        let front = front(runs, sketches);
        found.take(lines, runs, sketches, &places, 0..front, true);
        // French and other books have their list at the end, under its name.
        let named =
            sketches.iter().rposition(|sketch| sketch.names_contents).filter(|at| *at >= front && *at * 2 > runs.len());
        if let (Some(at), true) = (named, found.lists.is_empty()) {
            found.take(lines, runs, sketches, &places, at..runs.len(), false);
        }
        found
    }

    /// Looks among the runs of `range` for a list of headings that come later (or, at the end of a text, came before).
    fn take(
        &mut self,
        lines: &[Line],
        runs: &[Run],
        sketches: &[Sketch],
        places: &Places,
        range: Range<usize>,
        ahead: bool,
    ) {
        let heading = sketches
            .get(range.clone())
            .unwrap_or(&[])
            .iter()
            .position(|sketch| sketch.names_contents)
            .map(|at| at + range.start);
        let from = heading.map_or(range.start, |at| at + 1);
        let mut entries: Vec<Entry> = Vec::new();
        let mut matched: Vec<(usize, Option<(usize, usize)>)> = Vec::new();
        let mut last = if ahead { 0 } else { range.start };
        let mut reach = 0;
        let mut first_target = usize::MAX;
        let mut quiet = 0;
        for at in from..range.end {
            quiet += 1;
            if quiet > QUIET {
                break;
            }
            let Some(own) = runs.get(at).and_then(|run| lines.get(run.start..run.end)) else { break };
            let own = entries_of(own, at, places);
            let mut hits = 0;
            for entry in &own {
                let after = if ahead { last.max(entry.run + 1) } else { reach };
                let hit = places.find(entry, after).filter(|(at, _)| ahead || *at < range.start);
                if let Some((at, _)) = hit {
                    quiet = 0;
                    last = at + 1;
                    reach = at + 1;
                    first_target = first_target.min(at);
                    hits += 1;
                }
                matched.push((entry.run, hit));
            }
            entries.extend(own);
            // From the first heading on that the list named there is the text, which will be cut off.
            if ahead && at >= first_target && hits > 0 {
                break;
            }
        }
        // The list runs from its name, or its first entry that names a heading, to its last.
        let hits = |list: &[(usize, Option<(usize, usize)>)]| list.iter().filter(|(_, hit)| hit.is_some()).count();
        let Some(start) = matched.iter().position(|(_, hit)| hit.is_some()) else { return };
        let mut end = matched.iter().rposition(|(_, hit)| hit.is_some()).map_or(start, |at| at + 1);
        // Where a heading that the list named has come, the list is over.
        if ahead {
            while end > start && matched.get(end - 1).is_some_and(|(run, _)| *run >= first_target) {
                end -= 1;
            }
        }
        let list = matched.get(start..end).unwrap_or(&[]);
        let count = hits(list);
        let needed = if heading.is_some() { 2 } else { FEWEST };
        let share = if heading.is_some() { 4 } else { 6 };
        if count < needed || count * 10 < list.len() * share {
            return;
        }
        // A second title page repeats the first, but it follows at once; what a list names is spread over the text.
        let targets = || list.iter().filter_map(|(_, hit)| hit.map(|(at, _)| at));
        let spread = targets().max().unwrap_or(0) - targets().min().unwrap_or(0);
        if heading.is_none() && spread < 3 * count {
            return;
        }
        let first_run = heading.unwrap_or_else(|| list.first().map_or(0, |(run, _)| *run));
        let mut last_run = list.last().map_or(first_run, |(run, _)| *run);
        if heading.is_some() && ahead {
            // Entries at the end that name no heading, as far as no wide gap parts them from the list.
            while last_run + 1 < first_target.min(range.end)
                && runs.get(last_run + 1).is_some_and(|run| run.before <= 1)
            {
                last_run += 1;
            }
        } else if !ahead {
            // An imprint or an appendix may follow the list behind a wide gap.
            while last_run + 1 < range.end && runs.get(last_run + 1).is_some_and(|run| run.before <= 2) {
                last_run += 1;
            }
        }
        // A page number is one number; "12-30" counts paragraphs, verses or years, which the outline does not tell.
        let ranged = entries.get(start..end).unwrap_or(&[]).iter().filter(|entry| entry.ranged).count();
        let stays = ranged * 2 > end - start;
        self.lists.push(List { runs: first_run..last_run + 1, stays, named: heading.is_some() });
        for (at, covers) in list.iter().filter_map(|(_, hit)| *hit) {
            self.named.insert(at, covers);
        }
        let targets = entries.iter().zip(&matched).take(end).skip(start);
        let indents: Vec<(usize, u32)> =
            targets.filter_map(|(entry, (_, hit))| hit.map(|(at, _)| (at, entry.indent))).collect();
        self.levels = levels(&indents);
    }

    /// How deep the list says that a run stands, from 0.
    pub(crate) fn level(&self, run: usize) -> Option<usize> {
        self.levels.get(&run).copied()
    }

    /// Whether a run is part of a list.
    pub(crate) fn holds(&self, run: usize) -> bool {
        self.lists.iter().any(|list| list.runs.contains(&run))
    }

    /// Whether a list begins with this run.
    pub(crate) fn starts_at(&self, run: usize) -> bool {
        self.lists.iter().any(|list| list.runs.start == run)
    }

    /// Whether a list names this run.
    pub(crate) fn supports(&self, run: usize) -> bool {
        self.named.contains_key(&run)
    }

    /// Whether a list names this run and the next as one heading.
    pub(crate) fn joins(&self, run: usize) -> bool {
        self.named.get(&run).is_some_and(|covers| *covers > 1)
    }

    /// The lines of the lists that the outline replaces.
    pub(crate) fn lines(&self, runs: &[Run]) -> Vec<Range<usize>> {
        let range = |list: &Range<usize>| Some(runs.get(list.start)?.start..runs.get(list.end.checked_sub(1)?)?.end);
        self.lists.iter().filter(|list| !list.stays).map(|list| &list.runs).filter_map(range).collect()
    }

    /// What stands in a list is no heading; nor, but for prefaces and the like, what stands before a list that opens a text.
    pub(crate) fn forbid(&self, runs: &[Run], sketches: &[Sketch], weights: &mut [Weight]) {
        let front =
            self.lists.iter().map(|list| list.runs.start).min().filter(|start| start * 3 < runs.len()).unwrap_or(0);
        // From a preface on, headings may come before the list too.
        let is_piece = |sketch: &Sketch| sketch.piece.is_some_and(|(_, _, whole)| whole);
        let front = sketches.iter().take(front).position(is_piece).unwrap_or(front);
        for (at, (weight, sketch)) in weights.iter_mut().zip(sketches).enumerate().take(front) {
            if !self.supports(at) && sketch.piece.is_none() {
                weight.add("before-contents", -6.0);
            }
        }
        let is_name = |at: usize| self.lists.iter().any(|list| list.stays && list.named && list.runs.start == at);
        for at in (0..runs.len()).filter(|at| self.holds(*at) && !is_name(*at)) {
            if let Some(weight) = weights.get_mut(at) {
                weight.add("in-contents", -20.0);
            }
        }
    }

    /// What a list names is one.
    pub(crate) fn support(&self, weights: &mut [Weight]) {
        for at in self.named.keys() {
            if let Some(weight) = weights.get_mut(*at) {
                weight.add("contents-list", 3.0);
            }
        }
    }
}

/// The level of each run from the indent of its entry. The first entry stands at the outermost, and several stand at each;
/// else the lines are set in the middle, or moved by the width of their numbers.
fn levels(entries: &[(usize, u32)]) -> FxHashMap<usize, usize> {
    // Right-aligned numbers move a line by a column.
    const STEP: u32 = 2;
    const DEEPEST: usize = 4;
    let mut indents: Vec<u32> = entries.iter().map(|(_, indent)| *indent).collect();
    indents.sort_unstable();
    let mut borders: Vec<u32> = Vec::new();
    for pair in indents.windows(2) {
        if let [above, below] = pair
            && below - above >= STEP
        {
            borders.push(*below);
        }
    }
    let level = |indent: u32| borders.partition_point(|border| *border <= indent);
    let opens = entries.first().is_some_and(|(_, indent)| level(*indent) == 0);
    if borders.is_empty() || borders.len() >= DEEPEST || !opens {
        return FxHashMap::default();
    }
    let several = (0..=borders.len()).all(|one| entries.iter().filter(|(_, indent)| level(*indent) == one).count() > 1);
    if !several {
        return FxHashMap::default();
    }
    entries.iter().map(|(run, indent)| (*run, level(*indent))).collect()
}

/// Where the text proper begins, at most: the first runs of prose. Long lists come before it.
fn front(runs: &[Run], sketches: &[Sketch]) -> usize {
    // A preface or a note may stand before the list.
    const PROSE: usize = 12;
    const SHORTEST: usize = 4;
    let mut prose = 0;
    for (at, (run, sketch)) in runs.iter().zip(sketches).enumerate() {
        prose += usize::from(sketch.is_text && run.len() >= SHORTEST && sketch.label.is_none());
        if prose > PROSE {
            return at;
        }
    }
    runs.len()
}

/// Where every key stands: a heading may be named with its label or without, and with the title in the run below.
struct Places<'s> {
    /// By the hashes of their keys, those of one key in the order of the text.
    places: Vec<Named>,
    sketches: &'s [Sketch],
}

/// A run that a key names.
#[derive(Debug, Clone, Copy)]
struct Named {
    hash: u64,
    run: u32,
    /// How many runs the key covers.
    covers: u8,
    part: Part,
}

/// What of a heading a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Title,
}

impl Places<'_> {
    fn of(sketches: &[Sketch]) -> Places<'_> {
        let mut places = Vec::with_capacity(sketches.len());
        for (at, sketch) in sketches.iter().enumerate() {
            if sketch.key.is_empty() || sketch.words > 30 {
                continue;
            }
            let named = |hash, covers, part| Named { hash, run: at as u32, covers, part };
            places.push(named(hash(&[&sketch.key]), 1, Part::Whole));
            let title = sketch.title_key().filter(|title| *title != sketch.key && is_telling(title));
            places.extend(title.map(|title| named(hash(&[title]), 1, Part::Title)));
            if let Some(next) = below(sketches, at) {
                places.push(named(hash(&[&sketch.key, &next.key]), 2, Part::Whole));
                places.extend(is_telling(&next.key).then(|| named(hash(&[&next.key]), 2, Part::Title)));
            }
        }
        // They are in order by run: those of one key stay so, and where one key is all there is little is to be done.
        places.sort_by_key(|place| place.hash);
        Places { places, sketches }
    }

    /// The places of a key from the run `after` on.
    fn at_key<'k>(&'k self, key: &'k str, after: usize) -> impl Iterator<Item = &'k Named> {
        let hash = hash(&[key]);
        let from = self.places.partition_point(|place| (place.hash, place.run as usize) < (hash, after));
        let alike = self.places.get(from..).unwrap_or(&[]).iter().take_while(move |place| place.hash == hash);
        alike.filter(move |place| self.is_named(place, key))
    }

    /// Whether it is this key that names a run, and not another of the same hash.
    fn is_named(&self, place: &Named, key: &str) -> bool {
        let at = place.run as usize;
        let next = || below(self.sketches, at);
        self.sketches.get(at).is_some_and(|sketch| match (place.covers, place.part) {
            (1, Part::Whole) => sketch.key == key,
            (1, Part::Title) => sketch.title_key() == Some(key),
            (_, Part::Whole) => key.strip_prefix(sketch.key.as_str()) == next().map(|next| next.key.as_str()),
            (_, Part::Title) => next().is_some_and(|next| next.key == key),
        })
    }

    /// Whether a key names a run.
    fn has(&self, key: &str) -> bool {
        self.at_key(key, 0).next().is_some()
    }

    /// The first run from `after` on that an entry names.
    fn find(&self, entry: &Entry, after: usize) -> Option<(usize, usize)> {
        let at_key = |key: &str| {
            let is_head = |place: &&Named| self.sketches.get(place.run as usize).is_some_and(|sketch| sketch.head > 0);
            self.at_key(key, after).find(is_head).map(|place| (place.run as usize, place.covers as usize))
        };
        at_key(&entry.full).or_else(|| at_key(&entry.title()?))
    }
}

/// The run below a label that stands alone: its title, perhaps.
fn below(sketches: &[Sketch], at: usize) -> Option<&Sketch> {
    let sketch = sketches.get(at)?;
    sketches.get(at + 1).filter(|next| !next.key.is_empty() && sketch.label_only && sketch.head == 1)
}

/// The hash of a key in pieces.
fn hash(pieces: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    pieces.iter().flat_map(|piece| piece.bytes()).for_each(|byte| hasher.write_u32(u32::from(byte)));
    hasher.finish()
}

impl Entry<'_> {
    /// The key without the label.
    fn title(&self) -> Option<String> {
        let label = label_of(self.text)?;
        let mut title = key_of(self.text.get(label.title..)?);
        title.push_str(self.full.get(self.own..)?);
        is_telling(&title).then_some(title)
    }
}

/// Whether a title is long enough to be told from others.
fn is_telling(title: &str) -> bool {
    title.chars().nth(3).is_some()
}

/// The label of an entry; longer lines are none.
fn label_of(text: &str) -> Option<Label> {
    if text.len() < 200 { label::parse(text) } else { None }
}

/// The entries of a run: a line each; a line that is indented more and has no label goes on with the one before.
fn entries_of<'t>(lines: &[Line<'t>], run: usize, places: &Places) -> Vec<Entry<'t>> {
    let mut list: Vec<Entry> = Vec::new();
    let mut last_indent = None;
    for line in lines {
        let text = without_author(without_folio(line.text));
        let (bare, _) = label::without_marks(text);
        let deeper = last_indent.is_some_and(|indent| line.indent > indent + 2) && label_of(bare).is_none();
        let full = key_of(bare);
        // What is a heading by itself is an entry of a lower level.
        let goes_on = deeper && !places.has(&full);
        match list.last_mut().filter(|_| goes_on) {
            Some(entry) => push_key(text, &mut entry.full),
            None => {
                let own = full.len();
                list.push(Entry { run, ranged: is_ranged(line.text), indent: line.indent, text: bare, full, own });
                if !deeper {
                    last_indent = Some(line.indent);
                }
            }
        }
    }
    list.retain(|entry| !entry.full.is_empty());
    list
}

/// Whether a line ends with two numbers and a dash between them.
fn is_ranged(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or("");
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    last.split_once(['-', '\u{2013}']).is_some_and(|(first, last)| is_number(first) && is_number(last))
}

/// An entry without the name of who wrote the piece: ", by Jane Doe".
fn without_author(text: &str) -> &str {
    let ends_title = |at: &usize| {
        let rest = text.get(at + 1..).unwrap_or("").trim_start();
        let end = rest.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(rest.len());
        // In a word with commas there is more than "by".
        let next = rest.get(..end).filter(|next| !rest.get(next.len()..).is_some_and(|rest| rest.starts_with(',')));
        next.is_some_and(|next| lexicon::is_by(&normal(next.trim_matches(['_', '*', '(']))))
    };
    let comma = text.match_indices(',').map(|(at, _)| at).find(ends_title);
    comma.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// An entry without the page number at its end and the dots before that.
pub(crate) fn without_folio(text: &str) -> &str {
    let trimmed =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x' | 'l' | 'c' | '-' | '–'));
    if trimmed.len() == text.len() {
        return text;
    }
    let cut = trimmed.trim_end_matches(['.', '\u{2026}', '·', '_', ' ', '\t', '\u{3000}']);
    // Two spaces or dots before it; one space is part of a title such as "Apollo 13".
    let between = trimmed.get(cut.len()..).unwrap_or("");
    if between.chars().count() >= 2 && !cut.is_empty() { cut } else { text }
}
