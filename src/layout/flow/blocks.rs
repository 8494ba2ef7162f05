//! Blocks → items.

use super::initial;
use super::inline::{looked, mono, plain};
use super::notes::NOTE_SIZE;
use super::{
    Body, Context, Inliner, Item, Label, LabelPlace, LineSetting, PARTED, Pause, PictureItem, TableCell, TableItem,
    TextItem,
};
use crate::geom::Pt;
use crate::layout::text::TextStyle;
use crate::model::{
    Alignment, Block, CodeBlock, Definitions, Figure, Inline, List, ListItem, ListKind, MathBlock, Numbering,
    Paragraph, ParagraphRole, Quote, QuoteKind, Row, SceneBreak, Speech, Table, Verse, VerseLine,
};
use crate::paged::{Artifact, FigureBox, ListNumbering, NodeId, Owner, Role};
use crate::source::Span;
use crate::style::{Align, Figures};

/// Where blocks stand and what their text looks like.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The node they belong to.
    pub(crate) node: NodeId,
    /// How far they stand in.
    pub(crate) left: Pt,
    /// The same at the right.
    pub(crate) right: Pt,
    /// Running text.
    pub(crate) style: TextStyle,
    /// The distance of baselines.
    pub(crate) pitch: Pt,
    /// Whether their lines fill the measure.
    pub(crate) justify: bool,
    /// Whether the last paragraph counts as one that the next follows with an indent.
    pub(crate) follows: bool,
    /// Whether the first words of the next paragraph open a chapter.
    pub(crate) opens: bool,
    /// How deep lists are nested.
    pub(crate) lists: u8,
    /// Whether this is the foot of a page.
    pub(crate) note: bool,
}

/// How far quotes stand in, in ems.
const QUOTE_INSET: f32 = 1.5;
/// How far the lines of a verse line that is turned over stand in, in ems; also a level of indent.
const TURN_OVER: f32 = 2.0;
const VERSE_LEVEL: f32 = 1.2;
/// How far the lines of a speech or a reference stand in behind the first, in ems.
const HANG: f32 = 1.5;
/// How far the meaning of a term stands in, in ems.
const DEFINITION: f32 = 1.5;
/// The type of tables and code against that of running text.
const SMALL: f32 = 0.9;
/// What nesting leaves of the measure, in ems: deeper levels are set flat.
const NARROWEST: f32 = 14.0;
/// How much of the lines of a page a picture may take.
const PICTURE: f32 = 0.62;

