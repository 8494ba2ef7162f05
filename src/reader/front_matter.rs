//! What stands before a text between `---` lines (YAML) or `+++` lines (TOML): all that flags can say too.
//!
//! Plain text and Markdown share it. What it may say is in [`crate::settings::KEYS`].

use super::LeftOut;
use crate::diag::{Code, Diagnostics};
use crate::settings::{Layer, Origin, SettingError, Settings, toml};
use crate::source::{Source, Span};
use serde_json::Value;
use serde_saphyr::MessageFormatter as _;
use std::ops::Range;

/// Front matter is never longer: what is, is text.
const LONGEST: usize = 64 * 1024;

/// What the front matter of a text says.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The offset of the first byte behind it: 0 where there is none.
    pub end: usize,
    /// What it says.
    pub layer: Layer,
    span: Span,
}

impl FrontMatter {
    /// What it says, each in its own type.
    pub fn settings(&self) -> Settings {
        self.layer.settings()
    }

    /// The bytes that are no text, where there are any.
    pub fn left_out(&self) -> Option<LeftOut> {
        (self.end > 0).then_some(LeftOut { span: self.span, reason: "front matter" })
    }
}

/// Reads the front matter of a text. What stands between the lines and is no table of keys is text, and none of this.
pub fn read(source: &Source, diagnostics: &mut Diagnostics) -> FrontMatter {
    let text = source.text();
    let Some(fence) = fence(text) else { return FrontMatter::default() };
    let Some((inner, end)) = split(text, fence) else {
        if looks_like_keys(text) {
            diagnostics.warn(
                Code::FrontMatter,
                Some(Span::new(source.id(), 0, fence.len())),
                format!("the front matter that begins here is not closed within {LONGEST} bytes: it is read as text"),
                format!("put a line {fence} behind its last key, or a blank line before it if it is text"),
            );
        }
        return FrontMatter::default();
    };
    let body = text.get(inner.clone()).unwrap_or("");
    let entries = match if fence == "+++" { from_toml(body) } else { from_yaml(body) } {
        Ok(Some(entries)) => entries,
        Ok(None) => return FrontMatter::default(),
        Err((at, message)) => {
            let at = inner.start + at.min(body.len());
            diagnostics.warn(
                Code::FrontMatter,
                Some(Span::new(source.id(), at, at)),
                format!("the front matter cannot be read and is left out: {message}"),
                "mend it, or put a blank line before it if it is text",
            );
            Vec::new()
        }
    };
    let mut front = FrontMatter { end, span: Span::new(source.id(), 0, end), ..FrontMatter::default() };
    for (name, at, value) in entries {
        let span = Span::new(source.id(), inner.start + at.start, inner.start + at.end);
        if let Err(error) = say(&mut front.layer, &name, value, span) {
            let hint = match &error {
                SettingError::Unknown { .. } => "take it out, or spell it as bindery --help spells its flags",
                SettingError::Place { .. } => "take it out here",
                SettingError::Kind { .. }
                | SettingError::Language(_)
                | SettingError::Identifier(_)
                | SettingError::Value(_) => "mend it; until then it counts as not said",
            };
            diagnostics.warn(Code::FrontMatter, Some(span), format!("front matter: {error}"), hint);
        }
    }
    front
}

fn say(layer: &mut Layer, name: &str, value: Value, span: Span) -> Result<(), SettingError> {
    if name.to_lowercase().replace('_', "-") == "input-encoding" {
        return Err(SettingError::Place {
            name: "input-encoding",
            place: "in the text that it is about",
            instead: "give --input-encoding, or say it in bindery.toml",
        });
    }
    layer.say(name, value, Origin::FrontMatter(span))
}

type Entries = Vec<(String, Range<usize>, Value)>;

/// The keys of TOML.
fn from_toml(body: &str) -> Result<Option<Entries>, (usize, String)> {
    let entries = toml::entries(body).map_err(|error| (error.at, error.message))?;
    Ok(Some(entries.into_iter().map(|entry| (entry.name, entry.at, entry.value)).collect()))
}

/// The keys of YAML; none where it is no table: a rule, some words, a rule are text.
fn from_yaml(body: &str) -> Result<Option<Entries>, (usize, String)> {
    let parsed = serde_saphyr::from_str::<Value>(body).map_err(|error| {
        let line = error.location().map_or(1, |location| location.line() as usize);
        let at: usize = body.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        // Its own place counts within the front matter.
        let message = serde_saphyr::UserMessageFormatter.format_message(&error).into_owned();
        (at, message.lines().next().unwrap_or("this is no YAML").to_owned())
    })?;
    let Value::Object(values) = parsed else { return Ok(None) };
    let mut entries: Entries =
        values.into_iter().map(|(name, value)| (name.clone(), place(body, &name), value)).collect();
    entries.sort_by_key(|(_, at, _)| at.start);
    Ok(Some(entries))
}

