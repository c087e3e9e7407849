//! Every number, with its reason.

use kernel::time::minutes;
use std::time::Duration;

/// How old her answer that she is safe and alone may be when the words are told: a door opens in
/// less, but asking every minute would frighten her.
pub const SAFETY_FRESH: Duration = minutes(10);
/// Characters of a name, a number or an address line.
pub const NAME_CHARS_MAX: usize = 200;
/// Characters of a reason or a ground: a page.
pub const WORDS_CHARS_MAX: usize = 4_000;
/// Characters of what is told: what can be read out in about ten minutes.
pub const TOLD_CHARS_MAX: usize = 8_000;
/// Children in one application: more than any household; past it a form is misused.
pub const CHILDREN_MAX: usize = 20;
/// Checks in one application: each kind, asked of several forces.
pub const CHECKS_MAX: usize = 200;
/// Members of a panel.
pub const VOTES_MAX: usize = 20;
/// Pauses in one application; past it the application is parked, not paused.
pub const PAUSES_MAX: usize = 20;
/// Departures from the table in one application.
pub const DEVIATIONS_MAX: usize = 20;
/// Proposals in one application.
pub const PROPOSALS_MAX: u32 = 50;
/// Times the telling is begun: a bad line, a knock at the door, another day.
pub const ATTEMPTS_MAX: u32 = 20;
/// Colleagues from whom one application is kept.
pub const CONFLICTED_MAX: usize = 100;
/// Days by which one departure may lengthen the whole.
pub const EXTEND_DAYS_MAX: u32 = 28;
/// Days in all that a force may set; the scheme says 28.
pub const TOTAL_DAYS_MAX: u32 = 90;
