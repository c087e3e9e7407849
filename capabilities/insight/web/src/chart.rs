//! Charts as plain geometry, for a template to draw: bars by week, and two lines for how long.
//! What is too small to be shown has a mark of its own and no height.

use crate::report::Report;
use crate::table::counted;
use crate::words;
use ::insight::Measure;
use ::insight::figures::Timed;
use serde::Serialize;
use stats::suppression::Cell;

/// The drawing is this wide.
const WIDTH: u64 = 360;
/// Bars and lines are at most this high; below them stand the weeks.
const HEIGHT: u64 = 90;

/// One bar.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Bar {
    x: u64,
    y: u64,
    width: u64,
    height: u64,
    /// Where the mark of a hidden count stands.
    middle: u64,
    /// As it may be shown.
    shown: String,
    hidden: bool,
    week: String,
}

/// One chart.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chart {
    id: String,
    title: String,
    bars: Vec<Bar>,
    /// Points of the lines, each a piece without a gap.
    half: Vec<String>,
    most: Vec<String>,
    /// What the top is.
    top: u64,
    first: String,
    last: String,
    shown: String,
    before: String,
}

/// Bars of how often.
pub(crate) fn bars(report: &Report, measure: Measure) -> Option<Chart> {
    let line = counted(report, measure)?;
    let top = line.weeks.iter().filter_map(|cell| cell.count()).max().unwrap_or(0).max(5);
    let weeks = line.weeks.len().max(1) as u64;
    let step = WIDTH / weeks;
    let bars = line.weeks.iter().zip(report.period.mondays()).zip(0_u64..);
    let bars = bars.map(|((cell, monday), place)| bar(*cell, monday.to_string(), place, step, top));
    Some(Chart {
        id: format!("chart-{}", measure.code()),
        title: words::measure(measure),
        bars: bars.collect(),
        half: vec![],
        most: vec![],
        top,
        shown: line.total.to_string(),
        before: line.before.to_string(),
        ..ends(report)
    })
}

fn bar(cell: Cell, week: String, place: u64, step: u64, top: u64) -> Bar {
    let height = cell.count().map_or(0, |count| (count * HEIGHT).div_ceil(top));
    Bar {
        x: place * step + 1,
        y: HEIGHT - height,
        width: step.saturating_sub(2).max(1),
        height,
        middle: place * step + step / 2,
        shown: cell.to_string(),
        hidden: cell.count().is_none(),
        week,
    }
}

/// Two lines of how long, in minutes.
pub(crate) fn lines(report: &Report, timed: &Timed) -> Chart {
    let most = timed.weeks.iter().flatten().map(|one| one.most).max().unwrap_or(0);
    let top = most.div_ceil(60).max(5);
    let step = WIDTH / timed.weeks.len().max(1) as u64;
    let place = |week: usize, seconds: u64| {
        let height = (seconds * HEIGHT / 60).div_ceil(top).min(HEIGHT);
        format!("{},{}", week as u64 * step + step / 2, HEIGHT - height)
    };
    let shown = |seconds: Option<u64>| {
        seconds.map_or_else(|| "*".to_owned(), |seconds| seconds.div_ceil(60).to_string())
    };
    let (all, before) = (timed.all, timed.before);
    Chart {
        id: format!("chart-time-{}", timed.measure.code()),
        title: words::say(&format!("insight-time-{}", timed.measure.code())),
        bars: vec![],
        half: pieces(timed.weeks.iter().map(|one| one.map(|one| one.half)), &place),
        most: pieces(timed.weeks.iter().map(|one| one.map(|one| one.most)), &place),
        top,
        shown: format!("{} / {}", shown(all.map(|o| o.half)), shown(all.map(|o| o.most))),
        before: format!("{} / {}", shown(before.map(|o| o.half)), shown(before.map(|o| o.most))),
        ..ends(report)
    }
}

/// Pieces of a line between the weeks of which nothing may be shown.
fn pieces(
    weeks: impl Iterator<Item = Option<u64>>,
    place: &dyn Fn(usize, u64) -> String,
) -> Vec<String> {
    let mut all: Vec<Vec<String>> = vec![vec![]];
    for (week, seconds) in weeks.enumerate() {
        match (seconds, all.last_mut()) {
            (Some(seconds), Some(piece)) => piece.push(place(week, seconds)),
            (None, Some(piece)) if !piece.is_empty() => all.push(vec![]),
            _ => {}
        }
    }
    let all = all.into_iter().filter(|piece| !piece.is_empty());
    // One week alone is a dot: a line from itself to itself.
    all.map(|piece| match piece.as_slice() {
        [one] => format!("{one} {one}"),
        many => many.join(" "),
    })
    .collect()
}

fn ends(report: &Report) -> Chart {
    let mondays = report.period.mondays();
    let at = |place: Option<&calendar::Date>| place.map(ToString::to_string).unwrap_or_default();
    Chart {
        id: String::new(),
        title: String::new(),
        bars: vec![],
        half: vec![],
        most: vec![],
        top: 0,
        first: at(mondays.first()),
        last: at(mondays.last()),
        shown: String::new(),
        before: String::new(),
    }
}
