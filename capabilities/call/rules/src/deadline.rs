//! What falls due in a call, and when: only a link that nobody opens.

use crate::{Event, InvitationId};
use kernel::At;

/// The name of the only deadline.
pub const INVITATION_EXPIRES: &str = "invitation_expires";

/// The deadline that an event sets (`Some`) or clears (`None`), by invitation.
pub const fn change(event: &Event) -> Option<(InvitationId, Option<At>)> {
    match event {
        Event::Invited { invitation, expires_at, .. } => Some((*invitation, Some(*expires_at))),
        Event::InvitationOpened { invitation, .. }
        | Event::InvitationReplaced { invitation, .. }
        | Event::InvitationExpired { invitation } => Some((*invitation, None)),
        _ => None,
    }
}
