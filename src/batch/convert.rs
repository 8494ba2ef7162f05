//! One text into its editions, in memory.

use super::configure::{self, SettingFault};
use super::project::{PROJECT_FILE, ProjectError};
use super::record::{Facts, NamedFile};
use super::{Format, book, record};
use crate::cover::{self, Cover};
use crate::diag::{Code, Diagnostics};
use crate::font::{Face, Library};
use crate::layout::{self, Layout, LayoutError};
use crate::limits::{Bound, Exceeded, Limits};
use crate::model::{Date, Document, Metadata};
use crate::paged::PagedDocument;
use crate::reader::pictures::{Folder, NoResources, PictureError, Resources};
use crate::reader::plain::{self, ReadError};
use crate::reader::{Reading, markdown};
use crate::settings::{self, DateSetting, Layer, Resolved};
use crate::source::{Source, SourceId};
use crate::style::Class;
use crate::transform::typography;
use crate::writer;
use crate::writer::epub::{self, EpubError, PageList};
use crate::writer::pdf::{self, PdfError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything that can be said about a conversion, but for the text itself.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What inputs are.
    pub from: From,
    /// How plain text is read.
    pub plain: plain::Options,
    /// What was said on the command line: it comes before all else. Files that it names are read by [`Config::for_flags`].
    pub given: Layer,
    /// What the project file says: it comes behind the front matter of a text, and before what is found.
    pub project: Layer,
    /// Whether links to other texts stay in a text: for texts that are bound.
    pub keep_file_links: bool,
    /// The folder that pictures have to be beneath; else that of the text.
    pub picture_root: Option<PathBuf>,
    /// The day it is made, for those who ask for it.
    pub today: Option<Date>,
    /// The date of a text that has none.
    pub fallback_date: Option<Date>,
    /// Whether quotes, dashes and spaces stay as they stand in the text.
    pub plain_typography: bool,
    /// How pages are made.
    pub layout: layout::Options,
    /// How the PDF is written.
    pub pdf: pdf::Options,
    /// Whether the PDF holds the text it was made from; an attachment in `pdf` comes before it.
    pub attach_source: bool,
    /// How the EPUB is written; its page list is that of the PDF made with it, its cover follows `cover`.
    pub epub: epub::Options,
    /// What cover the EPUB has.
    pub cover: CoverChoice,
    /// The faces of the text, instead of those of the library.
    pub faces: Vec<Arc<Face>>,
    /// Whether the EPUB brings along the faces of the pages.
    pub embed_fonts: bool,
    /// Whether the EPUB has a page list without a PDF too: that of the PDF that would be made.
    pub page_list: bool,
    /// Folders whose pictures a text may show besides those of its own folder.
    pub resource_paths: Vec<PathBuf>,
    /// How plain text is written.
    pub text: writer::text::Options,
    /// What one text may need; those in `plain` and `layout` give way to these.
    pub limits: Limits,
}

/// What cover an EPUB has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CoverChoice {
    /// One drawn from title and authors.
    #[default]
    Drawn,
    /// This one.
    Given(Cover),
    /// None.
    Without,
}

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum From {
    /// By its name: `.md` and `.markdown` are Markdown, `.json` is a model, `bindery.toml` a project, all else plain text.
    #[default]
    Name,
    /// As plain text.
    Plain,
    /// As Markdown.
    Markdown,
    /// As the JSON form of the model.
    Json,
    /// As a project file, `bindery.toml`: a book that is bound of several texts.
    Project,
}

/// One text with what is known about it from outside.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// What stands in it.
    pub bytes: &'a [u8],
    /// What messages call it, usually its path.
    pub name: &'a str,
    /// The day it was last changed, for those who want that date.
    pub modified: Option<Date>,
    /// The folder that its pictures are in or below; none: it can name none.
    pub folder: Option<&'a Path>,
}

/// One edition in memory.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What it is.
    pub format: Format,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// What came of one text.
#[derive(Debug)]
pub struct Made {
    /// The editions, in the order asked for.
    pub editions: Result<Vec<Edition>, ConvertError>,
    /// What to tell of it.
    pub diagnostics: Diagnostics,
    /// The texts that could be read, to find lines by: each has the number that spans name it by.
    pub sources: Vec<Source>,
    /// What was found in it.
    pub facts: Facts,
}

