//! How the work is shown while it goes on: a bar, lines, or objects of JSON; and the report that is written beside.

use crate::args::Progress;
use crate::report::{Printer, print};
use bindery::batch::{self, Observer, Record, Status};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::fs::File;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Shows each text as it begins and ends.
pub(crate) struct Display<'a> {
    printer: &'a Printer,
    how: Progress,
    bar: ProgressBar,
    total: usize,
    started: Instant,
    state: Mutex<State>,
    report: Option<&'a Report>,
}

#[derive(Default)]
struct State {
    done: usize,
    in_work: Vec<String>,
}

/// One line of `--progress json`.
#[derive(Serialize)]
struct Event<'a> {
    input: &'a str,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a str>,
    warnings: usize,
    done: usize,
    total: usize,
    in_work: &'a [String],
    seconds: f64,
    seconds_left: f64,
}

impl<'a> Display<'a> {
    /// For so many texts.
    pub(crate) fn new(
        printer: &'a Printer,
        how: Option<Progress>,
        total: usize,
        report: Option<&'a Report>,
    ) -> Display<'a> {
        let on_terminal = std::io::stderr().is_terminal();
        let how = how.unwrap_or(match on_terminal && total > 1 && printer.progress {
            true => Progress::Bar,
            false => Progress::Plain,
        });
        let bar = match how {
            Progress::Bar => ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(10)),
            Progress::None | Progress::Plain | Progress::Json => ProgressBar::hidden(),
        };
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {per_sec} {eta} left {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Display { printer, how, bar, total, started: Instant::now(), state: Mutex::default(), report }
    }

    /// Takes the bar away.
    pub(crate) fn close(&self) {
        self.bar.finish_and_clear();
    }

    /// How long the work has lasted.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn event(&self, record: &Record, state: &State) -> String {
        let seconds = self.elapsed().as_secs_f64();
        let left = self.total.saturating_sub(state.done) as f64;
        let event = Event {
            input: &record.input,
            status: record.status,
            failure: record.failure.as_deref(),
            warnings: record.warnings().count(),
            done: state.done,
            total: self.total,
            in_work: &state.in_work,
            seconds,
            seconds_left: seconds / state.done.max(1) as f64 * left,
        };
        serde_json::to_string(&event).map(|line| line + "\n").unwrap_or_default()
    }
}

impl Observer for Display<'_> {
    fn began(&self, name: &str) {
        let mut state = self.state();
        state.in_work.push(name.to_owned());
        if self.how == Progress::Bar {
            self.bar.set_message(state.in_work.join(" "));
        }
    }

    fn ended(&self, record: &Record) {
        if let Some(report) = self.report {
            report.add(record);
        }
        let mut state = self.state();
        state.done += 1;
        if let Some(at) = state.in_work.iter().position(|name| *name == record.input) {
            state.in_work.remove(at);
        }
        match self.how {
            Progress::Json => print(&self.event(record, &state)),
            Progress::Plain => print(&self.printer.lines_of(record, true)),
            Progress::None => print(&self.printer.lines_of(record, false)),
            Progress::Bar => {
                let text = self.printer.lines_of(record, false);
                if !text.is_empty() {
                    self.bar.suspend(|| print(&text));
                }
                self.bar.inc(1);
            }
        }
    }
}

/// The file that records go to, a whole line each.
pub(crate) struct Report {
    path: PathBuf,
    state: Mutex<(File, Option<std::io::Error>)>,
}

impl Report {
    /// Begins the report at `path` anew.
    ///
    /// # Errors
    ///
    /// The message for a file that cannot be written.
    pub(crate) fn create(path: &Path) -> Result<Report, String> {
        let file =
            File::create(path).map_err(|error| format!("{}: cannot write this report: {error}", path.display()))?;
        Ok(Report { path: path.to_owned(), state: Mutex::new((file, None)) })
    }

    fn add(&self, record: &batch::Record) {
        let Ok(line) = serde_json::to_string(record) else { return };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Behind a line that could not be written none is, so that nobody takes the rest for all.
        if state.1.is_none() {
            state.1 = state.0.write_all((line + "\n").as_bytes()).err();
        }
    }

    /// Why the report is not whole, if it is not.
    pub(crate) fn trouble(&self) -> Option<String> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.1.as_ref().map(|error| format!("{}: this report is not whole: {error}", self.path.display()))
    }
}
