//! The deadline of a link that nobody opens.

use async_trait::async_trait;
use call::{Call, Command, Event, InvitationId, deadline};
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;

/// Kept under `<call's stream>/<invitation>`, because a call has several links.
pub(crate) struct InvitationExpires;

#[async_trait]
impl Deadlines for InvitationExpires {
    fn name(&self) -> &'static str {
        "call"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "call.invited.v1"
                | "call.invitation_opened.v1"
                | "call.invitation_replaced.v1"
                | "call.invitation_expired.v1"
        )
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let change = deadline::change(&event.decode::<Event>()?);
        let change = change.map(|(invitation, due)| DeadlineChange {
            stream: format!("{}/{invitation}", event.stream),
            name: deadline::INVITATION_EXPIRES,
            due,
        });
        Ok(change.into_iter().collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, _: At) -> Result<(), Fault> {
        let Some((call, invitation)) = stream.rsplit_once('/') else { return Ok(()) };
        let Ok(invitation) = invitation.parse::<InvitationId>() else { return Ok(()) };
        let caller = Caller::system();
        let expire = Command::Expire { invitation };
        match engine.execute::<Call>(call, expire, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
