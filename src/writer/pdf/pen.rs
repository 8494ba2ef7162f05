//! Glyphs of a run → operators that show them, with as few numbers as their places can be told in.

use super::subset::Shown;
use super::syntax;
use crate::paged::{Glyph, GlyphRun, Page};

/// How far, in thousandths of the type size, a glyph may stand from its place for the sake of numbers that repeat: at 11
/// points a fortieth of a millimetre.
const SLACK: f64 = 6.0;

/// The nearest whole number. The standard one is a call on machines that have no instruction for it.
fn whole(value: f64) -> f64 {
    (value + 0.5_f64.copysign(value)) as i64 as f64
}

/// The place of the last space that another glyph follows: 0 where there is none.
fn last_space(page: &Page, run: &GlyphRun) -> usize {
    let (glyphs, text) = (page.glyphs_of(run), page.text_of(run).as_bytes());
    let is_space = |glyph: &Glyph| text.get(usize::from(glyph.cluster)) == Some(&b' ');
    let end = glyphs.iter().rposition(|glyph| !is_space(glyph)).unwrap_or(0);
    glyphs.get(..end).and_then(|before| before.iter().rposition(is_space)).unwrap_or(0)
}

/// Gathers codes into one operator that shows them, with whole thousandths of the type size between them.
///
/// Equal distances become equal numbers, which deflate well: what rounding leaves is made good where it has grown to
/// [`SLACK`], and behind the last space of a line, so that its end stands where it should.
#[derive(Default)]
pub(super) struct Pen {
    /// Where a reader has the pen: the sum of all widths and moves so far.
    at: f64,
    /// How far left of its place the last glyph stands.
    off: f64,
    /// The place of the last space.
    last_space: usize,
    /// What a reader adds to each width.
    tracking: f64,
    /// What a reader adds to each space between words besides.
    word_space: f64,
    /// Whether codes have one byte.
    simple: bool,
    open: bool,
    in_string: bool,
    /// Whether marked content with a text of its own is open.
    pub(super) told: bool,
}

impl Pen {
    /// A pen at the start of a run. What a reader adds to each width, and to each space between words besides, is in
    /// thousandths of the type size.
    pub(super) fn new(page: &Page, run: &GlyphRun, simple: bool, tracking: f64, word_space: f64) -> Pen {
        Pen { last_space: last_space(page, run), simple, tracking, word_space, ..Pen::default() }
    }

    /// Shows a glyph at `x`, in thousandths of the type size from the start of the run; `place` is that of its cluster.
    pub(super) fn show(&mut self, out: &mut Vec<u8>, shown: Shown, x: f64, place: usize) {
        let needed = x - self.at;
        let mut moved = whole(needed - self.off);
        let behind_last_space = self.last_space != 0 && place == self.last_space + 1;
        if (needed - moved).abs() > SLACK || behind_last_space {
            moved = whole(needed);
        }
        self.off = needed - moved;
        let word_space = if shown.is_widened { self.word_space } else { 0.0 };
        self.at += moved + f64::from(shown.width) + self.tracking + word_space;
        if !self.open {
            out.push(b'[');
            self.open = true;
        }
        if moved != 0.0 {
            self.close_string(out);
            syntax::integer(out, -(moved as i64));
        }
        if !self.in_string {
            out.push(b'(');
            self.in_string = true;
        }
        let [high, low] = shown.code.to_be_bytes();
        if !self.simple {
            syntax::literal_byte(out, high);
        }
        syntax::literal_byte(out, low);
    }

    fn close_string(&mut self, out: &mut Vec<u8>) {
        if std::mem::take(&mut self.in_string) {
            out.push(b')');
        }
    }

    /// Ends the operator.
    pub(super) fn flush(&mut self, out: &mut Vec<u8>) {
        self.close_string(out);
        if std::mem::take(&mut self.open) {
            out.extend_from_slice(b"]TJ\n");
        }
    }
}
