//! Where a notice, an order, or bail stands.

use super::event::{Clock, EndedAs, Event, Kind};
use crate::ArrestId;
use incident::IncidentId;
use kernel::At;

/// What does not change once it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// What it is.
    pub of: Kind,
    /// For which incident.
    pub incident: IncidentId,
    /// After which arrest.
    pub arrest: Option<ArrestId>,
    /// From when.
    pub starts_at: At,
    /// From when its days are counted.
    pub counted_from: At,
}

/// One of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What it is; nothing when there is none.
    pub made: Option<Made>,
    /// Until when.
    pub ends_at: Option<At>,
    /// When it is looked at again.
    pub review_at: Option<At>,
    /// By when a court has heard of it; once it is asked, when it sits.
    pub court_due: Option<At>,
    /// When a court sits.
    pub court_at: Option<At>,
    /// The limit of forty-eight hours.
    pub court_limit: Option<At>,
    /// Clocks that are over without a decision.
    pub over: Vec<Clock>,
    /// How often it was broken.
    pub breaches: u32,
    /// How it ended.
    pub ended: Option<EndedAs>,
    /// By when she is told; nothing when she knows everything.
    pub tell_by: Option<At>,
    /// Whether anything happened since it was made that she was not told: a breach, an end.
    pub more_to_tell: bool,
    /// Whether it is put away.
    pub closed: bool,
}

impl State {
    /// Whether it stands.
    pub fn stands(&self) -> bool {
        self.made.is_some() && self.ended.is_none()
    }

    /// When a clock is over, while it runs.
    pub fn due(&self, clock: Clock) -> Option<At> {
        match clock {
            Clock::Telling => self.tell_by,
            _ if !self.stands() => None,
            Clock::Court => self.court_due,
            Clock::End => self.ends_at,
            Clock::Review => self.review_at,
        }
    }

    /// Whether what she was told at its arrest was all that she is owed here: that it was made.
    /// A breach or an end is not known at the arrest; nor is an order that began afterwards.
    pub fn told_with_arrest(&self, told_at: At) -> bool {
        let came_from = self.made.filter(|made| made.arrest.is_some());
        let began = came_from.is_some_and(|made| made.starts_at <= told_at);
        began && self.tell_by.is_some() && !self.more_to_tell
    }

    /// What is due next.
    pub fn next_due(&self) -> Option<At> {
        [Clock::Court, Clock::End, Clock::Review].into_iter().filter_map(|one| self.due(one)).min()
    }

    pub(crate) fn after(mut self, event: &Event, _: At) -> Self {
        match event {
            Event::Made {
                of,
                incident,
                arrest,
                starts_at,
                counted_from,
                ends_at,
                review_at,
                court_by,
                tell,
                ..
            } => {
                let (starts_at, counted_from) = (*starts_at, *counted_from);
                let (of, incident, arrest) = (*of, *incident, *arrest);
                self.made = Some(Made { of, incident, arrest, starts_at, counted_from });
                (self.ends_at, self.review_at) = (*ends_at, *review_at);
                (self.court_due, self.court_limit) = (*court_by, *court_by);
                self.tell_by = Some(tell.by);
            }
            Event::Extended { of, until, tell, .. } => {
                if of.is_notice() {
                    (self.court_due, self.court_at) = (Some(*until), Some(*until));
                    self.decided(Clock::Court);
                } else {
                    self.ends_at = Some(*until);
                    self.decided(Clock::End);
                }
                self.more(tell.by);
            }
            Event::Applied { of, court_at, tell, .. } => {
                self.court_at = Some(*court_at);
                if of.is_notice() {
                    self.court_due = Some(*court_at);
                    self.decided(Clock::Court);
                }
                self.more(tell.by);
            }
            Event::Breached { tell, .. } => {
                self.breaches += 1;
                self.more(tell.by);
            }
            Event::Ended { ended_as, tell, .. } => {
                self.ended = Some(*ended_as);
                self.more(tell.by);
                self.over.retain(|one| *one == Clock::Telling);
            }
            Event::Reviewed { review_at, .. } => {
                self.review_at = *review_at;
                self.decided(Clock::Review);
            }
            Event::Warned { .. } => {}
            Event::RanOver { clock, .. } => self.over.push(*clock),
            Event::VictimTold { .. } => {
                (self.tell_by, self.more_to_tell) = (None, false);
                self.decided(Clock::Telling);
            }
            Event::Closed {} => self.closed = true,
        }
        self
    }

    fn more(&mut self, tell_by: At) {
        (self.tell_by, self.more_to_tell) = (Some(tell_by), true);
    }

    fn decided(&mut self, clock: Clock) {
        self.over.retain(|one| *one != clock);
    }
}
