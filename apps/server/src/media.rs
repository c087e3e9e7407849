//! Between calls and their media: who may enter a room, what the room reports back, and where
//! its recording goes. The room knows no call, the call no socket.

use crate::presence::{self, Presence};
use crate::settings::Settings;
use call::{About, Call, CallId, Invitation, Participant};
use call_web::Rooms;
use engine::Engine;
use kernel::id::StaffId;
use kernel::{Actor, At};
use recording_web::Keeper;
use room_host::tap::TapSender;
use room_host::{HostConfig, HostEvent, RoomHost};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;

/// How long a token lets somebody join. A reconnect shows the same one, so it lives as long as
/// the longest call; `may_enter` asks at every join whether the call is still open.
const TOKEN_LIFE: Duration = Duration::from_secs(4 * 3600);

/// The rooms of this process.
pub(crate) struct HostedRooms(pub(crate) Arc<RoomHost>);

impl Rooms for HostedRooms {
    fn token(&self, call: CallId, identity: &str, name: &str, at: At) -> String {
        self.0.token(&call.to_string(), identity, name, at, TOKEN_LIFE)
    }

    fn finish(&self, call: CallId) {
        if !self.0.finish(&call.to_string()) {
            tracing::error!(%call, "the media host was too busy to finish a room");
        }
    }

    fn remove(&self, call: CallId, identity: &str) {
        if !self.0.remove(&call.to_string(), identity) {
            tracing::error!(%call, "the media host was too busy to put somebody out");
        }
    }
}

/// Starts the host of every room.
pub(crate) fn start(
    settings: &Settings,
    engine: &Engine,
    tap: TapSender,
) -> Result<Arc<RoomHost>, Box<dyn Error + Send + Sync>> {
    let media = &settings.media;
    let advertise =
        if media.advertise.is_empty() { vec![media.udp] } else { media.advertise.clone() };
    let asking = engine.clone();
    let admit = move |room: &str, identity: &str, minted: At| {
        let may = may_enter(&asking, room, identity, minted);
        // Signalling runs on the server's threads, of which there are several.
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(may))
    };
    let wall = engine.clone();
    let host = RoomHost::start(HostConfig {
        udp_bind: media.udp,
        advertise,
        token_secret: engine.derive("room tokens", b"").to_vec(),
        recorder_name: media.recorder_name.clone(),
        admit: Arc::new(admit),
        tap: Some(tap),
        h264: media.h264,
        wall: Arc::new(move || wall.now()),
    })?;
    Ok(Arc::new(host))
}

/// Whether the call is open and this participant may be in its room, by a token of this age: a
/// device that another one replaced keeps its token, and it lets nobody in.
async fn may_enter(engine: &Engine, room: &str, identity: &str, minted: At) -> bool {
    let (Ok(call), Ok(participant)) = (room.parse::<CallId>(), identity.parse()) else {
        return false;
    };
    let state = match engine.state::<Call>(&call.stream()).await {
        Ok((state, _)) => state,
        Err(fault) => {
            tracing::error!(%fault, %call, "nobody is let in: the call cannot be read");
            return false;
        }
    };
    let Some(open) = state.open() else { return false };
    match participant {
        Participant::Staff(id) => may_answer(engine, id, &open.about).await,
        Participant::Victim => open.victim().is_some_and(|(_, one)| holds(one, minted)),
        Participant::Guest(id) => open.invitations.get(&id).is_some_and(|one| holds(one, minted)),
        Participant::Recorder => false,
    }
}

/// Tokens are dated in whole seconds.
fn holds(one: &Invitation, minted: At) -> bool {
    one.lobby.admitted() && minted.seconds() >= one.held_since.seconds()
}

/// Whether this member of staff may answer such a call now, whatever token they still have.
async fn may_answer(engine: &Engine, id: StaffId, about: &About) -> bool {
    match engine.state::<access::Staff>(&id.stream()).await {
        Ok((account, _)) => {
            let (action, purpose) = call::permit::to_enter(about);
            let actor = Actor::Staff { id, roles: account.roles.clone() };
            let may = kernel::permit::may(call::PERMITS, &actor, action, purpose);
            let now = engine.now();
            let signed_in = account.sessions.iter().any(|one| one.expires_at > now);
            account.enabled && signed_in && may
        }
        Err(fault) => {
            tracing::error!(%fault, "nobody is let in: an account cannot be read");
            false
        }
    }
}

/// Tells the calls what happens in their rooms, for as long as the host lives; and compares now
/// and then, because a slow journal makes this miss events.
pub(crate) async fn report(engine: Engine, host: Arc<RoomHost>, keeper: Arc<Keeper>) {
    let mut events = host.subscribe();
    let mut presence = Presence::default();
    let mut looks = tokio::time::interval(presence::EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let told = tokio::select! {
            heard = events.recv() => match heard {
                Ok(event) => hear(&engine, &keeper, &mut presence, &event).await,
                Err(RecvError::Lagged(lost)) => {
                    tracing::warn!(lost, "events of the media host were missed");
                    looks.reset_immediately();
                    Ok(())
                }
                Err(RecvError::Closed) => return,
            },
            _ = looks.tick() => match host.present().await {
                Some(present) => presence.compare(&engine, &present).await,
                None => return,
            },
        };
        if let Err(fault) = told {
            tracing::error!(%fault, "a call could not be told what happened in its room");
        }
    }
}

async fn hear(
    engine: &Engine,
    keeper: &Keeper,
    presence: &mut Presence,
    event: &HostEvent,
) -> Result<(), engine::Fault> {
    match event {
        HostEvent::MediaConnected { room, identity } => {
            presence.heard_of(room);
            tell(engine, room, identity, true).await
        }
        HostEvent::ParticipantLost { room, identity }
        | HostEvent::ParticipantLeft { room, identity, .. } => {
            presence.heard_of(room);
            tell(engine, room, identity, false).await
        }
        HostEvent::TrackEnded { room, track, .. } => {
            if let Ok(call) = room.parse() {
                keeper.track_over(call, track);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn tell(
    engine: &Engine,
    room: &str,
    identity: &str,
    there: bool,
) -> Result<(), engine::Fault> {
    let Ok(call) = room.parse::<CallId>() else { return Ok(()) };
    if there {
        call_web::note_joined(engine, call, identity).await
    } else {
        call_web::note_lost(engine, call, identity).await
    }
}
