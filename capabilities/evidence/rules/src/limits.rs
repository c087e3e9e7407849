//! Every number, with its reason.

use std::time::Duration;

/// How long a request waits for a second person: a week covers leave, and who asked still knows
/// why.
pub const APPROVE_WITHIN: Duration = Duration::from_secs(7 * 86_400);
/// Recordings of one request: an incident has one for each call, and few calls.
pub const RECORDINGS_MAX: usize = 20;
/// Working copies of one approval: one goes out, some downloads break; more is another request.
pub const COPIES_MAX: usize = 10;
/// Characters of a reason: a few sentences.
pub const REASON_CHARS_MAX: usize = 2_000;
/// Characters of a recipient's name: an office and a person.
pub const RECIPIENT_CHARS_MAX: usize = 200;
