//! What can be asked.

use crate::event::{PersonSaid, Role, Section, Source, Way};
use crate::tables::Tables;
use kernel::At;
use kernel::id::StaffId;
use std::sync::Arc;

/// A crime, as it is recorded by the force's table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crime {
    /// The offence's code.
    pub code: String,
    /// When it happened or began; nothing when nobody knows.
    pub from: Option<At>,
    /// When it ended, where that is another time.
    pub until: Option<At>,
    /// Why it is this offence.
    pub reason: String,
}

/// The text that she has before her, as the officer saw it, and its SHA-256 in hex.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Every letter.
    pub text: String,
    /// The digest of exactly these letters.
    pub digest: String,
}

/// One request. What a force sets comes along where it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Keep the account as it stands, whole; only what changed is stored.
    KeepAccount { text: String },
    /// Record it as a crime that is named in words; the code follows.
    RecordCrime { offence: String, reason: String },
    /// Record it as a crime of the force's table.
    Classify { tables: Arc<Tables>, crime: Crime },
    /// Do not.
    RecordNonCrime { reason: String },
    /// Say what came of the crime.
    RecordOutcome { tables: Arc<Tables>, code: String, note: String },
    /// Time is up: nobody decided.
    NoteRecordingMissed { due: At },
    /// Keep these sections of the statement as they stand; only what changed is stored.
    KeepStatement { sections: Vec<(Section, String)> },
    /// Begin the statement with the account.
    DraftStatement,
    /// Ask her whether it is right.
    OfferStatement { way: Way, seen: Seen },
    /// She heard it and said that it is right, at that time.
    AcknowledgeAloud { way: Way, seen: Seen, spoken_at: At },
    /// Her answer on her own screen.
    AnswerStatement { version: u32, right: bool, words: String, answered_at: At },
    /// Stop asking.
    TakeStatementBack,
    /// Open a line of enquiry.
    OpenEnquiry { what: String, owner: Option<StaffId>, due: At },
    /// Somebody else has it, or it is due at another time.
    MoveEnquiry { number: u32, owner: Option<StaffId>, due: Option<At> },
    /// It is done, and this is what was found.
    FinishEnquiry { number: u32, found: String },
    /// It is not followed any more.
    DropEnquiry { number: u32, reason: String },
    /// Add somebody.
    AddPerson { role: Role, said: PersonSaid },
    /// Say more, or something else, of somebody.
    ChangePerson { number: u32, said: PersonSaid },
    /// Take somebody out.
    RemovePerson { number: u32, reason: String },
    /// Put an exhibit in. `digest` is the SHA-256 of its bytes, in hex; empty for a thing.
    AddExhibit { source: Source, name: String, found: String, digest: String },
    /// It changes hands.
    MoveExhibit { number: u32, to: String, reason: String },
    /// It is no exhibit of this incident.
    WithdrawExhibit { number: u32, reason: String },
    /// The key is gone, and the files with it.
    NoteFilesGone { files: u64, bytes: u64 },
    /// Tell the records system that the case is ready.
    HandOff { tables: Arc<Tables> },
    /// The records system has it.
    TakeIn { reference: String, system: String },
}
