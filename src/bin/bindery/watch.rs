//! `--watch`: converts again what changes.
//!
//! The files are looked at twice a second. That costs one look-up a file and works on every file system and over the
//! network, where the notices of the system do not come; and it needs no crate with a part for each system.

use crate::report::print;
use crate::work::{STOP, Work};
use crate::{INTERRUPTED, summary};
use bindery::batch::{self, Input, Job, Record};
use std::collections::HashMap;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long after a look the next one comes. A file that changed is settled when two looks in a row see it the same.
const PAUSE: Duration = Duration::from_millis(500);

/// What tells that a file has changed: its length and its time; none where it is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// Files as they were when they were looked at.
type Stamps = Vec<(PathBuf, Stamp)>;

/// The files that a job is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// Those that were given.
    given: Stamps,
    /// Those that these name: pictures, the chapters of a book.
    named: Stamps,
}

/// The files of all jobs, by what messages call a job's text.
pub(crate) type Look = HashMap<String, Seen>;

/// The files that texts turned out to name, as they were when the text was done.
pub(crate) struct Named<'a> {
    /// Where else than beside a text they are looked for.
    resource_paths: &'a [PathBuf],
    files: Mutex<HashMap<String, Stamps>>,
}

impl<'a> Named<'a> {
    /// Those of no text yet.
    pub(crate) fn new(resource_paths: &'a [PathBuf]) -> Named<'a> {
        Named { resource_paths, files: Mutex::default() }
    }

    /// Notes the files that a text names.
    pub(crate) fn note(&self, record: &Record) {
        let folder = Path::new(&record.input).parent().unwrap_or(Path::new(""));
        let folders = || iter::once(folder).chain(self.resource_paths.iter().map(PathBuf::as_path));
        let places = record.facts.files.iter().flat_map(|file| folders().map(|folder| folder.join(&file.path)));
        let stamps = places.map(stamped).collect();
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(record.input.clone(), stamps);
    }

    fn of(&self, name: &str) -> Stamps {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned().unwrap_or_default()
    }
}

/// Converts what changes, until Ctrl-C. What was given has been converted as it was at the look `done` or later.
///
/// # Errors
///
/// The message for what cannot be gone on with.
pub(crate) fn run(work: &Work, done: Look) -> Result<u8, String> {
    let mut done = with_named(done, &work.named);
    let mut before = done.clone();
    let mut told = String::new();
    while !STOP.load(Ordering::Relaxed) {
        std::thread::sleep(PAUSE);
        // A folder may be gone for a moment, as while it is replaced: that is told once, and looked at again.
        let jobs = match batch::plan(work.request) {
            Ok(jobs) => jobs,
            Err(error) => {
                let message = error.to_string();
                if message != told {
                    print(&format!("bindery: waiting: {message}\n"));
                    told = message;
                }
                continue;
            }
        };
        told.clear();
        let now = look(&jobs, &work.named);
        let is_settled = now == before;
        before = now;
        if !is_settled || before == done {
            continue;
        }
        let has_changed = |job: &Job| before.get(&job.input.name()) != done.get(&job.input.name());
        let changed: Vec<Job> = jobs.into_iter().filter(has_changed).collect();
        if !changed.is_empty() {
            let (tally, took) = work.round(&changed)?;
            print(&(summary::line(&tally, took) + "\n"));
        }
        done = with_named(before.clone(), &work.named);
    }
    Ok(INTERRUPTED)
}

/// Looks at the files of all jobs, but for those that stand on standard input.
pub(crate) fn look(jobs: &[Job], named: &Named) -> Look {
    let seen = |job: &Job| {
        let given = match &job.input {
            Input::Stdin => return None,
            Input::File(path) => vec![stamped(path.clone())],
            Input::Bound(paths) => paths.iter().cloned().map(stamped).collect(),
        };
        let name = job.input.name();
        let named = named.of(&name).into_iter().map(|(path, _)| stamped(path)).collect();
        Some((name, Seen { given, named }))
    };
    jobs.iter().filter_map(seen).collect()
}

/// A look with the files that texts name as they were when the texts were done.
fn with_named(mut look: Look, named: &Named) -> Look {
    for (name, seen) in &mut look {
        seen.named = named.of(name);
    }
    look
}

fn stamped(path: PathBuf) -> (PathBuf, Stamp) {
    let stamp = std::fs::metadata(&path).ok().map(|about| (about.len(), about.modified().ok()));
    (path, stamp)
}
