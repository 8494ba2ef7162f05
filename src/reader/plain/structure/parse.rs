//! TOML → [`Structure`].

use super::{BLOCK_KINDS, BlockKind, Book, Entry, Heading, Is, Structure, StructureError};
use crate::model::{Language, Matter, SectionRole};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use std::ops::Range;
use toml::Spanned;

/// Deeper headings no edition can tell apart.
const DEEPEST: usize = 9;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Option<String>,
    author: Option<Authors>,
    language: Option<Spanned<String>>,
    encoding: Option<String>,
    #[serde(default)]
    parts: Vec<Spanned<Part>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a name or a list of names")]
enum Authors {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    lines: Option<Lines>,
    before: Option<usize>,
    is: String,
    text: Option<String>,
    level: Option<usize>,
    label: Option<String>,
    subtitle: Option<String>,
    role: Option<String>,
    matter: Option<String>,
    because: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a line, as in 12, or the first and the last, as in \"12-14\"")]
enum Lines {
    One(usize),
    Range(String),
}

impl Structure {
    /// Reads a structure file; `name` is what messages call it, usually its path.
    ///
    /// # Errors
    ///
    /// [`StructureError::Syntax`], with the line.
    pub fn parse(text: &str, name: &str) -> Result<Structure, StructureError> {
        let line = |at: usize| 1 + text.get(..at).unwrap_or(text).matches('\n').count();
        let wrong =
            |at: usize, problem: String| StructureError::Syntax { file: name.to_owned(), line: line(at), problem };
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span: Range<usize>| span.start);
            wrong(at, format!("{}; see the head of a file that --write-structure makes", error.message().trim_end()))
        })?;
        let language = file
            .language
            .map(|tag| {
                let at = tag.span().start;
                tag.into_inner().parse::<Language>().map_err(|error| wrong(at, error.to_string()))
            })
            .transpose()?;
        let author = file.author.map(|authors| match authors {
            Authors::One(name) => vec![name],
            Authors::Many(names) => names,
        });
        let mut entries = Vec::with_capacity(file.parts.len());
        // Entries are in the order of their lines, which are counted once.
        let (mut counted, mut number) = (0, 1);
        for part in file.parts {
            let at = part.span().start;
            number += text.get(counted..at).unwrap_or("").matches('\n').count();
            counted = at;
            entries.push(part.into_inner().entry(number).map_err(|problem| wrong(at, problem))?);
        }
        let book = Book {
            title: file.title.filter(|title| !title.trim().is_empty()),
            author,
            language,
            encoding: file.encoding,
        };
        Ok(Structure { name: name.to_owned(), book, entries })
    }
}

impl Part {
    /// The entry that this is.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to do.
    fn entry(self, at: usize) -> Result<Entry, String> {
        let gap = self.before.is_some();
        let lines = match (self.lines, self.before) {
            (Some(_), Some(_)) => return Err("give either lines or before, not both".to_owned()),
            (None, None) => return Err("this says no lines; give lines = 12 or lines = \"12-14\"".to_owned()),
            (None, Some(line)) | (Some(Lines::One(line)), None) => (line, line),
            (Some(Lines::Range(range)), None) => range_of(&range)?,
        };
        if lines.0 == 0 || lines.1 < lines.0 {
            return Err(format!("lines are counted from 1 and go up: {}-{} are none", lines.0, lines.1));
        }
        let heading = Heading {
            level: self.level,
            label: self.label,
            subtitle: self.subtitle,
            role: self.role.as_deref().map(named::<SectionRole>).transpose()?,
            matter: self.matter.as_deref().map(named::<Matter>).transpose()?,
        };
        let is = match self.is.as_str() {
            "scene-break" if gap => Is::Gap { pause: true },
            "no-scene-break" if gap => Is::Gap { pause: false },
            _ if gap => return Err("before goes with is = \"scene-break\" or \"no-scene-break\"".to_owned()),
            "heading" => {
                if let Some(level) = heading.level.filter(|level| !(1..=DEEPEST).contains(level)) {
                    return Err(format!("level = {level}: levels go from 1, the outermost, to {DEEPEST}"));
                }
                Is::Heading(heading.clone())
            }
            "left-out" => Is::LeftOut { because: self.because.clone() },
            "drama" => Is::Drama,
            name => Is::Block(BlockKind::named(name).ok_or_else(|| unknown(name))?),
        };
        if !matches!(is, Is::Heading(_)) && heading != Heading::default() {
            return Err("level, label, subtitle, role and matter are for headings; take them out".to_owned());
        }
        Ok(Entry { at, lines, text: self.text.unwrap_or_default(), is })
    }
}

