//! Margins as people give them.

use super::length::{LengthError, length};
use crate::geom::{Pt, Sides};
use std::str::FromStr;

/// The four margins of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins(pub Sides<Pt>);

/// A text that gives no margins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarginsError {
    /// One of the lengths is none.
    #[error(transparent)]
    Length(#[from] LengthError),
    /// Not one, two or four lengths.
    #[error(
        "{0} lengths are no margins: give one for all sides, two (head and foot, inner and outer), \
         four (head, outer, foot, inner), or inner/outer/head/foot"
    )]
    Count(usize),
}

impl FromStr for Margins {
    type Err = MarginsError;

    /// Reads one, two or four lengths with commas or spaces between, in the order of CSS, or `inner/outer/head/foot`.
    fn from_str(text: &str) -> Result<Margins, MarginsError> {
        let by_slash = text.contains('/');
        let parts = if by_slash {
            text.split('/').map(length).collect::<Result<Vec<Pt>, _>>()?
        } else {
            let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
            parts.map(length).collect::<Result<Vec<Pt>, _>>()?
        };
        let sides = match (parts.as_slice(), by_slash) {
            (&[inner, outer, head, foot], true) => Sides { inner, outer, head, foot },
            (&[all], false) => Sides { inner: all, outer: all, head: all, foot: all },
            (&[high, wide], false) => Sides { inner: wide, outer: wide, head: high, foot: high },
            (&[head, outer, foot, inner], false) => Sides { inner, outer, head, foot },
            (other, _) => return Err(MarginsError::Count(other.len())),
        };
        Ok(Margins(sides))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_take_one_two_or_four_lengths() {
        let sides = |text: &str| {
            text.parse::<Margins>().map(|Margins(sides)| [sides.inner.0, sides.outer.0, sides.head.0, sides.foot.0])
        };
        assert_eq!(sides("1in"), Ok([72.0; 4]));
        assert_eq!(sides("10pt,20pt"), Ok([20.0, 20.0, 10.0, 10.0]));
        assert_eq!(sides("1pt 2pt 3pt 4pt"), Ok([4.0, 2.0, 1.0, 3.0]));
        assert_eq!(sides("1pt/2pt/3pt/4pt"), Ok([1.0, 2.0, 3.0, 4.0]));
        assert_eq!(sides("1pt,2pt,3pt"), Err(MarginsError::Count(3)));
        assert!(matches!(sides("wide"), Err(MarginsError::Length(_))));
    }
}
