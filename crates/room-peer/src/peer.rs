//! A client with a socket, a signalling connection and its sources: joins, stays, comes back.
//! After a lost signalling connection it resumes; if the room does not know it any more it joins
//! anew, as `livekit-client` does.

use crate::client::{Client, Received, Said};
use crate::source::{FrameSource, SourceFrame};
use futures::{SinkExt as _, StreamExt as _};
use kernel::At;
use livekit_protocol as lk;
use media::{Codec, Kind};
use room::rtc::Crypto;
use std::collections::BTreeMap;
use std::net::SocketAddr;

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::net::{TcpStream, UdpSocket};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Frames waiting for `next_frame`: three seconds of two people. More are counted, not kept.
const FRAMES: usize = 512;
/// Messages waiting for `next_message`.
const MESSAGES: usize = 256;
/// Wishes waiting for the peer.
const WISHES: usize = 256;
/// How often it says that it is still there.
const PING: Duration = Duration::from_secs(5);
/// How long connecting and reading the first answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);
/// How long it waits between two attempts to come back.
const AGAIN: Duration = Duration::from_millis(300);
/// How often it tries to come back: `livekit-client` gives up after about as long.
const ATTEMPTS: u32 = 60;

type Signalling = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How a peer joins.
pub struct PeerConfig {
    /// What it publishes.
    pub publish: Vec<Box<dyn FrameSource>>,
    /// Where it listens for media; must reach the host.
    pub bind: SocketAddr,
    /// Whether received frames are kept for `next_frame`; they are counted in any case.
    pub keep_frames: bool,
}

impl Default for PeerConfig {
    fn default() -> Self {
        Self { publish: Vec::new(), bind: SocketAddr::from(([127, 0, 0, 1], 0)), keep_frames: true }
    }
}

/// Why a peer did not join.
#[derive(Debug, thiserror::Error)]
pub enum PeerFault {
    /// No port for media, or no certificate.
    #[error("the media port cannot be opened")]
    Socket,
    /// The server did not let it in.
    #[error("the room did not let the peer in")]
    Refused,
    /// No answer in time.
    #[error("the room did not answer in time")]
    Late,
}

/// A message from somebody in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerMessage {
    /// Who.
    pub from: String,
    /// About what.
    pub topic: String,
    /// What.
    pub payload: Vec<u8>,
    /// Over the reliable channel.
    pub reliable: bool,
}

/// What a peer has seen and done.
#[derive(Clone, Debug, Default)]
pub struct PeerStats {
    /// Media flows now.
    pub connected: bool,
    /// It left or was told to.
    pub left: bool,
    /// From `join` to the room's welcome, media, and first whole picture and sound.
    pub joined_after: Option<Duration>,
    /// From `join` to media.
    pub connected_after: Option<Duration>,
    /// From `join` to the first complete key frame.
    pub first_video_after: Option<Duration>,
    /// From `join` to the first sound.
    pub first_audio_after: Option<Duration>,
    /// Video frames received.
    pub video_frames: u64,
    /// Key frames among them.
    pub key_frames: u64,
    /// Audio frames received.
    pub audio_frames: u64,
    /// Bytes of frames received.
    pub bytes: u64,
    /// Times something was missing before a frame.
    pub gaps: u64,
    /// The longest wait between two video frames after the first.
    pub longest_freeze: Duration,
    /// When the last video frame came, from `join`.
    pub last_video_after: Option<Duration>,
    /// Frames published.
    pub sent: u64,
    /// The rate its video keeps to, in bits per second.
    pub rate: Option<u64>,
    /// Key frames viewers asked for.
    pub keys_asked: u64,
    /// Messages received.
    pub messages: u64,
    /// Times it took up the same seat again.
    pub resumes: u64,
    /// Times it joined anew.
    pub rejoins: u64,
    /// Everybody else, by identity: whether here (or away), and how many tracks.
    pub roster: BTreeMap<String, Neighbour>,
}

/// Somebody else in the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbour {
    /// The name shown.
    pub name: String,
    /// Media stopped, the seat is kept.
    pub away: bool,
    /// Tracks published.
    pub tracks: usize,
    /// Tracks muted.
    pub muted: usize,
    /// Is the recorder.
    pub recorder: bool,
}

impl PeerStats {
    /// Video frames a second since the first.
    pub fn fps(&self) -> f64 {
        let span = self.last_video_after.zip(self.first_video_after);
        let span = span.map_or(0.0, |(last, first)| (last.saturating_sub(first)).as_secs_f64());
        if span > 0.0 { self.video_frames as f64 / span } else { 0.0 }
    }
}

enum Wish {
    Send { topic: String, payload: Vec<u8>, reliable: bool, to: Vec<String> },
    Mute { track: usize, muted: bool },
    DropLink(Duration),
    Rejoin,
    KeyFrames,
    Leave,
}

