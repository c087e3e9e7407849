//! The host's front door: start it, mount its router, mint tokens, end rooms, listen.

use crate::clock::Wall;
use crate::engine::{Command, Engine, Parts};
use crate::event::{Fault, HostEvent, Present, Stats};
use crate::limits;
use crate::signalling;
use crate::tap::TapSender;
use crate::token::{Claims, Refused, Signer};
use kernel::At;
use room::rtc::Crypto;
use room::{RecorderSeat, Session};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::sync::{broadcast, mpsc, oneshot};

/// Whether an identity may be in a room now. Asked at every join: rooms come into being so.
pub type Admit = Arc<dyn Fn(&str, &str, At) -> bool + Send + Sync>;

/// The recorder's identity in every room.
pub const RECORDER: &str = "recorder";

/// What a host is made of.
pub struct HostConfig {
    /// Where to listen for media; port 0 takes a free one.
    pub udp_bind: SocketAddr,
    /// Where callers can reach that, best first. Port 0 means the port bound.
    pub advertise: Vec<SocketAddr>,
    /// Signs and checks tokens: 32 bytes or more.
    pub token_secret: Vec<u8>,
    /// How the recorder is shown to everybody.
    pub recorder_name: String,
    /// Who may be in which room.
    pub admit: Admit,
    /// Where every frame goes as well. Without one nothing is recorded and no recorder is shown.
    pub tap: Option<TapSender>,
    /// Whether H.264 is taken besides VP8.
    pub h264: bool,
    /// What the wall clock says: the service's own.
    pub wall: Wall,
}

