//! The few tags of HTML that are understood within a line.

use crate::model::is_allowed;

/// What a tag means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    /// A key: set as code.
    Key,
    Quotation,
    /// Letters that stand for what its title says, if it has one.
    Abbreviation(Option<String>),
    /// Understood, and nothing that the model has a word for: its text stays.
    Plain,
    /// A line end.
    Break,
}

/// A tag that is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tag {
    Opens(Meaning),
    Closes(Meaning),
}

impl Meaning {
    /// Whether a closing tag with this meaning ends what an opening tag with the other began.
    pub(super) fn ends(&self, other: &Meaning) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The tag that a piece of raw HTML is, if it is one that is understood. No attribute is looked at but the title of an `abbr`.
pub(super) fn tag(html: &str) -> Option<Tag> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at_checked(end)?;
    let name = name.to_ascii_lowercase();
    let meaning = match name.as_str() {
        "em" | "i" | "cite" => Meaning::Emphasis,
        "b" | "strong" => Meaning::Strong,
        "s" => Meaning::Strikethrough,
        "sup" => Meaning::Superscript,
        "sub" => Meaning::Subscript,
        "kbd" => Meaning::Key,
        "q" => Meaning::Quotation,
        "abbr" => Meaning::Abbreviation(title(attributes)),
        "small" | "u" => Meaning::Plain,
        "br" => Meaning::Break,
        _ => return None,
    };
    Some(if closes { Tag::Closes(meaning) } else { Tag::Opens(meaning) })
}

/// The value of the attribute `title`, its entities resolved and its white space made spaces.
fn title(mut rest: &str) -> Option<String> {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=')?;
        let (name, behind) = rest.split_at_checked(end)?;
        let Some(value) = behind.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = behind;
            continue;
        };
        let (value, behind) = match value.chars().next()? {
            mark @ ('"' | '\'') => value.get(1..)?.split_once(mark)?,
            _ => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len()))?,
        };
        if name.eq_ignore_ascii_case("title") {
            let words: Vec<&str> = value.split_whitespace().collect();
            return Some(unescape(&words.join(" "))).filter(|title| !title.is_empty());
        }
        rest = behind;
    }
}

/// Text without the entities of XML, which are the ones that attributes need.
fn unescape(text: &str) -> String {
    let known = [("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    let text = known.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c));
    text.chars().filter(|c| is_allowed(*c)).collect()
}

/// Whether a piece of raw HTML is a comment, which says nothing to readers.
pub(super) fn is_comment(html: &str) -> bool {
    html.trim_start().starts_with("<!--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_tags_are_told_from_others() {
        assert_eq!(tag("<em>"), Some(Tag::Opens(Meaning::Emphasis)));
        assert_eq!(tag("</B>"), Some(Tag::Closes(Meaning::Strong)));
        assert_eq!(tag("<br/>"), Some(Tag::Opens(Meaning::Break)));
        assert_eq!(tag("<q>"), Some(Tag::Opens(Meaning::Quotation)));
        for (html, title) in [
            ("<abbr title='x y'>", Some("x y")),
            ("<abbr class=a hidden TITLE = \"A &amp; B\">", Some("A & B")),
            ("<abbr title=x/>", Some("x/")),
            ("<abbr title=''>", None),
            ("<abbr title>", None),
            ("<abbr>", None),
        ] {
            let meaning = Meaning::Abbreviation(title.map(str::to_owned));
            assert_eq!(tag(html), Some(Tag::Opens(meaning)), "{html}");
        }
        for other in ["<script>", "<img src=x>", "<emx>", "<!-- em -->", "<", ""] {
            assert_eq!(tag(other), None, "{other}");
        }
    }
}
