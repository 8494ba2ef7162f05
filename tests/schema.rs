//! `docs/document.schema.json` against the documents that are written: what it describes is what there is.

use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;
use bindery::model::Document;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A schema of JSON Schema 2020-12, as far as that of documents needs it, with the alternatives that were met.
struct Schema {
    root: Value,
    met: BTreeSet<String>,
}

/// Keywords that say nothing of the shape.
const NOTES: [&str; 8] =
    ["$schema", "$defs", "title", "description", "default", "format", "contentEncoding", "$comment"];

impl Schema {
    fn of_documents() -> Schema {
        let text = fs::read_to_string(root().join("docs/document.schema.json")).expect("the schema");
        Schema { root: serde_json::from_str(&text).expect("JSON"), met: BTreeSet::new() }
    }

    /// Where a document is not as the schema wants it.
    fn faults(&mut self, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.root.clone(), document, "", &mut faults);
        faults
    }

    fn fits(&mut self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.check(schema, value, "", &mut faults);
        faults.is_empty()
    }

    fn check(&mut self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let Value::Object(keywords) = schema else {
            assert_eq!(schema, &Value::Bool(true), "a schema at {at}");
            return;
        };
        for (keyword, told) in keywords {
            let number = || value.as_f64().zip(told.as_f64());
            let length = |length: fn(usize, u64) -> bool| {
                value.as_array().zip(told.as_u64()).is_none_or(|(items, told)| length(items.len(), told))
            };
            let fits = match keyword.as_str() {
                "$ref" => {
                    let name = told.as_str().and_then(|name| name.strip_prefix('#')).expect("a place in the schema");
                    let target = self.root.pointer(name).expect("what is referred to").clone();
                    self.check(&target, value, at, faults);
                    true
                }
                "type" => told.as_array().unwrap_or(&vec![told.clone()]).iter().any(|one| is_of_type(value, one)),
                "const" => value == told,
                "enum" => told.as_array().expect("values").contains(value),
                "pattern" => value.as_str().is_none_or(|text| {
                    regex::Regex::new(told.as_str().expect("a pattern")).expect("a pattern").is_match(text)
                }),
                "minimum" => number().is_none_or(|(value, least)| value >= least),
                "maximum" => number().is_none_or(|(value, most)| value <= most),
                "minItems" => length(|length, least| length as u64 >= least),
                "maxItems" => length(|length, most| length as u64 <= most),
                "required" => value.as_object().is_none_or(|fields| {
                    told.as_array()
                        .expect("names")
                        .iter()
                        .all(|name| fields.contains_key(name.as_str().expect("a name")))
                }),
                "properties" => {
                    for (name, told) in told.as_object().expect("fields") {
                        if let Some(value) = value.get(name) {
                            self.check(told, value, &format!("{at}/{name}"), faults);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    assert_eq!(told, &Value::Bool(false), "{at}");
                    let known = keywords.get("properties").and_then(Value::as_object);
                    value.as_object().is_none_or(|fields| {
                        fields.keys().all(|name| known.is_some_and(|known| known.contains_key(name)))
                    })
                }
                "items" | "prefixItems" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        let schema = if keyword == "items" { Some(told) } else { told.get(index) };
                        if let Some(schema) = schema {
                            self.check(schema, item, &format!("{at}/{index}"), faults);
                        }
                    }
                    true
                }
                "oneOf" | "anyOf" => {
                    let choices = told.as_array().expect("alternatives").clone();
                    let fitting: Vec<&Value> = choices.iter().filter(|one| self.fits(one, value)).collect();
                    self.met.extend(fitting.iter().map(|one| one.to_string()));
                    if keyword == "oneOf" { fitting.len() == 1 } else { !fitting.is_empty() }
                }
                note => {
                    assert!(NOTES.contains(&note), "the keyword {note} at {at}");
                    true
                }
            };
            if !fits {
                faults.push(format!("{at}: {keyword} {told}"));
            }
        }
    }
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        other => {
            assert_eq!(other, "number", "a type");
            value.is_number()
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn documents_of_the_samples_are_of_the_schema() {
    let library = Library::built_in();
    let mut schema = Schema::of_documents();
    let mut paths: Vec<PathBuf> = ["input", "input/the-ferry-book"]
        .iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).expect("samples"))
        .map(|entry| entry.expect("a sample").path())
        .filter(|path| path.extension().is_some_and(|ending| ["txt", "md"].iter().any(|one| ending == *one)))
        .collect();
    paths.sort();
    assert!(paths.len() > 2);
    for path in paths {
        let (bytes, name) = (fs::read(&path).expect("a sample"), path.display().to_string());
        let text = Text { bytes: &bytes, name: &name, modified: None, folder: path.parent() };
        let made = convert(&text, &[Format::Json], &Config::default(), &library);
        let editions = made.editions.unwrap_or_else(|error| panic!("{name}: {error}"));
        let document = serde_json::from_slice(&editions[0].data).expect("JSON");
        assert_eq!(schema.faults(&document), [""; 0], "{name}");
    }
}

