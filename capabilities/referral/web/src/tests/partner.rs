//! The console of an agency, and its API: its own referrals, and no sign of any other.

use super::{House, KEY};
use kernel::Role;
use kernel::time::{hours, minutes};
use testkit::{Answer, TestApp};

#[tokio::test]
async fn an_agency_accepts_asks_records_the_first_contact_and_closes() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "adviser").await;
    house.works_for(house.agency("adviser").await).await;
    let worker = house.app.signed_in(Role::Partner);
    let list = worker.get("/partner").await.expect(200);
    assert!(list.says("Independent adviser") && !list.says("Example Person"));
    let before = house.app.consultations().await;
    let page = worker.get(&format!("/partner/{id}")).await.expect(200);
    assert!(page.says("Afraid tonight") && page.says("07700 900222"));
    assert!(page.says("Never leave a message") && page.says("dentist"));
    assert_eq!(house.app.consultations().await, before + 1);
    assert_eq!(house.step(id).await, "seen");
    let question = [("question", "May we ring at noon?")];
    worker.post(&format!("/partner/{id}/question"), &question).await.redirect();
    let officer = house.app.signed_in(Role::Supervisor);
    assert!(officer.get("/referrals").await.expect(200).says("Asks us"));
    let answer = [("answer", "After nine only.")];
    officer.post(&format!("/referrals/{id}/answer"), &answer).await.redirect();
    assert!(worker.get(&format!("/partner/{id}")).await.expect(200).says("After nine only."));
    worker.post(&format!("/partner/{id}/accept"), &[("a", "")]).await.redirect();
    house.app.clock.advance(minutes(30));
    let tried = [("attempt", "No answer.")];
    worker.post(&format!("/partner/{id}/attempt"), &tried).await.redirect();
    let bare = worker.post(&format!("/partner/{id}/contact"), &[("how", "telephone")]).await;
    assert!(bare.expect(422).says("Say in a sentence"));
    let future = [("how", "video"), ("contact_note", "x"), ("contacted_at", "2031-01-01T10:00")];
    let refused = worker.post(&format!("/partner/{id}/contact"), &future).await.expect(422);
    assert!(refused.says("not in the future") && refused.says("2031-01-01T10:00"));
    let contact = [("how", "telephone"), ("contact_note", "We meet tomorrow.")];
    worker.post(&format!("/partner/{id}/contact"), &contact).await.redirect();
    assert_eq!(house.step(id).await, "engaged");
    let close = [("outcome", "helped"), ("close_note", "With her sister.")];
    worker.post(&format!("/partner/{id}/close"), &close).await.redirect();
    assert_eq!(house.step(id).await, "closed");
    let figures = officer.get("/referrals/figures").await.expect(200);
    assert!(figures.says("30 minutes"));
}

#[tokio::test]
async fn an_agency_is_told_the_rule_that_was_made_with_her_and_not_what_was_known_before() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let words = safeguarding::ContactWords {
        number: "07700 900333".into(),
        say: "The garage".into(),
        others: "Her mother may answer".into(),
        ..Default::default()
    };
    let hours = safeguarding::Hours::parse("09:00", "15:30");
    let ways = vec![safeguarding::Way::Ring, safeguarding::Way::Voicemail];
    let command = safeguarding::Command::RuleContact { ways, hours, words };
    let (engine, caller) = (&house.app.engine, TestApp::caller(Role::Responder));
    let stream = safeguarding::SafeguardingId::from(incident).stream();
    engine.execute::<safeguarding::Safeguarding>(&stream, command, &caller, None).await.unwrap();
    let id = house.refer(11, incident, "adviser").await;
    house.works_for(house.agency("adviser").await).await;
    let worker = house.app.signed_in(Role::Partner);
    let page = worker.get(&format!("/partner/{id}")).await.expect(200);
    for said in ["07700 900333", "09:00 - 15:30", "The garage", "Her mother may answer"] {
        assert!(page.says(said), "{said}");
    }
    for before in ["Never leave a message", "dentist", "07700 900222"] {
        assert!(!page.says(before), "{before}");
    }
}

#[tokio::test]
async fn an_agency_is_told_only_what_its_kind_allows() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "victim-support").await;
    house.works_for(house.agency("victim-support").await).await;
    let page = house.app.signed_in(Role::Partner).get(&format!("/partner/{id}")).await;
    let page = page.expect(200);
    assert!(page.says("Example Person"));
    for never in ["Example Man", "He came back", "1990-02-03", "07700 900111"] {
        assert!(!page.says(never), "{never}");
    }
}

