//! The rules of the hub, as sentences; and every stored event read back.

use crate::event::Reason;
use crate::hours::{Hours, HoursFault, Local, Span, london};
use crate::state::{Duty, USUAL_CALL};
use crate::{Command, Event, Hub, Refusal};
use kernel::id::StaffId;
use kernel::spec::{Given, given};
use kernel::time::{hours, minutes};
use kernel::{At, Personal};

const ANN: StaffId = StaffId(11);
const BEN: StaffId = StaffId(12);
/// 2027-01-15 08:00:00 UTC, a Friday.
const NOW: At = At::from_seconds(1_800_000_000);

fn name(text: &str) -> Personal<String> {
    text.to_owned().into()
}

fn day_hours() -> Event {
    Event::HoursSet { version: 1, hours: Hours::daily(480, 1320) }
}

fn on(staff: StaffId) -> Event {
    Event::ShiftStarted { staff, name: name("Example Officer") }
}

fn busy(staff: StaffId, call: &str) -> Event {
    Event::ResponderBusy { staff, call: call.into() }
}

fn hub(events: impl IntoIterator<Item = Event>) -> Given<Hub> {
    given([day_hours()]).and(events)
}

#[test]
fn the_wall_clock_follows_summer_time() {
    let local = |seconds, weekday, minute| {
        assert_eq!(london(At::from_seconds(seconds)), Local { weekday, minute });
    };
    local(0, 4, 0); // Thursday 1970-01-01, winter by this rule
    local(1_800_000_000, 5, 480); // Friday 2027-01-15 08:00
    local(1_774_745_999, 7, 59); // Sunday 2026-03-29 00:59:59
    local(1_774_746_000, 7, 120); // one second later it is 02:00
    local(1_792_889_999, 7, 119); // Sunday 2026-10-25 00:59:59 UTC is 01:59 on the wall
    local(1_792_890_000, 7, 60); // one second later it is 01:00 again
    local(1_783_339_200, 1, 780); // Monday 2026-07-06 12:00 UTC is 13:00
}

#[test]
fn the_hub_opens_and_closes_by_the_wall_clock() {
    let state = hub([]).state();
    assert!(state.open(NOW));
    assert!(!state.open(NOW.minus(minutes(1))));
    assert!(!state.open(NOW.plus(hours(14))));
    // In July it opens at 07:00 UTC.
    let july = At::from_seconds(1_783_321_200);
    assert!(state.open(july) && !state.open(july.minus(minutes(1))));
}

#[test]
fn a_closed_hub_says_when_it_opens_next() {
    let weekdays = Hours {
        days: std::array::from_fn(|day| match day {
            0..=4 => vec![Span { opens: 480, closes: 1320 }],
            _ => vec![],
        }),
    };
    let state = given::<Hub>([Event::HoursSet { version: 1, hours: weekdays }]).state();
    let friday_night = NOW.plus(hours(15));
    let next = state.availability(friday_night, 0).next_opening;
    assert_eq!(next, Some(Local { weekday: 1, minute: 480 }));
    assert_eq!(given::<Hub>([]).state().availability(NOW, 0).next_opening, None);
}

#[test]
fn a_supervisor_opens_and_closes_against_the_hours_until_a_time() {
    let night = NOW.plus(hours(15));
    let until = Some(night.plus(hours(2)));
    let command = Command::Open { reason: Reason::Demand, until };
    let opened = Event::Opened { reason: Reason::Demand, until };
    hub([]).at(night).when(command).then([opened.clone()]);
    let state = hub([opened]).state();
    assert!(state.open(night));
    assert!(!state.open(night.plus(hours(2))), "afterwards the hours count again");
    let closed = Event::Closed { reason: Reason::Technical, until: None };
    assert!(!hub([closed.clone()]).state().open(NOW));
    hub([closed]).when(Command::ResumeHours).then([Event::HoursResumed {}]);
    hub([]).when(Command::ResumeHours).then_refused(Refusal::ByHours);
    let past = Command::Close { reason: Reason::Other, until: Some(NOW) };
    hub([]).at(NOW).when(past).then_refused(Refusal::UntilPassed);
}

#[test]
fn hours_that_make_no_sense_are_refused() {
    let set = |spans: Vec<Span>| {
        let mut hours = Hours::default();
        hours.days[2] = spans;
        Command::SetHours { hours }
    };
    let span = |opens, closes| Span { opens, closes };
    let refused = |spans, fault| {
        hub([]).when(set(spans)).then_refused(Refusal::Hours(fault));
    };
    refused(vec![span(600, 600)], HoursFault::ClosesFirst);
    refused(vec![span(600, 1441)], HoursFault::ClosesFirst);
    refused(vec![span(0, 600), span(599, 700)], HoursFault::Overlap);
    refused(vec![span(0, 1), span(2, 3), span(4, 5), span(6, 7)], HoursFault::TooMany);
}

#[test]
fn hours_are_versioned_and_setting_the_same_does_nothing() {
    let same = Command::SetHours { hours: Hours::daily(480, 1320) };
    hub([]).when(same).then([]);
    let other = Hours::daily(0, 1440);
    hub([])
        .when(Command::SetHours { hours: other.clone() })
        .then([Event::HoursSet { version: 2, hours: other }]);
}

#[test]
fn a_responder_signs_on_once_and_off_unless_on_a_call() {
    let start = Command::StartShift { staff: ANN, name: "Example Officer".into() };
    hub([]).when(start.clone()).then([on(ANN)]);
    hub([on(ANN)]).when(start).then_refused(Refusal::OnShift);
    let end = Command::EndShift { staff: ANN };
    hub([]).when(end.clone()).then_refused(Refusal::NotOnShift);
    hub([on(ANN)]).when(end.clone()).then([Event::ShiftEnded { staff: ANN }]);
    hub([on(ANN), busy(ANN, "c1")]).when(end).then_refused(Refusal::OnCall);
}

