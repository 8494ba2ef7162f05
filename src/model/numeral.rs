//! Numbers as lists and folios write them.

use super::Numbering;

impl Numbering {
    /// A number without its full stop: `3`, `c`, `C`, `iii`, `III`.
    pub fn numeral(self, number: u32) -> String {
        match self {
            Numbering::Decimal => number.to_string(),
            Numbering::LowerAlpha => letters(number),
            Numbering::UpperAlpha => letters(number).to_uppercase(),
            Numbering::LowerRoman => roman(number),
            Numbering::UpperRoman => roman(number).to_uppercase(),
        }
    }
}

/// a, b … z, aa, ab …
fn letters(number: u32) -> String {
    let mut left = number;
    let mut out = Vec::new();
    while left > 0 {
        left -= 1;
        out.push(char::from(b'a' + (left % 26) as u8));
        left /= 26;
    }
    out.iter().rev().collect()
}

/// i, ii, iii; from 4,000 on in figures, as there are no letters for it.
fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_asked() {
        assert_eq!(Numbering::LowerRoman.numeral(1994), "mcmxciv");
        assert_eq!(Numbering::LowerAlpha.numeral(28), "ab");
        assert_eq!(Numbering::LowerRoman.numeral(4000), "4000");
        assert_eq!(Numbering::LowerRoman.numeral(0), "0");
        assert_eq!(Numbering::UpperRoman.numeral(3), "III");
    }
}