impl Context<'_> {
    /// Stacks blocks.
    pub(crate) fn blocks(&mut self, blocks: &[Block], place: &mut Place) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, place),
                Block::Quote(quote) => self.quote(quote, place),
                Block::Verse(verse) => self.verse(verse, place),
                Block::Speech(speech) => self.speech(speech, place),
                Block::List(list) => self.list(list, place),
                Block::Definitions(list) => self.definitions(list, place),
                Block::Code(code) => self.code(code, place),
                Block::Math(math) => self.math(math, place),
                Block::Table(table) => self.table(table, place),
                Block::Figure(figure) => self.figure(figure, place),
                Block::SceneBreak(pause) => self.pause(pause, place),
            }
            if !matches!(block, Block::Paragraph(_)) {
                place.opens = false;
            }
        }
    }

    /// Stacks the blocks of a note, its number before the first.
    pub(crate) fn note_blocks(&mut self, blocks: &[Block], node: NodeId, number: u32, index: u32) {
        let style = TextStyle { size: self.style.size * NOTE_SIZE, ..self.body_style() };
        let mut place = Place {
            node,
            left: Pt::ZERO,
            right: Pt::ZERO,
            pitch: self.note_pitch(),
            justify: self.style.justify,
            follows: true,
            opens: false,
            lists: 0,
            note: true,
            style,
        };
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph(paragraph), rest)) => (Some(paragraph), rest),
            _ => (None, blocks),
        };
        let span = blocks.first().map_or_else(Span::default, Block::span);
        let leaf = first.map(|_| self.next_leaf());
        let label = self.structure.push(node, Role::NoteLabel);
        let paragraph = self.structure.push(node, Role::Paragraph);
        let mut inliner = Inliner::new(self, paragraph, place.style.clone());
        inliner.note_label(label, number, index);
        if let (Some(paragraph), Some(leaf)) = (first, leaf) {
            inliner.leaf_numbered(&paragraph.content, leaf);
        }
        let mut text = TextItem::new(inliner.rich, setting(place.justify), place.pitch);
        text.leaves = inliner.leaves;
        text.first = Pt(place.style.size.0);
        self.push_text(text, 0, span, &place);
        self.blocks(rest, &mut place);
    }

    fn paragraph(&mut self, paragraph: &Paragraph, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Paragraph);
        let em = place.style.size;
        let mut style = place.style.clone();
        let mut setting = setting(place.justify);
        let (mut first, mut left, mut right) = (Pt::ZERO, place.left, place.right);
        let (mut before, mut after, mut parting) = (0, 0, 0);
        let mut follows = false;
        match paragraph.role {
            ParagraphRole::Body => {
                if place.follows {
                    first = self.style.look.indent.at(em);
                }
                follows = true;
            }
            ParagraphRole::Continued => follows = true,
            ParagraphRole::Standfirst => {
                let look = self.style.look.standfirst;
                style = looked(&style, &look);
                setting = LineSetting::Ragged(look.align);
                after = 1;
            }
            ParagraphRole::Centered => setting = LineSetting::Ragged(Align::Center),
            ParagraphRole::DateLine | ParagraphRole::Signature | ParagraphRole::Attribution => {
                setting = LineSetting::Ragged(Align::End);
                left = self.inset(place, left, em * 4.0);
                if paragraph.role == ParagraphRole::Attribution {
                    style.small_caps = !place.note;
                } else {
                    right += em;
                }
            }
            ParagraphRole::Address => setting = LineSetting::Ragged(Align::Start),
            ParagraphRole::Salutation => parting = PARTED,
            ParagraphRole::StageDirection => {
                style.italic = !style.italic;
                left = self.inset(place, left, em * HANG);
            }
            ParagraphRole::Argument => {
                style.italic = !style.italic;
                left = self.inset(place, left, em * QUOTE_INSET);
                right += left - place.left;
                before = 1;
                after = 1;
                parting = PARTED;
            }
        }
        let text_style = style.clone();
        let opens = place.opens && matches!(paragraph.role, ParagraphRole::Body | ParagraphRole::Continued);
        let caps = opens && self.style.look.opening_caps;
        let initial = (opens && self.style.drop_caps).then(|| initial::size(self.style, &paragraph.content)).flatten();
        let mut inliner = Inliner::new(self, node, style);
        if caps {
            inliner.open_in_caps(&paragraph.content);
        }
        inliner.open_with_initial(initial);
        inliner.leaf(&paragraph.content);
        let initial = inliner.initial.take();
        let mut text = TextItem::new(inliner.rich, setting, place.pitch);
        text.leaves = inliner.leaves;
        text.first = if initial.is_some() { Pt::ZERO } else { first };
        text.label = initial.map(|text| Label { text, place: LabelPlace::Sinks(initial::LINES) });
        (text.left, text.right) = (left, right);
        let tall = text_style.size.0 > place.style.size.0 * 1.02;
        if tall {
            text.pitch = Pt(text_style.size.0 * 1.25).max(place.pitch);
            text.whole = true;
        }
        let under_title = self.stream.items.last().is_some_and(|item| item.wide);
        self.push_text(text, before, paragraph.span, place);
        if under_title && paragraph.role == ParagraphRole::Standfirst {
            self.widen();
        }
        if parting > 0
            && let Some(item) = self.stream.items.last_mut()
        {
            item.parting = parting;
        }
        self.after(after, place);
        place.follows = follows;
        place.opens = false;
        self.flush_notes_of(place);
    }

    /// Stacks text; the space that the item before asked for, or `before`, parts the two.
    pub(crate) fn push_text(&mut self, text: TextItem, before: u16, span: Span, place: &Place) {
        let item = Item::new(Body::Text(Box::new(text)), span);
        self.push(item, before, place);
    }

    /// Stacks an item.
    pub(crate) fn push(&mut self, mut item: Item, before: u16, place: &Place) {
        let gap = std::mem::take(&mut self.gap).max(before);
        if !place.note {
            item.before = gap;
            item.flex = u16::from(gap > 0);
        }
        item.anchors = std::mem::take(&mut self.anchors);
        self.stream.items.push(item);
    }

    /// Sets what has been stacked so far over all columns.
    pub(crate) fn widen(&mut self) {
        let columns = self.style.geometry.columns;
        self.stream.items.iter_mut().for_each(|item| item.wide = columns > 1);
    }

    /// Asks for space after the last item.
    pub(crate) fn after(&mut self, lines: u16, place: &Place) {
        if !place.note {
            self.gap = self.gap.max(lines);
        }
    }

    /// Notes go behind the block that refers to them; those of notes wait for the end of the note.
    fn flush_notes_of(&mut self, place: &Place) {
        if !place.note {
            self.flush_notes(place.node);
        }
    }

    /// How far something stands in that is to stand in by `more`: no further where that would leave too narrow a measure.
    fn inset(&self, place: &Place, now: Pt, more: Pt) -> Pt {
        let narrowest = self.style.size * NARROWEST;
        let measure = self.style.geometry.measure - place.right;
        if measure - now - more < narrowest { now } else { now + more }
    }

    fn quote(&mut self, quote: &Quote, place: &mut Place) {
        let node = self.structure.push(place.node, Role::BlockQuote);
        let em = self.style.size;
        let mut inner = Place { node, follows: false, opens: false, ..place.clone() };
        match quote.kind {
            QuoteKind::Quotation | QuoteKind::Letter => {
                inner.left = self.inset(place, place.left, em * QUOTE_INSET);
                inner.right = place.right + (inner.left - place.left);
            }
            QuoteKind::Epigraph => {
                inner.left = self.inset(place, place.left, self.style.geometry.measure * 0.3);
                inner.justify = false;
                inner.style.size = inner.style.size * SMALL;
            }
        }
        self.after(1, place);
        self.blocks(&quote.blocks, &mut inner);
        self.after(if quote.kind == QuoteKind::Epigraph { 2 } else { 1 }, place);
        place.follows = true;
    }

    fn verse(&mut self, verse: &Verse, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Division);
        let poem = self.poems;
        self.poems += 1;
        self.after(1, place);
        for stanza in &verse.stanzas {
            let division = if verse.stanzas.len() > 1 { self.structure.push(node, Role::Division) } else { node };
            let count = stanza.lines.len();
            for (number, line) in stanza.lines.iter().enumerate() {
                self.verse_line(line, division, poem, verse.span, place);
                // Stanzas stay together; one that must be parted keeps two lines at either end.
                let at_end = number == 0 || number + 2 == count;
                let parting = match (number + 1 == count, at_end, count) {
                    (true, _, _) => 0,
                    (_, true, _) => 9_000,
                    (_, false, ..=8) => 1_500,
                    (_, false, _) => 300,
                };
                if let Some(item) = self.stream.items.last_mut() {
                    item.parting = parting;
                }
            }
            self.after(1, place);
        }
        place.follows = true;
        let parent = place.node;
        if !place.note {
            self.flush_notes(parent);
        }
    }

    fn verse_line(&mut self, line: &VerseLine, node: NodeId, poem: u32, span: Span, place: &Place) {
        let node = self.structure.push(node, Role::VerseLine);
        let em = place.style.size;
        let indent = em * (VERSE_LEVEL * f32::from(line.indent.min(12)));
        let mut inliner = Inliner::new(self, node, place.style.clone());
        inliner.leaf(&line.content);
        let mut text = TextItem::new(inliner.rich, LineSetting::Ragged(Align::Start), place.pitch);
        text.leaves = inliner.leaves;
        (text.left, text.right) = (place.left, place.right);
        text.first = indent.min(self.style.geometry.measure * 0.4);
        text.rest = text.first + em * TURN_OVER;
        text.poem = Some(poem);
        self.push_text(text, 0, span, place);
    }

    fn speech(&mut self, speech: &Speech, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Division);
        let mut inner = Place { node, follows: false, opens: false, ..place.clone() };
        let (first, rest) = match speech.blocks.split_first() {
            Some((Block::Paragraph(paragraph), rest)) if is_spoken(paragraph.role) => (Some(paragraph), rest),
            _ => (None, speech.blocks.as_slice()),
        };
        let paragraph = self.structure.push(node, Role::Paragraph);
        let name = TextStyle { small_caps: true, tracking: crate::geom::Em(0.04), ..place.style.clone() };
        let mut inliner = Inliner::new(self, paragraph, name);
        inliner.leaf(&speech.speaker);
        inliner.restyle(place.style.clone());
        if let Some(paragraph) = first {
            inliner.extra(" ");
            inliner.leaf(&paragraph.content);
        }
        let mut text = TextItem::new(inliner.rich, setting(place.justify), place.pitch);
        text.leaves = inliner.leaves;
        (text.left, text.right) = (place.left, place.right);
        text.rest = place.style.size * HANG;
        self.push_text(text, 0, speech.span, place);
        if first.is_none()
            && !rest.is_empty()
            && let Some(item) = self.stream.items.last_mut()
        {
            item.parting = PARTED;
        }
        if !place.note {
            self.flush_notes(node);
        }
        inner.left = self.inset(place, place.left, place.style.size * HANG);
        self.blocks(rest, &mut inner);
        place.follows = true;
    }

    fn list(&mut self, list: &List, place: &mut Place) {
        let numbering = match list.kind {
            ListKind::Bullet => ListNumbering::Disc,
            ListKind::Ordered { .. } => ListNumbering::Decimal,
        };
        let node = self.structure.push(place.node, Role::List { numbering });
        let em = place.style.size;
        let last = match list.kind {
            ListKind::Bullet => 0,
            ListKind::Ordered { start, .. } => start.saturating_add(list.items.len() as u32),
        };
        // Room for the widest number there is.
        let room = match (list.kind, last) {
            (ListKind::Bullet, _) => em * 1.2,
            (ListKind::Ordered { numbering: Numbering::LowerRoman | Numbering::UpperRoman, .. }, _) => em * 2.6,
            (_, 0..=9) => em * 1.4,
            (_, 10..=99) => em * 1.9,
            (_, _) => em * 2.5,
        };
        if place.lists == 0 {
            self.after(1, place);
        }
        let left = self.inset(place, place.left, room);
        for (number, item) in list.items.iter().enumerate() {
            let label = match list.kind {
                ListKind::Bullet => bullet(place.lists).to_owned(),
                ListKind::Ordered { start, numbering } => {
                    format!("{}.", numbering.numeral(start.saturating_add(number as u32)))
                }
            };
            let inner =
                Place { left, follows: false, opens: false, lists: place.lists.saturating_add(1), ..place.clone() };
            self.list_item(item, &label, node, list.span, inner);
        }
        if place.lists == 0 {
            self.after(1, place);
        }
        place.follows = true;
    }

    fn list_item(&mut self, item: &ListItem, label: &str, list: NodeId, span: Span, mut place: Place) {
        let node = self.structure.push(list, Role::ListItem);
        let label_node = self.structure.push(node, Role::ListLabel);
        let content = self.content(label_node);
        let text = plain(&format!("{label} "), place.style.clone(), Owner::Content(content));
        place.node = self.structure.push(node, Role::ListBody);
        let end = place.style.size * -0.5;
        let label = Label { text, place: LabelPlace::Ends(end) };
        let at = self.stream.items.len();
        self.blocks(&item.blocks, &mut place);
        // The label goes to the first line of the item; where that is no text, it gets a line of its own.
        match self.stream.items.get_mut(at).map(|item| &mut item.body) {
            Some(Body::Text(text)) if text.label.is_none() => {
                text.first = Pt::ZERO;
                text.label = Some(label);
            }
            _ => {
                let mut text = TextItem::new(label.text, LineSetting::Ragged(Align::Start), place.pitch);
                text.left = place.left;
                let mut item = Item::new(Body::Text(Box::new(text)), span);
                item.parting = PARTED;
                let at = at.min(self.stream.items.len());
                self.stream.items.insert(at, item);
            }
        }
    }

    /// Terms in bold at the margin, what they mean below them and further in.
    fn definitions(&mut self, list: &Definitions, place: &mut Place) {
        let node = self.structure.push(place.node, Role::List { numbering: ListNumbering::Term });
        if place.lists == 0 {
            self.after(1, place);
        }
        for entry in &list.entries {
            let item = self.structure.push(node, Role::ListItem);
            let label = self.structure.push(item, Role::ListLabel);
            for term in &entry.terms {
                let style = TextStyle { bold: true, ..place.style.clone() };
                let mut inliner = Inliner::new(self, label, style);
                inliner.leaf(term);
                let mut text = TextItem::new(inliner.rich, LineSetting::Ragged(Align::Start), place.pitch);
                text.leaves = inliner.leaves;
                (text.left, text.right) = (place.left, place.right);
                self.push_text(text, 0, list.span, place);
                if let Some(item) = self.stream.items.last_mut() {
                    item.parting = PARTED;
                }
            }
            if entry.meanings.is_empty() {
                continue;
            }
            let body = self.structure.push(item, Role::ListBody);
            let left = self.inset(place, place.left, place.style.size * DEFINITION);
            let lists = place.lists.saturating_add(1);
            for meaning in &entry.meanings {
                let mut inner = Place { node: body, left, follows: false, opens: false, lists, ..place.clone() };
                self.blocks(&meaning.blocks, &mut inner);
            }
        }
        if place.lists == 0 {
            self.after(1, place);
        }
        place.follows = true;
        self.flush_notes_of(place);
    }

    /// A formula in the middle of its own lines.
    fn math(&mut self, math: &MathBlock, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Paragraph);
        self.after(1, place);
        let mut inliner = Inliner::new(self, node, place.style.clone());
        inliner.math_leaf(&math.source);
        let mut text = TextItem::new(inliner.rich, LineSetting::Ragged(Align::Center), place.pitch);
        text.leaves = inliner.leaves;
        (text.left, text.right) = (place.left, place.right);
        self.push_text(text, 0, math.span, place);
        self.after(1, place);
        place.follows = true;
    }

    fn code(&mut self, code: &CodeBlock, place: &mut Place) {
        // Code is a part of lines: it is in a paragraph (ISO 32000-1, 14.8.4.4).
        let paragraph = self.structure.push(place.node, Role::Paragraph);
        let node = self.structure.push(paragraph, Role::Code);
        self.after(1, place);
        let mut style = place.style.clone();
        mono(&mut style);
        style.size = style.size * (SMALL + 0.04);
        let mut inliner = Inliner::new(self, node, style.clone());
        for (number, line) in code.lines.iter().enumerate() {
            if number > 0 {
                inliner.extra("\n");
            }
            inliner.code_line(line);
        }
        let mut text = TextItem::new(inliner.rich, LineSetting::Ragged(Align::Start), place.pitch);
        text.leaves = inliner.leaves;
        let em = place.style.size;
        text.left = self.inset(place, place.left, em);
        text.right = place.right + em;
        text.rest = Pt::ZERO;
        text.turn_mark = Some(plain("↩", style, Owner::Artifact(Artifact::Layout)));
        self.push_text(text, 0, code.span, place);
        self.after(1, place);
        place.follows = true;
    }

    fn table(&mut self, table: &Table, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Table);
        self.after(1, place);
        // Figures in columns stand in line.
        let style = TextStyle { size: place.style.size * SMALL, figures: Figures::Lining, ..place.style.clone() };
        self.caption(&table.caption, node, Align::Start, table.span, place);
        let caption = !table.caption.is_empty();
        if caption && let Some(item) = self.stream.items.last_mut() {
            item.parting = PARTED;
        }
        let mut rows = Vec::new();
        for (number, row) in table.head.iter().chain(&table.body).enumerate() {
            let role = if number < table.head.len() { Role::TableHead } else { Role::TableCell };
            rows.push(self.row(row, node, &role, &style));
        }
        let columns = table
            .columns
            .iter()
            .map(|column| match column {
                Alignment::Start => Align::Start,
                Alignment::Center => Align::Center,
                Alignment::End => Align::End,
            })
            .collect();
        let item = TableItem {
            rows,
            head: table.head.len(),
            columns,
            left: place.left,
            width: self.style.geometry.measure - place.left - place.right,
            size: style.size,
        };
        self.push(Item::new(Body::Table(Box::new(item)), table.span), 0, place);
        self.after(1, place);
        place.follows = true;
        self.flush_notes_of(place);
    }

    fn row(&mut self, row: &Row, table: NodeId, role: &Role, style: &TextStyle) -> Vec<TableCell> {
        let node = self.structure.push(table, Role::TableRow);
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let cell_node = self.structure.push(node, role.clone());
            let style = TextStyle { bold: style.bold || *role == Role::TableHead, ..style.clone() };
            let leaf = self.leaf;
            let mut inliner = Inliner::new(self, cell_node, style);
            inliner.leaf(&cell.content);
            cells.push(TableCell { text: inliner.rich, leaf });
        }
        cells
    }

    /// The words over or under something; nothing where there are none, but the leaf counts.
    fn caption(&mut self, content: &[Inline], parent: NodeId, align: Align, span: Span, place: &Place) {
        if content.is_empty() {
            self.next_leaf();
            return;
        }
        let node = self.structure.push(parent, Role::Caption);
        let style = TextStyle { size: place.style.size * SMALL, italic: true, ..place.style.clone() };
        let mut inliner = Inliner::new(self, node, style);
        inliner.leaf(content);
        let mut text = TextItem::new(inliner.rich, LineSetting::Ragged(align), place.pitch);
        text.leaves = inliner.leaves;
        (text.left, text.right) = (place.left, place.right);
        text.whole = true;
        self.push_text(text, 0, span, place);
    }

    fn figure(&mut self, figure: &Figure, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Figure(FigureBox::default()));
        if let Some(node) = self.structure.node_mut(node)
            && !figure.alt.is_empty()
        {
            node.alt = Some(figure.alt.clone());
        }
        self.after(1, place);
        if let Some(item) = self.picture(figure, node, place) {
            self.push(item, 0, place);
            if !figure.caption.is_empty()
                && let Some(item) = self.stream.items.last_mut()
            {
                item.parting = PARTED;
            }
        }
        self.caption(&figure.caption, node, Align::Center, figure.span, place);
        self.after(1, place);
        place.follows = true;
        self.flush_notes_of(place);
    }

    fn picture(&mut self, figure: &Figure, node: NodeId, place: &Place) -> Option<Item> {
        let resource = self.resource(figure.resource.0)?;
        let (wide, high) = resource.pixels;
        // The pixels of a drawing are those of CSS, 96 to an inch: it looks well at any size.
        let dpi = if resource.media_type == "image/svg+xml" { 96.0 } else { self.style.image_dpi };
        if wide == 0 || high == 0 || place.note {
            return None;
        }
        let geometry = &self.style.geometry;
        let room = geometry.measure - place.left - place.right;
        let highest = geometry.leading * (f32::from(geometry.lines) * PICTURE).floor();
        // Larger pictures are reduced to the measure.
        let natural = Pt::from_inches(wide as f32 / dpi);
        let ratio = high as f32 / wide as f32;
        let width = natural.min(room).min(highest / ratio);
        let owner = Owner::Content(self.content(node));
        let picture = PictureItem {
            owner,
            resource: figure.resource.0,
            width,
            height: width * ratio,
            left: place.left + (room - width) / 2.0,
        };
        Some(Item::new(Body::Picture(picture), figure.span))
    }

    fn pause(&mut self, pause: &SceneBreak, place: &mut Place) {
        if place.note {
            return;
        }
        let ornament = self.style.look.ornament;
        let mark = plain(ornament.mark, place.style.clone(), Owner::Artifact(Artifact::Layout));
        let around = u16::from(ornament.always);
        let body = Body::Pause(Pause { always: ornament.always, mark });
        self.push(Item::new(body, pause.span), around, place);
        if let Some(item) = self.stream.items.last_mut() {
            item.flex = u16::from(ornament.always);
        }
        self.after(around, place);
        place.follows = false;
    }
}

fn is_spoken(role: ParagraphRole) -> bool {
    matches!(role, ParagraphRole::Body | ParagraphRole::Continued)
}

fn setting(justify: bool) -> LineSetting {
    if justify { LineSetting::Justified } else { LineSetting::Ragged(Align::Start) }
}

fn bullet(depth: u8) -> &'static str {
    if depth.is_multiple_of(2) { "•" } else { "–" }
}
