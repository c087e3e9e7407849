//! When a clock warns and when it alarms.

use super::event::{Clock, Event, Step};
use crate::clock;
use crate::policy::Policy;
use calendar::NoCalendar;
use kernel::At;
use kernel::time::hours;

/// Every deadline of an order: its stored name, its clock and its step.
pub const NAMES: [(&str, Clock, Step); 9] = [
    ("court_first", Clock::Court, Step::First),
    ("court_last", Clock::Court, Step::Last),
    ("court_over", Clock::Court, Step::Over),
    ("end_first", Clock::End, Step::First),
    ("end_last", Clock::End, Step::Last),
    ("end_over", Clock::End, Step::Over),
    ("review_last", Clock::Review, Step::Last),
    ("review_over", Clock::Review, Step::Over),
    ("telling_over", Clock::Telling, Step::Over),
];

/// When this step of a clock comes that is over at `due`.
pub fn comes_at(policy: &Policy, clock: Clock, step: Step, due: At) -> Result<At, NoCalendar> {
    let [court_first, court_last] = policy.court_warnings_hours;
    let [end_first, end_last] = policy.end_warnings_days;
    match (clock, step) {
        (_, Step::Over) | (Clock::Telling, _) => Ok(due),
        (Clock::Court, Step::First) => Ok(due.minus(hours(court_first.into()))),
        (Clock::Court, Step::Last) => Ok(due.minus(hours(court_last.into()))),
        (Clock::End, Step::First) => clock::days_before(due, end_first),
        (Clock::End, Step::Last) => clock::days_before(due, end_last),
        (Clock::Review, _) => clock::days_before(due, policy.review_warning_days),
    }
}

/// The clocks that an event sets (`Some`) or stops (`None`).
pub fn changed(event: &Event) -> Vec<(Clock, Option<At>)> {
    match event {
        Event::Made { ends_at, review_at, court_by, tell, .. } => vec![
            (Clock::Court, *court_by),
            (Clock::End, *ends_at),
            (Clock::Review, *review_at),
            (Clock::Telling, Some(tell.by)),
        ],
        Event::Extended { of, until, tell, .. } => {
            let clock = if of.is_notice() { Clock::Court } else { Clock::End };
            vec![(clock, Some(*until)), (Clock::Telling, Some(tell.by))]
        }
        Event::Applied { of, court_at, tell, .. } => {
            let mut clocks = vec![(Clock::Telling, Some(tell.by))];
            if of.is_notice() {
                clocks.push((Clock::Court, Some(*court_at)));
            }
            clocks
        }
        Event::Breached { tell, .. } => vec![(Clock::Telling, Some(tell.by))],
        Event::Ended { tell, .. } => vec![
            (Clock::Court, None),
            (Clock::End, None),
            (Clock::Review, None),
            (Clock::Telling, Some(tell.by)),
        ],
        Event::Reviewed { review_at, .. } => vec![(Clock::Review, *review_at)],
        Event::VictimTold { .. } => vec![(Clock::Telling, None)],
        Event::Warned { .. } | Event::RanOver { .. } | Event::Closed {} => vec![],
    }
}
