//! Titles for texts that show none.

use crate::diag::{Code, Diagnostics};

/// The title of a text that shows none: the one that was told for this case, else the name of the file in words.
pub(crate) fn from_name(name: &str, fallback: Option<&str>, diagnostics: &mut Diagnostics) -> String {
    if let Some(title) = fallback.map(str::trim).filter(|title| !title.is_empty()) {
        return title.to_owned();
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    let words: Vec<&str> = stem
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-' || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let mut title = words.join(" ");
    if let Some(first) = title.chars().next() {
        title.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    if title.is_empty() {
        title = "Untitled".to_owned();
    }
    diagnostics.warn(
        Code::TitleFromFileName,
        None,
        format!("the text shows no title: “{title}” is made from the file's name"),
        "give --title",
    );
    title
}
