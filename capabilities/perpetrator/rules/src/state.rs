//! Where a plan stands.

use crate::event::{Attendance, Decision, Event, Outcome, Strategy, Why};
use kernel::id::StaffId;
use kernel::{At, Personal};
use std::collections::BTreeMap;

/// A strategy of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is to reach.
    pub aim: Personal<String>,
    /// What came of it, once it is over.
    pub result: Option<Personal<String>>,
}

/// How far an action is.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Owed.
    Owed,
    /// Done, and what came of it.
    Done(At, Personal<String>),
    /// Owed no more, and why.
    Dropped(Personal<String>),
}

/// Something that somebody owes.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Of which strategy.
    pub strategy: Strategy,
    /// What.
    pub what: Personal<String>,
    /// A provider's code.
    pub provider: Option<String>,
    /// By when.
    pub due: At,
    /// How far it is.
    pub standing: Standing,
}

/// A session that was held.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// When.
    pub held_at: At,
    /// Whether he came.
    pub attendance: Attendance,
    /// What the provider says.
    pub note: Personal<String>,
}

/// A programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// A provider's code.
    pub provider: String,
    /// How many sessions it has.
    pub sessions: u32,
    /// By when he has been to all of them.
    pub due: At,
    /// Those that were held.
    pub held: BTreeMap<u32, Session>,
    /// Whether he went through it, and what was said; nothing while he is on it.
    pub ended: Option<(bool, Personal<String>)>,
}

impl Programme {
    /// How many sessions he came to, or had a reason not to.
    pub fn attended(&self) -> u32 {
        let came = |one: &&Session| one.attendance == Attendance::Attended;
        self.held.values().filter(came).count() as u32
    }
}

/// How a condition stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Holding {
    /// It holds.
    Holds,
    /// Its day came, and nobody has said whether he kept it.
    RanOut,
    /// He kept it.
    Kept,
    /// He did not, and it is to be decided by then.
    Breached(At, Personal<String>),
    /// He did not, and this was decided.
    Decided(Decision),
}

impl Holding {
    /// The code of the page.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::RanOut => "ran_out",
            Self::Kept => "kept",
            Self::Breached(..) => "breached",
            Self::Decided(_) => "decided",
        }
    }

    /// Whether somebody has to say what became of it.
    pub const fn open(&self) -> bool {
        matches!(self, Self::Holds | Self::RanOut | Self::Breached(..))
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What he must or must not do.
    pub words: Personal<String>,
    /// Until when it holds.
    pub until: At,
    /// How it stands.
    pub holding: Holding,
    /// How often he did not keep it.
    pub breaches: u32,
}

/// A look at the whole plan, or a word with him.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// When.
    pub at: At,
    /// Whether it was a review; else somebody spoke with him.
    pub review: bool,
    /// Whether those he harmed were safe, as far as was known.
    pub safe: bool,
    /// How it was known.
    pub safety: Personal<String>,
    /// What was found or said.
    pub words: Personal<String>,
}

/// One plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Since when it is open.
    pub since: Option<At>,
    /// Why.
    pub why: Option<Why>,
    /// In words.
    pub reason: Option<Personal<String>>,
    /// Who answers for it.
    pub owner: Option<StaffId>,
    /// When it is looked at whole.
    pub review_due: Option<At>,
    /// Whether nobody did in time.
    pub review_missed: bool,
    /// Its strategies.
    pub strategies: BTreeMap<Strategy, Line>,
    /// Its actions.
    pub actions: BTreeMap<u32, Action>,
    /// Its programmes.
    pub programmes: BTreeMap<u32, Programme>,
    /// Its conditions.
    pub conditions: BTreeMap<u32, Condition>,
    /// Looks at it, the eldest first.
    pub looks: Vec<Look>,
    /// How the last one ended.
    pub closed: Option<(At, Outcome)>,
}

impl State {
    /// Whether there is a plan.
    pub const fn open(&self) -> bool {
        self.since.is_some()
    }

    /// What is due next, of everything in it.
    pub fn next_due(&self) -> Option<At> {
        let owed = |one: &&Action| one.standing == Standing::Owed;
        let actions = self.actions.values().filter(owed).map(|one| one.due);
        let running = |one: &&Programme| one.ended.is_none();
        let programmes = self.programmes.values().filter(running).map(|one| one.due);
        let conditions = self.conditions.values().filter_map(|one| match one.holding {
            Holding::Holds | Holding::RanOut => Some(one.until),
            Holding::Breached(by, _) => Some(by),
            Holding::Kept | Holding::Decided(_) => None,
        });
        let all = actions.chain(programmes).chain(conditions).chain(self.review_due);
        all.min().filter(|_| self.open())
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Opened { why, reason, owner, review_due } => {
                self = Self {
                    since: Some(at),
                    why: Some(*why),
                    reason: Some(reason.clone()),
                    owner: Some(*owner),
                    review_due: Some(*review_due),
                    // Numbers go on: a promise of an earlier plan is never taken for a new one.
                    actions: self.actions,
                    programmes: self.programmes,
                    conditions: self.conditions,
                    looks: self.looks,
                    ..Self::default()
                };
            }
            Event::HandedOver { owner, .. } => self.owner = Some(*owner),
            Event::StrategySet { strategy, aim } => {
                self.strategies.insert(*strategy, Line { aim: aim.clone(), result: None });
            }
            Event::StrategyEnded { strategy, result } => {
                if let Some(line) = self.strategies.get_mut(strategy) {
                    line.result = Some(result.clone());
                }
            }
            Event::Contacted { safety, note } => self.look(at, false, safety, note),
            Event::Reviewed { safety, finding, review_due } => {
                self.look(at, true, safety, finding);
                (self.review_due, self.review_missed) = (Some(*review_due), false);
            }
            Event::ReviewMissed { .. } => self.review_missed = true,
            Event::Closed { outcome, .. } => {
                (self.since, self.review_due) = (None, None);
                self.closed = Some((at, *outcome));
            }
            Event::ActionSet { .. } | Event::ActionDone { .. } | Event::ActionDropped { .. } => {
                self.action_after(event, at);
            }
            Event::ProgrammeBegun { .. }
            | Event::SessionRecorded { .. }
            | Event::ProgrammeCompleted { .. }
            | Event::ProgrammeFailed { .. } => self.programme_after(event),
            Event::ConditionSet { .. }
            | Event::ConditionKept { .. }
            | Event::ConditionRanOut { .. }
            | Event::ConditionBreached { .. }
            | Event::BreachDecided { .. } => self.condition_after(event),
        }
        self
    }

    fn look(
        &mut self,
        at: At,
        review: bool,
        safety: &crate::event::Safety,
        words: &Personal<String>,
    ) {
        let (safe, safety, words) = (safety.safe, safety.words.clone(), words.clone());
        self.looks.push(Look { at, review, safe, safety, words });
    }

    fn action_after(&mut self, event: &Event, at: At) {
        match event {
            Event::ActionSet { number, strategy, what, provider, due } => {
                let (what, provider) = (what.clone(), provider.clone());
                let standing = Standing::Owed;
                let one = Action { strategy: *strategy, what, provider, due: *due, standing };
                self.actions.insert(*number, one);
            }
            Event::ActionDone { number, result } => {
                if let Some(one) = self.actions.get_mut(number) {
                    one.standing = Standing::Done(at, result.clone());
                }
            }
            Event::ActionDropped { number, reason } => {
                if let Some(one) = self.actions.get_mut(number) {
                    one.standing = Standing::Dropped(reason.clone());
                }
            }
            _ => {}
        }
    }
}
