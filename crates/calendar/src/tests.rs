//! Every day rule as a table: years, nights of changing clocks, holidays, terms.

mod bank;
mod days;
mod school;

use crate::{Date, at_time};
use kernel::At;

/// `2026-04-01`.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// `2026-04-01 09:30`, London time.
pub(crate) fn at(text: &str) -> At {
    let (date, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    at_time(day(date), hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}
