//! What can be asked. The force's table comes in with the command that needs it.

use crate::application::{Emergency, Entry, Form, Route};
use crate::decision::{ClosureReason, Deviation, Level, Proposed};
use crate::script::{Channel, Interruption};
use crate::stage::{Stage, StageTable};
use call::CallId;
use kernel::id::StaffId;

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Hand in an application, through the gate.
    Apply { route: Route, entry: Entry, form: Box<Form>, table: Box<StageTable> },
    /// Somebody is in danger: an incident at once.
    RaiseDanger { emergency: Emergency },
    /// Somebody was reached.
    RecordContact { channel: Channel, identity_proved: bool, note: String },
    /// Ask a check.
    AskCheck { code: String },
    /// Answer it; nothing found when there is no result.
    AnswerCheck { check: u32, result: Option<String> },
    /// Leave a kind of check out.
    SkipCheck { code: String, reason: String },
    /// The present stage is done.
    CompleteStage { stage: Stage },
    /// Say what the checks come to; again when it changes.
    AssessRisk { concern: bool, level: Level, reason: String },
    /// Stop a clock.
    Pause { reason: String, note: String },
    /// Let it go on.
    Resume,
    /// Ask to depart from the table.
    RequestDeviation { what: Deviation, reason: String },
    /// Agree to what somebody else asked.
    ApproveDeviation { number: u32 },
    /// Do not agree.
    RefuseDeviation { number: u32, reason: String },
    /// Put a decision to the panel.
    ProposeDecision { proposed: Box<Proposed> },
    /// Vote oneself.
    Vote { number: u32, agree: bool, words: String },
    /// Write down the vote of somebody from an agency.
    RecordAgencyVote { number: u32, agency: String, name: String, agree: bool, words: String },
    /// Change the words to be told.
    ChangeWords { number: u32, words: String },
    /// Approve what others wrote.
    ApproveDecision { number: u32, version: u32 },
    /// Send it back.
    SendBackDecision { number: u32, reason: String },
    /// Begin to tell her.
    StartTelling { channel: Channel, call: Option<CallId>, present: String },
    /// It is she.
    ConfirmIdentity { how: String },
    /// Safe, and alone?
    AnswerSafety { safe: bool, alone: bool },
    /// The undertaking, given or refused.
    AnswerUndertaking { given: bool, words: String },
    /// After a refusal: propose to tell her anyhow, or not.
    ProposeReconsideration { tell: bool, reason: String },
    /// Agree to what somebody else proposed.
    ApproveReconsideration { tell: bool },
    /// A line of the script was read out.
    ReadLine { script_version: u32, line: String },
    /// The words were read out: these.
    TellWords { version: u32, words: String },
    /// She has understood.
    Acknowledge { words: String },
    /// A safety plan.
    MakeSafetyPlan { plan: String },
    /// A specialist service was offered.
    ReferToSpecialist { accepted: bool, words: String },
    /// It stopped before its end.
    InterruptTelling { cause: Interruption },
    /// Everything is done.
    FinishTelling,
    /// The neutral answer was read out: this text.
    GiveNotice { channel: Channel, language: String, text: String },
    /// No answer can be given safely.
    WithholdNotice { reason: String },
    /// End without a disclosure.
    Close { reason: ClosureReason, note: String },
    /// Keep a colleague out.
    DeclareConflict { staff: StaffId, reason: String },
    /// Let a colleague in again.
    LiftConflict { staff: StaffId, reason: String },
    /// The clock: whatever is due by now is noted, once.
    NoteTime,
}
