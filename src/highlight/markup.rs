//! Tags, their attributes and what stands in for characters, as in XML and HTML.

use super::{Highlighter, Kind, Open, Pieces};

impl Highlighter {
    pub(super) fn markup(&mut self, pieces: &mut Pieces<'_>) {
        while let Some(first) = pieces.rest().chars().next() {
            let rest = pieces.rest();
            if let Some(open) = self.open {
                pieces.take(self.closes(open, rest), Some(open.kind));
            } else if self.in_tag {
                self.in_tag(pieces, first);
            } else if rest.starts_with("<!--") {
                let open = Open { kind: Kind::Comment, opens: "<!--", closes: "-->", escape: None, depth: 0 };
                self.open = Some(open);
                pieces.take(open.opens.len(), Some(Kind::Comment));
            } else if first == '<' {
                pieces.take(1, None);
                let mark = pieces.rest().starts_with(['/', '!', '?']);
                pieces.take(usize::from(mark), None);
                let name = name(pieces.rest());
                pieces.take(name, Some(Kind::Keyword));
                self.in_tag = name > 0;
            } else if first == '&' {
                let entity = entity(rest);
                pieces.take(entity, (entity > 1).then_some(Kind::Number));
            } else {
                pieces.take(rest.find(['<', '&']).unwrap_or(rest.len()), None);
            }
        }
    }

    /// The next part of a tag.
    fn in_tag(&mut self, pieces: &mut Pieces<'_>, first: char) {
        match first {
            '>' => {
                self.in_tag = false;
                pieces.take(1, None);
            }
            '"' | '\'' => {
                let closes = if first == '"' { "\"" } else { "'" };
                self.open = Some(Open { kind: Kind::String, opens: closes, closes, escape: None, depth: 0 });
                pieces.take(1, Some(Kind::String));
            }
            _ => match name(pieces.rest()) {
                0 => pieces.take(first.len_utf8(), None),
                name => pieces.take(name, Some(Kind::Type)),
            },
        }
    }
}

/// How many bytes the name of a tag or attribute has.
fn name(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.'))).unwrap_or(rest.len())
}

/// How many bytes `&…;` has; 1 where it is none.
fn entity(rest: &str) -> usize {
    const LONGEST: usize = 32;
    let end = rest.char_indices().skip(1).take(LONGEST).find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '#'));
    match end {
        Some((at, ';')) if at > 1 => at + 1,
        _ => 1,
    }
}
