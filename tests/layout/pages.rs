//! Where pages break, and what stands on them.

use super::*;
use bindery::model::{Alignment, Cell, Figure, Resource, ResourceId, Row, Table};
use bindery::paged::{Artifact, Item, Owner, Page, PagedDocument, Role};
use bindery::style::Class;

/// The baselines of running text on a page, rounded to hundredths.
fn baselines(page: &Page) -> Vec<i64> {
    let mut list: Vec<i64> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Run(run) if matches!(run.owner, Owner::Content(_)) => Some((run.origin.y.0 * 100.0).round() as i64),
            _ => None,
        })
        .collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// The ranges of pages that belong to one chapter each.
fn chapters(paged: &PagedDocument, count: usize) -> Vec<std::ops::Range<usize>> {
    let page = |number: usize| {
        paged.anchors.get(&AnchorId(format!("c{number}"))).map_or(paged.pages.len(), |to| to.page as usize)
    };
    (1..=count).map(|number| page(number)..page(number + 1)).collect()
}

#[test]
fn facing_pages_end_on_the_same_line_and_lines_stand_on_the_grid() {
    let layout = set(&book(6, 60), settings("a5"));
    assert_eq!(layout.diagnostics.iter().map(|one| &one.message).collect::<Vec<_>>(), [""; 0]);
    let paged = &layout.paged;
    let mut pairs = 0;
    for chapter in chapters(paged, 6) {
        for page in chapter.clone() {
            let lines = baselines(&paged.pages[page]);
            let last = lines.last().copied().unwrap_or(0);
            if page % 2 == 0 && page > chapter.start && page + 1 < chapter.end {
                let other = baselines(&paged.pages[page - 1]).last().copied().unwrap_or(0);
                assert_eq!(last, other, "pages {} and {}", page - 1, page);
                pairs += 1;
            }
            let steps: Vec<i64> = lines.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 2).collect();
            let leading = steps.iter().min().copied().unwrap_or(1);
            assert!(
                page == chapter.start || steps.iter().all(|step| (step % leading).min(leading - step % leading) <= 3),
                "page {page}: {steps:?}"
            );
        }
    }
    assert!(pairs > 5, "{pairs}");
}

#[test]
fn a_book_has_title_pages_contents_and_chapters_on_new_pages() {
    let layout = set(&book(3, 12), settings("a5"));
    let paged = &layout.paged;
    let words = |page: usize| paged.pages[page].text.clone();
    assert_eq!(words(0), "Harbour Letters");
    assert_eq!(words(1), "");
    assert_eq!(words(2), "Harbour LettersAda Writer");
    assert_eq!(paged.pages[2].folio, "iii");
    let contents = (3..paged.pages.len()).find(|page| words(*page).starts_with("Contents"));
    let contents = contents.unwrap_or(0);
    assert_eq!(contents % 2, 0, "contents open on a recto");
    assert_eq!(paged.pages[contents].links.len(), 6, "title and folio of each entry lead to it");
    let first = chapters(paged, 3)[0].start;
    assert_eq!((first % 2, paged.pages[first].folio.as_str()), (0, "1"));
    assert_eq!(paged.bookmarks.len(), 3);
    let heads: Vec<&str> = paged.pages[first + 1]
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Run(run) if run.owner == Owner::Artifact(Artifact::RunningHead) => {
                Some(paged.pages[first + 1].text_of(run))
            }
            _ => None,
        })
        .collect();
    assert_eq!(heads, ["Harbour Letters"]);
}

#[test]
fn an_article_opens_with_its_title_and_runs_on() {
    let body = vec![role(ParagraphRole::Standfirst, "What it is about."), paragraph(&prose(120, 1))];
    let document = document("A Short Piece", vec![section("s1", SectionRole::Section, "", body)]);
    let layout = set(&document, Settings::default());
    assert_eq!(layout.paged.pages.len(), 1);
    let page = &layout.paged.pages[0];
    assert!(page.text.starts_with("A Short PieceAda WriterWhat it is about."), "{}", page.text);
    let title = layout.paged.structure.nodes.iter().filter(|node| node.role == Role::Title).count();
    assert_eq!(title, 1);
    assert!((page.size.width - Pt(595.276)).abs() < Pt(0.01));
}

