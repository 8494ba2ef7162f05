//! A project file for a folder that has none, to edit.

use super::find;
use super::plan::PlanError;
use crate::model::{Matter, SectionRole};
use crate::settings::{KEYS, Key, Scope, Takes};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A commented `bindery.toml` for the texts of `folder`: a list of them in their natural order, front matter first and back matter
/// last, with the roles that their names tell, and every key that can be said.
///
/// # Errors
///
/// Where the folder cannot be read or has no text.
pub fn project_for(folder: &Path) -> Result<String, PlanError> {
    let texts = find::texts_of(folder)?;
    let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let name = real.file_name().map(|name| name.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut out = String::new();
    let _ = writeln!(out, "# A book bound of the texts listed below. Make it with: bindery build");
    let _ = writeln!(out, "# Flags come before front matter, front matter before what is said here.\n");
    let _ = writeln!(out, "title = {}", quoted(&capitalized(&name)));
    push_keys(&mut out, Scope::Work);
    push_keys(&mut out, Scope::Editions);
    let _ = writeln!(out, "\n# In the order of the book. A text is a name, or a table that says more of it:");
    let _ = writeln!(
        out,
        "#   {{ file = \"one.md\", role = \"preface\", matter = \"front\", title = \"…\", language = \"de\" }}"
    );
    let _ = writeln!(out, "# A folder with a project of its own is a part: {{ project = \"part-two\" }}");
    let _ = writeln!(out, "# Without this list each text of the folder is made for itself, with what is said here.");
    let _ = writeln!(out, "files = [");
    let mut texts: Vec<(PathBuf, Option<(String, SectionRole)>)> = texts
        .into_iter()
        .map(|text| {
            let role = role_of(&text);
            (text, role)
        })
        .collect();
    texts.sort_by_key(|(_, role)| role.as_ref().map_or(Matter::Body, |(_, role)| role.natural_matter()));
    for (text, role) in &texts {
        let name = quoted(&text.to_string_lossy().replace('\\', "/"));
        match role {
            Some((role, _)) => {
                let _ = writeln!(out, "  {{ file = {name}, role = \"{role}\" }},");
            }
            None => {
                let _ = writeln!(out, "  {name},");
            }
        }
    }
    let _ = writeln!(out, "]\n\n[epub]");
    push_keys(&mut out, Scope::Epub);
    let _ = writeln!(out, "\n[pdf]");
    push_keys(&mut out, Scope::Pages);
    Ok(out)
}

/// Each key of a scope as a comment.
fn push_keys(out: &mut String, scope: Scope) {
    let shown = |key: &&Key| key.scope == scope && key.name != "title" && key.about == key.name;
    for key in KEYS.iter().filter(shown) {
        let value = match key.takes {
            Takes::Nothing => "true",
            Takes::One("on|off") => "true",
            Takes::One(_) => "\"\"",
            Takes::Many(_) => "[]",
        };
        let default = if key.default.is_empty() { String::new() } else { format!(" [default: {}]", key.default) };
        let _ = writeln!(out, "# {} = {value}  # {}{default}", key.name, key.help);
    }
}

/// The role that the name of a file tells, as `02-preface.md` does.
fn role_of(file: &Path) -> Option<(String, SectionRole)> {
    let stem = file.file_stem()?.to_string_lossy().to_lowercase();
    let word = stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' ' | '.'));
    let role: SectionRole = serde_json::from_value(word.into()).ok()?;
    (!matches!(role, SectionRole::Section | SectionRole::Chapter)).then(|| (word.to_owned(), role))
}

fn capitalized(words: &str) -> String {
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
