//! The command line: what can be given, and what it means.

mod batch;

pub(crate) use batch::BatchArgs;

use crate::report::Color;
use bindery::batch::{DateChoice, Format};
use bindery::geom::Pt;
use bindery::model::{Date, Language};
use bindery::style::{self, Class, Figures, Leading, Margins, Paper, Theme};
use bindery::writer::epub::WritingMode;
use bindery::writer::pdf::Standards;
use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

/// Turn plain articles and books into EPUB and PDF.
///
/// Each INPUT is a plain text, a folder of them, or “-” for standard input. Without -o and --out-dir the editions are
/// written beside each text.
#[derive(Debug, Parser)]
#[command(name = "bindery", version, max_term_width = 100, after_help = AFTER)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Texts, folders of texts, patterns such as texts/*.txt, or “-” for standard input
    #[arg(value_name = "INPUT", required_unless_present = "files_from")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Write to this file; its ending gives the format; “-” is standard output; may be repeated
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Vec<PathBuf>,

    /// Write into this folder, one file a text and format; it is made when missing
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out_dir: Option<PathBuf>,

    /// Make these formats [default: epub,pdf]
    #[arg(long, value_name = "FORMATS", value_enum, value_delimiter = ',', help_heading = "Output")]
    pub(crate) to: Vec<FormatArg>,

    /// Read the input as this [default: by its ending]
    #[arg(long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub(crate) from: Option<FromArg>,

    /// The encoding of the text, such as windows-1252 or shift_jis [default: found from its bytes]
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    pub(crate) input_encoding: Option<String>,

    /// Each line that matches this regular expression is a chapter's heading, and no other
    #[arg(long, value_name = "REGEX", help_heading = "Output")]
    pub(crate) chapter: Option<regex::Regex>,

    /// What was decided about the text, in a file that “inspect --write-structure” made and you edited; for one INPUT
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) structure: Option<PathBuf>,

    /// What the PDF has to meet, such as ua-1,a-2a, a-2b, a-3b or none [default: ua-1,a-2a]
    #[arg(long, value_name = "STANDARDS", help_heading = "Output")]
    pub(crate) pdf_standard: Option<Standards>,

    /// Put the text itself into the PDF, as a file beside its pages: a PDF/A-3
    #[arg(long, help_heading = "Output")]
    pub(crate) attach_source: bool,

    /// Wrap the lines of --to txt at this many columns, or “none”: one line a paragraph
    #[arg(long, value_name = "COLUMNS", default_value = "72", help_heading = "Output")]
    pub(crate) wrap: Wrap,

    /// The title, instead of the text's own
    #[arg(long, value_name = "TEXT", help_heading = "What it is")]
    pub(crate) title: Option<String>,

    /// The subtitle
    #[arg(long, value_name = "TEXT", help_heading = "What it is")]
    pub(crate) subtitle: Option<String>,

    /// An author; may be repeated
    #[arg(long, value_name = "NAME", help_heading = "What it is")]
    pub(crate) author: Vec<String>,

    /// The language, such as en, de or pt-BR
    #[arg(long, value_name = "TAG", help_heading = "What it is")]
    pub(crate) language: Option<Language>,

    /// The date: YYYY, YYYY-MM or YYYY-MM-DD, “now”, or “mtime”: when the text was last changed
    #[arg(long, value_name = "DATE", help_heading = "What it is")]
    pub(crate) date: Option<DateArg>,

    /// The publisher
    #[arg(long, value_name = "NAME", help_heading = "What it is")]
    pub(crate) publisher: Option<String>,

    /// ISBN, DOI, URL or UUID [default: a UUID made from the content]
    #[arg(long, value_name = "ID", help_heading = "What it is")]
    pub(crate) identifier: Option<String>,

    /// A picture for the cover of the EPUB: PNG, JPEG, GIF or WebP, best 1600 × 2560 [default: one is drawn]
    #[arg(long, value_name = "FILE", help_heading = "E-book")]
    pub(crate) cover: Option<PathBuf>,

    /// Make the EPUB without a cover
    #[arg(long, conflicts_with = "cover", help_heading = "E-book")]
    pub(crate) no_cover: bool,

    /// How many levels the contents of the EPUB have
    #[arg(long, value_name = "LEVELS", default_value = "6", value_parser = clap::value_parser!(u8).range(1..=9), help_heading = "E-book")]
    pub(crate) toc_depth: u8,

    /// List the pages of the PDF in the EPUB even when no PDF is made
    #[arg(long, help_heading = "E-book")]
    pub(crate) page_list: bool,

    /// A stylesheet that is added to that of the EPUB; it can name no other file or address
    #[arg(long, value_name = "FILE", help_heading = "E-book")]
    pub(crate) css: Option<PathBuf>,

    /// Embed the faces of the pages in the EPUB, with the letters that it needs [default: the reader's own faces]
    #[arg(long, help_heading = "E-book")]
    pub(crate) embed_fonts: bool,

    /// How lines run in the EPUB [default: as the language has it; down in ja and zh-Hant]
    #[arg(long, value_name = "MODE", value_enum, help_heading = "E-book")]
    pub(crate) writing_mode: Option<WritingModeArg>,

    /// Set it as an article or a book [default: a text with chapters is a book]
    #[arg(long, value_name = "article|book", help_heading = "Pages")]
    pub(crate) class: Option<Class>,

    /// a4, a5, a6, b5, letter, legal, 5x8in, 6x9in, or WxH in mm, cm, in or pt [default: a4, books a5]
    #[arg(long, value_name = "SIZE", help_heading = "Pages")]
    pub(crate) paper: Option<Paper>,

    /// The margins: one, two or four lengths in the order of CSS, as in 20mm or 0.8in,1in, or inner/outer/head/foot
    #[arg(long, value_name = "LENGTHS", help_heading = "Pages")]
    pub(crate) margin: Option<Margins>,

    /// A font file to set the text in; repeat it for italic, bold and bold italic
    #[arg(long, value_name = "FILE", help_heading = "Pages")]
    pub(crate) font: Vec<PathBuf>,

    /// The type size of running text, such as 11pt
    #[arg(long, value_name = "LENGTH", value_parser = font_size, help_heading = "Pages")]
    pub(crate) font_size: Option<Pt>,

    /// The distance from line to line: a length (15pt), or times the type size (1.3)
    #[arg(long, value_name = "LEADING", help_heading = "Pages")]
    pub(crate) leading: Option<Leading>,

    /// The look: classic, modern or manuscript [default: classic for books, modern for articles]
    #[arg(long, value_name = "NAME", help_heading = "Pages")]
    pub(crate) theme: Option<Theme>,

    /// Print contents, in an article too
    #[arg(long, help_heading = "Pages")]
    pub(crate) toc: bool,

    /// Set articles in so many columns: 1 or 2
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u8).range(1..=2), help_heading = "Pages")]
    pub(crate) columns: Option<u8>,

    /// Open chapters on right-hand pages alone
    #[arg(long, help_heading = "Pages")]
    pub(crate) recto: bool,

    /// Open chapters with a large initial
    #[arg(long, help_heading = "Pages")]
    pub(crate) drop_caps: bool,

    /// Set paragraphs to the full measure, where the theme has them ragged
    #[arg(long, conflicts_with = "ragged", help_heading = "Pages")]
    pub(crate) justify: bool,

    /// Leave the right edge of paragraphs ragged
    #[arg(long, help_heading = "Pages")]
    pub(crate) ragged: bool,

    /// Whether words may be divided
    #[arg(long, value_name = "on|off", value_parser = on_or_off, help_heading = "Pages")]
    pub(crate) hyphens: Option<bool>,

    /// Words and where they may be divided, one a line: ta-ble, or record for never
    #[arg(long, value_name = "FILE", help_heading = "Pages")]
    pub(crate) hyphenation: Option<PathBuf>,

    /// Whether marks hang into the margin [default: on where paragraphs are justified]
    #[arg(long, value_name = "on|off", value_parser = on_or_off, help_heading = "Pages")]
    pub(crate) protrusion: Option<bool>,

    /// Whether glyphs give up to 2 % and letters a little before spaces do [default: on]
    #[arg(long, value_name = "on|off", value_parser = on_or_off, help_heading = "Pages")]
    pub(crate) expansion: Option<bool>,

    /// The figures of running text: lining or old-style [default: as the theme has them]
    #[arg(long, value_name = "KIND", help_heading = "Pages")]
    pub(crate) figures: Option<Figures>,

    /// Set it for weak eyes: large type, ragged lines, no divided words
    #[arg(long, help_heading = "Pages")]
    pub(crate) large_print: bool,

    #[command(flatten)]
    pub(crate) batch: BatchArgs,

    /// Print errors alone
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Messages")]
    pub(crate) quiet: bool,

    /// Print every decision; without it, warnings and errors
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "Messages")]
    pub(crate) verbose: u8,

    /// Colour the messages
    #[arg(long, global = true, value_enum, default_value = "auto", help_heading = "Messages")]
    pub(crate) color: Color,
}

