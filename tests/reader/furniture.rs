//! What stands in a file and is not of the work is left out with its reason, or stands in the colophon; what it says of the
//! work is kept.

use super::{outline, outline_with, reading};
use bindery::model::{ContributorRole, Document, SectionRole};
use bindery::reader::Reading;

/// What was left out for a reason, in order.
fn left_out<'r>(reading: &'r Reading, reason: &str) -> Vec<&'r str> {
    let mine = reading.left_out.iter().filter(|one| one.reason == reason);
    mine.map(|one| reading.source.slice(one.span)).collect()
}

fn people(document: &Document, role: ContributorRole) -> Vec<&str> {
    document.meta.contributors.iter().filter(|one| one.role == role).map(|one| one.name.as_str()).collect()
}

const LEGEND: &str = "-------------------------------------------------------\n【テキスト中に現れる記号について】\n\n\
    《》：ルビ\n（例）水車《すいしゃ》\n\n［＃］：入力者注\n（例）［＃３字下げ］\n\
    -------------------------------------------------------\n\n";

const COLOPHON: &str = "\n\n底本：「水車の話」架空文庫、架空書房\n　　　1950（昭和25）年8月20日初版発行\n入力：鈴木一郎\n\
    校正：佐藤次郎\n青空文庫作成ファイル：\nこのファイルは、図書館で作られました。\n";

/// A long paragraph, as Japanese files have it on one line.
fn japanese(times: usize) -> String {
    let long = "夕方になると老人は水辺へ下りていき、古い車の音に耳を澄ませながら、遠い山の雪が溶けて流れてくる水の冷たさを\
                思い、もう長いあいだ会っていない娘のことを考えるのだった。";
    format!("　{long}\n「もう冬だ」と老人は言った。\n").repeat(times)
}

#[test]
fn aozora_headings_readings_and_base_text_are_understood() {
    let text = format!(
        "風の水車\n秋の巻\n山田花子\n佐藤次郎訳\n\n{LEGEND}［＃３字下げ］第一部［＃「第一部」は大見出し］\n\n\
         ［＃５字下げ］春［＃「春」は中見出し］\n\n　水車《すいしゃ》は古い｜水車小屋《すいしゃごや》で、それは確か［＃「確か」に傍点］だった。\n{prose}\
         ［＃改ページ］\n［＃５字下げ］冬［＃「冬」は中見出し］\n\n{prose}　※［＃「てへん＋劣」、第3水準1-84-77］という字がある。\n{COLOPHON}",
        prose = japanese(3)
    );
    let reading = reading(&text);
    let document = &reading.document;
    assert_eq!(outline(&text), "第一部\n  春\n  冬\n");
    assert_eq!(document.meta.title, "風の水車");
    assert_eq!(document.meta.subtitle.as_deref(), Some("秋の巻"));
    assert_eq!(people(document, ContributorRole::Author), ["山田花子"]);
    assert_eq!(people(document, ContributorRole::Translator), ["佐藤次郎"]);
    assert_eq!(document.meta.language.to_string(), "ja");
    assert_eq!(document.meta.source.as_deref(), Some("「水車の話」架空文庫、架空書房"));
    let dump = document.dump();
    assert!(!dump.contains("［＃３") && !dump.contains("底本") && !dump.contains("記号について"), "{dump}");
    assert!(dump.contains("てへん＋劣"), "what a missing character looks like is kept: {dump}");
    for kept in ["{水車《すいしゃ》}は", "{水車小屋《すいしゃごや》}で", "_確か_だった"] {
        assert!(dump.contains(kept), "{kept} in {dump}");
    }
}

#[test]
fn a_short_aozora_work_has_its_head_without_an_explanation_of_signs() {
    let text = format!("風の水車\n山田花子\n\n{}{COLOPHON}", japanese(4));
    let reading = reading(&text);
    assert_eq!(reading.document.meta.title, "風の水車");
    assert_eq!(people(&reading.document, ContributorRole::Author), ["山田花子"]);
}

const PROSE: &str = "The mill had stood beside the river for as long as anybody in the village\n\
    could say, and longer than the bridge, which was new.\n\n\
    Nobody ground corn there now. The wheel hung still over a race that was dry\n\
    in summer and frozen in winter, and the boys threw stones at it.\n\n";

fn chapters(count: usize) -> String {
    ["I", "II", "III", "IV", "V"].iter().take(count).map(|one| format!("\n\n\nCHAPTER {one}\n\n{PROSE}")).collect()
}

