//! The room as a value: what goes in, what comes out, and the loop that keeps every connection
//! drained. What each input means is in `signal`, `negotiate`, `forward`, `channel` and `rate`.

use crate::limits;
use crate::participant::{Grants, Link, Participant, Presence, Seat};
use crate::roster;
use crate::rtc::{self, Crypto, End};
use kernel::At;
use livekit_protocol as lk;
use lk::leave_request::Action;
use lk::signal_response::Message as Say;
use media::{Codec, Kind};
use prost::Message as _;
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use str0m::net::{DatagramSend, Protocol, Receive};
use str0m::{Candidate, IceConnectionState, Output as RtcOutput};

/// Both clocks at one moment: the room reads neither itself.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// For timers.
    pub instant: Instant,
    /// For the record.
    pub at: At,
}

/// A signalling connection, named by the host. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Session(pub u64);

/// How the recorder is shown to everybody in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecorderSeat {
    /// Its identity: `recorder`.
    pub identity: String,
    /// Its name as shown.
    pub name: String,
}

/// What a room is made of.
#[derive(Clone)]
pub struct Config {
    /// The room's name.
    pub name: Arc<str>,
    /// Luck for public ids, so that ids of two lives of one room differ.
    pub seed: u64,
    /// Where callers can reach the host, best first.
    pub addresses: Vec<SocketAddr>,
    /// Shared by all rooms of a host.
    pub crypto: Crypto,
    /// The recorder, if this room is recorded.
    pub recorder: Option<RecorderSeat>,
    /// Whether H.264 is taken besides VP8.
    pub h264: bool,
}

/// What happens to a room.
pub enum Input<'a> {
    /// A datagram for `seat`. Handled only if that seat's connection accepts it.
    Datagram {
        /// Whose.
        seat: Seat,
        /// From where.
        from: SocketAddr,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// A deadline has come.
    Timeout,
    /// Somebody with a valid token joins, or resumes over a new signalling connection.
    Join {
        /// The signalling connection.
        session: Session,
        /// Who, from the token.
        identity: Arc<str>,
        /// How they are shown, from the token.
        name: String,
        /// What they may do, from the token.
        grants: Grants,
        /// What their client asks for.
        request: Box<lk::JoinRequest>,
    },
    /// A signalling frame.
    Signal {
        /// Which connection.
        session: Session,
        /// Protobuf.
        bytes: &'a [u8],
    },
    /// The signalling connection closed without a word. The seat is kept.
    SignalLost {
        /// Which connection.
        session: Session,
    },
    /// Somebody must go.
    Remove {
        /// Who.
        identity: &'a str,
    },
    /// A key frame is wanted of somebody's video.
    KeyFrame {
        /// Whose.
        identity: &'a str,
    },
    /// The call is over: everybody is told to leave.
    Finish,
}

/// Why somebody left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveReason {
    /// Their client said goodbye.
    Asked,
    /// The host removed them.
    Removed,
    /// The same identity joined again.
    Replaced,
    /// The room is finished.
    Finished,
}

/// How a participant's connection does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Round trip.
    pub rtt: Option<Duration>,
    /// Share of packets lost on the way to the participant.
    pub loss_out: f32,
    /// Share of packets lost on the way from the participant.
    pub loss_in: f32,
    /// What the way to the participant carries, in bits per second.
    pub estimate: Option<u64>,
}

/// What the room did, for whoever keeps the record.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A seat is taken; `again` when the same identity sat here before.
    Joined { identity: Arc<str>, again: bool },
    /// The same seat has a new signalling connection.
    Resumed { identity: Arc<str> },
    /// Media flows, first or again.
    Connected { identity: Arc<str> },
    /// Media stopped; the seat is kept.
    Lost { identity: Arc<str> },
    /// The seat is empty.
    Left { identity: Arc<str>, reason: LeaveReason },
    /// Somebody publishes a track.
    TrackPublished { identity: Arc<str>, track: Arc<str>, kind: Kind },
    /// A publisher muted or unmuted.
    TrackMuted { identity: Arc<str>, track: Arc<str>, muted: bool },
    /// A track is over.
    TrackEnded { identity: Arc<str>, track: Arc<str> },
    /// The first decodable picture of `from` went out to `to`.
    FirstFrame { from: Arc<str>, to: Arc<str> },
    /// A data message was forwarded.
    Data { from: Arc<str>, topic: String, bytes: usize },
    /// Every two seconds, for everybody connected.
    Quality { identity: Arc<str>, quality: Quality },
    /// A limit was hit and something was thrown away.
    Dropped { what: &'static str },
}

