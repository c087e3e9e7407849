//! What was once stored is read for ever: one file an event, byte for byte what was written.

use crate::{Event, State};
use kernel::{At, Decider};
use std::collections::BTreeSet;
use std::path::Path;

fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fossils");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Every stored name that the source knows.
fn kinds() -> BTreeSet<String> {
    let source = include_str!("../event.rs");
    let names = source.split("#[serde(rename = \"disclosure.").skip(1);
    names.map(|rest| format!("disclosure.{}", rest.split('"').next().unwrap())).collect()
}

#[test]
fn every_event_has_a_fossil_that_reads_back_as_it_was_written() {
    let mut found = BTreeSet::new();
    for (name, text) in files() {
        let event: Event = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let was: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), was, "{name}");
        assert_eq!(was["kind"], name.as_str());
        found.insert(name);
        // Whatever was once stored can be folded, in any state.
        let _ = crate::Disclosure::evolve(State::default(), &event, At::default());
    }
    assert_eq!(found, kinds());
}
