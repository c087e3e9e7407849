//! Every number of the pages, with its reason.

/// Calls of one incident that are looked at for markers and stills; nobody makes as many.
pub(crate) const CALLS_MAX: i64 = 20;
/// Markers shown beside the account: what a thumb scrolls through.
pub(crate) const MARKS_MAX: i64 = 200;
/// Stills offered as exhibits.
pub(crate) const STILLS_MAX: i64 = 200;
/// Rows of one lane: what fits a screen and can still be read.
pub(crate) const LANE_MAX: i64 = 50;
/// Bytes around the file in a posted form: a name, a few words and the boundaries.
pub(crate) const UPLOAD_FIELDS_MAX: usize = 64 * 1024;
