//! The work of staff on an application, from the taking to the decision of two people.

use crate::telling::tests::{House, WORDS, form, to};
use disclosure::{Disclosure, DisclosureId, Stage};
use kernel::Role;
use testkit::{Answer, Browser, staff_id};

const TAKEN: &[(&str, &str)] = &[
    ("danger_now", "no"),
    ("asks", "self"),
    ("name", "Ama Example"),
    ("date_of_birth", "28/2/1990"),
    ("phone", "07700 900123"),
    ("times", "weekdays before noon"),
    ("subject_name", "Example Person"),
    ("subject_date_of_birth", "1 1 1980"),
    ("subject_relationship", "former partner"),
    ("concern", "He has begun to follow her."),
    ("language", "en"),
];

fn id_of(address: &str) -> DisclosureId {
    address.rsplit('/').next().unwrap().parse().unwrap()
}

async fn does(browser: &Browser<'_>, id: DisclosureId, deed: &str, form: &[(&str, &str)]) {
    let to = browser.post(&to(id, deed), &form).await.redirect();
    assert!(to.starts_with(&format!("/disclosures/{id}")), "{deed}: {to}");
}

async fn page(browser: &Browser<'_>, id: DisclosureId) -> Answer {
    browser.get(&format!("/disclosures/{id}")).await.expect(200)
}

