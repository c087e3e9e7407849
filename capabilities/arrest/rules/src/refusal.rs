//! Why something may not be, in words for an officer at 3 a.m.

use calendar::NoCalendar;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody is named or described.
    #[error("Say who is to be arrested: a name, or how to recognise him.")]
    SuspectMissing,
    /// No grounds.
    #[error("Say what he is suspected of, and why.")]
    GroundsMissing,
    /// No necessity.
    #[error("Choose at least one reason why an arrest is necessary.")]
    NecessityMissing,
    /// Necessity without words.
    #[error("Say in your own words why it is necessary.")]
    NecessityWordsMissing,
    /// Nobody thought of the team.
    #[error("Say what the team must know before it knocks. If nothing is known, write that.")]
    RisksMissing,
    /// No reason.
    #[error("Say why.")]
    ReasonMissing,
    /// No place.
    #[error("Say where.")]
    PlaceMissing,
    /// No reference.
    #[error("Give the reference under which he is circulated.")]
    ReferenceMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// It was requested before.
    #[error("This arrest was requested already.")]
    AlreadyRequested,
    /// Another stream asks for the same person.
    #[error(
        "There is an open request for this person in this incident already. \
         The rule is one open request for one person: add to that one."
    )]
    OpenAlready,
    /// There is none, or it is put away.
    #[error("This request is not open.")]
    NotOpen,
    /// He is arrested or came by himself already.
    #[error("He has been arrested or has attended already.")]
    MadeAlready,
    /// Nothing was made yet.
    #[error("Record the arrest or the voluntary attendance first.")]
    NotMade,
    /// No such team.
    #[error("Choose a team.")]
    TeamUnknown,
    /// No such result.
    #[error("Choose how the attempt ended.")]
    ResultUnknown,
    /// No such outcome.
    #[error("Choose what came of it.")]
    OutcomeUnknown,
    /// No such way of telling.
    #[error("Choose how she was told.")]
    TellingUnknown,
    /// Somebody else has it.
    #[error("Somebody has taken this already. It is handed over with a reason, not taken.")]
    TakenAlready,
    /// Nobody has it.
    #[error("No team has this yet. Assign it to one.")]
    NotAssigned,
    /// A time that is not here yet.
    #[error("That time is still to come.")]
    InFuture,
    /// He is wanted already.
    #[error("He is circulated already.")]
    CirculatedAlready,
    /// He is not wanted.
    #[error("He is not circulated.")]
    NotCirculated,
    /// He would be arrested again.
    #[error("He is still circulated as wanted. Cancel the circulation first.")]
    StillCirculated,
    /// He is not in custody.
    #[error("He is not in custody.")]
    NotInCustody,
    /// A day in court that is over.
    #[error("A court date is in the future. This one has passed.")]
    CourtInPast,
    /// Bail without an end.
    #[error("Say on which day bail ends.")]
    BailEndMissing,
    /// Bail without conditions.
    #[error("Say what the bail conditions are. If there are none, write that.")]
    TermsMissing,
    /// Bail longer than the law lets anybody give.
    #[error("Bail before charge is for three months from the day after the arrest at most.")]
    BailTooLong,
    /// An end or review that has passed.
    #[error("That day has passed.")]
    DayPassed,
    /// She waits to hear.
    #[error(
        "Tell her first. She is owed word of what happened in this case, \
         and nothing of it is closed before she has it."
    )]
    TellHerFirst,
    /// Nothing to tell.
    #[error("She has been told everything so far.")]
    NothingToTell,
    /// It has been asked.
    #[error("A withdrawal has been asked for already.")]
    WithdrawalAsked,
    /// It has not been asked.
    #[error("Nobody has asked to withdraw this.")]
    WithdrawalNotAsked,
    /// One person alone.
    #[error("A supervisor other than whoever asked decides on a withdrawal.")]
    AnotherPerson,
    /// It is not over yet.
    #[error("Record an outcome after which nothing more is expected.")]
    NotSettled,
    /// The clock is not due, or moved.
    #[error("That time is not up.")]
    NotDue,
    /// The days cannot be counted.
    #[error("{0}")]
    Calendar(#[from] NoCalendar),
}