/// Where a key of the outermost table stands: at the start of a line, perhaps in quotation marks.
fn place(body: &str, name: &str) -> Range<usize> {
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let marks = usize::from(line.starts_with(['"', '\'']));
        let rest = line.get(marks..).and_then(|line| line.strip_prefix(name));
        if rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':')) {
            return at + marks..at + marks + name.len();
        }
        at += line.len();
    }
    0..0
}

/// The line that opens front matter.
fn fence(text: &str) -> Option<&'static str> {
    let first = text.lines().next()?.trim_end();
    ["---", "+++"].into_iter().find(|fence| first == *fence)
}

/// The text between the fences and the offset behind them.
fn split(text: &str, fence: &str) -> Option<(Range<usize>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return Some((first.len()..end, end + line.len()));
        }
        end += line.len();
        if end > LONGEST {
            return None;
        }
    }
    None
}

/// Whether the line behind the fence is a key, and one that is known: a rule may stand over any text.
fn looks_like_keys(text: &str) -> bool {
    let name = text.lines().nth(1).and_then(|line| line.split([':', '=']).next()).unwrap_or("");
    crate::settings::Key::of(name).is_some() && text.lines().nth(1) != Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Metadata;
    use crate::source::SourceId;

    fn of(text: &str) -> (FrontMatter, Metadata, Vec<String>) {
        let source = Source::new(SourceId(0), "a.md", text.into());
        let mut diagnostics = Diagnostics::new();
        let front = read(&source, &mut diagnostics);
        let mut meta = Metadata::default();
        front.settings().describe(&mut meta);
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
            assert_eq!(front.settings().pages.paper, Some(crate::style::Paper::A5));
        }
    }

    #[test]
    fn wrong_front_matter_has_one_message_with_its_line() {
        for (text, line, wanted) in [
            ("---\ntitle: [a\n---\nx", 2, "cannot be read"),
            ("---\npaper: a5\ntitle: &a [*a]\n---\nx", 3, "ecursive reference"),
            ("---\ntitle: A\ntitle: B\n---\nx", 3, "duplicate"),
            ("---\nauthor: A\ntitel: a\n---\nx", 3, "did you mean “title”?"),
            ("---\nlanguage: english\n---\nx", 2, "not a BCP 47 language tag"),
            ("---\ndate: 2024-02-30\n---\nx", 2, "not a date"),
            ("---\ntitle: true\n---\nx", 2, "“title” is of a wrong kind: give a text"),
            ("---\nauthor: {nam: A}\n---\nx", 2, "“author” is of a wrong kind"),
            ("---\ncontributor: 'A: king'\n---\nx", 2, "“king” is no role"),
            ("---\nisbn: 978-3-16-148410-1\n---\nx", 2, "wrong check digit"),
            ("---\nseries: Owls#two\n---\nx", 2, "a number such as 2"),
            ("---\ntoc-depth: 12\n---\nx", 2, "from 1 to 9"),
            ("---\ninput-encoding: cp850\n---\nx", 2, "--input-encoding"),
            ("+++\ntitle = \n+++\nx", 2, "cannot be read"),
            ("+++\n\npaper = \"a99\"\n+++\nx", 3, "not a paper"),
        ] {
            let source = Source::new(SourceId(0), "a.md", text.into());
            let mut diagnostics = Diagnostics::new();
            let front = read(&source, &mut diagnostics);
            let told: Vec<_> = diagnostics.into_iter().collect();
            assert!(told.len() == 1 && told[0].message.contains(wanted), "{text}: {told:?}");
            assert_eq!(told[0].code, Code::FrontMatter);
            assert!(!told[0].message.contains("line ") && !told[0].message.contains("error"), "{}", told[0].message);
            assert_eq!(source.line(told[0].span.unwrap().start), line, "{text}");
            assert_eq!(text.get(front.end..), Some("x"));
        }
    }

    #[test]
    fn front_matter_that_never_closes_is_text_and_told_of() {
        let long = format!("---\ntitle: a\n{}---\nx", "# b\n".repeat(250_000));
        for text in ["---\ntitle: a\n\nText.\n", "+++\ntitle = \"a\"\n", &long] {
            let (front, _, messages) = of(text);
            assert!(front.end == 0 && messages.len() == 1 && messages[0].contains("not closed"), "{messages:?}");
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
        for text in ["---\nSome words.\n---\nx", "---\nTitle\n", "--- \n", "", "----\na: b\n----\n", &long] {
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
