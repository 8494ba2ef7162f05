//! Where title, author and language of a work came from.

use super::heading::key_of;
use super::line::Line;
use crate::model::Metadata;
use crate::reader::Decision;
use crate::source::Span;

/// Lines from the start among which the words of a title are looked for.
const HEAD: usize = 400;

/// Watches metadata fill up, and remembers which step gave what.
#[derive(Debug)]
pub(crate) struct Provenance<'l, 'a> {
    lines: &'l [Line<'a>],
    title: String,
    authors: Vec<String>,
    title_from: Option<Decision>,
    author_from: Option<Decision>,
}

impl<'l, 'a> Provenance<'l, 'a> {
    /// Nothing is known yet of the work that stands in `lines`.
    pub(crate) fn new(lines: &'l [Line<'a>]) -> Self {
        Provenance { lines, title: String::new(), authors: Vec::new(), title_from: None, author_from: None }
    }

    /// Notes that what has changed in `meta` since the last call came from `rule`.
    pub(crate) fn note(&mut self, meta: &Metadata, rule: &'static str, confidence: f32) {
        let decision = |verdict, span| Decision { span, verdict, rule, confidence, runner_up: None };
        if meta.title != self.title {
            self.title.clone_from(&meta.title);
            self.title_from = Some(decision("title", self.place(&meta.title)));
        }
        let authors: Vec<&str> = meta.authors().collect();
        if authors != self.authors {
            self.authors = authors.iter().map(|&name| name.to_owned()).collect();
            self.author_from = authors.first().map(|name| decision("author", self.place(name)));
        }
    }

    /// The decisions that were noted.
    pub(crate) fn decisions(self) -> impl Iterator<Item = Decision> {
        self.title_from.into_iter().chain(self.author_from)
    }

    /// The first line that says `words`, or begins to; an empty place where none does.
    fn place(&self, words: &str) -> Span {
        let key = key_of(words);
        let begins = |line: &&Line| {
            let own = key_of(line.text);
            own.contains(&key) || own.chars().count() > 3 && key.starts_with(&own)
        };
        let head = || self.lines.iter().take(HEAD).filter(|line| !line.is_blank());
        if key.is_empty() { Span::default() } else { head().find(begins).map_or(Span::default(), |line| line.span) }
    }
}
