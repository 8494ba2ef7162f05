//! All streams of a document → one paged document.

use super::flow::front::{contents, contents_heading, folio};
use super::flow::{self, Body, Context, Flow, Item, Opens, Stream};
use super::line::collect_faces;
use super::page::{Composed, Composer, Facing, Fault, Furniture, LONG, Notes, Room, Sequence, SetItem, plan, set};
use super::shape::{Shaper, Shapers};
use super::{Layout, missing};
use crate::diag::{Code, Diagnostics};
use crate::font::Library;
use crate::geom::Pt;
use crate::model::{AnchorId, Document, Matter, Resource, TextPosition};
use crate::outline::{Entry, outline};
use crate::paged::{
    Bookmark, Destination, FolioStyle, Item as Placed, NodeId, Owner, Page, PageLabels, PagedDocument, Role, Structure,
};
use crate::source::Span;
use crate::style::{Class, Style};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many items are shaped at once, while the pages of as many before them are made: enough to keep all threads busy, few
/// enough that their glyphs take some tens of megabytes.
const BATCH: usize = 500;
/// How many of them one thread shapes before it looks for others: so many that threads seldom meet.
const CHUNK: usize = 16;
/// How many page faults are told one by one.
const TOLD: usize = 20;

/// Pages in a row, with one kind of folio.
#[derive(Default)]
struct Part {
    pages: Vec<Page>,
    starts: Vec<Option<TextPosition>>,
    anchors: BTreeMap<AnchorId, Destination>,
}

struct Assembler<'a, 'l> {
    document: &'a Document,
    style: &'a Style,
    shapers: &'a Shapers<'l>,
    structure: Structure,
    diagnostics: Diagnostics,
    faults: usize,
}

/// Lays out a document in a style.
pub(super) fn assemble(document: &Document, style: &Style, library: &Library, exceptions: &[String]) -> Layout {
    let (flow, diagnostics) = rayon::join(|| flow::build(document, style), || missing::characters(document, library));
    let Flow { mut streams, preliminary, structure, toc, .. } = flow;
    let shapers = &Shapers::new(library, exceptions);
    let mut assembler = Assembler { document, style, shapers, structure, diagnostics, faults: 0 };
    let entries = outline(document);
    let book = style.class == Class::Book;
    // In a book the front matter has its own folios, so that the body does not depend on the length of the contents.
    let body_from =
        if book { streams.iter().skip(preliminary).position(|stream| stream.matter != Matter::Front) } else { None };
    let body_streams = match body_from {
        Some(at) => streams.split_off(preliminary + at),
        None if book => Vec::new(),
        None => streams.split_off(preliminary),
    };
    let front_streams = streams.split_off(preliminary.min(streams.len()));
    let mut front = Part::default();
    let mut body = Part::default();
    assembler.streams(streams, FolioStyle::Roman, &mut front);
    assembler.streams(body_streams, FolioStyle::Arabic, &mut body);
    if let Some(toc) = toc.filter(|_| !entries.is_empty()) {
        assembler.contents(&entries, toc, &front_streams, &mut front, &body);
    }
    assembler.streams(front_streams, FolioStyle::Roman, &mut front);
    if book && front.pages.len() % 2 == 1 {
        front.push_blank(style, FolioStyle::Roman);
    }
    assembler.finish(library, front, body, &entries)
}

impl Part {
    fn push_blank(&mut self, style: &Style, folios: FolioStyle) {
        let folio = folio(self.pages.len() as u32 + 1, folios);
        self.pages.push(Page { size: style.geometry.page, folio, ..Page::default() });
        self.starts.push(None);
    }

    fn page_of(&self, anchor: &AnchorId) -> Option<u32> {
        self.anchors.get(anchor).map(|destination| destination.page)
    }
}

impl Assembler<'_, '_> {
    /// Lays out streams one behind the other. Where a stream begins depends on those before it; how its items are set does
    /// not, so that those of a batch are set while the pages of the batch before are made.
    fn streams(&mut self, streams: Vec<Stream>, folios: FolioStyle, part: &mut Part) {
        let (style, shapers) = (self.style, self.shapers);
        let mut batches = batches(streams);
        let mut ready = batches.next().map(|first| set_streams(first, style, shapers));
        while let Some(batch) = ready {
            let next = batches.next();
            // The pages are made on this thread, whose memory has room again where streams were let go.
            let ((), set) = rayon::join(
                || batch.into_iter().for_each(|stream| self.stream(stream, folios, part)),
                || next.map(|next| set_streams(next, style, shapers)),
            );
            ready = set;
        }
    }

