//! Where an application stands, and what a board or a page asks of it.

use crate::application::{Entry, Route};
use crate::clocks::{Basis, Clocks, Pause};
use crate::decision::{ClosureReason, Decision, Deviation, Level, Outcome, Recipient};
use crate::event::Event;
use crate::script::{Channel, Part, SCRIPT};
use crate::stage::{Stage, StageTable};
use calendar::{NoCalendar, calendar_days_between};
use call::CallId;
use kernel::id::StaffId;
use kernel::{Actor, At, Personal, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// One application.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nobody asked.
    #[default]
    None,
    /// It left the scheme at the gate.
    Left,
    /// Somebody asked.
    Open(Box<Case>),
    /// It ended.
    Ended(Box<Case>, End),
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// She was told.
    Made { channel: Channel, days: u32 },
    /// Nobody was.
    Closed { reason: ClosureReason, days: u32 },
}

/// An application within the scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// By which right.
    pub route: Route,
    /// How it came.
    pub entry: Entry,
    /// The language in which she is told.
    pub language: String,
    /// When.
    pub applied_at: At,
    /// The table that holds for it.
    pub table: StageTable,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub stage_since: At,
    /// Stages that are over, from when to when.
    pub spent: Vec<(Stage, At, At)>,
    /// What is due.
    pub clocks: Clocks,
    /// The pause that runs.
    pub paused: Option<Standing>,
    /// Pauses that are over.
    pub pauses: Vec<Pause>,
    /// Days added by departures.
    pub extended_days: u32,
    /// Checks, in the order of asking; the number of one is its place.
    pub checks: Vec<Check>,
    /// Kinds of check left out.
    pub skipped: BTreeSet<String>,
    /// Whether anybody was reached.
    pub contacted: bool,
    /// Whether it was shown who she is.
    pub identity_proved: bool,
    /// Concern, and how great.
    pub risk: Option<(bool, Level)>,
    /// A specialist and the conference are owed to her.
    pub specialist_owed: bool,
    /// Departures, in the order of asking.
    pub deviations: Vec<Departure>,
    /// Proposals so far.
    pub proposals: u32,
    /// What is before the panel or was approved.
    pub decision: Option<Paper>,
    /// The telling.
    pub telling: Telling,
    /// Whether whoever asked had the neutral answer, or cannot have it safely.
    pub answered: bool,
    /// For whom this does not exist.
    pub conflicted: BTreeSet<StaffId>,
    /// Warnings that were given, by day.
    pub warned: BTreeSet<u32>,
    /// Marks that were passed, by day.
    pub overdue: BTreeSet<u32>,
    /// Stages whose time ran out.
    pub stages_overdue: BTreeSet<Stage>,
}

/// A pause that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its code in the table.
    pub reason: String,
    /// Whether the days of the whole stand still too.
    pub stops_total: bool,
    /// Since when.
    pub since: At,
    /// When it goes on by itself.
    pub until: At,
}

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its kind.
    pub code: String,
    /// The stage that waits for it.
    pub stage: Stage,
    /// Whether something was found; nothing while it is open.
    pub found: Option<bool>,
}

/// A departure from the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// What.
    pub what: Deviation,
    /// Who asked.
    pub by: StaffId,
    /// Whether it was agreed to; nothing while it waits.
    pub agreed: Option<bool>,
}

/// A decision on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Which proposal.
    pub number: u32,
    /// What it says, with the words as they stand.
    pub decision: Decision,
    /// Which words: rises with every change.
    pub version: u32,
    /// Whoever wrote any of it.
    pub authors: BTreeSet<StaffId>,
    /// Votes of colleagues.
    pub votes: BTreeMap<StaffId, bool>,
    /// Votes from agencies, by agency, and who wrote them down.
    pub agency_votes: BTreeMap<String, (bool, StaffId)>,
    /// Who approved it, as it stands.
    pub approved_by: Option<StaffId>,
}

/// How far the telling has come. What is asked of her anew begins anew with each attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// Attempts so far.
    pub attempts: u32,
    /// The one that runs.
    pub running: Option<Running>,
    /// Whether she gave the undertaking.
    pub undertaking: Option<bool>,
    /// To tell without it or not, and who proposes that.
    pub reconsideration: Option<(bool, StaffId)>,
    /// What two people decided of that.
    pub reconsidered: Option<bool>,
    /// Lines that were read out.
    pub read: BTreeSet<String>,
    /// When the words were told, how, and in which call.
    pub told: Option<(At, Channel, Option<CallId>)>,
    /// She has understood.
    pub acknowledged: bool,
    /// There is a safety plan.
    pub plan: bool,
    /// A specialist service was offered.
    pub referred: bool,
}