#[test]
fn pages_are_the_same_at_any_number_of_threads() {
    let document = book(4, 20);
    let dump = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map(|pool| pool.install(|| set(&document, settings("a5")).paged.dump())).unwrap_or_default()
    };
    let one = dump(1);
    assert!(!one.is_empty() && one == dump(3));
}

#[test]
fn themes_differ_and_every_paper_takes_a_book() {
    let document = book(2, 8);
    let mut dumps = Vec::new();
    for theme in ["classic", "modern", "manuscript"] {
        let layout =
            set(&document, Settings { theme: theme.parse().ok(), class: Some(Class::Book), ..settings("6x9in") });
        dumps.push(layout.paged.dump());
    }
    assert!(dumps[0] != dumps[1] && dumps[1] != dumps[2]);
    for paper in ["a4", "a6", "b5", "letter", "legal", "5x8in", "5.25x8in", "5.5x8.5in", "200x200pt"] {
        assert!(set(&document, settings(paper)).paged.pages.len() > 6, "{paper}");
    }
}

#[test]
fn a_page_that_cannot_be_filled_well_is_told() {
    let pieces =
        (0..12).map(|n| section(&format!("s{n}"), SectionRole::Section, "A Heading", vec![paragraph("One line.")]));
    let document = document("Small", pieces.collect());
    let narrow = Settings { margins: "8mm".parse().ok(), ..settings("80x60mm") };
    let layout = set(&document, narrow);
    let told: Vec<_> = layout.diagnostics.iter().filter(|one| one.code == bindery::diag::Code::PageBadness).collect();
    assert!(!told.is_empty(), "{}", layout.paged.dump());
    assert!(told.iter().all(|one| one.span.is_some() && one.hint.is_some()));
}

/// The lowest baseline of running text in each half of a page.
fn feet(page: &Page) -> (i64, i64) {
    let foot = |right: bool| {
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Run(run) if matches!(run.owner, Owner::Content(_)) => Some(run),
            _ => None,
        });
        let own = runs.filter(|run| (run.origin.x > page.size.width / 2.0) == right);
        own.map(|run| (run.origin.y.0 * 100.0).round() as i64).max().unwrap_or(0)
    };
    (foot(false), foot(true))
}

#[test]
fn two_columns_stand_under_one_title_and_end_together() {
    let mut blocks = vec![role(ParagraphRole::Standfirst, &prose(30, 7))];
    blocks.extend((0..24).map(|at| paragraph(&prose(40 + at * 13 % 70, at))));
    let document = document("A Piece in Two Columns", vec![section("s1", SectionRole::Section, "", blocks)]);
    let layout = set(&document, Settings { columns: Some(2), ..Settings::default() });
    let pages = &layout.paged.pages;
    let (left, right) = feet(&pages[pages.len() - 1]);
    let leading = 1500;
    assert!(left >= right && left - right <= 2 * leading, "{left} {right}");
    let first = &pages[0];
    let tops = |right: bool| {
        let lines = first.items.iter().filter_map(|item| match item {
            Item::Run(run) if (run.origin.x > first.size.width / 2.0) == right => Some(run.origin.y),
            _ => None,
        });
        lines.fold(Pt(f32::MAX), Pt::min)
    };
    assert!(tops(false) + Pt(60.0) < tops(true), "the title stands over both columns");
    assert!((feet(first).0 - feet(first).1).abs() <= leading);
}

/// A picture wider than a page, which the document has from now on.
fn lighthouse(document: &mut Document) -> Block {
    let resource = ResourceId(document.resources.len() as u32);
    document.resources.push(Resource {
        name: "light.png".into(),
        media_type: "image/png".into(),
        data: Vec::new(),
        pixels: (900, 600),
        orientation: Default::default(),
    });
    Block::Figure(
        Figure { resource, alt: "A lighthouse".into(), caption: text("The light"), span: Span::default() }.into(),
    )
}

