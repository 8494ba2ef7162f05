//! What is drawn on a page: marked content, text, rules, pictures (ISO 32000-1, 8, 9 and 14.6), straight into bytes.

use super::PdfError;
use super::pen::Pen;
use super::subset::{Cluster, Subset, clusters};
use super::syntax::{self, private, to_hundredths, unmappable};
use super::tags::{Plan, Slot};
use crate::geom::Rect;
use crate::ink::Ink;
use crate::paged::{Artifact, Glyph, GlyphRun, Item, Owner, Page, PagedDocument};

/// The entries of the property lists that artifacts are marked with: shared by all pages, as their names are shorter.
pub(super) const PROPERTIES: &str =
    "<</H<</Type/Pagination/Subtype/Header>>/F<</Type/Pagination/Subtype/Footer>>/L<</Type/Layout>>>>";

/// What is on a page, and by identifier of marked content the slot it is of.
///
/// # Errors
///
/// Where a glyph is the one for characters that the face lacks, or a number of the page leads nowhere.
pub(super) fn write(
    paged: &PagedDocument,
    number: usize,
    page: &Page,
    subsets: &[Subset],
    plan: &Plan,
) -> Result<(Vec<u8>, Vec<Slot>), PdfError> {
    let mut writer = Writer {
        paged,
        number,
        page,
        subsets,
        plan,
        // Two bytes a glyph, and as much again for what moves them.
        out: Vec::with_capacity(page.glyphs.len() * 4 + 1024),
        marks: Vec::new(),
        mark: None,
        in_text: false,
        line: (0, 0),
        font: None,
        scale: 10_000,
        tracking: 0,
        word_space: 0,
        rise: 0,
        ink: Ink::BLACK,
    };
    for item in &page.items {
        match item {
            Item::Run(run) => writer.run(run)?,
            Item::Rule(rule) => {
                writer.begin_graphics(rule.owner)?;
                writer.set_ink(rule.ink);
                writer.rectangle(rule.rect);
                writer.out.extend_from_slice(b"re f\n");
            }
            Item::Picture(picture) => {
                writer.begin_graphics(picture.owner)?;
                writer.picture(picture.rect, picture.image);
            }
        }
    }
    writer.end_text();
    Ok((writer.out, writer.marks))
}

/// The names of the resources.
pub(super) fn font_name(face: usize) -> String {
    format!("F{face}")
}

/// The same for pictures.
pub(super) fn image_name(image: usize) -> String {
    format!("I{image}")
}

/// Whose marked content is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Slot(Slot),
    Artifact(Artifact),
}

/// Writes one page, and knows what of the graphics state was set.
struct Writer<'a> {
    paged: &'a PagedDocument,
    number: usize,
    page: &'a Page,
    subsets: &'a [Subset],
    plan: &'a Plan,
    out: Vec<u8>,
    marks: Vec<Slot>,
    mark: Option<Mark>,
    in_text: bool,
    /// Where the line begins, in hundredths of a point.
    line: (i64, i64),
    /// Face, and size in thousandths of a point.
    font: Option<(u16, i64)>,
    /// The horizontal scale in hundredths of a per cent.
    scale: i64,
    /// The room behind each character, in ten-thousandths of a point.
    tracking: i64,
    /// The room that is added to each space between words, in thousandths of a point.
    word_space: i64,
    /// How far above the baseline glyphs are drawn, in thousandths of a point.
    rise: i64,
    ink: Ink,
}

