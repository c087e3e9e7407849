//! Why something may not be, in words for an officer at 3 a.m.

use crate::refusal::Refusal as Common;
use calendar::NoCalendar;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is recorded.
    #[error("This is recorded already.")]
    MadeAlready,
    /// It does not stand.
    #[error("This does not stand any more.")]
    NotStanding,
    /// Nobody is bound by it.
    #[error("Say whom it binds.")]
    SuspectMissing,
    /// Nothing is forbidden by it.
    #[error("Say what he must and must not do.")]
    TermsMissing,
    /// No reason.
    #[error("Say why.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// A time that is not here yet.
    #[error("That time is still to come.")]
    InFuture,
    /// No end.
    #[error("Say on which day it ends.")]
    EndMissing,
    /// Neither an end nor a review.
    #[error("Say on which day it ends or is looked at again: nothing stands here unwatched.")]
    EndOrReviewMissing,
    /// An end or review that has passed.
    #[error("That day has passed.")]
    DayPassed,
    /// An end before the start.
    #[error("It would end before it starts.")]
    EndBeforeStart,
    /// A domestic violence protection order of another length.
    #[error(
        "A domestic violence protection order stands for 14 to 28 days, \
         the day on which it is made among them."
    )]
    OrderDays,
    /// Bail longer than that officer may give.
    #[error(
        "Bail before charge: three months at first, six with an inspector, \
         nine with a superintendent, longer with a court."
    )]
    BailTooLong,
    /// Not longer.
    #[error("That is not later than the end it has now.")]
    NotLonger,
    /// It had ended when it was extended.
    #[error("It had ended by then. Record that it ended, or record a new one.")]
    EndedBefore,
    /// A notice or order that nobody extends.
    #[error("This cannot be extended. Record how it ended, and the new one if there is one.")]
    NotExtendable,
    /// A court extends it and nobody else.
    #[error("Only a court extends this.")]
    CourtAlone,
    /// A day in court that is over.
    #[error("A court date is in the future. This one has passed.")]
    CourtInPast,
    /// A hearing after the forty-eight hours.
    #[error("The court must hear this within 48 hours of the notice. That date is too late.")]
    HearingTooLate,
    /// No such way of telling.
    #[error("Choose how she was told.")]
    TellingUnknown,
    /// Nothing to tell.
    #[error("She has been told everything so far.")]
    NothingToTell,
    /// She waits to hear.
    #[error(
        "Tell her first. She is owed word of what happened in this case, \
         and nothing of it is closed before she has it."
    )]
    TellHerFirst,
    /// It stands.
    #[error("It still stands. Record how it ended.")]
    StillStands,
    /// It is put away.
    #[error("This is closed already.")]
    ClosedAlready,
    /// The clock is not due, or moved.
    #[error("That time is not up.")]
    NotDue,
    /// The days cannot be counted.
    #[error("{0}")]
    Calendar(#[from] NoCalendar),
}

impl From<Common> for Refusal {
    /// What is said of any text.
    fn from(common: Common) -> Self {
        match common {
            Common::TooLong => Self::TooLong,
            Common::SuspectMissing => Self::SuspectMissing,
            Common::TermsMissing => Self::TermsMissing,
            Common::Calendar(why) => Self::Calendar(why),
            _ => Self::ReasonMissing,
        }
    }
}
