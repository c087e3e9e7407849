//! What the pages of a call need of whoever hosts its media, and what that host reports back.
//! Never here: media, sockets, signalling.

use call::{Call, CallId, Command, Participant};
use engine::{Caller, Engine, Fault, Refused};
use kernel::At;

/// The media of calls. One host in this process, or a cluster elsewhere.
pub trait Rooms: Send + Sync + 'static {
    /// A token that lets `identity` enter the room of `call`, shown there as `name`.
    fn token(&self, call: CallId, identity: &str, name: &str, at: At) -> String;
    /// Ends the room: everybody out, the recorder last.
    fn finish(&self, call: CallId);
    /// Puts one participant out.
    fn remove(&self, call: CallId, identity: &str);
    /// Where the signalling is, when it is not on this page's own host.
    fn media_url(&self) -> Option<String> {
        None
    }
}

/// The room says that somebody entered.
pub async fn note_joined(engine: &Engine, call: CallId, identity: &str) -> Result<(), Fault> {
    let Ok(participant) = identity.parse() else { return Ok(()) };
    note(engine, call, Command::NoteJoined { participant }).await
}

/// The room says that somebody's connection is gone.
pub async fn note_lost(engine: &Engine, call: CallId, identity: &str) -> Result<(), Fault> {
    let Ok(participant) = identity.parse() else { return Ok(()) };
    note(engine, call, Command::NoteLost { participant }).await
}

/// Somebody asks for a token. If the room still believes them connected, that connection is
/// dead (a reload, or a restart of ours), and their return must be seen as one.
pub async fn note_entering(
    engine: &Engine,
    call: CallId,
    participant: Participant,
) -> Result<(), Fault> {
    note(engine, call, Command::NoteLost { participant }).await
}

async fn note(engine: &Engine, call: CallId, command: Command) -> Result<(), Fault> {
    let caller = Caller::system();
    match engine.execute::<Call>(&call.stream(), command, &caller, None).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}
