//! What is said of a book's accessibility (EPUB Accessibility 1.1): only what is true of this very book.

use super::content::Book;
use crate::math;
use crate::model::{Block, Inline, Leaf};
use std::fmt::Write as _;

/// What there is in a book that not everybody perceives.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Pictures {
    all: usize,
    without_alternative: usize,
    moving: bool,
}

/// Appends the metadata of schema.org, and the claim of conformance where it can be made.
pub(super) fn push_metadata(out: &mut String, book: &Book<'_>) {
    let pictures = pictures(book);
    let described = pictures.without_alternative == 0;
    let mut property = |name: &str, value: &str| {
        let _ = writeln!(out, "    <meta property=\"schema:{name}\">{value}</meta>");
    };
    property("accessMode", "textual");
    if pictures.all > 0 {
        property("accessMode", "visual");
        property("accessModeSufficient", "textual,visual");
    }
    if described {
        property("accessModeSufficient", "textual");
    }
    let mut features = vec!["tableOfContents", "readingOrder", "structuralNavigation", "ARIA"];
    if pictures.all > 0 && described {
        features.push("alternativeText");
    }
    if !book.marks.is_empty() {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    // A style that somebody else has written may fix sizes and colours.
    let own_style = book.options.css.is_none();
    if own_style {
        features.push("displayTransformability");
    }
    if has(book, |inline| matches!(inline, Inline::Ruby { .. })) {
        features.push("rubyAnnotations");
    }
    if has_mathematics(book) {
        features.extend(["MathML", "describedMath"]);
    }
    features.iter().for_each(|feature| property("accessibilityFeature", feature));
    property("accessibilityHazard", if pictures.moving { "unknown" } else { "none" });
    let mut summary = String::from("The text can be read aloud and shown in any face, size and colour; ");
    summary.push_str("its headings, contents and reading order follow its structure.");
    match (pictures.all, pictures.without_alternative) {
        (0, _) => {}
        (_, 0) => summary.push_str(" All pictures are described."),
        (all, missing) => {
            let _ = write!(
                summary,
                " {missing} of {all} pictures lack a description: conformance with WCAG is not claimed."
            );
        }
    }
    if !own_style {
        summary = "The headings, contents and reading order follow the structure of the text.".into();
    }
    property("accessibilitySummary", &summary);
    if described && own_style && !pictures.moving {
        out.push_str(
            "    <meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>\n    \
             <meta property=\"a11y:certifiedBy\" refines=\"#conformance\">bindery</meta>\n",
        );
    }
}

fn pictures(book: &Book<'_>) -> Pictures {
    let mut found = Pictures::default();
    fn count(found: &mut Pictures, alt: &str) {
        found.all += 1;
        found.without_alternative += usize::from(alt.trim().is_empty());
    }
    fn inlines(list: &[Inline], found: &mut Pictures) {
        for inline in list {
            if let Inline::Image { alt, .. } = inline {
                count(found, alt);
            }
            inlines(inline.children(), found);
        }
    }
    book.document.for_each_leaf(&mut |leaf| {
        if let Leaf::Text(content, _) = leaf {
            inlines(content, &mut found);
        }
    });
    book.document.for_each_block(&mut |block| {
        if let Block::Figure(figure) = block {
            count(&mut found, &figure.alt);
        }
    });
    found.moving = book.pictures.iter().any(|file| file.ends_with(".gif"));
    found
}

/// Whether a book has an inline of this kind.
fn has(book: &Book<'_>, is: impl Fn(&Inline) -> bool) -> bool {
    fn any(list: &[Inline], is: &impl Fn(&Inline) -> bool) -> bool {
        list.iter().any(|inline| is(inline) || any(inline.children(), is))
    }
    let mut found = false;
    book.document.for_each_leaf(&mut |leaf| {
        if let Leaf::Text(content, _) = leaf {
            found = found || any(content, &is);
        }
    });
    found
}

/// Whether a book has a formula that is written as MathML.
fn has_mathematics(book: &Book<'_>) -> bool {
    let mut found = has(book, |inline| matches!(inline, Inline::Math(source) if math::mathml(source, false).is_ok()));
    book.document.for_each_block(&mut |block| {
        if let Block::Math(block) = block {
            found = found || math::mathml(&block.source, true).is_ok();
        }
    });
    found
}
