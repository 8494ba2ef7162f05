//! What a file says about its work in so many words: "Title: …", "Author: …".

use super::Findings;
use super::line::Line;
use crate::model::{Contributor, ContributorRole, Date, Language, Metadata};
use rustc_hash::FxHashSet;

/// Which fact is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The title.
    Title,
    /// The subtitle.
    Subtitle,
    /// Somebody with a part in the work.
    Person(ContributorRole),
    /// The language, by its name or tag.
    Language,
    /// When it was published.
    Date,
    /// A number or address.
    Identifier,
    /// Who published it.
    Publisher,
    /// What it was made from.
    Source,
    /// Nothing that a document keeps, such as the encoding.
    Other,
}

/// One stated fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Which.
    pub(crate) fact: Fact,
    /// Its value: the first line and those that go on with it.
    pub(crate) lines: Vec<String>,
}

/// The words for the facts, in lower case.
const FIELDS: &[(&str, Fact)] = &[
    ("title", Fact::Title),
    ("titel", Fact::Title),
    ("titre", Fact::Title),
    ("título", Fact::Title),
    ("titolo", Fact::Title),
    ("название", Fact::Title),
    ("subtitle", Fact::Subtitle),
    ("untertitel", Fact::Subtitle),
    ("author", Fact::Person(ContributorRole::Author)),
    ("authors", Fact::Person(ContributorRole::Author)),
    ("autor", Fact::Person(ContributorRole::Author)),
    ("auteur", Fact::Person(ContributorRole::Author)),
    ("autore", Fact::Person(ContributorRole::Author)),
    ("автор", Fact::Person(ContributorRole::Author)),
    ("translator", Fact::Person(ContributorRole::Translator)),
    ("translators", Fact::Person(ContributorRole::Translator)),
    ("übersetzer", Fact::Person(ContributorRole::Translator)),
    ("traducteur", Fact::Person(ContributorRole::Translator)),
    ("editor", Fact::Person(ContributorRole::Editor)),
    ("editors", Fact::Person(ContributorRole::Editor)),
    ("herausgeber", Fact::Person(ContributorRole::Editor)),
    ("illustrator", Fact::Person(ContributorRole::Illustrator)),
    ("commentator", Fact::Person(ContributorRole::Introducer)),
    ("author of introduction, etc.", Fact::Person(ContributorRole::Introducer)),
    ("contributor", Fact::Person(ContributorRole::Contributor)),
    ("language", Fact::Language),
    ("sprache", Fact::Language),
    ("langue", Fact::Language),
    ("release date", Fact::Date),
    ("posting date", Fact::Other),
    ("date", Fact::Date),
    ("publisher", Fact::Publisher),
    ("isbn", Fact::Identifier),
    ("doi", Fact::Identifier),
    ("original publication", Fact::Source),
    ("source", Fact::Source),
    ("character set encoding", Fact::Other),
    ("first posted", Fact::Other),
    ("last updated", Fact::Other),
    ("most recently updated", Fact::Other),
    ("credits", Fact::Other),
];

/// The fact that a line states, with its value.
pub(crate) fn field(text: &str) -> Option<(Fact, &str)> {
    let (key, value) = text.split_once(':').or_else(|| text.split_once('：'))?;
    if key.len() > 40 {
        return None;
    }
    let key = key.trim().trim_start_matches('[').to_lowercase();
    FIELDS.iter().find(|(name, _)| *name == key).map(|(_, fact)| (*fact, value.trim()))
}

/// Everything that a header states.
pub(crate) fn stated(lines: &[Line]) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut open = false;
    for line in lines {
        if let Some((fact, value)) = field(line.text) {
            let lines = if value.is_empty() { Vec::new() } else { vec![value.to_owned()] };
            found.push(Statement { fact, lines });
            open = true;
        } else if line.is_blank() || line.indent < 2 {
            open = false;
        } else if let (true, Some(last)) = (open, found.last_mut()) {
            last.lines.push(line.text.to_owned());
        }
        if let Some(number) = ebook_number(line.text) {
            let lines = vec![format!("https://www.gutenberg.org/ebooks/{number}")];
            found.push(Statement { fact: Fact::Source, lines });
        }
    }
    found
}

/// The number in "[EBook #1234]".
fn ebook_number(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("ook #").or_else(|| text.split_once("ext #"))?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).map_or(Some(rest), |end| rest.get(..end))?;
    (!digits.is_empty()).then_some(digits)
}

