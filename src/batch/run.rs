//! Jobs done, several at once, each on its own.

use super::convert::{self, Config, Edition, Text, convert};
use super::fingerprint::{self, hex};
use super::plan::{Job, Output};
use super::record::{Facts, Message, Record, Status, Target};
use super::store::Store;
use super::tally::Tally;
use super::{Format, JobError, files, folder, read};
use crate::font::Library;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::any::Any;
use std::fs;
use std::io::{self, Write};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// How jobs are done.
#[derive(Clone, Copy)]
pub struct Orders<'a> {
    /// What the makers are told.
    pub config: &'a Config,
    /// How many texts are in work at once. What is made of them does not depend on it.
    pub workers: NonZero<usize>,
    /// The record of what was made; none: all is made.
    pub store: Option<&'a Store>,
    /// Whether what is up to date is made again.
    pub force: bool,
    /// Whether no text is begun behind one that failed.
    pub fail_fast: bool,
    /// Whether a text with a warning fails.
    pub deny_warnings: bool,
    /// Whether records tell the hashes of texts and editions, as they do wherever there is a store.
    pub hashes: bool,
    /// Set by whoever wants no further text to be begun; those in work are ended.
    pub stop: &'a AtomicBool,
    /// The time since a moment that stays the same.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
}

/// Who hears of each text as it begins and ends, from any thread and in any order.
pub trait Observer: Sync {
    /// A text is in work.
    fn began(&self, name: &str);
    /// A text is done.
    fn ended(&self, record: &Record);
}

/// What is made of a text.
#[derive(Debug)]
pub struct Product {
    /// The editions in the order asked for, or why there are none.
    pub editions: Result<Vec<Edition>, String>,
    /// What was found in the text.
    pub facts: Facts,
    /// What there is to tell of it.
    pub diagnostics: Vec<Message>,
}

impl Product {
    /// No editions, for this reason.
    pub fn failed(message: impl Into<String>) -> Product {
        Product { editions: Err(message.into()), facts: Facts::default(), diagnostics: Vec::new() }
    }
}

/// Who makes editions: one text at a time, for one worker.
pub trait Maker {
    /// Makes the editions of a text. It may panic: that text fails then, and another maker takes the place of this one.
    fn make(&mut self, text: &Text, formats: &[Format]) -> Product;
}

/// Threads for all workers. A text is made on one thread, since its stages are too short to be shared; a long one on all, so
/// that it is not the last to end. So are all where there are fewer than threads.
pub struct Threads {
    count: NonZero<usize>,
    are_many: bool,
    /// Started by the first text that is made on all; none where the system has no more threads.
    shared: OnceLock<Option<ThreadPool>>,
}

impl Threads {
    /// So many threads for so many texts.
    pub fn new(count: NonZero<usize>, texts: usize) -> Threads {
        Threads { count, are_many: texts < count.get(), shared: OnceLock::new() }
    }

    /// The threads that make a text of so many bytes together; none where it is made on one.
    fn shared(&self, bytes: usize) -> Option<&ThreadPool> {
        let are_worth_it = self.are_many || bytes >= LONG;
        are_worth_it.then(|| self.shared.get_or_init(|| pool(self.count.get())).as_ref()).flatten()
    }
}

/// The stack of a thread: the deepest text that is read needs a part of it.
const STACK: usize = 8 << 20;

fn pool(threads: usize) -> Option<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().ok()
}

/// Makes editions in this process.
pub struct LocalMaker<'a> {
    config: &'a Config,
    library: &'a Library,
    threads: &'a Threads,
    /// One thread, started by the first text that is made on it; none where the system has no more.
    own: OnceLock<Option<ThreadPool>>,
}

impl<'a> LocalMaker<'a> {
    /// A maker for one worker.
    pub fn new(config: &'a Config, library: &'a Library, threads: &'a Threads) -> LocalMaker<'a> {
        LocalMaker { config, library, threads, own: OnceLock::new() }
    }
}

/// A text of so many bytes is shared among all threads: a book of fifty pages and more.
const LONG: usize = 200_000;

impl Maker for LocalMaker<'_> {
    fn make(&mut self, text: &Text, formats: &[Format]) -> Product {
        let make = || convert(text, formats, self.config, self.library);
        let own = || self.own.get_or_init(|| pool(1)).as_ref();
        let made = match self.threads.shared(text.bytes.len()).or_else(own) {
            Some(pool) => pool.install(make),
            None => make(),
        };
        Product {
            editions: made.editions.map_err(|error| error.to_string()),
            facts: made.facts,
            diagnostics: made.diagnostics.iter().map(|one| Message::of(one, &made.sources)).collect(),
        }
    }
}

