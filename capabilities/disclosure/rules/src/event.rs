//! What can have happened to an application. Stages, days and who did it are in clear; every word
//! is sealed. Append-only: a stored name never changes its meaning.

use crate::application::{Application, Emergency, Entry, Route};
use crate::clocks::Clocks;
use crate::decision::{ClosureReason, Decision, Deviation, Level, Member};
use crate::script::{Channel, Interruption};
use crate::stage::{Stage, StageTable};
use call::CallId;
use kernel::id::StaffId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody asked, or somebody proposed to tell.
    #[serde(rename = "disclosure.applied.v1")]
    Applied {
        route: Route,
        entry: Entry,
        /// The language in which she is told, as a locale code.
        language: String,
        application: Box<Application>,
        /// The table in force, which stays with the application.
        table: Box<StageTable>,
        clocks: Clocks,
        conflicted: Vec<StaffId>,
    },
    /// Somebody is in danger now: no application, but an incident at once.
    #[serde(rename = "disclosure.left_for_emergency.v1")]
    LeftForEmergency { route: Route, entry: Entry, emergency: Personal<Emergency> },
    /// The same, found on the way: an incident at once, and the application goes on.
    #[serde(rename = "disclosure.danger_raised.v1")]
    DangerRaised { emergency: Personal<Emergency>, by: StaffId },
    /// Somebody was reached and talked to.
    #[serde(rename = "disclosure.contact_held.v1")]
    ContactHeld {
        stage: Stage,
        channel: Channel,
        identity_proved: bool,
        note: Personal<String>,
        by: StaffId,
    },
    /// A check was asked. `by` is an actor as the journal writes it.
    #[serde(rename = "disclosure.check_asked.v1")]
    CheckAsked { check: u32, code: String, stage: Stage, by: String },
    /// It was answered: something, or nothing found.
    #[serde(rename = "disclosure.check_answered.v1")]
    CheckAnswered { check: u32, found: bool, result: Option<Personal<String>>, by: String },
    /// A check of this kind is not made, for a reason.
    #[serde(rename = "disclosure.check_skipped.v1")]
    CheckSkipped { code: String, reason: Personal<String>, by: StaffId },
    /// A stage is done.
    #[serde(rename = "disclosure.stage_completed.v1")]
    StageCompleted { stage: Stage, next: Stage, clocks: Clocks, by: StaffId },
    /// What the checks come to.
    #[serde(rename = "disclosure.risk_assessed.v1")]
    RiskAssessed {
        /// Whether there is a concern.
        concern: bool,
        level: Level,
        reason: Personal<String>,
        /// The conference of agencies and a specialist adviser are owed to her at once.
        specialist_owed: bool,
        by: StaffId,
    },
    /// A clock stands still, for a reason of the table.
    #[serde(rename = "disclosure.paused.v1")]
    Paused {
        reason: String,
        stops_total: bool,
        note: Personal<String>,
        /// When it goes on by itself.
        until: At,
        by: StaffId,
    },
    /// It goes on; nobody when its time was up.
    #[serde(rename = "disclosure.resumed.v1")]
    Resumed { clocks: Clocks, by: Option<StaffId> },
    /// Somebody asks to depart from the table.
    #[serde(rename = "disclosure.deviation_requested.v1")]
    DeviationRequested { number: u32, what: Deviation, reason: Personal<String>, by: StaffId },
    /// Somebody else agreed.
    #[serde(rename = "disclosure.deviation_approved.v1")]
    DeviationApproved {
        number: u32,
        what: Deviation,
        /// The stage that follows, when one was left out.
        next: Option<Stage>,
        clocks: Clocks,
        by: StaffId,
    },
    /// Somebody else did not.
    #[serde(rename = "disclosure.deviation_refused.v1")]
    DeviationRefused { number: u32, reason: Personal<String>, by: StaffId },
    /// A decision is put to the panel. A new one takes the place of the last.
    #[serde(rename = "disclosure.decision_proposed.v1")]
    DecisionProposed { number: u32, decision: Box<Decision>, by: StaffId },
    /// A member of the panel voted; the last vote of each counts. `recorded_by` wrote it down.
    #[serde(rename = "disclosure.voted.v1")]
    Voted {
        number: u32,
        #[serde(flatten)]
        member: Member,
        agree: bool,
        words: Personal<String>,
        recorded_by: StaffId,
    },
    /// The words to be told are others: whatever was approved is void.
    #[serde(rename = "disclosure.words_changed.v1")]
    WordsChanged { number: u32, version: u32, words: Personal<String>, by: StaffId },
    /// Somebody who wrote none of it approved it.
    #[serde(rename = "disclosure.decision_approved.v1")]
    DecisionApproved { number: u32, version: u32, disclose: bool, clocks: Clocks, by: StaffId },
    /// Somebody sent it back.
    #[serde(rename = "disclosure.decision_sent_back.v1")]
    DecisionSentBack { number: u32, reason: Personal<String>, by: StaffId },
    /// The telling began.
    #[serde(rename = "disclosure.telling_started.v1")]
    TellingStarted {
        attempt: u32,
        channel: Channel,
        /// The call, when it is by video.
        call: Option<CallId>,
        /// Who else is present.
        present: Personal<String>,
        by: StaffId,
    },
    /// It is she, and how that was shown.
    #[serde(rename = "disclosure.identity_confirmed.v1")]
    IdentityConfirmed { attempt: u32, how: Personal<String>, by: StaffId },
    /// She said whether she is safe and alone.
    #[serde(rename = "disclosure.safety_answered.v1")]
    SafetyAnswered { attempt: u32, safe: bool, alone: bool, by: StaffId },
    /// She gave the undertaking, in her words.
    #[serde(rename = "disclosure.undertaking_given.v1")]
    UndertakingGiven { attempt: u32, words: Personal<String>, by: StaffId },
    /// She did not.
    #[serde(rename = "disclosure.undertaking_refused.v1")]
    UndertakingRefused { attempt: u32, words: Personal<String>, by: StaffId },
    /// After a refusal, one proposes to tell her anyhow, or not.
    #[serde(rename = "disclosure.reconsideration_proposed.v1")]
    ReconsiderationProposed { tell: bool, reason: Personal<String>, by: StaffId },
    /// And another agreed.
    #[serde(rename = "disclosure.reconsidered.v1")]
    Reconsidered { tell: bool, proposed_by: StaffId, by: StaffId },
    /// A line of the script was read out.
    #[serde(rename = "disclosure.line_read.v1")]
    LineRead { attempt: u32, script_version: u32, line: String, by: StaffId },
    /// The approved words were read out.
    #[serde(rename = "disclosure.words_told.v1")]
    WordsTold { attempt: u32, number: u32, version: u32, channel: Channel, by: StaffId },
    /// She said that she has understood.
    #[serde(rename = "disclosure.acknowledged.v1")]
    Acknowledged { attempt: u32, words: Personal<String>, by: StaffId },
    /// A safety plan was made with her.
    #[serde(rename = "disclosure.safety_plan_made.v1")]
    SafetyPlanMade { plan: Personal<String>, by: StaffId },
    /// A specialist service was offered to her.
    #[serde(rename = "disclosure.specialist_referred.v1")]
    SpecialistReferred { accepted: bool, words: Personal<String>, by: StaffId },
    /// The telling stopped before its end, and can be taken up again.
    #[serde(rename = "disclosure.telling_interrupted.v1")]
    TellingInterrupted { attempt: u32, cause: Interruption, words_told: bool, by: Option<StaffId> },
    /// She has been told, and everything around it is done: the end.
    #[serde(rename = "disclosure.made.v1")]
    Made {
        route: Route,
        channel: Channel,
        call: Option<CallId>,
        /// When the words were told.
        told_at: At,
        /// Calendar days from the application to the words.
        days: u32,
        by: StaffId,
    },
    /// Whoever asked got the neutral answer.
    #[serde(rename = "disclosure.notice_given.v1")]
    NoticeGiven { notice: String, version: u32, channel: Channel, by: StaffId },
    /// No answer could be given safely.
    #[serde(rename = "disclosure.notice_withheld.v1")]
    NoticeWithheld { reason: Personal<String>, by: StaffId },
    /// It ended without a disclosure.
    #[serde(rename = "disclosure.closed.v1")]
    Closed {
        route: Route,
        reason: ClosureReason,
        note: Personal<String>,
        /// Calendar days from the application.
        days: u32,
        by: StaffId,
    },
    /// A colleague must not know of it.
    #[serde(rename = "disclosure.conflict_declared.v1")]
    ConflictDeclared { staff: StaffId, reason: Personal<String>, by: StaffId },
    /// A colleague may know of it after all.
    #[serde(rename = "disclosure.conflict_lifted.v1")]
    ConflictLifted { staff: StaffId, reason: Personal<String>, by: StaffId },
    /// Time runs out.
    #[serde(rename = "disclosure.warned.v1")]
    Warned { day: u32, stage: Stage },
    /// Time has run out.
    #[serde(rename = "disclosure.fell_overdue.v1")]
    FellOverdue { day: u32, stage: Stage },
    /// The time of a stage has run out.
    #[serde(rename = "disclosure.stage_fell_overdue.v1")]
    StageFellOverdue { stage: Stage },
}
