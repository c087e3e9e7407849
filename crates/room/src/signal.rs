//! What each signalling request of a client means. Requests this room has no use for are passed
//! over: the protocol grows, and `livekit-client` sends many that need no answer.

use crate::limits;
use crate::participant::Seat;
use crate::room::{Event, LeaveReason, Room, Session, Tapped};
use crate::track::Track;
use livekit_protocol as lk;
use lk::signal_request::Message as Ask;
use lk::signal_response::Message as Say;
use prost::Message as _;
use std::sync::Arc;

impl Room {
    pub(crate) fn signal(&mut self, session: Session, bytes: &[u8]) -> bool {
        if bytes.len() > limits::SIGNAL_BYTES {
            self.tell(Event::Dropped { what: "signal: too long" });
            return false;
        }
        let Some(seat) = self.seat_of_session(session) else { return false };
        let Ok(request) = lk::SignalRequest::decode(bytes) else {
            self.tell(Event::Dropped { what: "signal: not protobuf" });
            return false;
        };
        let Some(message) = request.message else { return true };
        match message {
            Ask::Offer(offer) => self.offered(seat, &offer),
            Ask::AddTrack(track) => self.add_track(seat, &track),
            Ask::Mute(mute) => self.mute(seat, &mute),
            Ask::Leave(_) => self.unseat(seat, LeaveReason::Asked),
            Ask::Ping(at) => {
                self.say(Some(session), Say::Pong(at));
                true
            }
            Ask::PingReq(ping) => self.pong(session, &ping),
            Ask::UpdateMetadata(update) => self.refuse_metadata(session, &update),
            // ICE-lite learns addresses from checks, every track is forwarded, layers are not
            // used: nothing to do for trickle, subscriptions, settings and the like.
            _ => true,
        }
    }

    fn seat_of_session(&self, session: Session) -> Option<Seat> {
        let person = self.people.values().find(|person| person.session == Some(session))?;
        Some(person.seat)
    }

    fn pong(&mut self, session: Session, ping: &lk::Ping) -> bool {
        let timestamp = self.now.at.0 / 1000;
        let pong = lk::Pong { last_ping_timestamp: ping.timestamp, timestamp };
        self.say(Some(session), Say::PongResp(pong));
        true
    }

    fn refuse_metadata(
        &mut self,
        session: Session,
        update: &lk::UpdateParticipantMetadata,
    ) -> bool {
        let response = lk::RequestResponse {
            request_id: update.request_id,
            reason: lk::request_response::Reason::NotAllowed.into(),
            ..Default::default()
        };
        self.say(Some(session), Say::RequestResponse(response));
        true
    }

    pub(crate) fn add_track(&mut self, seat: Seat, request: &lk::AddTrackRequest) -> bool {
        let sid: Arc<str> = self.fresh_id("TR").into();
        let Some(person) = self.people.get_mut(&seat) else { return false };
        let session = person.session;
        let known = person.tracks.iter().find(|track| track.cid == request.cid);
        let known = known.filter(|track| !track.cid.is_empty()).map(|track| track.info.clone());
        if let Some(info) = known {
            let cid = request.cid.clone();
            self.say(session, Say::TrackPublished(published(cid, info)));
            return true;
        }
        let full = person.tracks.len() >= limits::TRACKS || !person.grants.publish;
        let track = Track::new(sid, request).filter(|_| !full);
        let Some(track) = track else {
            self.tell(Event::Dropped { what: "track: not allowed" });
            return false;
        };
        let response = published(request.cid.clone(), track.info.clone());
        person.tracks.push(track);
        self.say(session, Say::TrackPublished(response));
        true
    }

    fn mute(&mut self, seat: Seat, request: &lk::MuteTrackRequest) -> bool {
        let at = self.now.at;
        let Some(person) = self.people.get_mut(&seat) else { return false };
        let identity = Arc::clone(&person.identity);
        let Some(track) = person.track_mut(&request.sid) else { return false };
        if track.info.muted == request.muted {
            return true;
        }
        let muted = request.muted;
        track.info.muted = muted;
        let sid = Arc::clone(&track.sid);
        self.tell(Event::TrackMuted { identity: Arc::clone(&identity), track: sid.clone(), muted });
        self.tap(Tapped::Muted { participant: identity, track: sid, muted, at });
        self.update_roster(seat);
        true
    }
}

fn published(cid: String, track: lk::TrackInfo) -> lk::TrackPublishedResponse {
    lk::TrackPublishedResponse { cid, track: Some(track) }
}
