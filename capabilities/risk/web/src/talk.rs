//! How the officer and she talk at this moment, and in which language, by the call's own state.

use call::{Call, CallId, Participant};
use engine::{Engine, Fault};
use incident::{Incident, IncidentId};
use risk::Channel;

/// How they talk.
pub(crate) struct Talk {
    /// Face to face, by voice, or not at all.
    pub(crate) channel: Channel,
    /// Her language, where a call says it.
    pub(crate) language: Option<&'static str>,
}

/// How they talk now.
pub(crate) async fn now(engine: &Engine, incident: IncidentId) -> Result<Talk, Fault> {
    let none = Talk { channel: Channel::NoCall, language: None };
    let (known, _) = engine.state::<Incident>(&incident.stream()).await?;
    let Some(offer) = known.offer.call() else { return Ok(none) };
    let (call, _) = engine.state::<Call>(&CallId::from(offer).stream()).await?;
    let language = call.call().map(|known| known.language.tag());
    let Some(open) = call.open() else { return Ok(Talk { language, ..none }) };
    let voice = open.audio_only.iter().any(|one| !matches!(one, Participant::Guest(_)));
    let channel = match () {
        () if !open.is_there(Participant::Victim) => Channel::NoCall,
        () if voice => Channel::AudioOnly,
        () => Channel::Video,
    };
    Ok(Talk { channel, language })
}

/// The same, where the officer may say it herself outside a call: at the door, or by telephone.
pub(crate) fn told(talk: &Talk, how: &str) -> Channel {
    match (talk.channel, Channel::of(how)) {
        (Channel::NoCall, Some(how @ (Channel::InPerson | Channel::AudioOnly))) => how,
        (channel, _) => channel,
    }
}
