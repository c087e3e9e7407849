//! The media thread: one socket, every room, every timer. It never waits for anybody: what does
//! not fit a queue is dropped and counted. A bug in one room ends that room and no other.

use crate::clock::{self, Wall};
use crate::event::{Fault, HostEvent, ParticipantStats, Present, Stats};
use crate::limits;
use crate::tap::{TapEvent, TapSender};
use livekit_protocol as lk;
use room::rtc::Crypto;
use room::{Grants, Input, Now, Output, RecorderSeat, Room, Seat, Session, Tapped};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;
use tokio::net::UdpSocket;
use tokio::sync::{broadcast, mpsc, oneshot};

/// A signalling client's queue.
pub(crate) type Outbox = mpsc::Sender<Vec<u8>>;

/// What the rest of the host asks of the media thread.
pub(crate) enum Command {
    Join {
        session: Session,
        room: Arc<str>,
        identity: Arc<str>,
        name: String,
        grants: Grants,
        request: Box<lk::JoinRequest>,
        outbox: Outbox,
    },
    Signal {
        session: Session,
        room: Arc<str>,
        bytes: Vec<u8>,
    },
    SignalLost {
        session: Session,
        room: Arc<str>,
    },
    Remove {
        room: Arc<str>,
        identity: Arc<str>,
    },
    KeyFrame {
        room: Arc<str>,
        identity: Arc<str>,
    },
    Finish {
        room: Arc<str>,
    },
    Disturb {
        room: Arc<str>,
        identity: Arc<str>,
        fault: Fault,
    },
    Stats {
        room: Arc<str>,
        answer: oneshot::Sender<Option<Stats>>,
    },
    Present {
        answer: oneshot::Sender<Vec<Present>>,
    },
    Stop,
}

/// What a media thread is made of.
pub(crate) struct Parts {
    pub(crate) socket: UdpSocket,
    pub(crate) addresses: Vec<SocketAddr>,
    pub(crate) crypto: Crypto,
    pub(crate) recorder: Option<RecorderSeat>,
    pub(crate) h264: bool,
    pub(crate) tap: Option<TapSender>,
    pub(crate) events: broadcast::Sender<HostEvent>,
    pub(crate) wall: Wall,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct RoomId(u64);

struct Hosted {
    name: Arc<str>,
    room: Room,
    outboxes: BTreeMap<Session, Outbox>,
    scheduled: Option<Instant>,
    faults: BTreeMap<Arc<str>, Disturbance>,
    seats: BTreeMap<Seat, SeatRoutes>,
    stats: Stats,
}

#[derive(Default)]
struct SeatRoutes {
    ufrags: Vec<String>,
    addresses: Vec<SocketAddr>,
}

struct Disturbance {
    fault: Fault,
    until: Option<Instant>,
    dice: u64,
}

pub(crate) struct Engine {
    parts: Parts,
    rooms: BTreeMap<RoomId, Hosted>,
    names: BTreeMap<Arc<str>, RoomId>,
    ufrags: HashMap<String, (RoomId, Seat)>,
    addresses: HashMap<SocketAddr, (RoomId, Seat)>,
    timers: BTreeSet<(Instant, RoomId)>,
    next_room: u64,
}

impl Engine {
    pub(crate) fn new(parts: Parts) -> Self {
        Self {
            parts,
            rooms: BTreeMap::new(),
            names: BTreeMap::new(),
            ufrags: HashMap::new(),
            addresses: HashMap::new(),
            timers: BTreeSet::new(),
            next_room: 1,
        }
    }

    /// Runs until told to stop or until nobody can give commands.
    pub(crate) async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut buffer = vec![0_u8; limits::DATAGRAM];
        loop {
            let far = clock::instant() + std::time::Duration::from_secs(1);
            let next = self.timers.first().map_or(far, |(at, _)| *at);
            tokio::select! {
                biased;
                command = commands.recv() => {
                    let Some(command) = command else { return };
                    if !self.command(command) { return }
                    for _ in 1..limits::BATCH {
                        let Ok(command) = commands.try_recv() else { break };
                        if !self.command(command) { return }
                    }
                    // Media is looked at after every batch of commands, however many wait.
                    self.datagrams(&mut buffer);
                }
                readable = self.parts.socket.readable() => {
                    if readable.is_ok() { self.datagrams(&mut buffer) }
                }
                () = tokio::time::sleep_until(next.into()) => {}
            }
            self.fire();
        }
    }

    fn fire(&mut self) {
        let now = clock::now(&self.parts.wall);
        while let Some((at, id)) = self.timers.first().copied() {
            if at > now.instant {
                break;
            }
            self.timers.pop_first();
            if let Some(hosted) = self.rooms.get_mut(&id) {
                hosted.scheduled = None;
            }
            self.feed(id, now, Input::Timeout);
        }
    }

