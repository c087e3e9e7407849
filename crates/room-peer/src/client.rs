//! The caller's side of a room without any I/O: offers, answers, frames and messages as values.
//! `Peer` gives it a socket; tests give it a virtual network.

use kernel::At;
use livekit_protocol as lk;
use lk::data_packet::{Kind as Reliability, Value};
use lk::signal_request::Message as Ask;
use lk::signal_response::Message as Say;
use media::{Codec, Kind};
use prost::Message as _;
use room::rtc::{self, Crypto, End};
use room::sdp;
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use str0m::bwe::{Bitrate, BweKind};
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::channel::{ChannelConfig, ChannelId, Reliability as Delivery};
use str0m::format::Codec as RtpCodec;
use str0m::media::{Direction, Frequency, MediaKind, MediaTime, Mid};
use str0m::net::{DatagramSend, Protocol, Receive};
use str0m::{Candidate, IceConnectionState, Input, Output, Rtc};

/// Receiving sections offered at once: two parties' sound and picture, and one to spare.
const SECTIONS: u32 = 3;

/// How often one `Rtc` may ask to be called again at once.
const IMMEDIATE_POLLS: usize = 64;

/// What the client wants known or done.
#[derive(Debug)]
pub enum Said {
    /// Send a datagram.
    Transmit { to: SocketAddr, bytes: DatagramSend },
    /// Send a signalling frame.
    Signal(Vec<u8>),
    /// The room took us in.
    Joined { sid: String, others: Vec<lk::ParticipantInfo> },
    /// The room knows us again after `resume`.
    Resumed,
    /// Media flows, first or again.
    Connected,
    /// Media stopped.
    Disconnected,
    /// Somebody is there, changed, or went.
    Roster(Box<lk::ParticipantInfo>),
    /// A frame of somebody's track.
    Frame(Received),
    /// A message.
    Data { from: String, topic: String, payload: Vec<u8>, reliable: bool },
    /// A viewer of our track `track` needs a key frame.
    KeyFrameWanted { track: usize },
    /// All our video together should keep to this many bits per second.
    Rate(u64),
    /// We must go, or join anew when `again`.
    Leave { again: bool },
}

/// A frame as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// The room's id of the track.
    pub track: Arc<str>,
    /// Sound or picture.
    pub kind: Kind,
    /// Its codec.
    pub codec: Codec,
    /// Whether decoding can begin here.
    pub key: bool,
    /// Whether nothing is missing before it.
    pub contiguous: bool,
    /// RTP time since the track's epoch.
    pub time: Duration,
    /// The frame.
    pub data: Arc<[u8]>,
}

struct Published {
    codec: Codec,
    cid: String,
    mid: Mid,
    sid: Option<String>,
    muted: bool,
}

/// One connection to one room.
pub struct Client {
    rtc: Rtc,
    address: SocketAddr,
    now: Instant,
    deadline: Option<Instant>,
    said: VecDeque<Said>,
    pending: Option<SdpPendingOffer>,
    offer_id: u32,
    /// Sections asked for while an offer was out.
    wanted: Option<(u32, u32)>,
    receiving: Vec<Mid>,
    tracks: BTreeMap<Mid, Arc<str>>,
    published: Vec<Published>,
    reliable: Option<ChannelId>,
    lossy: Option<ChannelId>,
    sequence: u32,
    sid: String,
    connected: bool,
    remb: BTreeMap<Mid, u64>,
    twcc: Option<u64>,
}

