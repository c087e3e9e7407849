//! What a force sets for assessments: hours and days, as data with a version.

use crate::event::Cause;
use kernel::At;
use kernel::time::hours;
use serde::Deserialize;

/// One versioned set of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which version this is.
    pub version: u32,
    /// Within how many hours a high grade has a second one.
    pub second_grade_hours: u32,
    /// After how many days a high grade is assessed again, whatever happened.
    pub high_grade_days: u32,
    /// Within how many hours she is seen in person, once a visit is what lets a case close.
    pub visit_hours_max: u32,
    /// Within how many hours she is assessed again, by what asks for it.
    pub reassess_hours: ReassessHours,
}

/// Hours by cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReassessHours {
    /// He did what an order forbids.
    pub order_breached: u32,
    /// He left custody.
    pub released: u32,
    /// What came of the arrest is decided.
    pub outcome: u32,
    /// Bail or an order is over.
    pub order_ended: u32,
    /// She reported again.
    pub new_incident: u32,
    /// Answers changed after the grade.
    pub answers_changed: u32,
    /// A high grade is old.
    pub clock: u32,
}

impl Policy {
    /// By when a high grade has a second one. The hours run at night and at weekends too.
    //= Force policy, risk assessment: somebody who did not make it looks at every high grade,
    //=  within a day unless the force says sooner
    pub fn second_due(&self, graded_at: At) -> At {
        graded_at.plus(hours(u64::from(self.second_grade_hours)))
    }

    /// When a high grade is too old to stand alone.
    //= National Police Chiefs' Council, statement on risk assessment: an assessment is a
    //=  snapshot in time, and is made again
    pub fn review_at(&self, graded_at: At) -> At {
        graded_at.plus(hours(24 * u64::from(self.high_grade_days)))
    }

    /// By when she is assessed again.
    //= Force policy, risk assessment: what changes her danger asks for a new assessment within
    //=  the hours that the force sets for it
    pub fn reassess_due(&self, cause: Cause, since: At) -> At {
        let of = &self.reassess_hours;
        let within = match cause {
            Cause::OrderBreached => of.order_breached,
            Cause::Released => of.released,
            Cause::Outcome => of.outcome,
            Cause::OrderEnded => of.order_ended,
            Cause::NewIncident => of.new_incident,
            Cause::AnswersChanged => of.answers_changed,
            Cause::Clock => of.clock,
        };
        since.plus(hours(u64::from(within)))
    }

    /// Why these data cannot be used, if they cannot.
    pub fn fault(&self) -> Option<&'static str> {
        let of = &self.reassess_hours;
        let numbers = [
            self.version,
            self.second_grade_hours,
            self.high_grade_days,
            self.visit_hours_max,
            of.order_breached,
            of.released,
            of.outcome,
            of.order_ended,
            of.new_incident,
            of.answers_changed,
            of.clock,
        ];
        numbers.contains(&0).then_some("every number is at least 1")
    }
}
