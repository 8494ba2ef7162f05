//! Speeches of a play with what is done in them → blocks.

use super::assemble::Assembler;
use super::classify::{Guess, Kind};
use super::group::Group;
use super::{drama, script, verse};
use crate::model::{Block, Inline, ParagraphRole, Speech, push_joined};
use crate::reader::plain::line::Line;
use smallvec::SmallVec;

impl<'t> Assembler<'_, '_, '_, 't> {
    /// Adds a block to the section, or to the speech that is going on.
    pub(super) fn add(&mut self, block: Block) {
        match &mut self.speech {
            Some(speech) => {
                speech.span = speech.span.to(block.span());
                // Most have no other.
                speech.blocks.reserve_exact(usize::from(speech.blocks.is_empty()));
                speech.blocks.push(block);
            }
            None => self.push(block),
        }
    }

    pub(super) fn close_speech(&mut self) {
        if let Some(speech) = self.speech.take() {
            self.push(Block::Speech(speech.into()));
        }
    }

    pub(super) fn open_speech(&mut self, group: &Group<'_, 't>) {
        self.close_speech();
        let Some(first) = group.lines.first() else { return };
        let alone = self.survey.script.is_name(first);
        let Some(head) = drama::head_or_alone(first.text, alone) else { return };
        let speaker = name(self.inlines(&[first.cut(0, head.length)]));
        let mut lines: SmallVec<[Line; 1]> = SmallVec::with_capacity(group.lines.len());
        lines.extend(head.goes_on.then(|| first.cut(head.length, first.text.len())));
        lines.extend_from_slice(group.lines.get(1..).unwrap_or(&[]));
        self.speech = Some(Speech { speaker, blocks: Vec::new(), span: group.span() });
        if lines.is_empty() {
            return;
        }
        let words = Group { lines: &lines, gap: 0, new_page: false };
        let is_verse = match alone {
            true => script::is_verse(&lines, self.region.measure),
            false => lines.len() > 2 && verse::weigh(&words, self.region, self.survey, self.column).logit > 0.0,
        };
        if is_verse {
            // The first line of verse stands where the name leaves room for it.
            let indent = lines.iter().skip(1).map(|line| line.indent).min();
            if let Some((line, indent)) = lines.first_mut().zip(indent).filter(|_| head.goes_on) {
                line.indent = indent;
            }
            let words = Group { lines: &lines, gap: 0, new_page: false };
            let verse = verse::read(self.context, &[words], &mut self.findings.references);
            if !verse.stanzas.is_empty() {
                self.add(Block::Verse(verse));
            }
        } else {
            self.body(&lines);
        }
    }

    /// A direction: an exit goes to the end of the speech; others stand between speeches, or within one that goes on.
    pub(super) fn direction(&mut self, group: &Group<'_, 't>, next: Option<&Guess>) {
        let paragraph = self.paragraph(group.lines, ParagraphRole::StageDirection);
        let Some(paragraph) = paragraph else { return };
        if let (true, Some(speech)) = (drama::is_exit(group), self.speech.as_mut())
            && let Some(Block::Paragraph(last)) = speech.blocks.last_mut()
        {
            last.content.push(Inline::text(" "));
            last.content.extend(paragraph.content);
            merge_texts(&mut last.content);
            last.span = last.span.to(paragraph.span);
            speech.span = speech.span.to(paragraph.span);
            return;
        }
        if !next.is_some_and(|next| matches!(next.kind, Kind::Prose | Kind::Verse)) {
            self.close_speech();
        }
        self.add(Block::Paragraph(paragraph));
    }
}

/// The head of a speech without the emphasis of its name: both editions set speakers in a face of their own.
fn name(mut head: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Emphasis(content) | Inline::Strong(content)) = head.first_mut() {
        let content = std::mem::take(content);
        head.splice(..1, content);
        merge_texts(&mut head);
    }
    head
}

/// Makes one of texts that follow one another.
fn merge_texts(inlines: &mut Vec<Inline>) {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    inlines.drain(..).for_each(|inline| push_joined(inline, &mut out));
    *inlines = out;
}