#[tokio::test]
async fn a_call_handler_takes_one_and_sees_nothing_more_of_it() {
    let house = House::new().await;
    let handler = house.app.signed_in(Role::CallHandler);
    let form = handler.get("/disclosures/new").await.expect(200);
    assert!(!form.says("conflicted"));
    let gate = handler.post("/disclosures/new", &[("name", "Ama Example")]).await.expect(422);
    assert!(gate.says("in danger now") && gate.says("Ama Example"));
    let taken = handler.post("/disclosures/new", &TAKEN).await.redirect();
    assert_eq!(taken, "/disclosures/taken?what=application");
    let _ = handler.get(&taken).await.expect(200);
    let board = house.officer().get("/disclosures").await.expect(200);
    assert_eq!(board.texts(".row__title").len(), 1);
    for path in ["/disclosures", "/disclosures/find", "/disclosures/propose"] {
        let _ = handler.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn danger_on_the_telephone_is_an_incident_at_once_with_what_was_said() {
    let house = House::new().await;
    let form = [("danger_now", "yes"), ("phone", "07700 900123"), ("where_now", "1 Example Road")];
    let taken = house.app.signed_in(Role::CallHandler).post("/disclosures/new", &form).await;
    assert_eq!(taken.redirect(), "/disclosures/taken?what=danger");
    house
        .app
        .eventually("an incident", async || house.count("incident.reported.v1").await == 1)
        .await;
}

#[tokio::test]
async fn an_officer_proposes_to_tell_and_says_who_must_not_know() {
    let house = House::new().await;
    let officer = house.officer();
    let bare = officer.post("/disclosures/propose", &[("danger_now", "no")]).await.expect(422);
    let faults = bare.texts(".govuk-error-summary__list li");
    assert!(faults.len() >= 5, "{faults:?}");
    let hidden = staff_id(Role::Supervisor).to_string();
    let proposal = [
        ("danger_now", "no"),
        ("proposes", "officer"),
        ("proposer", "Example Team"),
        ("person_at_risk_name", "Bea Example"),
        ("subject_name", "Example Person"),
        ("subject_relationship", "partner"),
        ("concern", "She has met somebody whom we know."),
        ("language", "en"),
        ("conflicted", &hidden),
    ];
    let address = officer.post("/disclosures/propose", &proposal).await.redirect();
    let page = officer.get(&address).await.expect(200);
    assert!(page.says("Right to Know") && page.says("Example Team"));
    let stages = page.texts("#stages tbody th");
    assert_eq!(stages.len(), 4, "nobody asked, so nobody is talked to first: {stages:?}");
    let _ = house.app.signed_in(Role::Supervisor).get(&address).await.expect(404);
}

#[tokio::test]
async fn reading_one_is_noted_before_it_is_shown() {
    let house = House::new().await;
    let id = house.applied(form()).await;
    let before = house.app.consultations().await;
    let shown = page(&house.officer(), id).await;
    assert!(shown.says("Ama Example") && shown.says("He has begun to follow her."));
    assert_eq!(house.app.consultations().await, before + 1);
    let board = house.officer().get("/disclosures").await.expect(200);
    assert!(!board.says("Example"), "the board names nobody");
    assert_eq!(house.app.consultations().await, before + 1);
}

#[tokio::test]
async fn checks_are_asked_answered_left_out_and_hold_up_their_stage() {
    let house = House::new().await;
    let (id, officer) = (house.applied(form()).await, house.officer());
    let early = officer.post(&to(id, "stage"), &[("stage", "initial")]).await.expect(422);
    assert!(early.says("Record that she was reached safely first."));
    let contact = [("contact_channel", "telephone"), ("contact_note", "Reached at ten.")];
    does(&officer, id, "contact", &contact).await;
    let held = officer.post(&to(id, "stage"), &[("stage", "initial")]).await.expect(422);
    assert!(held.says("A check of this stage is open."));
    does(&officer, id, "checks/ask", &[("code", "national_computer")]).await;
    let bare = [("check", "0"), ("found_0", "yes")];
    let bare = officer.post(&to(id, "checks/answer"), &bare).await.expect(422);
    assert!(bare.says("href=\"#result_0\""));
    let found = [("check", "0"), ("found_0", "yes"), ("result_0", "A conviction.")];
    does(&officer, id, "checks/answer", &found).await;
    let skip = [("code", "local_records"), ("skip_local_records", "Asked last week.")];
    does(&officer, id, "checks/skip", &skip).await;
    let shown = page(&officer, id).await;
    assert!(shown.says("A conviction.") && shown.says("Asked last week."));
    does(&officer, id, "stage", &[("stage", "initial")]).await;
    let twice = officer.post(&to(id, "stage"), &[("stage", "initial")]).await.expect(422);
    assert!(twice.says("This is not the stage for it."));
}

#[tokio::test]
async fn a_pause_needs_a_reason_of_the_table_and_a_note() {
    let house = House::new().await;
    let (id, officer) = (house.applied(form()).await, house.officer());
    let bare = officer.post(&to(id, "pause"), &[("pause_note", "She asked.")]).await.expect(422);
    assert!(bare.says("Choose a reason") && bare.says("She asked."));
    let wrong = [("pause_note", "She asked."), ("pause_reason", "holiday")];
    let wrong = officer.post(&to(id, "pause"), &wrong).await.expect(422);
    assert!(wrong.says("The rules permit no pause for that reason."));
    let right = [("pause_note", "She asked."), ("pause_reason", "asked_to_wait")];
    does(&officer, id, "pause", &right).await;
    assert!(page(&officer, id).await.says("All clocks stand still until"));
    let paused = officer.get("/disclosures?show=paused").await.expect(200);
    assert_eq!(paused.texts(".row__title").len(), 1);
    does(&officer, id, "resume", &[]).await;
    let none = officer.get("/disclosures?show=paused").await.expect(200);
    assert!(none.says("None of the open applications is like that"));
}

#[tokio::test]
async fn a_departure_needs_a_reason_and_somebody_else_who_agrees() {
    let house = House::new().await;
    let id = house.applied(form()).await;
    let (officer, supervisor) = (house.officer(), house.app.signed_in(Role::Supervisor));
    let asked =
        [("depart_what", "extend"), ("depart_days", "5"), ("depart_reason", "In hospital.")];
    does(&officer, id, "departures", &asked).await;
    let _ = officer.post(&to(id, "departures/agree"), &[("number", "0")]).await.expect(404);
    let shown = page(&supervisor, id).await;
    assert!(shown.says("5 days more in all") && shown.says("In hospital."));
    let mine = [("depart_what", "extend"), ("depart_days", "1"), ("depart_reason", "Mine.")];
    does(&supervisor, id, "departures", &mine).await;
    let own = supervisor.post(&to(id, "departures/agree"), &[("number", "1")]).await.expect(422);
    assert!(own.says("Two people are needed"));
    does(&supervisor, id, "departures/agree", &[("number", "0")]).await;
    let board = officer.get("/disclosures").await.expect(200);
    assert!(board.says("33 days left"));
}

/// Until a decision can be written, by the pages' own forms.
async fn assessed(house: &House) -> DisclosureId {
    let officer = house.officer();
    let id = id_of(&officer.post("/disclosures/new", &TAKEN).await.redirect());
    let contact = [
        ("contact_channel", "telephone"),
        ("contact_note", "Reached at ten."),
        ("contact_identity", "yes"),
    ];
    does(&officer, id, "contact", &contact).await;
    let mut number = 0;
    for stage in [Stage::Initial, Stage::Conversation, Stage::Checks] {
        let (state, _) = house.app.engine.state::<Disclosure>(&id.stream()).await.unwrap();
        let case = state.case().unwrap().clone();
        for code in case.checks_open(stage) {
            does(&officer, id, "checks/ask", &[("code", code)]).await;
            let (check, found) = (number.to_string(), format!("found_{number}"));
            does(&officer, id, "checks/answer", &[("check", &check), (&found, "no")]).await;
            number += 1;
        }
        if stage == Stage::Checks {
            let risk = [("risk_concern", "yes"), ("risk_level", "high"), ("risk_reason", "Seen.")];
            does(&officer, id, "risk", &risk).await;
        }
        does(&officer, id, "stage", &[("stage", stage.code())]).await;
    }
    id
}

const PROPOSED: [(&str, &str); 10] = [
    ("outcome", "disclose"),
    ("pressing_need", "She lives with him."),
    ("necessity", "Nothing else would warn her."),
    ("proportionality", "Only what bears on her safety."),
    ("subject_rights", "His private life weighs less."),
    ("tell_subject", "no"),
    ("tell_subject_why", "It would put her at risk."),
    ("recipient", "person_at_risk"),
    ("recipient_words", "She can act on it."),
    ("words", WORDS),
];

#[tokio::test]
async fn one_writes_the_decision_and_another_approves_exactly_those_words() {
    let house = House::new().await;
    let id = assessed(&house).await;
    let (officer, supervisor) = (house.officer(), house.app.signed_in(Role::Supervisor));
    assert!(page(&officer, id).await.says("High risk"));
    let _ = officer.get(&to(id, "decision")).await.expect(200);
    let bare = officer.post(&to(id, "decision"), &[PROPOSED[0], PROPOSED[1]]).await.expect(422);
    assert!(bare.says("She lives with him.") && bare.says("href=\"#words\""));
    does(&officer, id, "decision", &PROPOSED).await;
    let _ = officer.get(&to(id, "approval")).await.expect(404);
    let shown = supervisor.get(&to(id, "approval")).await.expect(200);
    assert_eq!(shown.texts("[data-words]"), [WORDS]);
    let unread = [("number", "0"), ("version", "1")];
    let unread = supervisor.post(&to(id, "approval"), &unread).await.expect(422);
    assert!(unread.says("Read all of it first"));
    let read = [("number", "0"), ("version", "1"), ("read", "yes")];
    let alone = supervisor.post(&to(id, "approval"), &read).await.expect(422);
    assert!(alone.says("Somebody besides the author must have voted"));
    let vote = [("number", "0"), ("vote_agree", "yes"), ("vote_words", "So I see it.")];
    does(&supervisor, id, "vote", &vote).await;
    let changed = [("number", "0"), ("new_words", "Other words of an invented case.")];
    does(&officer, id, "decision/words", &changed).await;
    let stale = supervisor.post(&to(id, "approval"), &read).await.expect(422);
    assert!(stale.says("The words have changed since. Read them again."));
    assert_eq!(stale.texts("[data-words]"), ["Other words of an invented case."]);
    let read = [("number", "0"), ("version", "2"), ("read", "yes")];
    does(&supervisor, id, "approval", &read).await;
    let shown = page(&officer, id).await;
    assert!(shown.says("Approved by") && !shown.says("Other words of an invented case."));
    assert_eq!(house.count("disclosure.decision_approved.v1").await, 1);
}

#[tokio::test]
async fn a_decision_is_sent_back_with_a_reason_and_agencies_vote_through_a_colleague() {
    let house = House::new().await;
    let id = assessed(&house).await;
    let (officer, supervisor) = (house.officer(), house.app.signed_in(Role::Supervisor));
    does(&supervisor, id, "decision", &PROPOSED).await;
    let own = [("number", "0"), ("version", "1"), ("read", "yes")];
    let own = supervisor.post(&to(id, "approval"), &own).await.expect(422);
    assert!(own.says("Two people are needed"));
    let vote = [
        ("number", "0"),
        ("agency", "Example Council"),
        ("agency_name", "Dee Example"),
        ("agency_agree", "no"),
        ("agency_words", "Too early."),
    ];
    does(&officer, id, "agency-vote", &vote).await;
    let shown = page(&officer, id).await;
    assert!(shown.says("Example Council") && shown.says("Too early."));
    let bare = supervisor.post(&to(id, "send-back"), &[("number", "0")]).await.expect(422);
    assert!(bare.says("href=\"#back_reason\""));
    let back = [("number", "0"), ("back_reason", "Say less.")];
    does(&supervisor, id, "send-back", &back).await;
    assert!(page(&officer, id).await.says("Say less."));
}

#[tokio::test]
async fn danger_on_the_way_makes_an_incident_and_the_application_goes_on() {
    let house = House::new().await;
    let (id, officer) = (house.applied(form()).await, house.officer());
    let danger = [("danger_words", "He is at the door."), ("danger_place", "1 Example Road")];
    does(&officer, id, "danger", &danger).await;
    house
        .app
        .eventually("an incident", async || house.count("incident.reported.v1").await == 1)
        .await;
    assert!(page(&officer, id).await.says("Danger: an incident was made"));
}

#[tokio::test]
async fn applications_of_the_same_people_are_found_and_each_find_is_noted() {
    let house = House::new().await;
    let officer = house.officer();
    let one = id_of(&officer.post("/disclosures/new", &TAKEN).await.redirect());
    let other = id_of(&officer.post("/disclosures/new", &TAKEN).await.redirect());
    let related = page(&officer, one).await;
    assert!(related.says(&other.to_string()), "each page names the other");
    let before = house.app.consultations().await;
    let _ = officer.get("/disclosures/find").await.expect(200);
    let form = [("name", "example PERSON"), ("date_of_birth", "1980-01-01")];
    let found = officer.post("/disclosures/find", &form).await.expect(200);
    assert_eq!(found.texts(".row__title").len(), 2);
    assert_eq!(house.app.consultations().await, before + 2);
    let none = [("phone", "07700 900999")];
    assert!(officer.post("/disclosures/find", &none).await.expect(200).says("Nothing found"));
    let vague = officer.post("/disclosures/find", &[("name", "Example")]).await.expect(422);
    assert!(vague.says("first and last name"));
}

#[tokio::test]
async fn a_connector_answers_by_itself_and_an_officer_who_was_faster_is_right() {
    use crate::{Answer as Said, Connector, Settings, capability};
    struct System;
    #[async_trait::async_trait]
    impl Connector for System {
        async fn ask(&self, _: &engine::Engine, _: &str, code: &str, _: u32) -> Said {
            match code {
                "probation" => Said::NothingFound,
                _ => Said::Found("A record of an invented case.".into()),
            }
        }
    }
    let grades = incident::GradeTable {
        version: 1,
        immediate_minutes: 15,
        priority_minutes: 60,
        scheduled_minutes: 2880,
        resolved_minutes: 1440,
    };
    let settings = Settings { connector: std::sync::Arc::new(System), ..Settings::new(grades) };
    let house = House { app: testkit::TestApp::new(vec![capability(settings)]).await };
    let id = house.applied(form()).await;
    for code in ["probation", "local_records"] {
        does(&house.officer(), id, "checks/ask", &[("code", code)]).await;
    }
    // The answers are appended by due work: the page shows them once its read model does.
    let shown = async || {
        let page = page(&house.officer(), id).await;
        page.says("A record of an invented case.") && page.says("Nothing found")
    };
    house.app.eventually("both are answered", shown).await;
    assert_eq!(house.count("disclosure.check_answered.v1").await, 2);
}
