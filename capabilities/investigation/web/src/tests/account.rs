//! The panel as an officer uses it: alone and beside a call.

use super::House;
use axum::http::Method;
use incident::IncidentId;
use kernel::Role;
use kernel::time::hours;
use testkit::START;

#[tokio::test]
async fn the_account_is_kept_as_it_is_typed_and_shown_with_its_times() {
    let house = House::new().await;
    let officer = house.app.signed_in(Role::Responder);
    let path = house.at("investigation");
    assert!(officer.get(&path).await.expect(200).says("In her words"));
    house.done("investigation", &[("account", "He shouted.\n\nHe left.")]).await;
    let page = officer.get(&path).await.expect(200);
    assert_eq!(page.texts(".paragraphs p"), ["He shouted.", "He left."]);
    assert!(house.app.consultations().await >= 2);
    house.done("investigation", &[("account", "He shouted.\n\nHe left.")]).await;
    let kept = house.happened("investigation.account_kept.v1").await;
    assert_eq!(kept, 1, "what has not changed is not kept again");
}

#[tokio::test]
async fn a_refused_decision_keeps_what_was_typed_and_names_the_field() {
    let house = House::new().await;
    let officer = house.app.signed_in(Role::Responder);
    let path = house.at("investigation/crime");
    let refused = officer
        .post(&path, &[("recorded", "crime"), ("offence", "Common assault"), ("crime_reason", "")])
        .await
        .expect(422);
    assert!(refused.says("Give the reason") && refused.says("value=\"Common assault\""));
    let nothing = officer.post(&path, &[("offence", "Harassment")]).await.expect(422);
    assert!(nothing.says("Choose whether") && nothing.says("value=\"Harassment\""));
    house
        .done("investigation/crime", &[("recorded", "non_crime"), ("crime_reason", "Words only.")])
        .await;
    assert_eq!(house.happened("investigation.recorded_non_crime.v1").await, 1);
}

#[tokio::test]
async fn a_crime_by_the_table_is_refused_by_field_until_it_can_be_counted() {
    let house = House::new().await;
    let officer = house.app.signed_in(Role::Responder);
    let path = house.at("investigation/crime");
    let form = |code: &'static str, from: &'static str, until: &'static str| {
        vec![
            ("recorded", "crime"),
            ("offence_code", code),
            ("offence_from", from),
            ("offence_until", until),
            ("crime_reason", "She was pushed."),
        ]
    };
    for (code, from, until, field, words) in [
        ("treason", "", "", "offence_code", "no offence with that code"),
        ("stalking", "2025-11-03T09:06", "", "offence_from", "cannot be in the future"),
        ("stalking", "1825-11-03T09:00", "", "offence_from", "e.g. 3 November 2025"),
        ("stalking", "1905-11-03T09:00", "", "offence_from", "longer ago than anybody lives"),
        ("stalking", "", "2025-11-02T09:00", "offence_from", "Say when it began"),
        ("stalking", "2025-11-02T09:00", "2025-11-01T09:00", "offence_until", "end before it"),
        ("stalking", "yesterday", "", "offence_from", "e.g. 3 November 2025"),
    ] {
        let refused = officer.post(&path, &form(code, from, until)).await.expect(422);
        let errors = refused.texts(&format!("#{field}-error"));
        assert!(errors.iter().any(|one| one.contains(words)), "{words}: {errors:?}");
        assert!(refused.says("She was pushed."), "nothing typed is lost");
    }
    let form = form("stalking", "2025-11-02T09:00", "");
    officer.post(&path, &form).await.redirect();
    let page = officer.get(&house.at("investigation")).await.expect(200);
    assert!(page.says("value=\"2025-11-02T09:00\""));
    assert_eq!(house.happened("investigation.recorded_crime.v1").await, 1);
}