impl Client {
    /// A client that will publish one track of each of `codecs`, and the request to join with.
    pub fn new(
        crypto: &Crypto,
        address: SocketAddr,
        codecs: &[Codec],
        now: Instant,
    ) -> (Self, lk::JoinRequest) {
        let mut rtc = rtc::build(crypto, End::Caller, false, now);
        if let Ok(candidate) = Candidate::host(address, "udp") {
            rtc.add_local_candidate(candidate);
        }
        let mut client = Self {
            rtc,
            address,
            now,
            deadline: None,
            said: VecDeque::new(),
            pending: None,
            offer_id: 0,
            wanted: None,
            receiving: Vec::new(),
            tracks: BTreeMap::new(),
            published: Vec::new(),
            reliable: None,
            lossy: None,
            sequence: 0,
            sid: String::new(),
            connected: false,
            remb: BTreeMap::new(),
            twcc: None,
        };
        let offer = client.first_offer(codecs);
        let add_track_requests = client.published.iter().map(announce).collect();
        let request = lk::JoinRequest {
            client_info: Some(lk::ClientInfo {
                sdk: lk::client_info::Sdk::Rust.into(),
                protocol: 17,
                ..Default::default()
            }),
            connection_settings: Some(lk::ConnectionSettings {
                auto_subscribe: true,
                ..Default::default()
            }),
            add_track_requests,
            publisher_offer: Some(offer),
            ..Default::default()
        };
        (client, request)
    }

    /// The request to join with when the signalling connection was lost and media may go on.
    pub fn resume(&self) -> lk::JoinRequest {
        lk::JoinRequest { reconnect: true, participant_sid: self.sid.clone(), ..Default::default() }
    }

    /// What is wanted next, until nothing is.
    pub fn poll(&mut self) -> Option<Said> {
        self.said.pop_front()
    }

    /// When to call `timeout` at the latest.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Whether media flows.
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// The time has come.
    pub fn timeout(&mut self, now: Instant) {
        self.now = self.now.max(now);
        // An error closes the connection, which the drain reports.
        let _closed = self.rtc.handle_input(Input::Timeout(self.now));
        self.drain();
    }

    /// A datagram came.
    pub fn datagram(&mut self, now: Instant, from: SocketAddr, bytes: &[u8]) {
        self.now = self.now.max(now);
        let Ok(received) = Receive::new(Protocol::Udp, from, self.address, bytes) else { return };
        let input = Input::Receive(self.now, received);
        if self.rtc.accepts(&input) {
            let _unreadable = self.rtc.handle_input(input);
            self.drain();
        }
    }

    /// A signalling frame came.
    pub fn signal(&mut self, now: Instant, bytes: &[u8]) {
        self.now = self.now.max(now);
        let Ok(response) = lk::SignalResponse::decode(bytes) else { return };
        match response.message {
            Some(Say::Join(join)) => self.joined(join),
            Some(Say::Reconnect(_)) => {
                self.said.push_back(Said::Resumed);
                self.restart_ice();
            }
            Some(Say::Answer(answer)) => self.answered(&answer),
            Some(Say::MediaSectionsRequirement(wanted)) => {
                self.offer_more(wanted.num_audios.min(8), wanted.num_videos.min(8));
            }
            Some(Say::TrackPublished(response)) => {
                let info = response.track.unwrap_or_default();
                let ours = self.published.iter_mut().find(|one| one.cid == response.cid);
                if let Some(ours) = ours {
                    ours.sid = Some(info.sid);
                }
            }
            Some(Say::Update(update)) => {
                self.said
                    .extend(update.participants.into_iter().map(|one| Said::Roster(Box::new(one))));
            }
            Some(Say::Leave(leave)) => {
                let again = leave.action() != lk::leave_request::Action::Disconnect;
                self.said.push_back(Said::Leave { again });
            }
            _ => {}
        }
        self.drain();
    }

    /// Publishes a frame of track `track` (in the order given to `new`). False if it cannot go.
    pub fn write(&mut self, now: Instant, track: usize, time: Duration, data: Arc<[u8]>) -> bool {
        self.now = self.now.max(now);
        let Some(published) = self.published.get(track) else { return false };
        if !self.connected || published.muted {
            return false;
        }
        let (codec, clock) = match published.codec {
            Codec::Opus => (RtpCodec::Opus, Frequency::FORTY_EIGHT_KHZ),
            Codec::Vp8 => (RtpCodec::Vp8, Frequency::NINETY_KHZ),
            Codec::H264 => (RtpCodec::H264, Frequency::NINETY_KHZ),
        };
        let Some(writer) = self.rtc.writer(published.mid) else { return false };
        let pt = writer.payload_params().find(|one| one.spec().codec == codec).map(|one| one.pt());
        let Some(pt) = pt else { return false };
        let ticks = time.as_micros() * u128::from(clock.get()) / 1_000_000;
        let time = MediaTime::new(u64::try_from(ticks).unwrap_or(u64::MAX), clock);
        let written = writer.write(pt, self.now, time, data).is_ok();
        self.timeout(now);
        written
    }

