//! The API for other agencies' systems.

use crate::telling::tests::House;
use serde_json::{Value, json};
use testkit::Answer;

fn body() -> Value {
    json!({
        "route": "know",
        "danger_now": false,
        "person_at_risk": { "name": "Bea Example" },
        "subject": { "name": "Example Person", "relationship": "partner" },
        "concern": "She has met somebody whom the team knows.",
        "proposer": "Example Council",
    })
}

async fn send(house: &House, key: &str, body: &Value) -> Answer {
    let client = house.app.client().with_header("idempotency-key", key);
    client.post_json("/api/v1/disclosures", body).await
}

#[tokio::test]
async fn an_agency_proposes_and_a_repeat_does_nothing() {
    let house = House::new().await;
    let first = send(&house, "one", &body()).await.expect(201).json();
    assert_eq!(first["state"], "open");
    let again = send(&house, "one", &body()).await.expect(200).json();
    assert_eq!(first, again);
    assert_eq!(house.count("disclosure.applied.v1").await, 1);
    let id = first["disclosure"].as_str().unwrap();
    let page = house.officer().get(&format!("/disclosures/{id}")).await.expect(200);
    assert!(page.says("Another system") && page.says("Example Council"));
}

#[tokio::test]
async fn danger_now_leaves_the_scheme_and_the_gate_must_be_answered() {
    let house = House::new().await;
    let mut danger = body();
    danger["danger_now"] = true.into();
    let left = send(&house, "two", &danger).await.expect(201).json();
    assert_eq!(left["state"], "left_for_emergency");
    danger.as_object_mut().unwrap().remove("danger_now");
    let open = send(&house, "three", &danger).await.expect(409);
    assert!(open.says("Ask first whether anybody is in danger now."));
}

#[tokio::test]
async fn what_is_wrong_is_named_and_a_stranger_gets_nothing() {
    let house = House::new().await;
    let mut wrong = body();
    wrong["route"] = "hearsay".into();
    assert!(send(&house, "four", &wrong).await.expect(422).says("route"));
    wrong = body();
    wrong["subject"]["name"] = "".into();
    assert!(send(&house, "five", &wrong).await.expect(422).says("subject name"));
    wrong = body();
    wrong["colour"] = "blue".into();
    let _ = send(&house, "six", &wrong).await.expect(400);
    let _ = house.app.stranger().post_json("/api/v1/disclosures", &body()).await.expect(401);
    assert_eq!(house.count("disclosure.applied.v1").await, 0);
}
