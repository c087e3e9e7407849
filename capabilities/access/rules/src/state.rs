//! What the next decision about an account needs to know.

use crate::Event;
use kernel::{At, Personal, Role};

/// An account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Whether there is one.
    pub exists: bool,
    /// Whether it may be used.
    pub enabled: bool,
    /// Its owner's name.
    pub name: Option<String>,
    /// What it may.
    pub roles: Vec<Role>,
    /// The argon2 hash.
    pub password_hash: Option<String>,
    /// The code generator's secret, base 32.
    pub code_secret: Option<String>,
    /// The last step of a code that was used.
    pub code_step: u64,
    /// Failures since the last sign-in.
    pub failures: u32,
    /// When the last failure was.
    pub failed_at: At,
    /// Live sessions, oldest first.
    pub sessions: Vec<Session>,
}

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of the cookie's value.
    pub session: String,
    /// When it ends by itself.
    pub expires_at: At,
}

impl Account {
    /// Whether it rests after too many failures.
    pub fn rests(&self, at: At) -> bool {
        self.failures >= crate::limits::FAILURES_MAX
            && at.since(self.failed_at) < crate::limits::REST
    }

    pub(crate) fn evolve(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::AccountCreated { name, roles, .. } => {
                self.exists = true;
                self.enabled = true;
                self.name = name.known().cloned();
                self.roles.clone_from(roles);
            }
            Event::PasswordSet { hash } => self.password_hash = known(hash),
            Event::CodeEnrolled { secret } => self.code_secret = known(secret),
            Event::RolesChanged { roles } => self.roles.clone_from(roles),
            Event::Disabled {} => self.enabled = false,
            Event::Enabled {} => self.enabled = true,
            Event::SessionStarted { session, code_step, expires_at } => {
                self.failures = 0;
                self.code_step = *code_step;
                let session = Session { session: session.clone(), expires_at: *expires_at };
                self.sessions.retain(|s| s.expires_at > at);
                self.sessions.push(session);
            }
            Event::SessionEnded { session, .. } => {
                self.sessions.retain(|s| s.session != *session);
            }
            Event::SignInFailed {} => {
                self.failures += 1;
                self.failed_at = at;
            }
        }
        self
    }
}

fn known(value: &Personal<String>) -> Option<String> {
    value.known().cloned()
}