    /// Sends a message to everybody, or to those named. False if it cannot go now.
    pub fn send(&mut self, topic: &str, payload: &[u8], reliable: bool, to: &[String]) -> bool {
        let id = if reliable { self.reliable } else { self.lossy };
        let user = lk::UserPacket {
            payload: payload.to_vec(),
            topic: Some(topic.to_owned()),
            ..Default::default()
        };
        let mut packet = lk::DataPacket {
            destination_identities: to.to_vec(),
            value: Some(Value::User(user)),
            ..Default::default()
        };
        packet.set_kind(if reliable { Reliability::Reliable } else { Reliability::Lossy });
        if reliable {
            packet.sequence = self.sequence + 1;
        }
        let Some(mut channel) = id.and_then(|id| self.rtc.channel(id)) else { return false };
        let written = channel.write(true, &packet.encode_to_vec()).unwrap_or(false);
        if written && reliable {
            self.sequence += 1;
        }
        self.timeout(self.now);
        written
    }

    /// Mutes or unmutes track `track`.
    pub fn mute(&mut self, track: usize, muted: bool) {
        let Some(published) = self.published.get_mut(track) else { return };
        published.muted = muted;
        let sid = published.sid.clone().unwrap_or_default();
        self.ask(Ask::Mute(lk::MuteTrackRequest { sid, muted }));
    }

    /// Says goodbye.
    pub fn leave(&mut self) {
        self.ask(Ask::Leave(lk::LeaveRequest {
            reason: lk::DisconnectReason::ClientInitiated.into(),
            ..Default::default()
        }));
        let _already_closed = self.rtc.close();
        self.drain();
    }

    /// Says that we are still there.
    pub fn ping(&mut self, at: At) {
        self.ask(Ask::PingReq(lk::Ping { timestamp: at.0 / 1000, rtt: 0 }));
    }

    /// Asks for a key frame of every track we are shown.
    pub fn request_key_frames(&mut self) {
        let mids: Vec<Mid> = self.tracks.keys().copied().collect();
        for mid in mids {
            if let Some(mut writer) = self.rtc.writer(mid) {
                // Sound has none, and before the first packet there is nobody to ask.
                let _none = writer.request_keyframe(None, str0m::media::KeyframeRequestKind::Pli);
            }
        }
        self.timeout(self.now);
    }

    fn ask(&mut self, message: Ask) {
        let bytes = lk::SignalRequest { message: Some(message) }.encode_to_vec();
        self.said.push_back(Said::Signal(bytes));
    }

    fn first_offer(&mut self, codecs: &[Codec]) -> lk::SessionDescription {
        let mut changes = self.rtc.sdp_api();
        changes.add_channel_with_config(ChannelConfig {
            label: "_lossy".to_owned(),
            ordered: false,
            reliability: Delivery::MaxRetransmits { retransmits: 0 },
            ..Default::default()
        });
        changes.add_channel_with_config(ChannelConfig {
            label: "_reliable".to_owned(),
            ..Default::default()
        });
        for (place, codec) in codecs.iter().enumerate() {
            let cid = format!("track-{place}");
            let (stream, track) = (Some("own".to_owned()), Some(cid.clone()));
            let mid = changes.add_media(kind(*codec), Direction::SendOnly, stream, track, None);
            self.published.push(Published { codec: *codec, cid, mid, sid: None, muted: false });
        }
        for kind in [MediaKind::Audio, MediaKind::Video] {
            for _ in 0..SECTIONS {
                let mid = changes.add_media(kind, Direction::RecvOnly, None, None, None);
                self.receiving.push(mid);
            }
        }
        let offered = changes.apply();
        self.description(offered).unwrap_or_default()
    }

