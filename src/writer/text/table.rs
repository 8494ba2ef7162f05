//! Tables in columns.

use super::inline::inline_text;
use super::wrap;
use crate::model::{Alignment, Row, Table};
use textwrap::core::display_width;

/// The space between two columns.
const GUTTER: usize = 2;
/// No column is made narrower for the measure.
const NARROWEST: usize = 6;

/// The lines of a table: a rule below its head, cells wrapped where the measure asks for it.
pub(super) fn lines(table: &Table, measure: Option<usize>) -> Vec<String> {
    let cells = |row: &Row| -> Vec<String> {
        row.cells.iter().map(|cell| inline_text(&cell.content).replace('\n', " ")).collect()
    };
    let head: Vec<Vec<String>> = table.head.iter().map(cells).collect();
    let body: Vec<Vec<String>> = table.body.iter().map(cells).collect();
    let mut widths = vec![0; table.columns.len()];
    for row in head.iter().chain(&body) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = display_width(cell).max(*width);
        }
    }
    if let Some(measure) = measure {
        fit(&mut widths, measure);
    }
    let mut out = Vec::new();
    let mut push_rows = |rows: &[Vec<String>]| {
        for row in rows {
            push_row(row, &widths, &table.columns, measure.is_some(), &mut out);
        }
    };
    push_rows(&head);
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    if !head.is_empty() {
        push_rows(std::slice::from_ref(&rule));
    }
    push_rows(&body);
    out
}

/// Narrows the widest columns until the table is no wider than the measure, or all are as narrow as they may be.
fn fit(widths: &mut [usize], measure: usize) {
    let room = measure.saturating_sub(GUTTER * widths.len().saturating_sub(1));
    // The greatest width that no column may pass, found by halving.
    let fits = |limit: usize, widths: &[usize]| widths.iter().map(|width| *width.min(&limit)).sum::<usize>() <= room;
    let (mut low, mut high) = (NARROWEST, widths.iter().copied().max().unwrap_or(0).max(NARROWEST));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if fits(middle, widths) { low = middle } else { high = middle - 1 }
    }
    widths.iter_mut().for_each(|width| *width = (*width).min(low));
}

fn push_row(row: &[String], widths: &[usize], columns: &[Alignment], wraps: bool, out: &mut Vec<String>) {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(
            |(cell, width)| if wraps && display_width(cell) > *width { wrap(cell, *width) } else { vec![cell.clone()] },
        )
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = String::new();
        for (number, ((cell, width), column)) in cells.iter().zip(widths).zip(columns).enumerate() {
            if number > 0 {
                text.push_str(&" ".repeat(GUTTER));
            }
            let part = cell.get(line).map_or("", String::as_str);
            let free = width.saturating_sub(display_width(part));
            let before = match column {
                Alignment::Start => 0,
                Alignment::Center => free / 2,
                Alignment::End => free,
            };
            text.push_str(&" ".repeat(before));
            text.push_str(part);
            text.push_str(&" ".repeat(free - before));
        }
        out.push(text);
    }
}
