//! The same through the API of the force's own systems.

use super::*;
use axum::http::Method;

#[tokio::test]
async fn a_force_s_system_goes_the_whole_way() {
    let app = app().await;
    with_an_officer(&app).await;
    let client = app.client();
    let report = json!({
        "source": "999",
        "account": "He shouted and left.",
        "person": { "name": "Example Person", "phone": "07700 900001" },
        "thrive": { "threat": { "level": "high", "note": "said so" } },
    });
    let taken = client.post_json("/api/v1/incidents", &report).await.expect(201).json();
    assert_eq!(taken["step"], "grade");
    let at = format!("/api/v1/incidents/{}", taken["incident"].as_str().unwrap());
    let grade = json!({ "grade": "priority", "reason": "as told" });
    let graded = client.post_json(&format!("{at}/grade"), &grade).await.expect(200).json();
    assert_eq!(
        (graded["grade"].as_str(), graded["step"].as_str()),
        (Some("priority"), Some("ask"))
    );
    assert_eq!(graded["target_at"], "2025-11-03T10:00:00Z");
    let answers: Vec<_> = ::incident::screening::Rule::ALL
        .into_iter()
        .map(|rule| json!({ "rule": rule.code(), "answer": "yes" }))
        .collect();
    let screening = json!({ "answers": answers });
    let screened =
        client.post_json(&format!("{at}/screening"), &screening).await.expect(200).json();
    assert_eq!(screened["screening"], "eligible");
    let offered = client.post_json(&format!("{at}/offer"), &json!({})).await.expect(200).json();
    let accept = json!({ "offer": offered["offer"], "channel": "text", "to": "07700 900001" });
    let accepted =
        client.post_json(&format!("{at}/offer/accept"), &accept).await.expect(200).json();
    assert_eq!(accepted["call"], offered["offer"]);
    let before = app.consultations().await;
    let whole = client.get(&at).await.expect(200).json();
    assert_eq!(whole["report"]["person"]["name"], "Example Person");
    assert_eq!(app.consultations().await, before + 1, "the read leaves its trace");
    let patrol = json!({ "reason": "she asks for one", "place": "the back door" });
    let routed = client.post_json(&format!("{at}/patrol"), &patrol).await.expect(200).json();
    assert_eq!(routed["patrol"], "requested");
}

#[tokio::test]
async fn a_refusal_is_409_with_the_rule_s_words_and_a_bad_field_is_named() {
    let app = app().await;
    let client = app.client();
    let report = json!({ "account": "He shouted." });
    let taken = client.post_json("/api/v1/incidents", &report).await.expect(201).json();
    let at = format!("/api/v1/incidents/{}", taken["incident"].as_str().unwrap());
    let immediate = json!({ "grade": "immediate", "reason": "he is there" });
    let _ = client.post_json(&format!("{at}/grade"), &immediate).await.expect(200);
    let offer = client.post_json(&format!("{at}/offer"), &json!({})).await.expect(409).json();
    assert!(offer["detail"].as_str().unwrap().contains("Immediate"), "{offer}");
    let empty = client.post_json("/api/v1/incidents", &json!({})).await.expect(409).json();
    assert!(empty["detail"].as_str().unwrap().contains("what is happening"), "{empty}");
    let wrong = json!({ "account": "x", "source": "pigeon" });
    let named = client.post_json("/api/v1/incidents", &wrong).await.expect(422).json();
    assert!(named["detail"].as_str().unwrap().starts_with("source "), "{named}");
    let typo = json!({ "acount": "x" });
    let named = client.post_json("/api/v1/incidents", &typo).await.expect(400).json();
    assert!(named["detail"].as_str().unwrap().contains("acount"), "{named}");
    let nobody = client.get("/api/v1/incidents/00000000000000000000000000000001").await;
    let _ = nobody.expect(404);
    let _ = client.get("/api/v1/incidents/not-an-id").await.expect(404);
    let stranger = app.stranger().send(Method::GET, &at, None).await;
    let _ = stranger.expect(401);
}

#[tokio::test]
async fn the_document_names_every_route_of_the_api() {
    let document = crate::api::document();
    let paths: Vec<_> = document.paths.paths.keys().cloned().collect();
    for line in &app().await.lines {
        let Some(rest) = line.split_whitespace().nth(1) else { continue };
        if rest.starts_with("/api/") {
            assert!(paths.iter().any(|path| path == rest), "{rest} is not in the document");
        }
    }
}
