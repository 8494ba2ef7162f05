//! The structure tree (ISO 32000-1, 14.7 and 14.8): what of it the file holds, and the file's objects for it.
//!
//! [`Plan`] comes before the pages: it says which marked content each piece of text goes into. [`write`] comes after them,
//! when it is known where the marked content stands.

use super::file::File;
use super::links::{self, Annotations};
use super::syntax;
use crate::paged::{
    ContentId, FigureBox, Kid, ListNumbering, Node, NodeId, PagedDocument, Properties, Role, Structure,
};

/// A stretch of text of one element between two of its kids: what becomes one marked content on each page it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(pub(super) u32);

/// What of the structure goes into the file.
pub(super) struct Plan {
    /// By node: its kids, spans without properties dissolved; a range of `kids`.
    ranges: Vec<std::ops::Range<u32>>,
    kids: Vec<PlannedKid>,
    /// By content: the slot it goes into.
    slots: Vec<Option<Slot>>,
    /// By slot: the node it is of.
    slot_nodes: Vec<NodeId>,
    /// By node: the level of a heading.
    levels: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum PlannedKid {
    Node(NodeId),
    Slot(Slot),
}

impl Plan {
    /// Plans the structure; `linked` says by node whether an annotation is to belong to it.
    pub(super) fn new(structure: &Structure, linked: &[bool]) -> Plan {
        let count = structure.nodes.len();
        let mut plan = Plan {
            ranges: vec![0..0; count],
            kids: Vec::with_capacity(count + structure.contents.len()),
            slots: vec![None; structure.contents.len()],
            slot_nodes: Vec::with_capacity(structure.contents.len()),
            levels: heading_levels(structure),
        };
        let mut stack = Vec::new();
        for (number, node) in structure.nodes.iter().enumerate() {
            if number > 0 && dissolves(structure, NodeId(number as u32), linked) {
                continue;
            }
            let start = plan.kids.len() as u32;
            let mut open: Option<Slot> = None;
            stack.push(node.kids().iter());
            while let Some(kids) = stack.last_mut() {
                match kids.next() {
                    None => {
                        stack.pop();
                    }
                    Some(Kid::Content(ContentId(content))) => {
                        let slot = *open.get_or_insert_with(|| {
                            let slot = Slot(plan.slot_nodes.len() as u32);
                            plan.slot_nodes.push(NodeId(number as u32));
                            plan.kids.push(PlannedKid::Slot(slot));
                            slot
                        });
                        if let Some(place) = plan.slots.get_mut(*content as usize) {
                            *place = Some(slot);
                        }
                    }
                    // A parent stands before its kids, so this ends.
                    Some(Kid::Node(kid)) if kid.0 as usize <= number => {}
                    Some(Kid::Node(kid)) if dissolves(structure, *kid, linked) => {
                        if let Some(inner) = structure.nodes.get(kid.0 as usize) {
                            stack.push(inner.kids().iter());
                        }
                    }
                    Some(Kid::Node(kid)) => {
                        open = None;
                        plan.kids.push(PlannedKid::Node(*kid));
                    }
                }
            }
            if let Some(range) = plan.ranges.get_mut(number) {
                *range = start..plan.kids.len() as u32;
            }
        }
        plan
    }

    /// The slot that a piece of content goes into; none where the content is of no node.
    pub(super) fn slot(&self, content: ContentId) -> Option<Slot> {
        self.slots.get(content.0 as usize).copied().flatten()
    }

    /// The tag of the marked content of a slot.
    pub(super) fn tag(&self, structure: &Structure, slot: Slot) -> &'static str {
        let node = self.slot_nodes.get(slot.0 as usize).copied().unwrap_or(Structure::ROOT);
        structure.nodes.get(node.0 as usize).map_or("Span", |held| self.type_of(node, &held.role))
    }

    fn kids(&self, node: usize) -> &[PlannedKid] {
        let range = self.ranges.get(node).map(|range| range.start as usize..range.end as usize);
        range.and_then(|range| self.kids.get(range)).unwrap_or_default()
    }

