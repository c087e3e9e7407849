//! What can have happened to an incident. Stored names never change their meaning; only
//! additions with `#[serde(default)]` are allowed within a version.

use crate::OfferId;
use crate::grade::{Cause, Grade};
use crate::report::Report;
use crate::route::{
    Availability, CallBack, Channel, Closure, Contact, Decline, InPerson, Location, Loss,
};
use crate::screening::{Answer, Outcome, Rule};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody told the control room.
    #[serde(rename = "incident.reported.v1")]
    Reported {
        /// What was said.
        #[serde(flatten)]
        report: Box<Report>,
    },
    /// Something was added to the record.
    #[serde(rename = "incident.noted.v1")]
    Noted {
        /// In the handler's words.
        note: Personal<String>,
    },
    /// It was decided how fast.
    #[serde(rename = "incident.graded.v1")]
    Graded {
        /// How fast.
        grade: Grade,
        /// Why.
        reason: Personal<String>,
        /// When the target is up.
        target_at: At,
        /// The table that said so.
        table_version: u32,
    },
    /// It was decided again.
    #[serde(rename = "incident.regraded.v1")]
    Regraded {
        /// What it was.
        from: Grade,
        /// What it is.
        grade: Grade,
        /// Why, as a code.
        cause: Cause,
        /// Why, in words.
        reason: Personal<String>,
        /// When the new target is up.
        target_at: At,
        /// The table that said so.
        table_version: u32,
    },
    /// One rule was asked. Asked again, the last answer counts, and all are kept.
    #[serde(rename = "incident.screening_answered.v1")]
    ScreeningAnswered {
        /// Which.
        rule: Rule,
        /// The answer.
        answer: Answer,
        /// What she said.
        note: Personal<String>,
    },
    /// Something changed, and the rules are asked anew.
    #[serde(rename = "incident.screening_reopened.v1")]
    ScreeningReopened {},
    /// The screening was concluded.
    #[serde(rename = "incident.screened.v1")]
    Screened {
        /// What it came to.
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// The video response was put to her.
    #[serde(rename = "incident.offered.v1")]
    Offered {
        /// Which offer; the call that may come of it has the same 128 bits.
        offer: OfferId,
        /// What the handler was shown.
        availability: Availability,
    },
    /// She said yes: a link is owed to her.
    #[serde(rename = "incident.offer_accepted.v1")]
    OfferAccepted {
        /// Which offer.
        offer: OfferId,
        /// How the link reaches her.
        contact: Personal<Contact>,
        /// The same in clear.
        channel: Channel,
        /// The language of the message and of her page, as a locale code.
        language: String,
    },
    /// She said no.
    #[serde(rename = "incident.offer_declined.v1")]
    OfferDeclined {
        /// Which offer.
        offer: OfferId,
        /// Why.
        reason: Decline,
        /// In her words.
        note: Personal<String>,
    },
    /// It could not be kept, or not even made.
    #[serde(rename = "incident.offer_lost.v1")]
    OfferLost {
        /// Which offer; `None` when it could not be made.
        offer: Option<OfferId>,
        /// Why.
        reason: Loss,
        /// What the handler was shown.
        availability: Availability,
    },
    /// The control room took the offer back.
    #[serde(rename = "incident.taken_back.v1")]
    TakenBack {
        /// Which offer.
        offer: OfferId,
        /// Why.
        reason: Personal<String>,
    },
    /// She sees the officer, and the handler has let the telephone line go.
    #[serde(rename = "incident.line_cleared.v1")]
    LineCleared {
        /// Which offer.
        offer: OfferId,
    },
    /// The video response ended.
    #[serde(rename = "incident.response_ended.v1")]
    ResponseEnded {
        /// Which offer.
        offer: OfferId,
        /// The call's own code for it.
        outcome: String,
    },
    /// Somebody will come.
    #[serde(rename = "incident.routed_in_person.v1")]
    RoutedInPerson {
        /// Why, as a code.
        reason: InPerson,
        /// The rule, when a rule was the reason.
        rule: Option<Rule>,
        /// In words.
        note: Personal<String>,
    },
    /// A patrol was asked for.
    #[serde(rename = "incident.patrol_requested.v1")]
    PatrolRequested {
        /// Why, as a code.
        cause: Cause,
        /// In words.
        reason: Personal<String>,
        /// Where, when it is known better than the report says.
        location: Option<Personal<Location>>,
    },
    /// The patrol is there.
    #[serde(rename = "incident.patrol_attended.v1")]
    PatrolAttended {
        /// Since when.
        attended_at: At,
    },
    /// Nobody had responded when the target was up.
    #[serde(rename = "incident.target_missed.v1")]
    TargetMissed {
        /// What was promised.
        grade: Grade,
        /// For when.
        target_at: At,
    },
    /// Somebody tried to reach her again.
    #[serde(rename = "incident.call_back_counted.v1")]
    CallBackCounted {
        /// What it came to.
        outcome: CallBack,
        /// In words.
        note: Personal<String>,
    },
    /// Nothing more is owed by the control room.
    #[serde(rename = "incident.closed.v1")]
    Closed {
        /// What it came to.
        outcome: Closure,
        /// In words.
        note: Personal<String>,
    },
    /// Something is owed again.
    #[serde(rename = "incident.reopened.v1")]
    Reopened {
        /// Why.
        reason: Personal<String>,
    },
}
