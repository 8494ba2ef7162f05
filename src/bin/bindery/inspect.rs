//! `bindery inspect`: how a text is understood, printed for people or for machines.

use crate::args::{InspectArgs, InspectFormat};
use crate::report::{Printer, print_out};
use crate::{from, said};
use bindery::batch::{self, Input, Inspected, JobError, PROJECT_FILE};
use bindery::reader::Reading;
use bindery::reader::inspection::{BookInspection, Fact, Inspection, OutlineEntry, SettingFact};
use bindery::reader::plain;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;

/// Prints how a text is understood. Gives back how many texts failed.
///
/// # Errors
///
/// The message for what cannot be begun at all.
pub(crate) fn run(args: &InspectArgs, printer: &Printer) -> Result<usize, String> {
    let input = match &args.input {
        path if path == Path::new("-") => Input::Stdin,
        path if path.is_dir() => {
            let (file, name) = (path.join(PROJECT_FILE), path.display());
            if !file.exists() {
                return Err(format!(
                    "{name}: a folder is inspected by its {PROJECT_FILE}, which “bindery init {name}” makes; else give a text"
                ));
            }
            Input::File(file)
        }
        path => Input::File(path.clone()),
    };
    let config = said(&args.settings, from(args.from), args.structure.as_deref(), &args.limits)?;
    let (reading, resolved) = match batch::inspect(&input, &config) {
        Ok(Inspected::Text(reading, resolved)) => (reading, resolved),
        Ok(Inspected::Book { .. }) if args.write_structure.is_some() => {
            return Err(format!("{}: a structure file is about one text; give one of the book", input.name()));
        }
        Ok(Inspected::Book { inspection, diagnostics, sources }) => {
            printer.diagnostics(&inspection.file, &sources, &diagnostics);
            return printed(args.format, &inspection, || book_in_words(&inspection, args.all));
        }
        Err(error) => {
            printer.failure(&input.name(), &error);
            return Ok(1);
        }
    };
    printer.diagnostics(reading.source.name(), std::slice::from_ref(&reading.source), &reading.diagnostics);
    if let Some(path) = &args.write_structure {
        return write_structure(path, &reading, printer);
    }
    let inspection = Inspection::of(&reading, &resolved);
    printed(args.format, &inspection, || in_words(&inspection, args.all))
}

/// Prints an inspection in the form that is asked for.
fn printed(format: InspectFormat, inspection: &impl Serialize, in_words: impl Fn() -> String) -> Result<usize, String> {
    let text = match format {
        InspectFormat::Text => in_words(),
        InspectFormat::Json => {
            serde_json::to_string_pretty(inspection).map_err(|error| format!("cannot write the JSON: {error}"))? + "\n"
        }
    };
    print_out(text.as_bytes());
    Ok(0)
}

/// Writes the structure file of a reading, whole or not at all.
fn write_structure(path: &Path, reading: &Reading, printer: &Printer) -> Result<usize, String> {
    let is_text =
        path.canonicalize().ok().is_some_and(|path| Path::new(reading.source.name()).canonicalize().ok() == Some(path));
    if is_text {
        return Err(format!("{}: this would replace the text; give another name", path.display()));
    }
    match batch::write_whole(path, plain::write_structure(reading).as_bytes()) {
        Ok(()) => Ok(0),
        Err(error) => {
            printer.failure(reading.source.name(), &JobError::Write(path.to_owned(), error));
            Ok(1)
        }
    }
}

/// An inspection for people; `all`: every paragraph and every default too.
fn in_words(inspection: &Inspection, all: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", inspection.file);
    let none = Fact { value: "none found".into(), line: None, rule: "", confidence: 0.0 };
    let author = inspection.author.as_ref().unwrap_or(&none);
    let facts = [
        ("title", &inspection.title),
        ("author", author),
        ("language", &inspection.language),
        ("encoding", &inspection.encoding),
    ];
    for (name, fact) in facts {
        let mut why = Vec::new();
        why.extend((!fact.rule.is_empty()).then(|| fact.rule.to_owned()));
        why.extend(fact.line.map(|line| format!("line {line}")));
        why.extend((!fact.rule.is_empty()).then(|| format!("{:.2}", fact.confidence)));
        let why = if why.is_empty() { String::new() } else { format!("  ({})", why.join(", ")) };
        let _ = writeln!(out, "  {name:<9} {}{why}", fact.value);
    }
    let told = inspection.settings.iter().filter(|one| !facts.iter().any(|(name, _)| *name == one.name));
    push_settings(&mut out, told, all);
    push_outline(&mut out, &inspection.outline);
    let _ = writeln!(out, "\nDecisions");
    let _ = writeln!(out, "  {:>9}  {:<15} sure  {:<38} else if not", "lines", "taken for", "because of");
    let shown = |plain: bool| all || !plain;
    for one in inspection.decisions.iter().filter(|one| shown(one.is_plain())) {
        let otherwise = one.runner_up.unwrap_or("-");
        let _ = writeln!(
            out,
            "  {:>9}  {:<15} {:.2}  {:<38} {:<15} “{}”",
            range(one.lines),
            one.verdict,
            one.confidence,
            one.rule,
            otherwise,
            one.text
        );
    }
    let plain = inspection.decisions.iter().filter(|one| one.is_plain()).count();
    if plain > 0 && !all {
        let _ = writeln!(out, "  and {plain} groups of plain paragraphs, which --all lists");
    }
    let _ = writeln!(out, "\nLeft out");
    for one in &inspection.left_out {
        let _ = writeln!(out, "  {:>9}  {}  “{}”", range(one.lines), one.reason, one.text);
    }
    if inspection.left_out.is_empty() {
        let _ = writeln!(out, "  nothing");
    }
    out
}

/// A book for people; `all`: every default too.
fn book_in_words(inspection: &BookInspection, all: bool) -> String {
    let mut out = format!("{}\n", inspection.file);
    push_settings(&mut out, inspection.settings.iter(), all);
    push_outline(&mut out, &inspection.outline);
    out
}

/// What was said and found; `all`: what holds else, too.
fn push_settings<'s>(out: &mut String, settings: impl Iterator<Item = &'s SettingFact>, all: bool) {
    let told: Vec<&SettingFact> = settings.filter(|one| all || one.from != "default").collect();
    if !told.is_empty() {
        let _ = writeln!(out, "\nSettings");
    }
    for one in told {
        let line = one.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let _ = writeln!(out, "  {:<15} {}  ({}{line})", one.name, one.value, one.from);
    }
}

/// The headings, under the names of their texts where there are several.
fn push_outline(out: &mut String, outline: &[OutlineEntry]) {
    let _ = writeln!(out, "\nOutline");
    let mut file = &None;
    for entry in outline {
        if entry.file != *file
            && let Some(name) = &entry.file
        {
            let _ = writeln!(out, "  {name}");
        }
        file = &entry.file;
        let indent = "  ".repeat(entry.level - 1);
        let (matter, role) = (entry.matter.to_string(), entry.role.to_string());
        let _ = writeln!(out, "  {:>9}  {indent}{}  [{role}, {matter}]", range(entry.lines), heading(entry));
    }
    if outline.is_empty() {
        let _ = writeln!(out, "  no headings");
    }
}

/// Label, title and subtitle as they stand over each other.
fn heading(entry: &OutlineEntry) -> String {
    let parts = [&entry.label, &entry.title, &entry.subtitle];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "(no heading)".to_owned() } else { parts.join(" / ") }
}

/// "12" or "12-14"; "-" for what stands in no text.
fn range((first, last): (usize, usize)) -> String {
    if last == 0 {
        "-".to_owned()
    } else if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    }
}
