//! Many texts into many editions: plan, convert, write.
//!
//! [`plan`](plan::plan) turns what was asked for into jobs, [`convert`](convert::convert) makes the editions of one text in memory, and
//! [`run`](run::run) does all jobs, each on its own: a text that fails harms no other. A [`Store`] remembers what was made of what; a
//! [`Record`] says what became of a text, a [`Tally`] what became of many.

mod book;
mod configure;
mod convert;
mod files;
mod find;
mod fingerprint;
mod init;
mod journal;
mod paths;
mod plan;
mod project;
mod record;
mod run;
mod store;
mod tally;

pub use configure::SettingFault;
pub use convert::{Config, ConvertError, CoverChoice, Edition, From, Made, Text, convert, understand};
pub use files::write_whole;
pub use init::project_for;
pub use plan::{Input, Job, Output, PlanError, Request, Shard, ShardError, plan};
pub use project::{PROJECT_FILE, Project, ProjectError, ProjectFault, ProjectText};

pub use record::{Facts, Message, NamedFile, Place, Record, Status, Target};
pub use run::{LocalMaker, Maker, Observer, Orders, Product, Threads, run};
pub use store::{Stale, Store, StoreError};
pub use tally::Tally;

use crate::diag::Diagnostics;
use crate::limits::{Bound, Exceeded, Limits};
use crate::model::Date;
use crate::reader::Reading;
use crate::reader::inspection::BookInspection;
use crate::settings::Resolved;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What can be made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// An e-book, EPUB 3.3.
    Epub,
    /// Pages.
    Pdf,
    /// The document model.
    Json,
    /// Plain text.
    #[serde(rename = "txt")]
    Text,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Epub => "epub",
            Format::Pdf => "pdf",
            Format::Json => "json",
            Format::Text => "txt",
        }
    }

    /// The format that the ending of a name tells.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        [Format::Epub, Format::Pdf, Format::Json, Format::Text].into_iter().find(|format| format.ending() == ending)
    }
}

/// Why a job could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// The text could not be read.
    #[error("cannot read this: {}", reason(.0))]
    Read(#[source] io::Error),
    /// The text is longer than is allowed.
    #[error(transparent)]
    TooLarge(#[from] Exceeded),
    /// The editions could not be made.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// An edition could not be written.
    #[error("cannot write {}: {}; what stood there before is untouched", .0.display(), reason(.1))]
    Write(PathBuf, #[source] io::Error),
}

/// What the system says, without its error number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "this is a folder".into(),
        io::ErrorKind::NotADirectory => "a part of this path is not a folder".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// What an input is found to be.
#[derive(Debug, Clone)]
pub enum Inspected {
    /// One text, and what was said of it from all sides: that is in the metadata of the reading already.
    Text(Box<Reading>, Box<Resolved>),
    /// A book of several texts.
    Book {
        /// What became of it.
        inspection: BookInspection,
        /// What is to be told of its texts.
        diagnostics: Diagnostics,
        /// Its texts, to find lines by.
        sources: Vec<Source>,
    },
}

/// Reads one text or book as [`run`](run::run) does, with all that was decided on the way.
///
/// # Errors
///
/// Those of the file, of [`understand`], and of the texts of a book.
pub fn inspect(input: &Input, config: &Config) -> Result<Inspected, JobError> {
    let (bytes, modified) = read(input, &config.limits)?;
    let name = input.name();
    let text = Text { bytes: &bytes, name: &name, modified, folder: folder(input) };
    if convert::kind(&text, config) == From::Project {
        if config.plain.structure.is_some() {
            return Err(ConvertError::Marked.into());
        }
        let mut made = Made::nothing();
        let (document, resolved) = book::read(&text, config, &mut made)?;
        let inspection = BookInspection::of(&name, &document, &made.sources, &resolved);
        return Ok(Inspected::Book { inspection, diagnostics: made.diagnostics, sources: made.sources });
    }
    let config = book::with_project(&text, config, &mut Vec::new())?;
    let mut reading = understand(&text, &config)?;
    let resolved = convert::complete(&mut reading.document, &reading.front, &config, modified);
    Ok(Inspected::Text(Box::new(reading), Box::new(resolved)))
}

/// The folder that a text stands in.
fn folder(input: &Input) -> Option<&Path> {
    match input {
        Input::Stdin => None,
        Input::Bound(_) => Some(Path::new(".")),
        Input::File(path) => paths::folder_of(path),
    }
}

/// The bytes of a text, and the day it was last changed.
fn read(input: &Input, limits: &Limits) -> Result<(Vec<u8>, Option<Date>), JobError> {
    let mut bytes = Vec::new();
    let modified = match input {
        Input::Stdin => {
            io::stdin().lock().take(limits.input.saturating_add(1)).read_to_end(&mut bytes).map_err(JobError::Read)?;
            None
        }
        Input::Bound(files) => {
            bytes = project::listing(files).into_bytes();
            None
        }
        Input::File(path) => {
            let file = fs::File::open(path).map_err(JobError::Read)?;
            let about = file.metadata().map_err(JobError::Read)?;
            if about.is_dir() {
                return Err(JobError::Read(io::ErrorKind::IsADirectory.into()));
            }
            // What is no regular file has no length before it is read.
            limits.check(Bound::Input, about.len(), None)?;
            // One more than the file has, so that its end is seen without more room.
            bytes.reserve_exact(about.len().saturating_add(1) as usize);
            file.take(limits.input.saturating_add(1)).read_to_end(&mut bytes).map_err(JobError::Read)?;
            let since = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            since.and_then(|since| Date::from_unix_seconds(since.as_secs()))
        }
    };
    limits.check(Bound::Input, bytes.len() as u64, None)?;
    Ok((bytes, modified))
}
