//! What EPUB 3.3 and EPUB Accessibility 1.1 ask of every package, shown on one book that has a bit of everything.

use super::{book, chapter, paragraph, tree};
use bindery::cover;
use bindery::font::Library;
use bindery::model::{
    AnchorId, Block, Contributor, ContributorRole, Document, Figure, Inline, InlineSpan, LinkTarget, Resource,
    ResourceId, SectionRole, Series, Target, TextPosition,
};
use bindery::source::Span;
use bindery::writer::epub::{EpubError, Options, PageList, WritingMode, faces, write};
use std::collections::{BTreeMap, BTreeSet};

/// One transparent pixel.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// A book with a note, a link, a picture and all metadata there are.
fn full(alt: &str) -> Document {
    let mut document = book();
    let meta = &mut document.meta;
    meta.subtitle = Some("A Natural History".into());
    meta.contributors.push(Contributor {
        name: "Bo van Lake".into(),
        role: ContributorRole::Translator,
        file_as: Some("Lake, Bo van".into()),
    });
    meta.identifier = Some("978-3-16-148410-0".into());
    meta.publisher = Some("Pond Press".into());
    meta.description = Some("About ponds & what lives in them.".into());
    meta.subjects = vec!["Ponds".into(), "Birds".into()];
    meta.rights = Some("© the author".into());
    meta.source = Some("The first edition".into());
    meta.series = Some(Series { name: "Waters".into(), position: Some("2".into()) });
    meta.date = "2024-05".parse().ok();
    let content = vec![Inline::text("See above.")];
    let link = LinkTarget { target: Target::Internal(AnchorId("c1".into())), content };
    let picture = GIF.to_vec();
    document.resources = vec![Resource {
        name: "a.gif".into(),
        media_type: "image/gif".into(),
        data: picture,
        pixels: (1, 1),
        orientation: Default::default(),
    }];
    let figure = Figure {
        resource: ResourceId(0),
        alt: alt.into(),
        caption: vec![Inline::text("A pond")],
        span: Span::default(),
    };
    document.sections.push(chapter(
        "c3",
        "Night",
        vec![paragraph(vec![Inline::Link(link.into())]), Block::Figure(figure.into())],
    ));
    document
}

fn files(document: &Document) -> BTreeMap<String, String> {
    let at = |leaf| TextPosition { leaf, offset: 0 };
    let pages = vec![("1".into(), at(0)), ("2".into(), at(2))];
    let pages = Some(PageList { source: "urn:isbn:9783161484100".into(), pages });
    let cover = cover::draw(&document.meta, &Library::built_in());
    tree(&write(document, &Options { pages, cover, ..Options::default() }).expect("a book"))
}

fn xml(text: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options).expect("well-formed XML")
}

/// The values of an attribute of all elements of this name.
fn values(text: &str, element: &str, attribute: &str) -> Vec<String> {
    let document = xml(text);
    let elements =
        document.descendants().filter(|node| node.has_tag_name(element) || node.tag_name().name() == element);
    elements.filter_map(|node| node.attribute(attribute).map(str::to_owned)).collect()
}

#[test]
fn every_file_is_in_the_manifest_once_and_every_text_in_the_spine_once() {
    let files = files(&full("A pond at night"));
    let opf = &files["OEBPS/content.opf"];
    let listed = values(opf, "item", "href");
    let listed_once: BTreeSet<String> = listed.iter().map(|href| format!("OEBPS/{href}")).collect();
    assert_eq!(listed.len(), listed_once.len());
    let packed = files.keys().filter(|name| name.starts_with("OEBPS/") && !name.ends_with(".opf")).cloned().collect();
    assert_eq!(listed_once, packed);
    let package = xml(opf);
    let ids: BTreeMap<&str, &str> = package
        .descendants()
        .filter(|node| node.tag_name().name() == "item")
        .filter_map(|node| Some((node.attribute("id")?, node.attribute("href")?)))
        .collect();
    let spine: Vec<String> = values(opf, "itemref", "idref").iter().map(|id| ids[id.as_str()].to_owned()).collect();
    let once: BTreeSet<&String> = spine.iter().collect();
    assert_eq!(spine.len(), once.len());
    assert_eq!(spine.len(), files.keys().filter(|name| name.starts_with("OEBPS/text/")).count());
    assert!(!opf.contains("scripted") && !opf.contains("remote-resources"), "{opf}");
    assert_eq!(values(opf, "item", "properties"), ["nav", "cover-image"]);
}

