//! What can have happened. Which kind of agency and by when is in clear; the rest is sealed.

use crate::AgencyId;
use crate::kind::{Field, KindCode};
use incident::IncidentId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$line:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$line])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one with this code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes! {
    /// On what ground it goes.
    Basis {
        /// She agreed.
        Consent = "consent",
        /// She did not, and it goes all the same, for a reason that is written down.
        Override = "override",
    }
}

codes! {
    /// Why an agency says no.
    DeclineWhy {
        /// Not what it does.
        NotOurs = "not_ours",
        /// Not where it works.
        Elsewhere = "elsewhere",
        /// Nobody free in time.
        NoRoom = "no_room",
        /// It helps her already.
        KnownAlready = "known_already",
        /// What was sent is not enough.
        TooLittle = "too_little",
        /// Anything else, in words.
        Other = "other",
    }
}

codes! {
    /// How the agency first spoke with her.
    How {
        /// On the telephone.
        Telephone = "telephone",
        /// By video.
        Video = "video",
        /// In person.
        InPerson = "in_person",
        /// By a message that she answered.
        Message = "message",
    }
}

codes! {
    /// How it ended.
    Outcome {
        /// She was helped.
        Helped = "helped",
        /// She did not want it.
        DeclinedByHer = "declined_by_her",
        /// She could not be reached.
        NotReached = "not_reached",
        /// Somebody else helps her now.
        PassedOn = "passed_on",
        /// Anything else, in words.
        Other = "other",
    }
}

codes! {
    /// What is waited for.
    Waits {
        /// Somebody to send it to.
        Agency = "agency",
        /// The agency's yes or no.
        Acknowledge = "acknowledge",
        /// Its first contact with her.
        FirstContact = "first_contact",
        /// Another agency, after a no.
        AnotherAgency = "another_agency",
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody is asked to help.
    #[serde(rename = "referral.requested.v1")]
    Requested {
        /// For whom.
        incident: IncidentId,
        /// Which kind of help.
        agency: KindCode,
        /// On what ground.
        basis: Basis,
        /// Why without her consent; nothing when she agreed.
        override_reason: Option<Personal<String>>,
        /// What they must know.
        summary: Personal<String>,
        /// By when she must have been spoken with.
        due_at: At,
        /// By when the agency says yes or no; nothing in what was asked before there were clocks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acknowledge_by: Option<At>,
        /// The lawful ground to go without consent, by its code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<String>,
        /// Which criteria she meets, by their codes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        criteria: Vec<String>,
        /// What the agency may be told of her record.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        allowed: Vec<Field>,
        /// The agency that the officer chose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<AgencyId>,
    },
    /// It went to an agency, with what that agency is told and nothing else.
    #[serde(rename = "referral.sent.v1")]
    Sent {
        /// To whom.
        to: AgencyId,
        /// What of her record, by field.
        shared: Personal<BTreeMap<Field, String>>,
        /// When it is asked after.
        chase_at: At,
        /// By when the agency says yes or no.
        acknowledge_by: At,
    },
    /// The agency opened it.
    #[serde(rename = "referral.seen.v1")]
    Seen {},
    /// The agency says yes.
    #[serde(rename = "referral.accepted.v1")]
    Accepted {
        /// When its first contact is asked after.
        chase_at: At,
        /// When a supervisor is told that there was none.
        escalate_at: At,
    },
    /// The agency says no.
    #[serde(rename = "referral.declined.v1")]
    Declined {
        /// Why.
        why: DeclineWhy,
        /// In its words.
        reason: Personal<String>,
        /// When a supervisor is told that nobody else was asked.
        escalate_at: At,
    },
    /// The agency asks the hub something.
    #[serde(rename = "referral.question_asked.v1")]
    QuestionAsked {
        /// What.
        question: Personal<String>,
    },
    /// The hub answers.
    #[serde(rename = "referral.question_answered.v1")]
    QuestionAnswered {
        /// What it says.
        answer: Personal<String>,
    },
    /// The agency tried to reach her and did not.
    #[serde(rename = "referral.contact_tried.v1")]
    ContactTried {
        /// What happened.
        note: Personal<String>,
    },
    /// The agency has spoken with her.
    #[serde(rename = "referral.engaged.v1")]
    Engaged {
        /// When.
        contacted_at: At,
        /// How.
        how: How,
        /// What was agreed.
        note: Personal<String>,
    },
    /// It is done.
    #[serde(rename = "referral.closed.v1")]
    Closed {
        /// How it ended.
        outcome: Outcome,
        /// In words.
        note: Personal<String>,
    },
    /// Half the time is gone, and the agency was asked after it.
    #[serde(rename = "referral.chased.v1")]
    Chased {
        /// What is waited for.
        waits: Waits,
    },
    /// The time is gone, and a supervisor is told.
    #[serde(rename = "referral.escalated.v1")]
    Escalated {
        /// What is waited for.
        waits: Waits,
        /// How often, this time included.
        count: u32,
        /// When again.
        again_at: Option<At>,
    },
    /// It is not asked any more.
    #[serde(rename = "referral.withdrawn.v1")]
    Withdrawn {
        /// Why.
        reason: Personal<String>,
    },
}
