//! Why something may not be: words for an officer at 3 a.m., naming the rule.

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither a guest nor a machine hands anything on.
    #[error("A named member of staff must do this.")]
    StaffOnly,
    /// The case holds nothing.
    #[error("There is nothing to export: no recording is kept, and nothing was written down.")]
    NothingToExport,
    /// A recording that was named is gone.
    #[error("Rule of retention: its day has come. A recording that is gone cannot be exported.")]
    DayCome,
    /// A recording that is no part of the case.
    #[error("Choose recordings of this incident only.")]
    NotOfCase,
    /// A call that goes on.
    #[error("The call is still being recorded. Ask again when it has ended.")]
    StillRunning,
    /// Too much at once.
    #[error("Choose no more than 20 recordings at once.")]
    TooMany,
    /// A request without a reason cannot be explained later.
    #[error("Say why, in a few words.")]
    ReasonMissing,
    /// Nobody was named.
    #[error("Say who receives it.")]
    RecipientMissing,
    /// Too long.
    #[error("That is too long. Say it in fewer words.")]
    TooLong,
    /// There is one.
    #[error("This export was asked for already.")]
    AlreadyRequested,
    /// There is none.
    #[error("Nothing was asked for under this reference.")]
    NotRequested,
    /// It stands.
    #[error("This export was approved already.")]
    AlreadyApproved,
    /// It does not stand yet.
    #[error("Rule of two people: a second person must approve this before it is made.")]
    NotApproved,
    /// One person acting as two.
    #[error("Rule of two people: you asked for this, so somebody else must approve it.")]
    SamePerson,
    /// It was turned down or taken back.
    #[error("This export was refused. Ask again if it is still needed.")]
    Refused,
    /// Nobody approved it in time.
    #[error("Rule of seven days: nobody approved this in time. Ask again if it is still needed.")]
    Expired,
    /// Not yet.
    #[error("This request has not expired yet.")]
    NotExpired,
    /// Somebody else's.
    #[error("Only the two people of this request can do this.")]
    NotYours,
    /// Enough.
    #[error("Ten copies were made of this. Ask for another export if one more is needed.")]
    TooManyCopies,
    /// No such copy, or it is finished.
    #[error("No such copy is being made.")]
    NoSuchCopy,
}
