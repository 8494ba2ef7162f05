//! The arrows between the modules point downwards only. The table says which there may be; an arrow it has not is a fault.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each part of the library may use; `geom`, `ink`, `source`, `diag`, `limits`, `bytes` and `deflate` may be used by all. A part is a module of the library or
/// of the folders named in [`PARTED`].
const MAY_USE: &[(&str, &[&str])] = &[
    ("geom", &[]),
    ("source", &[]),
    ("diag", &[]),
    ("limits", &[]),
    ("bytes", &[]),
    ("deflate", &[]),
    ("ink", &[]),
    ("model", &[]),
    ("math", &["model"]),
    ("highlight", &[]),
    ("settings", &["model", "style"]),
    ("reader", &["model", "settings", "math"]),
    ("transform", &["model"]),
    ("outline", &["model"]),
    ("style", &["model", "highlight"]),
    ("font", &[]),
    ("paged", &["font", "model"]),
    ("layout", &["model", "outline", "style", "font", "paged", "math", "highlight"]),
    ("cover", &["font", "model"]),
    ("writer::epub", &["model", "outline", "style", "font", "cover", "math", "highlight"]),
    ("writer::pdf", &["paged", "font"]),
    ("writer::text", &["model", "outline"]),
    (
        "batch",
        &["model", "settings", "reader", "transform", "outline", "style", "font", "paged", "layout", "cover", "writer"],
    ),
];

/// Free to all.
const FOUNDATION: &[&str] = &["geom", "source", "diag", "bytes", "deflate", "limits", "ink"];

/// Modules whose parts have rules of their own.
const PARTED: &[&str] = &["writer"];

/// The names of `model` that are part of the vocabulary of pages, so that the PDF writer needs no `Block` for them.
const PAGE_VOCABULARY: &[&str] = &[
    "AnchorId",
    "Date",
    "Language",
    "Metadata",
    "Target",
    "Contributor",
    "ContributorRole",
    "Identifier",
    "Resource",
    "Orientation",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The part that a path of module names belongs to: `writer::epub` of `writer::epub::package`.
fn part_of(path: &[&str]) -> String {
    match path {
        [first, second, ..] if PARTED.contains(first) => format!("{first}::{second}"),
        [first, ..] => (*first).to_owned(),
        [] => String::new(),
    }
}

/// What a source names behind `crate::`: paths of up to three names, groups in braces taken apart.
fn uses(source: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |all, line| {
            // What follows `//` may be an address in a string: a path behind it is lost, which no file of ours has.
            all + line.split("//").next().unwrap_or("") + "\n"
        });
    for rest in code.split("crate::").skip(1) {
        collect(&mut Vec::new(), rest, &mut found);
    }
    found
}

fn collect(before: &mut Vec<String>, rest: &str, found: &mut BTreeSet<Vec<String>>) {
    let rest = rest.trim_start();
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' | ',' if depth == 0 => {
                    let one = group.get(start..at).unwrap_or_default().trim();
                    if !one.is_empty() {
                        collect(&mut before.clone(), one, found);
                    }
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return;
    }
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    before.push(name.clone());
    match rest.get(name.len()..).and_then(|rest| rest.strip_prefix("::")) {
        Some(rest) if before.len() < 3 && !name.is_empty() => collect(before, rest, found),
        _ => {
            found.insert(before.clone());
        }
    }
}

fn is_allowed(from: &str, path: &[String]) -> bool {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let to = part_of(&names);
    let allowed = MAY_USE.iter().find(|(part, _)| *part == from).map_or(&[][..], |(_, allowed)| allowed);
    let first = names.first().copied().unwrap_or("");
    to == from
        || first == from
        || FOUNDATION.contains(&first)
        || allowed.contains(&to.as_str())
        || allowed.contains(&first)
        || from == "writer::pdf" && first == "model" && names.get(1).is_some_and(|name| PAGE_VOCABULARY.contains(name))
}

#[test]
fn arrows_point_downwards() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let mut faults = Vec::new();
    for path in &paths {
        let relative = path.strip_prefix(&src).unwrap().with_extension("");
        let names: Vec<&str> = relative.iter().filter_map(|name| name.to_str()).filter(|name| *name != "mod").collect();
        if names.first().is_none_or(|first| *first == "lib" || *first == "bin")
            || PARTED.contains(&part_of(&names).as_str())
        {
            continue;
        }
        let from = part_of(&names);
        if !MAY_USE.iter().any(|(part, _)| *part == from) {
            faults.push(format!("{}: the part {from} is not in the table", relative.display()));
        }
        // Tests beside the code may use what they need to build their inputs.
        let source = fs::read_to_string(path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or("");
        if names.last() == Some(&"tests") {
            continue;
        }
        for used in uses(code) {
            if !is_allowed(&from, &used) {
                faults.push(format!("{}: {from} may not use {}", relative.display(), used.join("::")));
            }
        }
    }
    assert!(paths.len() > 10, "the sources are in {}", src.display());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn forbidden_arrows_are_seen() {
    let used = |source: &str| uses(source).into_iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(
        used("use crate::model::{Block, inline::{Inline, Target}};"),
        ["model::Block", "model::inline::Inline", "model::inline::Target"]
    );
    assert_eq!(used("use crate::{font, model as m};\n// crate::layout"), ["font", "model"]);
    let allowed = |from: &str, path: &str| is_allowed(from, &path.split("::").map(str::to_owned).collect::<Vec<_>>());
    assert!(
        allowed("writer::epub", "model::Block")
            && allowed("writer::pdf", "paged::Page")
            && allowed("layout", "geom::Pt")
    );
    assert!(allowed("writer::pdf", "model::AnchorId") && allowed("reader", "reader::plain"));
    for (from, to) in [
        ("writer::pdf", "model::Block"),
        ("writer::pdf", "layout"),
        ("writer::epub", "paged"),
        ("writer::epub", "writer::pdf"),
        ("model", "reader"),
        ("reader", "transform"),
        ("font", "model"),
        ("paged", "layout"),
        ("geom", "model"),
    ] {
        assert!(!allowed(from, to), "{from} → {to}");
    }
}
