//! The rules of the figures, one sentence each.

use crate::baseline::{Baseline, Command, Event, Insight, Refusal};
use crate::figures::{Total, figures, promised};
use crate::{Fact, Measure, Period};
use kernel::id::StaffId;
use kernel::spec::given;
use kernel::time::{hours, minutes};
use kernel::{Actor, At, Role};
use stats::suppression::Cell;

fn date(year: i16, month: i8, day: i8) -> calendar::Date {
    calendar::date(year, month, day).unwrap()
}

fn baseline() -> Baseline {
    Baseline {
        officers: 2,
        travel_minutes: 30,
        attendance_minutes: 90,
        write_up_minutes: 45,
        video_write_up_minutes: 20,
    }
}

fn facts(measure: Measure, at: At, span: Option<u64>, count: usize) -> Vec<Fact> {
    vec![Fact { measure, at, span }; count]
}

#[test]
fn a_period_is_whole_weeks_of_london_days_over_the_change_of_clocks() {
    // The clocks go back on Sunday 26 October 2025: that week is an hour longer.
    let period = Period::covering(date(2025, 10, 22), date(2025, 10, 28)).unwrap();
    assert_eq!(period.mondays(), [date(2025, 10, 20), date(2025, 10, 27)]);
    assert_eq!(period.last_day().unwrap(), date(2025, 11, 2));
    let first = calendar::start_of(date(2025, 10, 20)).unwrap();
    assert_eq!(period.from(), first);
    assert_eq!(period.week_of(first.plus(hours(7 * 24))), Some(0), "the extra hour is Sunday's");
    assert_eq!(period.week_of(first.plus(hours(7 * 24 + 1))), Some(1));
    assert_eq!(period.week_of(first.minus(minutes(1))), None);
    assert_eq!(period.week_of(period.until()), None);
    let before = period.before().unwrap();
    assert_eq!(before.until(), period.from());
    assert_eq!(before.weeks(), 2);
}

#[test]
fn a_period_has_an_end_and_two_days_have_no_order() {
    let long = Period::covering(date(2020, 1, 1), date(2025, 11, 3)).unwrap();
    assert_eq!(long.weeks(), crate::limits::WEEKS_MAX);
    let turned = Period::covering(date(2025, 11, 3), date(2025, 10, 20)).unwrap();
    assert_eq!(turned, Period::covering(date(2025, 10, 20), date(2025, 11, 3)).unwrap());
    let usual = Period::usual(calendar::start_of(date(2025, 11, 5)).unwrap()).unwrap();
    assert_eq!((usual.weeks(), usual.last_day().unwrap()), (13, date(2025, 11, 9)));
}

#[test]
fn counts_stand_beside_those_of_the_period_before() {
    let period = Period::covering(date(2025, 11, 3), date(2025, 11, 16)).unwrap();
    let before = period.before().unwrap();
    let second = period.from().plus(hours(8 * 24));
    let mut all = facts(Measure::Reported, period.from(), None, 40);
    all.extend(facts(Measure::Reported, second, None, 60));
    all.extend(facts(Measure::Reported, before.from(), None, 80));
    let figures = figures(&all, &period, &before, None);
    let reported = &figures.counted[0];
    assert_eq!(reported.weeks, [Cell::Count(40), Cell::Count(60)]);
    assert_eq!(reported.total, Total::Exact(Cell::Count(100)));
    assert_eq!(reported.before, Total::Exact(Cell::Count(80)));
}

