//! A reading laid open: what was found, where, why and how surely. `bindery inspect` prints it; its JSON form is for machines.

use super::plain::TOLD;
use super::{Decision, Reading};
use crate::model::{ContributorRole, Document, Heading, Inline, Matter, Metadata, Section, SectionRole, plain_text};
use crate::settings::{Given, KEYS, Key, Origin, Resolved, Scope};
use crate::source::{Source, SourceId, Span};
use serde::Serialize;

/// The version of the JSON form: it grows when a field changes its meaning or goes, not when one is added.
pub const VERSION: u32 = 1;

/// How many characters of a place are shown.
const EXCERPT: usize = 60;

/// Everything that was decided of one text. Lines are counted from 1, and both ends belong to a range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// [`VERSION`].
    pub version: u32,
    /// What the text is called, usually its path.
    pub file: String,
    /// The title.
    pub title: Fact,
    /// The authors, one `author` after the other in `value`, parted by semicolons; none where none was found.
    pub author: Option<Fact>,
    /// The language, as a BCP 47 tag.
    pub language: Fact,
    /// The encoding, by its name on the web.
    pub encoding: Fact,
    /// What was said of it by flag, front matter or project file, what else was found of the work, and what holds where nobody
    /// said anything, in the order of the table of keys.
    pub settings: Vec<SettingFact>,
    /// The headings with their depth, in the order of the text.
    pub outline: Vec<OutlineEntry>,
    /// What each part of the text was taken for, in the order of the text; paragraphs too.
    pub decisions: Vec<PartDecision>,
    /// What of the text is in no edition.
    pub left_out: Vec<LeftOutPart>,
}

/// What became of a book that is bound of several texts: what holds of it, and where each of its headings comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BookInspection {
    /// [`VERSION`].
    pub version: u32,
    /// The project file.
    pub file: String,
    /// What was said of it by flag or project file, what was found of the work, and what holds where nobody said anything, in the order
    /// of the table of keys.
    pub settings: Vec<SettingFact>,
    /// The sections with their headings and depth, in the order of the book, each with its text; those without a heading too.
    pub outline: Vec<OutlineEntry>,
}

/// One fact about the whole text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// What it is.
    pub value: String,
    /// The line where it stands, where it stands in one.
    pub line: Option<usize>,
    /// What gave it; empty where nobody said, as in Markdown.
    pub rule: &'static str,
    /// How sure, from 0 to 1.
    pub confidence: f32,
}

/// One value with the place it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SettingFact {
    /// The name of its key.
    pub name: &'static str,
    /// The value, as it was written; for a default, in words.
    pub value: String,
    /// `command line`, `front matter`, `text` or `default`, or the name of the project file.
    pub from: String,
    /// The line, in the text or the project file.
    pub line: Option<usize>,
}

/// One heading; in a book of several texts also a section without one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlineEntry {
    /// The text that its section begins in, where a book has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its first and its last line; of a text that is a chapter or part of a book, those of all that it heads; 0 where there is none.
    pub lines: (usize, usize),
    /// How deep it stands: 1 is the outermost.
    pub level: usize,
    /// "Chapter I": empty where it has none.
    pub label: String,
    /// The title: empty where the label is all there is, or in a book nothing.
    pub title: String,
    /// A second title.
    pub subtitle: String,
    /// Front, body or back matter.
    pub matter: Matter,
    /// What its section is for.
    pub role: SectionRole,
}

/// What one part of the text was taken for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartDecision {
    /// Its first and its last line.
    pub lines: (usize, usize),
    /// What it was taken for.
    pub verdict: &'static str,
    /// The rule that gave the strongest evidence.
    pub rule: &'static str,
    /// How sure, from 0 to 1.
    pub confidence: f32,
    /// The second-best reading, when there was one.
    pub runner_up: Option<&'static str>,
    /// Its first words.
    pub text: String,
}

impl PartDecision {
    /// Whether it is running text, of which a book has thousands of paragraphs, and was nearly nothing else.
    pub fn is_plain(&self) -> bool {
        self.verdict == "paragraph" && self.runner_up != Some("heading") && self.rule != TOLD
    }
}

/// One part that was left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOutPart {
    /// Its first and its last line.
    pub lines: (usize, usize),
    /// Why.
    pub reason: &'static str,
    /// Its first words.
    pub text: String,
}

