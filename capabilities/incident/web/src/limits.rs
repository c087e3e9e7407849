//! Every list has a limit and every number a reason.

/// Rows of one lane of the board: what two screens show; the rest is counted.
pub(crate) const LANE_MAX: i64 = 60;
/// Closed incidents shown below the board: the last shift's.
pub(crate) const CLOSED_MAX: i64 = 20;
/// Earlier incidents in the history panel: what a handler can read while somebody speaks.
pub(crate) const HISTORY_MAX: i64 = 12;
/// Events in the story of one incident.
pub(crate) const STORY_MAX: i64 = 500;
/// The longest free text: two typed pages.
pub(crate) const TEXT_MAX: usize = 8_000;
/// The longest name, number, address line.
pub(crate) const LINE_MAX: usize = 300;
