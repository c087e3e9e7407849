//! The rules of an arrest and of what follows it, one sentence each.

mod clocks;
mod order;
mod request;
mod work;

use crate::policy::{AttemptHours, Coded, Means, OutcomeCode};
use crate::{Act, Command, Event, Policy, Request, RiskGrade};
use calendar::Jurisdiction;
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{Actor, At, Personal, Role};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A weekday at nine in the morning, in winter: Friday 15 January 2027, 08:00 UTC.
pub(super) const NOW: At = At::from_seconds(1_800_000_000);

pub(super) fn policy() -> Arc<Policy> {
    let coded = |code: &str| Coded { code: code.into(), title: code.into(), retired: false };
    let outcome = |code: &str, means, settled| OutcomeCode {
        code: code.into(),
        title: code.into(),
        means,
        settled,
        retired: false,
    };
    Arc::new(Policy {
        version: 1,
        jurisdiction: Jurisdiction::EnglandAndWales,
        attempt_hours: AttemptHours { high: 4, medium: 24, standard: 72 },
        tell_working_days: 1,
        court_warnings_hours: [12, 2],
        end_warnings_days: [7, 1],
        review_warning_days: 1,
        teams: vec![coded("north"), Coded { retired: true, ..coded("gone") }],
        results: vec![coded("nobody_in")],
        tellings: vec![coded("telephone")],
        outcomes: vec![outcome("charge", Means::Charge, true), outcome("bail", Means::Bail, false)],
    })
}

pub(super) fn act(act: Act) -> Command {
    Command { policy: policy(), act }
}

pub(super) fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

pub(super) fn staff(id: u128, role: Role) -> Actor {
    Actor::Staff { id: StaffId(id), roles: vec![role] }
}

pub(super) fn at(text: &str) -> At {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let day = day.parse().unwrap();
    calendar::at_time(day, hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}

pub(super) fn full() -> Request {
    Request {
        incident: IncidentId(1),
        suspect: "Example Suspect".into(),
        grounds: "She saw him break the window.".into(),
        necessity: BTreeSet::from([crate::Necessity::Protect]),
        necessity_words: "He said he would return tonight.".into(),
        whereabouts: String::new(),
        risks: "None known.".into(),
        wishes: String::new(),
        risk: Some(RiskGrade::Medium),
        reported_at: None,
        open_already: false,
    }
}

pub(super) fn requested() -> Event {
    Event::Requested {
        incident: IncidentId(1),
        suspect: words("Example Suspect"),
        grounds: words("She saw him break the window."),
        necessity: vec![crate::Necessity::Protect],
        necessity_words: words("He said he would return tonight."),
        whereabouts: words(""),
        risks: words("None known."),
        wishes: Some(words("")),
        risk: Some(RiskGrade::Medium),
        attempt_due: Some(calendar::hours_after(NOW, 24)),
        reported_at: None,
    }
}

#[test]
fn every_event_ever_stored_still_reads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fossils");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stored: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let kind = stored["kind"].as_str().unwrap();
        assert!(path.file_name().unwrap().to_str().unwrap().starts_with(kind), "{path:?}");
        let again = if kind.starts_with("arrest.") {
            serde_json::to_value(serde_json::from_value::<Event>(stored.clone()).unwrap())
        } else {
            let event: crate::order::Event = serde_json::from_value(stored.clone()).unwrap();
            serde_json::to_value(event)
        };
        assert_eq!(again.unwrap(), stored);
        read += 1;
    }
    assert_eq!(read, 31);
}
