//! What is to be made from what: inputs, folders and options → a list of jobs.

use super::Format;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// Where an edition goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

/// One text with the editions to make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The text.
    pub input: Input,
    /// The editions: at least one, each with another target.
    pub outputs: Vec<(Format, Output)>,
}

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Files, folders, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// Targets by name, or `-` for standard output.
    pub outputs: Vec<PathBuf>,
    /// The folder that outputs go to.
    pub out_dir: Option<PathBuf>,
    /// The formats asked for; none: EPUB and PDF, or what the names of `outputs` say.
    pub formats: Vec<Format>,
}

/// Why a request is none that can be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// No such file or folder, or it cannot be looked at.
    #[error("{}: {}", .0.display(), super::reason(.1))]
    Unreadable(PathBuf, #[source] io::Error),
    /// A folder has nothing that can be converted.
    #[error("{}: no text in this folder; texts end in .txt, .text, .md or .markdown", .0.display())]
    EmptyFolder(PathBuf),
    /// Neither a file nor a folder.
    #[error("{}: neither a file nor a folder; to convert what a device or pipe gives, pipe it in and name the input “-”", .0.display())]
    NotAFile(PathBuf),
    /// The ending of an output says nothing.
    #[error("{}: cannot tell the format from this name; end it in .epub, .pdf, .json or .txt, or give --to", .0.display())]
    UnknownFormat(PathBuf),
    /// Many inputs, one output.
    #[error("-o names one output and there are {0} inputs; use --out-dir for more than one")]
    ManyInputs(usize),
    /// Many formats to one name.
    #[error("{}: one file cannot hold {} formats; give one -o for each, or one format with --to", .0.display(), .1)]
    ManyFormats(PathBuf, usize),
    /// Both ways to name outputs.
    #[error("-o and --out-dir exclude each other")]
    OutputAndFolder,
    /// Standard input has no name to make outputs from.
    #[error("text from standard input needs -o FILE or --out-dir")]
    StdinNeedsOutput,
    /// Two jobs, one target.
    #[error("{} would be made twice, from {first} and from {second}; rename one or convert them into two folders", .path.display())]
    Clash {
        /// The target.
        path: PathBuf,
        /// One input.
        first: String,
        /// The other.
        second: String,
    },
    /// An output is the input.
    #[error("{}: the output would replace its own input; give another name with -o or --out-dir", .0.display())]
    ReplacesInput(PathBuf),
}

impl Input {
    /// What messages call it.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "standard input".into(),
            Input::File(path) => path.display().to_string(),
        }
    }
}

/// The endings of texts that are looked for in folders, in lower case.
const TEXT_ENDINGS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Makes the list of jobs, in the order of the inputs; the files of a folder by name, its folders mirrored under `out_dir`.
///
/// # Errors
///
/// Where an input cannot be found, a target cannot be named, or two jobs would write one target. Nothing has been
/// written then.
pub fn plan(request: &Request) -> Result<Vec<Job>, PlanError> {
    if !request.outputs.is_empty() && request.out_dir.is_some() {
        return Err(PlanError::OutputAndFolder);
    }
    let texts = texts(&request.inputs)?;
    let jobs = if request.outputs.is_empty() {
        texts.into_iter().map(|(input, below)| named_after(input, &below, request)).collect::<Result<Vec<_>, _>>()?
    } else {
        let count = texts.len();
        match texts.into_iter().next() {
            Some((input, _)) if count == 1 => vec![Job { input, outputs: named(request)? }],
            _ => return Err(PlanError::ManyInputs(count)),
        }
    };
    check(&jobs)?;
    Ok(jobs)
}

/// The texts behind the names, each with its folder below the one that was named.
fn texts(inputs: &[PathBuf]) -> Result<Vec<(Input, PathBuf)>, PlanError> {
    let mut list = Vec::new();
    for path in inputs {
        if path.as_os_str() == "-" {
            list.push((Input::Stdin, PathBuf::new()));
            continue;
        }
        let kind = fs::metadata(path).map_err(|error| PlanError::Unreadable(path.clone(), error))?;
        if kind.is_file() {
            list.push((Input::File(path.clone()), PathBuf::new()));
        } else if kind.is_dir() {
            let before = list.len();
            walk(path, &mut list)?;
            if list.len() == before {
                return Err(PlanError::EmptyFolder(path.clone()));
            }
        } else {
            return Err(PlanError::NotAFile(path.clone()));
        }
    }
    Ok(list)
}

/// Adds every text below a folder, hidden files and links to folders left out, in the order of their paths.
fn walk(root: &Path, list: &mut Vec<(Input, PathBuf)>) -> Result<(), PlanError> {
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
            if kind.is_dir() {
                open.push(below.join(name));
            } else if is_text(Path::new(&name)) && entry.path().is_file() {
                found.push((below.join(&name), below.clone()));
            }
        }
    }
    found.sort();
    list.extend(found.into_iter().map(|(file, below)| (Input::File(root.join(file)), below)));
    Ok(())
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| TEXT_ENDINGS.contains(&ending.as_str()))
}

