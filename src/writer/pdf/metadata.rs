//! What the file says of the document: the information dictionary and the XMP packet, which must not differ.

use super::standard::Standards;
use super::syntax::clean_text;
use crate::model::{ContributorRole, Date, Identifier, Metadata};
use std::fmt::Write as _;

/// What stands in both places.
#[derive(Debug, Clone, Default)]
pub(super) struct Information {
    /// The title with the subtitle.
    pub(super) title: String,
    /// The authors' names.
    pub(super) authors: Vec<String>,
    /// The description.
    pub(super) subject: String,
    /// The subjects.
    pub(super) keywords: Vec<String>,
    /// The program that made the document, and the one that wrote the file: this one.
    pub(super) tool: String,
    /// When it was published.
    pub(super) date: Option<Date>,
}

impl Information {
    /// What is known of a document, cleaned.
    pub(super) fn new(meta: &Metadata) -> Information {
        let list = |texts: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            texts.map(clean_text).filter(|text| !text.is_empty()).collect()
        };
        let title = clean_text(&meta.title);
        Information {
            // A reader shows the title in its window: there must be one (ISO 14289-1, 7.1).
            title: if title.is_empty() { "Untitled".into() } else { title },
            authors: list(&mut meta.authors()),
            subject: clean_text(meta.description.as_deref().unwrap_or_default()),
            keywords: list(&mut meta.subjects.iter().map(String::as_str)),
            tool: concat!("bindery ", env!("CARGO_PKG_VERSION")).into(),
            date: meta.date,
        }
    }

    /// The authors as one text.
    pub(super) fn author(&self) -> String {
        clean_text(&self.authors.join(", "))
    }

    /// The keywords as one text.
    pub(super) fn keyword_list(&self) -> String {
        clean_text(&self.keywords.join(", "))
    }

    /// The date as PDF writes it (ISO 32000-1, 7.9.4), no more exact than it is known.
    pub(super) fn pdf_date(&self) -> Option<String> {
        self.date.map(|date| {
            let mut out = format!("D:{:04}", date.year);
            for part in [date.month, date.day].into_iter().map_while(|part| part) {
                let _ = write!(out, "{part:02}");
            }
            out
        })
    }

    /// The XMP packet.
    pub(super) fn xmp(&self, meta: &Metadata, standards: Standards) -> String {
        let mut out = String::with_capacity(4096);
        out.push_str("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        out.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
        out.push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
        out.push_str("<rdf:Description rdf:about=\"\"");
        for (prefix, namespace) in [
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("xmp", "http://ns.adobe.com/xap/1.0/"),
            ("pdf", "http://ns.adobe.com/pdf/1.3/"),
            ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
            ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
            ("xmpidq", "http://ns.adobe.com/xmp/Identifier/qual/1.0/"),
            ("calibre", CALIBRE),
            ("calibreSI", "http://calibre-ebook.com/xmp-namespace-series-index"),
        ] {
            let _ = write!(out, "\n xmlns:{prefix}=\"{namespace}\"");
        }
        out.push_str(">\n");
        self.push_dublin_core(&mut out, meta);
        push_identifier(&mut out, meta);
        let has_library_terms = push_library_terms(&mut out, meta);
        simple(&mut out, "xmp:CreatorTool", &self.tool);
        if let Some(date) = self.date {
            simple(&mut out, "xmp:CreateDate", &date.to_string());
            simple(&mut out, "xmp:ModifyDate", &date.to_string());
        }
        simple(&mut out, "pdf:Producer", &self.tool);
        if !self.keywords.is_empty() {
            simple(&mut out, "pdf:Keywords", &self.keyword_list());
        }
        if let Some(archival) = standards.archival {
            simple(&mut out, "pdfaid:part", &archival.part().to_string());
            simple(&mut out, "pdfaid:conformance", &archival.conformance().to_string());
        }
        if standards.accessible {
            simple(&mut out, "pdfuaid:part", "1");
        }
        out.push_str("</rdf:Description>\n");
        // PDF/A knows other schemas than those of XMP only where they are described (ISO 19005-2, 6.6.2.3).
        if standards.archival.is_some() {
            let schemas = [(standards.accessible, UA_SCHEMA), (has_library_terms, CALIBRE_SCHEMA)];
            push_schemas(&mut out, schemas.iter().filter(|(used, _)| *used).map(|(_, schema)| *schema));
        }
        out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        out
    }

    fn push_dublin_core(&self, out: &mut String, meta: &Metadata) {
        simple(out, "dc:format", "application/pdf");
        language(out, "dc:title", &self.title);
        list(out, "dc:creator", "Seq", self.authors.iter().map(String::as_str));
        let others = meta.contributors.iter().filter(|one| one.role != ContributorRole::Author);
        list(out, "dc:contributor", "Bag", others.map(|one| one.name.as_str()));
        list(out, "dc:language", "Bag", [meta.language.as_str()].into_iter());
        if !self.subject.is_empty() {
            language(out, "dc:description", &self.subject);
        }
        list(out, "dc:subject", "Bag", self.keywords.iter().map(String::as_str));
        list(out, "dc:publisher", "Bag", meta.publisher.as_deref().into_iter());
        if let Some(rights) = said(meta.rights.as_deref()) {
            language(out, "dc:rights", &rights);
        }
        if let Some(source) = said(meta.source.as_deref()) {
            simple(out, "dc:source", &source);
        }
        list(out, "dc:date", "Seq", self.date.map(|date| date.to_string()).as_deref().into_iter());
    }
}