/// Somebody in a room. Dropping it leaves without a word.
pub struct Peer {
    wishes: mpsc::Sender<Wish>,
    frames: mpsc::Receiver<Received>,
    messages: mpsc::Receiver<PeerMessage>,
    stats: watch::Receiver<PeerStats>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Peer {
    /// Joins the room `token` opens at `url` (`ws://host:port`).
    pub async fn join(url: &str, token: &str, config: PeerConfig) -> Result<Self, PeerFault> {
        let socket = UdpSocket::bind(config.bind).await.map_err(|_| PeerFault::Socket)?;
        let address = socket.local_addr().map_err(|_| PeerFault::Socket)?;
        let crypto = Crypto::fresh().ok_or(PeerFault::Socket)?;
        let (wishes, wished) = mpsc::channel(WISHES);
        let (frame_out, frames) = mpsc::channel(FRAMES);
        let (message_out, messages) = mpsc::channel(MESSAGES);
        let (stats_out, stats) = watch::channel(PeerStats::default());
        let codecs: Vec<Codec> = config.publish.iter().map(|source| source.codec()).collect();
        let start = instant();
        let (client, request) = Client::new(&crypto, address, &codecs, start);
        let signalling = open(url, token, &request).await?;
        let sources = config.publish.into_iter().map(Outgoing::new).collect();
        let driver = Driver {
            url: url.to_owned(),
            token: token.to_owned(),
            crypto,
            codecs,
            socket,
            address,
            client,
            signalling: Some(signalling),
            sources,
            start,
            media_start: None,
            dark_until: None,
            back_at: None,
            attempts: 0,
            stats: PeerStats::default(),
            stats_out,
            frame_out: config.keep_frames.then_some(frame_out),
            message_out,
        };
        let task = tokio::spawn(driver.run(wished));
        Ok(Self { wishes, frames, messages, stats, task })
    }

    /// The next frame somebody published. `None` when the peer is gone.
    pub async fn next_frame(&mut self) -> Option<Received> {
        self.frames.recv().await
    }

    /// The next message somebody sent. `None` when the peer is gone.
    pub async fn next_message(&mut self) -> Option<PeerMessage> {
        self.messages.recv().await
    }

    /// What it has seen and done so far.
    pub fn stats(&self) -> PeerStats {
        self.stats.borrow().clone()
    }

    /// Waits until `state` holds. False if it does not within `patience`.
    pub async fn wait(&self, patience: Duration, state: impl FnMut(&PeerStats) -> bool) -> bool {
        let mut stats = self.stats.clone();
        matches!(timeout(patience, stats.wait_for(state)).await, Ok(Ok(_)))
    }

    /// Sends a message to everybody. False if too many wait.
    pub fn send(&self, topic: &str, payload: &[u8], reliable: bool) -> bool {
        self.send_to(topic, payload, reliable, &[])
    }

    /// Sends a message to those named.
    pub fn send_to(&self, topic: &str, payload: &[u8], reliable: bool, to: &[&str]) -> bool {
        let to = to.iter().map(|one| (*one).to_owned()).collect();
        let (topic, payload) = (topic.to_owned(), payload.to_vec());
        self.wish(Wish::Send { topic, payload, reliable, to })
    }

    /// Mutes or unmutes the source at `track`, in the order they were given.
    pub fn mute(&self, track: usize, muted: bool) -> bool {
        self.wish(Wish::Mute { track, muted })
    }

    /// Loses the network for so long, then comes back by itself.
    pub fn drop_link(&self, span: Duration) -> bool {
        self.wish(Wish::DropLink(span))
    }

    /// Joins anew at once, as after a reload of the page.
    pub fn rejoin(&self) -> bool {
        self.wish(Wish::Rejoin)
    }

    /// Asks for key frames of everything it is shown.
    pub fn request_key_frames(&self) -> bool {
        self.wish(Wish::KeyFrames)
    }

    /// Says goodbye and is gone.
    pub async fn leave(mut self) {
        if self.wish(Wish::Leave) {
            // A peer that does not go in time is aborted when dropped.
            let _late = timeout(PATIENCE, &mut self.task).await;
        }
    }

    fn wish(&self, wish: Wish) -> bool {
        self.wishes.try_send(wish).is_ok()
    }
}

struct Outgoing {
    source: Box<dyn FrameSource>,
    waiting: Option<SourceFrame>,
    wants_key: bool,
}

impl Outgoing {
    fn new(mut source: Box<dyn FrameSource>) -> Self {
        let waiting = source.next_frame(true);
        Self { source, waiting, wants_key: false }
    }
}

struct Driver {
    url: String,
    token: String,
    crypto: Crypto,
    codecs: Vec<Codec>,
    socket: UdpSocket,
    address: SocketAddr,
    client: Client,
    signalling: Option<Signalling>,
    sources: Vec<Outgoing>,
    start: Instant,
    media_start: Option<Instant>,
    dark_until: Option<Instant>,
    back_at: Option<Instant>,
    attempts: u32,
    stats: PeerStats,
    stats_out: watch::Sender<PeerStats>,
    frame_out: Option<mpsc::Sender<Received>>,
    message_out: mpsc::Sender<PeerMessage>,
}

impl Driver {
    async fn run(mut self, mut wished: mpsc::Receiver<Wish>) {
        let mut buffer = vec![0_u8; 2048];
        let mut ping = tokio::time::interval(PING);
        while !self.stats.left {
            self.act().await;
            // Nobody may be looking.
            self.stats_out.send_replace(self.stats.clone());
            let wake = self.wake();
            tokio::select! {
                received = self.socket.recv_from(&mut buffer) => {
                    if let Ok((size, from)) = received
                        && !self.is_dark()
                    {
                        self.client.datagram(instant(), from, &buffer[..size]);
                    }
                }
                frame = next_signal(&mut self.signalling) => match frame {
                    Some(bytes) => self.client.signal(instant(), &bytes),
                    None => self.signalling_lost(),
                },
                wish = wished.recv() => match wish {
                    Some(wish) => self.wish(wish).await,
                    None => return,
                },
                _ = ping.tick() => self.client.ping(at()),
                () = tokio::time::sleep_until(wake.into()) => self.tick().await,
            }
        }
        self.stats_out.send_replace(self.stats.clone());
    }

