//! Tables on their pages.

use super::super::set::SetItem;
use super::super::table::{SetCell, SetTable};
use super::{Composer, Frame, Placed, RULE_HEIGHT, rule};
use crate::geom::{Point, Pt};
use crate::layout::flow::TableItem;
use crate::model::TextPosition;
use crate::paged::{Artifact, Owner};
use std::ops::Range;

/// A table whose lines are drawn one after the other.
pub(super) struct Rows<'t> {
    table: &'t TableItem,
    set: &'t SetTable,
    left: Pt,
    /// The last row that was set again.
    again: Option<(usize, Vec<SetCell>)>,
}

impl<'t> Rows<'t> {
    /// Those of a table at this place.
    pub(super) fn new(table: &'t TableItem, set: &'t SetTable, left: Pt) -> Rows<'t> {
        Rows { table, set, left, again: None }
    }

    /// The cells of a row.
    fn cells(&mut self, row: usize, composer: &mut Composer) -> &[SetCell] {
        if let Some(kept) = self.set.kept_row(row) {
            return kept;
        }
        if self.again.as_ref().is_none_or(|(known, _)| *known != row) {
            let cells = self.table.rows.get(row).map(Vec::as_slice).unwrap_or_default();
            self.again = Some((row, self.set.set_row(self.table, cells, composer.style, composer.shaper)));
        }
        self.again.as_ref().map_or(&[], |(_, cells)| cells)
    }
}

impl Composer<'_, '_, '_> {
    /// Draws lines of a table, under its head where they go on with it.
    pub(super) fn table(
        &mut self,
        table: &TableItem,
        item: &SetItem,
        set: &SetTable,
        lines: Range<u32>,
        frame: &mut Frame,
    ) {
        let geometry = &self.style.geometry;
        let left = frame.left + table.left;
        let mut rows = Rows::new(table, set, left);
        let above = |row: u16| geometry.baseline(row) - geometry.leading * 0.78;
        rule(frame.page, left, above(frame.row), set.width, Pt(0.8));
        let repeated = lines.start > 0 && set.head > 0 && set.repeat() > 0;
        if repeated {
            // What stands again is no part of the text.
            for line in 0..set.head_lines() {
                self.table_line(&mut rows, line, true, frame);
                frame.row += 1;
            }
            rule(frame.page, left, above(frame.row), set.width, RULE_HEIGHT);
        }
        for line in lines.clone() {
            if line == set.head_lines() && line > 0 {
                rule(frame.page, left, above(frame.row), set.width, RULE_HEIGHT);
            }
            self.note_anchors(item, 0, line, geometry.baseline(frame.row), frame);
            self.table_line(&mut rows, line, false, frame);
            frame.row += 1;
        }
        let ends = lines.end == set.lines();
        rule(frame.page, left, above(frame.row), set.width, if ends { Pt(0.8) } else { RULE_HEIGHT });
    }

    /// Draws a line of a table; one that is `repeated` is no part of the text.
    pub(super) fn table_line(&mut self, rows: &mut Rows, line: u32, repeated: bool, frame: &mut Frame) {
        let (table, set, left) = (rows.table, rows.set, rows.left);
        let Some((row, within)) = set.row_at(line) else { return };
        let y = self.style.geometry.baseline(frame.row);
        for (column, SetCell { shaped, broken }) in rows.cells(row, self).iter().enumerate() {
            let x = left + set.starts.get(column).copied().unwrap_or_default();
            let first = frame.page.items.len();
            let links = frame.page.links.len();
            let Some(own) = broken.lines.get(within as usize) else { continue };
            broken.place(shaped, within as usize, Point { x, y }, frame.page);
            if repeated {
                frame.page.links.truncate(links);
                for placed in frame.page.items.iter_mut().skip(first) {
                    if let Placed::Run(run) = placed {
                        run.owner = Owner::Artifact(Artifact::Layout);
                    }
                }
            } else if frame.out.starts.last().is_some_and(Option::is_none)
                && let Some(cell) = table.rows.get(row).and_then(|row| row.get(column))
                && let Some(offset) = own.source_offset(shaped)
                && let Some(start) = frame.out.starts.last_mut()
            {
                *start = Some(TextPosition { leaf: cell.leaf, offset });
            }
        }
    }
}