impl Made {
    /// Nothing so far.
    pub(super) fn nothing() -> Made {
        Made { editions: Ok(Vec::new()), diagnostics: Diagnostics::new(), sources: Vec::new(), facts: Facts::default() }
    }
}

/// Why no edition could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// The text could not be understood.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The input is no document model.
    #[error("this is no document model: {0}")]
    Json(#[from] crate::model::JsonError),
    /// The JSON form was asked to be read and is no UTF-8.
    #[error("this is no document model: it is not UTF-8; it has a wrong byte at {0}")]
    JsonEncoding(usize),
    /// A document model was to be inspected.
    #[error("this is a document model: nothing in it was guessed; inspect the text it was made from")]
    NotRead,
    /// What the project file says cannot be done.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// The project file cannot be used.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// A text that a project lists cannot be read.
    #[error("{}:{line}: “{name}”: {reason}", .file.display())]
    Listed {
        /// The project file.
        file: PathBuf,
        /// The line that lists it.
        line: usize,
        /// The text.
        name: String,
        /// Why.
        reason: String,
    },
    /// A project without a list of files was to be made.
    #[error("{0}: this lists no “files” to bind a book of; convert its folder to make each text for itself")]
    NoBook(String),
    /// The source was to be attached, and there are several.
    #[error("--attach-source is for one text, and this book is bound of several; leave it out")]
    ManySources,
    /// A book of several texts was to be inspected.
    #[error("this is a book of several texts: inspect each of them")]
    NotOneText,
    /// A structure file was given for a text whose marks say its structure.
    #[error("--structure is for one plain text; where marks say what each line is, edit those")]
    Marked,
    /// What was given or read breaks a rule of the model.
    #[error("{0}")]
    Model(#[from] crate::model::Fault),
    /// The pages could not be made.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// There is more of something than is allowed.
    #[error(transparent)]
    Limit(#[from] Exceeded),
    /// The EPUB could not be written.
    #[error(transparent)]
    Epub(#[from] EpubError),
    /// The PDF could not be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The JSON could not be written.
    #[error(transparent)]
    WriteJson(serde_json::Error),
}

impl ConvertError {
    /// The bound that the text goes beyond.
    pub fn exceeded(&self) -> Option<&Exceeded> {
        match self {
            ConvertError::Read(ReadError::Limit(exceeded))
            | ConvertError::Layout(LayoutError::Limit(exceeded))
            | ConvertError::Limit(exceeded) => Some(exceeded),
            _ => None,
        }
    }
}

/// Makes the editions of one text: the same for the same input and configuration, on any day and at any thread count.
pub fn convert(text: &Text, formats: &[Format], config: &Config, library: &Library) -> Made {
    let mut made = Made::nothing();
    made.editions = book::with_project(text, config, &mut made.facts.files)
        .and_then(|config| read(text, &config, &mut made))
        .and_then(|(document, config)| {
            let write = || write(&document, text, formats, &config, library, &mut made);
            let (editions, words) = rayon::join(write, || record::words(&document));
            made.facts.words = Some(words);
            // Nobody waits until a long book is taken apart.
            rayon::spawn(move || drop(document));
            editions
        });
    if let Some(exceeded) = made.editions.as_ref().err().and_then(ConvertError::exceeded) {
        made.diagnostics.push(exceeded.diagnostic());
    }
    made
}

/// How the PDF of a text is written.
fn pdf_options(text: &Text, config: &Config) -> pdf::Options {
    let mut options = config.pdf.clone();
    if config.attach_source {
        let media_type = match kind(text, config) {
            From::Markdown => "text/markdown",
            From::Json => "application/json",
            From::Project => "application/toml",
            From::Name | From::Plain => "text/plain",
        };
        let name = Path::new(text.name).file_name().map_or_else(|| text.name.into(), |name| name.to_string_lossy());
        options.attachment.get_or_insert_with(|| pdf::Attachment {
            name: name.into_owned(),
            media_type: media_type.into(),
            data: text.bytes.to_vec(),
        });
    }
    options
}

/// How a text is read, by its name where nobody said.
pub(super) fn kind(text: &Text, config: &Config) -> From {
    let ends = |endings: &[&str]| endings.iter().any(|ending| text.name.to_lowercase().ends_with(ending));
    match config.from {
        From::Name if Path::new(text.name).file_name().is_some_and(|name| name == PROJECT_FILE) => From::Project,
        From::Name if ends(&[".json"]) => From::Json,
        From::Name if ends(&[".md", ".markdown"]) => From::Markdown,
        From::Name => From::Plain,
        told => told,
    }
}

/// The document of a text or book, complete, and the configuration that it is made with.
fn read(text: &Text, config: &Config, made: &mut Made) -> Result<(Document, Config), ConvertError> {
    let kind = kind(text, config);
    if config.plain.structure.is_some() && matches!(kind, From::Json | From::Project) {
        return Err(ConvertError::Marked);
    }
    let (document, resolved) = match kind {
        From::Project => book::read(text, config, made)?,
        From::Json => {
            let json =
                std::str::from_utf8(text.bytes).map_err(|error| ConvertError::JsonEncoding(error.valid_up_to()))?;
            made.sources.push(Source::new(SourceId(0), text.name, json.to_owned()));
            let mut document = Document::from_json(json)?;
            let resolved = complete(&mut document, &Layer::default(), config, text.modified);
            (document, resolved)
        }
        From::Name | From::Plain | From::Markdown => {
            let (mut document, front) = accept(understand_noting(text, config, &mut made.facts.files)?, made);
            let resolved = complete(&mut document, &front, config, text.modified);
            if !config.plain_typography {
                typography::apply(&mut document);
            }
            (document, resolved)
        }
    };
    check(&document, &config.limits)?;
    match resolved.settings.date {
        Some(DateSetting::Today) => made.facts.today = config.today,
        Some(DateSetting::Modified) => made.facts.modified = text.modified,
        Some(DateSetting::On(_)) | None => {}
    }
    let config = configure::settle(config, &resolved, text.folder, &mut made.facts.files, &mut made.diagnostics)?;
    if config.attach_source && kind == From::Project {
        return Err(ConvertError::ManySources);
    }
    document.validate()?;
    made.facts.language = Some(document.meta.language.as_str().to_owned());
    made.facts.class = Some(config.layout.settings.class.unwrap_or_else(|| Class::of(&document)));
    Ok((document, config))
}

/// Holds a whole document against the bounds: readers have looked at their texts alone.
fn check(document: &Document, limits: &Limits) -> Result<(), Exceeded> {
    let mut sections = 0;
    document.for_each_section(&mut |_, _| sections += 1);
    limits.check(Bound::Sections, sections, None)?;
    limits.check(Bound::Notes, document.notes.len() as u64, None)
}

/// Puts what was said in the place of what was read.
pub(super) fn complete(document: &mut Document, front: &Layer, config: &Config, modified: Option<Date>) -> Resolved {
    let resolved = settings::resolve(&[&config.project, front, &config.given]);
    state(&mut document.meta, &resolved, config, modified);
    resolved
}

/// Puts what was said into metadata.
pub(super) fn state(meta: &mut Metadata, resolved: &Resolved, config: &Config, modified: Option<Date>) {
    resolved.settings.describe(meta);
    match resolved.settings.date {
        Some(DateSetting::Today) => meta.date = config.today.or(meta.date),
        Some(DateSetting::Modified) => meta.date = modified.or(meta.date),
        Some(DateSetting::On(_)) | None => {}
    }
    meta.date = meta.date.or(config.fallback_date);
}

/// Reads a text as [`convert`] does, with all that was decided on the way.
///
/// # Errors
///
/// [`ConvertError::Read`] for what is no text, [`ConvertError::NotRead`] for a document model, in which nothing is decided.
pub fn understand(text: &Text, config: &Config) -> Result<Reading, ConvertError> {
    understand_noting(text, config, &mut Vec::new())
}

/// As [`understand`]; the files that the text names are noted.
pub(super) fn understand_noting(
    text: &Text,
    config: &Config,
    files: &mut Vec<NamedFile>,
) -> Result<Reading, ConvertError> {
    let (given, project) = (config.given.settings(), config.project.settings());
    let title = || given.title.clone().or(project.title.clone()).or_else(|| config.plain.fallback_title.clone());
    let language = || given.language.clone().or_else(|| config.plain.language.clone());
    let fallback_language = || project.language.clone().or_else(|| config.plain.fallback_language.clone());
    let encoding = given.encoding.or(config.plain.encoding.clone()).or(project.encoding);
    let kind = kind(text, config);
    if config.plain.structure.is_some() && kind == From::Markdown {
        return Err(ConvertError::Marked);
    }
    match kind {
        From::Json => Err(ConvertError::NotRead),
        From::Project => Err(ConvertError::NotOneText),
        From::Markdown => {
            let options = markdown::Options {
                encoding,
                fallback_title: title(),
                language: language(),
                fallback_language: fallback_language(),
                source: config.plain.source,
                keep_file_links: config.keep_file_links,
                limits: config.limits.clone(),
            };
            Ok(match text.folder {
                Some(folder) => {
                    let base = config.picture_root.is_some().then_some(folder);
                    let folder = pictures_of(folder, config);
                    markdown::read(text.bytes, text.name, &options, &mut Noting { folder, base, files })?
                }
                None => markdown::read(text.bytes, text.name, &options, &mut NoResources)?,
            })
        }
        From::Name | From::Plain => {
            let options = plain::Options {
                encoding,
                fallback_title: title(),
                language: language(),
                fallback_language: fallback_language(),
                chapter: given.chapter.or(config.plain.chapter.clone()).or(project.chapter),
                limits: config.limits.clone(),
                ..config.plain.clone()
            };
            Ok(plain::read(text.bytes, text.name, &options)?)
        }
    }
}

/// Where the pictures of a text in `folder` are.
fn pictures_of(folder: &Path, config: &Config) -> Folder {
    let root = config.picture_root.as_deref().unwrap_or(folder);
    Folder::new(root, config.limits.picture_bytes).seen_from(folder).or_in(&config.resource_paths)
}

/// Pictures; those that are asked for are noted.
struct Noting<'a> {
    folder: Folder,
    /// Of one text of several: the folder that its paths count from.
    base: Option<&'a Path>,
    files: &'a mut Vec<NamedFile>,
}

impl Resources for Noting<'_> {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, PictureError> {
        let loaded = self.folder.load(path);
        // What lies outside is refused, whatever comes to stand there: it is opened in no later run either.
        if loaded == Err(PictureError::Outside) {
            return loaded;
        }
        let bytes = loaded.as_deref().ok();
        match self.base {
            None => self.files.push(NamedFile::new(path, bytes)),
            Some(base) => self.files.push(NamedFile::at(&base.join(path), bytes)),
        }
        loaded
    }
}

