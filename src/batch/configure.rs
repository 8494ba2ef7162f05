//! What was said of a book → what its stages are told.

use super::convert::{Config, CoverChoice};
use super::record::NamedFile;
use crate::cover;
use crate::diag::{Code, Diagnostics};
use crate::font::{Embedding, Face};
use crate::reader::pictures::{Folder, Resources};
use crate::settings::{CoverSetting, Given, Origin, Resolved, Settings};
use crate::writer::epub;
use crate::writer::pdf::{PdfError, Standards};
use std::cell::RefCell;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something that was said and cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{key}: {reason}", place(.origin))]
pub struct SettingFault {
    /// Of what.
    pub key: &'static str,
    /// Where it was said.
    pub origin: Origin,
    /// Why it cannot be done, and what to do.
    pub reason: String,
}

/// `file:line: ` for what a project file says.
fn place(origin: &Origin) -> String {
    match origin {
        Origin::Project { file, line } => format!("{}:{line}: ", file.display()),
        Origin::Flag => "--".into(),
        Origin::FrontMatter(_) => String::new(),
    }
}

/// The largest file that a setting may name, in bytes.
const LIMIT: u64 = 64 << 20;

impl Config {
    /// This configuration with what was said; files that front matter names are those beneath `folder`. Those that are looked for go
    /// into `read`.
    ///
    /// What was said on the command line is expected to be in it already, but for its place above the rest: see
    /// [`Config::for_flags`].
    pub(super) fn with(
        &self,
        resolved: &Resolved,
        folder: Option<&Path>,
        read: &mut Vec<NamedFile>,
    ) -> (Config, Vec<SettingFault>) {
        let mut config = self.clone();
        config.layout.limits = config.limits.clone();
        let said = &resolved.settings;
        config.state(said);
        let mut faults = Vec::new();
        for (about, load) in FILES {
            let Some(given) = resolved.given.get(about).filter(|given| given.origin != Origin::Flag) else { continue };
            let files = Files { given, folder, read: RefCell::default() };
            if let Err(reason) = load(&mut config, said, &files) {
                faults.push(SettingFault { key: given.key.name, origin: given.origin.clone(), reason });
            }
            read.extend(files.read.into_inner());
        }
        (config, faults)
    }

    /// This configuration with what was said on the command line, its files read: once for all texts.
    ///
    /// # Errors
    ///
    /// The first thing that cannot be done.
    pub fn for_flags(mut self) -> Result<Config, SettingFault> {
        let resolved = crate::settings::resolve(&[&self.given]);
        self.state(&resolved.settings);
        for (about, load) in FILES {
            if let Some(given) = resolved.given.get(about) {
                let files = Files { given, folder: None, read: RefCell::default() };
                load(&mut self, &resolved.settings, &files).map_err(|reason| SettingFault {
                    key: given.key.name,
                    origin: Origin::Flag,
                    reason,
                })?;
            }
        }
        Ok(self)
    }

    /// Takes over what needs no file.
    fn state(&mut self, said: &Settings) {
        if let Some(encoding) = &said.encoding {
            self.plain.encoding = Some(encoding.clone());
        }
        if let Some(chapter) = &said.chapter {
            self.plain.chapter = Some(chapter.clone());
        }
        if let Some(depth) = said.toc_depth {
            self.epub.toc_depth = depth.into();
        }
        if said.writing_mode.is_some() {
            self.epub.writing_mode = said.writing_mode;
        }
        self.epub.highlight = said.highlight.unwrap_or(self.epub.highlight);
        self.layout.settings.highlight = said.highlight.or(self.layout.settings.highlight);
        self.page_list = said.page_list.unwrap_or(self.page_list);
        self.embed_fonts = said.embed_fonts.unwrap_or(self.embed_fonts);
        self.attach_source = said.attach_source.unwrap_or(self.attach_source);
        self.layout.settings.overlay(&said.pages);
    }
}

/// A setting that takes more than its own words, by what it is about.
type Load = fn(&mut Config, &Settings, &Files) -> Result<(), String>;

