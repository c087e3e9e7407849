//! Every list has a limit and every number a reason.

use kernel::time::hours;
use std::time::Duration;

/// Open promises that are looked at: many times what a large force owes at once. Past it the
/// page says so.
pub(crate) const OPEN_MAX: i64 = 20_000;
/// Rows shown at once; the rest is counted, and a filter shows it.
pub(crate) const ROWS_MAX: usize = 200;
/// Rows on the page of a handover, and in its record.
pub(crate) const SHEET_MAX: usize = promise::limits::ENTRIES_MAX;
/// Changes of hands shown for one promise.
pub(crate) const MOVES_MAX: i64 = 100;
/// Colleagues in the list of whom to give a promise to.
pub(crate) const PEOPLE_MAX: i64 = 500;
/// Earlier handovers shown.
pub(crate) const HANDOVERS_MAX: i64 = 20;
/// Without an earlier handover, the sheet reaches back this far: the longest shift, twice.
pub(crate) const FIRST_SHEET: Duration = hours(24);