const CHAPTERS: &str = "CHAPTER I\nCHAPTER II\nCHAPTER III\n";

/// Headers and ends of Project Gutenberg's files over the years, with what stands around them.
const GUTENBERG: &[(&str, &str)] = &[
    (
        "The Project Gutenberg eBook of The Glass Mill\n    \nThis ebook is for the use of anyone anywhere in the United States and\n\
         most other parts of the world at no cost.\n\nTitle: The Glass Mill\n\n\nAuthor: Ada Stone\n\nRelease date: May 4, 2021 [eBook #99999]\n\
         \x20               Most recently updated: October 18, 2024\n\nLanguage: English\n\nCredits: Jo Reader and the Online Proofreaders\n\n\n\
         *** START OF THE PROJECT GUTENBERG EBOOK THE GLASS MILL ***\n",
        "*** END OF THE PROJECT GUTENBERG EBOOK THE GLASS MILL ***\n\n\n    \n\nUpdated editions will replace the previous one.\n",
    ),
    (
        "The Project Gutenberg EBook of The Glass Mill, by Ada Stone\n\nThis eBook is for the use of anyone anywhere at no cost and with\n\
         almost no restrictions whatsoever.\n\n\nTitle: The Glass Mill\n\nAuthor: Ada Stone\n\nRelease Date: May 4, 2008 [EBook #99999]\n\n\
         Language: English\n\nCharacter set encoding: ISO-8859-1\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE GLASS MILL ***\n\n\n\n\n\
         Produced by Jo Reader, Al Printer and the Online\nDistributed Proofreading Team at http://www.pgdp.net\n",
        "\n\nEnd of the Project Gutenberg EBook of The Glass Mill, by Ada Stone\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE GLASS MILL ***\n\n\
         ***** This file should be named 99999.txt *****\n",
    ),
    (
        "Project Gutenberg's The Glass Mill, by Ada Stone\n\nThis eBook is for the use of anyone anywhere at no cost and with\n\
         almost no restrictions whatsoever.\n\n\nTitle: The Glass Mill\n\nAuthor: Ada Stone\n\nPosting Date: May 4, 2008 [EBook #99999]\n\
         Release Date: June, 1999\n\nLanguage: English\n\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE GLASS MILL ***\n\n\n\n\n\
         Transcribed from the 1901 edition by Jo Reader.\n",
        "\n\n\nEnd of Project Gutenberg's The Glass Mill, by Ada Stone\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE GLASS MILL ***\n",
    ),
    (
        "**The Project Gutenberg Etext of The Glass Mill, by Ada Stone**\n#1 in our series by Ada Stone\n\n\n\
         Copyright laws are changing all over the world, be sure to check\nthe copyright laws for your country before posting these files!!\n\n\
         Please take a look at the important information in this header.\n\n\nThe Glass Mill\n\nby Ada Stone\n\nMay, 1999  [Etext #99999]\n\n\n\
         **The Project Gutenberg Etext of The Glass Mill, by Ada Stone**\n*****This file should be named glmll10.txt or glmll10.zip******\n\n\
         **START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START**\nWhy is this \"Small Print!\" statement here?\n\n\
         *END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\n\n\n\nThe Glass Mill\n\nby Ada Stone\n",
        "\n\nEnd of the Project Gutenberg Etext of The Glass Mill, by Ada Stone\n\n",
    ),
    (
        "*Project Gutenberg Etext of The Glass Mill, by Ada Stone*\n\nCopyright laws are changing all over the world, be sure to check\n\
         the laws for your country before redistributing these files!!!\n\nThe Glass Mill\n\nby Ada Stone\n\nMay, 1997  [Etext #999]\n\n\n\
         *BEFORE!* YOU USE OR READ THIS ETEXT\nBy using or reading any part of this PROJECT GUTENBERG-tm etext, you agree.\n\n\
         *END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\n\n\n\nThe Glass Mill\n\nby Ada Stone\n",
        "\n\n\nEnd of The Project Gutenberg Etext of The Glass Mill\n",
    ),
    (
        "***The Project Gutenberg Etext of The Glass Mill, by Ada Stone***\n\nTitle: The Glass Mill\n\nAuthor: Ada Stone\n\n\
         Release Date: May, 2002 [EBook #99999]\n[Yes, we are more than one year ahead of schedule]\n\nEdition: 10\n\nLanguage: English\n\n\
         Character set encoding: ASCII\n\n*** START OF THE PROJECT GUTENBERG EBOOK, THE GLASS MILL ***\n\n\n\n\n\
         This eBook was produced by Jo Reader <jo@example.org>.\n",
        "\n\n\n*** END OF THE PROJECT GUTENBERG EBOOK, THE GLASS MILL ***\n\nThis file should be named glmll10.txt or glmll10.zip\n",
    ),
];

