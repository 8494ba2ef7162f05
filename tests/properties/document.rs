//! Bytes → a document: any bytes make one that keeps the invariants of the model, and small changes of the bytes small changes
//! of the document.

use arbitrary::{Result, Unstructured};
use bindery::Document;
use bindery::model::*;
use bindery::source::Span;

/// Deeper blocks and sections than these are of no other kind.
const DEEPEST: usize = 4;

/// What letters can be made to do harm with.
const STRANGE: &[&str] = &[
    "fi ffl æther Ǆ ß ŉ",
    "a\u{301}\u{301}\u{301}\u{301}\u{323}\u{35c}",
    "\u{202e}gnp.evil\u{202c} \u{2066}never closed",
    "שלום עולם 12 (three)",
    "السلام عليكم ١٢",
    "नमस्ते क्षत्रिय",
    "สวัสดีชาวโลก",
    "漢字かな交じり文。「はい」",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 🏳\u{fe0f}\u{200d}🌈",
    "soft\u{ad}ly hy\u{ad}phen\u{ad}ated",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
    "https://example.org/a/very/long/address?of=things&that=never#end",
    "<b>&amp;]]></b> \u{fffd} \u{fdd0} \u{e000} \u{10fffd}",
    "non\u{a0}breaking\u{202f}thin\u{2009}zero\u{200b}width\u{2060}joined\u{feff}",
    "1/2 ½ ² ③ Ⅳ 12:30 1914–1918",
    "“‘nested’” «guillemets» —dashes— … -- '",
];

/// One pixel.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\x60\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB\x60\x82";

const ROLES: &[SectionRole] = &[
    SectionRole::Section,
    SectionRole::Chapter,
    SectionRole::Part,
    SectionRole::Preface,
    SectionRole::Appendix,
    SectionRole::Poem,
    SectionRole::Scene,
    SectionRole::Letter,
];

const PARAGRAPHS: &[ParagraphRole] = &[
    ParagraphRole::Body,
    ParagraphRole::Standfirst,
    ParagraphRole::Continued,
    ParagraphRole::Centered,
    ParagraphRole::DateLine,
    ParagraphRole::Address,
    ParagraphRole::Salutation,
    ParagraphRole::Signature,
    ParagraphRole::StageDirection,
    ParagraphRole::Attribution,
    ParagraphRole::Argument,
];

const NUMBERINGS: &[Numbering] =
    &[Numbering::Decimal, Numbering::LowerAlpha, Numbering::UpperAlpha, Numbering::LowerRoman, Numbering::UpperRoman];

const LANGUAGES: &[&str] = &["en", "de", "fr", "ru", "he", "ar", "zh", "ja", "th", "el-polyton"];

const FORMULAS: &[&str] = &["x^2", "\\frac{a}{b}", "\\sqrt{", "\\sum_{i=0}^n i", "a < b & c", "{}}{", "\\unknown{x}"];

/// The document that these bytes are.
///
/// # Errors
///
/// None that depends on the bytes: where they end, numbers are 0.
pub(crate) fn document(bytes: &[u8]) -> Result<Document> {
    let mut maker =
        Maker { bytes: Unstructured::new(bytes), document: Document::default(), anchors: 0, in_note: false };
    let title = maker.text()?;
    maker.document.meta.title = if title.trim().is_empty() { "Untitled".into() } else { title };
    maker.document.meta.language = maker.language()?;
    if maker.bytes.arbitrary()? {
        maker.document.meta.subtitle = Some(maker.text()?);
        let name = maker.text()?;
        maker.document.meta.push_author(name);
        maker.document.meta.description = Some(maker.text()?);
        maker.document.meta.subjects = vec![maker.text()?];
    }
    let name = maker.text()?;
    let orientation = Orientation::of_exif(maker.bytes.int_in_range(1..=8)?).unwrap_or_default();
    maker.document.resources.push(Resource {
        name,
        media_type: "image/png".into(),
        data: PNG.to_vec(),
        pixels: (1, 1),
        orientation,
    });
    maker.document.sections = maker.sections(0)?;
    Ok(maker.document)
}