#[tokio::test]
async fn a_changed_decision_is_kept_beside_the_one_before_with_what_came_of_it() {
    let house = House::new().await;
    let crime = "investigation/crime";
    let words = [("recorded", "crime"), ("offence", "Shouting"), ("crime_reason", "First look.")];
    house.done(crime, &words).await;
    let outcome = "investigation/outcome";
    let wrong = [("outcome_code", "99"), ("outcome_note", "Why not.")];
    house.refused(outcome, &wrong, "no outcome with that code").await;
    let empty = [("outcome_code", "16"), ("outcome_note", "")];
    house.refused(outcome, &empty, "Give the reason").await;
    house.done(outcome, &[("outcome_code", "16"), ("outcome_note", "Her wish.")]).await;
    house.done(crime, &[("recorded", "non_crime"), ("crime_reason", "Second look.")]).await;
    let page = house.app.signed_in(Role::Supervisor).get(&house.at("investigation")).await;
    assert_eq!(page.texts(".badge"), ["No crime"]);
    for said in ["2 decisions so far", "First look.", "Her wish.", "Second look."] {
        assert!(page.says(said), "{said}");
    }
    house
        .refused(outcome, &[("outcome_code", "16"), ("outcome_note", "x")], "recorded crime")
        .await;
}

#[tokio::test]
async fn the_control_room_reads_and_does_not_write_and_nobody_else_sees_it() {
    let house = House::new().await;
    let path = house.at("investigation");
    let handler = house.app.signed_in(Role::CallHandler);
    let page = handler.get(&path).await.expect(200);
    assert!(page.says("Nothing is written") && !page.says("<textarea"));
    for page in ["investigation", "statement", "enquiries", "parties", "exhibits/thing", "hand-off"]
    {
        let _ = handler.post(&house.at(page), &[("account", "x")]).await.expect(404);
    }
    for page in ["investigation", "statement", "enquiries", "parties", "exhibits", "hand-off"] {
        let read = handler.get(&house.at(page)).await.expect(200);
        assert!(read.texts(".work form").is_empty(), "{page}");
        let _ = house.app.signed_in(Role::Administrator).get(&house.at(page)).await.expect(404);
        let other = format!("/incidents/{}/{page}", IncidentId(8));
        let _ = house.app.signed_in(Role::Responder).get(&other).await.expect(404);
    }
    house.app.refuses_strangers().await;
    let sent = house.app.signed_in(Role::Responder).send(Method::POST, &path, None).await;
    assert_eq!(sent.status, 415, "a post that is no form");
}

//= Home Office Crime Recording Rules, general rules: recorded within 24 hours of the report
#[tokio::test]
async fn a_decision_is_owed_a_day_after_the_report_and_kept_by_either_answer() {
    let house = House::new().await;
    let due = START.plus(hours(24)).0;
    assert_eq!(house.promises().await, [("crime_recording".to_owned(), due)]);
    house.report(IncidentId(9), START.minus(hours(20))).await;
    let early = START.plus(hours(4)).0;
    let both = [("crime_recording".to_owned(), early), ("crime_recording".to_owned(), due)];
    assert_eq!(house.promises().await, both, "it counts from when she said it");
    let none = [("recorded", "non_crime"), ("crime_reason", "Words only.")];
    house.done("investigation/crime", &none).await;
    assert_eq!(house.promises().await, [("crime_recording".to_owned(), early)]);
}

#[tokio::test]
async fn a_day_without_a_decision_is_said_once_and_in_sight_of_everybody_who_can_decide() {
    let house = House::new().await;
    let decided = IncidentId(9);
    house.report(decided, START).await;
    let path = format!("/incidents/{decided}/investigation/crime");
    let none = [("recorded", "non_crime"), ("crime_reason", "Words only.")];
    house.app.signed_in(Role::Responder).post(&path, &none).await.redirect();
    house.app.clock.advance(hours(24));
    let missed = async || house.happened("investigation.recording_missed.v1").await == 1;
    house.app.eventually("nobody decided in time", missed).await;
    let supervisor = house.app.signed_in(Role::Supervisor);
    let page = supervisor.get(&house.at("investigation")).await.expect(200);
    assert!(page.says("Nobody decided in time"));
    let all = supervisor.get("/investigations").await.expect(200);
    assert!(all.says("One report is undecided after its day"));
    assert!(all.says(&house.incident.to_string()));
    assert!(!all.says(&decided.to_string()), "what is decided does not wait");
}
