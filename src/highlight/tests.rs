use super::languages::{LANGUAGES, MOST_QUOTES};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What has a kind, as `kind:text`.
fn told(language: &str, text: &str) -> Vec<String> {
    let mut highlighter = Highlighter::new(Some(language));
    let pieces = text.split('\n').flat_map(|line| highlighter.line(line));
    pieces.filter_map(|piece| piece.kind.map(|kind| format!("{}:{}", kind.name(), piece.text))).collect()
}

#[test]
fn rust_has_lifetimes_raw_strings_and_comments_in_comments() {
    let code =
        "pub fn at<'a>(x: &'a str) -> char { // one\n  /* a /* b */ c */ 'x'; r#\"a \"b\"\"#; b'\\''; 0x1F_u8; 1..2\n}";
    assert_eq!(
        told("rust", code),
        [
            "keyword:pub",
            "keyword:fn",
            "type:str",
            "type:char",
            "comment:// one",
            "comment:/* a /* b */ c */",
            "string:'x'",
            "string:r#\"a \"b\"\"#",
            "string:b'\\''",
            "number:0x1F_u8",
            "number:1",
            "number:2",
        ]
    );
}

#[test]
fn strings_of_python_go_on_over_lines() {
    let code = "@cached\ndef f(self):\n  '''What it's for.\n  More.'''\n  return f\"{x}\" + 1.5e-3 # don't";
    assert_eq!(
        told("py", code),
        [
            "type:@cached",
            "keyword:def",
            "number:self",
            "string:'''What it's for.",
            "string:  More.'''",
            "keyword:return",
            "string:f\"{x}\"",
            "number:1.5e-3",
            "comment:# don't",
        ]
    );
}

#[test]
fn a_quote_without_an_end_on_its_line_is_none() {
    assert_eq!(told("js", "it's \"so\" `a\nb` 2"), ["string:\"so\"", "string:`a", "string:b`", "number:2"]);
    assert_eq!(told("c", "'ab' 'a' L\"x\""), ["string:'a'", "string:L\"x\""]);
    assert_eq!(told("sh", "echo don't ${#x} $HOME/if -n # why"), ["keyword:echo", "comment:# why"]);
}

#[test]
fn keys_are_told_from_values() {
    assert_eq!(
        told("json", "{\"a\" : \"b\", \"c\": [1, true]}"),
        ["type:\"a\"", "string:\"b\"", "type:\"c\"", "number:1", "number:true"]
    );
    assert_eq!(
        told("yaml", "- key: it's # that\n  \"k\": no"),
        ["type:key", "comment:# that", "type:\"k\"", "number:no"]
    );
    assert_eq!(told("toml", "[a.b]\nc-d = 'x' # y"), ["keyword:[a.b]", "type:c-d", "string:'x'", "comment:# y"]);
    assert_eq!(
        told("css", "@media x { a:hover { color: #ff0 } }"),
        ["keyword:@media", "type:a", "type:color", "number:#ff0"]
    );
}

#[test]
fn words_of_sql_are_known_in_either_case() {
    assert_eq!(
        told("SQL", "SELECT count(*) from t -- all\nWHERE name = 'O''Neil'"),
        ["keyword:SELECT", "keyword:from", "comment:-- all", "keyword:WHERE", "string:'O''Neil'"]
    );
}

#[test]
fn tags_have_names_attributes_and_values() {
    let code = "<!-- no\n<b> --><a href=\"x\n>y\" hidden>1 &lt; 2 & 3</a>";
    assert_eq!(
        told("html", code),
        [
            "comment:<!-- no",
            "comment:<b> -->",
            "keyword:a",
            "type:href",
            "string:\"x",
            "string:>y\"",
            "type:hidden",
            "number:&lt;",
            "keyword:a",
        ]
    );
}

#[test]
fn a_language_that_is_not_known_has_no_colours() {
    for name in ["", "text", "console", "brainfuck", "rust python"] {
        assert!(!is_known(name), "{name}");
        assert!(told(name, "if \"a\" { 1 }").is_empty(), "{name}");
    }
}

#[test]
fn the_table_has_each_name_once_and_no_word_of_two_kinds() {
    let mut names = BTreeSet::new();
    for language in LANGUAGES {
        assert!(language.quotes.len() <= MOST_QUOTES, "{}", language.names);
        for name in language.names.split(' ') {
            assert!(!name.is_empty() && names.insert(name), "{name}");
        }
        let mut words = BTreeSet::new();
        for word in
            [language.keywords, language.types, language.literals].iter().flat_map(|list| list.split_whitespace())
        {
            assert!(words.insert(word), "{word} in {}", language.names);
        }
    }
}

proptest! {
    #[test]
    fn the_pieces_are_the_line(
        language in 0..LANGUAGES.len(),
        lines in prop::collection::vec("[-a-zA-Z0-9 '\"`\\\\/*#<>=:;(){}\\[\\]&@$é日_.+!]{0,40}", 0..6),
    ) {
        let names = LANGUAGES.get(language).map_or("", |language| language.names);
        let mut highlighter = Highlighter::new(names.split(' ').next());
        for line in &lines {
            let pieces = highlighter.line(line);
            let whole: String = pieces.iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&whole, line);
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
            prop_assert!(pieces.windows(2).all(|pair| matches!(pair, [a, b] if a.kind != b.kind)));
        }
    }
}
