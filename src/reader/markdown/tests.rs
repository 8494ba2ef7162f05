use super::{Options, read};
use crate::diag::Code;
use crate::reader::Reading;
use crate::reader::pictures::{NoResources, PictureError, Resources};

const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

struct OnePicture;

impl Resources for OnePicture {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, PictureError> {
        if path == "owl.gif" { Ok(GIF.to_vec()) } else { Err(PictureError::Missing) }
    }
}

fn reading(text: &str) -> Reading {
    let reading = read(text.as_bytes(), "an-owl.md", &Options::default(), &mut OnePicture).unwrap();
    reading.document.validate().unwrap_or_else(|fault| panic!("{fault} in {}", reading.document.dump()));
    reading
}

/// The dump behind the metadata.
#[track_caller]
fn check(text: &str, wanted: &str) {
    let dump = reading(text).document.dump();
    let (_, body) = dump.split_once("language: en\n").unwrap();
    assert_eq!(body, wanted, "{text}");
}

fn codes(text: &str) -> Vec<Code> {
    reading(text).diagnostics.iter().map(|one| one.code).filter(|code| *code != Code::TitleFromFileName).collect()
}

#[test]
fn headings_nest_and_the_only_one_on_top_is_the_title() {
    let read = reading("# The _Owl_\n\nLead.\n\n## One\n\na\n\n### Deep\n\nb\n\n## Two\n\nc\n");
    assert_eq!(read.document.meta.title, "The Owl");
    check(
        "# The Owl\n\nLead.\n\n## One\n\na\n\n### Deep\n\nb\n\n## Two\n\nc\n",
        "# body section the-owl\n  body: Lead.\n# body section one: One\n  body: a\n  # body section deep: Deep\n    body: b\n\
         # body section two: Two\n  body: c\n",
    );
    check(
        "# One\n\na\n\n## In\n\n# Two\n\nb\n",
        "# body chapter one: One\n  body: a\n  # body section in: In\n# body chapter two: Two\n  body: b\n",
    );
}

#[test]
fn marks_within_a_line() {
    check(
        "_a **b**_ `c` ~~d~~ x ^2^ H ~2~  \ne <b>f</b><br>g <kbd>h</kbd> &amp;\n",
        "# body section start\n  body: _a *b*_ `c` ~d~ x {+2} H {-2} ⏎ e *f* ⏎ g `h` &\n",
    );
}

#[test]
fn blocks_of_every_kind() {
    check(
        "> q\n\n1. a\n2. b\n   - [x] c\n\n```rust\nlet x;\n\n```\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n* * *\n\nterm\n: meaning\n",
        "# body section start\n  quotation\n    body: q\n  list decimal from 1\n    item\n      body: a\n    item\n      body: b\n      \
         list\n        item\n          body: ☒ c\n  code rust\n    | let x;\n    | \n  table: \n    | A | B |\n    | 1 | 2 |\n  \
         scene break * * *\n  definitions\n    term: term\n    meaning\n      body: meaning\n",
    );
}

#[test]
fn definitions_have_terms_and_meanings() {
    check(
        "One\nTwo\n: a\n\n    b\n: c\n\n_Three_\n: d\n",
        "# body section start\n  definitions\n    term: One Two\n    meaning\n      body: a\n      body: b\n    meaning\n      \
         body: c\n    term: _Three_\n    meaning\n      body: d\n",
    );
}

#[test]
fn letters_are_raised_and_lowered_within_words() {
    check("H~2~O and x^2^y\n", "# body section start\n  body: H{-2}O and x{+2}y\n");
    check("~gone with it~ and H ~2~\n", "# body section start\n  body: ~gone with it~ and H {-2}\n");
    check("H\\~2~O, x\\^2^ and a&#94;b^\n", "# body section start\n  body: H~2~O, x^2^ and a^b^\n");
}

#[test]
fn quotations_have_marks_and_abbreviations_what_they_stand_for() {
    check(
        "<q>So <q>it</q> is</q>, says the <abbr title=\"World &amp; all\">W_A_</abbr>, the <abbr>X</abbr>.\n",
        "# body section start\n  body: {q: \"So {q: 'it'} is\"}, says the {W_A_ = World & all}, the X.\n",
    );
}

#[test]
fn formulas_stand_within_lines_or_on_their_own() {
    check("a $x^2$ b\n", "# body section start\n  body: a $x^2$ b\n");
    check("$$x +\n y % no\n z$$\n", "# body section start\n  math: x + y z\n");
    check("a\n$$x$$\nb\n", "# body section start\n  body: a\n  math: x\n  continued: b\n");
    check("a *b $$x$$*\n", "# body section start\n  body: a _b $x$_\n");
    assert_eq!(codes("a $x^2$ b"), []);
    assert_eq!(codes("a $\\nothing$ and $\\overbrace{a}$ here"), [Code::FormulaAsSource; 2]);
    assert_eq!(codes("a $\\begin{matrix}a&b\\end{matrix}$ here"), []);
    assert_eq!(codes("$$\\begin{matrix}a&b\\end{matrix}$$"), []);
    assert_eq!(codes("a[^1]\n\n[^1]: $$\\overbrace{a}$$"), [Code::FormulaAsSource]);
    check("It costs $5, or $6.\n", "# body section start\n  body: It costs $5, or $6.\n");
}

