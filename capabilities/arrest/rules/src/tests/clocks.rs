//! Every clock in a table: weekends, bank holidays, Christmas, Easter, leap days, and the nights
//! on which the clocks change.

use super::{at, policy};
use crate::event::RiskGrade;
use crate::order::timing::comes_at;
use crate::order::{Clock, Step};
use crate::{Policy, clock};
use calendar::Jurisdiction::{self, EnglandAndWales, Scotland};

#[test]
fn an_attempt_is_due_after_hours_that_have_passed_whatever_the_clock_on_the_wall_says() {
    for (risk, from, due) in [
        (Some(RiskGrade::High), "2026-11-03 22:00", "2026-11-04 02:00"),
        (None, "2026-11-03 22:00", "2026-11-04 02:00"),
        (Some(RiskGrade::Medium), "2026-12-24 22:00", "2026-12-25 22:00"),
        (Some(RiskGrade::Standard), "2026-12-24 22:00", "2026-12-27 22:00"),
        (Some(RiskGrade::High), "2026-03-28 22:00", "2026-03-29 03:00"), // an hour is leapt over
        (Some(RiskGrade::High), "2026-10-24 22:00", "2026-10-25 01:00"), // an hour comes twice
        (Some(RiskGrade::Medium), "2026-03-28 12:00", "2026-03-29 13:00"),
        (Some(RiskGrade::Medium), "2026-10-24 12:00", "2026-10-25 11:00"),
        (Some(RiskGrade::Standard), "2028-02-28 12:00", "2028-03-02 12:00"),
    ] {
        let got = clock::attempt_due(&policy(), risk, at(from));
        // Of the hour that comes twice, the second is meant.
        let twice = due == "2026-10-25 01:00";
        let due = if twice { calendar::hours_after(at(due), 1) } else { at(due) };
        assert_eq!(got, due, "{risk:?} {from}");
    }
}

#[test]
fn she_is_told_by_the_end_of_the_next_working_day() {
    for (jurisdiction, from, until) in [
        (EnglandAndWales, "2026-11-03 09:00", "2026-11-05 00:00"),
        (EnglandAndWales, "2026-11-03 23:59", "2026-11-05 00:00"),
        (EnglandAndWales, "2026-11-06 18:00", "2026-11-10 00:00"), // Friday evening
        (EnglandAndWales, "2026-11-07 12:00", "2026-11-10 00:00"), // Saturday
        (EnglandAndWales, "2026-12-24 18:00", "2026-12-30 00:00"), // 28 December is a holiday
        (EnglandAndWales, "2026-04-02 18:00", "2026-04-08 00:00"), // over Easter
        (Scotland, "2026-04-02 18:00", "2026-04-07 00:00"),        // no Easter Monday
        (EnglandAndWales, "2026-03-28 23:30", "2026-03-31 00:00"), // the short night
        (EnglandAndWales, "2026-10-24 23:30", "2026-10-27 00:00"), // the long one
        (EnglandAndWales, "2026-07-01 00:30", "2026-07-03 00:00"), // still June in UTC
    ] {
        let policy = Policy { jurisdiction, ..(*policy()).clone() };
        assert_eq!(clock::tell_by(&policy, at(from)), Ok(at(until)), "{jurisdiction:?} {from}");
    }
}

#[test]
fn a_notice_is_before_the_court_within_forty_eight_hours_that_count() {
    for (served, by) in [
        ("2026-11-03 09:00", "2026-11-05 09:00"),
        ("2026-11-05 23:30", "2026-11-07 23:30"), // a Saturday counts
        ("2026-11-06 09:00", "2026-11-09 09:00"), // Friday to Monday: the Sunday stands still
        ("2026-11-07 18:00", "2026-11-10 18:00"),
        ("2026-11-08 12:00", "2026-11-11 00:00"), // served on a Sunday: runs from Monday
        ("2026-12-24 12:00", "2026-12-29 12:00"), // Christmas, Sunday, and the day after Boxing Day
        ("2026-12-23 12:00", "2026-12-26 12:00"),
        ("2027-12-24 12:00", "2027-12-30 12:00"), // Christmas on a Saturday, holidays after it
        ("2026-04-02 12:00", "2026-04-07 12:00"), // Good Friday, Easter Sunday, Easter Monday
        ("2026-03-28 12:00", "2026-03-31 12:00"), // the short night is a Sunday
        ("2026-10-24 12:00", "2026-10-27 12:00"), // so is the long one
        ("2026-10-25 01:30", "2026-10-28 00:00"),
        ("2026-12-31 10:00", "2027-01-04 10:00"), // New Year and a Sunday
    ] {
        let due = clock::court_by(EnglandAndWales, at(served)).unwrap();
        let expected = at(by);
        assert_eq!(due, expected, "{served}: {:?}", calendar::civil_day(due));
    }
    assert!(clock::court_by(Jurisdiction::EnglandAndWales, at("2050-01-01 09:00")).is_err());
}

