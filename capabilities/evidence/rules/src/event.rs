//! What can have happened to an export. Ids, codes, counts and hashes are in clear; to whom it
//! goes and why are sealed. Never here: what opens a copy.

use incident::IncidentId;
use kernel::{Personal, id::StaffId};
use recording::RecordingId;
use serde::{Deserialize, Serialize};

/// What kind of receiver, in a word that names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The prosecutor.
    Prosecutor,
    /// The force's own store of digital evidence.
    EvidenceStore,
    /// A court or a coroner.
    Court,
    /// Investigators: of this force or of another.
    Investigator,
    /// Whoever looks into a complaint or a misconduct matter.
    Complaints,
}

impl Recipient {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Prosecutor, Self::EvidenceStore, Self::Investigator, Self::Court, Self::Complaints];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prosecutor => "prosecutor",
            Self::EvidenceStore => "evidence_store",
            Self::Court => "court",
            Self::Investigator => "investigator",
            Self::Complaints => "complaints",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What opens a copy. Never the thing itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedTo {
    /// Words that were shown once.
    Passphrase,
    /// A key that the receiver holds.
    Recipient,
}

impl SealedTo {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recipient => "recipient",
        }
    }
}

/// Why a copy was not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Whoever took it went away.
    Left,
    /// A recording's day came while it was made.
    DayCome,
    /// The case is larger than a package may be.
    TooLarge,
    /// Something beneath failed.
    Fault,
}

impl Why {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::DayCome => "day_come",
            Self::TooLarge => "too_large",
            Self::Fault => "fault",
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody asked.
    #[serde(rename = "export.requested.v1")]
    Requested {
        incident: IncidentId,
        recordings: Vec<RecordingId>,
        recipient: Recipient,
        to: Personal<String>,
        reason: Personal<String>,
        by: StaffId,
    },
    /// A second person approved.
    #[serde(rename = "export.approved.v1")]
    Approved { by: StaffId },
    /// It was turned down, or taken back.
    #[serde(rename = "export.refused.v1")]
    Refused { by: StaffId, reason: Personal<String> },
    /// Nobody approved it in time.
    #[serde(rename = "export.expired.v1")]
    Expired {},
    /// A working copy is being made; from here on bytes may leave.
    #[serde(rename = "export.begun.v1")]
    Begun { copy: u32, by: StaffId, sealed_to: SealedTo },
    /// All but its last bytes have left: `sha256` is of the whole sealed file, `master` of the
    /// list of the sealed pieces it was made from.
    #[serde(rename = "export.packaged.v1")]
    Packaged { copy: u32, by: StaffId, sha256: String, bytes: u64, members: u32, master: String },
    /// Its last byte was taken.
    #[serde(rename = "export.downloaded.v1")]
    Downloaded { copy: u32, by: StaffId },
    /// It was not finished: what left of it verifies nowhere.
    #[serde(rename = "export.broken_off.v1")]
    BrokenOff { copy: u32, why: Why },
}
