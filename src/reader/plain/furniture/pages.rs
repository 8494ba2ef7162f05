//! What pages leave in a text: folios, running heads, form feeds, places where pictures were.

use super::marks;
use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Why page numbers are left out.
pub(super) const NUMBER: &str = "page number";

/// As few folios or running heads as this may be chance.
const ENOUGH: usize = 5;

/// Lines between two folios; a page of print has some 25 to 60 lines.
const PAGE: std::ops::RangeInclusive<usize> = 8..=90;

/// What of pages a text has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    /// Brackets of any kind.
    pub(super) brackets: bool,
    /// Form feeds.
    pub(super) form_feeds: bool,
    /// Page numbers in brackets.
    pub(super) page_marks: bool,
}

/// The lines without the furniture of pages. Where a page ended in mid-sentence, the blank lines around it go too.
pub(super) fn strip<'l, 'a>(lines: Cow<'l, [Line<'a>]>, signs: Signs, findings: &mut Findings) -> Cow<'l, [Line<'a>]> {
    let mut taken: FxHashMap<usize, &'static str> = FxHashMap::default();
    let bracketed = if signs.brackets { &*lines } else { &[] };
    for (at, line) in bracketed.iter().enumerate() {
        if is_missing_picture(line.text) {
            taken.insert(at, "mark of a picture that the text does not have");
        }
    }
    let mut folios = folios(&lines);
    if signs.page_marks {
        let is_mark = |line: &Line| !line.is_blank() && marks::without(line.text).is_empty();
        folios.extend(lines.iter().enumerate().filter(|(_, line)| is_mark(line)).map(|(at, _)| at));
        folios.sort_unstable();
        folios.dedup();
    }
    for &at in &folios {
        taken.insert(at, NUMBER);
    }
    for at in running_heads(&lines, &folios, signs.form_feeds) {
        taken.insert(at, "running head");
    }
    if taken.is_empty() {
        return lines;
    }
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(reason) = taken.get(&at) else {
            kept.push(*line);
            at += 1;
            continue;
        };
        findings.leave_out(line.span, reason);
        let page_ends = *reason != "mark of a picture that the text does not have";
        at += 1;
        // All furniture of this page end, with the blank lines in it.
        let mut next = at;
        while let Some(line) = lines.get(next) {
            match taken.get(&next) {
                Some(reason) => {
                    findings.leave_out(line.span, reason);
                    at = next + 1;
                }
                None if line.is_blank() => {}
                None => break,
            }
            next += 1;
        }
        let before = kept.iter().rev().find(|line| !line.is_blank()).map_or("", |line| line.text);
        let after = lines.get(next).map_or("", |line| line.text);
        if page_ends && goes_on(before, after) {
            while kept.last().is_some_and(|line| line.is_blank()) {
                kept.pop();
            }
            at = next;
            if let Some(line) = lines.get(next) {
                kept.push(Line { new_page: false, ..*line });
                at = next + 1;
            }
        } else if page_ends {
            // One gap was there before the page number came into it.
            for _ in at..next {
                let is_gap = |line: &Line| line.is_blank() && !line.new_page;
                kept.pop_if(|line| is_gap(line));
            }
        }
    }
    Cow::Owned(kept)
}

/// Whether a sentence goes on from one page to the next.
fn goes_on(before: &str, after: &str) -> bool {
    let ends = before
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', '_', '*'])
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', ';']);
    let starts_low =
        after.trim_start_matches(['"', '“', '‘', '«', '(', '_', '—']).chars().next().is_some_and(char::is_lowercase);
    !before.is_empty() && (starts_low || before.ends_with('-')) && (!ends || starts_low)
}

/// "[Illustration]", "[Blank Page]".
fn is_missing_picture(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let inner = inner.trim_matches([' ', '_', '.', ':']).to_lowercase();
        [
            "illustration",
            "illustrations",
            "blank page",
            "image unavailable",
            "ilustración",
            "abbildung",
            "illustrazione",
        ]
        .contains(&inner.as_str())
    })
}

/// The number on a line that has nothing else, and whether it stands in marks that only page numbers have.
fn folio(text: &str) -> Option<(u32, bool)> {
    if text.is_empty() || text.len() > 24 {
        return None;
    }
    let inner = text.trim_matches(['[', ']', '{', '}', '(', ')', '-', '–', '—', '~', '*', '|', ' ', '_']);
    let opens = |c: char| c.is_ascii_digit() || c == '.' || PAGE_INITIALS.contains(&c);
    if !inner.ends_with(|c: char| c.is_ascii_digit()) || !inner.starts_with(opens) {
        return None;
    }
    let lower = inner.to_lowercase();
    let word = without_page(&lower);
    let digits = word.unwrap_or(&lower).trim_start_matches(['.', ' ']);
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let marked = word.is_some() || (text.starts_with(['-', '–', '—', '~', '{']) && inner.len() < text.len());
    digits.parse().ok().map(|number| (number, marked))
}