    fn room(&self, first_page: usize) -> Room {
        let geometry = &self.style.geometry;
        let facing = match (geometry.columns, geometry.two_sided, first_page % 2) {
            (2, ..) => Facing::StartsLeft,
            (_, false, _) => Facing::Single,
            (_, true, 0) => Facing::StartsRight,
            (_, true, _) => Facing::StartsLeft,
        };
        Room {
            lines: geometry.lines,
            opening: (0, 0),
            closing: None,
            facing,
            note_line: flow::NOTE_LEADING,
            // The rule and the room over the first note.
            note_gap: 0.75,
        }
    }

    fn stream(&mut self, set: SetStream, folios: FolioStyle, part: &mut Part) {
        let SetStream { mut stream, mut items, notes } = set;
        if stream.opens == Opens::Recto && self.style.geometry.two_sided && part.pages.len() % 2 == 1 {
            part.push_blank(self.style, folios);
        }
        let first_page = part.pages.len();
        attach_notes(&mut items, &stream, &notes);
        let mut room = self.room(first_page);
        let mut pieces: Vec<_> = items.iter_mut().map(|item| std::mem::take(&mut item.piece)).collect();
        let poems = poems(&stream, &items, self.style);
        let (order, plan) = plan(&stream, &mut pieces, self.style.geometry.columns, &mut room);
        let mut set = in_order(items, &order);
        for (item, piece) in set.iter_mut().zip(pieces) {
            item.piece = piece;
        }
        let sequence = Sequence { items: in_order(std::mem::take(&mut stream.items), &order), set };
        let notes = Notes { flows: &stream.notes, set: &notes };
        let Composed { pages, anchors, starts, faults } = self.shapers.with(|shaper| {
            let mut composer = Composer { style: self.style, shaper, room: &room, first_page, poems: &poems };
            composer.compose(sequence, &notes, &plan)
        });
        let furniture = Furniture { style: self.style, meta: &self.document.meta };
        self.shapers.with(|shaper| {
            for (number, mut page) in pages.into_iter().enumerate() {
                let at = first_page + number;
                page.folio = folio(at as u32 + 1, folios);
                furniture.add(&mut page, at, number == 0, &stream, shaper);
                // A book of many short pages would else be half empty room.
                page.glyphs.shrink_to_fit();
                page.items.shrink_to_fit();
                part.pages.push(page);
            }
        });
        part.starts.extend(starts);
        for (anchor, to) in anchors {
            // The first place of an anchor holds: a note may be referred to twice.
            part.anchors.entry(anchor).or_insert(Destination { page: to.page + first_page as u32, ..to });
        }
        for (page, fault, span) in faults {
            let folio = part.pages.get(first_page + page).map_or("", |page| page.folio.as_str()).to_owned();
            self.tell(&folio, fault, span);
        }
    }

    fn tell(&mut self, folio: &str, fault: Fault, span: Span) {
        self.faults += 1;
        if self.faults > TOLD {
            return;
        }
        let what = match fault {
            Fault::Short(lines) => format!("page {folio} ends {lines} lines early"),
            Fault::Uneven => format!("page {folio} ends at another height than the page it faces"),
            Fault::Stray => {
                format!("page {folio} ends with a paragraph's first line, or the next begins with its last")
            }
            Fault::Parted => format!("page {folio} ends between things that belong together"),
        };
        let hint = "another font size, leading or paper moves the page breaks";
        self.diagnostics.warn(Code::PageBadness, Some(span), what, hint);
    }

    /// Lays out the printed contents behind what is in the front part already. The folios of front matter that follows
    /// depend on the length of the contents, so they are laid out twice.
    fn contents(&mut self, entries: &[Entry], toc: NodeId, later: &[Stream], front: &mut Part, body: &Part) {
        let later = (!later.is_empty()).then(|| self.on_trial(entries, toc, later, front, body));
        let folio_of = |entry: &Entry| -> String {
            if let Some(page) = body.page_of(&entry.anchor) {
                return folio(page + 1, FolioStyle::Arabic);
            }
            let page = later.as_ref().and_then(|later| later.page_of(&entry.anchor));
            page.or_else(|| front.page_of(&entry.anchor))
                .map_or_else(String::new, |page| folio(page + 1, FolioStyle::Roman))
        };
        let mut structure = std::mem::take(&mut self.structure);
        let stream = self.contents_stream(&mut structure, entries, toc, &folio_of);
        self.structure = structure;
        self.streams(vec![stream], FolioStyle::Roman, front)
    }

