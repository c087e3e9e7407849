//! When a call becomes less than face to face, the assessment under way in it says so by
//! itself: whoever reads it later must not have to ask.

use async_trait::async_trait;
use call::{Call, CallId, Participant};
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use risk::{Channel, Command, Risk, RiskId};

/// `call.audio_only` and `call.participant_lost`.
pub(crate) struct WhenCallWorsened;

#[async_trait]
impl Reaction for WhenCallWorsened {
    fn name(&self) -> &'static str {
        "risk_when_call_worsened"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.audio_only.v1" | "call.participant_lost.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        if CallId::of_stream(&event.stream).is_none() {
            return Ok(());
        }
        let Some(channel) = worsened(&event.decode()?) else { return Ok(()) };
        let (state, _) = engine.state::<Call>(&event.stream).await?;
        let incident = state.call().and_then(|known| known.about.incident());
        let Some(incident) = incident else { return Ok(()) };
        let stream = RiskId::from(incident).stream();
        let mark = Command::MarkChannel { channel };
        let key = self.key(event);
        match engine.execute::<Risk>(&stream, mark, &Caller::system(), Some(&key)).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

/// Only the two who speak with each other count: an interpreter may come and go.
const fn worsened(event: &call::Event) -> Option<Channel> {
    match event {
        call::Event::AudioOnly { on: true, .. } => Some(Channel::AudioOnly),
        call::Event::ParticipantLost {
            participant: Participant::Victim | Participant::Staff(_),
        } => Some(Channel::Interrupted),
        _ => None,
    }
}
