//! The pattern of a drawn cover: one motif repeated, as on pattern papers.

use super::canvas::Tile;
use zeno::{Cap, Fill, Join, Stroke, Style, Transform};

/// One figure, and how it is repeated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motif {
    /// The figure in a box of 100 units around its middle, as an SVG path.
    path: &'static str,
    brush: Brush,
    /// The height of the repeat for a width of 100.
    height: f32,
    /// Whether the figure stands in the gaps too: a half-drop repeat.
    between: bool,
}

#[derive(Debug, Clone, Copy)]
enum Brush {
    Fill,
    EvenOdd,
    /// A line of this weight, in units of the box.
    Line(f32),
}

impl Brush {
    fn style(self) -> Style<'static> {
        match self {
            Brush::Fill => Fill::NonZero.into(),
            Brush::EvenOdd => Fill::EvenOdd.into(),
            Brush::Line(weight) => {
                let mut stroke = Stroke::new(weight);
                stroke.join(Join::Round).cap(Cap::Round);
                stroke.into()
            }
        }
    }
}

impl Motif {
    /// The repeat of the pattern, `width` pixels wide.
    pub(super) fn tile(&self, width: u32) -> Tile {
        // Even sides keep two pixels of a byte together, so that repeats are equal bytes.
        let height = (width as f32 * self.height / 200.0).round() as u32 * 2;
        let mut tile = Tile::new(width, height);
        let (w, h) = (width as f32, height as f32);
        let scale = w / 100.0 * if self.between { 0.62 } else { 1.0 };
        let middle = [(w / 2.0, h / 2.0)];
        let corners = [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)];
        let places = middle.into_iter().chain(if self.between { corners.as_slice() } else { &[] }.iter().copied());
        for (x, y) in places {
            tile.ink(self.path, self.brush.style(), Transform::scale(scale, scale).then_translate(x, y));
        }
        tile
    }

    /// Whether the figure is one by itself, not lines that run on.
    pub(super) fn is_whole(&self) -> bool {
        !matches!(self.brush, Brush::Line(_))
    }

    /// The figure by itself, with the style to draw it in.
    pub(super) fn figure(&self) -> (&'static str, Style<'static>) {
        (self.path, self.brush.style())
    }
}

const fn motif(path: &'static str, brush: Brush, height: f32, between: bool) -> Motif {
    Motif { path, brush, height, between }
}

/// All of them.
pub(super) static MOTIFS: [Motif; 12] = {
    let [a, b, c, d, e, f, g] = WHOLE_MOTIFS;
    let [h, i, j, k, l] = RUNNING_MOTIFS;
    [a, b, c, d, e, f, g, h, i, j, k, l]
};

/// Figures by themselves.
pub(super) const WHOLE_MOTIFS: [Motif; 7] = [
    // A lozenge within a lozenge.
    motif(
        "M0,-46 L30,0 L0,46 L-30,0Z M0,-30 L-19,0 L0,30 L19,0Z M0,-14 L9,0 L0,14 L-9,0Z",
        Brush::EvenOdd,
        140.0,
        true,
    ),
    // A sprig of three leaves.
    motif(
        "M0,46 C-3,30 -3,20 0,4 C3,20 3,30 0,46Z M0,6 C-16,-8 -16,-28 0,-46 C16,-28 16,-8 0,6Z \
         M-3,26 C-10,6 -24,0 -42,2 C-38,20 -22,30 -3,26Z M3,26 C10,6 24,0 42,2 C38,20 22,30 3,26Z",
        Brush::Fill,
        116.0,
        true,
    ),
    // A star of eight points.
    motif(
        "M0,-44 L7,-17 L31,-31 L17,-7 L44,0 L17,7 L31,31 L7,17 L0,44 L-7,17 L-31,31 L-17,7 L-44,0 L-17,-7 L-31,-31 L-7,-17Z",
        Brush::Fill,
        100.0,
        true,
    ),
    // Four petals around a seed.
    motif(
        "M0,-8 C-22,-22 -16,-46 0,-46 C16,-46 22,-22 0,-8Z M0,8 C22,22 16,46 0,46 C-16,46 -22,22 0,8Z \
         M-8,0 C-22,22 -46,16 -46,0 C-46,-16 -22,-22 -8,0Z M8,0 C22,-22 46,-16 46,0 C46,16 22,22 8,0Z",
        Brush::Fill,
        100.0,
        true,
    ),
    // Rings with a dot.
    motif(
        "M42,0 A42,42 0 1 0 -42,0 A42,42 0 1 0 42,0Z M30,0 A30,30 0 1 1 -30,0 A30,30 0 1 1 30,0Z \
         M12,0 A12,12 0 1 0 -12,0 A12,12 0 1 0 12,0Z",
        Brush::Fill,
        100.0,
        true,
    ),
    // Almonds, upright.
    motif(
        "M0,-48 C26,-20 26,20 0,48 C-26,20 -26,-20 0,-48Z M0,-30 C-12,-12 -12,12 0,30 C12,12 12,-12 0,-30Z",
        Brush::Fill,
        150.0,
        true,
    ),
    // A tulip on its stem.
    motif(
        "M0,48 C-4,34 -4,22 -2,8 C-24,8 -30,-12 -24,-40 C-16,-30 -10,-26 -8,-24 L0,-46 L8,-24 C10,-26 16,-30 24,-40 \
         C30,-12 24,8 2,8 C4,22 4,34 0,48Z M4,38 C10,22 20,18 34,16 C30,32 20,40 4,38Z",
        Brush::Fill,
        120.0,
        true,
    ),
];

/// Lines that run on from repeat to repeat.
const RUNNING_MOTIFS: [Motif; 5] = [
    // A lattice with dots in its meshes.
    motif("M-60,-60 L60,60 M-60,60 L60,-60", Brush::Line(5.0), 100.0, false),
    // Waves.
    motif("M-75,0 C-65,-34 -35,-34 -25,0 C-15,34 15,34 25,0 C35,-34 65,-34 75,0", Brush::Line(8.0), 46.0, false),
    // Herringbone.
    motif("M-62,36 L-50,24 L0,-26 L50,24 L62,36", Brush::Line(9.0), 44.0, false),
    // Small crosses.
    motif("M0,-26 L0,26 M-26,0 L26,0", Brush::Line(9.0), 100.0, true),
    // Scales: arcs upon arcs.
    motif(
        "M-50,0 A50,50 0 0 0 0,-50 A50,50 0 0 0 50,0 M-50,50 A50,50 0 0 1 0,0 A50,50 0 0 1 50,50",
        Brush::Line(5.0),
        100.0,
        false,
    ),
];
