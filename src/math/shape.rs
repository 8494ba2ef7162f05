//! Formulas in two dimensions: what stands over, under and around what.

use super::{element, elements, is, is_joined, letters_with, mark, mathml, operator, words};
use crate::model::Inline;
use svg2pdf::usvg::roxmltree::{Document, Node};

/// A part of a formula. `L` is a text in a line: inlines, or what becomes of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape<L> {
    /// Text on the baseline.
    Line(L),
    /// Room between two parts, in ems.
    Space(f32),
    /// The sign of a sum or an integral, larger than the text.
    Large(L),
    /// Parts one behind the other.
    Row(Vec<Shape<L>>),
    /// One over another.
    Fraction {
        /// The upper.
        over: Box<Shape<L>>,
        /// The lower.
        under: Box<Shape<L>>,
        /// Whether a line parts them.
        ruled: bool,
    },
    /// A root: its sign is as high as what it is of.
    Root {
        /// The sign.
        sign: L,
        /// What it is of.
        inner: Box<Shape<L>>,
        /// Which root, where it is not the second.
        index: Option<Box<Shape<L>>>,
    },
    /// Lowered and raised behind another.
    Scripts {
        /// The other.
        base: Box<Shape<L>>,
        /// What is lowered.
        below: Option<Box<Shape<L>>>,
        /// What is raised.
        above: Option<Box<Shape<L>>>,
    },
    /// Under and over another, in its middle.
    Stacked {
        /// The other.
        base: Box<Shape<L>>,
        /// What is under it.
        below: Option<Box<Shape<L>>>,
        /// What is over it.
        above: Option<Box<Shape<L>>>,
    },
    /// With a line over it, or under it.
    Ruled {
        /// What has the line.
        inner: Box<Shape<L>>,
        /// Whether it is over it.
        over: bool,
    },
    /// Between signs that are as high as it.
    Fenced {
        /// The sign before it.
        open: Option<L>,
        /// What is between them.
        inner: Box<Shape<L>>,
        /// The sign behind it.
        close: Option<L>,
    },
    /// Rows and columns.
    Grid(Vec<Vec<Cell<L>>>),
}

/// A cell of rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<L> {
    /// What it holds.
    pub content: Shape<L>,
    /// Where it stands in its column: 0 at the left, ½ in the middle, 1 at the right.
    pub align: f32,
    /// The room before it, in ems.
    pub gap: f32,
}

impl<L> Shape<L> {
    /// This shape with other texts. `level` is how often they are reduced: 0 for those of the size of the formula.
    pub fn map<M>(self, level: u8, change: &mut impl FnMut(L, u8) -> M) -> Shape<M> {
        let mut inner = |shape: Box<Shape<L>>, level: u8| Box::new(shape.map(level, change));
        let reduced = level.saturating_add(1);
        match self {
            Shape::Line(text) => Shape::Line(change(text, level)),
            Shape::Space(width) => Shape::Space(width),
            Shape::Large(sign) => Shape::Large(change(sign, level)),
            Shape::Row(parts) => Shape::Row(parts.into_iter().map(|part| part.map(level, change)).collect()),
            Shape::Fraction { over, under, ruled } => {
                Shape::Fraction { over: inner(over, level), under: inner(under, level), ruled }
            }
            Shape::Root { sign, inner: radicand, index } => {
                let (radicand, index) = (inner(radicand, level), index.map(|index| inner(index, reduced)));
                Shape::Root { sign: change(sign, level), inner: radicand, index }
            }
            Shape::Scripts { base, below, above } => Shape::Scripts {
                base: inner(base, level),
                below: below.map(|shape| inner(shape, reduced)),
                above: above.map(|shape| inner(shape, reduced)),
            },
            Shape::Stacked { base, below, above } => Shape::Stacked {
                above: above.map(|shape| inner(shape, reduced)),
                base: inner(base, level),
                below: below.map(|shape| inner(shape, reduced)),
            },
            Shape::Ruled { inner: under, over } => Shape::Ruled { inner: inner(under, level), over },
            Shape::Fenced { open, inner: between, close } => {
                let open = open.map(|sign| change(sign, level));
                let between = Box::new(between.map(level, change));
                Shape::Fenced { open, inner: between, close: close.map(|sign| change(sign, level)) }
            }
            Shape::Grid(rows) => Shape::Grid(
                rows.into_iter()
                    .map(|row| {
                        let cells = row.into_iter();
                        cells
                            .map(|cell| Cell {
                                content: cell.content.map(level, change),
                                align: cell.align,
                                gap: cell.gap,
                            })
                            .collect()
                    })
                    .collect(),
            ),
        }
    }
}

