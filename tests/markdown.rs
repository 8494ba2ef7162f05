//! Markdown in both editions.

#[path = "common/archive.rs"]
mod archive;

use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The files of the EPUB made of a text.
fn epub(text: &str) -> BTreeMap<String, String> {
    let input = Text { bytes: text.as_bytes(), name: "owls.md", modified: None, folder: None };
    let made = convert(&input, &[Format::Epub], &Config::default(), &Library::built_in());
    let editions = made.editions.expect("an edition");
    let entries = archive::entries(&editions[0].data).into_iter();
    entries.map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// The only content document that holds a text.
#[track_caller]
fn holds(files: &BTreeMap<String, String>, wanted: &str) {
    let texts: Vec<&String> = files.iter().filter(|(name, _)| name.ends_with(".xhtml")).map(|(_, text)| text).collect();
    assert!(texts.iter().any(|text| text.contains(wanted)), "{wanted} is not in\n{texts:#?}");
}

#[test]
fn quotations_abbreviations_and_definitions_are_what_they_are_in_the_epub() {
    let files = epub(
        "# Owls\n\n<q>Hoot <q>twice</q></q>, says the <abbr title=\"World Owl Fund\">WOF</abbr>.\n\nOwl\n: A bird.\n: A word.\n",
    );
    holds(&files, "<q>“Hoot <q>‘twice’</q>”</q>, says the <abbr title=\"World Owl Fund\">WOF</abbr>.");
    holds(&files, "<dl>\n<dt>Owl</dt>\n<dd>A bird.</dd>\n<dd>A word.</dd>\n</dl>");
}

#[test]
fn tasks_have_their_boxes_for_bullets_and_lists_within_lists_no_room_of_their_own() {
    let files = epub("# Owls\n\n- [x] fed\n- [ ] to *weigh*\n- owl\n\n1. [ ] one\n");
    holds(&files, "<li class=\"task\">☒ fed</li>\n<li class=\"task\">☐ to <em>weigh</em></li>\n<li>owl</li>");
    holds(&files, "<li>☐ one</li>");
    for rule in ["li.task {\n  list-style: none;", "li > ul,\nli > ol {\n  margin: 0;"] {
        assert!(files["OEBPS/stylesheet.css"].contains(rule), "{rule}");
    }
}

/// A picture of so many pixels in a format.
fn picture(format: image::ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut bytes, format)
        .expect("a picture");
    bytes.into_inner()
}

/// A JPEG that says it lies on its side: six, in the segment of Exif behind the mark of the beginning.
fn turned() -> Vec<u8> {
    let jpeg = picture(image::ImageFormat::Jpeg, 60, 40);
    let exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    [&jpeg[..2], exif, &jpeg[2..]].concat()
}

/// The document and its pages, of a text that lies among pictures, with what was told of it.
fn among_pictures(text: &str) -> (bindery::model::Document, bindery::paged::PagedDocument, Vec<String>) {
    let outer = tempfile::tempdir().expect("a folder");
    let folder = outer.path().join("book");
    std::fs::create_dir_all(folder.join("art")).expect("a folder");
    for (name, bytes) in [
        ("a.png", picture(image::ImageFormat::Png, 600, 400)),
        ("a.gif", picture(image::ImageFormat::Gif, 30, 20)),
        ("a.webp", picture(image::ImageFormat::WebP, 30, 20)),
        ("turned.jpg", turned()),
        ("broken.png", picture(image::ImageFormat::Png, 60, 40)[..90].to_vec()),
        ("cut.jpg", turned()[..400].to_vec()),
        ("text.png", b"no picture".to_vec()),
        ("huge.png", huge()),
        ("drawing.svg", DRAWING.as_bytes().to_vec()),
    ] {
        std::fs::write(folder.join("art").join(name), bytes).expect("a file");
    }
    std::fs::write(outer.path().join("secret.png"), picture(image::ImageFormat::Png, 6, 4)).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(outer.path().join("secret.png"), folder.join("art/link.png")).expect("a link");
    let input = Text { bytes: text.as_bytes(), name: "owls.md", modified: None, folder: Some(&folder) };
    let library = Library::built_in();
    let made = convert(&input, &[Format::Epub, Format::Pdf, Format::Json], &Config::default(), &library);
    use bindery::diag::Code;
    let is_of_picture = |code| matches!(code, Code::PictureRefused | Code::PictureTooLarge);
    let told = made.diagnostics.iter().filter(|one| is_of_picture(one.code));
    let source = made.sources.first().expect("a source");
    let told = told.map(|one| format!("{} {}", source.line(one.span.expect("a place").start), one.message)).collect();
    let editions = made.editions.expect("editions");
    let json = std::str::from_utf8(&editions[2].data).expect("JSON");
    let document = bindery::model::Document::from_json(json).expect("a document");
    let paged = bindery::layout::paginate(&document, &Default::default(), &library).expect("pages").paged;
    (document, paged, told)
}

/// The head of a PNG of a thousand million pixels.
fn huge() -> Vec<u8> {
    let mut png = picture(image::ImageFormat::Png, 6, 4);
    png[16..24].copy_from_slice(&[0, 0, 0x80, 0, 0, 0, 0x80, 0]);
    png
}

