//! What can have happened to an account.

use kernel::{At, Personal, Role};
use serde::{Deserialize, Serialize};

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its owner signed out.
    SignedOut,
    /// An administrator, a new password or a disabled account ended it.
    Revoked,
    /// Too many others were begun after it.
    Crowded,
}

/// One thing that happened to an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// An account was made. `login_index` is the blind index of the login.
    #[serde(rename = "staff.account_created.v1")]
    AccountCreated {
        login: Personal<String>,
        login_index: String,
        name: Personal<String>,
        roles: Vec<Role>,
    },
    /// A password was set; only its argon2 hash is kept.
    #[serde(rename = "staff.password_set.v1")]
    PasswordSet { hash: Personal<String> },
    /// A code generator (TOTP) was enrolled; its secret in base 32.
    #[serde(rename = "staff.code_enrolled.v1")]
    CodeEnrolled { secret: Personal<String> },
    /// The roles are others now.
    #[serde(rename = "staff.roles_changed.v1")]
    RolesChanged { roles: Vec<Role> },
    /// The account may not be used any more.
    #[serde(rename = "staff.disabled.v1")]
    Disabled {},
    /// The account may be used again.
    #[serde(rename = "staff.enabled.v1")]
    Enabled {},
    /// Somebody signed in. `session` is the hash of the cookie's value; `code_step` the step of
    /// the code, which can not be used again.
    #[serde(rename = "staff.session_started.v1")]
    SessionStarted { session: String, code_step: u64, expires_at: At },
    /// A session ended.
    #[serde(rename = "staff.session_ended.v1")]
    SessionEnded { session: String, reason: EndReason },
    /// Password or code did not hold.
    #[serde(rename = "staff.sign_in_failed.v1")]
    SignInFailed {},
}
