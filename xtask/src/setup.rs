//! Checks that the tools are here, and installs what the tests need from Debian's packages
//! when it is missing. Installs nothing else, and nothing from anywhere else.

use crate::{Outcome, postgres, shell};
use std::io::IsTerminal;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

/// Something the tests need, and how to tell that it is here.
struct Need {
    kind: &'static str,
    packages: &'static [&'static str],
    here: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need {
        kind: "--browser",
        // Without its sandbox package Chromium does not start for anyone but root.
        packages: &["chromium", "chromium-sandbox"],
        here: || ["chromium", "chromium-browser"].iter().any(|name| shell::find(name).is_some()),
    },
    Need {
        kind: "--browser",
        // Scripts beyond Latin, so that a screenshot in Urdu is not a row of boxes.
        packages: &["fonts-noto-core"],
        here: || Path::new("/usr/share/fonts/truetype/noto").is_dir(),
    },
    Need {
        kind: "--media",
        packages: &["ffmpeg"],
        here: || ["ffmpeg", "ffprobe"].iter().all(|name| shell::find(name).is_some()),
    },
    Need { kind: "--postgres", packages: &["postgresql"], here: || postgres::programs().is_ok() },
];

/// The oldest versions that do.
const RUST: (u32, u32) = (1, 95);
const NODE: (u32, u32) = (20, 0);
const PYTHON: (u32, u32) = (3, 9);

/// Checks the tools, and installs what the kinds named (or all) lack.
pub(crate) fn run(kinds: &[&str]) -> Outcome {
    if let Some(unknown) = kinds.iter().find(|kind| NEEDS.iter().all(|need| need.kind != **kind)) {
        return Err(format!("setup knows --browser, --postgres and --media, not {unknown}"));
    }
    check_tools()?;
    let wanted = |need: &&Need| kinds.is_empty() || kinds.contains(&need.kind);
    let missing: Vec<&Need> = NEEDS.iter().filter(wanted).filter(|need| !(need.here)()).collect();
    if missing.is_empty() {
        println!("Everything is installed.");
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    install(&packages)?;
    match missing.iter().find(|need| !(need.here)()) {
        None => Ok(()),
        Some(need) => Err(format!("{} is installed but cannot be found", need.packages[0])),
    }
}

/// Rust, Node and Python: the three that a machine must bring.
pub(crate) fn check_tools() -> Outcome {
    for (program, oldest) in
        [("cargo", RUST), ("rustc", RUST), ("node", NODE), ("npm", (9, 0)), ("python3", PYTHON)]
    {
        let (major, minor) = oldest;
        let need = format!("{program} {major}.{minor} or newer is needed");
        let said = shell::capture(shell::command(program).arg("--version"))
            .map_err(|why| format!("{need}: {why}"))?;
        if version(&said).is_none_or(|found| found < oldest) {
            return Err(format!("{need}; this is {}", said.trim()));
        }
        println!("{program:<8} {}", said.trim());
    }
    Ok(())
}

/// The first `N.N` in what a program says of itself.
fn version(said: &str) -> Option<(u32, u32)> {
    said.split([' ', 'v', '\n']).find_map(|word| {
        let mut numbers = word.split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    })
}

fn install(packages: &[&str]) -> Outcome {
    println!("Missing: {}", packages.join(" "));
    let by_hand = format!("install them by hand: apt-get install {}", packages.join(" "));
    if shell::find("apt-get").is_none() {
        return Err(format!("this is no Debian machine, {by_hand}"));
    }
    let apt = |arguments: &[&str]| -> Outcome {
        let mut command = as_root().ok_or(format!("neither root nor sudo, {by_hand}"))?;
        // Waits for whoever else is installing, five minutes at most.
        command.args(["apt-get", "-o", "DPkg::Lock::Timeout=300", "--yes"]).args(arguments);
        shell::run(&mut command)
    };
    // A list that could not be refreshed may still name the packages: let the install say.
    if let Err(why) = apt(&["update"]) {
        println!("{why}; going on with the lists as they are.");
    }
    let install = [&["install", "--no-install-recommends"], packages].concat();
    apt(&install).map_err(|why| format!("{why}\n{by_hand}"))
}

/// A command prefix that makes what follows run as root; `None` when nothing can.
fn as_root() -> Option<Command> {
    if is_root() {
        return Some(shell::command("env"));
    }
    shell::find("sudo")?;
    let silent = shell::capture(shell::command("sudo").args(["-n", "true"])).is_ok();
    let mut sudo = if silent {
        shell::command("sudo")
    } else if std::io::stdin().is_terminal() {
        // Sudo asks for the password on the terminal.
        shell::interactive("sudo")
    } else {
        return None;
    };
    sudo.args(["env", "DEBIAN_FRONTEND=noninteractive"]);
    Some(sudo)
}

/// Whether this process may do anything.
pub(crate) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_tool_states_its_version_is_understood() {
        assert_eq!(version("cargo 1.95.0 (f2d3ce0bd 2026-03-21)\n"), Some((1, 95)));
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("Python 3.11.7\n"), Some((3, 11)));
        assert_eq!(version("10.8.2\n"), Some((10, 8)));
        assert_eq!(version("no version"), None);
    }

    #[test]
    fn an_unknown_kind_is_refused_before_anything_is_installed() {
        let why = run(&["--everything"]).unwrap_err();
        assert!(why.contains("--everything"), "{why}");
    }
}
