//! One file for each event that was ever stored: it must decode for ever, to the same thing.

use super::*;

fn samples() -> Vec<(&'static str, Event)> {
    let regraded = Event::Regraded {
        from: Grade::Priority,
        grade: Grade::Immediate,
        cause: Cause::DangerSignal,
        reason: words("the silent sign"),
        target_at: NOW,
        table_version: 3,
    };
    let location = Location {
        words: "by the station".into(),
        latitude: Some(51.5),
        longitude: Some(-0.12),
        accuracy_m: Some(12.0),
    };
    let outcome = Outcome::Ineligible { rule: Rule::Adult };
    let target_at = TABLE.target(Grade::Priority, NOW);
    vec![
        ("incident.reported.v1", reported()),
        ("incident.noted.v1", Event::Noted { note: words("rang again") }),
        ("incident.graded.v1", graded(Grade::Priority)),
        ("incident.regraded.v1", regraded),
        ("incident.screening_answered.v1", answered(Rule::SafePlace, Answer::Unknown)),
        ("incident.screening_reopened.v1", Event::ScreeningReopened {}),
        ("incident.screened.v1", Event::Screened { outcome }),
        ("incident.offered.v1", Event::Offered { offer: OFFER, availability: free() }),
        ("incident.offer_accepted.v1", accepted_event()),
        (
            "incident.offer_declined.v1",
            Event::OfferDeclined { offer: OFFER, reason: Decline::Technical, note: words("") },
        ),
        (
            "incident.offer_lost.v1",
            Event::OfferLost { offer: None, reason: Loss::HubClosed, availability: free() },
        ),
        ("incident.taken_back.v1", Event::TakenBack { offer: OFFER, reason: words("patrol") }),
        ("incident.line_cleared.v1", Event::LineCleared { offer: OFFER }),
        (
            "incident.response_ended.v1",
            Event::ResponseEnded { offer: OFFER, outcome: "completed".into() },
        ),
        ("incident.routed_in_person.v1", in_person(InPerson::Ineligible, Some(Rule::Adult))),
        (
            "incident.patrol_requested.v1",
            Event::PatrolRequested {
                cause: Cause::OffenderReturned,
                reason: words(""),
                location: Some(location.into()),
            },
        ),
        ("incident.patrol_attended.v1", Event::PatrolAttended { attended_at: NOW }),
        ("incident.target_missed.v1", Event::TargetMissed { grade: Grade::Priority, target_at }),
        (
            "incident.call_back_counted.v1",
            Event::CallBackCounted { outcome: CallBack::SomebodyElse, note: words("") },
        ),
        ("incident.closed.v1", Event::Closed { outcome: Closure::InPerson, note: words("") }),
        ("incident.reopened.v1", Event::Reopened { reason: words("she rang again") }),
    ]
}

#[test]
fn every_event_ever_stored_still_reads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fossils");
    for (kind, event) in samples() {
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json["kind"], kind);
        assert_eq!(serde_json::from_value::<Event>(json.clone()).unwrap(), event);
        let path = format!("{folder}/{kind}.json");
        if !std::fs::exists(&path).unwrap() {
            std::fs::write(&path, serde_json::to_string_pretty(&json).unwrap() + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let read = serde_json::from_str::<Event>(&text).unwrap();
        assert_eq!(read, event, "{kind}");
    }
    let kept = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(kept, samples().len(), "one file for each event");
}
