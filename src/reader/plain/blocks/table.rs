//! Tables: drawn with rules, or set in columns.

use super::evidence::Evidence;
use super::group::Group;
use crate::model::Alignment;
use crate::reader::plain::line::{self, Line, closed_up};

/// Columns in a table at most: more is a drawing.
const MOST: usize = 16;

/// The cells of a table as text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Grid {
    /// Rows above the first rule.
    pub(super) head: Vec<Vec<String>>,
    /// The other rows.
    pub(super) body: Vec<Vec<String>>,
    /// How each column stands.
    pub(super) columns: Vec<Alignment>,
}

/// What speaks for a group being a table, and its cells.
pub(super) fn weigh(group: &Group) -> Option<(Evidence, Grid)> {
    if group.lines.len() < 2 {
        return None;
    }
    let rules = group.lines.iter().filter(|line| is_rule(line.text)).count();
    let barred = group.lines.iter().filter(|line| line.text.contains('|')).count();
    let mut evidence = Evidence::prior(-3.0);
    let grid = if barred * 2 > group.lines.len() - rules.min(group.lines.len()) {
        evidence.add(barred as f32, "bars between cells");
        evidence.add(rules as f32 * 2.0, "rules");
        barred_grid(group)
    } else {
        let grid = gutter_grid(group)?;
        let rows = grid.head.len() + grid.body.len();
        let full = grid.head.iter().chain(&grid.body).filter(|row| row.iter().all(|cell| !cell.is_empty())).count();
        let numeric = grid
            .body
            .iter()
            .flatten()
            .filter(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '$'))
            .count();
        let long = grid.head.iter().chain(&grid.body).flatten().filter(|cell| cell.len() > 48).count();
        evidence.add(full as f32 * 1.2, "columns that line up");
        evidence.add((rows - full) as f32 * -0.5, "rows with gaps");
        evidence.add((numeric as f32 * 0.3).min(2.0), "numbers in columns");
        evidence.add(rules as f32 * 2.0, "rules");
        evidence.add(long as f32 * -1.5, "cells as long as lines");
        grid
    };
    let fits = (2..=MOST).contains(&grid.columns.len()) && !grid.body.is_empty();
    fits.then_some((evidence, grid))
}

/// Whether a line is a rule of a table or has bars between its cells.
pub(super) fn is_drawn(text: &str) -> bool {
    is_rule(text) || text.starts_with('|') || text.contains('|') && text.matches(" | ").count() > 1
}

/// Whether a line is drawn: `---`, `+===+`, with no words.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | '_' | ' ' | '─' | '━' | '┼' | '├' | '┤' | ':'))
        && text.chars().filter(|c| matches!(c, '-' | '=' | '_' | '─' | '━')).count() >= 3
}

fn barred_grid(group: &Group) -> Grid {
    let mut rows: Vec<Option<Vec<String>>> = Vec::new();
    for line in group.lines {
        if is_rule(line.text) {
            rows.push(None);
            continue;
        }
        let text = line.text.strip_prefix('|').unwrap_or(line.text);
        let text = text.strip_suffix('|').unwrap_or(text);
        rows.push(Some(text.split('|').map(|cell| cell.trim().to_owned()).collect()));
    }
    grid(rows)
}

/// The cells between gutters: columns of at least two spaces that run through all lines.
fn gutter_grid(group: &Group) -> Option<Grid> {
    let lines = || group.lines.iter().filter(|line| !is_rule(line.text));
    let (count, parted) = lines().fold((0, 0), |(count, parted), line| {
        (count + 1, parted + usize::from(line::position(line.text, b"  ").is_some()))
    });
    if count < 2 || parted * 3 < count * 2 {
        return None;
    }
    let left = group.indent();
    let width = (group.right() - left) as usize;
    if width > 240 {
        return None;
    }
    let mut inked = vec![false; width];
    for line in lines() {
        let mut column = (line.indent - left) as usize;
        let mut chars = line.text.chars().peekable();
        while let Some(c) = chars.next() {
            let wide = line::width(c.encode_utf8(&mut [0; 4])) as usize;
            // A single space between two words is no gutter.
            let gap = c == ' ' && chars.peek().is_none_or(|next| *next == ' ') || c == '\t';
            for place in column..column + wide {
                if let Some(inked) = inked.get_mut(place) {
                    *inked |= !gap && c != ' ';
                }
            }
            column += wide;
        }
    }
    let mut starts = vec![0];
    let mut blank = 0;
    for (place, inked) in inked.iter().enumerate() {
        if *inked && blank >= 2 {
            starts.push(place);
        }
        blank = if *inked { 0 } else { blank + 1 };
    }
    if starts.len() < 2 || starts.len() > MOST {
        return None;
    }
    let rows = group
        .lines
        .iter()
        .map(|line| (!is_rule(line.text)).then(|| cells(line, (line.indent - left) as usize, &starts)))
        .collect();
    Some(grid(rows))
}