    /// The standard structure type of a node (ISO 32000-1, 14.8.4).
    fn type_of(&self, node: NodeId, role: &Role) -> &'static str {
        match role {
            Role::Document => "Document",
            Role::Part => "Part",
            Role::Section => "Sect",
            Role::Heading(_) => match self.levels.get(node.0 as usize) {
                Some(2) => "H2",
                Some(3) => "H3",
                Some(4) => "H4",
                Some(5) => "H5",
                Some(6) => "H6",
                _ => "H1",
            },
            Role::Title | Role::Paragraph | Role::VerseLine => "P",
            Role::Division => "Div",
            Role::BlockQuote => "BlockQuote",
            Role::Quote => "Quote",
            Role::List { .. } => "L",
            Role::ListItem => "LI",
            Role::ListLabel | Role::NoteLabel => "Lbl",
            Role::ListBody => "LBody",
            Role::Table => "Table",
            Role::TableRow => "TR",
            Role::TableHead => "TH",
            Role::TableCell => "TD",
            Role::Figure(_) => "Figure",
            Role::Caption => "Caption",
            Role::Code => "Code",
            Role::Formula => "Formula",
            Role::Toc => "TOC",
            Role::TocItem => "TOCI",
            Role::Reference => "Reference",
            Role::Note(_) => "Note",
            Role::Link => "Link",
            Role::Span => "Span",
        }
    }
}

/// Whether a node says nothing that its text alone does not: a span without properties, or a link that leads nowhere.
fn dissolves(structure: &Structure, id: NodeId, linked: &[bool]) -> bool {
    let Some(node) = structure.nodes.get(id.0 as usize) else { return true };
    let plain = node.properties().is_none_or(|properties| *properties == Properties::default());
    let leads = linked.get(id.0 as usize).copied().unwrap_or(false);
    matches!(node.role, Role::Span | Role::Link) && plain && !leads
}

/// The level of each heading: the first is 1, and none is more than one deeper than the one before (ISO 14289-1, 7.4.2).
fn heading_levels(structure: &Structure) -> Vec<u8> {
    let mut levels = vec![0; structure.nodes.len()];
    let mut above = 0;
    let mut stack = vec![Structure::ROOT];
    while let Some(id) = stack.pop() {
        let Some(node) = structure.nodes.get(id.0 as usize) else { continue };
        if let Role::Heading(level) = node.role {
            above = level.clamp(1, 6).min(above + 1);
            if let Some(place) = levels.get_mut(id.0 as usize) {
                *place = above;
            }
        }
        let nodes = node.kids().iter().rev().filter_map(|kid| match kid {
            Kid::Node(kid) if kid.0 > id.0 => Some(*kid),
            _ => None,
        });
        stack.extend(nodes);
    }
    levels
}

/// What the pages say of the marked content on them.
pub(super) struct Marked<'a> {
    /// By page: its object.
    pub(super) pages: &'a [u32],
    /// By page and identifier of marked content: the slot it is of.
    pub(super) marks: &'a [Vec<Slot>],
    /// The links.
    pub(super) links: &'a Annotations,
}

/// A piece of marked content.
#[derive(Debug, Clone, Copy)]
struct Fragment {
    page: u32,
    mcid: u32,
}

/// One element of the file.
#[derive(Debug, Clone, Copy, Default)]
struct Element {
    /// Its object: 0 where it is left out.
    id: u32,
    /// The object of the element that holds its text: its own, but for links within it.
    holder: u32,
}

