//! The table of all that can be said.

use super::value::{
    count, cover, date, font_size, identifier, isbn, named, parsed, path, paths, pattern, people, position, series,
    switch, text, texts,
};
use super::{CoverSetting, SettingError, Settings};
use crate::model::ContributorRole;
use serde_json::Value;

/// One thing that can be said, by a flag, in front matter or in a project file.
pub struct Key {
    /// Its name: that of the flag, and that in files.
    pub name: &'static str,
    /// Other names that files may have for it.
    pub aliases: &'static [&'static str],
    /// What it is about: keys that are about the same take each other's place.
    pub about: &'static str,
    /// Where it applies.
    pub scope: Scope,
    /// What it takes.
    pub takes: Takes,
    /// What holds when nobody says it; empty: nothing, or what the text tells.
    pub default: &'static str,
    /// What it means, in one line.
    pub help: &'static str,
    set: fn(&mut Settings, &Value) -> Result<(), SettingError>,
}

impl std::fmt::Debug for Key {
    /// Its name: what it does is the same wherever that is, and its place in memory is not.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

/// Where a key applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// To the work: its metadata, in both editions.
    Work,
    /// To how its text is read.
    Reading,
    /// To its place in a book that is bound of several texts.
    Place,
    /// To both editions.
    Editions,
    /// To the EPUB.
    Epub,
    /// To the pages.
    Pages,
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: the flag alone says it; files say `true`.
    Nothing,
    /// One value, called this in the help.
    One(&'static str),
    /// Several values: the flag may be repeated; files give a list.
    Many(&'static str),
}

type Set = fn(&mut Settings, &Value) -> Result<(), SettingError>;

const fn key(name: &'static str, scope: Scope, takes: Takes, help: &'static str, set: Set) -> Key {
    Key { name, aliases: &[], about: name, scope, takes, default: "", help, set }
}

impl Key {
    const fn also(self, aliases: &'static [&'static str]) -> Key {
        Key { aliases, ..self }
    }

    const fn about(self, about: &'static str) -> Key {
        Key { about, ..self }
    }

    const fn or(self, default: &'static str) -> Key {
        Key { default, ..self }
    }

    /// The key of a name, whatever its case; `_` is `-`.
    pub fn of(name: &str) -> Option<&'static Key> {
        let name = name.trim().to_lowercase().replace('_', "-");
        KEYS.iter().find(|key| key.names().any(|own| own == name))
    }

    /// All its names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// Whether a value can be one of it.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn check(&self, value: &Value) -> Result<(), SettingError> {
        (self.set)(&mut Settings::default(), value)
    }

    pub(super) fn set(&self, settings: &mut Settings, value: &Value) -> Result<(), SettingError> {
        (self.set)(settings, value)
    }
}

/// Puts a value in its place where there is one.
fn put<T>(place: &mut Option<T>, value: Option<T>) -> Result<(), SettingError> {
    if value.is_some() {
        *place = value;
    }
    Ok(())
}

/// The opposite of a switch.
fn not(value: Option<bool>) -> Option<bool> {
    value.map(|is_on| !is_on)
}

const ROLES: &str = "one of section, dedication, epigraph, foreword, preface, introduction, prologue, part, chapter, epilogue, afterword, \
     appendix, notes, glossary, bibliography, index, acknowledgments, colophon, …";

use Scope::{Editions, Epub, Pages, Place, Reading, Work};
use Takes::{Many, Nothing, One};

