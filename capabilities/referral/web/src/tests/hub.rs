//! The hub's list: what is chased and escalated by itself, what was declined, who is told.

use super::House;
use kernel::Role;
use kernel::time::hours;
use sqlx::Row;

async fn count(house: &House, kind: &str) -> usize {
    house.app.kinds().await.iter().filter(|one| *one == kind).count()
}

#[tokio::test]
async fn an_agency_that_never_answers_is_chased_and_put_before_a_supervisor_again_and_again() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    house.refer(11, incident, "adviser").await;
    house.app.clock.advance(hours(2));
    house.app.eventually("chased", async || count(&house, "referral.chased.v1").await == 1).await;
    house.app.clock.advance(hours(2));
    let told = async |times| count(&house, "referral.escalated.v1").await == times;
    house.app.eventually("escalated", async || told(1).await).await;
    let page = house.app.signed_in(Role::Supervisor).get("/referrals").await.expect(200);
    assert!(page.says("Overdue, told once") && page.says("Example Harbour"));
    assert!(!page.says("Example Person"), "nobody is named in the list");
    house.app.clock.advance(hours(4));
    house.app.eventually("escalated again", async || told(2).await).await;
    house.app.eventually("the mailbox hears of each", async || house.mailboxes().len() == 4).await;
    assert!(house.mailboxes().iter().all(|one| one == "notices@harbour.example"));
}

#[tokio::test]
async fn an_agencys_mailbox_is_told_that_something_waits_and_nothing_else() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    house.refer(11, incident, "adviser").await;
    house.app.eventually("an e-mail goes", async || !house.mailboxes().is_empty()).await;
    let message = house.sent.0.lock().unwrap()[0].clone();
    assert_eq!(message.words.template, notify::words::PARTNER_NOTICE);
    let values: Vec<_> = message.words.values.values().cloned().collect();
    assert_eq!(values, ["https://hub.example/partner"]);
}

#[tokio::test]
async fn what_one_agency_declined_goes_to_another_and_out_of_sight_of_the_first() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "support").await;
    house.works_for(house.agency("support").await).await;
    let worker = house.app.signed_in(Role::Partner);
    let decline = [("why", "no_room"), ("decline_reason", "Nobody until Friday.")];
    worker.post(&format!("/partner/{id}/decline"), &decline).await.redirect();
    let _ = worker.get(&format!("/partner/{id}")).await.expect(404);
    let officer = house.app.signed_in(Role::Responder);
    let page = officer.get(&format!("/referrals/{id}")).await.expect(200);
    assert!(page.says("Nobody until Friday.") && page.says("No other agency does this"));
    let administrator = house.app.signed_in(Role::Administrator);
    let care = house.agency("victim-support").await;
    let kinds = [("kinds", "victim-support"), ("kinds", "support")];
    administrator.post(&format!("/agencies/{care}/kinds"), &kinds).await.redirect();
    let to = care.to_string();
    let wrong = house.agency("fire-safety").await.to_string();
    let send = format!("/referrals/{id}/send");
    let refused = officer.post(&send, &[("to", wrong.as_str())]).await.expect(422);
    assert!(refused.says("does not give that kind of help"));
    officer.post(&send, &[("to", to.as_str())]).await.redirect();
    let _ = worker.get(&format!("/partner/{id}")).await.expect(404);
    house.works_for(care).await;
    let page = worker.get(&format!("/partner/{id}")).await.expect(200);
    assert!(page.says("Example Person") && !page.says("Nobody until Friday."));
}

#[tokio::test]
async fn the_promises_to_her_are_made_moved_and_kept() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "adviser").await;
    house.works_for(house.agency("adviser").await).await;
    let worker = house.app.signed_in(Role::Partner);
    worker.post(&format!("/partner/{id}/accept"), &[("a", "")]).await.redirect();
    let rows = sqlx::query(
        "SELECT name, kept_at IS NOT NULL, incident FROM engine_promises
         WHERE owner = 'referral' ORDER BY name",
    )
    .fetch_all(house.app.engine.reads().pool())
    .await
    .unwrap();
    let kept: Vec<(String, bool)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(kept, [("acknowledge".into(), true), ("first_contact".into(), false)]);
    let of: Option<String> = rows[0].get(2);
    assert_eq!(of, Some(incident.stream()));
}
