//! A book bound of several texts: each read as it would be alone, then bound.

use super::configure::read_bounded;
use super::convert::{self, Config, ConvertError, From, Made, Text};
use super::paths::folder_of;
use super::project::{PROJECT_FILE, Project, ProjectText};
use super::reason;
use super::record::NamedFile;
use crate::diag::{Code, Diagnostics};
use crate::model::{Document, Language, Metadata};
use crate::settings::{self, Layer, Origin, Resolved, Scope};
use crate::source::{SourceId, Span};
use crate::transform::bind::{self, Part};
use crate::transform::typography;
use std::borrow::Cow;
use std::path::Path;
use std::{fs, io};

/// The document of a project, complete, with what was said of it.
pub(super) fn read(text: &Text, config: &Config, made: &mut Made) -> Result<(Document, Resolved), ConvertError> {
    let project = Project::parse(text.bytes, Path::new(text.name))?;
    let resolved = settings::resolve(&[&project.layer, &config.given]);
    let book = &resolved.settings;
    let folder = text.folder.unwrap_or(Path::new("."));
    for (file, bytes) in &project.included {
        made.facts.files.push(NamedFile::at(file, Some(bytes)));
    }
    let files = project.files.ok_or_else(|| ConvertError::NoBook(text.name.to_owned()))?;
    let mut parts = Vec::with_capacity(files.len());
    for (number, one) in (1..).zip(&files) {
        parts.push(part(one, number, book.language.as_ref(), folder, config, made)?);
    }
    let mut meta = Metadata { language: language(&parts), ..Metadata::default() };
    convert::state(&mut meta, &resolved, config, text.modified);
    if meta.title.trim().is_empty() {
        meta.title = title(text.name, folder);
        made.diagnostics.warn(
            Code::TitleFromFileName,
            None,
            format!("the book has no title: “{}” is made from a name", meta.title),
            format!("give --title, or say it in {PROJECT_FILE}"),
        );
    }
    if !config.plain_typography {
        meta = typographic(meta);
    }
    let (document, diagnostics) = bind::bind(parts, meta);
    made.diagnostics.append(diagnostics);
    Ok((document, resolved))
}

/// The marks of metadata made typographic.
fn typographic(meta: Metadata) -> Metadata {
    let mut document = Document { meta, ..Document::default() };
    typography::apply(&mut document);
    document.meta
}

/// One text of the book, read.
fn part(
    one: &ProjectText,
    number: u32,
    language: Option<&Language>,
    root: &Path,
    config: &Config,
    made: &mut Made,
) -> Result<Part, ConvertError> {
    let fail = |reason: String| ConvertError::Listed {
        file: one.listed.0.clone(),
        line: one.listed.1,
        name: one.name.clone(),
        reason,
    };
    let most = config.limits.input;
    let bytes = read_bounded(&one.path, most).map_err(|error| {
        fail(match error.kind() {
            io::ErrorKind::FileTooLarge => {
                format!("it has more than {most} bytes; cut it in parts, or allow more with --max-input")
            }
            _ => reason(&error),
        })
    })?;
    made.facts.files.push(NamedFile::at(&one.path, Some(&bytes)));
    let mut own = config.clone();
    own.from = From::Name;
    own.plain.source = SourceId(number);
    own.plain.fallback_language = language.cloned().or(own.plain.fallback_language);
    // What flags say of the book they do not say of each text, but for how it is read.
    own.given = config.given.of_scope(Scope::Reading);
    own.project = one.layer.clone();
    own.keep_file_links = true;
    own.picture_root = Some(root.to_owned());
    let name = one.path.display().to_string();
    let text = Text { bytes: &bytes, name: &name, modified: None, folder: folder_of(&one.path) };
    let (mut document, front, is_titled) = match convert::kind(&text, &own) {
        From::Json => {
            let json = std::str::from_utf8(&bytes).map_err(|_| fail("it is not UTF-8".into()))?;
            (Document::from_json(json).map_err(|error| fail(error.to_string()))?, Layer::default(), true)
        }
        From::Project => return Err(fail(format!("to take in a project, write {{ project = \"{}\" }}", one.name))),
        From::Name | From::Plain | From::Markdown => {
            let mut reading = convert::understand_noting(&text, &own, &mut made.facts.files)
                .map_err(|error| fail(error.to_string()))?;
            let is_titled = !reading.diagnostics.iter().any(|told| is_of_title(told.code));
            reading.diagnostics = located(reading.diagnostics, SourceId(number));
            let (document, front) = convert::accept(reading, made);
            (document, front, is_titled)
        }
    };
    let resolved = convert::complete(&mut document, &front, &own, None);
    let said = &resolved.settings;
    tell_what_is_for_books(&front, made);
    let is_json = convert::kind(&text, &own) == From::Json;
    if !config.plain_typography && !is_json {
        typography::apply(&mut document);
    }
    Ok(Part {
        is_titled: is_titled || said.title.is_some(),
        role: said.role,
        matter: said.matter,
        within: one.within.clone(),
        ..Part::new(name, document)
    })
}