/// A document with each block, each inline, and every field that may be left out.
fn complete() -> Value {
    let span = json!({ "source": 0, "start": 1, "end": 2 });
    let words = json!([{ "text": "a" }]);
    let paragraph = json!({ "paragraph": { "role": "standfirst", "content": words, "span": span } });
    let inlines = json!([
        { "text": "a" }, { "emphasis": words }, { "strong": words }, { "small-caps": words }, { "code": "b" },
        { "superscript": words }, { "subscript": words }, { "strikethrough": words },
        { "link": { "target": { "external": "https://example.org/" }, "content": words } },
        { "link": { "target": { "internal": "start" }, "content": words } },
        { "quotation": words }, { "abbreviation": { "expansion": "b", "content": words } }, { "math": "x^2" },
        { "image": { "resource": 0, "alt": "b", "title": "c" } }, { "note-ref": 0 }, "line-break",
        { "span": { "language": "de", "content": words } }, { "ruby": { "base": "a", "reading": "b" } },
    ]);
    let ordered = json!({ "ordered": { "start": 3, "numbering": "lower-roman" } });
    json!({
        "bindery": 1,
        "meta": {
            "title": "A", "title_is_incipit": true, "sort_title": "A", "subtitle": "B", "language": "pt-BR",
            "contributors": [{ "name": "N", "role": "translator", "file_as": "M" }], "date": "2024-02-29", "publisher": "P",
            "identifier": "i", "description": "d", "subjects": ["s"], "rights": "r", "source": "s",
            "series": { "name": "n", "position": "2.5" },
        },
        "sections": [{
            "id": "start", "matter": "body", "role": "chapter", "span": span,
            "heading": { "label": words, "title": words, "subtitle": words, "span": span },
            "blocks": [
                { "paragraph": { "role": "body", "content": inlines, "span": span } },
                { "quote": { "kind": "epigraph", "blocks": [paragraph], "span": span } },
                { "verse": { "stanzas": [{ "lines": [{ "indent": 1, "content": words }] }], "span": span } },
                { "speech": { "speaker": words, "blocks": [paragraph], "span": span } },
                { "list": { "kind": "bullet", "items": [{ "blocks": [paragraph] }], "span": span } },
                { "list": { "kind": ordered, "items": [{ "blocks": [paragraph] }], "span": span } },
                { "definitions": { "entries": [{ "terms": [words], "meanings": [{ "blocks": [paragraph] }] }], "span": span } },
                { "code": { "language": "rust", "lines": ["fn", ""], "span": span } },
                { "math": { "source": "x", "span": span } },
                { "table": {
                    "caption": words, "columns": ["center"], "span": span,
                    "head": [{ "cells": [{ "content": words }] }], "body": [{ "cells": [{ "content": [] }] }],
                } },
                { "figure": { "resource": 0, "alt": "", "caption": words, "span": span } },
                { "scene-break": { "mark": "*", "span": span } },
            ],
            "children": [{ "id": "second" }],
        }],
        "notes": [{ "label": "*", "blocks": [paragraph], "span": span }],
        "resources": [{ "name": "a.png", "media_type": "image/png", "data": "AAEC", "pixels": [3, 2], "orientation": 6 }],
    })
}

#[test]
fn every_block_and_inline_is_in_the_schema_and_read_and_written() {
    let mut schema = Schema::of_documents();
    assert_eq!(schema.faults(&complete()), [""; 0]);
    let document = Document::from_json(&complete().to_string()).expect("a document");
    let written: Value = serde_json::from_str(&document.to_json().expect("JSON")).expect("JSON");
    assert_eq!(schema.faults(&written), [""; 0]);
    // Nothing of it was passed over: each field that was given is written again.
    contains(&written, &complete(), "");
    for name in ["Block", "Inline", "ListKind", "Target"] {
        for choice in schema.root["$defs"][name]["oneOf"].as_array().expect("alternatives") {
            assert!(schema.met.contains(&choice.to_string()), "{name}: {choice} is not in the document");
        }
    }
}

#[track_caller]
fn contains(whole: &Value, part: &Value, at: &str) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                let at = format!("{at}/{name}");
                contains(whole.get(name).expect(&at), value, &at);
            }
        }
        (Value::Array(whole), Value::Array(part)) => {
            assert_eq!(whole.len(), part.len(), "{at}");
            whole.iter().zip(part).for_each(|(whole, part)| contains(whole, part, at));
        }
        _ => assert_eq!(whole, part, "{at}"),
    }
}

#[test]
fn what_is_no_document_is_not_of_the_schema() {
    let changes: [(&str, Value); 9] = [
        ("/bindery", json!(2)),
        ("/meta/title", json!(7)),
        ("/meta/date", json!("yesterday")),
        ("/meta/contributors/0", json!({ "role": "author" })),
        ("/sections/0/role", json!("king")),
        ("/sections/0/blocks/0", json!({ "paragraf": {} })),
        ("/sections/0/blocks/0/paragraph/content", json!(["text"])),
        ("/resources/0/orientation", json!(9)),
        ("/resources/0/pixels", json!([3])),
    ];
    let mut schema = Schema::of_documents();
    for (place, value) in changes {
        let mut document = complete();
        *document.pointer_mut(place).expect("a place") = value;
        assert_ne!(schema.faults(&document), [""; 0], "{place}");
        assert!(Document::from_json(&document.to_string()).is_err(), "{place}");
    }
}