/// An attempt that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// How.
    pub channel: Channel,
    /// The call, when it is by video.
    pub call: Option<CallId>,
    /// It is she.
    pub identity: bool,
    /// When she last said that she is safe and alone; nothing when she did not or is not.
    pub safe_at: Option<At>,
}

impl State {
    /// The application, within the scheme or after its end.
    pub fn case(&self) -> Option<&Case> {
        match self {
            Self::Open(case) | Self::Ended(case, _) => Some(case),
            Self::None | Self::Left => None,
        }
    }

    /// Whether this exists for that person: a page answers 404 where it does not.
    pub fn visible_to(&self, actor: &Actor) -> bool {
        let barred = actor.has(Role::OffenderManager) || actor.has(Role::Partner);
        let conflicted =
            |case: &Case| actor.staff().is_some_and(|id| case.conflicted.contains(&id));
        !barred && !self.case().is_some_and(conflicted)
    }
}

impl Case {
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis {
            table: &self.table,
            applied_at: self.applied_at,
            pauses: &self.pauses,
            extended_days: self.extended_days,
        }
    }

    /// The clocks if `stage` were entered at `at`.
    pub(crate) fn clocks_of(&self, stage: Stage, at: At) -> Result<Clocks, NoCalendar> {
        self.basis().clocks(stage, at)
    }

    /// Local days until the last day; below zero when it has passed. While a pause stops the
    /// whole, the days stand still.
    pub fn days_left(&self, now: At) -> i32 {
        let stopped = self.paused.as_ref().filter(|pause| pause.stops_total);
        let now = stopped.map_or(now, |pause| pause.since);
        calendar_days_between(now, At(self.clocks.due_at.0.saturating_sub(1)))
    }

    /// Calendar days since the application.
    pub fn days_since(&self, now: At) -> u32 {
        u32::try_from(calendar_days_between(self.applied_at, now)).unwrap_or(0)
    }

    /// How long each stage took or takes, pauses included, in order.
    pub fn time_by_stage(&self, now: At) -> Vec<(Stage, Duration)> {
        let past = self.spent.iter().map(|(stage, from, to)| (*stage, to.since(*from)));
        past.chain([(self.stage, now.since(self.stage_since))]).collect()
    }

    /// The stage that took or takes the most; the earlier of two alike.
    pub fn stage_that_eats_the_time(&self, now: At) -> Stage {
        let by_stage = self.time_by_stage(now);
        let longest = by_stage.iter().rev().max_by_key(|(_, took)| *took);
        longest.map_or(self.stage, |(stage, _)| *stage)
    }

    /// Kinds of check that this stage waits for: neither answered nor left out.
    pub fn checks_open(&self, stage: Stage) -> Vec<&str> {
        let answered = |code: &str| self.checks.iter().any(|c| c.code == code && c.found.is_some());
        let wanted = self.table.checks.iter().filter(|kind| kind.stage == stage);
        let wanted = wanted.map(|kind| kind.code.as_str()).filter(|code| !answered(code));
        let asked = self.checks.iter().filter(|c| c.stage == stage && c.found.is_none());
        let asked = asked.map(|c| c.code.as_str());
        let open: BTreeSet<&str> = wanted.chain(asked).collect();
        open.into_iter().filter(|code| !self.skipped.contains(*code)).collect()
    }

    /// Whether a check was asked, at whatever stage, and waits for its answer.
    pub fn any_check_waits(&self) -> bool {
        let mut open = self.checks.iter().filter(|check| check.found.is_none());
        open.any(|check| !self.skipped.contains(&check.code))
    }

    /// Whether two people decided to tell her, with the words as they stand.
    pub fn approved_to_tell(&self) -> Option<&Paper> {
        let paper = self.decision.as_ref().filter(|paper| paper.approved_by.is_some())?;
        (paper.decision.outcome == Outcome::Disclose).then_some(paper)
    }

    /// The approved words, for the officer's screen alone.
    pub fn approved_words(&self) -> Option<&Personal<String>> {
        self.approved_to_tell()?.decision.words.as_ref()
    }

    /// Lines of a part that are still to be read out.
    pub fn lines_left(&self, part: Part, channel: Channel) -> Vec<&'static str> {
        let lines = SCRIPT.of(part, channel).map(|line| line.id);
        lines.filter(|id| !self.telling.read.contains(*id)).collect()
    }

    /// Whether whoever asked still waits for the neutral answer: always when nothing is told, and
    /// when somebody else is told.
    pub fn owes_answer(&self, told: bool) -> bool {
        let recipient = self.decision.as_ref().map(|paper| paper.decision.recipient);
        let told_applicant = match self.route {
            Route::Know => true,
            Route::AskSelf => told && recipient == Some(Recipient::PersonAtRisk),
            Route::AskThirdParty => told && recipient == Some(Recipient::ThirdParty),
        };
        !told_applicant && !self.answered
    }
}

