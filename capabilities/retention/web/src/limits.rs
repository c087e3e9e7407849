//! Every number, with its reason.

/// Days that the picture shows: a recording's month, and the rest of a week.
pub(crate) const AHEAD_DAYS: u32 = 35;
/// Holds and promotions shown at once; a force has a few dozen.
pub(crate) const CASES_MAX: i64 = 200;
/// Ended epochs shown at once: some two weeks of them, with every class going every day.
pub(crate) const ENDED_MAX: i64 = 100;
/// Ended epochs that the API gives in one answer.
pub(crate) const PAGE_MAX: i64 = 500;
/// Steps of one hold shown: years of daily alarms.
pub(crate) const STEPS_MAX: i64 = 1_000;
/// Streams of one incident offered for a hold; the rules take no more under one.
pub(crate) const RELATED_MAX: i64 = 40;
