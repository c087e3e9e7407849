//! Every library has a reason, written down, and is used where it is named.

use super::{Check, Finding, code};
use crate::house::{File, House};
use std::collections::BTreeSet;

const MANIFEST: &str = "Cargo.toml";
const REASONS_PAGE: &str = "docs/decisions/0001-libraries.md";

/// The page of reasons and the workspace name the same libraries.
pub(super) const REASONS: Check = Check {
    name: "reasons",
    find: |house: &House| {
        let (wanted, given) = (libraries(house), reasons(house));
        let missing = wanted.difference(&given);
        let missing = missing.map(|name| format!("gives no reason for `{name}`"));
        let stale = given.difference(&wanted);
        let stale = stale.map(|name| format!("gives a reason for `{name}`, which is not used"));
        missing.chain(stale).map(|words| Finding::new(REASONS_PAGE, 0, words)).collect()
    },
};

/// Libraries of the workspace: what is not ours.
fn libraries(house: &House) -> BTreeSet<String> {
    let text = house.text(MANIFEST).unwrap_or_default();
    let manifest: toml::Table = text.parse().expect("cargo has read the same manifest");
    let dependencies = manifest.get("workspace").and_then(|w| w.get("dependencies"));
    let dependencies = dependencies.and_then(toml::Value::as_table).into_iter().flatten();
    let outside = dependencies.filter(|(_, value)| value.get("path").is_none());
    outside.map(|(name, _)| name.clone()).collect()
}

/// Every line that gives a reason: "- `name`: why".
fn reasons(house: &House) -> BTreeSet<String> {
    let page = house.text(REASONS_PAGE).unwrap_or_default().lines();
    let given = page.filter_map(|line| line.strip_prefix("- `")?.split_once("`: "));
    given.filter(|(_, why)| !why.trim().is_empty()).map(|(name, _)| name.to_owned()).collect()
}

/// What a manifest names, its crate uses; what the workspace names, some crate names.
pub(super) const USED: Check = Check {
    name: "used",
    find: |house: &House| {
        let mut named = BTreeSet::new();
        let mut found = vec![];
        for file in house.files.iter().filter(|file| file.name() == MANIFEST) {
            let dependencies = dependencies(file);
            let unused = unused(house, file, &dependencies);
            if !unused.is_empty() {
                let words = format!("names what its code does not: {}", unused.join(", "));
                found.push(Finding::new(&file.path, 0, words));
            }
            named.extend(dependencies);
        }
        for name in libraries(house).difference(&named) {
            found.push(Finding::new(MANIFEST, 0, format!("no crate uses `{name}`")));
        }
        found
    },
};

/// What one crate's manifest names, for its code, its tests and its build.
fn dependencies(manifest: &File) -> BTreeSet<String> {
    let table: toml::Table = manifest.text.parse().expect("cargo has read the same manifest");
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = kinds.iter().filter_map(|kind| table.get(*kind)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

fn unused<'a>(house: &House, manifest: &File, names: &'a BTreeSet<String>) -> Vec<&'a str> {
    let folder = manifest.path.trim_end_matches(MANIFEST);
    let sources: Vec<&File> = house
        .files
        .iter()
        .filter(|file| file.kind() == "rs" && file.path.starts_with(folder))
        .collect();
    let used = |name: &str| {
        let word = name.replace('-', "_");
        sources.iter().any(|file| code::has_word(&file.text, &word))
    };
    names.iter().map(String::as_str).filter(|name| !used(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::keeps;
    use super::*;

    #[test]
    fn every_library_has_a_reason_and_every_reason_a_library() {
        keeps(&REASONS);
    }

    #[test]
    fn every_dependency_is_used_where_it_is_named() {
        keeps(&USED);
    }

    const WORKSPACE: &str = "[workspace.dependencies]\nkernel = { path = \"x\" }\n\
        serde = \"1\"\ntoml = { version = \"1\" }\n";

    fn words(check: &Check, files: &[(&str, &str)]) -> Vec<String> {
        let house = House::of(files, serde_json::Value::Null);
        (check.find)(&house).into_iter().map(|finding| finding.words).collect()
    }

    #[test]
    fn a_library_without_a_reason_and_a_reason_without_a_library_are_found() {
        let page = "- `serde`: because.\n- `gone`: because.\n- `toml`:\n";
        let found = words(&REASONS, &[(MANIFEST, WORKSPACE), (REASONS_PAGE, page)]);
        let expected =
            ["gives no reason for `toml`", "gives a reason for `gone`, which is not used"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_dependency_that_no_code_mentions_is_found() {
        let manifest = "[dependencies]\nserde.workspace = true\nserde-json = \"1\"\n";
        let files = [
            (MANIFEST, WORKSPACE),
            ("crates/a/Cargo.toml", manifest),
            ("crates/a/src/lib.rs", "use serde::Serialize;\n"),
            ("crates/b/src/lib.rs", "use serde_json::Value;\n"),
        ];
        let expected = ["names what its code does not: serde-json", "no crate uses `toml`"];
        assert_eq!(words(&USED, &files), expected);
    }
}
