//! The options for many texts.

use bindery::batch::Shard;
use std::num::NonZero;
use std::path::PathBuf;

/// Which texts are converted, and how.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Many texts")]
pub(crate) struct BatchArgs {
    /// Of folders, take files that match this pattern of a .gitignore and no others, whatever their endings; may be repeated
    #[arg(long, value_name = "PATTERN")]
    pub(crate) include: Vec<String>,

    /// Of folders, leave out what matches this pattern of a .gitignore; may be repeated
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,

    /// Convert the files that this file lists, one a line or with a NUL behind each; “-” is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,

    /// Convert the Kth of N shares of the texts: by a hash of their paths, so that each is the same on every machine
    #[arg(long, value_name = "K/N", conflicts_with = "output")]
    pub(crate) shard: Option<Shard>,

    /// Convert so many texts at once [default: as many as there are processors]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZero<usize>>,
}