impl Inspection {
    /// Lays a reading open. `resolved` is what was said of the text from all sides: it is in the metadata of the reading already.
    pub fn of(reading: &Reading, resolved: &Resolved) -> Inspection {
        let source = &reading.source;
        let meta = &reading.document.meta;
        let authors = meta.authors().collect::<Vec<_>>().join("; ");
        let (facts, parts): (Vec<&Decision>, Vec<&Decision>) =
            reading.decisions.iter().partition(|one| FACTS.contains(&one.verdict));
        let fact = |verdict: &str, value: String| {
            let key = if verdict == "encoding" { "input-encoding" } else { verdict };
            if let Some(given) = resolved.given.get(key) {
                let (rule, line) = match &given.origin {
                    Origin::Flag => ("given by you", None),
                    Origin::FrontMatter(span) => ("front matter", Some(source.lines(*span).0)),
                    Origin::Project { line, .. } => ("project file", Some(*line)),
                };
                return Fact { value, line, rule, confidence: 1.0 };
            }
            let decision = facts.iter().find(|one| one.verdict == verdict);
            Fact {
                value,
                line: decision.filter(|one| one.span.start < one.span.end).map(|one| source.lines(one.span).0),
                rule: decision.map_or("", |one| one.rule),
                confidence: decision.map_or(1.0, |one| one.confidence),
            }
        };
        Inspection {
            version: VERSION,
            file: source.name().to_owned(),
            title: fact("title", meta.title.clone()),
            author: (!authors.is_empty()).then(|| fact("author", authors)),
            language: fact("language", meta.language.to_string()),
            encoding: fact("encoding", reading.encoding.to_owned()),
            settings: settings(source, meta, resolved),
            outline: outline(reading),
            decisions: parts.into_iter().map(|one| part(source, one)).collect(),
            left_out: left_out(reading),
        }
    }
}

impl BookInspection {
    /// Lays a book open. `sources` are its texts, each with the number that spans name it by, and `resolved` is what was said of it from
    /// all sides: it is in the metadata already.
    pub fn of(file: &str, document: &Document, sources: &[Source], resolved: &Resolved) -> BookInspection {
        let project = Source::new(SourceId(0), file, String::new());
        let mut outline = Vec::new();
        document.for_each_section(&mut |section, depth| {
            let source =
                |span: &Span| sources.iter().find(|source| source.id() == span.source && span.start < span.end);
            let heading = section.heading.as_ref().map(|heading| heading.span);
            let lines = heading.and_then(|span| Some(source(&span)?.lines(span)));
            let file = heading.as_ref().and_then(source).or_else(|| source(&section.span));
            outline.push(entry(section, depth, file.map(|file| file.name().to_owned()), lines.unwrap_or_default()));
        });
        let settings = settings(&project, &document.meta, resolved);
        BookInspection { version: VERSION, file: file.to_owned(), settings, outline }
    }
}

/// The verdicts that are about the whole text.
const FACTS: &[&str] = &["encoding", "language", "title", "author"];

fn settings(source: &Source, meta: &Metadata, resolved: &Resolved) -> Vec<SettingFact> {
    let mut facts = Vec::new();
    for key in KEYS.iter().filter(|key| key.about == key.name) {
        let fact = |value: String, from: &str, line| SettingFact { name: key.name, value, from: from.to_owned(), line };
        match resolved.given.get(key.about) {
            Some(given) => facts.push(said(source, given)),
            None => match found(meta, key) {
                Some(value) => facts.push(fact(value, "text", None)),
                None if key.default.is_empty() => {}
                None => facts.push(fact(key.default.to_owned(), "default", None)),
            },
        }
    }
    facts
}

fn said(source: &Source, given: &Given) -> SettingFact {
    let (from, line) = match &given.origin {
        Origin::Flag => ("command line".to_owned(), None),
        Origin::FrontMatter(span) => ("front matter".to_owned(), Some(source.lines(*span).0)),
        Origin::Project { file, line } => (file.display().to_string(), Some(*line)),
    };
    let value = match given.value.as_str() {
        Some(text) => text.to_owned(),
        None => given.value.to_string(),
    };
    SettingFact { name: given.key.name, value, from, line }
}

