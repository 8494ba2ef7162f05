//! The command line: what can be given, and what it means.

mod batch;
mod limits;
mod pictures;
mod settings;

pub(crate) use batch::{BatchArgs, Progress, ReportArgs};
pub(crate) use limits::LimitArgs;
pub(crate) use pictures::PictureArgs;
pub(crate) use settings::SettingArgs;

use crate::report::Color;
use bindery::batch::Format;
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

    /// What was decided about the text, in a file that “inspect --write-structure” made and you edited; for one INPUT
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) structure: Option<PathBuf>,

    /// Wrap the lines of --to txt at this many columns, or “none”: one line a paragraph
    #[arg(long, value_name = "COLUMNS", default_value = "72", help_heading = "Output")]
    pub(crate) wrap: Wrap,

    /// Bind all inputs into one book, each a chapter or a part, in this order; of folders in the natural order of their files
    #[arg(long, conflicts_with_all = ["from", "structure"], help_heading = "Output")]
    pub(crate) bind: bool,

    #[command(flatten)]
    pub(crate) settings: SettingArgs,

    #[command(flatten)]
    pub(crate) pictures: PictureArgs,

    #[command(flatten)]
    pub(crate) batch: BatchArgs,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

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
    /// Make the book that the bindery.toml of a folder describes
    Build(BuildArgs),
    /// Write a commented bindery.toml for the texts of a folder
    Init {
        /// The folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        folder: PathBuf,
    },
    /// Sum up what became of many texts, from the reports of one or several runs
    Report(ReportArgs),
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
    /// A text, “-” for standard input, or a bindery.toml or a folder that has one
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

    /// List every paragraph and every default too
    #[arg(long)]
    pub(crate) all: bool,

    /// Read the input as this [default: by its ending]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) from: Option<FromArg>,

    #[command(flatten)]
    pub(crate) settings: SettingArgs,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// What is to be made of a project.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BuildArgs {
    /// The folder with a bindery.toml
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Write to this file; its ending gives the format; may be repeated [default: named after the folder, within it]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Vec<PathBuf>,

    /// Write into this folder; it is made when missing
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) out_dir: Option<PathBuf>,

    /// Make these formats [default: epub,pdf]
    #[arg(long, value_name = "FORMATS", value_enum, value_delimiter = ',', help_heading = "Output")]
    pub(crate) to: Vec<FormatArg>,

    #[command(flatten)]
    pub(crate) pictures: PictureArgs,

    #[command(flatten)]
    pub(crate) settings: SettingArgs,
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
Exit status: 0 all done, 1 a text failed, 2 wrong usage, 130 interrupted.

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
