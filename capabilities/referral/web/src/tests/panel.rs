//! The panel as an officer uses it.

use super::House;
use kernel::Role;

#[tokio::test]
async fn a_referral_is_made_with_consent_and_shown_with_its_time() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let officer = house.app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/referral");
    assert!(officer.get(&path).await.expect(200).says("Nobody has been asked"));
    let form = [
        ("agency", "adviser"),
        ("consent", "consent"),
        ("referral_summary", "Afraid tonight."),
        ("referral_due", "24"),
    ];
    officer.post(&path, &form).await.redirect();
    let page = officer.get(&path).await.expect(200);
    let title = page.texts(".list__item header b");
    assert_eq!(title.first().map(String::as_str), Some("Independent adviser"));
    assert!(page.says("Afraid tonight.") && house.app.consultations().await >= 2);
}

#[tokio::test]
async fn without_consent_and_without_a_reason_it_is_refused_and_nothing_typed_is_lost() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let officer = house.app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/referral");
    let form = [
        ("agency", "children"),
        ("consent", "override"),
        ("referral_summary", "A boy of six."),
        ("referral_due", "4"),
    ];
    let refused = officer.post(&path, &form).await.expect(422);
    assert!(refused.says("She has not agreed") && refused.says("A boy of six."));
    assert!(refused.says("value=\"children\" selected"));
    let nobody = officer.post(&path, &[("referral_summary", "x")]).await.expect(422);
    assert!(nobody.says("Choose who is asked") && nobody.says("Say whether she agreed"));
    let unlawful = [
        ("agency", "victim-support"),
        ("consent", "override"),
        ("override_reason", "It would help."),
        ("referral_summary", "x"),
    ];
    assert!(officer.post(&path, &unlawful).await.expect(422).says("needs her agreement"));
    let bare = [("agency", "conference"), ("consent", "consent"), ("referral_summary", "x")];
    assert!(officer.post(&path, &bare).await.expect(422).says("which of the criteria"));
}

#[tokio::test]
async fn a_referral_is_withdrawn_with_a_reason() {
    let house = House::new().await;
    let incident = house.incident(7, "Example Person").await;
    let officer = house.app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/referral");
    let form = [
        ("agency", "housing"),
        ("consent", "consent"),
        ("referral_summary", "x"),
        ("referral_due", "4"),
    ];
    officer.post(&path, &form).await.redirect();
    let page = officer.get(&path).await.expect(200);
    let start = page.body.find("name=\"referral\" value=\"").unwrap() + 23;
    let id = page.body[start..start + 32].to_owned();
    let to = format!("{path}/withdrawn");
    let bare = officer.post(&to, &[("referral", id.as_str())]).await.expect(422);
    assert!(bare.says("Say why it is withdrawn"));
    let why = [("referral", id.as_str()), ("referral_reason", "She changed her mind.")];
    officer.post(&to, &why).await.redirect();
    assert!(officer.get(&path).await.expect(200).says("Withdrawn"));
    let _ = officer.post(&to, &[("referral", "zz")]).await.expect(404);
    house.app.refuses_strangers().await;
}