/// Why a host did not start.
#[derive(Debug, thiserror::Error)]
pub enum HostFault {
    /// The UDP port cannot be bound.
    #[error("the media port cannot be bound")]
    Bind(#[source] std::io::Error),
    /// No thread, or no event loop for it.
    #[error("the media thread cannot be started")]
    Thread(#[source] std::io::Error),
    /// No certificate could be made.
    #[error("no certificate could be made")]
    Certificate,
    /// The secret is shorter than 32 bytes.
    #[error("the token secret is too short")]
    Secret,
    /// Callers would have nowhere to send to.
    #[error("no address to advertise")]
    Address,
}

pub(crate) struct Shared {
    pub(crate) signer: Signer,
    pub(crate) admit: Admit,
    pub(crate) commands: mpsc::Sender<Command>,
    pub(crate) joins: Budget,
    pub(crate) wall: Wall,
    sessions: AtomicU64,
}

impl Shared {
    pub(crate) fn session(&self) -> Session {
        Session(self.sessions.fetch_add(1, Ordering::Relaxed))
    }
}

/// The host of every room. Dropping it ends them all.
pub struct RoomHost {
    shared: Arc<Shared>,
    events: broadcast::Sender<HostEvent>,
    address: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

impl RoomHost {
    /// Binds the port and starts the media thread.
    pub fn start(config: HostConfig) -> Result<Self, HostFault> {
        let signer = Signer::new(&config.token_secret).ok_or(HostFault::Secret)?;
        let crypto = Crypto::fresh().ok_or(HostFault::Certificate)?;
        let socket = std::net::UdpSocket::bind(config.udp_bind).map_err(HostFault::Bind)?;
        socket.set_nonblocking(true).map_err(HostFault::Bind)?;
        let address = socket.local_addr().map_err(HostFault::Bind)?;
        let addresses = advertised(&config.advertise, address.port());
        if addresses.is_empty() {
            return Err(HostFault::Address);
        }
        let recorder = config.tap.is_some().then(|| RecorderSeat {
            identity: RECORDER.to_owned(),
            name: config.recorder_name.clone(),
        });
        let (commands, waiting) = mpsc::channel(limits::COMMANDS);
        let (events, _) = broadcast::channel(limits::EVENTS);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(HostFault::Thread)?;
        let socket = {
            let _inside = runtime.enter();
            UdpSocket::from_std(socket).map_err(HostFault::Bind)?
        };
        let parts = Parts {
            socket,
            addresses,
            crypto,
            recorder,
            h264: config.h264,
            tap: config.tap,
            events: events.clone(),
            wall: Arc::clone(&config.wall),
        };
        let thread = std::thread::Builder::new()
            .name("media".to_owned())
            .spawn(move || runtime.block_on(Engine::new(parts).run(waiting)))
            .map_err(HostFault::Thread)?;
        let shared = Shared {
            signer,
            admit: config.admit,
            commands,
            joins: Budget::default(),
            wall: config.wall,
            sessions: AtomicU64::new(1),
        };
        Ok(Self { shared: Arc::new(shared), events, address, thread: Some(thread) })
    }

    /// `/rtc/v1` and `/rtc/v1/validate`, to be mounted at the root of the server.
    pub fn router(&self) -> axum::Router {
        signalling::router(Arc::clone(&self.shared))
    }

    /// Where media is listened for.
    pub fn udp_address(&self) -> SocketAddr {
        self.address
    }

    /// A token that lets `identity` join `room` for `life` from `at`.
    pub fn token(&self, room: &str, identity: &str, name: &str, at: At, life: Duration) -> String {
        self.shared.signer.mint(room, identity, name, at, life)
    }

    /// What a token says, if it is ours and valid at `at`.
    pub fn verify(&self, token: &str, at: At) -> Result<Claims, Refused> {
        self.shared.signer.verify(token, at)
    }

    /// Everybody is told to leave; the room is gone. False if the host is too busy to be told.
    pub fn finish(&self, room: &str) -> bool {
        self.command(Command::Finish { room: room.into() })
    }

    /// Ends the media thread without finishing any room: a restart, after which callers come
    /// back by themselves. The tap closes, so the recorder writes what it has and ends.
    pub fn stop(&self) -> bool {
        self.command(Command::Stop)
    }

    /// `identity` is told to leave.
    pub fn remove(&self, room: &str, identity: &str) -> bool {
        self.command(Command::Remove { room: room.into(), identity: identity.into() })
    }

    /// `identity`'s camera is asked for a key frame: for a still, or a new segment.
    pub fn request_key_frame(&self, room: &str, identity: &str) -> bool {
        self.command(Command::KeyFrame { room: room.into(), identity: identity.into() })
    }

    /// Disturbs `identity`'s network: for rehearsals and tests.
    pub fn disturb(&self, room: &str, identity: &str, fault: Fault) -> bool {
        self.command(Command::Disturb { room: room.into(), identity: identity.into(), fault })
    }

    /// What happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<HostEvent> {
        self.events.subscribe()
    }

    /// What a room has counted, if there is such a room.
    pub async fn stats(&self, room: &str) -> Option<Stats> {
        let (answer, waiting) = oneshot::channel();
        self.shared.commands.send(Command::Stats { room: room.into(), answer }).await.ok()?;
        waiting.await.ok()?
    }

    /// Everybody whose media flows now, in every room; nothing if the host has stopped. For
    /// whoever missed an event.
    pub async fn present(&self) -> Option<Vec<Present>> {
        let (answer, waiting) = oneshot::channel();
        self.shared.commands.send(Command::Present { answer }).await.ok()?;
        waiting.await.ok()
    }

    fn command(&self, command: Command) -> bool {
        self.shared.commands.try_send(command).is_ok()
    }
}

impl Drop for RoomHost {
    fn drop(&mut self) {
        // A full queue means a busy thread: it is not waited for, and ends with the process.
        if self.command(Command::Stop)
            && let Some(thread) = self.thread.take()
        {
            // It catches panics of rooms; its own would have been reported by the hook.
            let _panicked = thread.join();
        }
    }
}

fn advertised(addresses: &[SocketAddr], bound: u16) -> Vec<SocketAddr> {
    let port = |one: &SocketAddr| if one.port() == 0 { bound } else { one.port() };
    addresses.iter().map(|one| SocketAddr::new(one.ip().to_canonical(), port(one))).collect()
}

/// How many may join: a bucket that fills at a steady rate.
#[derive(Default)]
pub(crate) struct Budget(Mutex<Option<(Instant, f64)>>);

impl Budget {
    pub(crate) fn take(&self, now: Instant) -> bool {
        // The value is whole after every statement: a panic elsewhere does not spoil it.
        let mut bucket = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (last, left) = bucket.unwrap_or((now, limits::JOINS_AT_ONCE));
        let refill = now.saturating_duration_since(last).as_secs_f64() * limits::JOINS_A_SECOND;
        let left = (left + refill).min(limits::JOINS_AT_ONCE);
        let allowed = left >= 1.0;
        *bucket = Some((now, if allowed { left - 1.0 } else { left }));
        allowed
    }
}
