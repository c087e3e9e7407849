//! Setting the days of a class.

use super::{eventually, house, report};
use incident::IncidentId;
use kernel::Role;

#[tokio::test]
async fn a_class_is_kept_for_fewer_days_in_two_steps_and_for_new_things_only() {
    let app = house().await;
    let privacy = app.signed_in(Role::DataProtection);
    let page = privacy.get("/retention/schedule").await.expect(200);
    assert!(page.says("Recording of a disclosure") && page.says("Version 0"));
    let change = [("class", "casework"), ("days", "400"), ("reason", "Our policy.")];
    let sure = privacy.post("/retention/schedule", &change).await.expect(200);
    assert!(sure.says("new things only") && sure.says("2192 days") && sure.says("400 days"));
    assert!(privacy.get("/retention/schedule").await.expect(200).says("Version 0"));
    let sure = [change[0], change[1], change[2], ("sure", "yes")];
    privacy.post("/retention/schedule", &sure).await.redirect();
    eventually(&app, "retention.schedule_set.v1").await;
    assert!(privacy.get("/retention/schedule").await.expect(200).says("Version 1"));
    let casework = kernel::retention::CASEWORK;
    app.eventually("the engine knows", async || app.engine.keep_days(casework) == 400).await;
    report(&app, IncidentId(8)).await;
    let day = async |stream: String| match crate::keys::named(&app.engine, &stream).await {
        Ok(retention::Subject::Known { thing, .. }) => thing.expires_on,
        _ => panic!("no key"),
    };
    let today = app.engine.now().day();
    assert_eq!(day(super::CASE.stream()).await, today.plus(2192));
    assert_eq!(day(IncidentId(8).stream()).await, today.plus(400));
}

#[tokio::test]
async fn a_change_beyond_the_class_is_refused_and_keeps_what_was_typed() {
    let app = house().await;
    let privacy = app.signed_in(Role::DataProtection);
    let to = "/retention/schedule";
    let bare = privacy.post(to, &[("reason", "Kept words.")]).await.expect(422);
    assert!(bare.says("Choose what") && bare.says("number of days") && bare.says("Kept words."));
    let change = |days| [("class", "chat"), ("days", days), ("reason", "Our policy.")];
    let over = privacy.post(to, &change("32")).await.expect(422);
    assert!(over.says("Rule of the class"));
    assert!(privacy.post(to, &change("31")).await.expect(422).says("that many days already"));
    assert!(privacy.post(to, &change("0")).await.expect(422).says("1 day or more"));
    // A supervisor sees the days and cannot set them.
    let supervisor = app.signed_in(Role::Supervisor);
    assert!(!supervisor.get(to).await.expect(200).says("Change the days"));
    let _ = supervisor.post(to, &change("7")).await.expect(404);
}

#[tokio::test]
async fn the_days_are_applied_when_the_service_starts() {
    let app = house().await;
    crate::apply_schedule(&app.engine).await.unwrap();
    let chat = kernel::retention::CHAT;
    assert_eq!(app.engine.keep_days(chat), 31);
}
