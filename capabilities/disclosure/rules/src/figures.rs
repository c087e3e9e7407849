//! What a force is asked for every year: applications and disclosures by route, how long they
//! took, how she was told and how they ended. Small numbers are not shown, nor what would give
//! them away.

use crate::application::Route;
use crate::codes;
use crate::script::Channel;
use kernel::At;
use stats::suppression::{Cell, Sum, suppress};
use std::collections::BTreeMap;

codes! {
    /// How an application stands or ended.
    Ending {
        /// Still open.
        Open = "open",
        /// She was told.
        Disclosed = "disclosed",
        /// Two people decided not to tell.
        NotDisclosed = "not_disclosed",
        /// It ended another way.
        EndedOtherwise = "ended_otherwise",
        /// It left the scheme as an emergency.
        Emergency = "emergency",
    }
}

codes! {
    /// How long a disclosure took.
    Band {
        /// 28 days or fewer.
        Within28 = "within_28",
        /// 29 to 35 days.
        To35 = "29_to_35",
        /// More.
        Over35 = "over_35",
    }
}

codes! {
    /// Which years are meant.
    YearBasis {
        /// From 1 January.
        Calendar = "calendar",
        /// From 1 April.
        Financial = "financial",
    }
}

/// One application, as a read model keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// By which right.
    pub route: Route,
    /// When.
    pub applied_at: At,
    /// How it stands.
    pub ending: Ending,
    /// When she was told and how, when she was.
    pub told: Option<(At, Channel)>,
}

/// One line of a year. Applications are counted in the year in which they came, disclosures in
/// the year in which they were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The route; nothing for all of them.
    pub route: Option<Route>,
    /// Applications.
    pub applications: Cell,
    /// Of these, by how they stand, in the order of `Ending::ALL`.
    pub endings: Vec<Cell>,
    /// Disclosures.
    pub disclosures: Cell,
    /// Of these, by how long they took, in the order of `Band::ALL`.
    pub bands: Vec<Cell>,
    /// Of these, by how she was told, in the order of `Channel::ALL`.
    pub channels: Vec<Cell>,
    /// Tenths of a per cent within 28 days; nothing when it would show a small number.
    pub within_28_permille: Option<u64>,
    /// Tenths of a per cent within 35 days; nothing when it would show a small number.
    pub within_35_permille: Option<u64>,
    /// The longest in days; nothing when it would be somebody's own.
    pub longest_days: Option<u32>,
}

/// One year: a line a route, then all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Year {
    /// The year in which it begins.
    pub year: i16,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The year in which a local day falls.
pub fn year_of(at: At, basis: YearBasis) -> i16 {
    let day = calendar::civil_day(at);
    let before = basis == YearBasis::Financial && day.month() < 4;
    day.year() - i16::from(before)
}

/// Calendar days from application to telling.
fn days(row: &Row) -> Option<u32> {
    let (told_at, _) = row.told?;
    let days = calendar::calendar_days_between(row.applied_at, told_at);
    Some(u32::try_from(days).unwrap_or(0))
}

const fn band(days: u32) -> Band {
    match days {
        0..=28 => Band::Within28,
        29..=35 => Band::To35,
        _ => Band::Over35,
    }
}

/// The figures of every year that has any, the earliest first.
pub fn figures(rows: &[Row], basis: YearBasis) -> Vec<Year> {
    let mut years: BTreeMap<i16, (Vec<&Row>, Vec<&Row>)> = BTreeMap::new();
    for row in rows {
        years.entry(year_of(row.applied_at, basis)).or_default().0.push(row);
        if let Some((told_at, _)) = row.told {
            years.entry(year_of(told_at, basis)).or_default().1.push(row);
        }
    }
    years.into_iter().map(|(year, (applied, told))| of_year(year, &applied, &told)).collect()
}

const ROUTES: usize = Route::ALL.len();
/// Columns of one line: applications, endings, disclosures, bands, channels.
const ENDINGS: usize = 1;
const DISCLOSURES: usize = ENDINGS + Ending::ALL.len();
const BANDS: usize = DISCLOSURES + 1;
const CHANNELS: usize = BANDS + Band::ALL.len();
const COLUMNS: usize = CHANNELS + Channel::ALL.len();

fn of_year(year: i16, applied: &[&Row], told: &[&Row]) -> Year {
    let counts: Vec<u64> =
        (0..=ROUTES).flat_map(|line| count(Route::ALL.get(line).copied(), applied, told)).collect();
    let cells = suppress(&counts, &sums());
    let lines = (0..=ROUTES).map(|line| {
        let route = Route::ALL.get(line).copied();
        let longest = told.iter().filter(|row| is_of(row, route)).filter_map(|row| days(row)).max();
        shown(route, &cells[line * COLUMNS..(line + 1) * COLUMNS], longest)
    });
    Year { year, lines: lines.collect() }
}

fn is_of(row: &Row, route: Option<Route>) -> bool {
    route.is_none_or(|route| row.route == route)
}

fn count(route: Option<Route>, applied: &[&Row], told: &[&Row]) -> Vec<u64> {
    let number = |rows: &[&Row], wanted: &dyn Fn(&Row) -> bool| {
        rows.iter().filter(|row| is_of(row, route) && wanted(row)).count() as u64
    };
    let mut counts = vec![number(applied, &|_| true)];
    counts.extend(Ending::ALL.iter().map(|one| number(applied, &|row| row.ending == *one)));
    counts.push(number(told, &|_| true));
    let in_band = |row: &Row, one: Band| days(row).is_some_and(|days| band(days) == one);
    counts.extend(Band::ALL.iter().map(|one| number(told, &|row| in_band(row, *one))));
    let by = |row: &Row, one: Channel| row.told.is_some_and(|(_, channel)| channel == one);
    counts.extend(Channel::ALL.iter().map(|one| number(told, &|row| by(row, *one))));
    counts
}

/// Everything that adds up to something shown: within a line, and down each column.
fn sums() -> Vec<Sum> {
    let mut sums = vec![];
    for line in 0..=ROUTES {
        let place = |column: usize| line * COLUMNS + column;
        let parts = |from: usize, n: usize| (from..from + n).map(place).collect();
        sums.push(Sum { total: place(0), parts: parts(ENDINGS, Ending::ALL.len()) });
        sums.push(Sum { total: place(DISCLOSURES), parts: parts(BANDS, Band::ALL.len()) });
        sums.push(Sum { total: place(DISCLOSURES), parts: parts(CHANNELS, Channel::ALL.len()) });
    }
    for column in 0..COLUMNS {
        let parts = (0..ROUTES).map(|line| line * COLUMNS + column).collect();
        sums.push(Sum { total: ROUTES * COLUMNS + column, parts });
    }
    sums
}

fn shown(route: Option<Route>, cells: &[Cell], longest: Option<u32>) -> Line {
    let bands = &cells[BANDS..CHANNELS];
    let disclosures = cells[DISCLOSURES];
    let share = |parts: &[Cell]| {
        let total = disclosures.count().filter(|total| *total > 0)?;
        let part = parts.iter().map(|cell| cell.count()).sum::<Option<u64>>()?;
        Some(part * 1_000 / total)
    };
    Line {
        route,
        applications: cells[0],
        endings: cells[ENDINGS..DISCLOSURES].to_vec(),
        disclosures,
        bands: bands.to_vec(),
        channels: cells[CHANNELS..].to_vec(),
        within_28_permille: share(&bands[..1]),
        within_35_permille: share(&bands[..2]),
        longest_days: longest.filter(|_| disclosures.count().is_some_and(|n| n > 0)),
    }
}
