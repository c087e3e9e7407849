//! The rules of an incident, as sentences; and every stored event read back.

use crate::grade::{Cause, Grade, GradeTable};
use crate::report::{ContactFlags, Person, Place, Relationship, Report, Source, Thrive};
use crate::route::{
    Availability, CallBack, Channel, Closure, Contact, Decline, InPerson, Location, Loss,
};
use crate::screening::{Answer, Outcome, Rule};
use crate::state::{Offer, Patrol, Step};
use crate::{Answered, Command, Event, Incident, IncidentId, OfferId, Refusal, deadline};
use kernel::spec::{Given, given};
use kernel::time::minutes;
use kernel::{At, Personal};

mod stored;

const NOW: At = At::from_seconds(1_800_000_000);
const OFFER: OfferId = OfferId(7);
const TABLE: GradeTable = GradeTable {
    version: 3,
    immediate_minutes: 15,
    priority_minutes: 60,
    scheduled_minutes: 2880,
    resolved_minutes: 1440,
};

fn report() -> Box<Report> {
    Box::new(Report {
        source: Source::Emergency,
        called_at: NOW,
        force_reference: String::new().into(),
        person: Person {
            name: "Example Person".into(),
            phone: "07700 900001".into(),
            ..Person::default()
        }
        .into(),
        place: Place { words: "1 Example Street".into(), postcode: Some("ZZ1 1ZZ".into()) }.into(),
        account: "He shouted and left.".to_owned().into(),
        contact: Personal::default(),
        contact_flags: ContactFlags { safe_to_text: true, ..ContactFlags::default() },
        thrive: Thrive::default(),
        suspect: Personal::default(),
        relationship: Relationship::FormerPartner,
        children: true,
    })
}

fn words(text: &str) -> Personal<String> {
    text.to_owned().into()
}

fn reported() -> Event {
    Event::Reported { report: report() }
}

fn graded(grade: Grade) -> Event {
    let target_at = TABLE.target(grade, NOW);
    Event::Graded { grade, reason: words("as told"), target_at, table_version: 3 }
}

fn answered(rule: Rule, answer: Answer) -> Event {
    Event::ScreeningAnswered { rule, answer, note: words("") }
}

fn ask(rule: Rule, answer: Answer) -> Command {
    Command::Answer(Answered { rule, answer, note: String::new() })
}

fn all_yes() -> Vec<Event> {
    Rule::ALL.into_iter().map(|rule| answered(rule, Answer::Yes)).collect()
}

fn free() -> Availability {
    Availability { open: true, free: 2, busy: 0, wait_seconds: Some(0) }
}

fn of_grade(grade: Grade) -> Given<Incident> {
    given([reported(), graded(grade)])
}

fn eligible() -> Given<Incident> {
    of_grade(Grade::Priority)
        .and(all_yes())
        .and([Event::Screened { outcome: Outcome::Eligible { text: true } }])
}

fn offered() -> Given<Incident> {
    eligible().and([Event::Offered { offer: OFFER, availability: free() }])
}

fn accepted() -> Given<Incident> {
    offered().and([accepted_event()])
}

fn accepted_event() -> Event {
    Event::OfferAccepted {
        offer: OFFER,
        contact: Contact::Text("07700 900001".into()).into(),
        channel: Channel::Text,
        language: "en".into(),
    }
}

fn in_person(reason: InPerson, rule: Option<Rule>) -> Event {
    Event::RoutedInPerson { reason, rule, note: words("") }
}

fn danger(location: Option<Location>) -> Command {
    Command::SignalDanger { cause: Cause::OffenderReturned, location, table: TABLE }
}

#[test]
fn a_report_is_taken_once() {
    given::<Incident>([]).when(Command::Report(report())).then([reported()]);
    given::<Incident>([reported()])
        .when(Command::Report(report()))
        .then_refused(Refusal::AlreadyReported);
}

#[test]
fn a_report_that_says_nothing_is_refused() {
    let mut empty = report();
    empty.account = words("  ");
    given::<Incident>([]).when(Command::Report(empty)).then_refused(Refusal::NothingSaid);
}

#[test]
fn nothing_can_be_done_before_a_report() {
    given::<Incident>([]).when(Command::ClearLine).then_refused(Refusal::NotReported);
}

