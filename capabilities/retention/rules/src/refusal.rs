//! Why something may not be: words for an officer at 3 a.m., naming the rule.

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither a guest nor a machine keeps anything longer.
    #[error("A named member of staff must do this.")]
    StaffOnly,
    /// Nothing was named.
    #[error("Choose what is to be kept.")]
    NothingNamed,
    /// Too much at once.
    #[error("Choose no more than 40 things at once.")]
    TooMany,
    /// The key store knows no such key.
    #[error("Nothing is kept under that name, so there is nothing to hold.")]
    Unknown,
    /// Too late.
    #[error("Its day has come: it cannot be read any more and cannot be held.")]
    DayCome,
    /// A decision without a reason cannot be explained later.
    #[error("Say why, in a few words.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long. Say it in fewer words.")]
    TooLong,
    /// A review that is over before it begins.
    #[error("The review date must lie ahead.")]
    ReviewPast,
    /// Too far.
    #[error("The review date can be a year ahead at most.")]
    ReviewTooFar,
    /// There is one.
    #[error("This was proposed already.")]
    AlreadyProposed,
    /// There is none.
    #[error("Nothing was proposed under this reference.")]
    NotProposed,
    /// It stands.
    #[error("This was confirmed already.")]
    AlreadyConfirmed,
    /// It does not stand yet.
    #[error("This hold does not stand yet: a second person must confirm it first.")]
    NotPlaced,
    /// One person acting as two.
    #[error("Rule of two people: you proposed this, so somebody else must confirm it.")]
    SamePerson,
    /// Nobody confirmed it in time.
    #[error("Rule of review: this proposal's review date has passed. Propose it anew.")]
    ProposalLapsed,
    /// It was turned down or taken back.
    #[error("This proposal was declined. Propose it anew if it is still needed.")]
    Declined,
    /// It is over.
    #[error("This hold has ended. What was held has its old deadline back.")]
    Ended,
    /// One thing at a time.
    #[error("Something on this hold already waits for a second person. Answer that first.")]
    AlreadyAsked,
    /// Nothing to answer.
    #[error("Nothing on this hold waits for a second person.")]
    NothingAsked,
    /// The key's state is known.
    #[error("This is in the record already.")]
    AlreadyNoted,
    /// Not yet.
    #[error("The review date has not passed.")]
    ReviewAhead,
    /// Longer than the class.
    #[error("Rule of the class: it can be kept for {limit} days at most, and not longer.")]
    OverLimit {
        /// Days.
        limit: u32,
    },
    /// Less than a day.
    #[error("Enter 1 day or more.")]
    TooFewDays,
    /// Nothing would change.
    #[error("It is kept for that many days already.")]
    SameDays,
}
