//! The binary `sightline`: one program, a few subcommands, one file each in `cmd/`.

mod archive;
mod capabilities;
mod certificates;
mod checkpoints;
#[cfg(test)]
mod closing_tests;
mod cmd;
mod demo;
mod house;
#[cfg(test)]
mod house_tests;
mod instruments;
mod media;
mod messages;
mod packages;
#[cfg(test)]
mod packages_tests;
#[cfg(test)]
mod party_tests;
mod policies;
mod presence;
mod recorder;
mod residue;
#[cfg(test)]
mod secrecy_tests;
mod settings;
mod store;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A trained officer, face to face, in the browser of the phone in her hand.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The configuration file; without one the defaults stand.
    #[arg(long, global = true, env = "SIGHTLINE_CONFIG")]
    config: Option<PathBuf>,
    /// Where journal, read models, keys and recordings live; outranks the configuration.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the service.
    Serve(cmd::serve::Arguments),
    /// Runs the service with invented people and a telephone on the screen.
    Demo(cmd::demo::Arguments),
    /// Rehearses whole calls with synthetic people, and says what it measured.
    Rehearse(cmd::rehearse::Arguments),
    /// Measures this machine: rehearsals of rising size, and both journals.
    Bench(cmd::bench::Arguments),
    /// Looks at the configuration.
    #[command(subcommand)]
    Config(cmd::config::Command),
    /// Makes the first administrator.
    #[command(subcommand)]
    Admin(cmd::admin::Command),
    /// Looks at the journal.
    #[command(subcommand)]
    Journal(cmd::journal::Command),
    /// Looks at what was forgotten.
    #[command(subcommand)]
    Retention(cmd::retention::Command),
    /// Looks at packages of evidence.
    #[command(subcommand)]
    Evidence(cmd::evidence::Command),
    /// Looks at packs of questions.
    #[command(subcommand)]
    Instrument(cmd::instrument::Command),
    /// Copies everything but the keys beside a running service; with `--keys` the keys alone.
    Backup(cmd::backup::Arguments),
    /// Puts a backup back into an empty data directory, verified.
    Restore(cmd::restore::Arguments),
    /// Tries a backup in a folder that is gone afterwards: what expired is dead, the rest plays.
    Drill(cmd::drill::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(fault) => return cmd::fail(&fault),
    };
    let Arguments { config, data, command } = arguments;
    let settings = || {
        let mut settings = settings::Settings::load(config.as_deref())?;
        if let Some(data) = &data {
            settings.data.clone_from(data);
        }
        Ok::<_, settings::SettingsFault>(settings)
    };
    let done = runtime.block_on(async {
        match command {
            Command::Serve(arguments) => cmd::serve::run(settings()?, arguments).await,
            Command::Demo(arguments) => cmd::demo::run(settings()?, arguments).await,
            Command::Rehearse(arguments) => cmd::rehearse::run(settings()?, arguments).await,
            Command::Bench(arguments) => cmd::bench::run(settings()?, arguments).await,
            Command::Config(command) => cmd::config::run(settings, command),
            Command::Admin(command) => cmd::admin::run(settings()?, command).await,
            Command::Journal(command) => cmd::journal::run(settings()?, command).await,
            Command::Retention(command) => cmd::retention::run(settings, command).await,
            Command::Evidence(command) => cmd::evidence::run(command),
            Command::Instrument(command) => cmd::instrument::run(command),
            Command::Backup(arguments) => cmd::backup::run(settings()?, arguments).await,
            Command::Restore(arguments) => cmd::restore::run(settings()?, arguments).await,
            Command::Drill(arguments) => cmd::drill::run(settings()?, arguments).await,
        }
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    match done {
        Ok(code) => code,
        Err(fault) => cmd::fail(&*fault),
    }
}