impl State {
    pub(crate) fn after(self, event: &Event, at: At) -> Self {
        match (self, event) {
            (_, Event::Applied { route, entry, language, table, clocks, conflicted, .. }) => {
                let case = Case {
                    route: *route,
                    entry: *entry,
                    language: language.clone(),
                    applied_at: at,
                    table: (**table).clone(),
                    stage: Stage::Initial,
                    stage_since: at,
                    spent: vec![],
                    clocks: clocks.clone(),
                    paused: None,
                    pauses: vec![],
                    extended_days: 0,
                    checks: vec![],
                    skipped: BTreeSet::new(),
                    contacted: false,
                    identity_proved: false,
                    risk: None,
                    specialist_owed: false,
                    deviations: vec![],
                    proposals: 0,
                    decision: None,
                    telling: Telling::default(),
                    answered: false,
                    conflicted: conflicted.iter().copied().collect(),
                    warned: BTreeSet::new(),
                    overdue: BTreeSet::new(),
                    stages_overdue: BTreeSet::new(),
                };
                Self::Open(Box::new(case))
            }
            (_, Event::LeftForEmergency { .. }) => Self::Left,
            (Self::Open(case), Event::Made { channel, days, .. }) => {
                Self::Ended(case, End::Made { channel: *channel, days: *days })
            }
            (Self::Open(case), Event::Closed { reason, days, .. }) => {
                Self::Ended(case, End::Closed { reason: *reason, days: *days })
            }
            (Self::Open(mut case), event) => {
                case.take(event, at);
                Self::Open(case)
            }
            (Self::Ended(mut case, end), event) => {
                case.take(event, at);
                Self::Ended(case, end)
            }
            (state, _) => state,
        }
    }
}

impl Case {
    fn enter(&mut self, stage: Stage, at: At) {
        self.spent.push((self.stage, self.stage_since, at));
        (self.stage, self.stage_since) = (stage, at);
    }

    fn take(&mut self, event: &Event, at: At) {
        self.take_telling(event, at);
        self.take_decision(event, at);
        match event {
            Event::ContactHeld { identity_proved, .. } => {
                self.contacted = true;
                self.identity_proved |= identity_proved;
            }
            Event::CheckAsked { code, stage, .. } => {
                self.checks.push(Check { code: code.clone(), stage: *stage, found: None });
            }
            Event::CheckAnswered { check, found, .. } => {
                if let Some(check) = self.checks.get_mut(*check as usize) {
                    check.found = Some(*found);
                }
            }
            Event::CheckSkipped { code, .. } => {
                self.skipped.insert(code.clone());
            }
            Event::StageCompleted { next, clocks, .. } => {
                self.clocks = clocks.clone();
                self.enter(*next, at);
            }
            Event::RiskAssessed { concern, level, specialist_owed, .. } => {
                self.risk = Some((*concern, *level));
                self.specialist_owed |= specialist_owed;
            }
            Event::Paused { reason, stops_total, until, .. } => {
                let (reason, stops_total) = (reason.clone(), *stops_total);
                self.paused = Some(Standing { reason, stops_total, since: at, until: *until });
            }
            Event::Resumed { clocks, .. } => {
                self.clocks = clocks.clone();
                if let Some(pause) = self.paused.take() {
                    let stops_total = pause.stops_total;
                    self.pauses.push(Pause { from: pause.since, to: at, stops_total });
                }
            }
            Event::NoticeGiven { .. } | Event::NoticeWithheld { .. } => self.answered = true,
            Event::ConflictDeclared { staff, .. } => self.keep_out(*staff),
            Event::ConflictLifted { staff, .. } => {
                self.conflicted.remove(staff);
            }
            Event::Warned { day, .. } => {
                self.warned.insert(*day);
            }
            Event::FellOverdue { day, .. } => {
                self.overdue.insert(*day);
            }
            Event::StageFellOverdue { stage } => {
                self.stages_overdue.insert(*stage);
            }
            _ => {}
        }
    }

    /// What somebody wrote or approved who must not know of it does not stand.
    fn keep_out(&mut self, staff: StaffId) {
        self.conflicted.insert(staff);
        let touched =
            |paper: &Paper| paper.authors.contains(&staff) || paper.approved_by == Some(staff);
        if self.telling.told.is_none() && self.decision.as_ref().is_some_and(touched) {
            self.decision = None;
        }
    }

