//! Title, author and others as a title page shows them.

use super::heading::key_of;
use super::label;
use super::lexicon;
use super::line::{Line, closed_up};
use super::number::normal;
use super::run::{Run, runs};
use super::statement::{named, push_people};
use crate::model::{ContributorRole, Metadata};
use rustc_hash::FxHashMap;

/// A title is not longer than this, in words.
const LONGEST: usize = 20;

/// What the lines of a title page gave.
#[derive(Debug, Default)]
pub(crate) struct TitlePage {
    /// For each line whether it is title or author, which the metadata now has.
    pub(crate) known: Vec<bool>,
}

/// Reads the lines of a title page into `meta`, which may hold what was stated elsewhere: that counts for more.
pub(crate) fn read(lines: &[Line], meta: &mut Metadata) -> TitlePage {
    let runs = runs(lines);
    let mut page = TitlePage { known: vec![false; lines.len()] };
    let people = people(lines, &runs);
    if meta.title.is_empty() {
        if let Some((at, end)) = double_title(lines, &runs, &people) {
            meta.title = runs.get(at).and_then(|run| lines.get(run.start..run.end)).map(joined).unwrap_or_default();
            let (from, to) = (runs.get(at).map_or(0, |run| run.start), runs.get(end - 1).map_or(0, |run| run.end));
            let second = runs.get(at + 1).map_or(to, |run| run.start);
            let rest: Vec<Line> =
                lines.get(second..to).unwrap_or(&[]).iter().filter(|line| !line.is_blank()).copied().collect();
            meta.subtitle = Some(joined(&rest));
            page.known.iter_mut().take(to).skip(from).for_each(|known| *known = true);
        } else if let Some(at) = title(lines, &runs, &people) {
            let run = runs.get(at).copied();
            // Title, "by" and name may stand without a blank line between them.
            let author = people.iter().find(|one| one.run == at).map(|one| one.line);
            let end = |run: &Run| author.filter(|line| *line > run.start).unwrap_or(run.end);
            let own = run.and_then(|run| lines.get(run.start..end(&run))).unwrap_or(&[]);
            meta.title = joined(own);
            // What stands below the title in a run of its own, before anybody's name, goes on with it.
            let below = runs.get(at + 1).filter(|below| {
                below.before <= 2 && !people.iter().any(|one| one.run == at + 1) && reads_as_subtitle(lines, below)
            });
            if let Some(below) = below {
                meta.subtitle = Some(joined(lines.get(below.start..below.end).unwrap_or(&[])));
            }
            if !people.iter().any(|one| one.role == ContributorRole::Author)
                && meta.authors().next().is_none()
                && let Some(name) = name_beside(lines, &runs, at)
            {
                push_people(meta, [(name.as_str(), ContributorRole::Author)].into_iter());
            }
        }
    }
    // Of authors the first, where none is known.
    let is_author = |person: &Person| person.role == ContributorRole::Author;
    let author = people.iter().position(|one| is_author(one) && named(&one.name).is_some());
    let author = author.filter(|_| meta.authors().next().is_none());
    let added = people.iter().enumerate().filter(|(at, person)| !is_author(person) || Some(*at) == author);
    push_people(meta, added.map(|(_, person)| (person.name.as_str(), person.role)));
    mark_known(lines, meta, &mut page);
    page
}

/// Somebody named with the part they had.
struct Person {
    run: usize,
    /// The line that names them, or says "by" before the name.
    line: usize,
    name: String,
    role: ContributorRole,
}