/// The identifier as a URN or URL, and by its kind, as libraries look for it.
fn push_identifier(out: &mut String, meta: &Metadata) {
    let Some(identifier) = meta.identifier.as_deref().and_then(|text| Identifier::parse(text).ok()) else { return };
    let urn = clean_text(&identifier.urn());
    simple(out, "dc:identifier", &urn);
    let (scheme, name) = match &identifier {
        Identifier::Isbn(digits) => ("isbn", digits.clone()),
        Identifier::Doi(doi) => ("doi", clean_text(doi)),
        Identifier::Uuid(uuid) => ("uuid", uuid.to_string()),
        Identifier::Other(_) => return,
    };
    let _ = writeln!(
        out,
        "<xmp:Identifier><rdf:Bag><rdf:li rdf:parseType=\"Resource\"><xmpidq:Scheme>{scheme}</xmpidq:Scheme>\
         <rdf:value>{}</rdf:value></rdf:li></rdf:Bag></xmp:Identifier>",
        escaped(&name)
    );
}

/// What XMP has no terms for and libraries read by those of calibre: the series and what a title is sorted by. Gives back
/// whether there is any.
fn push_library_terms(out: &mut String, meta: &Metadata) -> bool {
    let series = meta.series.as_ref().and_then(|series| Some((said(Some(&series.name))?, &series.position)));
    if let Some((name, position)) = &series {
        let _ = write!(out, "<calibre:series rdf:parseType=\"Resource\"><rdf:value>{}</rdf:value>", escaped(name));
        if let Some(position) = said(position.as_deref()) {
            simple(out, "calibreSI:series_index", &position);
        }
        out.push_str("</calibre:series>\n");
    }
    let sorted = said(meta.sort_title.as_deref());
    if let Some(sorted) = &sorted {
        simple(out, "calibre:title_sort", sorted);
    }
    series.is_some() || sorted.is_some()
}

/// A text that is not empty.
fn said(text: Option<&str>) -> Option<String> {
    text.map(clean_text).filter(|text| !text.is_empty())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn simple(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escaped(value));
}

/// A text that might be there in several languages.
fn language(out: &mut String, name: &str, value: &str) {
    let _ =
        writeln!(out, "<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></{name}>", escaped(value));
}

/// A list: nothing where it has no items.
fn list<'a>(out: &mut String, name: &str, kind: &str, items: impl Iterator<Item = &'a str>) {
    let items: String = items
        .map(clean_text)
        .filter(|item| !item.is_empty())
        .map(|item| format!("<rdf:li>{}</rdf:li>", escaped(&item)))
        .collect();
    if !items.is_empty() {
        let _ = writeln!(out, "<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>");
    }
}

/// The namespace of the terms of calibre.
const CALIBRE: &str = "http://calibre-ebook.com/xmp-namespace";