/// What can be done besides converting.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show how a text is understood: the outline, and each decision with its reason
    Inspect(InspectArgs),
    /// Print what a shell needs to complete the command line
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or that of a command
    Man {
        /// The command, such as inspect [default: bindery itself]
        command: Option<String>,
    },
}

/// How a text is to be shown.
#[derive(Debug, clap::Args)]
pub(crate) struct InspectArgs {
    /// A text, or “-” for standard input
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,

    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: InspectFormat,

    /// Write what was decided to this file, to edit and give back with --structure; nothing is printed then
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "all"])]
    pub(crate) write_structure: Option<PathBuf>,

    /// What was decided about the text, in a file that --write-structure made and you edited
    #[arg(long, value_name = "FILE")]
    pub(crate) structure: Option<PathBuf>,

    /// List every paragraph too
    #[arg(long)]
    pub(crate) all: bool,

    /// Read the input as this [default: by its ending]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) from: Option<FromArg>,

    /// The encoding of the text, such as windows-1252 or shift_jis [default: found from its bytes]
    #[arg(long, value_name = "NAME")]
    pub(crate) input_encoding: Option<String>,

    /// The language, such as en, de or pt-BR
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<Language>,

    /// Each line that matches this regular expression is a chapter's heading, and no other
    #[arg(long, value_name = "REGEX")]
    pub(crate) chapter: Option<regex::Regex>,
}

