//! The standards that a file claims to keep.

use std::fmt;
use std::str::FromStr;

/// What a file claims to be. [`Standards::default`] is accessible and archival at once: PDF/UA-1 and PDF/A-2a.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standards {
    /// Universal accessibility: PDF/UA-1, ISO 14289-1.
    pub accessible: bool,
    /// The part and level of PDF/A, ISO 19005.
    pub archival: Option<Archival>,
    /// Whether somebody asked for exactly this: then what cannot be met is an error, else a warning.
    pub demanded: bool,
}

/// A part of PDF/A and its level of conformance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Archival {
    /// PDF/A-2a: tagged.
    A2a,
    /// PDF/A-2b: looks the same for ever.
    A2b,
    /// PDF/A-3a: tagged, with files attached.
    A3a,
    /// PDF/A-3b: with files attached.
    A3b,
}

impl Archival {
    /// The part of ISO 19005.
    pub fn part(self) -> u8 {
        match self {
            Archival::A2a | Archival::A2b => 2,
            Archival::A3a | Archival::A3b => 3,
        }
    }

    /// The level as metadata writes it.
    pub fn conformance(self) -> char {
        match self {
            Archival::A2a | Archival::A3a => 'A',
            Archival::A2b | Archival::A3b => 'B',
        }
    }
}

impl Default for Standards {
    fn default() -> Standards {
        Standards { accessible: true, archival: Some(Archival::A2a), demanded: false }
    }
}

impl Standards {
    /// No claim at all. The file is tagged all the same.
    pub const NONE: Standards = Standards { accessible: false, archival: None, demanded: true };

    /// Whether a file may have others within: PDF/A has that from part 3 on (ISO 19005-3, 6.8).
    pub fn allow_attachments(self) -> bool {
        self.archival.is_none_or(|archival| archival.part() >= 3)
    }

    /// The same claims in the part of PDF/A that allows attached files.
    pub fn with_attachments(self) -> Standards {
        let archival = self.archival.map(|archival| match archival {
            Archival::A2a | Archival::A3a => Archival::A3a,
            Archival::A2b | Archival::A3b => Archival::A3b,
        });
        Standards { archival, ..self }
    }
}

/// A text that names no standards this writer knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a list of ua-1 and one of a-2a, a-2b, a-3a, a-3b, nor none")]
pub struct StandardError(String);

impl FromStr for Standards {
    type Err = StandardError;

    /// Reads a list such as `ua-1,a-2a`, or `none`.
    fn from_str(text: &str) -> Result<Standards, StandardError> {
        let fault = || StandardError(text.chars().take(40).collect());
        if text.trim() == "none" {
            return Ok(Standards::NONE);
        }
        let mut standards = Standards { accessible: false, archival: None, demanded: true };
        for part in text.split(',').map(str::trim) {
            let archival = match part {
                "ua-1" => {
                    standards.accessible = true;
                    continue;
                }
                "a-2a" => Archival::A2a,
                "a-2b" => Archival::A2b,
                "a-3a" => Archival::A3a,
                "a-3b" => Archival::A3b,
                _ => return Err(fault()),
            };
            if standards.archival.replace(archival).is_some_and(|other| other != archival) {
                return Err(fault());
            }
        }
        Ok(standards)
    }
}

impl fmt::Display for Standards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let archival = match self.archival {
            None => "",
            Some(Archival::A2a) => "a-2a",
            Some(Archival::A2b) => "a-2b",
            Some(Archival::A3a) => "a-3a",
            Some(Archival::A3b) => "a-3b",
        };
        match (self.accessible, archival) {
            (false, "") => f.write_str("none"),
            (true, "") => f.write_str("ua-1"),
            (false, archival) => f.write_str(archival),
            (true, archival) => write!(f, "ua-1,{archival}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_standards_are_read_and_written() {
        for text in ["none", "ua-1", "a-2b", "ua-1,a-2a", "ua-1,a-3b"] {
            assert_eq!(text.parse::<Standards>().map(|standards| standards.to_string()).as_deref(), Ok(text));
        }
        for wrong in ["", "a-2a,a-3b", "a-1b", "none,ua-1", "UA"] {
            assert!(wrong.parse::<Standards>().is_err(), "{wrong}");
        }
    }
}
