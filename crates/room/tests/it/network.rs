//! A room, its callers and the links between them, driven by a virtual clock.

use kernel::At;
use livekit_protocol as lk;
use prost::Message as _;
use room::rtc::Crypto;
use room::{Config, Event, Grants, Input, Now, Output, RecorderSeat, Room, Seat, Session, Tapped};
use room_peer::{Client, FrameSource, Received, Said, SourceFrame, Synthetic};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How a caller's link treats datagrams.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    pub(crate) delay: Duration,
    /// Lost each way, in thousandths.
    pub(crate) loss: u32,
    /// What the way to the caller carries, in bits per second.
    pub(crate) down: Option<u64>,
    pub(crate) dark: bool,
}

impl Default for Link {
    fn default() -> Self {
        Self { delay: Duration::from_millis(15), loss: 0, down: None, dark: false }
    }
}

struct Source {
    synthetic: Synthetic,
    waiting: SourceFrame,
    key: bool,
    start: Option<Instant>,
}

impl Source {
    fn new(mut synthetic: Synthetic) -> Self {
        let waiting = synthetic.next_frame(true).expect("it never ends");
        Self { synthetic, waiting, key: false, start: None }
    }
}

pub(crate) struct Caller {
    pub(crate) identity: String,
    pub(crate) client: Client,
    pub(crate) link: Link,
    pub(crate) frames: Vec<(Instant, Received)>,
    pub(crate) messages: Vec<(String, String, Vec<u8>)>,
    pub(crate) roster: BTreeMap<String, lk::ParticipantInfo>,
    pub(crate) rate: Option<u64>,
    pub(crate) sent: Vec<(Vec<u8>, bool)>,
    pub(crate) resumed: u32,
    pub(crate) told_to_leave: Option<bool>,
    session: Option<Session>,
    seat: Option<Seat>,
    address: SocketAddr,
    sources: Vec<Source>,
    down_free: Instant,
}

enum Packet {
    Up(usize, Vec<u8>),
    Down(usize, Vec<u8>),
}

pub(crate) struct World {
    pub(crate) room: Room,
    pub(crate) callers: Vec<Caller>,
    pub(crate) events: Vec<Event>,
    pub(crate) taps: Vec<Tapped>,
    pub(crate) now: Instant,
    begin: Instant,
    server: SocketAddr,
    flying: BTreeMap<(Instant, u64), Packet>,
    count: u64,
    dice: u64,
    next_session: u64,
    routes: BTreeMap<String, Seat>,
    closed: BTreeSet<Session>,
    crypto: Crypto,
}

