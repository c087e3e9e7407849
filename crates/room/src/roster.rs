//! What everybody in the room is told about everybody else. The recorder is in it, by name.

use crate::limits;
use crate::participant::{Participant, Presence, Seat};
use crate::rate;
use crate::room::{LeaveReason, RecorderSeat, Room, Session};
use kernel::At;
use livekit_protocol as lk;
use lk::participant_info::{Kind, State};
use lk::signal_response::Message as Say;
use std::collections::HashMap;

/// How often a client says it is there, and how long we both wait, in seconds.
const PING_EVERY: i32 = 5;
const PING_PATIENCE: i32 = 15;

/// The signalling protocol's number, as `livekit-client` 2.23 states it.
const PROTOCOL: i32 = 17;

pub(crate) fn server() -> lk::ServerInfo {
    lk::ServerInfo { version: "1.13.0".into(), protocol: PROTOCOL, ..Default::default() }
}

pub(crate) fn client_configuration() -> lk::ClientConfiguration {
    lk::ClientConfiguration {
        resume_connection: lk::ClientConfigSetting::Enabled.into(),
        ..Default::default()
    }
}

#[expect(deprecated, reason = "clients still show this mark")]
pub(crate) fn recorder(seat: &RecorderSeat, sid: String, at: At) -> lk::ParticipantInfo {
    lk::ParticipantInfo {
        sid,
        identity: seat.identity.clone(),
        name: seat.name.clone(),
        state: State::Active.into(),
        kind: Kind::Egress.into(),
        joined_at: at.seconds(),
        version: 1,
        permission: Some(lk::ParticipantPermission {
            can_subscribe: true,
            recorder: true,
            ..Default::default()
        }),
        ..Default::default()
    }
}

pub(crate) fn participant(person: &Participant) -> lk::ParticipantInfo {
    let state = match person.presence {
        Presence::Joining => State::Joined,
        Presence::Here | Presence::Away => State::Active,
    };
    let away = if person.presence == Presence::Away { "1" } else { "" };
    let linked = person.tracks.iter().filter(|track| track.mid.is_some());
    lk::ParticipantInfo {
        sid: person.sid.to_string(),
        identity: person.identity.to_string(),
        name: person.name.clone(),
        state: state.into(),
        kind: Kind::Standard.into(),
        tracks: linked.map(|track| track.info.clone()).collect(),
        joined_at: person.joined.seconds(),
        joined_at_ms: person.joined.0 / 1000,
        version: person.version,
        is_publisher: !person.tracks.is_empty(),
        attributes: HashMap::from([("away".to_owned(), away.to_owned())]),
        permission: Some(lk::ParticipantPermission {
            can_subscribe: person.grants.subscribe,
            can_publish: person.grants.publish,
            can_publish_data: true,
            ..Default::default()
        }),
        ..Default::default()
    }
}

pub(crate) fn why(reason: LeaveReason) -> lk::DisconnectReason {
    match reason {
        LeaveReason::Asked => lk::DisconnectReason::ClientInitiated,
        LeaveReason::Removed => lk::DisconnectReason::ParticipantRemoved,
        LeaveReason::Replaced => lk::DisconnectReason::DuplicateIdentity,
        LeaveReason::Finished => lk::DisconnectReason::RoomDeleted,
    }
}

impl Room {
    /// Everybody seated, and the recorder.
    pub(crate) fn everybody(&self) -> Vec<lk::ParticipantInfo> {
        self.recorder.iter().cloned().chain(self.people.values().map(participant)).collect()
    }

    /// Tells a new participant where they are.
    pub(crate) fn welcome(&mut self, seat: Seat, session: Session) {
        let Some(person) = self.people.get(&seat) else { return };
        let own = participant(person);
        let others =
            self.everybody().into_iter().filter(|info| info.identity != own.identity).collect();
        let codec = |mime: &str| lk::Codec { mime: mime.to_owned(), fmtp_line: String::new() };
        let mut enabled_publish_codecs = vec![codec("audio/opus"), codec("video/VP8")];
        if self.config.h264 {
            enabled_publish_codecs.push(codec("video/H264"));
        }
        let room = lk::Room {
            sid: self.sid.clone(),
            name: self.config.name.to_string(),
            max_participants: limits::PARTICIPANTS as u32,
            creation_time: self.born.seconds(),
            creation_time_ms: self.born.0 / 1000,
            num_participants: self.people.len() as u32,
            active_recording: self.recorder.is_some(),
            ..Default::default()
        };
        let join = lk::JoinResponse {
            room: Some(room),
            participant: Some(own),
            other_participants: others,
            server_version: server().version,
            server_info: Some(server()),
            client_configuration: Some(client_configuration()),
            subscriber_primary: false,
            ping_interval: PING_EVERY,
            ping_timeout: PING_PATIENCE,
            enabled_publish_codecs,
            ..Default::default()
        };
        self.say(Some(session), Say::Join(join));
    }

    /// Tells everybody how `seat` is now.
    pub(crate) fn update_roster(&mut self, seat: Seat) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        person.version += 1;
        let info = participant(person);
        self.tell_everybody(&info);
    }

    pub(crate) fn tell_everybody(&mut self, info: &lk::ParticipantInfo) {
        let sessions: Vec<_> = self.people.values().filter_map(|person| person.session).collect();
        for session in sessions {
            let update = lk::ParticipantUpdate { participants: vec![info.clone()] };
            self.say(Some(session), Say::Update(update));
        }
    }

    /// Tells everybody how well everybody is connected.
    pub(crate) fn tell_quality(&mut self) {
        let updates: Vec<_> = self.people.values().map(rate::connection_quality).collect();
        let sessions: Vec<_> = self.people.values().filter_map(|person| person.session).collect();
        for session in sessions {
            let update = lk::ConnectionQualityUpdate { updates: updates.clone() };
            self.say(Some(session), Say::ConnectionQuality(update));
        }
        let here = self.people.values().filter(|person| person.presence == Presence::Here);
        let qualities: Vec<_> = here.map(rate::quality_event).collect();
        for event in qualities {
            self.tell(event);
        }
    }
}
