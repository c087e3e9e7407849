//! What the trail's pages refuse to grow past, and why.

/// Rows of one page: what an eye follows.
pub const PAGE: i64 = 100;
/// Rows of one file: a spreadsheet opens it at once, and a filter by day fits.
pub const FILE: i64 = 20_000;
/// Members of staff offered in the filter.
pub const STAFF: i64 = 500;
