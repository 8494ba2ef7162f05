//! Tables: columns fitted to their words, rows on the grid.

use super::search::{Breaks, Setting};
use super::set::Reference;
use crate::geom::{Em, Pt};
use crate::layout::flow::TableItem;
use crate::layout::line::{Broken, Measure, RaggedOptions, ragged};
use crate::layout::shape::{ChunkKind, ShapedText, Shaper};
use crate::style::{Align, Style};

/// A table with its cells broken into lines.
#[derive(Debug)]
pub(crate) struct SetTable {
    /// The cells by row.
    pub(crate) rows: Vec<Vec<(ShapedText, Broken)>>,
    /// The line at which each row ends; a table may have a hundred thousand, and each line is asked for its row.
    ends: Vec<u32>,
    /// The rows that head it.
    pub(crate) head: usize,
    /// Where the columns start, from the left edge of the table.
    pub(crate) starts: Vec<Pt>,
    /// The width of the whole.
    pub(crate) width: Pt,
}

/// Between two columns.
const GAP: Em = Em(1.2);

/// Before figures that stand at the right of words: the longest of the one seldom meets the longest of the other. It is also
/// less than the .7 em from which readers of a page's text take columns for texts of their own and tear rows apart.
const GAP_BEFORE_FIGURES: Em = Em(0.65);

/// Rows are parted from the head at this cost, and so is the last row from those before it.
const NEAR_EDGE: u32 = 2_000;

/// Shapes the cells and fits the columns.
pub(super) fn set_table(table: &TableItem, style: &Style, shaper: &mut Shaper) -> SetTable {
    let count = table.columns.len();
    let mut shaped = Vec::with_capacity(table.rows.len());
    let (mut least, mut most) = (vec![Pt::ZERO; count], vec![Pt::ZERO; count]);
    for row in &table.rows {
        let mut cells = Vec::with_capacity(row.len());
        for (column, cell) in row.iter().enumerate() {
            let text = shaper.shape(cell.text.clone());
            let words = text.chunks.iter().filter(|chunk| chunk.kind == ChunkKind::Word);
            let longest = words.map(|chunk| chunk.width).fold(0.0, f32::max);
            if let (Some(least), Some(most)) = (least.get_mut(column), most.get_mut(column)) {
                *least = least.max(Pt(longest));
                *most = most.max(text.natural_width());
            }
            cells.push(text);
        }
        shaped.push(cells);
    }
    let gaps: Vec<Pt> = table.columns.windows(2).map(|pair| gap(pair).at(table.size)).collect();
    let room = table.width - gaps.iter().copied().sum();
    let turned: Vec<usize> = (0..count)
        .map(|column| {
            let cells = shaped.iter().filter_map(|row| row.get(column));
            cells.filter(|cell| least.get(column).is_some_and(|least| cell.natural_width() > *least)).count()
        })
        .collect();
    let widths = fit(&least, &most, &turned, room);
    let mut rows = Vec::with_capacity(shaped.len());
    let mut ends = Vec::with_capacity(shaped.len());
    let mut end = 0;
    for cells in shaped {
        let mut row = Vec::with_capacity(cells.len());
        for (column, cell) in cells.into_iter().enumerate() {
            let width = widths.get(column).copied().unwrap_or_default();
            let align = table.columns.get(column).copied().unwrap_or_default().share();
            let options = RaggedOptions { hyphenate: style.hyphens, turned: None, align };
            // Rounding must not break a word that just fits.
            let broken = ragged(shaper, &cell, &Measure::of(width + Pt(0.01)), &options);
            row.push((cell, broken));
        }
        end += row.iter().map(|(_, broken)| broken.lines.len() as u32).max().unwrap_or(0).max(1);
        ends.push(end);
        rows.push(row);
    }
    let mut starts = Vec::with_capacity(count);
    let mut x = Pt::ZERO;
    for (column, width) in widths.iter().enumerate() {
        starts.push(x);
        x += *width + gaps.get(column).copied().unwrap_or_default();
    }
    SetTable { rows, ends, head: table.head.min(table.rows.len()), starts, width: x }
}

