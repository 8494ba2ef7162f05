//! Aozora Bunko: title and author in the first lines, an explanation of signs between rules, the base text at the end,
//! annotations of the layout in ［＃…］.

use super::leave_out;
use crate::model::ContributorRole;
use crate::reader::plain::Findings;
use crate::reader::plain::line::{Line, Said};
use crate::reader::plain::number;
use crate::reader::plain::statement::{Fact, Statement};
use std::borrow::Cow;

/// A rule of hyphens is at least this long.
const RULE: usize = 10;

/// Lines of title, subtitle and people where no rule ends them.
const HEAD: std::ops::RangeInclusive<usize> = 2..=5;

/// Takes the furniture off and notes title, people and base text.
pub(super) fn strip<'l, 'a>(
    lines: &'l [Line<'a>],
    statements: &mut Vec<Statement>,
    findings: &mut Findings,
) -> &'l [Line<'a>] {
    let is_rule = |line: &Line| line.text.len() >= RULE && line.text.bytes().all(|byte| byte == b'-');
    let mut rules = lines.iter().take(60).enumerate().filter(|(_, line)| is_rule(line)).map(|(at, _)| at);
    let explained = match (rules.next(), rules.next()) {
        (Some(first), Some(second)) => {
            let within = lines.get(first..second).unwrap_or(&[]);
            within.iter().any(|line| line.text.contains('《') || line.text.contains("［＃")).then_some((first, second))
        }
        _ => None,
    };
    let colophon = lines.iter().rposition(|line| base_text(line.text).is_some()).filter(|at| *at * 2 > lines.len());
    let (work, rest) = lines.split_at(colophon.unwrap_or(lines.len()));
    if let Some(text) = rest.first().and_then(|line| base_text(line.text)) {
        statements.push(Statement { fact: Fact::Source, lines: vec![text.trim().to_owned()] });
    }
    leave_out(rest, "distributor's note on the base text", findings);
    let lead = work.iter().take_while(|line| line.is_blank()).count();
    let head_end = match (explained, colophon) {
        (Some((first, _)), _) => first,
        // A short work needs no explanation of signs.
        (None, Some(_)) => {
            let end = lead + work.iter().skip(lead).take_while(|line| !line.is_blank()).count();
            if HEAD.contains(&(end - lead)) { end } else { 0 }
        }
        (None, None) => 0,
    };
    let (head, text) = work.split_at(head_end);
    state_head(head, statements);
    leave_out(head, "title and author, now in the metadata", findings);
    let Some((first, second)) = explained else { return text };
    leave_out(lines.get(first..=second).unwrap_or(&[]), "explanation of the distributor's signs", findings);
    work.get(second + 1..).unwrap_or(&[])
}

/// The base text that a line names.
fn base_text(text: &str) -> Option<&str> {
    text.strip_prefix("底本：").or_else(|| text.strip_prefix("底本:"))
}

/// Notes what the lines above a work say: its title, then its subtitle, its author, its translator.
fn state_head(head: &[Line], statements: &mut Vec<Statement>) {
    let named: Vec<&Line> = head.iter().filter(|line| !line.is_blank()).collect();
    let author = named.iter().skip(1).rposition(|line| !line.text.ends_with('訳')).map(|at| at + 1);
    for (at, line) in named.iter().enumerate() {
        let translated = line.text.strip_suffix('訳');
        let fact = match at {
            0 => Fact::Title,
            _ if translated.is_some() => Fact::Person(ContributorRole::Translator),
            _ if Some(at) == author => Fact::Person(ContributorRole::Author),
            _ => Fact::Subtitle,
        };
        statements.push(Statement { fact, lines: vec![translated.unwrap_or(line.text).trim().to_owned()] });
    }
}

