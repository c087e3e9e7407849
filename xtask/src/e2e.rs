//! The browser journeys of e2e/: `npm test` there, with the built binary and Debian's Chromium,
//! leaving its count in e2e/results/summary.json as `{"passed": N, "failed": N}`.

use crate::{Outcome, cargo, house, node, shell, tally::Tally};

/// Plays the journeys and prints their count.
pub(crate) fn run(profile: cargo::Profile) -> Outcome {
    crate::assets::run()?;
    let tally = play(profile)?;
    println!("{tally}");
    if tally.failed == 0 { Ok(()) } else { Err("a journey failed".to_owned()) }
}

/// Plays the journeys and gives their count; an error only when they could not be counted.
pub(crate) fn play(profile: cargo::Profile) -> Outcome<Tally> {
    let folder = house::root().join("e2e");
    if !folder.join("package.json").exists() {
        println!("e2e/package.json is not there yet: no journey to play.");
        return Ok(Tally::default());
    }
    let binary = cargo::sightline(profile)?;
    let chromium = ["chromium", "chromium-browser"].into_iter().find_map(shell::find);
    let chromium = chromium.ok_or("no Chromium: run `cargo xtask setup --browser`")?;
    node::install("e2e")?;
    let summary = folder.join("results/summary.json");
    if summary.exists() {
        std::fs::remove_file(&summary).map_err(|e| format!("{}: {e}", summary.display()))?;
    }
    let mut npm = shell::command("npm");
    npm.args(["run", "--silent", "test"]).current_dir(&folder);
    let played = shell::run(npm.env("SIGHTLINE_BIN", binary).env("CHROMIUM", chromium));
    let Ok(json) = std::fs::read_to_string(&summary) else {
        let why = played.err().unwrap_or_default();
        return Err(format!("the journeys left no e2e/results/summary.json. {why}"));
    };
    let mut tally = Tally::of_summary(&json)?;
    if played.is_err() && tally.failed == 0 {
        tally.failed = 1;
    }
    if tally == Tally::default() { Err("no journey was played".to_owned()) } else { Ok(tally) }
}
