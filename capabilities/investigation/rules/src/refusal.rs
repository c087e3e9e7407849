//! Why something may not be, in words for an officer at 3 a.m.

/// One refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too much for one account.
    #[error("The account is too long to keep in one piece. Shorten it.")]
    AccountTooLong,
    /// No offence was named.
    #[error("Name the offence.")]
    OffenceMissing,
    /// No reason was given.
    #[error("Give the reason: somebody else will read it.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// The table has no such code, or not any more.
    #[error("The force's table has no offence with that code. Choose one from the list.")]
    OffenceUnknown,
    /// It has not happened yet.
    #[error("The offence cannot be in the future. Check the day and the time.")]
    OffenceInFuture,
    /// Longer ago than anybody lives.
    #[error("That is longer ago than anybody lives. Check the year.")]
    OffenceTooLongAgo,
    /// It ended before it began.
    #[error("The offence cannot end before it began.")]
    EndsBeforeStart,
    /// An end and no beginning.
    #[error("Say when it began, or leave both times empty.")]
    StartMissing,
    /// An outcome is a crime's.
    #[error("An outcome belongs to a recorded crime. Record the crime first.")]
    NoCrime,
    /// The table has no such outcome, or not any more.
    #[error("The force's table has no outcome with that code. Choose one from the list.")]
    OutcomeUnknown,
    /// The time has not come, or it was decided.
    #[error("It is not due.")]
    NotDue,
    /// Nothing to draft from.
    #[error("There is no account yet to draft a statement from.")]
    AccountEmpty,
    /// Nothing typed is lost.
    #[error("What happened is written in the statement already. Nothing was replaced.")]
    DraftExists,
    /// Nothing to agree to.
    #[error("The statement is empty.")]
    StatementEmpty,
    /// Too much for one statement.
    #[error("The statement is too long for her to read in one go. Shorten it.")]
    StatementTooLong,
    /// Somebody typed while it was offered.
    #[error("The statement has changed since this page was shown. Read it again first.")]
    StatementChanged,
    /// She is reading it.
    #[error("She has this statement on her screen. Wait for her answer, or take it back.")]
    OnOffer,
    /// She said so.
    #[error("She has said that this statement is right. Nothing in it has changed since.")]
    AcknowledgedAlready,
    /// None is offered.
    #[error("No statement waits for her answer.")]
    NotOnOffer,
    /// Too many versions.
    #[error("She has been asked about this statement too often. Arrange a visit.")]
    TooManyVersions,
    /// She cannot have agreed to what was not written.
    #[error("The statement was changed after that time. Read it to her again.")]
    SpokenBefore,
    /// It has not been said yet.
    #[error("That time is in the future.")]
    SpokenInFuture,
    /// Nothing to do.
    #[error("Say what is to be found out.")]
    EnquiryEmpty,
    /// The task is owed when it is too late.
    #[error("Choose a time in the future, within a year.")]
    DueWrong,
    /// No such line of enquiry.
    #[error("There is no such line of enquiry.")]
    EnquiryUnknown,
    /// It is over.
    #[error("That line of enquiry is over.")]
    EnquiryOver,
    /// A limit of the incident is reached.
    #[error("This incident has as many of these as it may have.")]
    TooMany,
    /// A person without a name or a description.
    #[error("Enter a name or a description.")]
    PersonMissing,
    /// No such person.
    #[error("There is no such person in this incident.")]
    PersonUnknown,
    /// An exhibit without a name.
    #[error("Say what it is.")]
    ExhibitEmpty,
    /// No such exhibit.
    #[error("There is no such exhibit.")]
    ExhibitUnknown,
    /// It was withdrawn.
    #[error("That exhibit was withdrawn.")]
    ExhibitWithdrawn,
    /// The same picture twice.
    #[error("That still is an exhibit already.")]
    StillAlready,
    /// Nothing in it.
    #[error("The file is empty.")]
    FileEmpty,
    /// Too large.
    #[error("The file is larger than 32 megabytes. Use the force's own way for large evidence.")]
    FileTooLarge,
    /// Not one of the kinds that are kept, by its content.
    #[error("A file is a picture (JPEG, PNG, WebP), a PDF, a sound or a film (MP3, M4A, MP4).")]
    FileKind,
    /// Too much for one incident.
    #[error("This incident has no more room for files.")]
    NoRoom,
    /// To whom it went.
    #[error("Say to whom it went.")]
    HolderMissing,
    /// Nobody has decided.
    #[error("Record crime or no crime first.")]
    NotClassified,
    /// The records system counts by codes.
    #[error("Choose the offence from the force's table first: words alone cannot be counted.")]
    NotCoded,
    /// Nothing has changed.
    #[error("The records system was told already, and nothing has changed since.")]
    NothingNew,
    /// It was never handed off.
    #[error("This case has not been handed off.")]
    NotHandedOff,
    /// Another reference stands.
    #[error("The records system has acknowledged this already under another reference.")]
    ReferenceDiffers,
    /// No reference.
    #[error("Give the reference under which the records system has it.")]
    ReferenceMissing,
}