/// What the words for a page begin with.
pub(super) const PAGE_INITIALS: [char; 6] = ['p', 'P', 's', 'S', 'с', 'С'];

/// What follows the word for a page in small letters, where a text begins with it.
pub(super) fn without_page(low: &str) -> Option<&str> {
    let words = ["page", "pg", "pag.", "p.", "seite", "s.", "стр.", "с."];
    words.iter().find_map(|word| low.strip_prefix(word)).map(|rest| rest.trim_start_matches(['.', ' ']))
}

/// The lines that are page numbers: a rising row, a page apart.
fn folios(lines: &[Line]) -> Vec<usize> {
    let all: Vec<(usize, u32, bool)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| folio(line.text).map(|(number, marked)| (at, number, marked)))
        .collect();
    if all.len() < ENOUGH {
        return Vec::new();
    }
    // Of bare numbers only those that go on from the one before, or to the one after, a page away.
    let follows = |a: &(usize, u32, bool), b: &(usize, u32, bool)| {
        let step = b.1.wrapping_sub(a.1);
        (1..=3).contains(&step) && (b.2 || b.0 - a.0 <= PAGE.end() * step as usize)
    };
    let mut row: Vec<(usize, u32, bool)> = Vec::new();
    for (at, one) in all.iter().enumerate() {
        let linked = at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| follows(before, one))
            || all.get(at + 1).is_some_and(|after| follows(one, after));
        if linked {
            row.push(*one);
        }
    }
    if row.len() < ENOUGH || row.len() * 4 < all.len() * 3 {
        return Vec::new();
    }
    let marked = row.iter().filter(|one| one.2).count() * 2 > row.len();
    let mut distances: Vec<usize> =
        row.windows(2).filter_map(|pair| pair.last().zip(pair.first()).map(|(b, a)| b.0 - a.0)).collect();
    distances.sort_unstable();
    let quantile = |part: usize| distances.get(distances.len() * part / 10).copied().unwrap_or(0);
    let regular = PAGE.contains(&quantile(5)) && quantile(8) * 10 <= quantile(2) * 16;
    let broken = row.iter().filter(|one| ends_in_mid_sentence(lines, one.0)).count();
    // Chapters may be numbered too; but they do not begin in mid-sentence, nor every so many lines.
    if marked || regular && broken * 10 >= row.len() || broken * 3 >= row.len() {
        row.into_iter().map(|one| one.0).collect()
    } else {
        Vec::new()
    }
}

fn ends_in_mid_sentence(lines: &[Line], at: usize) -> bool {
    let before = lines.get(..at).unwrap_or(&[]).iter().rev().take(8).find(|line| !line.is_blank());
    // A title has no full stop either, but it does not fill its line.
    const FULL: u32 = 40;
    before.is_some_and(|line| {
        line.right() >= FULL && line.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | ';'))
    })
}

/// The letters of a running head, without its folio.
fn head_key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Lines beside a folio or a form feed that come back on many pages, and lines of a folio with a title.
fn running_heads(lines: &[Line], folios: &[usize], form_feeds: bool) -> Vec<usize> {
    let mut edges: Vec<usize> = folios.to_vec();
    if form_feeds {
        edges.extend(lines.iter().enumerate().filter(|(_, line)| line.new_page).map(|(at, _)| at));
        edges.sort_unstable();
        edges.dedup();
    }
    if edges.is_empty() {
        return Vec::new();
    }
    let mut seen: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let text: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| !line.is_blank()).map(|(at, _)| at).collect();
    // The one line before an edge and the two behind it, where only blank lines are between: they may have several edges there.
    let next = |edge: &usize| text.partition_point(|at| at < edge);
    for alike in edges.chunk_by(|one, other| next(one) == next(other)) {
        let on = alike.first().map_or(0, next);
        for at in text.get(on.saturating_sub(1)..text.len().min(on + 2)).unwrap_or(&[]) {
            if let Some(line) = lines.get(*at).filter(|line| line.width <= 70 && folios.binary_search(at).is_err()) {
                let key = head_key(line.text);
                if !key.is_empty() {
                    seen.entry(key).or_default().extend(alike.iter().map(|_| at));
                }
            }
        }
    }
    seen.retain(|_, places| places.len() >= ENOUGH);
    // The first page has its head too, with a folio, but nothing parts it from what stands before.
    let numbered = |line: &Line| line.width <= 70 && line.text.contains(|c: char| c.is_ascii_digit());
    let places = if seen.is_empty() { &[] } else { lines };
    for (at, line) in places.iter().enumerate().filter(|(_, line)| numbered(line)) {
        if let Some(places) = seen.get_mut(&head_key(line.text)) {
            places.push(at);
        }
    }
    let mut heads: Vec<usize> = seen.into_values().flatten().collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}
