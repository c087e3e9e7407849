//! What falls due: an agency is asked after it at half time, a supervisor is told when the time
//! is gone, and told again.

use crate::event::Event;
use kernel::At;

/// Half the time is gone.
pub const CHASE: &str = "chase";
/// The time is gone.
pub const ESCALATE: &str = "escalate";

/// What an event sets, moves or clears.
pub fn changes(event: &Event) -> Vec<(&'static str, Option<At>)> {
    match event {
        Event::Requested { acknowledge_by: Some(by), .. } => vec![(ESCALATE, Some(*by))],
        Event::Sent { chase_at, acknowledge_by, .. } => {
            vec![(CHASE, Some(*chase_at)), (ESCALATE, Some(*acknowledge_by))]
        }
        Event::Accepted { chase_at, escalate_at } => {
            vec![(CHASE, Some(*chase_at)), (ESCALATE, Some(*escalate_at))]
        }
        Event::Declined { escalate_at, .. } => vec![(CHASE, None), (ESCALATE, Some(*escalate_at))],
        Event::Escalated { again_at, .. } => vec![(ESCALATE, *again_at)],
        Event::Engaged { .. } | Event::Closed { .. } | Event::Withdrawn { .. } => {
            vec![(CHASE, None), (ESCALATE, None)]
        }
        Event::Requested { acknowledge_by: None, .. }
        | Event::Seen {}
        | Event::QuestionAsked { .. }
        | Event::QuestionAnswered { .. }
        | Event::ContactTried { .. }
        | Event::Chased { .. } => vec![],
    }
}
