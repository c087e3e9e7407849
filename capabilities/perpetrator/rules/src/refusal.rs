//! Why something may not be, in words for an officer at 3 a.m.

use crate::limits::{AHEAD_DAYS_MAX, CONDITIONS_MAX, SESSIONS_MAX, WORDS_CHARS_MAX};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No plan.
    #[error("There is no open plan for this person.")]
    NotOpen,
    /// One already.
    #[error("A plan for this person is open already: one person, one plan.")]
    Open,
    /// Another record stands for him.
    #[error("This record is part of the elder record {0}. Open the plan there.")]
    Elder(String),
    /// Nothing said.
    #[error("Write it down, for whoever reads this later.")]
    WordsMissing,
    /// Too long.
    #[error("That is too long: {WORDS_CHARS_MAX} characters.")]
    TooLong,
    /// Nobody asked about her.
    #[error("First say whether those he harmed are safe, and how it is known.")]
    SafetyMissing,
    /// No such strategy here.
    #[error("This strategy is not part of the plan. Make it part of it first.")]
    NoStrategy,
    /// It still owes something.
    #[error("Something of this strategy is still owed. Finish or drop it first.")]
    StrategyOwes,
    /// No such provider.
    #[error("Choose a provider from the list.")]
    NoProvider,
    /// One that holds no sessions.
    #[error("This provider holds no sessions. Set an action instead.")]
    NoProgramme,
    /// The past.
    #[error("That day is past. A plan is about what is to come.")]
    Past,
    /// The far future.
    #[error("That is too far ahead: {AHEAD_DAYS_MAX} days at most.")]
    TooFar,
    /// No such number.
    #[error("There is nothing open under this number.")]
    NoSuchNumber,
    /// How many sessions?
    #[error("A programme has between 1 and {SESSIONS_MAX} sessions.")]
    SessionsWrong,
    /// A session past the last.
    #[error("This programme has only {0} sessions.")]
    NoSuchSession(u32),
    /// Not yet held.
    #[error("This session is still to come: attendance is recorded once it was held.")]
    NotHeld,
    /// Not attended.
    #[error("He has not been to {0} of the sessions. Say that he failed it, or record them.")]
    SessionsOpen(u32),
    /// Too many.
    #[error("A plan holds no more than {CONDITIONS_MAX} conditions, and a bound on everything.")]
    TooMany,
    /// Breached already.
    #[error("This breach waits for a decision.")]
    BreachOpen,
    /// No breach.
    #[error("This condition is not breached.")]
    NoBreach,
    /// Varied until when?
    #[error("Say until when the changed condition holds.")]
    UntilMissing,
    /// Something undecided.
    #[error("A breach is undecided. Decide it before the plan is closed.")]
    UndecidedBreach,
    /// A condition that runs.
    #[error("A condition still holds. Say whether he kept it before the plan is closed.")]
    ConditionsOpen,
    /// Something is owed.
    #[error("An action or a programme is still open. Finish or drop it before the plan is closed.")]
    StillOwed,
    /// A year without holidays.
    #[error("The bank holidays of this year are not known. Ask for them to be added.")]
    NoCalendar,
}
