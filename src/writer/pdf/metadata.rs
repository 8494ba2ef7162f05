//! What the file says of the document: the information dictionary and the XMP packet, which must not differ.

use super::standard::Standards;
use super::syntax::clean_text;
use crate::model::{Date, Metadata};
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
        ] {
            let _ = write!(out, "\n xmlns:{prefix}=\"{namespace}\"");
        }
        out.push_str(">\n");
        self.push_dublin_core(&mut out, meta);
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
        // PDF/A knows the schema of PDF/UA only where it is described (ISO 19005-2, 6.6.2.3).
        if standards.accessible && standards.archival.is_some() {
            out.push_str(UA_SCHEMA);
        }
        out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        out
    }

    fn push_dublin_core(&self, out: &mut String, meta: &Metadata) {
        simple(out, "dc:format", "application/pdf");
        language(out, "dc:title", &self.title);
        list(out, "dc:creator", "Seq", self.authors.iter().map(String::as_str));
        list(out, "dc:language", "Bag", [meta.language.as_str()].into_iter());
        if !self.subject.is_empty() {
            language(out, "dc:description", &self.subject);
        }
        list(out, "dc:subject", "Bag", self.keywords.iter().map(String::as_str));
        list(out, "dc:publisher", "Bag", meta.publisher.as_deref().into_iter());
        if let Some(rights) = meta.rights.as_deref().map(clean_text).filter(|text| !text.is_empty()) {
            language(out, "dc:rights", &rights);
        }
        for (name, value) in [("dc:identifier", &meta.identifier), ("dc:source", &meta.source)] {
            if let Some(value) = value.as_deref().map(clean_text).filter(|text| !text.is_empty()) {
                simple(out, name, &value);
            }
        }
        list(out, "dc:date", "Seq", self.date.map(|date| date.to_string()).as_deref().into_iter());
    }
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

/// The description of the schema of PDF/UA, as PDF/A wants it.
const UA_SCHEMA: &str = r##"<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"##;

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
    fn the_packet_is_escaped_and_claims_what_is_asked() {
        let meta = Metadata { title: "A < B & C\u{7}".into(), ..Metadata::default() };
        let xmp = Information::new(&meta).xmp(&meta, Standards::default());
        assert!(xmp.contains("A &lt; B &amp; C<"));
        assert!(xmp.contains("<pdfaid:part>2<") && xmp.contains("<pdfuaid:part>1<"));
        let none = Information::new(&meta).xmp(&meta, Standards::NONE);
        assert!(!none.contains("id:part"));
    }
}
