//! Converting: from the arguments to the status that the program ends with.

use crate::args::{Args, BatchArgs};
use crate::display::{Display, Report};
use crate::report::{Printer, print};
use crate::worker::{Limits, RemoteMaker};
use crate::{FAILED, INTERRUPTED, summary, watch, worker};
use bindery::batch::{self, Config, Job, LocalMaker, Maker, Observer, Orders, Record, Request, Store, Tally, Threads};
use bindery::font::Library;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set by the first Ctrl-C: nothing further is begun.
pub(crate) static STOP: AtomicBool = AtomicBool::new(false);

/// What all rounds of one run have in common.
pub(crate) struct Work<'a> {
    pub(crate) request: &'a Request,
    config: &'a Config,
    library: &'a Library,
    printer: &'a Printer,
    args: &'a BatchArgs,
    report: Option<Report>,
    /// The files that the texts name, where they are watched.
    pub(crate) named: watch::Named<'a>,
}

/// Converts what was asked for. Gives back the status to end with.
///
/// # Errors
///
/// The message for what cannot be begun at all.
pub(crate) fn run(
    args: &Args,
    request: &Request,
    jobs: &[Job],
    config: &Config,
    library: &Library,
    printer: &Printer,
) -> Result<u8, String> {
    let args = &args.batch;
    interruptible(printer)?;
    let report = args.report.as_deref().map(Report::create).transpose()?;
    let named = watch::Named::new(&config.resource_paths);
    let work = Work { request, config, library, printer, args, report, named };
    let count = jobs.len();
    // Before the texts are read, so that no change is missed.
    let look = args.watch.then(|| watch::look(jobs, &work.named));
    let (tally, took) = work.round(jobs)?;
    if let Some(look) = look {
        print(&(summary::line(&tally, took) + "\n"));
        return watch::run(&work, look);
    }
    if count > 1 && printer.progress {
        print(&summary::table(&tally, took));
    }
    Ok(status(&tally, count))
}

/// What the program ends with.
fn status(tally: &Tally, count: usize) -> u8 {
    match (STOP.load(Ordering::Relaxed) && tally.texts() < count, tally.failed) {
        (true, _) => INTERRUPTED,
        (false, 0) => 0,
        (false, _) => FAILED,
    }
}

/// The number of texts in work at once.
fn workers(args: &BatchArgs) -> NonZero<usize> {
    args.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN)
}

/// Makes texts for another process of this program.
///
/// # Errors
///
/// The message where it cannot.
pub(crate) fn serve(args: &BatchArgs, config: &Config, library: &Library) -> Result<u8, String> {
    // The one who gives the orders decides what becomes of an interruption.
    ctrlc::set_handler(|| {}).map_err(|error| error.to_string())?;
    // It has one text at a time, but there are as many of these processes as threads.
    let threads = Threads::new(workers(args), usize::MAX);
    let maker = Box::new(LocalMaker::new(config, library, &threads));
    worker::serve(maker, args.memory_limit).map_err(|error| error.to_string()).map(|()| 0)
}

/// Has the first Ctrl-C end the run behind the texts in work, and the second at once.
fn interruptible(printer: &Printer) -> Result<(), String> {
    let tells = printer.progress;
    let handler = move || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        if tells {
            print("bindery: ending the texts in work; once more to stop at once\n");
        }
    };
    ctrlc::set_handler(handler).map_err(|error| format!("cannot listen for Ctrl-C: {error}"))
}

/// Those who hear of each text.
struct Observers<'a> {
    display: &'a Display<'a>,
    /// Who notes the files that texts name, where they are watched.
    named: Option<&'a watch::Named<'a>>,
}

impl Observer for Observers<'_> {
    fn began(&self, name: &str) {
        self.display.began(name);
    }

    fn ended(&self, record: &Record) {
        if let Some(named) = self.named {
            named.note(record);
        }
        self.display.ended(record);
    }
}

impl Work<'_> {
    /// Does the jobs once. Gives back what they came to, and how long that took.
    ///
    /// # Errors
    ///
    /// The message for what cannot be begun at all.
    pub(crate) fn round(&self, jobs: &[Job]) -> Result<(Tally, Duration), String> {
        let open = |root| Store::open(root, self.config, self.library, self.request.shard);
        let store = self.request.out_dir.as_deref().map(open).transpose().map_err(|error| error.to_string())?;
        if let (Some(store), true) = (&store, self.args.prune) {
            self.prune(store, jobs);
        }
        let workers = workers(self.args);
        let threads = Threads::new(workers, jobs.len());
        let limits = Limits { time: self.args.time_limit, memory: self.args.memory_limit };
        let makers = || -> Box<dyn Maker + '_> {
            match limits {
                Limits { time: None, memory: None } => Box::new(LocalMaker::new(self.config, self.library, &threads)),
                limits => Box::new(RemoteMaker::new(limits)),
            }
        };
        let started = Instant::now();
        let orders = Orders {
            config: self.config,
            workers,
            store: store.as_ref(),
            force: self.args.force,
            fail_fast: self.args.fail_fast,
            deny_warnings: self.args.deny_warnings,
            hashes: self.report.is_some(),
            stop: &STOP,
            clock: &|| started.elapsed(),
        };
        let display = Display::new(self.printer, self.args.progress, jobs.len(), self.report.as_ref());
        let observer = Observers { display: &display, named: self.args.watch.then_some(&self.named) };
        let tally = batch::run(jobs, &orders, &makers, &observer);
        display.close();
        if let Some(trouble) = store.as_ref().and_then(Store::trouble) {
            self.printer
                .warning(&format!("the record of what was made is not whole, and some is made again: {trouble}"));
        }
        if let Some(trouble) = self.report.as_ref().and_then(Report::trouble) {
            self.printer.warning(&trouble);
        }
        Ok((tally, display.elapsed()))
    }

    /// Lists the outputs whose texts are gone, then removes them.
    fn prune(&self, store: &Store, jobs: &[Job]) {
        let stale = store.stale(&self.request.inputs, jobs);
        let mut list = String::new();
        for one in &stale {
            let files: Vec<String> = one.files.iter().map(|file| file.display().to_string()).collect();
            list += &format!("removed: {}, since {} is gone\n", files.join(", "), one.source.display());
        }
        print(&list);
        for file in stale.iter().flat_map(|one| &one.files) {
            if let Err(error) = store.remove(file) {
                self.printer.warning(&format!("{}: cannot remove this: {error}", file.display()));
            }
        }
    }
}