impl Writer<'_> {
    /// Sees to it that what follows is marked as the owner's. Marked content may not cross the border of a text object, so
    /// both kinds of owner end where text begins or ends.
    fn begin_mark(&mut self, owner: Owner) -> Result<(), PdfError> {
        let mark = match owner {
            Owner::Artifact(artifact) => Mark::Artifact(artifact),
            Owner::Content(content) => Mark::Slot(self.plan.slot(content).ok_or(PdfError::Broken("content"))?),
        };
        if self.mark == Some(mark) {
            return Ok(());
        }
        self.end_mark();
        self.mark = Some(mark);
        match mark {
            Mark::Slot(slot) => {
                self.out.push(b'/');
                self.out.extend_from_slice(self.plan.tag(&self.paged.structure, slot).as_bytes());
                self.out.extend_from_slice(b"<<");
                self.push_identifier(slot);
                self.out.extend_from_slice(b">>BDC\n");
            }
            Mark::Artifact(artifact) => self.out.extend_from_slice(match artifact {
                Artifact::RunningHead => b"/Artifact/H BDC\n",
                Artifact::Folio => b"/Artifact/F BDC\n",
                Artifact::Layout => b"/Artifact/L BDC\n",
            }),
        }
        Ok(())
    }

    /// Begins marked content with the text that it stands for (ISO 32000-1, 14.9.4): beside what else belongs to the element,
    /// not within, because readers lose their place behind marked content in marked content.
    fn begin_told(&mut self, owner: Owner, text: &str) -> Result<(), PdfError> {
        if let Owner::Content(content) = owner {
            let slot = self.plan.slot(content).ok_or(PdfError::Broken("content"))?;
            self.end_mark();
            self.out.extend_from_slice(b"/Span<<");
            self.push_identifier(slot);
        } else {
            self.begin_mark(owner)?;
            self.out.extend_from_slice(b"/Span<<");
        }
        self.out.extend_from_slice(b"/ActualText");
        let text: String = text.chars().filter(|c| !unmappable(*c)).collect();
        syntax::hex_text(&mut self.out, &text);
        self.out.extend_from_slice(b">>BDC\n");
        Ok(())
    }

    fn push_identifier(&mut self, slot: Slot) {
        self.out.extend_from_slice(b"/MCID ");
        syntax::integer(&mut self.out, self.marks.len() as i64);
        self.marks.push(slot);
    }

    fn end_mark(&mut self) {
        if self.mark.take().is_some() {
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.end_mark();
            self.out.extend_from_slice(b"BT\n");
            self.in_text = true;
            self.line = (0, 0);
        }
    }

    fn end_text(&mut self) {
        self.end_mark();
        if std::mem::take(&mut self.in_text) {
            self.out.extend_from_slice(b"ET\n");
        }
    }

    fn begin_graphics(&mut self, owner: Owner) -> Result<(), PdfError> {
        if self.in_text {
            self.end_text();
        }
        self.begin_mark(owner)
    }

    /// Sees to it that what follows is of this colour: a grey, or one of the sRGB that the output intent means by DeviceRGB.
    fn set_ink(&mut self, ink: Ink) {
        if self.ink == ink {
            return;
        }
        self.ink = ink;
        // The parts of a grey are alike: one is told.
        let (parts, operator): (_, &[u8]) = if ink.is_gray() { (1, b"g\n") } else { (3, b"rg\n") };
        for part in [ink.red, ink.green, ink.blue].into_iter().take(parts) {
            syntax::fixed(&mut self.out, (i64::from(part) * 1000 + 127) / 255, 1000);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator);
    }

    /// Writes a rectangle's corner, width and height, a space behind each.
    fn rectangle(&mut self, rect: Rect) {
        let bottom = self.page.size.height.0 - rect.origin.y.0 - rect.size.height.0;
        for value in [rect.origin.x.0, bottom, rect.size.width.0, rect.size.height.0] {
            syntax::fixed(&mut self.out, (f64::from(value) * 1000.0).round() as i64, 1000);
            self.out.push(b' ');
        }
    }

    fn picture(&mut self, rect: Rect, image: u32) {
        let bottom = self.page.size.height.0 - rect.origin.y.0 - rect.size.height.0;
        let orientation = self.paged.images.get(image as usize).map(|image| image.orientation).unwrap_or_default();
        // Where the right and the upper edge of the picture as it lies come to lie, and its lower left corner.
        let (across, up, corner) = match orientation.exif() {
            2 => ((-1.0, 0.0), (0.0, 1.0), (1.0, 0.0)),
            3 => ((-1.0, 0.0), (0.0, -1.0), (1.0, 1.0)),
            4 => ((1.0, 0.0), (0.0, -1.0), (0.0, 1.0)),
            5 => ((0.0, -1.0), (-1.0, 0.0), (1.0, 1.0)),
            6 => ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0)),
            7 => ((0.0, 1.0), (1.0, 0.0), (0.0, 0.0)),
            8 => ((0.0, 1.0), (-1.0, 0.0), (1.0, 0.0)),
            _ => ((1.0, 0.0), (0.0, 1.0), (0.0, 0.0)),
        };
        let (width, height) = (rect.size.width.0, rect.size.height.0);
        let (left, low) = (rect.origin.x.0 + width * corner.0, bottom + height * corner.1);
        self.out.extend_from_slice(b"q ");
        for value in [across.0 * width, across.1 * height, up.0 * width, up.1 * height, left, low] {
            syntax::hundredths(&mut self.out, to_hundredths(value));
            self.out.push(b' ');
        }
        self.out.extend_from_slice(b"cm/");
        self.out.extend_from_slice(image_name(image as usize).as_bytes());
        self.out.extend_from_slice(b" Do Q\n");
    }

    fn run(&mut self, run: &GlyphRun) -> Result<(), PdfError> {
        let glyphs = self.page.glyphs_of(run);
        if glyphs.is_empty() {
            return Ok(());
        }
        let subset = self.subsets.get(usize::from(run.face)).ok_or(PdfError::Broken("face"))?;
        self.begin_text();
        self.set_ink(run.ink);
        let font = (run.face, (f64::from(run.size.0) * 1000.0).round() as i64);
        if self.font != Some(font) {
            self.font = Some(font);
            self.out.push(b'/');
            self.out.extend_from_slice(font_name(usize::from(run.face)).as_bytes());
            self.out.push(b' ');
            syntax::fixed(&mut self.out, font.1, 1000);
            self.out.extend_from_slice(b" Tf\n");
        }
        let scale = (f64::from(run.expansion) * 10_000.0).round() as i64;
        if self.scale != scale {
            self.scale = scale;
            syntax::hundredths(&mut self.out, scale);
            self.out.extend_from_slice(b" Tz\n");
        }
        let tracking = (f64::from(run.tracking * run.size.0) * 10.0).round() as i64;
        if self.tracking != tracking {
            self.tracking = tracking;
            syntax::fixed(&mut self.out, tracking, 10_000);
            self.out.extend_from_slice(b" Tc\n");
        }
        let word_space = self.word_space_of(run, subset).unwrap_or(self.word_space);
        if self.word_space != word_space {
            self.word_space = word_space;
            syntax::fixed(&mut self.out, word_space, 1000);
            self.out.extend_from_slice(b" Tw\n");
        }
        let place = (to_hundredths(run.origin.x.0), to_hundredths(self.page.size.height.0 - run.origin.y.0));
        if place != self.line {
            syntax::hundredths(&mut self.out, place.0 - self.line.0);
            self.out.push(b' ');
            syntax::hundredths(&mut self.out, place.1 - self.line.1);
            self.out.extend_from_slice(b" Td\n");
            self.line = place;
        }
        self.show(run, glyphs, subset)
    }

    /// What a reader is to add to the spaces between the words of a run, in thousandths of a point: layout sets those of a
    /// line alike. Nothing where no word follows on a space, or the face's space is not told from other glyphs.
    fn word_space_of(&self, run: &GlyphRun, subset: &Subset) -> Option<i64> {
        let code = subset.word_space()?;
        let glyphs = self.page.glyphs_of(run);
        let space = |glyph: &&Glyph| subset.shown(glyph.id).code == code;
        let inner = glyphs.get(..glyphs.iter().rposition(|glyph| !space(&glyph))?)?;
        let glyph = inner.iter().find(space)?;
        let width = subset.entry(code)?.width;
        let points = f64::from(run.size.0) / 1000.0;
        let added = f64::from(glyph.advance) - f64::from(width);
        Some((added * points * 1000.0 - self.tracking as f64 / 10.0).round() as i64)
    }

    /// Shows the glyphs of a run in the order of its text: from right to left where that runs so.
    fn show(&mut self, run: &GlyphRun, glyphs: &[Glyph], subset: &Subset) -> Result<(), PdfError> {
        let size = f64::from(run.size.0);
        let (tracking, word_space) = (self.tracking as f64 / 10.0 / size, self.word_space as f64 / size);
        let mut pen = Pen::new(self.page, run, subset.is_simple(), tracking, word_space);
        let mut x = 0.0;
        if run.right_to_left {
            let mut placed: Vec<(f64, Cluster<'_>)> = Vec::with_capacity(glyphs.len());
            for cluster in clusters(self.page, run) {
                let start = x;
                x += cluster.advance();
                placed.push((start, cluster));
            }
            for (start, cluster) in placed.iter().rev() {
                self.cluster(run, cluster, *start, subset, &mut pen)?;
            }
        } else {
            let mut clusters = clusters(self.page, run);
            let mut is_marked = false;
            loop {
                if self.rise == 0
                    && let Some(letter) = clusters.letter()
                    && let shown = subset.shown(letter.glyph.id)
                    && shown.is_told_as(letter.byte)
                {
                    clusters.take_letter();
                    if !is_marked {
                        self.end_told(&mut pen);
                        self.begin_mark(run.owner)?;
                        is_marked = true;
                    }
                    pen.show(&mut self.out, shown, x + f64::from(letter.glyph.dx), letter.place);
                    x += f64::from(letter.glyph.advance);
                    continue;
                }
                let Some(cluster) = clusters.next() else { break };
                self.cluster(run, &cluster, x, subset, &mut pen)?;
                x += cluster.advance();
                is_marked = false;
            }
        }
        pen.flush(&mut self.out);
        self.end_told(&mut pen);
        Ok(())
    }

    /// Shows the glyphs of a cluster that begins at `x`; where a reader would not make its text of them, the text stands
    /// beside them.
    fn cluster(
        &mut self,
        run: &GlyphRun,
        cluster: &Cluster<'_>,
        x: f64,
        subset: &Subset,
        pen: &mut Pen,
    ) -> Result<(), PdfError> {
        self.end_told(pen);
        if told(cluster, run.right_to_left, subset) {
            self.begin_mark(run.owner)?;
        } else {
            pen.flush(&mut self.out);
            self.begin_told(run.owner, cluster.text)?;
            pen.told = true;
        }
        let mut show = |x: f64, glyph: &Glyph| {
            let shown = subset.shown(glyph.id);
            if shown.code == 0 {
                return Err(PdfError::MissingGlyph {
                    page: self.number + 1,
                    text: cluster.text.to_owned(),
                    face: self.paged.faces.get(usize::from(run.face)).map_or("", |face| face.name()).to_owned(),
                });
            }
            let rise = (f64::from(glyph.dy) * f64::from(run.size.0)).round() as i64;
            if rise != self.rise {
                pen.flush(&mut self.out);
                self.rise = rise;
                syntax::fixed(&mut self.out, rise, 1000);
                self.out.extend_from_slice(b" Ts\n");
            }
            pen.show(&mut self.out, shown, x + f64::from(glyph.dx), cluster.first);
            Ok(())
        };
        if run.right_to_left {
            let mut end = x + cluster.advance();
            for glyph in cluster.glyphs.iter().rev() {
                end -= f64::from(glyph.advance);
                show(end, glyph)?;
            }
        } else {
            let mut x = x;
            for glyph in cluster.glyphs {
                show(x, glyph)?;
                x += f64::from(glyph.advance);
            }
        }
        Ok(())
    }

    /// Ends what [`Self::begin_told`] began.
    fn end_told(&mut self, pen: &mut Pen) {
        if std::mem::take(&mut pen.told) {
            pen.flush(&mut self.out);
            self.out.extend_from_slice(b"EMC\n");
        }
    }
}

/// Whether the character map gives the text of a cluster back.
fn told(cluster: &Cluster<'_>, right_to_left: bool, subset: &Subset) -> bool {
    // PDF/A-2a wants the text told where it is of a private use area (ISO 19005-2, 6.2.11.7.3).
    if !cluster.text.is_ascii() && cluster.text.chars().any(private) {
        return false;
    }
    let text_of = |glyph: &Glyph| subset.entry(subset.shown(glyph.id).code).map_or("", |entry| &entry.text);
    match cluster.glyphs {
        [glyph] => text_of(glyph) == cluster.text,
        glyphs => {
            let mut rest = Some(cluster.text);
            let mut take = |glyph: &Glyph| rest = rest.and_then(|rest| rest.strip_prefix(text_of(glyph)));
            if right_to_left {
                glyphs.iter().rev().for_each(&mut take);
            } else {
                glyphs.iter().for_each(&mut take);
            }
            rest == Some("")
        }
    }
}
