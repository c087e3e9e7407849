//! The force's own systems: the pack, the answers, both grades, a visit and the close.

use super::{house, promises};
use serde_json::json;

#[tokio::test]
async fn a_system_reads_the_pack_and_takes_an_assessment_from_answers_to_the_second_grade() {
    let (app, incident) = house().await;
    let client = app.client();
    let pack = client.get("/api/v1/instrument").await.expect(200).json();
    assert_eq!((pack["name"].as_str(), pack["version"].as_u64()), (Some("demonstration"), Some(2)));
    let at = format!("/api/v1/incidents/{incident}/risk");
    assert_eq!(client.get(&at).await.expect(200).json()["round"], 0);
    let body = json!({
        "channel": "in_person",
        "earshot": ["alone"],
        "answers": [
            { "question": "hurt", "answer": "never" },
            { "question": "breath", "answer": "yes", "note": "A scarf." },
            { "question": "weapon", "answer": "declined" },
        ],
    });
    let kept = client.post_json(&format!("{at}/answers"), &body).await.expect(200).json();
    assert_eq!(kept["channels"], json!(["in_person"]));
    assert_eq!(kept["flags"][0]["cluster"], "strangulation");
    assert_eq!(kept["contradictions"][0]["contradiction"], "worse_than_never");
    assert_eq!(kept["answers"][0]["heard"], 0);
    let mut grade = json!({ "grade": "high", "reason": "He has a key.", "officer": "PC 1234" });
    let refused = client.post_json(&format!("{at}/grade"), &grade).await.expect(409);
    assert!(refused.says("contradict each other"));
    grade["acknowledged"] = json!({ "worse_than_never": "It was another man." });
    let graded = client.post_json(&format!("{at}/grade"), &grade).await.expect(200).json();
    assert_eq!(graded["standing"], "high");
    assert_eq!(graded["second_due"], "2025-11-04T09:00:00Z");
    assert_eq!(promises(&app).await, [("second_grade".to_owned(), 24)]);
    let mut second = json!({ "grade": "medium", "reason": "He is held.", "officer": "pc 1234" });
    let own = client.post_json(&format!("{at}/second-grade"), &second).await.expect(409);
    assert!(own.says("Somebody else gives the second grade"));
    second["officer"] = "INSP 7".into();
    let done = client.post_json(&format!("{at}/second-grade"), &second).await.expect(200).json();
    assert_eq!(done["grades"].as_array().unwrap().len(), 2);
    assert_eq!(done["grades"][1]["agrees"], false);
    assert_eq!(
        (done["standing"].as_str(), &done["against_closing"]),
        (Some("medium"), &json!(null))
    );
    let before = app.consultations().await;
    let _ = client.get(&at).await.expect(200);
    assert_eq!(app.consultations().await, before + 1);
}

#[tokio::test]
async fn the_same_request_sent_again_does_nothing_twice() {
    let (app, incident) = house().await;
    let at = format!("/api/v1/incidents/{incident}/risk/answers");
    let client = app.client().with_header("idempotency-key", "a");
    let body = json!({
        "earshot": ["child"], "answers": [{ "question": "breath", "answer": "no" }]
    });
    let _ = client.post_json(&at, &body).await.expect(200);
    let count = app.kinds().await.len();
    let again = client.post_json(&at, &body).await.expect(200).json();
    assert_eq!(again["answers"].as_array().unwrap().len(), 1);
    let kinds = app.kinds().await;
    assert_eq!(kinds.len(), count, "{kinds:?}");
}

#[tokio::test]
async fn a_case_in_which_nobody_saw_her_says_so_until_a_supervisor_allows_the_close() {
    let (app, incident) = house().await;
    let client = app.client();
    let at = format!("/api/v1/incidents/{incident}/risk");
    let body = json!({
        "channel": "audio_only", "earshot": ["alone"],
        "answers": [{ "question": "breath", "answer": "no" }],
    });
    let kept = client.post_json(&format!("{at}/answers"), &body).await.expect(200).json();
    assert!(kept["against_closing"].as_str().unwrap().contains("without seeing her"));
    let allow = json!({ "reason": "She was seen.", "officer": "INSP 7" });
    assert!(client.post_json(&format!("{at}/closing"), &allow).await.expect(409).says("Book a"));
    let far = json!({ "in_hours": 500 });
    assert!(client.post_json(&format!("{at}/visit"), &far).await.expect(409).says("72 hours"));
    let visit = json!({ "attended": true, "note": "She was well." });
    let seen = client.post_json(&format!("{at}/visit"), &visit).await.expect(200).json();
    assert_eq!(seen["visit_attended"], true);
    let done = client.post_json(&format!("{at}/closing"), &allow).await.expect(200).json();
    assert_eq!(done["against_closing"], json!(null));
}

#[tokio::test]
async fn what_is_no_code_is_refused_by_its_field() {
    let (app, incident) = house().await;
    let client = app.client();
    let at = format!("/api/v1/incidents/{incident}/risk");
    let near = json!({ "earshot": ["nobody"] });
    assert!(client.post_json(&format!("{at}/answers"), &near).await.expect(422).says("earshot"));
    let how = json!({ "channel": "video" });
    assert!(client.post_json(&format!("{at}/answers"), &how).await.expect(422).says("channel"));
    let code = json!({ "answers": [{ "question": "breath", "answer": "often" }] });
    assert!(client.post_json(&format!("{at}/answers"), &code).await.expect(409).says("breath"));
    let grade = json!({ "grade": "extreme", "reason": "x", "officer": "1" });
    assert!(client.post_json(&format!("{at}/grade"), &grade).await.expect(422).says("standard"));
    let nobody = json!({ "grade": "high", "reason": "x", "officer": " " });
    assert!(client.post_json(&format!("{at}/grade"), &nobody).await.expect(422).says("officer"));
    let other = "/api/v1/incidents/00000000000000000000000000000099/risk";
    let _ = client.get(other).await.expect(404);
    let _ = client.post_json(&format!("{other}/answers"), &json!({})).await.expect(404);
    let _ = app.stranger().get(&at).await.expect(401);
}

#[tokio::test]
async fn the_document_names_every_route_of_the_api() {
    let document = crate::api::document();
    let (app, _) = house().await;
    for line in &app.lines {
        let path = line.split_whitespace().nth(1).unwrap();
        if path.starts_with("/api/") {
            assert!(document.paths.paths.contains_key(path), "{path} is not in the document");
        }
    }
}
