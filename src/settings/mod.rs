//! What can be said of a book besides its text: one table of [`KEYS`] that flags, front matter and project files share.
//!
//! ```text
//! flag ───────────┐
//! front matter ───┼─Layer─▶ resolve ─▶ Settings, and where each value came from
//! project file ───┘
//! ```
//!
//! A [`Layer`] holds what one of them says, each value checked and with its [`Origin`]. [`resolve`] lays layers over each
//! other: the later one wins, key by key.

mod key;
mod nearest;
pub mod toml;
mod value;

pub use key::{KEYS, Key, Scope, Takes};
pub use nearest::nearest;

use crate::model::{
    Contributor, ContributorRole, Date, IdentifierError, Language, LanguageError, Matter, Metadata, SectionRole, Series,
};
use crate::source::Span;
use crate::style::{self, WritingMode};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Everything that was said, in its own type. What was not said is `None`.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The title.
    pub title: Option<String>,
    /// The title as it is sorted.
    pub sort_title: Option<String>,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// Whether the parts of code are told apart by colour.
    pub highlight: Option<style::Highlight>,
    /// The authors; a list may name people with other parts too.
    pub authors: Option<Vec<Contributor>>,
    /// The translators.
    pub translators: Option<Vec<Contributor>>,
    /// The editors.
    pub editors: Option<Vec<Contributor>>,
    /// The illustrators.
    pub illustrators: Option<Vec<Contributor>>,
    /// People with any part.
    pub contributors: Option<Vec<Contributor>>,
    /// The language.
    pub language: Option<Language>,
    /// The date, or where to take it from.
    pub date: Option<DateSetting>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The identifier: it has passed [`crate::model::Identifier::parse`].
    pub identifier: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Its subjects.
    pub subjects: Option<Vec<String>>,
    /// The rights in it.
    pub rights: Option<String>,
    /// What it was made from.
    pub source: Option<String>,
    /// The series it belongs to.
    pub series: Option<String>,
    /// The place in the series.
    pub series_position: Option<String>,
    /// What a text is for in the book it is bound into.
    pub role: Option<SectionRole>,
    /// Where in the book it stands.
    pub matter: Option<Matter>,
    /// The encoding of the text.
    pub encoding: Option<String>,
    /// The lines that are headings of chapters.
    pub chapter: Option<regex::Regex>,
    /// The cover of the EPUB.
    pub cover: Option<CoverSetting>,
    /// How many levels the contents of the EPUB have.
    pub toc_depth: Option<u8>,
    /// Whether the EPUB lists pages when no PDF is made.
    pub page_list: Option<bool>,
    /// A stylesheet for the EPUB.
    pub css: Option<PathBuf>,
    /// Whether the EPUB brings its faces along.
    pub embed_fonts: Option<bool>,
    /// How lines run in the EPUB.
    pub writing_mode: Option<WritingMode>,
    /// The pages.
    pub pages: style::Settings,
    /// Files of the text face.
    pub fonts: Option<Vec<PathBuf>>,
    /// A file of words and where they may be divided.
    pub hyphenation: Option<PathBuf>,
    /// What the PDF has to meet, as the PDF writer reads it.
    pub pdf_standard: Option<String>,
    /// Whether the PDF holds its text.
    pub attach_source: Option<bool>,
}

/// A date, or where to take it from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSetting {
    /// This day.
    On(Date),
    /// The day the book is made.
    Today,
    /// The day the text was last changed.
    Modified,
}

/// A cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverSetting {
    /// The picture in this file.
    File(PathBuf),
    /// None.
    Without,
}

