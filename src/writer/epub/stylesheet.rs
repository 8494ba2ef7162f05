//! The stylesheet: the built-in one, what the language adds, and that of the user.

use super::{EpubError, Options, faces};
use crate::highlight;
use crate::model::{Block, Document};
use crate::style::Highlight;

const BASE: &str = include_str!("base.css");

/// The parts of code: a text without code that is told apart has no use for it.
const CODE: &str = include_str!("code.css");

const VERTICAL: &str = "\nhtml {\n  -epub-writing-mode: vertical-rl;\n  -webkit-writing-mode: vertical-rl;\n  writing-mode: vertical-rl;\n}\n";

/// Japanese and Chinese indent by a character and do not hyphenate; emphasis is not slanted but dotted.
const EAST_ASIAN: &str = "\np + p,\nblockquote + p,\ndiv + p,\nfigure + p {\n  text-indent: 1em;\n}\n\nem {\n  font-style: normal;\n  -epub-text-emphasis-style: filled;\n  \
    -webkit-text-emphasis-style: filled;\n  text-emphasis-style: filled;\n}\n";

/// The stylesheet of a book.
///
/// # Errors
///
/// Where that of the user refers to something outside itself.
pub(super) fn of(document: &Document, options: &Options) -> Result<String, EpubError> {
    let mut css = String::from(BASE);
    let language = &document.meta.language;
    if options.highlight == Highlight::Auto && has_known_code(document) {
        css.push_str(CODE);
    }
    if matches!(language.primary(), "ja" | "zh" | "ko") {
        css.push_str(EAST_ASIAN);
    }
    if options.is_vertical(language) {
        css.push_str(VERTICAL);
    }
    faces::push_css(&mut css, &options.faces);
    if let Some(user) = &options.css {
        check(user)?;
        css.push('\n');
        css.push_str(user.trim_start_matches('\u{FEFF}'));
        if !css.ends_with('\n') {
            css.push('\n');
        }
    }
    Ok(css)
}

/// Whether some code is in a language that is known.
fn has_known_code(document: &Document) -> bool {
    let mut found = false;
    document.for_each_block(&mut |block| {
        found =
            found || matches!(block, Block::Code(code) if code.language.as_deref().is_some_and(highlight::is_known));
    });
    found
}

/// A stylesheet of the user may not import, nor name a file or address: an EPUB has no network, and none of their files.
/// Nor may it turn the direction of text.
pub(super) fn check(css: &str) -> Result<(), EpubError> {
    let plain = plain(css);
    let outside = |start: usize, name: &str| match name {
        "url(" => {
            let value = plain.get(start + name.len()..).unwrap_or("").trim_start_matches([' ', '\t', '\n', '"', '\'']);
            !value.starts_with("data:") && !value.starts_with('#')
        }
        _ => true,
    };
    for name in ["@import", "url(", "@charset", "image-set(", "src("] {
        if let Some((start, _)) = plain.match_indices(name).find(|(start, _)| outside(*start, name)) {
            return Err(EpubError::Style { line: line_of(&plain, start) });
        }
    }
    // EPUB 3.3 §6.3.2: the direction of text is the document's to tell.
    for property in ["direction", "unicode-bidi"] {
        let mut places = plain.match_indices(property).map(|(start, _)| start);
        if let Some(start) = places.find(|start| is_property(&plain, *start, property)) {
            return Err(EpubError::Direction { line: line_of(&plain, start), property });
        }
    }
    Ok(())
}

/// The line of a place, from 1.
fn line_of(css: &str, at: usize) -> usize {
    1 + css.get(..at).unwrap_or("").matches('\n').count()
}

/// Whether what stands there is the name of a property: it begins a declaration, and a value follows.
fn is_property(css: &str, at: usize, name: &str) -> bool {
    let (before, rest) = css.split_at_checked(at).unwrap_or_default();
    let begins = before.trim_end().chars().next_back().is_none_or(|c| matches!(c, '{' | ';'));
    begins && rest.get(name.len()..).is_some_and(|after| after.trim_start().starts_with(':'))
}

/// CSS in small letters, with its escapes resolved and its comments blanked out, line by line as it was.
fn plain(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            let end = comment.find("*/").map_or(comment.len(), |end| end + 2);
            let (inside, after) = comment.split_at(end);
            out.extend(inside.chars().filter(|c| *c == '\n'));
            rest = after;
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
        if c != '\\' {
            out.extend(c.to_lowercase());
            continue;
        }
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (hex, after) = rest.split_at(digits);
        match u32::from_str_radix(hex, 16).ok().and_then(char::from_u32) {
            Some(c) => {
                out.extend(c.to_lowercase());
                rest = after.strip_prefix([' ', '\t']).unwrap_or(after);
            }
            None => rest = after,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ink::Ink;

    #[test]
    fn a_stylesheet_names_nothing_outside() {
        let line = |css: &str| match check(css) {
            Err(EpubError::Style { line }) => line,
            _ => 0,
        };
        assert_eq!(line("p { color: red }\n/* @import */"), 0);
        assert_eq!(line("p { background: url( 'data:image/png;base64,AA==') }"), 0);
        assert_eq!(line("p {}\n@IMPORT 'http://example.org/a.css';"), 2);
        assert_eq!(line("p { background: u\\72l(//example.org/x) }"), 1);
        assert_eq!(line("\n\np { background: url(/*x*/x.png) }"), 3);
    }

    #[test]
    fn the_parts_of_code_are_seen_by_day_by_night_and_on_sepia() {
        let mixes: Vec<&str> = CODE.split("currentcolor ").skip(1).collect();
        assert_eq!(mixes.len(), highlight::Kind::ALL.len());
        assert!(highlight::Kind::ALL.iter().all(|kind| CODE.contains(&format!("code .{} {{", kind.name()))));
        let themes = [
            ("000000", "ffffff"),
            ("ffffff", "000000"),
            ("5b4636", "f4ecd8"),
            ("b0b0b0", "121212"),
            ("dddddd", "333333"),
        ];
        let colour = |digits: &str| Ink::rgb(u32::from_str_radix(digits, 16).expect("a colour"));
        for (text, ground) in themes {
            for mix in &mixes {
                let (part, rest) = mix.split_once("%, #").expect("a share of the colour of the text");
                let part = part.parse::<f64>().expect("per cent") / 100.0;
                let own = colour(rest.get(..6).expect("six digits"));
                let mixed =
                    |of: fn(Ink) -> u8| (f64::from(of(colour(text))) * part + f64::from(of(own)) * (1.0 - part)) as u8;
                let mixed =
                    Ink { red: mixed(|ink| ink.red), green: mixed(|ink| ink.green), blue: mixed(|ink| ink.blue) };
                let contrast = mixed.contrast(colour(ground));
                assert!(contrast >= 4.5, "{mix:.40} on {ground}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn a_stylesheet_leaves_the_direction_to_the_text() {
        let found = |css: &str| match check(css) {
            Err(EpubError::Direction { line, property }) => Some((line, property)),
            _ => None,
        };
        assert_eq!(found("p {\n  color: red;\n  Direction : rtl\n}"), Some((3, "direction")));
        assert_eq!(found("p{unicode-bidi:embed}"), Some((1, "unicode-bidi")));
        assert_eq!(found("p { /* none */ d\\69 rection: rtl }"), Some((1, "direction")));
        assert_eq!(found("direction:rtl"), Some((1, "direction")));
        assert_eq!(found("div { flex-direction: column } .direction { color: red } i { transition: direction }"), None);
    }
}
