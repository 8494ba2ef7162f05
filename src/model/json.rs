//! The document as JSON, and back.

use super::{Document, Fault, Matter, Numbering, ParagraphRole, QuoteKind, SectionRole};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the JSON form. It grows when a reader of the former version would misread the new one.
pub const JSON_VERSION: u32 = 1;

/// Why a JSON text is no document.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// It is not JSON, or not of this shape.
    #[error("line {line}, column {column}: {message}")]
    Shape {
        /// Line of the JSON text, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// It is of another version.
    #[error("this is version {0} of the document model; version {JSON_VERSION} is read here")]
    Version(u32),
    /// It breaks a rule of the model.
    #[error(transparent)]
    Invalid(#[from] Fault),
}

#[derive(Serialize)]
struct Written<'a> {
    bindery: u32,
    #[serde(flatten)]
    document: &'a Document,
}

#[derive(Deserialize)]
struct Read {
    bindery: u32,
    #[serde(flatten)]
    document: Document,
}

impl Document {
    /// The JSON form, indented, with a line feed at its end.
    ///
    /// # Errors
    ///
    /// None in practice: every document has a JSON form. The error is that of the JSON library.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(&Written { bindery: JSON_VERSION, document: self })?;
        text.push('\n');
        Ok(text)
    }

    /// The document of a JSON form, checked.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON, of another shape or version, or breaks an invariant of the model.
    pub fn from_json(text: &str) -> Result<Document, JsonError> {
        let read: Read = serde_json::from_str(text).map_err(|error| JsonError::Shape {
            line: error.line(),
            column: error.column(),
            message: error.to_string(),
        })?;
        if read.bindery != JSON_VERSION {
            return Err(JsonError::Version(read.bindery));
        }
        read.document.validate()?;
        Ok(read.document)
    }
}

/// Shows the variants of an enum by the names that they have in JSON.
macro_rules! shown_as_in_json {
    ($($name:ident)*) => {
        $(impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.serialize(f)
            }
        })*
    };
}

shown_as_in_json! { Matter SectionRole ParagraphRole QuoteKind Numbering }

/// Bytes as base64 (RFC 4648, padded).
pub(super) mod base64_bytes {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::model) fn serialize<S: Serializer>(data: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(data))
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64_STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
