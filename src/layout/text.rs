//! Inlines flattened for layout: one string with runs of a style each.

use crate::font::{FaceStyle, Family};
use crate::geom::{Em, Pt, Size};
use crate::ink::Ink;
use crate::model::{Language, NoteId, Target};
use crate::paged::{NodeId, Owner};
use crate::style::Figures;
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::Arc;

/// How many bytes a soft hyphen has.
const SOFT_HYPHEN_LEN: u32 = '\u{ad}'.len_utf8() as u32;

/// How a run of text looks.
#[derive(Debug, Clone, PartialEq)]
pub struct TextStyle {
    /// The family.
    pub family: Family,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// Whether its small letters are small capitals.
    pub small_caps: bool,
    /// The shape of its figures.
    pub figures: Figures,
    /// Whether letters that go together are joined.
    pub ligatures: bool,
    /// The type size.
    pub size: Pt,
    /// How far it stands above the baseline; negative: below.
    pub raise: Pt,
    /// The room added after each letter.
    pub tracking: Em,
    /// Its colour.
    pub ink: Ink,
    /// Whether it is struck out.
    pub strike: bool,
    /// Its language, for shaping and hyphenation.
    pub language: Language,
}

impl TextStyle {
    /// Plain text of this size.
    pub fn new(size: Pt, language: Language) -> TextStyle {
        TextStyle {
            family: Family::Text,
            bold: false,
            italic: false,
            small_caps: false,
            figures: Figures::Default,
            ligatures: true,
            size,
            raise: Pt::ZERO,
            tracking: Em(0.0),
            ink: Ink::BLACK,
            strike: false,
            language,
        }
    }

    /// Which face it asks for.
    pub fn face(&self) -> FaceStyle {
        FaceStyle { family: self.family, bold: self.bold, italic: self.italic }
    }
}

/// The number of a style in its [`RichText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct StyleId(pub u16);

/// The number of a link in its [`RichText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinkId(pub u16);

/// What a run of text is, apart from its characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunProperties {
    /// How it looks.
    pub style: StyleId,
    /// What it is a part of.
    pub owner: Owner,
    /// Where it starts in the plain text of its leaf, in bytes: none for text that is not of the leaf, such as the mark of a
    /// note. Its characters are those of the leaf, one for one.
    pub source: Option<u32>,
    /// The link it belongs to.
    pub link: Option<LinkId>,
    /// The note it is the mark of.
    pub note: Option<NoteId>,
}

/// A run: a range of the text with what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    /// Which bytes of [`RichText::text`].
    pub range: Range<u32>,
    /// What they are.
    pub properties: RunProperties,
}

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The node that the annotation belongs to.
    pub node: NodeId,
    /// Where it leads.
    pub target: Target,
    /// What it says, for those who do not see it.
    pub description: String,
}

/// A picture that stands in a line like a letter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InlinePicture {
    /// Which: an index into the resources of the model.
    pub resource: u32,
    /// Its size.
    pub size: Size,
    /// How far it reaches below the baseline.
    pub depth: Pt,
}

/// What stands in the text for a picture.
const PICTURE: &str = "\u{fffc}";

/// One paragraph, heading or line of text before it is shaped.
///
/// A line feed is a line end that must stay. Soft hyphens are taken out of the text and kept as places where a hyphen may
/// stand; a line feed and the space that the model's plain text has for it are both one byte, so offsets agree.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RichText {
    text: String,
    runs: SmallVec<[TextRun; 1]>,
    /// Shared with all other texts of the same look: there may be a hundred thousand.
    styles: SmallVec<[Arc<TextStyle>; 1]>,
    rare: Option<Box<Rare>>,
}

/// What few texts have.
#[derive(Debug, Clone, PartialEq, Default)]
struct Rare {
    links: Vec<Link>,
    soft_hyphens: Vec<u32>,
    /// The pictures, by where their runs start.
    pictures: Vec<(u32, InlinePicture)>,
}

impl RichText {
    /// An empty text.
    pub fn new() -> RichText {
        RichText::default()
    }

    /// A text of one style.
    pub fn plain(text: &str, style: impl Into<Arc<TextStyle>>, owner: Owner) -> RichText {
        let mut rich = RichText::new();
        let style = rich.add_style(style);
        rich.push(text, RunProperties { style, owner, source: Some(0), link: None, note: None });
        rich
    }

