//! What stands now.

use crate::event::{Advice, Event, Owner};
use kernel::{At, Personal};
use std::collections::{BTreeMap, BTreeSet};

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Owed.
    Owed,
    /// Done, and since when.
    Done(At),
    /// Owed no more.
    Dropped,
}

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What.
    pub what: Personal<String>,
    /// Who.
    pub owner: Owner,
    /// By when.
    pub due_at: At,
    /// Where it stands.
    pub standing: Standing,
}

/// The plan of one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Advice given.
    pub advice: BTreeSet<Advice>,
    /// What else was said.
    pub note: Option<Personal<String>>,
    /// Actions by number.
    pub actions: BTreeMap<u32, Action>,
    /// When anything was last kept.
    pub kept_at: Option<At>,
}

impl State {
    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        self.kept_at = Some(at);
        match event {
            Event::AdviceGiven { advice } => {
                self.advice.insert(*advice);
            }
            Event::AdviceWithdrawn { advice } => {
                self.advice.remove(advice);
            }
            Event::NoteKept { note } => self.note = Some(note.clone()),
            Event::ActionSet { action, what, owner, due_at } => {
                let (what, standing) = (what.clone(), Standing::Owed);
                let one = Action { what, owner: *owner, due_at: *due_at, standing };
                self.actions.insert(*action, one);
            }
            Event::ActionDone { action } => self.set(*action, Standing::Done(at)),
            Event::ActionDropped { action, .. } => self.set(*action, Standing::Dropped),
        }
        self
    }

    fn set(&mut self, action: u32, standing: Standing) {
        if let Some(one) = self.actions.get_mut(&action) {
            one.standing = standing;
        }
    }
}
