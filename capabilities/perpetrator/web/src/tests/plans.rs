//! One plan, from the list to its end.

use super::*;
use std::time::Duration;
use testkit::staff_id;

const DAY: Duration = Duration::from_secs(86_400);

/// A day from now, as a browser sends it.
fn day(app: &TestApp, days: u32) -> String {
    calendar::civil_day(app.engine.now().plus(DAY * days)).to_string()
}

async fn opened(app: &TestApp) {
    against(app, 1, START).await;
    let manager = app.signed_in(Role::OffenderManager);
    let form = [("why", "serial"), ("open_reason", "Three victims.")];
    manager.post(&his(), &form).await.redirect();
}

#[tokio::test]
async fn whoever_has_several_victims_is_on_the_list_by_counts_and_unnamed() {
    let app = house().await;
    let first = against(&app, 1, START).await;
    let boss = app.signed_in(Role::Supervisor);
    assert!(boss.get("/perpetrators").await.expect(200).says("Nobody is on the list"));
    against(&app, 2, START).await;
    crime(&app, first).await;
    let page = boss.get("/perpetrators").await.expect(200);
    assert_eq!(page.texts(".row__title"), [HIM.reference()]);
    // One crime of no row, two victims; of the other incident nobody has decided what it was.
    assert!(page.says("14 points") && page.says("1 not known") && page.says("2 victims"));
    assert!(!page.says("Ben Sample") && page.says("no finding"));
    for (show, there) in [("serial", true), ("high", false), ("none", true), ("plan", false)] {
        let page = boss.get(&format!("/perpetrators?show={show}")).await.expect(200);
        assert_eq!(page.says(&HIM.reference()), there, "{show}");
    }
    let file = boss.get("/perpetrators.csv").await.expect(200);
    assert!(
        file.says(&HIM.reference())
            && file.says("\"14\",\"1\",\"yes\",\"no\",\"no\"")
            && !file.says("Ben")
    );
    let list = app.client().get("/api/v1/perpetrators").await.expect(200).json();
    assert_eq!(list["people"][0]["points"], 14);
    assert_eq!(list["people"][0]["person"], HIM.to_string());
}

#[tokio::test]
async fn his_page_names_him_shows_every_row_of_the_sum_and_leaves_its_trace() {
    let app = house().await;
    let incident = against(&app, 1, START).await;
    crime(&app, incident).await;
    let before = app.consultations().await;
    let page = app.signed_in(Role::Specialist).get(&his()).await.expect(200);
    assert_eq!(app.consultations().await, before + 1);
    assert_eq!(page.texts("h1"), ["Ben Sample"]);
    assert!(page.says("Every different victim") && page.says(&incident.reference()));
    assert!(page.says("no finding about him"));
}

#[tokio::test]
async fn a_plan_is_opened_worked_and_closed_and_what_is_wrong_keeps_what_was_typed() {
    let app = house().await;
    opened(&app).await;
    let manager = app.signed_in(Role::OffenderManager);
    let at = |part: &str| format!("{}/{part}", his());
    let again = [("why", "serial"), ("open_reason", "Again.")];
    assert!(manager.post(&his(), &again).await.expect(422).says("one person, one plan"));
    let aim = [("strategy", "education"), ("aim", "That he stops.")];
    manager.post(&at("strategies"), &aim).await.redirect();
    let past = [
        ("action_strategy", "education"),
        ("action_what", "Ring his probation officer"),
        ("action_due", "2025-01-01"),
    ];
    let page = manager.post(&at("actions"), &past).await.expect(422);
    assert!(page.says("That day is past") && page.says("Ring his probation officer"));
    let due = day(&app, 3);
    let form = [past[0], past[1], ("action_due", due.as_str()), ("action_provider", "probation")];
    manager.post(&at("actions"), &form).await.redirect();
    let page = manager.get(&his()).await.expect(200);
    assert!(page.says("Ring his probation officer") && page.says("Probation"));
    let close = [("outcome", "reached"), ("close_reason", "A quiet year.")];
    assert!(manager.post(&at("closed"), &close).await.expect(422).says("still open"));
    let done = [("number", "1"), ("words", "He has an appointment.")];
    manager.post(&at("actions/done"), &done).await.redirect();
    manager.post(&at("closed"), &close).await.redirect();
    assert!(manager.get(&his()).await.expect(200).says("What it aimed at was reached"));
}

#[tokio::test]
async fn attendance_stands_as_a_strip_until_he_went_through_it() {
    let app = house().await;
    opened(&app).await;
    let manager = app.signed_in(Role::OffenderManager);
    let at = |part: &str| format!("{}/{part}", his());
    let due = day(&app, 60);
    let begin =
        [("provider", "behaviour_programme"), ("sessions", "2"), ("programme_due", due.as_str())];
    manager.post(&at("programmes"), &begin).await.redirect();
    let (today, ahead) = (day(&app, 0), day(&app, 5));
    let session = |number: &'static str, on: &str, came: &'static str| {
        [
            ("number", "1".to_owned()),
            ("session", number.to_owned()),
            ("held_on", on.to_owned()),
            ("attendance", came.to_owned()),
        ]
    };
    let page = manager.post(&at("sessions"), &session("1", &ahead, "attended")).await.expect(422);
    assert!(page.says("still to come"));
    manager.post(&at("sessions"), &session("1", &today, "attended")).await.redirect();
    manager.post(&at("sessions"), &session("2", &today, "absent")).await.redirect();
    let complete = [("number", "1"), ("words", "Well.")];
    let page = manager.post(&at("programmes/completed"), &complete).await.expect(422);
    assert!(page.says("He has not been to 1 of the sessions"));
    let page = manager.get(&his()).await.expect(200);
    assert_eq!(page.texts("#programmes .chips .badge"), ["1 came", "2 absent"]);
    manager.post(&at("sessions"), &session("2", &today, "attended")).await.redirect();
    manager.post(&at("programmes/completed"), &complete).await.redirect();
}

