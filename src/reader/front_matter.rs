//! What stands before a text between `---` lines (YAML) or `+++` lines (TOML): metadata, and settings that flags can say too.
//!
//! Plain text and Markdown share it.

use super::LeftOut;
use crate::diag::{Code, Diagnostics};
use crate::model::{Contributor, ContributorRole, Date, Language, Metadata, Series, one_line};
use crate::source::{Source, Span};
use serde_json::{Map, Value};

/// Front matter is never longer: what is, is text.
const LONGEST: usize = 64 * 1024;

/// The keys of metadata.
const METADATA: &[&str] = &[
    "title",
    "subtitle",
    "author",
    "authors",
    "translator",
    "editor",
    "illustrator",
    "language",
    "lang",
    "date",
    "publisher",
    "identifier",
    "isbn",
    "description",
    "subjects",
    "subject",
    "keywords",
    "tags",
    "rights",
    "source",
    "series",
];
/// The keys that say what flags say: kept for whoever resolves the settings.
const SETTINGS: &[&str] = &[
    "class",
    "paper",
    "margin",
    "font",
    "font-size",
    "leading",
    "theme",
    "cover",
    "css",
    "toc",
    "toc-depth",
    "drop-caps",
];

/// What the front matter of a text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The offset of the first byte behind it: 0 where there is none.
    pub end: usize,
    /// Settings by the names of their flags, as texts, in the order of the alphabet.
    pub settings: Vec<(String, String)>,
    values: Map<String, Value>,
    language: Option<Language>,
    date: Option<Date>,
    span: Span,
}

impl FrontMatter {
    /// The language it says.
    pub fn language(&self) -> Option<&Language> {
        self.language.as_ref()
    }

    /// Puts what it says into metadata; what it does not say stays.
    pub fn apply(&self, meta: &mut Metadata) {
        let text = |keys: &[&str]| keys.iter().find_map(|key| self.values.get(*key).and_then(text_of));
        let set = |place: &mut Option<String>, keys: &[&str]| {
            if let Some(text) = text(keys) {
                *place = Some(text);
            }
        };
        if let Some(title) = text(&["title"]) {
            meta.title = title;
        }
        set(&mut meta.subtitle, &["subtitle"]);
        set(&mut meta.publisher, &["publisher"]);
        set(&mut meta.identifier, &["identifier", "isbn"]);
        set(&mut meta.description, &["description"]);
        set(&mut meta.rights, &["rights"]);
        set(&mut meta.source, &["source"]);
        let people = [
            ("author", ContributorRole::Author),
            ("authors", ContributorRole::Author),
            ("translator", ContributorRole::Translator),
            ("editor", ContributorRole::Editor),
            ("illustrator", ContributorRole::Illustrator),
        ];
        for (key, role) in people {
            if self.values.contains_key(key) {
                // Who was found in the text gives way to who is stated.
                meta.contributors.retain(|one| one.role != role);
            }
        }
        for (key, role) in people {
            meta.contributors
                .extend(self.values.get(key).into_iter().flat_map(list_of).filter_map(|one| person(one, role)));
        }
        for key in ["subjects", "subject", "keywords", "tags"] {
            meta.subjects.extend(self.values.get(key).into_iter().flat_map(list_of).filter_map(text_of));
        }
        if let Some(series) = self.values.get("series") {
            let name = series.get("name").unwrap_or(series);
            let position = series.get("position").and_then(text_of);
            meta.series = text_of(name).map(|name| Series { name, position }).or(meta.series.take());
        }
        meta.date = self.date.or(meta.date);
        if let Some(language) = &self.language {
            meta.language = language.clone();
        }
    }

    /// The bytes that are no text, where there are any.
    pub fn left_out(&self) -> Option<LeftOut> {
        (self.end > 0).then_some(LeftOut { span: self.span, reason: "front matter" })
    }
}