/// Writes the structure tree with its parent tree and the names of its notes. Returns the object of its root, and the
/// first of the keys that annotations have in the parent tree.
pub(super) fn write(file: &mut File, paged: &PagedDocument, plan: &Plan, marked: &Marked<'_>) -> u32 {
    let structure = &paged.structure;
    let fragments = fragments_by_slot(plan, marked);
    let present = present_nodes(structure, plan, marked, &fragments);
    let root = file.reserve();
    let mut elements = vec![Element::default(); structure.nodes.len()];
    for (number, node) in structure.nodes.iter().enumerate() {
        if !present.get(number).copied().unwrap_or(false) {
            continue;
        }
        let wrapped = if marked.links.of(NodeId(number as u32)).is_empty() { 0 } else { wrappers(&node.role).len() };
        let first = file.reserve_many(1 + wrapped);
        if let Some(element) = elements.get_mut(number) {
            *element = Element { id: first, holder: first + wrapped as u32 };
        }
    }
    let tree = Tree { paged, plan, marked, fragments: &fragments, elements: &elements };
    let mut parents = vec![root; structure.nodes.len()];
    for (number, node) in structure.nodes.iter().enumerate() {
        let element = elements.get(number).copied().unwrap_or_default();
        if element.id == 0 {
            continue;
        }
        for kid in plan.kids(number) {
            if let PlannedKid::Node(kid) = kid
                && let Some(parent) = parents.get_mut(kid.0 as usize)
            {
                *parent = if tree.stays_outside(*kid) { element.id } else { element.holder };
            }
        }
        tree.write_element(file, number, node, parents.get(number).copied().unwrap_or(root));
    }
    let parent_tree = tree.write_parent_tree(file);
    let names = write_note_names(file, structure, &elements);
    let document = elements.first().map_or(0, |element| element.id);
    let next_key = marked.pages.len() + marked.links.len();
    file.object(root, |out| {
        out.extend_from_slice(b"<</Type/StructTreeRoot/K ");
        syntax::reference(out, document);
        out.extend_from_slice(b"/ParentTree ");
        syntax::reference(out, parent_tree);
        out.extend_from_slice(b"/ParentTreeNextKey ");
        syntax::integer(out, next_key as i64);
        if let Some(names) = names {
            out.extend_from_slice(b"/IDTree ");
            syntax::reference(out, names);
        }
        out.extend_from_slice(b">>");
    });
    root
}

/// By slot, where its marked content stands, in reading order: ranges of one list.
struct Fragments {
    starts: Vec<u32>,
    list: Vec<Fragment>,
}

impl Fragments {
    fn of(&self, slot: Slot) -> &[Fragment] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let at = slot.0 as usize;
        self.list.get(bound(at)..bound(at + 1)).unwrap_or_default()
    }
}

fn fragments_by_slot(plan: &Plan, marked: &Marked<'_>) -> Fragments {
    let mut starts = vec![0u32; plan.slot_nodes.len() + 1];
    for slot in marked.marks.iter().flatten() {
        if let Some(count) = starts.get_mut(slot.0 as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut list = vec![Fragment { page: 0, mcid: 0 }; sum as usize];
    for (page, slots) in marked.marks.iter().enumerate() {
        for (mcid, slot) in slots.iter().enumerate() {
            let Some(at) = next.get_mut(slot.0 as usize) else { continue };
            if let Some(place) = list.get_mut(*at as usize) {
                *place = Fragment { page: page as u32, mcid: mcid as u32 };
            }
            *at += 1;
        }
    }
    Fragments { starts, list }
}

/// By node, whether it has anything on a page. Cells stay for the sake of their row.
fn present_nodes(structure: &Structure, plan: &Plan, marked: &Marked<'_>, fragments: &Fragments) -> Vec<bool> {
    let mut present = vec![false; structure.nodes.len()];
    // Kids stand behind their parents.
    for (number, node) in structure.nodes.iter().enumerate().rev() {
        let has = number == 0
            || matches!(node.role, Role::TableCell | Role::TableHead)
            || !marked.links.of(NodeId(number as u32)).is_empty()
            || plan.kids(number).iter().any(|kid| match kid {
                PlannedKid::Slot(slot) => !fragments.of(*slot).is_empty(),
                PlannedKid::Node(kid) => present.get(kid.0 as usize).copied().unwrap_or(false),
            });
        if let Some(place) = present.get_mut(number) {
            *place = has;
        }
    }
    present
}

/// The elements between one with an annotation and its text: an annotation stands in a `Link` (ISO 14289-1, 7.18.5), and
/// what an entry of the contents refers with is a `Reference`.
fn wrappers(role: &Role) -> &'static [&'static str] {
    match role {
        Role::Link => &[],
        Role::TocItem => &["Reference", "Link"],
        _ => &["Link"],
    }
}

struct Tree<'a> {
    paged: &'a PagedDocument,
    plan: &'a Plan,
    marked: &'a Marked<'a>,
    fragments: &'a Fragments,
    elements: &'a [Element],
}

