//! The theme: what each part of a text looks like, and the geometry of the page.
//!
//! [`Settings`] are what a person asks for; [`Style`] is what follows from them for one document, with nothing left open.

mod class;
mod code;
mod geometry;
mod length;
mod margins;
mod names;
mod paper;
mod theme;
mod writing_mode;

pub use class::Class;
pub use code::{CodeLook, Highlight, HighlightError, code_look};
pub use geometry::{CAPITALS, Geometry};
pub use length::{LengthError, length};
pub use margins::{Margins, MarginsError};
pub use paper::{Paper, PaperError};
pub use theme::{Align, Figures, FiguresError, FolioPlace, Look, Ornament, RunningHead, TextStyle, Theme, ThemeError};
pub use writing_mode::{WritingMode, WritingModeError};

use crate::geom::Pt;
use crate::model::Document;

/// What a person may ask of the pages: `None` leaves it to class, paper and theme.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Article or book; else decided from the content.
    pub class: Option<Class>,
    /// The look; else [`Theme::Classic`] for books and [`Theme::Modern`] for articles.
    pub theme: Option<Theme>,
    /// The trim; else A5 for books and A4 for articles.
    pub paper: Option<Paper>,
    /// The margins; else they follow from the paper and the measure.
    pub margins: Option<Margins>,
    /// The type size of running text.
    pub font_size: Option<Pt>,
    /// The distance of baselines in running text.
    pub leading: Option<Leading>,
    /// The columns of an article, 1 or 2.
    pub columns: Option<u8>,
    /// Whether lines are set to the full measure.
    pub justify: Option<bool>,
    /// Whether words may be divided.
    pub hyphens: Option<bool>,
    /// Whether chapters open with a large initial.
    pub drop_caps: Option<bool>,
    /// Whether the type is for weak eyes: 18 pt, ragged, undivided words.
    pub large_print: Option<bool>,
    /// Whether contents are printed; else in books alone.
    pub contents: Option<bool>,
    /// Whether chapters open on right-hand pages alone.
    pub recto_openings: Option<bool>,
    /// Whether marks hang into the margin; else they do where lines are justified.
    pub protrusion: Option<bool>,
    /// Whether lines may be filled by glyphs up to 2 % wider or narrower and letters set a little closer or farther apart,
    /// before spaces grow or shrink; else they may.
    pub expansion: Option<bool>,
    /// The figures of running text; else as the theme has them.
    pub figures: Option<Figures>,
    /// How many pixels of a picture are an inch, unless that is wider or higher than there is room; else 150, the fewest that
    /// look well in print.
    pub image_dpi: Option<f32>,
    /// Whether the parts of code are told apart by colour; else they are.
    pub highlight: Option<Highlight>,
}

/// The distance of baselines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leading {
    /// As a multiple of the type size.
    Factor(f32),
    /// As a length.
    Length(Pt),
}

/// A text that is no leading.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a leading: give a factor such as 1.3, or a length such as 14pt")]
pub struct LeadingError(String);

impl std::str::FromStr for Leading {
    type Err = LeadingError;

    fn from_str(text: &str) -> Result<Leading, LeadingError> {
        let fault = || LeadingError(text.chars().take(40).collect());
        match text.trim().parse::<f32>() {
            // Below 0.8 lines run into each other; above 4 a page holds no paragraph.
            Ok(factor) if (0.8..=4.0).contains(&factor) => Ok(Leading::Factor(factor)),
            Ok(_) => Err(fault()),
            Err(_) => match length(text) {
                Ok(value) if (3.0..=400.0).contains(&value.0) => Ok(Leading::Length(value)),
                _ => Err(fault()),
            },
        }
    }
}

/// Why the settings do not fit each other.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum StyleError {
    /// The type size is out of range.
    #[error("a font size of {}pt cannot be used: give 4pt to 72pt", .0.0)]
    FontSize(Pt),
    /// The margins leave no room.
    #[error("the margins leave a measure of {}pt, room for fewer than 10 characters: give smaller margins, type or columns", .0.0)]
    Measure(Pt),
    /// The margins leave no height.
    #[error("the margins leave room for {0} lines: give smaller margins or leading")]
    Lines(u16),
    /// Not one or two columns.
    #[error("{0} columns cannot be set: give 1 or 2")]
    Columns(u8),
}

/// Everything that follows from the settings for one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Article or book.
    pub class: Class,
    /// Page, margins and grid.
    pub geometry: Geometry,
    /// The look of each role.
    pub look: Look,
    /// The type size of running text.
    pub size: Pt,
    /// Whether lines are set to the full measure.
    pub justify: bool,
    /// Whether words may be divided.
    pub hyphens: bool,
    /// Whether chapters open with a large initial.
    pub drop_caps: bool,
    /// Whether contents are printed.
    pub contents: bool,
    /// Whether chapters open on right-hand pages alone.
    pub recto_openings: bool,
    /// Whether marks hang into the margin.
    pub protrusion: bool,
    /// Whether glyphs and letter fit give before spaces do.
    pub expansion: bool,
    /// The figures of running text.
    pub figures: Figures,
    /// How many pixels of a picture are an inch at the most.
    pub image_dpi: f32,
    /// Whether the parts of code are told apart by colour.
    pub highlight: Highlight,
}

