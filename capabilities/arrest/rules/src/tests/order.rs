//! Notices, orders and bail: none of them lapses in silence.

use super::{NOW, at, policy, words};
use crate::event::Owed;
use crate::order::{Act, Authority, Clock, Command, EndedAs, Event, Kind, Making, Refusal, Step};
use crate::{ArrestId, Order, clock};
use incident::IncidentId;
use kernel::spec::given;
use kernel::{At, time::hours};

fn act(act: Act) -> Command {
    Command { policy: policy(), act }
}

fn making(of: Kind) -> Making {
    Making {
        of,
        incident: IncidentId(1),
        arrest: None,
        starts_at: NOW,
        arrested_at: None,
        ends_at: None,
        review_at: None,
        suspect: "Example Suspect".into(),
        terms: "Not to go to Example Road.".into(),
        issued_by: String::new(),
    }
}

fn make(making: Making) -> Command {
    act(Act::Make(Box::new(making)))
}

fn owed(from: At) -> Owed {
    Owed { incident: IncidentId(1), by: clock::tell_by(&policy(), from).unwrap() }
}

fn made(of: Kind, ends_at: Option<At>, court_by: Option<At>) -> Event {
    Event::Made {
        of,
        incident: IncidentId(1),
        arrest: None,
        starts_at: NOW,
        counted_from: NOW,
        ends_at,
        review_at: None,
        court_by,
        suspect: words("Example Suspect"),
        terms: words("Not to go to Example Road."),
        issued_by: words(""),
        tell: owed(NOW),
    }
}

fn days(days: u64) -> At {
    NOW.plus(hours(24 * days))
}

fn court_by() -> At {
    clock::court_by(calendar::Jurisdiction::EnglandAndWales, NOW).unwrap()
}

fn notice() -> Event {
    made(Kind::AbuseNotice, None, Some(court_by()))
}

fn bail() -> Event {
    made(Kind::Bail, Some(days(60)), None)
}

fn told() -> Event {
    Event::VictimTold { how: "telephone".into(), note: words("") }
}

#[test]
fn the_law_says_when_a_notice_is_over_and_everything_else_has_an_end_or_a_review() {
    let new = || given::<Order>([]).at(NOW);
    let typed = Making { ends_at: Some(days(9)), ..making(Kind::AbuseNotice) };
    new().when(make(typed)).then([notice()]);
    new().when(make(making(Kind::Bail))).then_refused(Refusal::EndMissing);
    new().when(make(making(Kind::ViolenceOrder))).then_refused(Refusal::EndMissing);
    for of in [Kind::Restraining, Kind::NonMolestation, Kind::AbuseOrder] {
        new().when(make(making(of))).then_refused(Refusal::EndOrReviewMissing);
        let ends = Making { ends_at: Some(days(365)), ..making(of) };
        new().when(make(ends)).then([made(of, Some(days(365)), None)]);
    }
    let passed = Making {
        ends_at: Some(NOW),
        starts_at: days(0).minus(hours(9)),
        ..making(Kind::Restraining)
    };
    new().when(make(passed)).then_refused(Refusal::DayPassed);
    let future = Making { starts_at: days(1), ..making(Kind::AbuseNotice) };
    new().when(make(future)).then_refused(Refusal::InFuture);
    let nobody = Making { suspect: " ".into(), ..making(Kind::AbuseNotice) };
    new().when(make(nobody)).then_refused(Refusal::SuspectMissing);
    let nothing = Making { terms: " ".into(), ..making(Kind::AbuseNotice) };
    new().when(make(nothing)).then_refused(Refusal::TermsMissing);
    given::<Order>([notice()]).when(make(making(Kind::Bail))).then_refused(Refusal::MadeAlready);
}

#[test]
fn an_order_and_bail_are_as_long_as_the_law_allows() {
    let new = || given::<Order>([]).at(NOW);
    let end = |text: &str| Some(calendar::end_of(text.parse().unwrap()).unwrap());
    let with = |of, ends_at| make(Making { ends_at, ..making(of) });
    // NOW is 15 January 2027.
    for (last, fits) in
        [("2027-01-27", false), ("2027-01-28", true), ("2027-02-11", true), ("2027-02-12", false)]
    {
        let decided = new().when(with(Kind::ViolenceOrder, end(last)));
        assert_eq!(decided.0.is_ok(), fits, "{last}");
    }
    for (last, fits) in [("2027-04-15", true), ("2027-04-16", false)] {
        assert_eq!(new().when(with(Kind::Bail, end(last))).0.is_ok(), fits, "{last}");
    }
}

