//! Holding and letting go.

use super::{CASE, confirmed, eventually, house, in_days, proposed, report, standing};
use incident::IncidentId;
use kernel::Role;
use kernel::time::hours;

#[tokio::test]
async fn a_hold_is_proposed_by_one_person_and_stands_when_another_confirms() {
    let app = house().await;
    let officer = app.signed_in(Role::Responder);
    let form = officer.get(&format!("/retention/holds/new?of={}", CASE.stream())).await.expect(200);
    assert!(form.says(&CASE.reference()) && form.says("Casework"));
    let path = proposed(&app, Role::Responder).await;
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("does not keep anything yet") && page.says("Ama Example complained."));
    // Neither a colleague without the whole view nor the proposer as a second person.
    let _ = app.signed_in(Role::DisclosureOfficer).get(&path).await.expect(404);
    let _ = officer.get(&format!("{path}/confirm")).await.expect(404);
    assert!(
        app.signed_in(Role::Supervisor).get("/retention").await.expect(200).says("Proposed by")
    );
    confirmed(&app, Role::DataProtection, &path).await.redirect();
    eventually(&app, "hold.kept.v1").await;
    app.eventually("the page shows it", async || {
        officer.get(&path).await.texts("#things .badge") == ["kept"]
    })
    .await;
    let board = app.signed_in(Role::DataProtection).get("/retention").await.expect(200);
    assert!(board.says("A complaint or a misconduct matter") && !board.says("Ama Example"));
}

#[tokio::test]
async fn one_person_acting_as_two_is_told_the_rule_and_nothing_is_lost() {
    let app = house().await;
    let path = proposed(&app, Role::Supervisor).await;
    let refused = confirmed(&app, Role::Supervisor, &path).await.expect(422);
    assert!(refused.says("Rule of two people"));
    assert!(!app.kinds().await.contains(&"hold.placed.v1".to_owned()));
    confirmed(&app, Role::DataProtection, &path).await.redirect();
}

#[tokio::test]
async fn a_proposal_without_ground_reason_or_day_keeps_what_was_typed() {
    let app = house().await;
    let officer = app.signed_in(Role::Responder);
    let stream = CASE.stream();
    let to = "/retention/holds/new";
    let bare = officer.post(to, &[("of", stream.as_str()), ("reason", "")]).await.expect(422);
    for words in ["Choose on what ground", "Enter the day", "Say why"] {
        assert!(bare.says(words), "{words}");
    }
    let ask = |things: &str, review_on: &str| {
        [
            ("of", stream.clone()),
            ("things", things.to_owned()),
            ("ground", "court".to_owned()),
            ("reason", "Kept what was typed.".to_owned()),
            ("review_on", review_on.to_owned()),
        ]
    };
    let past = officer.post(to, &ask(&stream, &in_days(&app, 0))).await.expect(422);
    assert!(past.says("must lie ahead") && past.says("Kept what was typed."));
    let far = officer.post(to, &ask(&stream, &in_days(&app, 400))).await.expect(422);
    assert!(far.says("a year ahead at most"));
    let unknown = officer.post(to, &ask("recording/00", &in_days(&app, 9))).await.expect(422);
    assert!(unknown.says("nothing to hold"));
    let nowhere = officer.get(to).await.expect(200);
    assert!(nowhere.says("Nothing to keep"));
}

#[tokio::test]
async fn a_held_thing_outlives_its_day_and_goes_when_two_people_end_the_hold() {
    let app = house().await;
    let path = standing(&app).await;
    let days = kernel::retention::CASEWORK.keep_days + 1;
    // In steps that a running service could have seen.
    app.clock.advance(hours(24 * u64::from(days)));
    app.engine.trust_clock().unwrap();
    app.engine.forget_expired().await.unwrap();
    assert!(!app.engine.is_forgotten(&CASE.stream()).await.unwrap());
    let page = app.signed_in(Role::DataProtection).get(&path).await.expect(200);
    assert!(page.says("overdue"));
    let end = format!("{path}/end");
    let chief = app.signed_in(Role::Supervisor);
    let _ = chief.get(&end).await.expect(200);
    assert!(chief.post(&end, &[("reason", "")]).await.expect(422).says("Say why"));
    chief.post(&end, &[("reason", "It is closed.")]).await.redirect();
    let refused = confirmed(&app, Role::Supervisor, &path).await.expect(422);
    assert!(refused.says("Rule of two people"));
    confirmed(&app, Role::DataProtection, &path).await.redirect();
    eventually(&app, "hold.let_go.v1").await;
    assert!(app.engine.is_forgotten(&CASE.stream()).await.unwrap());
    let stream = CASE.stream();
    let late = chief.get(&format!("/retention/holds/new?of={stream}")).await.expect(200);
    assert!(late.says("cannot be held"));
    let form = [
        ("of", stream.clone()),
        ("things", stream),
        ("ground", "court".into()),
        ("reason", "x".into()),
        ("review_on", in_days(&app, 9)),
    ];
    let refused = chief.post("/retention/holds/new", &form).await.expect(422);
    assert!(refused.says("Its day has come"));
}

