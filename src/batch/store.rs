//! What has been made in a folder of outputs, and of what: so that a run makes again only what is not up to date.
//!
//! A text is up to date when its bytes, its pictures, all options, faces and the version are those that its editions were made
//! with, and its editions are there with the bytes that were made. Times of texts are not looked at. That of an edition
//! spares reading it: where length and time are those that were noted the bytes are too; where not, they are compared by hash.
//!
//! The record is a [journal](super::journal) in `OUT/.bindery`. What was made is written down before its editions are put in their places, so
//! that a process killed in between makes none a second time that is already there, and takes none for made that is not.

use super::fingerprint::{self, Hash, hex};
use super::journal::{Journal, Line, Name};
use super::paths::absolute;
use super::plan::{Input, Job, Output, Shard};
use super::record::{NamedFile, Record, Status};
use super::{Config, files, reason};
use crate::diag::Severity;
use crate::font::Library;
use crate::model::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::UNIX_EPOCH;

/// The folder of the record, in that of the outputs.
const FOLDER: &str = ".bindery";
/// The ending of journals.
const ENDING: &str = "journal";

/// The record of one folder of outputs. It can be shared among threads; processes that work in one folder at once each keep
/// a journal of their own and read those of the others.
pub struct Store {
    root: PathBuf,
    settings: Hash,
    today: Option<Date>,
    /// The own journal, then those of others.
    journals: Vec<Journal>,
    /// Where in which journal the last line about a place begins.
    index: RwLock<FxHashMap<(Name, u16), u64>>,
    trouble: Mutex<Option<io::Error>>,
    /// Held as long as the own journal is in use.
    _lock: File,
}

/// Why there is no record.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot keep the record of what was made here: {}", .path.display(), reason(.error))]
pub struct StoreError {
    path: PathBuf,
    #[source]
    error: io::Error,
}

/// What a line of the journal says.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The text, by its absolute path; none for standard input.
    source: Option<String>,
    /// The editions, by their paths in the folder of outputs.
    files: Vec<String>,
    /// When the editions were last changed, in nanoseconds since 1970; none: not known yet.
    stamps: Vec<u64>,
    record: Record,
}

/// What a text and all that its editions depend on come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    place: Name,
    hash: Hash,
}

/// Editions whose text is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The text that was.
    pub source: PathBuf,
    /// Its editions that are there still, with the bytes that were made.
    pub files: Vec<PathBuf>,
}

impl Store {
    /// Opens the record of the folder `root`; both are made where they are missing.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made or its record not be opened.
    pub fn open(root: &Path, config: &Config, library: &Library, shard: Option<Shard>) -> Result<Store, StoreError> {
        let folder = root.join(FOLDER);
        let fault = |error| StoreError { path: folder.clone(), error };
        fs::create_dir_all(&folder).map_err(fault)?;
        let (path, lock) = reserve(&folder, shard).map_err(fault)?;
        let mut index = FxHashMap::default();
        let mut lines = 0_usize;
        let own = Journal::open(&path, &mut |start, line| {
            lines += 1;
            index.insert((line.place, 0), start);
        });
        let mut own = own.map_err(fault)?;
        // Each text has two lines. A journal that is mostly of what was made anew is written anew.
        if lines > 3 * index.len() + 1000 && compact(&path, &own, &index).is_ok() {
            index.clear();
            own = Journal::open(&path, &mut |start, line| {
                index.insert((line.place, 0), start);
            })
            .map_err(fault)?;
        }
        let mut journals = vec![own];
        for other in others(&folder, &path).map_err(fault)? {
            let Ok(number) = u16::try_from(journals.len()) else { break };
            // A journal that has gone meanwhile, or is not ours to read, tells nothing.
            let opened = Journal::open_read(&other, &mut |start, line| {
                index.insert((line.place, number), start);
            });
            journals.extend(opened);
        }
        Ok(Store {
            root: root.to_owned(),
            settings: fingerprint::of_settings(config, library),
            today: config.today,
            journals,
            index: RwLock::new(index),
            trouble: Mutex::new(None),
            _lock: lock,
        })
    }