/// "by Jane Doe", "By" and the name on the next line, "Translated by …".
fn people(lines: &[Line], runs: &[Run]) -> Vec<Person> {
    const PARTS: &[(&str, ContributorRole)] = &[
        ("translated", ContributorRole::Translator),
        ("translation", ContributorRole::Translator),
        ("ubersetzt", ContributorRole::Translator),
        ("traduit", ContributorRole::Translator),
        ("traduccion", ContributorRole::Translator),
        ("traducido", ContributorRole::Translator),
        ("traduzione", ContributorRole::Translator),
        ("edited", ContributorRole::Editor),
        ("herausgegeben", ContributorRole::Editor),
        ("illustrated", ContributorRole::Illustrator),
        ("illustrations", ContributorRole::Illustrator),
        ("introduction", ContributorRole::Introducer),
        ("preface", ContributorRole::Introducer),
    ];
    let mut found = Vec::new();
    let mut waiting: Option<(ContributorRole, usize)> = None;
    for (at, run) in runs.iter().enumerate() {
        for (number, line) in lines.iter().enumerate().take(run.end).skip(run.start) {
            let (bare, _) = label::without_marks(line.text);
            if let Some((role, by)) = waiting.take()
                && is_name(bare)
            {
                found.push(Person { run: at, line: by, name: person_case(bare), role });
                continue;
            }
            let words: Vec<&str> = bare.split_whitespace().collect();
            let plain: Vec<String> = words.iter().map(|word| normal(word.trim_matches([':', ',', '.']))).collect();
            let by = plain.iter().position(|word| lexicon::is_by(word));
            let Some(by) = by.filter(|by| *by < 8) else { continue };
            let part =
                PARTS.iter().find(|(word, _)| plain.iter().take(by).any(|one| one == word)).map(|(_, role)| *role);
            // "By" must open the line, or follow what the person did.
            let role = match (by, part) {
                (0, _) => ContributorRole::Author,
                (_, Some(role)) => role,
                _ => continue,
            };
            // "By Sir _JOHN DOE_": part of a name may stand in other letters.
            let name = words.get(by + 1..).unwrap_or(&[]).join(" ").replace('_', "");
            if name.is_empty() {
                waiting = Some((role, number));
            } else if is_name(&name) {
                found.push(Person { run: at, line: number, name: person_case(&name), role });
            }
        }
    }
    found
}

/// Whether words may be somebody's name: two to six, capitals at their heads but for particles, no figures.
fn is_name(text: &str) -> bool {
    let text = text.split(',').next().unwrap_or(text).trim_end_matches(['.', ';', ':']);
    let words: Vec<&str> = text.split_whitespace().collect();
    const NO_NAMES: &[&str] = &[
        "the", "of", "and", "der", "die", "das", "und", "le", "les", "et", "a", "an", "in", "with", "edition",
        "company", "press", "und", "co",
    ];
    (1..=6).contains(&words.len())
        && !text.chars().any(|c| c.is_ascii_digit() || matches!(c, '+' | '/' | '!' | '?' | '"' | '“'))
        && words.iter().all(|word| {
            let low = normal(word);
            lexicon::is_particle(&low)
                || (!NO_NAMES.contains(&low.trim_matches('.'))
                    && word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()))
        })
        && words.iter().any(|word| word.chars().count() > 2)
}

/// A name in capitals with capitals only where they belong; others as they are.
fn person_case(name: &str) -> String {
    let name = name.trim().trim_end_matches([',', ';', ':']);
    let name = name.split(", ").next().unwrap_or(name);
    let name = if name.matches('.').count() == 1 { name.trim_end_matches('.') } else { name };
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words: Vec<String> = name
        .split_whitespace()
        .map(|word| {
            let low = word.to_lowercase();
            let mut out = String::with_capacity(word.len());
            let mut high = true;
            for c in low.chars() {
                if high {
                    out.extend(c.to_uppercase())
                } else {
                    out.push(c)
                }
                high = matches!(c, '-' | '.' | '\'' | '’');
            }
            out
        })
        .collect();
    words.join(" ")
}

/// The run that is the title: one whose words come twice (a half title repeats it), else the one before the author, else
/// the first that may be one.
fn title(lines: &[Line], runs: &[Run], people: &[Person]) -> Option<usize> {
    let text = |at: usize| runs.get(at).and_then(|run| lines.get(run.start..run.end)).unwrap_or(&[]);
    let words = |at: usize| text(at).iter().map(|line| line.text.split_whitespace().count()).sum::<usize>();
    let may_be = |at: &usize| {
        let (words, first) = (words(*at), text(*at).first().map_or("", |line| line.text));
        let last = text(*at).last().map_or("", |line| line.text);
        let sentence = words > 8 && last.ends_with('.');
        let is_address = |text: &str| text.contains("://") || text.contains("www.") || text.contains(['@', '|']);
        let marks = sentence
            || text(*at).iter().any(|line| is_address(line.text))
            || first.ends_with([':', ','])
            || first.starts_with(['[', '('])
            || normal(first).starts_with("note");
        (1..=LONGEST).contains(&words)
            && text(*at).len() <= 4
            && !marks
            && first.chars().any(char::is_alphabetic)
            && !people.iter().any(|one| one.run == *at && words < 4 + one.name.split(' ').count())
    };
    let candidates: Vec<usize> = (0..runs.len()).filter(may_be).collect();
    let key = |at: usize| key_of(&joined(text(at)));
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for at in &candidates {
        *seen.entry(key(*at)).or_default() += 1;
    }
    let author = people.iter().filter(|one| one.role == ContributorRole::Author).map(|one| one.run).next();
    let repeated =
        candidates.iter().find(|at| seen.get(&key(**at)).is_some_and(|count| *count > 1) && words(**at) <= 12).copied();
    let in_own_run = author.filter(|run| text(*run).len() > 1);
    // "THE TITLE" over "A Novel" over "by Jane Doe": the first of the runs above the author.
    let first_before = author.and_then(|run| candidates.iter().find(|at| **at < run).copied());
    repeated.or(first_before).or(in_own_run).or_else(|| {
        // A name first, then the title.
        let first = candidates.first().copied()?;
        let second = candidates.get(1).copied();
        let looks_like_name = is_name(&joined(text(first))) && words(first) >= 2 && words(first) <= 4;
        Some(second.filter(|second| looks_like_name && runs.len() > 2 && text(*second).len() <= 3).unwrap_or(first))
    })
}

