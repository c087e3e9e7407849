//! The force's own systems: the main steps over the API, and the end of a case.

use super::House;
use axum::http::Method;
use kernel::Role;
use serde_json::json;

impl House {
    fn api(&self, step: &str) -> String {
        format!("/api/v1/incidents/{}/investigation{step}", self.incident)
    }
}

#[tokio::test]
async fn a_case_goes_from_the_account_to_its_reference_over_the_api() {
    let house = House::new().await;
    let client = house.app.client();
    let post = async |step: &str, body: serde_json::Value| {
        client.post_json(&house.api(step), &body).await.expect(200).json()
    };
    let standing = post("/account", json!({ "text": "He came.\n\nHe left." })).await;
    assert_eq!(standing["statement"], "none");
    let sections = json!({ "sections": { "events": "He came.", "harm": "My arm." } });
    assert_eq!(post("/statement", sections).await["statement"], "draft");
    let case = client.get(&house.api("")).await.expect(200).json();
    let digest = case["statement_text"]["digest"].clone();
    assert_eq!(post("/read-out", json!({ "digest": digest })).await["statement"], "acknowledged");
    let crime = json!({
        "code": "stalking", "from": "2025-11-02T09:00:00Z", "reason": "She was followed.",
    });
    assert_eq!(post("/crime", crime).await["code"], "stalking");
    let outcome = json!({ "code": "16", "note": "Her wish." });
    assert_eq!(post("/outcome", outcome).await["outcome"], "16");
    assert_eq!(post("/enquiries", json!({ "what": "Ask." })).await["open_enquiries"], 1);
    let found = json!({ "found": "She heard him." });
    assert_eq!(post("/enquiries/1/finished", found).await["open_enquiries"], 0);
    let _ = post("/enquiries", json!({ "what": "Film.", "due": "2025-11-05T09:00:00Z" })).await;
    let _ = post("/enquiries/2/dropped", json!({ "reason": "There is none." })).await;
    let person = json!({ "role": "suspect", "name": "Nobody Example" });
    let _ = post("/people", person).await;
    assert_eq!(post("/hand-off", json!({})).await["handed_off"], 1);
    let reference = json!({ "reference": "46/1234/25" });
    assert_eq!(post("/taken-in", reference.clone()).await["taken_in"], true);
    assert_eq!(post("/taken-in", reference).await["taken_in"], true, "said twice it is once");
    let before = house.app.consultations().await;
    let case = client.get(&house.api("")).await.expect(200).json();
    assert_eq!(house.app.consultations().await, before + 1);
    assert_eq!(case["record"], "46/1234/25");
    assert_eq!(case["account"][1]["text"], "He left.");
    assert_eq!(case["people"][0]["name"], "Nobody Example");
    assert_eq!(case["decisions"][0]["from"], "2025-11-02T09:00:00Z");
    assert_eq!(case["statement_text"]["versions"][0]["stands"], "acknowledged");
    assert!(house.promises().await.is_empty(), "everything owed was kept");
    let page = house.app.signed_in(Role::Responder).get(&house.at("hand-off")).await.expect(200);
    assert!(page.texts("dd").contains(&"46/1234/25".to_owned()));
}

#[tokio::test]
async fn no_crime_goes_the_same_way() {
    let house = House::new().await;
    let client = house.app.client();
    let none = json!({ "reason": "Words only." });
    let standing = client.post_json(&house.api("/non-crime"), &none).await.expect(200).json();
    assert_eq!((&standing["recorded"], &standing["code"]), (&json!("non_crime"), &json!(null)));
    let _ = client.post_json(&house.api("/hand-off"), &json!({})).await.expect(200);
}

#[tokio::test]
async fn bad_input_names_the_field_or_the_rule() {
    let house = House::new().await;
    let client = house.app.client();
    for (step, body, status, words) in [
        ("/crime", json!({ "code": "treason", "reason": "x" }), 409, "no offence with that code"),
        ("/crime", json!({ "reason": "x" }), 409, "Name the offence"),
        (
            "/crime",
            json!({ "code": "theft", "from": "2026-01-01T00:00:00Z", "reason": "x" }),
            409,
            "in the future",
        ),
        ("/crime", json!({ "code": "theft", "from": "x", "reason": "x" }), 422, "from is"),
        ("/crime", json!({ "code": "theft" }), 400, "reason"),
        ("/outcome", json!({ "code": "1", "note": "x" }), 409, "Record the crime first"),
        ("/statement", json!({ "sections": { "end": "x" } }), 422, "sections.end"),
        ("/read-out", json!({ "digest": "" }), 409, "changed since"),
        ("/enquiries", json!({ "what": "x", "due": "soon" }), 422, "due is"),
        ("/enquiries/1/finished", json!({ "found": "x" }), 409, "no such line"),
        ("/people", json!({ "role": "child" }), 422, "suspect or witness"),
        ("/hand-off", json!({}), 409, "Record crime or no crime first"),
        ("/taken-in", json!({ "reference": "1" }), 409, "not been handed off"),
        ("/account", json!({ "text": "x", "more": 1 }), 400, "more"),
    ] {
        let answer = client.post_json(&house.api(step), &body).await.expect(status);
        assert!(answer.says(words), "{step}: {}", answer.body);
    }
    assert_eq!(house.app.kinds().await.iter().filter(|k| k.starts_with("inv")).count(), 0);
}

#[tokio::test]
async fn a_repeat_with_the_same_key_does_nothing_and_an_unknown_incident_is_not_there() {
    let house = House::new().await;
    let client = house.app.client().with_header("idempotency-key", "one");
    for _ in 0..2 {
        let body = json!({ "what": "Ask." });
        let standing = client.post_json(&house.api("/enquiries"), &body).await.expect(200).json();
        assert_eq!(standing["open_enquiries"], 1);
    }
    let other = "/api/v1/incidents/00000000000000000000000000000001/investigation";
    let _ = client.get(other).await.expect(404);
    let _ =
        client.post_json(&format!("{other}/account"), &json!({ "text": "x" })).await.expect(404);
    let _ = house.app.stranger().get(&house.api("")).await.expect(401);
}

#[tokio::test]
async fn the_records_system_takes_files_and_the_pack_and_each_leaves_a_trace() {
    let house = House::new().await;
    let body = "--x\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nLetter\r\n--x\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.7\r\n--x--\r\n";
    let officer = house.app.signed_in(Role::Responder);
    let form = Some(("multipart/form-data; boundary=x", body.to_owned()));
    officer.send(Method::POST, &house.at("exhibits"), form).await.redirect();
    let client = house.app.client();
    let before = house.app.consultations().await;
    let base = format!("/api/v1/incidents/{}", house.incident);
    let file = client.get(&format!("{base}/exhibits/1")).await.expect(200);
    assert_eq!(file.bytes, b"%PDF-1.7");
    let _ = client.get(&format!("{base}/exhibits/2")).await.expect(404);
    let pack = client.get(&format!("{base}/pack.pdf")).await.expect(200);
    assert!(pack.bytes.starts_with(b"%PDF-"));
    assert_eq!(house.app.consultations().await, before + 3);
}

#[tokio::test]
async fn the_document_names_every_route_of_the_api() {
    let document = crate::api::document();
    let house = House::new().await;
    for line in &house.app.lines {
        let path = line.split_whitespace().nth(1).unwrap();
        if path.starts_with("/api/") {
            assert!(document.paths.paths.contains_key(path), "{path} is not in the document");
        }
    }
}
