//! Tables over several pages, and code.

use super::*;
use bindery::model::{Alignment, Cell, CodeBlock, Row, Table};
use bindery::paged::{Item, Owner, Page};
use std::collections::BTreeMap;

/// The lines of a page between two heights: the text of each, from top to bottom, and whether it is of the document.
fn lines(page: &Page, from: Pt, to: Pt) -> Vec<(String, bool)> {
    let mut lines: BTreeMap<i64, (String, bool)> = BTreeMap::new();
    for item in &page.items {
        if let Item::Run(run) = item
            && (from..to).contains(&run.origin.y)
        {
            let line = lines.entry((f64::from(run.origin.y.0) * 10.0).round() as i64).or_default();
            line.0 += page.text_of(run);
            line.1 = matches!(run.owner, Owner::Content(_));
        }
    }
    lines.into_values().collect()
}

#[test]
fn the_head_of_a_table_stands_over_its_rows_on_every_page() {
    let cell = |words: &str| Cell { content: text(words) };
    let head =
        "How many of them the keeper of the old lighthouse counted between spring and the first storms of autumn";
    let table = Block::Table(
        Table {
            caption: Vec::new(),
            columns: vec![Alignment::Start, Alignment::Start],
            head: vec![Row { cells: vec![cell("Thing"), cell(head)] }],
            body: (0..90).map(|row| Row { cells: vec![cell(&format!("thing {row}")), cell("some")] }).collect(),
            span: Span::default(),
        }
        .into(),
    );
    let document = document("Things", vec![section("s", SectionRole::Section, "", vec![table])]);
    let layout = set(&document, settings("a6"));
    let mut rows = 0;
    let mut pages = 0;
    for page in &layout.paged.pages {
        let rules = page.items.iter().filter_map(|item| match item {
            Item::Rule(rule) => Some(rule.rect.origin.y),
            _ => None,
        });
        let rules: Vec<Pt> = rules.collect();
        let &[.., over, under, end] = rules.as_slice() else { continue };
        let (heads, body) = (lines(page, over, under), lines(page, under, end));
        assert!(heads.len() > 1 && heads[0].0.starts_with("Thing"), "{heads:?}");
        let words: String = heads.iter().map(|(line, _)| format!("{line} ")).collect();
        assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), format!("Thing{head}"));
        assert!(heads.iter().all(|(_, is_own)| *is_own == (pages == 0)), "{heads:?}");
        for (line, is_own) in body {
            assert_eq!((line, is_own), (format!("thing {rows}some"), true));
            rows += 1;
        }
        pages += 1;
    }
    assert!(pages > 2 && rows == 90, "{pages} pages, {rows} rows");
}

#[test]
fn a_word_of_code_is_as_bold_as_its_kind_and_no_longer() {
    let code = Block::Code(
        CodeBlock {
            language: Some("rust".into()),
            lines: vec!["fn a() {".into(), "    b(1) // c".into(), "}".into()],
            span: Span::default(),
        }
        .into(),
    );
    let document = document("Code", vec![section("s", SectionRole::Section, "", vec![code])]);
    let layout = set(&document, settings("a5"));
    let mut looks: BTreeMap<String, String> = BTreeMap::new();
    for page in &layout.paged.pages {
        for item in &page.items {
            if let Item::Run(run) = item
                && let Owner::Content(_) = run.owner
            {
                let face = layout.paged.faces[usize::from(run.face)].name();
                looks.entry(face.to_owned()).or_default().push_str(page.text_of(run));
            }
        }
    }
    let of = |face: &str| looks.get(face).map_or("", |text| text.trim());
    assert_eq!(of("JetBrainsMono-Bold"), "fn");
    assert_eq!(of("JetBrainsMono-Italic"), "// c");
    let plain: Vec<&str> = of("JetBrainsMono-Regular").split_whitespace().collect();
    assert_eq!(plain, ["a()", "{", "b(1)", "}"]);
}
