//! Every event ever stored still reads, and every kind has its fossil.

use crate::{clock, hold, promotion, schedule};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn reads<E: Serialize + DeserializeOwned>(stored: &Value) {
    let event: E = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), *stored);
}

#[test]
fn every_event_ever_stored_reads_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fossils");
    let mut kinds = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let stored: Value = serde_json::from_str(&text).unwrap();
        match stored["kind"].as_str().unwrap().split('.').next() {
            Some("hold") => reads::<hold::Event>(&stored),
            Some("clock") => reads::<clock::Event>(&stored),
            Some("promotion") => reads::<promotion::Event>(&stored),
            _ => reads::<schedule::Event>(&stored),
        }
        kinds += 1;
    }
    let source = [
        include_str!("../clock.rs"),
        include_str!("../hold/event.rs"),
        include_str!("../promotion.rs"),
        include_str!("../schedule.rs"),
    ];
    let named: usize = source.iter().map(|text| text.matches("[serde(rename = \"").count()).sum();
    assert_eq!(kinds, named);
}
