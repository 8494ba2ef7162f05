//! What the parts of a line of code are: comments, keywords, strings, numbers, names of types.
//!
//! A lexer that is driven by a table of languages (`languages`): each is told by its comments, quotes and words, not by a
//! grammar. It takes time in proportion to the text, whatever that is, and never fails: what it does not know is plain.

mod languages;
mod markup;

use languages::{Form, LANGUAGES, Language, Quote};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a part of a line of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words for people.
    Comment,
    /// A word of the language.
    Keyword,
    /// Text in quotes.
    String,
    /// A number, or a word such as `true` that is a value.
    Number,
    /// The name of a type, a key or an attribute.
    Type,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] = [Kind::Comment, Kind::Keyword, Kind::String, Kind::Number, Kind::Type];

    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Comment => "comment",
            Kind::Keyword => "keyword",
            Kind::String => "string",
            Kind::Number => "number",
            Kind::Type => "type",
        }
    }
}

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'t> {
    /// What it is; nothing: code like any other.
    pub kind: Option<Kind>,
    /// Its characters.
    pub text: &'t str,
}

/// Reads the lines of one text of code, one after the other.
#[derive(Debug)]
pub struct Highlighter {
    language: &'static Language,
    /// What its words are.
    words: Option<&'static FxHashMap<&'static str, Kind>>,
    /// What an earlier line began and did not end.
    open: Option<Open>,
    /// Whether a tag is open.
    in_tag: bool,
}

/// A comment or string that may go on over line ends.
#[derive(Debug, Clone, Copy)]
struct Open {
    kind: Kind,
    opens: &'static str,
    closes: &'static str,
    escape: Option<char>,
    /// How many of it are within one another; 0 where the first end ends all.
    depth: u32,
}

/// How far a line has been taken apart.
struct Pieces<'t> {
    line: &'t str,
    done: usize,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Pieces<'t> {
    fn new(line: &'t str) -> Pieces<'t> {
        Pieces { line, done: 0, pieces: Vec::new() }
    }

    /// What is still to be taken apart.
    fn rest(&self) -> &'t str {
        self.line.get(self.done..).unwrap_or("")
    }

    /// Takes the next bytes, which end where a character does.
    fn take(&mut self, bytes: usize, kind: Option<Kind>) {
        let end = self.done + bytes;
        let start = match self.pieces.last() {
            Some(last) if last.kind == kind => {
                let start = self.done - last.text.len();
                self.pieces.pop();
                start
            }
            _ => self.done,
        };
        if let Some(text) = self.line.get(start..end)
            && !text.is_empty()
        {
            self.pieces.push(Piece { kind, text });
        }
        self.done = end;
    }
}

/// Whether the parts of code in the language of this name are told apart.
pub fn is_known(language: &str) -> bool {
    languages::named(language).is_some()
}

