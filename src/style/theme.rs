//! The looks.

use super::names::named;
use crate::geom::{Em, Pt};
use std::fmt;
use std::str::FromStr;

/// A look for a whole document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// A book of the good old kind: centred heads, small capitals, indented paragraphs.
    #[default]
    Classic,
    /// A magazine or report: bold heads on the left, rules.
    Modern,
    /// For reading and annotating: wide leading, wide margins, ragged lines.
    Manuscript,
}

/// A text that is no theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a theme: give classic, modern or manuscript")]
pub struct ThemeError(String);

impl FromStr for Theme {
    type Err = ThemeError;

    fn from_str(text: &str) -> Result<Theme, ThemeError> {
        let names = [("classic", Theme::Classic), ("modern", Theme::Modern), ("manuscript", Theme::Manuscript)];
        named(text, &names).map_err(ThemeError)
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Theme::Classic => "classic",
            Theme::Modern => "modern",
            Theme::Manuscript => "manuscript",
        })
    }
}

/// The shape of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Figures {
    /// As the face has them by default.
    #[default]
    Default,
    /// As tall as capitals.
    Lining,
    /// With ascenders and descenders.
    OldStyle,
}

/// A text that is no kind of figures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no kind of figures: give lining or old-style")]
pub struct FiguresError(String);

impl FromStr for Figures {
    type Err = FiguresError;

    fn from_str(text: &str) -> Result<Figures, FiguresError> {
        let names = [("lining", Figures::Lining), ("old-style", Figures::OldStyle), ("oldstyle", Figures::OldStyle)];
        named(text, &names).map_err(FiguresError)
    }
}

/// Where something stands between two edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the start side.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the far side.
    End,
}

impl Align {
    /// Which part of the room beside it stands before it: 0, ½ or 1.
    pub(crate) fn share(self) -> f32 {
        match self {
            Align::Start => 0.0,
            Align::Center => 0.5,
            Align::End => 1.0,
        }
    }
}

/// How a piece of text is set, beside the running text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Its size in multiples of that of running text.
    pub scale: f32,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Small capitals for the small letters.
    pub small_caps: bool,
    /// Room between letters.
    pub tracking: Em,
    /// Where its lines stand.
    pub align: Align,
}

/// What stands over the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunningHead {
    /// Small capitals in the middle: the title on versos, the chapter on rectos.
    SmallCapsCentered,
    /// Italic at the outer edge: the title on versos, the chapter on rectos.
    ItalicOuter,
    /// Author, title and folio at the right, on every page.
    AuthorTitle,
}

/// Where the folio stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolioPlace {
    /// Over the text, at the outer edge.
    HeadOuter,
    /// Under the text, in the middle.
    FootCenter,
    /// Under the text, at the outer edge.
    FootOuter,
}

/// What a pause within a section looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ornament {
    /// The mark, from faces that are always there.
    pub mark: &'static str,
    /// Whether it stands at every pause, or only where a blank line would fall on the edge of a page.
    pub always: bool,
}

/// What each role looks like under a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The leading as a multiple of the type size.
    pub leading: f32,
    /// Whether lines are set to the full measure.
    pub justify: bool,
    /// Whether words may be divided.
    pub hyphens: bool,
    /// The figures of running text.
    pub figures: Figures,
    /// Whether the pages of a book mirror each other.
    pub two_sided: bool,
    /// The indent of a paragraph that follows another.
    pub indent: Em,
    /// The title of the document over an article.
    pub title: TextStyle,
    /// Its subtitle.
    pub subtitle: TextStyle,
    /// Its authors and date.
    pub byline: TextStyle,
    /// Its lead.
    pub standfirst: TextStyle,
    /// Whether a rule closes the title block.
    pub title_rule: bool,
    /// The title on the title page of a book.
    pub book_title: TextStyle,
    /// "Chapter I".
    pub label: TextStyle,
    /// Titles that open a page.
    pub opening: TextStyle,
    /// Second titles below those.
    pub opening_subtitle: TextStyle,
    /// Headings that run on with the text, by level from the highest.
    pub headings: [TextStyle; 3],
    /// How far down a page a chapter opens, as a part of its lines.
    pub sink: f32,
    /// Whether the first words after such an opening are in small capitals.
    pub opening_caps: bool,
    /// The running heads of a book.
    pub running_head: RunningHead,
    /// The folios.
    pub folio: FolioPlace,
    /// Pauses.
    pub ornament: Ornament,
}

