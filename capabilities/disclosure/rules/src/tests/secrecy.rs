//! For whoever manages the subject, an application does not exist.

use super::play::{APPROVER, AUTHOR, Play, apply_as, form, staff};
use crate::{Command, Entry, Event, Outcome, Refusal, Route};
use kernel::id::StaffId;
use kernel::{Actor, Role};

const MANAGER: StaffId = StaffId(66);

fn declare(staff: StaffId) -> Command {
    Command::DeclareConflict { staff, reason: "Manages him.".into() }
}

#[test]
fn an_offender_manager_or_a_partner_is_refused_as_if_there_were_nothing() {
    let play = Play::new().applied(Route::AskSelf);
    let empty = Play::new();
    for role in [Role::OffenderManager, Role::Partner] {
        let actor = Actor::Staff { id: MANAGER, roles: vec![Role::DisclosureOfficer, role] };
        for one in [&play, &empty] {
            assert_eq!(one.ask(actor.clone(), Command::Resume), Err(Refusal::NotFound));
            assert!(!one.state.visible_to(&actor));
        }
    }
    assert!(play.state.visible_to(&staff(AUTHOR)));
}

#[test]
fn a_conflicted_colleague_is_refused_everything_even_after_the_end() {
    let play = Play::new().applied(Route::AskSelf).author(declare(APPROVER));
    let text = Refusal::NotFound;
    for command in [
        Command::Resume,
        Command::CompleteStage { stage: crate::Stage::Initial },
        Command::ApproveDecision { number: 0, version: 1 },
        Command::LiftConflict { staff: APPROVER, reason: "Please.".into() },
        apply_as(Route::Know, Entry::Officer, form()),
    ] {
        assert_eq!(play.ask(staff(APPROVER), command), Err(text.clone()));
    }
    let ended = play
        .author(Command::WithholdNotice { reason: "Not safe.".into() })
        .author(Command::Close { reason: crate::ClosureReason::Withdrawn, note: "Hers.".into() });
    assert_eq!(ended.ask(staff(APPROVER), Command::Resume), Err(Refusal::NotFound));
    assert_eq!(ended.ask(staff(AUTHOR), Command::Resume), Err(Refusal::Ended));
    let late = ended.author(declare(MANAGER));
    assert!(!late.state.visible_to(&staff(MANAGER)));
}

#[test]
fn a_conflict_may_come_with_the_application_and_be_lifted_by_another() {
    let mut with = form();
    with.conflicted = vec![MANAGER];
    let play = Play::new().author(apply_as(Route::Know, Entry::Officer, with.clone()));
    assert!(!play.state.visible_to(&staff(MANAGER)));
    let lifted = play.author(Command::LiftConflict { staff: MANAGER, reason: "Moved on.".into() });
    assert!(lifted.state.visible_to(&staff(MANAGER)));
    with.conflicted = vec![AUTHOR];
    let own = Play::new().ask(staff(AUTHOR), apply_as(Route::Know, Entry::Officer, with));
    assert_eq!(own, Err(Refusal::NotForYourself));
}

#[test]
fn nobody_declares_a_conflict_without_reason_or_for_themself() {
    let play = Play::new().applied(Route::AskSelf);
    let bare = Command::DeclareConflict { staff: MANAGER, reason: " ".into() };
    play.refused(AUTHOR, declare(AUTHOR), Refusal::NotForYourself).refused(
        AUTHOR,
        bare,
        Refusal::Missing("reason"),
    );
}

#[test]
fn what_a_conflicted_colleague_wrote_or_approved_does_not_stand() {
    let approved = Play::new().decided_to_tell(Route::AskSelf);
    let without = approved.clone().author(declare(APPROVER));
    assert!(without.case().decision.is_none());
    without.refused(AUTHOR, super::play::video(), Refusal::NotApproved);
    let written = approved.approver(declare(AUTHOR));
    assert!(written.case().decision.is_none());
}

#[test]
fn no_event_holds_a_word_of_a_person_in_clear() {
    let play = Play::new()
        .decided_to_tell(Route::AskThirdParty)
        .told()
        .wound_up()
        .author(Command::WithholdNotice { reason: "Not safe.".into() })
        .author(Command::FinishTelling);
    assert!(matches!(play.last(), Event::Made { .. }));
    for event in &play.events {
        let json = serde_json::to_value(event).unwrap();
        let mut clear = vec![];
        words(&json, &mut clear);
        let clear = clear.join(" ");
        for name in ["Example", "Ama", "Bea", "07700", "approved words", "family", "Passport"] {
            assert!(!clear.contains(name), "{name} in {clear}");
        }
    }
    assert_eq!(play.case().decision.as_ref().unwrap().decision.outcome, Outcome::Disclose);
}

/// Every text that is not under the mark of the sealed.
fn words(json: &serde_json::Value, into: &mut Vec<String>) {
    match json {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|one| words(one, into)),
        serde_json::Value::Object(all) => {
            all.iter().filter(|(key, _)| *key != "$personal").for_each(|(_, one)| words(one, into));
        }
        _ => {}
    }
}
