//! Blocks as XHTML.

use super::content::Content;
use super::plan::is_blank;
use super::xml;
use crate::model::{
    Alignment, Block, CodeBlock, Definitions, Figure, List, ListKind, MathBlock, Numbering, Paragraph, ParagraphRole,
    Quote, QuoteKind, ResourceId, Row, SceneBreak, SectionRole, Speech, Table, Verse,
};
use std::fmt::Write as _;

impl Content<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Quote(quote) => self.quote(quote),
                Block::Verse(verse) => self.verse(verse),
                Block::Speech(speech) => self.speech(speech),
                Block::List(list) => self.list(list),
                Block::Definitions(list) => self.definitions(list),
                Block::Code(code) => self.code(code),
                Block::Math(math) => self.math_block(math),
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
                Block::SceneBreak(pause) => self.scene_break(pause),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.out.push_str(match paragraph.role {
            ParagraphRole::Body => "<p>",
            ParagraphRole::Standfirst => "<p class=\"standfirst\">",
            ParagraphRole::Continued => "<p class=\"continued\">",
            ParagraphRole::Centered => "<p class=\"centered\">",
            ParagraphRole::DateLine => "<p class=\"dateline\">",
            ParagraphRole::Address => "<p class=\"address\">",
            ParagraphRole::Salutation => "<p class=\"salutation\" epub:type=\"z3998:salutation\">",
            ParagraphRole::Signature => "<p class=\"signature\" epub:type=\"z3998:signature\">",
            ParagraphRole::StageDirection => "<p class=\"stage-direction\" epub:type=\"z3998:stage-direction\">",
            ParagraphRole::Attribution => "<p class=\"attribution\">",
            ParagraphRole::Argument => "<p class=\"argument\">",
        });
        self.leaf(&paragraph.content);
        self.out.push_str("</p>\n");
    }

    fn quote(&mut self, quote: &Quote) {
        // In a section that is an epigraph, the quotation in it is not another one.
        let within = self.sections.last() == Some(&SectionRole::Epigraph);
        self.out.push_str(match quote.kind {
            QuoteKind::Epigraph if !within => {
                "<blockquote class=\"epigraph\" epub:type=\"epigraph\" role=\"doc-epigraph\">\n"
            }
            QuoteKind::Quotation | QuoteKind::Epigraph => "<blockquote>\n",
            QuoteKind::Letter => "<blockquote class=\"letter\" epub:type=\"z3998:letter\">\n",
        });
        self.blocks(&quote.blocks);
        self.out.push_str("</blockquote>\n");
    }

    fn verse(&mut self, verse: &Verse) {
        self.out.push_str("<div class=\"verse\" epub:type=\"z3998:verse\">\n");
        for stanza in &verse.stanzas {
            self.out.push_str("<p class=\"stanza\">");
            for (at, line) in stanza.lines.iter().enumerate() {
                if at > 0 {
                    self.out.push_str("<br/>\n");
                }
                match line.indent {
                    0 => self.out.push_str("<span class=\"line\">"),
                    // The stylesheet knows eight levels.
                    indent => {
                        let _ = write!(self.out, "<span class=\"line i{}\">", indent.min(8));
                    }
                }
                self.leaf(&line.content);
                self.out.push_str("</span>");
            }
            self.out.push_str("</p>\n");
        }
        self.out.push_str("</div>\n");
    }

    /// A speech: the name stands in the first paragraph where there is one, else on a line of its own.
    fn speech(&mut self, speech: &Speech) {
        self.out.push_str("<div class=\"speech\">\n");
        let rest = match speech.blocks.split_first() {
            Some((Block::Paragraph(first), rest))
                if matches!(first.role, ParagraphRole::Body | ParagraphRole::Continued) =>
            {
                self.out.push_str("<p><b class=\"speaker\" epub:type=\"z3998:persona\">");
                self.leaf(&speech.speaker);
                self.out.push_str("</b> ");
                self.leaf(&first.content);
                self.out.push_str("</p>\n");
                rest
            }
            _ => {
                self.out.push_str("<p class=\"speaker\" epub:type=\"z3998:persona\">");
                self.leaf(&speech.speaker);
                self.out.push_str("</p>\n");
                &speech.blocks
            }
        };
        self.blocks(rest);
        self.out.push_str("</div>\n");
    }

    fn list(&mut self, list: &List) {
        let tag = match list.kind {
            ListKind::Bullet => {
                self.out.push_str("<ul>\n");
                "ul"
            }
            ListKind::Ordered { start, numbering } => {
                self.out.push_str("<ol");
                self.out.push_str(match numbering {
                    Numbering::Decimal => "",
                    Numbering::LowerAlpha => " type=\"a\"",
                    Numbering::UpperAlpha => " type=\"A\"",
                    Numbering::LowerRoman => " type=\"i\"",
                    Numbering::UpperRoman => " type=\"I\"",
                });
                if start != 1 {
                    let _ = write!(self.out, " start=\"{start}\"");
                }
                self.out.push_str(">\n");
                "ol"
            }
        };
        for item in &list.items {
            // The box of a task is its bullet; behind a number it is one of its words.
            let is_task = list.kind == ListKind::Bullet && item.task().is_some();
            self.out.push_str(if is_task { "<li class=\"task\">" } else { "<li>" });
            self.item(&item.blocks);
            self.out.push_str("</li>\n");
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn definitions(&mut self, list: &Definitions) {
        self.out.push_str("<dl>\n");
        for entry in &list.entries {
            for term in &entry.terms {
                self.out.push_str("<dt>");
                self.leaf(term);
                self.out.push_str("</dt>\n");
            }
            for meaning in &entry.meanings {
                self.out.push_str("<dd>");
                self.item(&meaning.blocks);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    /// What is in an item: a paragraph that is alone needs no tags of its own.
    fn item(&mut self, blocks: &[Block]) {
        match blocks {
            [Block::Paragraph(only)] if only.role == ParagraphRole::Body => self.leaf(&only.content),
            blocks => self.blocks(blocks),
        }
    }

    /// A formula that is a leaf of its own.
    fn math_block(&mut self, math: &MathBlock) {
        self.marks_up_to(0);
        self.out.push_str("<div class=\"math\">");
        self.math(&math.source, true);
        self.out.push_str("</div>\n");
        self.leaf += 1;
    }

    fn code(&mut self, code: &CodeBlock) {
        let language: String = code
            .language
            .iter()
            .flat_map(|name| name.chars())
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#'))
            .take(40)
            .collect();
        self.out.push_str("<pre><code");
        if !language.is_empty() {
            let _ = write!(self.out, " class=\"language-{language}\"");
        }
        self.out.push('>');
        let mut highlighter = self.book.options.highlight.reader(code.language.as_deref());
        for (at, line) in code.lines.iter().enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            self.code_leaf(&highlighter.line(line));
        }
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, table: &Table) {
        self.marks_up_to(0);
        let has_cells = |rows: &[Row]| rows.iter().any(|row| !row.cells.is_empty());
        if !has_cells(&table.head) && !has_cells(&table.body) {
            if table.caption.is_empty() {
                self.leaf += 1;
            } else {
                self.out.push_str("<p class=\"caption\">");
                self.leaf(&table.caption);
                self.out.push_str("</p>\n");
            }
            return;
        }
        self.out.push_str("<table>\n");
        if table.caption.is_empty() {
            self.leaf += 1;
        } else {
            self.out.push_str("<caption>");
            self.leaf(&table.caption);
            self.out.push_str("</caption>\n");
        }
        // A head with no rows below it heads nothing.
        let heads = has_cells(&table.body);
        if has_cells(&table.head) {
            self.out.push_str("<thead>\n");
            table.head.iter().for_each(|row| self.row(row, &table.columns, heads));
            self.out.push_str("</thead>\n");
        }
        if has_cells(&table.body) {
            self.out.push_str("<tbody>\n");
            table.body.iter().for_each(|row| self.row(row, &table.columns, false));
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn row(&mut self, row: &Row, columns: &[Alignment], heads: bool) {
        self.out.push_str("<tr>");
        for (at, cell) in row.cells.iter().enumerate() {
            let class = match columns.get(at) {
                Some(Alignment::Center) => " class=\"center\"",
                Some(Alignment::End) => " class=\"end\"",
                Some(Alignment::Start) | None => "",
            };
            // A head without words names no column.
            let tag = if heads && !is_blank(&cell.content) { "th" } else { "td" };
            let scope = if tag == "th" { " scope=\"col\"" } else { "" };
            let _ = write!(self.out, "<{tag}{scope}{class}>");
            self.leaf(&cell.content);
            let _ = write!(self.out, "</{tag}>");
        }
        self.out.push_str("</tr>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        self.marks_up_to(0);
        self.out.push_str("<figure>\n");
        self.image(figure.resource, &figure.alt, "");
        if figure.caption.is_empty() {
            self.leaf += 1;
        } else {
            self.out.push_str("\n<figcaption>");
            self.leaf(&figure.caption);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("\n</figure>\n");
    }

    pub(super) fn image(&mut self, resource: ResourceId, alt: &str, title: &str) {
        if let Some(file) = self.book.pictures.get(resource.0 as usize) {
            let _ = write!(self.out, "<img src=\"../{file}\" alt=\"{}\"", xml::attribute(alt.trim()));
            if !title.trim().is_empty() {
                let _ = write!(self.out, " title=\"{}\"", xml::attribute(title.trim()));
            }
            self.out.push_str("/>");
        }
    }

    fn scene_break(&mut self, pause: &SceneBreak) {
        self.out.push_str(match pause.mark {
            Some(_) => "<hr class=\"scene-break\"/>\n",
            None => "<hr class=\"scene-break blank\"/>\n",
        });
    }
}
