//! For whoever manages the subject, for every role that has no part in the scheme, and for a
//! colleague on the list of conflicts, a house with an application answers, byte for byte, as
//! one without.

use crate::seen::kept_from;
use crate::telling::tests::{House, OFFICER, form};
use axum::http::Method;
use disclosure::{Command, DisclosureId};
use kernel::Role;
use testkit::{Answer, staff_id};

const KIND: &str = "application/x-www-form-urlencoded";
/// Enough of every form to get as far as its rules, and to find her.
const FORM: &str = "name=Ama+Example&date_of_birth=1990-02-28&phone=07700+900123&stage=initial\
    &contact_channel=telephone&contact_note=x&code=probation&check=0&found_0=no&number=0&version=1\
    &read=yes&staff=00000000000000000000000000000006&back_reason=x&risk_concern=yes\
    &risk_level=high&risk_reason=x&conflict_staff=00000000000000000000000000000001\
    &conflict_reason=x&danger_words=x&depart_what=extend&depart_days=1&depart_reason=x\
    &pause_reason=asked_to_wait&pause_note=x&new_words=x&vote_agree=yes&vote_words=x";

async fn ask(house: &House, role: Role, method: &Method, path: &str) -> Answer {
    let body = (*method == Method::POST).then(|| (KIND, FORM.to_owned()));
    house.app.signed_in(role).send(method.clone(), path, body).await
}

/// Every answer of every route for this role, and for more addresses of the same pages.
async fn compare(without: &House, with: &House, id: DisclosureId, role: Role, but: &[&str]) {
    let own = with.app.guarded.iter().filter(|(_, path, _)| !path.starts_with("/api/"));
    let mut asked: Vec<(Method, String)> = own
        .filter(|(_, path, _)| !path.contains("/live") && !but.contains(path))
        .map(|(method, path, _)| (method.clone(), path.replace("{disclosure}", &id.to_string())))
        .collect();
    for query in ["?show=late", "?show=waits&stage=initial", "?stage=initial"] {
        asked.push((Method::GET, format!("/disclosures{query}")));
    }
    for (method, path) in asked {
        let (a, b) =
            (ask(without, role, &method, &path).await, ask(with, role, &method, &path).await);
        assert_eq!(a.bare_of_ids(), b.bare_of_ids(), "{method} {path} as {role:?}");
        let named = b.body.contains(&id.to_string()) && !path.contains(&id.to_string());
        assert!(!named, "{method} {path} as {role:?} names it");
    }
}

/// A house with one application, kept from the officer by the supervisor.
async fn with_one() -> (House, DisclosureId) {
    let house = House::new().await;
    let id = DisclosureId(0x0192_aaaa_bbbb_cccc_dddd_eeee_ffff_0123);
    let command = Command::Apply {
        route: disclosure::Route::AskSelf,
        entry: disclosure::Entry::Telephone,
        form: Box::new(form()),
        table: Box::default(),
    };
    house.give(id, Role::Supervisor, command).await;
    let staff = staff_id(OFFICER);
    let command = Command::DeclareConflict { staff, reason: "Knows him.".into() };
    house.give(id, Role::Supervisor, command).await;
    (house, id)
}

#[tokio::test]
async fn every_answer_is_the_same_with_and_without_an_application() {
    let without = House::new().await;
    let (with, id) = with_one().await;
    let supervisor = with.app.signed_in(Role::Supervisor);
    assert!(supervisor.get(&format!("/disclosures/{id}")).await.expect(200).says("Ama Example"));
    for role in [
        Role::OffenderManager,
        Role::Responder,
        Role::Partner,
        Role::LocalOfficer,
        Role::Specialist,
        Role::Auditor,
        Role::Administrator,
        Role::DataProtection,
        Role::CallHandler,
    ] {
        compare(&without, &with, id, role, &[]).await;
    }
}

#[tokio::test]
async fn a_conflicted_officer_sees_none_of_it_on_board_search_counts_or_page() {
    let without = House::new().await;
    let (with, id) = with_one().await;
    // The yearly figures are the force's, name nobody, and hide what is small.
    let figures = ["/disclosures/figures", "/disclosures/figures.csv"];
    compare(&without, &with, id, OFFICER, &figures).await;
    let board = with.officer().get("/disclosures").await.expect(200);
    assert!(board.says("No application is open"));
    let page = with.officer().get(&format!("/disclosures/{id}")).await.expect(404);
    let none = with.officer().get("/disclosures/0000000000000000000000000000ffff").await;
    assert_eq!(page.bare().2, none.bare().2);
}

#[tokio::test]
async fn whoever_is_kept_out_hears_nothing_live_and_whoever_is_let_in_again_does() {
    let (house, id) = with_one().await;
    let (engine, stream) = (house.app.engine.clone(), id.stream());
    let kept = kept_from(engine.clone(), stream.clone()).await.unwrap();
    assert_eq!(kept, ui::kept::Withheld::from([staff_id(OFFICER)]));
    let staff = staff_id(OFFICER);
    let lift = Command::LiftConflict { staff, reason: "Moved on.".into() };
    house.give(id, Role::Supervisor, lift).await;
    assert!(kept_from(engine.clone(), stream).await.unwrap().from.is_empty());
    assert!(kept_from(engine, "call/00".into()).await.unwrap().from.is_empty());
    let _ = house.officer().get(&format!("/disclosures/{id}")).await.expect(200);
}

#[tokio::test]
async fn a_conflict_is_declared_and_lifted_on_the_page_with_a_reason() {
    let house = House::new().await;
    let id = house.applied(form()).await;
    let (officer, base) = (house.officer(), format!("/disclosures/{id}"));
    let supervisor = staff_id(Role::Supervisor).to_string();
    let bare = [("conflict_staff", supervisor.as_str())];
    let bare = officer.post(&format!("{base}/conflicts"), &bare).await.expect(422);
    assert!(bare.says("href=\"#conflict_reason\""));
    let form = [("conflict_staff", supervisor.as_str()), ("conflict_reason", "His cousin.")];
    officer.post(&format!("{base}/conflicts"), &form).await.redirect();
    assert!(officer.get(&base).await.expect(200).says("His cousin."));
    let _ = house.app.signed_in(Role::Supervisor).get(&base).await.expect(404);
    let lift = format!("lift_{supervisor}");
    let form = [("staff", supervisor.as_str()), (lift.as_str(), "No longer.")];
    officer.post(&format!("{base}/conflicts/lift"), &form).await.redirect();
    let _ = house.app.signed_in(Role::Supervisor).get(&base).await.expect(200);
    let own = staff_id(OFFICER).to_string();
    let form = [("conflict_staff", own.as_str()), ("conflict_reason", "Myself.")];
    let own = officer.post(&format!("{base}/conflicts"), &form).await.expect(422);
    assert!(own.says("You cannot do this for yourself."));
}

#[tokio::test]
async fn every_table_with_a_seal_or_a_mark_forgets_and_every_stranger_is_refused() {
    let (house, _) = with_one().await;
    house.app.refuses_strangers().await;
    for model in crate::models() {
        let sealed = model.schema().iter().any(|text| text.contains("BLOB"));
        assert!(!sealed || !model.erases().is_empty(), "{} forgets nothing", model.name());
    }
}
