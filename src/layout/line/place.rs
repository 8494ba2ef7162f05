//! Lines → glyph runs on a page.

use super::super::shape::{ChunkKind, ShapedGlyph, ShapedRun, ShapedText};
use super::super::text::{InlinePicture, LinkId, TextRun, TextStyle};
use super::fragment::{SHRINK, STRETCH};
use super::{Broken, Line};
use crate::font::{Face, Library};
use crate::geom::{Point, Pt, Rect, Size};
use crate::paged::{Artifact, Glyph, GlyphRun, Item, LinkArea, Owner, Page, Picture, Rule};
use std::ops::Range;
use std::sync::Arc;

/// How much text a run may have, in bytes: [`Glyph::cluster`] counts to 65,535.
const LONGEST_RUN: u32 = 60_000;

impl Broken {
    /// Puts a line on a page: its glyphs and text, link areas, and rules through what is struck out. `origin` is where the
    /// measure begins on the baseline. The faces of the runs are numbers of the [`Library`] until [`collect_faces`] is called.
    pub fn place(&self, shaped: &ShapedText, line: usize, origin: Point, page: &mut Page) {
        let Some(line) = self.lines.get(line) else { return };
        let mut placer = Placer {
            broken: self,
            shaped,
            line,
            page,
            x: origin.x + line.x,
            y: origin.y,
            first_ink: first_ink(shaped, line),
            link: None,
        };
        let first = placer.page.items.len();
        let groups = placer.groups();
        let told_as_set = groups.is_sorted_by_key(|group| group.chunks.start);
        let mut starts = Vec::new();
        for group in groups {
            placer.group(&group);
            if !told_as_set {
                starts.resize(placer.page.items.len() - first, group.chunks.start);
            }
        }
        placer.end_link();
        // Set from left to right, they are told in the order of the text.
        if !told_as_set {
            let mut told: Vec<_> = starts.into_iter().zip(page.items.drain(first..)).collect();
            told.sort_by_key(|(start, _)| *start);
            page.items.extend(told.into_iter().map(|(_, item)| item));
        }
    }
}

/// Numbers the faces of all runs anew, by where they first occur, and returns them in this order.
pub fn collect_faces(library: &Library, pages: &mut [Page]) -> Vec<Arc<Face>> {
    let mut order: Vec<u16> = Vec::new();
    let mut numbers: Vec<Option<u16>> = Vec::new();
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        let Item::Run(run) = item else { continue };
        let at = usize::from(run.face);
        if numbers.len() <= at {
            numbers.resize(at + 1, None);
        }
        if let Some(number) = numbers.get_mut(at) {
            run.face = *number.get_or_insert_with(|| {
                order.push(run.face);
                order.len() as u16 - 1
            });
        }
    }
    order.into_iter().filter_map(|id| library.face(crate::font::FaceId(id)).cloned()).collect()
}

/// Where the ink of a line starts, after spaces that its text starts with.
fn first_ink(shaped: &ShapedText, line: &Line) -> u32 {
    let text = shaped.rich().text().get(line.text.start as usize..line.text.end as usize).unwrap_or_default();
    line.text.start + (text.len() - text.trim_start_matches([' ', '\t']).len()) as u32
}

/// Chunks that become one run of glyphs, in logical order.
struct Group {
    chunks: Range<usize>,
    right_to_left: bool,
}

struct Placer<'p> {
    broken: &'p Broken,
    shaped: &'p ShapedText,
    line: &'p Line,
    page: &'p mut Page,
    x: Pt,
    y: Pt,
    first_ink: u32,
    /// The link that is open, with where it starts and how large its text is.
    link: Option<(LinkId, Pt, Pt)>,
}

impl<'p> Placer<'p> {
    /// The chunks of the line in groups, from left to right.
    fn groups(&self) -> Vec<Group> {
        let chunks = &self.shaped.chunks;
        let first = chunks.partition_point(|chunk| chunk.text <= self.line.text.start).saturating_sub(1);
        let end = chunks.partition_point(|chunk| chunk.text < self.line.next).min(self.shaped.chunk_count());
        let mut groups: Vec<(Group, u8)> = Vec::new();
        for at in first..end {
            let Some(run) = self.shaped.run_of(at) else { continue };
            let level = self.level(at, run);
            let joins = groups.last().is_some_and(|(group, known)| {
                *known == level
                    && at.checked_sub(1).and_then(|before| self.shaped.run_of(before)).is_some_and(|before| {
                        before.face == run.face && before.text_run == run.text_run && before.size == run.size
                    })
                    && self.shaped.text_range(at).end - self.shaped.text_range(group.chunks.start).start < LONGEST_RUN
            });
            match groups.last_mut() {
                Some((group, _)) if joins => group.chunks.end = at + 1,
                _ => groups.push((Group { chunks: at..at + 1, right_to_left: level % 2 == 1 }, level)),
            }
        }
        reorder(&mut groups);
        groups.into_iter().map(|(group, _)| group).collect()
    }