    /// The front part with contents and the sections of `later`: laid out on trial, with a structure that is thrown away.
    fn on_trial(&mut self, entries: &[Entry], toc: NodeId, later: &[Stream], front: &Part, body: &Part) -> Part {
        let structure = self.structure.clone();
        let mut trial = Part::default();
        for _ in &front.pages {
            trial.push_blank(self.style, FolioStyle::Roman);
        }
        let folio_of = |entry: &Entry| match body.page_of(&entry.anchor) {
            Some(page) => folio(page + 1, FolioStyle::Arabic),
            None => "xviii".to_owned(),
        };
        let mut spare = structure.clone();
        let stream = self.contents_stream(&mut spare, entries, toc, &folio_of);
        let told = (self.diagnostics.clone(), self.faults);
        self.streams(vec![stream], FolioStyle::Roman, &mut trial);
        self.streams(later.to_vec(), FolioStyle::Roman, &mut trial);
        self.structure = structure;
        (self.diagnostics, self.faults) = told;
        trial
    }

    fn contents_stream(
        &self,
        structure: &mut Structure,
        entries: &[Entry],
        toc: NodeId,
        folio_of: &dyn Fn(&Entry) -> String,
    ) -> Stream {
        let opens = if self.style.class == Class::Book { Opens::Recto } else { Opens::Page };
        let heading = contents_heading(self.document.meta.language.primary());
        let mut context = Context::new(self.document, self.style, std::mem::take(structure));
        context.stream = Stream { matter: Matter::Front, opens, running: heading.to_owned(), ..Stream::default() };
        contents(&mut context, entries, toc, heading, folio_of);
        *structure = context.structure;
        context.stream
    }

    fn finish(self, library: &Library, mut front: Part, body: Part, entries: &[Entry]) -> Layout {
        let Assembler { document, style, mut structure, mut diagnostics, faults, .. } = self;
        if faults > TOLD {
            let what = format!("{} pages more are not as they should be", faults - TOLD);
            diagnostics.note(Code::PageBadness, None, what);
        }
        let offset = front.pages.len() as u32;
        let mut page_labels = Vec::new();
        if offset > 0 && style.class == Class::Book {
            page_labels.push(PageLabels { first: 0, style: FolioStyle::Roman, start: 1 });
        }
        if !body.pages.is_empty() || page_labels.is_empty() {
            page_labels.push(PageLabels { first: offset, style: FolioStyle::Arabic, start: 1 });
        }
        let mut anchors = front.anchors;
        for (anchor, to) in body.anchors {
            anchors.entry(anchor).or_insert(Destination { page: to.page + offset, ..to });
        }
        let mut pages = front.pages;
        pages.extend(body.pages);
        let mut page_starts = std::mem::take(&mut front.starts);
        page_starts.extend(body.starts);
        if pages.is_empty() {
            pages.push(Page { size: style.geometry.page, folio: "1".into(), ..Page::default() });
            page_starts.push(None);
        }
        bind(&mut pages, style);
        let faces = collect_faces(library, &mut pages);
        let images = collect_pictures(document, &mut structure, &mut pages);
        let bookmarks = bookmarks(entries, &anchors);
        let paged = PagedDocument {
            meta: document.meta.clone(),
            faces,
            images,
            pages,
            page_labels,
            structure,
            bookmarks,
            anchors,
            page_starts,
        };
        Layout { paged, diagnostics }
    }
}

/// Cuts streams into batches of about [`BATCH`] items; towards the end of half of what is left, since one thread makes the pages
/// of the last batch while the others have nothing to do.
fn batches(streams: Vec<Stream>) -> impl Iterator<Item = Vec<Stream>> {
    let mut left: usize = streams.iter().map(|stream| stream.items.len()).sum();
    let mut rest = streams.into_iter();
    std::iter::from_fn(move || {
        let enough = (left / 2).clamp(2 * CHUNK, BATCH);
        let mut batch = Vec::new();
        let mut items = 0;
        while items < enough
            && let Some(stream) = rest.next()
        {
            items += stream.items.len();
            batch.push(stream);
        }
        left -= items;
        (!batch.is_empty()).then_some(batch)
    })
}

/// A stream whose items are set.
struct SetStream {
    stream: Stream,
    items: Vec<SetItem>,
    /// Those of each of its notes.
    notes: Vec<Vec<SetItem>>,
}

/// Shapes and breaks all items of streams, in parallel.
fn set_streams(streams: Vec<Stream>, style: &Style, shapers: &Shapers) -> Vec<SetStream> {
    let set_stream = |stream: Stream| {
        let long = stream.items.len() + stream.notes.iter().map(|note| note.items.len()).sum::<usize>() > LONG;
        let set = |item: &Item, shaper: &mut Shaper| {
            let mut set = set(item, style, shaper);
            if long {
                set.let_go(item);
            }
            set
        };
        let set_all = |items: &[Item]| shapers.with(|shaper| items.iter().map(|item| set(item, shaper)).collect());
        let chunks: Vec<Vec<SetItem>> = stream.items.par_chunks(CHUNK).map(set_all).collect();
        let items = chunks.into_iter().flatten().collect();
        let notes = stream.notes.par_iter().with_min_len(CHUNK).map(|note| set_all(&note.items)).collect();
        SetStream { stream, items, notes }
    };
    streams.into_par_iter().map(set_stream).collect()
}

