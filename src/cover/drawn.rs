//! A cover drawn from title, author and a device: a pattern paper with a label, as a sober series of books has them.
//!
//! Colours, pattern and layout come from a hash of the metadata: books differ, and one book is always the same.

use super::canvas::{Area, Canvas};
use super::lettering::{Hand, Letterer, Lines};
use super::palette::PALETTES;
use super::pattern::{MOTIFS, Motif, WHOLE_MOTIFS};
use super::{Cover, Format};
use crate::font::Library;
use crate::model::Metadata;
use sha2::{Digest, Sha256};
use zeno::Transform;

/// Draws the cover of a book. What no face can letter is left off; without a title, the pattern stands alone.
pub fn draw(meta: &Metadata, library: &Library) -> Option<Cover> {
    let [color, figure, size, layout, device, ..] = seed(meta);
    let (palette, motif) = (pick(&PALETTES, color), pick(&MOTIFS, figure));
    let letterer = Letterer { library, language: &meta.language };
    let mut canvas = Canvas::new(&motif.tile(*pick(&REPEATS, size)));
    let layout = pick(&LAYOUTS, layout);
    if let Some(lettering) = Lettering::of(meta, &letterer, layout.lettering) {
        // Lines that run on in a pattern make no figure by themselves: another motif stands for them.
        let whole = if motif.is_whole() { motif } else { pick(&WHOLE_MOTIFS, device) };
        layout.print(&mut canvas, whole);
        lettering.print(&mut canvas, library, layout.lettering);
    }
    Some(Cover { data: canvas.png(palette)?, format: Format::Png })
}

/// What the looks of a cover follow from: bytes that are the same for the same title and authors.
fn seed(meta: &Metadata) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in [meta.title.as_str()].into_iter().chain(meta.authors()) {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}

fn pick<T, const N: usize>(list: &[T; N], by: u8) -> &T {
    // Never out of bounds: the remainder is below the length.
    #[expect(clippy::indexing_slicing, reason = "the remainder is below the length")]
    &list[usize::from(by) % N]
}

/// The widths of the repeat of a pattern, in pixels.
const REPEATS: [u32; 3] = [120, 150, 190];

/// Where things stand.
struct Layout {
    /// The paper.
    paper: Area,
    /// What frames it: insets from its edge with the weights of their rules.
    rules: &'static [(u32, u32)],
    /// The part of it that is lettered.
    lettering: Area,
    /// The middle and the size of one large figure.
    figure: Option<(f32, f32, f32)>,
}

static LAYOUTS: [Layout; 4] = [
    // A label on pattern paper.
    Layout {
        paper: Area { left: 260, top: 360, right: 1340, bottom: 1400 },
        rules: &[(28, 8), (46, 2)],
        lettering: Area { left: 350, top: 450, right: 1250, bottom: 1310 },
        figure: None,
    },
    // A band around the book.
    Layout {
        paper: Area { left: 0, top: 620, right: 1600, bottom: 1700 },
        rules: &[],
        lettering: Area { left: 170, top: 720, right: 1430, bottom: 1600 },
        figure: None,
    },
    // Paper within a patterned border.
    Layout {
        paper: Area { left: 170, top: 170, right: 1430, bottom: 2390 },
        rules: &[(26, 6)],
        lettering: Area { left: 290, top: 330, right: 1310, bottom: 1500 },
        figure: Some((800.0, 1920.0, 320.0)),
    },
    // Paper above, pattern below.
    Layout {
        paper: Area { left: 0, top: 0, right: 1600, bottom: 1500 },
        rules: &[],
        lettering: Area { left: 170, top: 200, right: 1430, bottom: 1320 },
        figure: None,
    },
];

impl Layout {
    fn print(&self, canvas: &mut Canvas, motif: &Motif) {
        canvas.lay_paper(self.paper);
        for (inset, weight) in self.rules {
            canvas.frame(self.paper.inset(*inset), *weight);
        }
        let Area { top, bottom, .. } = self.paper;
        if self.rules.is_empty() {
            // Paper that runs over the edge has rules only where it meets the pattern.
            canvas.solid(Area { top: bottom - 30, bottom: bottom - 24, ..self.paper });
            if top > 0 {
                canvas.solid(Area { top: top + 24, bottom: top + 30, ..self.paper });
            }
        }
        if let Some((x, y, size)) = self.figure {
            let (path, style) = motif.figure();
            canvas.ink(path, style, Some(Transform::scale(size / 100.0, size / 100.0).then_translate(x, y)));
        }
    }
}

/// Author, title and subtitle as lines.
struct Lettering {
    author: Option<Lines>,
    title: Lines,
    subtitle: Option<Lines>,
}

