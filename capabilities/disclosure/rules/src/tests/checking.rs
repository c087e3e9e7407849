//! Contact, checks, stages, risk.

use super::play::{AUTHOR, Play, staff};
use crate::{Command, Event, Level, Refusal, Route, Stage, State};
use kernel::Actor;

fn complete(stage: Stage) -> Command {
    Command::CompleteStage { stage }
}

#[test]
fn a_stage_waits_for_contact_checks_identity_and_risk_in_turn() {
    let play = Play::new()
        .applied(Route::AskSelf)
        .refused(AUTHOR, complete(Stage::Checks), Refusal::WrongStage)
        .refused(AUTHOR, complete(Stage::Initial), Refusal::ContactFirst)
        .contact(false)
        .refused(AUTHOR, complete(Stage::Initial), Refusal::ChecksOpen)
        .checked()
        .author(complete(Stage::Initial))
        .refused(AUTHOR, complete(Stage::Conversation), Refusal::IdentityFirst)
        .contact(true)
        .author(complete(Stage::Conversation))
        .refused(AUTHOR, complete(Stage::Checks), Refusal::ChecksOpen)
        .checked()
        .refused(AUTHOR, complete(Stage::Checks), Refusal::RiskFirst)
        .assessed(false, Level::Standard)
        .author(complete(Stage::Checks));
    assert_eq!(play.case().stage, Stage::Decision);
    play.refused(AUTHOR, complete(Stage::Decision), Refusal::WrongStage);
}

#[test]
fn under_the_right_to_know_nobody_is_talked_to_first() {
    let play = Play::new().applied(Route::Know).checked().author(complete(Stage::Initial));
    assert_eq!(play.case().stage, Stage::Checks);
}

#[test]
fn a_check_is_asked_and_answered_with_something_or_nothing_found_by_somebody() {
    let ask = |code: &str| Command::AskCheck { code: code.into() };
    let answer =
        |result: Option<&str>| Command::AnswerCheck { check: 0, result: result.map(str::to_owned) };
    let play = Play::new().applied(Route::AskSelf);
    assert_eq!(play.ask(staff(AUTHOR), ask("palm_reading")), Err(Refusal::UnknownCheck));
    assert_eq!(play.ask(staff(AUTHOR), answer(None)), Err(Refusal::CheckNotOpen));
    let connector = Actor::Client { name: "records".into() };
    let play = play.does(connector.clone(), ask("local_records"));
    let empty = play.ask(staff(AUTHOR), answer(Some(" ")));
    assert_eq!(empty, Err(Refusal::Missing("result")));
    let nothing = play.clone().author(answer(None));
    assert!(matches!(nothing.last(), Event::CheckAnswered { found: false, result: None, .. }));
    let found = play.does(connector, answer(Some("Two earlier reports.")));
    let Event::CheckAnswered { found: true, by, .. } = found.last() else { panic!() };
    assert_eq!(by, "client/records");
    found.refused(AUTHOR, answer(None), Refusal::CheckNotOpen);
}

#[test]
fn a_check_is_left_out_only_with_a_reason() {
    let skip =
        |reason: &str| Command::SkipCheck { code: "local_records".into(), reason: reason.into() };
    let play = Play::new()
        .applied(Route::Know)
        .refused(AUTHOR, skip(""), Refusal::Missing("reason"))
        .author(skip("The system is down; asked by telephone."));
    assert_eq!(play.case().checks_open(Stage::Initial), ["national_computer"]);
    play.checked().author(complete(Stage::Initial));
}

#[test]
fn a_check_asked_again_holds_up_the_stage_that_is_on() {
    let play = Play::new().applied(Route::AskSelf).contact(true).checked();
    let play = play.author(complete(Stage::Initial));
    let play = play.author(Command::AskCheck { code: "local_records".into() });
    play.refused(AUTHOR, complete(Stage::Conversation), Refusal::ChecksOpen);
}

#[test]
fn high_risk_owes_a_specialist_and_the_conference_at_once() {
    for (level, owed) in [(Level::Standard, false), (Level::Medium, false), (Level::High, true)] {
        let play = Play::new().applied(Route::AskSelf).assessed(true, level);
        let Event::RiskAssessed { specialist_owed, .. } = play.last() else { panic!() };
        assert_eq!(*specialist_owed, owed);
        let play = play.assessed(true, Level::Standard);
        assert_eq!(play.case().specialist_owed, owed, "what is owed stays owed");
    }
}

#[test]
fn a_pause_needs_a_permitted_reason_and_holds_what_would_move_on() {
    let pause = |reason: &str| Command::Pause { reason: reason.into(), note: "Away.".into() };
    let play = Play::new()
        .applied(Route::Know)
        .refused(AUTHOR, pause("holiday"), Refusal::PauseNotPermitted)
        .refused(AUTHOR, Command::Resume, Refusal::NotPaused)
        .checked()
        .author(pause("awaiting_identity"))
        .refused(AUTHOR, pause("awaiting_identity"), Refusal::Paused)
        .refused(AUTHOR, complete(Stage::Initial), Refusal::Paused);
    play.author(Command::Resume).author(complete(Stage::Initial));
}

#[test]
fn guests_and_other_systems_do_no_officer_s_work() {
    let play = Play::new().applied(Route::AskSelf);
    let client = Actor::Client { name: "cad".into() };
    for actor in [super::play::guest(), client, Actor::System] {
        assert_eq!(play.ask(actor, Command::Resume), Err(Refusal::StaffOnly));
    }
    let ask = Command::AskCheck { code: "local_records".into() };
    assert_eq!(play.ask(super::play::guest(), ask), Err(Refusal::StaffOnly));
    assert!(matches!(play.state, State::Open(_)));
}
