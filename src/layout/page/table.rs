//! Tables: columns fitted to their words, rows on the grid.

use super::search::{Breaks, Setting};
use super::set::{LONG, Reference, is_short};
use crate::geom::{Em, Pt};
use crate::layout::flow::{TableCell, TableItem};
use crate::layout::line::{Broken, Measure, RaggedOptions, ragged};
use crate::layout::shape::{ChunkKind, ShapedText, Shaper};
use crate::style::{Align, Style};
use std::sync::Arc;

/// A table with its cells broken into lines.
#[derive(Debug)]
pub(crate) struct SetTable {
    /// The cells by row; none in rows that are set again when their page is made.
    rows: Vec<Vec<SetCell>>,
    /// The line at which each row ends; a table may have a hundred thousand, and each line is asked for its row.
    ends: Vec<u32>,
    /// The rows that head it.
    pub(crate) head: usize,
    /// Where the columns start, from the left edge of the table.
    pub(crate) starts: Vec<Pt>,
    /// How wide they are.
    widths: Vec<Pt>,
    /// The width of the whole.
    pub(crate) width: Pt,
    /// The marks of notes in its cells.
    pub(super) references: Vec<Reference>,
}

/// A cell with its lines.
#[derive(Debug)]
pub(crate) struct SetCell {
    pub(crate) shaped: ShapedText,
    pub(crate) broken: Broken,
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
    let cells: usize = table.rows.iter().map(Vec::len).sum();
    let is_let_go = |row: &[TableCell]| cells > LONG && row.iter().all(|cell| is_short(&cell.text));
    let mut shaped = Vec::with_capacity(table.rows.len());
    let mut natural = Vec::with_capacity(cells);
    let (mut least, mut most) = (vec![Pt::ZERO; count], vec![Pt::ZERO; count]);
    for row in &table.rows {
        let is_kept = !is_let_go(row);
        let mut kept = Vec::with_capacity(if is_kept { row.len() } else { 0 });
        for (column, cell) in row.iter().enumerate() {
            let text = shaper.shape(Arc::clone(&cell.text));
            let words = text.chunks.iter().filter(|chunk| chunk.kind == ChunkKind::Word);
            let longest = words.map(|chunk| chunk.width).fold(0.0, f32::max);
            let width = text.natural_width();
            if let (Some(least), Some(most)) = (least.get_mut(column), most.get_mut(column)) {
                *least = least.max(Pt(longest));
                *most = most.max(width);
            }
            natural.push(width);
            if is_kept {
                kept.push(text);
            }
        }
        shaped.push(kept);
    }
    let gaps: Vec<Pt> = table.columns.windows(2).map(|pair| gap(pair).at(table.size)).collect();
    let room = table.width - gaps.iter().copied().sum();
    let mut turned = vec![0; count];
    let mut natural = natural.into_iter();
    for row in &table.rows {
        for ((turned, least), natural) in turned.iter_mut().zip(&least).zip(natural.by_ref().take(row.len())) {
            *turned += usize::from(natural > *least);
        }
    }
    let widths = fit(&least, &most, &turned, room);
    let mut starts = Vec::with_capacity(count);
    let mut x = Pt::ZERO;
    for (column, width) in widths.iter().enumerate() {
        starts.push(x);
        x += *width + gaps.get(column).copied().unwrap_or_default();
    }
    let (rows, ends) = (Vec::with_capacity(shaped.len()), Vec::with_capacity(shaped.len()));
    let head = table.head.min(table.rows.len());
    let mut set = SetTable { rows, ends, head, starts, widths, width: x, references: Vec::new() };
    for (row, kept) in table.rows.iter().zip(shaped) {
        let is_let_go = kept.is_empty();
        let cells =
            if is_let_go { set.set_row(table, row, style, shaper) } else { set.break_row(table, kept, style, shaper) };
        let top = set.lines();
        for cell in &cells {
            for (at, line) in cell.broken.lines.iter().enumerate() {
                let notes = line.notes(&cell.shaped);
                set.references.extend(notes.map(|note| Reference { setting: 0, line: top + at as u32, note: note.0 }));
            }
        }
        set.ends.push(top + cells.iter().map(|cell| cell.broken.lines.len() as u32).max().unwrap_or(0).max(1));
        set.rows.push(if is_let_go { Vec::new() } else { cells });
    }
    set.references.sort_by_key(|reference| reference.line);
    set
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

    /// The cells of a row, where they were kept.
    pub(crate) fn kept_row(&self, row: usize) -> Option<&[SetCell]> {
        self.rows.get(row).map(Vec::as_slice).filter(|cells| !cells.is_empty())
    }

    /// Sets the cells of a row in columns that are as wide as they will be.
    pub(crate) fn set_row(
        &self,
        table: &TableItem,
        row: &[TableCell],
        style: &Style,
        shaper: &mut Shaper,
    ) -> Vec<SetCell> {
        let shaped = row.iter().map(|cell| shaper.shape(Arc::clone(&cell.text))).collect();
        self.break_row(table, shaped, style, shaper)
    }

    fn break_row(
        &self,
        table: &TableItem,
        shaped: Vec<ShapedText>,
        style: &Style,
        shaper: &mut Shaper,
    ) -> Vec<SetCell> {
        let cells = shaped.into_iter().enumerate();
        let set = cells.map(|(column, shaped)| {
            let width = self.widths.get(column).copied().unwrap_or_default();
            let align = table.columns.get(column).copied().unwrap_or_default().share();
            let options = RaggedOptions { hyphenate: style.hyphens, turned: None, align };
            // Rounding must not break a word that just fits.
            let broken = ragged(shaper, &shaped, &Measure::of(width + Pt(0.01)), &options);
            SetCell { shaped, broken }
        });
        set.collect()
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