impl Tree<'_> {
    /// Whether a kid of an element with a link is no part of the link: the contents below an entry of the contents.
    fn stays_outside(&self, kid: NodeId) -> bool {
        let node = self.paged.structure.nodes.get(kid.0 as usize);
        node.is_some_and(|node| matches!(node.role, Role::Toc | Role::TocItem))
    }

    fn element(&self, node: NodeId) -> Element {
        self.elements.get(node.0 as usize).copied().unwrap_or_default()
    }

    fn page_object(&self, page: u32) -> u32 {
        self.marked.pages.get(page as usize).copied().unwrap_or(0)
    }

    /// Writes the element of a node, and those between it and its text.
    fn write_element(&self, file: &mut File, number: usize, node: &Node, parent: u32) {
        let id = NodeId(number as u32);
        let element = self.element(id);
        let links = self.marked.links.of(id);
        let kids = self.plan.kids(number);
        let (outside, inside): (Vec<PlannedKid>, Vec<PlannedKid>) = kids.iter().partition(|kid| match kid {
            PlannedKid::Node(kid) => element.holder != element.id && self.stays_outside(*kid),
            PlannedKid::Slot(_) => false,
        });
        let page = inside
            .iter()
            .find_map(|kid| match kid {
                PlannedKid::Slot(slot) => self.fragments.of(*slot).first().map(|fragment| fragment.page),
                PlannedKid::Node(_) => None,
            })
            .or(links.first().map(|link| link.page));
        let begin = |out: &mut Vec<u8>, name: &str, parent: u32| {
            out.extend_from_slice(b"<</S/");
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"/P ");
            syntax::reference(out, parent);
        };
        let own_text = element.holder == element.id;
        file.object(element.id, |out| {
            begin(out, self.plan.type_of(id, &node.role), parent);
            self.write_properties(out, id, node, page);
            if own_text {
                self.write_text_kids(out, &inside, links, page);
                return;
            }
            let mut refs = vec![element.id + 1];
            refs.extend(outside.iter().filter_map(|kid| match kid {
                PlannedKid::Node(kid) => Some(self.element(*kid).id).filter(|id| *id != 0),
                PlannedKid::Slot(_) => None,
            }));
            write_refs(out, &refs);
        });
        for (at, name) in wrappers(&node.role).iter().enumerate() {
            let own = element.id + 1 + at as u32;
            if own_text || own > element.holder {
                break;
            }
            file.object(own, |out| {
                begin(out, name, own - 1);
                if own == element.holder {
                    self.write_text_kids(out, &inside, links, page);
                } else {
                    write_refs(out, &[own + 1]);
                }
            });
        }
    }

    /// Writes what stands in an element, where the page of the first piece serves for all on it, and ends the element.
    fn write_text_kids(&self, out: &mut Vec<u8>, kids: &[PlannedKid], links: &[links::Placed], page: Option<u32>) {
        if let Some(page) = page {
            out.extend_from_slice(b"/Pg ");
            syntax::reference(out, self.page_object(page));
        }
        out.extend_from_slice(b"/K");
        let begin = out.len();
        let mut count = 0;
        for kid in kids {
            match kid {
                PlannedKid::Node(kid) => {
                    let kid = self.element(*kid).id;
                    if kid != 0 {
                        out.push(b' ');
                        syntax::reference(out, kid);
                        count += 1;
                    }
                }
                PlannedKid::Slot(slot) => {
                    for fragment in self.fragments.of(*slot) {
                        if Some(fragment.page) == page {
                            out.push(b' ');
                            syntax::integer(out, i64::from(fragment.mcid));
                        } else {
                            out.extend_from_slice(b"<</Type/MCR/Pg ");
                            syntax::reference(out, self.page_object(fragment.page));
                            out.extend_from_slice(b"/MCID ");
                            syntax::integer(out, i64::from(fragment.mcid));
                            out.extend_from_slice(b">>");
                        }
                        count += 1;
                    }
                }
            }
        }
        for link in links {
            out.extend_from_slice(b"<</Type/OBJR/Obj ");
            syntax::reference(out, link.object);
            if Some(link.page) != page {
                out.extend_from_slice(b"/Pg ");
                syntax::reference(out, self.page_object(link.page));
            }
            out.extend_from_slice(b">>");
            count += 1;
        }
        match count {
            0 => out.truncate(begin - b"/K".len()),
            1 => {}
            _ => {
                if let Some(space) = out.get_mut(begin).filter(|byte| **byte == b' ') {
                    *space = b'[';
                } else {
                    out.insert(begin, b'[');
                }
                out.push(b']');
            }
        }
        out.extend_from_slice(b">>");
    }

    fn write_properties(&self, out: &mut Vec<u8>, id: NodeId, node: &Node, page: Option<u32>) {
        let properties = node.properties();
        if let Some(language) = properties.and_then(|properties| properties.language.as_ref()) {
            out.extend_from_slice(b"/Lang");
            syntax::text_string(out, language.as_str());
        }
        let alt = syntax::clean_text(node.alt());
        if !alt.is_empty() {
            out.extend_from_slice(b"/Alt");
            syntax::text_string(out, &alt);
        }
        let expansion = properties.and_then(|properties| properties.expansion.as_deref());
        let expansion = syntax::clean_text(expansion.unwrap_or_default());
        if !expansion.is_empty() {
            out.extend_from_slice(b"/E");
            syntax::text_string(out, &expansion);
        }
        match &node.role {
            // What numbers the items is told by their labels; PDF only has names for the common ways.
            Role::List { numbering } => out.extend_from_slice(match numbering {
                ListNumbering::Decimal => b"/A<</O/List/ListNumbering/Decimal>>",
                ListNumbering::Disc => b"/A<</O/List/ListNumbering/Disc>>",
                ListNumbering::Term => b"/A<</O/List/ListNumbering/None>>",
            }),
            Role::TableHead => out.extend_from_slice(b"/A<</O/Table/Scope/Column>>"),
            Role::Figure(figure) => {
                if alt.is_empty() {
                    // Better than nothing for who cannot see it; `review` warns.
                    out.extend_from_slice(b"/Alt(Picture)");
                }
                self.write_box(out, *figure, page.unwrap_or(0));
            }
            Role::Note(_) => {
                out.extend_from_slice(b"/ID");
                syntax::text_string(out, &note_name(id));
            }
            Role::Document
            | Role::Part
            | Role::Section
            | Role::Heading(_)
            | Role::Title
            | Role::Paragraph
            | Role::VerseLine
            | Role::Division
            | Role::BlockQuote
            | Role::Quote
            | Role::ListItem
            | Role::ListLabel
            | Role::ListBody
            | Role::Table
            | Role::TableRow
            | Role::TableCell
            | Role::Caption
            | Role::Code
            | Role::Formula
            | Role::Toc
            | Role::TocItem
            | Role::Reference
            | Role::NoteLabel
            | Role::Link
            | Role::Span => {}
        }
    }

    fn write_box(&self, out: &mut Vec<u8>, figure: FigureBox, page: u32) {
        let height = self.paged.pages.get(page as usize).map_or(0.0, |page| page.size.height.0);
        let placement = if figure.inline { "Inline" } else { "Block" };
        out.extend_from_slice(format!("/A<</O/Layout/Placement/{placement}/BBox").as_bytes());
        links::write_rect(out, figure.rect, height);
        out.extend_from_slice(b">>");
    }

    /// Writes the parent tree: from page and identifier of marked content, and from annotation, to element.
    fn write_parent_tree(&self, file: &mut File) -> u32 {
        /// Keys of one leaf: enough that there are few leaves, so few that a reader need not take in the whole book.
        const KEYS_PER_LEAF: usize = 64;
        let root = file.reserve();
        let pages = self.marked.pages.len();
        let mut leaves = Vec::new();
        for (leaf, marks) in self.marked.marks.chunks(KEYS_PER_LEAF).enumerate() {
            let first = leaf * KEYS_PER_LEAF;
            leaves.push(write_leaf(file, first..first + marks.len(), |out, key| {
                out.push(b'[');
                for (at, slot) in marks.get(key - first).into_iter().flatten().enumerate() {
                    if at > 0 {
                        out.push(b' ');
                    }
                    let node = self.plan.slot_nodes.get(slot.0 as usize).copied().unwrap_or(Structure::ROOT);
                    syntax::reference(out, self.element(node).holder);
                }
                out.push(b']');
            }));
        }
        let links: Vec<NodeId> = self.marked.links.nodes().collect();
        for (leaf, nodes) in links.chunks(KEYS_PER_LEAF).enumerate() {
            let first = pages + leaf * KEYS_PER_LEAF;
            leaves.push(write_leaf(file, first..first + nodes.len(), |out, key| {
                out.push(b' ');
                syntax::reference(out, nodes.get(key - first).map_or(0, |node| self.element(*node).holder));
            }));
        }
        file.object(root, |out| {
            out.extend_from_slice(b"<</Kids[");
            for (at, leaf) in leaves.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                syntax::reference(out, *leaf);
            }
            out.extend_from_slice(b"]>>");
        });
        root
    }
}

