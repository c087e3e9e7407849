//! The rules of plans, one sentence each.

mod cautions;
mod harm;
mod plans;
mod programmes;

use crate::command::Checked;
use crate::event::Safety;
use crate::policy::Provider;
use crate::{Act, Command, Event, Perpetrator, Policy, Why};
use calendar::Jurisdiction;
use kernel::id::StaffId;
use kernel::spec::{Given, given};
use kernel::{At, Personal};
use std::sync::Arc;
use std::time::Duration;

/// Friday 15 January 2027, 08:00 UTC.
pub(super) const NOW: At = At::from_seconds(1_800_000_000);
pub(super) const OWNER: StaffId = StaffId(5);
pub(super) const DAY: Duration = Duration::from_secs(86_400);

pub(super) fn policy() -> Arc<Policy> {
    let provider = |code: &str, programme, retired| Provider {
        code: code.into(),
        title: code.into(),
        programme,
        retired,
    };
    Arc::new(Policy {
        version: 1,
        jurisdiction: Jurisdiction::EnglandAndWales,
        review_days: 28,
        breach_working_days: 1,
        serial_victims: 2,
        providers: vec![
            provider("programme", true, false),
            provider("housing", false, false),
            provider("gone", true, true),
        ],
    })
}

pub(super) fn act(act: Act) -> Command {
    Command { policy: policy(), act }
}

pub(super) fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

pub(super) fn checked() -> Checked {
    Checked { safe: Some(true), words: "Her adviser rang.".into() }
}

pub(super) fn safety() -> Safety {
    Safety { safe: true, words: words("Her adviser rang.") }
}

pub(super) fn opened() -> Event {
    let (why, reason) = (Why::Serial, words("Three victims."));
    Event::Opened { why, reason, owner: OWNER, review_due: NOW.plus(DAY * 28) }
}

pub(super) fn plan() -> Given<Perpetrator> {
    given([opened()]).at(NOW)
}

#[test]
fn every_event_ever_stored_still_reads() {
    let plans = [
        include_str!("../fossils/perpetrator.action_done.v1.json"),
        include_str!("../fossils/perpetrator.action_dropped.v1.json"),
        include_str!("../fossils/perpetrator.action_set.v1.json"),
        include_str!("../fossils/perpetrator.breach_decided.v1.json"),
        include_str!("../fossils/perpetrator.closed.v1.json"),
        include_str!("../fossils/perpetrator.condition_breached.v1.json"),
        include_str!("../fossils/perpetrator.condition_kept.v1.json"),
        include_str!("../fossils/perpetrator.condition_ran_out.v1.json"),
        include_str!("../fossils/perpetrator.condition_set.v1.json"),
        include_str!("../fossils/perpetrator.contacted.v1.json"),
        include_str!("../fossils/perpetrator.handed_over.v1.json"),
        include_str!("../fossils/perpetrator.opened.v1.json"),
        include_str!("../fossils/perpetrator.programme_begun.v1.json"),
        include_str!("../fossils/perpetrator.programme_completed.v1.json"),
        include_str!("../fossils/perpetrator.programme_failed.v1.json"),
        include_str!("../fossils/perpetrator.review_missed.v1.json"),
        include_str!("../fossils/perpetrator.reviewed.v1.json"),
        include_str!("../fossils/perpetrator.session_recorded.v1.json"),
        include_str!("../fossils/perpetrator.strategy_ended.v1.json"),
        include_str!("../fossils/perpetrator.strategy_set.v1.json"),
    ];
    for text in plans {
        serde_json::from_str::<Event>(text).unwrap();
    }
}