/// "12-14", with any dash.
fn range_of(text: &str) -> Result<(usize, usize), String> {
    let ends = text.split_once(['-', '–']).map_or((text, text), |ends| ends);
    match (ends.0.trim().parse(), ends.1.trim().parse()) {
        (Ok(first), Ok(last)) => Ok((first, last)),
        _ => Err(format!(
            "lines = \"{text}\" are none; give a line, as in 12, or the first and the last, as in \"12-14\""
        )),
    }
}

/// The role or matter of a name.
fn named<'de, T: Deserialize<'de>>(name: &'de str) -> Result<T, String> {
    let deserializer: serde::de::value::StrDeserializer<'de, serde::de::value::Error> = name.into_deserializer();
    T::deserialize(deserializer).map_err(|error| error.to_string())
}

fn unknown(name: &str) -> String {
    let kinds: Vec<&str> = BLOCK_KINDS.iter().map(|(name, _)| *name).collect();
    format!("is = \"{name}\" is nothing; give heading, left-out, drama, {}", kinds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Structure, String> {
        Structure::parse(text, "s.toml").map_err(|error| error.to_string())
    }

    #[test]
    fn entries_are_typed() {
        let text = "title = \"A\"\nauthor = [\"B C\"]\nlanguage = \"de\"\nparts = [\n\
                    { lines = \"7-9\", is = \"heading\", level = 2, role = \"preface\", label = \"I\", text = \"I\" },\n\
                    { lines = 12, is = \"verse\" },\n{ before = 20, is = \"no-scene-break\" },\n]\n";
        let structure = parse(text).expect("it is one");
        let seen: Vec<_> = structure.entries.iter().map(|entry| (entry.at, entry.lines)).collect();
        assert_eq!(seen, [(5, (7, 9)), (6, (12, 12)), (7, (20, 20))]);
        assert!(matches!(&structure.entries[0].is, Is::Heading(heading)
            if heading.role == Some(SectionRole::Preface) && heading.level == Some(2)));
        assert_eq!(structure.entries[1].is, Is::Block(BlockKind::Verse));
        assert_eq!(structure.book.author, Some(vec!["B C".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, parts) in [
            ("title = \n", &["s.toml:1"][..]),
            ("a = 1\n", &["s.toml:1", "a"]),
            ("\nlanguage = \"english\"\n", &["s.toml:2", "english"]),
            (
                "parts = [\n{ lines = 3, is = \"verse\" },\n{ lines = 4, is = \"poem\" },\n]",
                &["s.toml:3", "poem", "verse"],
            ),
            ("parts = [\n{ lines = \"x\", is = \"verse\" },\n]", &["s.toml:2", "12-14"]),
            ("parts = [\n{ lines = \"9-7\", is = \"verse\" },\n]", &["s.toml:2", "9-7"]),
            ("parts = [\n{ is = \"verse\" },\n]", &["s.toml:2", "lines = 12"]),
            ("parts = [\n{ lines = 2, is = \"heading\", level = 0 },\n]", &["s.toml:2", "level = 0"]),
            ("parts = [\n{ lines = 2, is = \"heading\", role = \"chaptre\" },\n]", &["s.toml:2", "chaptre", "chapter"]),
            ("parts = [\n{ lines = 2, is = \"verse\", level = 1 },\n]", &["s.toml:2", "for headings"]),
            ("parts = [\n{ before = 2, is = \"verse\" },\n]", &["s.toml:2", "no-scene-break"]),
            ("parts = [\n{ lines = 2, is = \"verse\", colour = 1 },\n]", &["s.toml:2", "colour"]),
        ] {
            let message = parse(text).expect_err(text);
            for part in parts {
                assert!(message.contains(part), "“{part}” is not in: {message}");
            }
        }
    }
}