/// Where a value was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// On the command line.
    Flag,
    /// In the front matter of a text, at this place.
    FrontMatter(Span),
    /// In a project file.
    Project {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

/// One value that was said.
#[derive(Debug, Clone)]
pub struct Given {
    /// Of what.
    pub key: &'static Key,
    /// The value, as it was written.
    pub value: Value,
    /// Where.
    pub origin: Origin,
}

/// What one place says.
#[derive(Debug, Clone, Default)]
pub struct Layer(Vec<Given>);

/// Why something cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// No key of this name.
    #[error("“{name}” is no key{}", .nearest.map_or(String::new(), |known| format!(": did you mean “{known}”?")))]
    Unknown {
        /// The name.
        name: String,
        /// The known name that is most like it.
        nearest: Option<&'static str>,
    },
    /// A number where a text should be, and the like.
    #[error("“{name}” is of a wrong kind: give {wanted}")]
    Kind {
        /// The key.
        name: &'static str,
        /// What it takes.
        wanted: &'static str,
    },
    /// The language is none.
    #[error(transparent)]
    Language(#[from] LanguageError),
    /// The identifier is none.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
    /// A value that cannot be used.
    #[error("{0}")]
    Value(String),
    /// A key that means nothing there.
    #[error("“{name}” cannot be said {place}: {instead}")]
    Place {
        /// The key.
        name: &'static str,
        /// Where it was said.
        place: &'static str,
        /// Where it can be.
        instead: &'static str,
    },
}

impl Layer {
    /// A layer of these, as if given on the command line.
    ///
    /// # Errors
    ///
    /// The first that cannot be said.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, Value)>) -> Result<Layer, SettingError> {
        let mut layer = Layer::default();
        for (name, value) in values {
            layer.say(name, value, Origin::Flag)?;
        }
        Ok(layer)
    }

    /// Adds a value, checked.
    ///
    /// # Errors
    ///
    /// Where no key has the name, or the value cannot be one of it.
    pub fn say(&mut self, name: &str, value: Value, origin: Origin) -> Result<(), SettingError> {
        let key = Key::of(name).ok_or_else(|| SettingError::Unknown {
            name: name.chars().take(40).collect(),
            nearest: nearest(name, KEYS.iter().flat_map(Key::names)),
        })?;
        key.check(&value)?;
        self.0.push(Given { key, value, origin });
        Ok(())
    }

    /// What it says.
    pub fn iter(&self) -> impl Iterator<Item = &Given> {
        self.0.iter()
    }

    /// The part of it that is about this scope.
    pub fn of_scope(&self, scope: Scope) -> Layer {
        Layer(self.0.iter().filter(|given| given.key.scope == scope).cloned().collect())
    }

    /// The values of its own.
    pub fn settings(&self) -> Settings {
        resolve(&[self]).settings
    }
}

/// What several layers say together.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// The values.
    pub settings: Settings,
    /// What won, by what the key is about.
    pub given: BTreeMap<&'static str, Given>,
}

/// Lays layers over each other, the weakest first.
pub fn resolve(layers: &[&Layer]) -> Resolved {
    let mut resolved = Resolved::default();
    for given in layers.iter().flat_map(|layer| layer.iter()) {
        // Checked when it was said.
        if given.key.set(&mut resolved.settings, &given.value).is_ok() {
            resolved.given.insert(given.key.about, given.clone());
        }
    }
    resolved
}

impl Settings {
    /// Puts what was said of the work into its metadata; the rest stays. A date that needs a clock is left to whoever has one.
    pub fn describe(&self, meta: &mut Metadata) {
        let set = |place: &mut Option<String>, value: &Option<String>| {
            if value.is_some() {
                place.clone_from(value);
            }
        };
        if let Some(title) = &self.title {
            meta.title.clone_from(title);
            meta.title_is_incipit = false;
        }
        set(&mut meta.sort_title, &self.sort_title);
        set(&mut meta.subtitle, &self.subtitle);
        set(&mut meta.publisher, &self.publisher);
        set(&mut meta.identifier, &self.identifier);
        set(&mut meta.description, &self.description);
        set(&mut meta.rights, &self.rights);
        set(&mut meta.source, &self.source);
        if let Some(language) = &self.language {
            meta.language = language.clone();
        }
        if let Some(DateSetting::On(date)) = self.date {
            meta.date = Some(date);
        }
        if let Some(subjects) = &self.subjects {
            meta.subjects.clone_from(subjects);
        }
        if let Some(name) = &self.series {
            meta.series = Some(Series { name: name.clone(), position: None });
        }
        if let (Some(series), Some(position)) = (&mut meta.series, &self.series_position) {
            series.position = Some(position.clone());
        }
        self.name_people(&mut meta.contributors);
    }

    /// Who was found in the text gives way to who is stated with the same part.
    fn name_people(&self, people: &mut Vec<Contributor>) {
        let lists = [
            (Some(ContributorRole::Author), &self.authors),
            (Some(ContributorRole::Translator), &self.translators),
            (Some(ContributorRole::Editor), &self.editors),
            (Some(ContributorRole::Illustrator), &self.illustrators),
            (None, &self.contributors),
        ];
        let stated: Vec<&Contributor> = lists.iter().filter_map(|(_, list)| list.as_ref()).flatten().collect();
        let own = lists.iter().filter(|(_, list)| list.is_some()).filter_map(|(role, _)| *role);
        let roles: Vec<ContributorRole> = own.chain(stated.iter().map(|one| one.role)).collect();
        let rest: Vec<Contributor> = people.drain(..).filter(|one| !roles.contains(&one.role)).collect();
        // Authors come first, stated or found.
        let (found, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|one| one.role == ContributorRole::Author);
        people.extend(found);
        people.extend(stated.into_iter().cloned());
        people.extend(others);
    }
}

#[cfg(test)]
mod tests;
