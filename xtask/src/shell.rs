//! Running other programs: always from the top of the repository, without standard input, and
//! in an environment in which no tool waits for a person or colours what we read.

use crate::{Outcome, house};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// What every child finds in its environment.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("CI", "true"),
    ("TZ", "UTC"),
    ("LC_ALL", "C.UTF-8"),
    ("CARGO_TERM_COLOR", "never"),
    ("NO_COLOR", "1"),
    ("RUST_BACKTRACE", "1"),
    ("INSTA_UPDATE", "no"),
    ("DEBIAN_FRONTEND", "noninteractive"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("NO_PROXY", "localhost,127.0.0.1,::1"),
    ("no_proxy", "localhost,127.0.0.1,::1"),
    ("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    ("NPM_CONFIG_UPDATE_NOTIFIER", "false"),
];

/// A program to run from the top of the repository.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = interactive(program);
    command.envs(ENVIRONMENT.iter().copied()).stdin(Stdio::null());
    command
}

/// A program for a person: it keeps the terminal and the environment it was called in.
pub(crate) fn interactive(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(house::root());
    // What `cargo run` says about xtask must not be taken for news about another crate.
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&key);
        }
    }
    command
}

/// Runs to the end, showing what the program prints.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|e| cannot_start(command, &e))?;
    ended(command, status)
}

/// Runs to the end and gives what the program printed; what it complained of is in the error.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|e| cannot_start(command, &e))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ended(command, output.status).map_err(|why| format!("{why}\n{}", complaint.trim_end()))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, showing each line and handing it to `see`.
pub(crate) fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Outcome {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|e| cannot_start(command, &e))?;
    let stdout = child.stdout.take().expect("standard output was just piped");
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line.map_err(|e| format!("{} cannot be read: {e}", name(command)))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        see(&line);
    }
    let status = child.wait().map_err(|e| format!("{} was lost: {e}", name(command)))?;
    ended(command, status)
}

/// Where `program` is on the path, if it is.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Reads a file, saying which one when it cannot.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|e| format!("{} cannot be read: {e}", path.display()))
}

/// Writes a file and the folders above it, saying which one when it cannot.
pub(crate) fn write(path: &Path, text: &str) -> Outcome {
    let folder = path.parent().expect("a file stands in a folder");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|e| format!("{} cannot be written: {e}", path.display()))
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` cannot be started: {error}", name(command))
}

fn ended(command: &Command, status: ExitStatus) -> Outcome {
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", name(command))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_says_its_name_and_its_complaint() {
        let why = capture(command("sh").args(["-c", "echo broken >&2; exit 3"])).unwrap_err();
        assert!(why.contains("exit 3`"), "{why}");
        assert!(why.ends_with("broken"), "{why}");
    }

    #[test]
    fn every_line_is_seen_and_no_child_waits_for_input() {
        let mut lines = vec![];
        watch(command("sh").args(["-c", "echo one; cat; echo $CI"]), |line| {
            lines.push(line.to_owned());
        })
        .unwrap();
        assert_eq!(lines, ["one", "true"]);
    }
}
