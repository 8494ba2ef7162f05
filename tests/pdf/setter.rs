//! A tiny setter: words into lines, no shaping, so that the writer is tested without layout.

use bindery::font::Face;
use bindery::geom::{Point, Pt, Rect, Size};
use bindery::ink::Ink;
use bindery::model::{AnchorId, Language, Metadata, Resource, Target};
use bindery::paged::*;
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::Arc;

const SIZE: f32 = 11.0;
const LEADING: f32 = 13.5;
const MARGIN: f32 = 54.0;

/// A paged document in the making.
pub(crate) struct Setter {
    pub(crate) paged: PagedDocument,
    page: Page,
    y: f32,
    x: f32,
}

fn face(path: &str) -> Arc<Face> {
    let data = std::fs::read(format!("{}/fonts/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    Arc::new(Face::parse(data, 0).unwrap())
}

impl Setter {
    pub(crate) fn new(title: &str) -> Setter {
        let mut meta = Metadata { title: title.into(), language: "en".parse().unwrap(), ..Metadata::default() };
        meta.push_author("Ada Bright");
        let faces = vec![
            face("libertinus/LibertinusSerif-Regular.otf"),
            face("libertinus/LibertinusSerif-Italic.otf"),
            face("jetbrains-mono/JetBrainsMono-Regular.ttf"),
        ];
        let paged = PagedDocument {
            meta,
            faces,
            images: Vec::new(),
            pages: Vec::new(),
            page_labels: vec![PageLabels { first: 0, style: FolioStyle::Arabic, start: 1 }],
            structure: Structure::new(),
            bookmarks: Vec::new(),
            anchors: BTreeMap::new(),
            page_starts: Vec::new(),
        };
        let mut setter = Setter { paged, page: Page::default(), y: 0.0, x: 0.0 };
        setter.begin_page();
        setter
    }

    fn begin_page(&mut self) {
        let size = Size { width: Pt(432.0), height: Pt(648.0) };
        let folio = (self.paged.pages.len() + 1).to_string();
        self.page = Page { size, folio, ..Page::default() };
        self.y = MARGIN;
        self.x = MARGIN;
    }

    pub(crate) fn end_page(&mut self) {
        let folio = self.page.folio.clone();
        self.run(0, &folio, Owner::Artifact(Artifact::Folio), 210.0, 620.0, false);
        let page = std::mem::take(&mut self.page);
        self.paged.pages.push(page);
        self.paged.page_starts.push(None);
        self.begin_page();
    }

    pub(crate) fn finish(mut self) -> PagedDocument {
        self.end_page();
        let used: Vec<u16> = (0..self.paged.faces.len() as u16)
            .filter(|face| {
                let runs = self.paged.pages.iter().flat_map(|page| &page.items);
                runs.into_iter().any(|item| matches!(item, Item::Run(run) if run.face == *face))
            })
            .collect();
        for page in &mut self.paged.pages {
            for item in &mut page.items {
                if let Item::Run(run) = item {
                    run.face = used.iter().position(|face| *face == run.face).unwrap() as u16;
                }
            }
        }
        self.paged.faces = used.iter().map(|face| self.paged.faces[*face as usize].clone()).collect();
        self.paged
    }

    pub(crate) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.paged.structure.push(parent, role)
    }

    pub(crate) fn language(&mut self, node: NodeId, language: &str) {
        self.paged.structure.node_mut(node).unwrap().properties_mut().language =
            Some(language.parse::<Language>().unwrap());
    }

    /// Here is a place that links lead to.
    pub(crate) fn anchor(&mut self, name: &str) -> Destination {
        let place = Destination { page: self.paged.pages.len() as u32, y: Pt(self.y) };
        self.paged.anchors.insert(AnchorId(name.into()), place);
        place
    }

    /// A run with its glyphs; `|` in the text is a soft hyphen, `æ` a ligature of a and e. Returns its width.
    pub(crate) fn run(&mut self, face: u16, text: &str, owner: Owner, x: f32, y: f32, right_to_left: bool) -> f32 {
        let data = self.paged.faces[face as usize].clone();
        let font = FontRef::from_index(data.data(), data.index()).unwrap();
        let charmap = font.charmap();
        let (first, start) = (self.page.glyphs.len() as u32, self.page.text.len());
        let mut width = 0.0;
        for c in text.chars() {
            let (shown, said) = match c {
                '|' => ('-', "\u{AD}".to_owned()),
                'æ' => ('æ', "ae".to_owned()),
                c => (c, c.to_string()),
            };
            let id = charmap.map(shown).map_or(0, |id| id.to_u32() as u16);
            let advance = data.advance(id);
            width += advance * SIZE / 1000.0;
            let cluster = (self.page.text.len() - start) as u16;
            self.page.text.push_str(&said);
            self.page.glyphs.push(Glyph { id, cluster, cluster_len: said.len() as u8, advance, dx: 0, dy: 0 });
        }
        if right_to_left {
            self.page.glyphs[first as usize..].reverse();
        }
        self.page.items.push(Item::Run(GlyphRun {
            owner,
            face,
            size: Pt(SIZE),
            origin: Point { x: Pt(x), y: Pt(y) },
            expansion: 1.0,
            tracking: 0.0,
            ink: Ink::BLACK,
            right_to_left,
            glyphs: first..self.page.glyphs.len() as u32,
            text: start as u32..self.page.text.len() as u32,
        }));
        width
    }

    /// Text of a node behind what stands on the line, broken between words where the measure ends.
    pub(crate) fn text(&mut self, node: NodeId, face: u16, text: &str) -> ContentId {
        let content = self.paged.structure.push_content(node);
        let measure = 432.0 - 2.0 * MARGIN;
        let mut line = String::new();
        let mut at = self.x;
        for word in text.split_inclusive(' ') {
            let wide = word.chars().count() as f32 * SIZE * 0.5;
            if at + wide > MARGIN + measure && !line.is_empty() {
                self.run(face, &line, Owner::Content(content), self.x, self.y, false);
                self.end_line();
                line.clear();
                at = self.x;
            }
            line.push_str(word);
            at += wide;
        }
        if !line.is_empty() {
            self.x += self.run(face, &line, Owner::Content(content), self.x, self.y, false);
        }
        content
    }

    pub(crate) fn end_line(&mut self) {
        self.x = MARGIN;
        self.y += LEADING;
        if self.y > 590.0 {
            self.end_page();
        }
    }

    /// A node with nothing but text, on lines of its own.
    pub(crate) fn block(&mut self, parent: NodeId, role: Role, text: &str) -> NodeId {
        let node = self.node(parent, role);
        self.text(node, 0, text);
        self.end_line();
        node
    }

    /// A link over what comes on this line.
    pub(crate) fn link(&mut self, node: NodeId, text: &str, target: Target) {
        let from = self.x;
        self.text(node, 0, text);
        let rect = Rect {
            origin: Point { x: Pt(from), y: Pt(self.y - 9.0) },
            size: Size { width: Pt(self.x - from), height: Pt(12.0) },
        };
        self.page.links.push(LinkArea { rect, node, target, description: text.trim().into() });
    }

    pub(crate) fn picture(&mut self, parent: NodeId, resource: Resource, alt: Option<&str>) -> NodeId {
        let rect =
            Rect { origin: Point { x: Pt(MARGIN), y: Pt(self.y) }, size: Size { width: Pt(60.0), height: Pt(40.0) } };
        let node = self.node(parent, Role::Figure(FigureBox { rect, inline: false }));
        self.paged.structure.node_mut(node).unwrap().properties_mut().alt = alt.map(str::to_owned);
        let content = self.paged.structure.push_content(node);
        let image = self.paged.images.len() as u32;
        self.paged.images.push(Arc::new(resource));
        self.page.items.push(Item::Picture(Picture { owner: Owner::Content(content), image, rect }));
        self.y += 60.0;
        node
    }

    pub(crate) fn rule(&mut self, owner: Owner) {
        let rect =
            Rect { origin: Point { x: Pt(MARGIN), y: Pt(self.y) }, size: Size { width: Pt(100.0), height: Pt(0.5) } };
        self.page.items.push(Item::Rule(Rule { owner, rect, ink: Ink::gray(102) }));
        self.y += LEADING;
    }
}
