//! Applications and disclosures by year, drawn from what may be shown and nothing else: a year
//! whose count is hidden has no bar, only its mark.

use super::name;
use ::disclosure::Cell;
use ::disclosure::figures::{Year, YearBasis};
use serde::Serialize;

/// Years drawn: what fits a screen; the table below has them all.
const YEARS_MAX: usize = 10;
/// Width of a year, of a bar, and the height of the tallest, in units of the drawing.
const YEAR_WIDE: u64 = 72;
const BAR_WIDE: u64 = 26;
const TALLEST: u64 = 120;
/// Room above the tallest bar for its number, and below for the year.
const ABOVE: u64 = 18;
const BELOW: u64 = 22;

/// The drawing.
#[derive(Serialize)]
pub(crate) struct Chart {
    width: u64,
    height: u64,
    floor: u64,
    bar: u64,
    years: Vec<Bars>,
}

/// One year.
#[derive(Serialize)]
struct Bars {
    name: String,
    middle: u64,
    applications: Bar,
    disclosures: Bar,
}

/// One bar and the number above it.
#[derive(Serialize)]
struct Bar {
    x: u64,
    y: u64,
    height: u64,
    text: String,
    text_x: u64,
    text_y: u64,
}

pub(crate) fn of(years: &[Year], basis: YearBasis) -> Option<Chart> {
    let newest = years.iter().take(YEARS_MAX);
    // The last line of a year is all routes together.
    let totals = newest.filter_map(|year| Some((year.year, year.lines.last()?)));
    let mut totals: Vec<_> = totals.collect();
    totals.reverse();
    let counts = totals.iter().flat_map(|(_, line)| [line.applications, line.disclosures]);
    let most = counts.filter_map(Cell::count).max().filter(|most| *most > 0)?;
    let bars = totals.iter().enumerate().map(|(place, (year, line))| {
        let left = place as u64 * YEAR_WIDE + (YEAR_WIDE - 2 * BAR_WIDE) / 2;
        Bars {
            name: name(*year, basis),
            middle: place as u64 * YEAR_WIDE + YEAR_WIDE / 2,
            applications: bar(line.applications, left, most),
            disclosures: bar(line.disclosures, left + BAR_WIDE, most),
        }
    });
    Some(Chart {
        width: totals.len() as u64 * YEAR_WIDE,
        height: ABOVE + TALLEST + BELOW,
        floor: ABOVE + TALLEST,
        bar: BAR_WIDE - 2,
        years: bars.collect(),
    })
}

fn bar(cell: Cell, x: u64, most: u64) -> Bar {
    let height = cell.count().map_or(0, |count| count * TALLEST / most);
    let y = ABOVE + TALLEST - height;
    Bar { x, y, height, text: cell.to_string(), text_x: x + BAR_WIDE / 2, text_y: y - 5 }
}