/// A schema with its properties, each with its type and what it means.
type Schema = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);

const UA_SCHEMA: Schema = (
    "PDF/UA Universal Accessibility Schema",
    "http://www.aiim.org/pdfua/ns/id/",
    "pdfuaid",
    &[("part", "Integer", "Part of ISO 14289 the file conforms to")],
);

const CALIBRE_SCHEMA: Schema = (
    "Terms of the library program calibre",
    CALIBRE,
    "calibre",
    &[
        ("series", "Text", "Series that the work belongs to"),
        ("title_sort", "Text", "Title in the form that it is sorted by"),
    ],
);

/// The descriptions of schemas, as PDF/A wants them.
fn push_schemas(out: &mut String, schemas: impl Iterator<Item = Schema>) {
    let mut items = String::new();
    for (schema, namespace, prefix, properties) in schemas {
        let _ = write!(
            items,
            "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>{schema}</pdfaSchema:schema>\n\
             <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>\n<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\n\
             <pdfaSchema:property><rdf:Seq>"
        );
        for (name, kind, meaning) in properties {
            // A property that only machines set is internal.
            let category = if prefix == "pdfuaid" { "internal" } else { "external" };
            let _ = write!(
                items,
                "<rdf:li rdf:parseType=\"Resource\">\n<pdfaProperty:name>{name}</pdfaProperty:name>\n\
                 <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>\n\
                 <pdfaProperty:category>{category}</pdfaProperty:category>\n\
                 <pdfaProperty:description>{meaning}</pdfaProperty:description>\n</rdf:li>"
            );
        }
        items.push_str("</rdf:Seq></pdfaSchema:property>\n</rdf:li>");
    }
    if !items.is_empty() {
        let _ = write!(
            out,
            "<rdf:Description rdf:about=\"\"\n xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n \
             xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n \
             xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
             <pdfaExtension:schemas><rdf:Bag>{items}</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_no_more_exact_than_they_are_known() {
        let at = |text: &str| Information { date: text.parse().ok(), ..Information::default() }.pdf_date();
        assert_eq!(at("1869").as_deref(), Some("D:1869"));
        assert_eq!(at("2024-05").as_deref(), Some("D:202405"));
        assert_eq!(at("2024-05-31").as_deref(), Some("D:20240531"));
    }

    #[test]
    fn the_packet_tells_people_identifier_and_series() {
        let mut meta = Metadata { title: "T".into(), ..Metadata::default() };
        meta.contributors.push(crate::model::Contributor {
            name: "B & C".into(),
            role: ContributorRole::Translator,
            file_as: None,
        });
        meta.identifier = Some("978-3-16-148410-0".into());
        meta.series = Some(crate::model::Series { name: "Owls".into(), position: Some("2".into()) });
        let xmp = Information::new(&meta).xmp(&meta, Standards::default());
        roxmltree::Document::parse(xmp.trim_start_matches(|c| c != '\n')).unwrap();
        for part in [
            "<dc:contributor><rdf:Bag><rdf:li>B &amp; C<",
            "<dc:identifier>urn:isbn:9783161484100<",
            "<xmpidq:Scheme>isbn</xmpidq:Scheme><rdf:value>9783161484100<",
            "<rdf:value>Owls</rdf:value><calibreSI:series_index>2<",
            "<pdfaSchema:prefix>calibre<",
        ] {
            assert!(xmp.contains(part), "{part}: {xmp}");
        }
        meta.series = None;
        assert!(!Information::new(&meta).xmp(&meta, Standards::default()).contains("pdfaSchema:prefix>calibre"));
    }

    #[test]
    fn the_packet_is_escaped_and_claims_what_is_asked() {
        let meta = Metadata { title: "A < B & C\u{7}".into(), ..Metadata::default() };
        let xmp = Information::new(&meta).xmp(&meta, Standards::default());
        assert!(xmp.contains("A &lt; B &amp; C<"));
        assert!(xmp.contains("<pdfaid:part>2<") && xmp.contains("<pdfuaid:part>1<"));
        let none = Information::new(&meta).xmp(&meta, Standards::NONE);
        assert!(!none.contains("id:part"));
    }
}
