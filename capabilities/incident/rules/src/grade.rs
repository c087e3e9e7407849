//! How fast somebody must respond. Target times are data, per force, versioned: a table comes
//! in with the command, and what it said stays with the event.

use kernel::{At, time::minutes};
use serde::{Deserialize, Serialize};

/// How fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Danger to life, or a crime under way: a patrol, now.
    Immediate,
    /// Soon: there is a degree of urgency.
    Priority,
    /// By appointment.
    Scheduled,
    /// Nobody needs to be sent.
    ResolvedWithoutDeployment,
}

impl Grade {
    /// Every grade, fastest first.
    pub const ALL: [Self; 4] =
        [Self::Immediate, Self::Priority, Self::Scheduled, Self::ResolvedWithoutDeployment];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Priority => "priority",
            Self::Scheduled => "scheduled",
            Self::ResolvedWithoutDeployment => "resolved_without_deployment",
        }
    }
}

/// One version of a force's target times, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeTable {
    /// Which version; it goes up with every change.
    pub version: u32,
    /// Minutes for Immediate.
    pub immediate_minutes: u32,
    /// Minutes for Priority.
    pub priority_minutes: u32,
    /// Minutes for Scheduled.
    pub scheduled_minutes: u32,
    /// Minutes in which somebody must have called back when nobody is sent.
    pub resolved_minutes: u32,
}

impl GradeTable {
    /// Minutes for this grade.
    pub const fn minutes(&self, grade: Grade) -> u32 {
        match grade {
            Grade::Immediate => self.immediate_minutes,
            Grade::Priority => self.priority_minutes,
            Grade::Scheduled => self.scheduled_minutes,
            Grade::ResolvedWithoutDeployment => self.resolved_minutes,
        }
    }

    /// When the target is up, counted from `from`.
    pub const fn target(&self, grade: Grade, from: At) -> At {
        from.plus(minutes(self.minutes(grade) as u64))
    }
}

/// Why a grade was changed, as a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// It was graded so from the start.
    Graded,
    /// Somebody in the control room thought again.
    Reconsidered,
    /// An answer in the screening spoke of danger.
    Screening,
    /// The offender is back, said by anyone.
    OffenderReturned,
    /// The silent sign from her page.
    DangerSignal,
}

impl Cause {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Graded => "graded",
            Self::Reconsidered => "reconsidered",
            Self::Screening => "screening",
            Self::OffenderReturned => "offender_returned",
            Self::DangerSignal => "danger_signal",
        }
    }
}
