//! What is known about a document.

use super::is_allowed;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Title, people, dates and names of a document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Metadata {
    /// The title: never empty in a valid document.
    pub title: String,
    /// Whether that is only the first words of the text, for want of a title: it names the document in lists, and is not
    /// shown over the text that it repeats.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub title_is_incipit: bool,
    /// The title as it is sorted, where that is not what its language makes of it: `Owl, The`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_title: Option<String>,
    /// The subtitle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Authors and others, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Contributor>,
    /// The main language.
    pub language: Language,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// ISBN, DOI, URL or UUID, as given; else one is made from the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// What it is about, in a few sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Subjects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// The rights in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    /// What it was made from: an edition, a distributor's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The series it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<Series>,
}

impl Metadata {
    /// The names of the authors, in order.
    pub fn authors(&self) -> impl Iterator<Item = &str> {
        self.contributors.iter().filter(|one| one.role == ContributorRole::Author).map(|one| one.name.as_str())
    }

    /// Adds an author behind the others.
    pub fn push_author(&mut self, name: impl Into<String>) {
        self.contributors.push(Contributor { name: name.into(), role: ContributorRole::Author, file_as: None });
    }
}

/// A person or body with a part in the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contributor {
    /// The name as it is shown.
    pub name: String,
    /// The part.
    #[serde(default)]
    pub role: ContributorRole,
    /// The name as it is sorted, when given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_as: Option<String>,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal, $marc:literal;)*) => {
        /// The part somebody has in a work.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum ContributorRole {
            $($(#[$doc])* $role,)*
        }

        impl ContributorRole {
            /// Every role there is.
            pub const ALL: &'static [ContributorRole] = &[$(ContributorRole::$role,)*];

            /// The MARC relator code.
            pub fn marc(self) -> &'static str {
                match self {
                    $(ContributorRole::$role => $marc,)*
                }
            }

            /// The name that front matter, options and the JSON form have for it.
            pub fn name(self) -> &'static str {
                match self {
                    $(ContributorRole::$role => $name,)*
                }
            }
        }
    };
}

roles! {
    /// Wrote it.
    #[default]
    Author = "author", "aut";
    /// Translated it.
    Translator = "translator", "trl";
    /// Edited it.
    Editor = "editor", "edt";
    /// Drew its pictures.
    Illustrator = "illustrator", "ill";
    /// Wrote what stands before it.
    Introducer = "introducer", "aui";
    /// Wrote what stands behind it.
    AfterwordAuthor = "afterword-author", "aft";
    /// Made another kind of work of it.
    Adapter = "adapter", "adp";
    /// Wrote its notes.
    Annotator = "annotator", "ann";
    /// Chose its pieces.
    Compiler = "compiler", "com";
    /// Designed the book.
    Designer = "designer", "bkd";
    /// Designed its cover.
    CoverDesigner = "cover-designer", "cov";
    /// Reads it aloud.
    Narrator = "narrator", "nrt";
    /// Took its photographs.
    Photographer = "photographer", "pht";
    /// Read its proofs.
    Proofreader = "proofreader", "pfr";
    /// Wrote it down from another's words or hand.
    Transcriber = "transcriber", "trc";
    /// Any other part.
    Contributor = "contributor", "ctb";
}

/// A text that names no part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no role: give {names}, or a MARC code of one of these", names = role_names())]
pub struct RoleError(String);

fn role_names() -> String {
    ContributorRole::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

impl FromStr for ContributorRole {
    type Err = RoleError;

    /// Reads the name of a role or its MARC relator code.
    fn from_str(text: &str) -> Result<ContributorRole, RoleError> {
        let wanted = text.trim().to_lowercase().replace([' ', '_'], "-");
        let found = ContributorRole::ALL.iter().find(|role| role.name() == wanted || role.marc() == wanted);
        found.copied().ok_or_else(|| RoleError(text.trim().chars().take(40).collect()))
    }
}

/// A series with the place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The position, such as `2` or `2.5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
}

/// A BCP 47 language tag, well-formed; `en` unless told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Language(Arc<str>);

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a BCP 47 language tag such as en, de or pt-BR")]
pub struct LanguageError(String);

impl Language {
    /// The tag, in the case that BCP 47 recommends.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Whether its usual script runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let script = self.0.split('-').find(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic()));
        match script {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm"),
            None => {
                matches!(
                    self.primary(),
                    "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "syr" | "arc"
                )
            }
        }
    }
}

