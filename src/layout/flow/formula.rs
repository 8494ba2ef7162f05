//! Formulas with lines of their own → items.

use super::blocks::Place;
use super::{Body, Context, Inliner, Item, LineSetting};
use crate::geom::Pt;
use crate::layout::text::RichText;
use crate::math::{self, Shape};
use crate::model::MathBlock;
use crate::paged::Role;
use crate::style::Align;
use std::sync::Arc;

/// A formula in two dimensions, on the grid.
#[derive(Debug, Clone)]
pub(crate) struct FormulaItem {
    /// What stands where.
    pub(crate) shape: Shape<Arc<RichText>>,
    /// The type size of what is not reduced.
    pub(crate) size: Pt,
    /// How far it stands in from the left edge of the measure.
    pub(crate) left: Pt,
    /// The same at the right.
    pub(crate) right: Pt,
    /// Its leaf.
    pub(crate) leaf: u32,
}

/// The type size of what is reduced so often, in parts of that of the formula.
pub(crate) fn reduced(level: u8) -> f32 {
    match level {
        0 => 1.0,
        1 => 0.72,
        _ => 0.55,
    }
}

impl Context<'_> {
    /// A formula in the middle of its own lines: in two dimensions where it has them. Those of notes are lines of text.
    pub(super) fn math(&mut self, math: &MathBlock, place: &mut Place) {
        let node = self.structure.push(place.node, Role::Paragraph);
        self.after(1, place);
        let shape = if place.note { None } else { math::shape(&math.source) };
        let shape = shape.filter(|shape| !matches!(shape, Shape::Line(_)));
        let leaf = self.leaf;
        let mut inliner = Inliner::new(self, node, place.style.clone());
        let body = match shape {
            Some(shape) => {
                let shape = inliner.formula(&math.source, shape);
                let (left, right) = (place.left, place.right);
                Body::Formula(Box::new(FormulaItem { shape, size: place.style.size, left, right, leaf }))
            }
            None => {
                inliner.math_leaf(&math.source);
                let mut text = inliner.item(LineSetting::Ragged(Align::Center), place.pitch);
                (text.left, text.right) = (place.left, place.right);
                Body::Text(Box::new(text))
            }
        };
        self.push(Item::new(body, math.span), 0, place);
        self.after(1, place);
        place.follows = true;
    }
}