/// The dump of a document without its colophon, and that of its colophon.
fn apart(document: &Document) -> (String, String) {
    let mut text = document.clone();
    let mut colophon = document.clone();
    text.sections.retain(|section| section.role != SectionRole::Colophon);
    colophon.sections.retain(|section| section.role == SectionRole::Colophon);
    let sections = colophon.dump().split_once("\n# ").map_or(String::new(), |(_, sections)| sections.to_owned());
    (text.dump(), sections)
}

#[test]
fn headers_and_licences_of_many_years_are_left_out() {
    for (at, (header, end)) in GUTENBERG.iter().enumerate() {
        for line_end in ["\n", "\r\n"] {
            let text = format!("{header}{}{end}", chapters(3)).replace('\n', line_end);
            let reading = reading(&text);
            let (dump, colophon) = apart(&reading.document);
            assert_eq!(reading.document.meta.title, "The Glass Mill", "{at}");
            assert_eq!(people(&reading.document, ContributorRole::Author), ["Ada Stone"], "{at}");
            assert_eq!(outline(&text), CHAPTERS, "{at}: {dump}");
            for word in ["Gutenberg", "Etext", "Proofread", "Small Print", "Jo Reader", "glmll10"] {
                assert!(!dump.contains(word), "{at} keeps {word}: {dump}");
            }
            assert_eq!(colophon.contains("Jo Reader"), header.contains("by Jo Reader"), "{at}: {colophon}");
            assert!(!left_out(&reading, "distributor's header").is_empty(), "{at}");
        }
    }
}

#[test]
fn notes_of_those_who_typed_a_text_stand_in_the_colophon() {
    for note in [
        "[Transcriber's Note: Obvious printer's errors have been corrected.\nThe original spelling is kept.]\n",
        "Transcriber's Note\n\n  Obvious printer's errors have been corrected.\n\n  The original spelling is kept.\n",
        "+-----------------------------------------------------------+\n| Transcriber's Note:                                       |\n\
         |                                                           |\n| Obvious printer's errors have been corrected.             |\n\
         +-----------------------------------------------------------+\n",
        "       *       *       *       *       *\n\nTranscriber's Notes: Obvious printer's errors have been corrected.\n",
    ] {
        for text in [
            format!("THE GLASS MILL\n\nBY ADA STONE\n\n\n\n{note}\n\n\n{}", chapters(3)),
            format!("THE GLASS MILL\n\nBY ADA STONE\n\n\n\n{}\n\n\n\n\n{note}", chapters(3)),
        ] {
            let (dump, colophon) = apart(&reading(&text).document);
            assert!(!dump.contains("printer's errors"), "{note}{dump}");
            assert!(colophon.contains("printer's errors have been corrected"), "{note}{colophon}");
            assert!(!colophon.contains('|') && !colophon.contains("table"), "{note}{colophon}");
            assert_eq!(outline(&text), CHAPTERS, "{note}");
        }
    }
}

#[test]
fn a_note_between_two_pieces_of_a_text_stays_at_its_place() {
    let note = "[Transcriber's Note:\n\nThe following songs were printed with their tunes.]";
    let body = chapters(3) + &PROSE.repeat(12);
    let text = format!("THE GLASS MILL\n\nBY ADA STONE\n\n\n\n{body}\n\n\n{note}\n\n\nThe mill went round.\n");
    let (dump, colophon) = apart(&reading(&text).document);
    assert!(dump.contains("The following songs were printed"), "{dump}");
    assert_eq!(colophon, "");
}

#[test]
fn rules_around_a_note_are_left_out_each_by_itself() {
    let text =
        "The Mill.\n-----\n\nTranscriber's Note:\n\n  All of it is kept.\n\n-----\n\nThe mill went round and round.\n";
    let reading = reading(text);
    assert!(apart(&reading.document).1.contains("All of it is kept."), "{}", reading.document.dump());
    assert!(
        reading.left_out.iter().all(|one| !reading.source.slice(one.span).contains("kept")),
        "{:?}",
        reading.left_out
    );
}

