//! The documents that say where things are name everything, and what they name is there.

use super::{Check, Finding, code};
use crate::house::{File, House};
use std::collections::BTreeSet;

/// What a path in a document starts with when it is one of ours.
const ROOTS: &[&str] = &[
    "crates/",
    "capabilities/",
    "apps/",
    "web/",
    "docs/",
    "e2e/",
    "bench/",
    "fuzz/",
    "xtask/",
    "instruments/",
    "locales/",
    ".ci/",
    ".cargo/",
];
/// What is made, and so is not there in a fresh clone.
const MADE: &[&str] = &["web/dist", "web/node_modules", "e2e/node_modules", "e2e/results"];

/// ARCHITECTURE.md names every crate, every capability and every app.
pub(super) const NAMES: Check = Check {
    name: "map",
    find: |house: &House| {
        let Some(map) = house.text("ARCHITECTURE.md") else {
            return vec![];
        };
        let unnamed = places(house).into_iter().filter(|place| !names(map, place));
        let words = |place: String| format!("does not name {place}");
        unnamed.map(|place| Finding::new("ARCHITECTURE.md", 0, words(place))).collect()
    },
};

/// `crates/x`, `capabilities/x`, `apps/x` and xtask, by their manifests.
fn places(house: &House) -> BTreeSet<String> {
    let manifests = house.files.iter().filter(|file| file.name() == "Cargo.toml");
    let parts = manifests.map(|file| file.path.split('/').collect::<Vec<_>>());
    parts
        .filter_map(|parts| match parts.as_slice() {
            ["xtask", _] => Some("xtask".to_owned()),
            ["crates" | "capabilities" | "apps", name, ..] => Some(format!("{}/{name}", parts[0])),
            _ => None,
        })
        .collect()
}

/// By its path, or by its name as code.
fn names(map: &str, place: &str) -> bool {
    let name = place.rsplit('/').next().unwrap_or(place);
    code::has_word(map, place) || map.contains(&format!("`{name}`"))
}

/// What the documents point at exists.
pub(super) const PATHS: Check = Check {
    name: "paths",
    find: |house: &House| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| file.kind() == "md") {
            for (number, line) in code::lines(&file.text) {
                for path in pointed_at(file, line) {
                    if !exists(house, &path) {
                        let words = format!("points at {path}, which is not there");
                        found.push(Finding::new(&file.path, number, words));
                    }
                }
            }
        }
        found
    },
};

/// Our own paths in one line of a document: in links, or written out.
fn pointed_at(file: &File, line: &str) -> Vec<String> {
    let links = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut paths: Vec<String> = links
        .map(|link| link.split('#').next().unwrap_or_default())
        .filter(|link| !link.is_empty() && !link.contains(':'))
        .map(|link| beside(&file.path, link))
        .collect();
    let apart = |c: char| c.is_whitespace() || "`()[],;|\"'".contains(c);
    let words = line.split(apart).filter(|word| ROOTS.iter().any(|root| word.starts_with(root)));
    // Anything with a placeholder in it is a pattern, not a path.
    let words = words.filter(|word| !word.contains(['<', '*', '{', '…', '$', 'N', ':']));
    paths.extend(words.map(|word| word.trim_end_matches(['.', '/', '!', '?']).to_owned()));
    paths.retain(|path| !MADE.iter().any(|made| path.starts_with(made)));
    paths.dedup();
    paths
}

/// A link is relative to the document it stands in.
fn beside(document: &str, link: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// As a file or a folder; pictures are not text, so the disk is asked about those.
fn exists(house: &House, path: &str) -> bool {
    let folder = format!("{path}/");
    path.is_empty()
        || house.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
        || crate::house::root().join(path).exists()
}

/// The two documents that everything starts from.
pub(super) const PRESENT: Check = Check {
    name: "documents",
    find: |house: &House| {
        let missing = ["README.md", "ARCHITECTURE.md"];
        let missing = missing.iter().filter(|path| house.text(path).is_none());
        missing.map(|path| Finding::new(path, 0, "is not there")).collect()
    },
};

#[cfg(test)]
mod tests {
    use super::super::{found, keeps};
    use super::*;

    #[test]
    fn the_map_names_every_crate_capability_and_app() {
        keeps(&NAMES);
    }

    #[test]
    fn every_path_that_a_document_names_exists() {
        keeps(&PATHS);
    }

    #[test]
    fn the_readme_and_the_map_are_there() {
        keeps(&PRESENT);
    }

    #[test]
    fn what_the_map_leaves_out_is_found() {
        let files = [
            ("ARCHITECTURE.md", "`kernel` and capabilities/call"),
            ("crates/kernel/Cargo.toml", ""),
            ("capabilities/call/rules/Cargo.toml", ""),
            ("capabilities/call/web/Cargo.toml", ""),
            ("apps/server/Cargo.toml", ""),
        ];
        let house = House::of(&files, serde_json::Value::Null);
        let words: Vec<_> = (NAMES.find)(&house).into_iter().map(|f| f.words).collect();
        assert_eq!(words, ["does not name apps/server"]);
    }

    #[test]
    fn paths_that_lead_nowhere_are_found() {
        let text = "See `docs/glossary.md` and [home](../README.md#top), [out](https://a.example).\n\
            Not `docs/nowhere.md`, nor [this](else.md).\n\
            But `capabilities/<noun>/rules` and web/dist/manifest.json are no paths.\n";
        let files = [("docs/a.md", text), ("docs/glossary.md", ""), ("README.md", "")];
        assert_eq!(found(&PATHS, &files), ["docs/a.md:2", "docs/a.md:2"]);
    }

    #[test]
    fn a_missing_document_is_found() {
        assert_eq!(found(&PRESENT, &[("README.md", "")]), ["ARCHITECTURE.md:0"]);
    }
}