#[expect(clippy::disallowed_methods, reason = "an origin for virtual time")]
fn origin() -> Instant {
    Instant::now()
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let now = origin();
        let crypto = Crypto::fresh().expect("there is randomness");
        let server: SocketAddr = SocketAddr::from(([203, 0, 113, 1], 3478));
        let config = Config {
            name: "call".into(),
            seed,
            addresses: vec![server],
            crypto: crypto.clone(),
            recorder: Some(RecorderSeat { identity: "recorder".into(), name: "Recorder".into() }),
            h264: false,
        };
        Self {
            room: Room::new(config, Now { instant: now, at: At(0) }),
            callers: Vec::new(),
            events: Vec::new(),
            taps: Vec::new(),
            now,
            begin: now,
            server,
            flying: BTreeMap::new(),
            count: 0,
            dice: seed | 1,
            next_session: 1,
            routes: BTreeMap::new(),
            closed: BTreeSet::new(),
            crypto,
        }
    }

    /// A caller with a microphone and a camera of `bits` per second joins.
    pub(crate) fn join(&mut self, identity: &str, bits: u64) -> usize {
        let place = self.callers.len();
        let address = SocketAddr::from(([198, 51, 100, place as u8 + 1], 5000));
        let sources =
            vec![Source::new(Synthetic::sound()), Source::new(Synthetic::picture(20, bits))];
        let codecs: Vec<_> = sources.iter().map(|one| one.synthetic.codec()).collect();
        let (client, request) = Client::new(&self.crypto, address, &codecs, self.now);
        self.callers.push(Caller {
            identity: identity.to_owned(),
            client,
            link: Link::default(),
            frames: Vec::new(),
            messages: Vec::new(),
            roster: BTreeMap::new(),
            rate: None,
            sent: Vec::new(),
            resumed: 0,
            told_to_leave: None,
            session: None,
            seat: None,
            address,
            sources,
            down_free: self.now,
        });
        self.enter(place, request);
        place
    }

    /// The caller's page is loaded anew.
    pub(crate) fn rejoin(&mut self, place: usize) {
        let caller = &mut self.callers[place];
        let codecs: Vec<_> = caller.sources.iter().map(|one| one.synthetic.codec()).collect();
        let (client, request) = Client::new(&self.crypto, caller.address, &codecs, self.now);
        caller.client = client;
        caller.told_to_leave = None;
        caller.sources.iter_mut().for_each(|one| one.start = None);
        self.enter(place, request);
    }

    /// The caller's signalling comes back over a new connection.
    pub(crate) fn resume(&mut self, place: usize) {
        let request = self.callers[place].client.resume();
        self.enter(place, request);
    }

    /// The caller's signalling breaks.
    pub(crate) fn lose_signalling(&mut self, place: usize) {
        if let Some(session) = self.callers[place].session.take() {
            self.handle(Input::SignalLost { session });
        }
    }

    fn enter(&mut self, place: usize, request: lk::JoinRequest) {
        let session = Session(self.next_session);
        self.next_session += 1;
        let identity = self.callers[place].identity.clone();
        self.callers[place].session = Some(session);
        self.handle(Input::Join {
            session,
            name: identity.clone(),
            identity: identity.into(),
            grants: Grants::default(),
            request: Box::new(request),
        });
        self.settle();
    }

    pub(crate) fn clocks(&self) -> Now {
        let since = self.now.saturating_duration_since(self.begin);
        Now { instant: self.now, at: At(0).plus(since) }
    }

    pub(crate) fn handle(&mut self, input: Input<'_>) -> bool {
        let clocks = self.clocks();
        let taken = self.room.handle(clocks, input);
        self.drain_room();
        taken
    }

    fn roll(&mut self, share: u32) -> bool {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % 1000 < u64::from(share)
    }

    fn fly(&mut self, at: Instant, packet: Packet) {
        self.count += 1;
        self.flying.insert((at, self.count), packet);
    }

    fn drain_room(&mut self) {
        while let Some(output) = self.room.poll() {
            match output {
                Output::Transmit { to, bytes, .. } => self.down(to, &bytes),
                Output::Signal { session, bytes } => {
                    let place = self.callers.iter().position(|one| one.session == Some(session));
                    if let Some(place) = place {
                        self.callers[place].client.signal(self.now, &bytes);
                    }
                }
                Output::Close { session } => {
                    self.closed.insert(session);
                }
                Output::Route { seat, ufrag } => {
                    self.routes.insert(ufrag, seat);
                }
                Output::Forget { seat } => self.routes.retain(|_, one| *one != seat),
                Output::Tap(tapped) => self.taps.push(tapped),
                Output::Event(event) => self.events.push(event),
            }
        }
    }

    fn down(&mut self, to: SocketAddr, bytes: &[u8]) {
        let Some(place) = self.callers.iter().position(|one| one.address == to) else { return };
        let link = self.callers[place].link;
        if link.dark || self.roll(link.loss) {
            return;
        }
        let mut leaves = self.now;
        if let Some(rate) = link.down {
            let free = self.callers[place].down_free.max(self.now);
            // A queue of 300 ms, then the tail is dropped.
            if free.saturating_duration_since(self.now) > Duration::from_millis(300) {
                return;
            }
            leaves = free + Duration::from_secs_f64((bytes.len() + 28) as f64 * 8.0 / rate as f64);
            self.callers[place].down_free = leaves;
        }
        self.fly(leaves + link.delay, Packet::Down(place, bytes.to_vec()));
    }

    fn drain_caller(&mut self, place: usize) {
        while let Some(said) = self.callers[place].client.poll() {
            let caller = &mut self.callers[place];
            match said {
                Said::Transmit { bytes, .. } => {
                    let link = caller.link;
                    if !link.dark && !self.roll(link.loss) {
                        self.fly(self.now + link.delay, Packet::Up(place, bytes.to_vec()));
                    }
                }
                Said::Signal(bytes) => {
                    if let Some(session) = caller.session {
                        self.handle(Input::Signal { session, bytes: &bytes });
                    }
                }
                Said::Joined { others, .. } => {
                    caller.roster =
                        others.into_iter().map(|one| (one.identity.clone(), one)).collect();
                }
                Said::Roster(info) => {
                    if info.state() == lk::participant_info::State::Disconnected {
                        caller.roster.remove(&info.identity);
                    } else {
                        caller.roster.insert(info.identity.clone(), *info);
                    }
                }
                Said::Frame(frame) => caller.frames.push((self.now, frame)),
                Said::Data { from, topic, payload, .. } => {
                    caller.messages.push((from, topic, payload));
                }
                Said::KeyFrameWanted { track } => caller.sources[track].key = true,
                Said::Rate(bits) => {
                    caller.rate = Some(bits);
                    caller.sources.iter_mut().for_each(|one| one.synthetic.set_rate(bits));
                }
                Said::Leave { again } => caller.told_to_leave = Some(again),
                Said::Resumed => caller.resumed += 1,
                Said::Connected | Said::Disconnected => {}
            }
        }
    }

    fn settle(&mut self) {
        for _ in 0..8 {
            for place in 0..self.callers.len() {
                self.drain_caller(place);
            }
        }
    }

    /// Lets `span` pass.
    pub(crate) fn run(&mut self, span: Duration) {
        let until = self.now + span;
        loop {
            let flying = self.flying.first_key_value().map(|((at, _), _)| *at);
            let clients = self.callers.iter().filter_map(|one| one.client.deadline());
            let live = self.callers.iter().filter(|one| one.client.is_connected());
            let frames = live.flat_map(|one| {
                one.sources.iter().filter_map(|source| Some(source.start? + source.waiting.time))
            });
            let next = clients.chain(frames).chain(self.room.deadline()).chain(flying).min();
            let Some(next) = next.filter(|next| *next <= until) else { break };
            self.now = self.now.max(next);
            self.step();
        }
        self.now = until;
    }

    /// Lets time pass until `state` holds, at most `patience`.
    pub(crate) fn until(&mut self, patience: Duration, state: impl Fn(&Self) -> bool) -> bool {
        let end = self.now + patience;
        while self.now < end {
            if state(self) {
                return true;
            }
            self.run(Duration::from_millis(20));
        }
        state(self)
    }

    fn step(&mut self) {
        let now = self.now;
        while let Some(entry) = self.flying.first_entry() {
            if entry.key().0 > now {
                break;
            }
            match entry.remove() {
                Packet::Up(place, bytes) => self.arrive(place, &bytes),
                Packet::Down(place, bytes) => {
                    self.callers[place].client.datagram(now, self.server, &bytes);
                }
            }
        }
        for caller in &mut self.callers {
            if caller.client.deadline().is_some_and(|at| at <= now) {
                caller.client.timeout(now);
            }
            caller.publish(now);
        }
        if self.room.deadline().is_some_and(|at| at <= now) {
            self.handle(Input::Timeout);
        }
        for place in 0..self.callers.len() {
            self.drain_caller(place);
        }
    }

    fn arrive(&mut self, place: usize, bytes: &[u8]) {
        let named = room::stun::server_ufrag(bytes).and_then(|ufrag| self.routes.get(ufrag));
        let Some(seat) = named.copied().or(self.callers[place].seat) else { return };
        let from = self.callers[place].address;
        if self.handle(Input::Datagram { seat, from, bytes }) {
            self.callers[place].seat = Some(seat);
        }
    }

    pub(crate) fn video(&self, place: usize) -> Vec<&(Instant, Received)> {
        self.callers[place].frames.iter().filter(|(_, f)| f.kind == media::Kind::Video).collect()
    }

    pub(crate) fn video_since(&self, place: usize, since: Instant) -> usize {
        self.video(place).iter().filter(|(at, _)| *at >= since).count()
    }
}

impl Caller {
    fn publish(&mut self, now: Instant) {
        if !self.client.is_connected() {
            self.sources.iter_mut().for_each(|one| one.start = None);
            return;
        }
        for (track, source) in self.sources.iter_mut().enumerate() {
            let start = *source
                .start
                .get_or_insert_with(|| now.checked_sub(source.waiting.time).unwrap_or(now));
            while start + source.waiting.time <= now {
                let next = source
                    .synthetic
                    .next_frame(std::mem::take(&mut source.key))
                    .expect("it never ends");
                let frame = std::mem::replace(&mut source.waiting, next);
                if self.client.write(now, track, frame.time, frame.data.clone()) {
                    self.sent.push((frame.data.to_vec(), track == 1));
                }
            }
        }
    }
}

/// Decodes a packet as its receiver would: tests make some by hand.
pub(crate) fn encode(message: lk::signal_request::Message) -> Vec<u8> {
    lk::SignalRequest { message: Some(message) }.encode_to_vec()
}
