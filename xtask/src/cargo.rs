//! Calling cargo, and finding what it built.

use crate::{Outcome, house, shell};
use std::path::PathBuf;
use std::process::Command;

/// How the binary is built: quickly, or to be quick.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// What the tests use.
    Dev,
    /// What a newcomer waits for and looks at.
    Demo,
    /// What is measured and shipped.
    Release,
}

impl Profile {
    /// Its name for cargo, and the folder under the target folder.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Dev => ("dev", "debug"),
            Self::Demo => ("demo", "demo"),
            Self::Release => ("release", "release"),
        }
    }
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
    let (name, folder) = profile.names();
    shell::run(build.args(["--profile", name]))?;
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