    /// What the editions of a text depend on.
    pub(super) fn key(&self, job: &Job, text: &Hash) -> Key {
        let files = self.files(job).join("\0");
        let place =
            fingerprint::of(files.as_bytes()).iter().take(8).fold(0, |name, byte| name << 8 | Name::from(*byte));
        let name = match &job.input {
            Input::Stdin | Input::Bound(_) => String::new(),
            Input::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        let formats: Vec<u8> = job.outputs.iter().map(|(format, _)| *format as u8).collect();
        let parts: [&[u8]; 5] = [&self.settings, &formats, files.as_bytes(), name.as_bytes(), text];
        Key { place, hash: fingerprint::of_parts(&parts) }
    }

    /// What was made of a text that was last changed on the day `modified`, if it is up to date. `file` looks at a file that the text
    /// names.
    pub(super) fn up_to_date(
        &self,
        job: &Job,
        key: Key,
        modified: Option<Date>,
        file: &dyn Fn(&str) -> NamedFile,
    ) -> Option<Record> {
        let key_text = hex(&key.hash);
        let entry = (0_u16..).zip(&self.journals).find_map(|(number, journal)| {
            let start = *self.index.read().unwrap_or_else(PoisonError::into_inner).get(&(key.place, number))?;
            let line = journal.read(start).filter(|line| line.key == key_text)?;
            serde_json::from_str::<Entry>(&line.json).ok()
        })?;
        if entry.record.outputs.len() != job.outputs.len() {
            return None;
        }
        let mut is_known = true;
        for (at, ((_, output), made)) in job.outputs.iter().zip(&entry.record.outputs).enumerate() {
            let Output::File(path) = output else { return None };
            let about = fs::metadata(path).ok().filter(|about| about.is_file() && about.len() == made.bytes)?;
            if entry.stamps.get(at).is_none_or(|noted| Some(*noted) != stamp(&about)) {
                is_known = false;
                (Some(hex(&fingerprint::of(&fs::read(path).ok()?))) == made.sha256).then_some(())?;
            }
        }
        let facts = &entry.record.facts;
        let is_of_day = facts.today.is_none_or(|day| Some(day) == self.today)
            && facts.modified.is_none_or(|day| Some(day) == modified);
        if !is_of_day || facts.files.iter().any(|named| file(&named.path) != *named) {
            return None;
        }
        let mut record = entry.record;
        record.input = job.input.name();
        for ((_, output), made) in job.outputs.iter().zip(&mut record.outputs) {
            made.path = output.name();
        }
        if !is_known {
            self.confirm(job, key, &record);
        }
        record.status = Status::Skipped;
        record.seconds = 0.0;
        Some(record)
    }

    /// Notes what is about to be put in its place.
    pub(super) fn promise(&self, job: &Job, key: Key, record: &Record) {
        self.note(job, key, record, Vec::new());
    }

    /// Notes what is in its place.
    pub(super) fn confirm(&self, job: &Job, key: Key, record: &Record) {
        let stamp_of = |output: &Output| match output {
            Output::Stdout => None,
            Output::File(path) => fs::metadata(path).ok().as_ref().and_then(stamp),
        };
        let stamps: Option<Vec<u64>> = job.outputs.iter().map(|(_, output)| stamp_of(output)).collect();
        if let Some(stamps) = stamps {
            self.note(job, key, record, stamps);
        }
    }

    fn note(&self, job: &Job, key: Key, record: &Record, stamps: Vec<u64>) {
        let source = match &job.input {
            Input::Stdin | Input::Bound(_) => None,
            Input::File(path) => Some(absolute(path).to_string_lossy().into_owned()),
        };
        let mut record = record.clone();
        // What is worth a note to somebody who asks for decisions can be had again from the text.
        record.diagnostics.retain(|one| one.severity != Severity::Note);
        let entry = Entry { source, files: self.files(job), stamps, record };
        let Ok(json) = serde_json::to_string(&entry) else { return };
        let Some(own) = self.journals.first() else { return };
        match own.append(&Line::written(key.place, &key.hash, &json)) {
            Ok(start) => {
                self.index.write().unwrap_or_else(PoisonError::into_inner).insert((key.place, 0), start);
            }
            Err(error) => {
                self.trouble.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    }

    /// What kept the record from being complete, as where the disk is full. What was made is whole all the same; it is made
    /// again by the next run.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(reason)
    }

    /// The editions of texts that were below one of the folders `roots` and are there no longer. An edition that one of the
    /// `jobs` makes, or that somebody has changed since, is none.
    pub fn stale(&self, roots: &[PathBuf], jobs: &[Job]) -> Vec<Stale> {
        let roots: Vec<PathBuf> = roots.iter().filter(|root| root.is_dir()).map(|root| absolute(root)).collect();
        let wanted: HashSet<String> = jobs.iter().flat_map(|job| self.files(job)).collect();
        let mut found = Vec::new();
        for ((_, number), start) in self.index.read().unwrap_or_else(PoisonError::into_inner).iter() {
            let line = self.journals.get(usize::from(*number)).and_then(|journal| journal.read(*start));
            let entry = line.and_then(|line| serde_json::from_str::<Entry>(&line.json).ok());
            let Some(Entry { source: Some(source), files, record, .. }) = entry else { continue };
            let source = PathBuf::from(source);
            if !roots.iter().any(|root| source.starts_with(root)) || source.exists() {
                continue;
            }
            let ours = files.into_iter().zip(&record.outputs).filter_map(|(file, made)| {
                let path = self.root.join(&file);
                let is_ours = !wanted.contains(&file)
                    && fs::metadata(&path).is_ok_and(|about| about.len() == made.bytes)
                    && fs::read(&path).is_ok_and(|bytes| Some(hex(&fingerprint::of(&bytes))) == made.sha256);
                is_ours.then_some(path)
            });
            let files: Vec<PathBuf> = ours.collect();
            if !files.is_empty() {
                found.push(Stale { source, files });
            }
        }
        found.sort_by(|one, other| one.source.cmp(&other.source));
        found.dedup();
        found
    }

    /// Removes an edition, and the folders that are empty then.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn remove(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)?;
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in folders {
            // A folder that holds something stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// The outputs of a job by their paths in the folder of outputs, so that it may be moved.
    fn files(&self, job: &Job) -> Vec<String> {
        let names = job.outputs.iter().map(|(_, output)| match output {
            Output::Stdout => "-".into(),
            Output::File(path) => path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy(),
        });
        names.map(|name| name.into_owned()).collect()
    }
}

/// A journal that no other process writes, with what keeps it so. Where the file system has no locks, those of several
/// machines are kept apart by their shares.
fn reserve(folder: &Path, shard: Option<Shard>) -> io::Result<(PathBuf, File)> {
    let stem = shard.map_or(String::new(), |shard| format!("-{}-of-{}", shard.number, shard.count));
    let mut number = 0;
    loop {
        let name = if number == 0 { format!("made{stem}") } else { format!("made{stem}.{number}") };
        let lock =
            OpenOptions::new().write(true).create(true).truncate(false).open(folder.join(format!("{name}.lock")))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => number += 1,
            Ok(()) | Err(TryLockError::Error(_)) => return Ok((folder.join(format!("{name}.{ENDING}")), lock)),
        }
    }
}

/// The journals of others, in order.
fn others(folder: &Path, own: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path != own && path.extension().is_some_and(|ending| ending == ENDING));
    paths.sort();
    Ok(paths)
}

/// Puts a journal of the lines that count in the place of the one at `path`.
fn compact(path: &Path, journal: &Journal, index: &FxHashMap<(Name, u16), u64>) -> io::Result<()> {
    let mut starts: Vec<u64> = index.values().copied().collect();
    starts.sort_unstable();
    files::replace(path, |out| {
        for line in starts.into_iter().filter_map(|start| journal.read(start)) {
            out.write_all(line.again().as_bytes())?;
        }
        Ok(())
    })
}

/// When a file was last changed, in nanoseconds since 1970.
fn stamp(about: &fs::Metadata) -> Option<u64> {
    let since = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}