/// Numbers the pictures anew, by where they first occur, and returns them in this order; tells their nodes where they stand.
fn collect_pictures(document: &Document, structure: &mut Structure, pages: &mut [Page]) -> Vec<Arc<Resource>> {
    let mut order: Vec<u32> = Vec::new();
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        let Placed::Picture(picture) = item else { continue };
        let node = match picture.owner {
            Owner::Content(content) => structure.contents.get(content.0 as usize).copied(),
            Owner::Artifact(_) => None,
        };
        if let Some(Role::Figure(figure)) = node.and_then(|node| structure.node_mut(node)).map(|node| &mut node.role) {
            figure.rect = picture.rect;
        }
        let known = order.iter().position(|known| *known == picture.image);
        picture.image = known.unwrap_or_else(|| {
            order.push(picture.image);
            order.len() - 1
        }) as u32;
    }
    let resources = order.into_iter().filter_map(|index| document.resources.get(index as usize));
    resources.map(|resource| Arc::new(resource.clone())).collect()
}

/// Puts things into an order of their numbers.
fn in_order<T>(things: Vec<T>, order: &[usize]) -> Vec<T> {
    // As nearly always, and of very many things.
    if order.len() == things.len() && order.iter().enumerate().all(|(at, place)| at == *place) {
        return things;
    }
    let mut slots: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.iter().filter_map(|at| slots.get_mut(*at).and_then(Option::take)).collect()
}

/// Gives the pieces the heights of the notes that are first referred to in them.
fn attach_notes(items: &mut [SetItem], stream: &Stream, notes: &[Vec<SetItem>]) {
    let mut heights: FxHashMap<u32, u16> = FxHashMap::default();
    for (flow, sets) in stream.notes.iter().zip(notes) {
        let lines: u32 = sets.iter().map(|set| set.piece.settings.first().map_or(0, |setting| setting.lines)).sum();
        heights.insert(flow.note, lines.min(u32::from(u16::MAX)) as u16);
    }
    for item in items {
        let mut used = Vec::new();
        let mut seen: FxHashSet<(u8, u32)> = FxHashSet::default();
        for reference in &item.references {
            let Some(&height) = heights.get(&reference.note) else { continue };
            if !seen.insert((reference.setting, reference.note)) {
                continue;
            }
            used.push(reference.note);
            if let Some(setting) = item.piece.settings.get_mut(usize::from(reference.setting)) {
                setting.notes.push((reference.line, height));
            }
        }
        for note in used {
            heights.remove(&note);
        }
    }
}

/// How far each poem stands in, so that its widest line is in the middle of what is left and right of it.
fn poems(stream: &Stream, items: &[SetItem], style: &Style) -> FxHashMap<u32, Pt> {
    let mut widest: FxHashMap<u32, (Pt, Pt)> = FxHashMap::default();
    for (item, set) in stream.items.iter().zip(items) {
        if let Body::Text(text) = &item.body
            && let Some(poem) = text.poem
        {
            let room = style.geometry.measure - text.left - text.right;
            let entry = widest.entry(poem).or_insert((Pt::ZERO, room));
            entry.0 = entry.0.max(set.widest);
        }
    }
    widest.into_iter().map(|(poem, (widest, room))| (poem, ((room - widest) / 2.0).max(Pt::ZERO))).collect()
}

/// Moves the type area outwards by what the binding of so many pages takes.
fn bind(pages: &mut [Page], style: &Style) {
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        let by = style.geometry.left(number, count) - style.geometry.left(number, 0);
        if by == Pt::ZERO {
            continue;
        }
        for item in &mut page.items {
            match item {
                Placed::Run(run) => run.origin.x += by,
                Placed::Rule(rule) => rule.rect.origin.x += by,
                Placed::Picture(picture) => picture.rect.origin.x += by,
            }
        }
        for link in &mut page.links {
            link.rect.origin.x += by;
        }
    }
}

fn bookmarks(entries: &[Entry], anchors: &BTreeMap<AnchorId, Destination>) -> Vec<Bookmark> {
    let mut list = Vec::new();
    for entry in entries {
        let children = bookmarks(&entry.children, anchors);
        match anchors.get(&entry.anchor) {
            Some(&destination) => list.push(Bookmark { title: entry.text(), destination, children }),
            None => list.extend(children),
        }
    }
    list
}
