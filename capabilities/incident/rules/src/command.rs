//! What can be asked of an incident. The grade table and the hub's availability come in with
//! the command: rules look nothing up.

use crate::OfferId;
use crate::grade::{Cause, Grade, GradeTable};
use crate::report::Report;
use crate::route::{Availability, CallBack, Closure, Contact, Decline, InPerson, Location, Loss};
use crate::screening::{Answer, Rule};
use kernel::At;

/// One answer in the screening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Which rule.
    pub rule: Rule,
    /// The answer.
    pub answer: Answer,
    /// What she said; may be empty.
    pub note: String,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take a report.
    Report(Box<Report>),
    /// Add something to the record.
    Note { note: String },
    /// Decide how fast.
    Grade { grade: Grade, reason: String, table: GradeTable },
    /// Decide again.
    Regrade { grade: Grade, cause: Cause, reason: String, table: GradeTable },
    /// Keep the answer to one rule; the next one in order, or one already asked.
    Answer(Answered),
    /// Conclude the screening from the answers kept.
    Conclude,
    /// All at once, as the force's own system asks it.
    Screen { answers: Vec<Answered> },
    /// Ask the rules anew: something changed.
    ScreenAgain,
    /// Put the video response to her.
    Offer { offer: OfferId, availability: Availability },
    /// She says yes.
    Accept { offer: OfferId, contact: Contact, language: String },
    /// She says no.
    Decline { offer: OfferId, reason: Decline, note: String },
    /// It cannot be made or kept.
    Lose { reason: Loss, availability: Availability },
    /// Take the offer back.
    TakeBack { reason: String },
    /// Let the telephone line go.
    ClearLine,
    /// The video response ended, with the call's own code for it.
    EndResponse { offer: OfferId, outcome: String, in_person: bool },
    /// Somebody will come.
    RouteInPerson { reason: InPerson, note: String },
    /// Ask for a patrol.
    RequestPatrol { reason: String, location: Option<Location> },
    /// The patrol is there.
    NotePatrolAttended { attended_at: At },
    /// He is back, or the silent sign: Immediate and a patrol, whatever else is going on.
    SignalDanger { cause: Cause, location: Option<Location>, table: GradeTable },
    /// The deadline `target_due`.
    NoteTargetMissed { target_at: At },
    /// Somebody tried to reach her again.
    CountCallBack { outcome: CallBack, note: String },
    /// Nothing more is owed.
    Close { outcome: Closure, note: String },
    /// Something is owed again.
    Reopen { reason: String },
}
