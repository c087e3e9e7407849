//! What a team does, what comes of it, and what is owed to her.

use super::{NOW, act, policy, requested, staff, words};
use crate::event::{BailGiven, Owed};
use crate::{Act, Arrest, Bail, Event, OrderId, Refusal, clock};
use incident::IncidentId;
use kernel::spec::given;
use kernel::{At, Role, id::StaffId};

fn owed(from: At) -> Owed {
    Owed { incident: IncidentId(1), by: clock::tell_by(&policy(), from).unwrap() }
}

fn arrested() -> Event {
    Event::CarriedOut {
        arrested_at: NOW,
        place: words("1 Example Road"),
        custody: words(""),
        tell: owed(NOW),
    }
}

fn told() -> Event {
    Event::VictimTold { how: "telephone".into(), note: words("") }
}

fn conclude(outcome: &str, court_at: Option<At>, bail: Bail) -> crate::Command {
    let (outcome, note) = (outcome.to_owned(), String::new());
    act(Act::Conclude { outcome, note, court_at, bail, order: OrderId(9) })
}

fn assigned() -> Event {
    Event::Assigned { team: "north".into(), note: words("") }
}

#[test]
fn a_team_is_asked_one_officer_takes_it_and_the_next_shift_has_it_with_a_reason() {
    let assign = |team: &str| act(Act::Assign { team: team.into(), note: String::new() });
    let hand = |reason: &str| act(Act::HandOver { team: "north".into(), reason: reason.into() });
    let open = || given::<Arrest>([requested()]);
    open().when(assign("north")).then([assigned()]);
    open().when(assign("gone")).then_refused(Refusal::TeamUnknown);
    open().when(act(Act::Take)).then_refused(Refusal::NotAssigned);
    let officer = staff(5, Role::LocalOfficer);
    let taken = Event::Taken { officer: Some(StaffId(5)) };
    given::<Arrest>([requested(), assigned()])
        .by(officer)
        .when(act(Act::Take))
        .then([taken.clone()]);
    let held = || given::<Arrest>([requested(), assigned(), taken.clone()]);
    held().when(act(Act::Take)).then_refused(Refusal::TakenAlready);
    held().when(assign("north")).then_refused(Refusal::TakenAlready);
    held().when(hand(" ")).then_refused(Refusal::ReasonMissing);
    held().when(hand("The shift ends.")).then([Event::HandedOver {
        from: Some(StaffId(5)),
        team: "north".into(),
        reason: words("The shift ends."),
    }]);
}

#[test]
fn an_attempt_says_when_where_why_and_how_it_ended_and_the_clock_starts_again() {
    let attempt = |tried_at, place: &str, reason: &str, result: &str| {
        let (place, reason, result) = (place.into(), reason.into(), result.into());
        act(Act::Attempt { tried_at, place, reason, result })
    };
    let open = || given::<Arrest>([requested()]).at(NOW);
    open().when(attempt(NOW, "1 Example Road", "A light was on.", "nobody_in")).then([
        Event::Attempted {
            tried_at: NOW,
            place: words("1 Example Road"),
            reason: words("A light was on."),
            result: "nobody_in".into(),
            attempt_due: calendar::hours_after(NOW, 24),
        },
    ]);
    open().when(attempt(NOW, "", "x", "nobody_in")).then_refused(Refusal::PlaceMissing);
    open().when(attempt(NOW, "x", "", "nobody_in")).then_refused(Refusal::ReasonMissing);
    open().when(attempt(NOW, "x", "x", "")).then_refused(Refusal::ResultUnknown);
    let tomorrow = calendar::hours_after(NOW, 24);
    open().when(attempt(tomorrow, "x", "x", "nobody_in")).then_refused(Refusal::InFuture);
    given::<Arrest>([requested(), arrested()])
        .when(attempt(NOW, "x", "x", "nobody_in"))
        .then_refused(Refusal::MadeAlready);
}

#[test]
fn a_missed_attempt_is_noted_once_the_time_is_up_and_not_before() {
    let due = calendar::hours_after(NOW, 24);
    let note = |due| act(Act::NoteAttemptMissed { due });
    given::<Arrest>([requested()]).at(due).when(note(due)).then([Event::AttemptMissed { due }]);
    given::<Arrest>([requested()]).at(NOW).when(note(due)).then_refused(Refusal::NotDue);
    given::<Arrest>([requested()]).at(due).when(note(NOW)).then_refused(Refusal::NotDue);
    given::<Arrest>([requested(), arrested()])
        .at(due)
        .when(note(due))
        .then_refused(Refusal::NotDue);
}