/// A formula with lines of its own. None where it cannot be read, or has something that has no shape here.
pub fn shape(source: &str) -> Option<Shape<Vec<Inline>>> {
    let mathml = mathml(source, true).ok()?;
    let document = Document::parse(&mathml).ok()?;
    let root = document.root_element();
    elements(root).next()?;
    row(root, false)
}

/// What is in brackets that grow with it.
fn fenced<'a, 'i>(parts: &[Node<'a, 'i>]) -> Option<(Node<'a, 'i>, Node<'a, 'i>)> {
    let (first, last) = (*parts.first()?, *parts.last()?);
    let grows = |node: Node<'_, '_>| is(node, "mo") && node.attribute("stretchy") != Some("false");
    let opens = matches!(words(first).as_str(), "(" | "[" | "{" | "|" | "‖" | "⟨" | "⌊" | "⌈" | "" | "\u{2063}");
    let closes = matches!(words(last).as_str(), ")" | "]" | "}" | "|" | "‖" | "⟩" | "⌋" | "⌉" | "" | "\u{2063}");
    (parts.len() > 2 && grows(first) && grows(last) && opens && closes).then_some((first, last))
}

/// The parts of a row. `follows`: whether an operator that it begins with has its first operand before it.
fn row(node: Node<'_, '_>, follows: bool) -> Option<Shape<Vec<Inline>>> {
    let parts: Vec<Node<'_, '_>> = elements(node).collect();
    if let Some((open, close)) = fenced(&parts) {
        let inner = row_of(parts.get(1..parts.len() - 1)?, false)?;
        if !matches!(inner, Shape::Line(_)) {
            let sign = |node| Some(words(node)).filter(|sign| !matches!(sign.as_str(), "" | "\u{2063}"));
            let line = |sign: String| vec![Inline::text(sign)];
            return Some(Shape::Fenced {
                open: sign(open).map(line),
                inner: Box::new(inner),
                close: sign(close).map(line),
            });
        }
    }
    row_of(&parts, follows)
}

fn row_of(parts: &[Node<'_, '_>], follows: bool) -> Option<Shape<Vec<Inline>>> {
    let mut shapes = Vec::new();
    let mut line = Vec::new();
    let mut after_operand = follows;
    for (at, &part) in parts.iter().enumerate() {
        // What is of a sum or a limit stands a little apart from it.
        if at.checked_sub(1).and_then(|before| parts.get(before)).is_some_and(|before| has_limits(*before)) {
            flush(&mut line, &mut shapes);
            shapes.push(Shape::Space(THIN));
        }
        if is(part, "mo") && !is_large(part) {
            after_operand = operator(part, after_operand, at + 1 == parts.len(), &mut line);
            continue;
        }
        after_operand = true;
        if is_flat(part) {
            element(part, &mut line)?;
        } else {
            flush(&mut line, &mut shapes);
            shapes.push(part_of(part)?);
        }
    }
    flush(&mut line, &mut shapes);
    match shapes.len() {
        1 => shapes.pop(),
        _ => Some(Shape::Row(shapes)),
    }
}

/// A thin space, in ems.
const THIN: f32 = 0.17;

/// Ends a line of text: the spaces at its ends are room between the parts.
fn flush(line: &mut Vec<Inline>, shapes: &mut Vec<Shape<Vec<Inline>>>) {
    let mut inlines = std::mem::take(line);
    let is_space = |c: char| matches!(c, '\u{2009}' | '\u{2005}');
    let room = |text: &str| -> f32 { text.chars().map(|c| if c == '\u{2009}' { 0.2 } else { 0.25 }).sum() };
    let (mut before, mut after) = (0.0, 0.0);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        let rest = text.trim_start_matches(is_space).to_owned();
        before = room(text.strip_suffix(rest.as_str()).unwrap_or(""));
        *text = rest;
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        let rest = text.trim_end_matches(is_space).to_owned();
        after = room(text.strip_prefix(rest.as_str()).unwrap_or(""));
        *text = rest;
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    shapes.extend((before > 0.0).then_some(Shape::Space(before)));
    shapes.extend((!inlines.is_empty()).then_some(Shape::Line(inlines)));
    shapes.extend((after > 0.0).then_some(Shape::Space(after)));
}