const PLAIN: TextStyle =
    TextStyle { scale: 1.0, bold: false, italic: false, small_caps: false, tracking: Em(0.0), align: Align::Start };

impl Theme {
    /// What everything looks like under this theme.
    pub fn look(self) -> Look {
        match self {
            Theme::Classic => classic(),
            Theme::Modern => modern(),
            Theme::Manuscript => manuscript(),
        }
    }

    /// The type size on paper of this width.
    pub(super) fn size_on(self, width: Pt) -> Pt {
        match (self, width.0) {
            (Theme::Manuscript, _) => Pt(12.0),
            (_, ..=330.0) => Pt(9.0),
            (_, ..=390.0) => Pt(10.0),
            (_, ..=425.0) => Pt(10.5),
            _ => Pt(11.0),
        }
    }
}

fn classic() -> Look {
    let centered = TextStyle { align: Align::Center, ..PLAIN };
    let caps = TextStyle { small_caps: true, tracking: Em(0.05), ..centered };
    Look {
        leading: 1.3,
        justify: true,
        hyphens: true,
        // Figures of running text are small letters among small letters.
        figures: Figures::OldStyle,
        two_sided: true,
        indent: Em(1.2),
        title: TextStyle { scale: 1.9, ..centered },
        subtitle: TextStyle { scale: 1.2, italic: true, ..centered },
        byline: caps,
        standfirst: TextStyle { italic: true, ..centered },
        title_rule: false,
        book_title: TextStyle { scale: 2.4, ..centered },
        label: caps,
        opening: TextStyle { scale: 1.5, ..centered },
        opening_subtitle: TextStyle { italic: true, ..centered },
        headings: [caps, TextStyle { italic: true, ..centered }, TextStyle { italic: true, ..PLAIN }],
        sink: 0.2,
        opening_caps: true,
        running_head: RunningHead::SmallCapsCentered,
        folio: FolioPlace::HeadOuter,
        ornament: Ornament { mark: "❦", always: false },
    }
}

fn modern() -> Look {
    let bold = TextStyle { bold: true, ..PLAIN };
    Look {
        leading: 1.36,
        justify: true,
        hyphens: true,
        figures: Figures::Lining,
        two_sided: true,
        indent: Em(1.0),
        title: TextStyle { scale: 2.4, ..bold },
        subtitle: TextStyle { scale: 1.35, ..PLAIN },
        byline: TextStyle { small_caps: true, tracking: Em(0.04), ..PLAIN },
        standfirst: TextStyle { scale: 1.18, italic: true, ..PLAIN },
        title_rule: true,
        book_title: TextStyle { scale: 3.0, ..bold },
        label: TextStyle { small_caps: true, tracking: Em(0.06), ..PLAIN },
        opening: TextStyle { scale: 2.0, ..bold },
        opening_subtitle: TextStyle { scale: 1.2, italic: true, ..PLAIN },
        headings: [TextStyle { scale: 1.25, ..bold }, bold, TextStyle { italic: true, ..bold }],
        sink: 0.14,
        opening_caps: false,
        running_head: RunningHead::ItalicOuter,
        folio: FolioPlace::FootOuter,
        ornament: Ornament { mark: "* * *", always: true },
    }
}

fn manuscript() -> Look {
    let centered = TextStyle { align: Align::Center, ..PLAIN };
    Look {
        leading: 1.9,
        justify: false,
        hyphens: false,
        figures: Figures::Lining,
        two_sided: false,
        indent: Em(2.5),
        title: TextStyle { scale: 1.3, ..centered },
        subtitle: centered,
        byline: centered,
        standfirst: TextStyle { italic: true, ..PLAIN },
        title_rule: false,
        book_title: TextStyle { scale: 1.5, ..centered },
        label: centered,
        opening: centered,
        opening_subtitle: centered,
        headings: [TextStyle { bold: true, ..PLAIN }, TextStyle { italic: true, ..PLAIN }, PLAIN],
        sink: 0.3,
        opening_caps: false,
        running_head: RunningHead::AuthorTitle,
        folio: FolioPlace::HeadOuter,
        ornament: Ornament { mark: "#", always: true },
    }
}
