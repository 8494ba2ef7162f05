//! Many texts into many editions: plan, convert, write.
//!
//! [`plan`](plan::plan) turns what was asked for into jobs, [`convert`](convert::convert) makes the editions of one text in memory, and
//! [`run`] does all jobs, each on its own: a text that fails harms no other.

mod configure;
mod convert;
mod files;
mod find;
mod plan;

pub use configure::SettingFault;
pub use convert::{Config, ConvertError, CoverChoice, Edition, From, Made, Text, convert, understand};
pub use files::write_whole;
pub use plan::{Input, Job, Output, PlanError, Request, Shard, ShardError, plan};

use crate::diag::Diagnostics;
use crate::font::Library;
use crate::model::Date;
use crate::reader::Reading;
use crate::settings::Resolved;
use crate::source::Source;
use rayon::prelude::*;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What can be made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// An e-book, EPUB 3.3.
    Epub,
    /// Pages.
    Pdf,
    /// The document model.
    Json,
    /// Plain text.
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

/// What became of one job.
#[derive(Debug)]
pub struct Outcome {
    /// The name of the input.
    pub name: String,
    /// What was made, or why not.
    pub result: Result<Done, JobError>,
    /// What to tell of it.
    pub diagnostics: Diagnostics,
    /// The text, where it could be read: to find lines by.
    pub source: Option<Source>,
}

/// A job that is done.
#[derive(Debug)]
pub struct Done {
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// The pages of the PDF, when one was made.
    pub pages: Option<usize>,
}

/// Why a job could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// The text could not be read.
    #[error("cannot read this: {}", reason(.0))]
    Read(#[source] io::Error),
    /// The text is longer than any book.
    #[error("this has {0} bytes, more than the {MAX_INPUT} that one text may have; cut it in parts")]
    TooLarge(u64),
    /// The editions could not be made.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// An edition could not be written.
    #[error("cannot write {}: {}; what stood there before is untouched", .0.display(), reason(.1))]
    Write(PathBuf, #[source] io::Error),
}

/// The largest text that is read, in bytes. War and Peace has 3.2 million.
pub const MAX_INPUT: u64 = 1 << 30;

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

/// Who hears of each job as it ends. Jobs end in any order.
pub trait Observer: Sync {
    /// A job has ended.
    fn ended(&self, outcome: Outcome);
}

/// Does all jobs, as many at once as the current rayon pool has threads. Gives back how many failed.
pub fn run(jobs: &[Job], config: &Config, library: &Library, observer: &dyn Observer) -> usize {
    jobs.par_iter()
        .map(|job| {
            let outcome = perform(job, config, library);
            let failed = usize::from(outcome.result.is_err());
            observer.ended(outcome);
            failed
        })
        .sum()
}

/// Reads one text as [`run`] does, with all that was decided on the way, and what was said of it from all sides: that is in the
/// metadata already.
///
/// # Errors
///
/// Those of the file and of [`understand`].
pub fn inspect(input: &Input, config: &Config) -> Result<(Reading, Resolved), JobError> {
    let (bytes, modified) = read(input)?;
    let name = input.name();
    let mut reading = understand(&Text { bytes: &bytes, name: &name, modified, folder: folder(input) }, config)?;
    let resolved = convert::complete(&mut reading.document, &reading.front, config, modified);
    Ok((reading, resolved))
}

/// The folder that a text stands in.
fn folder(input: &Input) -> Option<&Path> {
    match input {
        Input::Stdin => None,
        Input::File(path) => {
            path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
        }
    }
}

/// Does one job.
fn perform(job: &Job, config: &Config, library: &Library) -> Outcome {
    let name = job.input.name();
    let failed = |error: JobError| Outcome {
        name: name.clone(),
        result: Err(error),
        diagnostics: Diagnostics::new(),
        source: None,
    };
    let (bytes, modified) = match read(&job.input) {
        Ok(read) => read,
        Err(error) => return failed(error),
    };
    let formats: Vec<Format> = job.outputs.iter().map(|(format, _)| *format).collect();
    let text = Text { bytes: &bytes, name: &name, modified, folder: folder(&job.input) };
    let made = convert(&text, &formats, config, library);
    let result = match made.editions {
        Ok(editions) => write(&job.outputs, &editions).map(|written| Done { written, pages: made.pages }),
        Err(error) => Err(error.into()),
    };
    Outcome { name, result, diagnostics: made.diagnostics, source: made.source }
}

/// The bytes of a text, and the day it was last changed.
fn read(input: &Input) -> Result<(Vec<u8>, Option<Date>), JobError> {
    let mut bytes = Vec::new();
    let modified = match input {
        Input::Stdin => {
            io::stdin().lock().take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(JobError::Read)?;
            None
        }
        Input::File(path) => {
            let file = fs::File::open(path).map_err(JobError::Read)?;
            let about = file.metadata().map_err(JobError::Read)?;
            if about.is_dir() {
                return Err(JobError::Read(io::ErrorKind::IsADirectory.into()));
            }
            file.take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(JobError::Read)?;
            let since = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            since.and_then(|since| Date::from_unix_seconds(since.as_secs()))
        }
    };
    match bytes.len() as u64 {
        length if length > MAX_INPUT => Err(JobError::TooLarge(length)),
        _ => Ok((bytes, modified)),
    }
}

/// Writes editions to their targets, in order; folders are made as needed.
fn write(outputs: &[(Format, Output)], editions: &[Edition]) -> Result<Vec<PathBuf>, JobError> {
    let mut written = Vec::new();
    for ((_, output), edition) in outputs.iter().zip(editions) {
        match output {
            Output::Stdout => {
                let mut out = io::stdout().lock();
                let done = out.write_all(&edition.data).and_then(|()| out.flush());
                done.map_err(|error| JobError::Write("standard output".into(), error))?;
            }
            Output::File(path) => {
                let fault = |error| JobError::Write(path.clone(), error);
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    fs::create_dir_all(folder).map_err(fault)?;
                }
                write_whole(path, &edition.data).map_err(fault)?;
                written.push(path.clone());
            }
        }
    }
    Ok(written)
}
