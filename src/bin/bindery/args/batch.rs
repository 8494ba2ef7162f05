//! The options for many texts.

use bindery::batch::Shard;
use clap::ValueEnum;
use std::num::NonZero;
use std::path::PathBuf;
use std::time::Duration;

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

    /// Make again what is up to date in the folder of outputs
    #[arg(long)]
    pub(crate) force: bool,

    /// Remove outputs whose texts are gone from the folders named, each after it is listed
    #[arg(long, requires = "out_dir", conflicts_with = "shard")]
    pub(crate) prune: bool,

    /// A text that takes longer fails: a number with s, m or h, as in 30s
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) time_limit: Option<Duration>,

    /// A text that needs more memory fails: a number with MB or GB, as in 512MB (on Linux alone)
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub(crate) memory_limit: Option<u64>,

    /// Begin no further text when one fails
    #[arg(long)]
    pub(crate) fail_fast: bool,

    /// A text with a warning fails
    #[arg(long)]
    pub(crate) deny_warnings: bool,

    /// How the work is shown: a bar, a line for each text, or an object of JSON for each [default: a bar on a terminal, else
    /// lines]
    #[arg(long, value_name = "HOW", value_enum)]
    pub(crate) progress: Option<Progress>,

    /// Write a record of each text to this file, one line of JSON each; “bindery report” sums them up
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,

    /// Stay, and convert again what changes
    #[arg(long, conflicts_with = "prune")]
    pub(crate) watch: bool,
}

/// How the work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Progress {
    /// Messages alone
    None,
    /// A bar with rate, time left and the texts in work
    Bar,
    /// A line for each text
    Plain,
    /// An object of JSON for each text
    Json,
}

/// Which reports are summed up.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Reports that --report wrote, as those of all shares; of a text that is in several the last counts
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// Write a page of HTML to this file instead of printing
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// A number and what follows it.
fn quantity(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    Some((number.parse().ok().filter(|number| *number > 0.0)?, unit.trim().to_ascii_lowercase()))
}

fn time(text: &str) -> Result<Duration, &'static str> {
    let seconds = quantity(text).and_then(|(number, unit)| match unit.as_str() {
        "" | "s" => Some(number),
        "m" | "min" => Some(number * 60.0),
        "h" => Some(number * 3600.0),
        _ => None,
    });
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.ok_or("give a time such as 30s, 2m or 1h")
}

/// The program itself needs a part of this.
const LEAST_MEMORY: u64 = 64 << 20;

fn memory(text: &str) -> Result<u64, &'static str> {
    if cfg!(not(target_os = "linux")) {
        return Err("this system keeps no limit of memory; leave it out");
    }
    match bytes(text) {
        Ok(bytes) if bytes >= LEAST_MEMORY => Ok(bytes),
        _ => Err("give a size of 64MB or more, such as 512MB or 2GB"),
    }
}

/// A number of bytes.
pub(super) fn bytes(text: &str) -> Result<u64, &'static str> {
    let bytes = quantity(text).and_then(|(number, unit)| match unit.as_str() {
        "k" | "kb" | "kib" => Some(number * f64::from(1 << 10)),
        "m" | "mb" | "mib" => Some(number * f64::from(1 << 20)),
        "g" | "gb" | "gib" => Some(number * f64::from(1 << 30)),
        _ => None,
    });
    bytes.map(|bytes| bytes as u64).ok_or("give a number with KB, MB or GB, such as 20MB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_with_their_units() {
        assert_eq!(time("90"), Ok(Duration::from_secs(90)));
        assert_eq!(time("1.5 m"), Ok(Duration::from_secs(90)));
        assert_eq!(time("2h"), Ok(Duration::from_secs(7200)));
        assert!(time("0").is_err() && time("soon").is_err() && time("3d").is_err());
        if cfg!(target_os = "linux") {
            assert_eq!(memory("512MB"), Ok(512 << 20));
            assert_eq!(memory("2g"), Ok(2 << 30));
            assert!(memory("1MB").is_err() && memory("512").is_err());
        }
    }
}