/// The run of a title that goes on with "or, a …", and the run behind its second half, which may stand in many runs.
fn double_title(lines: &[Line], runs: &[Run], people: &[Person]) -> Option<(usize, usize)> {
    // The two halves of an old title are not longer than this, in words.
    const LONGEST: usize = 40;
    let words = |at: usize| -> Vec<String> {
        let text = runs.get(at).and_then(|run| lines.get(run.start..run.end)).unwrap_or(&[]);
        let words = text.iter().flat_map(|line| line.text.split_whitespace());
        words.map(|word| normal(word.trim_matches(|c: char| !c.is_alphanumeric()))).collect()
    };
    let named = |at: usize| people.iter().any(|one| one.run == at);
    let or = (1..runs.len()).find(|at| words(*at).first().is_some_and(|word| lexicon::is_or(word)))?;
    let title = or.checked_sub(1).filter(|at| !named(*at) && (1..=8).contains(&words(*at).len()))?;
    // "OF THE" belongs to what stands above it and to what stands below.
    let is_small = |word: Option<&String>| word.is_some_and(|word| word.chars().count() <= 3);
    let mut all = words(title).len() + words(or).len();
    let mut end = or + 1;
    while runs.get(end).is_some_and(|run| run.before <= 2) && !named(end) {
        let own = words(end);
        all += own.len();
        let of_printing =
            own.iter().any(|word| lexicon::is_edition(word) || word.contains(|c: char| c.is_ascii_digit()));
        let goes_on = is_small(words(end - 1).last()) || is_small(own.first());
        if of_printing || !goes_on || all > LONGEST {
            break;
        }
        end += 1;
    }
    Some((title, end))
}

/// The name in the run before the title: "JANE DOE", then "THE TITLE".
fn name_beside(lines: &[Line], runs: &[Run], title: usize) -> Option<String> {
    let text = |at: usize| runs.get(at).and_then(|run| lines.get(run.start..run.end)).map(joined);
    let before =
        title.checked_sub(1).and_then(text).filter(|name| is_name(name) && name.split_whitespace().count() >= 2);
    let after = || {
        text(title + 1).filter(|name| {
            is_name(name)
                && (2..=4).contains(&name.split_whitespace().count())
                && !super::heading::is_capitals(&text(title).unwrap_or_default())
        })
    };
    let name = before.or_else(after)?;
    Some(nominative(&person_case(&name)))
}

/// Greek title pages put the author in the genitive: "of Georgios Souris". Men's names only, whose endings tell.
fn nominative(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let endings = [("ου", "ος"), ("ού", "ός"), ("η", "ης"), ("ή", "ής"), ("α", "ας"), ("ά", "άς")];
    let is_greek = name.chars().any(|c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}'));
    let genitive =
        |word: &str| endings.iter().find_map(|(from, to)| word.strip_suffix(from).map(|stem| format!("{stem}{to}")));
    let all: Option<Vec<String>> = words.iter().map(|word| genitive(word)).collect();
    match all {
        // The first name in -ου settles that it is a genitive; -η and -α alone are women's nominatives.
        Some(all) if is_greek && words.first().is_some_and(|word| word.ends_with("ου") || word.ends_with("ού")) => {
            all.join(" ")
        }
        _ => name.to_owned(),
    }
}