/// What is told of one text of several, each with a place in it: what is about the whole of it is told at its start.
fn located(diagnostics: Diagnostics, source: SourceId) -> Diagnostics {
    let mut told = Diagnostics::new();
    for mut one in diagnostics.into_iter().filter(|one| !is_of_title(one.code)) {
        one.span.get_or_insert(Span::new(source, 0, 0));
        told.push(one);
    }
    told
}

/// A text without a title needs none in a book.
fn is_of_title(code: Code) -> bool {
    matches!(code, Code::TitleFromFileName | Code::TitleFromFirstWords)
}

/// Front matter of one text of a book says nothing of its pages or its cover.
fn tell_what_is_for_books(front: &Layer, made: &mut Made) {
    for given in front.iter().filter(|given| matches!(given.key.scope, Scope::Editions | Scope::Epub | Scope::Pages)) {
        let span: Option<Span> = match given.origin {
            Origin::FrontMatter(span) => Some(span),
            Origin::Flag | Origin::Project { .. } => None,
        };
        made.diagnostics.warn(
            Code::FrontMatter,
            span,
            format!("front matter: “{}” is about a whole book, and this text is one of several", given.key.name),
            format!("say it in {PROJECT_FILE}, or by a flag"),
        );
    }
}

/// The language of most texts, the first of those where several are as frequent.
fn language(parts: &[Part]) -> Language {
    let of = |part: &Part| part.document.meta.language.clone();
    let count = |language: &Language| parts.iter().filter(|part| part.document.meta.language == *language).count();
    let mut best: Option<(usize, Language)> = None;
    for language in parts.iter().map(of) {
        let count = count(&language);
        if best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, language));
        }
    }
    best.map(|(_, language)| language).unwrap_or_default()
}

/// A title from the name of the folder.
fn title(name: &str, folder: &Path) -> String {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let words = real.file_name().map(|name| name.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

/// The configuration of a text with what the project file beside it says, where there is one and it is that of no book.
///
/// # Errors
///
/// Where there is one that cannot be used.
pub(super) fn with_project<'a>(
    text: &Text,
    config: &'a Config,
    read: &mut Vec<NamedFile>,
) -> Result<Cow<'a, Config>, ConvertError> {
    let file = match text.folder {
        Some(folder) if convert::kind(text, config) != From::Project => folder.join(PROJECT_FILE),
        _ => return Ok(Cow::Borrowed(config)),
    };
    let Ok(bytes) = fs::read(&file) else { return Ok(Cow::Borrowed(config)) };
    read.push(NamedFile::at(&file, Some(&bytes)));
    let project = Project::parse(&bytes, &file)?;
    Ok(match project.files {
        None => Cow::Owned(Config { project: project.layer, ..config.clone() }),
        Some(_) => Cow::Borrowed(config),
    })
}
