//! The rules of a review and of a sample, one sentence each.

mod clocks;
mod review;
mod sample;

use crate::policy::Coded;
use crate::{Act, Command, Event, Judgement, Outcome, Policy, sample as samples};
use calendar::Jurisdiction;
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{Actor, At, Personal, Role};
use std::sync::Arc;

/// Friday 15 January 2027, 08:00 UTC.
pub(super) const NOW: At = At::from_seconds(1_800_000_000);
pub(super) const INCIDENT: IncidentId = IncidentId(7);
pub(super) const OFFICER: StaffId = StaffId(2);
pub(super) const REVIEWER: StaffId = StaffId(8);

pub(super) fn policy() -> Arc<Policy> {
    let coded = |code: &str| Coded { code: code.into(), title: code.into(), retired: false };
    Arc::new(Policy {
        version: 1,
        jurisdiction: Jurisdiction::EnglandAndWales,
        review_working_days: 2,
        task_hours: 24,
        sample_working_days: 5,
        screenings_per_week: 3,
        calls_per_week: 2,
        opportunities: vec![coded("crime"), Coded { retired: true, ..coded("gone") }],
    })
}

pub(super) fn act(act: Act) -> Command {
    Command { policy: policy(), act }
}

pub(super) fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

pub(super) fn who(id: StaffId, role: Role) -> Actor {
    Actor::Staff { id, roles: vec![role] }
}

pub(super) fn judgement(outcomes: &[Outcome]) -> Judgement {
    Judgement {
        outcomes: outcomes.iter().copied().collect(),
        finding: "Words only.".into(),
        ..Default::default()
    }
}

#[test]
fn every_event_ever_stored_still_reads() {
    let reviews = [
        include_str!("../fossils/review.opened.v1.json"),
        include_str!("../fossils/review.taken.v1.json"),
        include_str!("../fossils/review.put_back.v1.json"),
        include_str!("../fossils/review.escalated.v1.json"),
        include_str!("../fossils/review.decided.v1.json"),
        include_str!("../fossils/review.crime_recorded.v1.json"),
        include_str!("../fossils/review.task_left.v1.json"),
        include_str!("../fossils/review.task_done.v1.json"),
    ];
    for text in reviews {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
    let sampled = [
        include_str!("../fossils/sample.drawn.v1.json"),
        include_str!("../fossils/sample.item_judged.v1.json"),
        include_str!("../fossils/sample.completed.v1.json"),
    ];
    for text in sampled {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: samples::Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
