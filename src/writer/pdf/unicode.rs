//! The character map of a font: from code to text (ISO 32000-1, 9.10.3).

use super::subset::Subset;
use std::fmt::Write as _;

/// The character map of a subset, complete.
pub(super) fn character_map(subset: &Subset) -> String {
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n",
    );
    out.push_str(if subset.is_simple() { "<00> <FF>" } else { "<0000> <FFFF>" });
    out.push_str("\nendcodespacerange\n");
    let digits = if subset.is_simple() { 2 } else { 4 };
    let lines: Vec<String> = subset
        .entries()
        .filter(|(_, entry)| !entry.text.is_empty())
        .map(|(code, entry)| {
            let mut line = format!("<{code:0digits$X}><");
            for unit in entry.text.encode_utf16() {
                let _ = write!(line, "{unit:04X}");
            }
            line.push_str(">\n");
            line
        })
        .collect();
    // No more than a hundred to a block (Adobe Technical Note 5411).
    for block in lines.chunks(100) {
        let _ = writeln!(out, "{} beginbfchar", block.len());
        block.iter().for_each(|line| out.push_str(line));
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    out
}
