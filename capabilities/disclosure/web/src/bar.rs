//! The picture of an application: its days from left to right, each stage as long as it took,
//! pauses hatched over it, a line at every warning and at the last day.

use calendar::calendar_days_between;
use disclosure::{Case, Stage};
use kernel::At;
use serde::Serialize;

/// Units of the picture from its left to its right edge.
const WIDTH: f64 = 280.0;

/// One stretch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Stretch {
    /// The stage, or `paused`.
    pub(crate) what: &'static str,
    pub(crate) x: f64,
    pub(crate) width: f64,
}

/// One line across.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Tick {
    pub(crate) day: u32,
    pub(crate) x: f64,
}

/// The picture.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Bar {
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) pauses: Vec<Stretch>,
    pub(crate) warnings: Vec<Tick>,
    pub(crate) last: Tick,
}

/// How an application has spent its days until `now`, its end if it has one.
pub(crate) fn bar(case: &Case, now: At) -> Bar {
    let (from, due) = (case.applied_at, case.clocks.due_at);
    let end = due.max(now);
    let whole = (end.0 - from.0).max(1) as f64;
    let x = |at: At| tenth(WIDTH * (at.0 - from.0).clamp(0, end.0 - from.0) as f64 / whole);
    let stretch = |what, from: At, to: At| {
        let left = x(from);
        Stretch { what, x: left, width: tenth((x(to) - left).max(1.0)) }
    };
    let spent = case.spent.iter().map(|(stage, from, to)| stretch(stage.code(), *from, *to));
    let stretches = spent.chain([stretch(case.stage.code(), case.stage_since, now)]).collect();
    let over = case.pauses.iter().map(|pause| stretch("paused", pause.from, pause.to));
    let running = case.paused.as_ref().map(|pause| stretch("paused", pause.since, now));
    let days = calendar_days_between(from, At(due.0.saturating_sub(1)));
    Bar {
        stretches,
        pauses: over.chain(running).collect(),
        warnings: case.clocks.warnings.iter().map(|w| Tick { day: w.day, x: x(w.at) }).collect(),
        last: Tick { day: u32::try_from(days).unwrap_or(0), x: x(due) },
    }
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// The stages that an application goes through, in order.
pub(crate) fn stages(case: &Case) -> Vec<Stage> {
    let asked = case.route.is_ask();
    let mut all = vec![Stage::Initial];
    while let Some(next) = all.last().and_then(|stage| stage.next(asked)) {
        all.push(next);
    }
    all
}
