//! `bindery.toml`: what is said of a book or of the texts of a folder, and the files that a book is bound of.

use super::reason;
use crate::settings::toml::{self as spanned, TomlError};
use crate::settings::{Key, Layer, Origin, Scope, SettingError};
use crate::source::{Source, SourceId};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What project files are called.
pub const PROJECT_FILE: &str = "bindery.toml";

/// A project file, read.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// What it says of the book, or of every text of its folder.
    pub layer: Layer,
    /// The files of the book, in order; none where each text of the folder stands for itself.
    pub files: Option<Vec<ProjectText>>,
    /// The project files that it takes in, with their bytes.
    pub(super) included: Vec<(PathBuf, Vec<u8>)>,
}

/// One text of a book.
#[derive(Debug, Clone)]
pub struct ProjectText {
    /// The file, as it can be opened.
    pub path: PathBuf,
    /// How the project file calls it.
    pub name: String,
    /// The line of the project file that lists it, with that file.
    pub listed: (PathBuf, usize),
    /// What the project says of it.
    pub layer: Layer,
    /// The included projects that it comes from, the outermost first: each by its number, with its title.
    pub within: Vec<(usize, String)>,
}

/// Why a project file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {fault}", .file.display())]
pub struct ProjectError {
    /// The project file.
    pub file: PathBuf,
    /// The line in it, from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: ProjectFault,
}

/// What is wrong with a project file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectFault {
    /// It is no TOML.
    #[error(transparent)]
    Toml(#[from] TomlError),
    /// It is no text.
    #[error("this is not UTF-8: save it as UTF-8")]
    Encoding,
    /// Something cannot be said.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// A key of one edition stands in the table of the other, or in that of a text.
    #[error("“{0}” has no place in this table: put it at the top of the file")]
    Misplaced(&'static str),
    /// The list of files is none.
    #[error("“files” is a list of names and of tables such as {{ file = \"one.md\", role = \"preface\" }}")]
    List,
    /// No file is listed.
    #[error(
        "“files” lists no file: a book has at least one; without the list each text of the folder is made for itself"
    )]
    NoFiles,
    /// A file is not there.
    #[error("the file “{0}” is not there: check its name; it counts from the folder of this file")]
    Missing(String),
    /// A folder or a device stands in its place.
    #[error("“{0}” is not a file: to take in a folder with a project of its own, write {{ project = \"{0}\" }}")]
    NotAFile(String),
    /// It cannot be looked at.
    #[error("“{0}”: {1}")]
    Unreadable(String, String),
    /// A file is listed twice.
    #[error("the file “{name}” is listed twice: line {first} of {} has it already", .file.display())]
    Twice {
        /// The file.
        name: String,
        /// The line that lists it first.
        first: usize,
        /// The project file of that line.
        file: PathBuf,
    },
    /// A project takes itself in, by itself or through others.
    #[error("the project “{0}” takes itself in: take this line out, there or here")]
    Cycle(String),
    /// An included project has no files.
    #[error("the project “{0}” lists no files: give it a list, or list its texts here")]
    NotABook(String),
}

impl Project {
    /// Reads the text of the project file `file`, with all the projects that it takes in.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its file and line.
    pub fn parse(text: &[u8], file: &Path) -> Result<Project, ProjectError> {
        let mut loader = Loader { open: Vec::new(), listed: HashMap::new(), parts: 0, included: Vec::new() };
        let project = loader.project(text, file, &[])?;
        Ok(Project { included: loader.included, ..project })
    }
}

/// The text of a project file that lists files, one a line.
pub(super) fn listing(files: &[PathBuf]) -> String {
    let names = files.iter().map(|file| toml::Value::String(file.to_string_lossy().into_owned()).to_string());
    format!("files = [{}]\n", names.collect::<Vec<_>>().join(",\n"))
}