    /// The number of a style, added if it is new.
    pub fn add_style(&mut self, style: impl Into<Arc<TextStyle>>) -> StyleId {
        let style = style.into();
        let is_known = |known: &Arc<TextStyle>| Arc::ptr_eq(known, &style) || *known == style;
        let at = self.styles.iter().position(is_known).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        // A paragraph has a handful of styles: bold, italic, small, raised in a few languages.
        StyleId(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// The same with its type so much larger.
    pub fn scaled(&self, factor: f32) -> RichText {
        let mut scaled = self.clone();
        for style in &mut scaled.styles {
            let style = Arc::make_mut(style);
            style.size = style.size * factor;
            style.raise = style.raise * factor;
        }
        scaled
    }

    /// How far its letters reach above the baseline and below it, as those of text faces do.
    pub fn extent(&self) -> (Pt, Pt) {
        let (mut above, mut below) = (Pt::ZERO, Pt::ZERO);
        for run in &self.runs {
            let Some(style) = self.style(run.properties.style) else { continue };
            let text = self.text.get(run.range.start as usize..run.range.end as usize).unwrap_or("");
            let is_low = |c: char| "acegmnopqrsuvwxyzαγεηικμνοπρστυχω+−=<>→·,.;: \u{2005}\u{2009}".contains(c);
            let is_deep = |c: char| "gjpqy()[]{}|,;βγζημξρφχψ∫√/".contains(c);
            let height = if text.chars().all(is_low) { 0.46 } else { 0.7 };
            let depth = if text.chars().any(is_deep) { 0.22 } else { 0.02 };
            above = above.max(style.raise + style.size * height);
            below = below.max(style.size * depth - style.raise);
        }
        (above, below)
    }

    /// Adds a link that runs can belong to.
    pub fn add_link(&mut self, link: Link) -> LinkId {
        let links = &mut self.rare().links;
        links.push(link);
        LinkId(u16::try_from(links.len() - 1).unwrap_or(u16::MAX))
    }

    /// Adds text at the end.
    pub fn push(&mut self, text: &str, mut properties: RunProperties) {
        let start = self.len();
        for (at, part) in text.split('\u{ad}').enumerate() {
            if at > 0 && self.len() == start {
                // One that a run starts with is told by where the run starts.
                properties.source = properties.source.map(|source| source + SOFT_HYPHEN_LEN);
            }
            if at > 0 && self.soft_hyphens().last() != Some(&self.len()) {
                let place = self.len();
                self.rare().soft_hyphens.push(place);
            }
            self.text.push_str(part);
        }
        if self.len() > start {
            self.runs.push(TextRun { range: start..self.len(), properties });
        }
    }

    /// Adds a picture at the end, as a run of its own.
    pub fn push_picture(&mut self, picture: InlinePicture, properties: RunProperties) {
        let place = self.len();
        self.rare().pictures.push((place, picture));
        self.push(PICTURE, properties);
    }

    /// The picture that a run is.
    pub fn picture(&self, run: &TextRun) -> Option<&InlinePicture> {
        let pictures = &self.rare.as_ref()?.pictures;
        let at = pictures.binary_search_by_key(&run.range.start, |(start, _)| *start).ok()?;
        pictures.get(at).map(|(_, picture)| picture)
    }

    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    fn len(&self) -> u32 {
        // Sources are limited to less than 4 GiB where they are read.
        self.text.len() as u32
    }

    /// Its characters, without soft hyphens.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its runs, in order; together they cover the text.
    pub fn runs(&self) -> &[TextRun] {
        &self.runs
    }

    /// The run with this index.
    pub fn run(&self, index: usize) -> Option<&TextRun> {
        self.runs.get(index)
    }

    /// The index of the run that a byte is in; the last for any byte beyond the text.
    pub fn run_at(&self, offset: u32) -> usize {
        self.runs.partition_point(|run| run.range.end <= offset).min(self.runs.len().saturating_sub(1))
    }

    /// A style.
    pub fn style(&self, id: StyleId) -> Option<&TextStyle> {
        self.styles.get(usize::from(id.0)).map(Arc::as_ref)
    }

    /// Its styles.
    pub fn styles(&self) -> impl Iterator<Item = &TextStyle> {
        self.styles.iter().map(Arc::as_ref)
    }

    /// A link.
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.rare.as_ref()?.links.get(usize::from(id.0))
    }

    /// Where a hyphen may stand, in bytes of the text, sorted.
    pub fn soft_hyphens(&self) -> &[u32] {
        self.rare.as_ref().map_or(&[], |rare| &rare.soft_hyphens)
    }

    /// Where a byte of the text is in the plain text of its leaf: that of the next byte that is of the leaf.
    pub fn source_at(&self, offset: u32) -> Option<u32> {
        let first = self.run_at(offset);
        self.runs.get(first..)?.iter().find_map(|run| {
            let source = run.properties.source?;
            let taken = self.soft_hyphens_in(run.range.start, offset.max(run.range.start));
            Some(source + offset.saturating_sub(run.range.start) + taken * SOFT_HYPHEN_LEN)
        })
    }

    /// How many soft hyphens were taken out behind `start` and up to `end`.
    fn soft_hyphens_in(&self, start: u32, end: u32) -> u32 {
        let up_to = |offset| self.soft_hyphens().partition_point(|place| *place <= offset);
        (up_to(end) - up_to(start)) as u32
    }

    /// The notes whose marks start within a range of the text.
    pub fn notes_in(&self, range: Range<u32>) -> impl Iterator<Item = NoteId> + '_ {
        let first = self.runs.partition_point(|run| run.range.start < range.start);
        let runs = self.runs.get(first..).unwrap_or_default();
        runs.iter().take_while(move |run| run.range.start < range.end).filter_map(|run| run.properties.note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paged::ContentId;

    fn style() -> TextStyle {
        TextStyle::new(Pt(11.0), Language::default())
    }

    #[test]
    fn soft_hyphens_are_places_and_source_offsets_still_count_them() {
        let rich = RichText::plain("tea\u{ad}pot lid", style(), Owner::Content(ContentId(0)));
        assert_eq!(rich.text(), "teapot lid");
        assert_eq!(rich.soft_hyphens(), [3]);
        assert_eq!(rich.source_at(2), Some(2));
        assert_eq!(rich.source_at(3), Some(5));
        assert_eq!(rich.source_at(7), Some(9));
    }

    #[test]
    fn notes_are_found_by_where_their_marks_stand() {
        let mut rich = RichText::new();
        let style = rich.add_style(style());
        let owner = Owner::Content(ContentId(0));
        let plain = |source| RunProperties { style, owner, source, link: None, note: None };
        rich.push("abc", plain(Some(0)));
        rich.push("1", RunProperties { note: Some(NoteId(0)), ..plain(None) });
        rich.push(" def", plain(Some(3)));
        assert_eq!(rich.notes_in(0..3).count(), 0);
        assert_eq!(rich.notes_in(0..4).collect::<Vec<_>>(), [NoteId(0)]);
        assert_eq!(rich.source_at(3), Some(3));
    }
}
