//! Streams and tables of thousands of things, whose lines are made again when their pages are.

use super::*;
use bindery::model::{Alignment, Cell, List, ListItem, ListKind, Row, Table};

/// The first pages, all that is on them.
fn first_pages(blocks: Vec<Block>) -> String {
    let document = document("Long", vec![section("s", SectionRole::Section, "", blocks)]);
    let layout = set(&document, settings("a5"));
    assert!(layout.paged.pages.len() > 5);
    format!("{:?}", layout.paged.pages.iter().take(5).collect::<Vec<_>>())
}

#[test]
fn pages_of_thousands_of_items_begin_as_those_of_hundreds() {
    let item = |number: usize| {
        let first = if number.is_multiple_of(7) { prose(30, number) } else { "a".into() };
        ListItem { blocks: vec![paragraph(&first), paragraph("difficult")] }
    };
    let list = |count: usize| {
        let items = (0..count).map(item).collect();
        first_pages(vec![Block::List(List { kind: ListKind::Bullet, items, span: Span::default() })])
    };
    assert_eq!(list(2_100), list(300));
}

#[test]
fn a_table_of_thousands_of_rows_begins_as_one_of_hundreds() {
    let cell = |words: &str| Cell { content: text(words) };
    let row = |number: usize| Row { cells: vec![cell("one of them"), cell(&format!("{}", number % 10))] };
    let table = |count: usize| {
        first_pages(vec![Block::Table(
            Table {
                caption: Vec::new(),
                columns: vec![Alignment::Start, Alignment::End],
                head: vec![row(0)],
                body: (0..count).map(row).collect(),
                span: Span::default(),
            }
            .into(),
        )])
    };
    assert_eq!(table(2_100), table(300));
}