/// Whether a project file is that of a book: it lists files, or it cannot be read, which is told when it is made.
pub(super) fn is_book(file: &Path) -> bool {
    fs::read_to_string(file)
        .is_ok_and(|text| DeTable::parse(&text).map_or(true, |table| table.get_ref().contains_key("files")))
}

/// Reads projects within projects.
struct Loader {
    /// The projects that are being read, the outermost first.
    open: Vec<PathBuf>,
    /// Where each file is listed.
    listed: HashMap<PathBuf, (PathBuf, usize)>,
    /// How many projects were taken in.
    parts: usize,
    /// Those, with their bytes.
    included: Vec<(PathBuf, Vec<u8>)>,
}

/// One project file with its lines.
struct Page<'a> {
    file: &'a Path,
    source: Source,
}

impl Page<'_> {
    fn line(&self, at: usize) -> usize {
        self.source.line(u32::try_from(at).unwrap_or(u32::MAX))
    }

    fn fault(&self, at: usize, fault: impl Into<ProjectFault>) -> ProjectError {
        ProjectError { file: self.file.to_owned(), line: self.line(at), fault: fault.into() }
    }

    /// A path as it can be opened, and as it is whatever it is called.
    fn find(&self, at: usize, name: &str) -> Result<(PathBuf, PathBuf), ProjectError> {
        let path = self.file.parent().unwrap_or(Path::new("")).join(name);
        let real = fs::canonicalize(&path).map_err(|error| {
            let fault = match error.kind() {
                io::ErrorKind::NotFound => ProjectFault::Missing(name.to_owned()),
                _ => ProjectFault::Unreadable(name.to_owned(), reason(&error)),
            };
            self.fault(at, fault)
        })?;
        Ok((path, real))
    }

    /// Says one key in a layer. `allowed`: whether a key of this scope has a place here.
    fn say(&self, layer: &mut Layer, entry: spanned::Entry, allowed: fn(Scope) -> bool) -> Result<(), ProjectError> {
        if let Some(key) = Key::of(&entry.name)
            && !allowed(key.scope)
        {
            return Err(self.fault(entry.at.start, ProjectFault::Misplaced(key.name)));
        }
        let origin = Origin::Project { file: self.file.to_owned(), line: self.line(entry.at.start) };
        layer.say(&entry.name, entry.value, origin).map_err(|error| self.fault(entry.at.start, error))
    }
}

