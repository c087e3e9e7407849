//! One plan a person: opened, worked, reviewed, closed.

use super::*;
use crate::{Outcome, Refusal, Strategy};

fn open(elder: Option<&str>) -> Command {
    let elder = elder.map(str::to_owned);
    act(Act::Open { why: Why::Serial, reason: "Three victims.".into(), elder, owner: OWNER })
}

fn prevention() -> Event {
    Event::StrategySet { strategy: Strategy::Prevention, aim: words("That he cannot.") }
}

fn visit() -> Event {
    Event::ActionSet {
        number: 1,
        strategy: Strategy::Prevention,
        what: words("Visit him."),
        provider: None,
        due: NOW.plus(DAY),
    }
}

fn ask(provider: Option<&str>, due: At) -> Command {
    act(Act::SetAction {
        strategy: Strategy::Prevention,
        what: "Visit him.".into(),
        provider: provider.map(str::to_owned),
        due,
    })
}

#[test]
fn one_person_has_one_plan_and_it_is_the_elder_records() {
    let none = || given::<Perpetrator>([]).at(NOW);
    none().when(open(None)).then([opened()]);
    plan().when(open(None)).then_refused(Refusal::Open);
    none().when(open(Some("P-ABCDEF"))).then_refused(Refusal::Elder("P-ABCDEF".into()));
    let review = act(Act::Review { checked: checked(), finding: "In order.".into() });
    none().when(review).then_refused(Refusal::NotOpen);
}

#[test]
fn an_action_belongs_to_a_strategy_and_lies_ahead() {
    plan().when(ask(None, NOW.plus(DAY))).then_refused(Refusal::NoStrategy);
    let with = || plan().and([prevention()]);
    with().when(ask(None, NOW.plus(DAY))).then([visit()]);
    with().when(ask(None, NOW)).then_refused(Refusal::Past);
    with().when(ask(None, NOW.plus(DAY * 800))).then_refused(Refusal::TooFar);
    with().when(ask(Some("nobody"), NOW.plus(DAY))).then_refused(Refusal::NoProvider);
    with().when(ask(Some("gone"), NOW.plus(DAY))).then_refused(Refusal::NoProvider);
}

#[test]
fn an_action_is_done_or_dropped_once_and_says_what_came_of_it() {
    let with = || plan().and([prevention(), visit()]);
    let finish = |result: &str| act(Act::FinishAction { number: 1, result: result.into() });
    with().when(finish(" ")).then_refused(Refusal::WordsMissing);
    let done = Event::ActionDone { number: 1, result: words("He was in.") };
    with().when(finish("He was in.")).then([done.clone()]);
    with().and([done]).when(finish("Again.")).then_refused(Refusal::NoSuchNumber);
    let drop = act(Act::DropAction { number: 2, reason: "He moved.".into() });
    with().when(drop).then_refused(Refusal::NoSuchNumber);
}

#[test]
fn a_strategy_ends_once_nothing_of_it_is_owed() {
    let (strategy, result) = (Strategy::Prevention, String::from("He cannot."));
    let end = act(Act::EndStrategy { strategy, result });
    plan().when(end.clone()).then_refused(Refusal::NoStrategy);
    let with = plan().and([prevention(), visit()]);
    with.when(end.clone()).then_refused(Refusal::StrategyOwes);
    let ended = Event::StrategyEnded { strategy, result: words("He cannot.") };
    plan().and([prevention()]).when(end).then([ended]);
}

#[test]
fn nothing_that_he_notices_is_done_before_somebody_asked_whether_they_are_safe() {
    for unasked in [Checked::default(), Checked { safe: Some(false), words: " ".into() }] {
        let contact = Act::Contact { checked: unasked.clone(), note: "He was told.".into() };
        plan().when(act(contact)).then_refused(Refusal::SafetyMissing);
        let review = Act::Review { checked: unasked, finding: "In order.".into() };
        plan().when(act(review)).then_refused(Refusal::SafetyMissing);
    }
    let contact = Act::Contact { checked: checked(), note: "He was told.".into() };
    let note = words("He was told.");
    plan().when(act(contact)).then([Event::Contacted { safety: safety(), note }]);
}

#[test]
fn a_review_sets_the_next_and_a_missed_one_is_said_once() {
    let due = NOW.plus(DAY * 28);
    let review = act(Act::Review { checked: checked(), finding: "In order.".into() });
    plan().at(NOW.plus(DAY)).when(review).then([Event::Reviewed {
        safety: safety(),
        finding: words("In order."),
        review_due: NOW.plus(DAY * 29),
    }]);
    let miss = act(Act::MissReview { due });
    let missed = Event::ReviewMissed { due };
    plan().when(miss.clone()).then([missed.clone()]);
    plan().and([missed]).when(miss).then([]);
    plan().when(act(Act::MissReview { due: NOW })).then([]);
}

#[test]
fn a_plan_is_closed_once_nothing_of_it_is_owed() {
    let close = act(Act::Close { outcome: Outcome::Reached, reason: "A quiet year.".into() });
    plan().and([prevention(), visit()]).when(close.clone()).then_refused(Refusal::StillOwed);
    let reason = words("A quiet year.");
    let closed = Event::Closed { outcome: Outcome::Reached, reason };
    plan().when(close.clone()).then([closed.clone()]);
    let after = || plan().and([closed.clone()]);
    after().when(close).then_refused(Refusal::NotOpen);
    assert_eq!(after().state().next_due(), None);
    after().when(open(None)).then([opened()]);
}

#[test]
fn numbers_go_on_in_a_second_plan() {
    let closed = Event::Closed { outcome: Outcome::Prison, reason: words("Two years.") };
    let done = Event::ActionDone { number: 1, result: words("He was in.") };
    let again = plan().and([prevention(), visit(), done, closed, opened(), prevention()]);
    let Event::ActionSet { strategy, what, provider, due, .. } = visit() else { unreachable!() };
    let second = Event::ActionSet { number: 2, strategy, what, provider, due };
    again.when(ask(None, NOW.plus(DAY))).then([second]);
}

#[test]
fn what_is_due_next_is_the_earliest_of_everything() {
    assert_eq!(plan().state().next_due(), Some(NOW.plus(DAY * 28)));
    let with = plan().and([prevention(), visit()]);
    assert_eq!(with.state().next_due(), Some(NOW.plus(DAY)));
}
