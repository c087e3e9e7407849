//! The directory: import, kinds, workers, keys.

use super::House;
use access::{Command as Account, Staff as Accounts};
use kernel::{At, Role};
use testkit::{TestApp, staff_id};

#[tokio::test]
async fn a_directory_is_imported_whole_or_not_at_all() {
    let house = House::new().await;
    let administrator = house.app.signed_in(Role::Administrator);
    let page = administrator.get("/agencies").await.expect(200);
    assert!(page.says("Example Harbour") && page.says("nobody signs in"));
    let bad = [("directory", "{\"organizations\": [\n{\"id\": \"7\", \"name\": \"Example\"}]}")];
    let refused = administrator.post("/agencies/import", &bad).await.expect(422);
    assert!(refused.says("line 2, field id") && refused.says("Example"));
    let id = "0d8c7e2a-3f41-4c11-9a55-0123456789ab";
    let organizations = format!("id,name\n{id},Example Haven");
    let unknown = format!("id,organization_id,name,kinds\ns1,{id},Advice,magic");
    let tables = [("organizations", organizations.as_str()), ("services", unknown.as_str())];
    let refused = administrator.post("/agencies/import", &tables).await.expect(422);
    assert!(refused.says("magic is no kind of help"));
    assert!(!administrator.get("/agencies").await.expect(200).says("Example Haven"));
    let services = format!("id,organization_id,name,kinds\ns1,{id},Advice,adviser");
    let tables = [("organizations", organizations.as_str()), ("services", services.as_str())];
    administrator.post("/agencies/import", &tables).await.redirect();
    assert!(administrator.get("/agencies").await.expect(200).says("Example Haven"));
    let json: serde_json::Value = serde_json::from_str(crate::DEMONSTRATION).unwrap();
    let done = house.app.client().post_json("/api/v1/agencies/import", &json).await.expect(200);
    let done = done.json();
    assert_eq!((&done["new"], &done["changed"]), (&0.into(), &0.into()));
    let wrong = serde_json::json!({"organizations": [{"id": "7"}]});
    let wrong = house.app.client().post_json("/api/v1/agencies/import", &wrong).await.expect(422);
    assert!(wrong.says("field id"));
}

#[tokio::test]
async fn a_partners_account_is_put_to_one_agency_on_its_page() {
    let house = House::new().await;
    let (engine, staff) = (&house.app.engine, staff_id(Role::Partner));
    let create = Account::Create {
        login: "worker".into(),
        login_index: "blind".into(),
        name: "Example Worker".into(),
        roles: vec![Role::Partner],
    };
    let caller = TestApp::caller(Role::Administrator);
    engine.execute::<Accounts>(&staff.stream(), create, &caller, None).await.unwrap();
    let administrator = house.app.signed_in(Role::Administrator);
    let ours = house.agency("adviser").await;
    let path = format!("/agencies/{ours}");
    assert!(administrator.get(&path).await.expect(200).says("Example Worker"));
    let worker = staff.to_string();
    let form = [("worker", worker.as_str())];
    administrator.post(&format!("{path}/workers"), &form).await.redirect();
    assert!(administrator.get(&path).await.expect(200).says("Take off Example Worker"));
    let theirs = house.agency("housing").await;
    let elsewhere = administrator.post(&format!("/agencies/{theirs}/workers"), &form).await;
    assert!(elsewhere.expect(422).says("works for another agency"));
    let officer = staff_id(Role::Responder).to_string();
    let form = [("worker", officer.as_str())];
    let refused = administrator.post(&format!("{path}/workers"), &form).await.expect(422);
    assert!(refused.says("not in use, or has not the role"));
    // Who works there is not for everybody who may look an agency up.
    let page = house.app.signed_in(Role::Responder).get(&path).await.expect(200);
    assert!(!page.says("Example Worker"));
}

#[tokio::test]
async fn a_key_is_shown_once_and_a_notice_carries_ids_alone() {
    let house = House::new().await;
    let ours = house.agency("adviser").await;
    let administrator = house.app.signed_in(Role::Administrator);
    let path = format!("/agencies/{ours}");
    let page = administrator.post(&format!("{path}/key"), &[("a", "")]).await.expect(200);
    let key = page.texts("main code").remove(0);
    let system = house.app.stranger().with_header("authorization", &format!("Bearer {key}"));
    let _ = system.get("/api/v1/partner/referrals").await.expect(200);
    assert!(!administrator.get(&path).await.expect(200).says(&key));
    administrator.post(&format!("{path}/keys/revoked"), &[("a", "")]).await.redirect();
    let _ = system.get("/api/v1/partner/referrals").await.expect(401);
    let bad = [("url", "http://harbour.example/")];
    let refused = administrator.post(&format!("{path}/webhook"), &bad).await.expect(422);
    assert!(refused.says("Enter an address that begins with"));
    let good = [("url", "https://harbour.example/hook")];
    administrator.post(&format!("{path}/webhook"), &good).await.redirect();
    assert!(administrator.get(&path).await.expect(200).says("whsec_"));
    let id = referral::ReferralId(11);
    let notice = notify::webhook::Notice {
        id: format!("{id}-3"),
        kind: "referral.sent".into(),
        at: At::from_seconds(1_800_000_000),
        ids: [("referral".to_owned(), id.to_string())].into(),
    };
    let body: serde_json::Value = serde_json::from_str(&notice.body().unwrap()).unwrap();
    assert_eq!(body["data"], serde_json::json!({ "referral": id.to_string() }));
    house.app.refuses_strangers().await;
}
