//! Records summed up.

use super::record::{Record, Status};
use crate::diag::Code;
use crate::style::Class;
use std::collections::BTreeMap;

/// What many texts came to. Two tallies of different texts add up to that of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Texts whose editions were made.
    pub converted: usize,
    /// Texts whose editions were up to date.
    pub skipped: usize,
    /// Texts that failed.
    pub failed: usize,
    /// Texts with a warning.
    pub warned: usize,
    /// How many warnings of each code there are.
    pub warnings: BTreeMap<Code, usize>,
    /// The pages of all PDFs.
    pub pages: usize,
    /// The words of all texts.
    pub words: usize,
    /// How long all texts were in work, one after the other.
    pub seconds: f64,
    /// How many texts there are in each language.
    pub languages: BTreeMap<String, usize>,
    /// How many articles.
    pub articles: usize,
    /// How many books.
    pub books: usize,
}

impl Tally {
    /// Adds a text.
    pub fn add(&mut self, record: &Record) {
        match record.status {
            Status::Converted => self.converted += 1,
            Status::Skipped => self.skipped += 1,
            Status::Failed => self.failed += 1,
        }
        self.warned += usize::from(record.warnings().next().is_some());
        for warning in record.warnings() {
            *self.warnings.entry(warning.code).or_default() += 1;
        }
        self.pages += record.facts.pages.unwrap_or(0);
        self.words += record.facts.words.unwrap_or(0);
        self.seconds += record.seconds;
        if let Some(language) = &record.facts.language {
            *self.languages.entry(language.clone()).or_default() += 1;
        }
        match record.facts.class {
            Some(Class::Article) => self.articles += 1,
            Some(Class::Book) => self.books += 1,
            None => {}
        }
    }

    /// All texts.
    pub fn texts(&self) -> usize {
        self.converted + self.skipped + self.failed
    }
}
