//! The rules of a referral, one sentence each.

use crate::{Agency, Basis, Command, Event, Referral, Refusal};
use incident::IncidentId;
use kernel::spec::given;
use kernel::{At, Personal};

fn request(basis: Basis, why: &str, summary: &str, due_in_hours: u32) -> Command {
    Command::Request {
        incident: IncidentId(1),
        agency: Agency::Adviser,
        basis,
        override_reason: why.into(),
        summary: summary.into(),
        due_in_hours,
    }
}

fn requested() -> Event {
    Event::Requested {
        incident: IncidentId(1),
        agency: Agency::Adviser,
        basis: Basis::Consent,
        override_reason: None,
        summary: Personal::new("Afraid tonight.".to_owned()),
        due_at: At::from_seconds(1_800_000_000 + 24 * 3600),
    }
}

#[test]
fn a_referral_with_consent_needs_no_other_reason() {
    given::<Referral>([])
        .when(request(Basis::Consent, "", "Afraid tonight.", 24))
        .then([requested()]);
}

#[test]
fn a_referral_without_consent_says_why() {
    given::<Referral>([])
        .when(request(Basis::Override, " ", "x", 24))
        .then_refused(Refusal::OverrideReasonMissing);
    let decided = given::<Referral>([]).when(request(Basis::Override, "A child.", "x", 4));
    let events = decided.0.unwrap();
    assert!(matches!(&events[0], Event::Requested { override_reason: Some(_), .. }));
}

#[test]
fn a_referral_says_what_they_must_know_and_by_when() {
    let asked = |summary: &str, hours| request(Basis::Consent, "", summary, hours);
    given::<Referral>([]).when(asked("", 4)).then_refused(Refusal::SummaryMissing);
    given::<Referral>([]).when(asked("x", 0)).then_refused(Refusal::DueWrong);
    given::<Referral>([]).when(asked("x", 73)).then_refused(Refusal::DueWrong);
    let long = "x".repeat(crate::limits::SUMMARY_CHARS_MAX + 1);
    given::<Referral>([]).when(asked(&long, 4)).then_refused(Refusal::TooLong);
}

#[test]
fn a_referral_is_made_once_and_withdrawn_with_a_reason() {
    let again = request(Basis::Consent, "", "x", 4);
    given::<Referral>([requested()]).when(again).then_refused(Refusal::AlreadyRequested);
    let withdraw = |reason: &str| Command::Withdraw { reason: reason.into() };
    given::<Referral>([requested()]).when(withdraw("")).then_refused(Refusal::ReasonMissing);
    given::<Referral>([]).when(withdraw("x")).then_refused(Refusal::NotOpen);
    let withdrawn = Event::Withdrawn { reason: Personal::new("She changed her mind.".to_owned()) };
    given::<Referral>([requested()])
        .when(withdraw("She changed her mind."))
        .then([withdrawn.clone()]);
    given::<Referral>([requested(), withdrawn]).when(withdraw("x")).then_refused(Refusal::NotOpen);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../fossils/referral.requested.v1.json"),
        include_str!("../fossils/referral.withdrawn.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
