//! Every number, with its reason.

use kernel::time::hours;
use std::time::Duration;

/// The longest that a referral may wait to be taken up: past three days it helps nobody.
pub const DUE_HOURS_MAX: u32 = 72;
/// Characters of a summary: a page.
pub const SUMMARY_CHARS_MAX: usize = 4_000;
/// Characters of a reason, a question, an answer: a few sentences.
pub const REASON_CHARS_MAX: usize = 2_000;
/// Questions and answers of one referral: past that somebody rings.
pub const NOTES_MAX: usize = 50;
/// An overdue referral is put before a supervisor again after half a shift.
pub const ESCALATED_AGAIN: Duration = hours(4);
/// And at most so often: two days of it, after which it stays on the board for good.
pub const ESCALATIONS_MAX: u32 = 12;
/// Whoever is asked late still has an hour before a supervisor is told.
pub const ANSWER_AT_LEAST: Duration = hours(1);
/// Kinds that a force may have: more than any form can offer.
pub const KINDS_MAX: usize = 40;
/// Criteria of one kind, and grounds of one.
pub const CRITERIA_MAX: usize = 20;
/// Characters of a name, an address or a line of the directory.
pub const LINE_CHARS_MAX: usize = 200;
/// Services of one agency.
pub const SERVICES_MAX: usize = 50;
/// Workers of one agency.
pub const WORKERS_MAX: usize = 200;
/// Keys of one agency: the one in use and the one that replaces it.
pub const KEYS_MAX: usize = 2;
/// Cases of one meeting: a day of them.
pub const CASES_MAX: usize = 60;
/// Actions of one meeting.
pub const ACTIONS_MAX: usize = 300;
/// Days in which another incident makes a case a repeat.
pub const REPEAT_DAYS: u32 = 365;
