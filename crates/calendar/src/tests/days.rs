//! Local days, working days, calendar days.

use super::{at, day};
use crate::Jurisdiction::{self, EnglandAndWales, NorthernIreland, Scotland};
use crate::{
    NoCalendar, add_calendar_days, add_working_days, calendar_days_between, civil_day, end_of,
    hours_after, is_working_day, next_working_day, same_time_days_later, start_of, time_of_day,
    working_days_between,
};
use kernel::At;
use kernel::time::hours;

#[test]
fn a_local_day_has_twenty_three_twenty_four_or_twenty_five_hours() {
    for (text, long) in [
        ("2026-03-28", 24),
        ("2026-03-29", 23), // clocks go forward
        ("2026-10-25", 25), // clocks go back
        ("2028-02-29", 24),
        ("2026-12-31", 24),
    ] {
        let (start, end) = (start_of(day(text)).unwrap(), end_of(day(text)).unwrap());
        assert_eq!(end.since(start), hours(long), "{text}");
        assert_eq!((civil_day(start), time_of_day(start)), (day(text), (0, 0)));
        assert_eq!(civil_day(At(end.0 - 1)), day(text));
        assert_ne!(civil_day(end), day(text));
    }
}

#[test]
fn an_evening_in_summer_is_not_yet_the_next_day_as_utc_sees_it() {
    // 23:30 UTC on 1 July is 00:30 on 2 July in London.
    let late =
        hours_after(start_of(day("2026-07-01")).unwrap(), 24).plus(kernel::time::minutes(30));
    assert_eq!(civil_day(late), day("2026-07-02"));
    assert_eq!(late.day().start().plus(hours(23)).plus(kernel::time::minutes(30)), late);
}

#[test]
fn times_that_leap_or_come_twice_are_one_instant() {
    assert_eq!(at("2026-03-29 01:30"), at("2026-03-29 02:30"));
    assert_eq!(at("2026-10-25 02:30").since(at("2026-10-25 01:30")), hours(2));
}

#[test]
fn working_days_are_counted_past_weekends_holidays_and_year_ends() {
    for (jurisdiction, from, n, last) in [
        (EnglandAndWales, "2026-06-01 09:00", 0, "2026-06-01"),
        (EnglandAndWales, "2026-06-06 09:00", 0, "2026-06-06"),
        (EnglandAndWales, "2026-06-01 09:00", 1, "2026-06-02"),
        (EnglandAndWales, "2026-06-01 09:00", 10, "2026-06-15"),
        (Scotland, "2026-06-01 09:00", 10, "2026-06-16"), // the World Cup
        (EnglandAndWales, "2026-06-06 12:00", 1, "2026-06-08"),
        (EnglandAndWales, "2026-03-27 23:59", 10, "2026-04-14"), // spring clocks and Easter
        (Scotland, "2026-03-27 23:59", 10, "2026-04-13"),        // no Easter Monday
        (EnglandAndWales, "2026-10-23 12:00", 1, "2026-10-26"),  // autumn clocks
        (EnglandAndWales, "2026-12-24 18:00", 1, "2026-12-29"),
        (EnglandAndWales, "2026-12-24 18:00", 4, "2027-01-04"),
        (Scotland, "2026-12-24 18:00", 4, "2027-01-05"),
        (NorthernIreland, "2026-07-10 18:00", 1, "2026-07-14"),
        (EnglandAndWales, "2028-02-28 18:00", 2, "2028-03-01"), // leap
        (EnglandAndWales, "2027-02-26 18:00", 1, "2027-03-01"),
        (EnglandAndWales, "2022-06-01 08:00", 1, "2022-06-06"), // the Jubilee
        (EnglandAndWales, "2020-05-07 08:00", 1, "2020-05-11"),
    ] {
        let due = add_working_days(jurisdiction, at(from), n).unwrap();
        assert_eq!(due, end_of(day(last)).unwrap(), "{jurisdiction:?} {from} + {n}");
        let between = working_days_between(jurisdiction, at(from), At(due.0 - 1)).unwrap();
        assert_eq!(between, n, "{jurisdiction:?} {from}");
    }
}

