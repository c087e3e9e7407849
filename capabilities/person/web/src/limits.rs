//! Every number, with its reason.

/// People that one search shows: past that, somebody says more of whom she looks for.
pub(crate) const FOUND_MAX: usize = 25;
/// Rows that one mark may bring: a postcode of a large house, and a bound on one search.
pub(crate) const MARKED_MAX: i64 = 200;
/// Records that may be of the same person, shown beside one: what an officer compares.
pub(crate) const ALIKE_MAX: usize = 10;
/// Repeat victims and serial suspects in their lists: a page each.
pub(crate) const LISTED_MAX: i64 = 50;
/// Appearances that one page opens: each of them is a record that is read.
pub(crate) const OPENED_MAX: usize = 60;
/// Accounts among which a colleague is chosen: a large force's hub.
pub(crate) const COLLEAGUES_MAX: i64 = 500;
/// Seals on the list: far more than there should be.
pub(crate) const SEALS_MAX: i64 = 200;
