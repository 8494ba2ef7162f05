//! The words of those who print and sell books.

use regex::Regex;
use std::sync::LazyLock;

/// What stands where a book says who printed it.
const PRINTERS: [&str; 15] = [
    "printed by",
    "printed in",
    "printed at",
    "printed and bound",
    "press of",
    "druck von",
    "druck der",
    "gedruckt bei",
    "buchdruckerei",
    "imprimerie",
    "imprime par",
    "imprenta",
    "tipografia",
    "типография",
    "τυπογραφειου",
];

/// Whether a line in normal form says who printed a book.
pub(crate) fn names_printer(line: &str) -> bool {
    // All of them at once: this is asked of every short line of a text.
    static ANY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&PRINTERS.join("|")).ok());
    may_name_printer(line) && ANY.as_ref().is_some_and(|any| any.is_match(line))
}

/// Whether a line has what all of them have: eight letters, and in ASCII an r behind a p, a d or a g. Most lines end here.
fn may_name_printer(line: &str) -> bool {
    let holds_pair = || line.as_bytes().windows(2).any(|pair| matches!(pair, [b'p' | b'd' | b'g', b'r']));
    line.len() >= 8 && (holds_pair() || !line.is_ascii())
}

/// Whether a word names the size of a sheet or a binding, as books are offered for sale.
pub(crate) fn is_format(word: &str) -> bool {
    [
        "8vo",
        "12mo",
        "16mo",
        "18mo",
        "24mo",
        "32mo",
        "4to",
        "in-8",
        "in-8°",
        "in-12",
        "in-16",
        "in-18",
        "postpaid",
        "geheftet",
        "broschiert",
    ]
    .iter()
    .any(|format| word.eq_ignore_ascii_case(format))
}

/// Whether a word in normal form is the one for a price.
pub(crate) fn is_price(word: &str) -> bool {
    ["price", "prix", "preis", "prezzo", "precio", "preco", "pris", "prijs", "hinta", "cena", "цена"].contains(&word)
}

/// Whether a word, as it is written, stands for a coin before its amount.
pub(crate) fn is_coin(word: &str) -> bool {
    ["Fr.", "fr.", "Mk.", "Mark", "Kr.", "Lire", "Ptas.", "Rs.", "Fl."].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printer_is_looked_for() {
        assert!(PRINTERS.iter().all(|words| names_printer(words)));
        assert!(names_printer("reprinted at the office") && !names_printer("the printed page"));
    }
}
