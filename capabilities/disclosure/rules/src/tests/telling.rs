//! The telling in its order, and the neutral answer.

use super::play::{APPROVER, AUTHOR, CALL, Play, WORDS, line, proposed, staff, tell, video};
use crate::state::End;
use crate::{
    Channel, ClosureReason, Command, Event, Interruption, NOTICES, Outcome, Part, Recipient,
    Refusal, Route, SCRIPT, State, identical_in_shape, notice,
};
use kernel::Actor;

fn ready() -> Play {
    Play::new().decided_to_tell(Route::AskSelf)
}

fn give(channel: Channel) -> Command {
    let text = notice(channel, "en").unwrap().text();
    Command::GiveNotice { channel, language: "en".into(), text }
}

fn close(reason: ClosureReason) -> Command {
    Command::Close { reason, note: "As decided.".into() }
}

#[test]
fn the_words_come_after_identity_safety_undertaking_and_lines() {
    let play = ready()
        .refused(AUTHOR, tell(1, WORDS), Refusal::NotTelling)
        .start()
        .refused(AUTHOR, tell(1, WORDS), Refusal::ConfirmIdentityFirst)
        .author(Command::ConfirmIdentity { how: "Passport.".into() })
        .refused(AUTHOR, tell(1, WORDS), Refusal::NotSafeAndAlone)
        .author(Command::AnswerSafety { safe: true, alone: false })
        .refused(AUTHOR, tell(1, WORDS), Refusal::NotSafeAndAlone)
        .author(Command::AnswerSafety { safe: true, alone: true })
        .refused(AUTHOR, tell(1, WORDS), Refusal::UndertakingFirst)
        .undertakes(true)
        .refused(AUTHOR, tell(1, WORDS), Refusal::LinesFirst)
        .refused(AUTHOR, line("no_such_line"), Refusal::NoSuchLine)
        .reads(Part::Before)
        .author(tell(1, WORDS));
    assert!(matches!(play.last(), Event::WordsTold { channel: Channel::Video, .. }));
    play.refused(AUTHOR, tell(1, WORDS), Refusal::AlreadyTold);
}

#[test]
fn her_answer_that_she_is_safe_is_fresh_for_ten_minutes() {
    let play = ready().start().known_and_safe().undertakes(true).reads(Part::Before);
    play.clone().minutes(10).author(tell(1, WORDS));
    let stale = play.minutes(11).refused(AUTHOR, tell(1, WORDS), Refusal::SafetyStale);
    stale.author(Command::AnswerSafety { safe: true, alone: true }).author(tell(1, WORDS));
}

#[test]
fn only_the_approved_words_are_told() {
    let play = ready().start().known_and_safe().undertakes(true).reads(Part::Before);
    play.refused(AUTHOR, tell(1, "The approved words, and more."), Refusal::WordsAltered).refused(
        AUTHOR,
        tell(2, WORDS),
        Refusal::WordsChanged,
    );
}

#[test]
fn a_refused_undertaking_is_decided_anew_by_two_people() {
    let propose = |tell| Command::ProposeReconsideration { tell, reason: "Her risk.".into() };
    let agree = |tell| Command::ApproveReconsideration { tell };
    let play = ready().start().known_and_safe();
    let play = play.refused(AUTHOR, propose(true), Refusal::NotWaiting).undertakes(false);
    let play = play.reads(Part::Before).refused(AUTHOR, tell(1, WORDS), Refusal::ReconsiderFirst);
    let anyhow = play.clone().author(propose(true));
    let anyhow = anyhow
        .refused(AUTHOR, agree(true), Refusal::TwoPeople)
        .refused(APPROVER, agree(false), Refusal::NotWaiting)
        .refused(AUTHOR, tell(1, WORDS), Refusal::ReconsiderFirst)
        .approver(agree(true));
    anyhow.author(tell(1, WORDS));
    let not = play.author(propose(false)).approver(agree(false));
    let not = not.refused(AUTHOR, tell(1, WORDS), Refusal::DecidedNotToTell);
    let not = not.author(Command::InterruptTelling { cause: Interruption::Undertaking });
    let not = not
        .refused(AUTHOR, video(), Refusal::DecidedNotToTell)
        .refused(AUTHOR, close(ClosureReason::UndertakingRefused), Refusal::AnswerFirst)
        .author(give(Channel::Video))
        .author(close(ClosureReason::UndertakingRefused));
    assert!(matches!(not.state, State::Ended(_, End::Closed { .. })));
}

