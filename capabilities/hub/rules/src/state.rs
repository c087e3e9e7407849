//! Who is there and until when the hub is open; and the answer to the one question that the
//! control room asks: can a video response be offered now.

use crate::event::{Event, Reason};
use crate::hours::{Hours, Local, london};
use kernel::id::StaffId;
use kernel::time::minutes;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a call usually takes, from face to outcome: what a wait is estimated with.
// Until the service has its own figures: the published pilots report half an hour to an hour.
pub const USUAL_CALL: Duration = minutes(35);
/// The longest wait that may be offered to somebody who holds the line.
pub const WAIT_MAX: Duration = minutes(10);

/// What a responder does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Waits for a call.
    Free,
    /// Is on one.
    Busy {
        /// Which, in hex.
        call: String,
    },
    /// Rests.
    OnBreak,
}

/// One responder on shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Responder {
    /// The name that colleagues know.
    pub name: Personal<String>,
    /// Since when on shift.
    pub on_since: At,
    /// What now.
    pub duty: Duty,
    /// Since when that.
    pub since: At,
}

/// Open or closed against the hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Override {
    /// Which of the two.
    pub open: bool,
    /// Why.
    pub reason: Reason,
    /// Until when.
    pub until: Option<At>,
}

/// The hub.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The week.
    pub hours: Hours,
    /// The version of the hours; 0 before any were set.
    pub hours_version: u32,
    /// What a supervisor said against them.
    pub overridden: Option<Override>,
    /// Who is on shift.
    pub responders: BTreeMap<StaffId, Responder>,
}

/// Whether a video response can be offered now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Whether the hub is open.
    pub open: bool,
    /// Responders free.
    pub free: u32,
    /// Responders on a call.
    pub busy: u32,
    /// Responders resting.
    pub on_break: u32,
    /// People waiting for one.
    pub waiting: u32,
    /// Seconds until a responder is expected to be free for her; `None` when the hub is closed,
    /// nobody is there, or it would be longer than may be offered.
    pub wait_seconds: Option<u32>,
    /// When it opens next by the hours; `None` while it is open, or without any hours.
    pub next_opening: Option<Local>,
}

impl Availability {
    /// Whether it may be offered.
    pub const fn offerable(&self) -> bool {
        self.open && self.wait_seconds.is_some()
    }
}

impl State {
    /// Whether it is open, by the hours or against them.
    pub fn open(&self, at: At) -> bool {
        match self.override_at(at) {
            Some(said) => said.open,
            None => self.hours.open(london(at)),
        }
    }

    /// What a supervisor said, while it holds.
    pub fn override_at(&self, at: At) -> Option<Override> {
        self.overridden.filter(|said| said.until.is_none_or(|until| at < until))
    }

    /// The answer, for `waiting` people ahead of her.
    pub fn availability(&self, at: At, waiting: u32) -> Availability {
        let count = |want: fn(&Duty) -> bool| {
            self.responders.values().filter(|one| want(&one.duty)).count() as u32
        };
        let open = self.open(at);
        let wait = if open { self.wait(at, waiting) } else { None };
        Availability {
            open,
            free: count(|duty| matches!(duty, Duty::Free)),
            busy: count(|duty| matches!(duty, Duty::Busy { .. })),
            on_break: count(|duty| matches!(duty, Duty::OnBreak)),
            waiting,
            wait_seconds: wait.map(|wait| wait.as_secs() as u32),
            next_opening: if open { None } else { self.hours.next_opening(london(at)) },
        }
    }

    /// How long until somebody is free for her: those ahead of her are served first, each by
    /// whoever is free soonest.
    fn wait(&self, at: At, waiting: u32) -> Option<Duration> {
        let mut free_in: Vec<Duration> = self
            .responders
            .values()
            .filter_map(|one| match one.duty {
                Duty::Free => Some(Duration::ZERO),
                // A call that has taken longer than usual may still take a minute.
                Duty::Busy { .. } => {
                    Some(USUAL_CALL.saturating_sub(at.since(one.since)).max(minutes(1)))
                }
                Duty::OnBreak => None,
            })
            .collect();
        for _ in 0..waiting.min(1000) {
            free_in.sort();
            *free_in.first_mut()? += USUAL_CALL;
        }
        let soonest = free_in.into_iter().min()?;
        (soonest <= WAIT_MAX).then_some(soonest)
    }

    /// Who is on this call.
    pub fn on_call(&self, call: &str) -> Option<StaffId> {
        let on =
            |one: &Responder| matches!(&one.duty, Duty::Busy { call: theirs } if theirs == call);
        self.responders.iter().find(|(_, one)| on(one)).map(|(staff, _)| *staff)
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::HoursSet { version, hours } => {
                self.hours_version = *version;
                self.hours = hours.clone();
            }
            Event::Opened { reason, until } => {
                self.overridden = Some(Override { open: true, reason: *reason, until: *until });
            }
            Event::Closed { reason, until } => {
                self.overridden = Some(Override { open: false, reason: *reason, until: *until });
            }
            Event::HoursResumed {} => self.overridden = None,
            Event::ShiftStarted { staff, name } => {
                let duty = Duty::Free;
                let one = Responder { name: name.clone(), on_since: at, duty, since: at };
                self.responders.insert(*staff, one);
            }
            Event::ShiftEnded { staff } => {
                self.responders.remove(staff);
            }
            Event::ResponderBusy { staff, call } => {
                self.set(*staff, Duty::Busy { call: call.clone() }, at);
            }
            Event::ResponderFree { staff } | Event::BreakEnded { staff } => {
                self.set(*staff, Duty::Free, at);
            }
            Event::BreakStarted { staff } => self.set(*staff, Duty::OnBreak, at),
        }
        self
    }

    fn set(&mut self, staff: StaffId, duty: Duty, at: At) {
        if let Some(one) = self.responders.get_mut(&staff) {
            (one.duty, one.since) = (duty, at);
        }
    }
}
