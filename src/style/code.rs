//! The look of code: which parts of it are told apart, and how.

use super::names::named;
use crate::highlight::{Highlighter, Kind};
use crate::ink::Ink;
use std::fmt;
use std::str::FromStr;

/// Whether the parts of code are told apart by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Highlight {
    /// Where the language is known.
    #[default]
    Auto,
    /// Never.
    None,
}

impl Highlight {
    /// What reads code in the language of this name as it is to be shown.
    pub fn reader(self, language: Option<&str>) -> Highlighter {
        Highlighter::new(language.filter(|_| self == Highlight::Auto))
    }
}

/// A text that says neither.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no way to highlight code: give auto or none")]
pub struct HighlightError(String);

impl FromStr for Highlight {
    type Err = HighlightError;

    fn from_str(text: &str) -> Result<Highlight, HighlightError> {
        named(text, &[("auto", Highlight::Auto), ("none", Highlight::None)]).map_err(HighlightError)
    }
}

impl fmt::Display for Highlight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Highlight::Auto => "auto",
            Highlight::None => "none",
        })
    }
}

/// How a part of code is printed, beside the rest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeLook {
    /// Its colour: on white with a contrast of 7 to 1 or more (WCAG 2.2, 1.4.6).
    pub ink: Ink,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// How a part of this kind is printed. Keywords are bold and comments italic, so that they are told apart where there is no colour too.
pub fn code_look(kind: Kind) -> CodeLook {
    let plain = CodeLook { ink: Ink::BLACK, bold: false, italic: false };
    match kind {
        Kind::Comment => CodeLook { ink: Ink::gray(0x55), italic: true, ..plain },
        Kind::Keyword => CodeLook { ink: Ink::rgb(0x1d_3a_8a), bold: true, ..plain },
        Kind::String => CodeLook { ink: Ink::rgb(0x0b_57_2c), ..plain },
        Kind::Number => CodeLook { ink: Ink::rgb(0x8a_32_00), ..plain },
        Kind::Type => CodeLook { ink: Ink::rgb(0x64_24_80), ..plain },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_code_is_seen_on_paper() {
        for kind in Kind::ALL {
            let contrast = code_look(kind).ink.contrast(Ink::gray(255));
            assert!(contrast >= 7.0, "{kind:?}: {contrast:.2}");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        let looks: Vec<CodeLook> = Kind::ALL.into_iter().map(code_look).collect();
        assert!(looks.iter().enumerate().all(|(at, look)| looks.iter().skip(at + 1).all(|other| other != look)));
    }
}
