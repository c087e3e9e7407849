//! Where an export stands.

use crate::event::{Event, Recipient};
use incident::IncidentId;
use kernel::{At, id::StaffId};
use recording::RecordingId;
use std::collections::BTreeMap;

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was asked.
    #[default]
    None,
    /// One person asked.
    Requested,
    /// Two people want it.
    Approved,
    /// It was turned down or taken back.
    Refused,
    /// Nobody approved it in time.
    Expired,
}

/// How far a working copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// It is being made for this person.
    Making(StaffId),
    /// It is made; its last bytes are on their way.
    Made(StaffId),
    /// It was taken whole.
    Taken,
    /// It was not finished.
    Broken,
}

/// An export as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How far it is.
    pub stage: Stage,
    /// Of which incident.
    pub incident: Option<IncidentId>,
    /// With which recordings.
    pub recordings: Vec<RecordingId>,
    /// For what kind of receiver.
    pub recipient: Option<Recipient>,
    /// Who asked.
    pub requested_by: Option<StaffId>,
    /// Since when.
    pub requested_at: At,
    /// Who approved.
    pub approved_by: Option<StaffId>,
    /// The working copies, by number from 1.
    pub copies: BTreeMap<u32, Copy>,
}

impl State {
    /// Whether this person is one of the two.
    pub fn is_one_of_two(&self, who: StaffId) -> bool {
        self.requested_by == Some(who) || self.approved_by == Some(who)
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Requested { incident, recordings, recipient, by, .. } => {
                self.stage = Stage::Requested;
                self.incident = Some(*incident);
                self.recordings.clone_from(recordings);
                self.recipient = Some(*recipient);
                (self.requested_by, self.requested_at) = (Some(*by), at);
            }
            Event::Approved { by } => {
                (self.stage, self.approved_by) = (Stage::Approved, Some(*by));
            }
            Event::Refused { .. } => self.stage = Stage::Refused,
            Event::Expired {} => self.stage = Stage::Expired,
            Event::Begun { copy, by, .. } => self.mark(*copy, Copy::Making(*by)),
            Event::Packaged { copy, by, .. } => self.mark(*copy, Copy::Made(*by)),
            Event::Downloaded { copy, .. } => self.mark(*copy, Copy::Taken),
            Event::BrokenOff { copy, .. } => self.mark(*copy, Copy::Broken),
        }
        self
    }

    fn mark(&mut self, copy: u32, now: Copy) {
        self.copies.insert(copy, now);
    }
}
