//! The force's records system reads what it was told of.

use super::{asked, house};
use kernel::Role;

#[tokio::test]
async fn the_records_system_reads_requests_and_orders_and_leaves_a_trace() {
    let (app, incident) = house().await;
    let client = app.client();
    let all = format!("/api/v1/incidents/{incident}/arrests");
    let empty = client.get(&all).await.expect(200).json();
    assert_eq!(empty["arrests"].as_array().unwrap().len(), 0);
    let one = asked(&app, incident, "high").await;
    let form = [("of", "abuse_notice"), ("suspect", "Nobody Example"), ("terms", "Keep away.")];
    let local = app.signed_in(Role::LocalOfficer);
    let order = local.post(&format!("/incidents/{incident}/orders"), &form).await.redirect();
    let before = app.consultations().await;
    let both = client.get(&all).await.expect(200).json();
    assert_eq!(both["arrests"][0]["suspect"], "Nobody Example");
    assert_eq!(both["arrests"][0]["attempt_due"], "2025-11-03T13:00:00Z");
    assert_eq!(both["orders"][0]["court_due"], "2025-11-05T09:00:00Z");
    let arrest = client.get(&format!("/api/v1{one}")).await.expect(200).json();
    assert_eq!(
        (arrest["stage"].as_str(), arrest["risk"].as_str()),
        (Some("requested"), Some("high"))
    );
    let order = client.get(&format!("/api/v1{order}")).await.expect(200).json();
    assert_eq!(order["terms"], "Keep away.");
    assert_eq!(app.consultations().await, before + 3);
    for wrong in ["/api/v1/arrests/x", "/api/v1/orders/00000000000000000000000000000001"] {
        let _ = client.get(wrong).await.expect(404);
    }
    let _ = app.stranger().get(&all).await.expect(401);
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