/// Writes a leaf of a number tree (ISO 32000-1, 7.9.7).
fn write_leaf(file: &mut File, keys: std::ops::Range<usize>, value: impl Fn(&mut Vec<u8>, usize)) -> u32 {
    let id = file.reserve();
    file.object(id, |out| {
        out.extend_from_slice(b"<</Limits[");
        syntax::integer(out, keys.start as i64);
        out.push(b' ');
        syntax::integer(out, keys.end as i64 - 1);
        out.extend_from_slice(b"]/Nums[");
        for key in keys {
            if out.last() != Some(&b']') && out.last() != Some(&b'[') {
                out.push(b' ');
            }
            syntax::integer(out, key as i64);
            value(out, key);
        }
        out.extend_from_slice(b"]>>");
    });
    id
}

/// Writes `K` with references, and ends the element.
fn write_refs(out: &mut Vec<u8>, refs: &[u32]) {
    out.extend_from_slice(b"/K[");
    for (at, id) in refs.iter().enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        syntax::reference(out, *id);
    }
    out.extend_from_slice(b"]>>");
}

/// The identifier of the element of a note: of its node, so that no two are the same. Its digits keep the order of bytes
/// that of numbers, as a name tree must be sorted.
fn note_name(node: NodeId) -> String {
    format!("note-{:08}", node.0)
}

/// Writes the name tree of the elements that have identifiers: the notes.
fn write_note_names(file: &mut File, structure: &Structure, elements: &[Element]) -> Option<u32> {
    let names: Vec<(String, u32)> = structure
        .nodes
        .iter()
        .zip(elements)
        .enumerate()
        .filter(|(_, (node, element))| matches!(node.role, Role::Note(_)) && element.id != 0)
        .map(|(number, (_, element))| (note_name(NodeId(number as u32)), element.id))
        .collect();
    if names.is_empty() {
        return None;
    }
    let id = file.reserve();
    file.object(id, |out| {
        out.extend_from_slice(b"<</Names[");
        for (name, element) in &names {
            syntax::text_string(out, name);
            syntax::reference(out, *element);
        }
        out.extend_from_slice(b"]>>");
    });
    Some(id)
}
