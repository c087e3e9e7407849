//! What can have happened to a notice, an order, or bail.

use crate::ArrestId;
use crate::event::Owed;
use incident::IncidentId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// What it is, by the word of the statute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A domestic violence protection notice.
    ViolenceNotice,
    /// A domestic violence protection order.
    ViolenceOrder,
    /// A domestic abuse protection notice.
    AbuseNotice,
    /// A domestic abuse protection order.
    AbuseOrder,
    /// A restraining order.
    Restraining,
    /// A non-molestation order.
    NonMolestation,
    /// Conditions of bail before charge.
    Bail,
}

impl Kind {
    /// All, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::ViolenceNotice,
        Self::ViolenceOrder,
        Self::AbuseNotice,
        Self::AbuseOrder,
        Self::Restraining,
        Self::NonMolestation,
        Self::Bail,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ViolenceNotice => "violence_notice",
            Self::ViolenceOrder => "violence_order",
            Self::AbuseNotice => "abuse_notice",
            Self::AbuseOrder => "abuse_order",
            Self::Restraining => "restraining",
            Self::NonMolestation => "non_molestation",
            Self::Bail => "bail",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether it goes to a court within forty-eight hours.
    pub const fn is_notice(self) -> bool {
        matches!(self, Self::ViolenceNotice | Self::AbuseNotice)
    }
}

/// Who extended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// An inspector.
    Inspector,
    /// A superintendent.
    Superintendent,
    /// A court.
    Court,
}

impl Authority {
    /// All, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Inspector, Self::Superintendent, Self::Court];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::Superintendent => "superintendent",
            Self::Court => "court",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedAs {
    /// The court made the order that was asked for.
    Granted,
    /// The court did not.
    Refused,
    /// Its time ran out, and somebody decided that nothing follows.
    Expired,
    /// A court or the police lifted it.
    Lifted,
    /// He is charged: the bail before charge is over.
    Charged,
    /// Another one stands in its place.
    Replaced,
}

impl EndedAs {
    /// All, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Granted, Self::Refused, Self::Expired, Self::Lifted, Self::Charged, Self::Replaced];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Lifted => "lifted",
            Self::Charged => "charged",
            Self::Replaced => "replaced",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// To the court.
    Court,
    /// To its end.
    End,
    /// To its review.
    Review,
    /// To the telling of her.
    Telling,
}

/// How near it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The first warning.
    First,
    /// The last warning.
    Last,
    /// It is over.
    Over,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// It stands.
    #[serde(rename = "order.made.v1")]
    Made {
        /// What it is.
        of: Kind,
        /// For which incident.
        incident: IncidentId,
        /// After which arrest, if after one.
        arrest: Option<ArrestId>,
        /// From when.
        starts_at: At,
        /// From when its days are counted: for bail the arrest, else its start.
        counted_from: At,
        /// Until when.
        ends_at: Option<At>,
        /// When it is looked at again.
        review_at: Option<At>,
        /// By when a court has heard of it.
        court_by: Option<At>,
        /// Whom it binds.
        suspect: Personal<String>,
        /// What he must and must not do.
        terms: Personal<String>,
        /// The court or station, and its reference.
        issued_by: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// It stands longer; of a notice: the court adjourned.
    #[serde(rename = "order.extended.v1")]
    Extended {
        /// What it is.
        of: Kind,
        /// Until when; of a notice: when the court sits again.
        until: At,
        /// Who extended it.
        authority: Authority,
        /// Why.
        reason: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// A court is asked.
    #[serde(rename = "order.applied.v1")]
    Applied {
        /// What it is.
        of: Kind,
        /// When the court sits.
        court_at: At,
        /// What for.
        reason: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// He did what he must not. It stands.
    #[serde(rename = "order.breached.v1")]
    Breached {
        /// When.
        breached_at: At,
        /// How, and what was done.
        reason: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// It does not stand any more.
    #[serde(rename = "order.ended.v1")]
    Ended {
        /// How.
        ended_as: EndedAs,
        /// When.
        ended_at: At,
        /// Why.
        reason: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// Somebody looked at it again.
    #[serde(rename = "order.reviewed.v1")]
    Reviewed {
        /// What it is.
        of: Kind,
        /// For which incident.
        incident: IncidentId,
        /// What was found.
        note: Personal<String>,
        /// When it is looked at next.
        review_at: Option<At>,
    },
    /// A clock will soon be over.
    #[serde(rename = "order.warned.v1")]
    Warned {
        /// Which.
        clock: Clock,
        /// How near.
        step: Step,
        /// When it is over.
        due: At,
    },
    /// A clock is over, and nobody has decided.
    #[serde(rename = "order.ran_over.v1")]
    RanOver {
        /// Which.
        clock: Clock,
        /// Since when.
        due: At,
    },
    /// She was told everything so far.
    #[serde(rename = "order.victim_told.v1")]
    VictimTold {
        /// The code of how.
        how: String,
        /// What she said, and what she needs now.
        note: Personal<String>,
    },
    /// It is put away.
    #[serde(rename = "order.closed.v1")]
    Closed {},
}
