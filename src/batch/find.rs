//! The texts behind what was named: files as they are, folders and patterns searched.

use super::plan::{Input, PlanError, Shard};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The text.
    pub(super) input: Input,
    /// The folders that it keeps under the folder of outputs.
    pub(super) below: PathBuf,
}

impl Found {
    fn named(path: PathBuf) -> Found {
        Found { input: Input::File(path), below: PathBuf::new() }
    }

    /// Whether this is of the share. A path counts from the folder that was named, so that a share is the same wherever that
    /// folder is mounted.
    pub(super) fn is_in(&self, shard: Shard) -> bool {
        match &self.input {
            Input::Stdin => shard.takes(&["-"]),
            Input::File(path) => {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let mut parts: Vec<_> = self.below.iter().map(|part| part.to_string_lossy()).collect();
                parts.push(file);
                shard.takes(&parts)
            }
        }
    }
}

/// The endings of texts that are looked for in folders, in lower case.
const TEXT_ENDINGS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Which files of a folder are texts to convert.
pub(super) struct Selection {
    /// Files that match are taken, whatever their endings, and no others; none: texts by their endings.
    include: Option<Gitignore>,
    /// What matches is left out, a folder with all below it.
    exclude: Gitignore,
}

impl Selection {
    /// The patterns of a `.gitignore` file, one each.
    ///
    /// # Errors
    ///
    /// For a pattern that is none.
    pub(super) fn new(include: &[String], exclude: &[String]) -> Result<Selection, PlanError> {
        let include = if include.is_empty() { None } else { Some(patterns(include)?) };
        Ok(Selection { include, exclude: patterns(exclude)? })
    }

    /// Whether a folder is looked into; its path counts from the folder that was named.
    fn enters(&self, below: &Path) -> bool {
        !self.exclude.matched(below, true).is_ignore()
    }

    /// Whether a file is taken; its path counts from the folder that was named.
    fn takes(&self, file: &Path) -> bool {
        let wanted = match &self.include {
            Some(include) => include.matched_path_or_any_parents(file, false).is_ignore(),
            None => is_text(file),
        };
        wanted && !self.exclude.matched(file, false).is_ignore()
    }
}

fn patterns(lines: &[String]) -> Result<Gitignore, PlanError> {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        builder.add_line(None, line).map_err(|error| PlanError::Pattern(line.clone(), error.to_string()))?;
    }
    builder.build().map_err(|error| PlanError::Pattern(lines.join(" "), error.to_string()))
}

/// The texts that `inputs` name, in their order; what is in a folder by its path. `out_dir` is not searched: what was made
/// of texts is none.
pub(super) fn named(
    inputs: &[PathBuf],
    selection: &Selection,
    out_dir: Option<&Path>,
    may_be_empty: bool,
) -> Result<Vec<Found>, PlanError> {
    let mut list = Vec::new();
    for path in inputs {
        if path.as_os_str() == "-" {
            list.push(Found { input: Input::Stdin, below: PathBuf::new() });
            continue;
        }
        let before = list.len();
        match fs::metadata(path) {
            Ok(about) if about.is_file() => list.push(Found::named(path.clone())),
            Ok(about) if about.is_dir() => {
                walk(path, selection, out_dir, &mut list)?;
                if list.len() == before && !may_be_empty {
                    return Err(PlanError::EmptyFolder(path.clone()));
                }
            }
            Ok(_) => return Err(PlanError::NotAFile(path.clone())),
            // A shell that expands no patterns, as that of Windows, hands them on.
            Err(_) if is_pattern(path) => {
                expand(path, selection, out_dir, &mut list)?;
                if list.len() == before {
                    return Err(PlanError::NoMatch(path.clone()));
                }
            }
            Err(error) => return Err(PlanError::Unreadable(path.clone(), error)),
        }
    }
    Ok(list)
}

/// The texts of a list. They keep the folders they are listed with, as far as those lead downwards.
pub(super) fn listed(paths: &[PathBuf], list: &mut Vec<Found>) {
    for path in paths {
        let folder = path.parent().unwrap_or(Path::new(""));
        let below = folder.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        list.push(Found { input: Input::File(path.clone()), below });
    }
}

/// Adds every text below a folder, hidden files and links to folders left out, in the order of their paths.
fn walk(root: &Path, selection: &Selection, out_dir: Option<&Path>, list: &mut Vec<Found>) -> Result<(), PlanError> {
    let outputs = out_dir.and_then(|out| below(root, out));
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let folder = root.join(&below);
        let unreadable = |error| PlanError::Unreadable(folder.clone(), error);
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            let kind = entry.file_type().map_err(unreadable)?;
            let path = below.join(&name);
            if kind.is_dir() {
                if selection.enters(&path) && outputs.as_ref() != Some(&path) {
                    open.push(path);
                }
            } else if selection.takes(&path) && (kind.is_file() || entry.path().is_file()) {
                found.push(path);
            }
        }
    }
    found.sort();
    list.extend(found.into_iter().map(|file| Found {
        input: Input::File(root.join(&file)),
        below: file.parent().map(Path::to_path_buf).unwrap_or_default(),
    }));
    Ok(())
}