#[test]
fn bail_is_counted_from_the_day_after_the_arrest_in_months() {
    for (arrested, months, last) in [
        ("2026-01-15 10:00", 3, "2026-04-15"),
        ("2026-01-31 10:00", 3, "2026-04-30"), // begins on 1 February
        ("2026-11-29 10:00", 3, "2027-02-28"), // begins on the 30th, and February has none
        ("2027-11-30 10:00", 3, "2028-02-29"), // begins on 1 December
        ("2027-11-28 10:00", 3, "2028-02-28"), // begins on the 29th of a leap winter
        ("2026-10-15 23:59", 3, "2027-01-15"),
        ("2026-08-31 10:00", 6, "2027-02-28"),
        ("2026-03-31 10:00", 9, "2026-12-31"),
        ("2026-12-24 10:00", 3, "2027-03-24"),
    ] {
        let limit = calendar::end_of(last.parse().unwrap()).unwrap();
        assert_eq!(clock::bail_limit(at(arrested), months), Ok(limit), "{arrested} {months}");
    }
}

#[test]
fn a_violence_protection_order_counts_the_day_on_which_it_is_made() {
    for (made, last, days) in [
        ("2026-11-03 15:00", "2026-11-16", 14),
        ("2026-11-03 15:00", "2026-11-30", 28),
        ("2026-03-20 15:00", "2026-04-16", 28), // over the short night
        ("2026-10-12 15:00", "2026-10-25", 14), // ends with the long day
        ("2028-02-16 15:00", "2028-02-29", 14),
        ("2026-12-20 15:00", "2027-01-16", 28),
    ] {
        let end = calendar::end_of(last.parse().unwrap()).unwrap();
        assert_eq!(clock::violence_order_days(at(made), end), days, "{made}");
    }
}

#[test]
fn warnings_come_before_and_the_alarm_at_the_end() {
    for (clock, step, due, comes) in [
        (Clock::Court, Step::First, "2026-11-05 09:00", "2026-11-04 21:00"),
        (Clock::Court, Step::Last, "2026-11-05 09:00", "2026-11-05 07:00"),
        (Clock::Court, Step::Over, "2026-11-05 09:00", "2026-11-05 09:00"),
        // Hours that have passed: the short night has one fewer on the wall.
        (Clock::Court, Step::First, "2026-03-29 09:00", "2026-03-28 20:00"),
        (Clock::Court, Step::First, "2026-10-25 09:00", "2026-10-24 22:00"),
        // Days of the calendar: the same time on the wall.
        (Clock::End, Step::First, "2026-11-11 00:00", "2026-11-04 00:00"),
        (Clock::End, Step::Last, "2026-11-11 00:00", "2026-11-10 00:00"),
        (Clock::End, Step::First, "2026-04-01 00:00", "2026-03-25 00:00"),
        (Clock::End, Step::Last, "2026-10-26 00:00", "2026-10-25 00:00"),
        (Clock::End, Step::Over, "2026-10-26 00:00", "2026-10-26 00:00"),
        (Clock::End, Step::First, "2028-03-04 00:00", "2028-02-26 00:00"),
        (Clock::Review, Step::Last, "2027-01-01 00:00", "2026-12-31 00:00"),
        (Clock::Telling, Step::Over, "2026-11-05 00:00", "2026-11-05 00:00"),
    ] {
        let got = comes_at(&policy(), clock, step, at(due)).unwrap();
        assert_eq!(got, at(comes), "{clock:?} {step:?} {due}");
    }
}