/// Does all jobs in their order, several at once; each is done or fails alone. `makers` gives a maker for each worker.
pub fn run<'m>(
    jobs: &[Job],
    orders: &Orders,
    makers: &(dyn Fn() -> Box<dyn Maker + 'm> + Sync),
    observer: &dyn Observer,
) -> Tally {
    let line = Line {
        jobs,
        orders,
        makers,
        observer,
        next: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
        tally: Mutex::new(Tally::default()),
    };
    thread::scope(|scope| {
        for _ in 1..orders.workers.get().min(jobs.len()) {
            // Where the system has no more threads, there are fewer workers.
            let _ = thread::Builder::new().spawn_scoped(scope, || line.work());
        }
        line.work();
    });
    line.tally.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The jobs that workers take from.
struct Line<'a, 'm> {
    jobs: &'a [Job],
    orders: &'a Orders<'a>,
    makers: &'a (dyn Fn() -> Box<dyn Maker + 'm> + Sync),
    observer: &'a dyn Observer,
    next: AtomicUsize,
    stop: AtomicBool,
    tally: Mutex<Tally>,
}

impl Line<'_, '_> {
    /// Does one job after the other until there is none, or somebody wants to stop.
    fn work(&self) {
        let mut maker = None;
        while !self.stop.load(Ordering::Relaxed) && !self.orders.stop.load(Ordering::Relaxed) {
            let Some(job) = self.jobs.get(self.next.fetch_add(1, Ordering::Relaxed)) else { break };
            let name = job.input.name();
            self.observer.began(&name);
            let began = (self.orders.clock)();
            let mut record = self.perform(job, name, &mut maker);
            if record.status != Status::Skipped {
                record.seconds = (self.orders.clock)().saturating_sub(began).as_secs_f64();
            }
            if self.orders.fail_fast && record.status == Status::Failed {
                self.stop.store(true, Ordering::Relaxed);
            }
            self.tally.lock().unwrap_or_else(PoisonError::into_inner).add(&record);
            self.observer.ended(&record);
        }
    }

    fn perform<'k>(&'k self, job: &Job, name: String, maker: &mut Option<Box<dyn Maker + 'k>>) -> Record {
        let mut record = Record {
            input: name,
            status: Status::Failed,
            failure: None,
            sha256: None,
            outputs: Vec::new(),
            facts: Facts::default(),
            diagnostics: Vec::new(),
            seconds: 0.0,
        };
        let failed =
            |record: Record, message: String| Record { failure: Some(message), status: Status::Failed, ..record };
        let (bytes, modified) = match read(&job.input, &self.orders.config.limits) {
            Ok(read) => read,
            Err(JobError::TooLarge(exceeded)) => {
                record.diagnostics.push(Message::of(&exceeded.diagnostic(), &[]));
                return failed(record, exceeded.to_string());
            }
            Err(error) => return failed(record, error.to_string()),
        };
        let hashes = self.orders.hashes || self.orders.store.is_some();
        let hash = hashes.then(|| fingerprint::of(&bytes));
        record.sha256 = hash.as_ref().map(hex);
        let folder = folder(&job.input);
        let kept = self.orders.store.zip(hash).map(|(store, hash)| (store, store.key(job, &hash)));
        if let (Some((store, key)), false) = (kept, self.orders.force) {
            let file = |path: &str| convert::named_file(path, folder, self.orders.config);
            let known = store.up_to_date(job, key, modified, &file);
            if let Some(known) = known.filter(|one| !self.orders.deny_warnings || one.warnings().next().is_none()) {
                return known;
            }
        }
        let formats: Vec<Format> = job.outputs.iter().map(|(format, _)| *format).collect();
        let text = Text { bytes: &bytes, name: &record.input, modified, folder };
        let made = {
            let maker = maker.get_or_insert_with(|| (self.makers)());
            catch_unwind(AssertUnwindSafe(|| maker.make(&text, &formats)))
        };
        let product = made.unwrap_or_else(|panic| {
            *maker = None;
            Product::failed(panic_message(panic.as_ref()))
        });
        record.facts = product.facts;
        record.diagnostics = product.diagnostics;
        let editions = match product.editions {
            Ok(editions) => editions,
            Err(failure) => return Record { failure: Some(failure), ..record },
        };
        let warnings = record.warnings().count();
        if self.orders.deny_warnings && warnings > 0 {
            let message = match warnings {
                1 => "there is a warning, and --deny-warnings allows none".to_owned(),
                _ => format!("there are {warnings} warnings, and --deny-warnings allows none"),
            };
            return failed(record, message);
        }
        record.status = Status::Converted;
        record.outputs =
            job.outputs.iter().zip(&editions).map(|((_, output), edition)| target(output, edition, hashes)).collect();
        if let Some((store, key)) = kept {
            store.promise(job, key, &record);
        }
        if let Err(error) = write(&job.outputs, &editions, kept.is_none()) {
            record.outputs.clear();
            return failed(record, error.to_string());
        }
        if let Some((store, key)) = kept {
            store.confirm(job, key, &record);
        }
        record
    }
}