fn cells(line: &Line, indent: usize, starts: &[usize]) -> Vec<String> {
    if line.text.is_ascii() {
        // Each byte is a column.
        let at = |start: &usize| start.saturating_sub(indent).min(line.text.len());
        let ends = starts.iter().skip(1).map(at).chain([line.text.len()]);
        let each = starts.iter().map(at).zip(ends);
        return each.map(|(start, end)| closed_up(line.text.get(start..end).unwrap_or(""))).collect();
    }
    let mut cells = vec![String::new(); starts.len()];
    let mut column = indent;
    for c in line.text.chars() {
        let place = starts.partition_point(|start| *start <= column).saturating_sub(1);
        if let Some(cell) = cells.get_mut(place) {
            cell.push(c);
        }
        column += line::width(c.encode_utf8(&mut [0; 4])) as usize;
    }
    cells.iter().map(|cell| closed_up(cell)).collect()
}

/// Rows and rules → a grid: rows above the first rule between rows are its head; a row without a first cell goes on the row
/// before it.
fn grid(rows: Vec<Option<Vec<String>>>) -> Grid {
    let width = rows.iter().flatten().map(Vec::len).max().unwrap_or(0);
    let mut grid = Grid::default();
    let mut seen_rule = false;
    let mut after_rule = true;
    for row in rows {
        let Some(mut row) = row else {
            if !seen_rule && !grid.body.is_empty() {
                grid.head = std::mem::take(&mut grid.body);
                seen_rule = true;
            }
            after_rule = true;
            continue;
        };
        row.resize(width, String::new());
        if row.iter().all(String::is_empty) {
            continue;
        }
        match grid.body.last_mut() {
            Some(before) if !after_rule && row.first().is_some_and(String::is_empty) => {
                for (cell, more) in before.iter_mut().zip(&row).filter(|(_, more)| !more.is_empty()) {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(more);
                }
            }
            _ => grid.body.push(row),
        }
        after_rule = false;
    }
    let numeric = |at: usize| {
        let cells = || grid.body.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        cells().count() > 0
            && cells()
                .all(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || "$£€-+".contains(c)) && cell.len() < 16)
    };
    grid.columns = (0..width).map(|at| if at > 0 && numeric(at) { Alignment::End } else { Alignment::Start }).collect();
    if grid.body.is_empty() {
        grid.body = std::mem::take(&mut grid.head);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plain::blocks::group;
    use crate::reader::plain::line::lines;
    use crate::source::{Source, SourceId};

    type Rows = Vec<Vec<String>>;

    fn read(text: &str) -> Option<(bool, Rows, Rows)> {
        let source = Source::new(SourceId(0), "a.txt", text.into());
        let lines = lines(&source);
        let groups = group::split(&lines);
        weigh(&groups[0]).map(|(evidence, grid)| (evidence.logit > 0.0, grid.head, grid.body))
    }

    #[test]
    fn bars_and_rules_make_cells() {
        let (sure, head, body) = read("+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n|   | 3 |\n+---+---+").unwrap();
        assert!(sure);
        assert_eq!(head, [["a", "b"]]);
        assert_eq!(body, [["1", "2 3"]]);
    }

    #[test]
    fn gutters_make_cells() {
        let (sure, head, body) = read("Salt of the sea    12\nOil               130\nBread and cheese    4").unwrap();
        assert!(sure && head.is_empty());
        assert_eq!(body, [["Salt of the sea", "12"], ["Oil", "130"], ["Bread and cheese", "4"]]);
        assert_eq!(
            read("One line of prose.  Two spaces\nafter a full stop.  As typists\nonce had  learned it, all\n"),
            None
        );
    }
}
