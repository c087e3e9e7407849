//! Builds everything to be shown and becomes `sightline demo`.

use crate::{Outcome, assets, cargo, setup, shell};
use std::os::unix::process::CommandExt;

/// Never returns when all is well: the server takes this process's place.
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    setup::check_tools()?;
    assets::run()?;
    let binary = cargo::sightline(cargo::Profile::Demo)?;
    let error = shell::interactive(&binary).args(["demo", "--alive"]).args(arguments).exec();
    Err(format!("{} cannot be started: {error}", binary.display()))
}
