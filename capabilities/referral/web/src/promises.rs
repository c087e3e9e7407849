//! What is owed to her by a referral: an agency's answer, and its first contact with her; and by
//! a meeting: every action that was set.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use referral::{Event, conference};

/// The promises of referrals.
pub(crate) struct OfReferrals;

/// The agency's yes or no.
const ACKNOWLEDGE: &str = "acknowledge";
/// Its first contact with her.
const FIRST_CONTACT: &str = "first_contact";

impl Promises for OfReferrals {
    fn name(&self) -> &'static str {
        "referral"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("referral.")
    }

    //= Code of Practice for Victims of Crime, right 4: referred to a service that supports
    //= victims, without delay
    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let made = |due, incident| Promised::Made { due, incident };
        let changes = match event.decode::<Event>()? {
            Event::Requested { incident, due_at, acknowledge_by, .. } => {
                let incident = Some(incident.stream());
                let mut changes = vec![(FIRST_CONTACT, made(due_at, incident.clone()))];
                changes.extend(acknowledge_by.map(|by| (ACKNOWLEDGE, made(by, incident))));
                changes
            }
            // The row knows its incident from the request.
            Event::Sent { acknowledge_by, .. } => vec![(ACKNOWLEDGE, made(acknowledge_by, None))],
            Event::Accepted { .. } | Event::Declined { .. } => vec![(ACKNOWLEDGE, Promised::Kept)],
            Event::Engaged { .. } => vec![(FIRST_CONTACT, Promised::Kept)],
            Event::Closed { .. } | Event::Withdrawn { .. } => {
                vec![(ACKNOWLEDGE, Promised::Ended), (FIRST_CONTACT, Promised::Ended)]
            }
            Event::Seen {}
            | Event::QuestionAsked { .. }
            | Event::QuestionAnswered { .. }
            | Event::ContactTried { .. }
            | Event::Chased { .. }
            | Event::Escalated { .. } => vec![],
        };
        let change = |(name, change): (&str, Promised)| PromiseChange {
            stream: event.stream.clone(),
            name: name.to_owned(),
            change,
        };
        Ok(changes.into_iter().map(change).collect())
    }
}

/// The promises of meetings: `action:1`, `action:2` and so on, each with its own day.
pub(crate) struct OfMeetings;

impl Promises for OfMeetings {
    fn name(&self) -> &'static str {
        "conference"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "conference.action_set.v1" | "conference.action_done.v1")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let (action, change) = match event.decode::<conference::Event>()? {
            conference::Event::ActionSet { action, due_at, .. } => {
                (action, Promised::Made { due: due_at, incident: None })
            }
            conference::Event::ActionDone { action, .. } => (action, Promised::Kept),
            _ => return Ok(vec![]),
        };
        let name = format!("action:{action}");
        Ok(vec![PromiseChange { stream: event.stream.clone(), name, change }])
    }
}
