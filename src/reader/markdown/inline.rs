//! The text of one leaf, built from events.

use super::html::Meaning;
use crate::model::{Inline, LinkTarget, Target, is_allowed, plain_text};

/// Marks within marks beyond this are read as if they were not there: the text stays.
const DEEPEST: usize = 24;

/// What a run of text is put into when it ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    Link(Target),
    /// A link that is not allowed, or too deep: its text alone stays.
    Nothing,
    /// A picture: its text are the words for those who do not see it.
    Picture(String),
    Html(Meaning),
}

/// A leaf in the making: marks that are open, each with what is in it.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    content: Vec<Inline>,
    open: Vec<(Mark, Vec<Inline>)>,
}

impl Leaf {
    fn top(&mut self) -> &mut Vec<Inline> {
        self.open.last_mut().map_or(&mut self.content, |(_, content)| content)
    }

    /// Appends text; characters that no document may hold are dropped.
    pub(super) fn text(&mut self, text: &str) {
        let clean = |text: &str| text.chars().filter(|c| is_allowed(*c)).collect::<String>();
        let top = self.top();
        match top.last_mut() {
            Some(Inline::Text(last)) => last.extend(text.chars().filter(|c| is_allowed(*c))),
            _ => {
                let text = clean(text);
                if !text.is_empty() {
                    top.push(Inline::Text(text));
                }
            }
        }
    }

    pub(super) fn push(&mut self, inline: Inline) {
        self.top().push(inline);
    }

    pub(super) fn open(&mut self, mark: Mark) {
        let mark = if self.open.len() >= DEEPEST && !matches!(mark, Mark::Picture(_)) { Mark::Nothing } else { mark };
        self.open.push((mark, Vec::new()));
    }

    /// Ends the innermost mark and gives it back with its text, when it is one that the caller has to place: a picture.
    pub(super) fn close(&mut self) -> Option<(String, Vec<Inline>)> {
        // Tags of HTML that were opened within the mark end with it.
        loop {
            let (mark, content) = self.open.pop()?;
            let is_html = matches!(mark, Mark::Html(_));
            if let Mark::Picture(path) = mark {
                return Some((path, content));
            }
            self.place(mark, content);
            if !is_html {
                return None;
            }
        }
    }

    /// Ends a tag of HTML, when one of its meaning is open in this mark.
    pub(super) fn close_html(&mut self, meaning: Meaning) {
        let inner = self.open.iter().rev().take_while(|(mark, _)| matches!(mark, Mark::Html(_)));
        let Some(depth) = inner.into_iter().position(|(mark, _)| *mark == Mark::Html(meaning)) else { return };
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
        let inline = match mark {
            Mark::Emphasis | Mark::Html(Meaning::Emphasis) => Inline::Emphasis(content),
            Mark::Strong | Mark::Html(Meaning::Strong) => Inline::Strong(content),
            Mark::Strikethrough | Mark::Html(Meaning::Strikethrough) => Inline::Strikethrough(content),
            Mark::Superscript | Mark::Html(Meaning::Superscript) => Inline::Superscript(content),
            Mark::Subscript | Mark::Html(Meaning::Subscript) => Inline::Subscript(content),
            Mark::Html(Meaning::Key) => Inline::Code(plain_text(&content)),
            Mark::Link(target) => Inline::Link(LinkTarget { target, content }),
            Mark::Nothing | Mark::Picture(_) | Mark::Html(Meaning::Plain | Meaning::Break) => {
                for inline in content {
                    match inline {
                        Inline::Text(text) => self.text(&text),
                        other => self.push(other),
                    }
                }
                return;
            }
        };
        self.push(inline);
    }

    /// The leaf, whatever is still open ended, without spaces at either end. Empty where it holds nothing but spaces.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        while let Some((mark, content)) = self.open.pop() {
            self.place(mark, content);
        }
        trim(&mut self.content);
        self.content
    }
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
