//! Every clock of an arrest and of an order, each with the line of law or policy that sets it.
//! The tables in `tests/clocks.rs` go through weekends, bank holidays and the nights on which
//! the clocks change.

use crate::event::RiskGrade;
use crate::policy::Policy;
use calendar::{Date, Jurisdiction, NoCalendar, bank_holiday, civil_day, end_of, start_of};
use kernel::At;
use kernel::time::hours;

/// By when somebody has to try. What nobody has graded runs by the shortest clock.
pub fn attempt_due(policy: &Policy, risk: Option<RiskGrade>, from: At) -> At {
    let hours = match risk {
        None | Some(RiskGrade::High) => policy.attempt_hours.high,
        Some(RiskGrade::Medium) => policy.attempt_hours.medium,
        Some(RiskGrade::Standard) => policy.attempt_hours.standard,
    };
    calendar::hours_after(from, hours)
}

/// By when she is told what happened to him.
//= Code of Practice for Victims of Crime in England and Wales 2021, right 6: a victim of
//=  domestic abuse hears of an arrest, a release, bail and a charge within one working day
pub fn tell_by(policy: &Policy, from: At) -> Result<At, NoCalendar> {
    calendar::add_working_days(policy.jurisdiction, from, policy.tell_working_days)
}

/// By when a court has heard the application that follows a notice: forty-eight hours, in which
/// some days do not run at all. A Saturday runs like any other day.
//= Crime and Security Act 2010, section 27(3) and (4): heard within 48 hours of the notice;
//=  Sundays, Christmas Day, Good Friday and bank holidays do not count
//= Domestic Abuse Act 2021, section 29(2) and (3): the same for a domestic abuse notice
pub fn court_by(jurisdiction: Jurisdiction, served_at: At) -> Result<At, NoCalendar> {
    let mut at = served_at;
    let mut left = hours(48);
    loop {
        let day = civil_day(at);
        let end = end_of(day)?;
        if !stands_still(jurisdiction, day)? {
            let today = end.since(at);
            if left <= today {
                return Ok(at.plus(left));
            }
            left -= today;
        }
        at = end;
    }
}

/// Good Friday and Christmas Day are among the bank holidays of the data, and the law names
/// Christmas Day even in a year in which the holiday is moved to another day.
fn stands_still(jurisdiction: Jurisdiction, day: Date) -> Result<bool, NoCalendar> {
    let sunday = day.weekday().to_sunday_zero_offset() == 0;
    let christmas = (day.month(), day.day()) == (12, 25);
    Ok(sunday || christmas || bank_holiday(jurisdiction, day)?.is_some())
}

/// When bail ends at the latest that may be given for so many months: they begin on the day
/// after the arrest, and end before the day of the same number.
//= Police and Criminal Evidence Act 1984, section 47ZB(1) and (4): three months that begin with
//=  the day after the arrest
pub fn bail_limit(arrested_at: At, months: i8) -> Result<At, NoCalendar> {
    let first = civil_day(end_of(civil_day(arrested_at))?);
    let count = i16::from(first.month() - 1) + i16::from(months);
    let year = first.year() + count / 12;
    let month = i8::try_from(count % 12).map_err(|_| NoCalendar::OutOfRange)? + 1;
    // A month without such a day: the period ends with the month.
    let after = calendar::date(year, month, first.day())
        .or_else(|| calendar::date(year + i16::from(month == 12), month % 12 + 1, 1));
    start_of(after.ok_or(NoCalendar::OutOfRange)?)
}

/// How many days a domestic violence protection order may stand, the day it is made among them.
//= Crime and Security Act 2010, section 28(10): at least 14 and at most 28 days, that begin
//=  with the day on which the order is made
pub fn violence_order_days(made_at: At, ends_at: At) -> i32 {
    calendar::calendar_days_between(made_at, At(ends_at.0 - 1)) + 1
}

/// The same time of the clock so many local days earlier.
pub fn days_before(at: At, days: u32) -> Result<At, NoCalendar> {
    let mut day = civil_day(at);
    for _ in 0..days {
        day = day.yesterday().map_err(|_| NoCalendar::OutOfRange)?;
    }
    let (hour, minute) = calendar::time_of_day(at);
    calendar::at_time(day, hour, minute)
}
