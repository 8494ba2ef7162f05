//! What is printed about the work: one message a problem, with file, line and what to do.

use bindery::batch::{JobError, Message, Place, Record, Status};
use bindery::diag::{Diagnostics, Severity};
use bindery::source::Source;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};

/// When messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether standard error is written in colour.
    pub(crate) fn is_on(self) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        }
    }
}

/// Prints outcomes to standard error as they come.
pub(crate) struct Printer {
    /// The least severity that is shown.
    pub(crate) least: Severity,
    /// Whether a line is printed for each text that is done.
    pub(crate) progress: bool,
    /// Whether to colour.
    pub(crate) color: bool,
}

impl Printer {
    /// The label of a severity, coloured if wanted.
    fn label(&self, severity: Severity) -> String {
        let (name, color) = match severity {
            Severity::Note => ("note", "36"),
            Severity::Warning => ("warning", "33"),
            Severity::Error => ("error", "31"),
        };
        if self.color { format!("\x1b[1;{color}m{name}\x1b[0m") } else { name.to_owned() }
    }

    /// The lines of a diagnostic.
    fn lines(&self, name: &str, message: &Message) -> String {
        let name = message.file.as_deref().unwrap_or(name);
        let (place, label) = (at(name, message.place), self.label(message.severity));
        let mut text = format!("{place}: {label}[{}]: {}\n", message.code, message.message);
        if let Some(hint) = &message.hint {
            let _ = writeln!(text, "  {hint}");
        }
        text
    }

    /// All that is to be told of a text that is done; `summed_up`: its editions too.
    pub(crate) fn lines_of(&self, record: &Record, summed_up: bool) -> String {
        let shown = record.diagnostics.iter().filter(|one| one.severity >= self.least);
        let mut text: String = shown.map(|one| self.lines(&record.input, one)).collect();
        let is_told = record.diagnostics.iter().any(|one| one.severity == Severity::Error);
        if let Some(failure) = record.failure.as_ref().filter(|_| !is_told) {
            text.push_str(&self.failed(&record.input, failure));
        } else if record.failure.is_none() && summed_up && self.progress {
            text.push_str(&summary(record));
        }
        text
    }

    /// What went wrong with one text.
    pub(crate) fn failure(&self, name: &str, error: &JobError) {
        print(&self.failed(name, &error.to_string()));
    }

    /// The line of a failure. One that tells its place in the input itself has it before the label, as diagnostics have theirs.
    fn failed(&self, name: &str, failure: &str) -> String {
        let label = self.label(Severity::Error);
        let told =
            failure.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')).and_then(|rest| rest.split_once(": "));
        match told {
            Some((line, rest)) if line.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') => {
                format!("{name}:{line}: {label}: {rest}\n")
            }
            _ => format!("{name}: {label}: {failure}\n"),
        }
    }

    /// Tells of a file that was written for something.
    pub(crate) fn written(&self, name: &str, file: &str) {
        if self.progress {
            print(&format!("{name} → {file}\n"));
        }
    }

    /// The diagnostics of one text.
    pub(crate) fn diagnostics(&self, name: &str, sources: &[Source], diagnostics: &Diagnostics) {
        let shown = diagnostics.iter().filter(|one| one.severity >= self.least);
        print(&shown.map(|one| self.lines(name, &Message::of(one, sources))).collect::<String>());
    }

    /// A message that is about no text.
    pub(crate) fn error(&self, message: &str) {
        print(&format!("bindery: {}: {message}\n", self.label(Severity::Error)));
    }

    /// A warning that is about no text.
    pub(crate) fn warning(&self, message: &str) {
        print(&format!("bindery: {}: {message}\n", self.label(Severity::Warning)));
    }
}

/// A name with the place in it.
fn at(name: &str, place: Option<Place>) -> String {
    match place {
        Some(Place { line, column }) => format!("{name}:{line}:{column}"),
        None => name.to_owned(),
    }
}

/// "a.txt → a.epub, a.pdf (12 pages)"; nothing of what was made before, or is in no file.
fn summary(record: &Record) -> String {
    let targets: Vec<&str> =
        record.outputs.iter().map(|target| target.path.as_str()).filter(|path| *path != "-").collect();
    if record.status != Status::Converted || targets.is_empty() {
        return String::new();
    }
    let name = &record.input;
    match record.facts.pages {
        Some(1) => format!("{name} → {} (1 page)\n", targets.join(", ")),
        Some(pages) => format!("{name} → {} ({pages} pages)\n", targets.join(", ")),
        None => format!("{name} → {}\n", targets.join(", ")),
    }
}

/// Writes to standard error in one piece. That it is closed is nobody's fault.
pub(crate) fn print(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Writes to standard output in one piece. Whoever reads no further, as `head` does, wants no message about it.
pub(crate) fn print_out(bytes: &[u8]) {
    let _ = std::io::stdout().lock().write_all(bytes);
}
