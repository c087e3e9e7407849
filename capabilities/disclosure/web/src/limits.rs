//! Every number of these pages, with its reason.

/// Open applications that a board holds: a large force has some hundreds.
pub(crate) const OPEN_MAX: i64 = 1_000;
/// Ended applications that a board shows: the last month of a large force.
pub(crate) const ENDED_MAX: i64 = 100;
/// Events that one page tells: every check of several forces, and every line of a script.
pub(crate) const STORY_MAX: i64 = 2_000;
/// Applications found by a person.
pub(crate) const FOUND_MAX: usize = 20;
/// Colleagues in a list: a large force's protecting vulnerable people command.
pub(crate) const COLLEAGUES_MAX: i64 = 2_000;
/// Applications from the public page in a minute, from everybody together: a large force has
/// some in a day, and whoever floods it must not fill the board.
pub(crate) const ASKS_PER_MINUTE: u32 = 20;
/// Steps of the public page in a minute, from everybody together: they cost only a page.
pub(crate) const STEPS_PER_MINUTE: u32 = 600;
/// Emergencies from the public page in a minute: each sends a patrol.
pub(crate) const EMERGENCIES_PER_MINUTE: u32 = 10;
