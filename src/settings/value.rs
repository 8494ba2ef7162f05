//! Values as files and flags write them → what they mean.

use super::{CoverSetting, DateSetting, SettingError};
use crate::geom::Pt;
use crate::model::{Contributor, ContributorRole, Identifier, one_line};
use crate::style;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

/// What comes of one value.
pub(super) type Read<T> = Result<T, SettingError>;

fn kind(name: &'static str, wanted: &'static str) -> SettingError {
    SettingError::Kind { name, wanted }
}

fn unfit(error: impl Display) -> SettingError {
    SettingError::Value(error.to_string())
}

/// A text of one line, from a text or a number; nothing where there is only space.
pub(super) fn text(name: &'static str, value: &Value) -> Read<Option<String>> {
    match value {
        Value::String(text) => Ok(one_line(text)),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(kind(name, "a text")),
    }
}

/// A value that is read from a text.
pub(super) fn parsed<T: FromStr<Err: Display>>(name: &'static str, value: &Value) -> Read<Option<T>> {
    text(name, value)?.map(|text| text.parse().map_err(unfit)).transpose()
}

/// A value by the name that the JSON form of the model has for it.
pub(super) fn named<T: DeserializeOwned>(name: &'static str, wanted: &'static str, value: &Value) -> Read<Option<T>> {
    let Some(text) = text(name, value)? else { return Ok(None) };
    let fault =
        || SettingError::Value(format!("“{}” is no {name}: give {wanted}", text.chars().take(40).collect::<String>()));
    serde_json::from_value(Value::String(text.to_lowercase())).map(Some).map_err(|_| fault())
}

/// A value as a list: itself, where it is none.
fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        other => std::slice::from_ref(other),
    }
}

/// A list of texts, or one.
pub(super) fn texts(name: &'static str, value: &Value) -> Read<Option<Vec<String>>> {
    let list = items(value).iter().map(|one| text(name, one)).collect::<Read<Vec<_>>>()?;
    let list: Vec<String> = list.into_iter().flatten().collect();
    Ok(Some(list).filter(|list| !list.is_empty()))
}

/// A list of files, or one.
pub(super) fn paths(name: &'static str, value: &Value) -> Read<Option<Vec<PathBuf>>> {
    Ok(texts(name, value)?.map(|list| list.into_iter().map(PathBuf::from).collect()))
}

/// A file. Its name is kept as it is, spaces and all.
pub(super) fn path(name: &'static str, value: &Value) -> Read<Option<PathBuf>> {
    match value {
        Value::String(path) if !path.trim().is_empty() => Ok(Some(path.into())),
        _ => Err(kind(name, "the name of a file")),
    }
}

/// On or off.
pub(super) fn switch(name: &'static str, value: &Value) -> Read<Option<bool>> {
    match value {
        Value::Bool(is_on) => Ok(Some(*is_on)),
        Value::String(text) if text == "on" => Ok(Some(true)),
        Value::String(text) if text == "off" => Ok(Some(false)),
        Value::String(_) => Err(unfit("give on or off")),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => Err(kind(name, "true or false")),
    }
}

/// A number from `low` to `high`.
pub(super) fn count<T: TryFrom<u64> + PartialOrd + Copy + std::fmt::Display>(
    name: &'static str,
    value: &Value,
    low: T,
    high: T,
) -> Read<Option<T>> {
    let number = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    match number.and_then(|number| T::try_from(number).ok()).filter(|number| (low..=high).contains(number)) {
        Some(number) => Ok(Some(number)),
        None => Err(SettingError::Value(format!("“{name}” is a number from {low} to {high}"))),
    }
}

/// People, each as a text or as a table of `name`, `role` and `sort`.
pub(super) fn people(name: &'static str, value: &Value, role: ContributorRole) -> Read<Option<Vec<Contributor>>> {
    let list = items(value).iter().map(|one| person(name, one, role)).collect::<Read<Vec<_>>>()?;
    let list: Vec<Contributor> = list.into_iter().flatten().collect();
    Ok(Some(list).filter(|list| !list.is_empty()))
}