impl Loader {
    fn project(&mut self, text: &[u8], file: &Path, within: &[(usize, String)]) -> Result<Project, ProjectError> {
        let text = std::str::from_utf8(text).map_err(|error| ProjectError {
            file: file.to_owned(),
            line: text.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1,
            fault: ProjectFault::Encoding,
        })?;
        let text = text.trim_start_matches('\u{FEFF}');
        let page = Page { file, source: Source::new(SourceId(0), file.display().to_string(), text.to_owned()) };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            page.fault(at, TomlError { at, message: error.message().to_owned() })
        })?;
        let mut project = Project::default();
        let mut files = None;
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("files", DeValue::Array(list)) => files = Some((at, list)),
                ("files", _) => return Err(page.fault(at, ProjectFault::List)),
                ("epub", DeValue::Table(table)) => {
                    for entry in spanned::entries_of(table) {
                        page.say(&mut project.layer, entry, |scope| scope == Scope::Epub)?;
                    }
                }
                ("pdf", DeValue::Table(table)) => {
                    for entry in spanned::entries_of(table) {
                        page.say(&mut project.layer, entry, |scope| scope == Scope::Pages)?;
                    }
                }
                (name, value) => {
                    let entry = spanned::Entry { name: name.to_owned(), at: key.span(), value: spanned::json(value) };
                    page.say(&mut project.layer, entry, |scope| scope != Scope::Place)?;
                }
            }
        }
        if let Some((at, list)) = files {
            if list.is_empty() {
                return Err(page.fault(at, ProjectFault::NoFiles));
            }
            self.open.push(fs::canonicalize(file).unwrap_or_else(|_| file.to_owned()));
            let mut texts = Vec::new();
            for one in list {
                self.item(&page, one, within, &mut texts)?;
            }
            self.open.pop();
            project.files = Some(texts);
        }
        Ok(project)
    }

    /// One item of the list of files: a name, or a table.
    fn item(
        &mut self,
        page: &Page<'_>,
        item: &Spanned<DeValue<'_>>,
        within: &[(usize, String)],
        texts: &mut Vec<ProjectText>,
    ) -> Result<(), ProjectError> {
        let at = item.span().start;
        let table = match item.get_ref() {
            DeValue::String(name) => return self.text(page, at, name, Layer::default(), within, texts),
            DeValue::Table(table) => table,
            _ => return Err(page.fault(at, ProjectFault::List)),
        };
        let mut layer = Layer::default();
        let (mut file, mut project) = (None, None);
        for entry in spanned::entries_of(table) {
            match (entry.name.as_str(), entry.value.as_str()) {
                ("file", Some(name)) => file = Some(name.to_owned()),
                ("project", Some(name)) => project = Some(name.to_owned()),
                ("file" | "project", None) => return Err(page.fault(entry.at.start, ProjectFault::List)),
                _ => {
                    page.say(&mut layer, entry, |scope| matches!(scope, Scope::Work | Scope::Place | Scope::Reading))?
                }
            }
        }
        match (file, project) {
            (Some(name), None) => self.text(page, at, &name, layer, within, texts),
            (None, Some(name)) => self.included(page, at, &name, &layer, within, texts),
            (None, None) | (Some(_), Some(_)) => Err(page.fault(at, ProjectFault::List)),
        }
    }

    fn text(
        &mut self,
        page: &Page<'_>,
        at: usize,
        name: &str,
        layer: Layer,
        within: &[(usize, String)],
        texts: &mut Vec<ProjectText>,
    ) -> Result<(), ProjectError> {
        let (path, real) = page.find(at, name)?;
        if !real.is_file() {
            return Err(page.fault(at, ProjectFault::NotAFile(name.to_owned())));
        }
        let listed = (page.file.to_owned(), page.line(at));
        if let Some((file, first)) = self.listed.insert(real, listed.clone()) {
            return Err(page.fault(at, ProjectFault::Twice { name: name.to_owned(), first, file }));
        }
        texts.push(ProjectText { path, name: name.to_owned(), listed, layer, within: within.to_vec() });
        Ok(())
    }

    /// The texts of another project, as a part of this one.
    fn included(
        &mut self,
        page: &Page<'_>,
        at: usize,
        name: &str,
        layer: &Layer,
        within: &[(usize, String)],
        texts: &mut Vec<ProjectText>,
    ) -> Result<(), ProjectError> {
        let (mut path, mut real) = page.find(at, name)?;
        if real.is_dir() {
            (path, real) = page.find(at, &format!("{name}/{PROJECT_FILE}"))?;
        }
        if self.open.contains(&real) {
            return Err(page.fault(at, ProjectFault::Cycle(name.to_owned())));
        }
        let text = fs::read(&path)
            .map_err(|error| page.fault(at, ProjectFault::Unreadable(name.to_owned(), reason(&error))))?;
        self.parts += 1;
        let number = self.parts;
        // The title stands in the file that is yet to be read: the texts get it afterwards.
        let inner = [within, &[(number, String::new())]].concat();
        let project = self.project(&text, &path, &inner)?;
        let Some(files) = project.files else { return Err(page.fault(at, ProjectFault::NotABook(name.to_owned()))) };
        self.included.push((path.clone(), text));
        let title = layer.settings().title.or(project.layer.settings().title).unwrap_or_else(|| {
            path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        });
        texts.extend(files.into_iter().map(|mut text| {
            let own = text.within.iter_mut().filter(|(one, _)| *one == number);
            own.for_each(|(_, words)| words.clone_from(&title));
            text
        }));
        Ok(())
    }
}
