//! What is asked of whoever applies, and what leaves the scheme at once. All of it is personal:
//! that somebody asked about somebody is the secret this capability keeps.

use crate::codes;
use kernel::Personal;
use kernel::id::StaffId;
use serde::{Deserialize, Serialize};

codes! {
    /// By which right, and who uses it.
    //= Disclosure scheme guidance (DA Act 2021 s.77), routes: the right to ask, also for somebody
    //= else; the right to know
    Route {
        /// The person at risk asks.
        AskSelf = "ask_self",
        /// Somebody who worries about her asks.
        AskThirdParty = "ask_third_party",
        /// An officer or an agency proposes to tell her.
        Know = "know",
    }
}

codes! {
    /// How it reached us.
    Entry {
        /// The public page.
        Public = "public",
        /// A call handler wrote it down.
        Telephone = "telephone",
        /// Another system, through the API.
        Api = "api",
        /// An officer.
        Officer = "officer",
        /// An agency, written down by an officer.
        Agency = "agency",
    }
}

impl Route {
    /// Whether somebody outside asked and waits for an answer.
    pub const fn is_ask(self) -> bool {
        matches!(self, Self::AskSelf | Self::AskThirdParty)
    }
}

/// How somebody may be reached without giving her away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SafeContact {
    /// A number that is safe.
    pub phone: String,
    /// An address that is safe.
    pub email: String,
    /// When it is safe.
    pub times: String,
    /// Where it is safe to meet or to talk.
    pub place: String,
    /// What to say if somebody else answers.
    pub words: String,
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    /// The name as given.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub date_of_birth: String,
    /// How she may be reached.
    pub contact: SafeContact,
    /// What a third party is to the person at risk.
    pub relation: String,
}

/// Who is at risk, when she is not the one who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AtRisk {
    /// The name as given.
    pub name: String,
    /// `YYYY-MM-DD`, or nothing.
    pub date_of_birth: String,
    /// Where she lives.
    pub address: String,
    /// How she may be reached; nothing may be known.
    pub contact: SafeContact,
}

/// Whom it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subject {
    /// The name as given.
    pub name: String,
    /// `YYYY-MM-DD`, or nothing.
    pub date_of_birth: String,
    /// Where he lives.
    pub address: String,
    /// What he is to the person at risk.
    pub relationship: String,
}

/// A child of the person at risk or of the subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Child {
    /// The name as given.
    pub name: String,
    /// Age or date of birth, as said.
    pub age: String,
    /// With whom the child lives.
    pub lives_with: String,
}

/// What comes in with the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The gate: is anybody in danger now? Unanswered, nothing is taken.
    pub danger_now: Option<bool>,
    /// Where that is, for the patrol.
    pub where_now: String,
    /// Who asks; nobody under the right to know.
    pub applicant: Applicant,
    /// Who is at risk, when she is not the one who asks.
    pub person_at_risk: Option<AtRisk>,
    /// Whom it is about.
    pub subject: Subject,
    /// Why it is asked or proposed.
    pub concern: String,
    /// Children.
    pub children: Vec<Child>,
    /// Under the right to know: which officer or agency proposes it.
    pub proposer: String,
    /// The language in which she is told, as a locale code.
    pub language: String,
    /// Staff who manage the subject or know one of them: for them this does not exist.
    pub conflicted: Vec<StaffId>,
}

/// What is kept of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// Who asks.
    pub applicant: Option<Personal<Applicant>>,
    /// Who is at risk, when she is not the one who asks.
    pub person_at_risk: Option<Personal<AtRisk>>,
    /// Whom it is about.
    pub subject: Personal<Subject>,
    /// Why.
    pub concern: Personal<String>,
    /// Children.
    pub children: Personal<Vec<Child>>,
    /// Which officer or agency proposes it.
    pub proposer: Option<Personal<String>>,
}

/// What an incident needs to begin: the reaction that makes one reads nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Emergency {
    /// Who is in danger.
    pub name: String,
    /// The number to reach her on.
    pub phone: String,
    /// Where.
    pub place: String,
    /// What is said.
    pub words: String,
    /// By whom.
    pub subject_name: String,
}
