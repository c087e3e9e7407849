//! Packages and scripts of web/ and e2e/. Install scripts of packages are never run: what a
//! package needs must be in it.

use crate::{Outcome, house, shell, tally::Tally};
use std::path::Path;

/// Brings node_modules/ of `folder` to what its lock file says, unless it is there already.
pub(crate) fn install(folder: &str) -> Outcome {
    let folder = house::root().join(folder);
    let wanted = shell::read(&folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.sightline-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(());
    }
    let mut npm = shell::command("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    shell::run(&mut npm)?;
    shell::write(&stamp, &wanted)
}

/// Whether package.json of `folder` has the script `name`.
fn has_script(folder: &Path, name: &str) -> Outcome<bool> {
    let manifest = folder.join("package.json");
    if !manifest.exists() {
        return Ok(false);
    }
    let manifest: serde_json::Value = serde_json::from_str(&shell::read(&manifest)?)
        .map_err(|e| format!("{}: {e}", manifest.display()))?;
    Ok(manifest["scripts"][name].is_string())
}

/// Runs one script of `folder`, if it has it, counting the tests it tells of.
pub(crate) fn script(folder: &str, name: &str, tally: &mut Tally) -> Outcome {
    let path = house::root().join(folder);
    if !has_script(&path, name)? {
        println!("{folder}/ has no script `{name}`.");
        return Ok(());
    }
    install(folder)?;
    let mut npm = shell::command("npm");
    npm.args(["run", "--silent", name]).current_dir(path);
    shell::watch(&mut npm, |line| tally.see(line))
}
