//! `bindery build` and `bindery init`: books of several texts.

use crate::args::{Args, BuildArgs};
use crate::report::Printer;
use crate::work;
use bindery::batch::{self, PROJECT_FILE};
use std::io::Write as _;
use std::path::Path;

/// Makes the book of a folder, as if the folder were named alone with these arguments, and else with the `usual` ones. Gives
/// back the status to end with.
///
/// # Errors
///
/// The message for what cannot be begun at all.
pub(crate) fn build(build: BuildArgs, usual: Args, printer: &Printer) -> Result<u8, String> {
    let BuildArgs { folder, output, out_dir, to, pictures, settings } = build;
    if !folder.join(PROJECT_FILE).is_file() {
        let folder = folder.display();
        return Err(format!("{folder}: no {PROJECT_FILE} in this folder; write one with: bindery init {folder}"));
    }
    work(&Args { inputs: vec![folder], output, out_dir, to, pictures, settings, ..usual }, printer)
}

/// Writes a project file for a folder. Gives back the status to end with.
///
/// # Errors
///
/// The message where there is one already, or no text.
pub(crate) fn init(folder: &Path, printer: &Printer) -> Result<u8, String> {
    let file = folder.join(PROJECT_FILE);
    let name = file.display();
    let text = batch::project_for(folder).map_err(|error| error.to_string())?;
    // What somebody wrote is never overwritten.
    let mut created = std::fs::File::create_new(&file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => format!("{name}: this is there already; edit it, or take it away first"),
        _ => format!("{name}: cannot write this: {error}"),
    })?;
    created.write_all(text.as_bytes()).map_err(|error| format!("{name}: cannot write this: {error}"))?;
    printer.written(&folder.display().to_string(), &name.to_string());
    Ok(0)
}
