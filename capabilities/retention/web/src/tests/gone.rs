//! What went, and its certificate.

use super::{CASE, house, house_with};
use crate::NoCertificates;
use kernel::Role;
use kernel::time::hours;
use std::sync::Arc;
use testkit::TestApp;

/// Lets the incident's day pass; returns the name of its epoch.
async fn expired(app: &TestApp) -> String {
    let class = kernel::retention::CASEWORK;
    let epoch = format!("{}.{}", class.name, app.engine.now().day().plus(class.keep_days).0);
    app.clock.advance(hours(24 * u64::from(class.keep_days + 1)));
    app.engine.trust_clock().unwrap();
    app.engine.forget_expired().await.unwrap();
    app.eventually("it is erased", async || app.engine.is_forgotten(&CASE.stream()).await.unwrap())
        .await;
    epoch
}

#[tokio::test]
async fn the_page_says_what_goes_and_when_nothing_does() {
    let app = house().await;
    let privacy = app.signed_in(Role::DataProtection);
    let page = privacy.get("/retention").await.expect(200);
    assert!(page.says("Nothing is held") && page.says("Nothing has gone yet"));
    assert!(page.says("Nothing goes in the next 35 days"));
    let class = kernel::retention::CASEWORK;
    app.clock.advance(hours(24 * u64::from(class.keep_days - 3)));
    app.engine.trust_clock().unwrap();
    let page = privacy.get("/retention").await.expect(200);
    assert_eq!(page.texts("svg.days rect").len(), 35);
    assert!(page.says("Casework"));
    let _ = privacy.get("/retention/now").await.expect(200);
    let _ = app.signed_in(Role::Responder).get("/retention").await.expect(404);
}

#[tokio::test]
async fn what_went_has_a_certificate_in_words_and_as_files() {
    let app = house().await;
    let epoch = expired(&app).await;
    let privacy = app.signed_in(Role::DataProtection);
    let at = format!("/retention/certificates/{epoch}");
    assert!(privacy.get("/retention").await.expect(200).says(&at));
    let page = privacy.get(&at).await.expect(200);
    assert!(page.says("128 entries") && page.says("An example of an authority"));
    let json = privacy.get(&format!("{at}.json")).await.expect(200);
    assert_eq!(json.json()["epoch"], epoch.as_str());
    let pdf = privacy.get(&format!("{at}.pdf")).await.expect(200);
    assert!(pdf.bytes.starts_with(b"%PDF"));
    for wrong in ["/retention/certificates/chat.1", "/retention/certificates/..%2f"] {
        let _ = privacy.get(wrong).await.expect(404);
    }
    let _ = app.signed_in(Role::Responder).get(&at).await.expect(404);
}

#[tokio::test]
async fn a_certificate_that_is_not_ready_says_so() {
    let app = house_with(Arc::new(NoCertificates)).await;
    let at = format!("/retention/certificates/{}", expired(&app).await);
    let privacy = app.signed_in(Role::DataProtection);
    assert!(privacy.get(&at).await.expect(200).says("is not ready"));
    let _ = privacy.get(&format!("{at}.json")).await.expect(404);
}

#[tokio::test]
async fn the_forces_own_systems_read_the_certificates() {
    let app = house().await;
    let none = app.client().get("/api/v1/retention/certificates").await.expect(200);
    assert_eq!(none.json()["certificates"], serde_json::json!([]));
    let epoch = expired(&app).await;
    let list = app.client().get("/api/v1/retention/certificates").await.expect(200).json();
    let first = &list["certificates"][0];
    assert_eq!(first["epoch"], epoch.as_str());
    assert_eq!((first["keys"].as_i64(), first["residue_found"].as_i64()), (Some(1), Some(0)));
    let one = app.client().get(first["certificate"].as_str().unwrap()).await.expect(200);
    assert_eq!(one.json()["epoch"], epoch.as_str());
    let wrong = "/api/v1/retention/certificates?after=x";
    let _ = app.client().get(wrong).await.expect(422);
    let _ = app.client().get("/api/v1/retention/certificates/x").await.expect(404);
    let past = format!("/api/v1/retention/certificates?after={}~{epoch}", i64::MAX);
    let rest = app.client().get(&past).await.expect(200);
    assert_eq!(rest.json()["certificates"], serde_json::json!([]));
}

#[tokio::test]
async fn what_is_sealed_and_not_destroyed_is_an_alarm() {
    let app = house().await;
    let class = kernel::retention::CASEWORK;
    // The wall clock was set, and no time has passed.
    app.clock.jump(hours(24 * u64::from(class.keep_days + 1)));
    app.engine.forget_expired().await.unwrap();
    app.eventually("it is sealed", async || {
        app.kinds().await.iter().any(|kind| kind == engine::forgetting::SEALED)
    })
    .await;
    let privacy = app.signed_in(Role::DataProtection);
    app.eventually("the page says so", async || {
        let page = privacy.get("/retention").await.expect(200);
        page.says("unreadable, but not destroyed yet") && page.says("wall clock is ahead")
    })
    .await;
    let epoch = format!("{}.{}", class.name, testkit::START.day().plus(class.keep_days).0);
    let page = privacy.get(&format!("/retention/certificates/{epoch}")).await.expect(200);
    assert!(page.says("are not destroyed yet"));
}
