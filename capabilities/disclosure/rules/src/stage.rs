//! The stages of an application, and the force's table of how long each may take. The table is
//! data and has a version; the one in force at the application stays with it.

use crate::codes;
use calendar::Jurisdiction;
use serde::{Deserialize, Serialize};

codes! {
    /// Where an application stands.
    Stage {
        /// Safe contact and the first checks.
        Initial = "initial",
        /// A safe conversation, and proof of who she is.
        Conversation = "conversation",
        /// Full checks and the risk they show.
        Checks = "checks",
        /// The panel.
        Decision = "decision",
        /// The disclosure, or the neutral answer.
        Telling = "telling",
    }
}

impl Stage {
    /// The next stage. Under the right to know nobody has asked, so nobody is talked to first.
    pub const fn next(self, asked: bool) -> Option<Self> {
        match self {
            Self::Initial if asked => Some(Self::Conversation),
            Self::Initial | Self::Conversation => Some(Self::Checks),
            Self::Checks => Some(Self::Decision),
            Self::Decision => Some(Self::Telling),
            Self::Telling => None,
        }
    }
}

/// How long a stage may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Hours of elapsed time.
    Hours(u32),
    /// Until the end of a working day.
    WorkingDays(u32),
    /// Until the end of a local day.
    CalendarDays(u32),
    /// No longer than all of it together.
    Rest,
}

/// From when a stage is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// From the application.
    Application,
    /// From the end of the stage before.
    StageBefore,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageLimit {
    /// Which stage.
    pub stage: Stage,
    /// How long.
    pub limit: Limit,
    /// From when.
    pub from: Start,
}

/// A reason for which the clock of a stage may stand still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseReason {
    /// Its code.
    pub code: String,
    /// Whether the days of the whole stand still too.
    pub stops_total: bool,
    /// After how many days it goes on by itself.
    pub max_days: u32,
}

codes! {
    /// Where a check is made.
    Group {
        /// National police systems.
        PoliceNational = "police_national",
        /// The force's own intelligence.
        Local = "local",
        /// Agencies that work with the police.
        Partner = "partner",
    }
}

/// A check that is asked of every application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckKind {
    /// Its code.
    pub code: String,
    /// Where it is made.
    pub group: Group,
    /// The stage that waits for it.
    pub stage: Stage,
}

/// Everything a force may set, with a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageTable {
    /// Rises with every change.
    pub version: u32,
    /// Whose bank holidays count.
    pub jurisdiction: Jurisdiction,
    /// How long each stage may take.
    pub stages: Vec<StageLimit>,
    /// Calendar days in all.
    pub total_days: u32,
    /// On the morning of which days it is said that time runs out.
    pub warn_days: Vec<u32>,
    /// At the end of which days it is overdue, and again.
    pub overdue_days: Vec<u32>,
    /// Reasons for a pause.
    pub pauses: Vec<PauseReason>,
    /// Checks.
    pub checks: Vec<CheckKind>,
}

impl Default for StageTable {
    //= Disclosure scheme guidance (DA Act 2021 s.77), stages: first checks within a day, the
    //= conversation within ten working days, all within 28 days; warnings and the second mark at
    //= 35 days are ours
    fn default() -> Self {
        let stage = |stage, limit, from| StageLimit { stage, limit, from };
        let pause = |code: &str, stops_total, max_days| PauseReason {
            code: code.to_owned(),
            stops_total,
            max_days,
        };
        Self {
            version: 1,
            jurisdiction: Jurisdiction::EnglandAndWales,
            stages: vec![
                stage(Stage::Initial, Limit::Hours(24), Start::Application),
                stage(Stage::Conversation, Limit::WorkingDays(10), Start::Application),
                stage(Stage::Checks, Limit::Rest, Start::Application),
                stage(Stage::Decision, Limit::Rest, Start::Application),
                stage(Stage::Telling, Limit::Rest, Start::Application),
            ],
            total_days: 28,
            warn_days: vec![21, 25, 27],
            overdue_days: vec![28, 35],
            pauses: vec![
                pause("unreachable_safely", false, 14),
                pause("awaiting_identity", false, 14),
                pause("awaiting_other_force", false, 14),
                pause("asked_to_wait", true, 28),
            ],
            checks: checks(),
        }
    }
}

fn checks() -> Vec<CheckKind> {
    let check = |code: &str, group, stage| CheckKind { code: code.to_owned(), group, stage };
    vec![
        check("national_computer", Group::PoliceNational, Stage::Initial),
        check("local_records", Group::Local, Stage::Initial),
        check("national_database", Group::PoliceNational, Stage::Checks),
        check("offender_register", Group::PoliceNational, Stage::Checks),
        check("local_intelligence", Group::Local, Stage::Checks),
        check("probation", Group::Partner, Stage::Checks),
        check("children_services", Group::Partner, Stage::Checks),
        check("specialist_service", Group::Partner, Stage::Checks),
    ]
}

impl StageTable {
    /// The row of a stage.
    pub fn limit(&self, stage: Stage) -> Option<StageLimit> {
        self.stages.iter().copied().find(|row| row.stage == stage)
    }

    /// The pause with this code.
    pub fn pause(&self, code: &str) -> Option<&PauseReason> {
        self.pauses.iter().find(|pause| pause.code == code)
    }

    /// The check with this code.
    pub fn check(&self, code: &str) -> Option<&CheckKind> {
        self.checks.iter().find(|check| check.code == code)
    }

    /// Whether it can be worked with: a row a stage, marks in order and not too many.
    pub fn is_sound(&self) -> bool {
        let once =
            |stage: &Stage| self.stages.iter().filter(|row| row.stage == *stage).count() == 1;
        let rising = |days: &[u32]| days.windows(2).all(|two| two[0] < two[1]);
        let few = |days: &[u32]| days.len() <= crate::deadline::MARKS_MAX;
        let marks = [&self.warn_days, &self.overdue_days];
        self.version > 0
            && self.total_days > 0
            && self.total_days <= crate::limits::TOTAL_DAYS_MAX
            && Stage::ALL.iter().all(once)
            && self.overdue_days.contains(&self.total_days)
            && marks.iter().all(|days| rising(days) && few(days) && !days.contains(&0))
    }
}