#[test]
fn a_picture_waits_for_text_that_fills_its_page() {
    let mut document = book(3, 14);
    let figure = lighthouse(&mut document);
    for chapter in &mut document.sections {
        for at in [9, 4] {
            chapter.blocks.insert(at, figure.clone());
        }
    }
    let layout = set(&document, settings("a5"));
    assert_eq!(layout.diagnostics.iter().map(|one| &one.message).collect::<Vec<_>>(), [""; 0]);
    let pictures = layout.paged.pages.iter().flat_map(|page| &page.items);
    assert_eq!(pictures.filter(|item| matches!(item, Item::Picture(_))).count(), 6);
    // The structure keeps the order of the text, wherever pictures came to stand.
    let roles: Vec<&Role> = layout.paged.structure.nodes.iter().map(|node| &node.role).collect();
    let figure = roles.iter().position(|role| matches!(role, Role::Figure(_))).unwrap_or(0);
    let before = roles[..figure].iter().rev().take_while(|role| !matches!(role, Role::Heading(_)));
    assert_eq!(before.filter(|role| matches!(role, Role::Paragraph)).count(), 4);
}

#[test]
fn a_picture_in_a_note_is_shown_once_where_it_hides_nothing() {
    let mut heights = Vec::new();
    for before in 0..24 {
        let mut document = book(1, 14);
        let figure = lighthouse(&mut document);
        let blocks = vec![paragraph("See below."), figure, paragraph("Thus.")];
        document.notes = vec![bindery::model::Note { label: None, blocks, span: Span::default() }];
        let mut content = text(&prose(20 + before * 8, 7));
        content.push(Inline::NoteRef(bindery::model::NoteId(0)));
        let block = Paragraph { role: ParagraphRole::Body, content, span: Span::default() };
        document.sections[0].blocks.insert(before % 12, Block::Paragraph(block));
        let paged = set(&document, settings("a5")).paged;
        let mut shown = Vec::new();
        for page in &paged.pages {
            let runs = page.items.iter().filter_map(|item| match item {
                Item::Run(run) => Some(run.origin.y),
                _ => None,
            });
            let baselines: Vec<Pt> = runs.collect();
            for item in &page.items {
                let Item::Picture(picture) = item else { continue };
                let (top, bottom) = (picture.rect.origin.y, picture.rect.origin.y + picture.rect.size.height);
                let hidden = baselines.iter().filter(|y| (top..bottom).contains(y)).count();
                assert_eq!(hidden, 0, "{before}: lines of text under a picture from {top:?} to {bottom:?}");
                assert!(bottom < page.size.height, "{before}");
                shown.push(picture.rect.size.height);
            }
        }
        let [height] = shown.as_slice() else { panic!("{before}: {shown:?}") };
        let tallest = paged.pages[0].size.height * 0.2;
        assert!(*height > Pt(9.0) && *height <= tallest, "{before}: {height:?}");
        heights.push(height.0.round() as u32);
    }
    let (least, most) = (heights.iter().min(), heights.iter().max());
    assert!(least < most, "{heights:?}: no page ends within the picture: the test is to be widened");
}

#[test]
fn figures_stand_near_enough_to_their_words_to_be_read_with_them() {
    let cell = |words: &str| Cell { content: text(words) };
    let row = |name: &str, count: &str| Row { cells: vec![cell(name), cell(count)] };
    let table = Table {
        caption: Vec::new(),
        columns: vec![Alignment::Start, Alignment::End],
        head: Vec::new(),
        body: vec![row("oats", "3"), row("barley", "12345"), row("buckwheat", "67")],
        span: Span::default(),
    };
    let section = section("c1", SectionRole::Chapter, "", vec![Block::Table(table.into())]);
    let layout = set(&document("Grain", vec![section]), settings("a5"));
    let page = layout.paged.pages.iter().find(|page| page.text.contains("barley")).expect("the page of the table");
    let (mut words_end, mut figures_begin, mut size) = (0.0_f32, f32::MAX, 0.0);
    for item in &page.items {
        let Item::Run(run) = item else { continue };
        if matches!(run.owner, Owner::Artifact(_)) {
            continue;
        }
        size = run.size.0;
        let text = page.text[run.text.start as usize..run.text.end as usize].trim();
        let advances =
            page.glyphs[run.glyphs.start as usize..run.glyphs.end as usize].iter().map(|glyph| glyph.advance);
        match text.parse::<u32>() {
            Ok(_) => figures_begin = figures_begin.min(run.origin.x.0),
            Err(_) => words_end = words_end.max(run.origin.x.0 + advances.sum::<f32>() * size / 1000.0 * run.expansion),
        }
    }
    let gap = (figures_begin - words_end) / size;
    assert!((0.5..0.7).contains(&gap), "{gap} em");
}

