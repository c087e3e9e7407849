//! Numbers of signing in, and why.

use std::time::Duration;

/// Failures in a row before an account rests.
//= OWASP ASVS 5.0, 6.3.1: resist guessing of credentials
pub const FAILURES_MAX: u32 = 5;
/// How long it rests: guessing becomes pointless, a tired officer waits it out.
pub const REST: Duration = Duration::from_secs(5 * 60);
/// A session ends with the longest shift.
//= OWASP ASVS 5.0, 7.3.2: an absolute lifetime of sessions
pub const SESSION_LIFE: Duration = Duration::from_secs(12 * 3600);
/// Live sessions of one account: a console, a tablet, a spare.
pub const SESSIONS_MAX: usize = 5;
/// Logins whose tries are counted at once, known or not: more than anybody can try while one
/// rests, since a try costs tens of milliseconds of hashing.
pub const LOGINS_WATCHED: usize = 20_000;
