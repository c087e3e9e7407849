//! Two peers in Rust meet over loopback: join, lose the link, resume, rejoin, finish.

use kernel::At;
use room_host::tap::{TapEvent, tap};
use room_host::{Fault, HostConfig, HostEvent, LeaveReason, RECORDER, RoomHost};
use room_peer::{FrameSource, Peer, PeerConfig, Synthetic};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::broadcast;

const PATIENCE: Duration = Duration::from_secs(20);
const HOUR: Duration = Duration::from_secs(3600);

#[expect(clippy::disallowed_methods, reason = "tokens are checked against the real clock")]
fn at() -> At {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    At(since.as_micros() as i64)
}

struct House {
    host: RoomHost,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
    url: String,
    taps: Receiver<TapEvent>,
    events: broadcast::Receiver<HostEvent>,
}

async fn house() -> House {
    house_at("127.0.0.1:0").await
}

async fn house_at(address: &str) -> House {
    let (sender, taps) = tap(8192);
    let host = RoomHost::start(HostConfig {
        udp_bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        advertise: vec![SocketAddr::from(([127, 0, 0, 1], 0))],
        token_secret: vec![7; 32],
        recorder_name: "Recorder".to_owned(),
        admit: Arc::new(|room, _, _| room != "closed"),
        tap: Some(sender),
        h264: false,
        wall: Arc::new(room_host::machine_wall),
    })
    .expect("loopback works");
    let listener = TcpListener::bind(address).await.expect("loopback works");
    let url = format!("ws://{}", listener.local_addr().expect("loopback works"));
    let router = host.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let events = host.subscribe();
    House { host, server, url, taps, events }
}

impl House {
    async fn present(&self) -> Vec<String> {
        let present = self.host.present().await.expect("the host runs");
        let mut names: Vec<_> = present.iter().map(|one| one.identity.to_string()).collect();
        names.sort();
        names
    }

    async fn caller(&self, room: &str, identity: &str) -> Peer {
        let token = self.host.token(room, identity, identity, at(), HOUR);
        let publish: Vec<Box<dyn FrameSource>> =
            vec![Box::new(Synthetic::sound()), Box::new(Synthetic::picture(20, 300_000))];
        let config = PeerConfig { publish, keep_frames: false, ..PeerConfig::default() };
        Peer::join(&self.url, &token, config).await.expect("loopback works")
    }

    async fn hears(&mut self, wanted: impl Fn(&HostEvent) -> bool) -> bool {
        let search = async {
            loop {
                match self.events.recv().await {
                    Ok(event) if wanted(&event) => return true,
                    Ok(_) => {}
                    Err(_) => return false,
                }
            }
        };
        tokio::time::timeout(PATIENCE, search).await.unwrap_or(false)
    }
}

async fn meets(peer: &Peer) {
    let met = peer.wait(PATIENCE, |s| s.first_video_after.is_some() && s.audio_frames > 5).await;
    assert!(met, "{:?}", peer.stats());
}