/// What the recorder taps.
#[derive(Clone, Debug)]
pub enum Tapped {
    /// A track's first frame came.
    Started { participant: Arc<str>, track: Arc<str>, codec: Codec, at: At },
    /// A frame.
    Frame {
        participant: Arc<str>,
        track: Arc<str>,
        at: At,
        key: bool,
        size: Option<media::Size>,
        contiguous: bool,
        data: Arc<[u8]>,
    },
    /// Muted or unmuted.
    Muted { participant: Arc<str>, track: Arc<str>, muted: bool, at: At },
    /// No more frames of it.
    Ended { participant: Arc<str>, track: Arc<str>, at: At },
    /// No more frames at all.
    Finished { at: At },
}

/// What a room wants done.
pub enum Output {
    /// Send a datagram.
    Transmit { seat: Seat, to: SocketAddr, bytes: DatagramSend },
    /// Send a signalling frame.
    Signal { session: Session, bytes: Vec<u8> },
    /// Close a signalling connection, after what was said before.
    Close { session: Session },
    /// STUN that names `ufrag` belongs to `seat` from now on, besides what did before.
    Route { seat: Seat, ufrag: String },
    /// Nothing belongs to `seat` any more.
    Forget { seat: Seat },
    /// For the recorder.
    Tap(Tapped),
    /// For the record.
    Event(Event),
}

/// A room. Feed it with `handle`, drain it with `poll`, call again by `deadline`.
pub struct Room {
    pub(crate) config: Config,
    pub(crate) people: BTreeMap<Seat, Participant>,
    pub(crate) recorder: Option<lk::ParticipantInfo>,
    pub(crate) sid: String,
    pub(crate) now: Now,
    pub(crate) born: At,
    out: VecDeque<Output>,
    heard: VecDeque<(Seat, str0m::Event)>,
    next_seat: u32,
    ids: u64,
    next_tick: Option<Instant>,
    ticks: u32,
    finished: bool,
}

impl Room {
    /// An empty room.
    pub fn new(config: Config, now: Now) -> Self {
        let mut room = Self {
            config,
            people: BTreeMap::new(),
            recorder: None,
            sid: String::new(),
            now,
            born: now.at,
            out: VecDeque::new(),
            heard: VecDeque::new(),
            next_seat: 1,
            ids: 0,
            next_tick: None,
            ticks: 0,
            finished: false,
        };
        room.sid = room.fresh_id("RM");
        let recorder_sid = room.fresh_id("PA");
        room.recorder =
            room.config.recorder.as_ref().map(|seat| roster::recorder(seat, recorder_sid, now.at));
        room
    }

    /// Takes `input` in. False if it was not for this room or broke its rules.
    pub fn handle(&mut self, now: Now, input: Input<'_>) -> bool {
        self.now = now;
        if self.finished {
            return false;
        }
        let taken = match input {
            Input::Datagram { seat, from, bytes } => self.receive(seat, from, bytes),
            Input::Timeout => self.timeout(),
            Input::Join { session, identity, name, grants, request } => {
                self.join(session, identity, name, grants, *request)
            }
            Input::Signal { session, bytes } => self.signal(session, bytes),
            Input::SignalLost { session } => self.signal_lost(session),
            Input::Remove { identity } => self.remove(identity),
            Input::KeyFrame { identity } => self.key_frame_of(identity),
            Input::Finish => self.finish(),
        };
        self.settle();
        taken
    }

    /// The next thing to be done, until there is none.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// When to call with `Input::Timeout` at the latest.
    pub fn deadline(&self) -> Option<Instant> {
        let timers = self.people.values().filter_map(|person| person.deadline);
        timers.chain(self.next_tick).min()
    }

    /// Whether `Finish` has been handled.
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// Who is seated, and whether media flows.
    pub fn roster(&self) -> impl Iterator<Item = (Arc<str>, bool)> {
        self.people
            .values()
            .map(|person| (Arc::clone(&person.identity), person.presence == Presence::Here))
    }

    /// The seat of `identity`.
    pub fn seat_of(&self, identity: &str) -> Option<Seat> {
        self.people.values().find(|person| &*person.identity == identity).map(|p| p.seat)
    }

    /// Who sits at `seat`.
    pub fn identity_of(&self, seat: Seat) -> Option<Arc<str>> {
        Some(Arc::clone(&self.people.get(&seat)?.identity))
    }

    /// The signalling connection of `identity`.
    pub fn session_of(&self, identity: &str) -> Option<Session> {
        self.people.get(&self.seat_of(identity)?)?.session
    }