#[test]
fn a_grade_needs_a_reason_and_its_target_runs_from_the_call() {
    let blank = Command::Grade { grade: Grade::Priority, reason: " ".into(), table: TABLE };
    given::<Incident>([reported()]).when(blank).then_refused(Refusal::ReasonMissing);
    let told = Command::Grade { grade: Grade::Priority, reason: "as told".into(), table: TABLE };
    given::<Incident>([reported()])
        .at(NOW.plus(minutes(9)))
        .when(told.clone())
        .then([graded(Grade::Priority)]);
    of_grade(Grade::Priority).when(told).then_refused(Refusal::AlreadyGraded);
}

#[test]
fn an_immediate_asks_for_a_patrol_at_once() {
    let command =
        Command::Grade { grade: Grade::Immediate, reason: "as told".into(), table: TABLE };
    given::<Incident>([reported()]).when(command).then([
        graded(Grade::Immediate),
        Event::PatrolRequested { cause: Cause::Graded, reason: words("as told"), location: None },
    ]);
}

#[test]
fn an_immediate_can_never_be_screened_in_or_offered() {
    let immediate = || of_grade(Grade::Immediate);
    immediate().when(ask(Rule::OffenderAbsent, Answer::Yes)).then_refused(Refusal::Immediate);
    immediate().when(Command::Conclude).then_refused(Refusal::Immediate);
    let all = Rule::ALL.map(|rule| Answered { rule, answer: Answer::Yes, note: String::new() });
    let screen = Command::Screen { answers: all.to_vec() };
    immediate().when(screen).then_refused(Refusal::Immediate);
    let offer = Command::Offer { offer: OFFER, availability: free() };
    immediate().when(offer.clone()).then_refused(Refusal::Immediate);
    // Not even when it was eligible before.
    let regraded = Event::Regraded {
        from: Grade::Priority,
        grade: Grade::Immediate,
        cause: Cause::Reconsidered,
        reason: words("he is back"),
        target_at: NOW,
        table_version: 3,
    };
    eligible().and([regraded]).when(offer).then_refused(Refusal::Immediate);
}

#[test]
fn every_other_grade_can_be_screened_and_offered() {
    for grade in Grade::ALL.into_iter().filter(|grade| *grade != Grade::Immediate) {
        let rules = of_grade(grade).and(all_yes());
        let outcome = Outcome::Eligible { text: true };
        rules.when(Command::Conclude).then([Event::Screened { outcome }]);
        let screened = of_grade(grade).and(all_yes()).and([Event::Screened { outcome }]);
        let offer = Command::Offer { offer: OFFER, availability: free() };
        screened.when(offer).then([Event::Offered { offer: OFFER, availability: free() }]);
    }
}

#[test]
fn what_was_answered_before_an_immediate_counts_no_more_after_it() {
    let up_and_down = [(Grade::Priority, Grade::Immediate), (Grade::Immediate, Grade::Priority)];
    let regraded = up_and_down.map(|(from, grade)| Event::Regraded {
        from,
        grade,
        cause: Cause::Reconsidered,
        reason: words("as told"),
        target_at: NOW,
        table_version: 3,
    });
    let offer = Command::Offer { offer: OFFER, availability: free() };
    eligible().and(regraded).when(offer).then_refused(Refusal::NotScreened);
}

#[test]
fn an_ungraded_report_is_not_screened() {
    let command = ask(Rule::OffenderAbsent, Answer::Yes);
    given::<Incident>([reported()]).when(command).then_refused(Refusal::NotGraded);
}

#[test]
fn rules_are_asked_one_by_one_in_order() {
    let second = ask(Rule::SafePlace, Answer::Yes);
    of_grade(Grade::Priority)
        .when(second.clone())
        .then_refused(Refusal::OutOfOrder { next: Rule::OffenderAbsent });
    of_grade(Grade::Priority)
        .and([answered(Rule::OffenderAbsent, Answer::Yes)])
        .when(second)
        .then([answered(Rule::SafePlace, Answer::Yes)]);
}

#[test]
fn an_answer_can_be_changed_before_the_end_and_both_are_kept() {
    of_grade(Grade::Priority)
        .and([answered(Rule::OffenderAbsent, Answer::No)])
        .when(ask(Rule::OffenderAbsent, Answer::Yes))
        .then([answered(Rule::OffenderAbsent, Answer::Yes)]);
}

