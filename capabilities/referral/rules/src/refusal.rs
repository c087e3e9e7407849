//! Why something may not be, in words for an officer at 3 a.m. or a worker at an agency.

/// The refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Without consent and without a reason.
    #[error("She has not agreed. Say why it goes all the same.")]
    OverrideReasonMissing,
    /// This kind never goes without consent.
    #[error("This kind of help needs her agreement. It cannot go without.")]
    ConsentNeeded,
    /// None of the kind's lawful grounds.
    #[error("Choose one of the lawful grounds.")]
    GroundUnknown,
    /// None of the kind's criteria.
    #[error("Choose from the criteria of this kind of help.")]
    CriterionUnknown,
    /// The kind needs one.
    #[error("Say which of the criteria she meets.")]
    CriterionMissing,
    /// Nothing to go by.
    #[error("Say what they must know to help her.")]
    SummaryMissing,
    /// No reason.
    #[error("Say why it is withdrawn.")]
    ReasonMissing,
    /// No reason for a no.
    #[error("Say why you decline, so that somebody else can be asked.")]
    DeclineReasonMissing,
    /// An empty question.
    #[error("Write your question.")]
    QuestionMissing,
    /// An empty answer.
    #[error("Write your answer.")]
    AnswerMissing,
    /// An empty note.
    #[error("Say in a sentence what happened.")]
    NoteMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// Too many.
    #[error("There are many notes already. Please ring instead.")]
    TooManyNotes,
    /// Not within hours.
    #[error("Choose from 1 to 72 hours.")]
    DueWrong,
    /// It was requested before.
    #[error("This referral was made already.")]
    AlreadyRequested,
    /// Nothing to act upon.
    #[error("This referral is not open.")]
    NotOpen,
    /// Sent there before.
    #[error("This agency has it already.")]
    ThereAlready,
    /// More than the kind allows.
    #[error("This agency may not be told that.")]
    NotAllowed,
    /// Not this agency's.
    #[error("This referral is not with your agency.")]
    NotYours,
    /// Nobody asked.
    #[error("No question waits for an answer.")]
    NoQuestion,
    /// A no stands.
    #[error("This referral was declined already.")]
    AlreadyDeclined,
    /// A yes stands.
    #[error("This referral was accepted already.")]
    AlreadyAccepted,
    /// She was spoken with already.
    #[error("The first contact is recorded already.")]
    AlreadyEngaged,
    /// Not accepted yet.
    #[error("Accept this referral first.")]
    NotAccepted,
    /// Helped without a contact.
    #[error("Record the first contact with her first, or say why there was none.")]
    NotEngaged,
    /// Before it was sent, or after now.
    #[error("The contact was after the referral came, and not in the future.")]
    ContactTimeWrong,
}