    /// How `identity`'s connection does.
    pub fn quality(&self, identity: &str) -> Option<Quality> {
        let person = self.people.values().find(|person| &*person.identity == identity)?;
        Some(quality(&person.link))
    }

    pub(crate) fn fresh_id(&mut self, prefix: &str) -> String {
        self.ids += 1;
        // splitmix64: spreads the seed and the count; a public name, not a secret.
        let mut word = self.config.seed.wrapping_add(self.ids.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        format!("{prefix}_{:012x}", (word ^ (word >> 31)) & 0xffff_ffff_ffff)
    }

    pub(crate) fn say(&mut self, session: Option<Session>, message: Say) {
        let Some(session) = session else { return };
        let bytes = lk::SignalResponse { message: Some(message) }.encode_to_vec();
        self.out.push_back(Output::Signal { session, bytes });
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.out.push_back(Output::Event(event));
    }

    pub(crate) fn tap(&mut self, tapped: Tapped) {
        if self.recorder.is_some() {
            self.out.push_back(Output::Tap(tapped));
        }
    }

    pub(crate) fn put(&mut self, output: Output) {
        self.out.push_back(output);
    }

    fn receive(&mut self, seat: Seat, from: SocketAddr, bytes: &[u8]) -> bool {
        let local = self.config.addresses.iter().find(|one| one.is_ipv4() == from.is_ipv4());
        let Some((local, person)) = local.zip(self.people.get_mut(&seat)) else { return false };
        let Ok(received) = Receive::new(Protocol::Udp, from, *local, bytes) else { return false };
        let input = str0m::Input::Receive(self.now.instant, received);
        if !person.rtc.accepts(&input) {
            return false;
        }
        // A datagram that cannot be read harms nobody but its sender.
        let taken = person.rtc.handle_input(input).is_ok();
        person.heard = self.now.instant;
        let back = person.presence == Presence::Away && person.rtc.is_connected() && !person.closed;
        self.pump(seat);
        if back {
            self.connected(seat);
        }
        taken
    }

    fn timeout(&mut self) -> bool {
        let now = self.now.instant;
        let due: Vec<Seat> = self
            .people
            .values()
            .filter(|person| person.deadline.is_some_and(|deadline| deadline <= now))
            .map(|person| person.seat)
            .collect();
        for seat in due {
            self.wake(seat);
        }
        if self.next_tick.is_some_and(|tick| tick <= now) {
            self.next_tick = Some(now + limits::RELAY_EVERY);
            self.ticks = self.ticks.wrapping_add(1);
            self.notice_silence();
            self.relay_rates();
            if self.ticks.is_multiple_of(limits::QUALITY_EVERY) {
                self.tell_quality();
            }
        }
        true
    }

    fn notice_silence(&mut self) {
        let now = self.now.instant;
        let silent: Vec<Seat> = self
            .people
            .values()
            .filter(|person| person.presence == Presence::Here)
            .filter(|person| now.saturating_duration_since(person.heard) > limits::SILENCE)
            .map(|person| person.seat)
            .collect();
        for seat in silent {
            self.lost(seat);
        }
    }

    /// Feeds the time to a connection and drains it. Needed after every change made to it.
    pub(crate) fn wake(&mut self, seat: Seat) {
        let now = self.now.instant;
        if let Some(person) = self.people.get_mut(&seat) {
            // An error closes the connection, which the drain reports.
            let _closed = person.rtc.handle_input(str0m::Input::Timeout(now));
        }
        self.pump(seat);
    }

    /// Drains a connection until it waits. `str0m` demands this after every change.
    pub(crate) fn pump(&mut self, seat: Seat) {
        let now = self.now.instant;
        let Some(person) = self.people.get_mut(&seat) else { return };
        let mut immediate = 0;
        person.deadline = loop {
            match person.rtc.poll_output() {
                Ok(RtcOutput::Transmit(sent)) => self.out.push_back(Output::Transmit {
                    seat,
                    to: sent.destination,
                    bytes: sent.contents,
                }),
                Ok(RtcOutput::Event(event)) => self.heard.push_back((seat, event)),
                Ok(RtcOutput::Timeout(at)) if at > now => break Some(at),
                Ok(RtcOutput::Timeout(_)) if immediate < limits::IMMEDIATE_POLLS => {
                    immediate += 1;
                    if person.rtc.handle_input(str0m::Input::Timeout(now)).is_err() {
                        break None;
                    }
                }
                Ok(RtcOutput::Timeout(_)) => break Some(now + Duration::from_millis(1)),
                Err(_) => {
                    person.rtc.disconnect();
                    self.heard.push_back((seat, str0m::Event::Closed));
                    break None;
                }
            }
        };
    }

    fn settle(&mut self) {
        while let Some((seat, event)) = self.heard.pop_front() {
            self.hear(seat, event);
        }
    }

    fn hear(&mut self, seat: Seat, event: str0m::Event) {
        use str0m::Event as E;
        match event {
            E::Connected => self.connected(seat),
            E::IceConnectionStateChange(IceConnectionState::Disconnected) => self.lost(seat),
            E::Closed => {
                if let Some(person) = self.people.get_mut(&seat) {
                    person.closed = true;
                }
                self.lost(seat);
            }
            E::IceConnectionStateChange(
                IceConnectionState::Connected | IceConnectionState::Completed,
            ) if self.is_away(seat) => self.connected(seat),
            E::ChannelOpen(id, label) => self.channel_open(seat, id, &label),
            E::ChannelData(data) => self.channel_data(seat, data),
            E::MediaData(frame) => self.forward(seat, frame),
            E::KeyframeRequest(request) => self.key_frame_for(seat, request.mid),
            E::EgressBitrateEstimate(estimate) => self.estimated(seat, &estimate),
            E::PeerStats(stats) => self.measured(seat, &stats),
            _ => {}
        }
    }

    fn is_away(&self, seat: Seat) -> bool {
        let person = self.people.get(&seat);
        person.is_some_and(|person| person.presence == Presence::Away && !person.closed)
    }

    fn connected(&mut self, seat: Seat) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        if person.presence == Presence::Here {
            return;
        }
        person.presence = Presence::Here;
        for (_, binding) in person.bindings_mut() {
            binding.needs_key = true;
        }
        let identity = Arc::clone(&person.identity);
        let shown: Vec<_> =
            person.bindings().map(|(_, one)| (one.from, Arc::clone(&one.track))).collect();
        self.tell(Event::Connected { identity });
        self.update_roster(seat);
        for (from, track) in shown {
            self.ask_key_frame(from, &track);
        }
    }

