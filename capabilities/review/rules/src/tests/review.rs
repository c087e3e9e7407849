//! One review, and that nothing leaves the queue without one.

use super::*;
use crate::{Author, Cause, Part, Raised, Refusal, Review, Stage, Task, clock};
use kernel::spec::{Given, given};
use kernel::{Context, Decider};
use proptest::prelude::*;

fn opened() -> Event {
    let due = clock::review_due(&policy(), NOW);
    let author = Some(OFFICER);
    Event::Opened { incident: INCIDENT, cause: Cause::NonCrime, author, due, round: 1 }
}

fn opening() -> Act {
    Act::Open { incident: INCIDENT, cause: Cause::NonCrime, author: Some(OFFICER), since: NOW }
}

fn taken() -> Given<Review> {
    given::<Review>([opened(), Event::Taken { by: REVIEWER, from: None }])
        .by(who(REVIEWER, Role::Specialist))
}

fn decide(judgement: Judgement) -> Command {
    act(Act::Decide(Box::new(judgement)))
}

#[test]
fn it_is_put_up_once_and_anew_after_it_was_reviewed() {
    given::<Review>([]).when(act(opening())).then([opened()]);
    given::<Review>([opened()]).when(act(opening())).then([]);
    let decided = decided(&[Outcome::Confirm]);
    let again = given::<Review>([opened(), decided]).when(act(opening())).0.unwrap();
    assert!(matches!(again[..], [Event::Opened { round: 2, .. }]));
}

fn decided(outcomes: &[Outcome]) -> Event {
    Event::Decided {
        incident: INCIDENT,
        outcomes: outcomes.iter().copied().collect(),
        finding: words("Words only."),
        learning: words(""),
        offence: None,
        raise_to: None,
    }
}

#[test]
fn the_reviewer_is_never_the_author() {
    let take = |authors: Vec<Author>| act(Act::Take { authors });
    given::<Review>([opened()])
        .by(who(OFFICER, Role::Supervisor))
        .when(take(vec![]))
        .then_refused(Refusal::Author(Part::Decision));
    for part in [Part::Call, Part::Grade, Part::Closing] {
        let authors = vec![Author { staff: REVIEWER, part }];
        given::<Review>([opened()])
            .by(who(REVIEWER, Role::Specialist))
            .when(take(authors.clone()))
            .then_refused(Refusal::Author(part));
        let judgement = Judgement { authors, ..judgement(&[Outcome::Confirm]) };
        taken().when(decide(judgement)).then_refused(Refusal::Author(part));
    }
    assert!(Refusal::Author(Part::Call).to_string().contains("never the author"));
}

#[test]
fn one_person_has_it_until_it_is_late_and_a_supervisor_takes_it_over() {
    let take = act(Act::Take { authors: vec![] });
    let other = StaffId(9);
    taken().by(who(other, Role::Supervisor)).when(take.clone()).then_refused(Refusal::TakenByOther);
    let due = clock::review_due(&policy(), NOW);
    taken()
        .when(act(Act::Escalate { due }))
        .then([Event::Escalated { due, holder: Some(REVIEWER) }]);
    taken().when(act(Act::Escalate { due: NOW })).then([]);
    let late = || taken().and([Event::Escalated { due, holder: Some(REVIEWER) }]);
    late().when(act(Act::Escalate { due })).then([]);
    late().by(who(other, Role::Specialist)).when(take.clone()).then_refused(Refusal::TakenByOther);
    late()
        .by(who(other, Role::Supervisor))
        .when(take)
        .then([Event::Taken { by: other, from: Some(REVIEWER) }]);
}

#[test]
fn it_is_taken_before_it_is_decided_and_put_back_with_a_reason() {
    given::<Review>([opened()])
        .by(who(REVIEWER, Role::Specialist))
        .when(decide(judgement(&[Outcome::Confirm])))
        .then_refused(Refusal::TakeFirst);
    given::<Review>([]).when(act(Act::Take { authors: vec![] })).then_refused(Refusal::NotOpen);
    let back = |reason: &str| act(Act::PutBack { reason: reason.into() });
    taken().when(back(" ")).then_refused(Refusal::ReasonMissing);
    taken().when(back("Leave.")).then([Event::PutBack { reason: words("Leave.") }]);
}

