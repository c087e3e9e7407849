//! What is decided: the risk, the grounds, who is told and in which words, and why an
//! application ends without.

use crate::codes;
use crate::stage::Stage;
use kernel::Personal;
use kernel::id::StaffId;
use serde::{Deserialize, Serialize};

codes! {
    /// How great the risk is, in the judgement of whoever assessed it.
    Level {
        /// Nothing points to serious harm now.
        Standard = "standard",
        /// Serious harm is possible if things change.
        Medium = "medium",
        /// Serious harm may come at any time.
        High = "high",
    }
}

codes! {
    /// What the panel decides.
    Outcome {
        /// She is told.
        Disclose = "disclose",
        /// She is not.
        NoDisclosure = "no_disclosure",
    }
}

codes! {
    /// Who is told. Not always who asked.
    Recipient {
        /// The person at risk.
        PersonAtRisk = "person_at_risk",
        /// The third party who asked, because he can keep her safe.
        ThirdParty = "third_party",
        /// Somebody else who can, such as a parent or a social worker.
        SomebodyElse = "somebody_else",
    }
}

/// Whether the subject learns of it, and why so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellSubject {
    /// Whether.
    pub tell: bool,
    /// Why so.
    pub why: Personal<String>,
}

/// What an author proposes, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Tell or not.
    pub outcome: Outcome,
    /// The pressing need.
    pub pressing_need: String,
    /// Why nothing less would do.
    pub necessity: String,
    /// Why it is not more than is needed.
    pub proportionality: String,
    /// The subject's rights, and how they weigh.
    pub subject_rights: String,
    /// Whether the subject learns of it.
    pub tell_subject: bool,
    /// Why so.
    pub tell_subject_why: String,
    /// Who is told.
    pub recipient: Recipient,
    /// Who that is, and why they are told.
    pub recipient_words: String,
    /// The exact words; none when nobody is told, for those are approved beforehand.
    pub words: String,
}

/// What is kept of a proposal.
//= Disclosure scheme guidance (DA Act 2021 s.77), decision: each ground is considered and written
//= down, with who is told and in which words
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Tell or not.
    pub outcome: Outcome,
    /// The pressing need.
    pub pressing_need: Personal<String>,
    /// Why nothing less would do.
    pub necessity: Personal<String>,
    /// Why it is not more than is needed.
    pub proportionality: Personal<String>,
    /// The subject's rights, and how they weigh.
    pub subject_rights: Personal<String>,
    /// Whether the subject learns of it.
    pub tell_subject: TellSubject,
    /// Who is told.
    pub recipient: Recipient,
    /// Who that is, and why they are told.
    pub recipient_words: Personal<String>,
    /// The exact words; none when nobody is told.
    pub words: Option<Personal<String>>,
}

/// Who sits on the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "member", rename_all = "snake_case")]
pub enum Member {
    /// A colleague, who votes in person.
    Staff {
        /// Who.
        id: StaffId,
    },
    /// Somebody from an agency, whose vote a colleague writes down.
    Agency {
        /// Which.
        agency: String,
        /// Who.
        name: Personal<String>,
    },
}

/// What departs from the table, for one application.
//= College of Policing disclosure scheme principles, principle 1: a departure is decided case by
//= case, led by her needs, and written down
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deviation", rename_all = "snake_case")]
pub enum Deviation {
    /// The present stage is left out.
    SkipStage {
        /// Which.
        stage: Stage,
    },
    /// More days in all.
    Extend {
        /// How many.
        days: u32,
    },
}

codes! {
    /// Why an application ended without a disclosure. Internal: nobody outside is told.
    ClosureReason {
        /// The panel found nothing to tell, or no need to.
        Decided = "decided",
        /// The applicant took it back.
        Withdrawn = "withdrawn",
        /// The scheme is not for this.
        NotInScheme = "not_in_scheme",
        /// Nobody could be reached safely.
        Unreachable = "unreachable",
        /// Another application is about the same.
        Duplicate = "duplicate",
        /// The undertaking was refused, and two people decided not to tell.
        UndertakingRefused = "undertaking_refused",
        /// What was found is dealt with as an emergency.
        Emergency = "emergency",
    }
}
