//! Formulas: the mathematics of LaTeX as MathML, as a line of text where it is one, and as what stands over and under what.

mod shape;

pub use shape::{Cell, Shape, shape};

use crate::model::{Inline, push_text};
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use svg2pdf::usvg::roxmltree::{Document, Node};
use unicode_normalization::UnicodeNormalization;

/// Longer sources are not read, nor those that nest deeper: reading goes by recursion.
const LONGEST: usize = 2_000;
/// How deep groups may stand within one another.
const DEEPEST: usize = 32;

/// Why a formula cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MathError {
    /// It is too long, or its groups too deep.
    #[error("it is longer than {LONGEST} characters or deeper than {DEEPEST} groups")]
    TooLarge,
    /// It is no mathematics of LaTeX.
    #[error("{0}")]
    Source(String),
}

/// A formula as an element `math` of MathML, with its namespace. `block` tells that it has lines of its own.
///
/// # Errors
///
/// Where it cannot be read.
pub fn mathml(source: &str, block: bool) -> Result<String, MathError> {
    let too_deep = source.chars().try_fold(0_usize, |depth, c| match c {
        '{' if depth == DEEPEST => None,
        '{' => Some(depth + 1),
        '}' => Some(depth.saturating_sub(1)),
        _ => Some(depth),
    });
    if source.len() > LONGEST || too_deep.is_none() {
        return Err(MathError::TooLarge);
    }
    let config = MathCoreConfig { xml_namespace: true, ..MathCoreConfig::default() };
    let fault = |message: String| MathError::Source(message.trim_end_matches('.').to_owned());
    let converter = LatexToMathML::new(config).map_err(|_| fault("it cannot be read".into()))?;
    let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
    match converter.convert_with_local_state(source, display) {
        Ok(result) => Ok(of_version_3(&result.mathml)),
        Err(error) => Err(fault(error.error_message())),
    }
}

/// MathML Core lets every element have these attributes, MathML 3, which EPUB 3.3 goes by, only the elements named.
const PARTICULAR: &[(&str, &[&str])] =
    &[(" scriptlevel=\"", &["<mstyle"]), (" displaystyle=\"", &["<math", "<mstyle", "<mtable"])];

/// MathML without attributes where MathML 3 does not have them.
fn of_version_3(mathml: &str) -> String {
    PARTICULAR.iter().fold(mathml.to_owned(), |mathml, (attribute, elements)| {
        let mut parts = mathml.split(attribute);
        let mut out = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let tag = out.rfind('<').and_then(|at| out.get(at..)).unwrap_or("");
            let allowed = elements.iter().any(|element| tag.starts_with(element));
            match part.split_once('"') {
                Some((_, rest)) if !allowed => out.push_str(rest),
                _ => {
                    out.push_str(attribute);
                    out.push_str(part);
                }
            }
        }
        out
    })
}

/// A formula as a line of text: letters in italics, exponents and indices raised and lowered, fractions with a stroke,
/// tables row by row. None where it cannot be read, or is no line: brackets over terms.
pub fn line(source: &str) -> Option<Vec<Inline>> {
    let mathml = mathml(source, false).ok()?;
    let document = Document::parse(&mathml).ok()?;
    let mut out = Vec::new();
    row(document.root_element(), false, &mut out)?;
    (!out.is_empty()).then_some(out)
}

/// The elements of a row one behind the other; whether an operand stands before the first.
fn row(node: Node<'_, '_>, mut after_operand: bool, out: &mut Vec<Inline>) -> Option<()> {
    for child in elements(node) {
        if is(child, "mo") {
            if words(child).chars().all(|c| c == '\u{2063}') {
                // A bracket that closes nothing: an invisible sign stands for it.
                continue;
            }
            after_operand = operator(child, after_operand, false, out);
        } else {
            element(child, out)?;
            after_operand = true;
        }
    }
    Some(())
}

/// An operator with the space around it; whether an operand ends with it, as with a bracket that closes.
fn operator(node: Node<'_, '_>, after_operand: bool, is_last: bool, out: &mut Vec<Inline>) -> bool {
    let text = words(node);
    let space = if after_operand && !is_tight(node) { around(&text) } else { "" };
    push_text(space, out);
    push_text(&text, out);
    push_text(space, out);
    if !is_last && (matches!(text.as_str(), "," | ";") || text.chars().all(char::is_alphabetic)) {
        // Behind a comma, and a function by its name.
        push_text("\u{2009}", out);
    }
    text.chars().all(|c| matches!(c, ')' | ']' | '}' | '!' | '′' | '|' | '∞'))
}

