//! Why something may not be, in words for an officer at 3 a.m.

use crate::limits::{ABSORBED_MAX, ADMITTED_MAX, APPEARANCES_MAX, REASON_CHARS_MAX};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such record.
    #[error("There is no record of this person.")]
    Missing,
    /// It has gone into another.
    #[error("This record is part of an elder one. Work on that, or take them apart first.")]
    Merged,
    /// The other has.
    #[error("The other record is part of a third one. Merge that one instead.")]
    OtherMerged,
    /// With itself.
    #[error("This is the same record.")]
    Same,
    /// The younger one was asked to stand.
    #[error("The elder record stands for both. Merge from there.")]
    ElderStands,
    /// Two days of birth.
    #[error(
        "These are two people: their dates of birth differ. If one is wrong, put it right in \
         its record first."
    )]
    BornApart,
    /// Victim and suspect.
    #[error(
        "These are two people: in one incident one of them is the suspect, and the other is the \
         victim or a child. If a role is wrong, put it right first."
    )]
    FaceEachOther,
    /// Two accounts.
    #[error("These are two people: they are two colleagues with accounts of their own.")]
    TwoColleagues,
    /// Told apart before.
    #[error(
        "Somebody has said that these are two people. A supervisor can merge them, with a reason."
    )]
    ToldApart,
    /// Nothing in common.
    #[error(
        "Nothing says that these are one person: no name, day of birth, number, address or \
         postcode in common. Write down what you know in their records first."
    )]
    NothingAlike,
    /// One thing in common.
    #[error(
        "Only one thing says that these are one person. A supervisor or a specialist can merge \
         them, with a reason."
    )]
    TooLittleAlike,
    /// Not part of it.
    #[error("That record is not part of this one.")]
    NotAbsorbed,
    /// Not here.
    #[error("This person does not appear there in that part, by this record.")]
    NotThere,
    /// The other end.
    #[error(
        "She stands in this incident already, at its other end: nobody is the suspect and the \
         victim of one incident."
    )]
    OtherEnd,
    /// No reason.
    #[error("Say why, for whoever reads this later.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long: {REASON_CHARS_MAX} characters for a reason.")]
    TooLong,
    /// No such day.
    #[error("Write the date of birth as year-month-day, a day that there was.")]
    NoSuchDay,
    /// Too much in one record.
    #[error(
        "One record cannot hold more than {ABSORBED_MAX} others or {APPEARANCES_MAX} incidents."
    )]
    TooMany,
    /// A colleague already.
    #[error("This record is marked as another colleague's. Take that mark off first.")]
    ColleagueAlready,
    /// Not marked.
    #[error("This record is not marked as a colleague's.")]
    NoColleague,
    /// Sealed before.
    #[error("This incident is sealed already.")]
    Sealed,
    /// Not sealed.
    #[error("This incident is not sealed.")]
    NotSealed,
    /// Nobody is left.
    #[error("Somebody must be able to work on it: name at least one officer.")]
    NobodyAdmitted,
    /// Everybody.
    #[error("A sealed incident is for a few: {ADMITTED_MAX} at most.")]
    TooManyAdmitted,
    /// She is in it.
    #[error("She is a party in this incident, and is never let in.")]
    Party,
    /// In already.
    #[error("She can open it already.")]
    Admitted,
    /// Not in.
    #[error("She cannot open it as it is.")]
    NotAdmitted,
    /// Only people.
    #[error("A seal is opened by a person who is signed in.")]
    StaffOnly,
    /// Nothing to look at.
    #[error("Nobody has broken this seal since it was looked at last.")]
    NotBroken,
    /// One's own.
    #[error("Whoever broke a seal is not the one who looks at why.")]
    OwnBreak,
}