    fn is_dark(&self) -> bool {
        self.dark_until.is_some_and(|until| instant() < until)
    }

    fn wake(&self) -> Instant {
        let media = self.media_start.filter(|_| self.client.is_connected());
        let frames =
            self.sources.iter().filter_map(|one| Some(media? + one.waiting.as_ref()?.time));
        let far = instant() + Duration::from_secs(1);
        frames.chain(self.client.deadline()).chain(self.back_at).min().map_or(far, |at| at.min(far))
    }

    async fn tick(&mut self) {
        let now = instant();
        self.client.timeout(now);
        self.publish(now);
        if self.back_at.is_some_and(|at| at <= now) {
            self.come_back().await;
        }
    }

    fn publish(&mut self, now: Instant) {
        let Some(start) = self.media_start.filter(|_| self.client.is_connected()) else { return };
        for (place, one) in self.sources.iter_mut().enumerate() {
            while let Some(frame) = one.waiting.take_if(|frame| start + frame.time <= now) {
                // What cannot go now is lost, as a camera's frames are.
                let fresh = now.saturating_duration_since(start + frame.time).as_secs() < 1;
                if fresh && self.client.write(now, place, frame.time, frame.data) {
                    self.stats.sent += 1;
                }
                one.waiting = one.source.next_frame(std::mem::take(&mut one.wants_key));
            }
        }
    }

    async fn act(&mut self) {
        while let Some(said) = self.client.poll() {
            let after = instant().saturating_duration_since(self.start);
            match said {
                Said::Transmit { to, bytes } => {
                    if !self.is_dark() {
                        // A full buffer loses the datagram, as any network may.
                        let _lost = self.socket.try_send_to(&bytes, to);
                    }
                }
                Said::Signal(bytes) => self.say(bytes).await,
                Said::Joined { others, .. } => {
                    self.stats.joined_after.get_or_insert(after);
                    self.stats.roster.clear();
                    self.attempts = 0;
                    others.iter().for_each(|one| self.neighbour(one));
                }
                Said::Resumed => {
                    self.stats.resumes += 1;
                    self.attempts = 0;
                }
                Said::Connected => {
                    self.stats.connected = true;
                    self.stats.connected_after.get_or_insert(after);
                    self.media_start.get_or_insert(instant());
                    self.sources.iter_mut().for_each(|one| one.wants_key = true);
                }
                Said::Disconnected => self.stats.connected = false,
                Said::Roster(info) => self.neighbour(&info),
                Said::Frame(frame) => self.frame(frame, after),
                Said::Data { from, topic, payload, reliable } => {
                    self.stats.messages += 1;
                    let message = PeerMessage { from, topic, payload, reliable };
                    // Nobody reads them: counted, not kept.
                    let _full = self.message_out.try_send(message);
                }
                Said::KeyFrameWanted { track } => {
                    self.stats.keys_asked += 1;
                    if let Some(one) = self.sources.get_mut(track) {
                        one.wants_key = true;
                    }
                }
                Said::Rate(bits) => {
                    self.stats.rate = Some(bits);
                    self.sources.iter_mut().for_each(|one| one.source.set_rate(bits));
                }
                Said::Leave { again: true } => {
                    self.signalling = None;
                    self.rejoin().await;
                }
                Said::Leave { again: false } => self.stats.left = true,
            }
        }
    }