#[test]
fn every_document_is_well_formed_has_a_title_and_tells_its_language() {
    for (name, text) in files(&full("A pond at night")) {
        if !name.ends_with(".xhtml") {
            continue;
        }
        let document = xml(&text);
        let root = document.root_element();
        assert_eq!(root.attribute("lang"), Some("en"), "{name}");
        let named = root.descendants().find(|node| node.tag_name().name() == "title").and_then(|node| node.text());
        assert!(named.is_some_and(|title| !title.trim().is_empty()), "{name}");
        for forbidden in ["script", "iframe", "object", "form"] {
            assert!(!root.descendants().any(|node| node.tag_name().name() == forbidden), "{name}");
        }
        let ids: Vec<&str> = root.descendants().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}");
    }
}

#[test]
fn the_container_names_the_package() {
    let files = files(&full("A pond at night"));
    let container = &files["META-INF/container.xml"];
    assert_eq!(values(container, "rootfile", "full-path"), ["OEBPS/content.opf"]);
    assert_eq!(values(container, "rootfile", "media-type"), ["application/oebps-package+xml"]);
    assert!(files.contains_key("OEBPS/content.opf"));
}

#[test]
fn a_picture_of_another_type_is_refused() {
    let mut document = full("A pond at night");
    document.resources[0].data = b"BM a bitmap".to_vec();
    let refused = write(&document, &Options::default()).expect_err("no core media type");
    assert!(matches!(&refused, EpubError::Picture(name) if name == "a.gif"), "{refused}");
}

/// In no head, and with a prefix that the document declares; some terms stand on elements of one kind only.
#[test]
fn semantics_stand_where_they_may_with_their_prefix() {
    const OPS: &str = "http://www.idpf.org/2007/ops";
    let mut book = full("A pond at night");
    book.sections[1].role = SectionRole::Cast;
    let mut seen = BTreeSet::new();
    for (name, text) in files(&book).iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        let document = xml(text);
        let declared = document.root_element().attribute((OPS, "prefix")).unwrap_or_default();
        for node in document.descendants() {
            let Some(terms) = node.attribute((OPS, "type")) else { continue };
            assert!(
                node.ancestors().any(|above| above.has_tag_name(("http://www.w3.org/1999/xhtml", "body"))),
                "{name}"
            );
            for term in terms.split_ascii_whitespace() {
                let prefix = term.split_once(':').map(|(prefix, _)| format!("{prefix}: "));
                assert!(prefix.is_none_or(|prefix| declared.contains(&prefix)), "{name}: {term}");
                let wanted = match term {
                    "footnote" => Some("aside"),
                    "toc" | "landmarks" | "page-list" => Some("nav"),
                    "noteref" => Some("a"),
                    "chapter" | "footnotes" => Some("section"),
                    _ => None,
                };
                assert!(
                    wanted.is_none_or(|wanted| node.tag_name().name() == wanted || node.tag_name().name() == "a"),
                    "{name}: {term} on {}",
                    node.tag_name().name()
                );
                seen.insert(term.to_owned());
            }
        }
    }
    for term in
        ["bodymatter", "chapter", "footnote", "noteref", "page-list", "pagebreak", "toc", "z3998:dramatis-personae"]
    {
        assert!(seen.contains(term), "{term} is not in {seen:?}");
    }
}

#[test]
fn a_section_without_a_heading_has_its_role_too() {
    let mut document = book();
    document.sections[0].role = SectionRole::Dedication;
    document.sections[0].heading = None;
    let files = tree(&write(&document, &Options::default()).unwrap());
    let dedication = &files["OEBPS/text/dedication-1.xhtml"];
    assert!(dedication.contains(" epub:type=\"dedication\" role=\"doc-dedication\">"), "{dedication}");
}

#[test]
fn each_run_of_another_language_says_so() {
    let run = |language: &str, text: &str| {
        let language = language.parse().expect("a tag");
        Inline::Span(InlineSpan { language, content: vec![Inline::text(text)] }.into())
    };
    let mut document = book();
    document.sections[1].blocks.push(paragraph(vec![run("de", "Das Ufer"), Inline::text(" and "), run("he", "שלום")]));
    let files = tree(&write(&document, &Options::default()).unwrap());
    let text = &files["OEBPS/text/chapter-2.xhtml"];
    assert!(text.contains("<span lang=\"de\" xml:lang=\"de\">Das Ufer</span> and "), "{text}");
    assert!(text.contains("<span lang=\"he\" xml:lang=\"he\" dir=\"rtl\">שלום</span>"), "{text}");
}

