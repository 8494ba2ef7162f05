//! What a book designer looks for on finished pages, read off their runs and structure alone.

use super::*;
use bindery::paged::{Artifact, Item, Kid, NodeId, Owner, Page, PagedDocument, Role};
use bindery::reader::plain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One line of the text on a page.
#[derive(Debug, Clone, Copy)]
struct Line {
    node: NodeId,
    page: usize,
    /// Its baseline, in hundredths of a point.
    y: i64,
    /// Its type size, in hundredths of a point.
    size: i64,
    width: f32,
}

/// A paged document with the block that each piece of content is in.
struct Book<'a> {
    paged: &'a PagedDocument,
    blocks: Vec<Option<NodeId>>,
    noted: Vec<bool>,
    lines: Vec<Line>,
}

impl<'a> Book<'a> {
    fn of(paged: &'a PagedDocument) -> Book<'a> {
        let nodes = &paged.structure.nodes;
        let mut blocks: Vec<Option<NodeId>> = vec![None; nodes.len()];
        let mut noted = vec![false; nodes.len()];
        for (at, node) in nodes.iter().enumerate() {
            let is_block = matches!(
                node.role,
                Role::Paragraph | Role::Heading(_) | Role::VerseLine | Role::Title | Role::Code | Role::TocItem
            );
            if is_block && blocks[at].is_none() {
                blocks[at] = Some(NodeId(at as u32));
            }
            noted[at] |= matches!(node.role, Role::Note(_));
            for kid in node.kids() {
                if let Kid::Node(kid) = kid {
                    blocks[kid.0 as usize] = blocks[at];
                    noted[kid.0 as usize] = noted[at];
                }
            }
        }
        let mut book = Book { paged, blocks, noted, lines: Vec::new() };
        for (number, page) in paged.pages.iter().enumerate() {
            book.read(number, page);
        }
        book
    }

    fn read(&mut self, number: usize, page: &Page) {
        let mut lines: BTreeMap<(i64, u32), Line> = BTreeMap::new();
        for item in &page.items {
            let Item::Run(run) = item else { continue };
            let Owner::Content(content) = run.owner else { continue };
            let owner = self.paged.structure.contents[content.0 as usize];
            let Some(node) = self.blocks[owner.0 as usize] else { continue };
            let at = |value: Pt| (value.0 * 100.0).round() as i64;
            let new = Line { node, page: number, y: at(run.origin.y), size: at(run.size), width: 0.0 };
            let line = lines.entry((new.y, node.0)).or_insert(new);
            line.size = line.size.max(new.size);
            line.width += page.width_of(run).0;
        }
        self.lines.extend(lines.into_values());
    }

    fn role(&self, line: &Line) -> &Role {
        &self.paged.structure.nodes[line.node.0 as usize].role
    }

    fn is_note(&self, line: &Line) -> bool {
        self.noted[line.node.0 as usize]
    }

    /// The most frequent of some numbers.
    fn commonest(numbers: impl Iterator<Item = i64>) -> i64 {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for number in numbers {
            *counts.entry(number).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(number, _)| number)
    }

    /// Whether a page opens a chapter, or is no page of one: it has no running head.
    fn opens(&self, page: usize) -> bool {
        let head = |item: &Item| matches!(item, Item::Run(run) if run.owner == Owner::Artifact(Artifact::RunningHead));
        self.paged.pages.get(page).is_none_or(|page| !page.items.iter().any(head))
    }

    /// Everything that a book designer would mark.
    fn faults(&self) -> Vec<String> {
        let mut out = Vec::new();
        let folio = |page: usize| self.paged.pages[page].folio.clone();
        let size = Book::commonest(self.lines.iter().map(|line| line.size));
        let text: Vec<&Line> = self.lines.iter().filter(|line| !self.is_note(line)).collect();
        let steps = text.windows(2).filter(|pair| pair[0].page == pair[1].page && pair[0].size == size);
        let leading = Book::commonest(steps.map(|pair| pair[1].y - pair[0].y).filter(|step| *step > size));
        let first = Book::commonest(self.paged.pages.iter().enumerate().filter_map(|(at, _)| {
            text.iter().filter(|line| line.page == at && line.size == size).map(|line| line.y).min()
        }));

        let mut paragraphs: BTreeMap<NodeId, Vec<&Line>> = BTreeMap::new();
        for line in &text {
            paragraphs.entry(line.node).or_default().push(line);
        }
        for lines in paragraphs.values().filter(|lines| *self.role(lines[0]) == Role::Paragraph) {
            for part in lines.chunk_by(|a, b| a.page == b.page) {
                if part.len() == 1 && lines.len() > 1 {
                    out.push(format!("page {}: a single line of a paragraph", folio(part[0].page)));
                }
            }
            let last = lines[lines.len() - 1];
            if lines.len() > 1 && last.size == size && last.width < 2.0 * size as f32 / 100.0 {
                out.push(format!("page {}: a last line of {:.1} points", folio(last.page), last.width));
            }
        }
        for pair in text.windows(2) {
            let heading = |line: &Line| matches!(self.role(line), Role::Heading(_));
            if heading(pair[0]) && !heading(pair[1]) && pair[0].page != pair[1].page {
                out.push(format!("page {}: a heading at the foot", folio(pair[0].page)));
            }
        }
        for line in text.iter().filter(|line| *self.role(line) == Role::Paragraph && line.size == size) {
            let off = (line.y - first).rem_euclid(leading.max(1));
            // Hundredths add up over a page.
            if off.min(leading - off) > 5 {
                out.push(format!("page {}: a line off the grid by {off}", folio(line.page)));
            }
        }
        // An ornament at the foot is its last line.
        let foot = |page: usize| {
            let runs = self.paged.pages[page].items.iter().filter_map(|item| match item {
                Item::Run(run) if matches!(run.owner, Owner::Content(_) | Owner::Artifact(Artifact::Layout)) => {
                    Some(run)
                }
                _ => None,
            });
            runs.map(|run| (run.origin.y.0 * 100.0).round() as i64).max()
        };
        for recto in (2..self.paged.pages.len()).step_by(2) {
            let parted = self.opens(recto) || self.opens(recto - 1) && self.opens(recto + 1) || self.opens(recto + 1);
            if !parted && let (Some(left), Some(right)) = (foot(recto - 1), foot(recto)) {
                // Notes stand on a grid of their own above the same foot.
                if (left - right).abs() > 10 {
                    out.push(format!("pages {} and {}: feet {left} and {right}", folio(recto - 1), folio(recto)));
                }
            }
        }
        out
    }
}

/// The texts of a folder: files, and `input.txt` of folders.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut list: Vec<PathBuf> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let path = if path.is_dir() { path.join("input.txt") } else { path };
            (path.extension().is_some_and(|ending| ending == "txt") && path.is_file()).then_some(path)
        })
        .collect();
    list.sort();
    list
}

