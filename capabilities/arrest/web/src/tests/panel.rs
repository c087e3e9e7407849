//! The panel as an officer on a call uses it.

use super::{form, house};
use kernel::Role;

#[tokio::test]
async fn a_request_says_everything_a_team_must_know() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/arrest");
    officer.post(&path, &form("Nobody Example", "high")).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("Nobody Example") && page.says("A large dog.") && page.says("Requested"));
    assert!(page.says("She wants him gone.") && page.says("High risk"));
    assert!(app.consultations().await >= 1);
}

#[tokio::test]
async fn a_request_that_nobody_graded_is_one_all_the_same() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/arrest");
    let short = &form("Nobody Example", "")[..6];
    officer.post(&path, &short).await.redirect();
    let promised = super::promises(&app).await;
    let due = testkit::START.plus(kernel::time::hours(4)).0;
    assert_eq!(promised, [("attempt".to_owned(), due)], "the shortest clock runs");
}

#[tokio::test]
async fn a_refused_request_names_the_field_and_keeps_every_word() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/arrest");
    let form = [("suspect", "Nobody Example"), ("grounds", "The window."), ("arrest_risks", "Dog")];
    let refused = officer.post(&path, &form).await.expect(422);
    assert!(refused.says("Choose at least one reason"));
    assert!(refused.says("value=\"Nobody Example\"") && refused.says("The window."));
    assert!(!app.kinds().await.iter().any(|kind| kind.starts_with("arrest.")));
}

#[tokio::test]
async fn one_person_is_asked_for_once_in_an_incident_however_the_name_is_written() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/arrest");
    officer.post(&path, &form("Nobody Example", "high")).await.redirect();
    let again = officer.post(&path, &form("  nobody, EXAMPLE", "high")).await.expect(422);
    assert!(again.says("one open request for one person"));
    officer.post(&path, &form("Somebody Else Example", "high")).await.redirect();
    let both = [form("Third Example", "high"), form("Third Example", "medium")];
    let (one, other) = tokio::join!(officer.post(&path, &both[0]), officer.post(&path, &both[1]));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "two at the same moment");
}

#[tokio::test]
async fn an_officer_asks_to_withdraw_and_the_request_stays_until_a_supervisor_agrees() {
    let (app, incident) = house().await;
    let one = super::asked(&app, incident, "high").await;
    let path = format!("/incidents/{incident}/arrest");
    let id = one.trim_start_matches("/arrests/").to_owned();
    let officer = app.signed_in(Role::Responder);
    let ask = format!("{path}/withdrawn");
    let empty = [("arrest", id.as_str()), ("arrest_reason", " ")];
    assert!(officer.post(&ask, &empty).await.expect(422).says("Say why."));
    officer
        .post(&ask, &[("arrest", id.as_str()), ("arrest_reason", "In custody")])
        .await
        .redirect();
    assert!(officer.get(&path).await.says("A supervisor has been asked"));
    let agree = format!("{one}/withdrawal/agreed");
    let _ = officer.post(&agree, &[("agree_reason", "Checked.")]).await.expect(404);
    let supervisor = app.signed_in(Role::Supervisor);
    assert!(supervisor.get(&one).await.expect(200).says("Withdraw the request"));
    supervisor.post(&agree, &[("agree_reason", "Checked.")]).await.redirect();
    assert!(officer.get(&path).await.says("Withdrawn"));
    assert!(super::promises(&app).await.is_empty());
    // Now it may be asked for again.
    officer.post(&path, &form("Nobody Example", "high")).await.redirect();
}

#[tokio::test]
async fn the_control_room_reads_and_does_not_write() {
    let (app, incident) = house().await;
    let path = format!("/incidents/{incident}/arrest");
    let handler = app.signed_in(Role::CallHandler);
    assert!(handler.get(&path).await.expect(200).says("No arrest has been requested"));
    let _ = handler.post(&path, &[("suspect", "x")]).await.expect(404);
    let _ = app.signed_in(Role::Auditor).get(&path).await.expect(404);
    app.refuses_strangers().await;
}

#[tokio::test]
async fn whoever_has_no_part_in_an_arrest_finds_none_of_it() {
    let (app, incident) = house().await;
    let one = super::asked(&app, incident, "high").await;
    let orders = format!("/incidents/{incident}/orders");
    for role in [Role::Partner, Role::DisclosureOfficer, Role::OffenderManager, Role::Administrator]
    {
        let browser = app.signed_in(role);
        for path in ["/arrests", "/arrests/figures", &one, &orders] {
            let _ = browser.get(path).await.expect(404);
        }
        let _ = browser.post(&format!("{one}/take"), &[("x", "x")]).await.expect(404);
    }
}
