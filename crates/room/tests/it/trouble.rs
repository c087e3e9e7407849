//! Bad networks: loss, silence, poor links, coming back.

use crate::network::{Link, World};
use room::{Event, Input};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn with_ten_per_cent_loss_pictures_go_on() {
    let mut world = World::new(11);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    for place in [a, b] {
        world.callers[place].link.loss = 100;
    }
    world.run(5 * SECOND);
    let before = world.now;
    world.run(10 * SECOND);
    for place in [a, b] {
        let count = world.video_since(place, before);
        assert!(count > 120, "{count} of 200 pictures");
    }
}

#[test]
fn a_poor_link_lowers_the_publishers_rate_and_the_picture_survives() {
    let mut world = World::new(12);
    let (a, b) = (world.join("victim", 1_000_000), world.join("officer", 1_000_000));
    world.run(6 * SECOND);
    world.callers[b].link = Link { down: Some(300_000), loss: 10, ..Link::default() };
    world.run(20 * SECOND);
    let relayed = world.room.relayed_rate("victim").unwrap();
    assert!(relayed < 300_000, "asked for {relayed} bit/s");
    assert!(world.callers[a].rate.unwrap() < 300_000, "keeps to {:?}", world.callers[a].rate);
    let before = world.now;
    world.run(10 * SECOND);
    let count = world.video_since(b, before);
    assert!(count > 140, "{count} of 200 pictures over the poor link");
}

#[test]
fn a_short_silence_costs_nothing_but_the_silence() {
    let mut world = World::new(13);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    world.run(3 * SECOND);
    world.callers[a].link.dark = true;
    world.run(2 * SECOND);
    world.callers[a].link.dark = false;
    let back = world.now;
    assert!(world.until(SECOND, |w| w.video_since(b, back) > 0), "pictures of the victim");
    assert!(world.until(SECOND, |w| w.video_since(a, back) > 0), "pictures for the victim");
}

#[test]
fn a_dropped_person_is_marked_away_keeps_the_seat_and_resumes() {
    let mut world = World::new(14);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    world.run(3 * SECOND);
    world.callers[a].link.dark = true;
    world.lose_signalling(a);
    world.run(6 * SECOND);
    assert_eq!(world.callers[b].roster["victim"].attributes["away"], "1");
    assert!(world.events.contains(&Event::Lost { identity: "victim".into() }));
    world.callers[a].link.dark = false;
    world.resume(a);
    let back = world.now;
    assert!(world.until(2 * SECOND, |w| w.video_since(b, back) > 5), "pictures after the resume");
    world.run(SECOND);
    assert_eq!(world.callers[a].resumed, 1);
    assert_eq!(world.callers[b].roster["victim"].attributes["away"], "");
    assert_eq!(world.room.roster().filter(|(_, here)| *here).count(), 2);
    assert!(world.video_since(a, back) > 10);
}

#[test]
fn one_who_joins_again_takes_the_place_of_the_old_self() {
    let mut world = World::new(15);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    world.run(3 * SECOND);
    world.lose_signalling(a);
    world.rejoin(a);
    let back = world.now;
    assert!(world.until(2 * SECOND, |w| w.video_since(b, back) > 10), "seen again");
    assert!(world.until(2 * SECOND, |w| w.video_since(a, back) > 10), "sees again");
    assert!(world.events.contains(&Event::Joined { identity: "victim".into(), again: true }));
    assert_eq!(world.room.roster().count(), 2);
}

#[test]
fn one_who_joins_again_five_times_is_seen_every_time() {
    let mut world = World::new(16);
    let (a, b) = (world.join("victim", 200_000), world.join("officer", 200_000));
    world.run(2 * SECOND);
    for time in 0..5 {
        world.lose_signalling(a);
        world.rejoin(a);
        let back = world.now;
        assert!(world.until(3 * SECOND, |w| w.video_since(b, back) > 5), "time {time}");
    }
}

#[test]
fn a_resume_of_an_unknown_seat_is_told_to_join_anew() {
    let mut world = World::new(17);
    let a = world.join("victim", 100_000);
    world.run(SECOND);
    world.handle(Input::Remove { identity: "victim" });
    world.callers[a].told_to_leave = None;
    world.resume(a);
    assert_eq!(world.callers[a].told_to_leave, Some(true));
    world.rejoin(a);
    world.run(SECOND);
    assert_eq!(world.room.roster().filter(|(_, here)| *here).count(), 1);
}

#[test]
fn no_picture_is_shown_that_builds_on_a_lost_one() {
    let mut world = World::new(18);
    let (a, b) = (world.join("victim", 300_000), world.join("officer", 300_000));
    world.callers[a].link.loss = 150;
    world.run(8 * SECOND);
    world.callers[a].link.dark = true;
    world.run(3 * SECOND);
    world.callers[a].link.dark = false;
    world.run(8 * SECOND);
    let number = |data: &[u8]| u64::from_be_bytes(data[12..20].try_into().unwrap());
    let video = world.video(b);
    assert!(video.len() > 150, "{} pictures", video.len());
    for pair in video.windows(2) {
        let (before, after) = (&pair[0].1, &pair[1].1);
        let next = number(&before.data) + 1 == number(&after.data);
        assert!(next || after.key, "{} then {}", number(&before.data), number(&after.data));
    }
}
