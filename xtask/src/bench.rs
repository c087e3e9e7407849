//! Measures the release binary on this machine, both journals included.

use crate::{Outcome, assets, cargo, postgres, setup, shell};

/// Writes bench/results/latest.json.
pub(crate) fn run() -> Outcome {
    setup::run(&["--postgres"])?;
    assets::run()?;
    let binary = cargo::sightline(cargo::Profile::Release)?;
    let database = postgres::Cluster::for_figures()?;
    let mut bench = shell::command(binary);
    bench.args(["bench", "--out", "bench/results/latest.json"]);
    shell::run(bench.env(postgres::VARIABLE, database.url()))
}