#[test]
fn whoever_is_circulated_is_cancelled_before_the_case_is_put_away() {
    let circulated = Event::Circulated { reference: words("EX/1") };
    let circulate = act(Act::Circulate { reference: "EX/1".into() });
    given::<Arrest>([requested()]).when(circulate.clone()).then([circulated.clone()]);
    let wanted = [requested(), circulated.clone()];
    given::<Arrest>(wanted).when(circulate).then_refused(Refusal::CirculatedAlready);
    let charged = Event::OutcomeRecorded {
        outcome: "charge".into(),
        codes: 1,
        settled: true,
        note: words(""),
        court_at: None,
        bail: None,
        tell: owed(NOW),
    };
    let close = act(Act::Close { owed_elsewhere: false });
    let done = [requested(), circulated, arrested(), charged, told()];
    given::<Arrest>(done.clone()).when(close.clone()).then_refused(Refusal::StillCirculated);
    let cancelled = Event::CirculationCancelled { reason: words("In custody.") };
    given::<Arrest>(done).and([cancelled]).when(close).then([Event::Closed {}]);
}

#[test]
fn she_is_told_before_anything_of_the_case_is_closed() {
    let outcome = conclude("charge", None, Bail::default());
    let made = || given::<Arrest>([requested(), arrested()]).at(NOW);
    let charged = Event::OutcomeRecorded {
        outcome: "charge".into(),
        codes: 1,
        settled: true,
        note: words(""),
        court_at: None,
        bail: None,
        tell: owed(NOW),
    };
    // What happened is recorded whether she knows it or not.
    made().when(outcome.clone()).then([charged.clone()]);
    given::<Arrest>([requested()]).when(outcome).then_refused(Refusal::NotMade);
    let close = |owed_elsewhere| act(Act::Close { owed_elsewhere });
    made().and([charged.clone()]).when(close(false)).then_refused(Refusal::TellHerFirst);
    let knows = || made().and([charged.clone(), told()]);
    knows().when(close(true)).then_refused(Refusal::TellHerFirst);
    knows().when(close(false)).then([Event::Closed {}]);
    made().and([told()]).when(close(false)).then_refused(Refusal::NotSettled);
    let tell = act(Act::Tell { how: "telephone".into(), note: String::new() });
    made().when(tell.clone()).then([told()]);
    made().and([told()]).when(tell).then_refused(Refusal::NothingToTell);
    let pigeon = act(Act::Tell { how: "pigeon".into(), note: String::new() });
    made().when(pigeon).then_refused(Refusal::TellingUnknown);
}

#[test]
fn what_is_owed_first_keeps_its_day() {
    let monday = calendar::hours_after(NOW, 72);
    let released = act(Act::Release { released_at: monday });
    given::<Arrest>([requested(), arrested()])
        .at(monday)
        .when(released)
        .then([Event::Released { released_at: monday, tell: owed(NOW) }]);
    let attended = Event::AttendedVoluntarily {
        attended_at: NOW,
        place: words("Example Police Station"),
        tell: owed(NOW),
    };
    let release = act(Act::Release { released_at: NOW });
    given::<Arrest>([requested(), attended])
        .at(NOW)
        .when(release)
        .then_refused(Refusal::NotInCustody);
    let due = owed(NOW).by;
    let note = act(Act::NoteTellingMissed { due });
    let late = Event::TellingMissed { due };
    given::<Arrest>([requested(), arrested()]).at(due).when(note.clone()).then([late.clone()]);
    given::<Arrest>([requested(), arrested(), late])
        .at(due)
        .when(note)
        .then_refused(Refusal::NotDue);
}

#[test]
fn a_court_date_is_in_the_future_and_bail_has_an_end_that_the_law_allows() {
    let made = || given::<Arrest>([requested(), arrested()]).at(NOW);
    let yesterday = NOW.minus(kernel::time::hours(24));
    made()
        .when(conclude("charge", Some(yesterday), Bail::default()))
        .then_refused(Refusal::CourtInPast);
    made().when(conclude("charge", Some(NOW), Bail::default())).then_refused(Refusal::CourtInPast);
    let bail = |days: u64, terms: &str| Bail {
        ends_at: Some(NOW.plus(kernel::time::hours(24 * days))),
        review_at: None,
        terms: terms.into(),
    };
    made().when(conclude("bail", None, Bail::default())).then_refused(Refusal::BailEndMissing);
    made().when(conclude("bail", None, bail(30, " "))).then_refused(Refusal::TermsMissing);
    made().when(conclude("bail", None, bail(0, "x"))).then_refused(Refusal::DayPassed);
    made().when(conclude("bail", None, bail(92, "x"))).then_refused(Refusal::BailTooLong);
    made().when(conclude("pigeon", None, bail(9, "x"))).then_refused(Refusal::OutcomeUnknown);
    made().when(conclude("bail", None, bail(80, "Not to go there."))).then([
        Event::OutcomeRecorded {
            outcome: "bail".into(),
            codes: 1,
            settled: false,
            note: words(""),
            court_at: None,
            bail: Some(BailGiven {
                order: OrderId(9),
                arrested_at: NOW,
                ends_at: NOW.plus(kernel::time::hours(24 * 80)),
                review_at: None,
                terms: words("Not to go there."),
            }),
            tell: owed(NOW),
        },
    ]);
}
