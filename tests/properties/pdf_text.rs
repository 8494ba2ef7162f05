//! A PDF read back: the letters of its structure tree.

use crate::words::letters;

#[path = "../pdf/reader.rs"]
#[expect(dead_code, reason = "of what the tests of the writer read, the words alone are wanted")]
mod reader;

/// The letters of the body, with those of the title before them, and those of the notes.
///
/// # Panics
///
/// Where the file cannot be read, or its structure is not whole.
pub(crate) fn letters_of(pdf: &[u8]) -> (String, String) {
    let (mut body, mut notes) = (String::new(), String::new());
    // The elements around the line, by their depth.
    let mut open: Vec<&str> = Vec::new();
    let tree = reader::Reader::new(pdf).tree();
    for line in tree.lines() {
        let depth = (line.len() - line.trim_start_matches(' ').len()) / 2;
        let line = line.trim_start_matches(' ');
        open.truncate(depth);
        let shown = match line.strip_prefix('“') {
            // A formula is its source, whatever signs show it.
            Some(_) if open.contains(&"Formula") => continue,
            Some(text) => text,
            None => {
                let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
                // The label of a list without marks is a term, and of the document.
                let is_term = name == "Lbl"
                    && open.iter().rev().find(|one| one.starts_with('L') && **one != "LI") == Some(&"L of terms");
                open.push(match name {
                    "L" if rest.contains("ListNumbering=/None") => "L of terms",
                    "Lbl" if is_term => "Span",
                    _ => name,
                });
                match rest.split_once("Alt=") {
                    Some((_, source)) if name == "Formula" => source,
                    _ => continue,
                }
            }
        };
        let within = |names: &[&str]| open.iter().any(|one| names.contains(one));
        if within(&["TOC", "Lbl", "Reference"]) {
            continue;
        }
        if within(&["Note", "FENote"]) { notes.push_str(shown) } else { body.push_str(shown) }
    }
    (letters(&body), letters(&notes))
}