/// Reads the front matter of a text. What stands between the lines and is no table of keys is text, and none of this.
pub fn read(source: &Source, diagnostics: &mut Diagnostics) -> FrontMatter {
    let text = source.text();
    let Some((fence, inner, end)) = split(text) else { return FrontMatter::default() };
    let span = Span::new(source.id(), 0, end);
    let body = text.get(inner.clone()).unwrap_or("");
    let parsed = match fence {
        "+++" => toml::from_str::<Value>(body).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            (at, error.message().to_owned())
        }),
        _ => serde_saphyr::from_str::<Value>(body).map_err(|error| {
            let line = error.location().map_or(1, |location| location.line() as usize);
            let at: usize = body.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            (at, error.to_string().lines().next().unwrap_or("not YAML").to_owned())
        }),
    };
    let values = match parsed {
        Ok(Value::Object(values)) => values,
        // A rule, some words, a rule: that is text. TOML has no such case.
        Ok(_) => return FrontMatter::default(),
        Err((at, message)) => {
            let at = inner.start + at.min(body.len());
            diagnostics.warn(
                Code::FrontMatter,
                Some(Span::new(source.id(), at, at)),
                format!("the front matter cannot be read and is left out: {message}"),
                "mend it, or put a blank line before it if it is text",
            );
            return FrontMatter { end, span, ..FrontMatter::default() };
        }
    };
    let mut front = FrontMatter { end, span, ..FrontMatter::default() };
    front.take(values, diagnostics);
    front
}

/// The fence, the text within it and the offset behind it.
fn split(text: &str) -> Option<(&'static str, std::ops::Range<usize>, usize)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(*fence))?;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != fence {
        return None;
    }
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return Some((fence, first.len()..end, end + line.len()));
        }
        end += line.len();
        if end > LONGEST {
            return None;
        }
    }
    None
}

impl FrontMatter {
    fn take(&mut self, values: Map<String, Value>, diagnostics: &mut Diagnostics) {
        let span = Some(self.span);
        for (key, value) in values {
            let name = key.to_lowercase().replace('_', "-");
            let is_text = text_of(&value).is_some();
            match name.as_str() {
                "language" | "lang" => match text_of(&value).map(|text| text.parse::<Language>()) {
                    Some(Ok(language)) => self.language = Some(language),
                    _ => diagnostics.warn(
                        Code::FrontMatter,
                        span,
                        format!("the {name} of the front matter is no language tag"),
                        "give a tag such as en, de or pt-BR",
                    ),
                },
                "date" => match text_of(&value).map(|text| text.parse::<Date>()) {
                    Some(Ok(date)) => self.date = Some(date),
                    _ => diagnostics.warn(
                        Code::FrontMatter,
                        span,
                        "the date of the front matter is no date",
                        "give 2024, 2024-05 or 2024-05-31",
                    ),
                },
                name if SETTINGS.contains(&name) && is_text => {
                    self.settings.push((name.to_owned(), text_of(&value).unwrap_or_default()));
                }
                name if METADATA.contains(&name) && (is_text || !matches!(value, Value::Bool(_) | Value::Null)) => {
                    self.values.insert(name.to_owned(), value);
                }
                name if METADATA.contains(&name) || SETTINGS.contains(&name) => {
                    diagnostics.warn(
                        Code::FrontMatter,
                        span,
                        format!("the {name} of the front matter is of a wrong kind"),
                        "give a text",
                    );
                }
                name => {
                    let nearest = nearest(name).map_or(String::new(), |known| format!(": did you mean {known}?"));
                    let short: String = key.chars().take(40).collect();
                    diagnostics.warn(
                        Code::FrontMatter,
                        span,
                        format!("the front matter has the unknown key “{short}”{nearest}"),
                        "take it out, or spell it as the documentation does",
                    );
                }
            }
        }
    }
}

/// A text of one line, from a text or a number.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        // Dates of TOML are tables of one key.
        Value::Object(map) if map.len() == 1 => map.get("$__toml_private_datetime")?.as_str()?.to_owned(),
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Array(_) => return None,
    };
    one_line(&text)
}

/// A value as a list: itself, where it is none.
fn list_of(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        other => std::slice::from_ref(other),
    }
}

/// A name, or a table of `name`, `role` and `file-as`.
fn person(value: &Value, role: ContributorRole) -> Option<Contributor> {
    let Value::Object(map) = value else {
        return Some(Contributor { name: text_of(value)?, role, file_as: None });
    };
    let role = match map.get("role").and_then(Value::as_str) {
        Some("author" | "aut") => ContributorRole::Author,
        Some("translator" | "trl") => ContributorRole::Translator,
        Some("editor" | "edt") => ContributorRole::Editor,
        Some("illustrator" | "ill") => ContributorRole::Illustrator,
        Some("introducer" | "aui") => ContributorRole::Introducer,
        Some(_) => ContributorRole::Contributor,
        None => role,
    };
    let file_as = map.get("file-as").or(map.get("file_as")).and_then(text_of);
    Some(Contributor { name: map.get("name").and_then(text_of)?, role, file_as })
}

