//! Drawings: SVG with all left out that acts, loads or declares.
//!
//! What is kept is written anew, element by element, so that nothing is in a drawing that is not known to be harmless.

use super::PictureError;
use std::fmt::Write as _;
use svg2pdf::usvg::{self, roxmltree};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Elements within one another beyond this are no drawing but an attack.
const DEEPEST: usize = 64;
/// More nodes than this are not read.
const MOST_NODES: u32 = 500_000;
/// Each element is held against each rule of the styles: drawing programs write a few hundred rules for some thousand elements.
const MOST_STYLED: usize = 4_000_000;

/// The elements that draw, or say how to.
const KEPT: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "a",
    "view",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "marker",
    "clipPath",
    "mask",
    "pattern",
    "linearGradient",
    "radialGradient",
    "stop",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "style",
];

/// A drawing.
pub(super) struct Drawing {
    /// Its text, anew.
    pub(super) data: Vec<u8>,
    /// Its width and height in pixels of CSS.
    pub(super) pixels: (u32, u32),
    /// Whether it has letters that are no outlines.
    pub(super) has_letters: bool,
}

/// Whether bytes are those of an SVG.
pub(super) fn is_svg(data: &[u8]) -> bool {
    /// What may stand before the first element: a licence, a declaration of entities.
    const HEAD: usize = 8192;
    let head = String::from_utf8_lossy(data.get(..HEAD).unwrap_or(data));
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg")
}

/// The drawing of an SVG.
///
/// # Errors
///
/// Where it is no SVG, or shows nothing, or has pictures within of more pixels than `limit` together.
pub(super) fn drawing(data: &[u8], limit: u64) -> Result<Drawing, PictureError> {
    let text = std::str::from_utf8(data).map_err(|_| PictureError::Broken)?;
    if !is_bounded(text) {
        return Err(PictureError::Broken);
    }
    // Entities are put in where they are used, and their declarations go.
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|_| PictureError::Broken)?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(PictureError::NotAPicture);
    }
    let elements = root.descendants().filter(roxmltree::Node::is_element).count();
    let rules: usize = root
        .descendants()
        .filter(|node| node.has_tag_name((SVG, "style")))
        .flat_map(|style| style.descendants().filter_map(|node| node.text().filter(|_| node.is_text())))
        .map(|text| text.matches('{').count())
        .sum();
    if rules.saturating_mul(elements) > MOST_STYLED {
        return Err(PictureError::Broken);
    }
    let mut out = String::with_capacity(text.len());
    let mut has_letters = false;
    write(root, 0, &mut out, &mut has_letters)?;
    let tree = usvg::Tree::from_str(&out, &offline()).map_err(|_| PictureError::Broken)?;
    if !is_shallow(&tree) {
        return Err(PictureError::Broken);
    }
    if pixels_within(&tree) > limit {
        return Err(PictureError::TooManyPixels { limit });
    }
    // Sides below a pixel or beyond what a page can be are those of a broken file.
    let side = |length: f32| (length.is_finite() && length < 1e6).then(|| length.round().max(1.0) as u32);
    match (side(tree.size().width()), side(tree.size().height())) {
        (Some(width), Some(height)) => Ok(Drawing { data: out.into_bytes(), pixels: (width, height), has_letters }),
        _ => Err(PictureError::Broken),
    }
}

/// Whether no groups stand too deep in one another, those that are used in many places put there.
fn is_shallow(tree: &usvg::Tree) -> bool {
    let mut groups = vec![(tree.root(), 0_usize)];
    while let Some((group, depth)) = groups.pop() {
        if depth > DEEPEST {
            return false;
        }
        groups.extend(group.children().iter().filter_map(|child| match child {
            usvg::Node::Group(group) => Some((&**group, depth + 1)),
            usvg::Node::Path(_) | usvg::Node::Image(_) | usvg::Node::Text(_) => None,
        }));
    }
    true
}

/// The pixels of all pictures within a drawing, as often as they are shown.
fn pixels_within(tree: &usvg::Tree) -> u64 {
    let mut groups = vec![tree.root()];
    let mut pixels = 0_u64;
    while let Some(group) = groups.pop() {
        for child in group.children() {
            match child {
                usvg::Node::Group(group) => groups.push(group),
                usvg::Node::Image(image) => {
                    let size = image.size();
                    pixels = pixels.saturating_add((f64::from(size.width()) * f64::from(size.height())) as u64);
                }
                usvg::Node::Path(_) | usvg::Node::Text(_) => {}
            }
        }
    }
    pixels
}

