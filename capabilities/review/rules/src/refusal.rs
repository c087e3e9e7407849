//! Why something may not be, in words for an officer at 3 a.m.

use crate::command::Part;
use crate::limits::{OFFENCE_CHARS_MAX, WORDS_CHARS_MAX};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody put it up.
    #[error("There is nothing to review here.")]
    NotOpen,
    /// It was.
    #[error("This has been reviewed already. Open the page again to see what was found.")]
    Reviewed,
    /// The rule of the house.
    #[error("The reviewer is never the author: you {}. Somebody else reviews this.", .0.words())]
    Author(Part),
    /// The same, for a sample.
    #[error("Nobody judges her own work: you {}. Another specialist reads this one.", .0.words())]
    OwnWork(Part),
    /// Two at once.
    #[error("Somebody else has taken this. A supervisor can take it over once it is late.")]
    TakenByOther,
    /// Not hers.
    #[error("Take it first, so that the others see who reviews it.")]
    TakeFirst,
    /// A machine cannot review.
    #[error("A review is made by a person who is signed in.")]
    StaffOnly,
    /// Nothing was chosen.
    #[error("Choose at least one outcome.")]
    OutcomeMissing,
    /// Crime and no crime.
    #[error("It is a crime or it is not: choose one of the two.")]
    Contradiction,
    /// Closed and something more.
    #[error("Closed as nothing to review stands alone: take the other outcomes out.")]
    CloseAlone,
    /// Neither.
    #[error("Say too whether it is a crime: confirm, or re-class it.")]
    CrimeOpen,
    /// It is one.
    #[error("It was recorded as a crime meanwhile, and cannot be confirmed as none.")]
    CrimeAlready,
    /// No finding.
    #[error("Write what you found, and why.")]
    FindingMissing,
    /// No offence.
    #[error("Name the offence.")]
    OffenceMissing,
    /// No grade.
    #[error("Choose how high the risk is.")]
    RaiseMissing,
    /// No reason.
    #[error("Say why, for whoever takes it next.")]
    ReasonMissing,
    /// Nothing said.
    #[error("Write what was done.")]
    NoteMissing,
    /// Not asked for, or done.
    #[error("This was not asked for, or it has been done.")]
    NoSuchTask,
    /// Drawn before.
    #[error("This week's sample has been drawn. It is not drawn again until it suits.")]
    Drawn,
    /// Not drawn.
    #[error("This is not in the sample.")]
    NotInSample,
    /// Judged before.
    #[error("This one has been read already.")]
    Judged,
    /// Missed, but what?
    #[error("Choose what was missed.")]
    MissedWhat,
    /// Not missed, but what was missed is said.
    #[error("Nothing was missed, or this was: choose one of the two.")]
    MissedNothing,
    /// A year without holidays.
    #[error("The bank holidays of this year are not known. Ask for them to be added.")]
    NoCalendar,
    /// Too long.
    #[error("That is too long: {WORDS_CHARS_MAX} characters, {OFFENCE_CHARS_MAX} for an offence.")]
    TooLong,
}
