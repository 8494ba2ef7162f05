//! Where pictures come from: a matter of the machine that a book is made on, and so of flags alone.

use std::path::PathBuf;

/// Where pictures come from.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct PictureArgs {
    /// Look for pictures in this folder too, when they are not beneath that of the text; may be repeated
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(crate) resource_path: Vec<PathBuf>,
}