/// Takes off a block of stated facts that opens a text: two fields or more and nothing else before the first blank line.
pub(crate) fn leading<'l, 'a>(
    lines: &'l [Line<'a>],
    statements: &mut Vec<Statement>,
    findings: &mut Findings,
) -> &'l [Line<'a>] {
    let blank = lines.iter().take_while(|line| line.is_blank()).count();
    let (_, text) = lines.split_at(blank);
    let (block, rest) = text.split_at(text.iter().take_while(|line| !line.is_blank()).count());
    let other = |line: &Line| line.indent < 2 && field(line.text).is_none();
    if block.iter().any(other) || block.iter().filter(|line| field(line.text).is_some()).count() < 2 {
        return lines;
    }
    statements.extend(stated(block));
    for line in block {
        findings.leave_out(line.span, "stated facts, now in the metadata");
    }
    rest
}

/// Writes what was stated into `meta`. Of a fact stated twice the first counts, except of people.
pub(crate) fn apply(statements: &[Statement], meta: &mut Metadata) {
    for statement in statements {
        let Some((first, rest)) = statement.lines.split_first() else { continue };
        let joined = || statement.lines.join(" ");
        match statement.fact {
            Fact::Title if meta.title.is_empty() => {
                first.clone_into(&mut meta.title);
                let subtitle = rest.join(" ");
                if !subtitle.is_empty() && meta.subtitle.is_none() {
                    meta.subtitle = Some(subtitle);
                }
            }
            Fact::Subtitle if meta.subtitle.is_none() => meta.subtitle = Some(joined()),
            Fact::Date if meta.date.is_none() => meta.date = date(first),
            Fact::Publisher if meta.publisher.is_none() => meta.publisher = Some(joined()),
            Fact::Identifier if meta.identifier.is_none() => meta.identifier = Some(joined()),
            Fact::Source if meta.source.is_none() => meta.source = Some(joined()),
            _ => {}
        }
    }
    let people = statements.iter().filter_map(|statement| match statement.fact {
        Fact::Person(role) => Some(statement.lines.iter().map(move |name| (name.as_str(), role))),
        _ => None,
    });
    push_people(meta, people.flatten());
    meta.title.retain(|c| !c.is_control());
}

/// Adds people, those that are not there already.
pub(crate) fn push_people<'n>(meta: &mut Metadata, people: impl Iterator<Item = (&'n str, ContributorRole)>) {
    let mut known: FxHashSet<(String, ContributorRole)> =
        meta.contributors.iter().map(|one| (one.name.clone(), one.role)).collect();
    for (name, role) in people.filter_map(|(name, role)| Some((named(name)?, role))) {
        if known.insert((name.to_owned(), role)) {
            meta.contributors.push(Contributor { name: name.to_owned(), role, file_as: None });
        }
    }
}

/// The name that a text is. "Various" and "Anonymous" are none.
pub(crate) fn named(text: &str) -> Option<&str> {
    let name = text.trim().trim_end_matches(',');
    let nobody = ["various", "anonymous", "unknown", "n/a"].contains(&name.to_lowercase().as_str());
    (!name.is_empty() && !nobody).then_some(name)
}

/// The language that is stated, if it is one that is known.
pub(crate) fn language(statements: &[Statement]) -> Option<Language> {
    let stated = statements.iter().find(|one| one.fact == Fact::Language)?.lines.first()?;
    super::language::by_name(stated)
}

/// A date in words: "March 20, 2007  [eBook #20866]", "20 mars 2007", "May, 2004", "2004-05-03".
fn date(text: &str) -> Option<Date> {
    let text = text.split('[').next().unwrap_or(text).trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year =
        words.iter().find_map(|word| word.parse::<u16>().ok().filter(|year| *year >= 1000 && word.len() == 4))?;
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_month = |word: &str| {
        let start: String = word.to_lowercase().chars().take(3).collect();
        MONTHS.iter().position(|month| *month == start)
    };
    let month = words.iter().find_map(|word| is_month(word)).map(|at| at as u8 + 1);
    let day = words.iter().find_map(|word| word.parse::<u8>().ok().filter(|day| (1..=31).contains(day)));
    let day = day.filter(|_| month.is_some());
    Date { year, month, day }.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words_are_read() {
        let seen = |text: &str| date(text).map(|date| date.to_string());
        assert_eq!(seen("March 20, 2007  [eBook #20866]").as_deref(), Some("2007-03-20"));
        assert_eq!(seen("May, 2004").as_deref(), Some("2004-05"));
        assert_eq!(seen("soon"), None);
    }
}
