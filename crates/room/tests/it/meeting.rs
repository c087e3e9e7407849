//! People meet: frames, messages, the roster and the recorder.

use crate::network::World;
use room::{Event, Input, Tapped};
use std::collections::BTreeSet;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn two_people_see_and_hear_each_other_within_a_second() {
    let mut world = World::new(1);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    let met = world.until(SECOND, |w| !w.video(a).is_empty() && !w.video(b).is_empty());
    assert!(met, "no pictures within a second");
    world.run(5 * SECOND);
    for place in [a, b] {
        let video = world.video(place);
        assert!(video[0].1.key, "the first picture can be decoded");
        assert!(video.len() > 95, "{} pictures in 5 s", video.len());
        let sound = world.callers[place].frames.len() - video.len();
        assert!(sound > 240, "{sound} sounds in 5 s");
    }
    let first: Vec<_> =
        world.events.iter().filter(|event| matches!(event, Event::FirstFrame { .. })).collect();
    assert_eq!(first.len(), 2);
}

#[test]
fn what_arrives_is_byte_for_byte_what_was_sent() {
    let mut world = World::new(2);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    world.run(5 * SECOND);
    let sent: BTreeSet<_> = world.callers[a].sent.iter().map(|(data, _)| data.clone()).collect();
    let got = &world.callers[b].frames;
    assert!(got.len() > 200);
    assert!(got.iter().all(|(_, frame)| sent.contains(&*frame.data)));
}

#[test]
fn three_people_see_each_other_and_one_who_leaves_is_gone_for_all() {
    let mut world = World::new(3);
    let places = [world.join("victim", 200_000), world.join("officer", 200_000)];
    world.run(2 * SECOND);
    let third = world.join("interpreter", 200_000);
    world.run(4 * SECOND);
    for place in [places[0], places[1], third] {
        let tracks: BTreeSet<_> = world.video(place).iter().map(|(_, f)| f.track.clone()).collect();
        assert_eq!(tracks.len(), 2, "two others are seen by {place}");
        assert_eq!(world.callers[place].roster.len(), 4, "three people and the recorder");
    }
    world.callers[third].client.leave();
    world.run(SECOND);
    assert!(!world.callers[places[0]].roster.contains_key("interpreter"));
    let before = world.now;
    world.run(2 * SECOND);
    assert!(world.video_since(places[0], before) > 35, "the others go on");
}

#[test]
fn the_recorder_is_named_in_the_roster_and_gets_every_forwarded_frame() {
    let mut world = World::new(4);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    world.run(5 * SECOND);
    let recorder = &world.callers[a].roster["recorder"];
    assert_eq!(recorder.name, "Recorder");
    let mut taped = BTreeSet::new();
    let mut last = std::collections::BTreeMap::new();
    for tapped in &world.taps {
        if let Tapped::Frame { data, track, at, .. } = tapped {
            taped.insert(data.to_vec());
            let before = last.insert(track.clone(), *at);
            assert!(before.is_none_or(|before| before <= *at), "time never goes back");
        }
    }
    for place in [a, b] {
        assert!(world.callers[place].frames.len() > 200);
        assert!(world.callers[place].frames.iter().all(|(_, f)| taped.contains(&*f.data)));
    }
    let started = world.taps.iter().filter(|one| matches!(one, Tapped::Started { .. })).count();
    assert_eq!(started, 4);
    world.handle(Input::Finish);
    assert!(matches!(world.taps.last(), Some(Tapped::Finished { .. })));
    let ended = world.taps.iter().filter(|one| matches!(one, Tapped::Ended { .. })).count();
    assert_eq!(ended, 4);
}

#[test]
fn messages_reach_everybody_else_or_those_named_and_carry_the_true_sender() {
    let mut world = World::new(5);
    let a = world.join("victim", 100_000);
    let (b, c) = (world.join("officer", 100_000), world.join("interpreter", 100_000));
    world.run(2 * SECOND);
    assert!(world.callers[a].client.send("note", b"to all", true, &[]));
    assert!(world.callers[a].client.send("note", b"to one", true, &["officer".to_owned()]));
    assert!(world.callers[a].client.send("pulse", b"lossy", false, &[]));
    world.run(SECOND);
    let texts = |place: usize| -> Vec<(String, Vec<u8>)> {
        let messages = &world.callers[place].messages;
        messages.iter().map(|(from, _, text)| (from.clone(), text.clone())).collect()
    };
    let from = "victim".to_owned();
    assert!(texts(b).contains(&(from.clone(), b"to all".to_vec())));
    assert!(texts(b).contains(&(from.clone(), b"to one".to_vec())));
    assert!(texts(b).contains(&(from.clone(), b"lossy".to_vec())));
    assert_eq!(texts(c).len(), 2, "not the one for the officer");
    assert!(texts(a).is_empty());
}

#[test]
fn muting_stops_the_track_and_is_told_to_all() {
    let mut world = World::new(6);
    let (a, b) = (world.join("victim", 200_000), world.join("officer", 200_000));
    world.run(2 * SECOND);
    world.callers[a].client.mute(1, true);
    world.run(SECOND);
    let tracks = &world.callers[b].roster["victim"].tracks;
    assert_eq!(tracks.iter().filter(|track| track.muted).count(), 1);
    let before = world.now;
    world.run(SECOND);
    assert_eq!(world.video_since(b, before), 0);
    world.callers[a].client.mute(1, false);
    world.run(SECOND);
    assert!(world.video_since(b, before) > 10);
}

#[test]
fn a_seventh_person_is_refused_and_the_six_go_on() {
    let mut world = World::new(7);
    for place in 0..room::limits::PARTICIPANTS {
        world.join(&format!("person-{place}"), 50_000);
    }
    let late = world.join("seventh", 50_000);
    world.run(SECOND);
    assert_eq!(world.callers[late].told_to_leave, Some(false));
    assert_eq!(world.room.roster().count(), room::limits::PARTICIPANTS);
}

#[test]
fn finish_tells_everybody_to_leave() {
    let mut world = World::new(8);
    let (a, b) = (world.join("victim", 100_000), world.join("officer", 100_000));
    world.run(SECOND);
    world.handle(Input::Finish);
    world.run(SECOND);
    assert_eq!(world.callers[a].told_to_leave, Some(false));
    assert_eq!(world.callers[b].told_to_leave, Some(false));
    assert!(world.room.is_finished());
    assert!(!world.handle(Input::Timeout));
}
