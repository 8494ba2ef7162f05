//! Code → items.

use super::blocks::{Place, SMALL};
use super::inline::{mono, plain};
use super::{Context, Inliner, LineSetting};
use crate::geom::Pt;
use crate::model::CodeBlock;
use crate::paged::{Artifact, Owner, Role};
use crate::style::Align;
use std::sync::Arc;

impl Context<'_> {
    pub(super) fn code(&mut self, code: &CodeBlock, place: &mut Place) {
        // Code is a part of lines: it is in a paragraph (ISO 32000-1, 14.8.4.4).
        let paragraph = self.structure.push(place.node, Role::Paragraph);
        let node = self.structure.push(paragraph, Role::Code);
        self.after(1, place);
        let mut style = place.style.clone();
        let small = Arc::make_mut(&mut style);
        mono(small);
        small.size = small.size * (SMALL + 0.04);
        let mut highlighter = self.style.highlight.reader(code.language.as_deref());
        let mut inliner = Inliner::new(self, node, style.clone());
        for (number, line) in code.lines.iter().enumerate() {
            if number > 0 {
                inliner.extra("\n");
            }
            inliner.code_line(&highlighter.line(line));
        }
        let mut text = inliner.item(LineSetting::Ragged(Align::Start), place.pitch);
        let em = place.style.size;
        text.left = self.inset(place, place.left, em);
        text.right = place.right + em;
        text.rest = Pt::ZERO;
        text.turn_mark = Some(plain("↩", style, Owner::Artifact(Artifact::Layout)).into());
        self.push_text(text, 0, code.span, place);
        self.after(1, place);
        place.follows = true;
    }
}
