//! Trim sizes.

use super::length::in_unit;
use crate::geom::{Pt, Size};
use std::fmt;
use std::str::FromStr;

/// The size that pages are trimmed to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper(Size);

/// The trims that have a name, in points.
const NAMED: &[(&str, f32, f32)] = &[
    ("a4", 595.276, 841.89),
    ("a5", 419.528, 595.276),
    ("a6", 297.638, 419.528),
    ("b5", 498.898, 708.661),
    ("letter", 612.0, 792.0),
    ("legal", 612.0, 1008.0),
];

/// Below this no line of text holds a few words.
const SMALLEST: Pt = Pt(144.0);
/// ISO 32000-1, annex C: the largest page that every reader shows.
const LARGEST: Pt = Pt(14_400.0);

/// A text that is no paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// Neither a name nor two lengths.
    #[error("“{0}” is not a paper: give a4, a5, a6, b5, letter, legal, or width × height such as 6x9in or 148x210mm")]
    Unknown(String),
    /// Too small or too large.
    #[error("a paper of {0} cannot be used: each side must measure from 2in to 200in")]
    OutOfRange(String),
}

impl Paper {
    /// ISO A4.
    pub const A4: Paper = Paper(Size { width: Pt(595.276), height: Pt(841.89) });
    /// ISO A5.
    pub const A5: Paper = Paper(Size { width: Pt(419.528), height: Pt(595.276) });

    /// Width and height.
    pub fn size(self) -> Size {
        self.0
    }
}

impl FromStr for Paper {
    type Err = PaperError;

    fn from_str(text: &str) -> Result<Paper, PaperError> {
        let lower = text.trim().to_lowercase().replace('×', "x");
        if let Some((_, width, height)) = NAMED.iter().find(|(name, ..)| *name == lower) {
            return Ok(Paper(Size { width: Pt(*width), height: Pt(*height) }));
        }
        let short = || text.chars().take(40).collect::<String>();
        let size = trim(&lower).ok_or_else(|| PaperError::Unknown(short()))?;
        let fits = |side: Pt| side >= SMALLEST && side <= LARGEST;
        if fits(size.width) && fits(size.height) { Ok(Paper(size)) } else { Err(PaperError::OutOfRange(short())) }
    }
}

/// `6x9in`, `6inx9in`.
fn trim(text: &str) -> Option<Size> {
    let (width, height) = text.split_once('x')?;
    let unit_at = |text: &str| text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (high, unit) = height.split_at_checked(unit_at(height))?;
    let (wide, own_unit) = width.trim().split_at_checked(unit_at(width.trim()))?;
    let own_unit = if own_unit.is_empty() { unit } else { own_unit };
    Some(Size { width: in_unit(wide, own_unit)?, height: in_unit(high, unit)? })
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMED.iter().find(|(_, width, height)| *width == self.0.width.0 && *height == self.0.height.0) {
            Some((name, ..)) => f.write_str(name),
            None => write!(f, "{}x{}pt", self.0.width.0, self.0.height.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_have_names_or_two_lengths() {
        let size = |text: &str| text.parse::<Paper>().map(|paper| (paper.0.width.0.round(), paper.0.height.0.round()));
        assert_eq!(size("A5"), Ok((420.0, 595.0)));
        assert_eq!(size("6x9in"), Ok((432.0, 648.0)));
        assert_eq!(size("5.25 × 8in"), Ok((378.0, 576.0)));
        assert_eq!(size("6in x 9in"), Ok((432.0, 648.0)));
        assert_eq!(size("14.8x21cm"), Ok((420.0, 595.0)));
        assert!(matches!(size("a7"), Err(PaperError::Unknown(_))));
        assert!(matches!(size("6x9"), Err(PaperError::Unknown(_))));
        assert!(matches!(size("1x1mm"), Err(PaperError::OutOfRange(_))));
        assert!(matches!(size("999999x9in"), Err(PaperError::OutOfRange(_))));
    }
}
