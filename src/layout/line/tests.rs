//! Lines as text: what is set where, without a page.

use super::*;
use crate::font::Library;
use crate::geom::Point;
use crate::layout::shape::Shaper;
use crate::layout::text::{RichText, RunProperties, TextStyle};
use crate::model::Language;
use crate::paged::{ContentId, Item, Owner, Page};
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::built_in)
}

fn style(language: &str) -> TextStyle {
    TextStyle::new(Pt(11.0), language.parse::<Language>().unwrap())
}

fn rich(language: &str, text: &str) -> RichText {
    RichText::plain(text, style(language), Owner::Content(ContentId(0)))
}

fn shape(language: &str, text: &str) -> ShapedText {
    Shaper::new(library()).shape(rich(language, text))
}

/// Justified lines with what a reader sees of their text.
fn justified(language: &str, text: &str, width: f32) -> (ShapedText, Broken) {
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(rich(language, text));
    let broken = justify(&mut shaper, &shaped, &Measure::of(Pt(width)), &JustifyOptions::default()).unwrap();
    (shaped, broken)
}

fn texts(shaped: &ShapedText, broken: &Broken) -> Vec<String> {
    let text = shaped.rich().text();
    let line = |line: &Line| {
        let hyphen = if line.end.is_some() { "-" } else { "" };
        format!("{}{hyphen}", &text[line.text.start as usize..line.text.end as usize])
    };
    broken.lines.iter().map(line).collect()
}

fn page(shaped: &ShapedText, broken: &Broken) -> Page {
    let mut page = Page::default();
    for line in 0..broken.lines.len() {
        let origin = Point { x: Pt(50.0), y: Pt(100.0 + 14.0 * line as f32) };
        broken.place(shaped, line, origin, &mut page);
    }
    page
}

const HARBOUR: &str = "The harbour had been empty since the first week of October, and the fishermen who stayed behind spent \
their mornings mending what the summer had torn. Nobody hurried. A net that was finished on Monday was opened again on \
Tuesday, to be certain, and by Wednesday somebody would remember a better knot. When the mail boat came round the point, \
everyone went down to the quay as if by accident, with their hands in their pockets, and looked at anything but the boat.";

#[test]
fn justified_lines_fill_the_measure_and_hang_their_marks_over_it() {
    let (shaped, broken) = justified("en", HARBOUR, 300.0);
    assert!(broken.lines.len() > 5);
    let page = page(&shaped, &broken);
    let mut ends = Vec::new();
    for item in &page.items {
        let Item::Run(run) = item else { continue };
        let text = page.text_of(run);
        let glyphs = page.glyphs_of(run);
        let last = if text.ends_with(' ') { glyphs.len() - 1 } else { glyphs.len() };
        let advance: f32 = glyphs[..last].iter().map(|glyph| glyph.advance).sum();
        // Behind the last letter nothing stands.
        ends.push(run.origin.x.0 + (advance - run.tracking) / 1000.0 * run.size.0 * run.expansion);
        assert!((0.98..=1.02).contains(&run.expansion));
    }
    ends.pop();
    for (end, line) in ends.iter().zip(texts(&shaped, &broken)) {
        let hang = if line.ends_with(['.', ',', '-']) { 0.5..3.0 } else { -0.01..0.6 };
        assert!(hang.contains(&(end - 350.0)), "{end} {line}");
    }
}

#[test]
fn letters_give_before_spaces_and_no_more_than_asked() {
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(rich("en", HARBOUR));
    let spread = |shaper: &mut Shaper, fit: f32| {
        let options = JustifyOptions { fit, hyphenate: false, ..JustifyOptions::default() };
        let broken = justify(shaper, &shaped, &Measure::of(Pt(300.0)), &options).unwrap();
        let lines = &broken.lines[..broken.lines.len() - 1];
        assert!(lines.iter().all(|line| line.tracking.abs() <= Pt(fit * 11.0 + 1e-4)));
        lines.iter().map(|line| line.ratio * line.ratio).sum::<f32>() / lines.len() as f32
    };
    let (without, with) = (spread(&mut shaper, 0.0), spread(&mut shaper, 0.006));
    assert!(with < without, "{with} {without}");
}

#[test]
fn every_word_is_on_the_page_in_order_with_a_space_between_lines() {
    let (shaped, broken) = justified("en", HARBOUR, 130.0);
    let page = page(&shaped, &broken);
    assert_eq!(page.text.replace('\u{ad}', ""), HARBOUR);
    for item in &page.items {
        let Item::Run(run) = item else { continue };
        let text = page.text_of(run);
        for glyph in page.glyphs_of(run) {
            let range = usize::from(glyph.cluster)..usize::from(glyph.cluster) + usize::from(glyph.cluster_len);
            assert!(text.get(range).is_some(), "{text}");
        }
    }
}

#[test]
fn a_word_is_hyphenated_only_where_whole_words_do_not_do() {
    let (shaped, broken) = justified("en", "an extraordinarily complicated misunderstanding followed", 95.0);
    let lines = texts(&shaped, &broken);
    assert!(lines.iter().any(|line| line.ends_with('-')), "{lines:?}");
    let (shaped, broken) = justified("en", HARBOUR, 300.0);
    assert!(texts(&shaped, &broken).iter().filter(|line| line.ends_with('-')).count() < 2);
}