fn reads_as_subtitle(lines: &[Line], run: &Run) -> bool {
    let text = lines.get(run.start..run.end).unwrap_or(&[]);
    let words: usize = text.iter().map(|line| line.text.split_whitespace().count()).sum();
    let first = text.first().map_or("", |line| line.text);
    let odd = text.iter().any(|line| line.text.chars().any(|c| c.is_ascii_digit()));
    words <= 12
        && !odd
        && !first.starts_with(['[', '(', '*', '-'])
        && !super::heading::is_capitals(first)
        && !is_name(&joined(text))
        || normal(first).starts_with("a novel")
}

fn joined(lines: &[Line]) -> String {
    let parts: Vec<String> = lines
        .iter()
        .map(|line| {
            let (bare, _) = label::without_marks(line.text);
            closed_up(&label::unspaced(bare))
        })
        .collect();
    let text = parts.join(" ");
    // Metadata has no emphasis.
    let text = if text.matches('_').count().is_multiple_of(2) { text.replace('_', "") } else { text };
    text.trim_end_matches([';', ',', ':']).trim().to_owned()
}

/// Marks the lines that say no more than title, subtitle and names.
fn mark_known(lines: &[Line], meta: &Metadata, page: &mut TitlePage) {
    let title = key_of(&meta.title);
    let whole = title.clone() + &meta.subtitle.as_deref().map(key_of).unwrap_or_default();
    let names: Vec<String> = meta.contributors.iter().map(|one| key_of(&one.name)).collect();
    let keys: Vec<String> = lines
        .iter()
        .map(|line| {
            let (bare, _) = label::without_marks(line.text);
            let plain =
                bare.split_once(' ').filter(|(first, _)| lexicon::is_by(&normal(first))).map_or(bare, |(_, rest)| rest);
            key_of(plain)
        })
        .collect();
    for (at, key) in keys.iter().enumerate() {
        if key.is_empty() {
            continue;
        }
        let alone = lexicon::is_by(key);
        let by = alone && keys.iter().skip(at + 1).find(|key| !key.is_empty()).is_some_and(|next| names.contains(next));
        let part = key.chars().count() > 3 && (whole.starts_with(key.as_str()) || whole.ends_with(key.as_str()));
        if (by || part || names.contains(key))
            && let Some(known) = page.known.get_mut(at)
        {
            *known = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    fn seen(text: &str) -> (String, Vec<String>) {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let mut meta = Metadata::default();
        read(&lines(&source), &mut meta);
        let authors = meta.authors().map(str::to_owned).collect();
        (meta.title, authors)
    }

    #[test]
    fn title_and_author_stand_in_many_orders() {
        for text in [
            "The Glass Orchard\n\nby Mara Quill\n",
            "THE GLASS ORCHARD\n\nA Novel\n\nBy\n\nMARA QUILL\n\nLondon\n1901\n",
            "     THE GLASS ORCHARD\n            BY\n         MARA QUILL\n    (Some Other Name)\n\n\nLondon\n",
            "MARA QUILL\n\nThe Glass Orchard\n\nLeipzig\n\n\n\nThe Glass Orchard\n",
        ] {
            let (title, authors) = seen(text);
            assert_eq!(title.to_lowercase(), "the glass orchard", "{text}");
            assert_eq!(authors, ["Mara Quill"], "{text}");
        }
    }

    #[test]
    fn a_title_goes_on_behind_its_or() {
        let text = "FERRIES:\n\nOR, AN\n\nINQUIRY\n\nOF THE\n\n_Oars_, _Ropes_,\nand _Rudders_\n\nOF\n\nBOATS.\n\nThe SECOND \
                    Edition.\n\nBy Sir _MARK QUILL_, Knt.\n";
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let mut meta = Metadata::default();
        read(&lines(&source), &mut meta);
        assert_eq!(meta.title, "FERRIES");
        assert_eq!(meta.subtitle.as_deref(), Some("OR, AN INQUIRY OF THE Oars, Ropes, and Rudders OF BOATS."));
        assert_eq!(meta.authors().collect::<Vec<_>>(), ["Sir MARK QUILL"]);
    }

    #[test]
    fn greek_authors_in_the_genitive_are_named_as_people_are() {
        assert_eq!(seen("ΝΙΚΟΛΑΟΥ ΠΕΤΡΙΔΗ\n\nΤΡΑΓΟΥΔΙΑ\n\n\nΤΡΑΓΟΥΔΙΑ\n").1, ["Νικολαος Πετριδης"]);
    }
}