#[test]
fn a_rule_that_excludes_ends_the_questions_and_leads_to_the_in_person_route() {
    let no = || of_grade(Grade::Priority).and([answered(Rule::OffenderAbsent, Answer::No)]);
    let rule = Rule::OffenderAbsent;
    no().when(ask(Rule::SafePlace, Answer::Yes)).then_refused(Refusal::Excluded { rule });
    no().when(Command::Conclude).then([
        Event::Screened { outcome: Outcome::Ineligible { rule } },
        in_person(InPerson::Ineligible, Some(rule)),
    ]);
    assert!(no().state().danger_answered(), "an offender who is there suggests Immediate");
}

#[test]
fn not_known_never_speaks_for_a_video_response() {
    for rule in Rule::ALL.into_iter().filter(|rule| *rule != Rule::SafeToText) {
        assert!(rule.excludes(Answer::Unknown), "{rule:?}");
        assert!(rule.excludes(Answer::No), "{rule:?}");
        assert!(!rule.excludes(Answer::Yes), "{rule:?}");
    }
}

#[test]
fn a_screening_is_not_concluded_while_rules_are_unasked() {
    let next = Rule::OffenderAbsent;
    of_grade(Grade::Scheduled)
        .when(Command::Conclude)
        .then_refused(Refusal::QuestionsOpen { next });
}

#[test]
fn a_phone_that_must_not_be_texted_leaves_the_other_ways() {
    let answers = Rule::ALL.into_iter().map(|rule| {
        let answer = if rule == Rule::SafeToText { Answer::No } else { Answer::Yes };
        answered(rule, answer)
    });
    let outcome = Outcome::Eligible { text: false };
    let rules = of_grade(Grade::Priority).and(answers);
    let offer = Event::Offered { offer: OFFER, availability: free() };
    let offered = || of_grade(Grade::Priority).and([Event::Screened { outcome }, offer.clone()]);
    rules.when(Command::Conclude).then([Event::Screened { outcome }]);
    let accept = |contact| Command::Accept { offer: OFFER, contact, language: "en".into() };
    offered().when(accept(Contact::Text("07700 900001".into()))).then_refused(Refusal::TextNotSafe);
    offered().when(accept(Contact::ReadOut)).then([Event::OfferAccepted {
        offer: OFFER,
        contact: Contact::ReadOut.into(),
        channel: Channel::ReadOut,
        language: "en".into(),
    }]);
}

#[test]
fn the_force_s_system_may_answer_all_rules_at_once() {
    let answers: Vec<_> = Rule::ALL
        .into_iter()
        .map(|rule| Answered { rule, answer: Answer::Yes, note: String::new() })
        .collect();
    let mut events = all_yes();
    events.push(Event::Screened { outcome: Outcome::Eligible { text: true } });
    of_grade(Grade::Priority).when(Command::Screen { answers: answers.clone() }).then(events);
    let some = Command::Screen { answers: answers[..3].to_vec() };
    let next = Rule::SafeToText;
    of_grade(Grade::Priority).when(some).then_refused(Refusal::QuestionsOpen { next });
}

#[test]
fn the_rules_can_be_asked_anew_unless_an_offer_is_open() {
    eligible().when(Command::ScreenAgain).then([Event::ScreeningReopened {}]);
    offered().when(Command::ScreenAgain).then_refused(Refusal::OfferOpen);
    let question = ask(Rule::OffenderAbsent, Answer::No);
    eligible().when(question.clone()).then_refused(Refusal::ScreeningConcluded);
    eligible()
        .and([Event::ScreeningReopened {}])
        .when(question)
        .then([answered(Rule::OffenderAbsent, Answer::No)]);
}

#[test]
fn an_offer_needs_an_open_hub_and_somebody_in_time() {
    let offer = |availability| Command::Offer { offer: OFFER, availability };
    let closed = Availability { open: false, ..free() };
    eligible().when(offer(closed)).then_refused(Refusal::HubClosed);
    let nobody = Availability { free: 0, wait_seconds: None, ..free() };
    eligible().when(offer(nobody)).then_refused(Refusal::NobodyFree);
    offered().when(offer(free())).then_refused(Refusal::OfferOpen);
}

