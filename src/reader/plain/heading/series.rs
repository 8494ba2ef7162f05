//! Rows of numbers: a chapter three speaks for a chapter four.

use super::THRESHOLD;
use super::evidence::Weight;
use super::sketch::{Row, Sketch};
use rustc_hash::FxHashMap;

/// A number this much below the threshold may be lifted by its row.
const REACH: f32 = 2.6;

/// Adds the evidence of rows.
pub(crate) fn support(sketches: &[Sketch], weights: &mut [Weight]) {
    let mut rows: FxHashMap<Row, Vec<(usize, u32)>> = FxHashMap::default();
    for (at, (sketch, weight)) in sketches.iter().zip(weights.iter()).enumerate() {
        if let Some((row, number)) = sketch.row().filter(|_| weight.total >= THRESHOLD - REACH) {
            rows.entry(row).or_default().push((at, number));
        }
    }
    for (row, members) in rows {
        for (place, (at, number)) in members.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|place| members.get(place)).map(|(_, number)| *number);
            let after = members.get(place + 1).map(|(_, number)| *number);
            let goes_on = before.is_some_and(|before| before + 1 == *number);
            let leads_on = after.is_some_and(|after| number + 1 == after);
            let starts = *number == 1;
            let weight = match (goes_on, leads_on, starts) {
                (true, true, _) | (_, true, true) => 1.6,
                (true, false, _) | (false, true, _) => 1.2,
                (false, false, true) if members.len() > 1 => 0.6,
                // A number out of every row is a number in the text.
                _ if row.0.is_none() => -1.2,
                _ => 0.0,
            };
            if let Some(total) = weights.get_mut(*at) {
                total.add("series", weight);
            }
        }
    }
}