#[test]
fn nothing_ends_before_she_understood_and_has_a_plan_and_a_specialist() {
    let finish = || Command::FinishTelling;
    let play = ready().told().refused(AUTHOR, finish(), Refusal::AcknowledgeFirst);
    let play = play.author(Command::Acknowledge { words: "Yes.".into() });
    let play = play.refused(AUTHOR, finish(), Refusal::LinesFirst).reads(Part::After);
    let play = play.refused(AUTHOR, finish(), Refusal::SafetyPlanFirst);
    let play = play.author(Command::MakeSafetyPlan { plan: "Family.".into() });
    let play = play.refused(AUTHOR, finish(), Refusal::SpecialistFirst);
    let offer = Command::ReferToSpecialist { accepted: false, words: "Not now.".into() };
    let play = play.author(offer).author(finish());
    let Event::Made { channel, call, days, .. } = play.last() else { panic!() };
    assert_eq!((*channel, *call, *days), (Channel::Video, Some(CALL), 0));
    play.refused(AUTHOR, video(), Refusal::Ended);
}

#[test]
fn days_are_counted_to_the_words_and_not_to_the_paperwork() {
    let play = ready().at("2026-06-29 23:50").told().at("2026-06-30 00:01").wound_up();
    let play = play.author(Command::FinishTelling);
    let Event::Made { days, .. } = play.last() else { panic!() };
    assert_eq!(*days, 28);
}

#[test]
fn an_interrupted_telling_is_taken_up_again_and_asks_her_anew() {
    let stop = |cause| Command::InterruptTelling { cause };
    let play = ready().start().known_and_safe().undertakes(true).reads(Part::Before);
    let play = play.does(Actor::System, stop(Interruption::Dropped));
    assert!(matches!(play.last(), Event::TellingInterrupted { words_told: false, .. }));
    let play = play.refused(AUTHOR, stop(Interruption::Dropped), Refusal::NotTelling);
    let play = play.start().refused(AUTHOR, tell(1, WORDS), Refusal::ConfirmIdentityFirst);
    let play = play.known_and_safe().author(tell(1, WORDS));
    let play = play.author(stop(Interruption::SubjectCame));
    assert!(matches!(play.last(), Event::TellingInterrupted { words_told: true, .. }));
    let ack = || Command::Acknowledge { words: "Yes.".into() };
    let play = play.start().refused(AUTHOR, ack(), Refusal::ConfirmIdentityFirst);
    let play = play.known_and_safe().wound_up().author(Command::FinishTelling);
    assert!(matches!(play.state, State::Ended(_, End::Made { .. })));
    assert_eq!(play.case().telling.attempts, 3);
}

#[test]
fn a_video_has_its_call_and_no_other_way_has_one() {
    let start = |channel, call| Command::StartTelling { channel, call, present: String::new() };
    let play = ready().refused(AUTHOR, start(Channel::Video, None), Refusal::CallWrong).refused(
        AUTHOR,
        start(Channel::InPerson, Some(CALL)),
        Refusal::CallWrong,
    );
    let play = play.author(start(Channel::InPerson, None));
    let play = play.refused(AUTHOR, video(), Refusal::AlreadyTelling).known_and_safe();
    let play = play.refused(AUTHOR, line("recorded"), Refusal::NoSuchLine).undertakes(true);
    let mut play = play;
    for id in play.case().lines_left(Part::Before, Channel::InPerson) {
        play = play.author(line(id));
    }
    let play = play.author(tell(1, WORDS)).wound_up();
    let play = play.author(Command::FinishTelling);
    assert!(matches!(play.last(), Event::Made { channel: Channel::InPerson, call: None, .. }));
}

