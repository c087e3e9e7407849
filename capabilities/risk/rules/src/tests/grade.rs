//! The officer's grade, the second one, and what asks for a new one.

use super::*;
use crate::{Cause, Refusal, Risk};
use kernel::spec::given;

const REASON: &str = "She is afraid tonight.";

fn second(grade: Grade, reason: &str) -> Command {
    ask(Act::SecondGrade { grade, reason: reason.into(), officer: None })
}

fn second_graded(grade: Grade, agrees: bool) -> Event {
    let reason = Personal::new("He is in custody.".to_owned());
    Event::SecondGraded { grade, reason, by: Some(StaffId(2)), agrees }
}

#[test]
fn a_grade_is_the_officers_and_needs_a_reason() {
    given::<Risk>(asked()).when(grade(Grade::Medium, " ")).then_refused(Refusal::ReasonMissing);
    given::<Risk>(asked()).when(grade(Grade::Medium, REASON)).then([graded(Grade::Medium)]);
    let empty = Refusal::NothingAnswered;
    given::<Risk>([]).when(grade(Grade::High, "x")).then_refused(empty.clone());
    given::<Risk>([started()]).when(grade(Grade::High, "x")).then_refused(empty);
    let long = "x".repeat(crate::limits::REASON_CHARS_MAX + 1);
    given::<Risk>(asked()).when(grade(Grade::High, &long)).then_refused(Refusal::TooLong);
}

#[test]
fn nothing_is_graded_before_somebody_said_who_can_hear_her() {
    let events = [started(), answered("breath", value("yes"))];
    given::<Risk>(events).when(grade(Grade::High, REASON)).then_refused(Refusal::EarshotMissing);
}

#[test]
fn a_system_says_whose_grade_it_brings() {
    let brought = |officer| {
        let (grade, reason) = (Grade::Medium, REASON.to_owned());
        ask(Act::Grade { grade, reason, acknowledged: BTreeMap::new(), officer })
    };
    let by = |officer| given::<Risk>(asked()).by(system()).when(brought(officer));
    by(None).then_refused(Refusal::OfficerMissing);
    by(Some(StaffId(1))).then([graded(Grade::Medium)]);
}

#[test]
fn a_high_grade_owes_a_second_one_within_a_day_and_a_new_one_after_four_weeks() {
    let Ok(events) = given::<Risk>(asked()).when(grade(Grade::High, REASON)).0 else { panic!() };
    assert_eq!(events, [graded(Grade::High)]);
    let Event::Graded { second_due, review_at, .. } = &events[0] else { panic!() };
    assert_eq!(*second_due, Some(At(NOW.0 + 24 * HOUR)));
    assert_eq!(*review_at, Some(At(NOW.0 + 28 * 24 * HOUR)));
}

#[test]
fn a_high_grade_that_is_lowered_before_anybody_looked_still_owes_the_second() {
    let lowered = given::<Risk>(done(Grade::High)).when(grade(Grade::Standard, REASON)).0.unwrap();
    let [Event::Graded { grade: Grade::Standard, second_due, review_at, .. }] = &lowered[..] else {
        panic!("{lowered:?}")
    };
    assert_eq!((*second_due, *review_at), (Some(At(NOW.0 + 24 * HOUR)), None));
    let seen = given::<Risk>(done(Grade::High)).and([second_graded(Grade::Medium, false)]);
    let after = seen.when(grade(Grade::Standard, REASON)).0.unwrap();
    assert!(matches!(after[..], [Event::Graded { second_due: None, .. }]), "it was looked at");
}

#[test]
fn no_answer_ever_changes_a_grade() {
    let state = given::<Risk>(done(Grade::High)).and([answered("breath", value("no"))]).state();
    let assessment = state.assessment().unwrap();
    let graded = assessment.graded.as_ref().unwrap();
    assert_eq!((graded.grade, graded.outdated), (Grade::High, true));
    assert!(assessment.under_way());
}

#[test]
fn the_same_grade_again_is_no_news_until_answers_change() {
    given::<Risk>(done(Grade::Medium)).when(grade(Grade::Medium, REASON)).then([]);
    given::<Risk>(done(Grade::Medium))
        .and([answered("breath", value("no"))])
        .when(grade(Grade::Medium, REASON))
        .then([graded(Grade::Medium)]);
}

#[test]
fn contradictory_answers_are_corrected_or_answered_for_before_a_grade() {
    let mut events = asked();
    events.push(answered("hurt", value("never")));
    let refused = given::<Risk>(events.clone()).when(grade(Grade::High, REASON)).0.unwrap_err();
    let Refusal::Contradiction { rule, says } = &refused else { panic!("{refused:?}") };
    assert_eq!(rule, "worse_than_never");
    assert!(refused.to_string().contains(says.as_str()) && says.contains("breathe"));
    let why = |note: &str| BTreeMap::from([("worse_than_never".to_owned(), note.to_owned())]);
    let blank = given::<Risk>(events.clone()).when(grade_with(Grade::High, REASON, why(" "))).0;
    assert_eq!(blank.unwrap_err(), refused);
    let given_why = grade_with(Grade::High, REASON, why("It was another man."));
    let told = given::<Risk>(events.clone()).when(given_why).0.unwrap();
    assert!(
        matches!(&told[0], Event::ContradictionAcknowledged { rule, .. } if rule == "worse_than_never")
    );
    assert!(matches!(told[1], Event::Graded { .. }));
    let state = given::<Risk>(events.clone()).and(told.clone()).state();
    assert!(state.assessment().unwrap().contrary(&demonstration()).is_empty());
    let again = [answered("hurt", value("once")), answered("hurt", value("never"))];
    let state = given::<Risk>(events.clone()).and(told).and(again).state();
    let open = state.assessment().unwrap();
    assert_eq!(open.contrary(&demonstration()).len(), 1, "a changed answer is asked about anew");
    let corrected = given::<Risk>(events).and([answered("hurt", value("once"))]);
    assert!(corrected.when(grade(Grade::High, REASON)).0.is_ok());
}