#[test]
fn a_hearing_is_in_the_future_and_within_the_forty_eight_hours() {
    let apply = |court_at| act(Act::Apply { court_at, reason: "For an order.".into() });
    let standing = || given::<Order>([notice()]).at(NOW);
    standing().when(apply(NOW.minus(hours(1)))).then_refused(Refusal::CourtInPast);
    standing().when(apply(court_by().plus(hours(1)))).then_refused(Refusal::HearingTooLate);
    let soon = NOW.plus(hours(20));
    let applied = Event::Applied {
        of: Kind::AbuseNotice,
        court_at: soon,
        reason: words("For an order."),
        tell: owed(NOW),
    };
    standing().when(apply(soon)).then([applied.clone()]);
    // Now the hearing itself is waited for, and it alarms when nobody says how it went.
    let note = act(Act::Note { clock: Clock::Court, step: Step::Over, due: soon });
    let over = Event::RanOver { clock: Clock::Court, due: soon };
    standing().and([applied]).at(soon).when(note).then([over]);
}

#[test]
fn a_court_that_adjourns_keeps_the_notice_standing() {
    let until = days(9);
    let extend = |authority| {
        act(Act::Extend { until, authority, decided_at: NOW, reason: "Adjourned.".into() })
    };
    let standing = || given::<Order>([notice()]).at(NOW);
    standing().when(extend(Authority::Inspector)).then_refused(Refusal::CourtAlone);
    let adjourned = Event::Extended {
        of: Kind::AbuseNotice,
        until,
        authority: Authority::Court,
        reason: words("Adjourned."),
        tell: owed(NOW),
    };
    standing().when(extend(Authority::Court)).then([adjourned.clone()]);
    assert_eq!(standing().and([adjourned]).state().next_due(), Some(until));
}

#[test]
fn bail_is_extended_by_whoever_may_for_as_long_as_she_may_and_before_it_ends() {
    let extend = |until: &str, authority, decided_at| {
        let until = calendar::end_of(until.parse().unwrap()).unwrap();
        act(Act::Extend { until, authority, decided_at, reason: "Forensics.".into() })
    };
    let standing = || given::<Order>([bail()]).at(days(50));
    for (until, authority, refusal) in [
        ("2027-07-15", Authority::Inspector, None),
        ("2027-07-16", Authority::Inspector, Some(Refusal::BailTooLong)),
        ("2027-07-16", Authority::Superintendent, None),
        ("2027-10-16", Authority::Superintendent, Some(Refusal::BailTooLong)),
        ("2027-10-16", Authority::Court, None),
        ("2027-03-10", Authority::Inspector, Some(Refusal::NotLonger)),
    ] {
        let decided = standing().when(extend(until, authority, days(50)));
        assert_eq!(decided.0.err(), refusal, "{until} {authority:?}");
    }
    let late = given::<Order>([bail()]).at(days(62));
    late.when(extend("2027-07-15", Authority::Inspector, days(61)))
        .then_refused(Refusal::EndedBefore);
    // Decided in time and recorded late is in time.
    let late = given::<Order>([bail()]).at(days(62));
    assert!(late.when(extend("2027-07-15", Authority::Inspector, days(59))).0.is_ok());
    let order = made(Kind::ViolenceOrder, Some(days(20)), None);
    given::<Order>([order])
        .at(NOW)
        .when(extend("2027-07-15", Authority::Court, NOW))
        .then_refused(Refusal::NotExtendable);
}

#[test]
fn a_clock_warns_before_alarms_once_after_and_stays_until_somebody_decides() {
    let note = |clock, step, due| act(Act::Note { clock, step, due });
    let end = days(60);
    let week = clock::days_before(end, 7).unwrap();
    let warned = Event::Warned { clock: Clock::End, step: Step::First, due: end };
    let standing = |at| given::<Order>([bail()]).at(at);
    standing(week).when(note(Clock::End, Step::First, week)).then([warned]);
    standing(NOW).when(note(Clock::End, Step::First, week)).then_refused(Refusal::NotDue);
    standing(end).when(note(Clock::End, Step::First, week)).then_refused(Refusal::NotDue);
    let over = Event::RanOver { clock: Clock::End, due: end };
    standing(end).when(note(Clock::End, Step::Over, end)).then([over.clone()]);
    standing(end).when(note(Clock::Court, Step::Over, end)).then_refused(Refusal::NotDue);
    let silent = || given::<Order>([bail(), over.clone()]).at(end);
    silent().when(note(Clock::End, Step::Over, end)).then_refused(Refusal::NotDue);
    assert_eq!(silent().state().over, [Clock::End]);
    silent().when(act(Act::Close { owed_elsewhere: false })).then_refused(Refusal::StillStands);
    let ended = Event::Ended {
        ended_as: EndedAs::Expired,
        ended_at: end,
        reason: words("No charge."),
        tell: owed(NOW),
    };
    assert!(silent().and([ended]).state().over.is_empty());
}

