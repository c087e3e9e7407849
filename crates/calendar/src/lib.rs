//! Days as people count them: London's local days, bank holidays of the three jurisdictions,
//! working days, calendar days, school days. Pure: no clock; holidays and terms are data. A year
//! of which nothing is known is an error, never a weekday that was guessed.

mod bank;
mod local;
mod school;
#[cfg(test)]
mod tests;
pub mod typing;
mod working;

pub use bank::{bank_holiday, known_years};
pub use jiff::civil::Date;
pub use local::{at_time, civil_day, date, end_of, hours_after, start_of, time_of_day};
pub use school::{Bell, SchoolTerms, Term, example_terms, next_bell};
pub use working::{
    add_calendar_days, add_working_days, calendar_days_between, is_working_day, next_working_day,
    same_time_days_later, working_days_between,
};

use serde::{Deserialize, Serialize};

/// Whose bank holidays count.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Jurisdiction {
    /// England and Wales.
    #[default]
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Jurisdiction {
    /// All three.
    pub const ALL: [Self; 3] = [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england_and_wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern_ireland",
        }
    }

    /// The one with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why a day cannot be counted. Says what to add to which data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCalendar {
    /// A year without bank holidays.
    #[error("The bank holidays of {year} are not known for {}. Add them.", .jurisdiction.code())]
    Year {
        /// Whose.
        jurisdiction: Jurisdiction,
        /// Which.
        year: i16,
    },
    /// A day after the last term that is known.
    #[error("The school terms of {authority} are not known for {on} and after. Add them.")]
    Terms {
        /// Whose schools.
        authority: String,
        /// From when on.
        on: Date,
    },
    /// Data that cannot be read, with the reason.
    #[error("This calendar cannot be read: {0}")]
    Unreadable(String),
    /// Before year -9999 or after year 9999.
    #[error("This is no day of any calendar.")]
    OutOfRange,
}
