//! What many texts came to: the table that closes a run, and `bindery report`.

use crate::args::ReportArgs;
use crate::report::{Printer, print_out};
use bindery::batch::{self, Record, Status, Tally};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::Duration;

/// "1,234,567".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What is counted, line by line: its name, its number, and what is to be said of it.
fn rows(tally: &Tally) -> Vec<(&'static str, usize, String)> {
    let list = |entries: Vec<(String, usize)>| {
        let mut entries = entries;
        entries.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        entries.iter().map(|(name, count)| format!("{name} {}", grouped(*count))).collect::<Vec<_>>().join(", ")
    };
    let codes = tally.warnings.iter().map(|(code, count)| (code.to_string(), *count)).collect();
    let languages = tally.languages.iter().map(|(tag, count)| (tag.clone(), *count)).collect();
    let mut rows = vec![
        ("converted", tally.converted, String::new()),
        ("skipped", tally.skipped, if tally.skipped > 0 { "up to date".into() } else { String::new() }),
        ("failed", tally.failed, String::new()),
        ("warnings", tally.warnings.values().sum(), list(codes)),
        ("pages", tally.pages, String::new()),
        ("words", tally.words, list(languages)),
    ];
    if tally.articles + tally.books > 0 {
        rows.push(("articles", tally.articles, String::new()));
        rows.push(("books", tally.books, String::new()));
    }
    rows
}

/// The table at the end of a run that took so long.
pub(crate) fn table(tally: &Tally, took: Duration) -> String {
    let mut text = String::new();
    for (name, number, remark) in rows(tally) {
        let _ = writeln!(text, "{}", format!("{name:<10}{:>13}  {remark}", grouped(number)).trim_end());
    }
    let seconds = took.as_secs_f64();
    let rate = tally.texts() as f64 / seconds.max(1e-6);
    let _ = writeln!(text, "{:<10}{seconds:>13.2}  {rate:.1} texts a second", "seconds");
    text
}

/// One line that says what a round did.
pub(crate) fn line(tally: &Tally, took: Duration) -> String {
    let counts = [(tally.converted, "converted"), (tally.skipped, "up to date"), (tally.failed, "failed")];
    let counts =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{} {what}", grouped(*count)));
    format!("{} in {:.2} s", counts.collect::<Vec<_>>().join(", "), took.as_secs_f64())
}

/// What reports hold: each text once, as it was last told of.
#[derive(Default)]
struct Gathered {
    records: Vec<Record>,
    by_input: HashMap<String, usize>,
}

impl Gathered {
    /// Adds a report.
    ///
    /// # Errors
    ///
    /// The message for a file that cannot be read or is no report. A last line that is cut short, by a run that was killed, is
    /// passed over with a warning.
    fn add(&mut self, path: &Path, printer: &Printer) -> Result<(), String> {
        let name = path.display();
        let fault = |error: &dyn std::fmt::Display| format!("{name}: cannot read this report: {error}");
        let mut reader = BufReader::new(File::open(path).map_err(|error| fault(&error))?);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if reader.read_until(b'\n', &mut line).map_err(|error| fault(&error))? == 0 {
                break;
            }
            match serde_json::from_slice::<Record>(&line) {
                Ok(record) => match self.by_input.get(&record.input).and_then(|at| self.records.get_mut(*at)) {
                    Some(known) => *known = record,
                    None => {
                        self.by_input.insert(record.input.clone(), self.records.len());
                        self.records.push(record);
                    }
                },
                Err(_) if !line.ends_with(b"\n") => {
                    printer.warning(&format!("{name}:{number}: this last line is cut short and left out"));
                }
                Err(error) => return Err(format!("{name}:{number}: this is no record of a report: {error}")),
            }
        }
        Ok(())
    }
}

