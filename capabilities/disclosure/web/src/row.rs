//! One application as a board shows it: nothing of a person, only where it stands and how long
//! it has.

use crate::bar::{Bar, bar};
use crate::names;
use crate::seen::Seen;
use disclosure::state::End;
use kernel::At;
use serde::Serialize;

/// A pause that runs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paused {
    pub(crate) reason: String,
    pub(crate) until: i64,
    pub(crate) stops_total: bool,
}

/// How it ended.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Ended {
    /// `made`, or the code of the reason.
    pub(crate) how: &'static str,
    pub(crate) channel: Option<&'static str>,
    pub(crate) days: u32,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) route: &'static str,
    pub(crate) entry: &'static str,
    pub(crate) stage: &'static str,
    /// The stage that took or takes the most.
    pub(crate) eats: &'static str,
    /// Whole days that it took.
    pub(crate) eats_days: u64,
    pub(crate) applied_at: i64,
    pub(crate) due_at: i64,
    pub(crate) stage_due_at: i64,
    pub(crate) days_left: i32,
    /// The last day, counted from the application.
    pub(crate) days: u32,
    /// The last warning that was given.
    pub(crate) warned: Option<u32>,
    pub(crate) overdue: bool,
    pub(crate) stage_late: bool,
    pub(crate) paused: Option<Paused>,
    pub(crate) level: Option<&'static str>,
    /// A decision or a departure waits for a second person.
    pub(crate) waits: bool,
    pub(crate) ended: Option<Ended>,
    pub(crate) bar: Bar,
    pub(crate) tone: &'static str,
}

/// The row of an application.
pub(crate) fn row(seen: &Seen, ended_at: Option<At>, now: At) -> Row {
    let case = &seen.case;
    let now = ended_at.unwrap_or(now);
    let longest = case.stage_that_eats_the_time(now);
    let took = case.time_by_stage(now).into_iter().filter(|(stage, _)| *stage == longest);
    let eats_days = took.map(|(_, took)| took.as_secs() / 86_400).max().unwrap_or(0);
    let open = seen.end.is_none();
    let (days_left, picture) = (case.days_left(now), bar(case, now));
    let overdue = open && days_left < 0;
    let stage_late = open && case.paused.is_none() && now >= case.clocks.stage_due_at;
    let given = case.clocks.warnings.iter().filter(|one| open && now >= one.at);
    let warned = given.map(|one| one.day).max();
    let proposed = case.decision.as_ref().is_some_and(|paper| paper.approved_by.is_none());
    let departs = case.deviations.iter().any(|departure| departure.agreed.is_none());
    let tone = match (overdue, warned.is_some() || stage_late, case.paused.is_some()) {
        (true, ..) => "danger",
        (_, true, _) => "warn",
        (_, _, true) => "info",
        _ => "plain",
    };
    Row {
        id: seen.id.to_string(),
        reference: names::reference(seen.id),
        route: case.route.code(),
        entry: case.entry.code(),
        stage: case.stage.code(),
        eats: longest.code(),
        eats_days,
        applied_at: case.applied_at.0,
        due_at: case.clocks.due_at.0,
        stage_due_at: case.clocks.stage_due_at.0,
        days_left,
        days: picture.last.day,
        warned,
        overdue,
        stage_late,
        paused: case.paused.as_ref().filter(|_| open).map(|pause| Paused {
            reason: pause.reason.clone(),
            until: pause.until.0,
            stops_total: pause.stops_total,
        }),
        level: case.risk.map(|(_, level)| level.code()),
        waits: open && (proposed || departs),
        ended: seen.end.map(ended),
        bar: picture,
        tone,
    }
}

const fn ended(end: End) -> Ended {
    match end {
        End::Made { channel, days } => Ended { how: "made", channel: Some(channel.code()), days },
        End::Closed { reason, days } => Ended { how: reason.code(), channel: None, days },
    }
}
