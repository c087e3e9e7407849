//! What changes an assessment from outside: the call becomes less than face to face, or face to
//! face again; he breaches an order or is free; she reports again.

use crate::{Settings, known, talk};
use arrest::order;
use async_trait::async_trait;
use call::{Call, CallId, Participant};
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use incident::IncidentId;
use risk::{Act, Cause, Channel, Risk, RiskId};

/// A refusal is an answer: there is nothing under way, or nobody has graded anything.
async fn act(
    engine: &Engine,
    settings: &Settings,
    incident: IncidentId,
    act: Act,
    key: &str,
) -> Result<(), Fault> {
    let (stream, command) = (RiskId::from(incident).stream(), settings.command(act));
    match engine.execute::<Risk>(&stream, command, &Caller::system(), Some(key)).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

/// The assessment under way in a call says by itself how it was made: whoever reads it later
/// must not have to ask.
pub(crate) struct WhenCallChanged(pub(crate) Settings);

#[async_trait]
impl Reaction for WhenCallChanged {
    fn name(&self) -> &'static str {
        "risk_when_call_worsened"
    }

    fn wants(&self, kind: &str) -> bool {
        let kinds =
            ["call.audio_only.v1", "call.participant_lost.v1", "call.participant_returned.v1"];
        kinds.contains(&kind)
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        if CallId::of_stream(&event.stream).is_none() {
            return Ok(());
        }
        let Some(channel) = changed(&event.decode()?) else { return Ok(()) };
        let (state, _) = engine.state::<Call>(&event.stream).await?;
        let incident = state.call().and_then(|known| known.about.incident());
        let Some(incident) = incident else { return Ok(()) };
        // Back, and with a picture: a voice that is back has been marked as one.
        if channel == Channel::Video && talk::now(engine, incident).await?.channel != Channel::Video
        {
            return Ok(());
        }
        act(engine, &self.0, incident, Act::MarkChannel { channel }, &self.key(event)).await
    }
}

/// Only the two who speak with each other count: an interpreter may come and go.
const fn changed(event: &call::Event) -> Option<Channel> {
    use Participant::{Staff, Victim};
    match event {
        call::Event::AudioOnly { on: true, .. } => Some(Channel::AudioOnly),
        call::Event::ParticipantLost { participant: Victim | Staff(_) } => {
            Some(Channel::Interrupted)
        }
        call::Event::ParticipantReturned { participant: Victim | Staff(_) } => Some(Channel::Video),
        _ => None,
    }
}

/// He breached an order, left custody, or nothing binds him any more.
pub(crate) struct WhenDangerChanged(pub(crate) Settings);

#[async_trait]
impl Reaction for WhenDangerChanged {
    fn name(&self) -> &'static str {
        "risk-when-danger-changed"
    }

    fn wants(&self, kind: &str) -> bool {
        let kinds = [
            "order.breached.v1",
            "order.ended.v1",
            "arrest.released.v1",
            "arrest.outcome_recorded.v1",
        ];
        kinds.contains(&kind)
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let (cause, tell) = match event.noun() {
            "order" => match event.decode()? {
                order::Event::Breached { tell, .. } => (Cause::OrderBreached, tell),
                order::Event::Ended { tell, .. } => (Cause::OrderEnded, tell),
                _ => return Ok(()),
            },
            _ => match event.decode()? {
                arrest::Event::Released { tell, .. } => (Cause::Released, tell),
                arrest::Event::OutcomeRecorded { tell, .. } => (Cause::Outcome, tell),
                _ => return Ok(()),
            },
        };
        act(engine, &self.0, tell.incident, Act::Reassess { cause }, &self.key(event)).await
    }
}

/// She reports again: what was graded before may not hold any more.
pub(crate) struct WhenReportedAgain(pub(crate) Settings);

#[async_trait]
impl Reaction for WhenReportedAgain {
    fn name(&self) -> &'static str {
        "risk-when-reported-again"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == known::REPORTED
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        for earlier in known::earlier(engine, event).await? {
            let key = format!("{}/{earlier}", self.key(event));
            let cause = Cause::NewIncident;
            act(engine, &self.0, earlier, Act::Reassess { cause }, &key).await?;
        }
        Ok(())
    }
}
