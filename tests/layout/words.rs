//! No word is lost or moved on the way to the pages.

use super::*;
use bindery::geom::Pt;
use bindery::layout::Layout;
use bindery::model::{
    Alignment, Cell, CodeBlock, InlineSpan, Leaf, LinkTarget, List, ListItem, ListKind, Note, NoteId, Numbering, Quote,
    QuoteKind, Row, SceneBreak, Speech, Stanza, Table, Target, Verse, VerseLine, plain_text,
};
use bindery::paged::{Item, Kid, NodeId, Owner, Role, Structure};

/// The text of each piece of content, in the order of the structure, but for nodes of the roles left out.
fn structure_text(layout: &Layout, skip: &dyn Fn(&Role) -> bool) -> String {
    let paged = &layout.paged;
    let mut contents = vec![String::new(); paged.structure.contents.len()];
    for page in &paged.pages {
        for item in &page.items {
            if let Item::Run(run) = item
                && let Owner::Content(content) = run.owner
            {
                contents[content.0 as usize].push_str(page.text_of(run));
            }
        }
    }
    let mut out = String::new();
    let mut open = vec![Kid::Node(Structure::ROOT)];
    while let Some(kid) = open.pop() {
        match kid {
            Kid::Content(content) => out.push_str(&contents[content.0 as usize]),
            Kid::Node(NodeId(node)) => {
                let node = &paged.structure.nodes[node as usize];
                if !skip(&node.role) {
                    if !matches!(node.role, Role::Span | Role::Link | Role::Reference) {
                        out.push(' ');
                    }
                    open.extend(node.kids().iter().rev());
                }
            }
        }
    }
    out.replace('\u{ad}', "")
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn model_text(document: &Document) -> String {
    let mut out = String::new();
    document.for_each_leaf(&mut |leaf| {
        match leaf {
            Leaf::Text(inlines, _) => out.push_str(&plain_text(inlines)),
            Leaf::Code(line, _) => out.push_str(line),
        }
        out.push(' ');
    });
    out
}

fn is_not_of_the_model(role: &Role) -> bool {
    matches!(role, Role::Title | Role::Toc | Role::ListLabel | Role::Reference | Role::Note(_))
}

fn everything() -> Document {
    let verse = |lines: &[&str]| Stanza {
        lines: lines.iter().map(|line| VerseLine { indent: 0, content: text(line) }).collect(),
    };
    let span = Span::default();
    let cell = |words: &str| Cell { content: text(words) };
    let blocks = vec![
        Block::Paragraph(Paragraph {
            content: vec![
                Inline::text("A first paragraph with "),
                Inline::Emphasis(text("stress")),
                Inline::text(", a "),
                Inline::Link(
                    LinkTarget {
                        target: Target::External("https://example.org/a".into()),
                        content: text("link to go"),
                    }
                    .into(),
                ),
                Inline::text(", a note"),
                Inline::NoteRef(NoteId(0)),
                Inline::text(" and "),
                Inline::Span(
                    InlineSpan { language: "fr".parse().unwrap_or_default(), content: text("quelques mots") }.into(),
                ),
                Inline::LineBreak,
                Inline::Code("let x = 1;".into()),
                Inline::text(" in it."),
            ],
            ..Paragraph::default()
        }),
        paragraph(&prose(180, 7)),
        Block::Quote(Quote {
            kind: QuoteKind::Quotation,
            blocks: vec![paragraph(&prose(40, 8)), role(ParagraphRole::Attribution, "Somebody Else")],
            span,
        }),
        Block::Verse(Verse {
            stanzas: vec![
                verse(&["The first of lines", "the second, longer than the first of lines"]),
                verse(&["The third"]),
            ],
            span,
        }),
        Block::Speech(Speech { speaker: text("ANNA."), blocks: vec![paragraph("I have come.")], span }.into()),
        Block::Speech(
            Speech {
                speaker: text("BRUNO"),
                blocks: vec![Block::Verse(Verse { stanzas: vec![verse(&["And I have gone"])], span })],
                span,
            }
            .into(),
        ),
        Block::SceneBreak(SceneBreak { mark: None, span }),
        Block::List(List {
            kind: ListKind::Ordered { start: 1, numbering: Numbering::Decimal },
            items: vec![
                ListItem { blocks: vec![paragraph("The first item")] },
                ListItem {
                    blocks: vec![
                        paragraph("The second item"),
                        Block::List(List {
                            kind: ListKind::Bullet,
                            items: vec![ListItem { blocks: vec![paragraph("An inner item")] }],
                            span,
                        }),
                    ],
                },
            ],
            span,
        }),
        Block::Code(
            CodeBlock {
                language: None,
                lines: vec![
                    "fn main() {".into(),
                    String::new(),
                    "    one_long_call(with, many, arguments, that, do_not_fit, in_a_line, of_this_page);".into(),
                    "}".into(),
                ],
                span,
            }
            .into(),
        ),
        Block::Table(
            Table {
                caption: text("A table of things"),
                columns: vec![Alignment::Start, Alignment::End],
                head: vec![Row { cells: vec![cell("Thing"), cell("Count")] }],
                body: (0..60)
                    .map(|row| Row { cells: vec![cell(&format!("thing number {row}")), cell(&row.to_string())] })
                    .collect(),
                span,
            }
            .into(),
        ),
    ];
    let mut chapter = section("c1", SectionRole::Chapter, "Everything", blocks);
    chapter.children.push(section("s1", SectionRole::Section, "A part of it", vec![paragraph(&prose(60, 3))]));
    let mut document = Document { sections: vec![chapter], ..Document::default() };
    document.meta.title = "All Kinds".into();
    document.notes.push(Note { label: None, blocks: vec![paragraph("What the note says.")], span });
    document.notes.push(Note { label: None, blocks: vec![paragraph("A note that nothing refers to.")], span });
    assert_eq!(document.validate(), Ok(()));
    document
}

#[test]
fn every_word_is_on_the_pages_in_order() {
    let document = everything();
    for paper in ["a4", "a5", "4x6in"] {
        for class in ["book", "article"] {
            let layout =
                set(&document, Settings { class: class.parse().ok(), contents: Some(false), ..settings(paper) });
            let made = structure_text(&layout, &is_not_of_the_model);
            let model = model_text(&document).replace("What the note says. ", "");
            assert_eq!(words(&made), words(&model), "{paper} {class}");
            let notes = structure_text(&layout, &|role| matches!(role, Role::Section | Role::Part));
            assert!(!notes.contains("What the note says."));
        }
    }
}

#[test]
fn pages_know_where_in_the_text_they_begin() {
    let document = everything();
    let layout = set(&document, settings("4x6in"));
    let mut leaves = Vec::new();
    document.for_each_leaf(&mut |leaf| {
        leaves.push(match leaf {
            Leaf::Text(inlines, _) => plain_text(inlines),
            Leaf::Code(line, _) => line.to_owned(),
        });
    });
    let mut found = 0;
    for (page, start) in layout.paged.pages.iter().zip(&layout.paged.page_starts) {
        let Some(start) = start else { continue };
        let rest = &leaves[start.leaf as usize][start.offset as usize..];
        let word = rest.split([' ', '\n']).find(|word| !word.is_empty()).unwrap_or("");
        let word: String = word.chars().take(4).collect();
        assert!(page.text.contains(&word), "page {} begins with {word:?}, not {:?}", page.folio, page.text);
        found += 1;
    }
    assert!(found > 4);
    assert!(layout.paged.page_starts.iter().flatten().is_sorted());
}

#[test]
fn nothing_stands_outside_its_page() {
    let layout = set(&everything(), settings("4x6in"));
    for page in &layout.paged.pages {
        for item in &page.items {
            if let Item::Run(run) = item {
                let end = run.origin.x + page.width_of(run);
                assert!(run.origin.x > Pt(-0.1) && end < page.size.width, "{}: {}", page.folio, page.text_of(run));
                assert!(run.origin.y > Pt::ZERO && run.origin.y < page.size.height);
            }
        }
    }
}

#[test]
fn characters_that_no_face_has_are_told_and_shown_as_such() {
    let mut signs = document("Signs", vec![section("a", SectionRole::Chapter, "One", vec![])]);
    signs.sections[0].blocks = ["Here \u{e0f1} and \u{e0f1}.", "Then \u{e0f2}."].map(paragraph).into();
    let layout = set(&signs, settings("a5"));
    let told: Vec<_> =
        layout.diagnostics.iter().filter(|one| one.code == bindery::diag::Code::MissingCharacter).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].message.contains("U+E0F1") && told[0].message.contains("U+E0F2"), "{}", told[0].message);
    assert!(told[0].message.contains(": 3 places"), "{}", told[0].message);
    // They stay in the text, for those who copy or listen.
    let text = structure_text(&layout, &is_not_of_the_model);
    assert!(words(&text).ends_with(&["One", "Here", "\u{e0f1}", "and", "\u{e0f1}.", "Then", "\u{e0f2}."]), "{text}");
}
