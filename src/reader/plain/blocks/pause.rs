//! Scene breaks: a mark of many kinds, or more blank lines than usual.

use super::group::Group;

/// The characters that marks of scene breaks are made of.
fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '*' | '#'
            | '~'
            | '-'
            | '–'
            | '—'
            | '―'
            | '_'
            | '='
            | '+'
            | '.'
            | '·'
            | '•'
            | '◦'
            | '∙'
            | '●'
            | '○'
            | '◆'
            | '◇'
            | '★'
            | '☆'
            | '⁂'
            | '⁎'
            | '❦'
            | '❧'
            | '☙'
            | '✻'
            | '✽'
            | '❖'
            | '§'
            | '¶'
            | '※'
            | '■'
            | '□'
            | '▲'
            | '△'
            | '～'
            | '＊'
            | '…'
            | ':'
            | '^'
            | '†'
    )
}

/// Characters that mark a scene break alone.
fn is_strong(c: char) -> bool {
    !matches!(c, '.' | ':' | '-' | '–' | '_' | '=' | '+' | '^' | '…' | '·' | '—' | '―' | '†')
}

/// The mark that a line is, if it is one.
pub(super) fn mark(text: &str) -> Option<&str> {
    let inner = text.trim_matches(|c: char| c == '-' || c == '*' || c.is_whitespace());
    if matches!(inner, "oOo" | "o0o" | "o O o" | "x x x" | "o o o") {
        return Some(text);
    }
    let mut count = 0;
    let mut strong = false;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !is_ornament(c) {
            return None;
        }
        count += 1;
        strong |= is_strong(c);
    }
    // "..." alone is somebody's silence.
    let silence = text.chars().all(|c| matches!(c, '.' | '…' | ':')) && count < 4;
    (strong || count >= 2 && !silence).then_some(text)
}

/// Whether a group is nothing but marks.
pub(super) fn is_pause(group: &Group) -> bool {
    group.lines.iter().all(|line| mark(line.text).is_some())
}

/// Whether a group begins in emphasis that its first line does not close, or ends in it: what a work sets so stands apart
/// from its prose for that, not for a pause.
pub(super) fn is_set_in_emphasis(group: &Group) -> bool {
    let rest = group.first().strip_prefix('_');
    rest.is_some_and(|rest| !rest.contains('_') || group.last().trim_end_matches(['.', ',']).ends_with('_'))
}

/// The mark of a pause, white space made one, at most as long as a reader needs to know it by.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_many_kinds() {
        for text in ["* * *", "***", "-----", "#", "⁂", "~", "• • •", "--oOo--", "_____", ". . . . ."] {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in ["...", "-", "* a *", "]", "", "1"] {
            assert!(mark(text).is_none(), "{text}");
        }
    }
}