#[test]
fn an_offer_that_nobody_can_keep_is_counted_and_leads_to_the_in_person_route() {
    let nobody = Availability { free: 0, wait_seconds: None, ..free() };
    let command = Command::Lose { reason: Loss::NobodyFree, availability: nobody };
    eligible().when(command.clone()).then([
        Event::OfferLost { offer: None, reason: Loss::NobodyFree, availability: nobody },
        in_person(InPerson::Lost, None),
    ]);
    accepted().when(command).then([
        Event::OfferLost { offer: Some(OFFER), reason: Loss::NobodyFree, availability: nobody },
        in_person(InPerson::Lost, None),
    ]);
}

#[test]
fn a_declined_offer_leads_to_the_in_person_route_and_is_dead() {
    let decline =
        Command::Decline { offer: OFFER, reason: Decline::PrefersInPerson, note: String::new() };
    let declined =
        Event::OfferDeclined { offer: OFFER, reason: Decline::PrefersInPerson, note: words("") };
    offered().when(decline).then([declined.clone(), in_person(InPerson::Declined, None)]);
    let accept = Command::Accept { offer: OFFER, contact: Contact::ReadOut, language: "en".into() };
    offered().and([declined]).when(accept).then_refused(Refusal::NoOffer);
}

#[test]
fn who_declined_may_be_offered_it_again() {
    let declined = Event::OfferDeclined { offer: OFFER, reason: Decline::Other, note: words("") };
    let again = OfferId(8);
    offered()
        .and([declined])
        .when(Command::Offer { offer: again, availability: free() })
        .then([Event::Offered { offer: again, availability: free() }]);
}

#[test]
fn an_accepted_offer_needs_somewhere_to_send_the_link() {
    let accept = |contact| Command::Accept { offer: OFFER, contact, language: "en".into() };
    offered().when(accept(Contact::Text(" ".into()))).then_refused(Refusal::NumberMissing);
    offered().when(accept(Contact::Email(String::new()))).then_refused(Refusal::AddressMissing);
    offered().when(accept(Contact::Text("07700 900001".into()))).then([accepted_event()]);
}

#[test]
fn the_line_is_cleared_once_and_only_after_she_accepted() {
    offered().when(Command::ClearLine).then_refused(Refusal::NotAccepted);
    accepted().when(Command::ClearLine).then([Event::LineCleared { offer: OFFER }]);
    accepted().and([Event::LineCleared { offer: OFFER }]).when(Command::ClearLine).then([]);
}

#[test]
fn an_offer_can_be_taken_back_with_a_reason_and_somebody_is_sent() {
    let command = |reason: &str| Command::TakeBack { reason: reason.into() };
    accepted().when(command("")).then_refused(Refusal::ReasonMissing);
    accepted().when(command("a patrol is round the corner")).then([
        Event::TakenBack { offer: OFFER, reason: words("a patrol is round the corner") },
        in_person(InPerson::TakenBack, None),
    ]);
    eligible().when(command("none")).then_refused(Refusal::NoOffer);
}

#[test]
fn an_immediate_takes_an_unanswered_offer_back_but_leaves_a_call_under_way() {
    let command = Command::Regrade {
        grade: Grade::Immediate,
        cause: Cause::Reconsidered,
        reason: "he is at the door".into(),
        table: TABLE,
    };
    let reason = || words("he is at the door");
    let regraded = Event::Regraded {
        from: Grade::Priority,
        grade: Grade::Immediate,
        cause: Cause::Reconsidered,
        reason: reason(),
        target_at: NOW.plus(minutes(15)),
        table_version: 3,
    };
    let patrol =
        Event::PatrolRequested { cause: Cause::Reconsidered, reason: reason(), location: None };
    offered().when(command.clone()).then([
        regraded.clone(),
        Event::TakenBack { offer: OFFER, reason: reason() },
        patrol.clone(),
    ]);
    accepted().when(command).then([regraded, patrol]);
}

