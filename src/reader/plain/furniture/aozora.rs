//! Aozora Bunko: title and author in the first two lines, an explanation of signs between rules, the base text at the end.

use super::leave_out;
use crate::model::ContributorRole;
use crate::reader::plain::Findings;
use crate::reader::plain::line::Line;
use crate::reader::plain::statement::{Fact, Statement};

/// A rule of hyphens is at least this long.
const RULE: usize = 10;

/// Takes the furniture off and notes title and people.
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
    let colophon = lines.iter().rposition(|line| line.text.starts_with("底本：") || line.text.starts_with("底本:"));
    let work_end = match colophon {
        Some(at) if at * 2 > lines.len() => at,
        _ => lines.len(),
    };
    let Some((first, second)) = explained else {
        let (work, rest) = lines.split_at(work_end);
        leave_out(rest, "distributor's note on the base text", findings);
        return work;
    };
    let (head, _) = lines.split_at(first);
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
    leave_out(head, "title and author, now in the metadata", findings);
    leave_out(lines.get(first..=second).unwrap_or(&[]), "explanation of the distributor's signs", findings);
    let (_, rest) = lines.split_at((second + 1).min(lines.len()));
    let (work, colophon) = rest.split_at(work_end.saturating_sub(second + 1).min(rest.len()));
    leave_out(colophon, "distributor's note on the base text", findings);
    work
}
