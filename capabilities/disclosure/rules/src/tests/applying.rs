//! The gate and the form.

use super::play::{AUTHOR, Play, apply_as, form, guest, local, staff, table};
use crate::{Command, Entry, Event, Form, Refusal, Route, State};
use kernel::{Actor, Decider, Role};

fn refused(route: Route, entry: Entry, change: impl FnOnce(&mut Form)) -> Refusal {
    let mut form = form();
    change(&mut form);
    let actor = if entry == Entry::Public { guest() } else { staff(AUTHOR) };
    Play::new().ask(actor, apply_as(route, entry, form)).unwrap_err()
}

#[test]
fn an_application_is_born_in_the_class_that_ends_without_a_disclosure() {
    let play = Play::new().applied(Route::AskSelf);
    assert_eq!(crate::Disclosure::class(&play.events[0]), kernel::retention::APPLICATION);
}

#[test]
fn the_gate_comes_before_everything() {
    let unasked = refused(Route::AskSelf, Entry::Public, |form| {
        *form = Form::default();
    });
    assert_eq!(unasked, Refusal::EmergencyGateFirst);
}

#[test]
fn danger_now_leaves_the_scheme_and_asks_for_nothing_more() {
    let form = Form {
        danger_now: Some(true),
        where_now: "12 Example Street".into(),
        concern: "He is at the door.".into(),
        ..Form::default()
    };
    let play = Play::new().does(guest(), apply_as(Route::AskSelf, Entry::Public, form));
    let Event::LeftForEmergency { emergency, .. } = play.last() else { panic!() };
    let emergency = emergency.known().unwrap();
    assert_eq!(emergency.place, "12 Example Street");
    assert_eq!(emergency.words, "He is at the door.");
    assert_eq!(play.state, State::Left);
    play.refused(AUTHOR, Command::Resume, Refusal::LeftTheScheme);
}

#[test]
fn danger_for_somebody_else_names_the_one_in_danger() {
    let mut form = form();
    form.danger_now = Some(true);
    let play = Play::new().does(guest(), apply_as(Route::AskThirdParty, Entry::Public, form));
    let Event::LeftForEmergency { emergency, .. } = play.last() else { panic!() };
    assert_eq!(emergency.known().unwrap().name, "Bea Example");
}

#[test]
fn danger_found_on_the_way_makes_an_incident_and_the_application_goes_on() {
    let emergency = crate::Emergency { name: "Ama Example".into(), ..Default::default() };
    let play = Play::new().applied(Route::AskSelf).author(Command::RaiseDanger { emergency });
    assert!(matches!(play.last(), Event::DangerRaised { .. }));
    assert!(matches!(play.state, State::Open(_)));
}

#[test]
fn an_application_says_who_about_whom_why_and_how_she_is_safely_reached() {
    let public = |change: fn(&mut Form)| refused(Route::AskSelf, Entry::Public, change);
    assert_eq!(public(|f| f.applicant.name.clear()), Refusal::Missing("name"));
    assert_eq!(public(|f| f.subject.name = " ".into()), Refusal::Missing("subject_name"));
    assert_eq!(public(|f| f.concern.clear()), Refusal::Missing("concern"));
    assert_eq!(public(|f| f.applicant.contact.phone.clear()), Refusal::NoSafeContact);
    assert_eq!(public(|f| f.applicant.contact.times.clear()), Refusal::NoSafeContact);
    assert_eq!(public(|f| f.language.clear()), Refusal::Missing("language"));
    let wrong = Refusal::NotADate("date_of_birth");
    assert_eq!(public(|f| f.applicant.date_of_birth = "1991-02-29".into()), wrong);
    assert_eq!(public(|f| f.concern = "x".repeat(4_001)), Refusal::TooLong("concern"));
    assert_eq!(public(|f| f.children = vec![Default::default(); 21]), Refusal::TooMany);
    let nobody = refused(Route::AskThirdParty, Entry::Public, |f| f.person_at_risk = None);
    assert_eq!(nobody, Refusal::NobodyAtRisk);
    let who = refused(Route::Know, Entry::Agency, |f| f.proposer.clear());
    assert_eq!(who, Refusal::Missing("proposer"));
    assert_eq!(Refusal::Missing("subject_name").to_string(), "Fill this in: subject name.");
}

