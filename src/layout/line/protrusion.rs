//! How far characters hang over the edges of the measure, so that the edges look straight.

/// How far the first character of a line hangs over the left edge, in parts of its width.
pub(crate) fn left(character: char) -> f32 {
    // After microtype's table for serif faces, rounded: round and slanting letters a twentieth, marks more.
    match character {
        'A' | 'T' | 'V' | 'W' | 'X' | 'Y' | 'v' | 'w' | 'x' | 'y' | 'j' | 'J' => 0.05,
        '“' | '”' | '„' | '"' | '«' | '‹' => 0.3,
        '‘' | '’' | '‚' | '\'' => 0.4,
        '-' | '\u{2010}' => 0.4,
        '–' => 0.25,
        '—' => 0.15,
        '(' | '[' => 0.1,
        '*' | '†' => 0.2,
        // Ideographic brackets fill the right half of their square.
        '「' | '『' | '（' | '《' | '〈' | '【' | '〔' => 0.5,
        _ => 0.0,
    }
}

/// How far the last character of a line hangs over the right edge, in parts of its width.
pub(crate) fn right(character: char) -> f32 {
    match character {
        'A' | 'F' | 'K' | 'L' | 'T' | 'V' | 'W' | 'X' | 'Y' | 'k' | 'r' | 'v' | 'w' | 'x' => 0.05,
        't' | 'y' => 0.07,
        '.' | ',' => 0.7,
        ':' => 0.5,
        ';' => 0.4,
        '!' | '?' => 0.15,
        '“' | '”' | '"' | '»' | '›' => 0.3,
        '‘' | '’' | '\'' => 0.4,
        '-' | '\u{2010}' | '\u{ad}' => 0.5,
        '–' => 0.25,
        '—' => 0.15,
        ')' | ']' => 0.15,
        '*' | '†' => 0.2,
        '」' | '』' | '）' | '》' | '〉' | '】' | '〕' | '。' | '，' | '、' | '；' | '：' | '！' | '？' => {
            0.5
        }
        _ => 0.0,
    }
}
