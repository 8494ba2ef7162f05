//! The few tags of HTML that are understood within a line.

/// What a tag means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    /// A key: set as code.
    Key,
    /// Understood, and nothing that the model has a word for: its text stays.
    Plain,
    /// A line end.
    Break,
}

/// A tag that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Opens(Meaning),
    Closes(Meaning),
}

/// The tag that a piece of raw HTML is, if it is one that is understood. Attributes are not looked at.
pub(super) fn tag(html: &str) -> Option<Tag> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let name = inner.split(|c: char| c.is_whitespace() || c == '/').next()?.to_ascii_lowercase();
    let meaning = match name.as_str() {
        "em" | "i" | "cite" => Meaning::Emphasis,
        "b" | "strong" => Meaning::Strong,
        "s" => Meaning::Strikethrough,
        "sup" => Meaning::Superscript,
        "sub" => Meaning::Subscript,
        "kbd" => Meaning::Key,
        "small" | "abbr" | "u" | "q" => Meaning::Plain,
        "br" => Meaning::Break,
        _ => return None,
    };
    Some(if closes { Tag::Closes(meaning) } else { Tag::Opens(meaning) })
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
        assert_eq!(tag("<abbr title='x'>"), Some(Tag::Opens(Meaning::Plain)));
        for other in ["<script>", "<img src=x>", "<emx>", "<!-- em -->", "<", ""] {
            assert_eq!(tag(other), None, "{other}");
        }
    }
}