#[tokio::test]
async fn a_breach_waits_for_a_decision_and_a_condition_does_not_lapse_in_silence() {
    let app = house().await;
    opened(&app).await;
    let manager = app.signed_in(Role::OffenderManager);
    let at = |part: &str| format!("{}/{part}", his());
    let until = day(&app, 9);
    let set = [("condition_words", "Write to her no more."), ("condition_until", until.as_str())];
    manager.post(&at("conditions"), &set).await.redirect();
    let breach = [("number", "1"), ("words", "A letter.")];
    manager.post(&at("conditions/breached"), &breach).await.redirect();
    let page = manager.get("/perpetrators?show=plan").await.expect(200);
    assert!(page.says("Breach undecided"));
    let vague = [("number", "1"), ("words", "His child's birthday."), ("decision", "")];
    let page = manager.post(&at("breaches/decided"), &vague).await.expect(422);
    assert!(page.says("Choose what is done about it"));
    let vary = [vague[0], vague[1], ("decision", "vary"), ("until", until.as_str())];
    manager.post(&at("breaches/decided"), &vary).await.redirect();
    app.clock.advance(DAY * 11);
    app.eventually("its day came", async || {
        app.kinds().await.contains(&"perpetrator.condition_ran_out.v1".to_owned())
    })
    .await;
    assert!(manager.get(&his()).await.expect(200).says("did he keep it?"));
    assert!(manager.get("/perpetrators").await.expect(200).says("owes something that is late"));
}

#[tokio::test]
async fn a_review_asks_first_whether_they_are_safe_and_a_missed_one_is_said() {
    let app = house().await;
    opened(&app).await;
    let boss = app.signed_in(Role::Supervisor);
    let path = format!("{}/reviewed", his());
    let unasked = [("words", "In order.")];
    assert!(boss.post(&path, &unasked).await.expect(422).says("whether those he harmed are safe"));
    app.clock.advance(DAY * 29);
    app.eventually("nobody looked in time", async || {
        app.kinds().await.contains(&"perpetrator.review_missed.v1".to_owned())
    })
    .await;
    assert!(boss.get(&his()).await.expect(200).says("Nobody has looked at this plan in time"));
    let asked = [("words", "In order."), ("safe", "yes"), ("safety", "Her adviser rang.")];
    boss.post(&path, &asked).await.redirect();
    let page = boss.get(&his()).await.expect(200);
    assert!(!page.says("Nobody has looked") && page.says("Her adviser rang."));
}

#[tokio::test]
async fn a_supervisor_looks_and_does_not_work() {
    let app = house().await;
    opened(&app).await;
    let boss = app.signed_in(Role::Supervisor);
    let aim = [("strategy", "education"), ("aim", "That he stops.")];
    let _ = boss.post(&format!("{}/strategies", his()), &aim).await.expect(404);
    let page = boss.get(&his()).await.expect(200);
    assert!(!page.says("Make a strategy part of it") && page.says("Review the plan"));
    boss.post(&format!("{}/taken", his()), &[("words", "She is on leave.")]).await.redirect();
    let stream = ::perpetrator::PerpetratorId::from(HIM).stream();
    let state = app.engine.state::<::perpetrator::Perpetrator>(&stream);
    assert_eq!(state.await.unwrap().0.owner, Some(staff_id(Role::Supervisor)));
}

#[tokio::test]
async fn a_record_that_went_into_an_elder_one_has_its_plan_there() {
    let app = house().await;
    against(&app, 1, START).await;
    let elder = PersonId(HIM.0 - 1);
    let caller = TestApp::caller(Role::Supervisor);
    let go = Command::GoInto { into: elder };
    app.engine.execute::<Person>(&HIM.stream(), go, &caller, None).await.unwrap();
    let manager = app.signed_in(Role::OffenderManager);
    assert_eq!(manager.get(&his()).await.redirect(), format!("/perpetrators/{elder}"));
    let form = [("why", "serial"), ("open_reason", "Three victims.")];
    let page = manager.post(&his(), &form).await.expect(422);
    assert!(page.says(&elder.reference()));
    let none = manager.get("/perpetrators").await.expect(200);
    assert!(!none.says(&HIM.reference()));
}

#[tokio::test]
async fn what_is_forgotten_counts_against_nobody_any_more() {
    let app = house().await;
    let first = against(&app, 1, START).await;
    against(&app, 2, START).await;
    crime(&app, first).await;
    let boss = app.signed_in(Role::Supervisor);
    assert!(boss.get("/perpetrators").await.expect(200).says(&HIM.reference()));
    app.clock.advance(DAY * (kernel::retention::CASEWORK.keep_days + 1));
    app.engine.forget_expired().await.unwrap();
    let page = boss.get("/perpetrators").await.expect(200);
    assert!(page.says("Nobody is on the list"));
}
