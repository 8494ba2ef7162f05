//! Which known name somebody may have meant.

/// The known name that is most like `name`, if one is like it.
pub fn nearest(name: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    // A name that differs in more letters is another word, and one of few letters is soon another.
    let farthest = name.chars().count().div_ceil(3).min(2);
    let name = name.to_lowercase();
    let short = name.len() <= 24;
    known
        .into_iter()
        .filter(|_| short)
        .map(|key| (distance(&name, key), key))
        .filter(|(far, _)| *far <= farthest)
        .min()
        .map(|(_, key)| key)
}

/// How many letters differ (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (*cell + 1).min(left + 1).min(diagonal + usize::from(a != b));
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_near_when_few_letters_differ() {
        let known = ["title", "theme", "cover"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("Covr", known), Some("cover"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("x", known), None);
    }
}
