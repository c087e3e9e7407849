//! Where a hold stands.

use super::event::{Event, Ground};
use crate::subject::{Mark, Thing};
use kernel::{At, Day, id::StaffId};
use std::collections::BTreeMap;

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was proposed.
    #[default]
    None,
    /// One person did.
    Proposed,
    /// Two people did.
    Placed,
    /// It was turned down or taken back.
    Declined,
    /// Two people ended it.
    Ended,
}

/// What waits for a second person on a hold that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To keep it on until then.
    Review {
        /// Who asked.
        by: StaffId,
        /// Until when.
        review_on: Day,
    },
    /// To end it.
    End {
        /// Who asked.
        by: StaffId,
    },
}

impl Asked {
    /// Who asked.
    pub const fn by(self) -> StaffId {
        match self {
            Self::Review { by, .. } | Self::End { by } => by,
        }
    }
}

/// A hold as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How far it is.
    pub stage: Stage,
    /// Who proposed it.
    pub proposed_by: Option<StaffId>,
    /// Since when.
    pub proposed_at: At,
    /// On what ground.
    pub ground: Option<Ground>,
    /// Who confirmed it.
    pub confirmed_by: Option<StaffId>,
    /// What it is about.
    pub things: Vec<Thing>,
    /// By when somebody looks at it again.
    pub review_on: Day,
    /// Who kept it on last.
    pub reviewed_by: Option<StaffId>,
    /// What waits for a second person.
    pub asked: Option<Asked>,
    /// How each key fares.
    pub marks: BTreeMap<String, Mark>,
    /// Days on which its review was missed.
    pub missed: u32,
}

impl State {
    /// Whether it keeps this key, durably.
    pub fn keeps(&self, key: &str) -> bool {
        self.stage == Stage::Placed && self.marks.get(key) == Some(&Mark::Kept)
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Proposed { things, ground, review_on, by, .. } => {
                (self.stage, self.ground) = (Stage::Proposed, Some(*ground));
                self.things.clone_from(things);
                (self.review_on, self.proposed_by, self.proposed_at) = (*review_on, Some(*by), at);
            }
            Event::Declined { .. } => self.stage = Stage::Declined,
            Event::Placed { things, review_on, by } => {
                self.stage = Stage::Placed;
                (self.review_on, self.confirmed_by) = (*review_on, Some(*by));
                self.marks = things.iter().map(|t| (t.key.clone(), Mark::Asked)).collect();
            }
            Event::Kept { key } => self.mark(key, Mark::Kept),
            Event::Failed { key } => self.mark(key, Mark::Failed),
            Event::LetGo { key } => self.mark(key, Mark::LetGo),
            Event::ReviewProposed { review_on, by, .. } => {
                self.asked = Some(Asked::Review { by: *by, review_on: *review_on });
            }
            Event::Reviewed { review_on, by, .. } => {
                (self.review_on, self.reviewed_by) = (*review_on, Some(*by));
                (self.asked, self.missed) = (None, 0);
            }
            Event::ReviewMissed { times, .. } => self.missed = *times,
            Event::EndProposed { by, .. } => self.asked = Some(Asked::End { by: *by }),
            Event::RequestDropped { .. } => self.asked = None,
            Event::Ended { .. } => (self.stage, self.asked) = (Stage::Ended, None),
        }
        self
    }

    fn mark(&mut self, key: &str, mark: Mark) {
        self.marks.insert(key.to_owned(), mark);
    }
}
