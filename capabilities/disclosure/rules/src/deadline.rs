//! What falls due, and when. Each deadline gives `Command::NoteTime`, which notes whatever is due
//! by then and not noted yet.

use crate::clocks::{Clocks, Moment};
use crate::event::Event;
use kernel::At;

/// The time of the present stage.
pub const STAGE_DUE: &str = "stage_due";
/// A pause goes on by itself.
pub const PAUSE_ENDS: &str = "pause_ends";
/// Warnings or marks of one kind in a table.
pub const MARKS_MAX: usize = 5;
/// Time runs out.
pub const WARNINGS: [&str; MARKS_MAX] =
    ["warning_1", "warning_2", "warning_3", "warning_4", "warning_5"];
/// Time has run out.
pub const OVERDUE: [&str; MARKS_MAX] =
    ["overdue_1", "overdue_2", "overdue_3", "overdue_4", "overdue_5"];

/// What an event sets (`Some`) or clears (`None`), by name.
pub fn changes(event: &Event) -> Vec<(&'static str, Option<At>)> {
    match event {
        Event::Applied { clocks, .. }
        | Event::StageCompleted { clocks, .. }
        | Event::DeviationApproved { clocks, .. }
        | Event::DecisionApproved { clocks, .. } => all(Some(clocks)),
        Event::Resumed { clocks, .. } => {
            let mut changes = all(Some(clocks));
            changes.push((PAUSE_ENDS, None));
            changes
        }
        Event::Paused { stops_total, until, .. } => {
            let mut changes = if *stops_total { all(None) } else { vec![(STAGE_DUE, None)] };
            changes.push((PAUSE_ENDS, Some(*until)));
            changes
        }
        Event::Made { .. } | Event::Closed { .. } => {
            let mut changes = all(None);
            changes.push((PAUSE_ENDS, None));
            changes
        }
        _ => vec![],
    }
}

fn all(clocks: Option<&Clocks>) -> Vec<(&'static str, Option<At>)> {
    let mut changes = vec![(STAGE_DUE, clocks.map(|clocks| clocks.stage_due_at))];
    let of = |moments: Option<&Vec<Moment>>, place: usize| Some(moments?.get(place)?.at);
    for (place, name) in WARNINGS.iter().enumerate() {
        changes.push((name, of(clocks.map(|clocks| &clocks.warnings), place)));
    }
    for (place, name) in OVERDUE.iter().enumerate() {
        changes.push((name, of(clocks.map(|clocks| &clocks.overdue), place)));
    }
    changes
}
