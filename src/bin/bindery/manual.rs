//! Completions and manual pages, made from the one table of options.

use crate::args::Args;
use crate::report::print_out;
use clap::CommandFactory as _;
use clap_complete::Shell;

/// Prints what a shell needs to complete the command line.
pub(crate) fn completions(shell: Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "bindery", &mut script);
    print_out(&script);
}

/// Prints the manual page of the program, or of one of its commands.
///
/// # Errors
///
/// The message where there is no such command.
pub(crate) fn page(command: Option<&str>) -> Result<(), String> {
    let mut all = Args::command();
    all.build();
    let wanted = match command {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let known: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
                return Err(format!("“{name}” is no command; there are {}", known.join(", ")));
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(wanted).render(&mut page).map_err(|error| format!("cannot write the page: {error}"))?;
    print_out(&page);
    Ok(())
}