#[test]
fn pictures_stand_in_lines_and_on_their_own_each_once() {
    let text =
        "A ![b](art/a.png) c ![b](art/a.png).\n\n![d](art/a.gif \"e\")\n\n![f](art/a.webp)\n\n![g](art/turned.jpg)\n";
    let (document, paged, told) = among_pictures(text);
    assert_eq!(told, [""; 0]);
    assert_eq!(document.resources.len(), 4);
    // It lies on its side in its bytes, which stay as they are.
    assert_eq!((document.resources[3].pixels, document.resources[3].data.clone()), ((40, 60), turned()));
    assert_eq!(paged.images.len(), 4);
    let page = &paged.pages[0];
    let pictures: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            bindery::paged::Item::Picture(picture) => Some((picture.image, picture.rect)),
            bindery::paged::Item::Run(_) | bindery::paged::Item::Rule(_) => None,
        })
        .collect();
    assert_eq!(pictures.iter().map(|(image, _)| *image).collect::<Vec<_>>(), [0, 0, 1, 2, 3]);
    let (first, second) = (pictures[0].1, pictures[1].1);
    assert!(first.origin.y == second.origin.y && first.origin.x < second.origin.x);
    assert!(first.size.height.0 < 14.0 && (first.size.width.0 / first.size.height.0 - 1.5).abs() < 0.05);
    let upright = pictures[4].1.size;
    assert!((upright.height.0 / upright.width.0 - 1.5).abs() < 0.01);
    let roles = paged.dump_structure();
    assert_eq!((roles.matches("inline: true").count(), roles.matches("inline: false").count()), (2, 3), "{roles}");
}

#[test]
fn pictures_that_may_not_be_had_are_told_one_by_one() {
    let (document, _, told) = among_pictures(
        "![a](art/none.png)\n\n![b](art/broken.png)\n\n![c](art/cut.jpg)\n\n![d](../secret.png)\n\n![e](/etc/passwd)\n\n\
         ![f](http://a.example/b.png)\n\n![g](data:image/png;base64,AA)\n\n![h](/dev/zero)\n\n![i](art)\n\n![j](art/text.png)\n\n\
         ![k](art/huge.png)\n\n![l](art/link.png)\n\n![m](art/a.png)\n",
    );
    let why = [
        "there is no such file",
        "it is broken",
        "it is broken",
        "it is not beneath the folder",
        "it is not beneath the folder",
        "not fetched from the network",
        "not fetched from the network",
        "it is not beneath the folder",
        "it is not a regular file",
        "it is no PNG, JPEG, GIF, WebP or SVG picture",
        "it has more than 100000000 pixels",
        "it is not beneath the folder",
    ];
    assert_eq!(told.len(), why.len(), "{told:#?}");
    for (number, (told, why)) in told.iter().zip(why).enumerate() {
        assert!(told.starts_with(&format!("{} ", 1 + 2 * number)) && told.contains(why), "{told}: {why}");
    }
    assert_eq!(document.resources.len(), 1);
}

const DRAWING: &str = "<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' width='192' height='96' onload='x()'>\
    <script>x()</script><linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='#00f'/></linearGradient>\
    <rect width='192' height='96' fill='url(#g)'/><text x='9' y='9'>letters</text></svg>";

#[test]
fn drawings_are_cleaned_and_stay_drawings() {
    let (document, paged, told) = among_pictures("![a](art/drawing.svg)\n\n![b](art/drawing.svg)\n");
    assert_eq!(told, [""; 0]);
    let [drawing] = document.resources.as_slice() else { panic!("one drawing") };
    let svg = std::str::from_utf8(&drawing.data).expect("a text");
    assert!(!svg.contains("script") && !svg.contains("onload") && svg.contains("url(#g)"), "{svg}");
    assert_eq!(drawing.pixels, (192, 96));
    let pdf = bindery::writer::pdf::write(&paged, &Default::default()).expect("a PDF");
    let pdf = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let forms = pdf.objects.values().filter_map(|object| object.as_stream().ok()).filter(|stream| {
        stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Form")
            && stream.dict.has(b"Matrix")
    });
    assert!(forms.count() >= 1);
    assert!(pdf.objects.values().all(|object| {
        object
            .as_stream()
            .is_ok_and(|stream| {
                stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Image")
            })
            .eq(&false)
    }));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("drawing.svg"), DRAWING).expect("a file");
    let input = Text { bytes: b"![a](drawing.svg)", name: "owls.md", modified: None, folder: Some(folder.path()) };
    let made = convert(&input, &[Format::Epub], &Config::default(), &Library::built_in());
    assert_eq!(made.diagnostics.iter().filter(|one| one.code == bindery::diag::Code::DrawnLetters).count(), 1);
}

#[test]
fn formulas_are_mathml_in_the_epub_and_set_in_the_pdf() {
    let text = "# Owls\n\nAn $x^2$ and\n\n$$\\frac{a}{b}$$\n";
    let files = epub(text);
    holds(
        &files,
        "An <math alttext=\"x^2\" xmlns=\"http://www.w3.org/1998/Math/MathML\"><msup><mi>x</mi><mn>2</mn></msup></math> and",
    );
    holds(&files, "display=\"block\"");
    let opf = &files["OEBPS/content.opf"];
    assert!(opf.contains("properties=\"mathml\" href=\"text/") && opf.contains(">MathML<"), "{opf}");
    let (_, paged, _) = among_pictures(text);
    let pages = paged.dump();
    assert!(pages.contains("Formula: a") && !pages.contains("Formula: /") && !pages.contains("frac"), "{pages}");
    let within = among_pictures("Half is $\\frac{a}{b}$.\n").1.dump();
    assert!(within.contains("Formula: /"), "{within}");
}
