//! The colour of what is printed.

/// A colour of sRGB, opaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Ink {
    /// The red part.
    pub red: u8,
    /// The green part.
    pub green: u8,
    /// The blue part.
    pub blue: u8,
}

impl Ink {
    /// Black.
    pub const BLACK: Ink = Ink::gray(0);

    /// A grey: 0 black, 255 white.
    pub const fn gray(level: u8) -> Ink {
        Ink { red: level, green: level, blue: level }
    }

    /// The colour `0xRRGGBB`.
    pub const fn rgb(value: u32) -> Ink {
        let [_, red, green, blue] = value.to_be_bytes();
        Ink { red, green, blue }
    }

    /// How well it is seen on a ground: 1 not at all, 21 best (WCAG 2.2, contrast ratio).
    pub fn contrast(self, ground: Ink) -> f64 {
        let (one, other) = (self.luminance() + 0.05, ground.luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    /// The relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |level: u8| {
            let part = f64::from(level) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Whether it is a grey.
    pub fn is_gray(self) -> bool {
        self.red == self.green && self.green == self.blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_as_the_w3c_reckons_it() {
        let white = Ink::gray(255);
        assert!((Ink::BLACK.contrast(white) - 21.0).abs() < 1e-9 && (white.contrast(white) - 1.0).abs() < 1e-9);
        assert!((Ink::gray(0x76).contrast(white) - 4.54).abs() < 0.01);
        assert!((white.contrast(Ink::rgb(0x0000ff)) - 8.59).abs() < 0.01);
    }
}
