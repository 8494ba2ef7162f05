//! The command line of bindery.

mod args;
mod display;
mod fonts;
mod inspect;
mod list;
mod manual;
mod project;
mod report;
mod summary;
mod watch;
mod work;
mod worker;

use args::{Args, Command, FromArg, LimitArgs, SettingArgs};
use bindery::batch::{self, Config, Format, From, Request};
use bindery::diag::Severity;
use bindery::model::Date;
use bindery::reader::plain::{self, Structure};
use bindery::writer::text;
use clap::Parser;
use mimalloc::MiMalloc;
use report::Printer;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// A book is laid out by all threads and made into pages by one, which gives back what the others took: for that this one
/// takes no lock.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// A text failed.
const FAILED: u8 = 1;
/// The command line makes no sense.
const USAGE: u8 = 2;
/// Somebody stopped the work.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let mut args = Args::parse();
    let printer = Printer {
        least: match (args.quiet, args.verbose) {
            (true, _) => Severity::Error,
            (false, 0) => Severity::Warning,
            (false, _) => Severity::Note,
        },
        progress: !args.quiet,
        color: args.color.is_on(),
    };
    let done = match args.command.take() {
        Some(Command::Inspect(args)) => inspect::run(&args, &printer).map(|failed| if failed > 0 { FAILED } else { 0 }),
        Some(Command::Report(args)) => summary::run(&args, &printer).map(|()| 0),
        Some(Command::Completions { shell }) => {
            manual::completions(shell);
            Ok(0)
        }
        Some(Command::Man { command }) => manual::page(command.as_deref()).map(|()| 0),
        Some(Command::Build(build)) => project::build(build, args, &printer),
        Some(Command::Init { folder }) => project::init(&folder, &printer),
        None => work(&args, &printer),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(message) => {
            printer.error(&message);
            ExitCode::from(USAGE)
        }
    }
}

/// Does what was asked for. Gives back the status to end with.
///
/// # Errors
///
/// The message for what cannot be begun at all.
fn work(args: &Args, printer: &Printer) -> Result<u8, String> {
    let config = config(args)?;
    if worker::is_worker() {
        return work::serve(&args.batch, &config, &fonts::library());
    }
    let request = Request {
        inputs: args.inputs.clone(),
        listed: args.batch.files_from.as_deref().map(list::read).transpose()?.unwrap_or_default(),
        include: args.batch.include.clone(),
        exclude: args.batch.exclude.clone(),
        bind: args.bind,
        shard: args.batch.shard,
        may_be_empty: args.batch.prune || args.batch.watch,
        outputs: args.output.clone(),
        out_dir: args.out_dir.clone(),
        formats: args.to.iter().map(|format| Format::from(*format)).collect(),
    };
    let jobs = batch::plan(&request).map_err(|error| error.to_string())?;
    if let (Some(path), true) = (&args.structure, jobs.len() > 1) {
        let count = jobs.len();
        return Err(format!(
            "{}: a structure file is about one text and there are {count} inputs; give one",
            path.display()
        ));
    }
    work::run(args, &request, &jobs, &config, &fonts::library(), printer)
}

/// How inputs are to be read.
fn from(arg: Option<FromArg>) -> From {
    match arg {
        None => From::Name,
        Some(FromArg::Plain) => From::Plain,
        Some(FromArg::Markdown) => From::Markdown,
        Some(FromArg::Json) => From::Json,
    }
}

/// The structure file at `path`.
///
/// # Errors
///
/// The message for a file that cannot be used.
fn structure(path: &Path) -> Result<Structure, String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            format!("{name}: no such file; make one with: bindery inspect TEXT --write-structure {name}")
        }
        std::io::ErrorKind::InvalidData => format!("{name}: this is no structure file: it is not UTF-8"),
        _ => format!("{name}: cannot read this structure file: {error}"),
    })?;
    Structure::parse(&text, &name.to_string()).map_err(|error| error.to_string())
}

/// What the arguments mean.
fn config(args: &Args) -> Result<Config, String> {
    let from = if args.bind { From::Project } else { from(args.from) };
    let config = Config {
        text: text::Options { wrap: args.wrap.0 },
        resource_paths: args.pictures.resource_path.clone(),
        ..said(&args.settings, from, args.structure.as_deref(), &args.limits)?
    };
    config.for_flags().map_err(|fault| fault.to_string())
}

/// What is said of a text, and what the surroundings tell.
fn said(
    settings: &SettingArgs,
    from: From,
    structure_file: Option<&Path>,
    limits: &LimitArgs,
) -> Result<Config, String> {
    Ok(Config {
        from,
        plain: plain::Options { structure: structure_file.map(structure).transpose()?, ..plain::Options::default() },
        limits: limits.limits(),
        given: settings.layer.clone(),
        today: SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| Date::from_unix_seconds(since.as_secs())),
        fallback_date: epoch()?,
        ..Config::default()
    })
}

/// The date in SOURCE_DATE_EPOCH.
fn epoch() -> Result<Option<Date>, String> {
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    match text.trim().parse().ok().and_then(Date::from_unix_seconds) {
        Some(date) => Ok(Some(date)),
        None => Err(format!("SOURCE_DATE_EPOCH is “{text}”, which is no number of seconds since 1970")),
    }
}