/// The known key that is most like `name`, if one is like it.
fn nearest(name: &str) -> Option<&'static str> {
    // A key that differs in more letters is another word.
    const FARTHEST: usize = 2;
    let known = METADATA.iter().chain(SETTINGS).copied();
    let short = name.len() <= 20;
    known
        .filter(|_| short)
        .map(|key| (distance(name, key), key))
        .filter(|(far, _)| *far <= FARTHEST)
        .min()
        .map(|(_, key)| key)
}

/// How many letters differ (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (*cell + 1).min(left + 1).min(diagonal + usize::from(a != b));
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn of(text: &str) -> (FrontMatter, Metadata, Vec<String>) {
        let source = Source::new(SourceId(0), "a.md", text.into());
        let mut diagnostics = Diagnostics::new();
        let front = read(&source, &mut diagnostics);
        let mut meta = Metadata::default();
        front.apply(&mut meta);
        (front, meta, diagnostics.iter().map(|one| one.message.clone()).collect())
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: The Owl\nauthor:\n  - A. Writer\n  - name: B. Drawer\n    role: illustrator\nlanguage: de\n\
                    date: 2024-05-31\nsubjects: [birds, night]\nseries: {name: Birds, position: 2}\npaper: a5\n---\nText\n";
        let toml = "+++\ntitle = \"The Owl\"\nauthor = [\"A. Writer\", {name = \"B. Drawer\", role = \"illustrator\"}]\n\
                    language = \"de\"\ndate = 2024-05-31\nsubjects = [\"birds\", \"night\"]\npaper = \"a5\"\n\
                    [series]\nname = \"Birds\"\nposition = 2\n+++\nText\n";
        for text in [yaml, toml] {
            let (front, meta, messages) = of(text);
            assert_eq!(messages, Vec::<String>::new(), "{text}");
            assert_eq!(text.get(front.end..), Some("Text\n"));
            assert_eq!(meta.title, "The Owl");
            assert_eq!(meta.contributors.iter().map(|one| one.role.marc()).collect::<Vec<_>>(), ["aut", "ill"]);
            assert_eq!(
                (meta.language.as_str(), meta.date.map(|date| date.to_string()).as_deref()),
                ("de", Some("2024-05-31"))
            );
            assert_eq!(meta.subjects, ["birds", "night"]);
            assert_eq!(meta.series.and_then(|series| series.position).as_deref(), Some("2"));
            assert_eq!(front.settings, [("paper".to_owned(), "a5".to_owned())]);
        }
    }

    #[test]
    fn wrong_front_matter_has_one_message() {
        for (text, wanted) in [
            ("---\ntitle: [a\n---\nx", "cannot be read"),
            ("---\ntitel: a\n---\nx", "did you mean title?"),
            ("---\nlanguage: english\n---\nx", "no language tag"),
            ("---\ntitle: true\n---\nx", "of a wrong kind"),
            ("+++\ntitle = \n+++\nx", "cannot be read"),
        ] {
            let (front, _, messages) = of(text);
            assert!(messages.len() == 1 && messages[0].contains(wanted), "{text}: {messages:?}");
            assert_eq!(text.get(front.end..), Some("x"));
        }
    }

    #[test]
    fn plain_text_has_it_too() {
        let text = b"---\ntitle: The Owl\nauthor: A. Writer\nlanguage: de\n---\n\nEs regnete den ganzen Tag, und niemand kam.\n";
        let options = crate::reader::plain::Options::default();
        let reading = crate::reader::plain::read(text, "eule.txt", &options).unwrap();
        let dump = reading.document.dump();
        assert!(dump.starts_with("title: The Owl\naut: A. Writer\nlanguage: de\n"), "{dump}");
        assert!(!dump.contains("---") && dump.contains("body: Es regnete"), "{dump}");
        assert!(reading.left_out.iter().any(|one| one.reason == "front matter"));
    }

    #[test]
    fn rules_and_long_blocks_are_text() {
        let long = format!("---\n{}", "a: b\n".repeat(LONGEST));
        for text in ["---\nSome words.\n---\nx", "---\nnever: closed\n", "--- \n", "", "----\na: b\n----\n", &long] {
            let (front, _, messages) = of(text);
            assert_eq!((front.end, messages.len()), (0, 0), "{text:.20}");
        }
    }

    #[test]
    fn aliases_do_not_grow_without_bound() {
        let mut text = "---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let list = vec![format!("*a{}", level - 1); 10].join(",");
            text.push_str(&format!("a{level}: &a{level} [{list}]\n"));
        }
        text.push_str("---\nx");
        assert!(of(&text).2.iter().any(|message| message.contains("cannot be read")));
    }
}
