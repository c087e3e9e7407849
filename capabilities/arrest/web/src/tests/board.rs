//! The board and the figures: nobody stands on either.

use super::{asked, form, house};
use kernel::Role;
use testkit::START;

#[tokio::test]
async fn the_board_shows_who_is_wanted_by_risk_and_nobody_by_name() {
    let (app, incident) = house().await;
    let local = app.signed_in(Role::LocalOfficer);
    assert!(local.get("/arrests").await.expect(200).says("Nobody is to be arrested"));
    let one = asked(&app, incident, "high").await;
    let path = format!("/incidents/{incident}/arrest");
    let officer = app.signed_in(Role::Responder);
    officer.post(&path, &form("Second Example", "standard")).await.redirect();
    let before = app.consultations().await;
    let board = local.get("/arrests").await.expect(200);
    assert!(board.says(&incident.reference()) && !board.says("Example"));
    assert_eq!(board.texts(".lane__count"), ["1", "0", "1", "0", "0"]);
    assert_eq!(app.consultations().await, before, "the board consults nobody");
    let north = [("team", "north")];
    officer.post(&format!("{one}/assign"), &north).await.redirect();
    let south = local.get("/arrests?team=south").await.expect(200);
    assert!(south.says("Nobody is to be arrested"));
    assert_eq!(local.get("/arrests?team=north").await.texts(".lane__count")[0], "1");
    let made = [("made_at", ""), ("made_place", "Example Road")];
    local.post(&format!("{one}/arrested"), &made).await.redirect();
    assert!(local.get("/arrests").await.texts(".lane__head")[0].contains("Tell her first"));
}

#[tokio::test]
async fn a_live_board_is_the_part_alone() {
    let (app, _) = house().await;
    let local = app.signed_in(Role::LocalOfficer).with_header("hx-request", "true");
    let part = local.get("/arrests").await.expect(200);
    assert!(!part.says("<!doctype html>") && !part.says("<!DOCTYPE html>"));
}

#[tokio::test]
async fn figures_hide_what_could_point_at_somebody() {
    let (app, incident) = house().await;
    let supervisor = app.signed_in(Role::Supervisor);
    assert!(supervisor.get("/arrests/figures").await.expect(200).says("Nothing was asked"));
    for name in ["One", "Two", "Three", "Four", "Five"] {
        let path = format!("/incidents/{incident}/arrest");
        let mut typed = form("x", "high");
        typed[0].1 = name;
        app.signed_in(Role::Responder).post(&path, &typed).await.redirect();
    }
    asked(&app, incident, "medium").await;
    let page = supervisor.get("/arrests/figures?days=28").await.expect(200);
    assert!(page.says("Under 5"));
    let file = supervisor.get("/arrests/figures.csv?days=28").await.expect(200);
    assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    assert!(file.says("\"28\",\"high\",\"5\",\"0\"") && file.says("\"medium\",\"1 to 4, or"));
    assert!(file.says("\"all\",\"1 to 4, or withheld\""), "{}", file.body);
    assert!(!file.says("Example"));
    let _ = app.signed_in(Role::Responder).get("/arrests/figures").await.expect(404);
    assert_eq!(app.engine.now(), START);
}