impl Settings {
    /// Puts what `over` asks for in the place of what these do.
    pub fn overlay(&mut self, over: &Settings) {
        let Settings {
            class,
            theme,
            paper,
            margins,
            font_size,
            leading,
            columns,
            justify,
            hyphens,
            drop_caps,
            large_print,
            contents,
            recto_openings,
            protrusion,
            expansion,
            figures,
            image_dpi,
            highlight,
        } = *over;
        *self = Settings {
            class: class.or(self.class),
            theme: theme.or(self.theme),
            paper: paper.or(self.paper),
            margins: margins.or(self.margins),
            font_size: font_size.or(self.font_size),
            leading: leading.or(self.leading),
            columns: columns.or(self.columns),
            justify: justify.or(self.justify),
            hyphens: hyphens.or(self.hyphens),
            drop_caps: drop_caps.or(self.drop_caps),
            large_print: large_print.or(self.large_print),
            contents: contents.or(self.contents),
            recto_openings: recto_openings.or(self.recto_openings),
            protrusion: protrusion.or(self.protrusion),
            expansion: expansion.or(self.expansion),
            figures: figures.or(self.figures),
            image_dpi: image_dpi.or(self.image_dpi),
            highlight: highlight.or(self.highlight),
        };
    }

    /// The style of `document` under these settings.
    ///
    /// # Errors
    ///
    /// Where type, margins and columns leave no room for text.
    pub fn resolve(&self, document: &Document) -> Result<Style, StyleError> {
        let class = self.class.unwrap_or_else(|| Class::of(document));
        let theme = self.theme.unwrap_or(match class {
            Class::Article => Theme::Modern,
            Class::Book => Theme::Classic,
        });
        let look = theme.look();
        let large_print = self.large_print.unwrap_or_default();
        let paper = self.paper.unwrap_or(match class {
            Class::Article => Paper::A4,
            Class::Book => Paper::A5,
        });
        let size = match (self.font_size, large_print) {
            // 18 pt is what the American Printing House for the Blind asks of large print.
            (size, true) => size.unwrap_or(Pt(18.0)).max(Pt(18.0)),
            (Some(size), false) => size,
            (None, false) => theme.size_on(paper.size().width),
        };
        if !(4.0..=72.0).contains(&size.0) {
            return Err(StyleError::FontSize(size));
        }
        let leading = match self.leading {
            Some(Leading::Factor(factor)) => size * factor,
            Some(Leading::Length(length)) => length,
            None => size * look.leading,
        };
        let columns = self.columns.unwrap_or(1);
        if !(1..=2).contains(&columns) {
            return Err(StyleError::Columns(columns));
        }
        let columns = if class == Class::Article { columns } else { 1 };
        let geometry = Geometry::new(class, paper, self.margins, size, leading, columns, &look)?;
        let justify = self.justify.unwrap_or(look.justify && !large_print);
        Ok(Style {
            class,
            geometry,
            size,
            justify,
            hyphens: self.hyphens.unwrap_or(look.hyphens && !large_print),
            drop_caps: self.drop_caps.unwrap_or(false),
            contents: self.contents.unwrap_or(class == Class::Book),
            recto_openings: self.recto_openings.unwrap_or_default(),
            protrusion: self.protrusion.unwrap_or(justify),
            expansion: self.expansion.unwrap_or(justify),
            figures: self.figures.unwrap_or(look.figures),
            image_dpi: self.image_dpi.filter(|dpi| *dpi >= 1.0).unwrap_or(150.0),
            highlight: self.highlight.unwrap_or_default(),
            look,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnchorId, Document, Matter, Section, SectionRole};
    use crate::source::Span;

    fn book() -> Document {
        let mut document = Document::default();
        document.sections.push(Section {
            id: AnchorId("c1".into()),
            matter: Matter::Body,
            role: SectionRole::Chapter,
            heading: None,
            blocks: Vec::new(),
            children: Vec::new(),
            span: Span::default(),
        });
        document
    }

    #[test]
    fn chapters_make_a_book_on_a5_and_anything_else_is_an_article_on_a4() {
        let style = Settings::default().resolve(&book());
        assert!(style.is_ok_and(|style| style.class == Class::Book && style.geometry.page.width < Pt(430.0)));
        let style = Settings::default().resolve(&Document::default());
        assert!(style.is_ok_and(|style| style.class == Class::Article && style.geometry.page.width > Pt(590.0)));
    }

    #[test]
    fn an_article_keeps_its_measure_on_every_paper() {
        for paper in ["a4", "letter", "b5", "legal", "8x10in"] {
            let settings = Settings { paper: paper.parse().ok(), ..Settings::default() };
            let Ok(style) = settings.resolve(&Document::default()) else { panic!("{paper}") };
            let characters = style.geometry.measure.0 / (style.size.0 * geometry::CHARACTER);
            assert!((60.0..=72.0).contains(&characters), "{paper}: {characters}");
        }
    }

    #[test]
    fn given_margins_are_kept_and_margins_without_room_are_refused() {
        let settings = |margins: &str| Settings {
            paper: "6x9in".parse().ok(),
            margins: margins.parse().ok(),
            font_size: Some(Pt(11.0)),
            ..Settings::default()
        };
        let style = settings("0.8in").resolve(&book());
        assert!(style.is_ok_and(|style| (style.geometry.measure.0 - 316.8).abs() < 0.01));
        assert!(matches!(settings("2.9in").resolve(&book()), Err(StyleError::Measure(_))));
        assert!(matches!(settings("4.4in,1in").resolve(&book()), Err(StyleError::Lines(_))));
    }

    #[test]
    fn leading_is_a_factor_or_a_length() {
        assert_eq!("1.3".parse(), Ok(Leading::Factor(1.3)));
        assert_eq!("14pt".parse(), Ok(Leading::Length(Pt(14.0))));
        assert!("0".parse::<Leading>().is_err() && "wide".parse::<Leading>().is_err());
    }
}