    fn datagrams(&mut self, buffer: &mut [u8]) {
        for _ in 0..limits::BATCH {
            let Ok((size, from)) = self.parts.socket.try_recv_from(buffer) else {
                return;
            };
            let from = SocketAddr::new(from.ip().to_canonical(), from.port());
            self.datagram(from, &buffer[..size]);
        }
    }

    fn datagram(&mut self, from: SocketAddr, bytes: &[u8]) {
        let named = room::stun::server_ufrag(bytes).and_then(|ufrag| self.ufrags.get(ufrag));
        let Some((id, seat)) = named.or_else(|| self.addresses.get(&from)).copied() else {
            return;
        };
        let Some(hosted) = self.rooms.get_mut(&id) else {
            return;
        };
        let now = clock::now(&self.parts.wall);
        if hosted.disturbed(seat, now.instant) {
            return;
        }
        hosted.stats.datagrams_in += 1;
        let taken = self.feed(id, now, Input::Datagram { seat, from, bytes });
        if taken && self.addresses.get(&from) != Some(&(id, seat)) {
            self.remember(id, seat, from);
        }
    }

    fn remember(&mut self, id: RoomId, seat: Seat, from: SocketAddr) {
        let Some(routes) = self.rooms.get_mut(&id).and_then(|one| one.seats.get_mut(&seat)) else {
            return;
        };
        if routes.addresses.len() >= limits::ADDRESSES {
            let oldest = routes.addresses.remove(0);
            self.addresses.remove(&oldest);
        }
        routes.addresses.push(from);
        self.addresses.insert(from, (id, seat));
    }

    /// False to stop.
    fn command(&mut self, command: Command) -> bool {
        let now = clock::now(&self.parts.wall);
        match command {
            Command::Join { session, room, identity, name, grants, request, outbox } => {
                self.join(now, session, &room, outbox, (identity, name, grants, request));
            }
            Command::Signal { session, room, bytes } => {
                self.feed_named(&room, now, Input::Signal { session, bytes: &bytes });
            }
            Command::SignalLost { session, room } => {
                self.feed_named(&room, now, Input::SignalLost { session });
                if let Some(hosted) = self.hosted(&room) {
                    hosted.outboxes.remove(&session);
                }
            }
            Command::Remove { room, identity } => {
                self.feed_named(&room, now, Input::Remove { identity: &identity });
            }
            Command::KeyFrame { room, identity } => {
                self.feed_named(&room, now, Input::KeyFrame { identity: &identity });
            }
            Command::Finish { room } => {
                self.feed_named(&room, now, Input::Finish);
            }
            Command::Disturb { room, identity, fault } => {
                self.disturb(now, &room, identity, fault);
            }
            Command::Stats { room, answer } => {
                // Nobody waiting for it any more is no matter.
                let _gone = answer.send(self.hosted(&room).map(|hosted| hosted.stats()));
            }
            Command::Present { answer } => {
                let _gone = answer.send(self.rooms.values().flat_map(Hosted::present).collect());
            }
            Command::Stop => return false,
        }
        true
    }

    fn hosted(&mut self, room: &str) -> Option<&mut Hosted> {
        let id = self.names.get(room)?;
        self.rooms.get_mut(id)
    }

    fn feed_named(&mut self, room: &str, now: Now, input: Input<'_>) {
        if let Some(id) = self.names.get(room).copied() {
            self.feed(id, now, input);
        }
    }

    fn join(
        &mut self,
        now: Now,
        session: Session,
        room: &Arc<str>,
        outbox: Outbox,
        (identity, name, grants, request): (Arc<str>, String, Grants, Box<lk::JoinRequest>),
    ) {
        let Some(id) = self.open(room, now) else {
            return;
        };
        let Some(hosted) = self.rooms.get_mut(&id) else {
            return;
        };
        if hosted.is_dark(&identity, now.instant) {
            return;
        }
        hosted.outboxes.insert(session, outbox);
        self.feed(id, now, Input::Join { session, identity, name, grants, request });
    }

    fn open(&mut self, name: &Arc<str>, now: Now) -> Option<RoomId> {
        if let Some(id) = self.names.get(name) {
            return Some(*id);
        }
        if self.rooms.len() >= limits::ROOMS {
            tracing::warn!("no room: the host is full");
            return None;
        }
        let id = RoomId(self.next_room);
        self.next_room += 1;
        let config = room::Config {
            name: Arc::clone(name),
            seed: (now.at.0 as u64).wrapping_add(id.0 << 48),
            addresses: self.parts.addresses.clone(),
            crypto: self.parts.crypto.clone(),
            recorder: self.parts.recorder.clone(),
            h264: self.parts.h264,
        };
        let hosted = Hosted {
            name: Arc::clone(name),
            room: Room::new(config, now),
            outboxes: BTreeMap::new(),
            scheduled: None,
            faults: BTreeMap::new(),
            seats: BTreeMap::new(),
            stats: Stats::default(),
        };
        self.rooms.insert(id, hosted);
        self.names.insert(Arc::clone(name), id);
        Some(id)
    }