#[test]
fn he_is_back_means_immediate_and_a_patrol_once() {
    let regraded = Event::Regraded {
        from: Grade::Priority,
        grade: Grade::Immediate,
        cause: Cause::OffenderReturned,
        reason: words(""),
        target_at: NOW.plus(minutes(15)),
        table_version: 3,
    };
    let patrol = |location: Option<Location>| Event::PatrolRequested {
        cause: Cause::OffenderReturned,
        reason: words(""),
        location: location.map(Personal::new),
    };
    accepted().when(danger(None)).then([regraded.clone(), patrol(None)]);
    let after = || accepted().and([regraded.clone(), patrol(None)]);
    after().when(danger(None)).then([]);
    // A better place is passed on, once.
    let place = Location { words: "by the station".into(), ..Location::default() };
    after().when(danger(Some(place.clone()))).then([patrol(Some(place.clone()))]);
    after().and([patrol(Some(place.clone()))]).when(danger(Some(place))).then([]);
    assert_eq!(after().state().offer.call(), Some(OFFER), "the call goes on");
}

#[test]
fn danger_opens_a_closed_incident_again() {
    let closed = Event::Closed { outcome: Closure::VideoResponse, note: words("") };
    let Ok(events) =
        given::<Incident>([reported(), graded(Grade::Scheduled), closed]).when(danger(None)).0
    else {
        panic!("danger is never refused")
    };
    assert!(matches!(events[0], Event::Reopened { .. }));
    assert!(matches!(events[1], Event::Regraded { grade: Grade::Immediate, .. }));
    assert!(matches!(events[2], Event::PatrolRequested { .. }));
}

#[test]
fn a_response_that_ended_is_noted_even_when_the_incident_is_closed() {
    let end = Command::EndResponse { offer: OFFER, outcome: "completed".into(), in_person: false };
    let ended = Event::ResponseEnded { offer: OFFER, outcome: "completed".into() };
    accepted().when(end.clone()).then([ended.clone()]);
    accepted().and([ended]).when(end.clone()).then_refused(Refusal::NoOffer);
    let in_person_too =
        Command::EndResponse { offer: OFFER, outcome: "transferred".into(), in_person: true };
    accepted().when(in_person_too).then([
        Event::ResponseEnded { offer: OFFER, outcome: "transferred".into() },
        in_person(InPerson::Judgement, None),
    ]);
    offered().when(end).then_refused(Refusal::NoOffer);
}

#[test]
fn a_patrol_attends_only_when_it_was_asked_for() {
    let there = Command::NotePatrolAttended { attended_at: NOW };
    of_grade(Grade::Priority).when(there.clone()).then_refused(Refusal::NoPatrol);
    let asked = Event::PatrolRequested { cause: Cause::Graded, reason: words(""), location: None };
    of_grade(Grade::Immediate)
        .and([asked])
        .when(there)
        .then([Event::PatrolAttended { attended_at: NOW }]);
}

#[test]
fn an_immediate_is_closed_once_the_patrol_has_attended() {
    let close = Command::Close { outcome: Closure::InPerson, note: String::new() };
    let closed = Event::Closed { outcome: Closure::InPerson, note: words("") };
    of_grade(Grade::Immediate).when(close.clone()).then_refused(Refusal::PatrolOwed);
    of_grade(Grade::Immediate)
        .and([Event::PatrolAttended { attended_at: NOW }])
        .when(close)
        .then([closed]);
    let duplicate = Command::Close { outcome: Closure::Duplicate, note: String::new() };
    let voided = Event::Closed { outcome: Closure::Duplicate, note: words("") };
    of_grade(Grade::Immediate).when(duplicate).then([voided]);
}

#[test]
fn an_incident_is_not_closed_while_its_video_response_is_open() {
    let close = Command::Close { outcome: Closure::VideoResponse, note: String::new() };
    accepted().when(close.clone()).then_refused(Refusal::StillOpen);
    given::<Incident>([reported()]).when(close).then_refused(Refusal::NotGraded);
}

#[test]
fn a_closed_incident_does_nothing_until_it_is_reopened_with_a_reason() {
    let closed = Event::Closed { outcome: Closure::Resolved, note: words("") };
    let state = || of_grade(Grade::Scheduled).and([closed.clone()]);
    state().when(Command::Conclude).then_refused(Refusal::Closed);
    state()
        .when(Command::Reopen { reason: "she rang again".into() })
        .then([Event::Reopened { reason: words("she rang again") }]);
    let reopen = Command::Reopen { reason: "why".into() };
    of_grade(Grade::Scheduled).when(reopen).then_refused(Refusal::NotClosed);
}

