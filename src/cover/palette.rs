//! The colours of drawn covers.

/// A colour: red, green, blue.
pub(super) type Color = [u8; 3];

/// The four colours of a cover.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// The ground of the pattern.
    pub(super) field: Color,
    /// What the pattern is printed with.
    pub(super) ornament: Color,
    /// The ground of the lettering.
    pub(super) paper: Color,
    /// What the lettering is printed with: at least 7 : 1 against `paper`.
    pub(super) ink: Color,
}

const fn palette(field: u32, ornament: u32, paper: u32, ink: u32) -> Palette {
    Palette { field: color(field), ornament: color(ornament), paper: color(paper), ink: color(ink) }
}

const fn color(rgb: u32) -> Color {
    let [_, red, green, blue] = rgb.to_be_bytes();
    [red, green, blue]
}

/// Sober pairs, dark and light, in the colours of book cloth.
pub(super) static PALETTES: [Palette; 16] = [
    palette(0x2F4A3C, 0x8FB09A, 0xF4EFE2, 0x1E2F26),
    palette(0x6B2327, 0xC98A80, 0xF5EDE0, 0x3B1214),
    palette(0x22344F, 0x8FA6C4, 0xF3EEE3, 0x17233A),
    palette(0xC39443, 0xF0D9A0, 0xFAF5E8, 0x3D2A12),
    palette(0x4A5560, 0xA9B6C0, 0xF2F1EC, 0x22282E),
    palette(0x4B2E4A, 0xB392B0, 0xF4EEE8, 0x2E1A2E),
    palette(0xB5573A, 0xEFC0A4, 0xF8F0E4, 0x3A1B10),
    palette(0xC9D2B8, 0x6F8460, 0xFBF9F0, 0x2F3A28),
    palette(0xBFD0DC, 0x5C7D96, 0xFAF8F2, 0x22323F),
    palette(0xE3C4BC, 0xA65E57, 0xFBF6EF, 0x4A2020),
    palette(0xDDCFB0, 0x8C7440, 0xFBF8F0, 0x3A2F1A),
    palette(0x1F5459, 0x86B8B5, 0xF3F0E6, 0x123337),
    palette(0x26262A, 0x8C8A86, 0xF4F1EA, 0x1C1C1F),
    palette(0xF0E6D2, 0xA8442F, 0xFDFAF3, 0x4A1A10),
    palette(0xCFCBDC, 0x6D6690, 0xFAF9F4, 0x2A2640),
    palette(0xEEE8D5, 0x5C6B3A, 0xFCFAF2, 0x2B331A),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours (WCAG 2.1).
    fn contrast(one: Color, other: Color) -> f64 {
        let luminance = |color: Color| {
            let [red, green, blue] = color.map(|part| match f64::from(part) / 255.0 {
                part if part <= 0.04045 => part / 12.92,
                part => ((part + 0.055) / 1.055).powf(2.4),
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        (one / other).max(other / one)
    }

    #[test]
    fn lettering_can_be_read() {
        for palette in PALETTES {
            assert!(contrast(palette.paper, palette.ink) >= 7.0, "{palette:?}");
            assert!(contrast(palette.field, palette.ornament) >= 1.8, "{palette:?}");
        }
    }
}
