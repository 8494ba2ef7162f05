//! `--watch`: converts again what changes.
//!
//! The texts are looked at twice a second. That costs one look-up a text and works on every file system and over the
//! network, where the notices of the system do not come; and it needs no crate with a part for each system.

use crate::report::print;
use crate::work::{STOP, Work};
use crate::{INTERRUPTED, summary};
use bindery::batch::{self, Input, Job};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

/// How long after a look the next one comes. A text that changed is settled when two looks in a row see it the same.
const PAUSE: Duration = Duration::from_millis(500);

/// What tells that a text has changed: its length and its time.
pub(crate) type Look = HashMap<PathBuf, (u64, Option<SystemTime>)>;

/// Converts what changes, until Ctrl-C. The texts have been converted as they were at the look `done` or later.
///
/// # Errors
///
/// The message for what cannot be gone on with.
pub(crate) fn run(work: &Work, mut done: Look) -> Result<u8, String> {
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
        let now = look(&jobs);
        let is_settled = now == before;
        before = now;
        if !is_settled || before == done {
            continue;
        }
        let changed: Vec<Job> = jobs
            .into_iter()
            .filter(|job| match &job.input {
                Input::Stdin | Input::Bound(_) => false,
                Input::File(path) => before.get(path) != done.get(path),
            })
            .collect();
        done = before.clone();
        if !changed.is_empty() {
            let (tally, took) = work.round(&changed)?;
            print(&(summary::line(&tally, took) + "\n"));
        }
    }
    Ok(INTERRUPTED)
}

/// Looks at all texts.
pub(crate) fn look(jobs: &[Job]) -> Look {
    let paths = jobs.iter().filter_map(|job| match &job.input {
        Input::Stdin | Input::Bound(_) => None,
        Input::File(path) => Some(path),
    });
    paths
        .filter_map(|path| {
            let about = std::fs::metadata(path).ok()?;
            Some((path.clone(), (about.len(), about.modified().ok())))
        })
        .collect()
}
