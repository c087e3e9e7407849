//! Where a referral stands.

use crate::AgencyId;
use crate::event::{Basis, DeclineWhy, Event, How, Outcome, Waits};
use crate::kind::{Field, KindCode};
use incident::IncidentId;
use kernel::{At, Personal};
use std::collections::BTreeMap;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Asked for, and sent to nobody yet.
    Requested,
    /// With an agency.
    Sent,
    /// The agency opened it.
    Seen,
    /// The agency said yes.
    Accepted,
    /// The agency said no.
    Declined,
    /// The agency has spoken with her.
    Engaged,
    /// Done.
    Closed,
    /// Not asked any more.
    Withdrawn,
}

impl Step {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Sent => "sent",
            Self::Seen => "seen",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Engaged => "engaged",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether anybody still owes anything.
    pub const fn open(self) -> bool {
        !matches!(self, Self::Closed | Self::Withdrawn)
    }

    /// What is waited for.
    pub const fn waits(self) -> Option<Waits> {
        match self {
            Self::Requested => Some(Waits::Agency),
            Self::Sent | Self::Seen => Some(Waits::Acknowledge),
            Self::Accepted => Some(Waits::FirstContact),
            Self::Declined => Some(Waits::AnotherAgency),
            Self::Engaged | Self::Closed | Self::Withdrawn => None,
        }
    }
}

/// One thing that was said between the agency and the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: At,
    /// The past participle of its event, e.g. `question_asked`.
    pub what: &'static str,
    /// The words.
    pub text: Personal<String>,
    /// A code beside them: why, how, outcome.
    pub code: Option<&'static str>,
}

/// One referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// For whom.
    pub incident: IncidentId,
    /// Which kind of help.
    pub kind: KindCode,
    /// On what ground.
    pub basis: Basis,
    /// Why without her consent.
    pub override_reason: Option<Personal<String>>,
    /// What they must know.
    pub summary: Personal<String>,
    /// Which criteria she meets.
    pub criteria: Vec<String>,
    /// When it was asked for.
    pub at: At,
    /// By when she must have been spoken with.
    pub due_at: At,
    /// By when the agency says yes or no.
    pub acknowledge_by: Option<At>,
    /// What an agency may be told of her record.
    pub allowed: Vec<Field>,
    /// What it was told.
    pub shared: Personal<BTreeMap<Field, String>>,
    /// The agency that has it.
    pub to: Option<AgencyId>,
    /// The agency that the officer chose.
    pub chosen: Option<AgencyId>,
    /// When it went there.
    pub sent_at: Option<At>,
    /// How far it has come.
    pub step: Step,
    /// When it is asked after.
    pub chase_at: Option<At>,
    /// When a supervisor is told.
    pub escalate_at: Option<At>,
    /// How often one was.
    pub escalations: u32,
    /// Whether the agency waits for an answer.
    pub question: bool,
    /// What was said, oldest first; what was said to another agency before is not in it.
    pub notes: Vec<Note>,
}

/// One referral, or none yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State(pub Option<Box<Asked>>);

impl State {
    pub(crate) fn after(self, event: &Event, at: At) -> Self {
        match (self.0, event) {
            (None, event) => Self(first(event, at).map(Box::new)),
            (Some(mut asked), event) => {
                asked.take(event, at);
                Self(Some(asked))
            }
        }
    }
}

fn first(event: &Event, at: At) -> Option<Asked> {
    let Event::Requested {
        incident,
        agency,
        basis,
        override_reason,
        summary,
        due_at,
        acknowledge_by,
        ground: _,
        criteria,
        allowed,
        to,
    } = event
    else {
        return None;
    };
    Some(Asked {
        incident: *incident,
        kind: agency.clone(),
        basis: *basis,
        override_reason: override_reason.clone(),
        summary: summary.clone(),
        criteria: criteria.clone(),
        at,
        due_at: *due_at,
        acknowledge_by: *acknowledge_by,
        allowed: allowed.clone(),
        shared: Personal::default(),
        to: None,
        chosen: *to,
        sent_at: None,
        step: Step::Requested,
        chase_at: None,
        escalate_at: *acknowledge_by,
        escalations: 0,
        question: false,
        notes: vec![],
    })
}

impl Asked {
    /// Whether this agency has it.
    pub fn is_with(&self, agency: AgencyId) -> bool {
        self.to == Some(agency)
    }

    fn take(&mut self, event: &Event, at: At) {
        match event {
            Event::Requested { .. } => {}
            Event::Sent { to, shared, chase_at, acknowledge_by } => {
                self.to = Some(*to);
                self.shared = shared.clone();
                self.sent_at = Some(at);
                self.acknowledge_by = Some(*acknowledge_by);
                (self.chase_at, self.escalate_at) = (Some(*chase_at), Some(*acknowledge_by));
                self.question = false;
                // What one agency said is none of the next one's business.
                self.notes.clear();
                self.step = Step::Sent;
            }
            Event::Seen {} => self.step = Step::Seen,
            Event::Accepted { chase_at, escalate_at } => {
                self.step = Step::Accepted;
                (self.chase_at, self.escalate_at) = (Some(*chase_at), Some(*escalate_at));
            }
            Event::Declined { why, reason, escalate_at } => {
                self.step = Step::Declined;
                (self.chase_at, self.escalate_at) = (None, Some(*escalate_at));
                self.note(at, "declined", reason, Some(DeclineWhy::code(*why)));
            }
            Event::QuestionAsked { question } => {
                self.question = true;
                self.note(at, "question_asked", question, None);
            }
            Event::QuestionAnswered { answer } => {
                self.question = false;
                self.note(at, "question_answered", answer, None);
            }
            Event::ContactTried { note } => self.note(at, "contact_tried", note, None),
            Event::Engaged { how, note, .. } => {
                self.end(Step::Engaged);
                self.note(at, "engaged", note, Some(How::code(*how)));
            }
            Event::Closed { outcome, note } => {
                self.end(Step::Closed);
                self.note(at, "closed", note, Some(Outcome::code(*outcome)));
            }
            Event::Chased { .. } => self.chase_at = None,
            Event::Escalated { count, again_at, .. } => {
                (self.escalations, self.escalate_at) = (*count, *again_at);
            }
            Event::Withdrawn { reason } => {
                self.end(Step::Withdrawn);
                self.note(at, "withdrawn", reason, None);
            }
        }
    }

    fn end(&mut self, step: Step) {
        self.step = step;
        (self.chase_at, self.escalate_at) = (None, None);
    }

    fn note(
        &mut self,
        at: At,
        what: &'static str,
        text: &Personal<String>,
        code: Option<&'static str>,
    ) {
        self.notes.push(Note { at, what, text: text.clone(), code });
    }
}
