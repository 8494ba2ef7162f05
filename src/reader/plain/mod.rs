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
mod provenance;
mod run;
mod section;
mod statement;
mod structure;
mod title_page;

pub(crate) use structure::TOLD;
pub use structure::{Structure, StructureError, write as write_structure};

use super::{Decision, LeftOut, Reading};
use super::{encoding, front_matter, title};
use crate::diag::{Code, Diagnostics};
use crate::limits::{Bound, Exceeded, Limits};
use crate::model::{Document, Inline, Language, Section};
use crate::source::{Source, SourceId, Span};
use profile::Profile;
use provenance::Provenance;
use structure::Told;

/// What a person may tell the reader; everything not told is found in the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding, by any of its names on the web; else found from the bytes.
    pub encoding: Option<String>,
    /// The title where the text shows none; else made from the name of the file.
    pub fallback_title: Option<String>,
    /// The language; else the text's own statement, else found from its words.
    pub language: Option<Language>,
    /// The language where neither this, nor the front matter, nor a statement of the text says any; else found from its words.
    pub fallback_language: Option<Language>,
    /// The number of the source in its document.
    pub source: SourceId,
    /// Each line that matches is a chapter's heading, and no other line is.
    pub chapter: Option<regex::Regex>,
    /// What a person decided: it takes the place of what is found, also of `chapter`, but not of the language and encoding
    /// given here.
    pub structure: Option<Structure>,
    /// How much there may be of it.
    pub limits: Limits,
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
    /// There is more of it than is allowed.
    #[error(transparent)]
    Limit(#[from] Exceeded),
    /// The structure file does not fit the text.
    #[error(transparent)]
    Structure(#[from] StructureError),
}

/// What every part of the reader may look at.
pub(crate) struct Context<'a> {
    /// The text.
    pub(crate) source: &'a Source,
    /// Its language.
    pub(crate) language: &'a Language,
    /// What the work tells about its blocks.
    pub(crate) survey: &'a blocks::Survey<'a>,
    /// Whether marks of pages stand among the words, which are told as left out.
    pub(crate) page_marks: bool,
    /// What a person decided.
    pub(crate) told: structure::Place<'a>,
}