/// The outputs that `-o` names.
fn named(request: &Request) -> Result<Vec<(Format, Output)>, PlanError> {
    let mut outputs = Vec::new();
    for path in &request.outputs {
        let format = match request.formats.as_slice() {
            [] => Format::of(path).ok_or_else(|| PlanError::UnknownFormat(path.clone()))?,
            [format] => *format,
            several => match Format::of(path) {
                Some(format) if several.contains(&format) => format,
                _ => return Err(PlanError::ManyFormats(path.clone(), several.len())),
            },
        };
        let output = if path.as_os_str() == "-" { Output::Stdout } else { Output::File(path.clone()) };
        outputs.push((format, output));
    }
    Ok(outputs)
}

/// The outputs of a text, named after it.
fn named_after(input: Input, below: &Path, request: &Request) -> Result<Job, PlanError> {
    let both = [Format::Epub, Format::Pdf];
    let formats = if request.formats.is_empty() { both.as_slice() } else { request.formats.as_slice() };
    let base = match (&input, &request.out_dir) {
        (Input::Stdin, None) => return Err(PlanError::StdinNeedsOutput),
        (Input::Stdin, Some(folder)) => folder.join("stdin"),
        (Input::File(path), None) => path.clone(),
        (Input::File(path), Some(folder)) => folder.join(below).join(path.file_name().unwrap_or_default()),
    };
    let outputs = formats
        .iter()
        .map(|format| {
            let path = base.with_extension(format.ending());
            match &input {
                Input::File(own) if *own == path => Err(PlanError::ReplacesInput(path)),
                _ => Ok((*format, Output::File(path))),
            }
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Job { input, outputs })
}

/// Refuses two jobs with one target. Names that differ only in case are one name on some systems, so they clash too.
fn check(jobs: &[Job]) -> Result<(), PlanError> {
    let mut seen: BTreeMap<String, &Job> = BTreeMap::new();
    for job in jobs {
        for (_, output) in &job.outputs {
            let Output::File(path) = output else { continue };
            if job.input == Input::File(path.clone()) {
                return Err(PlanError::ReplacesInput(path.clone()));
            }
            if let Some(other) = seen.insert(path.to_string_lossy().to_lowercase(), job) {
                let (first, second) = (other.input.name(), job.input.name());
                return Err(PlanError::Clash { path: path.clone(), first, second });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(inputs: &[&Path]) -> Request {
        Request { inputs: inputs.iter().map(|path| path.to_path_buf()).collect(), ..Request::default() }
    }

    #[test]
    fn a_folder_gives_its_texts_in_order_and_mirrors_its_folders() {
        let root = tempfile::tempdir().expect("a temporary folder");
        for file in ["b.txt", "a.md", "sub/c.TXT", ".hidden.txt", "picture.png"] {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folder");
            fs::write(path, "x").expect("file");
        }
        let mut wanted = request(&[root.path()]);
        wanted.out_dir = Some("out".into());
        wanted.formats = vec![Format::Pdf];
        let jobs = plan(&wanted).expect("a plan");
        let targets: Vec<_> =
            jobs.iter().flat_map(|job| job.outputs.iter().map(|(_, output)| output.clone())).collect();
        let file = |path: &str| Output::File(path.into());
        assert_eq!(targets, [file("out/a.pdf"), file("out/b.pdf"), file("out/sub/c.pdf")]);
    }

    #[test]
    fn two_texts_for_one_target_are_refused_before_anything_runs() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (one, two) = (root.path().join("a.txt"), root.path().join("a.md"));
        fs::write(&one, "x").expect("file");
        fs::write(&two, "x").expect("file");
        assert!(matches!(plan(&request(&[&one, &two])), Err(PlanError::Clash { .. })));
    }

    #[test]
    fn the_ending_of_an_output_gives_its_format_and_an_input_is_never_replaced() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let path = root.path().join("a.txt");
        fs::write(&path, "x").expect("file");
        let mut wanted = request(&[&path]);
        wanted.outputs = vec!["b.pdf".into()];
        assert_eq!(plan(&wanted).expect("a plan")[0].outputs, [(Format::Pdf, Output::File("b.pdf".into()))]);
        wanted.outputs = vec!["b.doc".into()];
        assert!(matches!(plan(&wanted), Err(PlanError::UnknownFormat(_))));
        wanted.outputs.clear();
        wanted.formats = vec![Format::Text];
        assert!(matches!(plan(&wanted), Err(PlanError::ReplacesInput(_))));
        assert!(matches!(plan(&request(&[Path::new("-")])), Err(PlanError::StdinNeedsOutput)));
        assert!(matches!(plan(&request(&[Path::new("no/such.txt")])), Err(PlanError::Unreadable(..))));
    }
}