/// The room between two columns.
fn gap(pair: &[Align]) -> Em {
    if matches!(pair, [Align::Start, Align::End]) { GAP_BEFORE_FIGURES } else { GAP }
}

/// The widths of columns in a table of `room`: as wide as they like where there is room; else each has its longest word, and
/// the rest goes first where a little of it spares the most cells (`turned`) a second line; where not even the words fit,
/// all give alike.
fn fit(least: &[Pt], most: &[Pt], turned: &[usize], room: Pt) -> Vec<Pt> {
    let (smallest, widest): (Pt, Pt) = (least.iter().copied().sum(), most.iter().copied().sum());
    if widest <= room {
        return most.to_vec();
    }
    if smallest >= room {
        return least.iter().map(|width| *width * (room / smallest).max(0.0)).collect();
    }
    let mut wishes: Vec<(f32, usize, Pt)> = least
        .iter()
        .zip(most)
        .zip(turned)
        .enumerate()
        .map(|(column, ((least, most), turned))| {
            let wish = *most - *least;
            (*turned as f32 / wish.0.max(0.01), column, wish)
        })
        .collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut widths = least.to_vec();
    let mut rest = room - smallest;
    for (_, column, wish) in wishes {
        let given = wish.min(rest);
        rest -= given;
        if let Some(width) = widths.get_mut(column) {
            *width += given;
        }
    }
    widths
}

impl SetTable {
    /// The row that a line is of, with its number in the row.
    pub(crate) fn row_at(&self, line: u32) -> Option<(usize, u32)> {
        let row = self.ends.partition_point(|end| *end <= line);
        (row < self.ends.len()).then(|| (row, line - self.lines_of(row)))
    }

    /// The lines of so many rows, from the first.
    fn lines_of(&self, rows: usize) -> u32 {
        rows.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0)
    }

    /// All its lines.
    pub(crate) fn lines(&self) -> u32 {
        self.lines_of(self.rows.len())
    }

    /// The lines of the rows that head it.
    pub(crate) fn head_lines(&self) -> u32 {
        self.lines_of(self.head)
    }

    /// How pages may divide it: between rows.
    pub(super) fn setting(&self) -> Setting {
        let mut after = Vec::new();
        for (row, &end) in self.ends.iter().enumerate() {
            if row + 1 < self.rows.len() && row >= self.head {
                let near = row == self.head || row + 2 == self.rows.len();
                after.push((end, if near { NEAR_EDGE } else { 60 }));
            }
        }
        Setting { lines: self.lines(), breaks: Breaks::After(after), repeat: self.repeat(), ..Setting::default() }
    }

    /// How many lines stand again on each page that goes on with it.
    pub(crate) fn repeat(&self) -> u16 {
        // A head that takes more than a few lines would leave no room for the rows.
        let head = self.head_lines();
        if head <= 6 { head as u16 } else { 0 }
    }

    /// The marks of notes in its cells.
    pub(super) fn references(&self) -> Vec<Reference> {
        let mut list = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            let top = self.lines_of(number);
            for (shaped, broken) in row {
                for (at, line) in broken.lines.iter().enumerate() {
                    let notes = line.notes(shaped);
                    list.extend(notes.map(|note| Reference { setting: 0, line: top + at as u32, note: note.0 }));
                }
            }
        }
        list.sort_by_key(|reference| reference.line);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_what_room_there_is() {
        let points = |list: &[f32]| list.iter().map(|width| Pt(*width)).collect::<Vec<_>>();
        let fit = |room| fit(&points(&[10.0, 20.0]), &points(&[30.0, 100.0]), &[3, 5], Pt(room));
        assert_eq!(fit(200.0), points(&[30.0, 100.0]));
        assert_eq!(fit(80.0), points(&[30.0, 50.0]));
        assert_eq!(fit(15.0), points(&[5.0, 10.0]));
    }
}