/// The lines without annotations of their layout; what those say is kept with the lines: headings, indents, page ends.
pub(super) fn annotations<'l, 'a>(lines: Cow<'l, [Line<'a>]>, findings: &mut Findings) -> Cow<'l, [Line<'a>]> {
    let mut kept = Vec::with_capacity(lines.len());
    let (mut page_ends, mut indent, mut heading) = (false, 0, None);
    for mut line in lines.iter().copied() {
        let mut alone = false;
        let mut own_indent = 0;
        let mut own_heading = heading;
        let mut text = line.text;
        while let Some((note, length)) = leading(text) {
            let start = line.text.len() - text.len();
            findings.leave_out(line.place(start, start + length), REASON);
            alone = true;
            match note.strip_prefix("ここから") {
                Some(block) => {
                    indent = columns(block).unwrap_or(indent);
                    heading = Said::of(block).or(heading);
                    own_heading = heading;
                }
                None if note.starts_with("ここで") => {
                    indent = if note.contains("字下げ") { 0 } else { indent };
                    heading = if note.contains("見出し") { None } else { heading };
                }
                None => {
                    own_indent = columns(note).unwrap_or(own_indent);
                    own_heading = Said::of(note).or(own_heading);
                    page_ends |=
                        note.starts_with("改ページ") || note.starts_with("改丁") || note.starts_with("改見開き");
                }
            }
            text = text.get(length..).unwrap_or("").trim_start();
        }
        let start = line.text.len() - text.len();
        while let Some((note, length)) = trailing(text) {
            let end = start + text.len();
            findings.leave_out(line.place(end - length, end), REASON);
            own_heading = Said::of(note).or(own_heading);
            text = text.get(..text.len() - length).unwrap_or("").trim_end();
        }
        if text.len() < line.text.len() {
            line = line.cut(start, start + text.len());
        }
        if alone && line.is_blank() {
            continue;
        }
        line.indent += indent + own_indent;
        line.said = own_heading.filter(|_| !line.is_blank());
        line.new_page |= page_ends;
        page_ends = false;
        kept.push(line);
    }
    Cow::Owned(kept)
}

impl Said {
    /// The heading that an annotation makes of a line.
    fn of(note: &str) -> Option<Said> {
        const WORDS: [(&str, Said); 3] =
            [("大見出し", Said::Large), ("中見出し", Said::Middle), ("小見出し", Said::Small)];
        let (_, said) = WORDS.iter().find(|(word, _)| note.ends_with(word))?;
        Some(*said)
    }
}

/// How an annotation begins.
pub(super) const OPEN: &str = "［＃";
const CLOSE: char = '］';
const REASON: &str = "annotation of the layout";

/// An annotation of the layout at the start of a line, and how many bytes it takes.
fn leading(text: &str) -> Option<(&str, usize)> {
    let (note, _) = text.strip_prefix(OPEN)?.split_once(CLOSE)?;
    const LAYOUT: [&str; 9] =
        ["字下げ", "字詰め", "地付き", "字上げ", "見出し", "改ページ", "改丁", "改段", "改見開き"];
    let is_layout = LAYOUT.iter().any(|word| note.contains(word)) && !note.starts_with('「');
    (is_layout || note.starts_with("ここ")).then_some((note, OPEN.len() + note.len() + CLOSE.len_utf8()))
}

/// An annotation at the end of a line that makes it a heading, and how many bytes it takes.
fn trailing(text: &str) -> Option<(&str, usize)> {
    let (_, note) = text.strip_suffix(CLOSE)?.rsplit_once(OPEN)?;
    let is_layout = note.ends_with("見出し") || note.ends_with("終わり");
    is_layout.then_some((note, OPEN.len() + note.len() + CLOSE.len_utf8()))
}

/// The columns of "３字下げ": an ideograph is two wide.
fn columns(note: &str) -> Option<u32> {
    let (number, _) = note.split_once("字下げ")?;
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let digits: String = number.chars().skip_while(|c| !is_digit(*c)).take_while(|c| is_digit(*c)).collect();
    number::parse(&digits).map(|(value, _)| value.min(40) * 2)
}
