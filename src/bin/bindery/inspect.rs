//! `bindery inspect`: how a text is understood, printed for people or for machines.

use crate::args::{InspectArgs, InspectFormat};
use crate::report::Printer;
use crate::{from, said, structure};
use bindery::batch::{self, Config, Input, JobError};
use bindery::reader::Reading;
use bindery::reader::inspection::{Fact, Inspection, OutlineEntry, SettingFact};
use bindery::reader::plain;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Prints how a text is understood. Gives back how many texts failed.
///
/// # Errors
///
/// The message for what cannot be begun at all.
pub(crate) fn run(args: &InspectArgs, printer: &Printer) -> Result<usize, String> {
    let input = match &args.input {
        path if path == Path::new("-") => Input::Stdin,
        path => Input::File(path.clone()),
    };
    let config = Config {
        plain: plain::Options {
            structure: args.structure.as_deref().map(structure).transpose()?,
            ..plain::Options::default()
        },
        limits: args.limits.limits(),
        ..said(&args.settings, from(args.from))?
    };
    let (reading, resolved) = match batch::inspect(&input, &config) {
        Ok(read) => read,
        Err(error) => {
            printer.failure(&input.name(), &error);
            return Ok(1);
        }
    };
    printer.diagnostics(&reading.source, &reading.diagnostics);
    if let Some(path) = &args.write_structure {
        return write_structure(path, &reading, printer);
    }
    let inspection = Inspection::of(&reading, &resolved);
    let text = match args.format {
        InspectFormat::Text => in_words(&inspection, args.all),
        InspectFormat::Json => {
            serde_json::to_string_pretty(&inspection).map_err(|error| format!("cannot write the JSON: {error}"))? + "\n"
        }
    };
    // Whoever reads no further, as `head` does, wants no message about it.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
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
    let told = inspection
        .settings
        .iter()
        .filter(|one| all || one.from != "default")
        .filter(|one| !facts.iter().any(|(name, _)| *name == one.name));
    let told: Vec<&SettingFact> = told.collect();
    if !told.is_empty() {
        let _ = writeln!(out, "\nSettings");
    }
    for one in told {
        let line = one.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let _ = writeln!(out, "  {:<15} {}  ({}{line})", one.name, one.value, one.from);
    }
    let _ = writeln!(out, "\nOutline");
    for entry in &inspection.outline {
        let indent = "  ".repeat(entry.level - 1);
        let (matter, role) = (entry.matter.to_string(), entry.role.to_string());
        let _ = writeln!(out, "  {:>9}  {indent}{}  [{role}, {matter}]", range(entry.lines), heading(entry));
    }
    if inspection.outline.is_empty() {
        let _ = writeln!(out, "  no headings");
    }
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

/// Label, title and subtitle as they stand over each other.
fn heading(entry: &OutlineEntry) -> String {
    let parts = [&entry.label, &entry.title, &entry.subtitle];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" / ")
}

/// "12" or "12-14".
fn range((first, last): (usize, usize)) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}
