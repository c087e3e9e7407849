//! What can have happened. Which kind of agency and by when is in clear; the rest is sealed.

use incident::IncidentId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

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
    /// Who is asked.
    Agency {
        /// An independent adviser who stands by her.
        Adviser = "adviser",
        /// The conference of agencies for those in greatest danger.
        Conference = "conference",
        /// Those who look after children.
        Children = "children",
        /// Those who look after adults in need of care.
        Adults = "adults",
        /// Doctor, ambulance, hospital, mental health.
        Health = "health",
        /// Somewhere to live or to hide.
        Housing = "housing",
        /// Her children's school, before the morning.
        School = "school",
        /// A helpline or a group near her.
        Support = "support",
    }
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

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody is asked to help.
    #[serde(rename = "referral.requested.v1")]
    Requested {
        /// For whom.
        incident: IncidentId,
        /// Which kind of agency.
        agency: Agency,
        /// On what ground.
        basis: Basis,
        /// Why without her consent; nothing when she agreed.
        override_reason: Option<Personal<String>>,
        /// What they must know.
        summary: Personal<String>,
        /// By when it must have been taken up.
        due_at: At,
    },
    /// It is not asked any more.
    #[serde(rename = "referral.withdrawn.v1")]
    Withdrawn {
        /// Why.
        reason: Personal<String>,
    },
}
