//! The document as JSON, and back.

mod lines;

use super::{Document, Fault, Matter, Numbering, ParagraphRole, QuoteKind, SectionRole};
use lines::Lines;
use serde::ser::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Serializer;
use std::{fmt, io};

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
    #[error(
        "this is version {0} of the document model, and version {JSON_VERSION} is read here: {what}",
        what = if *.0 > JSON_VERSION { "give it to a newer bindery" } else { "write it anew with --to json" }
    )]
    Version(u32),
    /// It breaks a rule of the model.
    #[error(transparent)]
    Invalid(#[from] Fault),
}

/// An article or book as bindery understands it: what `--to json` writes and `--from json` reads. Beyond these shapes,
/// anchors are unique, every link, note and picture that is named is there, and no text is empty.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "bindery document"))]
struct Written<'a> {
    /// The version of this form. Fields that a reader may pass over are added without a new one.
    #[cfg_attr(test, schemars(extend("const" = JSON_VERSION)))]
    bindery: u32,
    #[serde(flatten)]
    document: &'a Document,
}

/// The version alone, whatever else there is: what it belongs to may be of a shape that is not known here.
#[derive(Deserialize)]
struct Version {
    bindery: u32,
}

impl JsonError {
    fn shape(error: serde_json::Error) -> JsonError {
        let (line, column, mut message) = (error.line(), error.column(), error.to_string());
        // The place that the JSON library tells behind the message is told before it.
        if let Some(at) = message.rfind(" at line ") {
            message.truncate(at);
        }
        JsonError::Shape { line, column, message }
    }
}

/// Counts what is written.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Document {
    /// The JSON form, with a line for each block and a line feed at its end.
    ///
    /// # Errors
    ///
    /// None in practice: every document has a JSON form. The error is that of the JSON library.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let written = Written { bindery: JSON_VERSION, document: self };
        // Counted first: text that grows while it is written is there twice at times, and may be a hundred times the source.
        let mut length = Length(0);
        written.serialize(&mut Serializer::with_formatter(&mut length, Lines::new()))?;
        let mut text = Vec::with_capacity(length.0 + 1);
        written.serialize(&mut Serializer::with_formatter(&mut text, Lines::new()))?;
        text.push(b'\n');
        String::from_utf8(text).map_err(serde_json::Error::custom)
    }

    /// The document of a JSON form, checked.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON, of another shape or version, or breaks an invariant of the model.
    pub fn from_json(text: &str) -> Result<Document, JsonError> {
        let Version { bindery: version } = serde_json::from_str(text).map_err(JsonError::shape)?;
        if version != JSON_VERSION {
            return Err(JsonError::Version(version));
        }
        let document: Document = serde_json::from_str(text).map_err(JsonError::shape)?;
        document.validate()?;
        Ok(document)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnchorId, Block, Inline, Section};
    use crate::source::Span;
    use schemars::{Schema, generate::SchemaSettings, transform::Transform};

    /// The words of documentation without the brackets of its links: `[`A`](b::A)` is `A` in backticks.
    #[derive(Clone)]
    struct WithoutLinks;

    impl Transform for WithoutLinks {
        fn transform(&mut self, schema: &mut Schema) {
            let links = regex::Regex::new(r"\[(`[^`]*`)\](?:\([^)]*\))?").expect("a pattern");
            if let Some(serde_json::Value::String(text)) = schema.get_mut("description") {
                *text = links.replace_all(text, "$1").into_owned();
            }
            schemars::transform::transform_subschemas(self, schema);
        }
    }

    #[test]
    fn the_schema_is_that_of_the_model() {
        let generator = SchemaSettings::draft2020_12().with_transform(WithoutLinks).into_generator();
        let schema = generator.into_root_schema_for::<Written<'static>>();
        let wanted = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/document.schema.json");
        if std::env::var_os("RENEW_SCHEMA").is_some() {
            std::fs::write(path, &wanted).expect("the schema");
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == wanted,
            "docs/document.schema.json is not that of the model. Renew it by RENEW_SCHEMA=1 cargo test --lib schema; \
             where a reader of the former one would misread the new one, raise JSON_VERSION too"
        );
    }

    #[test]
    fn sections_are_a_tree_and_blocks_are_lines() {
        let paragraph = |text: &str| Block::paragraph(vec![Inline::text(text)], Span::default());
        let mut inner = Section::with_id(AnchorId("b".into()));
        inner.blocks = vec![paragraph("blocks"), paragraph("sections")];
        let mut outer = Section::with_id(AnchorId("a".into()));
        outer.children = vec![inner];
        let mut document = Document { sections: vec![outer], ..Document::default() };
        document.meta.title = "A".into();
        let json = document.to_json().expect("a form");
        let wanted = r#"{
  "bindery": 1,
  "meta": {
    "title": "A",
    "language": "en"
  },
  "sections": [
    {
      "id": "a",
      "matter": "body",
      "role": "section",
      "children": [
        {
          "id": "b",
          "matter": "body",
          "role": "section",
          "blocks": [
            {"paragraph": {"role": "body", "content": [{"text": "blocks"}], "span": {"source": 0, "start": 0, "end": 0}}},
            {"paragraph": {"role": "body", "content": [{"text": "sections"}], "span": {"source": 0, "start": 0, "end": 0}}}
          ],
          "span": {"source": 0, "start": 0, "end": 0}
        }
      ],
      "span": {"source": 0, "start": 0, "end": 0}
    }
  ]
}
"#;
        assert_eq!(json, wanted);
        assert_eq!(Document::from_json(&json).expect("a document"), document);
    }

    #[test]
    fn the_version_is_looked_at_before_the_shape() {
        let error = |text: &str| Document::from_json(text).expect_err("no document").to_string();
        let newer = error(r#"{ "meta": [], "bindery": 2, "chapters": {} }"#);
        assert_eq!(
            newer,
            "this is version 2 of the document model, and version 1 is read here: give it to a newer bindery"
        );
        assert!(error(r#"{ "bindery": 0 }"#).ends_with("write it anew with --to json"));
        assert_eq!(error(r#"{ "meta": {} }"#), "line 1, column 14: missing field `bindery`");
        let misshapen = "{\n \"bindery\": 1,\n \"meta\": { \"title\": 7 },\n \"sections\": []\n}";
        assert_eq!(error(misshapen), "line 3, column 21: invalid type: integer `7`, expected a string");
    }
}
