//! The command line of bindery.

mod args;
mod fonts;
mod inspect;
mod list;
mod manual;
mod report;

use args::{Args, Command, FromArg};
use bindery::batch::{self, Config, CoverChoice, DateChoice, Format, From, Overrides, Request};
use bindery::diag::Severity;
use bindery::model::Date;
use bindery::reader::plain::{self, Structure};
use bindery::writer::pdf::PdfError;
use bindery::writer::{epub, pdf, text};
use bindery::{cover, layout, style};
use clap::Parser;
use report::Printer;
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// A text failed.
const FAILED: u8 = 1;
/// The command line makes no sense.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let args = Args::parse();
    let printer = Printer {
        least: match (args.quiet, args.verbose) {
            (true, _) => Severity::Error,
            (false, 0) => Severity::Warning,
            (false, _) => Severity::Note,
        },
        progress: !args.quiet,
        color: args.color.is_on(),
    };
    let done = match &args.command {
        Some(Command::Inspect(args)) => inspect::run(args, &printer),
        Some(Command::Completions { shell }) => Ok(manual::completions(*shell)),
        Some(Command::Man { command }) => manual::page(command.as_deref()).map(|()| 0),
        None => work(&args, &printer),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        Err(message) => {
            printer.error(&message);
            ExitCode::from(USAGE)
        }
    }
}

/// Does what was asked for. Gives back how many texts failed.
///
/// # Errors
///
/// The message for what cannot be begun at all.
fn work(args: &Args, printer: &Printer) -> Result<usize, String> {
    let config = config(args)?;
    let jobs = batch::plan(&Request {
        inputs: args.inputs.clone(),
        listed: args.batch.files_from.as_deref().map(list::read).transpose()?.unwrap_or_default(),
        include: args.batch.include.clone(),
        exclude: args.batch.exclude.clone(),
        shard: args.batch.shard,
        may_be_empty: false,
        outputs: args.output.clone(),
        out_dir: args.out_dir.clone(),
        formats: args.to.iter().map(|format| Format::from(*format)).collect(),
    })
    .map_err(|error| error.to_string())?;
    if let (Some(path), true) = (&args.structure, jobs.len() > 1) {
        let count = jobs.len();
        return Err(format!(
            "{}: a structure file is about one text and there are {count} inputs; give one",
            path.display()
        ));
    }
    let library = fonts::library(&args.font)?;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.batch.jobs.map_or(0, NonZero::get)).build();
    let threads = threads.map_err(|error| format!("cannot start the threads: {error}"))?;
    Ok(threads.install(|| batch::run(&jobs, &config, &library, printer)))
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
    Ok(Config {
        from: from(args.from),
        overrides: Overrides {
            title: args.title.clone(),
            subtitle: args.subtitle.clone(),
            authors: args.author.clone(),
            language: args.language.clone(),
            date: date(args)?,
            publisher: args.publisher.clone(),
            identifier: args.identifier.clone(),
        },
        plain: plain::Options {
            encoding: args.input_encoding.clone(),
            chapter: args.chapter.clone(),
            structure: args.structure.as_deref().map(structure).transpose()?,
            ..plain::Options::default()
        },
        pdf: pdf::Options { standards: standards(args)?, ..pdf::Options::default() },
        attach_source: args.attach_source,
        layout: layout::Options { settings: settings(args), hyphenation_exceptions: exceptions(args)? },
        text: text::Options { wrap: args.wrap.0 },
        epub: epub::Options {
            toc_depth: args.toc_depth.into(),
            css: args.css.as_deref().map(stylesheet).transpose()?,
            writing_mode: args.writing_mode.map(Into::into),
            ..epub::Options::default()
        },
        cover: cover(args)?,
        page_list: args.page_list,
        embed_fonts: args.embed_fonts,
        ..Config::default()
    })
}

/// What a PDF is to meet.
///
/// # Errors
///
/// The message where that leaves no room for the text.
fn standards(args: &Args) -> Result<pdf::Standards, String> {
    let standards = args.pdf_standard.unwrap_or_default();
    match args.attach_source && standards.demanded && !standards.allow_attachments() {
        true => Err(format!("--attach-source: {}", PdfError::Attachment { standards })),
        false => Ok(standards),
    }
}

/// The cover that was asked for.
fn cover(args: &Args) -> Result<CoverChoice, String> {
    let Some(path) = &args.cover else {
        return Ok(if args.no_cover { CoverChoice::Without } else { CoverChoice::Drawn });
    };
    let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let data = std::fs::read(path).map_err(|error| fault(&unreadable(&error, "--cover")))?;
    cover::open(data).map(CoverChoice::Given).map_err(|error| fault(&error))
}

/// The stylesheet at `path`.
fn stylesheet(path: &Path) -> Result<String, String> {
    let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let css = std::fs::read_to_string(path).map_err(|error| fault(&unreadable(&error, "--css")))?;
    epub::check_css(&css).map_err(|error| fault(&error))?;
    Ok(css)
}

/// Why a file that an option names cannot be read, and what to do.
fn unreadable(error: &std::io::Error, option: &str) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("no such file; check the path given with {option}"),
        std::io::ErrorKind::InvalidData => "this is not UTF-8; save it as UTF-8".into(),
        _ => format!("cannot read this file: {error}"),
    }
}

/// What the arguments say of the pages.
fn settings(args: &Args) -> style::Settings {
    style::Settings {
        class: args.class,
        paper: args.paper,
        margins: args.margin,
        font_size: args.font_size,
        leading: args.leading,
        theme: args.theme,
        justify: args.ragged.then_some(false).or(args.justify.then_some(true)),
        columns: args.columns,
        recto_openings: args.recto,
        drop_caps: args.drop_caps.then_some(true),
        protrusion: args.protrusion,
        expansion: args.expansion,
        figures: args.figures,
        hyphens: args.hyphens,
        large_print: args.large_print,
        contents: args.toc.then_some(true),
    }
}

/// The words that are divided as a person has it.
fn exceptions(args: &Args) -> Result<Vec<String>, String> {
    let Some(path) = &args.hyphenation else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let words = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(words.map(str::to_owned).collect())
}

/// Where dates come from: the option, else the text, else SOURCE_DATE_EPOCH.
fn date(args: &Args) -> Result<DateChoice, String> {
    let today = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| "the clock is before 1970")?;
        Date::from_unix_seconds(since.as_secs()).ok_or("the clock is beyond the year 9999")
    };
    match args.date {
        Some(date) => Ok(date.choice(today()?)),
        None => match std::env::var("SOURCE_DATE_EPOCH") {
            Err(_) => Ok(DateChoice::Own(None)),
            Ok(text) => match text.trim().parse().ok().and_then(Date::from_unix_seconds) {
                Some(date) => Ok(DateChoice::Own(Some(date))),
                None => Err(format!("SOURCE_DATE_EPOCH is “{text}”, which is no number of seconds since 1970")),
            },
        },
    }
}