const FILES: &[(&str, Load)] = &[
    ("cover", |config, said, files| {
        config.cover = match &said.cover {
            None => return Ok(()),
            Some(CoverSetting::Without) => CoverChoice::Without,
            Some(CoverSetting::File(path)) => {
                let cover = cover::open(files.read(path)?).map_err(|error| about(path, &error))?;
                CoverChoice::Given(cover)
            }
        };
        Ok(())
    }),
    ("css", |config, said, files| {
        let Some(path) = &said.css else { return Ok(()) };
        let css = files.read_text(path)?;
        epub::check_css(&css).map_err(|error| about(path, &error))?;
        config.epub.css = Some(css);
        Ok(())
    }),
    ("hyphenation", |config, said, files| {
        let Some(path) = &said.hyphenation else { return Ok(()) };
        let text = files.read_text(path)?;
        let words = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        config.layout.hyphenation_exceptions = words.map(str::to_owned).collect();
        Ok(())
    }),
    ("font", |config, said, files| {
        let paths = said.fonts.iter().flatten();
        config.faces = paths.map(|path| face(path, files.read(path)?).map(Arc::new)).collect::<Result<_, _>>()?;
        Ok(())
    }),
    ("pdf-standard", |config, said, _| {
        let Some(text) = &said.pdf_standard else { return Ok(()) };
        config.pdf.standards = text.parse::<Standards>().map_err(|error| error.to_string())?;
        Ok(())
    }),
    ("attach-source", |config, said, _| {
        // Behind pdf-standard: what was demanded has to leave room for the text.
        let standards = config.pdf.standards;
        match said.attach_source == Some(true) && standards.demanded && !standards.allow_attachments() {
            true => Err(PdfError::Attachment { standards }.to_string()),
            false => Ok(()),
        }
    }),
];

fn face(path: &Path, data: Vec<u8>) -> Result<Face, String> {
    let face = Face::parse(data, 0).map_err(|error| format!("{}; give a .ttf or .otf file", about(path, &error)))?;
    match face.embedding() {
        Embedding::Forbidden => {
            Err(about(path, &"the licence bits of this font forbid embedding it in a document; give another"))
        }
        Embedding::Allowed | Embedding::WholeOnly => Ok(face),
    }
}

fn about(path: &Path, error: &dyn Display) -> String {
    format!("{}: {error}", path.display())
}

/// The files that one setting names.
struct Files<'a> {
    given: &'a Given,
    folder: Option<&'a Path>,
    /// What was looked for.
    read: RefCell<Vec<NamedFile>>,
}

impl Files<'_> {
    /// The bytes of a file. Whoever gives a flag or writes a project may read what they can; a text may not: it
    /// names files beneath its folder alone, as it does with pictures.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let path: PathBuf = match &self.given.origin {
            Origin::Flag => path.to_owned(),
            Origin::Project { file, .. } => file.parent().unwrap_or(Path::new("")).join(path),
            Origin::FrontMatter(_) => {
                let Some(folder) = self.folder else {
                    return Err(about(path, &"a text without a folder can name no file"));
                };
                let name = path.to_string_lossy();
                let data = Folder::new(folder, LIMIT).load(&name);
                // A path from the root is refused, whatever comes to stand there; those that are noted are of the project.
                if !path.is_absolute() {
                    self.read.borrow_mut().push(NamedFile::new(&name, data.as_deref().ok()));
                }
                return data.map_err(|error| about(path, &error));
            }
        };
        let data = read_bounded(&path, LIMIT);
        self.read.borrow_mut().push(NamedFile::at(&path, data.as_deref().ok()));
        data.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => about(&path, &"no such file; check the path"),
            io::ErrorKind::FileTooLarge => {
                about(&path, &format!("this has more than {} MB; give a smaller file", LIMIT >> 20))
            }
            _ => about(&path, &format!("cannot read this file: {}", super::reason(&error))),
        })
    }

    fn read_text(&self, path: &Path) -> Result<String, String> {
        String::from_utf8(self.read(path)?).map_err(|_| about(path, &"this is not UTF-8; save it as UTF-8"))
    }
}

/// The bytes of a file, or of a pipe, which are no more than `limit`.
pub(super) fn read_bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut data)?;
    if data.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(data) }
}

/// The configuration of one text or book. What a text says of itself and cannot be done is told of, and the text made without.
/// Files that are looked for go into `read`.
///
/// # Errors
///
/// What a project file says and cannot be done.
pub(super) fn settle(
    config: &Config,
    resolved: &Resolved,
    folder: Option<&Path>,
    read: &mut Vec<NamedFile>,
    diagnostics: &mut Diagnostics,
) -> Result<Config, SettingFault> {
    let (config, faults) = config.with(resolved, folder, read);
    for fault in &faults {
        if let Origin::FrontMatter(span) = fault.origin {
            let message = format!("front matter: {fault}");
            diagnostics.warn(Code::FrontMatter, Some(span), message, "mend it; until then it counts as not said");
        }
    }
    match faults.into_iter().find(|fault| matches!(fault.origin, Origin::Project { .. })) {
        Some(fault) => Err(fault),
        None => Ok(config),
    }
}
