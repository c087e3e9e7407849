//! Conditions, and what becomes of a breach.

use super::*;
use crate::{Decision, Outcome, Refusal};

fn condition() -> Event {
    let words = words("Write to her no more.");
    Event::ConditionSet { number: 1, words, until: NOW.plus(DAY * 60) }
}

fn breached(decide_by: At) -> Event {
    Event::ConditionBreached { condition: 1, what: words("A letter."), decide_by }
}

fn breach() -> Command {
    act(Act::Breach { condition: 1, what: "A letter.".into() })
}

fn decide(decision: Decision, until: Option<At>) -> Command {
    act(Act::Decide { condition: 1, decision, reason: "Again.".into(), until })
}

/// Friday noon in London is Monday midnight at the latest; over a bank holiday it is Tuesday.
#[test]
fn a_breach_is_decided_within_a_working_day_of_the_jurisdiction() {
    // (when he broke it, the day by whose end it is decided)
    for (day, (hour, minute), last_day) in [
        ((2027, 1, 15), (12, 0), "2027-01-18"),
        ((2027, 1, 16), (12, 0), "2027-01-18"),
        // Good Friday and Easter Monday 2027.
        ((2027, 3, 25), (12, 0), "2027-03-30"),
        // The night on which the clocks go forward.
        ((2027, 3, 28), (0, 30), "2027-03-30"),
        // The night on which they go back.
        ((2026, 10, 25), (0, 30), "2026-10-26"),
        // Christmas and its substitute days.
        ((2026, 12, 24), (12, 0), "2026-12-29"),
    ] {
        let day = calendar::date(day.0, day.1, day.2).unwrap();
        let now = calendar::at_time(day, hour, minute).unwrap();
        let Ok(events) = plan().and([condition()]).at(now).when(breach()).0 else {
            panic!("{day}")
        };
        let [Event::ConditionBreached { decide_by, .. }] = &events[..] else { panic!("{day}") };
        let due = calendar::civil_day(decide_by.minus(Duration::from_secs(1))).to_string();
        assert_eq!(due, last_day, "{day}");
    }
}

#[test]
fn a_condition_lies_ahead_and_is_kept_with_a_word_how_it_is_known() {
    let set = |until| act(Act::SetCondition { words: "Write to her no more.".into(), until });
    plan().when(set(NOW.plus(DAY * 60))).then([condition()]);
    plan().when(set(NOW)).then_refused(Refusal::Past);
    let keep = act(Act::KeepCondition { condition: 1, note: "She says so.".into() });
    let kept = Event::ConditionKept { condition: 1, note: words("She says so.") };
    plan().and([condition()]).when(keep.clone()).then([kept.clone()]);
    plan().and([condition(), kept]).when(keep).then_refused(Refusal::NoSuchNumber);
}

#[test]
fn a_condition_whose_day_came_does_not_end_in_silence() {
    let run_out = act(Act::RunOut { condition: 1 });
    let with = || plan().and([condition()]);
    with().when(run_out.clone()).then([]);
    let over = Event::ConditionRanOut { condition: 1 };
    with().at(NOW.plus(DAY * 60)).when(run_out.clone()).then([over.clone()]);
    with().and([over.clone()]).at(NOW.plus(DAY * 61)).when(run_out).then([]);
    // It is still to be said whether he kept it.
    let close = act(Act::Close { outcome: Outcome::Reached, reason: "Over.".into() });
    with().and([over.clone()]).when(close).then_refused(Refusal::ConditionsOpen);
    let keep = act(Act::KeepCondition { condition: 1, note: "She says so.".into() });
    let note = words("She says so.");
    with().and([over]).when(keep).then([Event::ConditionKept { condition: 1, note }]);
}

#[test]
fn a_breach_waits_for_a_decision_and_nothing_goes_around_it() {
    let by = NOW.plus(DAY);
    let open = || plan().and([condition(), breached(by)]);
    open().when(breach()).then_refused(Refusal::BreachOpen);
    let keep = act(Act::KeepCondition { condition: 1, note: "She says so.".into() });
    open().when(keep).then_refused(Refusal::BreachOpen);
    let close = act(Act::Close { outcome: Outcome::Reached, reason: "Over.".into() });
    open().when(close).then_refused(Refusal::UndecidedBreach);
    let unbroken = plan().and([condition()]);
    unbroken.when(decide(Decision::Prosecute, None)).then_refused(Refusal::NoBreach);
    let reason = words("Again.");
    let (decision, until) = (Decision::Prosecute, None);
    let decided = Event::BreachDecided { condition: 1, decision, reason, until };
    open().when(decide(Decision::Prosecute, None)).then([decided]);
}

#[test]
fn a_condition_that_is_varied_holds_on_until_a_day_ahead() {
    let open = || plan().and([condition(), breached(NOW.plus(DAY))]);
    open().when(decide(Decision::Vary, None)).then_refused(Refusal::UntilMissing);
    open().when(decide(Decision::Vary, Some(NOW))).then_refused(Refusal::Past);
    let until = Some(NOW.plus(DAY * 30));
    let (decision, reason) = (Decision::Vary, words("Again."));
    let varied = Event::BreachDecided { condition: 1, decision, reason, until };
    open().when(decide(Decision::Vary, until)).then([varied.clone()]);
    let state = open().and([varied]).state();
    assert_eq!(
        (state.conditions[&1].until, state.conditions[&1].breaches),
        (NOW.plus(DAY * 30), 1)
    );
}
