//! `sightline config check | default`.

use super::Done;
use crate::settings::{self, Settings, SettingsFault};
use std::process::ExitCode;

/// Looks at the configuration.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Says what is wrong with it, by name.
    Check,
    /// Prints the commented default file.
    Default,
}

pub(crate) fn run(
    load: impl FnOnce() -> Result<Settings, SettingsFault>,
    command: Command,
) -> Done {
    match command {
        Command::Check => {
            let settings = load()?;
            crate::messages::build(&settings)?;
            crate::instruments::load(&settings)?;
            println!("The configuration is sound.");
        }
        Command::Default => print!("{}", settings::DEFAULT_FILE),
    }
    Ok(ExitCode::SUCCESS)
}