/// Longer titles are cut: a cover is read from afar, and the title page has them whole.
const LONGEST: usize = 160;
/// The sizes of a title, in pixels.
const TITLE: [f32; 14] = [210.0, 190.0, 172.0, 156.0, 142.0, 130.0, 118.0, 108.0, 98.0, 90.0, 82.0, 74.0, 66.0, 58.0];
/// The sizes of what stands around it.
const SMALL: [f32; 4] = [64.0, 58.0, 52.0, 46.0];
/// What stands between author, title and subtitle, in pixels.
const GAP: f32 = 110.0;

impl Lettering {
    fn of(meta: &Metadata, letterer: &Letterer<'_>, area: Area) -> Option<Lettering> {
        let measure = area.width();
        // A third of the height is for what stands around the title.
        let (title, second) = split(&meta.title, meta.subtitle.as_deref());
        let title = letterer.fit(&cut(title), Hand::default(), &TITLE, measure, area.height() * 0.62)?;
        let authors: Vec<&str> = meta.authors().collect();
        let hand = Hand { small_capitals: true, tracking: 60.0, ..Hand::default() };
        let small = |text: &str, hand| letterer.fit(&cut(text), hand, &SMALL, measure, area.height() * 0.14);
        let author = small(&authors.join(", "), hand);
        let subtitle = small(second, Hand { italic: true, ..Hand::default() });
        Some(Lettering { author, title, subtitle })
    }

    /// Prints the lines one below the other in the middle of an area.
    fn print(&self, canvas: &mut Canvas, library: &Library, area: Area) {
        let lines: Vec<&Lines> = self.author.iter().chain([&self.title]).chain(&self.subtitle).collect();
        let height = lines.iter().map(|lines| lines.height()).sum::<f32>() + GAP * (lines.len() - 1) as f32;
        let mut top = area.top as f32 + (area.height() - height).max(0.0) / 2.0;
        for lines in lines {
            lines.print(canvas, library, area.center(), top);
            top += lines.height() + GAP;
        }
    }
}

/// Title and subtitle: a title without one is parted at its first colon or semicolon, as a title page would.
fn split<'a>(title: &'a str, subtitle: Option<&'a str>) -> (&'a str, &'a str) {
    let parted = title.split_once(": ").or_else(|| title.split_once("; "));
    match (subtitle, parted) {
        (Some(subtitle), _) => (title, subtitle),
        (None, Some((title, rest))) if !title.trim().is_empty() => (title, rest),
        (None, _) => (title, ""),
    }
}

/// A text in one line, its end cut off at a word where it is longer than a cover can show.
fn cut(text: &str) -> String {
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match squeezed.char_indices().nth(LONGEST) {
        None => squeezed,
        Some((end, _)) => {
            let head = squeezed.get(..end).unwrap_or_default();
            let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
            format!("{}…", head.trim_end_matches([',', ';', ':', '.', ' ']))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(title: &str, author: &str) -> Metadata {
        let mut meta = Metadata { title: title.into(), ..Metadata::default() };
        if !author.is_empty() {
            meta.push_author(author);
        }
        meta
    }

    fn size(cover: &Cover) -> (usize, usize) {
        let size = imagesize::blob_size(&cover.data).expect("a picture");
        (size.width, size.height)
    }

    #[test]
    fn a_book_has_always_the_same_cover_and_another_has_another() {
        let library = Library::built_in();
        let cover = |title: &str| draw(&meta(title, "Ann Sedge"), &library).expect("a cover");
        assert_eq!(cover("Reeds"), cover("Reeds"));
        assert_ne!(cover("Reeds"), cover("Rushes"));
        assert_eq!(size(&cover("Reeds")), (1600, 2560));
        assert!(cover("Reeds").data.len() < 60_000);
    }

    #[test]
    fn any_title_has_a_cover() {
        let library = Library::built_in();
        let long = "word ".repeat(2_000);
        let unbroken = "w".repeat(10_000);
        for title in
            [long.as_str(), &unbroken, "   ", "<&\"'", "كتاب الحيوان", "ספר", "山海經", "a\u{301}\u{fffd}\u{e123}"]
        {
            let cover = draw(&meta(title, ""), &library).expect("a cover");
            assert_eq!(size(&cover), (1600, 2560), "{title:.20}");
        }
    }

    #[test]
    fn long_titles_are_cut_at_a_word() {
        let cut = cut(&"word, ".repeat(50));
        assert!(cut.ends_with("word…") && cut.chars().count() <= LONGEST, "{cut}");
    }
}
