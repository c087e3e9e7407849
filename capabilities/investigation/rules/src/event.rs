//! What can have happened. Everything that anybody said is sealed; only that it was said is in
//! clear, with codes, times and counts. A stored name never changes its meaning.

use call::{CallId, ReadingId};
use kernel::id::StaffId;
use kernel::{At, Personal};
use recording::StillId;
use serde::{Deserialize, Serialize};

/// An offence by the force's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffenceCode {
    /// The code.
    pub code: String,
    /// The class that the Home Office counts it in, where the table says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The table's version.
    pub table: u32,
}

/// A section of a statement, in the order in which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Who they are to each other.
    Background,
    /// What happened, in her words.
    Events,
    /// What was said.
    Words,
    /// Injuries and damage.
    Harm,
    /// Who else was there.
    Others,
    /// What happened before.
    Before,
    /// How it has left her, and what she wants.
    Wishes,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Self; 7] = [
        Self::Background,
        Self::Events,
        Self::Words,
        Self::Harm,
        Self::Others,
        Self::Before,
        Self::Wishes,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Events => "events",
            Self::Words => "words",
            Self::Harm => "harm",
            Self::Others => "others",
            Self::Before => "before",
            Self::Wishes => "wishes",
        }
    }

    /// Reads a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// How she was asked whether her statement is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Way {
    /// She reads it on her own screen in the call.
    Screen {
        /// Which call.
        call: CallId,
        /// Which reading of it.
        reading: ReadingId,
    },
    /// It is read to her, and she says so; the recording of the call has it.
    Aloud {
        /// Which call; nothing outside one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<CallId>,
    },
}

/// What somebody is in the incident besides the person who reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Suspected.
    Suspect,
    /// Saw or heard something.
    Witness,
}

impl Role {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Suspect, Self::Witness];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspect => "suspect",
            Self::Witness => "witness",
        }
    }

    /// Reads a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What is known of somebody. Always inside `Personal`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSaid {
    /// The name, as far as it is known.
    #[serde(default)]
    pub name: String,
    /// What the person looks like.
    #[serde(default)]
    pub description: String,
    /// How and when the person can be reached.
    #[serde(default)]
    pub reach: String,
    /// What the person did, saw or heard.
    #[serde(default)]
    pub account: String,
}

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// A picture.
    Jpeg,
    /// A picture.
    Png,
    /// A picture.
    Webp,
    /// A document.
    Pdf,
    /// A sound.
    Mp3,
    /// A sound or a film.
    Mp4,
}

impl Media {
    /// The name under which a browser knows it.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
        }
    }

    /// How a file's name ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Mp3 => "mp3",
            Self::Mp4 => "mp4",
        }
    }
}

