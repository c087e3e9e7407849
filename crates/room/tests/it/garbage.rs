//! Whatever a client sends, the room stands and the others go on.

use crate::network::{World, encode};
use livekit_protocol as lk;
use lk::signal_request::Message as Ask;
use proptest::prelude::*;
use room::{Grants, Input, Seat, Session};
use std::time::Duration;

const OFFERS: &[&str] = &[
    "",
    "v=0",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
    "v=0\r\nm=video 0 X 0\r\na=mid:0\r\na=sendonly\r\n",
];

fn stranger(world: &mut World, offer: &str) -> Session {
    let session = Session(9_000);
    let request = lk::JoinRequest {
        publisher_offer: Some(lk::SessionDescription {
            r#type: "offer".into(),
            sdp: offer.into(),
            id: 1,
            ..Default::default()
        }),
        ..Default::default()
    };
    world.handle(Input::Join {
        session,
        identity: "stranger".into(),
        name: "Stranger".into(),
        grants: Grants::default(),
        request: Box::new(request),
    });
    session
}

#[test]
fn a_garbled_offer_costs_only_its_sender() {
    let mut world = World::new(21);
    let (_, b) = (world.join("victim", 200_000), world.join("officer", 200_000));
    world.run(Duration::from_secs(2));
    for offer in OFFERS {
        stranger(&mut world, offer);
        world.run(Duration::from_millis(200));
    }
    let before = world.now;
    world.run(Duration::from_secs(2));
    assert!(world.video_since(b, before) > 30);
}

#[test]
fn a_frame_of_signalling_that_is_too_long_is_dropped() {
    let mut world = World::new(22);
    let session = stranger(&mut world, "");
    let bytes = vec![0_u8; room::limits::SIGNAL_BYTES + 1];
    assert!(!world.handle(Input::Signal { session, bytes: &bytes }));
}

#[test]
fn more_tracks_than_allowed_are_not_taken() {
    let mut world = World::new(23);
    let session = stranger(&mut world, "");
    for place in 0..room::limits::TRACKS + 3 {
        let track = lk::AddTrackRequest { cid: format!("c{place}"), ..Default::default() };
        world.handle(Input::Signal { session, bytes: &encode(Ask::AddTrack(track)) });
    }
    let dropped =
        world.events.iter().filter(|event| matches!(event, room::Event::Dropped { .. })).count();
    assert!(dropped >= 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_datagram_and_no_signal_whatever_ends_the_room(
        datagrams in proptest::collection::vec(
            proptest::collection::vec(any::<u8>(), 0..120),
            1..20,
        ),
        signals in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..120), 1..20),
        sdp in "(v=0\r\n)?([a-z]=[ -~]{0,40}\r\n){0,12}",
    ) {
        let mut world = World::new(24);
        let session = stranger(&mut world, &sdp);
        let from = "198.51.100.77:9".parse().unwrap();
        for bytes in &datagrams {
            world.handle(Input::Datagram { seat: Seat(1), from, bytes });
            let mut stun = vec![0, 1, 0, 8, 0x21, 0x12, 0xa4, 0x42];
            stun.extend(bytes);
            world.handle(Input::Datagram { seat: Seat(1), from, bytes: &stun });
        }
        for bytes in &signals {
            world.handle(Input::Signal { session, bytes });
        }
        let offer = lk::SessionDescription { sdp: sdp.clone(), ..Default::default() };
        world.handle(Input::Signal { session, bytes: &encode(Ask::Offer(offer)) });
        prop_assert!(!world.room.is_finished());
    }

    #[test]
    fn a_request_with_bytes_changed_or_cut_off_is_taken_or_dropped(
        asked in proptest::collection::vec(changed(), 1..12),
    ) {
        let mut world = World::new(25);
        let session = stranger(&mut world, OFFERS[2]);
        for bytes in &asked {
            world.handle(Input::Signal { session, bytes });
        }
        world.run(Duration::from_millis(200));
        prop_assert!(!world.room.is_finished());
    }
}

/// A request that a client sends, with some bytes changed and its end perhaps missing.
fn changed() -> impl Strategy<Value = Vec<u8>> {
    let description = lk::SessionDescription { sdp: OFFERS[2].into(), ..Default::default() };
    let track = lk::AddTrackRequest { cid: "c1".into(), width: 640, ..Default::default() };
    let mute = lk::MuteTrackRequest { sid: "TR_1".into(), muted: true };
    let trickle = lk::TrickleRequest { candidate_init: "{}".into(), ..Default::default() };
    let metadata = lk::UpdateParticipantMetadata { name: "Example".into(), ..Default::default() };
    let ping = lk::Ping { timestamp: 1, rtt: 2 };
    let sound = [
        Ask::Offer(description.clone()),
        Ask::Answer(description),
        Ask::AddTrack(track),
        Ask::Mute(mute),
        Ask::Trickle(trickle),
        Ask::UpdateMetadata(metadata),
        Ask::PingReq(ping),
        Ask::Leave(lk::LeaveRequest::default()),
    ];
    let sound = proptest::sample::select(sound.map(encode).to_vec());
    let changes = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4);
    (sound, changes, 0_usize..600).prop_map(|(mut bytes, changes, cut)| {
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut);
        bytes
    })
}