/// Prints what the texts of reports came to, or writes a page of it.
///
/// # Errors
///
/// The message for a report that cannot be read, or a page that cannot be written.
pub(crate) fn run(args: &ReportArgs, printer: &Printer) -> Result<(), String> {
    let mut gathered = Gathered::default();
    for path in &args.files {
        gathered.add(path, printer)?;
    }
    let records = gathered.records;
    let mut tally = Tally::default();
    records.iter().for_each(|record| tally.add(record));
    if let Some(path) = &args.html {
        let page = page(&records, &tally);
        return batch::write_whole(path, page.as_bytes())
            .map_err(|error| format!("{}: cannot write this page: {error}", path.display()));
    }
    print_out(in_words(&records, &tally).as_bytes());
    Ok(())
}

/// How many texts a list of the worst has.
const WORST: usize = 20;

/// The texts that need a person: title of the list, and each with what is to be said of it.
fn lists(records: &[Record]) -> Vec<(&'static str, Vec<(&str, String)>)> {
    let failed = records.iter().filter_map(|record| Some((record.input.as_str(), record.failure.clone()?)));
    let mut unsure: Vec<&Record> =
        records.iter().filter(|one| one.facts.confidence.is_some_and(|sure| sure < 0.6)).collect();
    unsure.sort_by(|one, other| {
        one.facts.confidence.partial_cmp(&other.facts.confidence).unwrap_or(std::cmp::Ordering::Equal)
    });
    let unsure = unsure.into_iter().take(WORST);
    let mut slow: Vec<&Record> =
        records.iter().filter(|one| one.status != Status::Skipped && one.seconds > 1.0).collect();
    slow.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    let slow = slow.into_iter().take(WORST);
    let sure = |record: &Record| format!("{:.2}", record.facts.confidence.unwrap_or(1.0));
    let all = vec![
        ("Failed", failed.collect::<Vec<_>>()),
        ("Least sure of their structure", unsure.map(|one| (one.input.as_str(), sure(one))).collect()),
        ("Slowest", slow.map(|one| (one.input.as_str(), format!("{:.1} s", one.seconds))).collect()),
    ];
    all.into_iter().filter(|(_, list)| !list.is_empty()).collect()
}

fn in_words(records: &[Record], tally: &Tally) -> String {
    let mut text = format!("{:<10}{:>13}\n", "texts", grouped(tally.texts()));
    for (name, number, remark) in rows(tally) {
        let _ = writeln!(text, "{}", format!("{name:<10}{:>13}  {remark}", grouped(number)).trim_end());
    }
    let _ = writeln!(text, "{:<10}{:>13.2}  of work", "seconds", tally.seconds);
    for (title, list) in lists(records) {
        let _ = writeln!(text, "\n{title}");
        for (input, remark) in list {
            let _ = writeln!(text, "  {input}: {remark}");
        }
    }
    text
}

/// A page of HTML that needs no other file.
fn page(records: &[Record], tally: &Tally) -> String {
    let mut html = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Report of bindery</title>\n<style>\n\
         body { font: 1rem/1.4 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }\n\
         table { border-collapse: collapse; width: 100%; }\n\
         th, td { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0; border-bottom: 1px solid #ddd; }\n\
         td.number { text-align: right; font-variant-numeric: tabular-nums; }\n\
         td { overflow-wrap: anywhere; }\n</style>\n<h1>Report of bindery</h1>\n<table>\n",
    );
    let texts = [("texts", tally.texts(), String::new())];
    for (name, number, remark) in texts.into_iter().chain(rows(tally)) {
        let (number, remark) = (grouped(number), escaped(&remark));
        let _ = writeln!(html, "<tr><th scope=\"row\">{name}<td class=\"number\">{number}<td>{remark}");
    }
    let _ =
        writeln!(html, "<tr><th scope=\"row\">seconds<td class=\"number\">{:.2}<td>of work\n</table>", tally.seconds);
    for (title, list) in lists(records) {
        let _ = writeln!(html, "<h2>{title}</h2>\n<table>");
        for (input, remark) in list {
            let _ = writeln!(html, "<tr><td>{}<td>{}", escaped(input), escaped(&remark));
        }
        html.push_str("</table>\n");
    }
    html + "</html>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let texts: Vec<String> = [0, 999, 1000, 1_234_567].into_iter().map(grouped).collect();
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
    }
}