    fn lost(&mut self, seat: Seat) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        if person.presence != Presence::Here {
            return;
        }
        person.presence = Presence::Away;
        person.link = Link::default();
        for track in &mut person.tracks {
            track.broken = track.kind == Kind::Video;
        }
        let identity = Arc::clone(&person.identity);
        self.tell(Event::Lost { identity });
        self.update_roster(seat);
        self.tell_quality();
    }

    fn join(
        &mut self,
        session: Session,
        identity: Arc<str>,
        name: String,
        grants: Grants,
        request: lk::JoinRequest,
    ) -> bool {
        let before = self.people.values().find(|person| person.identity == identity);
        let before = before.map(|person| (person.seat, person.rtc.is_alive() && !person.closed));
        if request.reconnect {
            return self.resume(session, before, &request);
        }
        if before.is_none() && self.people.len() >= limits::PARTICIPANTS {
            self.refuse(session, lk::DisconnectReason::JoinFailure, Action::Disconnect);
            self.tell(Event::Dropped { what: "join: room full" });
            return false;
        }
        if let Some((seat, _)) = before {
            self.unseat(seat, LeaveReason::Replaced);
        }
        let seat = self.seat(session, Arc::clone(&identity), name, grants);
        self.tell(Event::Joined { identity, again: before.is_some() });
        self.welcome(seat, session);
        self.update_roster(seat);
        for track in request.add_track_requests.iter().take(limits::TRACKS) {
            self.add_track(seat, track);
        }
        if let Some(offer) = request.publisher_offer {
            self.offered(seat, &offer);
        }
        self.next_tick.get_or_insert(self.now.instant + limits::RELAY_EVERY);
        true
    }

    fn seat(&mut self, session: Session, identity: Arc<str>, name: String, grants: Grants) -> Seat {
        let seat = Seat(self.next_seat);
        self.next_seat += 1;
        let mut rtc =
            rtc::build(&self.config.crypto, End::Room, self.config.h264, self.now.instant);
        for address in &self.config.addresses {
            if let Ok(candidate) = Candidate::host(*address, "udp") {
                rtc.add_local_candidate(candidate);
            }
        }
        let person = Participant {
            seat,
            sid: self.fresh_id("PA").into(),
            identity,
            name: name.chars().take(limits::NAME_BYTES).collect(),
            grants,
            joined: self.now.at,
            version: 1,
            session: Some(session),
            rtc,
            deadline: None,
            presence: Presence::Joining,
            closed: false,
            heard: self.now.instant,
            tracks: Vec::new(),
            slots: BTreeMap::new(),
            asked: false,
            reliable: None,
            lossy: None,
            last_sequence: 0,
            link: Link::default(),
        };
        self.people.insert(seat, person);
        seat
    }

    fn resume(
        &mut self,
        session: Session,
        before: Option<(Seat, bool)>,
        request: &lk::JoinRequest,
    ) -> bool {
        let same = before.filter(|(seat, alive)| {
            *alive && self.people.get(seat).is_some_and(|p| *p.sid == *request.participant_sid)
        });
        let Some((seat, _)) = same else {
            // Another life of the room or of the seat: the client joins anew by itself.
            self.refuse(session, lk::DisconnectReason::StateMismatch, Action::Reconnect);
            return false;
        };
        let Some(person) = self.people.get_mut(&seat) else { return false };
        let old = person.session.replace(session);
        person.asked = false;
        let identity = Arc::clone(&person.identity);
        let last_message_seq = person.last_sequence;
        if let Some(session) = old {
            self.out.push_back(Output::Close { session });
        }
        let response = lk::ReconnectResponse {
            last_message_seq,
            server_info: Some(roster::server()),
            client_configuration: Some(roster::client_configuration()),
            ..Default::default()
        };
        self.say(Some(session), Say::Reconnect(response));
        self.tell(Event::Resumed { identity });
        let participants = self.everybody();
        self.say(Some(session), Say::Update(lk::ParticipantUpdate { participants }));
        if let Some(offer) = &request.publisher_offer {
            self.offered(seat, offer);
        }
        true
    }

    pub(crate) fn refuse(&mut self, session: Session, why: lk::DisconnectReason, then: Action) {
        self.say(Some(session), Say::Leave(leave(why, then)));
        self.out.push_back(Output::Close { session });
    }

    fn signal_lost(&mut self, session: Session) -> bool {
        let person = self.people.values_mut().find(|person| person.session == Some(session));
        person.is_some_and(|person| person.session.take().is_some())
    }

    fn remove(&mut self, identity: &str) -> bool {
        let seat = self.seat_of(identity);
        seat.is_some_and(|seat| self.unseat(seat, LeaveReason::Removed))
    }

    /// Empties a seat: its tracks end, its client is told why, everybody else sees it go.
    pub(crate) fn unseat(&mut self, seat: Seat, reason: LeaveReason) -> bool {
        let Some(person) = self.people.get_mut(&seat) else { return false };
        // First of all the client is told, so that it does not ask about what goes away next.
        let session = person.session.take();
        let tracks: Vec<Arc<str>> =
            person.tracks.iter().map(|track| Arc::clone(&track.sid)).collect();
        if let Some(session) = session {
            if reason != LeaveReason::Asked {
                self.say(Some(session), Say::Leave(leave(roster::why(reason), Action::Disconnect)));
            }
            self.out.push_back(Output::Close { session });
        }
        for track in tracks {
            self.end_track(seat, &track);
        }
        let Some(person) = self.people.get_mut(&seat) else { return false };
        let _already_closed = person.rtc.close();
        self.pump(seat);
        self.heard.retain(|(heard, _)| *heard != seat);
        let Some(mut person) = self.people.remove(&seat) else { return false };
        person.version += 1;
        self.out.push_back(Output::Forget { seat });
        let mut info = roster::participant(&person);
        info.state = lk::participant_info::State::Disconnected.into();
        info.disconnect_reason = roster::why(reason).into();
        info.tracks.clear();
        self.tell_everybody(&info);
        self.tell(Event::Left { identity: person.identity, reason });
        true
    }

    fn finish(&mut self) -> bool {
        let seats: Vec<Seat> = self.people.keys().copied().collect();
        for seat in &seats {
            let session = self.people.get_mut(seat).and_then(|person| person.session.take());
            if let Some(session) = session {
                let why = roster::why(LeaveReason::Finished);
                self.refuse(session, why, Action::Disconnect);
            }
        }
        for seat in seats {
            self.unseat(seat, LeaveReason::Finished);
        }
        let at = self.now.at;
        self.tap(Tapped::Finished { at });
        self.finished = true;
        self.next_tick = None;
        true
    }
}

pub(crate) fn leave(why: lk::DisconnectReason, then: Action) -> lk::LeaveRequest {
    lk::LeaveRequest {
        can_reconnect: then != Action::Disconnect,
        reason: why.into(),
        action: then.into(),
        regions: None,
    }
}

pub(crate) fn quality(link: &Link) -> Quality {
    let Link { estimate, rtt, loss_out, loss_in } = *link;
    Quality { rtt, loss_out, loss_in, estimate }
}
