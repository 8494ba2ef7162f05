//! The options that front matter and project files can say too: made from the one table of them all.

use bindery::settings::{KEYS, Layer, Origin, Scope, Takes};
use clap::builder::TypedValueParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

/// What was said of the book on the command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct SettingArgs {
    /// What was said.
    pub(crate) layer: Layer,
}

/// Where the help lists a key; none: it is no flag, since it is about one file of several.
fn heading(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::Work => Some("What it is"),
        Scope::Reading => Some("How it is read"),
        Scope::Editions => Some("Both editions"),
        Scope::Epub => Some("E-book"),
        Scope::Pages => Some("Pages"),
        Scope::Place => None,
    }
}

impl clap::Args for SettingArgs {
    fn augment_args(command: Command) -> Command {
        KEYS.iter().fold(command, |command, key| {
            let Some(heading) = heading(key.scope) else { return command };
            let help = match key.default {
                "" => key.help.to_owned(),
                default => format!("{} [default: {default}]", key.help),
            };
            let rivals = KEYS.iter().filter(|other| other.about == key.about && other.name != key.name);
            let arg = Arg::new(key.name).long(key.name).help(help).help_heading(heading);
            let arg = arg.conflicts_with_all(rivals.map(|other| other.name));
            let parser = clap::builder::StringValueParser::new()
                .try_map(|text| key.check(&Value::String(text.clone())).map(|()| text));
            command.arg(match key.takes {
                Takes::Nothing => arg.action(ArgAction::SetTrue),
                Takes::One(name) => arg.value_name(name).value_parser(parser),
                Takes::Many(name) => arg.value_name(name).value_parser(parser).action(ArgAction::Append),
            })
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        SettingArgs::augment_args(command)
    }
}

impl clap::FromArgMatches for SettingArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<SettingArgs, clap::Error> {
        let mut args = SettingArgs::default();
        args.update_from_arg_matches(matches)?;
        Ok(args)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for key in KEYS.iter().filter(|key| heading(key.scope).is_some()) {
            if matches.value_source(key.name) != Some(ValueSource::CommandLine) {
                continue;
            }
            let texts = || matches.get_many::<String>(key.name).into_iter().flatten().cloned().map(Value::String);
            let value = match key.takes {
                Takes::Nothing => Some(Value::Bool(true)),
                Takes::One(_) => texts().next(),
                Takes::Many(_) => Some(Value::Array(texts().collect())),
            };
            if let Some(value) = value {
                let said = self.layer.say(key.name, value, Origin::Flag);
                said.map_err(|error| clap::Error::raw(clap::error::ErrorKind::ValueValidation, error))?;
            }
        }
        Ok(())
    }
}