/// Whether an operator is larger where it has lines of its own.
fn is_large(node: Node<'_, '_>) -> bool {
    is(node, "mo") && matches!(words(node).as_str(), "∑" | "∏" | "∐" | "∫" | "∬" | "∭" | "∮" | "⋃" | "⋂" | "⨁" | "⨂")
}

/// Whether something is a sum, or has what is under or over it, as a sum has.
fn has_limits(node: Node<'_, '_>) -> bool {
    match node.tag_name().name() {
        "mo" => is_large(node),
        "munder" | "mover" | "munderover" | "msub" | "msup" | "msubsup" => {
            node.attribute("accent") != Some("true")
                && elements(node).next().is_some_and(|base| is_large(base) || is(base, "mo"))
        }
        _ => false,
    }
}

/// Whether something is text in a line, with nothing over or under it but raised and lowered letters.
fn is_flat(node: Node<'_, '_>) -> bool {
    match node.tag_name().name() {
        "mi" | "mn" | "mtext" | "ms" | "mspace" | "mphantom" => true,
        "mo" => !is_large(node),
        "mrow" | "mstyle" | "mpadded" | "msub" | "msup" | "msubsup" => elements(node).all(is_flat),
        "mover" if node.attribute("accent") == Some("true") => {
            let mut parts = elements(node);
            let (base, accent) = (parts.next(), parts.next());
            match (base, accent.and_then(|accent| mark(&words(accent)))) {
                (Some(base), Some(mark)) => letters_with(base, mark, &mut Vec::new()).is_some(),
                _ => false,
            }
        }
        _ => false,
    }
}

/// A part that is no mere text.
fn part_of(node: Node<'_, '_>) -> Option<Shape<Vec<Inline>>> {
    let parts: Vec<Node<'_, '_>> = elements(node).collect();
    let part = |at: usize| Some(Box::new(one(*parts.get(at)?)?));
    let text = |sign: &str| vec![Inline::text(sign)];
    Some(match node.tag_name().name() {
        "mo" => Shape::Large(vec![Inline::text(words(node))]),
        "mrow" | "mstyle" | "mpadded" => row(node, false)?,
        "mfrac" => {
            let ruled = node.attribute("linethickness").is_none();
            Shape::Fraction { over: part(0)?, under: part(1)?, ruled }
        }
        "msqrt" => Shape::Root { sign: text("√"), inner: Box::new(row(node, false)?), index: None },
        "mroot" => Shape::Root { sign: text("√"), inner: part(0)?, index: Some(part(1)?) },
        "msub" => Shape::Scripts { base: part(0)?, below: Some(part(1)?), above: None },
        "msup" => Shape::Scripts { base: part(0)?, below: None, above: Some(part(1)?) },
        "msubsup" => Shape::Scripts { base: part(0)?, below: Some(part(1)?), above: Some(part(2)?) },
        "munder" | "mover" if parts.get(1).is_some_and(|line| is_rule(*line)) => {
            Shape::Ruled { inner: part(0)?, over: is(node, "mover") }
        }
        "munder" => Shape::Stacked { base: part(0)?, below: Some(part(1)?), above: None },
        "mover" if parts.get(1).is_some_and(|arrow| words(*arrow) == "\u{20d7}") => {
            Shape::Stacked { base: part(0)?, below: None, above: Some(Box::new(Shape::Line(text("→")))) }
        }
        "mover" => Shape::Stacked { base: part(0)?, below: None, above: Some(part(1)?) },
        "munderover" => Shape::Stacked { base: part(0)?, below: Some(part(1)?), above: Some(part(2)?) },
        "mtable" => Shape::Grid(parts.iter().map(|row| cells(*row)).collect::<Option<_>>()?),
        _ => return None,
    })
}

/// A part by itself.
fn one(node: Node<'_, '_>) -> Option<Shape<Vec<Inline>>> {
    row_of(&[node], false).filter(|shape| !matches!(shape, Shape::Row(parts) if parts.is_empty()) || is(node, "mrow"))
}

fn is_rule(node: Node<'_, '_>) -> bool {
    matches!(words(node).as_str(), "\u{332}" | "\u{305}" | "¯" | "‾" | "_" | "―")
}

