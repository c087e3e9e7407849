//! Every number of the pages, with its reason.

/// Requests of one incident shown at once; nobody makes as many.
pub(crate) const OF_INCIDENT_MAX: i64 = 100;
/// Rows of one lane: what fits a screen and can still be read.
pub(crate) const LANE_MAX: i64 = 50;
/// Steps of one story: more than any request has had.
pub(crate) const STORY_MAX: i64 = 200;
/// Requests that one figure is counted from: ten years of a large force.
pub(crate) const COUNTED_MAX: i64 = 20_000;
/// Times that a request is tried again when somebody asks for another at the same moment.
pub(crate) const TRIES_MAX: u32 = 5;
/// Figures are shown for this many days: four weeks, a quarter, a year.
pub(crate) const PERIODS: [u32; 3] = [28, 91, 365];