    fn offer_more(&mut self, audios: u32, videos: u32) {
        if self.pending.is_some() {
            let (a, v) = self.wanted.unwrap_or_default();
            self.wanted = Some((a.max(audios), v.max(videos)));
            return;
        }
        let mut changes = self.rtc.sdp_api();
        for mid in &self.receiving {
            changes.set_direction(*mid, Direction::RecvOnly);
        }
        let mut added = Vec::new();
        // An offer without any change cannot be made: then one more section is the change.
        let audios = if changes.has_changes() || audios + videos > 0 { audios } else { 1 };
        for (kind, count) in [(MediaKind::Audio, audios), (MediaKind::Video, videos)] {
            for _ in 0..count {
                added.push(changes.add_media(kind, Direction::RecvOnly, None, None, None));
            }
        }
        let offered = changes.apply();
        self.receiving.extend(added);
        self.send_offer(offered);
    }

    fn restart_ice(&mut self) {
        let mut changes = self.rtc.sdp_api();
        changes.ice_restart(true);
        for mid in &self.receiving {
            changes.set_direction(*mid, Direction::RecvOnly);
        }
        let offered = changes.apply();
        self.pending = None;
        self.send_offer(offered);
    }

    fn send_offer(&mut self, offered: Option<(str0m::change::SdpOffer, SdpPendingOffer)>) {
        if let Some(offer) = self.description(offered) {
            self.ask(Ask::Offer(offer));
        }
    }

    fn description(
        &mut self,
        offered: Option<(str0m::change::SdpOffer, SdpPendingOffer)>,
    ) -> Option<lk::SessionDescription> {
        let (offer, pending) = offered?;
        self.pending = Some(pending);
        self.offer_id += 1;
        Some(lk::SessionDescription {
            r#type: "offer".to_owned(),
            sdp: offer.to_sdp_string(),
            id: self.offer_id,
            ..Default::default()
        })
    }

    fn joined(&mut self, join: lk::JoinResponse) {
        self.sid = join.participant.unwrap_or_default().sid;
        self.said
            .push_back(Said::Joined { sid: self.sid.clone(), others: join.other_participants });
    }

    fn answered(&mut self, answer: &lk::SessionDescription) {
        if answer.id != self.offer_id {
            return;
        }
        let Some(pending) = self.pending.take() else { return };
        let Ok(parsed) = SdpAnswer::from_sdp_string(&answer.sdp) else { return };
        if self.rtc.sdp_api().accept_answer(pending, parsed).is_err() {
            self.said.push_back(Said::Leave { again: true });
            return;
        }
        let ours: Vec<String> = self.published.iter().map(|one| one.mid.to_string()).collect();
        self.tracks = sdp::sections(&answer.sdp)
            .into_iter()
            .filter(|section| section.direction.sends() && !ours.contains(&section.mid))
            .filter_map(|section| {
                let track = answer.mid_to_track_id.get(&section.mid)?;
                Some((Mid::from(section.mid.as_str()), Arc::from(track.as_str())))
            })
            .collect();
        let wanted = Bitrate::kbps(if self.published.is_empty() { 0 } else { 2_000 });
        self.rtc.bwe().set_bitrate(Bitrate::ZERO, wanted);
        // str0m starts nothing after a change of description before it is told the time.
        self.timeout(self.now);
        if let Some((audios, videos)) = self.wanted.take() {
            self.offer_more(audios, videos);
        }
    }