#[test]
fn each_way_in_has_those_who_use_it() {
    let client = || Actor::Client { name: "cad".into() };
    let officer = || staff(AUTHOR);
    for (route, entry, actor, may) in [
        (Route::AskSelf, Entry::Public, guest(), true),
        (Route::AskThirdParty, Entry::Public, guest(), true),
        (Route::Know, Entry::Public, guest(), false),
        (Route::AskSelf, Entry::Public, officer(), false),
        (Route::AskSelf, Entry::Telephone, officer(), true),
        (Route::AskSelf, Entry::Telephone, guest(), false),
        (Route::AskSelf, Entry::Api, client(), true),
        (Route::Know, Entry::Api, client(), true),
        (Route::Know, Entry::Officer, officer(), true),
        (Route::Know, Entry::Agency, officer(), true),
        (Route::Know, Entry::Officer, client(), false),
        (Route::AskSelf, Entry::Officer, officer(), false),
    ] {
        let said = Play::new().ask(actor, apply_as(route, entry, form()));
        assert_eq!(said.is_ok(), may, "{route:?} {entry:?}: {:?}", said.err());
    }
}

#[test]
fn what_is_asked_is_sealed_and_what_is_not_needed_is_not_kept() {
    let play = Play::new().applied(Route::AskSelf);
    let text = serde_json::to_value(play.last()).unwrap();
    let application = &text["application"];
    for field in ["applicant", "subject", "concern", "children"] {
        assert!(application[field]["$personal"] != serde_json::Value::Null, "{field}");
    }
    assert!(application["person_at_risk"].is_null(), "she is the one who asks");
    let know = Play::new().applied(Route::Know);
    let Event::Applied { application, .. } = know.last() else { panic!() };
    assert!(application.applicant.is_none() && application.proposer.is_some());
}

#[test]
fn one_application_is_taken_once() {
    let again = apply_as(Route::AskSelf, Entry::Public, form());
    let play = Play::new().applied(Route::AskSelf);
    assert_eq!(play.ask(guest(), again), Err(Refusal::AlreadyApplied));
}

#[test]
fn a_table_that_cannot_be_worked_with_is_refused() {
    let with = |change: fn(&mut crate::StageTable)| {
        let (route, entry) = (Route::AskSelf, Entry::Public);
        let command = Command::Apply { route, entry, form: Box::new(form()), table: table(change) };
        Play::new().ask(guest(), command).err()
    };
    assert_eq!(with(|_| ()), None);
    assert_eq!(with(|t| t.total_days = 0), Some(Refusal::TableUnsound));
    assert_eq!(with(|t| t.overdue_days = vec![35]), Some(Refusal::TableUnsound));
    assert_eq!(with(|t| t.warn_days = vec![25, 21]), Some(Refusal::TableUnsound));
    assert_eq!(with(|t| t.stages.truncate(4)), Some(Refusal::TableUnsound));
    assert_eq!(with(|t| t.warn_days = vec![1, 2, 3, 4, 5, 6]), Some(Refusal::TableUnsound));
}

#[test]
fn a_year_without_holidays_refuses_rather_than_guesses() {
    let mut play = Play::new().at("2032-12-20 09:00").applied(Route::AskSelf);
    play = play.contact(true).checked();
    let late = play.refused(
        AUTHOR,
        Command::CompleteStage { stage: crate::Stage::Initial },
        Refusal::NoCalendar(calendar::NoCalendar::Year {
            jurisdiction: calendar::Jurisdiction::EnglandAndWales,
            year: 2033,
        }),
    );
    assert_eq!(late.case().clocks.stage_due_at, local("2032-12-21 09:00"));
}

#[test]
fn permits_know_no_offender_manager_and_no_partner() {
    for row in crate::PERMITS {
        assert!(!row.roles.contains(&Role::OffenderManager) && !row.roles.contains(&Role::Partner));
        assert_eq!(row.purposes, [kernel::Purpose::Disclosure]);
    }
}
