//! The clocks, over weekends, bank holidays and the nights on which the clocks change.

use super::policy;
use crate::clock::{last_week, review_due, task_due};
use kernel::At;

fn at(text: &str) -> At {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    calendar::at_time(day.parse().unwrap(), hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}

#[test]
fn a_review_is_due_when_the_second_working_day_ends() {
    for (since, due) in [
        // An ordinary week.
        ("2026-01-12 09:00", "2026-01-15 00:00"),
        // Over a weekend.
        ("2026-01-15 23:30", "2026-01-20 00:00"),
        ("2026-01-17 03:00", "2026-01-21 00:00"),
        // Over Good Friday and Easter Monday.
        ("2026-04-02 12:00", "2026-04-09 00:00"),
        // Over Christmas: Boxing Day on a Saturday is kept on the Monday.
        ("2026-12-24 12:00", "2026-12-31 00:00"),
        // Over the nights on which the clocks change.
        ("2026-03-27 12:00", "2026-04-01 00:00"),
        ("2026-10-24 01:30", "2026-10-28 00:00"),
    ] {
        assert_eq!(review_due(&policy(), at(since)), at(due), "{since}");
    }
}

#[test]
fn a_year_without_holidays_shortens_the_clock_and_loses_nothing() {
    let far = at("2099-06-05 12:00");
    assert_eq!(review_due(&policy(), far), calendar::hours_after(far, 48));
}

#[test]
fn a_task_runs_in_hours_over_the_night_on_which_the_clocks_change() {
    assert_eq!(task_due(&policy(), at("2026-03-28 12:00")), at("2026-03-29 13:00"));
    assert_eq!(task_due(&policy(), at("2026-10-24 12:00")), at("2026-10-25 11:00"));
}

#[test]
fn a_week_goes_from_monday_to_monday_in_summer_and_in_winter() {
    for (now, from, until) in [
        ("2026-01-12 00:00", "2026-01-05 00:00", "2026-01-12 00:00"),
        ("2026-01-18 23:59", "2026-01-05 00:00", "2026-01-12 00:00"),
        ("2026-04-01 09:00", "2026-03-23 00:00", "2026-03-30 00:00"),
    ] {
        assert_eq!(last_week(at(now)).unwrap(), (at(from), at(until)), "{now}");
    }
}