async fn goes_on(peer: &Peer) {
    let before = peer.stats().video_frames;
    let on = peer.wait(PATIENCE, |s| s.connected && s.video_frames > before + 10).await;
    assert!(on, "{:?}", peer.stats());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_peers_meet_exchange_messages_and_are_recorded() {
    let mut house = house().await;
    let a = house.caller("one", "victim").await;
    let mut b = house.caller("one", "officer").await;
    meets(&a).await;
    meets(&b).await;
    assert!(b.stats().roster[RECORDER].recorder);
    assert_eq!(b.stats().roster["victim"].tracks, 2);
    let first = |event: &HostEvent| matches!(event, HostEvent::FirstFrame { .. });
    assert!(house.hears(first).await);
    assert!(a.send("note", b"hello", true));
    let message = tokio::time::timeout(PATIENCE, b.next_message()).await.unwrap().unwrap();
    assert_eq!((message.from.as_str(), message.payload.as_slice()), ("victim", &b"hello"[..]));
    let started = house.taps.iter().find(|one| matches!(one, TapEvent::TrackStarted { .. }));
    assert!(started.is_some());
    let key = house.taps.iter().find_map(|one| match one {
        TapEvent::Frame { key: true, width: Some(width), .. } => Some(width),
        _ => None,
    });
    assert_eq!(key, Some(640));
    assert!(a.mute(1, true));
    assert!(b.wait(PATIENCE, |s| s.roster["victim"].muted == 1).await);
    let stats = house.host.stats("one").await.unwrap();
    assert_eq!(stats.participants.len(), 2);
    assert_eq!(stats.dropped, 0);
    println!("officer: {:?}", b.stats());
    assert_eq!(house.present().await, ["officer", "victim"]);
    a.leave().await;
    let left = |event: &HostEvent| {
        matches!(event, HostEvent::ParticipantLeft { reason: LeaveReason::Asked, .. })
    };
    assert!(house.hears(left).await);
    assert_eq!(house.present().await, ["officer"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_loses_its_link_is_missed_resumes_and_is_seen_again() {
    let mut house = house().await;
    let a = house.caller("two", "victim").await;
    let b = house.caller("two", "officer").await;
    meets(&a).await;
    meets(&b).await;
    assert!(a.drop_link(Duration::from_secs(6)));
    assert!(house.hears(|event| matches!(event, HostEvent::ParticipantLost { .. })).await);
    assert!(b.wait(PATIENCE, |s| s.roster["victim"].away).await);
    assert!(a.wait(PATIENCE, |s| s.resumes == 1).await);
    goes_on(&a).await;
    goes_on(&b).await;
    assert!(b.wait(PATIENCE, |s| !s.roster["victim"].away).await);
    let (a, b) = (a.stats(), b.stats());
    assert_eq!((a.rejoins, b.rejoins, b.resumes), (0, 0, 0));
    println!("frozen {:?} in a blackout of 6 s", b.longest_freeze);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blackout_at_the_host_is_survived() {
    let house = house().await;
    let a = house.caller("three", "victim").await;
    let b = house.caller("three", "officer").await;
    meets(&a).await;
    meets(&b).await;
    assert!(house.host.disturb("three", "victim", Fault::Blackout(Duration::from_secs(2))));
    assert!(a.wait(PATIENCE, |s| s.resumes + s.rejoins > 0).await, "{:?}", a.stats());
    goes_on(&a).await;
    goes_on(&b).await;
    println!("frozen {:?} in a blackout of 2 s", b.stats().longest_freeze);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_joins_anew_is_seen_again() {
    let mut house = house().await;
    let a = house.caller("four", "victim").await;
    let b = house.caller("four", "officer").await;
    meets(&a).await;
    meets(&b).await;
    assert!(a.rejoin());
    let again =
        |event: &HostEvent| matches!(event, HostEvent::ParticipantJoined { again: true, .. });
    assert!(house.hears(again).await);
    goes_on(&a).await;
    goes_on(&b).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finish_sends_everybody_home_and_the_next_join_opens_the_room_anew() {
    let mut house = house().await;
    let a = house.caller("five", "victim").await;
    let b = house.caller("five", "officer").await;
    meets(&a).await;
    assert!(house.host.finish("five"));
    assert!(a.wait(PATIENCE, |s| s.left).await && b.wait(PATIENCE, |s| s.left).await);
    assert!(house.hears(|event| matches!(event, HostEvent::RoomGone { broken: false, .. })).await);
    assert!(house.host.stats("five").await.is_none());
    let c = house.caller("five", "victim").await;
    let d = house.caller("five", "officer").await;
    meets(&c).await;
    meets(&d).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restart_of_the_server_the_callers_come_back_by_themselves() {
    let first = house().await;
    let a = first.caller("six", "victim").await;
    let b = first.caller("six", "officer").await;
    meets(&a).await;
    meets(&b).await;
    let address = first.url.trim_start_matches("ws://").to_owned();
    first.server.abort();
    // Its port is free only once it has really ended.
    let _aborted = first.server.await;
    drop(first.host);
    let second = house_at(&address).await;
    assert!(a.wait(PATIENCE, |s| s.rejoins > 0).await, "{:?}", a.stats());
    assert!(b.wait(PATIENCE, |s| s.rejoins > 0).await, "{:?}", b.stats());
    goes_on(&a).await;
    goes_on(&b).await;
    println!("frozen {:?} over a restart", b.stats().longest_freeze);
    assert_eq!(second.host.stats("six").await.unwrap().participants.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_valid_token_or_a_room_that_admits_nobody_comes_in() {
    let house = house().await;
    let closed = house.host.token("closed", "victim", "victim", at(), HOUR);
    assert!(Peer::join(&house.url, &closed, PeerConfig::default()).await.is_err());
    assert!(Peer::join(&house.url, "x.y.z", PeerConfig::default()).await.is_err());
    let past = house.host.token("seven", "victim", "victim", at().minus(2 * HOUR), HOUR);
    assert!(Peer::join(&house.url, &past, PeerConfig::default()).await.is_err());
}