/// What the words of a language are that has this number in [`LANGUAGES`]: gathered when first asked for.
fn words(number: usize) -> Option<&'static FxHashMap<&'static str, Kind>> {
    static WORDS: [OnceLock<FxHashMap<&str, Kind>>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];
    let (language, words) = (LANGUAGES.get(number)?, WORDS.get(number)?);
    Some(words.get_or_init(|| {
        // A word of two lists is what the later one says.
        let lists =
            [(language.types, Kind::Type), (language.literals, Kind::Number), (language.keywords, Kind::Keyword)];
        let words = |(list, kind): (&'static str, Kind)| list.split_ascii_whitespace().map(move |word| (word, kind));
        lists.into_iter().flat_map(words).collect()
    }))
}

impl Highlighter {
    /// A reader of code in the language of this name, such as `rust`, `C++` or `yml`. Where that is not known, or none is given, all
    /// is plain.
    pub fn new(name: Option<&str>) -> Highlighter {
        let number = name.and_then(languages::named);
        let language = number.and_then(|number| LANGUAGES.get(number)).unwrap_or(&languages::UNKNOWN);
        Highlighter { language, words: number.and_then(words), open: None, in_tag: false }
    }

    /// The parts of the next line, in order: together they are the line.
    pub fn line<'t>(&mut self, line: &'t str) -> Vec<Piece<'t>> {
        let mut pieces = Pieces::new(line);
        match self.language.form {
            Form::Words => self.words(&mut pieces),
            Form::Unknown => pieces.take(line.len(), None),
            Form::Markup => self.markup(&mut pieces),
            Form::Changes => {
                let kind = match line.chars().next() {
                    Some('+') => Some(Kind::String),
                    Some('-') => Some(Kind::Number),
                    Some('@') => Some(Kind::Type),
                    _ => None,
                };
                pieces.take(line.len(), kind);
            }
        }
        pieces.pieces
    }

    fn words(&mut self, pieces: &mut Pieces<'_>) {
        let language = self.language;
        // A quote that does not end on its line opens nothing: the next of its kind need not be tried.
        let mut vain = [false; languages::MOST_QUOTES];
        let mut before = ' ';
        if language.has_sections && self.open.is_none() && pieces.rest().starts_with('[') {
            // A list that goes on is no head.
            let end = pieces.rest().rfind(']').map_or(0, |at| at + 1);
            let is_head = pieces.rest().get(..end).is_some_and(|head| !head.contains(','));
            pieces.take(if is_head { end } else { 0 }, Some(Kind::Keyword));
        }
        while let Some(first) = pieces.rest().chars().next() {
            let rest = pieces.rest();
            if let Some(open) = self.open {
                pieces.take(self.closes(open, rest), Some(open.kind));
                before = ' ';
                continue;
            }
            if self.starts_comment(rest, before) {
                pieces.take(rest.len(), Some(Kind::Comment));
                break;
            }
            if let Some((opens, closes)) = language.block_comments.iter().find(|(opens, _)| rest.starts_with(opens)) {
                let depth = u32::from(language.comments_nest);
                self.open = Some(Open { kind: Kind::Comment, opens, closes, escape: None, depth });
                pieces.take(opens.len(), Some(Kind::Comment));
                continue;
            }
            // An apostrophe within a word is of the word.
            let may_open = !is_word(before) || !(first == '\'' || first.is_alphabetic());
            let is_string = |quote: &Quote| may_open && rest.starts_with(quote.opens);
            let quote = language.quotes.iter().zip(&mut vain).find(|(quote, _)| is_string(quote));
            if let Some((quote, vain)) = quote
                && !*vain
            {
                let taken = self.string(quote, rest);
                *vain = taken.is_none() && !quote.one_character;
                if let Some(taken) = taken {
                    let kind = self.key(rest, taken).unwrap_or(Kind::String);
                    pieces.take(taken, Some(kind));
                    before = ' ';
                    continue;
                }
            }
            let (taken, kind) = self.word(rest, first, before);
            let is_prefix = kind == Some(Kind::String);
            let last = rest.get(..taken).and_then(|word| word.chars().next_back());
            before = last.filter(|_| !is_prefix).unwrap_or(' ');
            pieces.take(taken, kind);
        }
    }

    fn starts_comment(&self, rest: &str, before: char) -> bool {
        let stands_apart = !self.language.comments_stand_apart || before.is_whitespace() || before == ';';
        stands_apart && self.language.line_comments.iter().any(|mark| rest.starts_with(mark))
    }

    /// How many bytes belong to what is open; it is closed where they hold its end.
    fn closes(&mut self, mut open: Open, rest: &str) -> usize {
        let mut at = 0;
        while let Some(next) = rest.get(at..).and_then(|rest| rest.chars().next()) {
            let here = rest.get(at..).unwrap_or("");
            if here.starts_with(open.closes) {
                at += open.closes.len();
                open.depth = open.depth.saturating_sub(1);
                if open.depth == 0 {
                    self.open = None;
                    return at;
                }
            } else if open.depth > 0 && here.starts_with(open.opens) {
                at += open.opens.len();
                open.depth += 1;
            } else {
                at += next.len_utf8();
                if open.escape == Some(next) {
                    at += here.chars().nth(1).map_or(0, char::len_utf8);
                }
            }
        }
        self.open = Some(open);
        at
    }

    /// How many bytes of the line are the string that begins here; none where none does.
    fn string(&mut self, quote: &Quote, rest: &str) -> Option<usize> {
        let inner = rest.get(quote.opens.len()..)?;
        if quote.one_character {
            return character(inner).map(|taken| quote.opens.len() + taken);
        }
        let open =
            Open { kind: Kind::String, opens: quote.opens, closes: quote.closes, escape: quote.escape, depth: 0 };
        let taken = quote.opens.len() + self.closes(open, inner);
        match (&self.open, quote.goes_on) {
            (None, _) | (Some(_), true) => Some(taken),
            (Some(_), false) => {
                self.open = None;
                None
            }
        }
    }

    /// What a word or string is that stands before the mark of a key.
    fn key(&self, rest: &str, taken: usize) -> Option<Kind> {
        let mark = self.language.key_mark?;
        let after = rest.get(taken..)?.trim_start_matches([' ', '\t']).strip_prefix(mark)?;
        (!after.starts_with(mark)).then_some(Kind::Type)
    }

    /// The next word, number or single character, and what it is.
    fn word(&self, rest: &str, first: char, before: char) -> (usize, Option<Kind>) {
        let language = self.language;
        let marked = language.marks.iter().find(|(mark, _)| *mark == first && before != first);
        let head = if marked.is_some() { first.len_utf8() } else { 0 };
        let tail = rest.get(head..).unwrap_or("");
        let is_part = |c: char| is_word(c) || language.word_characters.contains(c);
        if first.is_ascii_digit() && !is_word(before) {
            return (number(rest), Some(Kind::Number));
        }
        let len = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
        if len == 0 {
            return (first.len_utf8(), None);
        }
        let taken = head + len;
        if let Some((_, kind)) = marked {
            return (taken, *kind);
        }
        let word = rest.get(..taken).unwrap_or("");
        // r"…", b'…': the letters are of the string.
        if language.prefixes.split_ascii_whitespace().any(|prefix| prefix == word) {
            let behind = rest.get(taken..).unwrap_or("");
            if behind.starts_with(['"', '\'']) && language.quotes.iter().any(|quote| behind.starts_with(quote.opens)) {
                return (taken, Some(Kind::String));
            }
        }
        if let Some(kind) = self.key(rest, taken) {
            return (taken, Some(kind));
        }
        let known = self.words.and_then(|words| {
            if language.any_case { words.get(word.to_ascii_lowercase().as_str()) } else { words.get(word) }
        });
        let is_type = || language.capitals_are_types && is_capitalized(word);
        (taken, known.copied().or_else(|| is_type().then_some(Kind::Type)))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// `String`, `T`; no `MAX_LEN`.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && (word.len() == 1 || letters.any(char::is_lowercase))
}

/// How many bytes of what stands behind a quote are one character, or an escape for one, and the quote that ends it.
fn character(inner: &str) -> Option<usize> {
    const LONGEST_ESCAPE: usize = 10;
    let mut characters = inner.char_indices();
    let (_, first) = characters.next()?;
    let longest = if first == '\\' {
        characters.next()?;
        LONGEST_ESCAPE
    } else {
        1
    };
    let (at, _) = characters.take(longest).find(|(_, c)| *c == '\'')?;
    (first != '\'').then_some(at + 1)
}

/// How many bytes a number has, its unit or suffix included.
fn number(rest: &str) -> usize {
    let is_hexadecimal = rest.starts_with("0x") || rest.starts_with("0X");
    let mut before = ' ';
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let is_point = c == '.' && next.is_ascii_digit();
        let is_sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && !is_hexadecimal && next.is_ascii_digit();
        if !(is_word(c) || is_point || is_sign) {
            return at;
        }
        before = c;
    }
    rest.len()
}

#[cfg(test)]
mod tests;