#[test]
fn an_old_script_is_not_ticked() {
    let old = Command::ReadLine { script_version: 0, line: "for_safety".into() };
    ready().start().known_and_safe().refused(AUTHOR, old, Refusal::NoSuchLine);
    let ids: std::collections::BTreeSet<_> = SCRIPT.lines.iter().map(|line| line.id).collect();
    assert_eq!(ids.len(), SCRIPT.lines.len());
    assert!(SCRIPT.lines.iter().all(|line| !line.en.is_empty() && !line.cy.is_empty()));
}

#[test]
fn whoever_asked_and_is_not_told_gets_the_neutral_answer() {
    let play = Play::new().decided_to_tell(Route::AskThirdParty).told().wound_up();
    let play = play.refused(AUTHOR, Command::FinishTelling, Refusal::AnswerFirst);
    play.author(give(Channel::Telephone)).author(Command::FinishTelling);
    let mut to_him = proposed(Outcome::Disclose);
    to_him.recipient = Recipient::ThirdParty;
    let play = Play::new().before_the_panel(Route::AskThirdParty, true);
    let play = play.author(Command::ProposeDecision { proposed: Box::new(to_him) });
    let play = play.voted(true).approved().told().wound_up();
    play.author(Command::FinishTelling);
    let own = ready();
    own.refused(AUTHOR, give(Channel::Telephone), Refusal::DecidedToTell);
}

#[test]
fn the_neutral_answer_is_the_same_bytes_whatever_the_reason() {
    assert!(identical_in_shape(NOTICES));
    let decided = |concern: bool| {
        let play = Play::new().before_the_panel(Route::AskSelf, concern);
        play.propose(Outcome::NoDisclosure).voted(true).approved()
    };
    let early = || Play::new().applied(Route::AskSelf);
    for channel in Channel::ALL {
        let mut heard = std::collections::BTreeSet::new();
        for (play, reason) in [
            (decided(true), ClosureReason::Decided),
            (decided(false), ClosureReason::Decided),
            (early(), ClosureReason::Withdrawn),
            (early(), ClosureReason::NotInScheme),
            (early(), ClosureReason::Duplicate),
            (early(), ClosureReason::Emergency),
        ] {
            let play = play.refused(AUTHOR, close(reason), Refusal::AnswerFirst);
            let play = play.author(give(*channel));
            heard.insert(serde_json::to_string(play.last()).unwrap());
            play.author(close(reason));
        }
        assert_eq!(heard.len(), 1, "{channel:?}");
    }
}

#[test]
fn no_other_text_is_told_and_a_set_that_differs_is_found() {
    let other = Command::GiveNotice {
        channel: Channel::Telephone,
        language: "en".into(),
        text: "We found nothing about him.".into(),
    };
    Play::new().applied(Route::AskSelf).refused(AUTHOR, other, Refusal::NotTheApprovedText);
    let mut two = NOTICES.to_vec();
    two.push(crate::Notice { answer: "Nothing was found.", ..NOTICES[0] });
    assert!(!identical_in_shape(&two));
    let bare = [crate::Notice { advice: "", ..NOTICES[0] }];
    assert!(!identical_in_shape(&bare));
    for reason in ClosureReason::ALL {
        assert!(NOTICES.iter().all(|one| !one.text().contains(reason.code())));
    }
}

#[test]
fn an_application_closes_without_a_decision_only_for_another_reason() {
    let play = Play::new().before_the_panel(Route::AskSelf, true).author(give(Channel::Telephone));
    let play = play
        .refused(AUTHOR, close(ClosureReason::Decided), Refusal::DecisionFirst)
        .refused(AUTHOR, close(ClosureReason::UndertakingRefused), Refusal::DecisionFirst)
        .author(close(ClosureReason::Withdrawn));
    assert!(matches!(play.last(), Event::Closed { days: 0, .. }));
    assert_eq!(play.ask(Actor::System, Command::NoteTime), Ok(vec![]));
    let known = Play::new().applied(Route::Know).author(close(ClosureReason::NotInScheme));
    assert!(matches!(known.state, State::Ended(..)), "nobody asked, so nobody waits");
    let told = ready().told();
    told.refused(AUTHOR, close(ClosureReason::Withdrawn), Refusal::AlreadyTold);
    assert!(ready().ask(staff(AUTHOR), close(ClosureReason::Withdrawn)).is_err());
}
