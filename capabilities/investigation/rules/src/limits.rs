//! Every number, with its reason.

use std::time::Duration;

/// Characters of an account: an hour of speech, written down, and what a form may send.
pub const ACCOUNT_CHARS_MAX: usize = 40_000;
/// Characters of a reason: a page.
pub const REASON_CHARS_MAX: usize = 4_000;
/// Characters of a line: an offence's name, a person's, an exhibit's.
pub const OFFENCE_CHARS_MAX: usize = 200;
/// Characters of a whole statement: what she can read on a phone without giving up, about ten
/// pages, and what the call carries to her at once.
pub const STATEMENT_CHARS_MAX: usize = 20_000;
/// Versions of a statement that she was asked about; past it somebody should visit her.
pub const VERSIONS_MAX: usize = 50;
/// Lines of enquiry of one incident.
pub const ENQUIRIES_MAX: usize = 100;
/// People of one incident.
pub const PEOPLE_MAX: usize = 100;
/// Exhibits of one incident.
pub const EXHIBITS_MAX: usize = 200;
/// Bytes of one upload: a minute or two of film from a phone; longer is copied to the case by
/// the team that keeps evidence.
pub const UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Bytes of all uploads of one incident: the store is sized for recordings, not for archives.
pub const UPLOADS_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Times that an exhibit changes hands.
pub const MOVES_MAX: usize = 100;
/// Characters of a records system's own reference.
pub const REFERENCE_CHARS_MAX: usize = 60;
/// How far ahead of ours the clock may be by which an officer noted a time.
pub const AHEAD_MAX: Duration = Duration::from_secs(5 * 60);
/// How long ago an offence may have begun: a lifetime. Before it a year was mistyped.
pub const LIFETIME: Duration = Duration::from_secs(110 * 366 * 24 * 3600);
/// How far off an enquiry may be due: past a year nobody looks for it.
pub const DUE_MAX: Duration = Duration::from_secs(366 * 24 * 3600);
