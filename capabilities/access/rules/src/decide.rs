//! What happens to an account, and why not.

use crate::{Account, Command, EndReason, Event, limits};
use kernel::{Context, Role};

/// Why it may not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is one already.
    #[error("this account exists already")]
    Exists,
    /// There is none, or it is disabled.
    #[error("there is no such account in use")]
    NotInUse,
    /// Too many failures.
    #[error("too many tries: wait five minutes, or ask an administrator")]
    Rests,
    /// This code was used before.
    #[error("this code was used already: wait for the next one")]
    CodeUsed,
    /// An account without a role can do nothing.
    #[error("choose at least one role")]
    NoRole,
    /// An auditor checks the others and holds no other role.
    #[error("an auditor holds no other role")]
    AuditorAlone,
}

pub(crate) fn decide(
    account: &Account,
    command: Command,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    if let Command::Create { login, login_index, name, roles } = command {
        if account.exists {
            return Err(Refusal::Exists);
        }
        check_roles(&roles)?;
        let (login, name) = (login.into(), name.into());
        return Ok(vec![Event::AccountCreated { login, login_index, name, roles }]);
    }
    if !account.exists {
        return Err(Refusal::NotInUse);
    }
    match command {
        Command::Create { .. } => Err(Refusal::Exists),
        Command::SetPassword { hash } => {
            Ok(with_all_ended(account, Event::PasswordSet { hash: hash.into() }))
        }
        Command::EnrolCode { secret } => {
            Ok(with_all_ended(account, Event::CodeEnrolled { secret: secret.into() }))
        }
        Command::ChangeRoles { roles } => {
            check_roles(&roles)?;
            let same = roles == account.roles;
            Ok(if same { vec![] } else { vec![Event::RolesChanged { roles }] })
        }
        Command::Disable if account.enabled => Ok(with_all_ended(account, Event::Disabled {})),
        Command::Enable if !account.enabled => Ok(vec![Event::Enabled {}]),
        Command::Disable | Command::Enable => Ok(vec![]),
        Command::StartSession { session, code_step } => start(account, session, code_step, context),
        Command::NoteFailure => Ok(vec![Event::SignInFailed {}]),
        Command::EndSession { session } => Ok(end(account, &session, EndReason::SignedOut)),
        Command::RevokeSessions => Ok(ended(account)),
    }
}

//= OWASP ASVS 5.0, 6.5.1: a one-time code is used once
fn start(
    account: &Account,
    session: String,
    code_step: u64,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    if !account.enabled {
        return Err(Refusal::NotInUse);
    }
    if account.rests(context.at) {
        return Err(Refusal::Rests);
    }
    if code_step <= account.code_step {
        return Err(Refusal::CodeUsed);
    }
    let live: Vec<_> = account.sessions.iter().filter(|s| s.expires_at > context.at).collect();
    let crowded = (live.len() + 1).saturating_sub(limits::SESSIONS_MAX);
    let mut events: Vec<_> = live
        .iter()
        .take(crowded)
        .map(|s| Event::SessionEnded { session: s.session.clone(), reason: EndReason::Crowded })
        .collect();
    let expires_at = context.at.plus(limits::SESSION_LIFE);
    events.push(Event::SessionStarted { session, code_step, expires_at });
    Ok(events)
}

fn check_roles(roles: &[Role]) -> Result<(), Refusal> {
    if roles.is_empty() {
        return Err(Refusal::NoRole);
    }
    if roles.contains(&Role::Auditor) && roles.len() > 1 {
        return Err(Refusal::AuditorAlone);
    }
    Ok(())
}

fn end(account: &Account, session: &str, reason: EndReason) -> Vec<Event> {
    let live = account.sessions.iter().any(|s| s.session == session);
    if live { vec![Event::SessionEnded { session: session.to_owned(), reason }] } else { vec![] }
}

fn ended(account: &Account) -> Vec<Event> {
    let revoked = |s: &crate::Session| Event::SessionEnded {
        session: s.session.clone(),
        reason: EndReason::Revoked,
    };
    account.sessions.iter().map(revoked).collect()
}

fn with_all_ended(account: &Account, event: Event) -> Vec<Event> {
    let mut events = vec![event];
    events.extend(ended(account));
    events
}
