//! Days as a form writes them, `2026-11-03`, and the picture of the days ahead: where each bar
//! stands and how high it is. No clock is read here.

use crate::keys::Due;
use crate::{limits, names};
use jiff::civil::Date;
use kernel::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// Reads a day; nothing when it is not written so.
pub(crate) fn read(text: &str) -> Option<Day> {
    let date = Date::strptime("%Y-%m-%d", text.trim()).ok()?;
    let start = jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    Some(Day(i32::try_from(start.as_second().div_euclid(86_400)).ok()?))
}

/// Writes a day as a form wants it.
pub(crate) fn write(day: Day) -> String {
    let start = jiff::Timestamp::from_second(i64::from(day.0) * 86_400);
    start.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// Width of the picture, in its own units.
const WIDTH: i64 = 1_050;
/// Where the bars stand.
const GROUND: i64 = 120;
/// The height of the tallest bar.
const TALLEST: i64 = 100;

/// One day's bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Bar {
    /// The first instant of the day.
    pub(crate) at: i64,
    /// How many keys go on it.
    pub(crate) keys: i64,
    pub(crate) x: i64,
    pub(crate) y: i64,
    pub(crate) width: i64,
    pub(crate) height: i64,
    /// Whether its date is written beneath it.
    pub(crate) dated: bool,
}

/// One class over the days ahead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Row {
    /// The message that names the class.
    pub(crate) words: String,
    pub(crate) class: String,
    /// Within a day, a week, and all the days shown.
    pub(crate) counts: [i64; 3],
    /// The first day on which something goes.
    pub(crate) first: i64,
}

/// The bars from `from` on.
pub(crate) fn bars(from: Day, due: &[Due]) -> Vec<Bar> {
    let mut keys = BTreeMap::<i32, i64>::new();
    for one in due {
        *keys.entry(one.day).or_default() += one.keys;
    }
    let most = keys.values().copied().max().unwrap_or_default().max(1);
    let slot = WIDTH / i64::from(limits::AHEAD_DAYS);
    (0..limits::AHEAD_DAYS)
        .map(|n| {
            let day = from.plus(n);
            let keys = keys.get(&day.0).copied().unwrap_or_default();
            // Anything at all is seen.
            let height = if keys == 0 { 1 } else { (keys * TALLEST / most).max(4) };
            Bar {
                at: day.start().0,
                keys,
                x: i64::from(n) * slot + 3,
                y: GROUND - height,
                width: slot - 6,
                height,
                dated: n % 7 == 0,
            }
        })
        .collect()
}

/// The same by class.
pub(crate) fn rows(from: Day, due: &[Due]) -> Vec<Row> {
    let mut rows = BTreeMap::<&str, Row>::new();
    for one in due {
        let row = rows.entry(&one.class).or_insert_with(|| Row {
            words: names::class(&one.class),
            class: one.class.clone(),
            counts: [0; 3],
            first: Day(one.day).start().0,
        });
        for (within, count) in [1, 7, limits::AHEAD_DAYS].into_iter().zip(&mut row.counts) {
            if one.day < from.plus(within).0 {
                *count += one.keys;
            }
        }
    }
    rows.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_back_as_it_was_written_and_nothing_else_reads() {
        for text in ["1970-01-01", "2026-02-28", "2028-02-29", "2026-12-31"] {
            assert_eq!(write(read(text).unwrap()), text);
        }
        assert_eq!(read("1970-01-02"), Some(Day(1)));
        for text in ["", "2027-02-29", "3 November", "2026-13-01"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_tallest_bar_is_the_busiest_day_and_a_single_key_is_seen() {
        let due = |class: &str, day, keys| Due { class: class.into(), day, keys };
        let found = [due("chat", 10, 1), due("call-recording", 12, 300), due("chat", 12, 100)];
        let bars = bars(Day(10), &found);
        assert_eq!(bars.len(), 35);
        assert_eq!((bars[0].keys, bars[0].height), (1, 4));
        assert_eq!((bars[2].keys, bars[2].height, bars[2].y), (400, TALLEST, 20));
        assert_eq!((bars[1].keys, bars[1].height), (0, 1));
        let last = bars.last().unwrap();
        assert!(last.x + last.width <= WIDTH);
        let rows = rows(Day(10), &found);
        assert_eq!(rows[1].counts, [1, 101, 101]);
        assert_eq!(rows[0].counts, [0, 300, 300]);
    }
}
