use super::{Options, write};
use crate::model::{
    Alignment, AnchorId, Block, Cell, Document, Heading, Inline, List, ListItem, ListKind, Note, NoteId, Numbering,
    Paragraph, ParagraphRole, Quote, Row, SceneBreak, Section, Stanza, Table, Verse, VerseLine,
};
use crate::source::Span;

fn paragraph(text: &str) -> Block {
    Block::paragraph(vec![Inline::text(text)], Span::default())
}

fn document(blocks: Vec<Block>) -> Document {
    let mut document = Document::default();
    document.meta.title = "The Owl".into();
    document.meta.push_author("A. Writer");
    let heading = Heading::of(vec![Inline::text("Night")], Span::default());
    let section = Section { heading: Some(heading), blocks, ..Section::with_id(AnchorId("night".into())) };
    document.sections.push(section);
    document
}

const HEAD: &str = "The Owl\n\nA. Writer\n\n\n\nNight\n\n";

#[track_caller]
fn check(blocks: Vec<Block>, wrap: Option<usize>, wanted: &str) {
    let text = write(&document(blocks), &Options { wrap });
    assert_eq!(text, format!("{HEAD}{wanted}"));
}

#[test]
fn paragraphs_are_wrapped_by_width_or_stay_one_line() {
    let text = "The owl sat in the barn and said nothing at all, for it was day.";
    check(vec![paragraph(text), paragraph("It slept.")], None, &format!("{text}\n\nIt slept.\n"));
    check(vec![paragraph(text)], Some(24), "The owl sat in the barn\nand said nothing at all,\nfor it was day.\n");
    // A character of two columns counts as two, and no break is wanted between Latin letters.
    check(vec![paragraph("梟は納屋にとまって何も言わなかった")], Some(16), "梟は納屋にと\nまって何も言わな\nかった\n");
}

#[test]
fn marks_stand_around_stressed_text() {
    let content = vec![
        Inline::text("an "),
        Inline::Emphasis(vec![Inline::text("owl "), Inline::Emphasis(vec![Inline::text("indeed")])]),
        Inline::Superscript(vec![Inline::text("2")]),
        Inline::NoteRef(NoteId(0)),
    ];
    let mut document = document(vec![Block::paragraph(content, Span::default())]);
    document.notes.push(Note {
        label: None,
        blocks: vec![paragraph("A bird."), paragraph("Of the night.")],
        span: Span::default(),
    });
    let text = write(&document, &Options { wrap: Some(40) });
    assert_eq!(text, format!("{HEAD}an _owl indeed_^2[1]\n\n\n\n[1] A bird.\n\n    Of the night.\n"));
}

#[test]
fn verse_hangs_its_turned_over_parts() {
    let line = |indent, text: &str| VerseLine { indent, content: vec![Inline::text(text)] };
    let verse = Verse {
        stanzas: vec![
            Stanza { lines: vec![line(0, "The mouse that ran across the floor"), line(1, "is gone")] },
            Stanza { lines: vec![line(0, "for good")] },
        ],
        span: Span::default(),
    };
    let wanted = "    The mouse that ran across\n          the floor\n      is gone\n\n    for good\n";
    check(vec![Block::Verse(verse)], Some(32), wanted);
}

#[test]
fn quotations_lists_and_pauses() {
    let item = |blocks| ListItem { blocks };
    let inner = List { kind: ListKind::Bullet, items: vec![item(vec![paragraph("deep")])], span: Span::default() };
    let list = List {
        kind: ListKind::Ordered { start: 9, numbering: Numbering::Decimal },
        items: vec![
            item(vec![paragraph("one owl and one more owl")]),
            item(vec![paragraph("two"), Block::List(inner)]),
        ],
        span: Span::default(),
    };
    let attribution =
        Paragraph { role: ParagraphRole::Attribution, content: vec![Inline::text("Owl")], span: Span::default() };
    let quote = Quote { blocks: vec![paragraph("Who?"), Block::Paragraph(attribution)], ..Quote::default() };
    let blocks = vec![Block::List(list), Block::SceneBreak(SceneBreak::default()), Block::Quote(quote)];
    let wanted = "9. one owl and one\n   more owl\n\n10. two\n\n    - deep\n\n       * * *\n\n    Who?\n\n                 Owl\n";
    check(blocks, Some(20), wanted);
}

#[test]
fn tables_stand_in_columns() {
    let row = |cells: [&str; 2]| Row { cells: cells.map(|text| Cell { content: vec![Inline::text(text)] }).to_vec() };
    let table = Table {
        columns: vec![Alignment::Start, Alignment::End],
        head: vec![row(["Owl", "Mice"])],
        body: vec![row(["barn owl of the north", "7"])],
        ..Table::default()
    };
    check(
        vec![Block::Table(table.clone().into())],
        None,
        "Owl                    Mice\n---------------------  ----\nbarn owl of the north     7\n",
    );
    check(
        vec![Block::Table(table.into())],
        Some(20),
        "Owl             Mice\n--------------  ----\nbarn owl of       7\nthe north\n"
            .replace("of       7", "of        7")
            .as_str(),
    );
}