fn element(node: Node<'_, '_>, out: &mut Vec<Inline>) -> Option<()> {
    let parts: Vec<Node<'_, '_>> = elements(node).collect();
    let part = |at: usize| parts.get(at).copied();
    match node.tag_name().name() {
        "mi" => letters(node, out),
        "mn" | "mtext" | "ms" | "mo" => push_text(&words(node), out),
        "mspace" => {
            // Spaces that are narrower are only the fine tuning of others.
            let width = node.attribute("width").and_then(|width| width.strip_suffix("em")?.parse::<f32>().ok());
            if width.is_some_and(|width| width > 0.1) {
                push_text("\u{2009}", out);
            }
        }
        "mrow" | "mstyle" | "math" | "mpadded" => row(node, false, out)?,
        "mphantom" => {}
        "msup" | "mover" if node.attribute("accent") != Some("true") => scripts(part(0)?, None, Some(part(1)?), out)?,
        "msub" | "munder" => scripts(part(0)?, Some(part(1)?), None, out)?,
        "msubsup" | "munderover" => scripts(part(0)?, Some(part(1)?), Some(part(2)?), out)?,
        "mover" => {
            letters_with(part(0)?, mark(&words(part(1)?))?, out)?;
        }
        "mfrac" if node.attribute("linethickness").is_none() => {
            whole(part(0)?, out)?;
            push_text("/", out);
            whole(part(1)?, out)?;
        }
        "msqrt" => {
            push_text("√", out);
            let mut inner = Vec::new();
            row(node, false, &mut inner)?;
            bracketed(parts.len() > 1 || part(0).is_some_and(is_long), inner, out);
        }
        "mroot" => {
            let mut index = Vec::new();
            element(part(1)?, &mut index)?;
            out.push(Inline::Superscript(index));
            push_text("√", out);
            whole(part(0)?, out)?;
        }
        "mtable" => table(node, out)?,
        _ => return None,
    }
    Some(())
}

/// The rows of a table behind one another with semicolons between them, as programs that reckon with matrices take them.
fn table(node: Node<'_, '_>, out: &mut Vec<Inline>) -> Option<()> {
    for (number, cells) in elements(node).enumerate() {
        push_text(if number > 0 { ";\u{2002}" } else { "" }, out);
        let mut before = None;
        for cell in elements(cells) {
            let continues = before.is_some_and(|before| is_joined(before, cell));
            push_text(if before.is_some() && !continues { "\u{2002}" } else { "" }, out);
            row(cell, continues, out)?;
            before = Some(cell);
        }
    }
    Some(())
}

/// Whether there is no room between two cells of a row: they are the sides of an equation.
fn is_joined(before: Node<'_, '_>, cell: Node<'_, '_>) -> bool {
    let has = |cell: Node<'_, '_>, style: &str| cell.attribute("style").is_some_and(|own| own.contains(style));
    has(before, "padding-right: 0") && has(cell, "padding-left: 0")
}

fn scripts(
    base: Node<'_, '_>,
    below: Option<Node<'_, '_>>,
    above: Option<Node<'_, '_>>,
    out: &mut Vec<Inline>,
) -> Option<()> {
    element(base, out)?;
    for (script, lowered) in [(below, true), (above, false)] {
        let Some(script) = script else { continue };
        let mut inner = Vec::new();
        element(script, &mut inner)?;
        // Primes stand high already.
        match inner.as_slice() {
            [Inline::Text(text)] if text.chars().all(|c| matches!(c, '′' | '″' | '‴')) => push_text(text, out),
            [] => {}
            _ if lowered => out.push(Inline::Subscript(inner)),
            _ => out.push(Inline::Superscript(inner)),
        }
    }
    Some(())
}

/// An operand of a stroke: in brackets where it is more than one sign.
fn whole(node: Node<'_, '_>, out: &mut Vec<Inline>) -> Option<()> {
    let mut inner = Vec::new();
    element(node, &mut inner)?;
    bracketed(is_long(node), inner, out);
    Some(())
}

fn bracketed(long: bool, inner: Vec<Inline>, out: &mut Vec<Inline>) {
    push_text(if long { "(" } else { "" }, out);
    for inline in inner {
        match inline {
            Inline::Text(text) => push_text(&text, out),
            other => out.push(other),
        }
    }
    push_text(if long { ")" } else { "" }, out);
}

fn is_long(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "mrow" | "mfrac" | "mstyle") && elements(node).count() > 1
}

/// Names: a single letter is italic, as a variable is.
fn letters(node: Node<'_, '_>, out: &mut Vec<Inline>) {
    let text = words(node);
    // Letters of the mathematical alphabets are in no text face; what sets them apart is their weight or slope.
    let plain: String = text.nfkc().collect();
    let styled = text.chars().any(|c| ('\u{1d400}'..='\u{1d7ff}').contains(&c));
    let single = plain.chars().count() == 1 && plain.chars().all(char::is_alphabetic);
    let normal = node.attribute("mathvariant") == Some("normal");
    if styled {
        out.push(Inline::Strong(vec![Inline::text(plain)]));
    } else if single && !normal && text == plain {
        out.push(Inline::Emphasis(vec![Inline::text(plain)]));
    } else {
        push_text(&text, out);
    }
}

