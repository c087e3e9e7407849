//! How she may be reached: which way, at which number, at which hours, also in the nights in
//! which the clocks change.

use crate::contact::{Hours, Verdict, Way, Why};
use crate::state::State;
use crate::{Command, ContactWords, Event, Refusal, Safeguarding};
use calendar::at_time;
use kernel::spec::given;
use kernel::{At, Decider};

fn local(text: &str) -> At {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    at_time(day.parse().unwrap(), hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}

fn words(number: &str) -> ContactWords {
    ContactWords { number: number.into(), say: "The dentist".into(), ..ContactWords::default() }
}

fn ruled(ways: &[Way], hours: Option<(&str, &str)>, number: &str) -> Event {
    let hours = hours.map(|(from, until)| Hours::parse(from, until).unwrap());
    Event::ContactRuled { ways: ways.to_vec(), hours, words: words(number).into() }
}

fn after(event: &Event) -> State {
    Safeguarding::evolve(State::default(), event, At::from_seconds(1_800_000_000))
}

#[test]
fn without_a_rule_she_may_be_reached_and_with_one_only_in_the_ways_she_named() {
    let now = local("2025-11-10 12:00");
    let anyone = "07700 900123";
    assert_eq!(State::default().may_reach(Way::Text, anyone, now), Verdict::Go);
    let only_ring = after(&ruled(&[Way::Ring], None, ""));
    assert_eq!(only_ring.may_reach(Way::Ring, anyone, now), Verdict::Go);
    for way in [Way::Text, Way::Voicemail, Way::Email] {
        assert_eq!(only_ring.may_reach(way, anyone, now), Verdict::Never(Why::Way));
    }
}

#[test]
fn another_number_than_the_safe_one_is_never_used_however_it_is_written() {
    let now = local("2025-11-10 12:00");
    let state = after(&ruled(&[Way::Text], None, "07700 900123"));
    for same in ["07700900123", "+44 7700 900123", "0044 7700 900 123", "(07700) 900-123"] {
        assert_eq!(state.may_reach(Way::Text, same, now), Verdict::Go, "{same}");
    }
    assert_eq!(state.may_reach(Way::Text, "07700 900124", now), Verdict::Never(Why::Number));
}

#[test]
fn outside_the_safe_hours_it_waits_until_they_begin() {
    for (hours, now, verdict) in [
        (("09:00", "15:30"), "2025-11-10 09:00", None),
        (("09:00", "15:30"), "2025-11-10 15:29", None),
        (("09:00", "15:30"), "2025-11-10 15:30", Some("2025-11-11 09:00")),
        (("09:00", "15:30"), "2025-11-10 03:00", Some("2025-11-10 09:00")),
        // Over midnight.
        (("22:00", "02:00"), "2025-11-10 23:00", None),
        (("22:00", "02:00"), "2025-11-10 01:59", None),
        (("22:00", "02:00"), "2025-11-10 02:00", Some("2025-11-10 22:00")),
        // The clocks go forward over 01:30, which is not there, and back over 01:30, which is
        // there twice.
        (("01:30", "05:00"), "2026-03-29 00:30", Some("2026-03-29 02:30")),
        (("01:30", "05:00"), "2026-10-25 00:30", Some("2026-10-25 01:30")),
        // The last evening of the year.
        (("09:00", "10:00"), "2025-12-31 12:00", Some("2026-01-01 09:00")),
    ] {
        let state = after(&ruled(&[Way::Text], Some(hours), ""));
        let expected = verdict.map_or(Verdict::Go, |until| Verdict::Wait(local(until)));
        let found = state.may_reach(Way::Text, "07700 900123", local(now));
        assert_eq!(found, expected, "{hours:?} at {now}");
    }
}

#[test]
fn hours_that_are_none_and_numbers_that_are_none_are_refused() {
    for (from, until) in [("9", "10:00"), ("09:00", "09:00"), ("24:00", "10:00"), ("", "10:00")] {
        assert_eq!(Hours::parse(from, until), None, "{from}-{until}");
    }
    let command = |number: &str| Command::RuleContact {
        ways: vec![Way::Text, Way::Ring, Way::Text],
        hours: None,
        words: words(number),
    };
    given::<Safeguarding>([]).when(command("0770")).then_refused(Refusal::NumberWrong);
    let kept = ruled(&[Way::Text, Way::Ring], None, "07700 900123");
    given::<Safeguarding>([]).when(command(" 07700 900123 ")).then([kept.clone()]);
    given::<Safeguarding>([kept]).when(command("07700 900123")).then([]);
}

#[test]
fn a_codeword_says_what_is_done_when_she_says_it() {
    let with = |means: &str| ContactWords {
        codeword: "Marmalade".into(),
        codeword_means: means.into(),
        ..words("")
    };
    let rule = |words| Command::RuleContact { ways: vec![Way::Ring], hours: None, words };
    given::<Safeguarding>([]).when(rule(with(" "))).then_refused(Refusal::CodewordMeaningMissing);
    let words = with("Send a patrol, blue lights off.");
    let ruled =
        Event::ContactRuled { ways: vec![Way::Ring], hours: None, words: words.clone().into() };
    given::<Safeguarding>([]).when(rule(words)).then([ruled]);
}
