//! Why something may not be: words for an officer at 3 a.m., naming the rule.

use crate::screening::Rule;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The stream is empty.
    #[error("Nothing has been reported under this reference.")]
    NotReported,
    /// It is not.
    #[error("This report has been taken already.")]
    AlreadyReported,
    /// Something must be said.
    #[error("Say what is happening: a report cannot be empty.")]
    NothingSaid,
    /// It is closed.
    #[error("This incident is closed. Reopen it first.")]
    Closed,
    /// It is not.
    #[error("This incident is open.")]
    NotClosed,
    /// She asked for ANI.
    #[error(
        "She asked for ANI: somebody comes to her or speaks with her face to face. It cannot be \
         resolved without deployment."
    )]
    AskedForAni,
    /// It has no grade.
    #[error("Grade the report first.")]
    NotGraded,
    /// It has one.
    #[error("It has a grade. To change it, re-grade it with a reason.")]
    AlreadyGraded,
    /// Nothing would change.
    #[error("It has this grade already.")]
    SameGrade,
    /// A decision without a reason cannot be explained later.
    #[error("Say why, in a few words.")]
    ReasonMissing,
    /// The first rule of the service.
    #[error("An Immediate goes to a patrol. It cannot be screened or offered a video response.")]
    Immediate,
    /// Rules are asked in order.
    #[error("The rules are asked in order. The next one is about: {}.", words(*next))]
    OutOfOrder {
        /// The one to ask.
        next: Rule,
    },
    /// An answer rules it out: no more is asked.
    #[error("The answer about {} rules the video out. Conclude, or change it.", words(*rule))]
    Excluded {
        /// By this rule.
        rule: Rule,
    },
    /// Not every rule was asked.
    #[error("Not every rule has been asked. The next one is about: {}.", words(*next))]
    QuestionsOpen {
        /// The one to ask.
        next: Rule,
    },
    /// It is over.
    #[error("The screening is concluded. To ask again, start it anew.")]
    ScreeningConcluded,
    /// It never was.
    #[error("The screening is not concluded.")]
    NotScreened,
    /// A rule excludes it.
    #[error("A video response does not suit because of: {}. Send somebody.", words(*rule))]
    NotEligible {
        /// This one.
        rule: Rule,
    },
    /// The hub is closed.
    #[error("The hub is closed, so a video response cannot be offered.")]
    HubClosed,
    /// Nobody will be free in time.
    #[error("No responder is free or will be in time, so a video response cannot be offered.")]
    NobodyFree,
    /// One at a time.
    #[error("A video response is on offer or under way already.")]
    OfferOpen,
    /// None, or another.
    #[error("This offer is not open any more.")]
    NoOffer,
    /// She said so.
    #[error("She said that a text to this phone is not safe. Send an e-mail or read the link out.")]
    TextNotSafe,
    /// Nothing to send to.
    #[error("A text needs a telephone number.")]
    NumberMissing,
    /// Nothing to send to.
    #[error("An e-mail needs an address.")]
    AddressMissing,
    /// She did not say yes.
    #[error("She has not accepted the video response.")]
    NotAccepted,
    /// None is on its way.
    #[error("No patrol has been requested.")]
    NoPatrol,
    /// It must end first.
    #[error("The video response is still open. Let it end, or take it back, before closing.")]
    StillOpen,
    /// An Immediate is owed a patrol.
    #[error("An Immediate is closed once the patrol has attended. Otherwise re-grade it first.")]
    PatrolOwed,
}

/// The rule in a few words, for the middle of a sentence.
const fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::OffenderAbsent => "where the offender is",
        Rule::SafePlace => "whether she is in a safe place",
        Rule::SafeToTalk => "whether she can talk freely",
        Rule::SafeToText => "whether a text is safe",
        Rule::AbleToCommunicate => "whether she can take part",
        Rule::Device => "a device with a camera that is hers alone",
        Rule::Adult => "her age",
    }
}