impl Default for Language {
    fn default() -> Language {
        Language("en".into())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Language, LanguageError> {
        let fault = || LanguageError(text.chars().take(40).collect());
        let parts: Vec<&str> = text.split('-').collect();
        let is = |part: &str, lengths: std::ops::RangeInclusive<usize>, fits: fn(char) -> bool| {
            lengths.contains(&part.len()) && part.chars().all(fits)
        };
        let letters = |c: char| c.is_ascii_alphabetic();
        let any = |c: char| c.is_ascii_alphanumeric();
        let mut tag = String::new();
        // RFC 5646, 2.1: language, extended language, script, region, variants, extensions, private use; each has its place.
        let mut stage = 0;
        let mut after_singleton = false;
        for (at, part) in parts.iter().enumerate() {
            let lower = part.to_ascii_lowercase();
            let starts_with_digit = part.starts_with(|c: char| c.is_ascii_digit());
            let is_variant = is(part, 5..=8, any) || is(part, 4..=4, any) && starts_with_digit;
            let is_region = is(part, 2..=2, letters) || is(part, 3..=3, |c| c.is_ascii_digit());
            let (next, written) = if at == 0 {
                (is(part, 2..=3, letters).then_some(0), lower)
            } else if stage == 5 {
                (is(part, 1..=8, any).then_some(5), lower)
            } else if stage == 4 && is(part, 2..=8, any) {
                (Some(4), lower)
            } else if is(part, 1..=1, any) {
                (Some(if lower == "x" { 5 } else { 4 }).filter(|_| !after_singleton), lower)
            } else if stage == 0 && at <= 3 && is(part, 3..=3, letters) {
                (Some(0), lower)
            } else if stage < 1 && is(part, 4..=4, letters) {
                (
                    Some(1),
                    format!("{}{}", lower.get(..1).unwrap_or("").to_ascii_uppercase(), lower.get(1..).unwrap_or("")),
                )
            } else if stage < 2 && is_region {
                (Some(2), part.to_ascii_uppercase())
            } else {
                (is_variant.then_some(3).filter(|_| stage < 4), lower)
            };
            stage = next.ok_or_else(fault)?;
            after_singleton = at > 0 && part.len() == 1;
            if at > 0 {
                tag.push('-');
            }
            tag.push_str(&written);
        }
        // A singleton announces something; three codes name no language.
        if after_singleton || matches!(tag.as_str(), "und" | "mul" | "zxx") {
            Err(fault())
        } else {
            Ok(Language(tag.into()))
        }
    }
}

impl TryFrom<String> for Language {
    type Error = LanguageError;
    fn try_from(text: String) -> Result<Language, LanguageError> {
        text.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.0.to_string()
    }
}

/// A date of the calendar: a year, perhaps with month, perhaps with day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("pattern" = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")))]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day, 1 to 31; only with a month.
    pub day: Option<u8>,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date such as 2024, 2024-05 or 2024-05-31")]
pub struct DateError(String);

impl Date {
    /// The day that many seconds after 1970-01-01T00:00:00Z falls in, if it is before the year 10000.
    pub fn from_unix_seconds(seconds: u64) -> Option<Date> {
        // Days to civil date in the proleptic Gregorian calendar, with eras of 400 years that start in March.
        let days = seconds / 86_400 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        (year <= 9999).then_some(Date { year: year as u16, month: Some(month as u8), day: Some(day as u8) })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let fault = || DateError(text.chars().take(40).collect());
        let mut parts = text.splitn(3, '-');
        let mut number = |width: usize, low: u16, high: u16| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
                let value: u16 = part.parse().map_err(|_| fault())?;
                if (low..=high).contains(&value) { Ok(Some(value)) } else { Err(fault()) }
            }
            Some(_) => Err(fault()),
        };
        let year = number(4, 1, 9999)?.ok_or_else(fault)?;
        let month = number(2, 1, 12)?.map(|value| value as u8);
        let day = number(2, 1, 31)?.map(|value| value as u8);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let longest = match month {
            Some(2) => 28 + u8::from(leap),
            Some(4 | 6 | 9 | 11) => 30,
            _ => 31,
        };
        if day.is_some_and(|day| day > longest) {
            return Err(fault());
        }
        Ok(Date { year, month, day })
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Date, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

/// A text as one line without what no text may hold; nothing where nothing else is left.
pub(crate) fn one_line(text: &str) -> Option<String> {
    let clean: String = text.chars().map(|c| if is_allowed(c) && c != '\t' { c } else { ' ' }).collect();
    let words: Vec<&str> = clean.split(' ').filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_checked_and_put_in_the_usual_case() {
        let tag = |text: &str| text.parse::<Language>().map(String::from);
        assert_eq!(tag("PT-br").as_deref(), Ok("pt-BR"));
        assert_eq!(tag("zh-hant").as_deref(), Ok("zh-Hant"));
        assert_eq!(tag("SL-ROZAJ-biske-1994").as_deref(), Ok("sl-rozaj-biske-1994"));
        assert_eq!(tag("zh-cmn-hans-cn").as_deref(), Ok("zh-cmn-Hans-CN"));
        assert_eq!(tag("de-de-u-co-phonebk-x-Own").as_deref(), Ok("de-DE-u-co-phonebk-x-own"));
        for wrong in
            ["english", "", "e n", "und", "en-", "en--US", "en-US-GB", "en-x", "en-u", "de-DE-Latn", "en-toolongpart"]
        {
            assert!(tag(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn roles_have_names_and_codes() {
        for role in ContributorRole::ALL {
            assert_eq!((role.name().parse(), role.marc().parse()), (Ok(*role), Ok(*role)));
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        assert!("king".parse::<ContributorRole>().is_err());
    }

    #[test]
    fn dates_are_checked_by_the_calendar() {
        assert!("2024-02-29".parse::<Date>().is_ok());
        for wrong in ["2023-02-29", "2024-13", "24", "2024-5-1", "now", ""] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
        assert_eq!(Date::from_unix_seconds(951_782_400).map(|date| date.to_string()).as_deref(), Some("2000-02-29"));
    }
}
