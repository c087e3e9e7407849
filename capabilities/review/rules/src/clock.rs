//! The clocks of reviews and samples. The tables in `tests/clocks.rs` go through weekends, bank
//! holidays and the nights on which the clocks change.

use crate::policy::Policy;
use calendar::{Date, NoCalendar, civil_day, start_of};
use kernel::At;

/// By when somebody else has reviewed it.
//= Force policy, review of non-crime domestic incidents: by the end of the second working day
//=  after the day of the decision, a number that each force sets
pub fn review_due(policy: &Policy, since: At) -> At {
    let due = calendar::add_working_days(policy.jurisdiction, since, policy.review_working_days);
    // Nothing is left out of the queue because a year's holidays are not known yet: then each day
    // counts, which is never later than working days are.
    due.unwrap_or_else(|_| calendar::hours_after(since, 24 * policy.review_working_days))
}

/// By when what a review asks for is done: hours that run at night and at weekends too.
//= Force policy, review of non-crime domestic incidents: what a review asks for is done within a
//=  day, because she may be in danger meanwhile
pub fn task_due(policy: &Policy, since: At) -> At {
    calendar::hours_after(since, policy.task_hours)
}

/// By when a sample is read.
//= Force policy, dip-sampling: within the working week after it was drawn
pub fn sample_due(policy: &Policy, since: At) -> Result<At, NoCalendar> {
    calendar::add_working_days(policy.jurisdiction, since, policy.sample_working_days)
}

/// The Monday of the week of `at`, on the clocks of London.
fn monday(at: At) -> Result<Date, NoCalendar> {
    let mut day = civil_day(at);
    for _ in 0..day.weekday().to_monday_zero_offset() {
        day = day.yesterday().map_err(|_| NoCalendar::OutOfRange)?;
    }
    Ok(day)
}

/// The last whole week before `now`: from Monday to Monday.
pub fn last_week(now: At) -> Result<(At, At), NoCalendar> {
    let until = monday(now)?;
    let mut from = until;
    for _ in 0..7 {
        from = from.yesterday().map_err(|_| NoCalendar::OutOfRange)?;
    }
    Ok((start_of(from)?, start_of(until)?))
}