fn check(folder: &Path, library: &Library) {
    let list = texts(folder);
    assert!(!list.is_empty(), "no text in {}", folder.display());
    let mut all = Vec::new();
    for path in list {
        let bytes = std::fs::read(&path).expect("a text can be read");
        let reading = plain::read(&bytes, &path.to_string_lossy(), &plain::Options::default()).expect("a text");
        let settings =
            Settings { class: Some(bindery::style::Class::Book), margins: "0.8in".parse().ok(), ..settings("6x9in") };
        let layout = paginate(&reading.document, &Options { settings, ..Options::default() }, library);
        let layout = layout.expect("a text can be set");
        let faults = Book::of(&layout.paged).faults();
        println!("{}: {} pages, {} faults", path.display(), layout.paged.pages.len(), faults.len());
        all.extend(faults.into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_pages_of_the_sample_texts_are_as_a_designer_would_have_them() {
    check(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/input")), &Library::built_in());
}

/// The same over a folder of real books, named by `BINDERY_BOOKS`.
#[test]
#[ignore = "needs books that are not in this repository: BINDERY_BOOKS names their folder"]
fn the_pages_of_real_books_are_as_a_designer_would_have_them() {
    let folder = std::env::var_os("BINDERY_BOOKS").expect("BINDERY_BOOKS names a folder of texts");
    check(Path::new(&folder), &Library::built_in());
}
