//! Signalling frames (`SignalRequest` in protobuf) of somebody who joined, in any order: the room
//! stands, whatever they say. The input is a row of frames, each behind its length in two bytes.
#![no_main]
use kernel::At;
use libfuzzer_sys::fuzz_target;
use room::rtc::Crypto;
use room::{Config, Grants, Input, Now, Room, Session};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static CRYPTO: LazyLock<Crypto> = LazyLock::new(|| Crypto::fresh().expect("there is luck"));
static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

fn frames(mut data: &[u8]) -> Vec<&[u8]> {
    let mut frames = Vec::new();
    while let Some((length, rest)) = data.split_first_chunk() {
        let (frame, rest) = rest.split_at(rest.len().min(u16::from_be_bytes(*length).into()));
        frames.push(frame);
        data = rest;
    }
    frames
}

fn drain(room: &mut Room) {
    while room.poll().is_some() {}
}

fuzz_target!(|data: &[u8]| {
    let config = Config {
        name: "call".into(),
        seed: 1,
        addresses: vec![([203, 0, 113, 1], 3478).into()],
        crypto: CRYPTO.clone(),
        recorder: None,
        h264: true,
    };
    let mut now = Now { instant: *BEGIN, at: At(0) };
    let mut room = Room::new(config, now);
    for (session, identity) in [(Session(1), "victim"), (Session(2), "officer")] {
        let (identity, name) = (identity.into(), "Example".to_owned());
        let (grants, request) = (Grants::default(), Box::default());
        room.handle(now, Input::Join { session, identity, name, grants, request });
        drain(&mut room);
    }
    for bytes in frames(data) {
        room.handle(now, Input::Signal { session: Session(1), bytes });
        drain(&mut room);
        let step = Duration::from_millis(100);
        now = Now { instant: now.instant + step, at: now.at.plus(step) };
        room.handle(now, Input::Timeout);
        drain(&mut room);
    }
    assert!(room.seat_of("officer").is_some(), "nobody signs for somebody else");
    assert!(!room.is_finished(), "no caller finishes a call");
});
