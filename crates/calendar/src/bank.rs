//! Bank holidays, as data: one file a jurisdiction, embedded, read once.

use crate::{Date, Jurisdiction, NoCalendar};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// `MM-DD` to the name of the day, by year.
type Years = BTreeMap<String, BTreeMap<String, String>>;
type Days = BTreeMap<(i8, i8), String>;

/// The bank holidays of one jurisdiction.
pub(crate) struct Bank(BTreeMap<i16, Days>);

impl Bank {
    /// Reads one file.
    pub(crate) fn parse(text: &str) -> Result<Self, NoCalendar> {
        let years: Years = toml::from_str(text).map_err(|e| unreadable(e.message()))?;
        let mut bank = BTreeMap::new();
        for (year, days) in years {
            let year: i16 = year.parse().map_err(|_| unreadable(&year))?;
            let mut of_year = Days::new();
            for (day, name) in days {
                let read: Option<Date> = format!("{year:04}-{day}").parse().ok();
                let date = read.filter(|_| day.len() == 5).ok_or_else(|| unreadable(&day))?;
                of_year.insert((date.month(), date.day()), name);
            }
            bank.insert(year, of_year);
        }
        Ok(Self(bank))
    }

    pub(crate) fn year(&self, year: i16) -> Option<&Days> {
        self.0.get(&year)
    }
}

fn unreadable(what: &str) -> NoCalendar {
    NoCalendar::Unreadable(what.to_owned())
}

//= Banking and Financial Dealings Act 1971, Schedule 1: the days that are bank holidays, and
//= those that proclamations add or move
pub(crate) fn bank(jurisdiction: Jurisdiction) -> &'static Bank {
    static BANKS: [OnceLock<Bank>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let (place, text) = match jurisdiction {
        Jurisdiction::EnglandAndWales => (0, include_str!("../data/england-and-wales.toml")),
        Jurisdiction::Scotland => (1, include_str!("../data/scotland.toml")),
        Jurisdiction::NorthernIreland => (2, include_str!("../data/northern-ireland.toml")),
    };
    BANKS[place].get_or_init(|| Bank::parse(text).expect("a test reads each embedded file"))
}

/// The name of the bank holiday on that day, if it is one.
pub fn bank_holiday(
    jurisdiction: Jurisdiction,
    day: Date,
) -> Result<Option<&'static str>, NoCalendar> {
    let year = bank(jurisdiction).year(day.year());
    let days = year.ok_or(NoCalendar::Year { jurisdiction, year: day.year() })?;
    Ok(days.get(&(day.month(), day.day())).map(String::as_str))
}

/// The years of which every bank holiday is known.
pub fn known_years(jurisdiction: Jurisdiction) -> RangeInclusive<i16> {
    let years = &bank(jurisdiction).0;
    let first = years.keys().next().copied().unwrap_or_default();
    let last = years.keys().next_back().copied().unwrap_or_default();
    first..=last
}
