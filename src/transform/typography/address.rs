//! Addresses within running text: nothing in them is changed.

use super::stream::Stream;

/// Fixes every web and mail address of the stream.
pub(super) fn protect(stream: &mut Stream<'_>) {
    let mut start = 0;
    while start < stream.cells.len() {
        let rest = stream.cells.get(start..).unwrap_or_default();
        let length = rest.iter().position(|cell| parts_words(cell.c)).unwrap_or(rest.len());
        let word: Vec<char> = rest.iter().take(length).map(|cell| cell.c).collect();
        if let Some(address) = address_in(&word) {
            let cells = stream.cells.get_mut(start + address.start..start + address.end).unwrap_or_default();
            cells.iter_mut().for_each(|cell| cell.fixed = true);
        }
        start += length + 1;
    }
}

fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '<' | '>' | '“' | '”' | '„' | '«' | '»')
}

/// Where in a word an address stands: from its scheme, `www.` or first letter to the last character that is no punctuation.
fn address_in(word: &[char]) -> Option<std::ops::Range<usize>> {
    let has = |pattern: &[char]| word.windows(pattern.len()).position(|part| part == pattern);
    let start = if let Some(colon) = has(&[':', '/', '/']) {
        let scheme = word.iter().take(colon).rev().take_while(|c| c.is_ascii_alphanumeric() || **c == '+').count();
        colon - scheme
    } else if let Some(www) = has(&['w', 'w', 'w', '.']) {
        www
    } else if let Some(at) = has(&['@']) {
        let name = |c: &&char| c.is_alphanumeric() || matches!(**c, '.' | '-' | '_' | '+');
        let before = word.iter().take(at).rev().take_while(name).count();
        let host = word.iter().skip(at + 1).take_while(name).any(|c| *c == '.');
        if before == 0 || !host {
            return None;
        }
        at - before
    } else {
        return None;
    };
    let ends = |c: &char| matches!(c, '\'' | '’' | ')' | ']' | '.' | ',' | ';' | ':' | '!' | '?' | '…' | '—');
    let end = word.len() - word.iter().rev().take_while(|c| ends(c)).count();
    (start < end).then_some(start..end)
}
