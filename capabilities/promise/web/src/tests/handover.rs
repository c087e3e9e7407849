//! A shift handed over on paper and on screen.

use super::{app, caller, keep, make, which};
use kernel::Role;
use kernel::id::StaffId;
use kernel::time::{hours, minutes};
use promise::handover::Command;
use promise::{Handover, HandoverId};

#[tokio::test]
async fn the_sheet_says_what_is_open_what_was_missed_and_what_changed_hands() {
    let app = app().await;
    let start = app.engine.now();
    make(&app, "toy/open", start.plus(hours(9))).await;
    make(&app, "toy/missed", start.plus(minutes(10))).await;
    make(&app, "toy/late", start.plus(minutes(20))).await;
    make(&app, "toy/kept", start.plus(minutes(30))).await;
    keep(&app, "toy/kept").await;
    let responder = app.signed_in(Role::Responder);
    responder.post("/promises/take", &which("toy/open")).await.redirect();
    let mut form = which("toy/open");
    form.push(("to", "team/local".into()));
    form.push(("reason", "other".into()));
    form.push(("words", "The key is under the mat.".into()));
    responder.post("/promises/give", &form).await.redirect();
    app.clock.advance(minutes(60));
    keep(&app, "toy/late").await;

    let supervisor = app.signed_in(Role::Supervisor);
    let sheet = supervisor.get("/promises/handover").await.expect(200);
    assert_eq!(sheet.texts("#open tbody tr").len(), 2, "open and missed are both still owed");
    assert_eq!(sheet.texts("#missed tbody tr").len(), 2, "kept late is missed all the same");
    assert!(sheet.texts("#handed tbody tr")[0].contains("The key is under the mat."));

    let note = [("note", "Two officers are late.")];
    let page = supervisor.post("/promises/handover", &note).await.redirect();
    let record = supervisor.get(&page).await.expect(200);
    assert!(record.says("Two officers are late.") && record.says("Not accepted yet"));
    assert!(!record.says("/accepted\""), "nobody accepts their own");
    let accept = format!("{page}/accepted");
    let own = supervisor.post(&accept, &[("note", "")]).await.expect(422);
    assert!(own.says("You signed this off yourself."));

    // What is kept afterwards does not change what was signed.
    keep(&app, "toy/open").await;
    app.clock.advance(minutes(10));
    let record = supervisor.get(&page).await.expect(200);
    assert_eq!(record.texts("#open tbody tr").len(), 2);
    let sheet = supervisor.get("/promises/handover").await.expect(200);
    assert!(sheet.texts("#missed tbody tr").is_empty(), "only since the last handover");
    assert!(sheet.says("Nobody has accepted it yet."));
}

#[tokio::test]
async fn the_supervisor_who_comes_accepts_what_the_other_signed() {
    let app = app().await;
    let id = HandoverId::birth(app.engine.now(), app.engine.luck16());
    let command = Command::SignOff {
        since: app.engine.now(),
        open: vec![],
        open_count: 0,
        missed: vec![],
        missed_count: 0,
        handed_count: 0,
        note: "A quiet night.".into(),
    };
    let outgoing = caller(StaffId(77), Role::Supervisor);
    app.engine.execute::<Handover>(&id.stream(), command, &outgoing, None).await.unwrap();
    let supervisor = app.signed_in(Role::Supervisor);
    let page = format!("/promises/handover/{id}");
    assert!(supervisor.get(&page).await.expect(200).says("/accepted\""));
    let accept = format!("{page}/accepted");
    supervisor.post(&accept, &[("note", "Thank you.")]).await.redirect();
    let record = supervisor.get(&page).await.expect(200);
    assert!(record.says("Thank you.") && !record.says("Not accepted yet"));
    // Said twice it is done once.
    assert_eq!(supervisor.post(&accept, &[("note", "")]).await.redirect(), page);
    let _ = supervisor.get("/promises/handover/00000000000000000000000000000042").await.expect(404);
}