    fn disturb(&mut self, now: Now, room: &str, identity: Arc<str>, fault: Fault) {
        let Some(hosted) = self.hosted(room) else {
            return;
        };
        let until = match fault {
            Fault::Blackout(span) => {
                // Signalling goes too, without a word: its connection is in the same hands.
                let session = hosted.room.session_of(&identity);
                if let Some(session) = session {
                    hosted.outboxes.remove(&session);
                }
                Some(now.instant + span)
            }
            Fault::Loss(_) | Fault::None => None,
        };
        let dice = now.at.0 as u64 | 1;
        hosted.faults.insert(identity, Disturbance { fault, until, dice });
    }

    /// Hands `input` to a room and does what the room wants. A panic ends the room alone.
    fn feed(&mut self, id: RoomId, now: Now, input: Input<'_>) -> bool {
        let Some(hosted) = self.rooms.get_mut(&id) else {
            return false;
        };
        let handled = catch_unwind(AssertUnwindSafe(|| {
            let taken = hosted.room.handle(now, input);
            let mut outputs = Vec::new();
            while let Some(output) = hosted.room.poll() {
                outputs.push(output);
            }
            (taken, outputs, hosted.room.deadline(), hosted.room.is_finished())
        }));
        let Ok((taken, outputs, deadline, finished)) = handled else {
            tracing::error!("a room broke and is gone; its people join anew");
            self.close(id, now, true);
            return false;
        };
        for output in outputs {
            self.act(id, now, output);
        }
        if finished {
            self.close(id, now, false);
        } else {
            self.schedule(id, deadline);
        }
        taken
    }

    fn schedule(&mut self, id: RoomId, deadline: Option<Instant>) {
        let Some(hosted) = self.rooms.get_mut(&id) else {
            return;
        };
        if hosted.scheduled == deadline {
            return;
        }
        if let Some(old) = hosted.scheduled {
            self.timers.remove(&(old, id));
        }
        if let Some(at) = deadline {
            self.timers.insert((at, id));
        }
        hosted.scheduled = deadline;
    }

    fn act(&mut self, id: RoomId, now: Now, output: Output) {
        let Some(hosted) = self.rooms.get_mut(&id) else {
            return;
        };
        match output {
            Output::Transmit { seat, to, bytes } => {
                if hosted.disturbed(seat, now.instant) {
                    return;
                }
                hosted.stats.datagrams_out += 1;
                // A full socket buffer loses the datagram, as any router may.
                if send(&self.parts.socket, to, &bytes).is_err() {
                    hosted.stats.dropped += 1;
                }
            }
            Output::Signal { session, bytes } => {
                let Some(outbox) = hosted.outboxes.get(&session) else {
                    return;
                };
                if outbox.try_send(bytes).is_err() {
                    hosted.stats.dropped += 1;
                    hosted.outboxes.remove(&session);
                }
            }
            Output::Close { session } => {
                hosted.outboxes.remove(&session);
            }
            Output::Route { seat, ufrag } => {
                let routes = hosted.seats.entry(seat).or_default();
                if !routes.ufrags.contains(&ufrag) {
                    routes.ufrags.push(ufrag.clone());
                    self.ufrags.insert(ufrag, (id, seat));
                }
            }
            Output::Forget { seat } => {
                let routes = hosted.seats.remove(&seat).unwrap_or_default();
                self.forget(&routes);
            }
            Output::Tap(tapped) => self.tap(id, tapped),
            Output::Event(event) => self.publish(id, event),
        }
    }

    fn forget(&mut self, routes: &SeatRoutes) {
        for ufrag in &routes.ufrags {
            self.ufrags.remove(ufrag);
        }
        for address in &routes.addresses {
            self.addresses.remove(address);
        }
    }

    fn tap(&mut self, id: RoomId, tapped: Tapped) {
        let (Some(tap), Some(hosted)) = (&self.parts.tap, self.rooms.get_mut(&id)) else {
            return;
        };
        hosted.stats.tapped += u64::from(matches!(tapped, Tapped::Frame { .. }));
        let (at, event) = tap_event(Arc::clone(&hosted.name), tapped);
        if !tap.send(at, event) {
            hosted.stats.dropped += 1;
        }
    }

    fn publish(&mut self, id: RoomId, event: room::Event) {
        let Some(hosted) = self.rooms.get_mut(&id) else {
            return;
        };
        match host_event(Arc::clone(&hosted.name), event) {
            // Nobody listening is no matter.
            Ok(event) => drop(self.parts.events.send(event)),
            Err(what) => {
                hosted.stats.dropped += 1;
                tracing::debug!(what, "a room dropped something");
            }
        }
    }