#[test]
fn what_a_distributor_says_of_his_other_files_is_left_out() {
    let note = "Note: Project Gutenberg also has an HTML version of this\n      file which includes the pictures.";
    let reading = reading(&format!("{note}\n\n\n\nTHE GLASS MILL\n\nBY ADA STONE\n\n\n\n{}", chapters(3)));
    assert!(!reading.document.dump().contains("HTML version"), "{}", reading.document.dump());
    assert_eq!(left_out(&reading, "distributor's note on other files").len(), 1);
}

/// Pages of print: a running head and a number above each, the text broken in mid-sentence.
fn pages(head: impl Fn(usize) -> String, foot: impl Fn(usize) -> String, between: &str) -> String {
    let page = |at: usize| {
        let lines = "the wheel went round and the water fell and nobody in the village said a\n".repeat(12);
        format!("{}{lines}{}", head(at), foot(at))
    };
    let body: Vec<String> = (11..21).map(page).collect();
    format!(
        "The Mill\n\nby Ada Stone\n\n\n\nCHAPTER I\n\nIt began when\n{}word, and so it ended.\n",
        body.join(between)
    )
}

#[test]
fn folios_and_running_heads_are_left_out_and_sentences_run_on_over_page_ends() {
    for (name, text) in [
        ("folios", pages(|_| String::new(), |at| format!("\n{at}\n\n"), "")),
        ("marked folios", pages(|_| String::new(), |at| format!("\n- {at} -\n\n"), "")),
        ("bracketed folios", pages(|_| String::new(), |at| format!("[Pg {at}]\n"), "")),
        ("form feeds", pages(|_| String::new(), |at| format!("\n{at}\n"), "\u{C}")),
        ("running heads", pages(|at| format!("{at}                THE MILL\n\n"), |_| String::new(), "\u{C}")),
        (
            "heads without folios",
            pages(|at| if at == 11 { String::new() } else { "THE MILL\n\n".to_owned() }, |_| String::new(), "\u{C}"),
        ),
    ] {
        let reading = reading(&text);
        let document = &reading.document;
        let paragraphs = document.sections.last().map_or(0, |section| section.blocks.len());
        assert_eq!(paragraphs, 1, "{name}: {}", document.dump());
        assert!(
            !document.dump().contains("THE MILL") && !document.dump().contains("17"),
            "{name}: {}",
            document.dump()
        );
        assert_eq!(outline_with(&reading, |_, heading| heading.to_owned()), "CHAPTER I\n", "{name}");
    }
}

#[test]
fn a_caption_is_kept_and_a_picture_without_one_is_left_out() {
    let text = format!(
        "The Mill\n\nby Ada Stone\n{}[Illustration: The mill at\nnight]\n\n{PROSE}[Illustration]\n\n{PROSE}",
        chapters(2)
    );
    let reading = reading(&text);
    let dump = reading.document.dump();
    assert!(dump.contains("The mill at night"), "{dump}");
    assert!(!dump.contains("Illustration"), "{dump}");
    assert_eq!(left_out(&reading, "mark of a picture that the text does not have"), ["[Illustration]"]);
}

#[test]
fn page_marks_among_the_words_go_and_leave_the_words_whole() {
    let page = |number: usize| {
        format!(
            "The ferry had lain at the [Pg {number}] quay since the frost, and no[Pg {}]body had yet\nthought of looking for \
             the man who used to row it over.[p. {}]\n\n[Pg {}]\n\nIn spring the water rose to the third step,\n[Pg {}] and \
             the children were sent to the other school.\n\n",
            number + 1,
            number + 2,
            number + 3,
            number + 4
        )
    };
    let text = format!("CHAPTER I\n\n\n{}\n\nCHAPTER II\n\n\n{}", page(12), page(17));
    let reading = reading(&text);
    let dump = reading.document.dump();
    for kept in [
        "at the quay since the frost, and nobody had yet thought of looking for the man who used to row it over.\n",
        "In spring the water rose to the third step, and the children",
    ] {
        assert_eq!(dump.matches(kept).count(), 2, "{kept} in {dump}");
    }
    assert!(!dump.contains("scene-break") && !dump.contains('['), "{dump}");
    let numbers = left_out(&reading, "page number");
    assert_eq!(numbers.first(), Some(&"[Pg 12]"));
    assert_eq!(numbers.len(), 10, "{numbers:?}");
    // A few references are no pages.
    let text =
        "The ferry had lain there [p. 12] since the frost, and nobody [p. 3] had looked for the man.\n".repeat(2);
    assert!(super::reading(&text).document.dump().contains("there [p. 12] since"));
}
