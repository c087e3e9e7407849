//! Calling cargo, and finding what it built.

use crate::{Outcome, house, shell};
use std::path::PathBuf;
use std::process::Command;

/// How the binary is built: quickly, or to be quick.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// What the tests use.
    Dev,
    /// What is measured, shown and shipped.
    Release,
}

/// A call of cargo.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = shell::command("cargo");
    command.args(arguments);
    command
}

/// Builds `sightline` and says where it is.
pub(crate) fn sightline(profile: Profile) -> Outcome<PathBuf> {
    let mut build = cargo(&["build", "--locked", "--package", "server", "--bin", "sightline"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    shell::run(&mut build)?;
    let folder = if profile == Profile::Release { "release" } else { "debug" };
    let binary = target()?.join(folder).join("sightline");
    if binary.is_file() { Ok(binary) } else { Err(format!("{} is missing", binary.display())) }
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> Outcome<PathBuf> {
    let text = shell::capture(&mut cargo(&["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.map_or_else(|| house::root().join("target"), PathBuf::from))
}