    fn take_decision(&mut self, event: &Event, at: At) {
        match event {
            Event::DeviationRequested { what, by, .. } => {
                self.deviations.push(Departure { what: *what, by: *by, agreed: None });
            }
            Event::DeviationRefused { number, .. } => self.answer_deviation(*number, false),
            Event::DeviationApproved { number, what, next, clocks, .. } => {
                self.answer_deviation(*number, true);
                self.clocks = clocks.clone();
                if let Deviation::Extend { days } = what {
                    self.extended_days += days;
                }
                if let Some(next) = next {
                    self.enter(*next, at);
                }
            }
            Event::DecisionProposed { number, decision, by } => {
                self.proposals += 1;
                self.decision = Some(Paper {
                    number: *number,
                    decision: (**decision).clone(),
                    version: 1,
                    authors: BTreeSet::from([*by]),
                    votes: BTreeMap::new(),
                    agency_votes: BTreeMap::new(),
                    approved_by: None,
                });
            }
            Event::DecisionSentBack { .. } => self.decision = None,
            Event::DecisionApproved { by, clocks, .. } => {
                if let Some(paper) = &mut self.decision {
                    paper.approved_by = Some(*by);
                }
                self.clocks = clocks.clone();
                if self.stage == Stage::Decision {
                    self.enter(Stage::Telling, at);
                }
            }
            event => {
                if let Some(paper) = &mut self.decision {
                    paper.take(event);
                }
            }
        }
    }

    fn answer_deviation(&mut self, number: u32, agreed: bool) {
        if let Some(departure) = self.deviations.get_mut(number as usize) {
            departure.agreed = Some(agreed);
        }
    }

    fn take_telling(&mut self, event: &Event, at: At) {
        let telling = &mut self.telling;
        match event {
            Event::TellingStarted { channel, call, .. } => {
                telling.attempts += 1;
                let (channel, call) = (*channel, *call);
                telling.running = Some(Running { channel, call, identity: false, safe_at: None });
            }
            Event::IdentityConfirmed { .. } => {
                telling.running.iter_mut().for_each(|running| running.identity = true);
            }
            Event::SafetyAnswered { safe, alone, .. } => {
                let safe_at = (*safe && *alone).then_some(at);
                telling.running.iter_mut().for_each(|running| running.safe_at = safe_at);
            }
            Event::UndertakingGiven { .. } => telling.undertaking = Some(true),
            Event::UndertakingRefused { .. } => {
                telling.undertaking = Some(false);
                telling.reconsideration = None;
                telling.reconsidered = None;
            }
            Event::ReconsiderationProposed { tell, by, .. } => {
                telling.reconsideration = Some((*tell, *by));
            }
            Event::Reconsidered { tell, .. } => {
                telling.reconsideration = None;
                telling.reconsidered = Some(*tell);
            }
            Event::LineRead { line, .. } => {
                telling.read.insert(line.clone());
            }
            Event::WordsTold { channel, .. } => {
                let call = telling.running.as_ref().and_then(|running| running.call);
                telling.told = Some((at, *channel, call));
            }
            Event::Acknowledged { .. } => telling.acknowledged = true,
            Event::SafetyPlanMade { .. } => telling.plan = true,
            Event::SpecialistReferred { .. } => telling.referred = true,
            Event::TellingInterrupted { .. } => telling.running = None,
            _ => {}
        }
    }
}

impl Paper {
    fn take(&mut self, event: &Event) {
        match event {
            Event::Voted { member, agree, recorded_by, .. } => match member {
                crate::Member::Staff { id } => {
                    self.votes.insert(*id, *agree);
                }
                crate::Member::Agency { agency, .. } => {
                    self.agency_votes.insert(agency.clone(), (*agree, *recorded_by));
                }
            },
            Event::WordsChanged { version, words, by, .. } => {
                self.version = *version;
                self.decision.words = Some(words.clone());
                self.authors.insert(*by);
                self.approved_by = None;
            }
            _ => {}
        }
    }

    /// Votes for and against of everybody but the authors, and not written down by one.
    pub fn count(&self) -> (usize, usize) {
        let own = self.votes.iter().filter(|(id, _)| !self.authors.contains(id));
        let own = own.map(|(_, agree)| *agree);
        let others = self.agency_votes.values().filter(|(_, by)| !self.authors.contains(by));
        let all: Vec<bool> = own.chain(others.map(|(agree, _)| *agree)).collect();
        let agreed = all.iter().filter(|agree| **agree).count();
        (agreed, all.len() - agreed)
    }
}
