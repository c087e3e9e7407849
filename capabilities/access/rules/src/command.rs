//! What can be asked of an account.

use kernel::Role;

/// A request.
#[derive(Clone)]
pub enum Command {
    /// Make it.
    Create { login: String, login_index: String, name: String, roles: Vec<Role> },
    /// Set the password; its argon2 hash. Ends all sessions.
    SetPassword { hash: String },
    /// Enrol a code generator. Ends all sessions.
    EnrolCode { secret: String },
    /// Change what it may.
    ChangeRoles { roles: Vec<Role> },
    /// Forbid its use. Ends all sessions.
    Disable,
    /// Allow its use again.
    Enable,
    /// Password and code held: begin a session.
    StartSession { session: String, code_step: u64 },
    /// Password or code did not hold.
    NoteFailure,
    /// End one session.
    EndSession { session: String },
    /// End all sessions.
    RevokeSessions,
}
