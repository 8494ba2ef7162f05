//! The document as an indented text, for people and for tests.

use super::{Block, Document, Inline, ListKind, Section, Target};
use std::fmt::Write as _;

impl Document {
    /// The document as text: a line for each section and block, indented by depth; inlines between marks:
    /// `_emphasis_`, `*strong*`, `^small caps^`, `` `code` ``, `<link>`, `[n1]`.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "title: {}", self.meta.title);
        if let Some(subtitle) = &self.meta.subtitle {
            let _ = writeln!(out, "subtitle: {subtitle}");
        }
        for one in &self.meta.contributors {
            let _ = writeln!(out, "{}: {}", one.role.marc(), one.name);
        }
        let _ = writeln!(out, "language: {}", self.meta.language);
        for section in &self.sections {
            dump_section(section, 0, &mut out);
        }
        for (number, note) in self.notes.iter().enumerate() {
            let _ = writeln!(out, "note {number} {}", note.label.as_deref().unwrap_or("-"));
            dump_blocks(&note.blocks, 1, &mut out);
        }
        out
    }
}

fn indent(depth: usize, out: &mut String) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn dump_section(section: &Section, depth: usize, out: &mut String) {
    indent(depth, out);
    let _ = write!(out, "# {} {} {}", section.matter, section.role, section.id.0);
    if let Some(heading) = &section.heading {
        let lines: Vec<String> = heading.lines().map(dump_inlines).collect();
        let _ = write!(out, ": {}", lines.join(" / "));
    }
    out.push('\n');
    dump_blocks(&section.blocks, depth + 1, out);
    for child in &section.children {
        dump_section(child, depth + 1, out);
    }
}

fn dump_blocks(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        indent(depth, out);
        match block {
            Block::Paragraph(paragraph) => {
                let _ = writeln!(out, "{}: {}", paragraph.role, dump_inlines(&paragraph.content));
            }
            Block::Quote(quote) => {
                let _ = writeln!(out, "{}", quote.kind);
                dump_blocks(&quote.blocks, depth + 1, out);
            }
            Block::Verse(verse) => {
                out.push_str("verse\n");
                for (number, stanza) in verse.stanzas.iter().enumerate() {
                    if number > 0 {
                        out.push('\n');
                    }
                    for line in &stanza.lines {
                        indent(depth + 1 + usize::from(line.indent), out);
                        let _ = writeln!(out, "| {}", dump_inlines(&line.content));
                    }
                }
            }
            Block::Speech(speech) => {
                let _ = writeln!(out, "speech: {}", dump_inlines(&speech.speaker));
                dump_blocks(&speech.blocks, depth + 1, out);
            }
            Block::List(list) => {
                match list.kind {
                    ListKind::Bullet => out.push_str("list\n"),
                    ListKind::Ordered { start, numbering } => {
                        let _ = writeln!(out, "list {} from {start}", numbering);
                    }
                }
                for item in &list.items {
                    indent(depth + 1, out);
                    out.push_str("item\n");
                    dump_blocks(&item.blocks, depth + 2, out);
                }
            }
            Block::Definitions(list) => {
                out.push_str("definitions\n");
                for entry in &list.entries {
                    for term in &entry.terms {
                        indent(depth + 1, out);
                        let _ = writeln!(out, "term: {}", dump_inlines(term));
                    }
                    for meaning in &entry.meanings {
                        indent(depth + 1, out);
                        out.push_str("meaning\n");
                        dump_blocks(&meaning.blocks, depth + 2, out);
                    }
                }
            }
            Block::Math(math) => {
                let _ = writeln!(out, "math: {}", math.source);
            }
            Block::Code(code) => {
                let _ = writeln!(out, "code {}", code.language.as_deref().unwrap_or("-"));
                for line in &code.lines {
                    indent(depth + 1, out);
                    let _ = writeln!(out, "| {line}");
                }
            }
            Block::Table(table) => {
                let _ = writeln!(out, "table: {}", dump_inlines(&table.caption));
                for row in table.head.iter().chain(&table.body) {
                    indent(depth + 1, out);
                    let cells: Vec<String> = row.cells.iter().map(|cell| dump_inlines(&cell.content)).collect();
                    let _ = writeln!(out, "| {} |", cells.join(" | "));
                }
            }
            Block::Figure(figure) => {
                let _ =
                    writeln!(out, "figure {}: {}: {}", figure.resource.0, figure.alt, dump_inlines(&figure.caption));
            }
            Block::SceneBreak(pause) => {
                let _ = writeln!(out, "scene break {}", pause.mark.as_deref().unwrap_or("-"));
            }
        }
    }
}

fn dump_inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    let around = |open: &str, content: &[Inline], close: &str, out: &mut String| {
        out.push_str(open);
        push_inlines(content, out);
        out.push_str(close);
    };
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Emphasis(content) => around("_", content, "_", out),
            Inline::Strong(content) => around("*", content, "*", out),
            Inline::SmallCaps(content) => around("^", content, "^", out),
            Inline::Superscript(content) => around("{+", content, "}", out),
            Inline::Subscript(content) => around("{-", content, "}", out),
            Inline::Strikethrough(content) => around("~", content, "~", out),
            Inline::Code(text) => {
                let _ = write!(out, "`{text}`");
            }
            Inline::Link(link) => {
                let target = match &link.target {
                    Target::External(address) => address,
                    Target::Internal(anchor) => &anchor.0,
                };
                around("<", &link.content, &format!(" → {target}>"), out);
            }
            Inline::Quotation(content) => around("{q: ", content, "}", out),
            Inline::Abbreviation(short) => around("{", &short.content, &format!(" = {}}}", short.expansion), out),
            Inline::Math(source) => {
                let _ = write!(out, "${source}$");
            }
            Inline::Image { resource, alt, title } => {
                let _ = write!(out, "[image {}: {alt}", resource.0);
                if !title.is_empty() {
                    let _ = write!(out, ": {title}");
                }
                out.push(']');
            }
            Inline::NoteRef(note) => {
                let _ = write!(out, "[n{}]", note.0);
            }
            Inline::LineBreak => out.push_str(" ⏎ "),
            Inline::Span(span) => around(&format!("{{{}: ", span.language), &span.content, "}", out),
            Inline::Ruby { base, reading } => {
                let _ = write!(out, "{{{base}《{reading}》}}");
            }
        }
    }
}