#[test]
fn contradictory_outcomes_are_refused_by_name() {
    use Outcome::{Close, Confirm, Reclass, Refer};
    for (outcomes, refusal) in [
        (&[][..], Refusal::OutcomeMissing),
        (&[Confirm, Reclass], Refusal::Contradiction),
        (&[Close, Refer], Refusal::CloseAlone),
        (&[Refer], Refusal::CrimeOpen),
        (&[Reclass], Refusal::OffenceMissing),
        (&[Confirm, Outcome::RaiseRisk], Refusal::RaiseMissing),
    ] {
        taken().when(decide(judgement(outcomes))).then_refused(refusal);
    }
    let now = Judgement { crime_now: true, ..judgement(&[Confirm]) };
    taken().when(decide(now)).then_refused(Refusal::CrimeAlready);
    let bare = Judgement { finding: " ".into(), ..judgement(&[Confirm]) };
    taken().when(decide(bare)).then_refused(Refusal::FindingMissing);
}

#[test]
fn what_a_review_asks_for_is_left_as_tasks_with_a_clock() {
    let said = Judgement {
        raise_to: Some(Raised::High),
        ..judgement(&[Outcome::Confirm, Outcome::RaiseRisk, Outcome::Refer, Outcome::Safeguard])
    };
    let events = taken().when(decide(said)).0.unwrap();
    let due = clock::task_due(&policy(), NOW);
    let left = |task| Event::TaskLeft { incident: INCIDENT, task, due };
    assert_eq!(events[1..], [left(Task::RaiseRisk), left(Task::Refer), left(Task::Safeguard)]);
    let finish = |note: &str| act(Act::FinishTask { task: Task::Refer, note: note.into() });
    let after = || taken().and(events.clone());
    after().when(finish(" ")).then_refused(Refusal::NoteMissing);
    let done = Event::TaskDone { task: Task::Refer, note: words("Referred.") };
    after().when(finish("Referred.")).then([done.clone()]);
    after().and([done]).when(finish("Referred.")).then_refused(Refusal::NoSuchTask);
}

#[test]
fn a_crime_is_recorded_by_itself_or_left_to_somebody() {
    let said = Judgement { offence: "Assault".into(), ..judgement(&[Outcome::Reclass]) };
    let events = taken().when(decide(said)).0.unwrap();
    let after = || taken().and(events.clone());
    after().when(act(Act::NoteCrime)).then([Event::CrimeRecorded {}]);
    let due = clock::task_due(&policy(), NOW);
    let left = Event::TaskLeft { incident: INCIDENT, task: Task::RecordCrime, due };
    after().when(act(Act::LeaveCrime)).then([left.clone()]);
    after().and([left]).when(act(Act::LeaveCrime)).then([]);
    taken().and([Event::CrimeRecorded {}]).when(act(Act::NoteCrime)).then([]);
}

/// Anything that anybody could ask, in any order.
fn anything() -> impl Strategy<Value = (Act, u128, bool)> {
    let outcomes = prop::collection::btree_set(prop::sample::select(Outcome::ALL), 0..3);
    let author = |part| vec![Author { staff: REVIEWER, part }];
    let acts = prop_oneof![
        Just(opening()),
        any::<bool>().prop_map(move |own| Act::Take {
            authors: if own { author(Part::Call) } else { vec![] },
        }),
        Just(Act::PutBack { reason: "x".into() }),
        Just(Act::Escalate { due: clock::review_due(&policy(), NOW) }),
        (outcomes, any::<bool>()).prop_map(|(outcomes, crime_now)| {
            let said = Judgement {
                outcomes,
                crime_now,
                finding: "x".into(),
                offence: "x".into(),
                raise_to: Some(Raised::High),
                ..Default::default()
            };
            Act::Decide(Box::new(said))
        }),
        Just(Act::NoteCrime),
        Just(Act::LeaveCrime),
        Just(Act::FinishTask { task: Task::Refer, note: "x".into() }),
    ];
    (acts, prop::sample::select(vec![OFFICER.0, REVIEWER.0, 9]), any::<bool>())
}

proptest! {
    #[test]
    fn nothing_leaves_the_queue_unreviewed(asked in prop::collection::vec(anything(), 0..40)) {
        let mut state = crate::State::default();
        for (wanted, id, leads) in asked {
            let role = if leads { Role::Supervisor } else { Role::Specialist };
            let context = Context { at: NOW, actor: who(StaffId(id), role) };
            let before = state.clone();
            let events = Review::decide(&state, act(wanted), &context).unwrap_or_default();
            for event in &events {
                state = Review::evolve(state, event, NOW);
            }
            if before.stage.open() && !state.stage.open() {
                // It was reviewed: by whoever had it, with a finding, and not by its author.
                prop_assert_eq!(before.stage, Stage::Taken(StaffId(id)));
                prop_assert!(id != OFFICER.0);
                prop_assert_eq!(state.judged.len(), before.judged.len() + 1);
            }
            prop_assert!(state.judged.len() <= state.round as usize);
        }
    }
}