#[test]
fn every_decision_has_a_reason_and_she_is_told_of_it_before_anything_is_closed() {
    let standing = || given::<Order>([bail()]).at(NOW);
    let breach = |reason: &str| act(Act::Breach { breached_at: NOW, reason: reason.into() });
    standing().when(breach(" ")).then_refused(Refusal::ReasonMissing);
    assert!(standing().when(breach("He rang her.")).0.is_ok());
    let end = |ended_at, reason: &str| {
        act(Act::End { ended_as: EndedAs::Charged, ended_at, reason: reason.into() })
    };
    standing().when(end(NOW, "")).then_refused(Refusal::ReasonMissing);
    standing().when(end(days(1), "x")).then_refused(Refusal::InFuture);
    let ended = Event::Ended {
        ended_as: EndedAs::Charged,
        ended_at: NOW,
        reason: words("Charged."),
        tell: owed(NOW),
    };
    standing().when(end(NOW, "Charged.")).then([ended.clone()]);
    let close = |owed_elsewhere| act(Act::Close { owed_elsewhere });
    let over = || standing().and([ended.clone()]);
    over().when(close(false)).then_refused(Refusal::TellHerFirst);
    over().when(end(NOW, "again")).then_refused(Refusal::NotStanding);
    let knows = || over().and([told()]);
    knows().when(close(true)).then_refused(Refusal::TellHerFirst);
    knows().when(close(false)).then([Event::Closed {}]);
    knows().and([Event::Closed {}]).when(close(false)).then_refused(Refusal::ClosedAlready);
}

#[test]
fn a_review_sets_the_next_one_unless_an_end_is_in_sight() {
    let review = |review_at| act(Act::Review { note: "Still needed.".into(), review_at });
    let reviewed = |of, review_at| Event::Reviewed {
        of,
        incident: IncidentId(1),
        note: words("Still needed."),
        review_at,
    };
    given::<Order>([bail()]).at(NOW).when(review(None)).then([reviewed(Kind::Bail, None)]);
    let open_ended = made(Kind::Restraining, None, None);
    let standing = || given::<Order>([open_ended.clone()]).at(NOW);
    standing().when(review(None)).then_refused(Refusal::EndOrReviewMissing);
    standing().when(review(Some(NOW))).then_refused(Refusal::DayPassed);
    let next = Some(at("2027-06-01 00:00"));
    standing().when(review(next)).then([reviewed(Kind::Restraining, next)]);
}

fn came_from_an_arrest(event: Event) -> Event {
    match event {
        Event::Made { of, incident, starts_at, counted_from, ends_at, review_at, .. } => {
            let (suspect, terms) = (words("Example Suspect"), words("Not to go to Example Road."));
            Event::Made {
                of,
                incident,
                arrest: Some(ArrestId(7)),
                starts_at,
                counted_from,
                ends_at,
                review_at,
                court_by: None,
                suspect,
                terms,
                issued_by: words(""),
                tell: owed(NOW),
            }
        }
        other => other,
    }
}

#[test]
fn what_she_was_told_at_the_arrest_is_not_owed_again_by_the_bail_that_came_from_it() {
    let tell =
        |told_at| act(Act::TellAtArrest { how: "telephone".into(), note: String::new(), told_at });
    let of_arrest = || came_from_an_arrest(bail());
    given::<Order>([of_arrest()]).when(tell(NOW)).then([told()]);
    given::<Order>([of_arrest(), told()]).when(tell(days(1))).then([]);
    // What was told before it began was something else.
    given::<Order>([of_arrest()]).when(tell(At(NOW.0 - 1))).then([]);
    // So was what is told of an arrest that it did not come from.
    given::<Order>([bail()]).when(tell(NOW)).then([]);
}

#[test]
fn a_breach_is_told_on_the_order_whatever_she_heard_of_the_arrest() {
    let breach =
        Event::Breached { breached_at: NOW, reason: words("He rang her."), tell: owed(NOW) };
    let tell = Act::TellAtArrest { how: "telephone".into(), note: String::new(), told_at: days(1) };
    let of_arrest = came_from_an_arrest(bail());
    given::<Order>([of_arrest.clone(), breach.clone()]).when(act(tell.clone())).then([]);
    given::<Order>([of_arrest, told(), breach]).when(act(tell)).then([]);
}
