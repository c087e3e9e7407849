//! The meeting of agencies: list, repeat, minutes, actions, pack.

use super::House;
use kernel::Role;
use kernel::time::hours;

async fn plan(house: &House, when: &str) -> String {
    let chair = house.app.signed_in(Role::Specialist);
    let form = [("meets_at", when), ("place", "Room 4")];
    chair.post("/conferences", &form).await.redirect()
}

#[tokio::test]
async fn a_meeting_has_a_list_minutes_actions_and_a_pack() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "conference").await.to_string();
    let chair = house.app.signed_in(Role::Specialist);
    assert!(chair.get("/conferences").await.expect(200).says("No meeting yet"));
    let past = [("meets_at", "2020-01-01T10:00"), ("place", "Room 4")];
    let past = chair.post("/conferences", &past).await.expect(422);
    assert!(past.says("still to come") && past.says("Room 4"));
    let path = plan(&house, "2025-11-06T10:00").await;
    chair.post(&format!("{path}/cases"), &[("referral", id.as_str())]).await.redirect();
    let again = chair.post(&format!("{path}/cases"), &[("referral", id.as_str())]).await;
    assert!(again.expect(422).says("on the list already"));
    let minutes = [("referral", id.as_str()), ("minutes", "Housing has a place.")];
    chair.post(&format!("{path}/minutes"), &minutes).await.redirect();
    let housing = house.agency("housing").await.to_string();
    let action = [
        ("referral", id.as_str()),
        ("agency", housing.as_str()),
        ("what", "Offer the place."),
        ("due_at", "2025-11-07T12:00"),
    ];
    chair.post(&format!("{path}/actions"), &action).await.redirect();
    let before = house.app.consultations().await;
    let page = chair.get(&path).await.expect(200);
    assert!(page.says("Offer the place.") && page.says("Example Borough Housing"));
    assert_eq!(house.app.consultations().await, before + 2, "the meeting, and who is on its list");
    let done = [("action", "1"), ("note", "She moves tomorrow.")];
    chair.post(&format!("{path}/actions/done"), &done).await.redirect();
    assert!(chair.get(&format!("{path}/pack")).await.expect(200).says("She moves tomorrow."));
    let pdf = chair.get(&format!("{path}/pack.pdf")).await.expect(200);
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let early = chair.post(&format!("{path}/held"), &[("a", "")]).await.expect(422);
    assert!(early.says("not begun yet"));
    let _ = house.app.signed_in(Role::CallHandler).get(&path).await.expect(404);
}

#[tokio::test]
async fn who_was_heard_of_within_twelve_months_is_a_repeat() {
    let house = House::new().await;
    let chair = house.app.signed_in(Role::Supervisor);
    let first = house.incident(7, "Example Person").await;
    let one = house.refer(11, first, "conference").await.to_string();
    let path = plan(&house, "2025-11-06T10:00").await;
    chair.post(&format!("{path}/cases"), &[("referral", one.as_str())]).await.redirect();
    house.app.clock.advance(hours(24 * 60));
    let second = house.incident(8, "example  person").await;
    let other = house.incident(9, "Another Person").await;
    let two = house.refer(12, second, "conference").await.to_string();
    let three = house.refer(13, other, "conference").await.to_string();
    let path = plan(&house, "2026-01-08T10:00").await;
    for id in [&two, &three] {
        chair.post(&format!("{path}/cases"), &[("referral", id.as_str())]).await.redirect();
    }
    let page = chair.get(&path).await.expect(200);
    assert_eq!(page.body.matches("Repeat within twelve months").count(), 1);
    assert!(chair.get("/conferences").await.expect(200).says("one repeat"));
}