/// What is told of a text over which the program failed.
fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown");
    format!("the program failed over this text, which is a fault of the program; please report it: {text}")
}

fn target(output: &Output, edition: &Edition, hash: bool) -> Target {
    Target {
        format: edition.format,
        path: output.name(),
        bytes: edition.data.len() as u64,
        sha256: hash.then(|| hex(&fingerprint::of(&edition.data))),
    }
}

/// Writes editions to their targets; folders are made as needed. Of several errors the first in their order is told.
fn write(outputs: &[(Format, Output)], editions: &[Edition], synced: bool) -> Result<(), JobError> {
    let (Some(((_, output), outputs)), Some((edition, editions))) = (outputs.split_first(), editions.split_first())
    else {
        return Ok(());
    };
    let first = || write_edition(output, edition, synced);
    let rest = || write(outputs, editions, synced);
    if !synced || outputs.is_empty() {
        return first().and_then(|()| rest());
    }
    // A disk takes as long to make sure of several files as of one.
    thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, first);
        let others = rest();
        let done = match beside {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // The system has no more threads.
            Err(_) => first(),
        };
        done.and(others)
    })
}

fn write_edition(output: &Output, edition: &Edition, synced: bool) -> Result<(), JobError> {
    match output {
        Output::Stdout => {
            let mut out = io::stdout().lock();
            let done = out.write_all(&edition.data).and_then(|()| out.flush());
            done.map_err(|error| JobError::Write("standard output".into(), error))
        }
        Output::File(path) => {
            let fault = |error| JobError::Write(path.clone(), error);
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                fs::create_dir_all(folder).map_err(fault)?;
            }
            files::write(path, &edition.data, synced).map_err(fault)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Panics over texts that say so, and warns of none.
    struct Fragile;

    impl Maker for Fragile {
        fn make(&mut self, text: &Text, formats: &[Format]) -> Product {
            assert!(!text.bytes.starts_with(b"panic"), "no such text");
            let editions = formats.iter().map(|format| Edition { format: *format, data: text.bytes.to_vec() });
            Product { editions: Ok(editions.collect()), facts: Facts::default(), diagnostics: Vec::new() }
        }
    }

    struct Listener(Mutex<Vec<Record>>);

    impl Observer for Listener {
        fn began(&self, _: &str) {}
        fn ended(&self, record: &Record) {
            self.0.lock().expect("the list").push(record.clone());
        }
    }

    fn jobs(root: &Path, texts: &[&str]) -> Vec<Job> {
        let job = |(number, text): (usize, &&str)| {
            let path = root.join(format!("{number}.txt"));
            fs::write(&path, text).expect("a text");
            let output = Output::File(root.join(format!("out/{number}.epub")));
            Job { input: crate::batch::Input::File(path), outputs: vec![(Format::Epub, output)] }
        };
        texts.iter().enumerate().map(job).collect()
    }

    #[test]
    fn a_text_over_which_the_program_panics_fails_alone() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let jobs = jobs(root.path(), &["one", "panic", "two", "panic", "three"]);
        let listener = Listener(Mutex::default());
        let orders = Orders {
            config: &Config::default(),
            workers: NonZero::new(2).expect("two"),
            store: None,
            force: false,
            fail_fast: false,
            deny_warnings: false,
            hashes: false,
            stop: &AtomicBool::new(false),
            clock: &|| Duration::ZERO,
        };
        let tally = run(&jobs, &orders, &|| Box::new(Fragile), &listener);
        assert_eq!((tally.converted, tally.failed), (3, 2));
        let records = listener.0.into_inner().expect("the list");
        let failed: Vec<&Record> = records.iter().filter(|record| record.status == Status::Failed).collect();
        assert!(failed.iter().all(|record| record.failure.as_deref().is_some_and(|why| why.ends_with("no such text"))));
        assert_eq!(fs::read(root.path().join("out/4.epub")).expect("an edition"), b"three");
        // Nobody begins what was stopped before.
        let orders = Orders { stop: &AtomicBool::new(true), ..orders };
        assert_eq!(run(&jobs, &orders, &|| Box::new(Fragile), &Listener(Mutex::default())).texts(), 0);
    }
}
