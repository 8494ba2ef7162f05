//! Lengths as people write them: `20mm`, `0.8in`, `11pt`.

use crate::geom::Pt;

/// A text that is no length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a length such as 20mm, 2cm, 0.8in or 57pt")]
pub struct LengthError(pub(crate) String);

/// Reads a length with its unit: `mm`, `cm`, `in` or `pt`.
///
/// # Errors
///
/// Where the number or the unit is none, or the number is negative or not finite.
pub fn length(text: &str) -> Result<Pt, LengthError> {
    let fault = || LengthError(text.chars().take(40).collect());
    let text = text.trim();
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(fault)?;
    let (number, unit) = text.split_at_checked(unit_at).ok_or_else(fault)?;
    let points = in_unit(number, unit).ok_or_else(fault)?;
    Ok(points)
}

/// The length of `number` in `unit`, where both are what they should be.
pub(super) fn in_unit(number: &str, unit: &str) -> Option<Pt> {
    let value: f32 = number.trim().parse().ok()?;
    if !value.is_finite() || value < 0.0 {
        return None;
    }
    match unit.trim().to_ascii_lowercase().as_str() {
        "mm" => Some(Pt::from_mm(value)),
        "cm" => Some(Pt::from_mm(value * 10.0)),
        "in" => Some(Pt::from_inches(value)),
        "pt" => Some(Pt(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_needs_a_number_and_a_unit() {
        assert_eq!(length("1in"), Ok(Pt(72.0)));
        assert_eq!(length(" 11 pt"), Ok(Pt(11.0)));
        assert!((length("2.54cm").unwrap_or_default().0 - 72.0).abs() < 0.001);
        for wrong in ["", "12", "mm", "-1mm", "1e99pt", "1furlong", "NaNpt", "infpt"] {
            assert!(length(wrong).is_err(), "{wrong}");
        }
    }
}
