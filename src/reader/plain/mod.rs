//! Plain text → document: all guessing about plain text lives here and nowhere else.
//!
//! ```text
//! bytes ─encoding─▶ Source ─line─▶ lines ─furniture─▶ lines of the work ─heading─▶ headings ─section─▶ tree
//!                                                                                     └─blocks─▶ blocks of each section
//! ```

mod blocks;
mod contents;
mod furniture;
mod heading;
mod inline;
mod label;
mod language;
mod lexicon;
mod line;
mod number;
mod profile;
mod run;
mod section;
mod statement;
mod title_page;

use super::{Decision, LeftOut, Reading};
use super::{encoding, front_matter, title};
use crate::diag::{Code, Diagnostics};
use crate::model::{Document, Language};
use crate::source::{Source, SourceId, Span};
use profile::Profile;

/// What a person may tell the reader; everything not told is found in the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding, by any of its names on the web; else found from the bytes.
    pub encoding: Option<String>,
    /// The title where the text shows none; else made from the name of the file.
    pub fallback_title: Option<String>,
    /// The language; else the text's own statement, else found from its words.
    pub language: Option<Language>,
    /// Each line that matches is a chapter's heading, and no other line is.
    pub chapter: Option<regex::Regex>,
}

/// A text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing but white space.
    #[error("there is no text in this: give a file that has some")]
    Empty,
    /// Too much of it is no text at all: a picture, a program, an archive.
    #[error("this is no text: {share} % of it are control characters; give a text file, or name its encoding")]
    Binary {
        /// How much of it no text may hold, in per cent.
        share: usize,
    },
    /// Places in a text are counted in 32 bits.
    #[error("this is larger than 2 GiB: split it")]
    TooLarge,
    /// No encoding has this name.
    #[error("no encoding is called “{label}”: give a name such as utf-8, windows-1252 or shift_jis")]
    UnknownEncoding {
        /// The name that was told.
        label: String,
    },
}

/// What every part of the reader may look at.
pub(crate) struct Context<'a> {
    /// The text.
    pub(crate) source: &'a Source,
    /// Its language.
    pub(crate) language: &'a Language,
    /// The statistics of the whole work.
    pub(crate) profile: &'a Profile,
    /// What the work tells about its blocks.
    pub(crate) survey: &'a blocks::Survey<'a>,
}

/// What the parts of the reader find besides the document.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What was decided.
    pub(crate) decisions: Vec<Decision>,
    /// What was left out.
    pub(crate) left_out: Vec<LeftOut>,
    /// What to tell people.
    pub(crate) diagnostics: Diagnostics,
    /// What may refer to notes, until [`blocks::finish`] has linked them.
    pub(crate) references: inline::References,
}

impl Findings {
    /// Leaves out a text.
    pub(crate) fn leave_out(&mut self, span: Span, reason: &'static str) {
        if span.start < span.end {
            self.left_out.push(LeftOut { span, reason });
        }
    }
}

/// Reads a plain text. `name` is what messages call it, usually its path; a title is made from it where the text has none.
///
/// # Errors
///
/// [`ReadError`]: a text of nothing, a file that is no text, a text too large, an encoding that does not exist. Anything else can be read.
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Result<Reading, ReadError> {
    if bytes.len() > i32::MAX as usize {
        return Err(ReadError::TooLarge);
    }
    let mut findings = Findings::default();
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), &mut findings.diagnostics)
        .map_err(|label| ReadError::UnknownEncoding { label })?;
    if let Some(share) = decoded.foreign_share() {
        return Err(ReadError::Binary { share });
    }
    let source = Source::new(SourceId(0), name, decoded.text);
    let front = front_matter::read(&source, &mut findings.diagnostics);
    findings.left_out.extend(front.left_out());
    let mut lines = line::lines(&source);
    lines.retain(|line| line.span.start as usize >= front.end);
    if lines.iter().all(|line| line.is_blank()) {
        return Err(ReadError::Empty);
    }
    let stripped = furniture::strip(&lines, &mut findings);
    let lines = stripped.lines;
    let profile = Profile::of(&lines);
    let told = options.language.clone().or_else(|| front.language().cloned());
    let language = language(told, &stripped.statements, &lines, &mut findings);
    let survey = blocks::Survey::of(&lines);
    let context = Context { source: &source, language: &language, profile: &profile, survey: &survey };
    let mut document = Document::default();
    document.meta.language = language.clone();
    statement::apply(&stripped.statements, &mut document.meta);
    let mut outline = heading::find(&lines, &profile, options.chapter.as_ref());
    let title_page = title_page::read(lines.get(..outline.title_page_end).unwrap_or(&[]), &mut document.meta);
    front.apply(&mut document.meta);
    document.meta.language = language.clone();
    if document.meta.title.is_empty() {
        document.meta.title = title::from_name(name, options.fallback_title.as_deref(), &mut findings.diagnostics);
    }
    outline.drop_half_titles(&document.meta.title, &lines);
    document.sections = section::build(&context, &lines, &outline, &title_page.known, &mut findings);
    blocks::finish(&context, &mut document, &mut findings);
    section::drop_emptied_notes(&mut document.sections, &mut findings);
    findings.left_out.sort_by_key(|one| one.span);
    let Findings { decisions, left_out, diagnostics, .. } = findings;
    Ok(Reading { document, decisions, left_out, diagnostics, source })
}

/// The language that was told, or is stated, or is found.
fn language(
    told: Option<Language>,
    statements: &[statement::Statement],
    lines: &[line::Line],
    findings: &mut Findings,
) -> Language {
    if let Some(language) = told.or_else(|| statement::language(statements)) {
        return language;
    }
    // Under this a wrong guess is as likely as a right one; English is what most such files are in.
    const SURE: f32 = 0.1;
    let found = language::detect(lines).filter(|(_, sure)| *sure >= SURE);
    let language = found.map(|(language, _)| language).unwrap_or_default();
    findings.diagnostics.note(
        Code::LanguageGuessed,
        None,
        format!("the language is not stated and was taken for {language}"),
    );
    language
}
