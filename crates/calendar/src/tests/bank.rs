//! The data of each jurisdiction against the rules that make it, year by year.

use super::day;
use crate::Jurisdiction::{self, EnglandAndWales, NorthernIreland, Scotland};
use crate::bank::Bank;
use crate::{Date, NoCalendar, bank_holiday, date, is_working_day, known_years};
use jiff::ToSpan;
use jiff::civil::Weekday;
use std::collections::BTreeSet;

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let of_month = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, month as i8, of_month as i8).unwrap()
}

fn first_monday(year: i16, month: i8) -> Date {
    (1..=7).filter_map(|d| date(year, month, d)).find(|d| d.weekday() == Weekday::Monday).unwrap()
}

fn last_monday(year: i16, month: i8) -> Date {
    (25..=31).filter_map(|d| date(year, month, d)).find(|d| d.weekday() == Weekday::Monday).unwrap()
}

/// What proclamations moved or added, written down here a second time.
fn proclaimed(jurisdiction: Jurisdiction, year: i16, days: &mut BTreeSet<Date>) {
    let mut moved = |from: &str, to: &str| {
        assert!(days.remove(&day(from)), "{from} was one");
        days.insert(day(to));
    };
    match (year, jurisdiction) {
        (2020, _) => moved("2020-05-04", "2020-05-08"),
        (2022, _) => {
            moved("2022-05-30", "2022-06-02");
            days.extend([day("2022-06-03"), day("2022-09-19")]);
        }
        (2023, _) => days.extend([day("2023-05-08")]),
        (2026, Scotland) => days.extend([day("2026-06-15")]),
        _ => {}
    }
}

fn by_rule(jurisdiction: Jurisdiction, year: i16) -> BTreeSet<Date> {
    let easter = easter(year);
    let mut days = BTreeSet::from([
        easter - 2.days(),
        first_monday(year, 5),
        last_monday(year, 5),
        if jurisdiction == Scotland { first_monday(year, 8) } else { last_monday(year, 8) },
    ]);
    let mut fixed = vec![(1, 1), (12, 25), (12, 26)];
    match jurisdiction {
        EnglandAndWales => {}
        Scotland => fixed.extend([(1, 2), (11, 30)]),
        NorthernIreland => fixed.extend([(3, 17), (7, 12)]),
    }
    if jurisdiction != Scotland {
        days.insert(easter + 1.day());
    }
    proclaimed(jurisdiction, year, &mut days);
    let weekend = |d: &Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    let fixed: Vec<Date> = fixed.into_iter().filter_map(|(m, d)| date(year, m, d)).collect();
    days.extend(fixed.iter().filter(|d| !weekend(d)));
    for mut substitute in fixed.into_iter().filter(weekend) {
        while weekend(&substitute) || days.contains(&substitute) {
            substitute = substitute.tomorrow().unwrap();
        }
        days.insert(substitute);
    }
    days
}

#[test]
fn every_year_of_the_data_is_what_the_rules_say() {
    for jurisdiction in Jurisdiction::ALL {
        assert_eq!(known_years(jurisdiction), 2020..=2032);
        for year in known_years(jurisdiction) {
            let mut of_year = vec![];
            let mut one = date(year, 1, 1).unwrap();
            while one.year() == year {
                if bank_holiday(jurisdiction, one).unwrap().is_some() {
                    of_year.push(one);
                }
                one = one.tomorrow().unwrap();
            }
            let ruled: Vec<Date> = by_rule(jurisdiction, year).into_iter().collect();
            assert_eq!(of_year, ruled, "{jurisdiction:?} {year}");
        }
    }
}

#[test]
fn easter_is_where_it_was_and_will_be() {
    for sunday in [
        "1961-04-02",
        "2000-04-23",
        "2008-03-23",
        "2020-04-12",
        "2021-04-04",
        "2022-04-17",
        "2023-04-09",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2031-04-13",
        "2032-03-28",
        "2038-04-25",
    ] {
        assert_eq!(easter(day(sunday).year()), day(sunday));
    }
}

#[test]
fn days_that_were_proclaimed_once_are_known() {
    for (jurisdiction, text, off) in [
        (EnglandAndWales, "2020-05-08", true),
        (EnglandAndWales, "2020-05-04", false),
        (NorthernIreland, "2022-06-02", true),
        (Scotland, "2022-06-03", true),
        (EnglandAndWales, "2022-05-30", false),
        (Scotland, "2022-09-19", true),
        (EnglandAndWales, "2023-05-08", true),
        (Scotland, "2026-06-15", true),
        (EnglandAndWales, "2026-06-15", false),
        (Scotland, "2026-04-06", false),
        (EnglandAndWales, "2026-04-06", true),
        (NorthernIreland, "2026-03-17", true),
        (NorthernIreland, "2026-07-13", true),
        (Scotland, "2026-11-30", true),
        (Scotland, "2026-01-02", true),
        (Scotland, "2026-08-03", true),
        (Scotland, "2026-08-31", false),
    ] {
        let known = bank_holiday(jurisdiction, day(text)).unwrap();
        assert_eq!(known.is_some(), off, "{jurisdiction:?} {text}");
    }
}

#[test]
fn christmas_on_each_weekday_gives_two_days_off() {
    for (year, off) in [
        (2023, ["12-25", "12-26"]), // Monday
        (2029, ["12-25", "12-26"]), // Tuesday
        (2024, ["12-25", "12-26"]), // Wednesday
        (2025, ["12-25", "12-26"]), // Thursday
        (2020, ["12-25", "12-28"]), // Friday
        (2021, ["12-27", "12-28"]), // Saturday
        (2022, ["12-26", "12-27"]), // Sunday
    ] {
        for jurisdiction in Jurisdiction::ALL {
            let days = (25..=31).filter_map(|d| date(year, 12, d));
            let known = days.filter(|d| bank_holiday(jurisdiction, *d).unwrap().is_some());
            let known: Vec<String> = known.map(|d| d.to_string()[5..].to_owned()).collect();
            assert_eq!(known, off, "{jurisdiction:?} {year}");
        }
    }
}

#[test]
fn new_year_in_scotland_takes_two_working_days_whatever_the_weekday() {
    for (year, off) in [
        (2020, ["01-01", "01-02"]),
        (2021, ["01-01", "01-04"]),
        (2022, ["01-03", "01-04"]),
        (2023, ["01-02", "01-03"]),
    ] {
        let days = (1..=10).filter_map(|d| date(year, 1, d));
        let known = days.filter(|d| bank_holiday(Scotland, *d).unwrap().is_some());
        assert_eq!(known.map(|d| d.to_string()[5..].to_owned()).collect::<Vec<_>>(), off);
    }
}

#[test]
fn a_year_without_data_is_an_error_even_on_a_sunday() {
    for year in [2019, 2033] {
        let mut days = (1..=7).filter_map(|d| date(year, 6, d));
        let sunday = days.find(|d| d.weekday() == Weekday::Sunday).unwrap();
        let unknown = NoCalendar::Year { jurisdiction: Scotland, year };
        assert_eq!(is_working_day(Scotland, sunday), Err(unknown.clone()));
        assert!(unknown.to_string().contains(&year.to_string()));
    }
}

#[test]
fn a_file_with_a_day_that_is_none_is_refused() {
    for text in ["[2026]\n02-29 = \"x\"", "[x]\n01-01 = \"x\"", "[2026]\n1-1 = \"x\"", "2026 = 1"] {
        assert!(matches!(Bank::parse(text), Err(NoCalendar::Unreadable(_))), "{text}");
    }
}