struct Maker<'a> {
    bytes: Unstructured<'a>,
    document: Document,
    anchors: usize,
    /// Notes have no notes of their own.
    in_note: bool,
}

impl Maker<'_> {
    fn anchor(&mut self) -> AnchorId {
        self.anchors += 1;
        AnchorId(format!("s{}", self.anchors))
    }

    fn language(&mut self) -> Result<Language> {
        let tag = *self.bytes.choose(LANGUAGES)?;
        Ok(tag.parse().unwrap_or_default())
    }

    /// A text that is not empty, of characters that a text may hold.
    fn text(&mut self) -> Result<String> {
        let length: u8 = self.bytes.arbitrary()?;
        // A few bytes that stand for more let a short input reach far.
        if length >= 0xE0 {
            return Ok((*self.bytes.choose(STRANGE)?).to_owned());
        }
        let length = usize::from(length % 64).min(self.bytes.len());
        let bytes = self.bytes.bytes(length)?;
        // Bytes of no text are letters all the same.
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        };
        let allowed = |c: &char| matches!(c, '\t' | ' '..='\u{fffd}' | '\u{10000}'..);
        let text: String = text.chars().filter(allowed).collect();
        Ok(if text.is_empty() { "word".to_owned() } else { text })
    }

    /// None to `most` of something.
    fn list<T>(&mut self, least: usize, most: usize, mut one: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let count = self.bytes.int_in_range(least..=most)?;
        (0..count).map(|_| one(self)).collect()
    }

    fn sections(&mut self, depth: usize) -> Result<Vec<Section>> {
        let (least, most) = if depth == 0 { (1, 6) } else { (0, 2) };
        self.list(least, most, |maker| {
            let mut section = Section::with_id(maker.anchor());
            section.role = *maker.bytes.choose(ROLES)?;
            if maker.bytes.arbitrary()? {
                let title = maker.inlines(depth)?;
                let label = maker.list(0, 1, |maker| maker.text().map(Inline::Text))?;
                let subtitle = maker.list(0, 1, |maker| maker.text().map(Inline::Text))?;
                section.heading = Some(Heading { label, title, subtitle, span: Span::default() });
            }
            section.blocks = maker.list(0, 8, |maker| maker.block(0))?;
            if depth < DEEPEST {
                section.children = maker.sections(depth + 1)?;
            }
            Ok(section)
        })
    }

    fn blocks(&mut self, depth: usize) -> Result<Vec<Block>> {
        self.list(1, 3, |maker| maker.block(depth))
    }

    fn block(&mut self, depth: usize) -> Result<Block> {
        let span = Span::default();
        let kind = if depth < DEEPEST { self.bytes.int_in_range(0..=13)? } else { 0 };
        Ok(match kind {
            0..=3 => {
                let role = *self.bytes.choose(PARAGRAPHS)?;
                Block::Paragraph(Paragraph { role, content: self.inlines(0)?, span })
            }
            4 => {
                let kind = *self.bytes.choose(&[QuoteKind::Quotation, QuoteKind::Epigraph, QuoteKind::Letter])?;
                Block::Quote(Quote { kind, blocks: self.blocks(depth + 1)?, span })
            }
            5 => {
                let stanzas = self.list(1, 3, |maker| {
                    let lines = maker.list(1, 4, |maker| {
                        let indent = maker.bytes.int_in_range(0..=200)?;
                        Ok(VerseLine { indent, content: maker.inlines(0)? })
                    })?;
                    Ok(Stanza { lines })
                })?;
                Block::Verse(Verse { stanzas, span })
            }
            6 => {
                let speaker = self.inlines(0)?;
                let blocks = self.list(0, 2, |maker| maker.block(depth + 1))?;
                Block::Speech(Speech { speaker, blocks, span }.into())
            }
            7 => {
                let kind = if self.bytes.arbitrary()? {
                    let numbering = *self.bytes.choose(NUMBERINGS)?;
                    ListKind::Ordered { start: self.bytes.arbitrary()?, numbering }
                } else {
                    ListKind::Bullet
                };
                let items = self.list(1, 4, |maker| Ok(ListItem { blocks: maker.blocks(depth + 1)? }))?;
                Block::List(List { kind, items, span })
            }
            8 => {
                let entries = self.list(1, 3, |maker| {
                    let terms = maker.list(1, 2, |maker| maker.inlines(0))?;
                    let meanings = maker.list(0, 2, |maker| Ok(ListItem { blocks: maker.blocks(depth + 1)? }))?;
                    Ok(Definition { terms, meanings })
                })?;
                Block::Definitions(Definitions { entries, span })
            }
            9 => {
                let lines = self.list(0, 5, Maker::text)?;
                Block::Code(CodeBlock { language: None, lines, span }.into())
            }
            10 => Block::Math(MathBlock { source: self.formula()?, span }),
            11 => {
                let columns = self.list(1, 5, |maker| {
                    Ok(*maker.bytes.choose(&[Alignment::Start, Alignment::Center, Alignment::End])?)
                })?;
                let row = |maker: &mut Self| {
                    let cells: Result<Vec<Cell>> = columns
                        .iter()
                        .map(|_| Ok(Cell { content: maker.list(0, 2, |maker| maker.inline(2))? }))
                        .collect();
                    Ok(Row { cells: cells? })
                };
                let caption = self.list(0, 1, |maker| maker.inline(2))?;
                let head = self.list(0, 1, row)?;
                let body = self.list(0, 4, row)?;
                Block::Table(Table { caption, columns: columns.clone(), head, body, span }.into())
            }
            12 => {
                let alt = if self.bytes.arbitrary()? { self.text()? } else { String::new() };
                let caption = self.list(0, 2, |maker| maker.inline(2))?;
                Block::Figure(Figure { resource: ResourceId(0), alt, caption, span }.into())
            }
            _ => {
                let mark = if self.bytes.arbitrary()? { Some(self.text()?) } else { None };
                Block::SceneBreak(SceneBreak { mark, span })
            }
        })
    }

    fn formula(&mut self) -> Result<String> {
        if self.bytes.arbitrary()? { Ok((*self.bytes.choose(FORMULAS)?).to_owned()) } else { self.text() }
    }

    fn inlines(&mut self, depth: usize) -> Result<Vec<Inline>> {
        self.list(1, 6, |maker| maker.inline(depth))
    }

    fn inline(&mut self, depth: usize) -> Result<Inline> {
        let kind = if depth < DEEPEST { self.bytes.int_in_range(0..=20)? } else { 0 };
        let depth = depth + 1;
        Ok(match kind {
            0..=4 => Inline::Text(self.text()?),
            5 => Inline::Emphasis(self.inlines(depth)?),
            6 => Inline::Strong(self.inlines(depth)?),
            7 => Inline::SmallCaps(self.inlines(depth)?),
            8 => Inline::Code(self.text()?),
            9 => Inline::Superscript(self.inlines(depth)?),
            10 => Inline::Subscript(self.inlines(depth)?),
            11 => Inline::Strikethrough(self.inlines(depth)?),
            12 => {
                let target = if self.bytes.arbitrary()? {
                    Target::External(format!("https://example.org/{}", self.text()?))
                } else {
                    Target::Internal(AnchorId("s1".into()))
                };
                Inline::Link(LinkTarget { target, content: self.inlines(depth)? }.into())
            }
            13 => Inline::Quotation(self.inlines(depth)?),
            14 => Inline::Abbreviation(Abbreviation { expansion: self.text()?, content: self.inlines(depth)? }.into()),
            15 => Inline::Math(self.formula()?),
            16 => Inline::Image { resource: ResourceId(0), alt: self.text()?.into(), title: "".into() },
            17 if !self.in_note => self.note()?,
            18 => Inline::Span(InlineSpan { language: self.language()?, content: self.inlines(depth)? }.into()),
            19 => Inline::Ruby { base: self.text()?.into(), reading: self.text()?.into() },
            _ => Inline::LineBreak,
        })
    }

    /// The mark of a new note.
    fn note(&mut self) -> Result<Inline> {
        self.in_note = true;
        let blocks = self.blocks(DEEPEST - 1)?;
        self.in_note = false;
        let number = self.document.notes.len() as u32;
        self.document.notes.push(Note { label: None, blocks, span: Span::default() });
        Ok(Inline::NoteRef(NoteId(number)))
    }
}