    /// The level of a chunk: that of the paragraph for the space at the end of the line (UAX #9, L1).
    fn level(&self, at: usize, run: &ShapedRun) -> u8 {
        if self.shaped.text_range(at).start >= self.line.text.end { self.shaped.level } else { run.level }
    }

    fn group(&mut self, group: &Group) {
        let shaped = self.shaped;
        let Some(run) = shaped.run_of(group.chunks.start) else { return };
        let (Some(text_run), Some(style)) = (shaped.rich().run(run.text_run as usize), shaped.style_of(run)) else {
            return;
        };
        // The space behind the last word of a line from right to left stands left of the measure.
        let outside = group.right_to_left && shaped.text_range(group.chunks.start).start >= self.line.text.end;
        self.turn_link(text_run, style);
        if let Some(picture) = shaped.rich().picture(text_run) {
            return self.picture(picture, text_run.properties.owner);
        }
        let start = self.x;
        let glyphs = self.page.glyphs.len() as u32;
        let text = self.page.text.len() as u32;
        let from = shaped.text_range(group.chunks.start).start.max(self.line.text.start);
        let to = shaped.text_range(group.chunks.end - 1).end.min(self.line.next);
        self.push_text(from, to);
        if group.right_to_left {
            for at in group.chunks.clone().rev() {
                self.chunk(at, run, from);
            }
        } else {
            for at in group.chunks.clone() {
                self.chunk(at, run, from);
            }
        }
        let placed = self.page.glyphs.get(glyphs as usize..).unwrap_or_default();
        let advance: f32 = placed.iter().map(|glyph| glyph.advance).sum();
        let width = run.size * (advance / 1000.0 * self.line.expansion);
        let origin = Point { x: if outside { start - width } else { start }, y: self.y - style.raise };
        self.page.items.push(Item::Run(GlyphRun {
            owner: text_run.properties.owner,
            face: run.face.0,
            size: run.size,
            origin,
            expansion: self.line.expansion,
            tracking: self.tracking(run),
            ink: style.ink,
            right_to_left: group.right_to_left,
            glyphs: glyphs..self.page.glyphs.len() as u32,
            text: text..self.page.text.len() as u32,
        }));
        if !outside {
            self.x += width;
        }
        if style.strike {
            self.strike(run.size, start, style);
        }
    }

    /// Puts a picture into the line. It gives and takes as letters do, so that the line ends where it was meant to.
    fn picture(&mut self, picture: &InlinePicture, owner: Owner) {
        let expansion = self.line.expansion;
        let size = Size { width: picture.size.width * expansion, height: picture.size.height };
        let origin = Point { x: self.x, y: self.y + picture.depth - size.height };
        let rect = Rect { origin, size };
        self.page.items.push(Item::Picture(Picture { owner, image: picture.resource, rect }));
        self.x += size.width + self.line.tracking * expansion;
    }

    /// What comes behind each letter of a run, in thousandths of its size.
    fn tracking(&self, run: &ShapedRun) -> f32 {
        self.line.tracking / run.size * 1000.0
    }

    /// Adds the text of a run; a line end that must stay is a space to those who extract it.
    fn push_text(&mut self, from: u32, to: u32) {
        let text = self.shaped.rich().text().get(from as usize..to as usize).unwrap_or_default();
        if text.contains('\n') {
            self.page.text.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        } else {
            self.page.text.push_str(text);
        }
        if self.line.end.is_some() && from < self.line.text.end && to >= self.line.text.end {
            self.page.text.push('\u{ad}');
        }
    }