#[test]
fn a_small_week_hides_another_and_rounds_the_total() {
    let period = Period::covering(date(2025, 11, 3), date(2025, 11, 23)).unwrap();
    let before = period.before().unwrap();
    let week = |n: u64| period.from().plus(hours(n * 7 * 24 + 5));
    let mut all = facts(Measure::Arrested, week(0), Some(60), 3);
    all.extend(facts(Measure::Arrested, week(1), Some(60), 9));
    all.extend(facts(Measure::Arrested, week(2), Some(60), 40));
    all.extend(facts(Measure::Arrested, before.from(), Some(60), 2));
    let figures = figures(&all, &period, &before, None);
    let place = Measure::ALL.iter().position(|one| *one == Measure::Arrested).unwrap();
    let arrested = &figures.counted[place];
    assert_eq!(arrested.weeks, [Cell::Small, Cell::Hidden, Cell::Count(40)]);
    assert_eq!(arrested.total, Total::About(50));
    assert_eq!(arrested.before, Total::Exact(Cell::Small));
    let timed = figures.timed.iter().find(|one| one.measure == Measure::Arrested).unwrap();
    assert_eq!(timed.weeks[0], None, "three people have no median");
    assert!(timed.weeks[2].is_some() && timed.all.is_some() && timed.before.is_none());
}

#[test]
fn hours_are_freed_by_the_formula_and_by_nothing_else() {
    // Two officers, two hours each, and 45 minutes of writing: 285 minutes. By video 40 minutes
    // face to face and 20 of writing: 60. Set free: 225.
    assert_eq!(baseline().released_minutes(40 * 60), 225);
    assert_eq!(baseline().released_minutes(300 * 60), -35, "it may cost more than going");
    let period = Period::covering(date(2025, 11, 3), date(2025, 11, 3)).unwrap();
    let before = period.before().unwrap();
    let all = facts(Measure::Released, period.from(), Some(40 * 60), 8);
    let with = figures(&all, &period, &before, Some(&baseline())).released;
    assert_eq!((with.tenths, with.before, with.call_minutes), (Some(300), None, Some(40)));
    let without = figures(&all, &period, &before, None).released;
    assert_eq!(without.tenths, None);
    let few = figures(&all[..4], &period, &before, Some(&baseline())).released;
    assert_eq!((few.tenths, few.call_minutes), (None, None));
}

#[test]
fn promises_by_kind_add_up_without_giving_a_small_one_away() {
    let kind = |name: &str| ("incident".to_owned(), name.to_owned());
    let rows = [(kind("target"), [90, 3, 12, 0, 7]), (kind("patrol"), [30, 9, 8, 0, 6])];
    let lines = promised(&rows);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0].came[1], Cell::Small);
    let shown = |cells: &[Cell]| cells.iter().all(|cell| cell.count().is_some());
    assert!(!shown(&[lines[1].came[1], lines[2].came[1]]), "else the column gives it away");
    assert_eq!(promised::<5>(&[]).len(), 1);
}

#[test]
fn a_baseline_is_set_by_a_supervisor_with_numbers_that_can_be_checked() {
    let set = |baseline, source: &str| Command::SetBaseline { baseline, source: source.into() };
    let lead = || {
        let actor = Actor::Staff { id: StaffId(9), roles: vec![Role::Supervisor] };
        given::<Insight>([]).by(actor)
    };
    lead().when(set(baseline(), " Audit of 40 jobs. ")).then([Event::BaselineSet {
        version: 1,
        baseline: baseline(),
        source: "Audit of 40 jobs.".to_owned().into(),
        by: StaffId(9),
    }]);
    for (wrong, refusal) in [
        (Baseline { officers: 0, ..baseline() }, Refusal::Officers),
        (Baseline { officers: 7, ..baseline() }, Refusal::Officers),
        (Baseline { travel_minutes: 721, ..baseline() }, Refusal::Minutes),
        (Baseline { attendance_minutes: 0, ..baseline() }, Refusal::NoAttendance),
    ] {
        lead().when(set(wrong, "x")).then_refused(refusal);
    }
    lead().when(set(baseline(), "")).then_refused(Refusal::SourceMissing);
    let responder = Actor::Staff { id: StaffId(1), roles: vec![Role::Responder] };
    given::<Insight>([])
        .by(responder)
        .when(set(baseline(), "x"))
        .then_refused(Refusal::NotASupervisor);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let stored: serde_json::Value =
        serde_json::from_str(include_str!("../fossils/insight.baseline_set.v1.json")).unwrap();
    let event: Event = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), stored);
}
