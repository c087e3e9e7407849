//! When a case may not close because nobody saw her.

use super::*;
use crate::{Refusal, Risk};
use kernel::spec::given;

fn unseen(channel: Channel) -> Vec<Event> {
    vec![started_by(channel), heard(), answered("breath", value("yes"))]
}

fn allow(reason: &str) -> Command {
    ask(Act::AllowClosing { reason: reason.into(), officer: None })
}

fn booked() -> Event {
    Event::VisitBooked { visit_at: At(NOW.0 + HOUR), note: String::new().into() }
}

fn against(events: Vec<Event>) -> Option<Refusal> {
    given::<Risk>(events).state().against_closing()
}

#[test]
fn a_case_that_was_first_assessed_unseen_does_not_close() {
    assert_eq!(against(vec![]), None, "nothing was assessed");
    assert_eq!(against(done(Grade::Medium)), None, "by video");
    assert_eq!(against(unseen(Channel::InPerson)), None, "at the door");
    for channel in [Channel::AudioOnly, Channel::NoCall] {
        assert_eq!(against(unseen(channel)), Some(Refusal::NotSeen), "{channel:?}");
    }
    let mut voice = asked();
    voice.insert(1, Event::ChannelMarked { channel: Channel::AudioOnly });
    assert_eq!(against(voice), Some(Refusal::NotSeen), "partly by voice");
    let mut later = done(Grade::Medium);
    later.push(Event::ChannelMarked { channel: Channel::AudioOnly });
    assert_eq!(against(later), None, "by voice only after the first was graded");
}

#[test]
fn a_drop_stands_against_closing_until_she_is_seen_again() {
    let mut dropped = asked();
    dropped.push(Event::ChannelMarked { channel: Channel::Interrupted });
    assert_eq!(against(dropped.clone()), Some(Refusal::NotSeen));
    let back = Event::ChannelMarked { channel: Channel::Video };
    given::<Risk>(dropped.clone())
        .when(ask(Act::MarkChannel { channel: Channel::Video }))
        .then([back.clone()]);
    given::<Risk>(dropped.clone())
        .when(keep(vec![answer("apart", value("no"))]))
        .then([back.clone(), answered("apart", value("no"))]);
    given::<Risk>(asked()).when(ask(Act::MarkChannel { channel: Channel::Video })).then([]);
    let mut cut = dropped.clone();
    cut.push(graded(Grade::Medium));
    cut.push(back.clone());
    assert_eq!(against(cut), Some(Refusal::NotSeen), "it was graded before she was back");
    dropped.push(back);
    assert_eq!(against(dropped), None);
}

#[test]
fn a_supervisor_who_did_not_assess_allows_it_with_a_reason_once_a_visit_is_booked() {
    let mut events = unseen(Channel::AudioOnly);
    events.push(graded(Grade::Medium));
    let by = |events: &[Event], id, role| given::<Risk>(events.to_vec()).by(staff(id, role));
    by(&events, 2, Role::Supervisor).when(allow("Seen.")).then_refused(Refusal::VisitMissing);
    events.push(booked());
    by(&events, 2, Role::Responder).when(allow("Seen.")).then_refused(Refusal::NotSupervisor);
    by(&events, 1, Role::Supervisor).when(allow("Seen.")).then_refused(Refusal::NotSupervisor);
    by(&events, 2, Role::Supervisor).when(allow(" ")).then_refused(Refusal::ReasonMissing);
    let allowed = Event::ClosingAllowed { by: Some(StaffId(2)), reason: "Seen.".to_owned().into() };
    by(&events, 2, Role::Supervisor).when(allow("Seen.")).then([allowed.clone()]);
    assert_eq!(against(events.clone()), Some(Refusal::NotSeen));
    events.push(allowed);
    assert_eq!(against(events), None);
    given::<Risk>(done(Grade::High)).when(allow("x")).then_refused(Refusal::NothingToAllow);
}

#[test]
fn a_visit_is_booked_for_the_next_days_and_attended_in_the_past() {
    let book = |hours: i64| {
        ask(Act::BookVisit { visit_at: At(NOW.0 + hours * HOUR), note: String::new() })
    };
    let far = Refusal::VisitTime(72);
    given::<Risk>(asked()).when(book(1)).then([booked()]);
    given::<Risk>(asked()).when(book(73)).then_refused(far.clone());
    given::<Risk>(asked()).when(book(-1)).then_refused(far);
    given::<Risk>([]).when(book(1)).then_refused(Refusal::NotUnderWay);
    let attend = |attended_at| ask(Act::AttendVisit { attended_at, note: "She was well.".into() });
    let attended =
        Event::VisitAttended { attended_at: NOW, note: "She was well.".to_owned().into() };
    given::<Risk>(asked()).when(attend(NOW)).then([attended]);
    let ahead = At(NOW.0 + HOUR);
    given::<Risk>(asked()).when(attend(ahead)).then_refused(Refusal::InFuture);
}