#[test]
fn ligatures_are_undone_where_a_word_is_divided_within_them() {
    let mut text = rich("en", "of\u{ad}fice");
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(std::mem::take(&mut text));
    let glyphs = shaped.glyphs.len();
    assert!(glyphs < "office".len(), "the face has a ligature");
    let broken = justify(&mut shaper, &shaped, &Measure::of(Pt(18.0)), &JustifyOptions::default()).unwrap();
    assert_eq!(texts(&shaped, &broken), ["of-", "fice"]);
    let page = page(&shaped, &broken);
    assert_eq!(page.text, "of\u{ad}fice");
    let clusters = |at: usize| match &page.items[at] {
        Item::Run(run) => {
            let text = page.text_of(run);
            let cluster = |glyph: &crate::paged::Glyph| {
                text[usize::from(glyph.cluster)..][..usize::from(glyph.cluster_len)].to_owned()
            };
            page.glyphs_of(run).iter().map(cluster).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    assert_eq!(clusters(0), ["o", "f", "\u{ad}"]);
    assert_eq!(clusters(1), ["fi", "c", "e"]);
}

#[test]
fn no_last_line_is_shorter_than_two_ems() {
    for width in 150..260 {
        let (_, broken) = justified("en", &HARBOUR[..232], width as f32);
        let last = broken.lines.last().unwrap();
        assert!(last.width.0 >= 22.0, "{width}: {last:?}");
    }
}

#[test]
fn a_word_wider_than_the_measure_is_divided_and_nothing_overfills() {
    let long = "x".repeat(400);
    let (shaped, broken) = justified("en", &format!("see {long} there"), 120.0);
    assert!(broken.lines.len() > 5);
    for (line, text) in broken.lines.iter().zip(texts(&shaped, &broken)) {
        assert!(line.width.0 <= 126.0, "{} {text}", line.width.0);
    }
    assert_eq!(page(&shaped, &broken).text, format!("see {long} there"));
}

#[test]
fn looser_and_tighter_settings_have_other_numbers_of_lines() {
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(rich("en", &HARBOUR.repeat(3)));
    let measure = Measure::of(Pt(300.0));
    let paragraph = Paragraph::new(&shaped, &measure, JustifyOptions::default());
    let natural = paragraph.justified(&mut shaper).unwrap().lines.len();
    let mut lines = |count| paragraph.with_lines(&mut shaper, count).map(|broken| broken.lines.len());
    assert_eq!(lines(natural), Some(natural));
    assert_eq!(lines(natural + 1), Some(natural + 1));
    assert!(lines(natural - 1).is_none_or(|fewer| fewer == natural - 1));
    assert_eq!((lines(natural + 20), lines(1)), (None, None));
}

#[test]
fn addresses_are_divided_after_slashes_without_a_hyphen() {
    let (shaped, broken) = justified("en", "at https://example.org/harbour/masters/almanac/tides today", 120.0);
    let lines = texts(&shaped, &broken);
    assert!(lines.iter().all(|line| !line.ends_with('-')), "{lines:?}");
    assert!(lines.iter().filter(|line| line.ends_with('/')).count() >= 1, "{lines:?}");
}

#[test]
fn a_mark_stays_on_its_letter_where_a_line_may_end_before_it() {
    for text in ["a://\u{301}b", "天\u{e33}人", "श\u{b4d}व"] {
        // Narrower than a letter, so that a line ends wherever one may.
        let (shaped, broken) = justified("en", text, 1.0);
        let lines = texts(&shaped, &broken);
        assert!(lines.iter().all(|line| !line.starts_with(['\u{301}', '\u{e33}', '\u{b4d}'])), "{lines:?}");
        assert_eq!(lines.concat(), text);
    }
}

#[test]
fn lines_that_must_end_do_and_the_others_do_not_begin_with_a_dash() {
    let (shaped, broken) = justified("en", "first\nsecond\nthird", 200.0);
    assert_eq!(texts(&shaped, &broken), ["first", "second", "third"]);
    assert_eq!(page(&shaped, &broken).text, "first second third");
    for width in 60..200 {
        let (shaped, broken) = justified("de", "Er kam — spät genug — und ging – wie immer – sehr bald", width as f32);
        assert!(texts(&shaped, &broken).iter().all(|line| !line.starts_with(['—', '–'])));
    }
}

#[test]
fn czech_keeps_single_letters_with_the_next_word() {
    for width in 60..200 {
        let (shaped, broken) = justified("cs", "Šel k lesu a v lese i u potoka s vodou o tom snil", width as f32);
        for line in texts(&shaped, &broken) {
            assert!(!line.ends_with(" k") && !line.ends_with(" v") && !line.ends_with(" s"), "{line}");
        }
    }
}

#[test]
fn code_that_is_turned_over_hangs_behind_the_indent_of_its_own_line() {
    let mut shaper = Shaper::new(library());
    let text = "if a_name {\n    let a_value = this_one(first, second, third, fourth, fifth);\n}\nlet an_end = of_it(and, more, than, fits, here);";
    let shaped = shaper.shape(rich("en", text));
    let options = RaggedOptions { turned: Some(Pt(20.0)), ..RaggedOptions::default() };
    let broken = ragged(&mut shaper, &shaped, &Measure::of(Pt(180.0)), &options);
    let indent = shaper.shape(rich("en", "    ")).natural_width();
    let starts: Vec<(String, f32)> =
        texts(&shaped, &broken).into_iter().zip(broken.lines.iter().map(|line| line.x.0)).collect();
    let hung = |x: f32| starts.iter().filter(|(_, own)| (own - x).abs() < 0.01).count();
    assert_eq!(starts.len(), 6, "{starts:?}");
    assert_eq!((hung(0.0), hung(indent.0 + 20.0), hung(20.0)), (4, 1, 1), "{starts:?}");
    assert!(starts[2].1 > 20.0 && starts[5].1 == 20.0, "{starts:?}");
    assert!(broken.lines.iter().all(|line| (line.x + line.width).0 <= 180.0), "{starts:?}");
}

#[test]
fn ragged_lines_keep_their_natural_width_and_can_stand_in_the_middle() {
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(rich("en", HARBOUR));
    let options = RaggedOptions { align: 0.5, ..RaggedOptions::default() };
    let broken = ragged(&mut shaper, &shaped, &Measure::of(Pt(200.0)), &options);
    for line in &broken.lines {
        assert!(line.width.0 <= 200.0);
        assert!((line.x.0 * 2.0 + line.width.0 - 200.0).abs() < 0.1);
    }
    assert_eq!(page(&shaped, &broken).text, HARBOUR);
}

#[test]
fn text_from_right_to_left_stands_in_visual_order_and_is_told_in_its_own() {
    let (shaped, broken) = justified("he", "שלום 123 world עולם", 300.0);
    assert!(shaped.is_right_to_left());
    let page = page(&shaped, &broken);
    let mut runs: Vec<(f32, &str)> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Run(run) => Some((run.origin.x.0, page.text_of(run).trim())),
            _ => None,
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let texts = |runs: &[(f32, &str)]| runs.iter().map(|(_, text)| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(&runs), ["שלום", "123", "world", "עולם"]);
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(texts(&runs), ["עולם", "world", "123", "שלום"]);
}

#[test]
fn a_character_that_no_face_has_gets_the_glyph_for_it() {
    let sign = shape("en", "\u{fffd}");
    let shaped = shape("en", "ab \u{e0f1} c");
    let stand_in = shaped.glyphs_of(2);
    assert_eq!(stand_in.len(), 1);
    assert_eq!((stand_in[0].id, stand_in[0].advance), (sign.glyphs_of(0)[0].id, sign.glyphs_of(0)[0].advance));
    assert_ne!(stand_in[0].id, 0);
    assert_eq!(shaped.text_of(2), "\u{e0f1}");
}

#[test]
fn small_capitals_and_old_style_figures_have_glyphs_of_their_own() {
    let plain = shape("en", "abc 1234");
    let mut fine = style("en");
    fine.small_caps = true;
    fine.figures = crate::style::Figures::OldStyle;
    let fine = RichText::plain("abc 1234", fine, Owner::Content(ContentId(0)));
    let fine = Shaper::new(library()).shape(fine);
    let different = plain.glyphs.iter().zip(&fine.glyphs).filter(|(a, b)| a.id != b.id).count();
    assert_eq!(different, 7);
}

#[test]
fn runs_of_several_styles_make_one_line() {
    let mut text = RichText::new();
    let plain = text.add_style(style("en"));
    let italic = text.add_style(TextStyle { italic: true, ..style("en") });
    let run = |style, source| RunProperties {
        style,
        owner: Owner::Content(ContentId(0)),
        source: Some(source),
        link: None,
        note: None,
    };
    text.push("She said ", run(plain, 0));
    text.push("never", run(italic, 9));
    text.push(", and meant it.", run(plain, 14));
    let mut shaper = Shaper::new(library());
    let shaped = shaper.shape(text);
    let broken = justify(&mut shaper, &shaped, &Measure::of(Pt(300.0)), &JustifyOptions::default()).unwrap();
    let page = page(&shaped, &broken);
    assert_eq!(page.items.len(), 3);
    assert_eq!(page.text, "She said never, and meant it.");
}

#[test]
fn text_of_any_shape_is_set_in_linear_time_and_whole() {
    let marks = format!("a{}", "\u{301}".repeat(20_000));
    let joined = "\u{200b}".repeat(20_000);
    for text in ["", " ", "\n", "\u{ad}", "a\u{ad}", &marks, &joined, &"w ".repeat(40_000), &"x".repeat(50_000)] {
        let (shaped, broken) = justified("en", text, 300.0);
        let set = page(&shaped, &broken).text;
        assert_eq!(set.replace('\u{ad}', "").trim_end(), text.replace(['\u{ad}', '\n'], "").trim_end());
    }
}