#[test]
fn every_link_leads_to_a_place_there_is() {
    let files = files(&full("A pond at night"));
    let mut links = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".xhtml") || name.ends_with(".ncx")) {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let targets = [
            values(text, "a", "href"),
            values(text, "img", "src"),
            values(text, "content", "src"),
            values(text, "link", "href"),
        ];
        for href in targets.concat() {
            let (path, id) = href.split_once('#').unwrap_or((&href, ""));
            let path = match (path, path.strip_prefix("../")) {
                ("", _) => name.clone(),
                (_, Some(path)) => format!("OEBPS/{path}"),
                _ => format!("{folder}/{path}"),
            };
            let target = files.get(&path).unwrap_or_else(|| panic!("{name}: {href}"));
            assert!(id.is_empty() || target.contains(&format!("id=\"{id}\"")), "{name}: {href}");
            links += 1;
        }
    }
    assert!(links > 20, "{links}");
}

#[test]
fn the_contents_follow_the_text_as_deep_as_was_asked() {
    let mut document = book();
    document.sections[0].children = vec![chapter("inner", "Inner", vec![])];
    document.sections[0].children[0].role = bindery::model::SectionRole::Section;
    let nav = |toc_depth| {
        let files = tree(&write(&document, &Options { toc_depth, ..Options::default() }).unwrap());
        assert_eq!(files["OEBPS/toc.ncx"].contains(">Inner<"), toc_depth > 1);
        files["OEBPS/nav.xhtml"].clone()
    };
    let deep = nav(2);
    let places = ["Dawn", "Inner", "Dusk"].map(|name| deep.find(&format!(">{name}</a>")).expect("an entry"));
    assert!(places.is_sorted());
    assert!(!nav(1).contains(">Inner</a>"));
    assert!(deep.contains("role=\"doc-toc\"") && deep.contains("\"landmarks\""));
}

#[test]
fn metadata_are_told_whole() {
    let files = files(&full("A pond at night"));
    let opf = &files["OEBPS/content.opf"];
    for part in [
        ">urn:isbn:9783161484100</dc:identifier>",
        "scheme=\"onix:codelist5\">15</meta>",
        "<dc:title id=\"title\">Reeds &amp; &lt;Rushes&gt;</dc:title>",
        "<dc:title id=\"subtitle\">A Natural History</dc:title>",
        "property=\"title-type\">subtitle</meta>",
        "scheme=\"marc:relators\">aut</meta>",
        "<dc:contributor id=\"person-2\">Bo van Lake</dc:contributor>",
        "scheme=\"marc:relators\">trl</meta>",
        "property=\"file-as\">Lake, Bo van</meta>",
        "<dc:language>en</dc:language>",
        "<dc:publisher>Pond Press</dc:publisher>",
        "<dc:description>About ponds &amp; what lives in them.</dc:description>",
        "<dc:subject>Ponds</dc:subject>",
        "<dc:subject>Birds</dc:subject>",
        "<dc:rights>© the author</dc:rights>",
        "<dc:source>The first edition</dc:source>",
        "<dc:date>2024-05</dc:date>",
        "<meta property=\"dcterms:modified\">2000-01-01T00:00:00Z</meta>",
        "<meta property=\"belongs-to-collection\" id=\"series\">Waters</meta>",
        "property=\"group-position\">2</meta>",
        "<meta name=\"calibre:series\" content=\"Waters\"/>",
        "<meta name=\"calibre:series_index\" content=\"2\"/>",
        "<meta name=\"cover\" content=\"cover-image\"/>",
    ] {
        assert!(opf.contains(part), "{part} is not in {opf}");
    }
}

#[test]
fn conformance_is_claimed_only_where_it_is_true() {
    let opf = |alt: &str| {
        let mut document = full(alt);
        // A GIF may move, which nobody has looked at.
        document.resources[0].data = cover::draw(&document.meta, &Library::built_in()).expect("a picture").data;
        files(&document)["OEBPS/content.opf"].clone()
    };
    let described = opf("A pond at night");
    assert!(
        described.contains("EPUB Accessibility 1.1 - WCAG 2.1 Level AA") && described.contains(">alternativeText<")
    );
    for part in [
        "accessMode\">textual",
        "accessMode\">visual",
        "accessModeSufficient\">textual<",
        "Hazard\">none",
        "pageBreakMarkers",
        "tableOfContents",
    ] {
        assert!(described.contains(part), "{part}: {described}");
    }
    let bare = opf("");
    assert!(!bare.contains("conformsTo") && !bare.contains(">alternativeText<"), "{bare}");
    assert!(!bare.contains("accessModeSufficient\">textual<"), "{bare}");
    assert!(bare.contains("1 of 1 pictures lack a description"), "{bare}");
    let moving = files(&full("A pond at night"))["OEBPS/content.opf"].clone();
    assert!(moving.contains("Hazard\">unknown") && !moving.contains("conformsTo"), "{moving}");
}

