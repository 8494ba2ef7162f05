//! What is known of a text when it is done: one line of a report.

use super::Format;
use super::fingerprint::{self, hex};
use super::paths::absolute;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Date, Document, Leaf, push_plain_text};
use crate::reader::Decision;
use crate::source::{Source, SourceId, Span};
use crate::style::Class;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What became of one text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The text, as it was named.
    pub input: String,
    /// What became of it.
    pub status: Status,
    /// Why it failed, when it did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<String>,
    /// The SHA-256 of its bytes, in hexadecimal digits; none where they could not be read, or nobody asked for hashes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// The editions that were made of it, now or before.
    pub outputs: Vec<Target>,
    /// What was found in it.
    #[serde(flatten)]
    pub facts: Facts,
    /// What there is to tell of it.
    pub diagnostics: Vec<Message>,
    /// How long it was in work.
    pub seconds: f64,
}

impl Record {
    /// The diagnostics that are warnings.
    pub fn warnings(&self) -> impl Iterator<Item = &Message> {
        self.diagnostics.iter().filter(|one| one.severity == Severity::Warning)
    }
}

/// How a text ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its editions were made.
    Converted,
    /// Its editions are up to date.
    Skipped,
    /// None was made.
    Failed,
}

/// A place as people count it, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The character in it.
    pub column: usize,
}

impl Place {
    /// Where a span begins.
    pub fn of(span: Option<Span>, source: Option<&Source>) -> Option<Place> {
        let at = source?.position(span?.start);
        Some(Place { line: at.line, column: at.column })
    }
}

/// An edition in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What it is.
    pub format: Format,
    /// Where it is; `-` is standard output.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits; none where nobody asked for hashes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
}

/// What was found in a text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The pages of the PDF, when one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// How many words there are: what stands between white space and has a letter or a figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<usize>,
    /// The language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// An article or a book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// How sure the structure is, from 0 to 1: the mean of all decisions about headings and parts, but for those that took running
    /// text for what it is. None where there was nothing to decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// The files that the text names, as pictures and what its front matter says, and those of its project.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<NamedFile>,
    /// The day it was made, where its date is that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<Date>,
    /// The day it was last changed, where its date is that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
}

/// A file that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedFile {
    /// Its path: from the folder of the text, as that has it, or absolute.
    pub path: String,
    /// The SHA-256 of its bytes; none where it could not be had.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
}

impl NamedFile {
    /// A file by a path that means the same from every folder.
    pub(super) fn at(path: &Path, bytes: Option<&[u8]>) -> NamedFile {
        NamedFile::new(&absolute(path).to_string_lossy(), bytes)
    }

    /// A file of these bytes, if it could be had.
    pub(super) fn new(path: &str, bytes: Option<&[u8]>) -> NamedFile {
        NamedFile { path: path.to_owned(), sha256: bytes.map(|bytes| hex(&fingerprint::of(bytes))) }
    }
}

/// A diagnostic with its place as people count it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Of a book of several texts, the text that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// Which kind.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where, when it is about a place in the text.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// What was found.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

impl Message {
    /// A diagnostic with its place in that of the texts that it is about.
    pub fn of(diagnostic: &Diagnostic, sources: &[Source]) -> Message {
        let source = diagnostic.span.and_then(|span| sources.iter().find(|source| source.id() == span.source));
        Message {
            file: source.filter(|source| source.id() != SourceId(0)).map(|source| source.name().to_owned()),
            code: diagnostic.code,
            severity: diagnostic.severity,
            place: Place::of(diagnostic.span, source),
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
        }
    }
}

/// How many words a document has.
pub(super) fn words(document: &Document) -> usize {
    let count = |text: &str| {
        let (mut words, mut is_word) = (0, false);
        for c in text.chars() {
            if c.is_whitespace() {
                words += usize::from(is_word);
                is_word = false;
            } else {
                is_word |= c.is_alphanumeric();
            }
        }
        words + usize::from(is_word)
    };
    let mut words = 0;
    let mut text = String::new();
    document.for_each_leaf(&mut |leaf| {
        words += match leaf {
            Leaf::Text(inlines, _) => {
                text.clear();
                push_plain_text(inlines, &mut text);
                count(&text)
            }
            Leaf::Code(line, _) => count(line),
        }
    });
    words
}

/// The verdicts that are about the whole text and none of its parts.
const WHOLE: [&str; 4] = ["encoding", "language", "title", "author"];

/// How sure the structure is.
pub(super) fn confidence(decisions: &[Decision]) -> Option<f32> {
    let is_plain = |one: &Decision| one.verdict == "paragraph" && one.runner_up != Some("heading");
    let structure = decisions.iter().filter(|one| !WHOLE.contains(&one.verdict) && !is_plain(one));
    let (sum, count) = structure.fold((0.0, 0_u32), |(sum, count), one| (sum + f64::from(one.confidence), count + 1));
    (count > 0).then(|| (sum / f64::from(count) * 1000.0).round() as f32 / 1000.0)
}