/// Where an exhibit comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// A picture taken in a call; it stays where it is and is named here.
    Still {
        /// Which call.
        call: CallId,
        /// Which picture.
        still: StillId,
    },
    /// A file that was handed in; sealed beside the journal.
    File {
        /// The object's name.
        object: String,
        /// What it is.
        media: Media,
        /// Its length before it was sealed.
        bytes: u64,
    },
    /// A thing that somebody holds.
    Thing {},
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The account was typed further: these paragraphs stand where `removed` others stood.
    #[serde(rename = "investigation.account_kept.v1")]
    AccountKept {
        /// The first paragraph that changed, counted from 0.
        from: u32,
        /// How many stood there before.
        removed: u32,
        /// What stands there now.
        paragraphs: Vec<Personal<String>>,
    },
    /// It is recorded as a crime.
    #[serde(rename = "investigation.recorded_crime.v1")]
    RecordedCrime {
        /// Which, in words: the officer's, or the table's.
        offence: Personal<String>,
        /// Why.
        reason: Personal<String>,
        /// Which, by the force's table; nothing where it was only named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<OffenceCode>,
        /// When it happened or began.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<At>,
        /// When it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<At>,
    },
    /// It is not recorded as a crime.
    #[serde(rename = "investigation.recorded_non_crime.v1")]
    RecordedNonCrime {
        /// Why not: what somebody else will review.
        reason: Personal<String>,
    },
    /// What came of the crime.
    #[serde(rename = "investigation.outcome_recorded.v1")]
    OutcomeRecorded {
        /// The code.
        code: String,
        /// The table's version.
        table: u32,
        /// Why.
        note: Personal<String>,
    },
    /// Nobody decided in time whether it is a crime.
    #[serde(rename = "investigation.recording_missed.v1")]
    RecordingMissed {
        /// Since when it was owed.
        due: At,
    },
    /// A section of the statement was typed further.
    #[serde(rename = "investigation.statement_kept.v1")]
    StatementKept {
        /// Which.
        section: Section,
        /// What it says now.
        text: Personal<String>,
    },
    /// She was asked whether it is right, as it stood then.
    #[serde(rename = "investigation.statement_offered.v1")]
    StatementOffered {
        /// The version, counted from 1.
        version: u32,
        /// How.
        way: Way,
        /// SHA-256 of the text, in hex: it could tell what the text was, so it goes with it.
        digest: Personal<String>,
    },
    /// She said that it is right.
    #[serde(rename = "investigation.statement_acknowledged.v1")]
    StatementAcknowledged {
        /// Which version.
        version: u32,
        /// How.
        way: Way,
        /// SHA-256 of the text that she had before her.
        digest: Personal<String>,
        /// When.
        answered_at: At,
    },
    /// She said that something is wrong.
    #[serde(rename = "investigation.statement_disputed.v1")]
    StatementDisputed {
        /// Which version.
        version: u32,
        /// What, in her words.
        words: Personal<String>,
        /// When.
        answered_at: At,
    },
    /// She is not asked any more: it was taken back, changed, or she left.
    #[serde(rename = "investigation.statement_taken_back.v1")]
    StatementTakenBack {
        /// Which version.
        version: u32,
    },
    /// It was changed after she said that it is right: her word does not cover it any more.
    #[serde(rename = "investigation.statement_voided.v1")]
    StatementVoided {
        /// Which version.
        version: u32,
    },
    /// Something is to be found out.
    #[serde(rename = "investigation.enquiry_opened.v1")]
    EnquiryOpened {
        /// Its number in this incident, counted from 1.
        number: u32,
        /// What.
        what: Personal<String>,
        /// Who does it; nothing: whoever takes it.
        owner: Option<StaffId>,
        /// By when.
        due: At,
    },
    /// Somebody else does it, or by another time.
    #[serde(rename = "investigation.enquiry_moved.v1")]
    EnquiryMoved {
        /// Which.
        number: u32,
        /// Who does it.
        owner: Option<StaffId>,
        /// By when.
        due: At,
    },
    /// It is done.
    #[serde(rename = "investigation.enquiry_finished.v1")]
    EnquiryFinished {
        /// Which.
        number: u32,
        /// What was found.
        found: Personal<String>,
    },
    /// It is not followed any more.
    #[serde(rename = "investigation.enquiry_dropped.v1")]
    EnquiryDropped {
        /// Which.
        number: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// Somebody belongs to the incident.
    #[serde(rename = "investigation.person_added.v1")]
    PersonAdded {
        /// The number in this incident, counted from 1.
        number: u32,
        /// As what.
        role: Role,
        /// What is known.
        said: Personal<PersonSaid>,
    },
    /// More, or something else, is known.
    #[serde(rename = "investigation.person_changed.v1")]
    PersonChanged {
        /// Who.
        number: u32,
        /// What is known now.
        said: Personal<PersonSaid>,
    },
    /// Somebody does not belong to it after all.
    #[serde(rename = "investigation.person_removed.v1")]
    PersonRemoved {
        /// Who.
        number: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// Something was put in as an exhibit; when and by whom, the journal itself says.
    #[serde(rename = "investigation.exhibit_added.v1")]
    ExhibitAdded {
        /// Its number in this incident, counted from 1.
        number: u32,
        /// Where it comes from.
        source: Source,
        /// What it is.
        name: Personal<String>,
        /// Where and how it was found.
        found: Personal<String>,
        /// SHA-256 of its bytes, in hex; it goes with them. Empty for a thing.
        digest: Personal<String>,
        /// Who put it in; nothing when none of the staff did.
        by: Option<StaffId>,
    },
    /// It changed hands.
    #[serde(rename = "investigation.exhibit_moved.v1")]
    ExhibitMoved {
        /// Which.
        number: u32,
        /// To whom.
        to: Personal<String>,
        /// What for.
        reason: Personal<String>,
        /// Who says so.
        by: Option<StaffId>,
    },
    /// It is no exhibit of this incident; it stays in the list, crossed out.
    #[serde(rename = "investigation.exhibit_withdrawn.v1")]
    ExhibitWithdrawn {
        /// Which.
        number: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// The files went with their key.
    #[serde(rename = "investigation.files_gone.v1")]
    FilesGone {
        /// How many.
        files: u64,
        /// Their length before they were sealed.
        bytes: u64,
    },
    /// The force's records system is told that the case is ready.
    #[serde(rename = "investigation.handed_off.v1")]
    HandedOff {
        /// Which time, counted from 1.
        serial: u32,
        /// By when the records system should have taken it in.
        due: At,
    },
    /// The records system has it.
    #[serde(rename = "investigation.taken_in.v1")]
    TakenIn {
        /// Which hand-off.
        serial: u32,
        /// Under which reference of its own.
        reference: Personal<String>,
        /// Which system.
        system: String,
    },
}
