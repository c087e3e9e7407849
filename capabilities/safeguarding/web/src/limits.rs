//! Every number, with its reason.

/// Earlier incidents that one mark may bring while a report is typed: a house of many flats, and a
/// bound on one keystroke.
pub(crate) const KNOWN_MAX: i64 = 50;
