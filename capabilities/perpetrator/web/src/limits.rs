//! Every number, with its reason.

/// Rows of suspects that one list is made from: years of a large force.
pub(crate) const SUSPECTS_MAX: i64 = 50_000;
/// Rows of facts that one list is made from.
pub(crate) const FACTS_MAX: i64 = 200_000;
/// People on one list: what a proactive team can look at.
pub(crate) const LISTED_MAX: usize = 200;
