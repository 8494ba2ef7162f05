//! What is to be made from what: inputs, folders and options → a list of jobs.

use super::Format;
use super::find::{self, Found, Selection};
use super::paths::folder_of;
use super::project::PROJECT_FILE;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// Files that are bound into one book, in this order.
    Bound(Vec<PathBuf>),
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
    /// Files, folders, patterns for either, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// Files of a list; under `out_dir` they keep the folders that they are listed with.
    pub listed: Vec<PathBuf>,
    /// Of folders, only files that match one of these patterns of a `.gitignore`; none: texts, by their endings.
    pub include: Vec<String>,
    /// Of folders, nothing that matches one of these patterns of a `.gitignore`.
    pub exclude: Vec<String>,
    /// Whether all texts are bound into one book.
    pub bind: bool,
    /// The share of the texts to convert; none: all.
    pub shard: Option<Shard>,
    /// Whether folders without a text are right too.
    pub may_be_empty: bool,
    /// Targets by name, or `-` for standard output.
    pub outputs: Vec<PathBuf>,
    /// The folder that outputs go to.
    pub out_dir: Option<PathBuf>,
    /// The formats asked for; none: EPUB and PDF, or what the names of `outputs` say.
    pub formats: Vec<Format>,
}

/// One of several shares of the texts, each the same wherever and however often it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub number: u32,
    /// Of how many.
    pub count: u32,
}

/// A text that is no share.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a share: give its number and how many there are, such as 1/8 or 8/8")]
pub struct ShardError(String);

impl Shard {
    /// Whether a path, given by its names, is in this share. It falls into one by its hash, so that a text that comes or goes
    /// moves no other.
    pub fn takes(self, path: &[impl AsRef<str>]) -> bool {
        let mut hash = Sha256::new();
        for name in path {
            hash.update(name.as_ref());
            hash.update([0]);
        }
        let digest = hash.finalize();
        let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.count) == u64::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Shard, ShardError> {
        let parse = |text: &str| text.trim().parse::<u32>().ok();
        let parts = text.split_once('/').and_then(|(number, count)| Some((parse(number)?, parse(count)?)));
        match parts {
            Some((number, count)) if (1..=count).contains(&number) => Ok(Shard { number, count }),
            _ => Err(ShardError(text.chars().take(40).collect())),
        }
    }
}

/// Why a request is none that can be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// No such file or folder, or it cannot be looked at.
    #[error("{}: {}", .0.display(), super::reason(.1))]
    Unreadable(PathBuf, #[source] io::Error),
    /// A folder has nothing that can be converted.
    #[error("{}: no text in this folder; texts end in .txt, .text, .md or .markdown, or are named by --include", .0.display())]
    EmptyFolder(PathBuf),
    /// Nothing is called so.
    #[error("{}: no file matches this pattern", .0.display())]
    NoMatch(PathBuf),
    /// A pattern that is none.
    #[error("“{0}” is no pattern of a .gitignore: {1}")]
    Pattern(String, String),
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
    /// A book that is bound needs a name.
    #[error("--bind makes one book of all texts: name it with -o, such as -o book.epub -o book.pdf")]
    BindNeedsOutput,
    /// Standard input cannot be bound.
    #[error("--bind takes files: text from standard input has no name that links and the order of chapters need")]
    BindNeedsFiles,
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
            Input::Bound(_) => "--bind".into(),
        }
    }
}

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
    let selection = Selection::new(&request.include, &request.exclude)?;
    let mut texts = find::named(&request.inputs, &selection, request.out_dir.as_deref(), request.may_be_empty)?;
    find::listed(&request.listed, &mut texts);
    if request.bind {
        if request.outputs.is_empty() {
            return Err(PlanError::BindNeedsOutput);
        }
        let file = |text: Found| match text.input {
            Input::File(path) => Ok(path),
            Input::Stdin | Input::Bound(_) => Err(PlanError::BindNeedsFiles),
        };
        let files = texts.into_iter().map(file).collect::<Result<Vec<_>, _>>()?;
        let jobs = vec![Job { input: Input::Bound(files), outputs: named(request)? }];
        check(&jobs)?;
        return Ok(jobs);
    }
    if !request.outputs.is_empty() {
        let count = texts.len();
        let jobs = match texts.into_iter().next() {
            Some(text) if count == 1 => vec![Job { input: text.input, outputs: named(request)? }],
            _ => return Err(PlanError::ManyInputs(count)),
        };
        check(&jobs)?;
        return Ok(jobs);
    }
    let shares = texts.iter().map(|text| request.shard.is_none_or(|shard| text.is_in(shard))).collect::<Vec<_>>();
    let jobs = texts.into_iter().map(|text| named_after(text, request)).collect::<Result<Vec<_>, _>>()?;
    // Two texts for one output are a fault even where another share would find it.
    check(&jobs)?;
    Ok(jobs.into_iter().zip(shares).filter_map(|(job, is_ours)| is_ours.then_some(job)).collect())
}