/// What was found of a work, and nobody said.
fn found(meta: &Metadata, key: &Key) -> Option<String> {
    let people = |role| {
        let names = meta.contributors.iter().filter(|one| one.role == role).map(|one| one.name.as_str());
        Some(names.collect::<Vec<_>>().join("; "))
    };
    let value = match key.name {
        _ if key.scope != Scope::Work => None,
        "title" => Some(meta.title.clone()),
        "subtitle" => meta.subtitle.clone(),
        "author" => people(ContributorRole::Author),
        "translator" => people(ContributorRole::Translator),
        "editor" => people(ContributorRole::Editor),
        "illustrator" => people(ContributorRole::Illustrator),
        "language" => Some(meta.language.to_string()),
        "date" => meta.date.map(|date| date.to_string()),
        "publisher" => meta.publisher.clone(),
        "identifier" => meta.identifier.clone(),
        "description" => meta.description.clone(),
        "subject" => Some(meta.subjects.join("; ")),
        "rights" => meta.rights.clone(),
        "source" => meta.source.clone(),
        "series" => meta.series.as_ref().map(|series| series.name.clone()),
        "series-position" => meta.series.as_ref().and_then(|series| series.position.clone()),
        _ => None,
    };
    value.filter(|value| !value.is_empty())
}

fn outline(reading: &Reading) -> Vec<OutlineEntry> {
    let mut entries = Vec::new();
    reading.document.for_each_section(&mut |section, depth| {
        if let Some(heading) = &section.heading {
            entries.push(entry(section, depth, None, reading.source.lines(heading.span)));
        }
    });
    entries
}

/// The entry of a section.
fn entry(section: &Section, depth: usize, file: Option<String>, lines: (usize, usize)) -> OutlineEntry {
    let text = |part: fn(&Heading) -> &Vec<Inline>| {
        section.heading.as_ref().map(|heading| plain_text(part(heading)).trim().to_owned()).unwrap_or_default()
    };
    OutlineEntry {
        file,
        lines,
        level: depth + 1,
        label: text(|heading| &heading.label),
        title: text(|heading| &heading.title),
        subtitle: text(|heading| &heading.subtitle),
        matter: section.matter,
        role: section.role,
    }
}

fn part(source: &Source, decision: &Decision) -> PartDecision {
    // A scene break that is a mere gap has no text of its own: what follows it shows where it is.
    let text = match source.slice(decision.span) {
        "" => source.text().get(decision.span.start as usize..).unwrap_or("").lines().next().unwrap_or(""),
        text => text,
    };
    PartDecision {
        lines: source.lines(decision.span),
        verdict: decision.verdict,
        rule: decision.rule,
        confidence: decision.confidence,
        runner_up: decision.runner_up,
        text: first_words(text, EXCERPT),
    }
}

fn left_out(reading: &Reading) -> Vec<LeftOutPart> {
    let source = &reading.source;
    let part = |(span, reason)| LeftOutPart {
        lines: source.lines(span),
        reason,
        text: first_words(source.slice(span), EXCERPT),
    };
    left_out_runs(reading).into_iter().map(part).collect()
}

/// What was left out: parts that follow one another for the same reason are one.
pub(crate) fn left_out_runs(reading: &Reading) -> Vec<(Span, &'static str)> {
    let mut runs: Vec<(Span, &'static str)> = Vec::new();
    let is_blank = |from: u32, to: u32| {
        reading.source.text().get(from as usize..to as usize).is_some_and(|text| text.trim().is_empty())
    };
    let text = reading.left_out.iter().filter(|one| !is_blank(one.span.start, one.span.end));
    for one in text {
        match runs.last_mut() {
            Some((span, reason)) if *reason == one.reason && is_blank(span.end, one.span.start) => {
                *span = span.to(one.span);
            }
            _ => runs.push((one.span, one.reason)),
        }
    }
    runs
}

/// The first words of a text, on one line: whole words, of `most` characters at most, unless the first is longer.
pub(crate) fn first_words(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if out.is_empty() {
            out.extend(word.chars().take(most));
            count = length;
            continue;
        }
        if count + 1 + length > most {
            break;
        }
        out.push(' ');
        out.push_str(word);
        count += 1 + length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_are_whole() {
        assert_eq!(first_words("  one\n two three", 8), "one two");
        assert_eq!(first_words("\u{5929}\u{5730}\u{7384}\u{9EC4}", 3), "\u{5929}\u{5730}\u{7384}");
        assert_eq!(first_words(" \n", 9), "");
    }
}
