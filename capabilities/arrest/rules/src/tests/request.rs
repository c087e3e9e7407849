//! Asking, grading, and taking back.

use super::{NOW, act, full, requested, staff, words};
use crate::{Act, Arrest, Event, Refusal, Request, RiskGrade};
use kernel::spec::given;
use kernel::{Role, id::StaffId};

fn ask(request: Request) -> crate::Command {
    act(Act::Request(Box::new(request)))
}

#[test]
fn a_request_says_who_why_why_now_and_what_to_beware_of() {
    given::<Arrest>([]).when(ask(full())).then([requested()]);
    type Spoil = fn(&mut Request);
    let without: [(Spoil, Refusal); 6] = [
        (|r| r.suspect.clear(), Refusal::SuspectMissing),
        (|r| r.grounds = " ".into(), Refusal::GroundsMissing),
        (|r| r.necessity.clear(), Refusal::NecessityMissing),
        (|r| r.necessity_words.clear(), Refusal::NecessityWordsMissing),
        (|r| r.risks.clear(), Refusal::RisksMissing),
        (|r| r.open_already = true, Refusal::OpenAlready),
    ];
    for (spoil, refusal) in without {
        let mut request = full();
        spoil(&mut request);
        given::<Arrest>([]).when(ask(request)).then_refused(refusal);
    }
}

#[test]
fn a_request_has_a_limit_in_every_field() {
    type Fill = fn(&mut Request, String);
    let fields: [Fill; 6] = [
        |r, text| r.suspect = text,
        |r, text| r.grounds = text,
        |r, text| r.necessity_words = text,
        |r, text| r.whereabouts = text,
        |r, text| r.risks = text,
        |r, text| r.wishes = text,
    ];
    for fill in fields {
        let mut request = full();
        fill(&mut request, "x".repeat(crate::limits::WORDS_CHARS_MAX + 1));
        given::<Arrest>([]).when(ask(request)).then_refused(Refusal::TooLong);
    }
}

#[test]
fn a_request_is_made_once() {
    given::<Arrest>([requested()]).when(ask(full())).then_refused(Refusal::AlreadyRequested);
}

#[test]
fn a_grade_that_is_raised_shortens_the_clock_and_never_lengthens_it() {
    let grade = |risk| act(Act::Grade { risk, reason: "He rang her.".into() });
    let due = |events: Result<Vec<Event>, Refusal>| match &events.unwrap()[0] {
        Event::Graded { attempt_due, .. } => attempt_due.since(NOW).as_secs() / 3_600,
        other => panic!("{other:?}"),
    };
    let later = |hours| given::<Arrest>([requested()]).at(calendar::hours_after(NOW, hours));
    // Asked at medium risk: twenty-four hours.
    assert_eq!(due(later(10).when(grade(RiskGrade::High)).0), 14);
    assert_eq!(due(later(22).when(grade(RiskGrade::High)).0), 24);
    assert_eq!(due(later(10).when(grade(RiskGrade::Standard)).0), 72);
    let without = act(Act::Grade { risk: RiskGrade::High, reason: " ".into() });
    later(1).when(without).then_refused(Refusal::ReasonMissing);
}

#[test]
fn a_request_is_withdrawn_by_two_people_the_second_a_supervisor() {
    let ask = act(Act::AskWithdrawal { reason: "In custody elsewhere.".into() });
    let agree =
        |owed_elsewhere| act(Act::AgreeWithdrawal { reason: "Checked.".into(), owed_elsewhere });
    let asked =
        Event::WithdrawalAsked { by: Some(StaffId(2)), reason: words("In custody elsewhere.") };
    let responder = staff(2, Role::Responder);
    let open = || given::<Arrest>([requested()]);
    open().by(responder.clone()).when(ask.clone()).then([asked.clone()]);
    open().when(agree(false)).then_refused(Refusal::WithdrawalNotAsked);
    let waiting = || given::<Arrest>([requested(), asked.clone()]);
    waiting().when(ask.clone()).then_refused(Refusal::WithdrawalAsked);
    waiting().by(staff(3, Role::Responder)).when(agree(false)).then_refused(Refusal::AnotherPerson);
    waiting()
        .by(staff(2, Role::Supervisor))
        .when(agree(false))
        .then_refused(Refusal::AnotherPerson);
    let supervisor = || waiting().by(staff(3, Role::Supervisor));
    supervisor().when(agree(true)).then_refused(Refusal::TellHerFirst);
    supervisor().when(agree(false)).then([Event::Withdrawn { reason: words("Checked.") }]);
    let refuse = act(Act::RefuseWithdrawal { reason: "It stands.".into() });
    let stands = Event::WithdrawalRefused { reason: words("It stands.") };
    supervisor().when(refuse).then([stands.clone()]);
    given::<Arrest>([requested(), asked, stands])
        .when(agree(false))
        .then_refused(Refusal::WithdrawalNotAsked);
    let withdrawn = Event::Withdrawn { reason: words("Checked.") };
    given::<Arrest>([requested(), withdrawn]).when(ask).then_refused(Refusal::NotOpen);
    given::<Arrest>([])
        .when(act(Act::AskWithdrawal { reason: "x".into() }))
        .then_refused(Refusal::NotOpen);
}
