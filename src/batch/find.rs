//! The texts behind what was named: files as they are, folders and patterns searched.

use super::plan::{Input, PlanError, Shard};
use super::project::{self, PROJECT_FILE};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::cmp::Ordering;
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
            Input::Stdin | Input::Bound(_) => shard.takes(&["-"]),
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

/// The texts of a folder and those below it, as paths from there, in their natural order.
pub(super) fn texts_of(folder: &Path) -> Result<Vec<PathBuf>, PlanError> {
    let mut list = Vec::new();
    let about = fs::metadata(folder).map_err(|error| PlanError::Unreadable(folder.to_owned(), error))?;
    if about.is_dir() {
        search(folder, &Selection::new(&[], &[])?, None, false, &mut list)?;
    }
    let file = |found: Found| match found.input {
        Input::File(path) => path.strip_prefix(folder).ok().map(Path::to_path_buf),
        Input::Stdin | Input::Bound(_) => None,
    };
    let texts: Vec<PathBuf> = list.into_iter().filter_map(file).collect();
    if texts.is_empty() { Err(PlanError::EmptyFolder(folder.to_owned())) } else { Ok(texts) }
}

/// Adds every text below a folder, hidden files and links to folders left out, in the natural order of their paths. A folder
/// whose project file lists the files of a book is one text.
fn walk(root: &Path, selection: &Selection, out_dir: Option<&Path>, list: &mut Vec<Found>) -> Result<(), PlanError> {
    search(root, selection, out_dir, selection.include.is_none(), list)
}

/// [`walk`], with or without a look at project files.
fn search(
    root: &Path,
    selection: &Selection,
    out_dir: Option<&Path>,
    with_projects: bool,
    list: &mut Vec<Found>,
) -> Result<(), PlanError> {
    let outputs = out_dir.and_then(|out| below(root, out));
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let folder = root.join(&below);
        let unreadable = |error| PlanError::Unreadable(folder.clone(), error);
        if with_projects && project::is_book(&folder.join(PROJECT_FILE)) {
            found.push(below.join(PROJECT_FILE));
            continue;
        }
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
    found.sort_by(|one, other| natural(one, other));
    list.extend(found.into_iter().map(|file| {
        // A book goes by the name of its folder, and stands where that does.
        let is_book = file.file_name().is_some_and(|name| name == PROJECT_FILE);
        let folder = if is_book { file.parent().and_then(Path::parent) } else { file.parent() };
        Found { input: Input::File(root.join(&file)), below: folder.map(Path::to_path_buf).unwrap_or_default() }
    }));
    Ok(())
}

/// The order in which people count: part by part of the path, `2` before `10`.
fn natural(one: &Path, other: &Path) -> Ordering {
    let parts = |path: &Path| path.iter().map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let (one, other) = (parts(one), parts(other));
    for (a, b) in one.iter().zip(&other) {
        let (mut a_rest, mut b_rest) = (a.as_str(), b.as_str());
        while let (Some(x), Some(y)) = (a_rest.chars().next(), b_rest.chars().next()) {
            let order = if x.is_ascii_digit() && y.is_ascii_digit() {
                let (m, n) = (number(&mut a_rest), number(&mut b_rest));
                m.len().cmp(&n.len()).then(m.cmp(n))
            } else {
                a_rest = a_rest.get(x.len_utf8()..).unwrap_or("");
                b_rest = b_rest.get(y.len_utf8()..).unwrap_or("");
                x.cmp(&y)
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        // Equal but for zeros before a number, or one begins the other.
        let order = a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b));
        if order != Ordering::Equal {
            return order;
        }
    }
    one.len().cmp(&other.len())
}

/// Takes the digits at the start of a text, without zeros before them.
fn number<'a>(text: &mut &'a str) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    digits.trim_start_matches('0')
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
            Input::Stdin | Input::Bound(_) => "-".into(),
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
    fn files_come_in_the_order_in_which_people_count() {
        let mut names =
            ["b10.md", "b9.md", "a/z.md", "b2/x.md", "b02.md", "b2.md", "B.md", "10.md", "9.md"].map(PathBuf::from);
        names.sort_by(|one, other| natural(one, other));
        let names: Vec<_> = names.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        assert_eq!(names, ["9.md", "10.md", "B.md", "a/z.md", "b2/x.md", "b02.md", "b2.md", "b9.md", "b10.md"]);
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