/// `Jane Doe`, `Jane Doe|Doe, Jane`; for contributors `Jane Doe: narrator`; or a table.
fn person(key: &'static str, value: &Value, role: ContributorRole) -> Read<Option<Contributor>> {
    const WANTED: &str = "a name, or a table of name, role and sort";
    let Value::Object(map) = value else {
        let Some(words) = text(key, value).map_err(|_| kind(key, WANTED))? else { return Ok(None) };
        let (words, role) = match words.rsplit_once(':') {
            Some((name, part)) if role == ContributorRole::Contributor => {
                (name.to_owned(), part.parse().map_err(unfit)?)
            }
            _ => (words, role),
        };
        let (name, sorted) = words.split_once('|').unwrap_or((&words, ""));
        return Ok(one_line(name).map(|name| Contributor { name, role, file_as: one_line(sorted) }));
    };
    let mut one = Contributor { name: String::new(), role, file_as: None };
    for (part, value) in map {
        match part.to_lowercase().replace('_', "-").as_str() {
            "name" => one.name = text(key, value)?.unwrap_or_default(),
            "role" => one.role = text(key, value)?.unwrap_or_default().parse().map_err(unfit)?,
            "sort" | "file-as" => one.file_as = text(key, value)?,
            _ => return Err(kind(key, WANTED)),
        }
    }
    if one.name.is_empty() { Err(kind(key, WANTED)) } else { Ok(Some(one)) }
}

/// `Name`, `Name#2`, or a table of `name` and `position`: the name and the position.
pub(super) fn series(value: &Value) -> Read<(Option<String>, Option<String>)> {
    const WANTED: &str = "a name, NAME#2, or a table of name and position";
    let Value::Object(map) = value else {
        let words = text("series", value).map_err(|_| kind("series", WANTED))?.unwrap_or_default();
        return match words.rsplit_once('#') {
            Some((name, number)) => Ok((one_line(name), position(&number.into())?)),
            None => Ok((one_line(&words), None)),
        };
    };
    let mut named = (None, None);
    for (part, value) in map {
        match part.as_str() {
            "name" => named.0 = text("series", value)?,
            "position" => named.1 = position(value)?,
            _ => return Err(kind("series", WANTED)),
        }
    }
    if named.0.is_none() { Err(kind("series", WANTED)) } else { Ok(named) }
}

/// The place in a series: a number, perhaps with decimals, which is all that libraries can sort by.
pub(super) fn position(value: &Value) -> Read<Option<String>> {
    let Some(number) = text("series-position", value)? else { return Ok(None) };
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match number.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(&number),
    };
    if fits { Ok(Some(number)) } else { Err(unfit("the place in a series is a number such as 2 or 2.5")) }
}

/// An ISBN, DOI, URL, UUID or any other name, checked.
pub(super) fn identifier(value: &Value) -> Read<Option<String>> {
    let Some(text) = text("identifier", value)? else { return Ok(None) };
    Identifier::parse(&text)?;
    Ok(Some(text))
}

/// An ISBN, whatever its digits.
pub(super) fn isbn(value: &Value) -> Read<Option<String>> {
    let Some(text) = text("isbn", value)? else { return Ok(None) };
    Ok(Some(Identifier::parse(&format!("urn:isbn:{text}"))?.urn()))
}

/// A date, or where to take it from.
pub(super) fn date(value: &Value) -> Read<Option<DateSetting>> {
    let Some(text) = text("date", value)? else { return Ok(None) };
    Ok(Some(match text.as_str() {
        "now" => DateSetting::Today,
        "mtime" => DateSetting::Modified,
        _ => DateSetting::On(text.parse().map_err(|error| unfit(format!("{error}, nor now or mtime")))?),
    }))
}

/// A file, or `false` or `none`.
pub(super) fn cover(value: &Value) -> Read<Option<CoverSetting>> {
    match value {
        Value::Bool(false) => Ok(Some(CoverSetting::Without)),
        Value::String(text) if text == "none" => Ok(Some(CoverSetting::Without)),
        other => Ok(path("cover", other)?.map(CoverSetting::File)),
    }
}

/// A type size: a length, or a number of points.
pub(super) fn font_size(value: &Value) -> Read<Option<Pt>> {
    let Some(text) = text("font-size", value)? else { return Ok(None) };
    let size = text.parse().map(Pt).or_else(|_| style::length(&text));
    match size {
        Ok(size) if (4.0..=72.0).contains(&size.0) => Ok(Some(size)),
        _ => Err(unfit(format!("“{text}” is no type size: give one from 4pt to 72pt, such as 11pt"))),
    }
}

/// A regular expression.
pub(super) fn pattern(value: &Value) -> Read<Option<regex::Regex>> {
    match value {
        Value::String(text) => regex::Regex::new(text).map(Some).map_err(unfit),
        _ => Err(kind("chapter", "a regular expression")),
    }
}