#[test]
fn counting_back_agrees_with_counting_on_for_every_day_of_the_data() {
    for jurisdiction in Jurisdiction::ALL {
        let mut one = day("2020-01-01");
        while one < day("2032-12-01") {
            let noon = crate::at_time(one, 12, 0).unwrap();
            for n in [1, 10] {
                let due = At(add_working_days(jurisdiction, noon, n).unwrap().0 - 1);
                assert!(is_working_day(jurisdiction, civil_day(due)).unwrap(), "{one}");
                assert_eq!(working_days_between(jurisdiction, noon, due), Ok(n), "{one}");
            }
            one = crate::local::days_later(one, 3).unwrap();
        }
    }
}

#[test]
fn nothing_lies_between_a_day_and_an_earlier_one() {
    let (early, late) = (at("2026-06-01 09:00"), at("2026-06-05 09:00"));
    assert_eq!(working_days_between(EnglandAndWales, late, early), Ok(0));
    assert_eq!(calendar_days_between(late, early), -4);
    assert_eq!(calendar_days_between(early, late), 4);
}

#[test]
fn twenty_eight_days_end_with_the_twenty_eighth_day_after() {
    for (from, last) in [
        ("2026-01-31 23:59", "2026-02-28"),
        ("2028-02-01 00:00", "2028-02-29"),
        ("2027-02-01 00:00", "2027-03-01"),
        ("2026-03-01 12:00", "2026-03-29"), // ends in the night of 23 hours
        ("2026-03-20 12:00", "2026-04-17"), // over it, and over Easter
        ("2026-09-27 12:00", "2026-10-25"), // ends in the night of 25 hours
        ("2026-10-01 00:30", "2026-10-29"),
        ("2026-12-20 12:00", "2027-01-17"),
        ("2027-12-25 12:00", "2028-01-22"),
    ] {
        let due = add_calendar_days(at(from), 28).unwrap();
        assert_eq!(due, end_of(day(last)).unwrap(), "{from}");
        assert_eq!(calendar_days_between(at(from), At(due.0 - 1)), 28, "{from}");
        assert_eq!(calendar_days_between(at(from), due), 29, "{from}");
    }
}

#[test]
fn the_same_time_days_later_is_the_same_on_the_clock() {
    for (from, n, then) in [
        ("2026-03-28 09:00", 1, "2026-03-29 09:00"),
        ("2026-03-28 01:30", 1, "2026-03-29 02:30"), // leapt over
        ("2026-10-24 09:00", 1, "2026-10-25 09:00"),
        ("2028-02-28 09:00", 1, "2028-02-29 09:00"),
    ] {
        assert_eq!(same_time_days_later(at(from), n).unwrap(), at(then), "{from}");
    }
    assert_eq!(hours_after(at("2026-03-28 09:00"), 24), at("2026-03-29 10:00"));
    assert_eq!(hours_after(at("2026-10-24 09:00"), 24), at("2026-10-25 08:00"));
}

#[test]
fn the_next_working_day_is_never_the_same_day() {
    for (from, next) in [
        ("2026-12-24", "2026-12-29"),
        ("2026-12-31", "2027-01-04"),
        ("2026-04-02", "2026-04-07"),
        ("2026-06-03", "2026-06-04"),
    ] {
        assert_eq!(next_working_day(EnglandAndWales, day(from)), Ok(day(next)));
    }
}

#[test]
fn counting_into_a_year_without_data_is_an_error() {
    let unknown = NoCalendar::Year { jurisdiction: EnglandAndWales, year: 2033 };
    let from = at("2032-12-30 12:00");
    assert_eq!(add_working_days(EnglandAndWales, from, 10), Err(unknown.clone()));
    assert_eq!(working_days_between(EnglandAndWales, from, at("2033-01-02 12:00")), Err(unknown));
    assert!(add_calendar_days(from, 28).is_ok(), "calendar days know no holidays");
    assert!(add_calendar_days(At(i64::MAX), 28).is_err());
    assert!(add_calendar_days(from, u32::MAX).is_err());
}
