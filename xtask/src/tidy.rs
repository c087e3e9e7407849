//! The house rules that a machine can keep. Each check reads the repository and tells what it
//! found; each has a test that the house keeps it and a test that a broken house is noticed.
//! Exemptions are in xtask/exemptions.toml, with a reason each, and only ever get fewer.

mod architecture;
mod arrows;
mod citations;
mod code;
mod dependencies;
mod functions;
mod layers;
mod licences;
mod names;
mod places;
mod size;
mod sql;
mod telephone;
mod testing;

use crate::{Outcome, house::House};
use std::collections::BTreeSet;
use std::fmt;

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    /// Counted from 1; 0 when it is about the whole file.
    line: usize,
    words: String,
}

impl Finding {
    fn new(path: &str, line: usize, words: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, words: words.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.words),
            line => write!(f, "{}:{line}: {}", self.path, self.words),
        }
    }
}

/// One rule.
pub(crate) struct Check {
    /// As it stands in xtask/exemptions.toml.
    name: &'static str,
    find: fn(&House) -> Vec<Finding>,
}

const CHECKS: &[&Check] = &[
    &size::FILES,
    &size::LINES,
    &size::OPENINGS,
    &functions::CHECK,
    &names::CHECK,
    &code::UNFINISHED,
    &testing::CHECK,
    &citations::CHECK,
    &sql::CHECK,
    &places::CHECK,
    &telephone::CHECK,
    &architecture::NAMES,
    &architecture::PATHS,
    &architecture::PRESENT,
    &layers::CHECK,
    &arrows::CHECK,
    &dependencies::REASONS,
    &dependencies::USED,
    &licences::CHECK,
];

const EXEMPTIONS: &str = "xtask/exemptions.toml";

/// Prints every finding of every check.
pub(crate) fn run() -> Outcome {
    let house = House::read();
    let mut count = 0;
    for check in CHECKS {
        for finding in findings(check, house) {
            println!("{:<14} {finding}", check.name);
            count += 1;
        }
    }
    if count == 0 { Ok(()) } else { Err(format!("{count} things are untidy")) }
}

/// What a check finds that is not exempt, and what is exempt without need.
fn findings(check: &Check, house: &House) -> Vec<Finding> {
    let exempt = exemptions(check.name, house.text(EXEMPTIONS).unwrap_or_default());
    let found = (check.find)(house);
    let guilty: BTreeSet<&str> = found.iter().map(|finding| finding.path.as_str()).collect();
    let stale = exempt.iter().filter(|path| !guilty.contains(path.as_str())).map(|path| {
        let words = format!("[{}] exempts {path}, which no longer needs it", check.name);
        Finding::new(EXEMPTIONS, 0, words)
    });
    let stale: Vec<Finding> = stale.collect();
    let mut all: Vec<Finding> =
        found.into_iter().filter(|finding| !exempt.contains(&finding.path)).collect();
    all.extend(stale);
    all.sort();
    all
}

/// The paths exempt from one check: the keys of its table, whose values are the reasons.
fn exemptions(check: &str, text: &str) -> BTreeSet<String> {
    let table: toml::Table = text.parse().expect("xtask/exemptions.toml is TOML");
    let paths = table.get(check).and_then(toml::Value::as_table);
    paths.into_iter().flatten().map(|(path, _)| path.clone()).collect()
}

/// Fails the calling test with everything the check finds in the house.
#[cfg(test)]
#[track_caller]
fn keeps(check: &Check) {
    let found = findings(check, House::read());
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} findings:\n{}", lines.len(), lines.join("\n"));
}

/// What a check finds in a made-up house, as `path:line`.
#[cfg(test)]
fn found(check: &Check, files: &[(&str, &str)]) -> Vec<String> {
    let house = House::of(files, serde_json::Value::Null);
    (check.find)(&house).iter().map(|f| format!("{}:{}", f.path, f.line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: Check = Check {
        name: "sample",
        find: |house| house.files.iter().map(|file| Finding::new(&file.path, 1, "bad")).collect(),
    };

    #[test]
    fn an_exemption_silences_its_own_check_alone() {
        let exemptions = "[sample]\n\"a.rs\" = \"reason\"\n[other]\n\"b.rs\" = \"reason\"\n";
        let house = House::of(&[("a.rs", ""), ("b.rs", "")], serde_json::Value::Null);
        let exempt = super::exemptions("sample", exemptions);
        let left: Vec<_> =
            (CHECK.find)(&house).into_iter().filter(|f| !exempt.contains(&f.path)).collect();
        assert_eq!(left, [Finding::new("b.rs", 1, "bad")]);
    }

    #[test]
    fn an_exemption_that_is_no_longer_needed_is_a_finding() {
        let check = Check { name: "sample", find: |_| vec![] };
        let exemptions = "[sample]\n\"gone.rs\" = \"reason\"\n";
        let house = House::of(&[(EXEMPTIONS, exemptions)], serde_json::Value::Null);
        let found = findings(&check, &house);
        assert_eq!(found.len(), 1);
        assert!(found[0].words.contains("gone.rs"), "{found:?}");
    }

    #[test]
    fn every_exemption_names_a_check_and_gives_a_reason() {
        let text = House::read().text(EXEMPTIONS).unwrap_or_default();
        let table: toml::Table = text.parse().unwrap();
        for (name, paths) in &table {
            assert!(CHECKS.iter().any(|check| check.name == name), "no check is called {name}");
            for (path, reason) in paths.as_table().unwrap() {
                assert!(reason.as_str().is_some_and(|r| r.len() > 10), "{path}: why?");
            }
        }
    }
}