#[test]
fn a_break_is_taken_between_calls() {
    let rest = Command::StartBreak { staff: ANN };
    let back = Command::EndBreak { staff: ANN };
    hub([on(ANN)]).when(rest.clone()).then([Event::BreakStarted { staff: ANN }]);
    hub([on(ANN), busy(ANN, "c1")]).when(rest.clone()).then_refused(Refusal::OnCall);
    let resting = || hub([on(ANN), Event::BreakStarted { staff: ANN }]);
    resting().when(rest).then_refused(Refusal::OnBreak);
    resting().when(back.clone()).then([Event::BreakEnded { staff: ANN }]);
    hub([on(ANN)]).when(back).then_refused(Refusal::NotOnBreak);
}

#[test]
fn whoever_takes_a_call_is_on_shift_and_on_no_other() {
    let take = |call: &str| Command::TakeCall { staff: ANN, call: call.into() };
    let nameless = Event::ShiftStarted { staff: ANN, name: name("") };
    hub([]).when(take("c1")).then([nameless, busy(ANN, "c1")]);
    hub([on(ANN)]).when(take("c1")).then([busy(ANN, "c1")]);
    hub([on(ANN), busy(ANN, "c1")]).when(take("c1")).then([]);
    hub([on(ANN), busy(ANN, "c1")]).when(take("c2")).then_refused(Refusal::OnOtherCall);
    hub([on(ANN), Event::BreakStarted { staff: ANN }])
        .when(take("c1"))
        .then([Event::BreakEnded { staff: ANN }, busy(ANN, "c1")]);
}

#[test]
fn a_call_handed_over_sets_the_first_responder_free() {
    hub([on(ANN), on(BEN), busy(ANN, "c1")])
        .when(Command::TakeCall { staff: BEN, call: "c1".into() })
        .then([Event::ResponderFree { staff: ANN }, busy(BEN, "c1")]);
}

#[test]
fn a_finished_call_sets_its_responder_free_once() {
    let leave = Command::LeaveCall { call: "c1".into() };
    let taken = [on(ANN), busy(ANN, "c1")];
    hub(taken).when(leave.clone()).then([Event::ResponderFree { staff: ANN }]);
    hub([on(ANN)]).when(leave).then([]);
}

#[test]
fn availability_counts_who_is_free_busy_and_resting() {
    let state = hub([on(ANN), on(BEN), busy(BEN, "c1")]).state();
    let now = state.availability(NOW, 0);
    assert_eq!((now.open, now.free, now.busy, now.on_break), (true, 1, 1, 0));
    assert_eq!(now.wait_seconds, Some(0));
    assert!(now.offerable());
    let resting = hub([on(ANN), Event::BreakStarted { staff: ANN }]).state();
    assert_eq!(resting.availability(NOW, 0).on_break, 1);
    assert!(!resting.availability(NOW, 0).offerable());
}

#[test]
fn nothing_is_offered_while_the_hub_is_closed_or_empty() {
    let closed = hub([on(ANN)]).state().availability(NOW.minus(minutes(1)), 0);
    assert!(!closed.open && !closed.offerable());
    assert!(!hub([]).state().availability(NOW, 0).offerable());
}

#[test]
fn a_wait_is_estimated_from_the_call_that_should_end_first() {
    let taken = hub([on(ANN), busy(ANN, "c1")]).state();
    let later = |span| taken.availability(NOW.plus(span), 0).wait_seconds;
    assert_eq!(later(minutes(0)), None, "longer than may be offered");
    assert_eq!(later(USUAL_CALL.saturating_sub(minutes(8))), Some(480));
    assert_eq!(later(hours(2)), Some(60), "an overlong call may end any minute");
}

#[test]
fn who_waits_already_is_served_first() {
    let two = hub([on(ANN), on(BEN)]).state();
    assert_eq!(two.availability(NOW, 1).wait_seconds, Some(0));
    assert_eq!(two.availability(NOW, 2).wait_seconds, None);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let until = Some(NOW);
    let samples = [
        ("hub.hours_set.v1", day_hours()),
        ("hub.opened.v1", Event::Opened { reason: Reason::Demand, until }),
        ("hub.closed.v1", Event::Closed { reason: Reason::Staffing, until: None }),
        ("hub.hours_resumed.v1", Event::HoursResumed {}),
        ("hub.shift_started.v1", on(ANN)),
        ("hub.shift_ended.v1", Event::ShiftEnded { staff: ANN }),
        ("hub.responder_busy.v1", busy(ANN, "0123456789abcdef0123456789abcdef")),
        ("hub.responder_free.v1", Event::ResponderFree { staff: ANN }),
        ("hub.break_started.v1", Event::BreakStarted { staff: ANN }),
        ("hub.break_ended.v1", Event::BreakEnded { staff: ANN }),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fossils");
    let count = samples.len();
    for (kind, event) in samples {
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json["kind"], kind);
        let path = format!("{folder}/{kind}.json");
        if !std::fs::exists(&path).unwrap() {
            std::fs::write(&path, serde_json::to_string_pretty(&json).unwrap() + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{kind}");
    }
    let kept = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(kept, count, "one file for each event");
}

#[test]
fn a_responder_s_duty_is_followed() {
    let state = hub([on(ANN), busy(ANN, "c1")]).state();
    assert_eq!(state.responders[&ANN].duty, Duty::Busy { call: "c1".into() });
    assert_eq!(state.on_call("c1"), Some(ANN));
}