#[tokio::test]
async fn a_missed_review_is_alarmed_and_the_hold_goes_on_until_two_people_look() {
    let app = house().await;
    let path = standing(&app).await;
    app.clock.advance(hours(24 * 31));
    eventually(&app, "hold.review_missed.v1").await;
    let board = app.signed_in(Role::DataProtection).get("/retention").await.expect(200);
    assert!(board.says("Review overdue"));
    let review = format!("{path}/review");
    let privacy = app.signed_in(Role::DataProtection);
    let _ = privacy.get(&review).await.expect(200);
    assert!(privacy.post(&review, &[("reason", "x")]).await.expect(422).says("next review"));
    let next = in_days(&app, 20);
    let form = [("review_on", next.as_str()), ("reason", "Still open.")];
    privacy.post(&review, &form).await.redirect();
    let alone = confirmed(&app, Role::DataProtection, &path).await.expect(422);
    assert!(alone.says("Rule of two people"));
    confirmed(&app, Role::Supervisor, &path).await.redirect();
    let page = privacy.get(&path).await.expect(200);
    assert!(page.says("Kept on") && !page.says("is overdue"));
}

#[tokio::test]
async fn what_changed_meanwhile_is_not_confirmed_unread() {
    let app = house().await;
    let path = proposed(&app, Role::Responder).await;
    let stale = [("shown", "placed-end-0")];
    let supervisor = app.signed_in(Role::Supervisor);
    let refused = supervisor.post(&format!("{path}/confirm"), &stale).await.expect(422);
    assert!(refused.says("Read it again"));
    let no = [("reason", "It is evidence already.")];
    supervisor.post(&format!("{path}/decline"), &no).await.redirect();
    let done = supervisor.get(&path).await.expect(200);
    assert!(done.says("Declined") && done.says("It is evidence already."));
    assert_eq!(supervisor.get(&format!("{path}/confirm")).await.redirect(), path);
}

#[tokio::test]
async fn the_proposer_takes_a_proposal_back() {
    let app = house().await;
    let path = proposed(&app, Role::Responder).await;
    let officer = app.signed_in(Role::Responder);
    let to = format!("{path}/decline");
    assert!(officer.post(&to, &[("reason", "")]).await.expect(422).says("Say why"));
    officer.post(&to, &[("reason", "A mistake.")]).await.redirect();
    let again = app.signed_in(Role::Supervisor).post(&to, &[("reason", "x")]).await.expect(422);
    assert!(again.says("was declined"));
}

#[tokio::test]
async fn what_was_asked_on_a_hold_is_dropped_and_it_goes_on() {
    let app = house().await;
    let path = standing(&app).await;
    let supervisor = app.signed_in(Role::Supervisor);
    supervisor.post(&format!("{path}/end"), &[("reason", "Closed.")]).await.redirect();
    let twice = supervisor.post(&format!("{path}/end"), &[("reason", "Closed.")]).await.expect(422);
    assert!(twice.says("already waits"));
    let none: [(&str, &str); 0] = [];
    supervisor.post(&format!("{path}/drop"), &none).await.redirect();
    let again = supervisor.post(&format!("{path}/drop"), &none).await.expect(422);
    assert!(again.says("Nothing on this hold waits"));
    assert!(supervisor.get(&path).await.expect(200).says("Request dropped"));
}

#[tokio::test]
async fn something_becomes_evidence_by_two_people() {
    let app = house().await;
    let stream = CASE.stream();
    let form = [("of", stream.as_str()), ("things", &stream), ("reason", "Charged.")];
    let officer = app.signed_in(Role::Responder);
    let to = "/retention/promotions/new";
    let _ = officer.get(&format!("{to}?of={stream}")).await.expect(200);
    assert!(officer.post(to, &[("of", &stream)]).await.expect(422).says("Choose what"));
    let path = officer.post(to, &form).await.redirect();
    confirmed(&app, Role::Supervisor, &path).await.redirect();
    eventually(&app, "promotion.kept.v1").await;
    assert!(app.signed_in(Role::Supervisor).get(&path).await.expect(200).says("Evidence until"));
    app.refuses_strangers().await;
}

#[tokio::test]
async fn a_thing_whose_day_came_before_the_second_person_is_shown_as_not_kept() {
    let app = house().await;
    let short = [("class", "casework"), ("days", "20"), ("reason", "x"), ("sure", "yes")];
    let privacy = app.signed_in(Role::DataProtection);
    privacy.post("/retention/schedule", &short).await.redirect();
    let casework = kernel::retention::CASEWORK;
    app.eventually("the engine knows", async || app.engine.keep_days(casework) == 20).await;
    let other = IncidentId(8);
    report(&app, other).await;
    let review_on = in_days(&app, 60);
    let form = [
        ("of", CASE.stream()),
        ("things", CASE.stream()),
        ("things", other.stream()),
        ("ground", "misuse".into()),
        ("reason", "Passed on.".into()),
        ("review_on", review_on),
    ];
    let path = app.signed_in(Role::Responder).post("/retention/holds/new", &form).await.redirect();
    app.clock.advance(hours(24 * 21));
    app.engine.trust_clock().unwrap();
    app.engine.forget_expired().await.unwrap();
    confirmed(&app, Role::DataProtection, &path).await.redirect();
    eventually(&app, "hold.kept.v1").await;
    let page = privacy.get(&path).await.expect(200);
    assert!(page.says("Not everything under this is kept"));
    assert_eq!(page.texts("#things .badge"), ["kept", "not kept"]);
    assert!(privacy.get("/retention").await.expect(200).says("is not kept"));
    // What the reaction hears when the day comes between the second person and the key.
    let under = crate::keys::Epoch::hold(1);
    assert!(!crate::keys::keep(&app.engine, &other.stream(), &under).await.unwrap());
}

#[tokio::test]
async fn the_story_says_who_did_it_and_what_sightline_did() {
    let app = house().await;
    let path = standing(&app).await;
    let privacy = app.signed_in(Role::DataProtection);
    app.eventually("the story is shown", async || {
        let page = privacy.get(&path).await.expect(200);
        let who = page.texts("#story td:nth-child(3)");
        who == ["a colleague", "a colleague", "Sightline"]
    })
    .await;
}