    fn frame(&mut self, frame: Received, after: Duration) {
        let stats = &mut self.stats;
        stats.bytes += frame.data.len() as u64;
        stats.gaps += u64::from(!frame.contiguous);
        match frame.kind {
            Kind::Audio => {
                stats.audio_frames += 1;
                stats.first_audio_after.get_or_insert(after);
            }
            Kind::Video => {
                stats.video_frames += 1;
                stats.key_frames += u64::from(frame.key);
                if frame.key {
                    stats.first_video_after.get_or_insert(after);
                }
                if let Some(last) = stats.last_video_after.replace(after) {
                    stats.longest_freeze = stats.longest_freeze.max(after.saturating_sub(last));
                }
            }
        }
        if let Some(out) = &self.frame_out {
            // Nobody reads them: counted, not kept.
            let _full = out.try_send(frame);
        }
    }

    fn neighbour(&mut self, info: &lk::ParticipantInfo) {
        if info.state() == lk::participant_info::State::Disconnected {
            self.stats.roster.remove(&info.identity);
            return;
        }
        let neighbour = Neighbour {
            name: info.name.clone(),
            away: info.attributes.get("away").is_some_and(|away| away == "1"),
            tracks: info.tracks.len(),
            muted: info.tracks.iter().filter(|track| track.muted).count(),
            recorder: info.kind() == lk::participant_info::Kind::Egress,
        };
        self.stats.roster.insert(info.identity.clone(), neighbour);
    }

    async fn say(&mut self, bytes: Vec<u8>) {
        let Some(signalling) = &mut self.signalling else { return };
        let sent = timeout(PATIENCE, signalling.send(Message::Binary(bytes.into()))).await;
        if !matches!(sent, Ok(Ok(()))) {
            self.signalling_lost();
        }
    }

    async fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Send { topic, payload, reliable, to } => {
                self.client.send(&topic, &payload, reliable, &to);
            }
            Wish::Mute { track, muted } => self.client.mute(track, muted),
            Wish::DropLink(span) => {
                self.signalling = None;
                let until = instant() + span;
                self.dark_until = Some(until);
                self.back_at = Some(until);
            }
            Wish::Rejoin => self.rejoin().await,
            Wish::KeyFrames => self.client.request_key_frames(),
            Wish::Leave => {
                self.client.leave();
                self.act().await;
                self.hang_up().await;
                self.stats.left = true;
            }
        }
    }

    /// Closes signalling in good order: a connection dropped with unread frames in it would take
    /// the last word with it.
    async fn hang_up(&mut self) {
        let Some(mut open) = self.signalling.take() else { return };
        let goodbye = async {
            if open.close(None).await.is_ok() {
                while let Some(Ok(_)) = open.next().await {}
            }
        };
        // A server that does not answer is not waited for.
        let _late = timeout(GOODBYE, goodbye).await;
    }

    fn signalling_lost(&mut self) {
        self.signalling = None;
        self.back_at.get_or_insert(instant() + AGAIN);
    }

    async fn come_back(&mut self) {
        self.back_at = None;
        self.attempts += 1;
        if self.attempts > ATTEMPTS {
            self.stats.left = true;
            return;
        }
        match open(&self.url, &self.token, &self.client.resume()).await {
            Ok(signalling) => self.signalling = Some(signalling),
            Err(_) => self.back_at = Some(instant() + AGAIN),
        }
    }

    async fn rejoin(&mut self) {
        let (client, request) = Client::new(&self.crypto, self.address, &self.codecs, instant());
        self.client = client;
        self.stats.connected = false;
        self.stats.rejoins += 1;
        match open(&self.url, &self.token, &request).await {
            Ok(signalling) => self.signalling = Some(signalling),
            Err(_) => self.signalling_lost(),
        }
    }
}

async fn open(url: &str, token: &str, request: &lk::JoinRequest) -> Result<Signalling, PeerFault> {
    let url = url.replacen("http", "ws", 1);
    let join = room::join::encode(request);
    let full =
        format!("{}/rtc/v1?access_token={token}&join_request={join}", url.trim_end_matches('/'));
    match timeout(PATIENCE, connect_async(full)).await {
        Ok(Ok((signalling, _))) => Ok(signalling),
        Ok(Err(_)) => Err(PeerFault::Refused),
        Err(_) => Err(PeerFault::Late),
    }
}

async fn next_signal(signalling: &mut Option<Signalling>) -> Option<Vec<u8>> {
    let Some(open) = signalling else { return std::future::pending().await };
    loop {
        match open.next().await {
            Some(Ok(Message::Binary(bytes))) => return Some(bytes.to_vec()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a peer lives in real time")]
fn instant() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "pings carry the wall clock")]
fn at() -> At {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    At(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