#[test]
fn pages_turn_and_lines_run_as_the_language_has_it() {
    let parts = |language: &str, writing_mode| {
        let mut document = book();
        document.meta.language = language.parse().expect("a tag");
        let files = tree(&write(&document, &Options { writing_mode, ..Options::default() }).unwrap());
        let turned = files["OEBPS/content.opf"].contains("page-progression-direction=\"rtl\"");
        let directed = files["OEBPS/text/chapter-1.xhtml"].contains("dir=\"rtl\"");
        (turned, directed, files["OEBPS/stylesheet.css"].contains("vertical-rl"))
    };
    for language in ["ar", "he", "fa"] {
        assert_eq!(parts(language, None), (true, true, false), "{language}");
    }
    assert_eq!(parts("ja", None), (true, false, true));
    assert_eq!(parts("zh-Hant", None), (true, false, true));
    assert_eq!(parts("ja", Some(WritingMode::Horizontal)), (false, false, false));
    assert_eq!(parts("zh-Hans", None), (false, false, false));
    assert_eq!(parts("zh-Hans", Some(WritingMode::Vertical)), (true, false, true));
    assert_eq!(parts("en", None), (false, false, false));
}

#[test]
fn faces_are_embedded_with_what_the_text_needs() {
    let document = full("A pond at night");
    let faces = faces(&document, &Library::built_in());
    let files = tree(&write(&document, &Options { faces, ..Options::default() }).expect("a book"));
    let opf = &files["OEBPS/content.opf"];
    for style in ["Regular", "Italic", "Bold"] {
        let path = files.keys().find(|name| name.ends_with(&format!("-LibertinusSerif-{style}.otf"))).expect("a face");
        let href = path.trim_start_matches("OEBPS/");
        assert!(opf.contains(&format!("href=\"{href}\"")) && opf.contains("media-type=\"font/otf\""), "{opf}");
        assert!(files["OEBPS/stylesheet.css"].contains(&format!("url(\"{href}\")")));
        // The name table keeps the licence.
        assert!(files[path].replace('\0', "").contains("SIL Open Font License"));
    }
    assert!(!files.keys().any(|name| name.contains("JetBrains") || name.contains("Noto")), "{:?}", files.keys());
}

#[test]
fn a_title_may_be_long_or_hold_what_xml_cannot() {
    let long = "word ".repeat(2_000);
    for title in [long.as_str(), "<&\"'", "]]>"] {
        let mut document = book();
        document.meta.title = title.to_owned();
        let Ok(bytes) = write(&document, &Options::default()) else { panic!("{title:.20}") };
        for (name, text) in tree(&bytes).iter().filter(|(name, _)| name.ends_with("ml") || name.ends_with("opf")) {
            assert!(!xml(text).root_element().tag_name().name().is_empty(), "{name}");
        }
    }
}

/// Every line of the ledger that says "met" names a test there is.
#[test]
fn the_ledger_names_tests_that_exist() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).expect("a source");
    let mut sources: String = ["main", "package", "pages"].map(|name| read(&format!("tests/epub/{name}.rs"))).concat();
    for part in ["address", "names", "opf", "stylesheet", "xml"] {
        sources.push_str(&read(&format!("src/writer/epub/{part}.rs")));
    }
    sources.push_str(&read("src/model/identifier.rs"));
    sources.push_str(&read("tests/cli.rs"));
    sources.push_str(&read("src/font/subset.rs"));
    sources.push_str(&read("src/cover/picture.rs"));
    sources.push_str(&read("src/cover/palette.rs"));
    let mut met = 0;
    for line in read("docs/EPUB.md").lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if cells.get(3) == Some(&"met") {
            let name = cells[4].trim_matches('`');
            assert!(sources.contains(&format!("fn {name}()")), "{line}");
            met += 1;
        }
    }
    assert!(met > 30, "{met}");
}
