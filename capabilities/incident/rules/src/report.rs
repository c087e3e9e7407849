//! What was said to the control room. Words are personal and sealed; the codes beside them are
//! what boards and figures count, and say nothing of who it was.

use kernel::Personal;
use serde::{Deserialize, Serialize};

/// How the report came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The emergency number.
    #[serde(rename = "999")]
    Emergency,
    /// The non-emergency number.
    #[serde(rename = "101")]
    NonEmergency,
    /// The force's web page.
    #[serde(rename = "online")]
    Online,
    /// Somebody asked for ANI at a pharmacy or a job centre, and its staff rang.
    #[serde(rename = "ani")]
    Ani,
    /// The force's command-and-control system, through the API.
    #[serde(rename = "system")]
    System,
}

impl Source {
    /// Every source, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Emergency, Self::NonEmergency, Self::Online, Self::Ani, Self::System];
    /// Those that a call handler chooses; the force's own system says so itself.
    pub const CHOSEN: [Self; 4] = [Self::Emergency, Self::NonEmergency, Self::Online, Self::Ani];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Emergency => "999",
            Self::NonEmergency => "101",
            Self::Online => "online",
            Self::Ani => "ani",
            Self::System => "system",
        }
    }
}

/// Who reports. Only what was said; an empty text is something nobody said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The name as given.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub date_of_birth: Option<String>,
    /// The number to reach her on.
    pub phone: String,
    /// An e-mail address, if she gave one.
    pub email: Option<String>,
    /// Where she lives.
    pub address: Option<String>,
}

/// Where it is happening.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// As said: an address, a road, a landmark.
    pub words: String,
    /// The postcode, which finds earlier reports from the same place.
    pub postcode: Option<String>,
}

/// How she may be reached without giving her away. The flags beside it are in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SafeContact {
    /// The number that is safe, when it is not the one she called from.
    pub phone: Option<String>,
    /// When it is safe to call, in her words.
    pub times: String,
    /// What to say or not to say if somebody else answers.
    pub words: String,
}

/// What a machine may rely on when it decides whether to send anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFlags {
    /// She said that a text to this phone is safe.
    pub safe_to_text: bool,
    /// She said that it is safe to ring her back.
    pub safe_to_call: bool,
    /// No message may be left.
    pub no_voicemail: bool,
}

/// Who she says did it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suspect {
    /// The name as given.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub date_of_birth: Option<String>,
    /// What he looks like, what he drives.
    pub description: String,
    /// Where he is or went.
    pub whereabouts: String,
}

/// What the suspect is to her.
//= Domestic Abuse Act 2021, section 2: personally connected
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// Married, in a civil partnership, or engaged.
    Spouse,
    /// In a relationship.
    Partner,
    /// Once in a relationship, marriage or partnership.
    FormerPartner,
    /// Parents of the same child, and nothing else named here.
    CoParent,
    /// Relatives.
    Relative,
    /// Not personally connected as the Act says it.
    NotConnected,
    /// Not known yet.
    #[default]
    Unknown,
}

impl Relationship {
    /// Every relationship, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Spouse,
        Self::Partner,
        Self::FormerPartner,
        Self::CoParent,
        Self::Relative,
        Self::NotConnected,
        Self::Unknown,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Partner => "partner",
            Self::FormerPartner => "former_partner",
            Self::CoParent => "co_parent",
            Self::Relative => "relative",
            Self::NotConnected => "not_connected",
            Self::Unknown => "unknown",
        }
    }
}

/// How much weight one part of THRIVE has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not known yet; never the same as low.
    #[default]
    Unknown,
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

impl Level {
    /// Every level, in the order of the chips.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Low, Self::Medium, Self::High];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// One part of THRIVE: a level in clear and words that are sealed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// How much.
    pub level: Level,
    /// Why.
    pub note: Personal<String>,
}

/// What the grade rests on.
//= College of Policing, Authorised Professional Practice on contact management: THRIVE
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thrive {
    /// What might be done to her.
    pub threat: Part,
    /// What has been done to her.
    pub harm: Part,
    /// How likely more of it is.
    pub risk: Part,
    /// What can be found out, and what would be lost by waiting.
    pub investigation: Part,
    /// Why she or somebody near her is less able to keep safe.
    pub vulnerability: Part,
    /// How to keep her with us.
    pub engagement: Part,
}

/// Everything of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How it came in.
    pub source: Source,
    /// When the call was taken: targets run from here.
    pub called_at: kernel::At,
    /// The reference that the force's own system gave it.
    #[serde(default)]
    pub force_reference: Personal<String>,
    /// Who reports.
    pub person: Personal<Person>,
    /// Where.
    pub place: Personal<Place>,
    /// What is happening, in her words.
    pub account: Personal<String>,
    /// How to reach her safely.
    pub contact: Personal<SafeContact>,
    /// The same as flags.
    pub contact_flags: ContactFlags,
    /// What the grade rests on.
    pub thrive: Thrive,
    /// Who she says did it.
    pub suspect: Personal<Suspect>,
    /// What he is to her.
    pub relationship: Relationship,
    /// Whether children are there, or live there.
    pub children: bool,
}
