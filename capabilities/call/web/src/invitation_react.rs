//! When the incident decides, the call follows: an accepted offer is opened and invited, one
//! taken back is ended; and when the call decides, its room follows.

use crate::{Rooms, invitation_secret};
use async_trait::async_trait;
use call::{Call, CallId, Channel, Command, Event, Guest, InvitationId, Language, Outcome};
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use incident::IncidentId;
use incident::route::Contact;
use kernel::At;
use std::sync::Arc;

/// A new link's id, the same however often the same cause is answered.
pub(crate) fn invitation_of(engine: &Engine, at: At, cause: &str) -> InvitationId {
    let derived = engine.derive("invitation id", cause.as_bytes());
    let mut luck = [0; 16];
    luck.copy_from_slice(&derived[..16]);
    InvitationId::birth(at, luck)
}

/// The command that invites somebody by a fresh link.
pub(crate) fn invite(
    engine: &Engine,
    invitation: InvitationId,
    guest: Guest,
    channel: Channel,
    contact: Option<String>,
    name: Option<String>,
) -> Command {
    let secret_hash = invitation_secret::hash(&invitation_secret::secret(engine, invitation));
    Command::Invite { invitation, guest, secret_hash, channel, contact, name }
}

/// `incident.offer_accepted`: open the call, invite her.
pub(crate) struct WhenOfferAccepted;

#[async_trait]
impl Reaction for WhenOfferAccepted {
    fn name(&self) -> &'static str {
        "call_when_offer_accepted"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "incident.offer_accepted.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(incident) = IncidentId::of_stream(&event.stream) else { return Ok(()) };
        let incident::Event::OfferAccepted { offer, contact, language, .. } = event.decode()?
        else {
            return Ok(());
        };
        // Without a number there is nobody to invite: the record was erased meanwhile.
        let Some(contact) = contact.into_known() else { return Ok(()) };
        let call = CallId::from(offer);
        let open = Command::Open { incident, offer, language: Language::of_tag(&language) };
        let key = self.key(event);
        ask(engine, call, open, &format!("{key}/open")).await?;
        let (channel, contact) = match contact {
            Contact::Text(number) => (Channel::Text, Some(number)),
            Contact::Email(address) => (Channel::Email, Some(address)),
            Contact::ReadOut => (Channel::ReadOut, None),
        };
        let invitation = invitation_of(engine, event.at, &key);
        let invite = invite(engine, invitation, Guest::Victim, channel, contact, None);
        ask(engine, call, invite, &format!("{key}/invite")).await
    }
}

/// `call.opened_for_matter`: invite her, as the matter said.
pub(crate) struct WhenOpenedForMatter;

#[async_trait]
impl Reaction for WhenOpenedForMatter {
    fn name(&self) -> &'static str {
        "call_when_opened_for_matter"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.opened_for_matter.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let Event::OpenedForMatter { channel, contact, .. } = event.decode()? else {
            return Ok(());
        };
        let contact = contact.and_then(kernel::Personal::into_known);
        let key = self.key(event);
        let invitation = invitation_of(engine, event.at, &key);
        let invite = invite(engine, invitation, Guest::Victim, channel, contact, None);
        ask(engine, call, invite, &format!("{key}/invite")).await
    }
}

/// `incident.taken_back` and `incident.offer_lost`: the link must die.
pub(crate) struct WhenTakenBack;

#[async_trait]
impl Reaction for WhenTakenBack {
    fn name(&self) -> &'static str {
        "call_when_taken_back"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "incident.taken_back.v1" | "incident.offer_lost.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let offer = match event.decode()? {
            incident::Event::TakenBack { offer, .. } => offer,
            incident::Event::OfferLost { offer: Some(offer), .. } => offer,
            _ => return Ok(()),
        };
        let call = CallId::from(offer);
        let (state, _) = engine.state::<Call>(&call.stream()).await?;
        let Some(open) = state.open() else { return Ok(()) };
        let outcome = match open.room.is_empty() {
            true => Outcome::NotReached,
            false => Outcome::TransferredInPerson,
        };
        ask(engine, call, Command::Finish { outcome }, &self.key(event)).await
    }
}

/// `call.finished`, a device admitted, a link replaced: whoever has no place is put out.
pub(crate) struct WhenOut(pub(crate) Arc<dyn Rooms>);

#[async_trait]
impl Reaction for WhenOut {
    fn name(&self) -> &'static str {
        "call_when_out"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "call.finished.v1"
                | "call.device_admitted.v1"
                | "call.invitation_replaced.v1"
                | "call.left_by_exit.v1"
        )
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        match event.decode()? {
            Event::Finished { .. } => self.0.finish(call),
            other => {
                let (state, _) = engine.state::<Call>(&event.stream).await?;
                let who = other.invitation().zip(state.open());
                if let Some(participant) = who.and_then(|(id, open)| open.participant(id)) {
                    self.0.remove(call, &participant.to_string());
                }
            }
        }
        Ok(())
    }
}

async fn ask(engine: &Engine, call: CallId, command: Command, key: &str) -> Result<(), Fault> {
    let caller = Caller::system();
    match engine.execute::<Call>(&call.stream(), command, &caller, Some(key)).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}
