//! The second grade, and the board of what waits for it.

use super::{graded, house, promises, report};
use incident::IncidentId;
use kernel::Role;

fn second(grade: &'static str) -> [(&'static str, &'static str); 2] {
    [("second_grade", grade), ("second_reason", "He is in custody.")]
}

#[tokio::test]
async fn a_high_grade_waits_on_the_board_for_somebody_who_did_not_give_it() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let specialist = app.signed_in(Role::Specialist);
    assert!(specialist.get("/risk").await.expect(200).says("Nothing waits"));
    graded(&officer, incident, "high").await;
    assert_eq!(promises(&app).await, [("second_grade".to_owned(), 24)]);
    let board = specialist.get("/risk").await.expect(200);
    assert!(board.says("Second grade owed") && board.says(&incident.reference()));
    let one = format!("/risk/{incident}");
    let before = app.consultations().await;
    let page = specialist.get(&one).await.expect(200);
    assert!(page.says("He has a key.") && page.says("Could he get to you tonight"));
    assert_eq!(app.consultations().await, before + 1);
    let path = format!("{one}/second-grade");
    assert!(specialist.post(&path, &[("second_reason", "x")]).await.expect(422).says("Choose the"));
    let bare = specialist.post(&path, &[("second_grade", "medium")]).await.expect(422);
    assert!(bare.says("Say in your own words why"));
    specialist.post(&path, &second("medium")).await.redirect();
    assert!(promises(&app).await.is_empty());
    let page = specialist.get(&one).await.expect(200);
    assert!(page.says("The two grades differ"));
    assert!(page.says("He has a key.") && page.says("He is in custody."), "both are shown");
    let panel = officer.get(&format!("/incidents/{incident}/risk")).await.expect(200);
    assert!(panel.says("The two grades differ") && panel.says("He is in custody."));
    let board = specialist.get("/risk").await.expect(200);
    assert!(board.says("The two grades differ") && !board.says("Second grade owed"));
}

#[tokio::test]
async fn a_supervisor_who_graded_it_gives_no_second_grade() {
    let (app, incident) = house().await;
    let supervisor = app.signed_in(Role::Supervisor);
    graded(&supervisor, incident, "high").await;
    let page = supervisor.get(&format!("/risk/{incident}")).await.expect(200);
    assert!(page.says("You made this assessment") && !page.says("second_reason"));
    let path = format!("/risk/{incident}/second-grade");
    let refused = supervisor.post(&path, &second("high")).await.expect(422);
    assert!(refused.says("Somebody else gives the second grade"));
    app.signed_in(Role::Specialist).post(&path, &second("high")).await.redirect();
    let _ = app.signed_in(Role::Responder).post(&path, &second("high")).await.expect(404);
}

#[tokio::test]
async fn a_grade_without_a_second_one_in_time_is_late_on_the_board() {
    let (app, incident) = house().await;
    graded(&app.signed_in(Role::Responder), incident, "high").await;
    app.clock.advance(std::time::Duration::from_secs(25 * 3600));
    let board = app.signed_in(Role::Supervisor).get("/risk").await.expect(200);
    assert!(board.says("One is overdue"));
}

#[tokio::test]
async fn only_a_supervisor_allows_a_close_and_only_once_a_visit_is_known() {
    let (app, incident) = house().await;
    report(&app, IncidentId(8), "").await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    officer.post(&path, &[("q_he_can_reach", "yes")]).await.redirect();
    let supervisor = app.signed_in(Role::Supervisor);
    assert!(supervisor.get("/risk").await.expect(200).says("Nobody has seen her"));
    let closing = format!("/risk/{incident}/closing");
    let form = [("closing_reason", "She was seen at the desk.")];
    let _ = app.signed_in(Role::Specialist).post(&closing, &form).await.expect(404);
    let refused = supervisor.post(&closing, &form).await.expect(422);
    assert!(refused.says("Book a visit first") && refused.says("She was seen at the desk."));
    officer.post(&format!("{path}/visit"), &[("visit_hours", "2")]).await.redirect();
    supervisor.post(&closing, &form).await.redirect();
    assert!(supervisor.get(&format!("/risk/{incident}")).await.expect(200).says("Allowed by"));
    assert!(!supervisor.get("/risk").await.expect(200).says("Nobody has seen her"));
}

#[tokio::test]
async fn nothing_is_under_an_address_that_names_no_assessment() {
    let (app, _) = house().await;
    let supervisor = app.signed_in(Role::Supervisor);
    let _ = supervisor.get("/risk/00000000000000000000000000000099").await.expect(404);
    let _ = supervisor.get("/risk/x").await.expect(404);
}