/// A file that a text in `folder` names, as it is now.
pub(super) fn named_file(path: &str, folder: Option<&Path>, config: &Config) -> NamedFile {
    let bytes = match (Path::new(path).is_absolute(), folder) {
        // A pipe would be waited for without end.
        (true, _) if !Path::new(path).is_file() => None,
        (true, _) => configure::read_bounded(Path::new(path), config.limits.input).ok(),
        (false, Some(folder)) => pictures_of(folder, config).load(path).ok(),
        (false, None) => None,
    };
    NamedFile::new(path, bytes.as_deref())
}

/// The document of a reading; what is to be told goes into `made`.
pub(super) fn accept(reading: Reading, made: &mut Made) -> (Document, Layer) {
    for one in &reading.left_out {
        made.diagnostics.note(Code::LeftOut, Some(one.span), format!("left out: {}", one.reason));
    }
    made.facts.confidence = record::confidence(&reading.decisions);
    made.diagnostics.append(reading.diagnostics);
    made.sources.push(reading.source);
    (reading.document, reading.front)
}

/// Of more pages than this, the editions are written in turn, each by all threads, so that what one of them needs is given back
/// before the other is begun.
const LONG: usize = 2_000;

/// Makes each edition. The pages are made first, since the EPUB's page list follows them.
fn write(
    document: &Document,
    text: &Text,
    formats: &[Format],
    config: &Config,
    library: &Library,
    made: &mut Made,
) -> Result<Vec<Edition>, ConvertError> {
    let wants_epub = formats.contains(&Format::Epub);
    let wants_pdf = formats.contains(&Format::Pdf);
    let with_faces = (!config.faces.is_empty()).then(|| {
        let mut library = library.clone();
        library.set_text_family(config.faces.clone());
        library
    });
    let library = with_faces.as_ref().unwrap_or(library);
    let paginate = || {
        let wanted = wants_pdf || wants_epub && config.page_list;
        wanted.then(|| layout::paginate(document, &config.layout, library)).transpose()
    };
    let find_cover = || match &config.cover {
        CoverChoice::Drawn => cover::draw(&document.meta, library),
        CoverChoice::Given(cover) => Some(cover.clone()),
        CoverChoice::Without => None,
    };
    let (laid_out, cover) = rayon::join(paginate, || wants_epub.then(find_cover).flatten());
    let paged = laid_out?.map(|Layout { paged, diagnostics }| {
        made.diagnostics.append(diagnostics);
        if wants_pdf {
            made.diagnostics.append(pdf::review(&paged));
            made.facts.pages = Some(paged.pages.len());
        }
        paged
    });
    let pages = paged.as_ref().filter(|_| wants_epub).map(|paged| page_list(document, paged));
    let in_turn = paged.as_ref().is_some_and(|paged| paged.pages.len() > LONG);
    let write_pdf = || {
        let paged = paged.filter(|_| wants_pdf);
        paged.map(|paged| pdf::write(&paged, &pdf_options(text, config))).transpose()
    };
    let write_epub = || {
        let options = || {
            let faces = if config.embed_fonts { epub::faces(document, library) } else { Vec::new() };
            epub::Options { pages, cover, faces, ..config.epub.clone() }
        };
        wants_epub.then(|| epub::write(document, &options())).transpose()
    };
    let (pdf, epub) = if in_turn { (write_pdf(), write_epub()) } else { rayon::join(write_pdf, write_epub) };
    let (mut pdf, mut epub) = (pdf?, epub?);
    let mut editions: Vec<Edition> = Vec::with_capacity(formats.len());
    for format in formats {
        let data = match (editions.iter().find(|made| made.format == *format), format) {
            (Some(made), _) => made.data.clone(),
            (None, Format::Pdf) => pdf.take().unwrap_or_default(),
            (None, Format::Epub) => epub.take().unwrap_or_default(),
            (None, Format::Json) => document.to_json().map_err(ConvertError::WriteJson)?.into_bytes(),
            (None, Format::Text) => writer::text::write(document, &config.text).into_bytes(),
        };
        editions.push(Edition { format: *format, data });
    }
    Ok(editions)
}

