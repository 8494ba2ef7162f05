//! Lists, whose labels are told apart from what they are before.

use super::reader::Reader;
use bindery::batch::{Config, Format, Text, convert};
use bindery::font::Library;

#[test]
fn the_box_of_a_task_is_its_label_and_one_behind_a_number_is_a_word() {
    let text = "# Owls\n\n- [x] fed\n- [ ] *weighed*\n- owl\n\n1. [ ] one\n";
    let text = Text { bytes: text.as_bytes(), name: "owls.md", modified: None, folder: None };
    let editions = convert(&text, &[Format::Pdf], &Config::default(), &Library::built_in()).editions.unwrap();
    let tree = Reader::new(&editions[0].data).tree();
    let lines: Vec<&str> = tree.lines().map(str::trim).collect();
    let labels: Vec<&str> = lines
        .windows(2)
        .filter(|pair| pair[0].starts_with("Lbl"))
        .map(|pair| pair[1].trim_matches(['“', '”', ' ']))
        .collect();
    assert_eq!(labels, ["☒", "☐", "•", "1."], "{tree}");
    for words in ["“fed”", "“weighed”", "“owl”", "“☐ one”"] {
        assert!(lines.contains(&words), "{words} is not in\n{tree}");
    }
}
