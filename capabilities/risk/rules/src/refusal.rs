//! Why something may not be, in words for an officer at 3 a.m.

use crate::limits::{NOTE_CHARS_MAX, REASON_CHARS_MAX};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was asked.
    #[error("Ask at least one question before you grade.")]
    NothingAnswered,
    /// No reason for the grade.
    #[error("Say in your own words why. The answers do not decide it: you do.")]
    ReasonMissing,
    /// Too long.
    #[error(
        "That is too long: {NOTE_CHARS_MAX} characters for a note, {REASON_CHARS_MAX} \
         for a reason."
    )]
    TooLong,
    /// The questions changed meanwhile.
    #[error(
        "The questions in force are other ones now. Begin again with them: what she \
         answered stays on record."
    )]
    OtherInstrument,
    /// A question or an answer that the pack does not have.
    #[error("\"{0}\" has no such answer, or is not asked in this pack.")]
    NoSuchAnswer(String),
    /// Nothing to mark.
    #[error("No assessment is under way.")]
    NotUnderWay,
    /// It goes on.
    #[error("This assessment is under way: grade it before another begins.")]
    UnderWay,
    /// Nobody said who can hear her.
    #[error("Say first who can hear her. An answer means something else when he is in the room.")]
    EarshotMissing,
    /// Alone and not alone.
    #[error("She is alone or she is not: choose one of the two.")]
    AloneWithOthers,
    /// Two answers that cannot both be.
    #[error(
        "Two answers contradict each other: {says} Correct one of them, or say why \
         both are so."
    )]
    Contradiction {
        /// The rule.
        rule: String,
        /// In the pack's words.
        says: String,
    },
    /// Nothing to grade again.
    #[error("Nobody has graded this yet.")]
    NotGraded,
    /// A second grade by the one who gave the first.
    #[error("You made this assessment. Somebody else gives the second grade.")]
    Author,
    /// Not a supervisor or specialist.
    #[error("A second grade is given by a supervisor or a specialist.")]
    NotSecondGrader,
    /// Not a supervisor.
    #[error("A supervisor who did not make the assessment decides this.")]
    NotSupervisor,
    /// A system without a person behind it.
    #[error("Say which officer judges: a grade is a person's, never a system's.")]
    OfficerMissing,
    /// A visit in the past or too far ahead.
    #[error("A visit is in the next {0} hours.")]
    VisitTime(u32),
    /// A visit that has not been.
    #[error("That is in the future.")]
    InFuture,
    /// No visit.
    #[error("Book a visit first, or record the one that was made.")]
    VisitMissing,
    /// She was seen, or nothing was assessed.
    #[error("Nothing stands against closing here.")]
    NothingToAllow,
    /// The first assessment was made without seeing her.
    #[error(
        "Her risk was first assessed without seeing her: by voice, or cut short. Book \
         or make a visit, and have a supervisor allow the close with a reason."
    )]
    NotSeen,
}
