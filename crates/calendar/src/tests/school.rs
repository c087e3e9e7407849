//! When the next bell rings.

use super::at;
use crate::{NoCalendar, SchoolTerms, example_terms, next_bell};

#[test]
fn the_next_bell_is_past_weekends_holidays_training_days_and_half_terms() {
    let terms = example_terms();
    for (after, bell) in [
        ("2026-06-03 07:00", "2026-06-03 08:45"),
        ("2026-06-03 08:45", "2026-06-04 08:45"), // it has just rung
        ("2026-06-05 23:00", "2026-06-08 08:45"), // Friday night
        ("2026-03-29 00:30", "2026-04-13 08:45"), // the night of 23 hours, into the holidays
        ("2026-05-01 16:00", "2026-05-05 08:45"), // early May
        ("2026-05-22 16:00", "2026-06-01 08:45"), // half-term
        ("2026-12-20 12:00", "2027-01-05 08:45"), // Christmas, then a training day
        ("2026-07-21 09:00", "2026-09-02 08:45"), // summer, then a training day
        ("2026-10-25 01:30", "2026-11-02 08:45"), // the night of 25 hours
        ("2028-02-28 20:00", "2028-02-29 08:45"), // leap
    ] {
        assert_eq!(next_bell(at(after), &terms), Ok(at(bell)), "{after}");
    }
}

#[test]
fn after_the_last_term_nobody_knows() {
    let late = next_bell(at("2028-07-21 09:00"), &example_terms());
    assert!(matches!(late, Err(NoCalendar::Terms { .. })), "{late:?}");
}

#[test]
fn terms_out_of_order_and_odd_bells_are_refused() {
    let file = |bell: &str, terms: &str| {
        format!("authority = \"A\"\njurisdiction = \"scotland\"\nbell = \"{bell}\"\n{terms}")
    };
    let term = |from: &str, to: &str| format!("[[term]]\nfrom = \"{from}\"\nto = \"{to}\"\n");
    let good = term("2026-01-05", "2026-02-13");
    let terms = SchoolTerms::parse(&file("09:00", &good)).unwrap();
    assert_eq!(next_bell(at("2026-01-05 08:50"), &terms), Ok(at("2026-01-05 09:00")));
    for (bell, terms) in [
        ("9", good.clone()),
        ("24:00", good.clone()),
        ("+9:00", good.clone()),
        ("09:00", good.clone() + "x = 1"),
        ("09:00", String::new()),
        ("09:00", term("2026-02-13", "2026-01-05")),
        ("09:00", good.clone() + &term("2026-02-13", "2026-03-01")),
        ("09:00", term("2026-02-30", "2026-03-01")),
    ] {
        let read = SchoolTerms::parse(&file(bell, &terms));
        assert!(matches!(read, Err(NoCalendar::Unreadable(_))), "{bell} {terms}");
    }
}