/// How an inspection is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For people
    Text,
    /// For machines
    Json,
}

const AFTER: &str = "\
Exit status: 0 all done, 1 a text failed, 2 wrong usage.

Examples:
  bindery article.txt                      article.epub and article.pdf beside it
  bindery article.txt -o book.pdf          the format from the ending
  bindery texts --out-dir output           every text in a folder
  find texts -name '*.txt' -print0 | bindery --files-from - --out-dir output
                                           every text of a list
  bindery texts --out-dir output --shard 2/8
                                           the second of eight machines' share
  bindery inspect article.txt              how it is understood, and why
  bindery inspect a.txt --write-structure a.toml; bindery a.txt --structure a.toml
                                           the same as a file to edit, and built from it
  cat a.txt | bindery - -o - --to epub     from a pipe into a pipe";

/// A format to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// An e-book
    Epub,
    /// Pages
    Pdf,
    /// The document model
    Json,
    /// Plain text
    Txt,
}

impl From<FormatArg> for Format {
    fn from(arg: FormatArg) -> Format {
        match arg {
            FormatArg::Epub => Format::Epub,
            FormatArg::Pdf => Format::Pdf,
            FormatArg::Json => Format::Json,
            FormatArg::Txt => Format::Text,
        }
    }
}

/// A format to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FromArg {
    /// Text without marks
    Plain,
    /// Markdown
    Markdown,
    /// The document model, as --to json writes it
    Json,
}

/// How lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WritingModeArg {
    /// Across, from top to bottom
    Horizontal,
    /// Down, from right to left
    Vertical,
}

impl From<WritingModeArg> for WritingMode {
    fn from(arg: WritingModeArg) -> WritingMode {
        match arg {
            WritingModeArg::Horizontal => WritingMode::Horizontal,
            WritingModeArg::Vertical => WritingMode::Vertical,
        }
    }
}

/// Where to wrap a plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrap(pub(crate) Option<usize>);

impl FromStr for Wrap {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Wrap, Self::Err> {
        match text {
            "none" => Ok(Wrap(None)),
            _ => match text.parse() {
                Ok(columns @ 20..=1000) => Ok(Wrap(Some(columns))),
                _ => Err("give a number of columns from 20 to 1000, or none"),
            },
        }
    }
}

/// A date, or where to take it from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateArg {
    Given(Date),
    Now,
    Modified,
}

impl FromStr for DateArg {
    type Err = String;

    fn from_str(text: &str) -> Result<DateArg, String> {
        match text {
            "now" => Ok(DateArg::Now),
            "mtime" => Ok(DateArg::Modified),
            _ => text.parse().map(DateArg::Given).map_err(|error| format!("{error}, nor now or mtime")),
        }
    }
}

impl DateArg {
    /// The choice, with `today` for now.
    pub(crate) fn choice(self, today: Date) -> DateChoice {
        match self {
            DateArg::Given(date) => DateChoice::Given(date),
            DateArg::Now => DateChoice::Given(today),
            DateArg::Modified => DateChoice::Modified,
        }
    }
}

fn on_or_off(text: &str) -> Result<bool, &'static str> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("give on or off"),
    }
}

/// A type size: a length, or a number of points.
fn font_size(text: &str) -> Result<Pt, &'static str> {
    let size = text.trim().parse().map(Pt).or_else(|_| style::length(text));
    match size {
        Ok(size) if (4.0..=72.0).contains(&size.0) => Ok(size),
        _ => Err("give a size from 4pt to 72pt, such as 11pt"),
    }
}
