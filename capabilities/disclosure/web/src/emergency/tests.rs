//! Danger makes an incident, once, and the incident says nothing of where it came from.

use crate::telling::tests::{House, OFFICER, caller, form};
use ::call::Call;
use ::disclosure::{Command, Emergency, Entry, Form, Outcome, Route, StageTable};
use incident::{Grade, Incident, IncidentId, Patrol, State};

/// Every incident there is.
async fn incidents(house: &House) -> Vec<(IncidentId, State)> {
    let records = house.records().await;
    let reported = records.iter().filter(|one| one.kind == "incident.reported.v1");
    let mut found = vec![];
    for record in reported {
        let id = IncidentId::of_stream(&record.stream).unwrap();
        found.push((id, house.app.engine.state::<Incident>(&record.stream).await.unwrap().0));
    }
    found
}

/// Immediate, with a patrol, and silent about the scheme in all it keeps.
async fn tells_nothing(house: &House, id: IncidentId, state: &State) {
    assert_eq!(state.grade(), Some(Grade::Immediate));
    assert!(matches!(state.patrol, Patrol::Requested { .. }));
    let report = format!("{:?}", state.report);
    let records = house.records().await;
    let own = records.iter().filter(|one| one.stream == id.stream());
    let clear: String =
        own.map(|one| format!("{} {} {}", one.clear, one.actor, one.purpose)).collect();
    for text in [report.to_lowercase(), clear.to_lowercase()] {
        for word in ["disclos", "scheme", "applic", "clare", "example person", "follow"] {
            assert!(!text.contains(word), "the incident says {word}: {text}");
        }
    }
}

#[tokio::test]
async fn danger_at_the_gate_is_an_incident_at_once() {
    let house = House::new().await;
    let form = Form { danger_now: Some(true), where_now: "2 Example Road".into(), ..form() };
    let (route, entry) = (Route::AskSelf, Entry::Telephone);
    let table = Box::new(StageTable::default());
    let apply = Command::Apply { route, entry, form: Box::new(form), table };
    house.give(house.birth(), OFFICER, apply).await;
    let there = async || house.count("incident.patrol_requested.v1").await == 1;
    house.app.eventually("a patrol is asked for", there).await;
    let found = incidents(&house).await;
    let (id, state) = &found[0];
    tells_nothing(&house, *id, state).await;
    let report = state.report.as_deref().unwrap();
    assert_eq!(report.place.known().unwrap().words, "2 Example Road");
    assert_eq!(report.person.known().unwrap().phone, "07700 900123");
}

#[tokio::test]
async fn danger_found_on_the_way_is_an_incident_and_the_application_goes_on() {
    let house = House::new().await;
    let disclosure = house.applied(form()).await;
    let emergency = Emergency {
        name: "Ama Example".into(),
        phone: "07700 900123".into(),
        place: "3 Example Road".into(),
        words: "He is at her door.".into(),
        subject_name: "Example Person".into(),
    };
    house.give(disclosure, OFFICER, Command::RaiseDanger { emergency }).await;
    let there = async || house.count("incident.patrol_requested.v1").await == 1;
    house.app.eventually("a patrol is asked for", there).await;
    let found = incidents(&house).await;
    tells_nothing(&house, found[0].0, &found[0].1).await;
    let _ =
        house.officer().get(&crate::telling::tests::to(disclosure, "telling")).await.expect(200);
}

#[tokio::test]
async fn every_signal_of_one_call_is_one_incident_with_her_place() {
    let house = House::new().await;
    let disclosure = house.decided(Outcome::Disclose).await;
    let call = house.call(disclosure).await;
    let location = ::call::Location {
        latitude: 51.5,
        longitude: -3.2,
        accuracy_metres: 12.0,
        at: house.app.engine.now(),
    };
    for location in [None, Some(location)] {
        let back = ::call::Command::SayOffenderReturned { location };
        let stream = call.stream();
        let done = house.app.engine.execute::<Call>(&stream, back, &caller(OFFICER), None).await;
        done.unwrap();
    }
    let there = async || {
        let found = incidents(&house).await;
        let located =
            |state: &State| matches!(state.patrol, Patrol::Requested { located: true, .. });
        found.iter().any(|(_, state)| located(state))
    };
    house.app.eventually("the patrol knows the place", there).await;
    let found = incidents(&house).await;
    assert_eq!(found.len(), 1, "one call, one emergency");
    tells_nothing(&house, found[0].0, &found[0].1).await;
    assert_eq!(found[0].1.report.as_deref().unwrap().person.known().unwrap().name, "Ama Example");
}
