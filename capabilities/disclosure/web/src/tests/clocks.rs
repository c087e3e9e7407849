//! Time passes: warnings, the last day, the end of a pause, and the order of the board.

use crate::telling::tests::{House, form, to};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

async fn waits(house: &House, kind: &str, times: usize) {
    house.app.eventually(kind, async || house.count(kind).await >= times).await;
}

#[tokio::test]
async fn a_stage_falls_due_warnings_come_on_their_mornings_and_the_end_is_seen() {
    let house = House::new().await;
    house.applied(form()).await;
    let board = house.officer().get("/disclosures").await.expect(200);
    assert!(board.says("28 days left") && !board.says("Stage late"));
    house.app.clock.advance(DAY * 2);
    waits(&house, "disclosure.stage_fell_overdue.v1", 1).await;
    let late = house.officer().get("/disclosures?show=late").await.expect(200);
    assert!(late.says("Stage late") && late.says("26 days left"));
    for (days, warned) in [(19, 21), (4, 25), (2, 27)] {
        house.app.clock.advance(DAY * days);
        let board = house.officer().get("/disclosures?show=soon").await.expect(200);
        assert!(board.says(&format!("Day {warned} has come")), "{warned}");
    }
    waits(&house, "disclosure.warned.v1", 3).await;
    house.app.clock.advance(DAY * 2);
    waits(&house, "disclosure.fell_overdue.v1", 1).await;
    let board = house.officer().get("/disclosures").await.expect(200);
    assert!(board.says("Overdue") && board.says("1 day over"));
    assert!(board.says("First contact and checks, 29 days"), "the stage that eats the time");
}

#[tokio::test]
async fn a_pause_ends_by_itself_and_the_days_stand_still_until_then() {
    let house = House::new().await;
    let id = house.applied(form()).await;
    let pause = [("pause_note", "She asked."), ("pause_reason", "asked_to_wait")];
    house.officer().post(&to(id, "pause"), &pause).await.redirect();
    house.app.clock.advance(DAY * 27);
    let board = house.officer().get("/disclosures").await.expect(200);
    assert!(board.says("28 days left") && board.says("Paused"));
    house.app.clock.advance(DAY * 2);
    waits(&house, "disclosure.resumed.v1", 1).await;
    assert_eq!(house.count("disclosure.warned.v1").await, 0);
}

#[tokio::test]
async fn the_board_is_ordered_by_days_left_and_filtered_by_stage() {
    let house = House::new().await;
    let first = house.applied(form()).await;
    house.app.clock.advance(DAY);
    let second = house.applied(form()).await;
    let pause = [("pause_note", "She asked."), ("pause_reason", "asked_to_wait")];
    house.officer().post(&to(second, "pause"), &pause).await.redirect();
    let board = house.officer().get("/disclosures").await.expect(200);
    let place = |id: disclosure::DisclosureId| board.body.find(&id.to_string()).unwrap();
    assert!(place(first) < place(second));
    let here = house.officer().get("/disclosures?stage=initial").await.expect(200);
    assert_eq!(here.texts(".row__title").len(), 2);
    let none = house.officer().get("/disclosures?stage=telling&show=late").await.expect(200);
    assert_eq!(none.texts(".row__title").len(), 0);
    let odd = house.officer().get("/disclosures?stage=x&show=%3Cb%3E").await.expect(200);
    assert_eq!(odd.texts(".row__title").len(), 2);
}
