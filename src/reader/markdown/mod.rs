//! Markdown → document: CommonMark with tables, footnotes, task lists, struck-out text, definition lists, attributes of headings,
//! formulas, raised and lowered text, and front matter.
//!
//! pulldown-cmark parses; this module builds the tree from its events without recursion, so that no depth of the input is
//! a depth of the stack. Raw HTML is dropped with a diagnostic but for a few inline tags that do no harm.

mod builder;
mod depth;
mod html;
mod inline;
mod scripts;
mod sections;

#[cfg(test)]
mod tests;

use super::encoding;
use super::pictures::Resources;
use super::plain::ReadError;
use super::{Reading, front_matter};
use crate::diag::Diagnostics;
use crate::limits::Limits;
use crate::model::{Document, Language};
use crate::source::{Source, SourceId};
use builder::Builder;

/// What a person may tell the reader; everything not told is found in the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding, by any of its names on the web; else found from the bytes.
    pub encoding: Option<String>,
    /// The title where the text shows none; else made from the name of the file.
    pub fallback_title: Option<String>,
    /// The language; else that of the front matter, else English.
    pub language: Option<Language>,
    /// The language where neither this nor the front matter says any.
    pub fallback_language: Option<Language>,
    /// The number of the source in its document.
    pub source: SourceId,
    /// Links to other files stay, as internal ones to anchors that are no valid ids (`other.md#part`): for
    /// whoever binds several files and leads them to their places. Else such links are refused.
    pub keep_file_links: bool,
    /// How much there may be of it.
    pub limits: Limits,
}

/// Reads Markdown. `name` is what messages call it, usually its path; pictures come from `resources`.
///
/// # Errors
///
/// [`ReadError`]: a text of nothing, a text too large, an encoding that does not exist. Anything else can be read.
pub fn read(bytes: &[u8], name: &str, options: &Options, resources: &mut dyn Resources) -> Result<Reading, ReadError> {
    if bytes.len() > i32::MAX as usize {
        return Err(ReadError::TooLarge);
    }
    let mut diagnostics = Diagnostics::new();
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), options.source, &mut diagnostics)
        .map_err(|label| ReadError::UnknownEncoding { label })?;
    if let Some(share) = decoded.foreign_share() {
        return Err(ReadError::Binary { share });
    }
    let found = decoded.decision(options.encoding.is_some());
    let source = Source::new(options.source, name, decoded.text);
    options.limits.check_text(&source)?;
    let front = front_matter::read(&source, &mut diagnostics);
    let mut document = Document::default();
    front.settings().describe(&mut document.meta);
    if front.settings().language.is_none()
        && let Some(language) = &options.fallback_language
    {
        document.meta.language = language.clone();
    }
    if let Some(language) = &options.language {
        document.meta.language = language.clone();
    }
    let builder = Builder::new(&source, front.end, options, resources, diagnostics);
    let mut built = builder.build(document).map_err(|one| one.on_line(&source))?;
    built.left_out.extend(front.left_out());
    if built.document.sections.is_empty() && built.document.meta.title.is_empty() {
        return Err(ReadError::Empty);
    }
    if built.document.meta.title.is_empty() {
        built.document.meta.title =
            super::title::from_name(name, options.fallback_title.as_deref(), &mut built.diagnostics);
    }
    built.left_out.sort_by_key(|one| one.span);
    Ok(Reading {
        encoding: decoded.encoding,
        document: built.document,
        decisions: vec![found],
        front: front.layer,
        left_out: built.left_out,
        diagnostics: built.diagnostics,
        source,
    })
}