/// A letter with a mark over it.
fn letters_with(base: Node<'_, '_>, mark: char, out: &mut Vec<Inline>) -> Option<()> {
    let text = words(base);
    if text.chars().count() != 1 || !is(base, "mi") {
        return None;
    }
    let marked: String = format!("{text}{mark}").nfc().collect();
    out.push(Inline::Emphasis(vec![Inline::text(marked)]));
    Some(())
}

/// The combining mark for an accent.
fn mark(accent: &str) -> Option<char> {
    Some(match accent {
        "^" | "ˆ" => '\u{302}',
        "~" | "˜" => '\u{303}',
        "¯" | "‾" | "―" => '\u{304}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "ˇ" => '\u{30c}',
        "´" => '\u{301}',
        "`" => '\u{300}',
        "˘" => '\u{306}',
        _ => return None,
    })
}

/// The space around an operator between two operands.
fn around(operator: &str) -> &'static str {
    match operator {
        "(" | ")" | "[" | "]" | "{" | "}" | "|" | "‖" | "⟨" | "⟩" | "/" | "!" | "′" | "\u{2061}" | "\u{2062}" => {
            ""
        }
        "," | ";" => "",
        text if text.chars().all(char::is_alphabetic) => "",
        "∑" | "∏" | "∫" => "",
        "+" | "−" | "±" | "∓" | "⋅" | "×" | "∘" | "∩" | "∪" | "∧" | "∨" | "⊕" | "⊗" => "\u{2009}",
        _ => "\u{2005}",
    }
}

/// Whether an operator was told to have no space around it.
fn is_tight(node: Node<'_, '_>) -> bool {
    node.attribute("lspace") == Some("0") && node.attribute("rspace") == Some("0")
}

fn words(node: Node<'_, '_>) -> String {
    node.text().unwrap_or("").chars().filter(|c| crate::model::is_allowed(*c)).collect()
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(|child| child.is_element())
}

/// Whether an element has this name, in whatever namespace.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        fn push(inlines: &[Inline], out: &mut String) {
            for inline in inlines {
                let (open, close) = match inline {
                    Inline::Text(text) => {
                        out.push_str(&text.replace(['\u{2009}', '\u{2005}'], " "));
                        continue;
                    }
                    Inline::Emphasis(_) => ("_", "_"),
                    Inline::Superscript(_) => ("^{", "}"),
                    Inline::Subscript(_) => ("~{", "}"),
                    _ => ("*", "*"),
                };
                out.push_str(open);
                push(inline.children(), out);
                out.push_str(close);
            }
        }
        let mut out = String::new();
        push(&line(source).unwrap_or_default(), &mut out);
        out
    }

    #[test]
    fn formulas_that_are_lines_are_set_as_lines() {
        for (source, wanted) in [
            ("x^2 + y_i", "_x_^{2} + _y_~{_i_}"),
            (r"\frac{a+1}{b}", "(_a_+1)/_b_"),
            (r"\sqrt{2x}", "√(2_x_)"),
            (r"\sqrt[3]{x}", "^{3}√_x_"),
            (r"-x = \sin y", "−_x_ = sin _y_"),
            (r"\hat x'", "_x̂_′"),
            (r"\text{if } x < 3", "if\u{a0}_x_ < 3"),
            (r"\mathbf{v}", "*v*"),
            (r"\begin{cases}1&x>0\\0\end{cases},", "{1\u{2002}_x_ > 0;\u{2002}0, "),
            (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(_a_\u{2002}_b_;\u{2002}_c_\u{2002}_d_)"),
            (r"\begin{aligned}x&=1\\y&=2\end{aligned}", "_x_ = 1;\u{2002}_y_ = 2"),
        ] {
            assert_eq!(shown(source), wanted, "{source}");
        }
        for source in [r"\overbrace{a}", r"\nothing", "{", ""] {
            assert_eq!(line(source), None, "{source}");
        }
    }

    #[test]
    fn formulas_are_mathml_or_an_error_whatever_they_hold() {
        let mathml = |source: &str| mathml(source, true);
        for (source, without) in [
            (r"\begin{pmatrix}a\end{pmatrix}", "scriptlevel"),
            (r"\begin{cases}a&b\end{cases}", "<mtd displaystyle"),
            (r"\begin{aligned}a&b\end{aligned}", "<mtd displaystyle"),
        ] {
            assert!(mathml(source).is_ok_and(|math| !math.contains(without)), "{:?}", mathml(source));
        }
        assert!(mathml("x<y").is_ok_and(|math| math.starts_with("<math xmlns=") && math.contains("&lt;")));
        assert_eq!(mathml(r"\nothing"), Err(MathError::Source("Unknown command \"\\nothing\"".into())));
        for piece in
            ["{", "x^", r"\sqrt", r"\left(", r"\frac", r"\hat", r"\begin{matrix}", "}", "&", r"\text{", r"\not"]
        {
            for count in [31, 300, 100_000] {
                let _ = mathml(&piece.repeat(count));
                let _ = line(&format!("{}x{}", piece.repeat(count), "}".repeat(count)));
            }
        }
    }
}