impl Output {
    /// What messages call it.
    pub fn name(&self) -> String {
        match self {
            Output::Stdout => "-".into(),
            Output::File(path) => path.display().to_string(),
        }
    }
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
fn named_after(text: Found, request: &Request) -> Result<Job, PlanError> {
    let Found { input, below } = text;
    let both = [Format::Epub, Format::Pdf];
    let formats = if request.formats.is_empty() { both.as_slice() } else { request.formats.as_slice() };
    let base = match (&input, &request.out_dir) {
        (Input::Stdin, None) => return Err(PlanError::StdinNeedsOutput),
        (Input::Stdin, Some(folder)) => folder.join("stdin"),
        (Input::File(path), None) => match book_name(path) {
            Some(name) => path.with_file_name(name),
            None => path.with_extension(""),
        },
        (Input::File(path), Some(folder)) => {
            let name = book_name(path).or_else(|| path.file_stem().map(OsStr::to_owned));
            folder.join(below).join(name.unwrap_or_default())
        }
        (Input::Bound(_), _) => return Err(PlanError::BindNeedsOutput),
    };
    let outputs = formats
        .iter()
        .map(|format| {
            let mut path = base.clone().into_os_string();
            path.push(".");
            path.push(format.ending());
            let path = PathBuf::from(path);
            match &input {
                Input::File(own) if *own == path => Err(PlanError::ReplacesInput(path)),
                _ => Ok((*format, Output::File(path))),
            }
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Job { input, outputs })
}

/// A book that a project file describes goes by the name of its folder.
fn book_name(file: &Path) -> Option<OsString> {
    if file.file_name()? != PROJECT_FILE {
        return None;
    }
    std::fs::canonicalize(folder_of(file)?).ok()?.file_name().map(OsStr::to_owned)
}

/// Refuses two jobs with one target. Names that differ only in case are one name on some systems, so they clash too.
fn check(jobs: &[Job]) -> Result<(), PlanError> {
    let mut seen: BTreeMap<String, &Job> = BTreeMap::new();
    for job in jobs {
        for (_, output) in &job.outputs {
            let Output::File(path) = output else { continue };
            let is_input = match &job.input {
                Input::Stdin => false,
                Input::File(own) => own == path,
                Input::Bound(files) => files.contains(path),
            };
            if is_input {
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
    use std::fs;

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

    #[test]
    fn shares_are_stable_and_hold_every_text_once() {
        let shards: Vec<Shard> = (1..=3).map(|number| Shard { number, count: 3 }).collect();
        let mut sizes = [0; 3];
        for number in 0..300 {
            let path = ["sub".to_owned(), format!("{number}.txt")];
            let taken: Vec<usize> = (0..3).filter(|at| shards[*at].takes(&path)).collect();
            assert_eq!(taken.len(), 1, "{number}");
            sizes[taken[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (70..130).contains(size)), "{sizes:?}");
        // A share is part of how a library is spread over machines: it may not move from one version to the next.
        assert!(Shard { number: 1, count: 4 }.takes(&["sub", "a.txt"]));
        for wrong in ["0/3", "4/3", "1", "a/b", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