/// Whether no elements stand too deep in one another, and no entity holds elements or others: the parser goes by recursion, so
/// this is looked at before it.
fn is_bounded(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let tag = rest.get(at..).unwrap_or("");
        let behind = |end: &str| tag.split_once(end).map_or("", |(_, behind)| behind);
        if tag.starts_with("<!--") {
            rest = behind("-->");
        } else if tag.starts_with("<![CDATA[") {
            rest = behind("]]>");
        } else if tag.starts_with("<?") {
            rest = behind("?>");
        } else {
            let declares = tag.starts_with("<!");
            let Some(end) = tag_end(tag, declares) else { return false };
            let whole = tag.get(..end).unwrap_or("");
            rest = tag.get(end + 1..).unwrap_or("");
            if declares {
                continue;
            }
            match (whole.starts_with("</"), whole.ends_with('/')) {
                (true, _) => depth = depth.saturating_sub(1),
                (false, true) => {}
                (false, false) => depth += 1,
            }
            if depth > DEEPEST {
                return false;
            }
        }
    }
    true
}

/// Where the `>` of a tag or declaration stands, that is in no value. None where there is none, or a declared value holds more than
/// characters.
fn tag_end(tag: &str, declares: bool) -> Option<usize> {
    let mut quote = None;
    let mut brackets = 0_usize;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), '<' | '&') if declares => return None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') if declares => brackets += 1,
            (None, ']') if declares => brackets = brackets.saturating_sub(1),
            // A declaration within another ends without ending it.
            (None, '>') if brackets == 0 => return Some(at),
            (None, _) => {}
        }
    }
    None
}

/// What usvg may do: open no file.
fn offline() -> usvg::Options<'static> {
    let mut options = usvg::Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options
}

fn write(
    node: roxmltree::Node<'_, '_>,
    depth: usize,
    out: &mut String,
    has_letters: &mut bool,
) -> Result<(), PictureError> {
    if depth > DEEPEST {
        return Err(PictureError::Broken);
    }
    if node.is_text() {
        escape(node.text().unwrap_or(""), out);
        return Ok(());
    }
    let tag = node.tag_name();
    let name = KEPT.iter().find(|kept| tag.namespace() == Some(SVG) && tag.name() == **kept);
    let Some(name) = name.filter(|_| node.is_element()) else { return Ok(()) };
    if *name == "style" && !node.descendants().filter_map(|node| node.text()).all(stays_within) {
        return Ok(());
    }
    *has_letters = *has_letters || *name == "text";
    let _ = write!(out, "<{name}");
    if depth == 0 {
        let _ = write!(out, " xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"");
    }
    for attribute in node.attributes() {
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) => "xlink:",
            Some("http://www.w3.org/XML/1998/namespace") => "xml:",
            // Of drawing programs.
            Some(_) => continue,
        };
        if is_harmless(prefix, attribute.name(), attribute.value()) {
            let _ = write!(out, " {prefix}{}=\"", attribute.name());
            escape(attribute.value(), out);
            out.push('"');
        }
    }
    out.push('>');
    for child in node.children() {
        write(child, depth + 1, out, has_letters)?;
    }
    let _ = write!(out, "</{name}>");
    Ok(())
}

/// Whether an attribute neither acts nor loads.
fn is_harmless(prefix: &str, name: &str, value: &str) -> bool {
    match (prefix, name) {
        ("", "href") | ("xlink:", "href") => {
            let value = value.trim();
            value.starts_with('#')
                || ["png", "jpeg", "gif", "webp"].iter().any(|kind| value.starts_with(&format!("data:image/{kind};")))
        }
        ("xlink:", _) => false,
        ("", name) => !name.to_ascii_lowercase().starts_with("on") && name != "base" && stays_within(value),
        (_, name) => matches!(name, "space" | "lang"),
    }
}

