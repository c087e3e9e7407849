//! Signing in as a person would, and the accounts pages.

use crate::people::{self, NewAccount};
use crate::{StaffGate, capability};
use kernel::Role;
use std::time::Duration;
use testkit::TestApp;
use totp_rs::{Builder, Secret};
use ui::Gate;

const PASSWORD: &str = "correct horse battery";
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

async fn app_with_an_account() -> TestApp {
    let app = TestApp::new(vec![capability()]).await;
    let account = NewAccount {
        login: "Example.One",
        name: "Officer Example",
        roles: vec![Role::Responder],
        password: PASSWORD,
        code_secret: SECRET,
    };
    let caller = TestApp::caller(Role::Administrator);
    people::create(&app.engine, &caller, account).await.unwrap();
    app
}

fn code(app: &TestApp) -> String {
    let secret = Secret::try_from_base32(SECRET).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(app.engine.now().seconds() as u64).to_string()
}

#[tokio::test]
async fn the_right_login_password_and_code_sign_in_once() {
    let app = app_with_an_account().await;
    let form = [("login", "example.one"), ("password", PASSWORD), ("code", &code(&app))];
    let answer = app.stranger().post("/sign-in", &form).await.expect(303);
    let cookie = answer.cookie(ui::guard::COOKIE_NAME).expect("a session cookie");
    let gate = StaffGate::new(vec![]);
    let who = gate.staff(&app.engine, &cookie).await.unwrap().expect("a session");
    assert_eq!(who.name, "Officer Example");

    let again = app.stranger().post("/sign-in", &form).await.expect(422);
    assert!(again.says("used already"), "{}", again.body);
    app.clock.advance(access::limits::SESSION_LIFE + Duration::from_secs(1));
    assert!(gate.staff(&app.engine, &cookie).await.unwrap().is_none(), "it ends with the shift");
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same_and_the_password_is_not_shown_again() {
    let app = app_with_an_account().await;
    let right = code(&app);
    let tries = [
        [("login", "nobody"), ("password", PASSWORD), ("code", &right)],
        [("login", "example.one"), ("password", "wrong password"), ("code", &right)],
        [("login", "example.one"), ("password", PASSWORD), ("code", "000000")],
    ];
    let mut said = Vec::new();
    for form in tries {
        let answer = app.stranger().post("/sign-in", &form).await.expect(422);
        assert!(!answer.says(PASSWORD) && !answer.says("wrong password"));
        said.push(answer.texts(".govuk-error-summary__list"));
    }
    assert!(said.iter().all(|texts| *texts == said[0] && !texts.is_empty()), "{said:?}");
}

#[tokio::test]
async fn a_login_that_is_tried_too_often_rests_whether_there_is_one_or_not() {
    let app = app_with_an_account().await;
    let mut said = [vec![], vec![]];
    for _ in 0..=access::limits::FAILURES_MAX {
        // As long as each other, since what was typed stands in the page again.
        for (login, said) in ["Example.One", "Example.Not"].into_iter().zip(&mut said) {
            let form = [("login", login), ("password", "wrong password"), ("code", "000000")];
            let answer = app.stranger().post("/sign-in", &form).await.expect(422);
            let page = answer.body.replace(login, "");
            said.push((page, answer.texts(".govuk-error-summary__list")));
        }
    }
    let [known, unknown] = said;
    let bare = |page: &str| -> String {
        page.lines().filter(|line| !line.contains("nonce") && !line.contains("csrf")).collect()
    };
    for ((known, known_errors), (unknown, unknown_errors)) in known.iter().zip(&unknown) {
        assert_eq!((bare(known), known_errors), (bare(unknown), unknown_errors));
    }
    let last = known.last().expect("there were tries");
    assert!(last.1.iter().any(|text| text.contains("too many tries")), "{:?}", last.1);
    assert_ne!(known[0].1, last.1);

    // The right one waits as well; then it signs in.
    let form = [("login", "example.one"), ("password", PASSWORD), ("code", &code(&app))];
    let waits = app.stranger().post("/sign-in", &form).await.expect(422);
    assert!(waits.says("too many tries"));
    app.clock.advance(access::limits::REST);
    let form = [("login", "example.one"), ("password", PASSWORD), ("code", &code(&app))];
    let _ = app.stranger().post("/sign-in", &form).await.expect(303);
}

#[tokio::test]
async fn an_account_that_rests_by_the_journal_alone_does_not_say_so() {
    let app = app_with_an_account().await;
    let id = people::by_login(&app.engine, "example.one").await.unwrap().unwrap();
    let caller = TestApp::caller(Role::Administrator);
    for _ in 0..access::limits::FAILURES_MAX {
        let note = access::Command::NoteFailure;
        app.engine.execute::<access::Staff>(&id.stream(), note, &caller, None).await.unwrap();
    }
    let right = code(&app);
    let mut said = Vec::new();
    for login in ["example.one", "nobody"] {
        let form = [("login", login), ("password", PASSWORD), ("code", &right)];
        let answer = app.stranger().post("/sign-in", &form).await.expect(422);
        said.push(answer.texts(".govuk-error-summary__list"));
    }
    assert!(said[0] == said[1] && !said[0].is_empty(), "{said:?}");
}

#[tokio::test]
async fn a_revoked_session_is_denied_at_once() {
    let app = app_with_an_account().await;
    let form = [("login", "example.one"), ("password", PASSWORD), ("code", &code(&app))];
    let answer = app.stranger().post("/sign-in", &form).await.expect(303);
    let cookie = answer.cookie(ui::guard::COOKIE_NAME).expect("a session cookie");
    let id = people::by_login(&app.engine, "example.one").await.unwrap().unwrap();
    let admin = app.signed_in(Role::Administrator);
    admin.post(&format!("/accounts/{id}/revoke"), &[("", "")]).await.redirect();
    let gate = StaffGate::new(vec![]);
    assert!(gate.staff(&app.engine, &cookie).await.unwrap().is_none());
}

#[tokio::test]
async fn an_administrator_makes_an_account_and_sees_its_secrets_once() {
    let app = app_with_an_account().await;
    let admin = app.signed_in(Role::Administrator);
    let form = [("login", "example.two"), ("name", "Second Example"), ("roles", "call_handler")];
    let made = admin.post("/accounts", &form).await.expect(200);
    assert!(made.says("otpauth:"));
    assert!(admin.get("/accounts").await.expect(200).says("Second Example"));

    let taken = admin.post("/accounts", &form).await.expect(422);
    assert!(taken.says("exists already") && taken.says("value=\"example.two\""));
    let id = people::by_login(&app.engine, "example.two").await.unwrap().unwrap();
    let before = app.consultations().await;
    assert!(admin.get(&format!("/accounts/{id}")).await.expect(200).says("Second Example"));
    assert_eq!(app.consultations().await, before + 1);
    admin.post(&format!("/accounts/{id}/disable"), &[("", "")]).await.redirect();
    let _ = admin.get("/accounts/zz").await.expect(404);
}

#[tokio::test]
async fn nobody_else_sees_an_account() {
    let app = app_with_an_account().await;
    app.refuses_strangers().await;
    for role in [Role::CallHandler, Role::Responder, Role::Supervisor, Role::Auditor] {
        let _ = app.signed_in(role).get("/accounts").await.expect(404);
    }
}