#[test]
fn a_second_grade_is_never_the_authors_and_both_stay() {
    let by = |id, role| given::<Risk>(done(Grade::High)).by(staff(id, role));
    let medium = || second(Grade::Medium, "He is in custody.");
    by(1, Role::Supervisor).when(medium()).then_refused(Refusal::Author);
    by(2, Role::Responder).when(medium()).then_refused(Refusal::NotSecondGrader);
    by(2, Role::Specialist).when(second(Grade::High, "")).then_refused(Refusal::ReasonMissing);
    by(2, Role::Specialist).when(medium()).then([second_graded(Grade::Medium, false)]);
    given::<Risk>([]).when(medium()).then_refused(Refusal::NotGraded);
    let state = given::<Risk>(done(Grade::High)).and([second_graded(Grade::Medium, false)]).state();
    let known = state.assessment().unwrap();
    assert_eq!(known.graded.as_ref().unwrap().grade, Grade::High);
    assert_eq!(known.standing(), Some(Grade::Medium));
    assert!(known.disagrees() && known.second_due.is_none());
    assert_eq!(known.judged.len(), 2, "disagreement is kept");
}

#[test]
fn whoever_graded_since_the_last_second_grade_does_not_give_the_next() {
    let regraded = Event::Graded {
        grade: Grade::High,
        reason: Personal::new("New.".to_owned()),
        answered: 1,
        unanswered: 0,
        by: Some(StaffId(3)),
        second_due: None,
        review_at: None,
    };
    let known = || given::<Risk>(done(Grade::High)).and([regraded.clone()]);
    for author in [1, 3] {
        known()
            .by(staff(author, Role::Supervisor))
            .when(second(Grade::High, "x"))
            .then_refused(Refusal::Author);
    }
    assert!(known().by(staff(2, Role::Supervisor)).when(second(Grade::High, "x")).0.is_ok());
}

#[test]
fn a_system_cannot_give_both_grades_in_one_officers_name() {
    let brought = |officer| {
        let reason = "He is in custody.".to_owned();
        ask(Act::SecondGrade { grade: Grade::Medium, reason, officer })
    };
    let by = |officer| given::<Risk>(done(Grade::High)).by(system()).when(brought(officer));
    by(None).then_refused(Refusal::OfficerMissing);
    by(Some(StaffId(1))).then_refused(Refusal::Author);
    by(Some(StaffId(2))).then([second_graded(Grade::Medium, false)]);
}

#[test]
fn each_cause_asks_for_a_new_assessment_within_its_own_hours() {
    //= Force policy, instruments/risk.toml: hours by cause
    let table = [
        (Cause::OrderBreached, 4),
        (Cause::Released, 4),
        (Cause::Outcome, 12),
        (Cause::OrderEnded, 24),
        (Cause::NewIncident, 12),
        (Cause::AnswersChanged, 12),
        (Cause::Clock, 72),
    ];
    assert_eq!(table.len(), Cause::ALL.len());
    for (cause, hours) in table {
        let due = At(NOW.0 + hours * HOUR);
        given::<Risk>(done(Grade::Medium))
            .when(ask(Act::Reassess { cause }))
            .then([Event::ReassessmentDue { cause, due }]);
    }
    let nobody = ask(Act::Reassess { cause: Cause::Released });
    given::<Risk>(asked()).when(nobody).then_refused(Refusal::NotGraded);
}

#[test]
fn the_earliest_time_stands_when_causes_meet_and_a_new_grade_keeps_it() {
    let due = At(NOW.0 + 4 * HOUR);
    let breached = Event::ReassessmentDue { cause: Cause::OrderBreached, due };
    let owed = || given::<Risk>(done(Grade::Medium)).and([breached.clone()]);
    owed()
        .when(ask(Act::Reassess { cause: Cause::Clock }))
        .then([Event::ReassessmentDue { cause: Cause::Clock, due }]);
    owed().when(ask(Act::Reassess { cause: Cause::OrderBreached })).then([]);
    owed().when(grade(Grade::Medium, REASON)).then([graded(Grade::Medium)]);
    let state = owed().and([graded(Grade::Medium)]).state();
    assert_eq!(state.assessment().unwrap().reassess, None);
}

#[test]
fn numbers_that_would_let_a_promise_lapse_at_once_are_refused() {
    assert_eq!(policy().fault(), None);
    let mut wrong = policy();
    wrong.reassess_hours.released = 0;
    assert!(wrong.fault().is_some());
    wrong = policy();
    wrong.second_grade_hours = 0;
    assert!(wrong.fault().is_some());
}
