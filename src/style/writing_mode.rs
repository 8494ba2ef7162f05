//! How lines run.

use super::names::named;
use std::fmt;
use std::str::FromStr;

/// How lines and pages run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WritingMode {
    /// Lines run across, from top to bottom.
    Horizontal,
    /// Lines run down, from right to left.
    Vertical,
}

/// A text that is no writing mode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a writing mode: give horizontal or vertical")]
pub struct WritingModeError(String);

impl FromStr for WritingMode {
    type Err = WritingModeError;

    fn from_str(text: &str) -> Result<WritingMode, WritingModeError> {
        let names = [("horizontal", WritingMode::Horizontal), ("vertical", WritingMode::Vertical)];
        named(text, &names).map_err(WritingModeError)
    }
}

impl fmt::Display for WritingMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WritingMode::Horizontal => "horizontal",
            WritingMode::Vertical => "vertical",
        })
    }
}
