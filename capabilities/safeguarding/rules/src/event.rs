//! What can have happened. Which advice was given is in clear; what an action says is sealed.

use crate::child::{ChildDetails, Told};
use crate::code::{Heard, Update};
use crate::contact::{ContactWords, Hours, Way};
use crate::marker::MarkerKind;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// Advice that an officer can give, in our own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Ring the emergency number, and how to do it without speaking.
    SilentEmergencyCall,
    /// A word that tells a friend or child to fetch help.
    CodeWord,
    /// Which room to be in and which to keep out of, and the way out.
    WayOut,
    /// Papers, money, keys and medicine where she can take them.
    ReadyToLeave,
    /// Doors, windows, who has keys.
    LocksAndKeys,
    /// Telephone, shared accounts, location, cameras.
    Devices,
    /// Keep messages and pictures where he cannot find or delete them.
    KeepEvidence,
    /// School, nursery, contact with the children.
    Children,
    /// Protection notices and orders of the courts.
    Orders,
    /// The right to ask about a partner's past.
    RightToAsk,
    /// Who supports people like her, near her and by telephone.
    Support,
    /// Injuries that do not show: when to see a doctor now.
    Injuries,
}

impl Advice {
    /// Everything, in the order of the page: tonight first.
    pub const ALL: [Self; 12] = [
        Self::SilentEmergencyCall,
        Self::WayOut,
        Self::CodeWord,
        Self::LocksAndKeys,
        Self::Injuries,
        Self::ReadyToLeave,
        Self::Devices,
        Self::KeepEvidence,
        Self::Children,
        Self::Orders,
        Self::RightToAsk,
        Self::Support,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SilentEmergencyCall => "silent_emergency_call",
            Self::CodeWord => "code_word",
            Self::WayOut => "way_out",
            Self::ReadyToLeave => "ready_to_leave",
            Self::LocksAndKeys => "locks_and_keys",
            Self::Devices => "devices",
            Self::KeepEvidence => "keep_evidence",
            Self::Children => "children",
            Self::Orders => "orders",
            Self::RightToAsk => "right_to_ask",
            Self::Support => "support",
            Self::Injuries => "injuries",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who owes an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The officer of the call.
    Responder,
    /// The control room.
    ControlRoom,
    /// Officers near her.
    LocalTeam,
    /// Whoever investigates.
    Investigator,
    /// Somebody outside the police.
    Partner,
}

impl Owner {
    /// Every owner, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Responder, Self::ControlRoom, Self::LocalTeam, Self::Investigator, Self::Partner];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Responder => "responder",
            Self::ControlRoom => "control_room",
            Self::LocalTeam => "local_team",
            Self::Investigator => "investigator",
            Self::Partner => "partner",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Advice was given.
    #[serde(rename = "safeguarding.advice_given.v1")]
    AdviceGiven {
        /// Which.
        advice: Advice,
    },
    /// It had been ticked by mistake.
    #[serde(rename = "safeguarding.advice_withdrawn.v1")]
    AdviceWithdrawn {
        /// Which.
        advice: Advice,
    },
    /// What else was said, as it stands now.
    #[serde(rename = "safeguarding.note_kept.v1")]
    NoteKept {
        /// In words.
        note: Personal<String>,
    },
    /// Somebody owes something by a time.
    #[serde(rename = "safeguarding.action_set.v1")]
    ActionSet {
        /// Counted from 1 in this plan.
        action: u32,
        /// What.
        what: Personal<String>,
        /// Who.
        owner: Owner,
        /// By when.
        due_at: At,
    },
    /// It is done.
    #[serde(rename = "safeguarding.action_done.v1")]
    ActionDone {
        /// Which.
        action: u32,
    },
    /// It is owed no more.
    #[serde(rename = "safeguarding.action_dropped.v1")]
    ActionDropped {
        /// Which.
        action: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// A child of the house, and the school that must hear before the bell.
    #[serde(rename = "safeguarding.child_recorded.v1")]
    ChildRecorded {
        /// Counted from 1 in this plan.
        child: u32,
        /// Who.
        details: Personal<ChildDetails>,
        /// Whether the child was there.
        present: bool,
        /// The code of the school or the officer.
        school: String,
        /// The bell.
        due: At,
        /// Whether school days were assumed, because nobody knows the terms.
        assumed: bool,
    },
    /// The school was told.
    #[serde(rename = "safeguarding.school_told.v1")]
    SchoolTold {
        /// Of which child.
        child: u32,
        /// How.
        told: Told,
        /// Whom.
        spoke_with: Personal<String>,
    },
    /// Somebody at the school knows.
    #[serde(rename = "safeguarding.school_acknowledged.v1")]
    SchoolAcknowledged {
        /// Of which child.
        child: u32,
        /// Who said so; empty when the telling was to a person.
        note: Personal<String>,
    },
    /// The notice is not owed after all.
    #[serde(rename = "safeguarding.notice_withdrawn.v1")]
    NoticeWithdrawn {
        /// Of which child.
        child: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// The bell rang, and nobody there had said that they know.
    #[serde(rename = "safeguarding.bell_missed.v1")]
    BellMissed {
        /// Of which child.
        child: u32,
        /// Whether a message had gone at least.
        told: bool,
    },
    /// How and when she may be reached.
    #[serde(rename = "safeguarding.contact_ruled.v1")]
    ContactRuled {
        /// Which ways are safe.
        ways: Vec<Way>,
        /// When; always, without.
        hours: Option<Hours>,
        /// The rest.
        words: Personal<ContactWords>,
    },
    /// Her address is marked.
    #[serde(rename = "safeguarding.marker_set.v1")]
    MarkerSet {
        /// Counted from 1 in this plan.
        marker: u32,
        /// What it says.
        of: MarkerKind,
        /// In words.
        words: Personal<String>,
        /// When somebody looks at it again.
        review_at: At,
    },
    /// It was looked at, and stays.
    #[serde(rename = "safeguarding.marker_kept_on.v1")]
    MarkerKeptOn {
        /// Which.
        marker: u32,
        /// When somebody looks at it again.
        review_at: At,
        /// Why it stays.
        note: Personal<String>,
    },
    /// It does not stand any more.
    #[serde(rename = "safeguarding.marker_ended.v1")]
    MarkerEnded {
        /// Which.
        marker: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// She is owed to hear something.
    #[serde(rename = "safeguarding.update_owed.v1")]
    UpdateOwed {
        /// Counted from 1 in this plan.
        update: u32,
        /// What.
        of: Update,
        /// By when.
        due: At,
    },
    /// She heard it.
    #[serde(rename = "safeguarding.update_heard.v1")]
    UpdateHeard {
        /// Which.
        update: u32,
        /// How.
        heard: Heard,
        /// What she said.
        note: Personal<String>,
    },
    /// Somebody tried to tell her. It stays owed.
    #[serde(rename = "safeguarding.update_tried.v1")]
    UpdateTried {
        /// Which.
        update: u32,
        /// Why it did not succeed.
        note: Personal<String>,
    },
    /// Its time was over first. It stays owed.
    #[serde(rename = "safeguarding.update_missed.v1")]
    UpdateMissed {
        /// Which.
        update: u32,
    },
}