/// The cells of a row of a table.
fn cells(row_node: Node<'_, '_>) -> Option<Vec<Cell<Vec<Inline>>>> {
    let mut cells = Vec::new();
    let mut before = None;
    for cell in elements(row_node) {
        let style = cell.attribute("style").unwrap_or("");
        let continues = style.contains("padding-left: 0");
        let gap = if before.is_none_or(|before| is_joined(before, cell)) { 0.0 } else { 1.0 };
        let align = match () {
            () if style.contains("text-align: left") => 0.0,
            () if style.contains("text-align: right") => 1.0,
            () => 0.5,
        };
        cells.push(Cell { content: row(cell, continues)?, align, gap });
        before = Some(cell);
    }
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shape in one line: `(over/under)`, `√[inner]`, `base_{below}^{above}`, `{a & b ; c & d}`.
    fn shown(shape: &Shape<Vec<Inline>>) -> String {
        let script = |mark: &str, shape: &Option<Box<Shape<Vec<Inline>>>>| {
            shape.as_ref().map_or(String::new(), |shape| format!("{mark}{{{}}}", shown(shape)))
        };
        match shape {
            Shape::Line(text) => crate::model::plain_text(text).replace(['\u{2009}', '\u{2005}'], " "),
            Shape::Space(_) => " ".into(),
            Shape::Large(sign) => format!("!{}", crate::model::plain_text(sign)),
            Shape::Row(parts) => parts.iter().map(shown).collect(),
            Shape::Fraction { over, under, ruled } => {
                format!("({}{}{})", shown(over), if *ruled { "/" } else { ":" }, shown(under))
            }
            Shape::Root { inner, index, .. } => format!("{}√[{}]", script("", index), shown(inner)),
            Shape::Scripts { base, below, above } => {
                format!("{}{}{}", shown(base), script("_", below), script("^", above))
            }
            Shape::Stacked { base, below, above } => {
                format!("{}{}{}", shown(base), script("↓", below), script("↑", above))
            }
            Shape::Ruled { inner, over } => format!("{}[{}]", if *over { "‾" } else { "_" }, shown(inner)),
            Shape::Fenced { open, inner, close } => {
                let sign = |sign: &Option<Vec<Inline>>| sign.as_deref().map_or(".".into(), crate::model::plain_text);
                format!("<{}{}{}>", sign(open), shown(inner), sign(close))
            }
            Shape::Grid(rows) => {
                let row = |row: &Vec<Cell<Vec<Inline>>>| {
                    row.iter().map(|cell| shown(&cell.content)).collect::<Vec<_>>().join("&")
                };
                format!("{{{}}}", rows.iter().map(row).collect::<Vec<_>>().join(";"))
            }
        }
    }

    #[test]
    fn formulas_have_shapes() {
        for (source, wanted) in [
            ("x^2 + y", "x2 + y"),
            (r"\frac{a+1}{\sqrt{b}} - 1", "(a + 1/√[b]) − 1"),
            (r"\sum_{i=0}^n x_i", "!∑↓{i=0}↑{n} xi"),
            (r"\int_0^1 f", "!∫_{0}^{1} f"),
            (r"\left(\frac{a}{b}\right)^2", "<((a/b))>^{2}"),
            (r"(a+b)^2", "(a + b)2"),
            (r"\binom{n}{k}", "<((n:k))>"),
            (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "<({a&b;c&d})>"),
            (r"\begin{cases}x & x>0\\ -x & \text{else}\end{cases}", "<{{x&x > 0;−x&else}.>"),
            (r"\begin{aligned}a&=b+c\\&=d\end{aligned}", "{a& = b + c;& = d}"),
            (r"\sqrt[3]{x}", "{3}√[x]"),
            (r"\overline{ab}", "‾[ab]"),
            (r"\lim_{x\to 0} f", "lim↓{x→0} f"),
        ] {
            assert_eq!(shape(source).as_ref().map(shown).as_deref(), Some(wanted), "{source}");
        }
        for source in [r"\nothing", "{", ""] {
            assert_eq!(shape(source), None, "{source}");
        }
    }

    #[test]
    fn shapes_are_found_or_not_whatever_a_formula_holds() {
        for piece in
            ["{", "x^", r"\sqrt", r"\left(", r"\frac", r"\hat", r"\begin{matrix}", "&", r"\text{", r"\overline"]
        {
            for count in [31, 300] {
                let shape = shape(&format!("{}x{}", piece.repeat(count), "}".repeat(count)));
                let _ = shape.map(|shape| shape.map(0, &mut |text, level| (text, level)));
            }
        }
    }
}
