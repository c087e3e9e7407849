//! The rules of accounts and sessions, given, when, then.

use crate::*;
use kernel::Role;
use kernel::spec::given;
use std::time::Duration;

fn created() -> Event {
    Event::AccountCreated {
        login: "example.one".to_owned().into(),
        login_index: "00".into(),
        name: "Officer Example".to_owned().into(),
        roles: vec![Role::Responder],
    }
}

fn started(session: &str, code_step: u64) -> Event {
    let expires_at = kernel::At::from_seconds(1_800_000_000).plus(limits::SESSION_LIFE);
    Event::SessionStarted { session: session.into(), code_step, expires_at }
}

fn start(session: &str, code_step: u64) -> Command {
    Command::StartSession { session: session.into(), code_step }
}

#[test]
fn an_account_is_made_once() {
    let create = Command::Create {
        login: "example.one".into(),
        login_index: "00".into(),
        name: "Officer Example".into(),
        roles: vec![Role::Responder],
    };
    given::<Staff>([]).when(create.clone()).then([created()]);
    given::<Staff>([created()]).when(create).then_refused(Refusal::Exists);
}

#[test]
fn an_auditor_holds_no_other_role() {
    let change = |roles| Command::ChangeRoles { roles };
    let both = vec![Role::Auditor, Role::Responder];
    given::<Staff>([created()]).when(change(both)).then_refused(Refusal::AuditorAlone);
    given::<Staff>([created()]).when(change(vec![])).then_refused(Refusal::NoRole);
}

#[test]
fn a_code_is_used_once() {
    given::<Staff>([created()]).when(start("a", 7)).then([started("a", 7)]);
    given::<Staff>([created(), started("a", 7)])
        .when(start("b", 7))
        .then_refused(Refusal::CodeUsed);
}

#[test]
fn five_failures_rest_the_account_for_five_minutes() {
    let failed = std::iter::repeat_n(Event::SignInFailed {}, 5);
    let history: Vec<_> = std::iter::once(created()).chain(failed).collect();
    given::<Staff>(history.clone()).when(start("a", 7)).then_refused(Refusal::Rests);
    let later = kernel::At::from_seconds(1_800_000_000).plus(Duration::from_secs(300));
    assert!(given::<Staff>(history).at(later).when(start("a", 7)).0.is_ok());
}

#[test]
fn a_disabled_account_loses_its_sessions_at_once_and_starts_none() {
    let ended = Event::SessionEnded { session: "a".into(), reason: EndReason::Revoked };
    given::<Staff>([created(), started("a", 7)])
        .when(Command::Disable)
        .then([Event::Disabled {}, ended]);
    given::<Staff>([created(), Event::Disabled {}])
        .when(start("a", 7))
        .then_refused(Refusal::NotInUse);
}

#[test]
fn a_sixth_session_ends_the_oldest() {
    let live = (1..=5).map(|n| started(&n.to_string(), n));
    let history: Vec<_> = std::iter::once(created()).chain(live).collect();
    let crowded = Event::SessionEnded { session: "1".into(), reason: EndReason::Crowded };
    given::<Staff>(history).when(start("6", 6)).then([crowded, started("6", 6)]);
}

#[test]
fn a_new_password_ends_every_session() {
    let set = Event::PasswordSet { hash: "hash".to_owned().into() };
    let ended = Event::SessionEnded { session: "a".into(), reason: EndReason::Revoked };
    given::<Staff>([created(), started("a", 7)])
        .when(Command::SetPassword { hash: "hash".into() })
        .then([set, ended]);
}