/// A document of prose with a formula in it.
fn with_formula(source: &str) -> Document {
    let mut document = book(1, 4);
    let math = bindery::model::MathBlock { source: source.into(), span: Span::default() };
    document.sections[0].blocks.insert(2, Block::Math(math));
    document
}

#[test]
fn a_formula_stands_in_the_middle_of_its_lines_and_in_its_place_in_the_text() {
    let layout = set(&with_formula(r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"), settings("a5"));
    let structure = &layout.paged.structure;
    let node = structure.nodes.iter().position(|node| node.role == Role::Formula).expect("a formula");
    assert_eq!(structure.nodes[node].alt(), r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}");
    let is_own = |owner: Owner| match owner {
        Owner::Content(content) => structure.contents[content.0 as usize].0 as usize == node,
        Owner::Artifact(_) => false,
    };
    let page = layout
        .paged
        .pages
        .iter()
        .find(|page| page.items.iter().any(|item| matches!(item, Item::Run(run) if is_own(run.owner))));
    let page = page.expect("its page");
    let runs: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Run(run) if is_own(run.owner) => Some((page.text_of(run).trim(), run.origin, page.width_of(run))),
            _ => None,
        })
        .collect();
    let of = |text: &str| runs.iter().find(|run| run.0 == text).unwrap_or_else(|| panic!("{text} in {runs:?}"));
    // The denominator is below what is equal to it, the numerator above, and the root within that.
    let (equal, under, root) = (of("="), of("2"), of("√"));
    let square = runs.iter().filter(|run| run.0 == "2").map(|run| run.1.y).fold(Pt(f32::MAX), Pt::min);
    let denominator = runs.iter().filter(|run| run.0 == "2").map(|run| run.1.y).fold(Pt::ZERO, Pt::max);
    assert!(square < root.1.y && root.1.y < equal.1.y && equal.1.y < denominator, "{under:?} {runs:?}");
    // Two lines: that of the fraction, and that of the root over its right half.
    let rules: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Rule(rule) if (square - Pt(8.0)..denominator).contains(&rule.rect.origin.y) => Some(rule.rect),
            _ => None,
        })
        .collect();
    let [fraction, over] = rules.as_slice() else { panic!("{rules:?}") };
    let ends = |rect: &bindery::geom::Rect| rect.origin.x + rect.size.width;
    let (fraction, over) = if fraction.size.width > over.size.width { (fraction, over) } else { (over, fraction) };
    assert!(
        over.origin.y < fraction.origin.y
            && over.origin.x > fraction.origin.x
            && ends(over) <= ends(fraction) + Pt(1.0)
    );
    // In the middle of the measure, whose edges the lines of prose have.
    let prose: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Run(run) if !is_own(run.owner) && page.width_of(run) > Pt(60.0) => Some(run),
            _ => None,
        })
        .collect();
    let left = prose.iter().map(|run| run.origin.x).fold(Pt(f32::MAX), Pt::min);
    let right = prose.iter().map(|run| run.origin.x + page.width_of(run)).fold(Pt::ZERO, Pt::max);
    let first = runs.iter().map(|run| run.1.x).fold(Pt(f32::MAX), Pt::min);
    let off = (first - left) - (right - ends(fraction));
    assert!(off.abs() < Pt(6.0), "{off:?}");
}

#[test]
fn a_formula_without_room_is_set_smaller() {
    let wide = format!(r"\frac{{{}}}{{2}}", ["a + b"; 60].join(" + "));
    let high = format!(r"\begin{{matrix}}{}\end{{matrix}}", [r"a \\ "; 70].concat());
    for source in [wide, high] {
        let layout = set(&with_formula(&source), settings("a6"));
        let nodes = &layout.paged.structure.nodes;
        let mut signs = 0;
        for page in &layout.paged.pages {
            for item in &page.items {
                let Item::Run(run) = item else { continue };
                let (end, y) = (run.origin.x + page.width_of(run), run.origin.y);
                assert!(run.origin.x >= Pt::ZERO && end <= page.size.width, "{run:?}");
                assert!(y > Pt::ZERO && y < page.size.height, "{run:?}");
                let owner = match run.owner {
                    Owner::Content(content) => Some(layout.paged.structure.contents[content.0 as usize]),
                    Owner::Artifact(_) => None,
                };
                signs += usize::from(owner.is_some_and(|node| nodes[node.0 as usize].role == Role::Formula));
            }
        }
        assert!(signs >= 60, "{signs}");
    }
}
