//! A meeting of agencies.

use crate::ReferralId;
use crate::conference::{Command, Conference, Event, Refusal};
use incident::IncidentId;
use kernel::spec::{Given, given};
use kernel::{At, Personal, time::hours};

const NOW: At = At::from_seconds(1_800_000_000);
const CASE: ReferralId = ReferralId(1);

fn planned() -> Event {
    let place = Personal::new("Room 4".to_owned());
    Event::Planned { meets_at: NOW.plus(hours(48)), place }
}

fn listed(repeat: bool) -> Event {
    Event::CaseListed { referral: CASE, incident: IncidentId(1), repeat }
}

fn meeting() -> Given<Conference> {
    given([planned(), listed(false)])
}

#[test]
fn a_meeting_is_planned_for_a_time_to_come() {
    let plan = |meets_at, place: &str| Command::Plan { meets_at, place: place.into() };
    given::<Conference>([]).when(plan(NOW.plus(hours(48)), "Room 4")).then([planned()]);
    given::<Conference>([]).when(plan(NOW, "Room 4")).then_refused(Refusal::InThePast);
    given::<Conference>([]).when(plan(NOW.plus(hours(1)), "")).then_refused(Refusal::PlaceWrong);
    given::<Conference>([planned()])
        .when(plan(NOW.plus(hours(1)), "x"))
        .then_refused(Refusal::PlannedAlready);
}

#[test]
fn a_case_is_a_repeat_when_she_was_heard_of_within_twelve_months_before() {
    let list = |heard_at| Command::List { referral: CASE, incident: IncidentId(1), heard_at };
    let meets_at = NOW.plus(hours(48));
    for (heard_at, repeat) in [
        (None, false),
        (Some(meets_at.minus(hours(24 * 365))), true),
        (Some(meets_at.minus(hours(24 * 365 + 1))), false),
        (Some(meets_at.minus(hours(24 * 30))), true),
    ] {
        given::<Conference>([planned()]).when(list(heard_at)).then([listed(repeat)]);
    }
    meeting().when(list(None)).then_refused(Refusal::ListedAlready);
}

#[test]
fn minutes_and_actions_are_about_a_case_on_the_list() {
    let minute = |referral| Command::Minute { referral, minutes: "Housing has a place.".into() };
    meeting().when(minute(ReferralId(2))).then_refused(Refusal::NotListed);
    let minutes = Personal::new("Housing has a place.".to_owned());
    meeting().when(minute(CASE)).then([Event::Minuted { referral: CASE, minutes }]);
    let act = |due_at| Command::SetAction {
        referral: CASE,
        agency: None,
        what: "Marker on the address.".into(),
        due_at,
    };
    meeting().when(act(NOW)).then_refused(Refusal::InThePast);
    let set = meeting().when(act(NOW.plus(hours(72)))).0.unwrap();
    let done = |action| Command::DoAction { action, note: "Done.".into() };
    meeting().and(set.clone()).when(done(2)).then_refused(Refusal::NoAction);
    let note = Personal::new("Done.".to_owned());
    let noted = Event::ActionDone { action: 1, note };
    meeting().and(set.clone()).when(done(1)).then([noted.clone()]);
    meeting().and(set).and([noted]).when(done(1)).then_refused(Refusal::DoneAlready);
}

#[test]
fn nothing_is_listed_once_the_meeting_is_over() {
    meeting().when(Command::Hold).then_refused(Refusal::NotYet);
    meeting().at(NOW.plus(hours(48))).when(Command::Hold).then([Event::Held {}]);
    let late = Command::List { referral: ReferralId(2), incident: IncidentId(2), heard_at: None };
    meeting().and([Event::Held {}]).when(late).then_refused(Refusal::Over);
}
