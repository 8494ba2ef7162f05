//! What is printed about the work: one message a problem, with file, line and what to do.

use bindery::batch::{Done, JobError, Observer, Outcome};
use bindery::diag::{Diagnostic, Diagnostics, Severity};
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
    fn lines(&self, name: &str, source: Option<&Source>, diagnostic: &Diagnostic) -> String {
        let place = match (source, diagnostic.span) {
            (Some(source), Some(span)) => {
                let at = source.position(span.start);
                format!("{name}:{}:{}", at.line, at.column)
            }
            _ => name.to_owned(),
        };
        let label = self.label(diagnostic.severity);
        let mut text = format!("{place}: {label}[{}]: {}\n", diagnostic.code, diagnostic.message);
        if let Some(hint) = &diagnostic.hint {
            let _ = writeln!(text, "  {hint}");
        }
        text
    }

    /// What went wrong with one text.
    pub(crate) fn failure(&self, name: &str, error: &JobError) {
        print(&format!("{name}: {}: {error}\n", self.label(Severity::Error)));
    }

    /// The diagnostics of one text.
    pub(crate) fn diagnostics(&self, source: &Source, diagnostics: &Diagnostics) {
        let shown = diagnostics.iter().filter(|one| one.severity >= self.least);
        print(&shown.map(|one| self.lines(source.name(), Some(source), one)).collect::<String>());
    }

    /// A message that is about no text.
    pub(crate) fn error(&self, message: &str) {
        print(&format!("bindery: {}: {message}\n", self.label(Severity::Error)));
    }
}

impl Observer for Printer {
    fn ended(&self, outcome: Outcome) {
        let mut text = String::new();
        for diagnostic in outcome.diagnostics.iter().filter(|one| one.severity >= self.least) {
            text.push_str(&self.lines(&outcome.name, outcome.source.as_ref(), diagnostic));
        }
        match &outcome.result {
            Ok(done) if self.progress => text.push_str(&summary(&outcome.name, done)),
            Ok(_) => {}
            Err(error) => {
                let _ = writeln!(text, "{}: {}: {error}", outcome.name, self.label(Severity::Error));
            }
        }
        print(&text);
    }
}

/// "a.txt → a.epub, a.pdf (12 pages)".
fn summary(name: &str, done: &Done) -> String {
    if done.written.is_empty() {
        return String::new();
    }
    let targets: Vec<String> = done.written.iter().map(|path| path.display().to_string()).collect();
    match done.pages {
        Some(1) => format!("{name} → {} (1 page)\n", targets.join(", ")),
        Some(pages) => format!("{name} → {} ({pages} pages)\n", targets.join(", ")),
        None => format!("{name} → {}\n", targets.join(", ")),
    }
}

/// Writes to standard error in one piece. That it is closed is nobody's fault.
fn print(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