    fn drain(&mut self) {
        let mut immediate = 0;
        self.deadline = loop {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(sent)) => self
                    .said
                    .push_back(Said::Transmit { to: sent.destination, bytes: sent.contents }),
                Ok(Output::Event(event)) => self.hear(event),
                Ok(Output::Timeout(at)) if at > self.now => break Some(at),
                Ok(Output::Timeout(_)) if immediate < IMMEDIATE_POLLS => {
                    immediate += 1;
                    if self.rtc.handle_input(Input::Timeout(self.now)).is_err() {
                        break None;
                    }
                }
                Ok(Output::Timeout(_)) => break Some(self.now + Duration::from_millis(1)),
                Err(_) => {
                    self.rtc.disconnect();
                    break None;
                }
            }
        };
        if !self.rtc.is_alive() {
            self.disconnected();
        }
    }

    fn hear(&mut self, event: str0m::Event) {
        use IceConnectionState as Ice;
        use str0m::Event as E;
        match event {
            E::Connected => self.set_connected(),
            E::IceConnectionStateChange(Ice::Connected | Ice::Completed)
                if self.rtc.is_connected() =>
            {
                self.set_connected();
            }
            E::IceConnectionStateChange(Ice::Disconnected) | E::Closed => self.disconnected(),
            E::ChannelOpen(id, label) => match label.as_str() {
                "_reliable" => self.reliable = Some(id),
                "_lossy" => self.lossy = Some(id),
                _ => {}
            },
            E::ChannelData(data) => self.message(data.id, &data.data),
            E::MediaData(frame) => self.frame(frame),
            E::KeyframeRequest(request) => {
                let track = self.published.iter().position(|one| one.mid == request.mid);
                self.said.extend(track.map(|track| Said::KeyFrameWanted { track }));
            }
            E::EgressBitrateEstimate(BweKind::Remb { estimate, mid }) => {
                self.remb.insert(mid, estimate.as_u64());
                self.tell_rate();
            }
            E::EgressBitrateEstimate(BweKind::Twcc { estimate, .. }) => {
                self.twcc = Some(estimate.as_u64());
                self.tell_rate();
            }
            _ => {}
        }
    }

    fn set_connected(&mut self) {
        if !std::mem::replace(&mut self.connected, true) {
            self.said.push_back(Said::Connected);
        }
    }

    fn disconnected(&mut self) {
        if std::mem::replace(&mut self.connected, false) {
            self.said.push_back(Said::Disconnected);
        }
    }

    fn tell_rate(&mut self) {
        let least = self.remb.values().copied().chain(self.twcc).min();
        self.said.extend(least.map(Said::Rate));
    }

    fn frame(&mut self, frame: str0m::media::MediaData) {
        let Some(track) = self.tracks.get(&frame.mid).cloned() else { return };
        let codec = match frame.params.spec().codec {
            RtpCodec::Opus => Codec::Opus,
            RtpCodec::Vp8 => Codec::Vp8,
            RtpCodec::H264 => Codec::H264,
            _ => return,
        };
        let micros = u128::from(frame.time.numer()) * 1_000_000 / u128::from(frame.time.denom());
        self.said.push_back(Said::Frame(Received {
            track,
            kind: codec.kind(),
            codec,
            key: codec == Codec::Opus || frame.is_keyframe(),
            contiguous: frame.contiguous,
            time: Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX)),
            data: frame.data,
        }));
    }

    fn message(&mut self, id: ChannelId, bytes: &[u8]) {
        let Ok(packet) = lk::DataPacket::decode(bytes) else { return };
        if let Some(Value::User(user)) = packet.value {
            self.said.push_back(Said::Data {
                from: packet.participant_identity,
                topic: user.topic.unwrap_or_default(),
                payload: user.payload,
                reliable: self.reliable == Some(id),
            });
        }
    }
}

fn kind(codec: Codec) -> MediaKind {
    match codec.kind() {
        Kind::Audio => MediaKind::Audio,
        Kind::Video => MediaKind::Video,
    }
}

fn announce(one: &Published) -> lk::AddTrackRequest {
    let (r#type, source) = match one.codec.kind() {
        Kind::Audio => (lk::TrackType::Audio, lk::TrackSource::Microphone),
        Kind::Video => (lk::TrackType::Video, lk::TrackSource::Camera),
    };
    lk::AddTrackRequest {
        cid: one.cid.clone(),
        r#type: r#type.into(),
        source: source.into(),
        ..Default::default()
    }
}
