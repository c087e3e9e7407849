//! Every number, with its reason.

use std::time::Duration;

/// Characters of any field of a request: what a team reads on the way.
pub const WORDS_CHARS_MAX: usize = 2_000;

/// How far ahead of ours the clock may be by which an officer noted a time.
pub const AHEAD_MAX: Duration = Duration::from_secs(5 * 60);

/// Months of bail that a custody officer may give at first.
//= Police and Criminal Evidence Act 1984, section 47ZB(1)(b): three months
pub const BAIL_FIRST_MONTHS: i8 = 3;

/// Numbers below this are not published: they could point at somebody.
pub const SMALLEST_SHOWN: i64 = 5;