/// Whether CSS names no place but those in the drawing itself. Escapes could hide such names: CSS with any is not taken in.
fn stays_within(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    !css.contains(['\\', '@'])
        && !css.contains("image-set(")
        && css.split("url(").skip(1).all(|rest| rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(body: &str) -> String {
        let svg = format!("<svg xmlns='{SVG}' xmlns:xlink='{XLINK}' width='30' height='20'>{body}</svg>");
        String::from_utf8(drawing(svg.as_bytes(), 100).unwrap_or_else(|error| panic!("{error}")).data).unwrap()
    }

    #[test]
    fn what_acts_or_loads_is_left_out() {
        let kept = "<rect width=\"3\" height=\"2\" fill=\"url(#a)\"></rect>";
        for bad in [
            "<script>alert(1)</script>",
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
            "<animate attributeName='x' to='3'/><set attributeName='href' to='javascript:x'/>",
            "<style>@import 'http://a.example/x.css';</style>",
            "<style>rect { fill: url(http://a.example/x) }</style>",
            "<style>rect { fill: u\\72l(x) }</style>",
            "<metadata><rdf xmlns='r'>x</rdf></metadata>",
        ] {
            let text = cleaned(&format!("{bad}{kept}"));
            assert!(text.ends_with(&format!("height=\"20\">{kept}</svg>")), "{bad}: {text}");
        }
        for (bad, left) in [
            ("<g onload='x()' id='a'><path d='M0 0h3'/></g>", "<g id=\"a\"><path d=\"M0 0h3\"></path></g>"),
            ("<use href='other.svg#a' xlink:href='#b'/>", "<use xlink:href=\"#b\"></use>"),
            ("<image href='file:///etc/passwd' width='3'/>", "<image width=\"3\"></image>"),
            ("<a href='javascript:x'><path d='M0 0h3'/></a>", "<a><path d=\"M0 0h3\"></path></a>"),
            ("<rect style='fill:url(http://a.example)'/>", "<rect></rect>"),
        ] {
            assert!(cleaned(bad).contains(left), "{}", cleaned(bad));
        }
    }

    #[test]
    fn entities_are_put_in_and_bombs_are_no_pictures() {
        let svg = |declared: &str, body: &str| {
            format!(
                "<?xml version='1.0'?><!DOCTYPE svg [{declared}]><svg xmlns='{SVG}' width='3' height='2'>{body}</svg>"
            )
        };
        let drawing = |data: &[u8]| drawing(data, 100);
        let good = drawing(svg("<!ENTITY a 'M0 0h3'>", "<path d='&a;'/>").as_bytes()).unwrap_or_else(|_| panic!());
        let text = String::from_utf8(good.data).unwrap();
        assert!(!text.contains("ENTITY") && text.contains("d=\"M0 0h3\""), "{text}");
        let mut declared = "<!ENTITY a0 'aaaaaaaaaa'>".to_owned();
        (1..30).for_each(|at| {
            declared.push_str(&format!("<!ENTITY a{at} '{}'>", format!("&a{};", at - 1).repeat(10)));
        });
        assert!(drawing(svg(&declared, "<desc>&a29;</desc>").as_bytes()).is_err());
        assert!(drawing(svg("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "<desc>&a;</desc>").as_bytes()).is_err());
        let deep = format!("{}{}", "<g>".repeat(5_000), "</g>".repeat(5_000));
        assert!(drawing(svg("", &deep).as_bytes()).is_err());
        assert!(drawing(b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>").is_err());
        let chain: String = (0..900).map(|at| format!("<g id='u{at}'><use href='#u{}'/></g>", at + 1)).collect();
        assert!(
            drawing(svg("", &format!("<defs>{chain}<path id='u900' d='M0 0h3'/></defs><use href='#u0'/>")).as_bytes())
                .is_err()
        );
        assert!(drawing(b"<svg width='3' height='2'/>").is_err());
    }

    #[test]
    fn drawings_that_ask_for_too_much_are_refused() {
        let with =
            |body: &str| drawing(format!("<svg xmlns='{SVG}' width='9' height='9'>{body}</svg>").as_bytes(), 100);
        let path = "<path d='M0 0h3'/>";
        let styled = |rules: usize| with(&format!("<style>{}</style>{}", "a{}".repeat(rules), path.repeat(1_000)));
        assert!(styled(300).is_ok());
        assert_eq!(styled(5_000).err(), Some(PictureError::Broken));
        // Sixteen pixels, shown often.
        let picture = "<image width='1' height='1' href='data:image/png;base64,\
                       iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAADklEQVR4nGNIBAIGVAIAPLQGEdTuqaMAAAAASUVORK5CYII='/>";
        assert!(with(&picture.repeat(6)).is_ok());
        assert_eq!(with(&picture.repeat(7)).err(), Some(PictureError::TooManyPixels { limit: 100 }));
    }
}
