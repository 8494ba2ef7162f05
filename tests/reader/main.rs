//! What readers make of texts.

mod blocks;
mod drama;
mod front;
mod furniture;
mod languages;
mod levels;
mod nothing_lost;
mod plain;

use bindery::model::Section;
use bindery::reader::Reading;
use bindery::reader::plain::{Options, read};

/// Reads a text that is called `some_text.txt`.
fn reading(text: &str) -> Reading {
    read(text.as_bytes(), "some_text.txt", &Options::default()).expect("the text is not empty")
}

/// The headings of a text, two spaces a level: what `line` makes of each section with its heading.
fn outline_with(reading: &Reading, line: impl Fn(&Section, &str) -> String) -> String {
    let mut out = String::new();
    reading.document.for_each_section(&mut |section, depth| {
        if let Some(heading) = &section.heading {
            let lines: Vec<String> = heading.lines().map(bindery::model::plain_text).collect();
            out.push_str(&format!("{}{}\n", "  ".repeat(depth), line(section, &lines.join(" | "))));
        }
    });
    out
}

/// The headings of a text, two spaces a level: label, then title, then subtitle.
fn outline(text: &str) -> String {
    outline_with(&reading(text), |_, heading| heading.to_owned())
}