#[test]
fn notes_are_numbered_by_their_references() {
    check(
        "a[^z] b[^y] c[^z]\n\n[^y]: Why\n[^z]: Zed\n\n    more\n",
        "# body section start\n  body: a[n0] b[n1] c[n0]\nnote 0 z\n  body: Zed\n  body: more\nnote 1 y\n  body: Why\n",
    );
}

#[test]
fn links_are_checked() {
    check(
        "# A b\n\n[in](#a-b) [own](#x) [out](https://a.b) <m@a.b> [bad](javascript:x) [none](#none)\n\n# C {#x}\n\nd\n",
        "# body section a-b: A b\n  body: <in → a-b> <own → x> <out → https://a.b> <m@a.b → mailto:m@a.b> bad none\n\
         # body section x: C\n  body: d\n",
    );
    assert_eq!(
        codes("[bad](javascript:x) [file](file:///etc/passwd) [other](b.md) [none](#none)"),
        [Code::LinkRefused; 4]
    );
}

#[test]
fn pictures_come_from_the_resources() {
    check(
        "![An _owl_](owl.gif)\n\nIn line ![x](owl.gif) and ![gone](none.gif).\n",
        "# body section start\n  figure 0: An owl: An owl\n  body: In line [image 0: x] and gone.\n",
    );
    assert_eq!(codes("![gone](none.gif) ![far](http://a.b/c.png)"), [Code::PictureRefused; 2]);
}

#[test]
fn the_title_of_a_picture_is_its_caption() {
    check(
        "![An owl](owl.gif \"Fig. 1\")\n\na ![b](owl.gif 'c')\n",
        "# body section start\n  figure 0: An owl: Fig. 1\n  body: a [image 0: b: c]\n",
    );
}

#[test]
fn raw_html_is_left_out_and_said_so() {
    let read = reading("a <span>b</span>\n\n<div>\nc\n</div>\n\n<!-- d -->\n\ne <script>f</script>\n");
    assert!(read.document.dump().contains("body: a b\n  body: e f\n"), "{}", read.document.dump());
    assert_eq!(read.left_out.len(), 6);
    assert_eq!(codes("<div>c</div>\n\n<!-- d -->\n\ne\n"), [Code::RawHtml]);
}

#[test]
fn front_matter_gives_metadata() {
    let read = reading("---\ntitle: Owls\nauthor: A. Writer\nlang: en-GB\n---\n\n# Owls\n\nText\n");
    assert_eq!(read.document.meta.title, "Owls");
    assert_eq!(read.document.meta.language.as_str(), "en-GB");
    assert!(read.document.sections.iter().all(|section| section.heading.is_none()));
    assert_eq!(codes("---\ntitel: a\n---\nx"), [Code::FrontMatter]);
}

#[test]
fn spans_tell_where_blocks_come_from() {
    let read = reading("---\ntitle: Owls\n---\n\nOne.\n\nTwo.\n");
    let spans: Vec<&str> = read
        .document
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .map(|block| read.source.slice(block.span()).trim())
        .collect();
    assert_eq!(spans, ["One.", "Two."]);
}

#[test]
fn depth_is_bounded() {
    let depth = 10_000;
    for text in [
        format!("{}deep", "> ".repeat(depth)),
        format!("{}deep", "- ".repeat(depth)),
        format!("{}deep{}", "*a ".repeat(depth), "*".repeat(depth)),
        format!("{}deep{}", "[".repeat(depth), "](x)".repeat(depth)),
        format!("{}deep", "<b>".repeat(depth)),
        format!("{}deep{}", "*a ".repeat(depth), "a*".repeat(depth)),
        format!("{}deep{}", "![".repeat(depth), "](x)".repeat(depth)),
        format!("{}deep\n{}", "> ".repeat(depth), "a\n".repeat(depth)),
    ] {
        assert!(reading(&text).document.dump().contains("deep"));
    }
    assert_eq!(codes(&format!("{}deep", "> ".repeat(depth))), [Code::TooDeep]);
    assert_eq!(codes(&format!("{}deep{}", "*a ".repeat(depth), "a*".repeat(depth))), [Code::TooDeep]);
}

#[test]
fn a_text_of_nothing_is_an_error() {
    assert!(read(b" \n", "a.md", &Options::default(), &mut NoResources).is_err());
}

#[test]
fn what_stands_too_deep_or_is_named_twice_loses_no_word() {
    let deep = reading(&format!("{}- one\n", "> ".repeat(23)));
    assert!(deep.document.dump().contains("one"), "{}", deep.document.dump());
    let twice = reading("Text[^a].\n\n[^a]: First.\n\n[^a]: Second.\n").document.dump();
    assert!(twice.contains("First.") && twice.contains("Second."), "{twice}");
}