/// Where the pages of the PDF begin, for the EPUB.
fn page_list(document: &Document, paged: &PagedDocument) -> PageList {
    let starts = paged.pages.iter().zip(&paged.page_starts);
    let source = document.meta.identifier.as_ref().unwrap_or(&document.meta.title).clone();
    PageList { source, pages: starts.filter_map(|(page, start)| Some((page.folio.clone(), (*start)?))).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(bytes: &[u8], name: &str, config: &Config) -> (String, Made) {
        let text = Text { bytes, name, modified: "1999-12-31".parse().ok(), folder: None };
        let mut made = convert(&text, &[Format::Json], config, &Library::built_in());
        let editions = std::mem::replace(&mut made.editions, Ok(Vec::new())).expect("a model");
        (String::from_utf8(editions[0].data.clone()).expect("UTF-8"), made)
    }

    #[test]
    fn what_is_left_out_is_told() {
        let text = "A Title\n\nThe first page goes on and on, as pages do, to its very\n\n[Illustration]\n\nend.\n";
        let (_, made) = json(text.as_bytes(), "a.txt", &Config::default());
        let told = made.diagnostics.iter().find(|one| one.code == Code::LeftOut).expect("a note");
        assert_eq!(made.sources[0].slice(told.span.expect("its place")), "[Illustration]");
    }

    #[test]
    fn the_day_of_the_file_is_taken_when_asked_for() {
        let given = Layer::of([("date", "mtime".into())]).expect("a date");
        let (json, _) = json(b"A line of text.\n", "a.txt", &Config { given, ..Config::default() });
        assert!(json.contains("1999-12-31"));
    }

    #[test]
    fn two_targets_of_one_format_get_the_same_edition() {
        let text = Text { bytes: b"A line of text.\n", name: "a.txt", modified: None, folder: None };
        let made = convert(&text, &[Format::Pdf, Format::Pdf], &Config::default(), &Library::built_in());
        let editions = made.editions.expect("both");
        assert!(editions[0].data == editions[1].data && !editions[0].data.is_empty());
    }
}