/// What the parts of the reader find besides the document.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What was decided of the whole text.
    pub(crate) facts: Vec<Decision>,
    /// What was decided of its parts.
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

    /// Adds what was found in a section that was read by itself, whose notes are numbered from 0.
    fn append(&mut self, mut other: Findings, section: &mut Section) {
        let before = self.references.len() as u32;
        if before > 0 && !other.references.is_empty() {
            section.for_each_inlines_mut(&mut |inlines, _| {
                for inline in inlines {
                    if let Inline::NoteRef(note) = inline {
                        note.0 += before;
                    }
                }
            });
        }
        self.facts.append(&mut other.facts);
        self.decisions.append(&mut other.decisions);
        self.left_out.append(&mut other.left_out);
        self.diagnostics.append(other.diagnostics);
        self.references.append(&mut other.references);
    }

    /// Takes back that texts were left out, which are in order; what was left out around them still is.
    fn take_back(&mut self, spans: &[Span]) {
        for one in std::mem::take(&mut self.left_out) {
            let mut start = one.span.start;
            let first = spans.partition_point(|span| span.end <= start);
            for span in spans.iter().skip(first).take_while(|span| span.start < one.span.end) {
                self.leave_out(Span { start, end: span.start, ..one.span }, one.reason);
                start = span.end;
            }
            self.leave_out(Span { start, ..one.span }, one.reason);
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
    let book = options.structure.as_ref().map(|structure| structure.book.clone()).unwrap_or_default();
    let label = options.encoding.as_deref().or(book.encoding.as_deref());
    let decoded = encoding::decode(bytes, label, options.source, &mut findings.diagnostics)
        .map_err(|label| ReadError::UnknownEncoding { label })?;
    if let Some(share) = decoded.foreign_share() {
        return Err(ReadError::Binary { share });
    }
    findings.facts.push(decoded.decision(label.is_some()));
    let source = Source::new(options.source, name, line::with_pages_on_lines(decoded.text));
    options.limits.check_text(&source)?;
    let told = match &options.structure {
        Some(structure) => structure.fit(&source, &mut findings.diagnostics)?,
        None => Told::default(),
    };
    let told = told.of(&source);
    let front = front_matter::read(&source, &mut findings.diagnostics);
    let said = front.settings();
    findings.left_out.extend(front.left_out());
    let mut all = line::lines(&source);
    all.drain(..all.partition_point(|line| (line.span.start as usize) < front.end));
    if all.iter().all(|line| line.is_blank()) {
        return Err(ReadError::Empty);
    }
    let mut provenance = Provenance::new(&all);
    let furniture::Stripped { lines, colophon, statements, page_marks } =
        furniture::strip(&all, source.text(), &mut findings);
    let lines = run::cut_divisions(lines);
    let profile = Profile::of(&lines);
    let given = options.language.as_ref().or(book.language.as_ref());
    let mut document = Document::default();
    statement::apply(&statements, &mut document.meta);
    provenance.note(&document.meta, "stated at the head of the text", 0.97);
    let stated = statement::language(&statements);
    let told_languages = [
        (given, "given by you"),
        (said.language.as_ref(), "front matter"),
        (stated.as_ref(), "stated at the head of the text"),
        (options.fallback_language.as_ref(), "the project file"),
    ];
    let chapter = options.chapter.as_ref().or(said.chapter.as_ref());
    // None of these needs another.
    let (language, (survey, mut outline)) = rayon::join(
        || language(&told_languages, &lines, &mut findings),
        || {
            rayon::join(
                || blocks::Survey::of(&lines, source.text()),
                || heading::find(&lines, &profile, &document.meta.title, chapter),
            )
        },
    );
    document.meta.language = language.clone();
    let context = Context { source: &source, language: &language, survey: &survey, page_marks, told };
    let title_page = title_page::read(lines.get(..outline.title_page_end).unwrap_or(&[]), &mut document.meta);
    provenance.note(&document.meta, "title page", 0.8);
    said.describe(&mut document.meta);
    provenance.note(&document.meta, "front matter", 1.0);
    document.meta.language = language.clone();
    if document.meta.title.is_empty() {
        let fallback = book.title.as_deref().or(options.fallback_title.as_deref());
        let opening = opening(&lines);
        title::devise(&mut document.meta, name, fallback, &opening, &mut findings.diagnostics);
        let from = if document.meta.title_is_incipit { "its first words" } else { "the name of the file" };
        provenance.note(&document.meta, from, 0.1);
    }
    outline.drop_half_titles(&document.meta.title, &lines);
    let mut plan = structure::Plan { lines, outline, known: title_page.known };
    structure::apply(told, &all, &profile, &mut plan, &mut findings);
    let too_much = plan
        .outline
        .headings
        .get(options.limits.sections)
        .and_then(|heading| plan.lines.get(heading.lines.start))
        .map(|line| line.span);
    options
        .limits
        .check(Bound::Sections, plan.outline.headings.len() as u64, too_much)
        .map_err(|one| one.on_line(&source))?;
    let mut builder = section::Builder::new(&context, &plan, &mut findings);
    document.sections = builder.sections();
    document.sections.extend(builder.colophon(colophon));
    blocks::finish(&mut document, &mut findings, &options.limits)?;
    section::drop_emptied_notes(&mut document.sections, &mut findings);
    findings.left_out.sort_by_key(|one| one.span);
    book.apply(&mut document.meta);
    provenance.note(&document.meta, "given by you", 1.0);
    told.tell_what_was_not_done(&findings.left_out, &mut findings.diagnostics);
    let Findings { mut facts, mut decisions, left_out, diagnostics, .. } = findings;
    decisions.sort_by_key(|one| one.span.start);
    facts.extend(provenance.decisions());
    facts.append(&mut decisions);
    Ok(Reading {
        encoding: decoded.encoding,
        document,
        decisions: facts,
        front: front.layer,
        left_out,
        diagnostics,
        source,
    })
}

/// The first words of a work.
fn opening(lines: &[line::Line]) -> String {
    // Two lines of print hold any title.
    let text: Vec<&str> = lines.iter().map(|line| line.text).filter(|text| !text.is_empty()).take(2).collect();
    text.join(" ").chars().take(200).collect()
}

/// The language that was told, or is stated, or is found.
fn language(told: &[(Option<&Language>, &'static str)], lines: &[line::Line], findings: &mut Findings) -> Language {
    // Under this a wrong guess is as likely as a right one; English is what most such files are in.
    const SURE: f32 = 0.1;
    let told = told.iter().find_map(|(language, rule)| Some(((*language)?.clone(), *rule)));
    let is_told = told.is_some();
    let (language, rule, confidence) = match told {
        Some((language, rule)) => (language, rule, 1.0),
        None => match language::detect(lines).filter(|(_, sure)| *sure >= SURE) {
            Some((language, sure)) => (language, "its words", sure.min(1.0)),
            None => (Language::default(), "its words tell nothing: what most texts are in", 0.5),
        },
    };
    findings.facts.push(Decision { span: Span::default(), verdict: "language", rule, confidence, runner_up: None });
    if !is_told {
        findings.diagnostics.note(
            Code::LanguageGuessed,
            None,
            format!("the language is not stated and was taken for {language}"),
        );
    }
    language
}
