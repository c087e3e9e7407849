//! What takes too long for every change: the schedules of the simulation, in release.

use crate::{Outcome, cargo, shell};

/// As many as the model-based test of forgetting is worth in a night.
const SCHEDULES: &str = "100000";

/// Plays them; `rest` goes to `sim retention`, e.g. another `--seed` or fewer
/// `--schedules`.
pub(crate) fn run(rest: &[&str]) -> Outcome {
    let release = ["run", "--locked", "--release", "--quiet", "--package", "sim", "--"];
    let mut sim = cargo::cargo(&release);
    sim.arg("retention");
    if !rest.contains(&"--schedules") {
        sim.args(["--schedules", SCHEDULES]);
    }
    shell::run(sim.args(rest))
}