#[test]
fn call_backs_are_counted() {
    let command = Command::CountCallBack { outcome: CallBack::NoAnswer, note: String::new() };
    let counted = Event::CallBackCounted { outcome: CallBack::NoAnswer, note: words("") };
    of_grade(Grade::Scheduled).when(command).then([counted.clone()]);
    let state = of_grade(Grade::Scheduled).and([counted.clone(), counted]).state();
    assert_eq!(state.call_backs, 2);
}

#[test]
fn a_missed_target_is_said_once_and_never_when_somebody_responded() {
    let target_at = TABLE.target(Grade::Priority, NOW);
    let command = Command::NoteTargetMissed { target_at };
    let missed = Event::TargetMissed { grade: Grade::Priority, target_at };
    of_grade(Grade::Priority).when(command.clone()).then([missed.clone()]);
    of_grade(Grade::Priority).and([missed]).when(command.clone()).then([]);
    accepted().and([Event::LineCleared { offer: OFFER }]).when(command).then([]);
    let earlier = Command::NoteTargetMissed { target_at: NOW };
    of_grade(Grade::Priority).when(earlier).then([]);
}

#[test]
fn the_target_s_deadline_is_set_by_a_grade_and_cleared_by_a_response() {
    let target_at = TABLE.target(Grade::Priority, NOW);
    assert_eq!(deadline::target_due(&graded(Grade::Priority)), Some(Some(target_at)));
    assert_eq!(deadline::target_due(&Event::LineCleared { offer: OFFER }), Some(None));
    assert_eq!(deadline::target_due(&reported()), None);
}

#[test]
fn a_reference_is_short_and_has_no_letters_that_sound_alike() {
    let id = IncidentId::birth(NOW, [0xff; 16]);
    assert_eq!(id.reference(), "SL-ZZZZZZ");
    assert_eq!(IncidentId(0).reference(), "SL-000000");
}

#[test]
fn the_state_follows_the_offer_and_the_patrol() {
    assert!(matches!(accepted().state().offer, Offer::Accepted { line_cleared: false, .. }));
    assert_eq!(of_grade(Grade::Immediate).state().patrol, Patrol::None);
    assert_eq!(eligible().state().next_question(), None);
    assert_eq!(of_grade(Grade::Priority).state().next_question(), Some(Rule::OffenderAbsent));
}

#[test]
fn each_state_owes_one_next_step() {
    let step = |given: Given<Incident>| given.state().step();
    assert_eq!(step(given([reported()])), Step::Grade);
    assert_eq!(step(of_grade(Grade::Immediate)), Step::Patrol);
    assert_eq!(step(of_grade(Grade::Priority)), Step::Ask(Rule::OffenderAbsent));
    assert_eq!(step(of_grade(Grade::Priority).and(all_yes())), Step::Conclude);
    assert_eq!(step(eligible()), Step::Offer);
    assert_eq!(step(offered()), Step::Answer(OFFER));
    assert_eq!(step(accepted()), Step::Call(OFFER));
    let lost = in_person(InPerson::Lost, None);
    assert_eq!(step(eligible().and([lost])), Step::Send);
    let ended = Event::ResponseEnded { offer: OFFER, outcome: "completed".into() };
    assert_eq!(step(accepted().and([ended])), Step::Finish);
}

#[test]
fn whoever_asked_for_ani_is_not_resolved_without_somebody_coming() {
    let asked = || {
        given::<Incident>([Event::Reported {
            report: Box::new(Report { source: Source::Ani, ..*report() }),
        }])
    };
    let grade = |grade| Command::Grade { grade, reason: "as told".into(), table: TABLE };
    let none = Grade::ResolvedWithoutDeployment;
    asked().when(grade(none)).then_refused(Refusal::AskedForAni);
    asked().at(NOW).when(grade(Grade::Priority)).then([graded(Grade::Priority)]);
    let regrade = Command::Regrade {
        grade: none,
        cause: Cause::Reconsidered,
        reason: "as told".into(),
        table: TABLE,
    };
    asked().and([graded(Grade::Priority)]).when(regrade).then_refused(Refusal::AskedForAni);
}