    /// Adds the glyphs of a chunk, or of the part of it that is in the line. `base` is where the text of the run starts.
    fn chunk(&mut self, at: usize, run: &ShapedRun, base: u32) {
        let range = self.shaped.text_range(at);
        let Some(chunk) = self.shaped.chunks.get(at) else { return };
        let glyphs = self.shaped.glyphs_of(at);
        let expansion = self.line.expansion;
        match chunk.kind {
            ChunkKind::Space | ChunkKind::HardSpace | ChunkKind::RigidSpace | ChunkKind::LineEnd => {
                let inside = range.start < self.line.text.end && range.start >= self.first_ink;
                let elastic = inside && matches!(chunk.kind, ChunkKind::Space | ChunkKind::HardSpace);
                let part = if self.line.ratio >= 0.0 { STRETCH } else { SHRINK };
                let factor = if elastic { 1.0 + part * self.line.ratio } else { 1.0 };
                for glyph in glyphs {
                    // Glyph expansion is for letters: it is taken out of the space, whose width is settled.
                    self.push(
                        &ShapedGlyph { advance: glyph.advance * factor / expansion, ..*glyph },
                        range.start - base,
                    );
                }
            }
            ChunkKind::Word => {
                let (line, broken, tracking) = (self.line, self.broken, self.tracking(run));
                let starts = line.start.as_ref().filter(|alternate| range.contains(&alternate.text.start));
                let ends = line.end.as_ref().filter(|alternate| range.contains(&alternate.text.start));
                let mut from = line.text.start.max(range.start);
                if let Some(alternate) = starts {
                    let offset = alternate.text.start - base;
                    self.alternate(broken, alternate.glyphs.clone(), offset, tracking, None);
                    from = alternate.text.end;
                }
                let to = ends.map_or(line.text.end.min(range.end), |alternate| alternate.text.start);
                let whole = from <= range.start && to >= range.end;
                let offset = i64::from(range.start) - i64::from(base);
                for glyph in glyphs {
                    let cluster = range.start + u32::from(glyph.cluster);
                    if whole || (from..to).contains(&cluster) {
                        self.push_at(&tracked(glyph, tracking), offset);
                    }
                }
                if let Some(alternate) = ends {
                    let offset = alternate.text.start - base;
                    let hyphen = Some(alternate.text.len() as u32);
                    self.alternate(broken, alternate.glyphs.clone(), offset, tracking, hyphen);
                }
            }
        }
    }

    /// Adds glyphs of a divided word. `hyphen` is where the hyphen stands among them, in bytes.
    fn alternate(&mut self, broken: &Broken, glyphs: Range<u32>, offset: u32, tracking: f32, hyphen: Option<u32>) {
        for glyph in broken.extra.get(glyphs.start as usize..glyphs.end as usize).unwrap_or_default() {
            let is_hyphen = hyphen.is_some_and(|at| u32::from(glyph.cluster) >= at);
            let cluster_len = if is_hyphen { '\u{ad}'.len_utf8() as u8 } else { glyph.cluster_len };
            self.push(&ShapedGlyph { cluster_len, ..tracked(glyph, tracking) }, offset);
        }
    }

    fn push(&mut self, glyph: &ShapedGlyph, offset: u32) {
        self.push_at(glyph, i64::from(offset));
    }

    /// Adds a glyph of a chunk that starts `offset` bytes behind (or before) the start of its run.
    fn push_at(&mut self, glyph: &ShapedGlyph, offset: i64) {
        let cluster = (offset + i64::from(glyph.cluster)).clamp(0, i64::from(u16::MAX)) as u16;
        self.page.glyphs.push(Glyph {
            id: glyph.id,
            cluster,
            cluster_len: glyph.cluster_len,
            advance: glyph.advance,
            dx: glyph.dx,
            dy: glyph.dy,
        });
    }

    /// Ends the link that is open, unless the next run belongs to it, and opens that of the next run.
    fn turn_link(&mut self, next: &TextRun, style: &TextStyle) {
        if self.link.map(|(link, ..)| link) != next.properties.link {
            self.end_link();
            self.link = next.properties.link.map(|link| (link, self.x, style.size));
        }
    }

    fn end_link(&mut self) {
        let Some((id, start, size)) = self.link.take() else { return };
        let Some(link) = self.shaped.rich().link(id) else { return };
        // Ascenders and descenders of text faces are within three quarters and a quarter of the size.
        let origin = Point { x: start, y: self.y - size * 0.75 };
        let rect = Rect { origin, size: Size { width: self.x - start, height: size } };
        self.page.links.push(LinkArea {
            rect,
            node: link.node,
            target: link.target.clone(),
            description: link.description.clone(),
        });
    }

    fn strike(&mut self, size: Pt, start: Pt, style: &TextStyle) {
        let height = size * 0.05;
        let origin = Point { x: start, y: self.y - style.raise - size * 0.25 };
        let rect = Rect { origin, size: Size { width: self.x - start, height } };
        self.page.items.push(Item::Rule(Rule { owner: Owner::Artifact(Artifact::Layout), rect, ink: style.ink }));
    }
}

/// A glyph with room behind it, where it is the last of its letter.
fn tracked(glyph: &ShapedGlyph, tracking: f32) -> ShapedGlyph {
    let more = if glyph.cluster_len > 0 { tracking } else { 0.0 };
    ShapedGlyph { advance: glyph.advance + more, ..*glyph }
}

/// Puts groups with their levels into the order they are seen in, from left to right (UAX #9, L2).
fn reorder(groups: &mut [(Group, u8)]) {
    let highest = groups.iter().map(|(_, level)| *level).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        let mut start = 0;
        while start < groups.len() {
            let len = groups.iter().skip(start).take_while(|(_, own)| *own >= level).count();
            if let Some(turned) = groups.get_mut(start..start + len) {
                turned.reverse();
            }
            start += len + 1;
        }
    }
}
