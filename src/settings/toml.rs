//! TOML with the place of each key.

use serde_json::{Map, Number, Value};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// One key of a table with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub name: String,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// Its value.
    pub value: Value,
}

/// A text that is no TOML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TomlError {
    /// Where, in bytes.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
}

/// The keys of a TOML document, in the order of the text.
///
/// # Errors
///
/// Where it is none.
pub fn entries(text: &str) -> Result<Vec<Entry>, TomlError> {
    let table = DeTable::parse(text).map_err(|error| TomlError {
        at: error.span().map_or(0, |span| span.start),
        message: error.message().to_owned(),
    })?;
    Ok(entries_of(table.get_ref()))
}

/// The keys of a table, in the order of the text.
pub fn entries_of(table: &DeTable<'_>) -> Vec<Entry> {
    let entry = |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| Entry {
        name: key.get_ref().clone().into_owned(),
        at: key.span(),
        value: json(value.get_ref()),
    };
    let mut entries: Vec<Entry> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.at.start);
    entries
}

/// A value of TOML as one of JSON; dates are texts.
pub fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        DeValue::Integer(number) => {
            let text = number.to_string();
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::String(text), |number| number.into())
        }
        DeValue::Float(number) => {
            let value = number.as_str().parse().ok().and_then(Number::from_f64);
            value.map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        DeValue::Boolean(is_on) => Value::Bool(*is_on),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(list) => Value::Array(list.iter().map(|one| json(one.get_ref())).collect()),
        DeValue::Table(table) => {
            let entries = entries_of(table).into_iter().map(|entry| (entry.name, entry.value));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}