/// Where `inner` is below `outer`, when it is, whatever both are called.
fn below(outer: &Path, inner: &Path) -> Option<PathBuf> {
    let (outer, inner) = (fs::canonicalize(outer).ok()?, fs::canonicalize(inner).ok()?);
    let path = inner.strip_prefix(outer).ok()?;
    (!path.as_os_str().is_empty()).then(|| path.to_path_buf())
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| TEXT_ENDINGS.contains(&ending.as_str()))
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// Adds what matches a pattern, its folders mirrored from the first that is a pattern on.
fn expand(
    pattern: &Path,
    selection: &Selection,
    out_dir: Option<&Path>,
    list: &mut Vec<Found>,
) -> Result<(), PlanError> {
    let parts: Vec<Component> = pattern.components().collect();
    let literal = parts.iter().take_while(|part| !is_pattern(Path::new(part))).count();
    let (root, rest) = parts.split_at(literal);
    let root: PathBuf = if root.is_empty() { ".".into() } else { root.iter().collect() };
    let rest = rest.iter().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    // Anchored, so that `*.txt` means the files of this folder alone, as it does in a shell.
    let matching = Selection { include: Some(patterns(&[format!("/{rest}")])?), exclude: selection.exclude.clone() };
    if !root.is_dir() {
        return Ok(());
    }
    let before = list.len();
    walk(&root, &matching, out_dir, list)?;
    // A pattern that matches a folder stands for the texts in it.
    let whole = matching.include.as_ref();
    let kept = list.split_off(before).into_iter().filter(|found| {
        let Input::File(path) = &found.input else { return true };
        let file = path.strip_prefix(&root).unwrap_or(path);
        let itself = whole.is_some_and(|include| include.matched(file, false).is_ignore());
        (itself || is_text(file)) && selection.include.as_ref().is_none_or(|_| selection.takes(file))
    });
    let kept: Vec<Found> = kept.collect();
    list.extend(kept);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for file in
            ["a.txt", "b.asc", "one/c.txt", "one/d.md", "two/drafts/e.txt", "two/f.txt", ".git/g.txt", "out/h.txt"]
        {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folder");
            fs::write(path, "x").expect("file");
        }
        root
    }

    fn found(root: &Path, input: &Path, include: &[&str], exclude: &[&str]) -> Result<Vec<String>, PlanError> {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let selection = Selection::new(&owned(include), &owned(exclude))?;
        let out = root.join("out");
        let list = named(&[input.to_path_buf()], &selection, Some(&out), false)?;
        let name = |one: Found| match one.input {
            Input::File(path) => path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/"),
            Input::Stdin => "-".into(),
        };
        Ok(list.into_iter().map(name).collect())
    }

    #[test]
    fn a_folder_gives_what_the_patterns_leave_and_never_what_was_made() {
        let folder = folder();
        let root = folder.path();
        let all = |include: &[&str], exclude: &[&str]| found(root, root, include, exclude).expect("texts");
        assert_eq!(all(&[], &[]), ["a.txt", "one/c.txt", "one/d.md", "two/drafts/e.txt", "two/f.txt"]);
        assert_eq!(all(&[], &["drafts/", "*.md"]), ["a.txt", "one/c.txt", "two/f.txt"]);
        assert_eq!(all(&["*.asc"], &[]), ["b.asc"]);
        assert_eq!(all(&["/one", "f.*"], &["c.txt"]), ["one/d.md", "two/f.txt"]);
        assert_eq!(all(&["*.txt", "!a.txt"], &["two"]), ["one/c.txt"]);
        assert!(matches!(found(root, root, &["{a"], &[]), Err(PlanError::Pattern(..))));
    }

    #[test]
    fn patterns_are_expanded_where_no_shell_did() {
        let folder = folder();
        let root = folder.path();
        let all = |pattern: &str| found(root, &root.join(pattern), &[], &[]);
        assert_eq!(all("*.txt").expect("texts"), ["a.txt"]);
        assert_eq!(all("*/*.txt").expect("texts"), ["one/c.txt", "two/f.txt"]);
        assert_eq!(all("**/*.txt").expect("texts"), ["a.txt", "one/c.txt", "two/drafts/e.txt", "two/f.txt"]);
        assert_eq!(all("[ab].*").expect("texts"), ["a.txt", "b.asc"]);
        assert_eq!(all("t*").expect("texts"), ["two/drafts/e.txt", "two/f.txt"]);
        assert!(matches!(all("*.doc"), Err(PlanError::NoMatch(_))));
    }

    #[test]
    fn listed_texts_keep_their_folders() {
        let mut list = Vec::new();
        listed(&["a/b/c.txt".into(), "../d.txt".into(), "/e/f.txt".into(), "./g.txt".into()], &mut list);
        let below: Vec<_> = list.iter().map(|one| one.below.to_string_lossy().replace('\\', "/")).collect();
        assert_eq!(below, ["a/b", "", "e", ""]);
    }
}