/// Everything that can be said.
pub static KEYS: &[Key] = &[
    key("title", Work, One("TEXT"), "The title, instead of the text's own", |s, v| {
        put(&mut s.title, text("title", v)?)
    }),
    key("sort-title", Work, One("TEXT"), "The title as it is sorted, such as “Owl, The”", |s, v| {
        put(&mut s.sort_title, text("sort-title", v)?)
    }),
    key("subtitle", Work, One("TEXT"), "The subtitle", |s, v| put(&mut s.subtitle, text("subtitle", v)?)),
    key(
        "author",
        Work,
        Many("NAME"),
        "An author; “Jane Doe|Doe, Jane” tells how to sort; may be repeated",
        |s, v| put(&mut s.authors, people("author", v, ContributorRole::Author)?),
    )
    .also(&["authors"]),
    key("translator", Work, Many("NAME"), "A translator; may be repeated", |s, v| {
        put(&mut s.translators, people("translator", v, ContributorRole::Translator)?)
    })
    .also(&["translators"]),
    key("editor", Work, Many("NAME"), "An editor; may be repeated", |s, v| {
        put(&mut s.editors, people("editor", v, ContributorRole::Editor)?)
    })
    .also(&["editors"]),
    key("illustrator", Work, Many("NAME"), "An illustrator; may be repeated", |s, v| {
        put(&mut s.illustrators, people("illustrator", v, ContributorRole::Illustrator)?)
    })
    .also(&["illustrators"]),
    key(
        "contributor",
        Work,
        Many("NAME:ROLE"),
        "Somebody with another part, such as “Jane Doe: narrator”, or with a MARC code; may be repeated",
        |s, v| put(&mut s.contributors, people("contributor", v, ContributorRole::Contributor)?),
    )
    .also(&["contributors"]),
    key("language", Work, One("TAG"), "The language, such as en, de or pt-BR", |s, v| {
        put(&mut s.language, parsed("language", v)?)
    })
    .also(&["lang"]),
    key(
        "date",
        Work,
        One("DATE"),
        "The date: YYYY, YYYY-MM or YYYY-MM-DD, “now”, or “mtime”: when the text was last changed",
        |s, v| put(&mut s.date, date(v)?),
    ),
    key("publisher", Work, One("NAME"), "The publisher", |s, v| put(&mut s.publisher, text("publisher", v)?)),
    key("identifier", Work, One("ID"), "ISBN, DOI, URL or UUID", |s, v| put(&mut s.identifier, identifier(v)?))
        .or("a UUID made from the content"),
    key("isbn", Work, One("ISBN"), "The ISBN: the identifier", |s, v| put(&mut s.identifier, isbn(v)?))
        .about("identifier"),
    key("description", Work, One("TEXT"), "What it is about, in a few sentences", |s, v| {
        put(&mut s.description, text("description", v)?)
    }),
    key("subject", Work, Many("TEXT"), "A subject; may be repeated", |s, v| put(&mut s.subjects, texts("subject", v)?))
        .also(&["subjects", "keywords", "tags"]),
    key("rights", Work, One("TEXT"), "The rights in it", |s, v| put(&mut s.rights, text("rights", v)?)),
    key("source", Work, One("TEXT"), "What it was made from, such as a printed edition", |s, v| {
        put(&mut s.source, text("source", v)?)
    }),
    key("series", Work, One("NAME[#N]"), "The series it belongs to, and its place there", |s, v| {
        let (name, number) = series(v)?;
        put(&mut s.series, name)?;
        put(&mut s.series_position, number)
    }),
    key("series-position", Work, One("N"), "Its place in the series, such as 2 or 2.5", |s, v| {
        put(&mut s.series_position, position(v)?)
    }),
    key("role", Place, One("ROLE"), "What a text is for in a book, such as preface or appendix", |s, v| {
        put(&mut s.role, named("role", ROLES, v)?)
    }),
    key("matter", Place, One("MATTER"), "Where a text stands in a book: front, body or back", |s, v| {
        put(&mut s.matter, named("matter", "front, body or back", v)?)
    }),
    key(
        "input-encoding",
        Reading,
        One("NAME"),
        "The encoding of the text, such as windows-1252 or shift_jis",
        |s, v| put(&mut s.encoding, text("input-encoding", v)?),
    )
    .or("found from its bytes"),
    key(
        "chapter",
        Reading,
        One("REGEX"),
        "Each line that matches this regular expression is a chapter's heading, and no other",
        |s, v| put(&mut s.chapter, pattern(v)?),
    ),
    key("highlight", Editions, One("auto|none"), "Whether the parts of code are told apart by colour", |s, v| {
        put(&mut s.highlight, parsed("highlight", v)?)
    })
    .or("auto: where its language is known"),
    key(
        "cover",
        Epub,
        One("FILE"),
        "A picture for the cover of the EPUB: PNG, JPEG, GIF or WebP, best 1600 × 2560",
        |s, v| put(&mut s.cover, cover(v)?),
    )
    .or("one is drawn"),
    key("no-cover", Epub, Nothing, "Make the EPUB without a cover", |s, v| {
        put(&mut s.cover, switch("no-cover", v)?.filter(|is_on| *is_on).map(|_| CoverSetting::Without))
    })
    .about("cover"),
    key("toc-depth", Epub, One("LEVELS"), "How many levels the contents of the EPUB have", |s, v| {
        put(&mut s.toc_depth, count("toc-depth", v, 1, 9)?)
    })
    .or("6"),
    key("page-list", Epub, Nothing, "List the pages of the PDF in the EPUB even when no PDF is made", |s, v| {
        put(&mut s.page_list, switch("page-list", v)?)
    }),
    key(
        "css",
        Epub,
        One("FILE"),
        "A stylesheet that is added to that of the EPUB; it can name no other file or address",
        |s, v| put(&mut s.css, path("css", v)?),
    ),
    key(
        "embed-fonts",
        Epub,
        Nothing,
        "Embed the faces of the pages in the EPUB, with the letters that it needs",
        |s, v| put(&mut s.embed_fonts, switch("embed-fonts", v)?),
    )
    .or("the reader's own faces"),
    key("writing-mode", Epub, One("MODE"), "How lines run in the EPUB: horizontal or vertical", |s, v| {
        put(&mut s.writing_mode, parsed("writing-mode", v)?)
    })
    .or("as the language has it; down in ja and zh-Hant"),
    key("class", Pages, One("article|book"), "Set it as an article or a book", |s, v| {
        put(&mut s.pages.class, parsed("class", v)?)
    })
    .or("a text with chapters is a book"),
    key(
        "paper",
        Pages,
        One("SIZE"),
        "a4, a5, a6, b5, letter, legal, 5x8in, 6x9in, or WxH in mm, cm, in or pt",
        |s, v| put(&mut s.pages.paper, parsed("paper", v)?),
    )
    .or("a4, books a5"),
    key(
        "margin",
        Pages,
        One("LENGTHS"),
        "The margins: one, two or four lengths in the order of CSS, as in 20mm or 0.8in,1in, or inner/outer/head/foot",
        |s, v| put(&mut s.pages.margins, parsed("margin", v)?),
    )
    .also(&["margins"])
    .or("from paper and measure"),
    key(
        "font",
        Pages,
        Many("FILE"),
        "A font file to set the text in; repeat it for italic, bold and bold italic",
        |s, v| put(&mut s.fonts, paths("font", v)?),
    ),
    key("font-size", Pages, One("LENGTH"), "The type size of running text, such as 11pt", |s, v| {
        put(&mut s.pages.font_size, font_size(v)?)
    })
    .or("from the paper"),
    key(
        "leading",
        Pages,
        One("LEADING"),
        "The distance from line to line: a length (15pt), or times the type size (1.3)",
        |s, v| put(&mut s.pages.leading, parsed("leading", v)?),
    )
    .or("as the theme has it"),
    key("theme", Pages, One("NAME"), "The look: classic, modern or manuscript", |s, v| {
        put(&mut s.pages.theme, parsed("theme", v)?)
    })
    .or("classic for books, modern for articles"),
    key("toc", Pages, Nothing, "Print contents, in an article too", |s, v| {
        put(&mut s.pages.contents, switch("toc", v)?)
    })
    .or("in books"),
    key("columns", Pages, One("COUNT"), "Set articles in so many columns: 1 or 2", |s, v| {
        put(&mut s.pages.columns, count("columns", v, 1, 2)?)
    })
    .or("1"),
    key("recto", Pages, Nothing, "Open chapters on right-hand pages alone", |s, v| {
        put(&mut s.pages.recto_openings, switch("recto", v)?)
    }),
    key("drop-caps", Pages, Nothing, "Open chapters with a large initial", |s, v| {
        put(&mut s.pages.drop_caps, switch("drop-caps", v)?)
    }),
    key("justify", Pages, Nothing, "Set paragraphs to the full measure, where the theme has them ragged", |s, v| {
        put(&mut s.pages.justify, switch("justify", v)?)
    })
    .or("as the theme has it"),
    key("ragged", Pages, Nothing, "Leave the right edge of paragraphs ragged", |s, v| {
        put(&mut s.pages.justify, not(switch("ragged", v)?))
    })
    .about("justify"),
    key("hyphens", Pages, One("on|off"), "Whether words may be divided", |s, v| {
        put(&mut s.pages.hyphens, switch("hyphens", v)?)
    })
    .or("as the theme has it"),
    key(
        "hyphenation",
        Pages,
        One("FILE"),
        "Words and where they may be divided, one a line: ta-ble, or record for never",
        |s, v| put(&mut s.hyphenation, path("hyphenation", v)?),
    ),
    key("protrusion", Pages, One("on|off"), "Whether marks hang into the margin", |s, v| {
        put(&mut s.pages.protrusion, switch("protrusion", v)?)
    })
    .or("on where paragraphs are justified"),
    key(
        "expansion",
        Pages,
        One("on|off"),
        "Whether glyphs give up to 2 % and letters a little before spaces do",
        |s, v| put(&mut s.pages.expansion, switch("expansion", v)?),
    )
    .or("on"),
    key("figures", Pages, One("KIND"), "The figures of running text: lining or old-style", |s, v| {
        put(&mut s.pages.figures, parsed("figures", v)?)
    })
    .or("as the theme has them"),
    key("large-print", Pages, Nothing, "Set it for weak eyes: large type, ragged lines, no divided words", |s, v| {
        put(&mut s.pages.large_print, switch("large-print", v)?)
    }),
    key(
        "image-dpi",
        Pages,
        One("N"),
        "How many pixels of a picture are an inch of the page, where there is room",
        |s, v| put(&mut s.pages.image_dpi, count::<u16>("image-dpi", v, 10, 2400)?.map(f32::from)),
    )
    .or("150"),
    key(
        "pdf-standard",
        Pages,
        One("STANDARDS"),
        "What the PDF has to meet, such as ua-1,a-2a, a-2b, a-3b or none",
        |s, v| put(&mut s.pdf_standard, texts("pdf-standard", v)?.map(|list| list.join(","))),
    )
    .or("ua-1,a-2a"),
    key(
        "attach-source",
        Pages,
        Nothing,
        "Put the text itself into the PDF, as a file beside its pages: a PDF/A-3",
        |s, v| put(&mut s.attach_source, switch("attach-source", v)?),
    ),
];