    fn close(&mut self, id: RoomId, now: Now, broken: bool) {
        self.schedule(id, None);
        let Some(hosted) = self.rooms.remove(&id) else {
            return;
        };
        self.names.remove(&hosted.name);
        for routes in hosted.seats.values() {
            self.forget(routes);
        }
        if let (true, Some(tap)) = (broken, &self.parts.tap) {
            let room = Arc::clone(&hosted.name);
            tap.send(now.at, TapEvent::RoomFinished { room, at: now.at });
        }
        drop(self.parts.events.send(HostEvent::RoomGone { room: hosted.name, broken }));
    }
}

impl Hosted {
    fn is_dark(&self, identity: &str, now: Instant) -> bool {
        self.faults.get(identity).is_some_and(|one| one.until.is_some_and(|until| now < until))
    }

    fn disturbed(&mut self, seat: Seat, now: Instant) -> bool {
        if self.faults.is_empty() {
            return false;
        }
        let Some(identity) = self.room.identity_of(seat) else {
            return false;
        };
        let Some(one) = self.faults.get_mut(&identity) else {
            return false;
        };
        match one.fault {
            Fault::Blackout(_) => one.until.is_some_and(|until| now < until),
            Fault::Loss(share) => {
                // xorshift: any dice will do.
                one.dice ^= one.dice << 13;
                one.dice ^= one.dice >> 7;
                one.dice ^= one.dice << 17;
                one.dice % 1000 < u64::from(share)
            }
            Fault::None => false,
        }
    }

    fn present(&self) -> impl Iterator<Item = Present> {
        let here = self.room.roster().filter(|(_, here)| *here);
        here.map(|(identity, _)| Present { room: Arc::clone(&self.name), identity })
    }

    fn stats(&self) -> Stats {
        let participants = self.room.roster().map(|(identity, here)| ParticipantStats {
            quality: self.room.quality(&identity),
            relayed: self.room.relayed_rate(&identity),
            identity,
            here,
        });
        Stats { participants: participants.collect(), ..self.stats.clone() }
    }
}

fn send(socket: &UdpSocket, to: SocketAddr, bytes: &[u8]) -> std::io::Result<usize> {
    let v6 = socket.local_addr().is_ok_and(|local| local.is_ipv6());
    let to = match to.ip() {
        IpAddr::V4(ip) if v6 => SocketAddr::new(ip.to_ipv6_mapped().into(), to.port()),
        _ => to,
    };
    socket.try_send_to(bytes, to)
}

fn tap_event(room: Arc<str>, tapped: Tapped) -> (kernel::At, TapEvent) {
    match tapped {
        Tapped::Started { participant, track, codec, at } => {
            (at, TapEvent::TrackStarted { room, participant, track, codec, at })
        }
        Tapped::Frame { participant, track, at, key, size, contiguous, data } => {
            let width = size.map(|size| size.width);
            let height = size.map(|size| size.height);
            let frame = TapEvent::Frame {
                room,
                participant,
                track,
                at,
                key,
                width,
                height,
                contiguous,
                data,
            };
            (at, frame)
        }
        Tapped::Muted { participant, track, muted, at } => {
            (at, TapEvent::TrackMuted { room, participant, track, muted, at })
        }
        Tapped::Ended { participant, track, at } => {
            (at, TapEvent::TrackEnded { room, participant, track, at })
        }
        Tapped::Finished { at } => (at, TapEvent::RoomFinished { room, at }),
    }
}

fn host_event(room: Arc<str>, event: room::Event) -> Result<HostEvent, &'static str> {
    use room::Event as E;
    Ok(match event {
        E::Joined { identity, again } => HostEvent::ParticipantJoined { room, identity, again },
        E::Resumed { identity } => HostEvent::ParticipantResumed { room, identity },
        E::Connected { identity } => HostEvent::MediaConnected { room, identity },
        E::Lost { identity } => HostEvent::ParticipantLost { room, identity },
        E::Left { identity, reason } => HostEvent::ParticipantLeft { room, identity, reason },
        E::TrackPublished { identity, track, kind } => {
            HostEvent::TrackPublished { room, identity, track, video: kind == media::Kind::Video }
        }
        E::TrackMuted { identity, track, muted } => {
            HostEvent::TrackMuted { room, identity, track, muted }
        }
        E::TrackEnded { identity, track } => HostEvent::TrackEnded { room, identity, track },
        E::FirstFrame { from, to } => HostEvent::FirstFrame { room, from, to },
        E::Data { from, topic, bytes } => HostEvent::DataMessage { room, from, topic, bytes },
        E::Quality { identity, quality } => HostEvent::Quality { room, identity, quality },
        E::Dropped { what } => return Err(what),
    })
}
