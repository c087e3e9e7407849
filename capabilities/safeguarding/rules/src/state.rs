//! What stands now.

use crate::child::{Child, Notice};
use crate::code;
use crate::contact::Rule;
use crate::event::{Advice, Event, Owner};
use crate::marker::Marker;
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
    /// Children by number.
    pub children: BTreeMap<u32, Child>,
    /// How and when she may be reached, once it was asked.
    pub contact: Option<Rule>,
    /// Markers on her address, by number.
    pub markers: BTreeMap<u32, Marker>,
    /// What she is owed to hear, by number.
    pub updates: BTreeMap<u32, code::Owed>,
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
            Event::ContactRuled { ways, hours, words } => {
                let (ways, words) = (ways.clone(), words.clone());
                self.contact = Some(Rule { ways, hours: *hours, words, at });
            }
            Event::ChildRecorded { .. }
            | Event::SchoolTold { .. }
            | Event::SchoolAcknowledged { .. }
            | Event::NoticeWithdrawn { .. }
            | Event::BellMissed { .. } => self.of_child(event, at),
            Event::MarkerSet { .. } | Event::MarkerKeptOn { .. } | Event::MarkerEnded { .. } => {
                self.of_marker(event);
            }
            Event::UpdateOwed { .. }
            | Event::UpdateHeard { .. }
            | Event::UpdateTried { .. }
            | Event::UpdateMissed { .. } => self.of_update(event, at),
        }
        self
    }

    fn of_child(&mut self, event: &Event, at: At) {
        let (child, notice) = match event {
            Event::ChildRecorded { child, details, present, school, due, assumed } => {
                let one = Child {
                    details: details.clone(),
                    present: *present,
                    school: school.clone(),
                    due: *due,
                    assumed: *assumed,
                    notice: Notice::Owed,
                    missed: false,
                };
                self.children.insert(*child, one);
                return;
            }
            Event::BellMissed { child, .. } => {
                if let Some(one) = self.children.get_mut(child) {
                    one.missed = true;
                }
                return;
            }
            Event::SchoolTold { child, told, .. } => (child, Notice::Told(*told, at)),
            Event::SchoolAcknowledged { child, .. } => (child, Notice::Acknowledged(at)),
            Event::NoticeWithdrawn { child, .. } => (child, Notice::Withdrawn),
            _ => return,
        };
        if let Some(one) = self.children.get_mut(child) {
            one.notice = notice;
        }
    }

    fn set(&mut self, action: u32, standing: Standing) {
        if let Some(one) = self.actions.get_mut(&action) {
            one.standing = standing;
        }
    }
}
