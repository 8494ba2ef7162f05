//! The text of one leaf, built from events.

use super::html::Meaning;
use super::scripts;
use crate::model::{Abbreviation, Inline, LinkTarget, Target, is_allowed, plain_text};

/// What a run of text is put into when it ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    Link(Target),
    /// A link that is not allowed: its text alone stays.
    Nothing,
    /// A picture by its path, with its title: its text are the words for those who do not see it.
    Picture(String, String),
    Html(Meaning),
}

/// A leaf in the making: marks that are open, each with what is in it.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    content: Vec<Inline>,
    open: Vec<(Mark, Vec<Inline>)>,
    /// How many marks are open that were too deep to be opened.
    too_deep: usize,
    /// Whether the last text is of escaped characters: what follows stays apart from it until marks have been looked for.
    escaped: bool,
}

impl Leaf {
    fn top(&mut self) -> &mut Vec<Inline> {
        self.open.last_mut().map_or(&mut self.content, |(_, content)| content)
    }

    /// Appends text; characters that no document may hold are dropped.
    pub(super) fn text(&mut self, text: &str) {
        let joins = !std::mem::take(&mut self.escaped);
        let clean = text.chars().filter(|c| is_allowed(*c));
        let top = self.top();
        match top.last_mut() {
            Some(Inline::Text(last)) if joins => last.extend(clean),
            _ => {
                let text: String = clean.collect();
                if !text.is_empty() {
                    top.push(Inline::Text(text));
                }
            }
        }
    }

    /// Appends characters that were escaped, so that they are no marks whatever they are.
    pub(super) fn escaped(&mut self, text: &str) {
        self.escaped = true;
        self.text(text);
        self.escaped = true;
    }

    /// Whether no mark is open.
    pub(super) fn is_unmarked(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn push(&mut self, inline: Inline) {
        self.top().push(inline);
    }

    /// Opens a mark, unless `deepest` are open: whether it could. Its text stays either way.
    pub(super) fn open(&mut self, mark: Mark, deepest: usize) -> bool {
        let opens = self.open.len() < deepest;
        if opens {
            self.open.push((mark, Vec::new()));
        } else if !matches!(mark, Mark::Html(_)) {
            self.too_deep += 1;
        }
        opens
    }

    /// Ends the innermost mark and gives it back with its text, when it is one that the caller has to place: a picture.
    pub(super) fn close(&mut self) -> Option<(String, String, Vec<Inline>)> {
        if let Some(fewer) = self.too_deep.checked_sub(1) {
            self.too_deep = fewer;
            return None;
        }
        // Tags of HTML that were opened within the mark end with it.
        loop {
            let (mark, content) = self.open.pop()?;
            let is_html = matches!(mark, Mark::Html(_));
            if let Mark::Picture(path, title) = mark {
                return Some((path, title, content));
            }
            self.place(mark, content);
            if !is_html {
                return None;
            }
        }
    }

    /// Ends a tag of HTML, when one of its meaning is open in this mark.
    pub(super) fn close_html(&mut self, meaning: &Meaning) {
        if self.too_deep > 0 {
            return;
        }
        let inner = self.open.iter().rev().take_while(|(mark, _)| matches!(mark, Mark::Html(_)));
        let depth = inner.into_iter().position(|(mark, _)| matches!(mark, Mark::Html(open) if meaning.ends(open)));
        let Some(depth) = depth else { return };
        for _ in 0..=depth {
            if let Some((mark, content)) = self.open.pop() {
                self.place(mark, content);
            }
        }
    }

    fn place(&mut self, mark: Mark, content: Vec<Inline>) {
        if content.is_empty() {
            return;
        }
        let content = scripts::settled(content);
        let inline = match mark {
            Mark::Emphasis | Mark::Html(Meaning::Emphasis) => Inline::Emphasis(content),
            Mark::Strong | Mark::Html(Meaning::Strong) => Inline::Strong(content),
            Mark::Strikethrough | Mark::Html(Meaning::Strikethrough) => Inline::Strikethrough(content),
            Mark::Superscript | Mark::Html(Meaning::Superscript) => Inline::Superscript(content),
            // Words between single tildes are struck out, as on GitHub; what is lowered is no more than one.
            Mark::Subscript if plain_text(&content).contains(char::is_whitespace) => Inline::Strikethrough(content),
            Mark::Subscript | Mark::Html(Meaning::Subscript) => Inline::Subscript(content),
            Mark::Html(Meaning::Quotation) => self.quotation(content),
            Mark::Html(Meaning::Abbreviation(Some(expansion))) => {
                Inline::Abbreviation(Abbreviation { expansion, content }.into())
            }
            Mark::Html(Meaning::Key) => Inline::Code(plain_text(&content)),
            Mark::Link(target) => Inline::Link(LinkTarget { target, content }.into()),
            Mark::Nothing
            | Mark::Picture(..)
            | Mark::Html(Meaning::Plain | Meaning::Break | Meaning::Abbreviation(None)) => {
                return self.top().extend(content);
            }
        };
        self.push(inline);
    }

    /// A quotation with its marks, those of one within another single: typography makes them those of the language.
    fn quotation(&self, content: Vec<Inline>) -> Inline {
        let outer = self.open.iter().filter(|(mark, _)| *mark == Mark::Html(Meaning::Quotation)).count();
        let mark = if outer.is_multiple_of(2) { "\"" } else { "'" };
        let mut all = vec![Inline::text(mark)];
        all.extend(content);
        all.push(Inline::text(mark));
        Inline::Quotation(all)
    }

    /// The leaf, whatever is still open ended, without spaces at either end. Empty where it holds nothing but spaces.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        while let Some((mark, content)) = self.open.pop() {
            self.place(mark, content);
        }
        let mut content = scripts::settled(self.content);
        trim(&mut content);
        content
    }
}

/// The source of a formula on one line, without comments; none where nothing is left.
pub(super) fn formula(source: &str) -> Option<String> {
    let bare = |line: &str| {
        let comment = line.match_indices('%').find(|(at, _)| !line.get(..*at).unwrap_or("").ends_with('\\'));
        let line = comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line);
        line.chars().filter(|c| is_allowed(*c)).collect::<String>()
    };
    let lines: Vec<String> = source.lines().map(bare).collect();
    let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
    Some(words.join(" ")).filter(|source| !source.is_empty())
}

fn trim(content: &mut Vec<Inline>) {
    while let Some(Inline::Text(text)) = content.first_mut() {
        let trimmed = text.trim_start_matches([' ', '\t']);
        if !trimmed.is_empty() {
            *text = trimmed.to_owned();
            break;
        }
        content.remove(0);
    }
    while let Some(Inline::Text(text)) = content.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\t']).len());
        if !text.is_empty() {
            break;
        }
        content.pop();
    }
    while matches!(content.last(), Some(Inline::LineBreak)) {
        content.pop();
    }
}
