//! Tables, pictures and their captions → items.

use super::blocks::{Place, SMALL};
use super::{Body, Context, Inliner, Item, LineSetting, PARTED, PictureItem, TableCell, TableItem};
use crate::geom::Pt;
use crate::layout::text::TextStyle;
use crate::model::{Alignment, Figure, Inline, Row, Table};
use crate::paged::{FigureBox, NodeId, Owner, Role};
use crate::source::Span;
use crate::style::{Align, Figures};
use std::sync::Arc;

/// How much of the lines of a page a picture may take.
const PICTURE: f32 = 0.62;
/// The same of one in a note.
const NOTE_PICTURE: f32 = 0.2;

impl Context<'_> {
    pub(super) fn table(&mut self, table: &Table, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Table);
        self.after(1, place);
        // Figures in columns stand in line.
        let size = place.style.size * SMALL;
        let style = TextStyle { size, figures: Figures::Lining, ..TextStyle::clone(&place.style) };
        let head = Arc::new(TextStyle { bold: true, ..style.clone() });
        let body = Arc::new(style);
        self.caption(&table.caption, node, Align::Start, table.span, place);
        if !table.caption.is_empty() {
            self.part_last(PARTED);
        }
        let mut rows = Vec::new();
        for (number, row) in table.head.iter().chain(&table.body).enumerate() {
            let is_head = number < table.head.len();
            let (role, style) = if is_head { (Role::TableHead, &head) } else { (Role::TableCell, &body) };
            rows.push(self.row(row, node, &role, style));
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
            size,
        };
        self.push(Item::new(Body::Table(Box::new(item)), table.span), 0, place);
        self.after(1, place);
        place.follows = true;
        self.flush_notes_of(place);
    }

    fn row(&mut self, row: &Row, table: NodeId, role: &Role, style: &Arc<TextStyle>) -> Vec<TableCell> {
        let node = self.structure.push(table, Role::TableRow);
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let cell_node = self.structure.push(node, role.clone());
            let leaf = self.leaf;
            let mut inliner = Inliner::new(self, cell_node, Arc::clone(style));
            inliner.leaf(&cell.content);
            cells.push(TableCell { text: inliner.rich.into(), leaf });
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
        let style = TextStyle { size: place.style.size * SMALL, italic: true, ..TextStyle::clone(&place.style) };
        let mut inliner = Inliner::new(self, node, style);
        inliner.leaf(content);
        let mut text = inliner.item(LineSetting::Ragged(align), place.pitch);
        (text.left, text.right) = (place.left, place.right);
        text.whole = true;
        self.push_text(text, 0, span, place);
    }

    pub(super) fn figure(&mut self, figure: &Figure, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Figure(FigureBox::default()));
        if let Some(node) = self.structure.node_mut(node)
            && !figure.alt.is_empty()
        {
            node.properties_mut().alt = Some(figure.alt.clone());
        }
        self.after(1, place);
        if let Some(item) = self.picture(figure, node, place) {
            self.push(item, 0, place);
            if !figure.caption.is_empty() {
                self.part_last(PARTED);
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
        if wide == 0 || high == 0 {
            return None;
        }
        let geometry = &self.style.geometry;
        let room = geometry.measure - place.left - place.right;
        let share = if place.note { NOTE_PICTURE } else { PICTURE };
        let highest = geometry.leading * (f32::from(geometry.lines) * share).floor().max(1.0);
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
            pitch: if place.note { self.note_pitch() } else { geometry.leading },
        };
        Some(Item::new(Body::Picture(picture), figure.span))
    }
}