#[tokio::test]
async fn for_another_agencys_worker_it_does_not_exist() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "adviser").await;
    let worker = house.app.signed_in(Role::Partner);
    // Nobody's worker, then another agency's.
    let nobody = worker.get(&format!("/partner/{id}")).await.expect(404);
    assert!(worker.get("/partner").await.expect(200).says("works for no agency"));
    house.works_for(house.agency("housing").await).await;
    house.key(house.agency("housing").await).await;
    assert!(!worker.get("/partner").await.expect(200).says("Independent adviser"));
    let missing = worker.get("/partner/000000000000000000000000000000aa").await.expect(404);
    let other = worker.get(&format!("/partner/{id}")).await.expect(404);
    assert_eq!(plain(&other), plain(&missing), "not there, and not yours, look the same");
    assert_eq!(plain(&nobody), plain(&missing));
    for step in ["accept", "decline", "question", "attempt", "contact", "close"] {
        let form = [
            ("why", "other"),
            ("decline_reason", "x"),
            ("question", "x"),
            ("attempt", "x"),
            ("how", "video"),
            ("contact_note", "x"),
            ("outcome", "other"),
            ("close_note", "x"),
        ];
        let _ = worker.post(&format!("/partner/{id}/{step}"), &form).await.expect(404);
    }
    let system = house.app.stranger().with_header("authorization", &format!("Bearer {KEY}"));
    let _ = system.get(&format!("/api/v1/partner/referrals/{id}")).await.expect(404);
    let accept = format!("/api/v1/partner/referrals/{id}/accept");
    let _ = system.post_json(&accept, &serde_json::json!({})).await.expect(404);
    assert_eq!(house.step(id).await, "sent");
    // Nor does the hub's side exist for an agency, whoever it is.
    for path in ["/referrals", "/agencies", "/conferences", &format!("/referrals/{id}")] {
        let _ = worker.get(path).await.expect(404);
    }
    let panel = format!("/incidents/{incident}/referral");
    let _ = worker.get(&panel).await.expect(404);
}

#[tokio::test]
async fn every_response_is_the_same_with_and_without_other_agencies_referrals() {
    let alone = seen(false).await;
    let crowded = seen(true).await;
    assert_eq!(alone.len(), crowded.len());
    for (one, other) in alone.iter().zip(&crowded) {
        assert_eq!(one, other);
    }
}

/// All that one agency can see, in a house in which other agencies have nothing or much.
async fn seen(others: bool) -> Vec<String> {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    if others {
        let other = house.incident(8, "Another Person").await;
        house.refer(9, other, "housing").await;
        house.refer(21, incident, "children").await;
    }
    let id = house.refer(11, incident, "adviser").await;
    if others {
        house.refer(22, incident, "victim-support").await;
    }
    let ours = house.agency("adviser").await;
    house.works_for(ours).await;
    house.key(ours).await;
    let worker = house.app.signed_in(Role::Partner);
    let system = house.app.stranger().with_header("authorization", &format!("Bearer {KEY}"));
    let mut seen = vec![];
    for path in ["/partner", &format!("/partner/{id}"), "/partner/zz"] {
        seen.push(plain(&worker.get(path).await));
    }
    for number in [9_u128, 21, 22] {
        let theirs = referral::ReferralId(number);
        seen.push(plain(&worker.get(&format!("/partner/{theirs}")).await));
        let api = system.get(&format!("/api/v1/partner/referrals/{theirs}")).await;
        seen.push(plain(&api));
    }
    seen.push(plain(&system.get("/api/v1/partner/referrals").await));
    seen.push(plain(&system.get(&format!("/api/v1/partner/referrals/{id}")).await));
    let wrong = worker.post(&format!("/partner/{id}/decline"), &[("why", "")]).await;
    seen.push(plain(&wrong));
    seen
}

/// Status and body without what is drawn anew for every answer.
fn plain(answer: &Answer) -> String {
    let policy = answer.headers.get("content-security-policy").and_then(|v| v.to_str().ok());
    let nonce = policy.and_then(|text| text.split("'nonce-").nth(1));
    let nonce = nonce.and_then(|rest| rest.split('\'').next()).unwrap_or("no nonce");
    format!("{} {}", answer.status, answer.body.replace(nonce, "NONCE"))
}

#[tokio::test]
async fn an_agencys_system_works_by_its_own_key_and_a_repeat_does_nothing() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let id = house.refer(11, incident, "adviser").await;
    house.key(house.agency("adviser").await).await;
    for other in [house.app.stranger(), house.app.client(), house.app.signed_in(Role::Partner)] {
        let _ = other.get("/api/v1/partner/referrals").await.expect(401);
    }
    let bearer = format!("Bearer {KEY}");
    let system = house.app.stranger().with_header("authorization", &bearer);
    // Nor does an agency's key open what the force's own systems may.
    let _ = system.post_json("/api/v1/agencies/import", &serde_json::json!({})).await.expect(401);
    let list = system.get("/api/v1/partner/referrals").await.expect(200).json();
    assert_eq!(list["referrals"][0]["referral"], id.to_string());
    let path = format!("/api/v1/partner/referrals/{id}");
    let one = system.get(&path).await.expect(200).json();
    assert_eq!(one["shared"]["name"], "Example Person");
    assert_eq!(one["step"], "seen");
    let keyed = house
        .app
        .stranger()
        .with_header("authorization", &bearer)
        .with_header("idempotency-key", "one");
    let nothing = serde_json::json!({});
    for _ in 0..2 {
        let done = keyed.post_json(&format!("{path}/accept"), &nothing).await.expect(200).json();
        assert_eq!(done["step"], "accepted");
    }
    let again = system.post_json(&format!("{path}/accept"), &nothing).await.expect(409);
    assert!(again.says("accepted already"));
    house.app.clock.advance(hours(1));
    let bad = serde_json::json!({"contacted_at": "noon", "how": "video", "note": "x"});
    let _ = system.post_json(&format!("{path}/contact"), &bad).await.expect(422);
    let good = serde_json::json!({
        "contacted_at": "2025-11-03T09:30:00Z", "how": "video", "note": "We meet tomorrow.",
    });
    let engaged = system.post_json(&format!("{path}/contact"), &good).await.expect(200).json();
    assert_eq!(engaged["step"], "engaged");
    let close = serde_json::json!({"outcome": "helped", "note": "Safe."});
    let closed = system.post_json(&format!("{path}/close"), &close).await.expect(200).json();
    assert_eq!(closed["step"], "closed");
}
