//! One file a subcommand. What goes wrong here is told to the administrator in words.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

pub(crate) mod admin;
pub(crate) mod backup;
#[cfg(test)]
mod backup_tests;
pub(crate) mod bench;
pub(crate) mod config;
pub(crate) mod demo;
pub(crate) mod drill;
pub(crate) mod evidence;
pub(crate) mod instrument;
pub(crate) mod journal;
pub(crate) mod rehearse;
pub(crate) mod restore;
pub(crate) mod retention;
pub(crate) mod serve;

use std::error::Error;
use std::process::ExitCode;

/// What a command ends with.
pub(crate) type Done = Result<ExitCode, Box<dyn Error + Send + Sync>>;

/// Prints a fault with its causes.
pub(crate) fn fail(fault: &(dyn Error + 'static)) -> ExitCode {
    eprintln!("sightline: {fault}");
    let mut source = fault.source();
    while let Some(cause) = source {
        eprintln!("  because {cause}");
        source = cause.source();
    }
    ExitCode::FAILURE
}
